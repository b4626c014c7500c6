#include "adapters/vonage/reactions.hpp"

#include <array>

namespace tertulia::adapters::vonage {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;

constexpr std::array statuses{
    row(1, retry, "undelivered for an unknown reason", 1, 5min),
    row(2, retry, "her phone is off or without signal", 3, 15min),
    row(3, unreachable, "the number is no longer in service"),
    row(4, opted_out, "she has barred such messages"),
    row(5, unreachable, "the number moved and its operator is not found"),
    row(6, ask_operator, "filtered as unwanted: look at content and registration"),
    row(7, retry, "her phone was busy", 3, 5min),
    row(8, retry, "trouble in the network", 3, 60s),
    row(9, unreachable, "not a number that takes messages"),
    row(10, refuse, "the network does not take this content"),
    row(11, ask_operator, "no route to that network"),
    row(12, unreachable, "her network cannot be reached"),
    row(13, refuse, "her age does not allow it"),
    row(14, unreachable, "her number is blocked by its operator"),
    row(15, unreachable, "her prepaid credit is used up"),
    row(16, slow_channel, "the gateway's quota", while_it_lives, 60s),
    // One stranger from abroad must not stop the channel for everybody.
    row(39, ask_operator, "the sender is not allowed in that country"),
    row(50, ask_operator, "filtered by a registration rule"),
    row(51, ask_operator, "the sender is not registered there"),
    row(52, ask_operator, "the content is not registered there"),
    row(53, opted_out, "without consent on the operator's list"),
    row(54, ask_operator, "against a rule of that country"),
    row(99, retry, "undelivered for a general reason", 1, 5min),
    row(1000, slow_channel, "too many messages a second", while_it_lives),
    row(1010, refuse, "a parameter is missing: a mistake of ours"),
    row(1020, refuse, "a parameter is invalid"),
    row(1030, retry, "trouble of Vonage's own", 3, 60s),
    row(1040, refuse, "the message is invalid"),
    row(1050, unreachable, "the number is barred"),
    row(1060, stop_channel, "the account is barred"),
    row(1070, stop_channel, "the account has no credit left"),
    row(1080, stop_channel, "the account may not use this API"),
    row(1120, stop_channel, "the sender is not allowed"),
    row(1160, ask_operator, "a test account: her number is not on its list"),
    row(1170, unreachable, "not a number"),
    row(1180, retry, "her phone is off or without signal", 3, 15min),
    row(1190, unreachable, "the number is no longer in service"),
    row(1200, unreachable, "the number moved and its operator is not found"),
    row(1210, ask_operator, "filtered as unwanted: look at content and registration"),
    row(1220, retry, "her phone was busy", 3, 5min),
    row(1230, retry, "trouble in the network", 3, 60s),
    row(1240, unreachable, "not a number that takes messages"),
    row(1250, ask_operator, "no route to that network"),
    row(1260, unreachable, "her network cannot be reached"),
    row(1270, refuse, "her age does not allow it"),
    row(1280, unreachable, "her number is blocked by its operator"),
    row(1290, unreachable, "her prepaid credit is used up"),
};
static_assert(is_ordered(statuses), "the look-up below halves the table");

constexpr std::array answers{
    row(1, slow_channel, "too many messages a second", while_it_lives),
    row(2, refuse, "a parameter is missing: a mistake of ours"),
    row(3, refuse, "a parameter is invalid"),
    row(4, stop_channel, "api_key or api_secret is not accepted"),
    row(5, retry, "trouble of Vonage's own", 3, 60s),
    row(6, refuse, "the message is invalid"),
    row(7, unreachable, "the number is barred"),
    row(8, stop_channel, "the account is barred"),
    row(9, stop_channel, "the account has no credit left"),
    row(10, slow_channel, "too many connections at a time", while_it_lives),
    row(11, stop_channel, "the account may not use this API"),
    row(12, refuse, "the text is too long: a mistake of ours"),
    row(14, stop_channel, "our signature is not accepted"),
    row(15, stop_channel, "the sender is not allowed"),
    row(22, refuse, "the network code is invalid"),
    row(23, ask_operator, "the callback address is not accepted"),
    row(29, ask_operator, "a test account: her number is not on its list"),
    row(32, stop_channel, "the account asks for signed requests alone"),
    row(33, unreachable, "her number is out of service"),
};
static_assert(is_ordered(answers), "the look-up below halves the table");

}  // namespace

const reaction_rule* rule_of_status(int code) noexcept {
    return find_rule(statuses, code);
}

const reaction_rule* rule_of_answer(int code) noexcept {
    return find_rule(answers, code);
}

}  // namespace tertulia::adapters::vonage
