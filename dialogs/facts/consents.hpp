// What she may agree to, each by itself and each to be taken back (a kind is one purpose, so that
// "yes" to one is never taken for "yes" to another). The words are those of the operators' files.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia {

// Numbers are stored: add at the end.
enum class consent_kind : std::uint8_t {
    service,           // that we answer and keep what that needs
    reminders,         // of what falls due
    tips_offers,       // lessons, advice, offers
    referral_naming,   // that her name is told to whom she recommends
    voice_transcript,  // that what she says is written down
    surveys,           // questions about how we do
    being_referred,    // that who recommended her may learn how it goes
};
inline constexpr std::size_t consent_kinds = 7;

namespace consents {
inline constexpr std::array<std::string_view, consent_kinds> words{
    "service", "reminders", "tips_offers", "referral_naming", "voice_transcript", "surveys",
    "being_referred"};
}

[[nodiscard]] constexpr std::string_view name_of(consent_kind what) noexcept {
    return consents::words[static_cast<std::size_t>(what)];
}

[[nodiscard]] constexpr std::optional<consent_kind> parse_consent_kind(std::string_view word
) noexcept {
    for (std::size_t i = 0; i < consent_kinds; ++i) {
        if (consents::words[i] == word) return static_cast<consent_kind>(i);
    }
    return std::nullopt;
}

}  // namespace tertulia
