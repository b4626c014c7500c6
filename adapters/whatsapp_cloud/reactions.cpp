#include "adapters/whatsapp_cloud/reactions.hpp"

#include <array>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;

constexpr std::array table{
    row(0, stop_channel, "the access token is not accepted"),
    row(1, retry, "unknown error, or a request not understood", 1),
    row(2, retry, "service temporarily unavailable", 5),
    row(3, stop_channel, "permission or capability missing"),
    row(4, slow_channel, "the app's call limit", while_it_lives),
    row(10, stop_channel, "permission or capability missing"),
    row(33, stop_channel, "phone_number_id deleted or wrong"),
    row(100, refuse, "invalid parameter: a mistake of ours"),
    row(190, stop_channel, "the access token is invalid or has expired"),
    rows(200, 299, stop_channel, "permission or capability missing"),
    row(368, stop_channel, "the account is restricted for policy"),
    row(80007, slow_channel, "the account's rate limit", while_it_lives),
    row(130429, slow_channel, "the number's messages per second", while_it_lives),
    row(130472, unreachable, "in an experiment of the provider: not delivered, not charged"),
    row(130497, ask_operator, "this business may not write to that country"),
    row(130501, refuse, "message type not supported"),
    row(131000, retry, "unknown error of the provider", 3),
    row(131005, stop_channel, "permission or capability missing"),
    row(131008, refuse, "required parameter missing: a mistake of ours"),
    row(131009, refuse, "value of a parameter invalid"),
    row(131016, retry, "service temporarily unavailable", 5),
    row(131020, refuse, "the group is invalid"),
    row(131021, refuse, "recipient and sender are the same"),
    row(131026, unreachable, "undeliverable: not on WhatsApp, an old app, or she blocked us"),
    row(131030, ask_operator, "test number: put the recipient on its list, five at most"),
    row(131031, stop_channel, "the account is locked"),
    row(131037, stop_channel, "the display name is not approved"),
    row(131041, refuse, "unknown group, or we are not in it"),
    row(131042, stop_channel, "a problem with the payment method"),
    row(131044, stop_channel, "a problem with the payment method"),
    row(131045, stop_channel, "the number's registration is broken: register it again"),
    row(131047, use_template, "more than 24 hours since she last wrote"),
    row(131048, stop_bulk, "spam limit: the number's quality is low", 0, 6h),
    row(131049, spare_recipient, "not delivered: her cap of marketing messages", 0, 24h),
    row(131050, opted_out, "she stopped marketing messages"),
    row(131051, refuse, "message type not supported"),
    row(131052, refuse, "her file could not be fetched: ask her to send it again"),
    row(131053, retry, "our file could not be fetched or is of a wrong type or size", 1),
    row(131055, refuse, "method not allowed"),
    row(131056, slow_recipient, "too many messages to this person", while_it_lives),
    row(131057, retry, "the number is in maintenance for about a minute", 5, 60s),
    row(131059, refuse, "the cursor is invalid: start paging again"),
    row(131062, refuse, "not possible to a user id: ask for her number"),
    row(131063, stop_marketing, "marketing templates are off for this API"),
    row(131064, stop_bulk, "limited for templates of a wrong category", 0, 24h),
    row(131201, ask_operator, "only part of the group operation was done"),
    row(131202, refuse, "already in the group"),
    row(131203, unreachable, "she has not accepted the new terms"),
    row(131204, refuse, "too many participants for the group"),
    row(131207, ask_operator, "the group is suspended"),
    row(131208, slow_channel, "too many group operations", while_it_lives),
    row(131209, refuse, "the group picture is not square"),
    row(131210, refuse, "the group picture is too small or too large"),
    row(131211, ask_operator, "no more groups for this number"),
    row(131212, refuse, "not in the group"),
    row(131213, refuse, "the join request is gone"),
    row(131214, ask_operator, "groups are off after too much marketing"),
    row(131215, ask_operator, "the number is not eligible for groups"),
    row(132000, refuse, "not as many parameters as the template has"),
    row(132001, other_language, "no such template in that language, or not approved"),
    row(132005, refuse, "the template is too long once filled in"),
    row(132007, stop_template, "the template's content is against policy"),
    row(132008, refuse, "a parameter of the template has a wrong value"),
    row(132012, refuse, "a parameter of the template has a wrong form"),
    row(132015, stop_template, "the template is paused"),
    row(132016, stop_template, "the template is disabled for good"),
    row(132018, refuse, "the template's parameters are invalid"),
    row(132068, refuse, "the form is blocked: ask step by step"),
    row(132069, refuse, "the form is throttled: ask step by step"),
    row(133000, ask_operator, "registration: an earlier deregistration failed"),
    row(133004, retry, "service temporarily unavailable", 5),
    row(133005, ask_operator, "registration: wrong PIN"),
    row(133006, ask_operator, "registration: the number must be verified"),
    row(133008, ask_operator, "registration: too many wrong PINs"),
    row(133009, ask_operator, "registration: PIN entered too fast"),
    row(133010, stop_channel, "the number is not registered"),
    row(133015, slow_channel, "the number was deleted a moment ago", while_it_lives, 5min),
    row(133016, slow_channel, "too many registrations", while_it_lives, 1h),
    rows(134100, 134102, refuse, "not for the marketing API"),
    row(135000, retry, "unknown error: most likely a parameter", 1),
    row(137000, identity_changed, "her identity key has changed"),
    rows(139000, 139004, refuse, "the form is not healthy: ask step by step"),
    rows(139100, 139103, ask_operator, "blocking of users failed"),
    rows(147001, 147004, ask_operator, "a problem with the business username"),
};

static_assert(is_ordered(table), "the look-up below halves the table");

}  // namespace

const reaction_rule* rule_of(int code) noexcept {
    return find_rule(table, code);
}

}  // namespace tertulia::adapters::whatsapp_cloud
