#include "dialogs/understanding/rests.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/understanding/entity_readers.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace tertulia::dialogs {
namespace {

using std::chrono::sys_days;

constexpr int count_max = 400;  // of days, weeks or months; more is no rest
constexpr std::size_t words_before = 3;  // between "until" and its day: "hasta el día lunes"

enum class unit : std::uint8_t { day, week, half_month, month, year };

class rest_reader {
public:
    explicit rest_reader(scan& in) : in_{in}, today_{in.rules.today} {
        // Before the days, which use words up.
        for (std::size_t at = 0; at < in_.tokens.size(); ++at) {
            how_long(at);
            this_or_next(at);
            month_by_name(at);
            feast(at);
            after_the(at);
        }
        read_dates(in_);
        begins_later();
        for (const auto& one : in_.found) named_day(one);
    }

    // What she says "until" of, else how long, else a day.
    [[nodiscard]] std::optional<civil_date> over() const {
        if (until_) return until_;
        return lasts_ ? lasts_ : on_;
    }

private:
    void later(std::optional<civil_date>& of, civil_date day) const {
        if (day.ok() && day > today_) of = std::max(of, std::optional{day});
    }
    [[nodiscard]] civil_date first_of_month(int ahead) const {
        return (std::chrono::year_month{today_.year(), today_.month()} + std::chrono::months{ahead}) /
               std::chrono::day{1};
    }
    [[nodiscard]] civil_date monday() const {
        const auto weekday = std::chrono::weekday{sys_days{today_}};
        return plus_days(today_, 8 - static_cast<int>(weekday.iso_encoding()));
    }
    // As it sounds: "asta", "jusqu'en", "til".
    [[nodiscard]] bool is_until(std::size_t at) const {
        return in_.any(at, "hasta", "asta", "until", "till", "til", "antes", "before", "avant", "jusqu", "jusque");
    }
    [[nodiscard]] bool is_after(std::size_t at) const {
        return in_.any(at, "despues", "pasado", "after", "apres", "past");
    }
    [[nodiscard]] bool said_before(std::size_t at, bool (rest_reader::*what)(std::size_t) const) const {
        for (std::size_t back = 1; back <= words_before + 1 && back <= at; ++back) {
            if ((this->*what)(at - back)) return true;
        }
        return false;
    }
    // "vuelvan a escribirme en octubre": the month is when it is over, and not what it lasts.
    [[nodiscard]] bool begins_again(std::size_t end) const {
        for (std::size_t at = 0; at < end; ++at) {
            const auto& word = in_.tokens[at].plain;
            if (word.starts_with("vuelv") || in_.any(at, "again", "back", "resume", "reprenez", "recommencez")) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] std::optional<unit> unit_at(std::size_t at) const {
        if (in_.any(at, "dia", "dias", "diitas", "day", "days", "jour", "jours")) return unit::day;
        if (in_.any(at, "semana", "semanas", "semanita", "semanitas", "week", "weeks", "semaine", "semaines")) return unit::week;
        if (in_.any(at, "quincena", "fortnight", "quinzaine")) return unit::half_month;
        if (in_.any(at, "mes", "meses", "mesesito", "month", "months", "mois")) return unit::month;
        if (in_.any(at, "ano", "año", "anos", "años", "year", "years", "an", "ans", "annee")) return unit::year;
        return std::nullopt;
    }
    [[nodiscard]] civil_date after(std::int64_t count, unit of) const {
        const auto times = static_cast<int>(count);
        switch (of) {
            case unit::day: return plus_days(today_, times);
            case unit::week: return plus_days(today_, 7 * times);
            case unit::half_month: return plus_days(today_, 15 * times);
            case unit::month: return plus_months(today_, times);
            case unit::year: return plus_months(today_, 12 * times);
        }
        return today_;
    }

    // "dos semanas", "un mes", "un par de días", "half a month". Not what was ("hace dos semanas").
    void how_long(std::size_t at) {
        if (at > 0 && in_.any(at - 1, "hace", "ase", "ya", "half")) return;
        std::int64_t count = 0;
        auto end = at;
        if (in_.any(at, "medio", "half", "demi")) {
            end = in_.is(at + 1, "a") ? at + 2 : at + 1;
            if (unit_at(end) == unit::month) later(lasts_, after(1, unit::half_month));
            return;
        }
        if (in_.any(at, "par", "couple")) {
            count = 2;
            end = in_.any(at + 1, "de", "of") ? at + 2 : at + 1;
        } else if (in_.is(at, "a")) {
            count = 1;
            end = at + 1;
        } else if (const auto said = small_number_at(in_, at)) {
            if (!said->whole()) return;
            count = said->count();
            end = said->end;
        }
        const auto of = unit_at(end);
        if (!of || count < 1 || count > count_max || in_.is(end + 1, "ago")) return;
        const bool and_half = of == unit::month && in_.any(end + 1, "y", "et", "and") &&
                              in_.any(end + 2, "medio", "demi", "half");
        later(lasts_, plus_days(after(count, *of), and_half ? 15 : 0));
    }

    // "esta semana", "este mes"; "hasta la otra semana", "until next month", "l'année prochaine".
    void this_or_next(std::size_t at) {
        const auto of = unit_at(at);
        if (!of || at == 0) return;
        const bool now = in_.any(at - 1, "esta", "este", "this", "cette", "ce");
        const bool next = in_.any(at - 1, "otra", "otro", "proxima", "proximo", "siguiente", "next") ||
                          in_.any(at + 1, "prochaine", "prochain", "proxima", "proximo", "entrante") ||
                          (in_.any(at + 1, "que", "qui") && in_.any(at + 2, "viene", "biene", "entra", "vient"));
        if (!now && !(next && said_before(at, &rest_reader::is_until))) return;
        auto& into = now ? lasts_ : until_;
        if (of == unit::week) later(into, monday());
        if (of == unit::month) later(into, first_of_month(1));
        if (of == unit::year) later(into, (today_.year() + std::chrono::years{1}) / 1 / 1);
    }

    // "hasta enero" is over on its first day, "en diciembre" on the first of the month after it.
    void month_by_name(std::size_t at) {
        const auto month = month_at(in_, at);
        if (!month) return;
        auto first = civil_date{today_.year() / std::chrono::month{*month} / 1};
        const bool until = said_before(at, &rest_reader::is_until) || begins_again(at);
        if (until) {
            auto year = at + 1;
            if (in_.any(year, "de", "del", "of")) ++year;
            const bool that_year = year < in_.tokens.size() && in_.tokens[year].plain.size() == 4 &&
                                   in_.tokens[year].plain.starts_with("20");
            if (that_year) {
                first = civil_date{std::chrono::year{std::stoi(in_.tokens[year].plain)}, first.month(), first.day()};
            } else if (first <= today_ && !(first.month() == today_.month() && is_end_said(at))) {
                first += std::chrono::years{1};
            }
            const bool through = said_before(at, &rest_reader::is_after) || is_end_said(at);
            const bool middle = said_before(at, &rest_reader::is_middle);
            later(until_, through ? civil_date{first + std::chrono::months{1}} : plus_days(first, middle ? 15 : 0));
            return;
        }
        if (at == 0 || !in_.any(at - 1, "en", "in", "durante", "during", "todo", "mes", "de", "of")) return;
        if (first.month() < today_.month()) first += std::chrono::years{1};
        later(lasts_, first + std::chrono::months{1});
    }

    [[nodiscard]] bool is_end(std::size_t at) const {
        return in_.any(at, "finales", "fines", "final", "fin", "end");
    }
    [[nodiscard]] bool is_end_said(std::size_t at) const {
        return said_before(at, &rest_reader::is_end);
    }
    [[nodiscard]] bool is_middle(std::size_t at) const {
        return in_.any(at, "mediados", "mitad", "mid", "middle", "mi");
    }

    // The first of January and Christmas, by which people reckon.
    void feast(std::size_t at) {
        const auto new_year = civil_date{(today_.year() + std::chrono::years{1}) / 1 / 1};
        const bool is_new_year = (in_.any(at, "ano", "año") && in_.is(at + 1, "nuevo")) ||
                                 (in_.is(at, "new") && in_.is(at + 1, "year")) ||
                                 (in_.is(at, "nouvel") && in_.is(at + 1, "an"));
        const bool is_year_end = is_end(at) && (unit_at(at + 2) == unit::year || unit_at(at + 3) == unit::year);
        if (is_new_year || is_year_end) later(until_, new_year);
        // "hasta el fin de semana": and it is Monday.
        if (in_.is(at, "weekend") || (in_.is(at, "fin") && unit_at(at + 2) == unit::week)) later(until_, monday());
        if (!in_.any(at, "navidad", "nabidad", "christmas", "noel")) return;
        auto on = civil_date{today_.year() / 12 / 25};
        if (on <= today_) on += std::chrono::years{1};
        const bool that_day = said_before(at, &rest_reader::is_until) && !said_before(at, &rest_reader::is_after);
        later(until_, plus_days(on, that_day ? 0 : 1));
    }

    // "después del 15", "jusqu'au 15", "hasta 15", which are no days of dates.cpp's: that would be "el 15".
    void after_the(std::size_t at) {
        if (!is_after(at) && !is_until(at)) return;
        auto from = at + 1;
        while (in_.any(from, "'", "’", "el", "al", "del", "au", "le", "the", "dia")) ++from;
        const auto said = small_number_at(in_, from);
        if (!said || !said->whole() || said->count() < 1 || said->count() > 31) return;
        if (unit_at(said->end) || in_.any(said->end, "/", "-", ":", "am", "pm")) return;
        if (month_at(in_, in_.any(said->end, "de", "of") ? said->end + 1 : said->end)) return;
        const auto day = std::chrono::day{static_cast<unsigned>(said->count())};
        for (int ahead = 0; ahead <= 2; ++ahead) {
            const auto first = first_of_month(ahead);
            const civil_date on{first.year(), first.month(), day};
            if (!on.ok() || on <= today_) continue;
            later(until_, plus_days(on, is_after(at) ? 1 : 0));
            return;
        }
    }

    // "dos semanas desde el lunes": counted from that day.
    void begins_later() {
        for (const auto& one : in_.found) {
            const auto day = parse_iso_date(one.value);
            if (!day || *day <= today_ || !lasts_) continue;
            if (begins_on(one)) lasts_ = plus_days(*lasts_, days_between(today_, *day));
        }
    }
    [[nodiscard]] bool is_from(std::size_t at) const {
        return in_.any(at, "desde", "partir", "from", "starting", "depuis", "des");
    }

    // "desde el viernes", and not the Sunday of "desde el viernes hasta el domingo".
    [[nodiscard]] bool begins_on(const found_entity& day) const {
        return said_before(day.first, &rest_reader::is_from) && !said_before(day.first, &rest_reader::is_until);
    }

    void named_day(const found_entity& one) {
        const auto day = parse_iso_date(one.value);
        if (!day || *day < today_ || begins_on(one)) return;
        if (said_before(one.first, &rest_reader::is_after)) return later(until_, plus_days(*day, 1));
        if (said_before(one.first, &rest_reader::is_until)) {
            return later(until_, *day == today_ ? plus_days(*day, 1) : *day);
        }
        // "hoy y mañana no me escriban" are days of rest, "escríbame el 15" ends one.
        const bool rests = *day <= plus_days(today_, 1);
        later(on_, rests ? plus_days(*day, 1) : *day);
    }

    scan& in_;
    civil_date today_;
    std::optional<civil_date> until_{};
    std::optional<civil_date> lasts_{};
    std::optional<civil_date> on_{};
};

}  // namespace

std::optional<civil_date> end_of_rest(std::string_view text, const reading_rules& rules) {
    if (!rules.today.ok()) return std::nullopt;
    text = text.substr(0, entity_bytes_max);
    scan in{.rules = rules, .tokens = tokens_of(text), .text = text};
    return rest_reader{in}.over();
}

std::optional<civil_date> rest_answered(std::string_view text, const reading_rules& rules) {
    if (const auto over = end_of_rest(text, rules)) return over;
    return end_of_rest("hasta el " + std::string{text.substr(0, entity_bytes_max)}, rules);
}

bool names_a_rest(std::string_view text, std::string_view language) {
    return end_of_rest(text, {.language = std::string{language}, .today = std::chrono::year{2026} / 1 / 1})
        .has_value();
}

}  // namespace tertulia::dialogs
