#include "dialogs/moderation/roster.hpp"

#include "dialogs/understanding/nearly.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t name_bytes_min = 3;
constexpr std::size_t short_form_bytes_min = 4;
constexpr std::size_t shortened_name_bytes_min = 6;

// "Jwana" is Juana.
std::string key_of(std::string_view folded) {
    std::string key{folded};
    std::ranges::replace(key, 'w', 'u');
    return key;
}

bool is_particle(std::string_view word) noexcept {
    static constexpr auto all =
        std::to_array<std::string_view>({"de", "del", "la", "las", "los", "i", "da", "du", "des"});
    return std::ranges::find(all, word) != all.end();
}

// "Martita" of Marta, "Juanito" of Juan.
bool is_small_form(std::string_view word, std::string_view name) {
    if (name.size() > name_bytes_min && (name.back() == 'a' || name.back() == 'o')) {
        name.remove_suffix(1);
    }
    if (!word.starts_with(name)) return false;
    const auto rest = word.substr(name.size());
    return rest == "ita" || rest == "ito" || rest == "sita" || rest == "sito";
}

}  // namespace

bool meeting_roster::add(std::string_view person) {
    if (person.size() > roster_line_bytes_max || people_ >= roster_people_max) return false;
    if (person.starts_with(roster_officer_mark)) {
        const auto folded = fold(person.substr(roster_officer_mark.size()));
        for (const auto word : words_of(folded)) officers_.push_back(key_of(word));
        return !folded.empty();
    }
    const auto before = names_.size();
    bool called = false;
    for (std::size_t at = 0; at <= person.size();) {
        const auto end = std::min(person.find(',', at), person.size());
        const auto folded = fold(person.substr(at, end - at));
        bool first = true;
        for (const auto word : words_of(folded)) {
            if (word.size() < name_bytes_min || is_particle(word)) continue;
            (first || called ? names_ : surnames_).push_back(key_of(word));
            first = false;
        }
        called = true;
        at = end + 1;
    }
    if (names_.size() == before) return false;
    ++people_;
    return true;
}

bool meeting_roster::is_officer(std::string_view folded) const {
    const auto word = key_of(folded);
    return std::ranges::find(officers_, word) != officers_.end() &&
           std::ranges::find(names_, word) == names_.end();
}

meeting_roster::surely meeting_roster::has(std::string_view folded) const {
    const auto word = key_of(folded);
    if (word.size() < name_bytes_min) return surely::no;
    const auto is = [&](const std::string& name) { return word == name; };
    if (std::ranges::any_of(names_, is)) return surely::yes;
    if (std::ranges::any_of(surnames_, is)) return surely::if_capital;
    const bool perhaps = std::ranges::any_of(names_, [&](const std::string& name) {
        const bool cut = word.size() >= short_form_bytes_min &&
                         name.size() >= shortened_name_bytes_min && name.starts_with(word);
        return cut || nearly(word, name) || is_small_form(word, name);
    });
    return perhaps ? surely::if_capital : surely::no;
}

}  // namespace tertulia::dialogs
