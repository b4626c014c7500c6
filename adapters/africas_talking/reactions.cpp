#include "adapters/africas_talking/reactions.hpp"

#include <algorithm>
#include <array>

namespace tertulia::adapters::africas_talking {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;

constexpr std::array table{
    rows(100, 102, accepted, "taken"),
    row(401, ask_operator, "held by the provider as a risk"),
    row(402, stop_channel, "the sender is not registered"),
    row(403, unreachable, "the number is not valid"),
    row(404, unreachable, "a number of a kind the provider does not serve"),
    row(405, stop_channel, "the account has no money left"),
    row(406, opted_out, "she opted out at the provider"),
    row(407, unreachable, "no route to that number"),
    // Nigeria, promotional senders, 20:00 to 08:00: twelve hours later is always outside.
    row(409, retry, "not at these hours, by the regulator", 2, 12h),
    row(500, retry, "the provider is in trouble", 3),
    row(501, retry, "the operator's gateway is in trouble", 3),
    row(502, retry, "rejected by the operator's gateway", 3),
    // Named only, in delivery reports.
    row(1001, retry, "her phone was away", 1, 1h),
    row(1002, unreachable, "expired before it could be delivered"),
    row(1003, refuse, "rejected"),
    row(1004, unreachable, "failed"),
    row(1010, refuse, "the link id is not valid"),
    row(1011, unreachable, "her number is not in use at present"),
    row(1012, unreachable, "her account is suspended"),
    row(1013, unreachable, "not a number of that network"),
    row(1014, refuse, "she has not subscribed to that product"),
    row(1015, unreachable, "there is no such number"),
    row(1016, retry, "the network could not deliver it", 1, 1h),
};
static_assert(is_ordered(table));

struct named_code {
    std::string_view name;
    int code;
};
constexpr std::array names{
    named_code{"RiskHold", 401},
    named_code{"InvalidSenderId", 402},
    named_code{"InvalidPhoneNumber", 403},
    named_code{"UnsupportedNumberType", 404},
    named_code{"InsufficientBalance", 405},
    named_code{"InsufficientCredit", 405},
    named_code{"UserInBlacklist", 406},
    named_code{"UserInBlackList", 406},
    named_code{"CouldNotRoute", 407},
    named_code{"DoNotDisturbRejection", 409},
    named_code{"InternalServerError", 500},
    named_code{"GatewayError", 501},
    named_code{"RejectedByGateway", 502},
    named_code{"InvalidLinkId", 1010},
    named_code{"UserIsInactive", 1011},
    named_code{"UserAccountSuspended", 1012},
    named_code{"NotNetworkSubcriber", 1013},  // the provider's spelling
    named_code{"UserNotSubscribedToProduct", 1014},
    named_code{"UserDoesNotExist", 1015},
    named_code{"DeliveryFailure", 1016}};

constexpr std::array words{
    report_word{"Sent", delivery_status::sent, 0},
    report_word{"Submitted", delivery_status::sent, 0},
    report_word{"Buffered", delivery_status::sent, 0},
    report_word{"Success", delivery_status::delivered, 0},
    report_word{"AbsentSubscriber", delivery_status::failed, 1001},
    report_word{"Expired", delivery_status::failed, 1002},
    report_word{"Rejected", delivery_status::failed, 1003},
    report_word{"Failed", delivery_status::failed, 1004}};

}  // namespace

const reaction_rule* rule_of(int code) noexcept {
    return find_rule(table, code);
}

int code_named(std::string_view name) noexcept {
    const auto found = std::ranges::find(names, name, &named_code::name);
    return found == names.end() ? 0 : found->code;
}

const report_word* report_word_of(std::string_view status) noexcept {
    const auto found = std::ranges::find(words, status, &report_word::word);
    return found == words.end() ? nullptr : &*found;
}

}  // namespace tertulia::adapters::africas_talking
