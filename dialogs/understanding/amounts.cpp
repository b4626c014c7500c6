// Amounts of money, and the numbers that are left over. A bare figure is an amount only where money
// is spoken of, or where it is the whole message.

#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t bare_amount_min = 20;  // "debo 3": three of what?
constexpr std::int64_t bare_amount_max = 9'999'999;

// ---- currencies

// What was said of the currency. `code` empty: it was said and is not sure ("pesos" in Guatemala).
struct said_currency {
    bool said{};
    std::string_view code{};
    std::size_t end{};
};

bool one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
    return std::ranges::find(codes, code) != codes.end();
}

// The house's own money where a word is that of several countries; else not sure.
std::string_view ours_if(const scan& in, std::initializer_list<std::string_view> codes) {
    const auto house = in.rules.currency.view();
    return one_of(house, codes) ? house : std::string_view{};
}

said_currency currency_word(const scan& in, std::size_t at) {
    const auto end = at + 1;
    if (in.any(
            at,
            "quetzal",
            "quetzales",
            "quetsales",
            "ketzales",
            "ketsales",
            "quetzalitos",
            "qtz",
            "qtzs",
            "gtq",
            "qts"
        )) {
        return {true, "GTQ", end};
    }
    if (in.any(at, "dolar", "dolares", "dollar", "dollars", "usd", "bucks")) {
        const auto ours = ours_if(in, {"CAD", "AUD", "NZD", "LRD", "BBD", "BZD", "JMD"});
        return {true, in.is(at, "usd") || ours.empty() ? "USD" : ours, end};
    }
    if (in.any(at, "lempira", "lempiras", "hnl", "lps")) return {true, "HNL", end};
    if (in.any(at, "cordoba", "cordobas", "nio")) return {true, "NIO", end};
    if (in.any(at, "colon", "colones", "crc")) return {true, "CRC", end};
    if (in.any(at, "soles", "pen")) return {true, "PEN", end};
    if (in.any(at, "bolivianos", "bob")) {
        return in.is(at, "bob") ? said_currency{true, ours_if(in, {"BOB", "KES", "UGX"}), end}
                                : said_currency{true, "BOB", end};
    }
    if (in.any(at, "guaranies", "pyg")) return {true, "PYG", end};
    if (in.any(at, "gourde", "gourdes", "goud", "htg")) return {true, "HTG", end};
    if (in.any(at, "euro", "euros", "eur")) return {true, "EUR", end};
    if (in.any(at, "xof", "xaf")) return {true, in.is(at, "xof") ? "XOF" : "XAF", end};
    if (in.any(at, "franc", "francs", "fcfa", "cfa", "francos")) {
        const auto more = in.any(at, "franc", "francs") && in.is(end, "cfa") ? end + 1 : end;
        return {true, ours_if(in, {"XOF", "XAF", "CDF", "RWF", "BIF", "GNF", "KMF", "DJF"}), more};
    }
    if (in.any(at, "peso", "pesos", "pesitos")) {
        return {true, ours_if(in, {"MXN", "COP", "ARS", "CLP", "DOP", "UYU", "CUP", "PHP"}), end};
    }
    if (in.any(at, "shilling", "shillings", "ksh", "ugx", "kes", "tzs")) {
        return {true, ours_if(in, {"KES", "UGX", "TZS"}), end};
    }
    if (in.any(at, "cedi", "cedis", "ghs")) return {true, "GHS", end};
    if (in.any(at, "naira", "nairas", "ngn")) return {true, "NGN", end};
    if (in.any(at, "mxn", "cop", "dop", "ars")) {
        return {
            true,
            in.is(at, "mxn")   ? "MXN"
            : in.is(at, "cop") ? "COP"
            : in.is(at, "dop") ? "DOP"
                               : "ARS",
            end};
    }
    // Guatemalan for its own money; elsewhere it may be another.
    if (in.any(at, "vara", "varas", "varitas")) return {true, ours_if(in, {"GTQ"}), end};
    // Money as such, of no country.
    if (in.is(at, "de") && in.any(at + 1, "pisto", "dinero", "plata", "billete")) {
        return {true, {}, at + 2};
    }
    if (in.any(at, "baros", "lana", "pisto")) return {true, {}, end};
    return {};
}

// "Q", "$", "L.", "US$": before the figures.
struct sign_before {
    std::string_view code{};
    bool said{};
    std::size_t first{};
};

sign_before currency_before(const scan& in, std::size_t at) {
    sign_before out{.first = at};
    if (at == 0) return out;
    auto i = at - 1;
    const bool dotted =
        in.is(i, ".") && i > 0 && in.tokens[i - 1].kind == token_kind::word && !in.tokens[i].apart;
    if (dotted) --i;
    const bool joined = !in.tokens[i + 1].apart && !in.tokens[at].apart;
    const auto sign = [&](std::string_view code) { return sign_before{code, true, i}; };
    if (in.is(i, "q")) {
        // A "q" that stands alone may be "que".
        const bool certain = joined || dotted || i == 0 || in.rules.currency.view() != "GTQ";
        return certain ? sign("GTQ") : sign_before{{}, false, at};
    }
    if (dotted && !in.any(i, "l", "lps", "rs", "bs")) return out;
    if (in.is(i, "$")) {
        if (i > 0 && in.any(i - 1, "us", "u") && !in.tokens[i].apart) return {"USD", true, i - 1};
        if (i > 0 && in.is(i - 1, "c") && !in.tokens[i].apart) return {"NIO", true, i - 1};
        if (i > 0 && in.is(i - 1, "rd") && !in.tokens[i].apart) return {"DOP", true, i - 1};
        const auto ours =
            ours_if(in, {"MXN", "COP", "ARS", "CLP", "DOP", "UYU", "CAD", "AUD", "NZD"});
        return sign(ours.empty() ? "USD" : ours);
    }
    if (in.is(i, "€")) return sign("EUR");
    if (in.is(i, "£")) return sign("GBP");
    if (in.is(i, "₦")) return sign("NGN");
    if (in.is(i, "₡")) return sign("CRC");
    if (in.any(i, "l", "lps") && in.rules.currency.view() == "HNL") return sign("HNL");
    if (in.is(i, "bs") && in.rules.currency.view() == "BOB") return sign("BOB");
    if (in.any(i, "ksh", "kes")) return sign("KES");
    if (in.any(i, "gtq", "usd", "xof", "hnl", "fcfa", "cfa")) {
        if (const auto word = currency_word(in, i); word.said) return sign(word.code);
    }
    if (in.is(i, "/") && i > 0 && in.is(i - 1, "s")) return {"PEN", true, i - 1};
    return out;
}

said_currency currency_after(const scan& in, std::size_t at) {
    if (at >= in.tokens.size()) return {};
    if (in.is(at, "$")) {
        const auto ours =
            ours_if(in, {"MXN", "COP", "ARS", "CLP", "DOP", "UYU", "CAD", "AUD", "NZD"});
        return {true, ours.empty() ? "USD" : ours, at + 1};
    }
    if (in.is(at, "€")) return {true, "EUR", at + 1};
    if (in.is(at, "q") && (!in.tokens[at].apart || at + 1 == in.tokens.size())) {
        return {true, "GTQ", at + 1};
    }
    if (in.is(at, "f") && (!in.tokens[at].apart || in.is(at + 1, "cfa"))) {
        return {true, ours_if(in, {"XOF", "XAF"}), in.is(at + 1, "cfa") ? at + 2 : at + 1};
    }
    // "un millón de quetzales", "5 mil de los quetzales"
    const auto of = in.is(at, "de") && currency_word(in, at + 1).said ? at + 1 : at;
    return currency_word(in, of);
}

// ---- whether money is spoken of

bool speaks_of_money(const scan& in) {
    static const auto beginnings = std::to_array<std::string_view>(
        {"pag",    "abon",   "depos", "kuot",  "prest",  "kredit",  "deb",    "diner", "plata",
         "sald",   "aor",    "mult",  "mora",  "pai",    "paid",    "loan",   "boro",  "owe",
         "ow",     "money",  "kas",   "balan", "amoun",  "argen",   "emprun", "pret",  "sold",
         "montan", "mont",   "kobr",  "trans", "diner",  "adelan",  "empie",  "presi", "kost",
         "kuest",  "instal", "paim",  "mejor", "solo",   "nesesit", "piez",   "beng",  "mand",
         "enbi",   "lend",   "ahor",  "bers",  "doi",    "dej",     "iebo",   "kiero", "ned",
         "nid",    "want",   "beu",   "boudr", "kisier", "dar",     "eparn",  "save",  "sabe",
         "due",    "deu"}
    );
    return std::ranges::any_of(in.tokens, [&](const token& each) {
        return each.kind == token_kind::word && std::ranges::any_of(beginnings, [&](auto one) {
                   return each.folded.starts_with(one);
               });
    });
}

// "zona 18", "cuota 3", "PIN 482915": a name or a place in a row, no sum.
bool is_named(const scan& in, std::size_t at) {
    if (at == 0) return false;
    auto i = at - 1;
    if (i > 0 && in.any(i, "#", ":", "º", ".", "numero", "no", "num")) --i;
    return in.is(at - 1, "#") ||
           in.any(
               i,
               "zona",
               "z",
               "calle",
               "avenida",
               "av",
               "casa",
               "lote",
               "km",
               "nivel",
               "piso",
               "cuota",
               "ciclo",
               "pin",
               "dpi",
               "cui",
               "nit",
               "clave",
               "codigo",
               "opcion",
               "grupo"
           ) ||
           in.any(
               i,
               "zone",
               "street",
               "house",
               "room",
               "floor",
               "group",
               "cycle",
               "code",
               "option",
               "rue",
               "maison",
               "groupe",
               "choix",
               "ruta",
               "colonia",
               "etapa",
               "sector",
               "bus",
               "cuenta",
               "account",
               "compte"
           ) ||
           in.any(at - 1, "numero", "number", "num");
}

std::string text_of(std::int64_t value) {
    auto out = std::to_string(value / parts_of_one);
    auto decimals = value % parts_of_one;
    if (decimals == 0) return out;
    auto digits = std::to_string(parts_of_one + decimals).substr(1);
    while (digits.back() == '0') digits.pop_back();
    return out + "." + digits;
}

struct minor_units {
    std::int64_t value{};
    currency_code currency{};
    bool known{};  // the currency
};

// Nothing where the currency has no such coin, or nobody has so much.
std::optional<minor_units> in_minor(const scan& in, std::int64_t value, std::string_view code) {
    minor_units out{.currency = in.rules.currency};
    if (!code.empty()) out.known = parse_currency(code, out.currency);
    std::int64_t parts = parts_of_one;
    for (int i = minor_digits(out.currency); i > 0; --i) parts /= 10;
    if (parts == 0 || value % parts != 0) return std::nullopt;
    out.value = value / parts;
    if (out.value <= 0 || out.value > minor_max) return std::nullopt;
    return out;
}

// "con 50 centavos", "y cincuenta centavos": after whole units of money.
std::optional<number_reading> cents_at(const scan& in, std::size_t at) {
    if (!in.any(at, "con", "y", "and", "et")) return std::nullopt;
    auto cents = small_number_at(in, at + 1);
    if (!cents) cents = number_at(in, at + 1);
    if (!cents || !cents->whole() || cents->count() < 1 || cents->count() > 99) return std::nullopt;
    const bool named = in.any(
        cents->end, "centavos", "centavo", "cents", "centimes", "centimos", "len", "lenes", "ctvs"
    );
    if (!named) return std::nullopt;
    cents->value /= 100;
    ++cents->end;
    return cents;
}

class reader {
public:
    explicit reader(scan& in) : in_(in), of_money_(speaks_of_money(in)) {}

    void run() {
        for (std::size_t at = 0; at < in_.tokens.size();) {
            auto said = number_at(in_, at);
            if (!said) {
                ++at;
                continue;
            }
            take(at, *said);
            note_alternatives(said->end);
            at = std::max(at + 1, said->end);
        }
        keep_amounts_of_one_mind();
    }

private:
    void take(std::size_t at, number_reading& said) {
        if (is_courtesy(said.end) || is_share(said)) return;
        auto before = currency_before(in_, at);
        // "q 5 días me faltan": there the q is "que".
        if (in_.is(before.first, "q") && is_counted_thing(in_, said.end)) before = {.first = at};
        const auto after =
            before.said && !before.code.empty() ? said_currency{} : currency_after(in_, said.end);
        const bool has_currency = before.said || after.said;
        // "-500" is no sum, and "500-600" is two.
        const auto first = before.first;
        const bool signed_or_range =
            first > 0 && !in_.tokens[first].apart &&
            (in_.tokens[first - 1].plain == "-" || in_.tokens[first - 1].plain == "–");
        const auto end = after.said ? after.end : said.end;
        if (said.unclear || signed_or_range) {
            // Taken, so that nobody finds a smaller number inside.
            in_.take(entity_kind::amount, first, end, {});
            ambiguous_ = true;
            said.end = end;
            return;
        }
        if (has_currency && !(said.article && !after.said)) {
            auto last = end;
            auto value = said.value;
            if (const auto cents = cents_at(in_, end); cents && said.whole()) {
                value += cents->value;
                last = cents->end;
            }
            amount(first, last, value, before.code.empty() ? after.code : before.code);
            said.end = last;
            return;
        }
        if (glued(at, said.end)) {
            said.end = std::max(said.end, at + 1);
            return;
        }
        const bool counted = is_counted_thing(in_, said.end);
        if (is_named(in_, at) || counted) {
            if (counted && !said.article) number(at, said);
            return;
        }
        const bool whole = is_whole_message(at, said.end);
        if (said.shaped && !said.article) {
            amount(at, said.end, said.value, {});
        } else if (whole) {
            if (said.whole() && !said.article && said.count() <= bare_amount_max &&
                said.count() > 0) {
                amount(at, said.end, said.value, {});
            }
            number(at, said);
        } else if (of_money_ && said.count() >= bare_amount_min && said.count() <= bare_amount_max) {
            amount(at, said.end, said.value, {});
        } else if (!said.article) {
            number(at, said);
        }
    }

    // "mil gracias"
    [[nodiscard]] bool is_courtesy(std::size_t at) const {
        return in_.any(at, "gracias", "grasias", "thanks", "merci", "mercis", "bendiciones");
    }

    // "10 %", "diez por ciento": taken whole, so that no hundred is found in it.
    bool is_share(number_reading& said) {
        auto end = said.end;
        if (in_.is(end, "%")) {
            ++end;
        } else if (in_.any(end, "por", "per") && in_.any(end + 1, "ciento", "cent")) {
            end += 2;
        } else if (in_.any(end, "pour") && in_.is(end + 1, "cent")) {
            end += 2;
        } else if (in_.is(end, "percent")) {
            ++end;
        } else {
            return false;
        }
        said.end = end;
        return true;
    }

    // "500 o 600": two sums, even where only the second is one by its words.
    void note_alternatives(std::size_t end) {
        if (in_.any(end, "o", "u", "or", "ou") && number_at(in_, end + 1)) ambiguous_ = true;
    }

    // Letters at the figures: "A4", "5to", a code.
    [[nodiscard]] bool glued(std::size_t at, std::size_t end) const {
        const auto& all = in_.tokens;
        const bool before = at > 0 && !all[at].apart && all[at - 1].kind == token_kind::word &&
                            all[at].kind == token_kind::digits;
        const bool after = end < all.size() && !all[end].apart &&
                           all[end - 1].kind == token_kind::digits &&
                           all[end].kind == token_kind::word;
        return before || after;
    }

    [[nodiscard]] bool is_whole_message(std::size_t first, std::size_t end) const {
        static const std::set<std::string, std::less<>> around{
            "seño", "por",    "favor",  "porfa", "gracias", "de",      "unos",
            "como", "please", "thanks", "about", "merci",   "environ", "svp",
            "a",    "la",     "el",     "son",   "con",     "no",      "si",
            "solo", "only",   "mejor",  "pues",  "tal",     "ves",     "vez"};
        for (std::size_t i = 0; i < in_.tokens.size(); ++i) {
            if (i >= first && i < end) continue;
            const auto& one = in_.tokens[i];
            if (one.used || one.kind == token_kind::digits) return false;
            if (one.kind == token_kind::word && !around.contains(one.plain)) return false;
        }
        return true;
    }

    void amount(std::size_t first, std::size_t end, std::int64_t value, std::string_view code) {
        const auto minor = in_minor(in_, value, code);
        if (!minor) {
            in_.take(entity_kind::amount, first, end, {});
            return;
        }
        in_.take(
            entity_kind::amount,
            first,
            end,
            std::to_string(minor->value) + " " +
                (minor->known ? std::string{minor->currency.view()} : "-")
        );
    }

    void number(std::size_t at, const number_reading& said) {
        in_.take(entity_kind::number, at, said.end, text_of(said.value));
    }

    // Two different amounts, or one beside something that could be one, are none.
    void keep_amounts_of_one_mind() {
        const auto is_amount = [](const found_entity& each) {
            return each.kind == entity_kind::amount;
        };
        const auto first = std::ranges::find_if(in_.found, is_amount);
        if (first == in_.found.end()) return;
        const auto value = first->value;
        const bool same = std::ranges::all_of(in_.found, [&](const found_entity& each) {
            return !is_amount(each) || each.value == value;
        });
        if (!same || ambiguous_) std::erase_if(in_.found, is_amount);
    }

    scan& in_;
    bool of_money_{};
    bool ambiguous_{};
};

}  // namespace

void read_amounts_and_numbers(scan& in) {
    reader{in}.run();
}

}  // namespace tertulia::dialogs
