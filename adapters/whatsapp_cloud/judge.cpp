#include "adapters/wire/json_view.hpp"
#include "adapters/whatsapp_cloud/reactions.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t trace_bytes_max = 64;
constexpr std::size_t answer_id_bytes_max = 512;

// Without a code we know, the HTTP status says what kind of trouble it is.
verdict by_status(unsigned status, int code) {
    const auto as = [&](reaction what, std::string_view why, int tries_max) {
        return verdict{
            .reaction = what,
            .code = code,
            .reason = std::string{why} + " (HTTP " + std::to_string(status) + ")",
            .tries_max = tries_max};
    };
    if (status == 429) return as(reaction::slow_channel, "too many requests", 1'000);
    if (status == 408) return as(reaction::retry, "the provider waited too long for us", 3);
    if (status >= 500) return as(reaction::retry, "the provider is in trouble", 5);
    if (status == 401) return as(reaction::stop_channel, "the access token is not accepted", 0);
    if (status == 403) return as(reaction::stop_channel, "permission missing", 0);
    if (status >= 400 && code != 0) return as(reaction::refuse, "an error code we do not know", 0);
    if (status >= 400) return as(reaction::refuse, "refused without an error code", 0);
    return as(reaction::ask_operator, "not an answer of this API: check api_base", 0);
}

// What support asks for; nothing but letters and digits gets into our reason.
std::string trace_of(json_object error) {
    const auto trace = text_at(error, "fbtrace_id");
    const bool plain = std::all_of(trace.begin(), trace.end(), [](char byte) {
        return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z') || byte == '_' || byte == '-';
    });
    if (!plain || trace.empty() || trace.size() > trace_bytes_max) return {};
    return ", trace " + std::string{trace};
}

verdict judge_error(unsigned status, json_object error) {
    const auto number = integer_at(error, "code");
    const int code = number && std::in_range<int>(*number) ? static_cast<int>(*number) : -1;
    const auto* rule = code < 0 ? nullptr : rule_of(code);
    auto judged = rule != nullptr ? by_rule(*rule, code) : by_status(status, std::max(code, 0));
    if (const auto subcode = integer_at(error, "error_subcode")) {
        judged.reason += ", subcode " + std::to_string(*subcode);
    }
    judged.reason += trace_of(error);
    return judged;
}

std::optional<json_object> first_of(json_object in, std::string_view key) {
    const auto array = array_at(in, key);
    if (!array) return std::nullopt;
    for (const json_value element : *array) return as_object(element);
    return std::nullopt;
}

verdict judge_success(json_object answer) {
    const auto message = first_of(answer, "messages");
    verdict judged{.reaction = reaction::accepted};
    if (message) judged.provider_id = clean_text(text_at(*message, "id"), answer_id_bytes_max);
    if (judged.provider_id.empty()) {
        if (flag_at(answer, "success")) return judged;  // a read mark has no id
        // Most likely sent: to send it again on a guess would be worse than to ask.
        return {
            .reaction = reaction::ask_operator, .reason = "taken, but the answer names no message"};
    }
    const auto status = text_at(*message, "message_status");
    if (status == "held_for_quality_assessment") judged.reason = "held while the template is paced";
    if (status == "paused") judged.reason = "taken while the template is paused";
    if (const auto contact = first_of(answer, "contacts")) {
        for (const auto* key : {"wa_id", "user_id"}) {
            if (!judged.recipient_id.empty()) continue;
            judged.recipient_id = clean_text(text_at(*contact, key), answer_id_bytes_max);
        }
    }
    return judged;
}

}  // namespace

verdict judge(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    const bool good = answer.status >= 200 && answer.status < 300;
    const auto error = root ? object_at(*root, "error") : std::nullopt;

    verdict judged;
    if (error) {
        judged = judge_error(answer.status, *error);  // whatever the status says
    } else if (good && root) {
        judged = judge_success(*root);
    } else {
        judged = by_status(answer.status, 0);
    }
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

verdict reaction_to(int code) {
    if (const auto* rule = rule_of(code)) return by_rule(*rule, code);
    return {.reaction = reaction::refuse, .code = code, .reason = "an error code we do not know"};
}

}  // namespace tertulia::adapters::whatsapp_cloud
