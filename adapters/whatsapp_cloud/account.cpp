#include "adapters/whatsapp_cloud/account.hpp"

#include "adapters/whatsapp_cloud/parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t sentence_bytes_max = 400;

constexpr std::array<std::pair<std::string_view, template_status>, 14> statuses{{
    {"APPROVED", template_status::approved},
    {"REINSTATED", template_status::approved},
    {"PENDING", template_status::pending},
    {"REJECTED", template_status::rejected},
    {"PAUSED", template_status::paused},
    {"DISABLED", template_status::disabled},
    {"FLAGGED", template_status::flagged},
    {"IN_APPEAL", template_status::in_appeal},
    {"LOCKED", template_status::locked},
    {"LIMIT_EXCEEDED", template_status::limit_exceeded},
    {"ARCHIVED", template_status::archived},
    {"DELETED", template_status::deleted},
    {"PENDING_DELETION", template_status::deleted},
    {"PAUSED_PENDING_REVIEW", template_status::paused},
}};

std::string word_at(json_object in, std::string_view key) {
    if (const auto number = integer_at(in, key)) return std::to_string(*number);
    return clean_at(in, key, word_bytes_max);
}

std::string inner_word(json_object in, std::string_view object, std::string_view key) {
    const auto inner = object_at(in, object);
    return inner ? word_at(*inner, key) : std::string{};
}

account_event read_status(json_object value) {
    template_status_change read{
        .name = clean_at(value, "message_template_name", name_bytes_max),
        .language = word_at(value, "message_template_language"),
        .word = word_at(value, "event"),
        .category = word_at(value, "message_template_category"),
        .reason = word_at(value, "reason")};
    if (read.name.empty() || read.word.empty()) return {};
    read.status = template_status_of(read.word);
    if (const auto why = object_at(value, "rejection_info")) {
        const auto said = clean_at(*why, "reason", sentence_bytes_max);
        if (!said.empty()) read.reason = said;
        read.advice = clean_at(*why, "recommendation", sentence_bytes_max);
    }
    if (read.reason == "NONE") read.reason.clear();
    if (read.reason.empty()) read.reason = inner_word(value, "other_info", "title");
    return read;
}

account_event read_quality(json_object value) {
    template_quality_change read{
        .name = clean_at(value, "message_template_name", name_bytes_max),
        .language = word_at(value, "message_template_language"),
        .before = word_at(value, "previous_quality_score"),
        .now = word_at(value, "new_quality_score")};
    if (read.name.empty() || read.now.empty()) return {};
    return read;
}

// Announced: correct_category is what it becomes and new_category what it is; done: new_category.
account_event read_category(json_object value) {
    template_category_change read{
        .name = clean_at(value, "message_template_name", name_bytes_max),
        .language = word_at(value, "message_template_language"),
        .category = word_at(value, "new_category"),
        .next = word_at(value, "correct_category")};
    if (read.name.empty() || (read.category.empty() && read.next.empty())) return {};
    return read;
}

// The newer name first; the older ones while they last.
std::optional<std::int64_t> limit_in(json_object value) {
    for (const auto* key :
         {"whatsapp_business_manager_messaging_limit",
          "max_daily_conversations_per_business",
          "max_daily_conversation_per_phone",
          "current_limit"}) {
        if (const auto limit = people_limit(word_at(value, key))) return limit;
    }
    return std::nullopt;
}

account_event read_number(json_object value) {
    number_quality_change read{.event = word_at(value, "event"), .limit = limit_in(value)};
    if (read.event.empty() && !read.limit) return {};
    return read;
}

void read_restrictions(json_object value, account_change& into) {
    const auto all = array_at(value, "restriction_info");
    if (!all) return;
    for (const json_value element : *all) {
        const auto one = as_object(element);
        if (!one) continue;
        const auto type = word_at(*one, "restriction_type");
        if (!into.detail.empty()) into.detail += ", ";
        into.detail += type;
        if (type == "RESTRICTED_BIZ_INITIATED_MESSAGING") {
            into.stops_starting = true;
        } else if (type != "RESTRICTED_ADD_PHONE_NUMBER_ACTION") {
            into.stops_answering = true;  // user-initiated, or a kind that is new
        }
        if (const auto until = integer_at(*one, "expiration")) {
            into.until_s = std::max(into.until_s, *until >= 100'000'000'000 ? *until / 1000 : *until);
        }
    }
}

account_event read_account(json_object value) {
    using what = account_change::what;
    account_change read{.event = word_at(value, "event")};
    if (read.event.empty()) return {};
    if (read.event == "ACCOUNT_VIOLATION") {
        read.happened = what::violation;
        read.detail = inner_word(value, "violation_info", "violation_type");
    } else if (read.event == "ACCOUNT_RESTRICTION") {
        read.happened = what::restriction;
        read_restrictions(value, read);
        // Of what it does not say we expect the worst.
        if (read.detail.empty()) read.stops_answering = true;
    } else if (read.event == "DISABLED_UPDATE") {
        const auto state = inner_word(value, "ban_info", "waba_ban_state");
        read.detail = inner_word(value, "ban_info", "waba_ban_date");
        read.happened = state == "SCHEDULE_FOR_DISABLE" ? what::disabling_soon
                        : state == "REINSTATE"          ? what::reinstated
                                                        : what::disabled;
    } else if (read.event == "ACCOUNT_DELETED") {
        read.happened = what::deleted;
    } else if (read.event == "ACCOUNT_RECONNECTED") {
        read.happened = what::reinstated;
    } else if (read.event == "ACCOUNT_OFFBOARDED") {
        read.happened = what::deleted;
    }
    return read;
}

void join(std::string& to, const std::string& word) {
    if (word.empty()) return;
    if (!to.empty()) to += ' ';
    to += word;
}

// No path leads to a phone number, a PIN or a person's name.
account_event read_news(std::string_view field, json_object value) {
    account_news read{.field = std::string{field}};
    if (field == "account_alerts") {
        for (const auto* key : {"alert_severity", "alert_type", "alert_status", "alert_description"}) {
            join(read.words, inner_word(value, "alert_info", key));
        }
        read.serious = inner_word(value, "alert_info", "alert_severity") == "CRITICAL";
    } else if (field == "account_review_update" || field == "phone_number_name_update") {
        const auto decision = word_at(value, "decision");
        join(read.words, decision);
        join(read.words, word_at(value, "rejection_reason"));
        read.serious = decision == "REJECTED";
    } else if (field == "security") {
        join(read.words, word_at(value, "event"));
        read.serious = true;  // somebody changed or asked for the PIN
    } else if (field == "flows") {
        for (const auto* key : {"event", "flow_id", "old_status", "new_status"}) {
            join(read.words, word_at(value, key));
        }
        const auto now = word_at(value, "new_status");
        read.serious = now == "BLOCKED" || now == "THROTTLED";
    } else {
        join(read.words, word_at(value, "status"));
        join(read.words, word_at(value, "event"));
    }
    if (read.words.empty()) return {};
    return read;
}

}  // namespace

template_status template_status_of(std::string_view word) noexcept {
    for (const auto& [name, status] : statuses) {
        if (name == word) return status;
    }
    return template_status::unknown;
}

bool may_be_sent(template_status of) noexcept {
    return of == template_status::unknown || of == template_status::approved ||
           of == template_status::flagged || of == template_status::locked;
}

std::optional<std::int64_t> people_limit(std::string_view written) {
    if (written.starts_with("TIER_")) written.remove_prefix(5);
    if (written == "UNLIMITED" || written == "-1") return unlimited_people;
    std::int64_t number{};
    const auto* end = written.data() + written.size();
    const auto [stop, error] = std::from_chars(written.data(), end, number);
    if (error != std::errc{} || number <= 0 || number > 1'000'000'000) return std::nullopt;
    const std::string_view rest{stop, static_cast<std::size_t>(end - stop)};
    if (rest == "K") return number * 1'000;
    if (rest == "M") return number * 1'000'000;
    return rest.empty() ? std::optional{number} : std::nullopt;
}

account_event read_account_event(std::string_view field, std::string_view raw_json) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(raw_json);
    const auto value = document ? as_object(*document) : std::nullopt;
    if (!value) return {};
    if (field == "message_template_status_update") return read_status(*value);
    if (field == "message_template_quality_update") return read_quality(*value);
    if (field == "template_category_update") return read_category(*value);
    if (field == "phone_number_quality_update") return read_number(*value);
    if (field == "account_update") return read_account(*value);
    if (field == "business_capability_update") {
        const auto limit = limit_in(*value);
        return limit ? account_event{limit_change{*limit}} : account_event{};
    }
    for (const auto* news :
         {"account_alerts", "account_review_update", "phone_number_name_update", "security", "flows",
          "business_username_update"}) {
        if (field == news) return read_news(field, *value);
    }
    return {};
}

}  // namespace tertulia::adapters::whatsapp_cloud
