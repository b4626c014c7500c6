#include "adapters/vonage/reactions.hpp"
#include "adapters/vonage/vonage.hpp"
#include "adapters/wire/json_view.hpp"
#include "adapters/wire/text.hpp"

#include <charconv>

namespace tertulia::adapters::vonage {
namespace {

constexpr std::size_t answer_id_bytes_max = 128;

verdict as(reaction what, int code, std::string reason, int tries_max = 0) {
    return {.reaction = what, .code = code, .reason = std::move(reason), .tries_max = tries_max};
}

verdict nameless() {
    // Most likely sent: to send it again on a guess would be worse than to ask.
    return as(reaction::ask_operator, 0, "taken, but the answer names no message");
}

verdict by_status(unsigned status, int code) {
    const auto told = " (HTTP " + std::to_string(status) + ")";
    if (status == 429) {
        return as(reaction::slow_channel, code, "too many requests" + told, while_it_lives);
    }
    if (status == 408 || status >= 500) {
        return as(reaction::unsure, code, "trouble of Vonage's own: it may have been taken" + told);
    }
    if (status == 401) {
        return as(reaction::stop_channel, code, "api_key or api_secret not accepted" + told);
    }
    if (status == 402) return as(reaction::stop_channel, code, "no credit left" + told);
    if (status == 403) return as(reaction::stop_channel, code, "permission missing" + told);
    if (status == 404) {
        return as(reaction::stop_channel, code, "no such service: check api_base" + told);
    }
    if (status >= 400) return as(reaction::refuse, code, "refused by Vonage" + told);
    return as(reaction::ask_operator, code, "not an answer of Vonage: check api_base" + told);
}

verdict by_answer(int code) {
    if (const auto* rule = rule_of_answer(code)) return by_rule(*rule, code);
    return as(reaction::refuse, code, "an error code we do not know");
}

// One element for each piece of a long message. All taken is taken; the first refused says why, but
// if a piece was taken before it, she has half of the text and a person must look.
verdict judge_pieces(json_array pieces) {
    verdict taken{.reaction = reaction::accepted};
    for (const json_value element : pieces) {
        const auto piece = as_object(element);
        const auto code = piece ? integer_at(*piece, "status") : std::nullopt;
        if (!code || *code < 0 || *code > 999) return nameless();
        if (*code != 0) {
            auto refused = by_answer(static_cast<int>(*code));
            if (taken.provider_id.empty()) return refused;
            return as(
                reaction::ask_operator, refused.code, "only a part was taken: " + refused.reason
            );
        }
        if (taken.provider_id.empty()) {
            taken.provider_id = clean_text(text_at(*piece, "message-id"), answer_id_bytes_max);
        }
    }
    return taken.provider_id.empty() ? nameless() : taken;
}

int code_of_problem(json_object problem) {
    const auto type = text_at(problem, "type");
    const auto mark = type.rfind('#');
    if (mark == std::string_view::npos) return 0;
    const auto digits = type.substr(mark + 1);
    int code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
    return error == std::errc{} && end == digits.data() + digits.size() && code > 0 ? code : 0;
}

verdict judge_success(json_object answer) {
    if (const auto pieces = array_at(answer, "messages")) return judge_pieces(*pieces);
    verdict judged{.reaction = reaction::accepted};
    judged.provider_id = clean_text(text_at(answer, "message_uuid"), answer_id_bytes_max);
    return judged.provider_id.empty() ? nameless() : judged;
}

}  // namespace

verdict judge(const provider_response& answer) {
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(answer.body);
    const auto root = document ? as_object(*document) : std::nullopt;
    verdict judged;
    if (answer.status >= 200 && answer.status < 300) {
        judged = root ? judge_success(*root) : nameless();
    } else {
        const int code = root ? code_of_problem(*root) : 0;
        const auto* rule = rule_of_status(code);
        judged = rule != nullptr ? by_rule(*rule, code) : by_status(answer.status, code);
    }
    obey_retry_after(judged, answer.retry_after);
    return judged;
}

verdict reaction_to(int code) {
    if (const auto* rule = rule_of_status(code)) return by_rule(*rule, code);
    return as(reaction::refuse, code, "an error code we do not know");
}

}  // namespace tertulia::adapters::vonage
