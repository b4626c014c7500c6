#include "dialogs/understanding/answers.hpp"

#include "dialogs/understanding/bare_day.hpp"
#include "dialogs/understanding/nearly.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace tertulia::dialogs {
namespace {

// Tables are written as people spell and kept folded, made once at the first use.
using word_set = std::set<std::string, std::less<>>;

word_set folded_set(std::initializer_list<std::string_view> words) {
    word_set out;
    for (const auto each : words) out.insert(fold(each));
    return out;
}

// Said around an answer without changing it.
const word_set& courtesies() {
    static const auto words =
        folded_set({"seño",   "señor", "señora", "señorita", "don",    "doña",   "licenciado",
                    "lic",    "joven", "vos",    "usted",    "por",    "favor",  "gracias",
                    "muchas", "pues",  "mire",   "fíjese",   "buenas", "hola",   "please",
                    "thanks", "thank", "you",    "sir",      "madam",  "miss",   "merci",
                    "s",      "il",    "vous",   "te",       "plait",  "madame", "monsieur",
                    "🙏",      "😊",     "🙂",   "😀",        "😁"});
    return words;
}

// Said around the number or name of a choice.
const word_set& pointing() {
    static const auto words =
        folded_set({"la",       "el",     "lo",    "opción",   "número", "num",    "no.", "quiero",
                    "quisiera", "escojo", "elijo", "prefiero", "esa",    "ese",    "de",  "que",
                    "es",       "en",     "the",   "option",   "number", "choice", "i",   "want",
                    "would",    "like",   "le",    "l",        "choix",  "numéro", "je",  "veux",
                    "voudrais", "prends", "con",   "del",      "al",     "a",      "y",   "o",
                    "para",     "mi",     "my",    "mon",      "ma",     "un",     "to",  "of",
                    "du",       "des",    "les",   "los",      "las",    "et",     "and"});
    return words;
}

const word_set& denials() {
    static const auto words = folded_set(
        {"no", "ni", "nunca", "tampoco", "nada", "not", "don't", "cannot", "cant", "never", "ne",
         "pas", "non", "t"}
    );
    return words;
}

bool has(const word_set& words, std::string_view one) {
    return words.find(one) != words.end();
}

struct numbered {
    std::string word{};
    int number{};  // -1: the last one
};

// Spanish cardinals are digits already in folded text.
const std::vector<numbered>& ordinals() {
    static const auto words = [] {
        constexpr auto spelt = std::to_array<std::pair<std::string_view, int>>({
            {"primero", 1}, {"primera", 1},  {"primer", 1},    {"first", 1},     {"1st", 1},
            {"premier", 1}, {"première", 1}, {"1er", 1},       {"1ère", 1},      {"1a", 1},
            {"1o", 1},      {"segundo", 2},  {"segunda", 2},   {"second", 2},    {"2nd", 2},
            {"seconde", 2}, {"deux", 2},     {"deuxième", 2},  {"2ème", 2},      {"2e", 2},
            {"2a", 2},      {"2o", 2},       {"tercero", 3},   {"tercera", 3},   {"tercer", 3},
            {"third", 3},   {"3rd", 3},      {"trois", 3},     {"troisième", 3}, {"3ème", 3},
            {"3e", 3},      {"3a", 3},       {"3o", 3},        {"cuarto", 4},    {"cuarta", 4},
            {"fourth", 4},  {"4th", 4},      {"quatre", 4},    {"quatrième", 4}, {"4ème", 4},
            {"4e", 4},      {"4a", 4},       {"4o", 4},        {"quinto", 5},    {"quinta", 5},
            {"fifth", 5},   {"5th", 5},      {"cinq", 5},      {"cinquième", 5}, {"5ème", 5},
            {"5e", 5},      {"5a", 5},       {"5o", 5},        {"sexto", 6},     {"sexta", 6},
            {"six", 6},     {"sixth", 6},    {"sixième", 6},   {"séptimo", 7},   {"séptima", 7},
            {"seven", 7},   {"seventh", 7},  {"sept", 7},      {"octavo", 8},    {"octava", 8},
            {"eight", 8},   {"eighth", 8},   {"huit", 8},      {"noveno", 9},    {"novena", 9},
            {"nine", 9},    {"ninth", 9},    {"neuf", 9},      {"décimo", 10},   {"décima", 10},
            {"ten", 10},    {"tenth", 10},   {"dix", 10},      {"último", -1},   {"última", -1},
            {"last", -1},   {"dernier", -1}, {"dernière", -1},
        });
        std::vector<numbered> out;
        for (const auto& [word, number] : spelt) out.push_back({fold(word), number});
        return out;
    }();
    return words;
}

// 1 to 99 for a number word or digits, -1 for the last, 0 for anything else.
int number_of(std::string_view word) {
    if (word.size() <= 2 && word.find_first_not_of("0123456789") == std::string_view::npos) {
        int value = 0;
        for (const char digit : word) value = value * 10 + (digit - '0');
        return value;
    }
    const auto found = std::find_if(ordinals().begin(), ordinals().end(), [&](const auto& each) {
        return each.word == word;
    });
    return found == ordinals().end() ? 0 : found->number;
}

// The number she means, if all her other words only point at it. "la primera", "quiero el 2".
std::optional<std::size_t> numbered_choice(
    const std::vector<std::string_view>& said, std::size_t count
) {
    int number = 0;
    for (const auto word : said) {
        const bool around = has(pointing(), word) || has(courtesies(), word);
        // "1" is also what un, una and one fold to: beside a true number it is "the … one".
        const auto means = number_of(word);
        if (means == 0) {
            if (!around) return std::nullopt;
        } else if (number != 0 && means != number) {
            if (means != 1) return std::nullopt;
        } else {
            number = means;
        }
    }
    if (number == -1) return count - 1;
    if (number < 1 || static_cast<std::size_t>(number) > count) return std::nullopt;
    return static_cast<std::size_t>(number - 1);
}

// The one row that is for a day she names: one of its words is "another day". There "el 5" is the
// fifth of a month and not the fifth row.
std::optional<std::size_t> row_of_days(std::span<const choice_words> choices) {
    static const auto another_day = folded_set({"otro día", "another day", "un autre jour"});
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto& words = choices[i].words;
        if (std::none_of(words.begin(), words.end(), [](const std::string& one) {
                return has(another_day, fold(one));
            })) {
            continue;
        }
        if (found) return std::nullopt;
        found = i;
    }
    return found;
}

std::vector<std::string_view> content_of(const std::vector<std::string_view>& words) {
    std::vector<std::string_view> out;
    for (const auto word : words) {
        if (!has(pointing(), word) && !has(courtesies(), word) && number_of(word) != 1) {
            out.push_back(word);
        }
    }
    return out;
}

bool all_in(const std::vector<std::string_view>& some, const std::vector<std::string_view>& all) {
    return !some.empty() && std::all_of(some.begin(), some.end(), [&](std::string_view one) {
        return std::any_of(all.begin(), all.end(), [&](auto other) { return nearly(one, other); });
    });
}

bool denies(const std::vector<std::string_view>& words) {
    return std::any_of(words.begin(), words.end(), [](auto word) { return has(denials(), word); });
}

// The word for when that she begins with, in "cuando me paguen", "when i get paid".
std::optional<std::string_view> when_word(const std::vector<std::string_view>& words) {
    static const auto whens = folded_set({"cuando", "apenas", "when", "quand", "lorsque"});
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (has(courtesies(), words[i])) continue;
        if (has(whens, words[i])) return words[i];
        const bool as_soon = words[i] == fold("en") && i + 1 < words.size() &&
                             words[i + 1] == fold("cuanto");
        return as_soon ? std::optional{words[i]} : std::nullopt;
    }
    return std::nullopt;
}

// Equal, one inside the other, or unlike.
enum class likeness : std::uint8_t { none, loose, exact };

likeness compare(std::string_view said, std::string_view offered) {
    if (said == offered) return likeness::exact;
    const auto said_words = words_of(said);
    const auto offered_words = words_of(offered);
    if (denies(said_words) != denies(offered_words)) return likeness::none;
    // That is neither "¿cuánto?" misspelt nor a row about having paid: only one that asks when.
    if (const auto when = when_word(said_words);
        when && std::ranges::find(offered_words, *when) == offered_words.end()) {
        return likeness::none;
    }
    const auto hers = content_of(said_words);
    const auto ours = content_of(offered_words);
    return all_in(ours, hers) || all_in(hers, ours) ? likeness::loose : likeness::none;
}

}  // namespace

std::string keyword_key(std::string_view text) {
    return fold(text);
}

std::optional<std::size_t> match_choice(
    std::string_view text, std::span<const choice_words> choices
) {
    const auto said = fold(text);
    if (said.empty() || choices.empty()) return std::nullopt;
    std::vector<std::size_t> exact;
    std::vector<std::size_t> loose;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        auto best = compare(said, fold(choices[i].title));
        for (const auto& word : choices[i].words) best = std::max(best, compare(said, fold(word)));
        if (best == likeness::exact) exact.push_back(i);
        if (best == likeness::loose) loose.push_back(i);
    }
    if (!exact.empty()) return exact.size() == 1 ? std::optional{exact[0]} : std::nullopt;
    if (const auto days = row_of_days(choices); days && names_only_a_day(text, {})) return days;
    if (const auto by_number = numbered_choice(words_of(said), choices.size())) return by_number;
    return loose.size() == 1 ? std::optional{loose[0]} : std::nullopt;
}

std::optional<yes_no> match_yes_no(std::string_view text) {
    static const auto yes = folded_set({"sí",         "sip",
                                        "simón",      "va",
                                        "vaya",       "cabal",
                                        "ok",         "dale",
                                        "claro",      "claro que sí",
                                        "listo",      "lista",
                                        "bueno",      "está bien",
                                        "de acuerdo", "por supuesto",
                                        "correcto",   "así es",
                                        "exacto",     "vale",
                                        "afirmativo", "ya vas",
                                        "sale",       "oui",
                                        "ouais",      "ouep",
                                        "d'accord",   "bien sûr",
                                        "yes",        "yep",
                                        "yeah",       "yup",
                                        "sure",       "of course",
                                        "alright",    "all right",
                                        "👍",          "✅",
                                        "👌",          "✔",
                                        "💯"});
    static const auto no = folded_set(
        {"no",        "nop",          "nope",       "nah",          "nel",        "nones",
         "para nada", "claro que no", "todavía no", "ahorita no",   "aún no",     "mejor no",
         "negativo",  "non",          "nan",        "pas du tout",  "pas encore", "pas maintenant",
         "not now",   "not yet",      "no way",     "no thank you", "👎",          "❌",
         "🚫"}
    );
    const auto said = fold(text);
    const auto words = words_of(said);
    bool says_yes = false;
    bool says_no = false;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 0;
        for (std::size_t count = std::min<std::size_t>(3, words.size() - at);
             count > 0 && taken == 0;
             --count) {
            const auto from = static_cast<std::size_t>(words[at].data() - said.data());
            const auto to = static_cast<std::size_t>(words[at + count - 1].data() - said.data()) +
                            words[at + count - 1].size();
            const auto part = std::string_view{said}.substr(from, to - from);
            if (has(yes, part) || has(no, part)) {
                (has(yes, part) ? says_yes : says_no) = true;
                taken = count;
            }
        }
        if (taken == 0 && !has(courtesies(), words[at])) return std::nullopt;
        at += std::max<std::size_t>(taken, 1);
    }
    if (says_yes == says_no) return std::nullopt;
    return says_yes ? yes_no::yes : yes_no::no;
}

std::optional<std::string> six_digits(std::string_view text) {
    static const word_set around = [] {
        word_set words;
        for (const std::string_view each :
             {"mi",         "el",     "la",     "es",    "pin",     "clave",  "contrasena",
              "contraseña", "codigo", "numero", "este",  "aqui",    "esta",   "va",
              "ok",         "si",     "seno",   "seño",  "gracias", "por",    "favor",
              "my",         "the",    "is",     "s",     "it",      "code",   "password",
              "here",       "mon",    "le",     "est",   "c",       "voici",  "mot",
              "de",         "passe",  "please", "merci", "secreto", "secret", "🙏",
              "👍"}) {
            words.emplace(each);
        }
        return words;
    }();
    if (text.size() > 200) return std::nullopt;
    // Between digits a slash or colon makes a date or an hour.
    const auto is_digit = [&](std::size_t i) {
        return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    for (auto at = text.find_first_of("/:"); at != std::string_view::npos;
         at = text.find_first_of("/:", at + 1)) {
        if (at > 0 && is_digit(at - 1) && is_digit(at + 1)) return std::nullopt;
    }
    const auto plain = normalise(text);
    std::string digits;
    for (const auto word : words_of(plain)) {
        if (word.find_first_not_of("0123456789") == std::string_view::npos) {
            digits += word;
            if (digits.size() > 6) return std::nullopt;
        } else if (!has(around, word)) {
            return std::nullopt;
        }
    }
    return digits.size() == 6 ? std::optional{std::move(digits)} : std::nullopt;
}

}  // namespace tertulia::dialogs
