// Who our SMS come from, held against what the networks of their recipients allow.

#include "dialogs/message/sms/sender.hpp"
#include "dialogs/message/sms/sender_rules.hpp"
#include "dialogs/wording/regions.hpp"
#include "gateway/config/read_channel.hpp"

#include <algorithm>
#include <type_traits>

namespace tertulia::gateway {
namespace {

std::vector<std::string> read_countries(
    const reading& shared, yaml_section& section, std::string_view key
) {
    auto countries = section.texts(key);
    for (const auto& one : countries) {
        if (dialogs::is_country(one)) continue;
        shared.problem(
            dialogs::rule::wrong_value,
            section.place(key),
            "'" + one + "' is not a country code",
            "two capital letters, as in " + std::string{key} + ": [GT, HN]"
        );
    }
    return countries;
}

// Empty: no SMS, or the provider chooses it.
std::string sender_of(const channel_config& of) {
    return std::visit(
        [](const auto& settings) -> std::string {
            using type = std::decay_t<decltype(settings)>;
            if constexpr (std::is_same_v<type, adapters::infobip::channel_settings>) {
                return settings.sender;
            } else if constexpr (std::is_same_v<type, ussd_settings> ||
                                 std::is_same_v<type, adapters::whatsapp_cloud::channel_settings>) {
                return {};
            } else {
                return settings.from;
            }
        },
        of.provider
    );
}

// A contract with an operator of the country: what it allows the operator says, and no table.
bool is_direct(const channel_config& of) {
    return std::holds_alternative<adapters::kannel::channel_settings>(of.provider) ||
           std::holds_alternative<adapters::smpp::channel_settings>(of.provider);
}

// Whether what is said on it may be a question: its own talks have begun elsewhere, since nobody can
// write to a name.
std::string asked_there(const channel_config& of, const std::vector<channel_config>& channels) {
    if (!of.fallback_for.empty()) return "what " + of.fallback_for.front() + " could not deliver";
    for (const auto& one : channels) {
        const auto* ussd = std::get_if<ussd_settings>(&one.provider);
        if (ussd != nullptr && ussd->otherwise == of.name) return "what " + one.name + " hands on";
    }
    return {};
}

}  // namespace

void read_recipients(const reading& shared, yaml_section& section, channel_config& into) {
    into.sends_to = read_countries(shared, section, "sends_to");
    into.name_registered_in = read_countries(shared, section, "name_registered_in");
}

void check_senders(
    const reading& shared,
    const YAML::Node& list,
    const std::vector<channel_config>& channels,
    std::string_view country
) {
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const auto& one = channels[i];
        const auto sender = sender_of(one);
        if (kind_of(one) != channel_kind::sms ||
            sms_address_kind_of(sender) != sms_address_kind::name) {
            continue;
        }
        const auto place = list[i]["from"];
        const auto asked = asked_there(one, channels);
        shared.problem(
            dialogs::rule::sender_without_answers,
            place,
            "nobody can answer a name: what is said from '" + sender +
                "' gets no reply, not even STOP" +
                (asked.empty() ? "" : "; " + asked + " goes by it, questions included"),
            "take a number or a short code; where a name it is, ask nothing there and say in the "
            "texts how to stop"
        );
        auto countries = one.sends_to;
        if (countries.empty()) countries.emplace_back(country);
        for (const auto& where : countries) {
            if (std::ranges::find(one.name_registered_in, where) != one.name_registered_in.end()) {
                continue;
            }
            switch (name_sender_in(where)) {
                case name_sender::not_possible:
                    shared.problem(
                        is_direct(one) ? dialogs::rule::sender_without_answers
                                       : dialogs::rule::wrong_value,
                        place,
                        "networks of " + where + " replace or refuse a name: '" + sender +
                            "' does not arrive there",
                        "take a number or a short code; if your operator has agreed to it in "
                        "writing, name_registered_in: [" + where + "]"
                    );
                    break;
                case name_sender::registered:
                    shared.problem(
                        dialogs::rule::sender_without_answers,
                        place,
                        "networks of " + where + " take only registered names: '" + sender +
                            "' may be replaced or may not arrive",
                        "have it registered there, then name_registered_in: [" + where + "]"
                    );
                    break;
                case name_sender::unknown:
                    shared.problem(
                        dialogs::rule::sender_without_answers,
                        place,
                        "whether networks of " + where + " take a name is not known here",
                        "ask your provider, then name_registered_in: [" + where + "]"
                    );
                    break;
                case name_sender::shown:
                    break;
            }
        }
    }
}

}  // namespace tertulia::gateway
