#include "dialogs/understanding/asides.hpp"

#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/tokens.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

using phrase_set = std::set<std::string, std::less<>>;

phrase_set normalised_set(std::initializer_list<std::string_view> phrases) {
    phrase_set out;
    for (const auto each : phrases) out.insert(normalise(each));
    return out;
}

const phrase_set& asking_help() {
    static const auto phrases = normalised_set(
        {"ayuda",
         "ayúdeme",
         "ayúdame",
         "no entiendo",
         "no le entiendo",
         "no entendí",
         "no entiendo la pregunta",
         "cómo",
         "cómo así",
         "qué es eso",
         "qué pongo",
         "qué escribo",
         "no sé qué poner",
         "no sé",
         "help",
         "help me",
         "i don't understand",
         "i dont understand",
         "i do not understand",
         "what do you mean",
         "what is that",
         "what should i write",
         "i don't know",
         "i dont know",
         "aide",
         "aidez-moi",
         "je ne comprends pas",
         "j'ai pas compris",
         "je n'ai pas compris",
         "comment",
         "comment ça",
         "c'est quoi",
         "je ne sais pas",
         "qu'est-ce que c'est"}
    );
    return phrases;
}

const phrase_set& asking_why() {
    static const auto phrases = normalised_set(
        {"por qué",
         "porqué",
         "y por qué",
         "por qué pregunta",
         "por qué preguntan",
         "por qué me pregunta eso",
         "por qué lo pregunta",
         "por qué lo preguntan",
         "por qué quiere saber",
         "por qué quieren saber",
         "para qué",
         "y para qué",
         "y eso para qué",
         "para qué es",
         "para qué lo necesita",
         "para qué lo necesitan",
         "para qué lo quieren",
         "para qué quiere saber",
         "para qué quieren saber",
         "why",
         "but why",
         "what for",
         "why do you ask",
         "why do you need it",
         "why do you need that",
         "why do you want to know",
         "pourquoi",
         "et pourquoi",
         "pour quoi faire",
         "pourquoi vous demandez",
         "pourquoi vous demandez ça",
         "pourquoi cette question",
         "à quoi ça sert"}
    );
    return phrases;
}

const phrase_set& going_back() {
    static const auto phrases = normalised_set(
        {"atrás",
         "para atrás",
         "volver atrás",
         "ir atrás",
         "regresar",
         "regresar atrás",
         "regrese",
         "anterior",
         "la anterior",
         "la pregunta anterior",
         "pregunta anterior",
         "back",
         "go back",
         "previous",
         "the previous one",
         "previous question",
         "retour",
         "en arrière",
         "revenir",
         "revenir en arrière",
         "précédent",
         "précédente",
         "question précédente",
         "la question précédente"}
    );
    return phrases;
}

const phrase_set& leaving_out() {
    static const auto phrases = normalised_set(
        {"omitir",
         "saltar",
         "saltarla",
         "paso",
         "no tengo",
         "no la tengo",
         "no lo tengo",
         "no tengo foto",
         "ahora no",
         "ahorita no",
         "ahorita no tengo",
         "más tarde",
         "después",
         "luego",
         "no",
         // Of a sum, what is no figure: it stays open.
         "todo",
         "todo lo que toca",
         "toda la cuota",
         "la cuota",
         "la cuota completa",
         "la cuota entera",
         "completo",
         "la mitad",
         "la mitad de la cuota",
         "una parte",
         "lo que pueda",
         "lo que tenga",
         "lo que junte",
         "skip",
         "skip it",
         "pass",
         "not now",
         "later",
         "i don't have one",
         "i don't have it",
         "i dont have it",
         "i dont have one",
         "all",
         "all of it",
         "everything",
         "the whole instalment",
         "half",
         "half of it",
         "a part",
         "part of it",
         "what i can",
         "passer",
         "plus tard",
         "pas maintenant",
         "je n'en ai pas",
         "j'en ai pas",
         "je ne l'ai pas",
         "tout",
         "toute l'échéance",
         "la moitié",
         "une partie",
         "ce que je peux",
         "non"}
    );
    return phrases;
}

bool is_question_mark_alone(std::string_view text) {
    bool any = false;
    for (const auto& one : tokens_of(text)) {
        if (one.plain != "?" && one.plain != "¿") return false;
        any = true;
    }
    return any;
}

// Words that take back, longest first so that "no mejor" is not left at "no". As words of a
// normalised text.
const std::vector<std::vector<std::string>>& taking_back() {
    static const auto all = [] {
        constexpr auto spelt = std::to_array<std::string_view>({
            "perdón",
            "perdone",
            "perdone era",
            "perdón era",
            "perdón eran",
            "perdón mejor",
            "perdón quise decir",
            "perdón son",
            "perdón es",
            "perdóneme",
            "disculpe",
            "disculpe era",
            "disculpe eran",
            "disculpe es",
            "disculpe son",
            "no perdón",
            "no perdón era",
            "no mejor",
            "mejor",
            "mejor que sea",
            "mejor que sean",
            "mejor pongamos",
            "mejor ponga",
            "no mejor que sean",
            "no era",
            "no eran",
            "no es",
            "no son",
            "quise decir",
            "quiero decir",
            "quería decir",
            "digo",
            "me equivoqué",
            "me equivoqué era",
            "me equivoqué eran",
            "me equivoqué es",
            "me equivoqué son",
            "corrijo",
            "corrección",
            "cámbielo a",
            "cambie a",
            "cámbielo por",
            "actually",
            "no actually",
            "actually it's",
            "actually it is",
            "actually make it",
            "make it",
            "no make it",
            "sorry",
            "sorry i meant",
            "sorry it's",
            "sorry it was",
            "i meant",
            "i mean",
            "no i meant",
            "no wait",
            "wait no",
            "correction",
            "rather",
            "or rather",
            "change it to",
            "my mistake",
            "my mistake it's",
            "plutôt",
            "non plutôt",
            "ou plutôt",
            "pardon",
            "pardon c'est",
            "pardon c'était",
            "pardon plutôt",
            "désolée",
            "désolé",
            "désolée c'est",
            "désolé c'est",
            "en fait",
            "non en fait",
            "en fait c'est",
            "je voulais dire",
            "pardon je voulais dire",
            "je veux dire",
            "non c'est",
            "non c'était",
            "je me suis trompée",
            "je me suis trompé",
            "je me suis trompée c'est",
            "je me suis trompé c'est",
        });
        std::vector<std::vector<std::string>> made;
        for (const auto phrase : spelt) {
            const auto plain = normalise(phrase);
            std::vector<std::string> words;
            for (const auto word : words_of(plain)) words.emplace_back(word);
            made.push_back(std::move(words));
        }
        std::stable_sort(made.begin(), made.end(), [](const auto& left, const auto& right) {
            return left.size() > right.size();
        });
        return made;
    }();
    return all;
}

}  // namespace

std::optional<aside> aside_of(std::string_view text) {
    if (text.size() > 200) return std::nullopt;
    if (is_question_mark_alone(text)) return aside::help;
    const auto said = normalise(text);
    if (said.empty()) return std::nullopt;
    if (asking_help().contains(said)) return aside::help;
    if (asking_why().contains(said)) return aside::why;
    if (going_back().contains(said)) return aside::back;
    if (leaving_out().contains(said)) return aside::skip;
    return std::nullopt;
}

std::optional<std::string_view> correction_of(std::string_view text) {
    if (text.size() > 1'000) return std::nullopt;
    // Signs between the words do not count: "no, mejor: 3000".
    std::vector<token> words;
    for (auto& one : tokens_of(text)) {
        if (one.kind != token_kind::sign) words.push_back(std::move(one));
    }
    for (const auto& phrase : taking_back()) {
        if (words.size() <= phrase.size()) continue;
        const bool here = std::equal(
            phrase.begin(),
            phrase.end(),
            words.begin(),
            [](const std::string& ours, const token& hers) { return ours == hers.plain; }
        );
        if (!here) continue;
        // A sign before a figure belongs to it: "Q3000", "$500", "+502…".
        auto from = words[phrase.size()].begin;
        const auto after = words[phrase.size() - 1].end;
        for (const auto& one : tokens_of(text)) {
            if (one.kind == token_kind::sign && one.begin >= after && one.end == from &&
                one.plain != "," && one.plain != ":" && one.plain != "." && one.plain != "-") {
                from = one.begin;
            }
        }
        return text.substr(from);
    }
    return std::nullopt;
}

bool denies_something(std::string_view text) {
    static const std::set<std::string, std::less<>> words{
        "no", "ni", "nunca", "tampoco", "nada", "not", "dont", "don", "never", "ne", "pas", "non"};
    const auto said = normalise(text);
    const auto all = words_of(said);
    return std::any_of(all.begin(), all.end(), [](std::string_view one) {
        return words.contains(one);
    });
}

}  // namespace tertulia::dialogs
