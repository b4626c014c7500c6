#include "dialogs/understanding/guards.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tertulia::dialogs {
namespace {

// All tables are in folded spelling: v is b, qu is k, h is gone, doubles are one.
constexpr auto denial_words = std::to_array<std::string_view>(
    {"no", "ni", "nunka", "tampoko", "not", "t", "kanot", "ne", "n", "pas", "neber"}
);
constexpr auto abilities =
    std::to_array<std::string_view>({"pued", "pod", "kan", "peu", "pou", "kanot", "alkan", "able"});
constexpr auto payings = std::to_array<std::string_view>(
    {"pag", "abon", "deposit", "kansel", "pai", "paid", "kumplir", "bers"}
);
constexpr auto paid = std::to_array<std::string_view>(
    {"pagado", "page", "pago", "abonado", "deposite", "depositado", "paid", "paie", "pai"}
);
constexpr auto wishes = std::to_array<std::string_view>(
    {"kiero",
     "keremos",
     "kisiera",
     "nesesito",
     "want",
     "nid",
     "beu",
     "beus",
     "boudrais",
     "me interesa"}
);
// Beginnings of words that stop requests are made of. Without one of them "stop" is only asked
// about.
constexpr auto of_messages = std::to_array<std::string_view>(
    {"mensag", "abis",    "eskrib", "mand",  "embi",    "enbi",   "rekordat", "list",  "numer",
     "dat",    "alto",    "baja",   "stop",  "par",     "dege",   "molest",   "text",  "unsub",
     "delet",  "mesag",   "number", "spam",  "desabon", "ekri",   "suprim",   "aret",  "bor",
     "elimin", "kontakt", "rekib",  "resib", "notif",   "remobe", "remind",   "write", "persona", "tekst", "teks",
     "kit",    "basta",   "iam",    "kal",   "apel",    "rapel"}
);

template <class Table>
bool starts_with_any(std::string_view word, const Table& table) {
    return std::any_of(table.begin(), table.end(), [&](std::string_view each) {
        return word.starts_with(each);
    });
}

template <class Table>
bool is_any(std::string_view word, const Table& table) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

// Beginnings again.
constexpr auto refusals = std::to_array<std::string_view>(
    {"kit",
     "remobe",
     "stop",
     "aret",
     "dege",
     "delet",
     "suprim",
     "elimin",
     "unsub",
     "desabon",
     "alto",
     "baja",
     "ekibok",
     "wrong",
     "maubais",
     "basta",
     "pare"}
);
// "no me llegó el mensaje", "no tengo su número": a lack, which is no request to stop.
constexpr auto lacks = std::to_array<std::string_view>(
    {"tengo",
     "tiene",
     "ai",
     "a",
     "e",
     "an",
     "iego",
     "iegan",
     "iega",
     "get",
     "got",
     "have",
     "reseibed",
     "resibi",
     "abe",
     "enkuentro",
     "reku"}
);

// A payment told with one of these is not told for its own sake.
constexpr auto reproaches = std::to_array<std::string_view>(
    {"siguen",
     "sigen",
     "sige",
     "molest",
     "kobran",
     "kobrar",
     "kobrando",
     "kep",
     "boter",
     "kontinu",
     "derang",
     "reklam",
     "why",
     "whi",
     "pourkoi",
     "charg",
     "penal"}
);

// What is paid, beside the payings.
constexpr auto debts = std::to_array<std::string_view>(
    {"kuot", "prestam", "kredit", "loan", "pret", "instal", "repai", "mensualid"}
);

// "no quiero hablar con una máquina", "no quiero que me cobren eso".
constexpr auto said_by_denying = std::to_array<std::string_view>(
    {"complaint",
     "hardship",
     "human",
     "language",
     "verify_us",
     "are_you_a_machine",
     "thanks",
     "greeting",
     "stop",
     "fewer_messages",
     "pause_messages",
     "resume"}
);

constexpr std::size_t reach = 4;  // words between a denial and what it denies

}  // namespace

text_signs signs_of(std::string_view folded) {
    const auto words = words_of(folded);
    text_signs signs;
    bool of_debts = false;
    signs.short_of_words = words.size() <= 3;
    signs.bare_already = folded == "ia" || folded == "ia ia";
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (starts_with_any(words[i], of_messages)) signs.of_messages = true;
        if (words[i].starts_with("paus")) signs.pauses = true;
        if (starts_with_any(words[i], payings) || starts_with_any(words[i], debts)) of_debts = true;
        if (starts_with_any(words[i], refusals)) signs.refuses = true;
        if (starts_with_any(words[i], reproaches)) signs.reproaches = true;
        if (!is_any(words[i], denial_words)) continue;
        // "can't" is "can t": the ability stands before its denial there.
        bool able = words[i] == "kanot" || (i > 0 && words[i - 1] == "kan");
        const auto end = std::min(words.size(), i + 1 + reach);
        bool lack = false;
        for (auto j = i + 1; j < end; ++j) {
            if (starts_with_any(words[j], abilities)) able = true;
            if (able && starts_with_any(words[j], payings)) signs.cannot_pay = true;
            if (!able && j <= i + 2 && is_any(words[j], paid)) signs.has_not_paid = true;
            if (j <= i + 2 && is_any(words[j], lacks)) lack = true;
            if (j <= i + 2 && is_any(words[j], wishes)) signs.wants_not = true;
        }
        if (!lack) signs.refuses = true;
    }
    signs.pauses_payments = signs.pauses && of_debts && !signs.of_messages;
    return signs;
}

double leaning(const text_signs& signs, std::string_view intent) noexcept {
    constexpr double hardly = 0.02;
    constexpr double rather = 20.0;
    if (signs.cannot_pay) {
        if (intent == "hardship") return rather;
        if (intent == "stop" || intent == "pay_report") return hardly;
    }
    if (signs.pauses_payments) {
        if (intent == "hardship") return rather;
        if (intent == "pause_messages") return hardly;
    }
    if (signs.rests && !signs.cannot_pay) {
        if (intent == "pause_messages") return rather;
        if (intent == "stop" || intent == "promise" || intent == "resume") return hardly;
    }
    if (signs.has_not_paid && intent == "pay_report") return hardly;
    return 1.0;
}

bool may_act(const text_signs& signs, std::string_view intent) noexcept {
    if (signs.bare_already) return false;
    if (intent == "stop") return signs.of_messages;
    if (intent == "pause_messages") {  // "un momento" is none
        return signs.of_messages || signs.pauses || !signs.short_of_words;
    }
    if (intent == "resume") return !signs.refuses;
    if (intent == "promise" && signs.refuses) return false;  // "el viernes no puedo"
    if (signs.reproaches && intent == "pay_report") return false;
    // "ya no quiero el préstamo": the words are those of a wish, the meaning is its opposite. That
    // holds of every intent, also of those an operator adds, but for the ones people say so.
    return !signs.wants_not || is_any(intent, said_by_denying);
}

}  // namespace tertulia::dialogs
