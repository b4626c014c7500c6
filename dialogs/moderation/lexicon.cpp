#include "dialogs/moderation/lexicon.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct list_row {
    word_list is{};
    std::string_view name{};
    std::string_view about{};
};

constexpr auto list_rows = std::to_array<list_row>({
    {word_list::harmless, "harmless", "Taken out of a line before anything else is looked at."},
    {word_list::insults, "insults", "Insults, also ethnic and sexist ones."},
    {word_list::threats, "threats", "Threats."},
    {word_list::sensitive, "sensitive", "Illness, pregnancy, violence."},
    {word_list::emergencies, "emergencies", "What pauses a meeting: assaults, earthquakes."},
    {word_list::codes, "codes", "Words for codes, PINs and passwords."},
    {word_list::asks, "asks", "How one asks for them: give me, send me."},
    {word_list::papers, "papers", "Words for identity papers."},
    {word_list::links, "links", "Addresses written in words."},
    {word_list::politics, "politics", "Parties, candidates, calls to vote."},
    {word_list::chains, "chains", "Chain letters."},
    {word_list::sales, "sales", "Offers of wares."},
    {word_list::prayers, "prayers", "Prayers: welcome at opening and closing."},
    {word_list::pressure, "pressure", "That others should pay for somebody."},
    {word_list::proofs, "proofs", "That she has paid, or has her receipt here."},
    {word_list::requests, "requests", "How a member asks for a loan."},
    {word_list::people, "people", "Words for a person who is not named."},
    {word_list::courtesies, "courtesies", "What stands before a name: doña."},
    {word_list::articles, "articles", "What stands before a name in talk: la Juana."},
    {word_list::own, "own", "Words for the speaker herself."},
    {word_list::nobody, "nobody", "Nobody in particular: whoever, someone."},
    {word_list::outsiders, "outsiders", "People of the market, who are no members: customers."},
    {word_list::group, "group", "The group's own money, and all of them together."},
    {word_list::market, "market", "Prices and wares."},
    {word_list::money, "money", "Words for money, behind a figure."},
    {word_list::owes, "owes", "Owing, said of somebody."},
    {word_list::balances, "balances", "What is always somebody's: a balance, an instalment."},
    {word_list::loans, "loans", "What is somebody's beside a person: a loan, savings."},
    {word_list::fines, "fines", "Words for fines."},
    {word_list::payments, "payments", "That somebody paid or gave."},
    {word_list::arrears, "arrears", "That somebody is late, or has not paid."},
    {word_list::missing, "missing", "That somebody or something is missing."},
    {word_list::except, "except", "All but: menos, except."},
    {word_list::denials, "denials", "no, never."},
    {word_list::pending, "pending", "Pending, late, since."},
    {word_list::for_what, "for_what", "Between a sum and what it was paid for: por, for."},
    {word_list::company, "company", "Talk in which a name is welcome also while money is counted."},
    {word_list::names,
     "names",
     "Common first names, noticed with a capital also where no roster has them."},
});
static_assert(list_rows.size() == word_lists);
static_assert([] {
    for (std::size_t i = 0; i < list_rows.size(); ++i) {
        if (list_rows[i].is != static_cast<word_list>(i)) return false;
    }
    return true;
}());

constexpr std::string_view gap = "...";

}  // namespace

std::string_view name_of(word_list one) noexcept {
    return list_rows[static_cast<std::size_t>(one)].name;
}

std::string_view about(word_list one) noexcept {
    return list_rows[static_cast<std::size_t>(one)].about;
}

std::optional<word_list> find_word_list(std::string_view name) noexcept {
    const auto found = std::ranges::find(list_rows, name, &list_row::name);
    return found == list_rows.end() ? std::nullopt : std::optional{found->is};
}

bool meeting_lexicon::add(word_list list, std::string_view phrase) {
    pattern made;
    if (phrase.starts_with('^')) {
        made.begins = true;
        phrase.remove_prefix(1);
    }
    bool after_gap = false;
    for (const auto written : words_of(phrase)) {
        if (written == gap) {
            if (made.parts.empty() || after_gap) return false;
            after_gap = true;
            continue;
        }
        const bool prefix = written.ends_with('*');
        const auto folded = fold(prefix ? written.substr(0, written.size() - 1) : written);
        const auto pieces = words_of(folded);  // "d'argent" is two
        if (pieces.empty()) return false;
        for (const auto piece : pieces) {
            made.parts.push_back({.folded = std::string{piece}, .after_gap = after_gap});
            after_gap = false;
        }
        made.parts.back().prefix = prefix;
    }
    if (made.parts.empty() || after_gap) return false;
    auto& all = lists_[static_cast<std::size_t>(list)];
    const auto at =
        std::ranges::upper_bound(all, made.parts.front().folded[0], {}, &pattern::first_letter);
    all.insert(at, std::move(made));
    return true;
}

// Behind the pattern that begins at a word; `at` itself where it does not.
std::size_t meeting_lexicon::end_of(
    const pattern& of, std::size_t at, std::span<const sounded_word> words
) {
    const auto fits = [&](const part& one, std::size_t i) {
        if (i >= words.size() || words[i].blank) return false;
        return one.prefix ? words[i].folded.starts_with(one.folded) : words[i].folded == one.folded;
    };
    if ((of.begins && !words[at].begins) || !fits(of.parts.front(), at)) return at;
    auto next = at + 1;
    for (std::size_t i = 1; i < of.parts.size(); ++i) {
        const auto& one = of.parts[i];
        const auto last = one.after_gap ? next + gap_words_max : next;
        while (next < last && !fits(one, next)) ++next;
        if (!fits(one, next)) return at;
        ++next;
    }
    return next;
}

std::vector<word_span> meeting_lexicon::find(word_list list, std::span<const sounded_word> words)
    const {
    std::vector<word_span> found;
    const auto& all = lists_[static_cast<std::size_t>(list)];
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].folded.empty()) continue;
        const char letter = words[at].folded[0];
        // No equal_range(): clang 14 cannot take what it returns.
        auto next = std::ranges::lower_bound(all, letter, {}, &pattern::first_letter);
        for (; next != all.end() && next->first_letter() == letter; ++next) {
            const auto& one = *next;
            const auto end = end_of(one, at, words);
            if (end != at) found.push_back({at, end});
        }
    }
    return found;
}

std::vector<std::string_view> meeting_lexicon::single_words(word_list list) const {
    std::vector<std::string_view> all;
    for (const auto& one : lists_[static_cast<std::size_t>(list)]) {
        if (one.parts.size() == 1 && !one.parts.front().prefix) {
            all.push_back(one.parts.front().folded);
        }
    }
    return all;
}

bool meeting_lexicon::empty() const noexcept {
    return std::ranges::all_of(lists_, [](const auto& one) { return one.empty(); });
}

std::size_t meeting_lexicon::size(word_list list) const noexcept {
    return lists_[static_cast<std::size_t>(list)].size();
}

}  // namespace tertulia::dialogs
