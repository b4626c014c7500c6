#include "gateway/commands/nudge_prices.hpp"

#include "dialogs/script/program.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <variant>

namespace tertulia::gateway {
namespace {

constexpr int states_most = 8;  // from the begin of a dialog to its first words
constexpr double millionths = 1'000'000.0;

// The template of the first words: what they are sent as to who has not written for a day.
std::optional<dialogs::template_category> category_of(
    const dialogs::program& of, std::string_view dialog
) {
    const auto found = of.find_dialog(dialog);
    if (!found || of.at(*found).states.empty()) return std::nullopt;
    auto at = of.at(*found).begin;
    for (int i = 0; i < states_most; ++i) {
        const auto& state = of.at(at);
        std::vector<dialogs::message_id> said = state.then.says;
        if (state.does == dialogs::verb::ask) said.insert(said.begin(), state.question);
        for (const auto what : said) {
            for (const auto& form : of.words->forms(what)) {
                if (form.approved) return form.approved->category;
            }
        }
        if (state.then.on != dialogs::way::to_state) break;
        at = state.then.state;
    }
    return std::nullopt;
}

std::string decimal_of(std::int64_t micros) {
    std::array<char, 40> text{};
    (void)std::snprintf(text.data(), text.size(), "%.2f", static_cast<double>(micros) / millionths);
    return text.data();
}

}  // namespace

price_of_message nudge_prices(const config& settings, const dialogs::script_set& scripts) {
    return [&settings, &scripts](std::string_view dialog, std::string_view channel)
               -> std::optional<message_price> {
        if (channel == "sms") {
            if (settings.sms_price <= 0) return std::nullopt;
            return message_price{
                std::string{settings.institution.currency.view()},
                std::llround(settings.sms_price * millionths)};
        }
        if (channel != "whatsapp") return std::nullopt;
        const auto category = category_of(scripts.compiled(), dialog);
        if (!category) return std::nullopt;
        const bool sells = *category == dialogs::template_category::marketing;
        for (const auto& one : settings.channels) {
            const auto price = one.prices.micros.find(sells ? "marketing" : "utility");
            if (price != one.prices.micros.end()) return message_price{one.prices.currency, price->second};
        }
        return std::nullopt;
    };
}

std::string cost_in_words(const preview& of) {
    std::string text;
    for (const auto& [currency, micros] : of.cost_micros) {
        text += (text.empty() ? "" : " and ") + decimal_of(micros) + " " + currency;
    }
    if (text.empty() && of.unpriced == 0) return "nothing";
    if (text.empty()) return "unknown: the config has no prices";
    if (of.unpriced > 0) {
        text += "; " + std::to_string(of.unpriced) + " messages have no price in the config";
    }
    return text;
}

}  // namespace tertulia::gateway
