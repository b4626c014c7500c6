#include "dialogs/meetings/ballot_words.hpp"

#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace tertulia::dialogs::meetings {
namespace {

constexpr int words_of_a_doubt = 4;

// "sii" and "nooo" are "si" and "no".
std::string without_echo(const std::string& key) {
    std::string made;
    for (const char letter : key) {
        if (made.empty() || made.back() != letter) made += letter;
    }
    return made;
}

const std::map<std::string, ballot>& clear_ballots() {
    static const auto all = [] {
        std::map<std::string, ballot> made;
        const auto add = [&](ballot as, std::initializer_list<const char*> words) {
            for (const auto* one : words) made.emplace(without_echo(keyword_key(one)), as);
        };
        add(ballot::yes,
            {"sí", "voto sí", "voto que sí", "mi voto es sí", "digo que sí", "yo digo que sí", "a favor",
             "voto a favor", "estoy a favor", "sí a favor", "yo sí", "claro que sí", "yes", "yeah", "yep",
             "i vote yes", "in favor", "in favour", "oui", "ouais", "je vote oui", "je vote pour", "pour"});
        add(ballot::no,
            {"no", "voto no", "voto que no", "mi voto es no", "digo que no", "yo digo que no", "en contra",
             "voto en contra", "estoy en contra", "no en contra", "yo no", "claro que no", "nope",
             "i vote no", "against", "non", "je vote non", "je vote contre", "contre"});
        add(ballot::abstain,
            {"me abstengo", "yo me abstengo", "abstengo", "abstención", "mi voto es abstención",
             "abstenerme", "abstain", "i abstain", "abstention", "je m'abstiens", "je m abstiens",
             "je mabstiens"});
        return made;
    }();
    return all;
}

}  // namespace

std::optional<ballot> ballot_in_words(std::string_view text) {
    const auto found = clear_ballots().find(without_echo(keyword_key(text)));
    return found == clear_ballots().end() ? std::nullopt : std::optional{found->second};
}

bool may_be_ballot(std::string_view text) {
    if (ballot_in_words(text) || match_yes_no(text)) return true;
    const auto key = without_echo(keyword_key(text));
    const auto begins = key.substr(0, key.find(' '));
    return ballot_in_words(begins) &&
           std::ranges::count(key, ' ') < words_of_a_doubt;
}

}  // namespace tertulia::dialogs::meetings
