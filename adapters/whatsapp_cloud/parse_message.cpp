#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/e164.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

void read_context(json_object message, inbound_message& into) {
    const auto context = object_at(message, "context");
    if (!context) return;
    into.reply_to_id = clean_at(*context, "id", id_bytes_max);
    into.forwarded = flag_at(*context, "forwarded") || flag_at(*context, "frequently_forwarded");
}

void read_referral(json_object message, inbound_message& into) {
    const auto referral = object_at(message, "referral");
    if (!referral) return;
    into.came_from = tertulia::referral{
        .source_type = clean_at(*referral, "source_type", name_bytes_max),
        .source_id = clean_at(*referral, "source_id", id_bytes_max),
        .source_url = clean_at(*referral, "source_url", url_bytes_max),
        .headline = clean_at(*referral, "headline", text_bytes_max),
        .click_id = clean_at(*referral, "ctwa_clid", id_bytes_max)};
}

bool is_identity_change(std::string_view system_type) {
    return system_type == "user_changed_number" || system_type == "user_changed_user_id" ||
           system_type == "customer_changed_number" || system_type == "user_identity_changed" ||
           system_type == "customer_identity_changed";
}

// Who she was and who she is. The sender of the event is the old number in some shapes and the new
// id in others: what the new side does not name is the old side's.
problem read_system(
    json_object message, const surroundings& around, const identities& sender, inbound_message& into
) {
    const auto system = object_at(message, "system");
    if (!system) return "a system message without its object";
    const auto type = text_at(*system, "type");
    if (!is_identity_change(type)) {
        into.content = unknown_content{
            .type = "system:" + clean_text(type, name_bytes_max), .raw_json = to_json(*system)};
        into.from = sender.all();
        return sender.empty() ? "a system message about nobody" : "";
    }
    identities now;
    now.add_at(*system, {"wa_id", "new_wa_id", "user_id", "parent_user_id"});
    identities before;
    before.add_at(
        *system, {"previous_user_id", "previous_parent_user_id", "previous_wa_id", "customer"}
    );
    for (const auto& one : sender.all()) {
        if (!now.contains(one)) before.add({&one, 1});
    }
    if (const auto identity = object_at(*system, "identity")) {  // her key, not her number
        into.identity_key_hash = clean_at(*identity, "hash", id_bytes_max);
    } else if (const auto* person = find_person(around.people, now)) {
        into.identity_key_hash = person->identity_key_hash;
    }
    if (now.empty()) now = before;
    if (before.empty()) before = now;
    if (now.empty()) return "a system message about nobody";
    // She is found by what she was known as: the new number may be a stranger's in our books.
    into.from = before.all();
    into.content = identity_changed{.before = before.take(), .now = now.take()};
    return {};
}

// "+221 77 123 45 67" as the house writes it; empty: it is no whole number.
std::string e164_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.') continue;
        digits += c;
    }
    return is_e164(digits) ? digits : std::string{};
}

// The tap on our button that asks for her number shares her own, and Meta says so: it is an identity
// of hers from then on, the last of them, since her user id is what she writes from. A card she
// shares by herself, several of them or several numbers prove nothing.
void add_own_number(inbound_message& into) {
    const auto* cards = std::get_if<std::vector<shared_contact>>(&into.content);
    if (cards == nullptr || cards->size() != 1 || !cards->front().requested ||
        cards->front().phones.size() != 1 || into.reply_to_id.empty() || into.forwarded ||
        !into.group_id.empty()) {
        return;
    }
    const identity own{identity_kind::phone, e164_of(cards->front().phones.front())};
    const bool knows_a_number = std::ranges::any_of(into.from, [](const identity& one) {
        return one.kind == identity_kind::phone || one.kind == identity_kind::wa_id;
    });
    if (!own.value.empty() && !knows_a_number) into.from.push_back(own);
}

}  // namespace

problem read_message(json_object message, const surroundings& around, inbound_message& into) {
    into.channel = around.channel.name;
    into.id = clean_at(message, "id", id_bytes_max + 1);
    if (into.id.empty()) return "a message without an id";
    if (into.id.size() > id_bytes_max) return "a message with an endless id";
    into.sent_at = instant_at(message, "timestamp");
    if (into.sent_at == instant{}) into.sent_at = around.entry_time;
    if (into.sent_at == instant{}) return "a message without a time";
    into.group_id = clean_at(message, "group_id", id_bytes_max);
    read_context(message, into);
    read_referral(message, into);

    identities sender;
    sender.add_at(message, {"from", "from_user_id", "from_parent_user_id"});
    if (text_at(message, "type") == "system") return read_system(message, around, sender, into);

    if (sender.empty()) return "a message without a sender";
    if (const auto* person = find_person(around.people, sender)) {
        sender.add(person->who.all());
        into.profile_name = person->profile_name;
        into.identity_key_hash = person->identity_key_hash;
    }
    into.from = sender.take();
    const auto wrong = read_content(message, into.content);
    if (wrong.empty()) add_own_number(into);
    return wrong;
}

}  // namespace tertulia::adapters::whatsapp_cloud
