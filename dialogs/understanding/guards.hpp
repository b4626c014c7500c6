// Rules a counter of word pieces cannot learn from a few examples: who is denied what. Written for
// the intents every institution has (stop, hardship, pay_report…); others pass through unharmed.
// For intents.cpp only.

#pragma once

#include <string_view>

namespace tertulia::dialogs {

// What a folded text shows at a glance.
struct text_signs {
    bool cannot_pay{};    // "no voy a poder pagar", "I can't pay"
    bool has_not_paid{};  // "todavía no he pagado"
    bool wants_not{};     // "ya no quiero…", "je ne veux plus"
    bool of_messages{};   // speaks of messages, numbers, lists, data, or of stopping itself
    bool refuses{};       // denies or stops something; not the mere lack of it ("no me llegó")
    bool bare_already{};  // "ya" and nothing else
    bool short_of_words{};  // three at most
    bool pauses{};        // says so in that word: "pausa", "pause"
    bool rests{};         // refuses messages for a time: "no me escriba hasta el lunes"
    bool pauses_payments{};  // "una pausa en mis pagos", "pause my loan"
    bool reproaches{};    // "ya pagué y me siguen cobrando", "why did you charge me"
};

[[nodiscard]] text_signs signs_of(std::string_view folded);

// By how much the signs make an intent more or less likely: 1 leaves it alone.
[[nodiscard]] double leaning(const text_signs& signs, std::string_view intent) noexcept;

// False where even a clear winner has to be asked about.
[[nodiscard]] bool may_act(const text_signs& signs, std::string_view intent) noexcept;

}  // namespace tertulia::dialogs
