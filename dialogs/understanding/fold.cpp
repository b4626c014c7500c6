// The phonetic half of normalise.hpp. The tables were made from how clients write in Guatemala,
// with the commonest English and French shorthands; a word of one language harms no other, since
// examples and messages go through the same tables.

#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

using spelling = std::pair<std::string_view, std::string_view>;

// Whole words, normalised. Sorted: looked up by halves.
constexpr auto shorthands = std::to_array<spelling>({
    {"aver", "a ver"},
    {"bjr", "bonjour"},
    {"bn", "bien"},
    {"bnas", "buenas"},
    {"bns", "buenas"},
    {"bsr", "bonsoir"},
    {"cant", "can t"},
    {"cb", "combien"},
    {"cest", "c est"},
    {"cinco", "5"},
    {"cmo", "como"},
    {"cuatro", "4"},
    {"d", "de"},
    {"demas", "de mas"},
    {"didnt", "didn t"},
    {"diez", "10"},
    {"dnd", "donde"},
    {"dnde", "donde"},
    {"dont", "don t"},
    {"dos", "2"},
    {"dsl", "desole"},
    {"five", "5"},
    {"four", "4"},
    {"gracs", "gracias"},
    {"grax", "gracias"},
    {"grs", "gracias"},
    {"im", "i m"},
    {"ive", "i ve"},
    {"jai", "j ai"},
    {"jpeux", "je peux"},
    {"k", "que"},
    {"ke", "que"},
    {"kien", "quien"},
    {"meda", "me da"},
    {"mrc", "merci"},
    {"msg", "mensaje"},
    {"msj", "mensaje"},
    {"msjs", "mensajes"},
    {"nesecito", "necesito"},
    {"nome", "no me"},
    {"nopuedo", "no puedo"},
    {"nose", "no se"},
    {"nueve", "9"},
    {"ocho", "8"},
    {"okay", "ok"},
    {"okey", "ok"},
    {"oki", "ok"},
    {"onde", "donde"},
    {"one", "1"},
    {"pa", "para"},
    {"pf", "por favor"},
    {"pk", "por que"},
    {"pls", "please"},
    {"plz", "please"},
    {"porfa", "por favor"},
    {"porfavor", "por favor"},
    {"porfis", "por favor"},
    {"porq", "por que"},
    {"porque", "por que"},
    {"pq", "por que"},
    {"ps", "pues"},
    {"pue", "pues"},
    {"q", "que"},
    {"salu2", "saludos"},
    {"seis", "6"},
    {"siete", "7"},
    {"slt", "salut"},
    {"tb", "tambien"},
    {"tbn", "tambien"},
    {"three", "3"},
    {"thx", "thanks"},
    {"tmb", "tambien"},
    {"tmbn", "tambien"},
    {"tngo", "tengo"},
    {"toi", "estoy"},
    {"toy", "estoy"},
    {"tqm", "te quiero mucho"},
    {"tres", "3"},
    {"two", "2"},
    {"u", "you"},
    {"ud", "usted"},
    {"uds", "ustedes"},
    {"un", "1"},
    {"una", "1"},
    {"une", "1"},
    {"uno", "1"},
    {"ur", "your"},
    {"vdd", "verdad"},
    {"whats", "what s"},
    {"x", "por"},
    {"xfa", "por favor"},
    {"xfavor", "por favor"},
    {"xk", "por que"},
    {"xq", "por que"},
    {"yapague", "ya pague"},
});
static_assert(std::is_sorted(shorthands.begin(), shorthands.end()));

// Beginnings of words that were run together: long enough that no honest word begins so.
constexpr auto joined = std::to_array<spelling>({
    {"mecobr", "me cobr"},
    {"mepued", "me pued"},
    {"nomealcan", "no me alcan"},
    {"nomeman", "no me man"},
    {"quierou", "quiero u"},
    {"yanome", "ya no me"},
    {"yanoquier", "ya no quier"},
});

bool is_letter(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
bool is_soft(char c) noexcept {
    return c == 'e' || c == 'i' || c == 'y';
}

// Three and more of one letter are insistence; two may be spelling and are left to the sounds.
void squeeze_threes(std::string& word) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < word.size(); ++kept) {
        auto end = i;
        while (end < word.size() && word[end] == word[i]) ++end;
        const bool insisted = end - i >= 3 && is_letter(word[i]);
        word[kept] = word[i];
        i = insisted ? end : i + 1;
    }
    word.resize(kept);
}

// The sounds of one word, appended. Doubled letters become one on the way.
void append_sounds(std::string& to, std::string_view word) {
    const auto begin = to.size();
    const auto sound = [&](char c) {
        if (to.size() > begin && to.back() == c && is_letter(c)) return;
        to += c;
    };
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char next = i + 1 < word.size() ? word[i + 1] : ' ';
        const char after = i + 2 < word.size() ? word[i + 2] : ' ';
        switch (word[i]) {
            case 'c':
                if (next == 'h') {
                    to += "ch";
                    ++i;
                } else if (is_soft(next)) {
                    sound('s');
                } else {
                    sound('k');
                    if (next == 'u' && after == 'a') ++i;  // cuanto, qanto
                }
                break;
            case 'k':
                sound('k');
                if (next == 'u' && after == 'a') ++i;
                break;
            case 'q':
                sound('k');
                if (next == 'u' && after != 'o') ++i;  // que, qui, quanto
                break;
            case 'g':  // page, pague and paje are all written for pagué
                sound('g');
                if (next == 'u' && is_soft(after)) ++i;
                break;
            case 'j':
                sound(is_soft(next) ? 'g' : 'j');
                break;
            case 'l':
                if (next == 'l') {
                    sound('i');
                    ++i;
                } else {
                    sound('l');
                }
                break;
            case 'p':
                if (next == 'h') ++i;
                sound(next == 'h' ? 'f' : 'p');
                break;
            case 'h':
                break;
            case 'v':
                sound('b');
                break;
            case 'x':
            case 'z':
                sound('s');
                break;
            case 'y':
                sound('i');
                break;
            default:
                sound(word[i]);
        }
    }
    if (to.size() == begin) to += word;  // a lone h is still a word
}

void append_folded(std::string& to, std::string_view words) {
    for (const auto word : words_of(words)) {
        if (!to.empty()) to += ' ';
        append_sounds(to, word);
    }
}

}  // namespace

std::string fold(std::string_view text) {
    const auto mild = normalise(text);
    std::string out;
    out.reserve(mild.size() + 8);
    std::string word;
    for (const auto each : words_of(mild)) {
        word = each;
        squeeze_threes(word);
        const auto found = std::lower_bound(
            shorthands.begin(),
            shorthands.end(),
            word,
            [](const spelling& left, const std::string& right) { return left.first < right; }
        );
        if (found != shorthands.end() && found->first == word) {
            append_folded(out, found->second);
            continue;
        }
        const auto run = std::find_if(joined.begin(), joined.end(), [&](const spelling& of) {
            return word.starts_with(of.first);
        });
        if (run != joined.end()) word.replace(0, run->first.size(), run->second);
        append_folded(out, word);
    }
    return out;
}

}  // namespace tertulia::dialogs
