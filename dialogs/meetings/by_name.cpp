#include "dialogs/meetings/by_name.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view signs = ",;:.";

// The next word of the rest, taken off it, as it sounds.
std::string take_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    const auto end = std::min(rest.find_first_of(blanks), rest.size());
    auto word = rest.substr(0, end);
    rest.remove_prefix(end);
    while (!word.empty() && signs.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    return fold(word);
}

bool is_courtesy(const std::string& word) {
    static const std::array<std::string, 10> all{
        fold("a"), fold("la"), fold("doña"), fold("señora"), fold("seño"),
        fold("to"), fold("mrs"), fold("à"), fold("madame"), fold("mme")};
    return std::ranges::find(all, word) != all.end();
}

bool has_word(const roster_member& who, const std::string& word) {
    const auto is_in = [&](const std::string& name) {
        const auto folded = fold(name);
        const auto words = words_of(folded);
        return std::ranges::find(words, word) != words.end();
    };
    return !word.empty() && (is_in(who.first_name) || is_in(who.full_name));
}

}  // namespace

named_people people_named(const plan& of, std::string_view line) {
    for (auto rest = line; is_courtesy(take_word(rest));) line = rest;
    named_people found{.places = {}, .rest = line};
    std::size_t most = 0;
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        std::size_t words = 0;
        auto rest = line;
        for (auto next = rest; has_word(of.members[i], take_word(next)); rest = next) ++words;
        if (words == 0 || words < most) continue;
        if (words > most) found.places.clear();
        most = words;
        found.places.push_back(i);
        found.rest = rest;
    }
    return found;
}

}  // namespace tertulia::dialogs::meetings
