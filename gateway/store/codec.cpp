#include "gateway/store/codec.hpp"

#include "dialogs/engine/step.hpp"
#include "gateway/store/layout.hpp"

#include <algorithm>
#include <memory>

namespace tertulia::gateway {
namespace {

template <class T>
void encode_whole(const T& from, std::string& to) {
    to.clear();
    bytes_out archive{to};
    archive(static_cast<std::uint8_t>(row_format), from);
}

void read_format(bytes_in& archive) {
    std::uint8_t format = 0;
    archive(format);
    if (format == 0 || format > row_format) {
        throw damaged_row{
            "a stored row has format " + std::to_string(format) + ", and this build knows 1 to " +
            std::to_string(row_format)
        };
    }
    archive.format(format);
}

void read_end(const bytes_in& archive) {
    if (archive.left() != 0) throw damaged_row{"a stored row is longer than what it holds"};
}

template <class T>
T decode_whole(std::string_view from) {
    T value{};
    bytes_in archive{from};
    read_format(archive);
    archive(value);
    read_end(archive);
    return value;
}

template <class T>
void write_if(bytes_out& archive, bool wanted, const std::optional<T>& from) {
    static const std::optional<T> nothing{};
    archive(wanted ? from : nothing);
}

// Only what the step looked at: a replay asks for nothing else.
void write_facts(bytes_out& archive, const facts& from, std::uint32_t read) {
    archive(from.core, from.as_of, static_cast<std::uint64_t>(from.clients.size()));
    static const std::vector<std::string> no_phones{};
    archive((read & dialogs::read_phones) != 0 ? from.phones : no_phones);
    const bool people = (read & (dialogs::read_client | dialogs::read_officer)) != 0;
    for (const auto& one : from.clients) {
        archive(one->who, one->has_pin);
        write_if(archive, people, one->credit_agent);
        write_if(archive, people, one->home_branch);
        write_if(archive, people, one->village_bank);
        static const std::vector<loan> no_loans{};
        archive((read & dialogs::read_loans) != 0 ? one->loans : no_loans);
        if ((read & dialogs::read_savings) != 0) archive(one->savings);
    }
    if ((read & dialogs::read_points) != 0) archive(from.found);
    if ((read & dialogs::read_desk) != 0) archive(from.conversation, from.staff);
    if ((read & dialogs::read_requests) != 0) {
        for (const auto& one : from.clients) archive(one->requests);
    }
    if ((read & dialogs::read_loans) != 0) {
        for (const auto& one : from.clients) archive(one->closed_payments);
    }
    if ((read & dialogs::read_recommended) != 0) archive(from.referrals, from.introduced);
}

std::shared_ptr<const facts> read_facts(bytes_in& archive, std::uint32_t read) {
    auto all = std::make_shared<facts>();
    std::uint64_t count = 0;
    archive(all->core, all->as_of, count);
    if (has(archive, 4)) archive(all->phones);
    std::vector<std::shared_ptr<client_facts>> clients;
    for (; count > 0; --count) {
        auto one = std::make_shared<client_facts>();
        archive(one->who, one->has_pin, one->credit_agent, one->home_branch, one->village_bank);
        archive(one->loans);
        if ((read & dialogs::read_savings) != 0) archive(one->savings);
        clients.push_back(std::move(one));
    }
    if ((read & dialogs::read_points) != 0) archive(all->found);
    if ((read & dialogs::read_desk) != 0) archive(all->conversation, all->staff);
    if ((read & dialogs::read_requests) != 0) {
        for (const auto& one : clients) archive(one->requests);
    }
    if ((read & dialogs::read_loans) != 0 && has(archive, 9)) {
        for (const auto& one : clients) archive(one->closed_payments);
    }
    if ((read & dialogs::read_recommended) != 0) archive(all->referrals, all->introduced);
    for (auto& one : clients) all->clients.push_back(std::move(one));
    return all;
}

// A send and the effect it came from differ in nothing but what the outbox added, as a rule; then
// the message is stored once.
bool same_message(const outbox_entry& entry, const dialogs::send& effect, std::string& scratch) {
    if (entry.urgency != effect.urgency || entry.in_order != effect.in_order ||
        entry.purpose != effect.purpose || entry.touch != effect.touch ||
        entry.message.identity_key_hash != effect.message.identity_key_hash || entry.message.to != effect.message.to ||
        entry.message.reply_to_id != effect.message.reply_to_id ||
        entry.message.content.index() != effect.message.content.index()) {
        return false;
    }
    scratch.clear();
    bytes_out archive{scratch};
    archive(entry.message.content);
    const auto half = scratch.size();
    archive(effect.message.content);
    const std::string_view both{scratch};
    return both.substr(0, half) == both.substr(half);
}

void write_sends(bytes_out& archive, const turn& from) {
    thread_local std::string scratch;
    archive(static_cast<std::uint64_t>(from.sends.size()));
    std::size_t next_effect = 0;
    for (const auto& entry : from.sends) {
        // 0: written out; else one more than the index of the effect that has the message
        std::uint64_t effect = 0;
        for (auto i = next_effect; i < from.effects.size(); ++i) {
            const auto* send = std::get_if<dialogs::send>(&from.effects[i]);
            if (send != nullptr && same_message(entry, *send, scratch)) {
                effect = i + 1;
                next_effect = i + 1;
                break;
            }
        }
        archive(effect, entry.id, entry.party.value, entry.queued_at, entry.expires_at,
                entry.message.callback_data);
        if (effect == 0) {
            archive(entry.urgency, entry.in_order, entry.purpose, entry.message, entry.touch);
        }
    }
}

void read_sends(bytes_in& archive, turn& to) {
    std::uint64_t count = 0;
    archive(count);
    for (; count > 0; --count) {
        outbox_entry entry;
        std::uint64_t effect = 0;
        archive(effect, entry.id, entry.party.value, entry.queued_at, entry.expires_at);
        std::string callback_data;
        archive(callback_data);
        if (effect == 0) {
            archive(entry.urgency, entry.in_order, entry.purpose, entry.message);
            if (has(archive, 4)) archive(entry.touch);
        } else {
            if (effect > to.effects.size() ||
                !std::holds_alternative<dialogs::send>(to.effects[effect - 1])) {
                throw damaged_row{"a stored send points to an effect that is none"};
            }
            const auto& send = std::get<dialogs::send>(to.effects[effect - 1]);
            entry.urgency = send.urgency;
            entry.in_order = send.in_order;
            entry.purpose = send.purpose;
            entry.message = send.message;
            entry.touch = send.touch;
        }
        entry.message.callback_data = std::move(callback_data);
        to.sends.push_back(std::move(entry));
    }
}

}  // namespace

void encode(const dialogs::session& from, std::string& to) { encode_whole(from, to); }
void encode(const dialogs::event& from, std::string& to) { encode_whole(from, to); }
void encode(const batch_row& from, std::string& to) { encode_whole(from, to); }
void encode(const std::vector<kept_timer>& from, std::string& to) { encode_whole(from, to); }
void encode(const std::vector<identity>& from, std::string& to) { encode_whole(from, to); }
void encode(const merge_row& from, std::string& to) { encode_whole(from, to); }
void encode(const sms_part& from, std::string& to) { encode_whole(from, to); }
void encode(const kept_media& from, std::string& to) { encode_whole(from, to); }
void encode(const told_row& from, std::string& to) { encode_whole(from, to); }
void encode(const dialogs::client_case& from, std::string& to) { encode_whole(from, to); }
void encode(const case_text& from, std::string& to) { encode_whole(from, to); }
void encode(const dialogs::meetings::plan& from, std::string& to) { encode_whole(from, to); }
void encode(const dialogs::meetings::line& from, std::string& to) { encode_whole(from, to); }
dialogs::meetings::plan decode_plan(std::string_view from) {
    return decode_whole<dialogs::meetings::plan>(from);
}
dialogs::meetings::line decode_line(std::string_view from) {
    return decode_whole<dialogs::meetings::line>(from);
}

dialogs::session decode_session(std::string_view from) {
    return decode_whole<dialogs::session>(from);
}
dialogs::event decode_event(std::string_view from) { return decode_whole<dialogs::event>(from); }
batch_row decode_batch_row(std::string_view from) { return decode_whole<batch_row>(from); }
std::vector<kept_timer> decode_timers(std::string_view from) {
    return decode_whole<std::vector<kept_timer>>(from);
}
std::vector<identity> decode_identities(std::string_view from) {
    return decode_whole<std::vector<identity>>(from);
}
sms_part decode_part(std::string_view from) { return decode_whole<sms_part>(from); }
kept_media decode_kept_media(std::string_view from) { return decode_whole<kept_media>(from); }
told_row decode_told_row(std::string_view from) { return decode_whole<told_row>(from); }
dialogs::client_case decode_case(std::string_view from) {
    return decode_whole<dialogs::client_case>(from);
}
case_text decode_case_text(std::string_view from) { return decode_whole<case_text>(from); }
void encode(const dialogs::contact_had& from, std::string& to) { encode_whole(from, to); }
dialogs::contact_had decode_contact(std::string_view from) {
    return decode_whole<dialogs::contact_had>(from);
}
void encode(const dialogs::send_application& from, std::string& to) { encode_whole(from, to); }
dialogs::send_application decode_application(std::string_view from) {
    return decode_whole<dialogs::send_application>(from);
}
void encode(const dialogs::commission_rule& from, std::string& to) { encode_whole(from, to); }
dialogs::commission_rule decode_commission_rule(std::string_view from) {
    return decode_whole<dialogs::commission_rule>(from);
}
merge_row decode_merge_row(std::string_view from) { return decode_whole<merge_row>(from); }

void encode_turn(const turn& from, std::string_view session, std::int64_t script, std::string& to) {
    to.clear();
    bytes_out archive{to};
    archive(static_cast<std::uint8_t>(row_format));
    archive.raw(&from.id.high, sizeof from.id.high);  // random bits: variable length would be longer
    archive.raw(&from.id.low, sizeof from.id.low);
    archive(from.stamped, from.party.value, from.now);
    archive.raw(&from.seed, sizeof from.seed);
    archive(script, from.what);
    const auto read = from.read ? from.facts_read : 0U;
    archive(read);
    if (read != 0) write_facts(archive, *from.read, read);
    archive(static_cast<std::uint64_t>(session.size()));
    archive.raw(session.data(), session.size());
    archive(from.effects);
    write_sends(archive, from);
}

decoded_turn decode_turn(std::string_view from) {
    decoded_turn decoded;
    auto& what = decoded.what;
    bytes_in archive{from};
    read_format(archive);
    archive.raw(&what.id.high, sizeof what.id.high);
    archive.raw(&what.id.low, sizeof what.id.low);
    archive(what.stamped, what.party.value, what.now);
    archive.raw(&what.seed, sizeof what.seed);
    archive(decoded.script, what.what, what.facts_read);
    if (what.facts_read != 0) what.read = read_facts(archive, what.facts_read);
    std::uint64_t session_size = 0;
    archive(session_size);
    decoded.session = archive.take(session_size);
    what.next = decode_session(decoded.session);
    archive(what.effects);
    read_sends(archive, what);
    read_end(archive);
    return decoded;
}

}  // namespace tertulia::gateway
