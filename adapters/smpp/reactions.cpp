// The command_status of SMPP 3.4 and what we do about each: the table, as data.

#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/reaction_rule.hpp"

namespace tertulia::adapters::smpp {
namespace {

using enum adapters::reaction;

constexpr std::array table{
    row(0x00, accepted, "taken"),
    row(0x01, refuse, "message length invalid: a mistake of ours"),
    row(0x02, refuse, "command length invalid: a mistake of ours"),
    row(0x03, refuse, "command unknown to the SMSC"),
    row(0x04, retry, "the session was not bound", while_it_lives),
    row(0x05, retry, "already bound: an old session is still open", while_it_lives),
    row(0x06, refuse, "priority_flag invalid: a mistake of ours"),
    row(0x07, refuse, "registered_delivery invalid: check receipts with the operator"),
    row(0x08, retry, "system error of the SMSC", 5),
    row(0x0A, refuse, "source address invalid: check `from` with the operator"),
    row(0x0B, unreachable, "destination address invalid"),
    row(0x0D, stop_channel, "the bind failed"),
    row(0x0E, stop_channel, "the password is not accepted"),
    row(0x0F, stop_channel, "the system id is not accepted"),
    row(0x14, slow_channel, "the SMSC's queue is full", while_it_lives),
    row(0x15, refuse, "service_type invalid: check it with the operator"),
    row(0x43, refuse, "esm_class invalid: check long_form with the operator"),
    row(0x45, retry, "the submit failed", 3),
    row(0x48, refuse, "TON of the source invalid: check source_ton with the operator"),
    row(0x49, refuse, "NPI of the source invalid: check source_npi with the operator"),
    row(0x50, refuse, "TON of the destination invalid"),
    row(0x51, refuse, "NPI of the destination invalid"),
    row(0x53, stop_channel, "the system type is not accepted"),
    row(0x54, refuse, "replace_if_present_flag invalid: a mistake of ours"),
    row(0x58, slow_channel, "more than the contracted rate", while_it_lives),
    row(0x61, refuse, "schedule_delivery_time invalid: a mistake of ours"),
    row(0x62, refuse, "validity_period invalid: check validity with the operator"),
    row(0x63, refuse, "sm_default_msg_id invalid: a mistake of ours"),
    row(0x64, retry, "temporary error at the other end", 5),
    row(0x65, refuse, "permanent error at the other end"),
    row(0x66, refuse, "rejected at the other end"),
    row(0x67, refuse, "the other end cannot take it"),
    rows(0xC0, 0xC4, refuse, "trouble with a TLV: check long_form with the operator"),
    row(0xFE, retry, "delivery failed", 3),
    row(0xFF, retry, "unknown error of the SMSC", 3),
};
static_assert(is_ordered(table));

}  // namespace

verdict judge(std::uint32_t status) {
    const int code = status <= 0x7FFFFFFF ? static_cast<int>(status) : -1;
    if (const auto* rule = find_rule(table, code)) return by_rule(*rule, code);
    return {.reaction = refuse, .code = code, .reason = "a status we do not know"};
}

}  // namespace tertulia::adapters::smpp
