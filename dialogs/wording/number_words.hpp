// Numbers, amounts and days in words, for what is read aloud: by a speech engine or by a person. By
// ICU's rules for spelling; a language it has none for gives digits.
//
// Pure; slow beside locale_words.hpp, whose forms are for the eye: a few to a text.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>

namespace tertulia::dialogs {

enum class number_form : std::uint8_t {
    counting,   // alone: "veintiuno"
    masculine,  // before a noun: "veintiún"
    feminine,   // "veintiuna"
};

[[nodiscard]] std::string number_in_words(
    std::int64_t value, const language_tag& language, number_form form
);

// "cinco mil quinientos ochenta quetzales": the whole units and the currency's name, as ICU has it.
// What is behind the point is the caller's to say, in words of the operators' own.
[[nodiscard]] std::string units_in_words(money amount, const language_tag& language);
// Behind the point, in minor units: 50 of 12.50. 0 where there is nothing.
[[nodiscard]] std::int64_t parts_of(money amount) noexcept;

// "martes, uno de diciembre", "Tuesday, December first", "mardi premier décembre": weekday, day and
// month.
[[nodiscard]] std::string day_in_words(civil_date day, const language_tag& language);

}  // namespace tertulia::dialogs
