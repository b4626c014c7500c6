// application/x-www-form-urlencoded, as callbacks come and as sends go.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::adapters {

struct form_field {
    std::string name{};
    std::string value{};
};
using form_fields = std::vector<form_field>;  // in the order of the body; names may repeat

inline constexpr std::size_t form_fields_max = 1024;

// "a=b+c&d=" -> {a, "b c"}, {d, ""}. Nothing if a percent sign is not followed by two hex digits or
// there are more than form_fields_max. Values are bytes: clean_text() makes text of them.
[[nodiscard]] std::optional<form_fields> read_form(std::string_view body);

// The first of that name; empty if there is none.
[[nodiscard]] std::string_view value_in(const form_fields& fields, std::string_view name);
[[nodiscard]] bool has_field(const form_fields& fields, std::string_view name);

// The fields as one JSON object of strings, for an operator to read; at most bytes_max, by leaving
// out whole fields. A repeated name stands as often as it came.
[[nodiscard]] std::string to_json(const form_fields& fields, std::size_t bytes_max);

// All but letters, digits and "-._~" as %XX: fit for a query, a path segment and a form.
[[nodiscard]] std::string percent_encoded(std::string_view text);

class form_writer {
public:
    form_writer& add(std::string_view name, std::string_view value);
    [[nodiscard]] std::string take() noexcept { return std::exchange(form_, {}); }

private:
    std::string form_{};
};

// "https://x/y" and "https://x/y?a=b" with one more query value; a fragment stays last.
[[nodiscard]] std::string with_query_value(
    std::string_view url, std::string_view name, std::string_view value
);

}  // namespace tertulia::adapters
