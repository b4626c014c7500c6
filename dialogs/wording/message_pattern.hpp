// One text, compiled: ICU's own parser reads the pattern at load, and what is left for a turn is a
// walk over pieces. Refuses everything whose text could not be formed for some client: a path that
// does not exist, a style that does not fit, a plural without `other`.

#pragma once

#include "dialogs/facts/schema.hpp"
#include "dialogs/wording/calendar.hpp"
#include "dialogs/wording/locale_words.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// What is wrong with a pattern, in bytes from its beginning.
struct pattern_problem {
    std::size_t offset{};
    std::size_t length{};
    std::string what{};
    std::string word{};
    std::vector<std::string> candidates{};
};

class message_pattern {
public:
    // Adds to `problems`; the pattern may be used only if it added none. `schema` must outlive it.
    [[nodiscard]] static message_pattern compile(
        std::string_view text,
        std::span<const fact_field> schema,
        std::vector<pattern_problem>& problems
    );

    // The first fact that left a hole, since it is missing; nullptr: the text is whole.
    const fact_field* append(
        std::string& to,
        const fact_view& facts,
        const locale_words& locale,
        const local_calendar& calendar
    ) const;

    [[nodiscard]] const std::vector<std::size_t>& paths() const noexcept { return paths_; }
    // Those that leave a hole where they are missing: not what a select is about, nor what stands
    // in one that has words for `missing`.
    [[nodiscard]] const std::vector<std::size_t>& paths_needed() const noexcept { return needed_; }
    [[nodiscard]] bool constant() const noexcept;
    // Of the literal text, the longest branches taken.
    [[nodiscard]] std::size_t literal_units() const noexcept;

private:
    enum class piece_kind : std::uint8_t {
        literal,
        plain,
        money,
        date,
        time,
        distance,
        plural,
        ordinal,
        select,
        count,
    };
    struct branch;
    struct piece {
        piece_kind kind{};
        date_form form{date_form::long_};
        std::int64_t offset{};  // of a plural: taken off before the category is chosen
        const fact_field* fact{};
        std::string literal{};
        std::vector<branch> branches{};
    };
    struct branch {
        std::optional<std::int64_t> exactly{};  // =N of a plural
        plural_category category{plural_category::other};
        std::string word{};  // of a select
        std::vector<piece> body{};
    };
    struct saying;
    class compiler;
    [[nodiscard]] static std::size_t units(const std::vector<piece>& pieces) noexcept;

    std::vector<piece> pieces_{};
    std::vector<std::size_t> paths_{};  // into the schema, ascending
    std::vector<std::size_t> needed_{};
};

}  // namespace tertulia::dialogs
