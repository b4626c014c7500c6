#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/text.hpp"

#include <array>

namespace tertulia::adapters::whatsapp_cloud {
namespace {


// One word of a summary: where it stands in the value, and what to write before it.
struct word {
    std::string_view path{};  // keys joined by dots
    std::string_view before{};
};

struct summary_rule {
    std::string_view field;
    std::string_view each;  // the array whose elements are one notice each; empty: the whole value
    std::array<word, 6> words;
};

// What an operator wants to read at a glance. No path leads to a phone number, a PIN or a name.
constexpr std::array rules{
    summary_rule{
        "message_template_status_update",
        "",
        {{{"message_template_name"},
          {"message_template_language"},
          {"event"},
          {"reason"},
          {"other_info.title"},
          {"disable_info.disable_date", "on "}}}},
    summary_rule{
        "message_template_quality_update",
        "",
        {{{"message_template_name"},
          {"message_template_language"},
          {"previous_quality_score"},
          {"new_quality_score", "-> "}}}},
    summary_rule{
        "message_template_components_update",
        "",
        {{{"message_template_name"}, {"message_template_language"}}}},
    summary_rule{
        "template_category_update",
        "",
        {{{"message_template_name"},
          {"message_template_language"},
          {"previous_category"},
          {"new_category", "-> "},
          {"correct_category", "soon "}}}},
    summary_rule{
        "phone_number_quality_update",
        "",
        {{{"event"},
          {"old_limit"},
          {"current_limit", "-> "},
          {"max_daily_conversations_per_business", "limit "}}}},
    summary_rule{
        "business_capability_update",
        "",
        {{{"max_daily_conversations_per_business", "limit "},
          {"max_phone_numbers_per_business", "numbers "}}}},
    summary_rule{
        "account_alerts",
        "",
        {{{"entity_type"},
          {"alert_info.alert_severity"},
          {"alert_info.alert_type"},
          {"alert_info.alert_status"}}}},
    summary_rule{
        "account_update",
        "",
        {{{"event"},
          {"violation_info.violation_type"},
          {"ban_info.waba_ban_state"},
          {"ban_info.waba_ban_date", "on "}}}},
    summary_rule{"account_review_update", "", {{{"decision"}}}},
    summary_rule{"phone_number_name_update", "", {{{"decision"}}}},
    summary_rule{"security", "", {{{"event"}}}},
    summary_rule{"business_username_update", "", {{{"status"}, {"event"}}}},
    summary_rule{"flows", "", {{{"event"}, {"flow_id"}, {"new_status"}}}},
    summary_rule{"group_lifecycle_update", "groups", {{{"type"}}}},
    summary_rule{"group_participants_update", "groups", {{{"type"}, {"reason"}, {"initiated_by"}}}},
    summary_rule{"group_settings_update", "groups", {{{"type"}}}},
    summary_rule{"group_status_update", "groups", {{{"type"}}}},
};

std::string word_below(json_object in, std::string_view path) {
    if (const auto dot = path.find('.'); dot != std::string_view::npos) {
        const auto inner = object_at(in, path.substr(0, dot));
        return inner ? word_below(*inner, path.substr(dot + 1)) : std::string{};
    }
    if (const auto number = integer_at(in, path)) return std::to_string(*number);
    return clean_at(in, path, word_bytes_max);
}

std::string summarise(const summary_rule& rule, json_object of) {
    std::string summary;
    for (const auto& word : rule.words) {
        const auto text = word.path.empty() ? std::string{} : word_below(of, word.path);
        if (text.empty()) continue;
        if (!summary.empty()) summary += ' ';
        summary += word.before;
        summary += text;
    }
    if (const auto code = first_error_code(of); code != 0) {
        summary += (summary.empty() ? "error " : " error ") + std::to_string(code);
    }
    return summary;
}

// {"a":1} and {"b":2} -> {"a":1,"b":2}.
std::string with_first_member(std::string first, std::string_view object) {
    if (object.size() <= 2) return first;  // {}
    first.back() = ',';
    return first.append(object.substr(1));
}

}  // namespace

void read_notices(
    std::string_view field,
    json_object value,
    const channel_settings& channel,
    std::vector<inbound_event>& into
) {
    const auto add = [&](std::string summary, std::string raw_json) {
        into.emplace_back(channel_notice{
            .channel = channel.name,
            .field = clean_text(field, name_bytes_max),
            .summary = std::move(summary),
            .raw_json = std::move(raw_json)});
    };
    for (const auto& rule : rules) {
        if (rule.field != field) continue;
        const auto elements = rule.each.empty() ? std::nullopt : array_at(value, rule.each);
        if (!elements || elements->size() == 0) {
            add(summarise(rule, value), to_json(value));
            return;
        }
        for (const json_value element : *elements) {
            const auto object = as_object(element);
            auto raw = to_json(element);
            // Meta puts who did it now inside the group's object, now beside it.
            const auto by = clean_at(value, "initiated_by", word_bytes_max);
            if (object && !by.empty() && text_at(*object, "initiated_by").empty()) {
                json_writer outer;
                outer.begin_object().member("initiated_by", by).end_object();
                raw = with_first_member(outer.take(), raw);
            }
            add(object ? summarise(rule, *object) : std::string{}, std::move(raw));
        }
        return;
    }
    add("a webhook field this version does not read", to_json(value));
}

}  // namespace tertulia::adapters::whatsapp_cloud
