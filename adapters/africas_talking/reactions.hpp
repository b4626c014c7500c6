// AT's status codes and failure names, and what we do about each: the tables, as data.
//
// Internal to this folder.

#pragma once

#include "adapters/wire/reaction_rule.hpp"
#include "dialogs/message/status.hpp"

#include <string_view>

namespace tertulia::adapters::africas_talking {

[[nodiscard]] const reaction_rule* rule_of(int code) noexcept;

// The code of a failure AT names, in a report or in place of a recipient; 0: not one we know.
[[nodiscard]] int code_named(std::string_view name) noexcept;

// Of a report. A word we do not know is nothing: accepted, and no state changed.
struct report_word {
    std::string_view word;
    delivery_status status;
    int code;  // of a failure without a reason
};
[[nodiscard]] const report_word* report_word_of(std::string_view status) noexcept;

}  // namespace tertulia::adapters::africas_talking
