#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/locid.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t number_max = 100'000'000'000;  // whole units; more is no number people say

enum class number_part : std::uint8_t {
    small,     // 0 to 29 as one word
    ten,       // 20 to 90
    hundreds,  // 100 to 900 as one word
    hundred,   // multiplies: "two hundred", "deux cents"
    thousand,
    million,
};

struct number_word {
    std::int64_t value{};
    number_part part{};
    std::string_view only{};  // a word of another language too: a number in this one alone
};

// Spelt as people should and kept folded, so that "kinientos" and "dosientos" are found.
const std::map<std::string, number_word, std::less<>>& number_words() {
    static const auto table = [] {
        std::map<std::string, number_word, std::less<>> out;
        const auto add = [&](number_part part,
                             std::int64_t first,
                             std::int64_t step,
                             std::initializer_list<std::string_view> words) {
            for (const auto each : words) {
                out.try_emplace(fold(each), number_word{first, part, {}});
                first += step;
            }
        };
        using enum number_part;
        add(small, 0, 1, {"cero",        "uno",        "dos",         "tres",       "cuatro",
                          "cinco",       "seis",       "siete",       "ocho",       "nueve",
                          "diez",        "once",       "doce",        "trece",      "catorce",
                          "quince",      "dieciséis",  "diecisiete",  "dieciocho",  "diecinueve",
                          "veinte",      "veintiuno",  "veintidós",   "veintitrés", "veinticuatro",
                          "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"});
        add(small, 1, 1, {"una"});
        add(small, 21, 1, {"veintiún"});
        add(ten, 20, 10, {"veinti"});
        add(ten,
            30,
            10,
            {"treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"});
        add(hundreds, 100, 0, {"cien", "ciento"});
        add(hundreds,
            200,
            100,
            {"doscientos",
             "trescientos",
             "cuatrocientos",
             "quinientos",
             "seiscientos",
             "setecientos",
             "ochocientos",
             "novecientos"});
        add(hundreds,
            200,
            100,
            {"doscientas",
             "trescientas",
             "cuatrocientas",
             "quinientas",
             "seiscientas",
             "setecientas",
             "ochocientas",
             "novecientas"});
        add(thousand, 1'000, 0, {"mil", "miles", "thousand", "mille"});
        add(million, 1'000'000, 0, {"millón", "millones", "million", "millions"});
        add(small, 0, 1, {"zero",    "one",     "two",       "three",    "four",
                          "five",    "six",     "seven",     "eight",    "nine",
                          "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                          "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"});
        add(ten,
            20,
            10,
            {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"});
        add(ten, 20, 0, {"vingts"});
        add(hundred, 100, 0, {"hundred", "cent", "cents"});
        add(small,
            0,
            1,
            {"zéro",
             "un",
             "deux",
             "trois",
             "quatre",
             "cinq",
             "six",
             "sept",
             "huit",
             "neuf",
             "dix",
             "onze",
             "douze",
             "treize",
             "quatorze",
             "quinze",
             "seize"});
        add(ten, 20, 10, {"vingt", "trente", "quarante", "cinquante", "soixante"});
        const auto belongs = [&](std::string_view word, std::string_view language) {
            out.find(fold(word))->second.only = language;
        };
        belongs("cent", "fr");  // "cents" are a coin in English
        belongs("cents", "fr");
        return out;
    }();
    return table;
}

const number_word* number_word_at(const scan& in, std::size_t at) {
    if (at >= in.tokens.size()) return nullptr;
    const auto& one = in.tokens[at];
    if (one.used || one.kind != token_kind::word) return nullptr;
    // "très bien" is no three, "once" no eleven and "ten paciencia" no ten.
    if (in.spoken() == "fr" && (one.plain == "tres" || one.plain == "dos")) return nullptr;
    if (in.spoken() == "en" && one.plain == "once") return nullptr;
    if (in.spoken() == "es" && one.plain == "ten") return nullptr;
    const auto found = number_words().find(one.folded);
    if (found == number_words().end()) return nullptr;
    if (!found->second.only.empty() && found->second.only != in.spoken()) return nullptr;
    return &found->second;
}

// What may stand between number words: "treinta y cinco", "quatre-vingt-dix".
std::size_t after_link(const scan& in, std::size_t at) {
    if (in.any(at, "y", "and", "et", "-")) return at + 1;
    return at;
}

// A run of number words below a thousand; `end` is left where it was if there is none.
std::int64_t below_thousand(const scan& in, std::size_t& end) {
    std::int64_t sum = 0;
    bool any = false;
    std::size_t at = end;
    for (;;) {
        const auto from = any ? after_link(in, at) : at;
        const auto* word = number_word_at(in, from);
        if (word == nullptr) break;
        const auto rest = sum % 100;
        using enum number_part;
        if (word->part == small) {
            const bool score = word->value < 20 && (rest == 60 || rest == 80);  // soixante-dix
            const bool unit = word->value > 0 && word->value < 10 && rest >= 20 && rest % 10 == 0;
            if (any && !(rest == 0 && word->value > 0) && !score && !unit) break;
            sum += word->value;
        } else if (word->part == ten) {
            if (rest == 4 && in.tokens[from].plain.starts_with("vingt")) {
                sum += 76;  // quatre-vingts
            } else if (any && rest != 0) {
                break;
            } else {
                sum += word->value;
            }
        } else if (word->part == hundreds) {
            if (any) break;
            sum += word->value;
        } else if (word->part == hundred) {
            if (sum >= 10) break;
            sum = (sum == 0 ? 1 : sum) * 100;
        } else {
            break;
        }
        any = true;
        at = from + 1;
    }
    if (any) end = at;
    return sum;
}

bool is_k(const scan& in, std::size_t at) {
    return in.is(at, "k") && !(at + 1 < in.tokens.size() && !in.tokens[at + 1].apart &&
                               in.tokens[at + 1].kind != token_kind::sign);
}

// "y medio", "et demi", "and a half": half of what was just multiplied.
std::size_t after_half(const scan& in, std::size_t at) {
    if (in.is(at, "y") && in.any(at + 1, "medio", "media")) return at + 2;
    if (in.is(at, "et") && in.any(at + 1, "demi", "demie")) return at + 2;
    if (in.is(at, "and") && in.is(at + 1, "a") && in.is(at + 2, "half")) return at + 3;
    return at;
}

bool is_plain_figure(const scan& in, std::size_t at, std::size_t digits_max) {
    if (at >= in.tokens.size() || in.tokens[at].used) return false;
    const auto& one = in.tokens[at];
    if (one.kind != token_kind::digits || one.plain.size() > digits_max) return false;
    const auto next = at + 1;
    const bool goes_on = next + 1 < in.tokens.size() && !in.tokens[next].apart &&
                         in.tokens[next].kind == token_kind::sign && !in.tokens[next + 1].apart &&
                         in.tokens[next + 1].kind == token_kind::digits;
    return !goes_on;
}

// ---- figures

char32_t decimal_mark(const reading_rules& rules) {
    const auto language = rules.language.substr(0, rules.language.find('-'));
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols{
        icu::Locale{language.c_str(), rules.country.c_str()}, status};
    if (U_FAILURE(status)) return U'.';
    const auto mark = symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol);
    return mark == icu::UnicodeString{","} ? U',' : U'.';
}

struct figures {
    std::vector<std::string> groups{};
    std::string marks{};  // '.', ',', '\'' or ' ' between them
    std::size_t end{};
};

// All that hangs together: "1,250.50", "2 000".
figures figures_at(const scan& in, std::size_t at) {
    const auto& all = in.tokens;
    figures out{.groups = {all[at].plain}, .end = at + 1};
    const auto is_digits = [&](std::size_t i) {
        return i < all.size() && !all[i].used && all[i].kind == token_kind::digits;
    };
    for (;;) {
        const auto i = out.end;
        if (is_digits(i) && all[i].apart && all[i].plain.size() == 3 &&
            out.marks.find_first_not_of(' ') == std::string::npos && out.groups[0].size() <= 3 &&
            out.groups[0][0] != '0') {
            out.marks += ' ';
            out.groups.push_back(all[i].plain);
            out.end = i + 1;
        } else if (is_digits(i + 1) && !all[i].apart && !all[i + 1].apart && (all[i].plain == "." || all[i].plain == "," || all[i].plain == "'" || all[i].plain == "’")) {
            out.marks += all[i].plain.size() > 1 ? '\'' : all[i].plain[0];
            out.groups.push_back(all[i + 1].plain);
            out.end = i + 2;
        } else {
            return out;
        }
    }
}

// The figures as a number, or nothing if they could be two, or none.
std::optional<std::int64_t> value_of(const figures& of, const reading_rules& rules) {
    const auto& groups = of.groups;
    auto whole_groups = groups.size();
    if (!of.marks.empty()) {
        const char last = of.marks.back();
        const bool threes = std::ranges::all_of(
            groups.begin() + 1, groups.end(), [](const auto& each) { return each.size() == 3; }
        );
        const bool same =
            std::ranges::all_of(of.marks, [&](char each) { return each == of.marks.front(); });
        if (same && threes && groups[0].size() <= 3 && groups[0] != "0") {
            const bool thousands = of.marks.size() > 1 || last == ' ' || last == '\'' ||
                                   static_cast<char32_t>(last) != decimal_mark(rules);
            if (!thousands) return std::nullopt;
        } else {
            if (last != '.' && last != ',') return std::nullopt;
            if (groups.back().size() > 2) return std::nullopt;
            --whole_groups;
            for (std::size_t i = 1; i < whole_groups; ++i) {
                if (groups[i].size() != 3 || of.marks[i - 1] != of.marks[0]) return std::nullopt;
            }
            if (whole_groups > 1 && (of.marks[0] == last || groups[0].size() > 3)) {
                return std::nullopt;
            }
        }
    }
    if (groups[0].size() > 1 && groups[0][0] == '0') return std::nullopt;  // a code
    std::string digits;
    for (std::size_t i = 0; i < whole_groups; ++i) digits += groups[i];
    if (digits.size() > 12) return std::nullopt;
    auto decimals = whole_groups < groups.size() ? groups.back() : std::string{};
    decimals.resize(4, '0');
    const auto value = std::stoll(digits);
    if (value > number_max) return std::nullopt;
    return value * parts_of_one + std::stoll(decimals);
}

}  // namespace

bool is_counted_thing(const scan& in, std::size_t at) {
    static const auto things = [] {
        std::set<std::string, std::less<>> out;
        for (const char* each :
             {"día",       "días",      "semana",   "semanas",     "mes",          "meses",
              "año",       "años",      "hora",     "horas",       "minutos",      "cuota",
              "cuotas",    "pago",      "pagos",    "persona",     "personas",     "señoras",
              "mujeres",   "socias",    "veces",    "vez",         "hijos",        "niños",
              "puntos",    "opción",    "letras",   "day",         "days",         "week",
              "weeks",     "month",     "months",   "year",        "years",        "hour",
              "hours",     "minutes",   "payments", "instalments", "installments", "people",
              "women",     "persons",   "members",  "times",       "kids",         "children",
              "jour",      "jours",     "semaine",  "semaines",    "mois",         "an",
              "ans",       "heure",     "heures",   "minutes",     "échéances",    "mensualités",
              "paiements", "personnes", "femmes",   "membres",     "fois",         "enfants",
              "ciclos",    "préstamos", "loans",    "prêts",       "mensajes",     "messages",
              "clientes",  "clients"}) {
            out.insert(fold(each));
        }
        return out;
    }();
    return at < in.tokens.size() && in.tokens[at].kind == token_kind::word &&
           things.contains(in.tokens[at].folded);
}

std::optional<number_reading> number_at(const scan& in, std::size_t at) {
    if (at >= in.tokens.size() || in.tokens[at].used) return std::nullopt;
    number_reading out{.end = at};
    std::int64_t group = 0;  // what a "mil" would multiply, in ten-thousandths
    bool has_group = false;
    if (in.tokens[at].kind == token_kind::digits) {
        const auto said = figures_at(in, at);
        out.end = said.end;
        out.shaped = !said.marks.empty();
        const auto value = value_of(said, in.rules);
        if (!value) {
            out.unclear = true;
            return out;
        }
        group = *value;
        has_group = true;
        if (is_k(in, out.end)) {
            out.value = group * 1'000;
            out.shaped = true;
            ++out.end;
            out.unclear = out.value / parts_of_one > number_max;
            return out;
        }
    } else {
        const auto units = below_thousand(in, out.end);
        group = units * parts_of_one;
        has_group = out.end > at;
        out.article = has_group && out.end == at + 1 && units == 1;
    }
    std::int64_t total = 0;
    std::int64_t smallest = number_max;  // multipliers only ever grow smaller
    for (;;) {
        const auto* word = number_word_at(in, out.end);
        if (word == nullptr ||
            (word->part != number_part::thousand && word->part != number_part::million) ||
            word->value >= smallest || (!has_group && word->part == number_part::million)) {
            break;
        }
        if (!has_group && in.tokens[out.end].plain == "miles") break;  // "miles de gracias"
        smallest = word->value;
        if (!has_group) group = parts_of_one;
        if (group / parts_of_one > number_max / word->value) {
            out.unclear = true;
            return out;
        }
        total += group * word->value;
        group = 0;
        has_group = false;
        out.shaped = true;
        out.article = false;
        ++out.end;
        if (const auto half = after_half(in, out.end); half != out.end) {
            out.end = half;
            out.value = total + word->value / 2 * parts_of_one;
            return out;
        }
        // What is below: "500", "quinientos"; but not the "3" of "5 mil 3 cuotas".
        auto from = after_link(in, out.end);
        if (is_plain_figure(in, from, 3) && !is_counted_thing(in, from + 1) &&
            in.tokens[from].plain[0] != '0') {
            const auto* next = number_word_at(in, from + 1);
            if (next != nullptr && next->part == number_part::thousand && next->value >= smallest) {
                out.unclear = true;  // "2 mil 3 mil"
            }
            group = std::stoll(in.tokens[from].plain) * parts_of_one;
            has_group = true;
            out.end = from + 1;
        } else {
            auto end = from;
            const auto units = below_thousand(in, end);
            if (end > from && !is_counted_thing(in, end)) {
                group = units * parts_of_one;
                has_group = true;
                out.end = end;
            }
        }
    }
    if (out.end == at) return std::nullopt;
    out.value = total + group;
    return out;
}

std::optional<number_reading> small_number_at(const scan& in, std::size_t at) {
    if (at >= in.tokens.size() || in.tokens[at].used) return std::nullopt;
    number_reading out{.end = at};
    if (in.tokens[at].kind == token_kind::digits) {
        if (in.tokens[at].plain.size() > 4) return std::nullopt;
        out.value = std::stoll(in.tokens[at].plain) * parts_of_one;
        out.end = at + 1;
        return out;
    }
    const auto units = below_thousand(in, out.end);
    if (out.end == at || units > 31) return std::nullopt;
    out.value = units * parts_of_one;
    out.article = units == 1;
    return out;
}

}  // namespace tertulia::dialogs
