// The switch in her app by which she stops or resumes what the institution sends unasked.

#include "adapters/whatsapp_cloud/parts.hpp"

#include <optional>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

std::optional<provider_choice> choice_in(json_object preference) {
    const auto value = text_at(preference, "value");
    if (value == "stop") return provider_choice::stop;
    if (value == "resume") return provider_choice::start;
    return std::nullopt;
}

}  // namespace

problem read_preference(
    json_object preference, const surroundings& around, inbound_message& into
) {
    const auto choice = choice_in(preference);
    if (!choice) return "a preference that is neither stop nor resume";
    identities who;
    who.add_at(preference, {"wa_id", "user_id", "parent_user_id"});
    if (who.empty()) return "a preference of nobody";
    into.sent_at = instant_at(preference, "timestamp");
    if (into.sent_at == instant{}) into.sent_at = around.entry_time;
    if (into.sent_at == instant{}) return "a preference without a time";
    into.channel = around.channel.name;
    into.from = who.take();
    // It has no id: who, when and what is the same whenever it is redelivered.
    into.id = "preference " + into.from.front().value + ' ' +
              std::to_string(to_millis(into.sent_at)) +
              (*choice == provider_choice::stop ? " stop" : " resume");
    into.content = told_provider{.what = *choice};
    return {};
}

}  // namespace tertulia::adapters::whatsapp_cloud
