// Every figure of a text, in digits and in words, also those whose meaning is not sure. entities_of()
// gives an amount only where it is certain; who guards a secret wants to hear of all that might be one.

#pragma once

#include "dialogs/understanding/entities.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class figure_kind : std::uint8_t {
    number,   // bare: "500", "quinientos"
    shaped,   // grouped, with decimals, or with "mil": nobody counts things like that
    unclear,  // may be read in two ways: "1.250"
    counted,  // what is counted follows: "tres cuotas", "5 minutos"
    share,    // "2 %", "dos por ciento"
    date,
    time,
    phone,
};

struct figure {
    figure_kind kind{};
    std::int64_t hundredths{};  // of numbers, where clear: 150050 of "1,500.50"
    std::size_t begin{};        // bytes of the text
    std::size_t end{};
};

// In the order of the text. Articles ("una") are none.
[[nodiscard]] std::vector<figure> figures_of(std::string_view text, const reading_rules& rules);

}  // namespace tertulia::dialogs
