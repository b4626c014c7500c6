// A dialog's words as screens of a telephone that knows no other.

#include "adapters/africas_talking/africas_talking.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/numbered_text.hpp"
#include "dialogs/message/sms/sms_length.hpp"

namespace tertulia::adapters::africas_talking {
namespace {

bool fits(std::string_view text) {
    const auto length = sms_length_of(text);
    return length.units <=
           (length.alphabet == sms_alphabet::gsm7 ? ussd_septets_max : ussd_units_max);
}

// The longest beginning that fits together with what stands below it; it ends after a line, else a
// blank, else between two letters. At least one letter, so that every screen gets further.
std::string_view beginning_of(std::string_view text, std::string_view below) {
    std::string_view taken;
    for (std::size_t units = 1; units <= ussd_septets_max; ++units) {
        const auto more = cut_to_units(text, units);
        if (more.size() == taken.size()) continue;
        if (!taken.empty() && !fits(std::string{more} + std::string{below})) break;
        taken = more;
    }
    for (const char end : {'\n', ' '}) {
        const auto last = taken.rfind(end);
        if (last != std::string_view::npos && last >= taken.size() / 2) {
            return taken.substr(0, last + 1);
        }
    }
    return taken;
}

}  // namespace

ussd_screen show_ussd(std::string_view text, ussd_after then, std::string_view more) {
    const auto spelt = sms_transliterated(text).text;  // 80 letters with accents, 182 without
    if (fits(spelt)) {
        return {.body = (then == ussd_after::close ? "END " : "CON ") + spelt};
    }
    const auto below = "\n" + sms_transliterated(more).text;
    const auto shown = beginning_of(spelt, below);
    std::string screen{shown};
    screen.erase(screen.find_last_not_of("\n ") + 1);
    return {.body = "CON " + screen + below, .rest = spelt.substr(shown.size())};
}

ussd_screen render_ussd(const say_text& what, ussd_after then, std::string_view more) {
    return show_ussd(numbered_text(what), then, more);
}

}  // namespace tertulia::adapters::africas_talking
