// The words for the enums of the portfolio, as files, tables, expressions and messages spell them.
// One table each, read in both directions.

#pragma once

#include "dialogs/facts/facts.hpp"

#include <optional>
#include <string_view>

namespace tertulia {

[[nodiscard]] std::string_view name_of(archetype what) noexcept;
[[nodiscard]] std::string_view name_of(client_status what) noexcept;
[[nodiscard]] std::string_view name_of(loan_status what) noexcept;
[[nodiscard]] std::string_view name_of(core_state what) noexcept;

// Exactly one of the words above, in lower case; else nothing.
[[nodiscard]] std::optional<archetype> parse_archetype(std::string_view word) noexcept;
[[nodiscard]] std::optional<client_status> parse_client_status(std::string_view word) noexcept;
[[nodiscard]] std::optional<loan_status> parse_loan_status(std::string_view word) noexcept;

}  // namespace tertulia
