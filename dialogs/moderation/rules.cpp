#include "dialogs/moderation/rules.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

using std::chrono::minutes;
using enum guard_rule;
using enum guard_decision;

// clang-format off
constexpr auto rows = std::to_array<guard_row>({
    {.is = code_or_pin, .name = "code_or_pin", .decision = block, .told = true, .mute_again = minutes{60}, .alerts_officer = true, .security_task = true, .warns_all = true, .about = "codes and PINs"},
    {.is = threat, .name = "threat", .decision = block, .told = true, .mute = minutes{60}, .mute_again = minutes{60}, .alerts_officer = true, .alerts_supervisor = true, .complaint = true, .about = "a threat"},
    {.is = emergency, .name = "emergency", .decision = private_talk, .told = true, .alerts_officer = true, .pauses_meeting = true, .about = "an emergency"},
    {.is = sensitive, .name = "sensitive", .decision = private_talk, .told = true, .alerts_officer = true, .hardship = true, .about = "illness, pregnancy, violence"},
    {.is = insult, .name = "insult", .decision = block, .told = true, .mute = minutes{60}, .mute_again = minutes{60}, .alerts_officer = true, .alerts_supervisor = true, .complaint = true, .about = "an insult"},
    {.is = identity_paper, .name = "identity_paper", .decision = private_talk, .told = true, .privacy_incident = true, .about = "identity papers"},
    {.is = privacy_balance, .name = "privacy_balance", .decision = hold, .told = true, .alerts_supervisor = true, .privacy_incident = true, .about = "what one person owes, pays or saves"},
    {.is = names_debtor, .name = "names_debtor", .decision = hold, .told = true, .alerts_officer = true, .alerts_supervisor = true, .privacy_incident = true, .hardship = true, .about = "who has not paid"},
    {.is = pressure_to_pay, .name = "pressure_to_pay", .decision = hold, .told = true, .alerts_officer = true, .about = "others made to pay"},
    {.is = phone_number, .name = "phone_number", .decision = hold, .told = true, .about = "a telephone number"},
    {.is = payment_proof, .name = "payment_proof", .decision = private_talk, .told = true, .about = "a payment, or its receipt"},
    {.is = link, .name = "link", .decision = hold, .told = true, .mute_again = minutes{5}, .alerts_officer = true, .about = "a link"},
    {.is = forwarded, .name = "forwarded", .decision = hold, .told = true, .mute_again = minutes{5}, .about = "something forwarded"},
    {.is = politics_chain, .name = "politics_chain", .decision = hold, .told = true, .mute_again = minutes{5}, .alerts_officer = true, .about = "politics or a chain letter"},
    {.is = sales, .name = "sales", .decision = hold, .told = true, .mute_again = minutes{5}, .alerts_officer = true, .about = "something for sale"},
    {.is = picture, .name = "picture", .decision = hold, .told = true, .about = "a picture nobody has looked at"},
    {.is = voice_too_long, .name = "voice_too_long", .decision = hold, .told = true, .about = "a long voice note"},
    {.is = too_long, .name = "too_long", .decision = hold, .told = true, .about = "no line of a talk"},
    {.is = off_topic, .name = "off_topic", .decision = relay, .told = true, .about = "off the step at hand"},
    {.is = loan_talk_allowed, .name = "loan_talk_allowed", .decision = relay, .about = "the amount a requester asks for"},
    {.is = ordinary, .name = "ordinary", .decision = relay, .about = "talk"},
});
// clang-format on
static_assert(rows.size() == guard_rules);
static_assert([] {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].is != static_cast<guard_rule>(i)) return false;
    }
    return true;
}());

}  // namespace

std::span<const guard_row> guard_table() noexcept {
    return rows;
}

const guard_row& row_of(guard_rule one) noexcept {
    return rows[static_cast<std::size_t>(one)];
}

std::optional<guard_rule> find_guard_rule(std::string_view name) noexcept {
    const auto found = std::ranges::find(rows, name, &guard_row::name);
    return found == rows.end() ? std::nullopt : std::optional{found->is};
}

std::string message_key(guard_rule one) {
    return "moderation." + std::string{row_of(one).name};
}

}  // namespace tertulia::dialogs
