// The words the guard listens for, as operators list them in meetings/moderation.yaml. Compared as
// they sound (fold() of dialogs/understanding), whole, in every language at once: people mix them.
//
//   "pendej*"            every word that begins so
//   "no ... pagado"      up to three words between
//   "^vendo"             only where the line, or a part of it, begins

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class word_list : std::uint8_t {
    harmless,     // taken out before anything else is looked at: "saldo del teléfono"
    insults,
    threats,
    sensitive,
    emergencies,
    codes,        // PIN, code, password
    asks,         // give me, send me: beside a code
    papers,       // identity papers
    links,        // addresses in words: "punto com"
    politics,
    chains,
    sales,
    prayers,      // welcome at opening and closing
    pressure,     // that others should pay
    proofs,       // that she has paid, or has her receipt
    requests,     // asks for a loan
    people,       // words for a person who is not named: "ella", "esa señora"
    courtesies,   // before a name: "doña"
    articles,     // before a name in talk: "la Juana"
    own,          // the speaker herself: "yo", "mi"
    nobody,       // nobody in particular: "quien", "alguien"
    outsiders,    // people who owe a member for her wares: "clientes"
    group,        // the group's own money
    market,       // prices and wares
    money,        // "quetzales", "pisto"
    owes,         // owing, of somebody
    balances,     // what is always somebody's: "saldo", "cuota"
    loans,        // what is hers only beside a person: "préstamo", "ahorro"
    fines,
    payments,     // that somebody paid or gave
    arrears,      // that somebody is late or has not paid
    missing,      // "falta", "le queda"
    except,       // "menos", "sauf": beside who has paid
    denials,      // "no", "nunca"
    pending,      // "pendiente", "atrasada"
    for_what,     // between what was paid and for what: "por", "de"
    company,      // talk in which a name is welcome also while money is counted
    names,        // common first names: with a capital they are somebody's, roster or not
};
inline constexpr std::size_t word_lists = 38;

[[nodiscard]] std::string_view name_of(word_list one) noexcept;
[[nodiscard]] std::string_view about(word_list one) noexcept;  // a sentence for people
[[nodiscard]] std::optional<word_list> find_word_list(std::string_view name) noexcept;

// Words of a line, from the first to before the end.
struct word_span {
    std::size_t first{};
    std::size_t end{};
};

// What the lexicon needs to know of a word of a line.
struct sounded_word {
    std::string_view folded{};
    bool begins{};  // the line, or a part of it behind a sign
    bool blank{};   // harmless: matches nothing
};

inline constexpr std::size_t gap_words_max = 3;

// Filled while files are read, then never changed.
class meeting_lexicon {
public:
    // False where the phrase has no letters to recognise, or "..." and "*" stand where they say
    // nothing (at an end; alone).
    bool add(word_list list, std::string_view phrase);
    [[nodiscard]] std::vector<word_span> find(
        word_list list, std::span<const sounded_word> words
    ) const;
    // Single whole words of a list, folded: what a line spelt letter by letter is searched for.
    [[nodiscard]] std::vector<std::string_view> single_words(word_list list) const;
    [[nodiscard]] bool empty() const noexcept;
    [[nodiscard]] std::size_t size(word_list list) const noexcept;

private:
    struct part {
        std::string folded{};
        bool prefix{};
        bool after_gap{};
    };
    struct pattern {
        std::vector<part> parts{};
        bool begins{};
        [[nodiscard]] char first_letter() const noexcept { return parts.front().folded[0]; }
    };
    [[nodiscard]] static std::size_t end_of(
        const pattern& of, std::size_t at, std::span<const sounded_word> words
    );

    // Of each list by the first letter of the first word, so that a word meets few of them.
    std::array<std::vector<pattern>, word_lists> lists_{};
};

}  // namespace tertulia::dialogs
