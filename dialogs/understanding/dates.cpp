// Dates, from today on unless she speaks of what is past ("pagué el viernes"). A weekday is its
// next one after today; "este viernes" may be today; "el otro viernes" and "friday week" are the
// one after the next; "el jueves de la otra semana" is that of the next calendar week, which begins
// on Monday. A weekday that contradicts its day ("lunes 30" where the 30th is a Tuesday) is none.
// A quincena ends, and is paid, on the 15th and on the last of a month.

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace tertulia::dialogs {
namespace {

using std::chrono::sys_days;

constexpr int years_away_max = 20;
constexpr int days_away_max = 3'650;

template <std::size_t Count>
using names = std::array<std::array<std::string_view, 6>, Count>;

// Monday first; folded, so that "miercoles", "biernes" and "lunez" are found.
constexpr names<7> weekdays{{
    {"lunes", "lun", "monday", "lundi", "mon"},
    {"martes", "tuesday", "mardi", "tues"},
    {"miércoles", "wednesday", "mercredi", "wensday"},
    {"jueves", "thursday", "jeudi", "thurs"},
    {"viernes", "friday", "vendredi", "vier", "fri"},
    {"sábado", "saturday", "samedi"},
    {"domingo", "sunday", "dimanche"},
}};
constexpr names<12> months{{
    {"enero", "january", "janvier", "ene", "jan"},
    {"febrero", "february", "février", "feb"},
    {"marzo", "march", "mars"},
    {"abril", "april", "avril", "abr", "apr"},
    {"mayo", "may", "mai"},
    {"junio", "june", "juin", "jun"},
    {"julio", "july", "juillet", "jul"},
    {"agosto", "august", "août", "ago", "aug"},
    {"septiembre", "september", "septembre", "setiembre", "sept", "sep"},
    {"octubre", "october", "octobre", "oct"},
    {"noviembre", "november", "novembre", "nov"},
    {"diciembre", "december", "décembre", "dic", "dec"},
}};

// Every spelling of a table, and which of it that is: as it is written, and as it sounds; of short
// forms only the exact letters.
struct spellings {
    template <std::size_t Count>
    explicit spellings(const names<Count>& table) {
        for (unsigned i = 0; i < Count; ++i) {
            for (const auto name : table[i]) {
                if (name.empty()) continue;
                plain.try_emplace(normalise(name), i);
                if (name.size() > 4) folded.try_emplace(fold(name), i);
            }
        }
    }
    std::unordered_map<std::string, unsigned> plain{};
    std::unordered_map<std::string, unsigned> folded{};
};

template <const auto& Table>
std::optional<unsigned> index_in(const scan& in, std::size_t at) {
    static const spellings all{Table};
    if (at >= in.tokens.size() || in.tokens[at].used) return std::nullopt;
    const auto& one = in.tokens[at];
    if (one.kind != token_kind::word || one.plain.size() < 3) return std::nullopt;
    if (const auto found = all.plain.find(one.plain); found != all.plain.end()) return found->second;
    const auto found = all.folded.find(one.folded);
    return found == all.folded.end() ? std::nullopt : std::optional{found->second};
}

bool ends_accented(std::string_view written) noexcept {
    return written.ends_with("ó") || written.ends_with("Ó") || written.ends_with("é") ||
           written.ends_with("É");
}

// Words that are past or not by an accent she may have left out, or by who is said to do it.
enum class tense : std::uint8_t { past, present, by_itself };

tense tense_of(const scan& in, std::size_t at) {
    if (in.any(at, "paie", "paies", "paient")) return tense::present;
    if (in.any(at, "pago", "deposito", "paye", "verse", "depose")) {
        if (ends_accented(in.written(at))) return tense::past;
        // "mi esposo deposito ayer", but "le deposito el viernes", "je le paye vendredi".
        auto before = at;
        while (before > 0 && in.any(before - 1, "le", "les", "lo", "la", "l", "vous", "'", "’")) {
            --before;
        }
        const bool mine = before > 0 && in.any(before - 1, "je", "on", "nous", "yo", "que");
        if (in.is(at, "pago")) return tense::present;
        if (mine || (before == 0 && in.is(at, "deposito"))) return tense::present;
    }
    return tense::by_itself;
}

// "pagué el viernes", and not "pago el viernes"; "j'ai payé vendredi", and not "je paie vendredi".
bool speaks_of_the_past(const scan& in) {
    static const auto done = [] {
        std::set<std::string, std::less<>> out;
        for (const char* each :
             {"pagué", "deposité", "aboné",  "fui",   "hice",      "mandé", "cancelé", "pagó",
              "fue",   "depositó", "paid",   "payed", "deposited", "went",  "sent",    "was",
              "payé",  "versé",    "déposé", "était", "vine",      "llegué"}) {
            out.insert(fold(each));
        }
        return out;
    }();
    // "i'll have it paid by friday", "je serai payée vendredi", "i get paid on friday" are to come.
    static constexpr auto to_come = std::to_array<std::string_view>(
        {"voy",     "puedo", "podre", "pagare",  "will",  "ll",    "can",   "going", "get",
         "getting", "vais",  "peux",  "pourrai", "serai", "toca",  "hasta"}
    );
    bool past = false;
    for (std::size_t at = 0; at < in.tokens.size(); ++at) {
        const auto& each = in.tokens[at];
        if (each.kind != token_kind::word) continue;
        if (std::ranges::find(to_come, each.plain) != to_come.end()) return false;
        const auto when = tense_of(in, at);
        if (when == tense::present) return false;
        // "page" is how pagué and pago sound alike: the accent, or the other words, must tell.
        past = past || when == tense::past || done.contains(each.folded);
    }
    return past;
}

class date_reader {
public:
    explicit date_reader(scan& in) : in_(in), today_(in.rules.today), past_(speaks_of_the_past(in)) {}

    void run() {
        for (std::size_t at = 0; at < in_.tokens.size(); ++at) {
            if (in_.tokens[at].used) continue;
            if (iso(at) || written_in_figures(at) || day_and_month(at) || by_name(at) ||
                week_and_day(at) || by_weekday(at) || in_some_time(at) || end_of_month(at) ||
                quincena(at) || day_of_month(at)) {
                continue;
            }
        }
    }

private:
    // ---- what the readers share

    bool take(std::size_t first, std::size_t end, std::optional<civil_date> day) {
        const bool near =
            day && day->ok() && std::abs(days_between(today_, *day)) <= years_away_max * 366;
        in_.take(entity_kind::date, first, end, near ? iso_date(*day) : std::string{});
        return true;
    }

    [[nodiscard]] unsigned weekday_of(civil_date day) const {
        return std::chrono::weekday{sys_days{day}}.iso_encoding() - 1;
    }

    // The day and month nearest ahead, or behind when she speaks of the past.
    [[nodiscard]] std::optional<civil_date> without_year(unsigned day, unsigned month) const {
        const auto this_year = static_cast<int>(today_.year());
        for (int step = 0; step <= 8; ++step) {  // the 29th of February comes rarely
            const auto year = past_ ? this_year - step : this_year + step;
            const civil_date made{
                std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
            if (!made.ok()) {
                if (day == 29 && month == 2) continue;
                return std::nullopt;
            }
            if (past_ ? made <= today_ : made >= today_) return made;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<unsigned> figure(std::size_t at, std::size_t digits_max) const {
        if (at >= in_.tokens.size() || in_.tokens[at].used) return std::nullopt;
        const auto& one = in_.tokens[at];
        if (one.kind != token_kind::digits || one.plain.size() > digits_max) return std::nullopt;
        return static_cast<unsigned>(std::stoul(one.plain));
    }

    [[nodiscard]] std::optional<int> year(std::size_t at) const {
        const auto said = figure(at, 4);
        if (!said) return std::nullopt;
        const auto digits = in_.tokens[at].plain.size();
        if (digits == 4) return static_cast<int>(*said);
        if (digits == 2) return 2000 + static_cast<int>(*said);
        return std::nullopt;
    }

    [[nodiscard]] static civil_date made(int year, unsigned month, unsigned day) {
        return civil_date{
            std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    }

    // "el", "para el", "on the": belongs to the words, and is not needed in the text.
    [[nodiscard]] bool article(std::size_t at) const { return in_.any(at, "el", "le", "the"); }

    // ---- one date_reader each

    bool iso(std::size_t at) {
        const auto y = figure(at, 4);
        const auto m = figure(at + 2, 2);
        const auto d = figure(at + 4, 2);
        if (!y || *y < 1900 || !m || !d || !in_.is(at + 1, "-") || !in_.is(at + 3, "-"))
            return false;
        return take(at, at + 5, made(static_cast<int>(*y), *m, *d));
    }

    // 15/12, 15-12-2026, 15.12.26: day first, but in the United States.
    bool written_in_figures(std::size_t at) {
        const auto first = figure(at, 2);
        const auto second = figure(at + 2, 2);
        if (!first || !second || !in_.any(at + 1, "/", "-", ".") || in_.tokens[at + 1].apart ||
            in_.tokens[at + 2].apart) {
            return false;
        }
        const auto& mark = in_.tokens[at + 1].plain;
        std::optional<int> y;
        auto end = at + 3;
        if (in_.is(end, mark) && !in_.tokens[end].apart) {
            y = year(end + 1);
            if (!y) return false;
            end += 2;
        } else if (mark != "/") {
            return false;  // "3-5" is three to five, "3.50" a price
        }
        auto day = *first;
        auto month = *second;
        if (in_.rules.country == "US") std::swap(day, month);
        if (month > 12 && day <= 12) std::swap(day, month);
        const bool part = !y && *first < *second && (*second == 2 || *second == 4) && *first < 4 &&
                          in_.tokens[at].plain.size() == 1 && in_.tokens[at + 2].plain.size() == 1;
        if (part) return take(at, end, std::nullopt);  // "pagué 1/2": a half
        if (month < 1 || month > 12 || day < 1) return take(at, end, std::nullopt);
        return take(at, end, y ? std::optional{made(*y, month, day)} : without_year(day, month));
    }

    // "15 de diciembre", "dec 15th", "1er janvier 2027".
    bool day_and_month(std::size_t at) {
        std::optional<unsigned> day;
        std::optional<unsigned> month = index_in<months>(in_, at);
        auto end = at + 1;
        if (month) {
            day = figure(end, 2);
            if (!day) return false;
            end = after_ordinal(end + 1);
        } else {
            auto from = at;
            day = day_number(from);
            if (!day) return false;
            end = from;
            if (in_.any(end, "de", "of")) ++end;
            month = index_in<months>(in_, end);
            if (!month) return false;
            ++end;
        }
        auto with_year = end;
        if (in_.any(with_year, "de", "del", ",")) ++with_year;
        const auto y = figure(with_year, 4);
        if (y && in_.tokens[with_year].plain.size() == 4) {
            return take(at, with_year + 1, made(static_cast<int>(*y), *month + 1, *day));
        }
        return take(at, end, without_year(*day, *month + 1));
    }

    [[nodiscard]] std::size_t after_ordinal(std::size_t at) const {
        return in_.any(at, "th", "st", "nd", "rd", "er", "º", "ª") && !in_.tokens[at].apart ? at + 1
                                                                                            : at;
    }

    // "15", "15th", "1er", "primero", "quince"; moves `at` behind it.
    std::optional<unsigned> day_number(std::size_t& at) const {
        if (in_.any(at, "primero", "premier", "first")) {
            ++at;
            return 1;
        }
        const auto said = small_number_at(in_, at);
        if (!said || said->article || said->count() < 1 || said->count() > 31) return std::nullopt;
        at = after_ordinal(said->end);
        return static_cast<unsigned>(said->count());
    }

    bool by_name(std::size_t at) {
        const auto day = [&](std::size_t end, int away) {
            return take(at, end, plus_days(today_, away));
        };
        if (in_.is(at, "pasado") && in_.any(at + 1, "manana", "mañana")) return day(at + 2, 2);
        if (in_.any(at, "pasadomañana", "pasadomanana")) return day(at + 1, 2);
        if (in_.is(at, "day") && in_.is(at + 1, "after") && is_tomorrow(at + 2)) {
            return day(at + 3, 2);
        }
        if (in_.is(at, "day") && in_.is(at + 1, "before") && in_.is(at + 2, "yesterday")) {
            return day(at + 3, -2);
        }
        if (in_.is(at, "apres")) {
            const auto next = in_.is(at + 1, "-") ? at + 2 : at + 1;
            if (in_.is(next, "demain")) return day(next + 1, 2);
        }
        if (in_.is(at, "avant")) {
            const auto next = in_.is(at + 1, "-") ? at + 2 : at + 1;
            if (in_.is(next, "hier")) return day(next + 1, -2);
        }
        if (in_.any(at, "anteayer", "antier", "antes") &&
            (!in_.is(at, "antes") || in_.is(at + 2, "ayer"))) {
            return day(in_.is(at, "antes") ? at + 3 : at + 1, -2);
        }
        if (in_.any(at, "manana", "mañana", "mñn", "mñana")) {
            if (is_morning(at)) return false;
            return day(at + 1, 1);
        }
        if (is_tomorrow(at) || in_.is(at, "demain")) return day(at + 1, 1);
        if (in_.any(at, "hoy", "today", "hoi") || (in_.is(at, "oy") && in_.spoken() == "es")) {
            return day(at + 1, 0);
        }
        if (in_.is(at, "tonight")) return day(at + 1, 0);
        if (in_.is(at, "aujourd")) {
            const auto next = in_.any(at + 1, "'", "’") ? at + 2 : at + 1;
            return day(in_.is(next, "hui") ? next + 1 : at + 1, 0);
        }
        if (in_.any(at, "aujourdhui", "ajourdhui", "aujourd´hui")) return day(at + 1, 0);
        if (in_.any(at, "ayer", "yesterday", "hier")) {
            return day(at + 1, -1);
        }
        return false;
    }

    [[nodiscard]] bool is_tomorrow(std::size_t at) const {
        return in_.any(at, "tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr");
    }

    // "en la mañana", "de la mañana", "esta mañana".
    [[nodiscard]] bool is_morning(std::size_t at) const {
        return at > 0 && (in_.is(at - 1, "esta") ||
                          (in_.is(at - 1, "la") &&
                           (at == 1 || in_.tokens[at - 2].kind != token_kind::word ||
                            in_.tokens[at - 2].plain == "en" || in_.tokens[at - 2].plain == "de" ||
                            in_.tokens[at - 2].plain == "por" || in_.tokens[at - 2].plain == "x")));
    }

    bool by_weekday(std::size_t at) {
        auto from = at;
        bool other = false;
        bool this_one = false;
        bool last = false;
        if (article(from) && in_.any(from + 1, "otro", "siguiente", "proximo", "pasado")) {
            other = in_.is(from + 1, "otro");
            last = in_.is(from + 1, "pasado");
            from += 2;
        } else if (in_.any(from, "next", "last", "this", "este", "proximo", "otro", "ce", "hoy")) {
            last = in_.is(from, "last");
            this_one = in_.any(from, "this", "este", "ce");
            other = in_.is(from, "otro");
            ++from;
        } else if (article(from) || in_.any(from, "on")) {
            ++from;
        }
        const auto which = index_in<weekdays>(in_, from);
        if (!which || (in_.is(from, "mon") && in_.spoken() != "en") || (in_.is(from, "sept"))) {
            return false;
        }
        auto end = from + 1;
        // With its day: "lunes 30 de noviembre", "friday the 15th".
        auto number = end;
        if (in_.any(number, ",", "the", "le", "el")) ++number;
        auto after = number;
        if (const auto day = day_number(after);
            day && !is_clock(number, after) && !is_counted_thing(in_, after)) {
            return weekday_with_day(at, *which, *day, after);
        }
        if (in_.any(end, "pasado", "dernier", "passe")) {
            last = true;
            ++end;
        } else if (in_.is(end, "que") && in_.any(end + 1, "viene", "biene", "entra")) {
            end += 2;
        } else if (in_.is(end, "que") && in_.any(end + 1, "paso", "pasado")) {
            last = true;
            end += 2;
        } else if (in_.any(end, "proximo", "prochain")) {
            ++end;
        } else if (in_.any(end, "week")) {
            other = true;
            ++end;
        } else if (in_.is(end, "en") && in_.any(end + 1, "ocho", "8", "huit") &&
                   !in_.any(end + 2, "dias", "jours")) {
            other = true;  // "viernes en ocho"
            end += 2;
        }
        if (const auto weeks = week_of_day(end)) return take(at, end, day_in_week(*which, *weeks));
        const auto today = weekday_of(today_);
        int away = static_cast<int>((*which + 7 - today) % 7);
        if (last || (past_ && !other && !this_one)) {
            away = away == 0 ? -7 : away - 7;
        } else if (this_one && past_) {
            away = away == 0 ? 0 : away - 7;
        } else {
            if (away == 0 && !this_one && !in_.is(at, "hoy")) away = 7;
            if (other) away += 7;
        }
        return take(at, end, plus_days(today_, away));
    }

    // ---- a weekday of a week she names

    [[nodiscard]] civil_date day_in_week(unsigned which, int weeks) const {
        const int monday = -static_cast<int>(weekday_of(today_));
        return plus_days(today_, monday + 7 * weeks + static_cast<int>(which));
    }

    [[nodiscard]] bool week_word(std::size_t at) const {
        return in_.any(at, "semana", "semanita", "cemana", "week", "semaine");
    }

    // "la otra semana", "next week", "la semaine dernière": how many weeks from this one; moves
    // `at` behind it. Not "l'autre semaine", which is either.
    std::optional<int> week_said(std::size_t& at) const {
        auto from = at;
        const auto said = [&](std::size_t end, int weeks) {
            at = end;
            return std::optional{weeks};
        };
        if (in_.any(from, "esta", "this", "cette") && week_word(from + 1)) return said(from + 2, 0);
        if (in_.any(from, "la", "the")) ++from;
        if (in_.any(from, "otra", "proxima", "siguiente", "next", "following", "prochaine") &&
            week_word(from + 1)) {
            const bool twice = in_.is(from + 2, "que") && in_.any(from + 3, "viene", "biene", "entra");
            return said(twice ? from + 4 : from + 2, 1);
        }
        if (in_.any(from, "last", "pasada", "derniere") && week_word(from + 1)) {
            return said(from + 2, -1);
        }
        if (from == at || !week_word(from)) return std::nullopt;
        ++from;
        if (in_.any(from, "proxima", "siguiente", "entrante", "prochaine", "suivante")) {
            return said(from + 1, 1);
        }
        if (in_.any(from, "pasada", "derniere", "passee")) return said(from + 1, -1);
        if (in_.any(from, "que", "qui")) {
            if (in_.any(from + 1, "viene", "biene", "entra", "sigue", "vient")) return said(from + 2, 1);
            if (in_.any(from + 1, "paso", "pasada")) return said(from + 2, -1);
        }
        return std::nullopt;
    }

    // Behind a weekday: "de la otra semana", "of next week". Without "de" only as the last of what
    // she says: "pago el viernes la otra semana no puedo" are two things.
    std::optional<int> week_of_day(std::size_t& at) const {
        const bool bound = in_.any(at, "de", "of");
        auto from = bound ? at + 1 : at;
        const bool english = in_.any(from, "next", "this", "last");
        const auto weeks = week_said(from);
        if (!weeks) return std::nullopt;
        const bool last = from >= in_.tokens.size() || in_.tokens[from].kind == token_kind::sign;
        if (!bound && !english && !last) return std::nullopt;
        at = from;
        return weeks;
    }

    // "la otra semana, el jueves", "next week's friday", "la semaine prochaine, jeudi". Not behind
    // a denial: "no puedo la otra semana, el jueves sí" names another Thursday.
    bool week_and_day(std::size_t at) {
        auto from = at;
        const auto weeks = week_said(from);
        if (!weeks) return false;
        for (std::size_t before = 0; before < at; ++before) {
            if (in_.any(before, "no", "not", "t", "ne", "pas")) return false;
        }
        if (in_.any(from, "'", "’") && in_.is(from + 1, "s")) from += 2;
        if (in_.is(from, ",")) ++from;
        if (article(from) || in_.is(from, "on")) ++from;
        const auto which = index_in<weekdays>(in_, from);
        if (!which || in_.tokens[from].plain.size() < 4) return false;
        return take(at, from + 1, day_in_week(*which, *weeks));
    }

    bool weekday_with_day(std::size_t at, unsigned which, unsigned day, std::size_t end) {
        auto from = end;
        if (in_.any(from, "de", "of")) ++from;
        std::optional<civil_date> made_of;
        if (const auto month = index_in<months>(in_, from)) {
            made_of = without_year(day, *month + 1);
            end = from + 1;
        } else {
            made_of = next_day(day);
        }
        if (made_of && weekday_of(*made_of) != which) made_of = std::nullopt;
        return take(at, end, made_of);
    }

    // "en 3 días", "dentro de una semana", "hace 2 días", "3 days ago", "dans un mois".
    bool in_some_time(std::size_t at) {
        auto from = at;
        bool back = false;
        if (in_.any(from, "en", "in", "dans")) {
            ++from;
        } else if (in_.is(from, "dentro") && in_.is(from + 1, "de")) {
            from += 2;
        } else if (in_.any(from, "hace", "ase")) {
            back = true;
            ++from;
        } else if (in_.is(from, "il") && in_.is(from + 1, "y") && in_.is(from + 2, "a")) {
            back = true;
            from += 3;
        }
        const auto said = count_at(from);
        if (!said) return false;
        const auto unit = said->end;
        auto end = unit + 1;
        const auto count = static_cast<int>(std::min<std::int64_t>(said->count(), 10'000));
        const bool ago = in_.is(end, "ago");
        if (ago && from == at) {
            back = true;
            ++end;
        } else if (from == at) {
            return false;  // "3 días" is how long, not when
        }
        if (count < 1) return false;
        const int sign = back ? -1 : 1;
        if (in_.any(unit, "dia", "dias", "day", "days", "jour", "jours")) {
            if (count > days_away_max) return take(at, end, std::nullopt);
            return take(at, end, plus_days(today_, sign * count));
        }
        if (in_.any(
                unit, "semana", "semanas", "week", "weeks", "semaine", "semaines", "semanita"
            )) {
            if (count > days_away_max / 7) return take(at, end, std::nullopt);
            return take(at, end, plus_days(today_, sign * count * 7));
        }
        if (in_.any(unit, "mes", "meses", "month", "months", "mois")) {
            if (count > days_away_max / 30) return take(at, end, std::nullopt);
            return take(at, end, plus_months(today_, sign * count));
        }
        return false;
    }

    // "3", "tres", "una", "a".
    [[nodiscard]] std::optional<number_reading> count_at(std::size_t at) const {
        if (in_.is(at, "a")) return number_reading{.value = parts_of_one, .end = at + 1};
        return small_number_at(in_, at);
    }

    [[nodiscard]] static civil_date last_of(civil_date day) {
        return civil_date{day.year() / day.month() / std::chrono::last};
    }

    bool end_of_month(std::size_t at) {
        auto from = at;
        if (in_.any(from, "fin", "finales", "final", "fines", "ultimo", "end")) {
            ++from;
        } else {
            return false;
        }
        if (in_.is(from, "dia")) ++from;
        if (in_.any(from, "de", "del", "du", "of")) {
            ++from;
        } else {
            return false;
        }
        if (in_.any(from, "este", "the", "this")) ++from;
        bool next = in_.any(from, "otro", "proximo", "next", "prochain");
        if (next) ++from;
        if (!in_.any(from, "mes", "mois", "month")) return false;
        ++from;
        if (in_.any(from, "proximo", "entrante", "siguiente", "prochain")) {
            next = true;
            ++from;
        } else if (in_.is(from, "que") && in_.any(from + 1, "viene", "biene", "entra")) {
            next = true;
            from += 2;
        }
        const auto month = std::chrono::year_month{today_.year(), today_.month()} +
                           std::chrono::months{next ? 1 : 0};
        return take(at, from, civil_date{month / std::chrono::last});
    }

    // "la otra quincena", "esta quincena", "a fin de quincena": the 15th or the last of the month,
    // whichever comes next. None of what is past or comes again ("la quincena pasada", "cada
    // quincena"), nor of before and after ("antes de la quincena").
    bool quincena(std::size_t at) {
        auto from = at;
        const bool this_one = in_.is(from, "esta");
        if (in_.is(from, "fin") && in_.is(from + 1, "de")) {
            from += 2;
            if (in_.any(from, "esta", "la")) ++from;
        } else {
            if (at > 0 && in_.any(at - 1, "de", "la")) return false;
            if (in_.is(from, "la")) ++from;
            if (in_.any(from, "otra", "proxima", "siguiente") || this_one) ++from;
            if (from == at) return false;
        }
        if (!in_.any(from, "quincena", "kincena", "quinsena")) return false;
        ++from;
        if (past_ || in_.any(from, "pasada", "anterior") ||
            (in_.is(from, "que") && in_.any(from + 1, "paso", "pasada"))) {
            return false;
        }
        if (in_.any(from, "proxima", "entrante", "siguiente")) {
            ++from;
        } else if (in_.is(from, "que") && in_.any(from + 1, "viene", "biene", "entra")) {
            from += 2;
        }
        auto day = this_one ? today_ : plus_days(today_, 1);
        while (day != last_of(day) && day.day() != std::chrono::day{15}) day = plus_days(day, 1);
        return take(at, from, day);
    }

    // The 15th that comes next; in a month that has it.
    [[nodiscard]] std::optional<civil_date> next_day(unsigned day) const {
        for (int step = 0; step <= 12; ++step) {
            const auto month = std::chrono::year_month{today_.year(), today_.month()} +
                               std::chrono::months{past_ ? -step : step};
            const civil_date candidate = month / std::chrono::day{day};
            if (!candidate.ok()) continue;
            if (past_ ? candidate <= today_ : candidate >= today_) return candidate;
        }
        return std::nullopt;
    }

    // "el 15", "le 15", "the 15th", "el día 15", "el primero".
    bool day_of_month(std::size_t at) {
        auto from = at;
        if (article(from)) {
            ++from;
            if (in_.any(from, "dia", "mero")) ++from;
        } else if (in_.is(from, "dia") && !article(from)) {
            ++from;
        } else {
            return false;
        }
        const auto number = from;
        const auto day = day_number(from);
        if (!day) return false;
        const auto& said = in_.tokens[number];
        const bool ordinal = from > number + 1;
        if (in_.is(at, "the") && !ordinal) return false;  // "the 2 of us", "the first one"
        if (said.kind == token_kind::word && !in_.any(from, "de") && from < in_.tokens.size() &&
            in_.any(number, "primero", "premier", "first") && !in_.is(at, "el")) {
            return false;
        }
        if (said.plain == "primero" && from < in_.tokens.size()) return false;  // "el primero que…"
        // "el 3 de enero" is read from its figure on.
        if (index_in<months>(in_, in_.any(from, "de", "of") ? from + 1 : from)) return false;
        // "el 10%", "el 5 mil", "el 8 de la noche", "el 2.50"
        if (in_.any(from, "%", "mil", "k", ":", "/", "por", "percent") ||
            is_counted_thing(in_, from) || is_clock(number, from)) {
            return false;
        }
        if (in_.any(from, ".", ",") && from + 1 < in_.tokens.size() &&
            !in_.tokens[from + 1].apart && in_.tokens[from + 1].kind == token_kind::digits) {
            return false;
        }
        return take(at, from, next_day(*day));
    }

    // Figures that are a time: "viernes 3pm", "viernes 15:30".
    [[nodiscard]] bool is_clock(std::size_t number, std::size_t end) const {
        if (in_.any(end, "am", "pm", ":", "h", "hrs", "heures", "heure")) return true;
        if (in_.any(end, "a", "p") && (in_.is(end + 1, "m") || in_.is(end + 1, "."))) return true;
        if (in_.is(end, "de") && in_.is(end + 1, "la")) {
            return !week_word(end + 2) && !week_word(end + 3);  // "jueves 10 de la otra semana"
        }
        return in_.is(end, "y") && in_.is(end + 1, "media") && number < end;
    }

    scan& in_;
    civil_date today_;
    bool past_{};
};

}  // namespace

std::optional<unsigned> month_at(const scan& in, std::size_t at) {
    const auto which = index_in<months>(in, at);
    return which ? std::optional{*which + 1} : std::nullopt;
}

civil_date plus_months(civil_date day, int months) {
    const auto moved = day + std::chrono::months{months};
    return moved.ok() ? moved : civil_date{moved.year() / moved.month() / std::chrono::last};
}

void read_dates(scan& in) {
    if (in.rules.today.ok()) date_reader{in}.run();
}

}  // namespace tertulia::dialogs
