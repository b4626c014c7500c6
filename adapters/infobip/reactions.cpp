#include "adapters/infobip/reactions.hpp"

#include <array>

namespace tertulia::adapters::infobip {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;

constexpr std::array table{
    row(4, retry, "rejected by the operator", 1, 15min),
    row(6, ask_operator, "the network is not set up for this account"),
    row(8, unreachable, "not a number: its prefix or length is wrong"),
    row(9, unreachable, "not delivered: her number or phone cannot be reached"),
    row(10, opted_out, "she subscribed to do-not-disturb"),
    row(11, stop_channel, "the sender is not registered on this account"),
    row(12, stop_channel, "the account has no credit left"),
    row(13, stop_channel, "the sender is blocked on this account"),
    row(14, opted_out, "her number is on a block list"),
    row(15, refuse, "expired before it was delivered"),
    row(17, stop_channel, "the prepaid package has expired"),
    row(18, ask_operator, "a test account: her number is not on its list"),
    row(19, stop_channel, "the account has no route to send by"),
    row(20, slow_recipient, "too many messages to this number in an hour", while_it_lives, 1h),
    row(21, retry, "trouble of Infobip's own", 5),
    row(23, accepted, "taken before: the same message was sent twice"),
    row(24, refuse, "a malformed header: a mistake of ours"),
    row(25, refuse, "the text is too long: a mistake of ours"),
    row(29, refuse, "expired, and nobody knows whether it was delivered"),
    row(31, retry, "not sent", 3, 60s),
    row(51, refuse, "no recipient: a mistake of ours"),
    row(52, unreachable, "not a number of any operator"),
    row(87, ask_operator, "blocked by Infobip's fraud filter"),
    row(100, retry, "invalid, or the service is away", 1, 60s),
};
static_assert(is_ordered(table), "the look-up below halves the table");

}  // namespace

const reaction_rule* rule_of(int code) noexcept {
    return find_rule(table, code);
}

}  // namespace tertulia::adapters::infobip
