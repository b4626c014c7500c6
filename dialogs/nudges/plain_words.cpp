#include "dialogs/nudges/plain_words.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

struct plain_row {
    std::string_view reason{};
    std::string_view words{};
};

constexpr std::array plain_rows{
    plain_row{"campaign_ended", "the campaign was stopped"},
    plain_row{"cap_of_day", "she has been written to already"},
    plain_row{"cap_of_instalment", "enough has been said about this payment"},
    plain_row{"cap_of_week", "she has been written to often enough this week"},
    plain_row{"claim", "she says that she has paid, and it is being looked for"},
    plain_row{"complaint", "she has a complaint open"},
    plain_row{"day_moved", "the payment has another day now"},
    plain_row{"deceased", "she has died"},
    plain_row{"dispute", "she has a complaint about this open"},
    plain_row{"hardship", "she cannot pay for now, and somebody of ours looks after it"},
    plain_row{"held_out", "she is among those who get no reminder, to see what reminders do"},
    plain_row{"late", "she is late with a payment"},
    plain_row{"never_wrote", "she has never written to us"},
    plain_row{"no_answer", "what became of her idea is not known here"},
    plain_row{"no_day_left", "there was no free day until the last day of the campaign"},
    plain_row{"no_such_step", "the policy was changed meanwhile"},
    plain_row{"no_template", "there is no approved text for it"},
    plain_row{"not_hers", "the number is not hers alone"},
    plain_row{"not_sent_in_time", "it did not leave in time, and is tried again"},
    plain_row{"nothing_said", "the text could not be said to her"},
    plain_row{"officer_less", "her officer asked for fewer reminders"},
    plain_row{"officer_none", "her officer asked for no reminders"},
    plain_row{"old_balance", "core banking cannot be asked what she owes"},
    plain_row{"opted_out", "she asked us to stop writing"},
    plain_row{"paid", "she has paid"},
    plain_row{"paused", "she asked to be left in peace for a while"},
    plain_row{"promise", "she has said a day on which she pays"},
    plain_row{"promised", "she has said a day on which she pays"},
    plain_row{"quiet_hours", "nobody is written to at that hour"},
    plain_row{"said_before", "it was said already"},
    plain_row{"says_she_paid", "she says that she has paid, and it is being looked for"},
    plain_row{"second_channel", "another channel has reached her this week, and the law or the policy allows one"},
    plain_row{"step_broke", "something of ours failed: the log says more"},
    plain_row{"surveyed_lately", "she was asked not long ago"},
    plain_row{"talked", "somebody has talked with her"},
    plain_row{"talking", "she is writing with us right now"},
    plain_row{"too_late", "it would have come too late to be of use"},
    plain_row{"wants_no_reminder", "she asked for fewer reminders"},
    plain_row{"with_person", "she is talking with somebody of ours"},
};
static_assert(std::ranges::is_sorted(plain_rows, {}, &plain_row::reason));

}  // namespace

std::string plainly(std::string_view reason, std::string_view numbers) {
    const auto found = std::ranges::lower_bound(plain_rows, reason, {}, &plain_row::reason);
    const bool is_known = found != plain_rows.end() && found->reason == reason;
    std::string text{is_known ? found->words : reason};
    if (!numbers.empty()) text += ": " + std::string{numbers};
    return text;
}

}  // namespace tertulia::dialogs
