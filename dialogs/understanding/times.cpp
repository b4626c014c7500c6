// Times of the day. "a las 3" alone is three in the night to a clock and in the afternoon to her:
// it is given only with the part of the day; from seven on the hour is taken as it stands.

#include "dialogs/understanding/entity_readers.hpp"

#include <array>
#include <string>

namespace tertulia::dialogs {
namespace {

enum class part_of_day : std::uint8_t { unsaid, morning, afternoon, night };

struct said_part {
    part_of_day part{};
    std::size_t end{};
};

// "pm", "p.m.", "de la tarde", "in the evening", "du soir".
said_part part_at(const scan& in, std::size_t at) {
    if (in.any(at, "am", "pm")) {
        return {in.is(at, "am") ? part_of_day::morning : part_of_day::afternoon, at + 1};
    }
    if (in.any(at, "a", "p") &&
        (in.is(at + 1, "m") || (in.is(at + 1, ".") && in.is(at + 2, "m")))) {
        auto end = at + (in.is(at + 1, "m") ? 2 : 3);
        if (in.is(end, ".") && !in.tokens[end].apart) ++end;
        return {in.is(at, "a") ? part_of_day::morning : part_of_day::afternoon, end};
    }
    auto word = at;
    while (word < at + 4 &&
           in.any(word, "de", "en", "por", "la", "in", "the", "at", "du", "l", "'", "’", "del")) {
        ++word;
    }
    if (word == at) return {part_of_day::unsaid, at};
    if (in.any(word, "manana", "mañana", "morning", "matin", "madrugada", "mañanita")) {
        return {part_of_day::morning, word + 1};
    }
    if (in.any(word, "tarde", "afternoon", "tardecita")) return {part_of_day::afternoon, word + 1};
    if (in.is(word, "apres") && in.is(word + 1, "-") && in.is(word + 2, "midi")) {
        return {part_of_day::afternoon, word + 3};
    }
    if (in.is(word, "apres") && in.is(word + 1, "midi")) return {part_of_day::afternoon, word + 2};
    if (in.any(word, "noche", "night", "evening", "soir", "nochecita")) {
        return {part_of_day::night, word + 1};
    }
    return {part_of_day::unsaid, at};
}

std::string clock(int hour, int minute) {
    const auto two = [](int value) {
        return std::string{
            static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    };
    return two(hour) + ":" + two(minute);
}

// Empty if it cannot be told, or is no time.
std::string settled(int hour, int minute, part_of_day part, bool as_clock) {
    if (hour > 23 || minute > 59) return {};
    if (part == part_of_day::unsaid) {
        if (!as_clock && hour < 7) return {};
        return clock(hour, minute);
    }
    if (hour > 12) return clock(hour, minute);
    if (part == part_of_day::morning) return clock(hour == 12 ? 0 : hour, minute);
    if (part == part_of_day::night && hour < 5) return clock(hour, minute);  // "2 de la noche"
    if (part == part_of_day::night && hour == 12) return clock(0, minute);
    return clock(hour == 12 ? 12 : hour + 12, minute);
}

// "a las", "a la"; "las" alone only where nothing is counted.
bool starts_clock(const scan& in, std::size_t at) {
    if (at >= 2 && in.is(at - 2, "a") && in.any(at - 1, "las", "la")) return true;
    return at >= 1 && in.is(at - 1, "las") && !is_counted_thing(in, at + 1);
}

struct clock_reading {
    std::string value{};
    std::size_t end{};
};

// From the hour on: "3", "3:30", "15h30", "3 y media de la tarde".
clock_reading clock_at(const scan& in, std::size_t at, bool introduced) {
    const auto hour = small_number_at(in, at);
    if (!hour || hour->count() > 24) return {};
    auto end = hour->end;
    int minute = 0;
    int hours = static_cast<int>(hour->count());
    bool is_clock = introduced;
    bool whole_clock = false;  // written as clocks write it
    const auto two_digits = [&](std::size_t i) {
        return i < in.tokens.size() && in.tokens[i].kind == token_kind::digits &&
               in.tokens[i].plain.size() == 2;
    };
    const bool in_figures = in.tokens[at].kind == token_kind::digits;
    if (in_figures && in.is(end, ":") && two_digits(end + 1)) {
        minute = std::stoi(in.tokens[end + 1].plain);
        whole_clock = in.tokens[at].plain.size() == 2 || hours >= 7;
        is_clock = true;
        end += 2;
    } else if (in_figures && in.any(end, "h", "hrs", "hs", "hr") &&
               !(in.is(end, "h") && in.tokens[end].apart && !two_digits(end + 1) &&
                 in.spoken() != "fr")) {
        is_clock = whole_clock = true;
        ++end;
        if (in.is(end - 1, "h") && two_digits(end)) {
            minute = std::stoi(in.tokens[end].plain);
            ++end;
        }
    } else if (in.any(end, "heure", "heures") && introduced) {
        whole_clock = true;
        ++end;
        if (two_digits(end)) {
            minute = std::stoi(in.tokens[end].plain);
            ++end;
        }
    } else if (in_figures && introduced && in.is(end, ".") && two_digits(end + 1) &&
               !in.tokens[end + 1].apart) {
        minute = std::stoi(in.tokens[end + 1].plain);
        end += 2;
    }
    if (is_clock && minute == 0) {
        if (in.is(end, "y") && in.any(end + 1, "media", "medio")) {
            minute = 30;
            end += 2;
        } else if (in.is(end, "et") && in.any(end + 1, "demie", "demi")) {
            minute = 30;
            end += 2;
        } else if (in.is(end, "y") && in.is(end + 1, "cuarto")) {
            minute = 15;
            end += 2;
        } else if (in.is(end, "et") && in.is(end + 1, "quart")) {
            minute = 15;
            end += 2;
        } else if (in.is(end, "menos") && in.is(end + 1, "cuarto")) {
            hours = hours == 0 ? 23 : hours - 1;
            minute = 45;
            end += 2;
        } else if (in.is(end, "moins") && in.is(end + 1, "le") && in.is(end + 2, "quart")) {
            hours = hours == 0 ? 23 : hours - 1;
            minute = 45;
            end += 3;
        } else if (in.is(end, "y") && small_number_at(in, end + 1) && !is_counted_thing(in, end + 2)) {
            minute = static_cast<int>(small_number_at(in, end + 1)->count());
            end = small_number_at(in, end + 1)->end;
        }
        if (in.is(end, "en") && in.is(end + 1, "punto")) end += 2;
    }
    const auto part = part_at(in, end);
    if (part.part != part_of_day::unsaid) {
        is_clock = true;
        end = part.end;
    } else if (in.is(end, "o") && in.is(end + 1, "'") && in.is(end + 2, "clock")) {
        is_clock = true;
        end += 3;
    }
    if (!is_clock) return {};
    return {settled(hours, minute, part.part, whole_clock), end};
}

}  // namespace

void read_times(scan& in) {
    for (std::size_t at = 0; at < in.tokens.size(); ++at) {
        if (in.tokens[at].used) continue;
        if (in.any(at, "mediodia", "noon", "midi") &&
            !(at > 0 && in.any(at - 1, "-", "apres", "despues"))) {
            in.take(entity_kind::time, at, at + 1, "12:00");
        } else if (in.is(at, "medio") && in.is(at + 1, "dia")) {
            in.take(entity_kind::time, at, at + 2, "12:00");
        } else if (in.any(at, "medianoche", "midnight", "minuit")) {
            in.take(entity_kind::time, at, at + 1, "00:00");
        } else if (in.is(at, "media") && in.is(at + 1, "noche")) {
            in.take(entity_kind::time, at, at + 2, "00:00");
        } else if ((in.is(at, "half") && in.is(at + 1, "past")) ||
                   (in.is(at, "quarter") && in.any(at + 1, "past", "to"))) {
            const auto hour = small_number_at(in, at + 2);
            if (!hour || hour->count() > 12) continue;
            const bool to = in.is(at + 1, "to");
            const auto part = part_at(in, hour->end);
            auto hours = static_cast<int>(hour->count());
            if (to) hours = hours <= 1 ? 12 : hours - 1;
            const int minute = in.is(at, "half") ? 30 : to ? 45 : 15;
            in.take(entity_kind::time, at, part.end, settled(hours, minute, part.part, false));
        } else {
            const bool spanish = starts_clock(in, at);
            const bool other =
                at >= 1 && in.any(at - 1, "at", "a") && !spanish && in.spoken() != "es";
            auto said = clock_at(in, at, spanish || other);
            if (said.end == 0) continue;
            // "paid 300 at 5 shops", "à 3 personnes": counted after all.
            if (other && is_counted_thing(in, said.end)) continue;
            // The French "à 5000" and an English "at 20" may be prices.
            if (other && said.value.empty()) continue;
            const bool with_a = spanish && at >= 2 && in.is(at - 2, "a");
            const auto first = with_a ? at - 2 : spanish ? at - 1 : at;
            in.take(entity_kind::time, first, said.end, std::move(said.value));
        }
    }
}

}  // namespace tertulia::dialogs
