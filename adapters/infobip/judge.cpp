#include "adapters/infobip/parts.hpp"
#include "adapters/infobip/reactions.hpp"
#include "adapters/wire/text.hpp"

namespace tertulia::adapters::infobip {
namespace {

verdict as(reaction what, int code, std::string reason, int tries_max = 0) {
    return {.reaction = what, .code = code, .reason = std::move(reason), .tries_max = tries_max};
}

// Our id makes a second send harmless: trouble of Infobip's is tried again.
verdict by_status(unsigned status) {
    const auto told = " (HTTP " + std::to_string(status) + ")";
    if (status == 429) {
        return as(reaction::slow_channel, 0, "too many requests" + told, while_it_lives);
    }
    if (status == 408 || status >= 500) {
        return as(reaction::retry, 0, "trouble of Infobip's own" + told, 5);
    }
    if (status == 401) return as(reaction::stop_channel, 0, "api_key is not accepted" + told);
    if (status == 403) return as(reaction::stop_channel, 0, "permission missing" + told);
    if (status == 404)
        return as(reaction::stop_channel, 0, "no such service: check api_base" + told);
    if (status >= 400) return as(reaction::refuse, 0, "refused: a mistake of ours" + told);
    return as(reaction::ask_operator, 0, "not an answer of Infobip: check api_base" + told);
}

std::optional<json_object> first_message(json_object answer) {
    const auto messages = array_at(answer, "messages");
    if (!messages) return std::nullopt;
    for (const json_value element : *messages) return as_object(element);
    return std::nullopt;
}

verdict judge_success(json_object answer) {
    const auto message = first_message(answer);
    const auto status = message ? object_at(*message, "status") : std::nullopt;
    auto id = message ? clean_text(text_at(*message, "messageId"), id_bytes_max) : std::string{};
    const auto known = status ? status_in(*status) : std::nullopt;
    if (known && *known == delivery_status::failed) {
        auto judged = reaction_to(code_in(*status));
        judged.provider_id = std::move(id);
        if (judged.reaction != reaction::accepted || !judged.provider_id.empty()) return judged;
    }
    if (id.empty()) {
        // Most likely sent: to send it again on a guess would be worse than to ask.
        return as(reaction::ask_operator, 0, "taken, but the answer names no message");
    }
    verdict judged{.reaction = reaction::accepted};
    judged.provider_id = std::move(id);
    const auto phone = phone_of(text_at(*message, "destination"));
    judged.recipient_id = phone;
    return judged;
}

}  // namespace

verdict judge(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    verdict judged;
    if (answer.status >= 200 && answer.status < 300) {
        judged = root ? judge_success(*root)
                      : as(reaction::ask_operator, 0, "taken, but the answer names no message");
    } else {
        judged = by_status(answer.status);
    }
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

verdict reaction_to(int code) {
    if (const auto* rule = rule_of(code)) return by_rule(*rule, code);
    return as(reaction::refuse, code, "an error code we do not know");
}

}  // namespace tertulia::adapters::infobip
