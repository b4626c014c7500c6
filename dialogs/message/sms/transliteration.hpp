// Letters that would double the price of an SMS, written with those GSM 03.38 has: "María" as
// "Maria", curly quotes straight, emoji left out. ñ, é, ü, ¿ and ¡ are in the alphabet and are
// never touched: "año" stays "año". What was changed is returned, because only a person can say
// whether "papá" may become "papa".

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

// A word as written and as it would go, each pair once, in the order of the text.
struct sms_change {
    std::string was{};
    std::string now{};
    auto operator<=>(const sms_change&) const = default;
};

struct transliterated {
    std::string text{};                 // UTF-8, composed
    std::vector<sms_change> changes{};  // empty: sent as it is
    std::vector<std::string> left{};    // letters of other scripts, each once; see below
};

// How a channel writes: a choice of the institution, for each channel.
enum class sms_spelling : std::uint8_t {
    plain,       // without the letters that cost, where that is possible
    as_written,  // as it stands, at twice the price if need be
};

// If any letter has no form in GSM 03.38 (`left`), the message goes as UCS-2 in any case: then it
// is returned unchanged, accents and emoji included, for they cost nothing more.
[[nodiscard]] transliterated sms_transliterated(std::string_view text);

// The text as a channel of that spelling sends it, composed.
[[nodiscard]] std::string sms_spelt(std::string_view text, sms_spelling how);

}  // namespace tertulia
