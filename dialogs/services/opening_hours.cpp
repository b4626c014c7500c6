#include "dialogs/services/opening_hours.hpp"

#include <unicode/datefmt.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <tao/pegtl.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace tertulia::dialogs {
namespace {

namespace pegtl = tao::pegtl;

constexpr std::size_t text_bytes_max = 200;
constexpr int minutes_a_week = 7 * minutes_a_day;

namespace grammar {

using pegtl::ascii::one;

struct gap : pegtl::star<pegtl::ascii::blank> {};
template <class... Words>
struct word : pegtl::seq<pegtl::sor<Words...>, pegtl::not_at<pegtl::ascii::alpha>> {};
#define TERTULIA_WORD(text) TAO_PEGTL_ISTRING(text)

struct monday : word<
                    TERTULIA_WORD("lunes"),
                    TERTULIA_WORD("lundi"),
                    TERTULIA_WORD("monday"),
                    TERTULIA_WORD("lun"),
                    TERTULIA_WORD("mon"),
                    TERTULIA_WORD("mo")> {};
struct tuesday : word<
                     TERTULIA_WORD("martes"),
                     TERTULIA_WORD("mardi"),
                     TERTULIA_WORD("tuesday"),
                     TERTULIA_WORD("tues"),
                     TERTULIA_WORD("mar"),
                     TERTULIA_WORD("tue"),
                     TERTULIA_WORD("tu")> {};
struct wednesday : word<
                       TERTULIA_WORD("miercoles"),
                       TERTULIA_WORD("mercredi"),
                       TERTULIA_WORD("wednesday"),
                       TERTULIA_WORD("mier"),
                       TERTULIA_WORD("mie"),
                       TERTULIA_WORD("mer"),
                       TERTULIA_WORD("wed"),
                       TERTULIA_WORD("we")> {};
struct thursday : word<
                      TERTULIA_WORD("jueves"),
                      TERTULIA_WORD("jeudi"),
                      TERTULIA_WORD("thursday"),
                      TERTULIA_WORD("thurs"),
                      TERTULIA_WORD("thur"),
                      TERTULIA_WORD("jue"),
                      TERTULIA_WORD("jeu"),
                      TERTULIA_WORD("thu"),
                      TERTULIA_WORD("th")> {};
struct friday : word<
                    TERTULIA_WORD("viernes"),
                    TERTULIA_WORD("vendredi"),
                    TERTULIA_WORD("friday"),
                    TERTULIA_WORD("vier"),
                    TERTULIA_WORD("vie"),
                    TERTULIA_WORD("ven"),
                    TERTULIA_WORD("fri"),
                    TERTULIA_WORD("fr")> {};
struct saturday : word<
                      TERTULIA_WORD("sabado"),
                      TERTULIA_WORD("samedi"),
                      TERTULIA_WORD("saturday"),
                      TERTULIA_WORD("sab"),
                      TERTULIA_WORD("sam"),
                      TERTULIA_WORD("sat"),
                      TERTULIA_WORD("sa")> {};
struct sunday : word<
                    TERTULIA_WORD("domingo"),
                    TERTULIA_WORD("dimanche"),
                    TERTULIA_WORD("sunday"),
                    TERTULIA_WORD("dom"),
                    TERTULIA_WORD("dim"),
                    TERTULIA_WORD("sun"),
                    TERTULIA_WORD("su")> {};
struct a_day : pegtl::seq<
                   pegtl::sor<monday, tuesday, wednesday, thursday, friday, saturday, sunday>,
                   pegtl::opt<one<'.'>>> {};

struct up_to : pegtl::seq<
                   gap,
                   pegtl::sor<
                       one<'-'>,
                       word<
                           TERTULIA_WORD("al"),
                           TERTULIA_WORD("au"),
                           TERTULIA_WORD("a"),
                           TERTULIA_WORD("to"),
                           TERTULIA_WORD("until"),
                           TERTULIA_WORD("hasta")>>,
                   gap> {};
struct and_also : pegtl::seq<
                      gap,
                      pegtl::sor<
                          one<','>,
                          one<'/'>,
                          word<TERTULIA_WORD("y"), TERTULIA_WORD("et"), TERTULIA_WORD("and")>>,
                      gap> {};
struct from_word
    : pegtl::seq<word<TERTULIA_WORD("de"), TERTULIA_WORD("du"), TERTULIA_WORD("from")>, gap> {};

struct days : pegtl::seq<a_day, pegtl::opt<up_to, a_day>> {};
struct all_days : pegtl::list<days, and_also> {};

struct hour : pegtl::rep_min_max<1, 2, pegtl::ascii::digit> {};
struct minute : pegtl::rep<2, pegtl::ascii::digit> {};
struct forenoon : pegtl::sor<TERTULIA_WORD("am"), TERTULIA_WORD("a.m.")> {};
struct afternoon : pegtl::sor<TERTULIA_WORD("pm"), TERTULIA_WORD("p.m.")> {};
struct clock : pegtl::seq<
                   hour,
                   pegtl::opt<one<':', '.', 'h', 'H'>, pegtl::opt<minute>>,
                   pegtl::not_at<pegtl::ascii::digit>,
                   pegtl::opt<gap, pegtl::sor<forenoon, afternoon>>> {};
struct span : pegtl::seq<clock, up_to, clock> {};
struct spans : pegtl::list<span, and_also> {};
struct never : word<
                   TERTULIA_WORD("off"),
                   TERTULIA_WORD("closed"),
                   TERTULIA_WORD("cerrado"),
                   TERTULIA_WORD("ferme")> {};
struct rule : pegtl::seq<
                  pegtl::opt<from_word>,
                  all_days,
                  gap,
                  pegtl::opt<one<':'>, gap>,
                  pegtl::opt<from_word>,
                  pegtl::sor<never, spans>> {};
struct instead : one<';'> {};
struct next_rule : pegtl::seq<gap, pegtl::sor<instead, one<','>>, gap> {};
struct always : TAO_PEGTL_STRING("24/7") {};
struct whole : pegtl::seq<gap, pegtl::sor<always, pegtl::list<rule, next_rule>>, gap, pegtl::eof> {
};

#undef TERTULIA_WORD

}  // namespace grammar

// What one text says, as it is read.
struct read_hours {
    std::vector<int> seen{};       // of `days` at hand: one or two
    std::array<bool, 7> chosen{};  // of the rule at hand
    bool replaces{};               // the rule at hand does, what stood before it
    int hour{};
    int minute{};
    std::vector<int> clocks{};  // of the span at hand
    std::vector<std::pair<int, int>> spans{};
    bool never{};
    std::array<std::vector<std::pair<int, int>>, 7> made{};
    bool impossible{};  // hour 27
};

template <class Rule>
struct action {};

template <int Day>
struct day_action {
    static void apply0(read_hours& into) { into.seen.push_back(Day); }
};
template <>
struct action<grammar::monday> : day_action<0> {};
template <>
struct action<grammar::tuesday> : day_action<1> {};
template <>
struct action<grammar::wednesday> : day_action<2> {};
template <>
struct action<grammar::thursday> : day_action<3> {};
template <>
struct action<grammar::friday> : day_action<4> {};
template <>
struct action<grammar::saturday> : day_action<5> {};
template <>
struct action<grammar::sunday> : day_action<6> {};

template <>
struct action<grammar::days> {
    static void apply0(read_hours& into) {
        for (int day = into.seen.front();; day = (day + 1) % 7) {
            into.chosen.at(static_cast<std::size_t>(day)) = true;
            if (day == into.seen.back()) break;
        }
        into.seen.clear();
    }
};

template <>
struct action<grammar::hour> {
    template <class Input>
    static void apply(const Input& in, read_hours& into) {
        into.hour = std::stoi(in.string());
        into.minute = 0;
    }
};
template <>
struct action<grammar::minute> {
    template <class Input>
    static void apply(const Input& in, read_hours& into) {
        into.minute = std::stoi(in.string());
    }
};
template <>
struct action<grammar::forenoon> {
    static void apply0(read_hours& into) {
        if (into.hour > 12 || into.hour == 0) into.impossible = true;
        if (into.hour == 12) into.hour = 0;
    }
};
template <>
struct action<grammar::afternoon> {
    static void apply0(read_hours& into) {
        if (into.hour > 12 || into.hour == 0) into.impossible = true;
        if (into.hour < 12) into.hour += 12;
    }
};
template <>
struct action<grammar::clock> {
    static void apply0(read_hours& into) {
        const int at = into.hour * 60 + into.minute;
        if (into.minute > 59 || at > minutes_a_day) into.impossible = true;
        into.clocks.push_back(at);
    }
};
template <>
struct action<grammar::span> {
    static void apply0(read_hours& into) {
        const int from = into.clocks.front();
        int to = into.clocks.back();
        if (to <= from) to += minutes_a_day;
        into.spans.emplace_back(from, to);
        into.clocks.clear();
    }
};
template <>
struct action<grammar::never> {
    static void apply0(read_hours& into) { into.never = true; }
};
template <>
struct action<grammar::instead> {
    static void apply0(read_hours& into) { into.replaces = true; }
};
template <>
struct action<grammar::rule> {
    static void apply0(read_hours& into) {
        for (std::size_t day = 0; day < into.chosen.size(); ++day) {
            if (!into.chosen.at(day)) continue;
            auto& made = into.made.at(day);
            if (into.never || into.replaces) made.clear();
            made.insert(made.end(), into.spans.begin(), into.spans.end());
        }
        into.chosen = {};
        into.spans.clear();
        into.never = false;
        into.replaces = false;
    }
};
template <>
struct action<grammar::always> {
    static void apply0(read_hours& into) {
        for (auto& day : into.made) day = {{0, minutes_a_day}};
    }
};

// Days are told by letters without accents, ranges with a plain hyphen.
std::string plain(std::string_view text) {
    static const std::vector<std::pair<std::string_view, std::string_view>> pairs{
        {"á", "a"}, {"Á", "a"}, {"à", "a"}, {"é", "e"}, {"É", "e"}, {"–", "-"}, {"—", "-"}};
    std::string made{text};
    for (const auto& [from, to] : pairs) {
        for (auto at = made.find(from); at != std::string::npos; at = made.find(from, at)) {
            made.replace(at, from.size(), to);
        }
    }
    return made;
}

std::string utf8(const icu::UnicodeString& text) {
    std::string made;
    text.toUTF8String(made);
    return made;
}

icu::Locale locale_of(const language_tag& language) {
    UErrorCode status = U_ZERO_ERROR;
    auto made = icu::Locale::forLanguageTag(language, status);
    return U_SUCCESS(status) ? made : icu::Locale{"es"};
}

// "lun" or "lunes"; ICU's week begins with a nothing and Sunday.
std::string day_name(int day, const language_tag& language, bool whole) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols{locale_of(language), status};
    if (U_FAILURE(status)) return {};
    int32_t count = 0;
    const auto* names = symbols.getWeekdays(
        count,
        icu::DateFormatSymbols::FORMAT,
        whole ? icu::DateFormatSymbols::WIDE : icu::DateFormatSymbols::ABBREVIATED
    );
    const int at = (day + 1) % 7 + 1;
    if (at >= count) return {};
    auto name = utf8(names[at]);
    if (name.ends_with('.')) name.pop_back();
    return name;
}

}  // namespace

std::optional<opening_hours> opening_hours::parse(std::string_view text) {
    if (text.size() > text_bytes_max) return std::nullopt;
    const auto read = plain(text);
    pegtl::memory_input in{read, "opening hours"};
    read_hours found;
    try {
        if (!pegtl::parse<grammar::whole, action>(in, found)) return std::nullopt;
    } catch (const pegtl::parse_error&) {
        return std::nullopt;
    }
    if (found.impossible) return std::nullopt;
    opening_hours made;
    for (std::size_t day = 0; day < found.made.size(); ++day) {
        for (const auto& [from, to] : found.made.at(day)) made.days_.at(day).push_back({from, to});
        std::sort(made.days_.at(day).begin(), made.days_.at(day).end(), [](auto& a, auto& b) {
            return a.from < b.from;
        });
    }
    made.week_ = made.whole_week();
    return made;
}

std::vector<opening_hours::span> opening_hours::whole_week() const {
    std::vector<span> all;
    for (std::size_t day = 0; day < days_.size(); ++day) {
        const int base = static_cast<int>(day) * minutes_a_day;
        for (const auto& one : days_.at(day)) all.push_back({base + one.from, base + one.to});
    }
    std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.from < b.from; });
    std::vector<span> joined;
    for (const auto& one : all) {
        if (!joined.empty() && one.from <= joined.back().to) {
            joined.back().to = std::max(joined.back().to, one.to);
        } else {
            joined.push_back(one);
        }
    }
    // Sunday's night goes on into Monday.
    if (joined.size() > 1 && joined.back().to >= minutes_a_week + joined.front().from) {
        joined.back().to = std::max(joined.back().to, minutes_a_week + joined.front().to);
        joined.erase(joined.begin());
    }
    return joined;
}

bool opening_hours::open_at(moment now) const noexcept {
    const int at = week_of(now);
    return std::any_of(week_.begin(), week_.end(), [&](const span& one) {
        return (at >= one.from && at < one.to) ||
               (at + minutes_a_week >= one.from && at + minutes_a_week < one.to);
    });
}

std::optional<opening_hours::moment> opening_hours::closes(moment now) const noexcept {
    for (const auto& one : week_) {
        if (one.to - one.from >= minutes_a_week) return std::nullopt;
        for (const int at : {week_of(now), week_of(now) + minutes_a_week}) {
            if (at < one.from || at >= one.to) continue;
            const int end = one.to % minutes_a_week;
            return moment{end / minutes_a_day, end % minutes_a_day};
        }
    }
    return std::nullopt;
}

std::optional<opening_hours::moment> opening_hours::opens(moment now) const noexcept {
    if (week_.empty() || open_at(now)) return std::nullopt;
    const auto next = std::find_if(week_.begin(), week_.end(), [&](const span& one) {
        return one.from > week_of(now);
    });
    const int from = next == week_.end() ? week_.front().from : next->from;
    return moment{from / minutes_a_day, from % minutes_a_day};
}

std::string opening_hours::text(const language_tag& language) const {
    std::string made;
    for (std::size_t first = 0; first < days_.size();) {
        auto last = first;
        while (last + 1 < days_.size() && days_.at(last + 1) == days_.at(first)) ++last;
        if (!days_.at(first).empty()) {
            if (!made.empty()) made += ", ";
            made += day_name(static_cast<int>(first), language, false);
            if (last > first) made += "-" + day_name(static_cast<int>(last), language, false);
            const char* separator = " ";
            for (const auto& one : days_.at(first)) {
                made += separator;
                made += clock_text(one.from, language) + "-" + clock_text(one.to, language);
                separator = ", ";
            }
        }
        first = last + 1;
    }
    return made;
}

std::string clock_text(int minute, const language_tag& language) {
    // Made once for each language on each thread: ICU takes longer to make one than to use it.
    thread_local std::map<language_tag, std::unique_ptr<icu::DateFormat>> formats;
    auto& format = formats[language];
    if (!format) {
        format.reset(
            icu::DateFormat::createTimeInstance(icu::DateFormat::kShort, locale_of(language))
        );
        if (!format) return {};
        format->setTimeZone(*icu::TimeZone::getGMT());
    }
    icu::UnicodeString made;
    format->format(static_cast<UDate>(minute % minutes_a_day) * 60'000, made);
    auto text = utf8(made);
    // A blank that does not break is no sign of the SMS alphabet.
    for (const std::string_view blank : {"\u202f", "\u00a0"}) {
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank)) {
            text.replace(at, blank.size(), " ");
        }
    }
    return text;
}

std::string weekday_text(int day, const language_tag& language) {
    return day_name(day, language, true);
}

}  // namespace tertulia::dialogs
