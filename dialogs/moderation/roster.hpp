// The names of a group, to notice who is spoken of: first names, surnames, what she is called, also
// misspelt, made small ("Martita") or cut short ("Cata").

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t roster_people_max = 500;
inline constexpr std::size_t roster_line_bytes_max = 200;
inline constexpr std::string_view roster_officer_mark = "officer:";

class meeting_roster {
public:
    // "Teresa Caal Ico, Tere, Teresita": her name, first names first, then what she is called;
    // "officer: Brenda Sical" is who moderates, whose name says nothing of a debt.
    // False, and nothing is kept, without a letter or when it is too long.
    bool add(std::string_view person);

    enum class surely : unsigned char { no, if_capital, yes };
    // Whether a folded word is a name. `if_capital`: a surname, a short form or a slip, which may be
    // another word ("flores"): only with a capital, or behind "doña" or "la".
    [[nodiscard]] surely has(std::string_view folded) const;

    // One of ours, who owes nothing here.
    [[nodiscard]] bool is_officer(std::string_view folded) const;

    // First names and what they are called, folded.
    [[nodiscard]] std::span<const std::string> names() const noexcept { return names_; }
    [[nodiscard]] std::size_t people() const noexcept { return people_; }

private:
    std::vector<std::string> names_{};
    std::vector<std::string> surnames_{};
    std::vector<std::string> officers_{};
    std::size_t people_{};
};

}  // namespace tertulia::dialogs
