#include "adapters/twilio/reactions.hpp"

#include <array>

namespace tertulia::adapters::twilio {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;

constexpr std::array table{
    row(11200, ask_operator, "Twilio could not reach our callback address"),
    row(11205, ask_operator, "Twilio could not connect to our callback address"),
    row(12300, ask_operator, "our answer to a callback has a wrong content type"),
    row(20003, stop_channel, "account_sid or auth_token is not accepted"),
    row(20429, slow_channel, "too many requests at a time", while_it_lives),
    row(20500, unsure, "trouble of Twilio's own: it may have been taken"),
    row(21211, unreachable, "not a number that exists"),
    // One stranger from abroad must not stop the channel for everybody.
    row(21408, ask_operator, "sending to that country is not enabled in the console"),
    row(21610, opted_out, "she answered STOP to this sender"),
    row(21611, slow_channel, "the sender's queue holds ten hours of messages", while_it_lives, 10min
    ),
    row(21614, unreachable, "not a mobile number"),
    row(21617, refuse, "the text is too long: a mistake of ours"),
    row(21635, unreachable, "a landline"),
    row(21655, stop_template, "the template's content_sid is wrong"),
    row(21656, ask_operator, "the template's variables are not those of its content"),
    row(30003, retry, "her phone is off or without signal", 3, 15min),
    row(30004, opted_out, "blocked by her or by the carrier"),
    row(30005, unreachable, "the number is not in service"),
    row(30006, unreachable, "a landline or a carrier that cannot be reached"),
    row(30007, ask_operator, "filtered as unwanted: look at content and registration"),
    row(30008, retry, "undelivered for an unknown reason", 1, 5min),
    row(30017, retry, "the carrier is congested", 5, 60s),
    row(30410, retry, "the carrier did not answer in time", 1, 60s),
    row(63003, unreachable, "no such address on this channel"),
    row(63013, refuse, "against the channel's policy"),
    row(63014, opted_out, "she blocked us"),
    row(63015, ask_operator, "sandbox: she has not joined it"),
    row(63016, use_template, "more than 24 hours since she last wrote"),
    row(63018, slow_channel, "the channel's rate limit", while_it_lives, 10s),
    row(63021, refuse, "the channel does not take this content"),
    row(63024, unreachable, "not on WhatsApp"),
    row(63032, unreachable, "WhatsApp will not deliver this to her"),
    row(63049, unreachable, "WhatsApp will not deliver this to her: marketing limit"),
};
static_assert(is_ordered(table), "the look-up below halves the table");

}  // namespace

const reaction_rule* rule_of(int code) noexcept {
    return find_rule(table, code);
}

}  // namespace tertulia::adapters::twilio
