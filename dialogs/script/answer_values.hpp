// What she answered, as a value with a kind: how a question may be answered, what type of fact that
// gives, and the one text it is kept as in a session. Pure; reading her words is the engine's.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/facts/schema.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// The words of `expect:`, and choice: the pick of a question with `choices` that keeps it.
enum class typed_kind : std::uint8_t {
    amount,
    date,  // any day
    day,   // from today on, at most a year ahead
    until,  // a day by how long something rests: "dos semanas", "hasta enero"
    number,
    phone,
    name,
    yes_no,
    location,
    photo,
    document,
    voice_note,
    text,
    choice,
};

[[nodiscard]] std::string_view name_of(typed_kind kind) noexcept;
[[nodiscard]] std::optional<typed_kind> parse_typed_kind(std::string_view word) noexcept;
[[nodiscard]] std::vector<std::string> words_to_expect();  // all but choice

// What `answer.NAME` is in conditions and messages. A picture, a document and a voice note are the
// word of their kind, so that a select can tell them from words.
[[nodiscard]] fact_type type_of(typed_kind kind) noexcept;

// One answer. `value` is "150050 GTQ", "2026-11-27", "3", "+50255550101", "yes" or "no", a pick, or
// her text; of a location its parts: latitude, longitude, name, address; of what she sent its
// parts: the provider's media id, MIME type, SHA-256, caption.
struct typed_answer {
    typed_kind kind{};
    std::string value{};
    bool operator==(const typed_answer&) const = default;
};

inline constexpr std::size_t answer_text_units_max = 500;  // UTF-16, of a text she wrote
inline constexpr std::size_t answer_name_units_max = 80;

// As sessions keep it: "amount:150050 GTQ". Nothing for a text nobody could have kept.
[[nodiscard]] std::string to_text(const typed_answer& answer);
[[nodiscard]] std::optional<typed_answer> parse_typed_answer(std::string_view text);

// Missing where the value is not of its kind.
[[nodiscard]] fact_value value_of(const typed_answer& answer);

// The kind a value of this type is kept as; nothing for a moment, a list and no type at all.
[[nodiscard]] std::optional<typed_kind> kind_to_keep(fact_type type) noexcept;
// A value that was computed, as an answer; a text is cut at answer_text_units_max. Nothing where it
// is missing, an empty text, or out of what can be kept (dates: 1900-2200).
[[nodiscard]] std::optional<typed_answer> answer_of(const fact_value& value);

// Parts of a value of several, in both directions.
[[nodiscard]] std::string join_parts(const std::vector<std::string>& parts);
[[nodiscard]] std::vector<std::string> parts_of(std::string_view value);

// "15000 GTQ".
[[nodiscard]] std::optional<money> parse_minor_units(std::string_view text) noexcept;

}  // namespace tertulia::dialogs
