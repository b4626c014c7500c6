#include "adapters/twilio/reactions.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"

#include <utility>

namespace tertulia::adapters::twilio {
namespace {

constexpr std::size_t answer_id_bytes_max = 64;

verdict as(reaction what, int code, std::string reason, int tries_max = 0) {
    return {.reaction = what, .code = code, .reason = std::move(reason), .tries_max = tries_max};
}

// Without a code we know, the HTTP status says what kind of trouble it is. There is no key that
// would make a second send harmless: whatever may have been taken is unsure.
verdict by_status(unsigned status, int code) {
    const auto told = " (HTTP " + std::to_string(status) + ")";
    if (status == 429) {
        return as(reaction::slow_channel, code, "too many requests" + told, while_it_lives);
    }
    if (status >= 500 || status == 408) {
        return as(reaction::unsure, code, "trouble of Twilio's own: it may have been taken" + told);
    }
    if (status == 401) {
        return as(reaction::stop_channel, code, "account_sid or auth_token not accepted" + told);
    }
    if (status == 403) return as(reaction::stop_channel, code, "permission missing" + told);
    if (status == 404) return as(reaction::stop_channel, code, "no such account" + told);
    if (status >= 400) return as(reaction::refuse, code, "refused by Twilio" + told);
    return as(reaction::ask_operator, code, "not an answer of Twilio: check api_base" + told);
}

verdict by_code(unsigned status, int code) {
    if (const auto* rule = rule_of(code)) return by_rule(*rule, code);
    return by_status(status, code);
}

verdict judge_success(unsigned status, json_object answer) {
    verdict judged{.reaction = reaction::accepted};
    judged.provider_id = clean_text(text_at(answer, "sid"), answer_id_bytes_max);
    if (judged.provider_id.empty()) {
        // Most likely sent: to send it again on a guess would be worse than to ask.
        return as(reaction::ask_operator, 0, "taken, but the answer names no message");
    }
    const auto state = text_at(answer, "status");
    const auto code = integer_at(answer, "error_code");
    const bool failed = state == "failed" || state == "undelivered" || state == "canceled";
    if (!failed) return judged;
    auto refused = by_code(status, code && std::in_range<int>(*code) ? static_cast<int>(*code) : 0);
    if (refused.code == 0) {
        refused = as(reaction::refuse, 0, "taken and failed at once");
    }
    refused.provider_id = judged.provider_id;
    return refused;
}

}  // namespace

verdict judge(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    verdict judged;
    if (answer.status >= 200 && answer.status < 300) {
        judged = root ? judge_success(answer.status, *root)
                      : as(reaction::ask_operator, 0, "taken, but the answer names no message");
    } else {
        const auto number = root ? integer_at(*root, "code") : std::nullopt;
        const bool fits = number && *number > 0 && std::in_range<int>(*number);
        judged = by_code(answer.status, fits ? static_cast<int>(*number) : 0);
    }
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

verdict reaction_to(int code) {
    if (const auto* rule = rule_of(code)) return by_rule(*rule, code);
    return as(reaction::refuse, code, "an error code we do not know");
}

}  // namespace tertulia::adapters::twilio
