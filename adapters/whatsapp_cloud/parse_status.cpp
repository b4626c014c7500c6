#include "adapters/whatsapp_cloud/parts.hpp"
#include "adapters/whatsapp_cloud/reactions.hpp"
#include "adapters/wire/text.hpp"

#include <optional>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t errors_max = 10;

std::optional<delivery_status> status_named(std::string_view name) {
    if (name == "sent") return delivery_status::sent;
    if (name == "delivered") return delivery_status::delivered;
    if (name == "read") return delivery_status::read;
    if (name == "played") return delivery_status::played;
    if (name == "failed") return delivery_status::failed;
    return std::nullopt;
}

provider_error read_error(json_object error) {
    const auto code = integer_at(error, "code");
    provider_error read{
        .code = code && std::in_range<int>(*code) ? static_cast<int>(*code) : 0, .details = {}};
    if (const auto data = object_at(error, "error_data")) {
        read.details = clean_at(*data, "details", details_bytes_max);
    }
    for (const auto* key : {"message", "title"}) {
        if (read.details.empty()) read.details = clean_at(error, key, details_bytes_max);
    }
    read.means = failure_of(rule_of(read.code));
    return read;
}

// In a group the recipient is the group and the participant the person: whose status this is.
void read_recipient(json_object status, identities& who, std::string& participant) {
    if (text_at(status, "recipient_type") != "group") {
        who.add_at(
            status,
            {"recipient_id",
             "recipient_user_id",
             "recipient_parent_user_id",
             "parent_recipient_user_id",
             "parent_user_id"}
        );
        return;
    }
    for (const auto* key :
         {"recipient_participant_id",
          "participant_recipient_id",
          "recipient_participant_user_id",
          "recipient_participant_parent_user_id"}) {
        who.add(text_at(status, key));
        if (participant.empty()) participant = clean_at(status, key, id_bytes_max);
    }
}

}  // namespace

problem read_status(json_object status, const surroundings& around, status_update& into) {
    into.channel = around.channel.name;
    into.message_id = clean_at(status, "id", id_bytes_max + 1);
    if (into.message_id.empty()) return "a status without an id";
    if (into.message_id.size() > id_bytes_max) return "a status with an endless id";
    const auto named = status_named(text_at(status, "status"));
    if (!named) return "a status of an unknown kind";
    into.status = *named;
    into.at = instant_at(status, "timestamp");
    if (into.at == instant{}) into.at = around.entry_time;
    if (into.at == instant{}) return "a status without a time";
    into.callback_data = clean_at(status, "biz_opaque_callback_data", id_bytes_max * 4);

    identities who;
    read_recipient(status, who, into.participant);
    if (const auto* person = find_person(around.people, who)) who.add(person->who.all());
    into.recipient = who.take();

    if (const auto errors = array_at(status, "errors")) {
        for (const json_value element : *errors) {
            const auto error = as_object(element);
            if (error && into.errors.size() < errors_max) into.errors.push_back(read_error(*error));
        }
    }
    if (const auto pricing = object_at(status, "pricing")) into.pricing_json = to_json(*pricing);
    return {};
}

}  // namespace tertulia::adapters::whatsapp_cloud
