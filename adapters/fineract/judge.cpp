#include "adapters/fineract/fineract.hpp"

#include "adapters/wire/text.hpp"

#include <array>
#include <charconv>

namespace tertulia::adapters::fineract {
namespace {

using namespace std::chrono_literals;
using enum core_reaction;

constexpr std::size_t code_bytes_max = 160;
constexpr int while_it_lives = 1'000;

// Codes before bare statuses: a 403 is a missing permission, a rule of the domain or a duplicate,
// and only the code tells. Never the texts beside it, which are for people and translated.
constexpr std::array rules{
    core_rule{0, 999, "loan.locked", locked, while_it_lives, 300s, "the close of business holds it"},
    core_rule{0, 999, "account.locked", locked, while_it_lives, 300s, "the close of business holds it"},
    core_rule{400, 499, "error.msg.not.authenticated", stop, 0, 0s, "user or password not accepted"},
    core_rule{400, 499, "error.msg.not.authorized", not_allowed, 0, 0s, "the role lacks a permission"},
    core_rule{400, 499, "error.msg.invalid.tenant", stop, 0, 0s, "there is no such tenant"},
    core_rule{400, 499, "duplicate", refused, 0, 0s, "it exists already"},
    core_rule{400, 499, "error.msg.data.integrity", refused, 0, 0s, "it contradicts other records"},
    core_rule{400, 499, "unsupported.parameter", ask_operator, 0, 0s, "a field this version has not"},
    core_rule{400, 400, "validation.msg", refused, 0, 0s, "a value is not accepted"},
    core_rule{403, 403, "error.msg", refused, 0, 0s, "a rule of core banking forbids it"},
    core_rule{404, 404, "error.msg", gone, 0, 0s, "there is no such record"},
    core_rule{401, 401, "", stop, 0, 0s, "user or password not accepted"},
    core_rule{403, 403, "", not_allowed, 0, 0s, "the role lacks a permission"},
    core_rule{400, 400, "", stop, 0, 0s, "not Fineract's own refusal: check tenant and address"},
    core_rule{404, 404, "", stop, 0, 0s, "not Fineract's own refusal: check base_url"},
    core_rule{405, 405, "", ask_operator, 0, 0s, "not offered by this version"},
    core_rule{408, 408, "", same_again, 10, 10s, "it took too long"},
    core_rule{409, 409, "", same_again, 20, 15s, "it is still being worked on, or in conflict"},
    core_rule{423, 423, "", locked, while_it_lives, 300s, "the close of business holds it"},
    core_rule{425, 425, "", same_again, 20, 5s, "the same write is still being worked on"},
    core_rule{429, 429, "", slow_down, while_it_lives, 30s, "too many calls"},
    core_rule{503, 503, "", slow_down, while_it_lives, 60s, "closed for a while"},
    core_rule{500, 599, "", same_again, 10, 30s, "trouble of core banking's own"},
    core_rule{0, 999, "", ask_operator, 0, 0s, "an answer we do not know"},
};

struct told_error {
    std::string code{};
    std::string parameter{};
};

// The code that says most: that of the first detail, else the whole error's.
told_error error_of(std::string_view body) {
    const auto document = read_document(body);
    if (!document) return {};
    for (const auto& each : (*document)["errors"].inside) {
        if (auto code = clean(each["userMessageGlobalisationCode"], code_bytes_max); !code.empty()) {
            return {std::move(code), clean(each["parameterName"], code_bytes_max)};
        }
    }
    return {clean((*document)["userMessageGlobalisationCode"], code_bytes_max), {}};
}

core_verdict by(const core_rule& rule) {
    return {
        .reaction = rule.reaction,
        .reason = std::string{rule.reason},
        .after = rule.after,
        .tries_max = rule.tries_max};
}

// Whole seconds, an hour at most.
void obey_header(core_verdict& judged, std::string_view header) {
    unsigned seconds{};
    const auto* const last = header.data() + header.size();
    const auto [end, error] = std::from_chars(header.data(), last, seconds);
    if (error != std::errc{} || end != last || judged.after == 0ms) return;
    judged.after = std::max(judged.after, milliseconds{std::min(seconds, 3600U) * 1000});
}

core_verdict judge_write(std::string_view body) {
    const auto document = read_document(body);
    if (!document || !document->is(node_kind::object)) {
        // It was done, most likely; the same key again tells what as.
        return {
            .reaction = same_again,
            .reason = "written, but the answer cannot be read",
            .after = 5s,
            .tries_max = 10};
    }
    core_verdict out{.reaction = done, .command_id = id_of((*document)["commandId"])};
    for (const auto* key : {"resourceId", "loanId", "clientId", "groupId"}) {
        if (out.written_id.empty()) out.written_id = id_of((*document)[key]);
    }
    if ((*document)["rollbackTransaction"].yes()) {
        out.reaction = waiting;
        out.reason = "it waits for approval";
        out.written_id.clear();
    } else if (out.written_id.empty()) {
        out.reaction = ask_operator;
        out.reason = "taken, but the answer names nothing written";
    }
    return out;
}

}  // namespace

std::span<const core_rule> core_rules() noexcept {
    return rules;
}

core_verdict judge(const provider_response& answer, call_kind what) {
    if (answer.status >= 200 && answer.status < 300) {
        return what == call_kind::write ? judge_write(answer.body) : core_verdict{.reaction = done};
    }
    auto told = error_of(answer.body);
    core_verdict out;
    for (const auto& each : rules) {
        if (answer.status < each.first || answer.status > each.last) continue;
        if (!each.code.empty() && told.code.find(each.code) == std::string::npos) continue;
        out = by(each);
        break;
    }
    out.reason += " (HTTP " + std::to_string(answer.status) + ")";
    out.code = std::move(told.code);
    out.parameter = std::move(told.parameter);
    obey_header(out, answer.retry_after);
    return out;
}

}  // namespace tertulia::adapters::fineract
