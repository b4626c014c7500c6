#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/text.hpp"

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::string_view messages_field = "messages";
constexpr std::string_view preferences_field = "user_preferences";

void report(parsed& to, std::string_view reason, json_value raw) {
    to.malformed.push_back(
        {.reason = std::string{reason}, .raw_json = clean_text(to_json(raw), malformed_bytes_max)}
    );
}

// The provider's id says nothing about her, and finds the message again.
std::string about(std::string_view id, std::string_view wrong) {
    std::string told{wrong};
    if (!id.empty() && id.size() <= id_bytes_max) told += " (" + std::string{id} + ")";
    return told;
}

channel_notice notice(
    const channel_settings& channel,
    std::string_view field,
    std::string summary,
    std::string raw_json
) {
    return {
        .channel = channel.name,
        .field = clean_text(field, name_bytes_max),
        .summary = std::move(summary),
        .raw_json = std::move(raw_json)};
}

// Calls `each` for every object of value[key]; whatever is no object is reported.
template <class Each>
void for_each_object(json_object value, std::string_view key, parsed& to, Each each) {
    const auto member = value_at(value, key);
    if (!member || member->is_null()) return;
    json_array array;
    if (member->get(array) != simdjson::SUCCESS) {
        report(to, std::string{key} + " is not an array", *member);
        return;
    }
    for (const json_value element : array) {
        if (const auto object = as_object(element)) {
            each(*object, element);
        } else {
            report(to, std::string{key} + " holds something that is not an object", element);
        }
    }
}

// The field "messages": what people wrote and what became of what we wrote.
void read_messages_field(
    json_object value, instant entry_time, const channel_settings& channel, parsed& to
) {
    const auto people = read_people(value);
    const surroundings around{.channel = channel, .entry_time = entry_time, .people = people};
    const auto before = to.events.size() + to.malformed.size();

    for_each_object(value, "errors", to, [&](json_object error, json_value raw) {
        to.events.emplace_back(
            notice(channel, messages_field, summary_of_error(error), to_json(raw))
        );
    });
    for_each_object(value, "messages", to, [&](json_object object, json_value raw) {
        inbound_message message;
        if (const auto wrong = read_message(object, around, message); !wrong.empty()) {
            report(to, about(message.id, wrong), raw);
        } else {
            to.events.emplace_back(std::move(message));
        }
    });
    for_each_object(value, "statuses", to, [&](json_object object, json_value raw) {
        status_update status;
        if (const auto wrong = read_status(object, around, status); !wrong.empty()) {
            report(to, about(status.message_id, wrong), raw);
        } else {
            to.events.emplace_back(std::move(status));
        }
    });
    if (to.events.size() + to.malformed.size() == before) {
        to.events.emplace_back(
            notice(channel, messages_field, "no message, status or error in it", to_json(value))
        );
    }
}

// What people chose in the app, each an event of hers.
void read_preferences_field(
    json_object value, instant entry_time, const channel_settings& channel, parsed& to
) {
    const surroundings around{.channel = channel, .entry_time = entry_time};
    for_each_object(value, preferences_field, to, [&](json_object object, json_value raw) {
        inbound_message message;
        if (const auto wrong = read_preference(object, around, message); !wrong.empty()) {
            report(to, wrong, raw);
        } else {
            to.events.emplace_back(std::move(message));
        }
    });
}

// A callback address may serve several numbers of one app; each channel takes only its own.
bool is_for(const channel_settings& channel, json_object value) {
    const auto metadata = object_at(value, "metadata");
    if (!metadata) return true;  // account fields have none
    const auto number = text_at(*metadata, "phone_number_id");
    return number.empty() || number == channel.phone_number_id;
}

void read_change(
    json_object change,
    json_value raw,
    instant entry_time,
    const channel_settings& channel,
    parsed& to
) {
    const auto field = text_at(change, "field");
    const auto value = object_at(change, "value");
    if (field.empty()) {
        report(to, "a change without a field", raw);
    } else if (!value) {
        report(to, "a change without a value", raw);
    } else if (!is_for(channel, *value)) {
        to.events.emplace_back(
            notice(channel, field, "for a phone_number_id this channel does not have", to_json(raw))
        );
    } else if (field == messages_field) {
        read_messages_field(*value, entry_time, channel, to);
    } else if (field == preferences_field && value_at(*value, preferences_field)) {
        read_preferences_field(*value, entry_time, channel, to);
    } else {
        read_notices(field, *value, channel, to.events);
    }
}

}  // namespace

result<parsed> parse(std::string_view body, const channel_settings& channel) {
    // Scratch memory only: nothing of one call can be seen by the next.
    thread_local json_reader reader;
    const auto document = reader.read(body);
    if (!document) return errc::not_json;
    const auto root = as_object(*document);
    if (!root || text_at(*root, "object") != "whatsapp_business_account" ||
        !array_at(*root, "entry")) {
        return errc::not_whatsapp;
    }
    parsed all;
    for_each_object(*root, "entry", all, [&](json_object entry, json_value raw) {
        const auto entry_time = instant_at(entry, "time");
        if (!value_at(entry, "changes")) report(all, "an entry without changes", raw);
        for_each_object(entry, "changes", all, [&](json_object change, json_value raw_change) {
            read_change(change, raw_change, entry_time, channel, all);
        });
    });
    return all;
}

}  // namespace tertulia::adapters::whatsapp_cloud
