// Places to pay: found near a place she said, kept while their dialog lasts, told, chosen and shown
// on a map.

#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/services/opening_hours.hpp"
#include "dialogs/services/payment_points.hpp"
#include "dialogs/services/place_hours.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

namespace tertulia::dialogs {
namespace {

// What a frame keeps: "point.1" … as below, and in "point" the number of the one she chose.
const std::string chosen_key = "point";
const std::string found_prefix = "point.";

constexpr std::size_t parts_count = 12;

std::optional<double> degrees(std::string_view text) {
    double value = 0;
    const auto* end = text.data() + text.size();
    const auto [at, problem] = std::from_chars(text.data(), end, value);
    return problem == std::errc{} && at == end ? std::optional{value} : std::nullopt;
}

std::string degrees(double value) {
    std::array<char, 32> made{};
    const auto end =
        std::to_chars(made.data(), made.data() + made.size(), value, std::chars_format::fixed, 7).ptr;
    return {made.data(), end};
}

std::int64_t whole(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string to_kept(const found_point& of) {
    const auto& at = of.point;
    return join_parts(
        {at.id,
         at.name,
         at.kind,
         at.street,
         at.hours,
         degrees(at.latitude),
         degrees(at.longitude),
         at.branch_id,
         at.takes_cash ? "1" : "0",
         at.takes_card ? "1" : "0",
         std::to_string(of.metres),
         std::to_string(of.bearing)}
    );
}

std::optional<found_point> from_kept(const std::string& text) {
    const auto parts = parts_of(text);
    if (parts.size() != parts_count) return std::nullopt;
    found_point made;
    made.point = {
        .id = parts[0],
        .name = parts[1],
        .kind = parts[2],
        .street = parts[3],
        .hours = parts[4],
        .latitude = degrees(parts[5]).value_or(0),
        .longitude = degrees(parts[6]).value_or(0),
        .branch_id = parts[7],
        .takes_cash = parts[8] == "1",
        .takes_card = parts[9] == "1"};
    made.metres = whole(parts[10]);
    made.bearing = static_cast<int>(whole(parts[11]));
    return made;
}

std::string_view direction_of(int bearing) {
    static constexpr std::array<std::string_view, 8> names{
        "north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"};
    constexpr int turn = 360;
    constexpr int step = turn / 8;
    return names.at(static_cast<std::size_t>((bearing + step / 2) % turn / step));
}

bool speaks_of_hours(std::span<const std::size_t> paths) {
    return std::ranges::any_of(paths, [](std::size_t path) {
        if (path >= fact_schema().size()) return false;  // an answer of hers
        const auto name = fact_schema()[path].path;
        return name == "point.hours" || name == "point.closes" || name == "point.opens";
    });
}

}  // namespace

// ---- found

std::vector<found_point> talk::points_near(const program_state& state) {
    read_ |= read_points;
    if (known_.payment_points == nullptr) {
        const auto next_one = found_.size();
        return next_one < known_.found.size() ? known_.found[next_one] : std::vector<found_point>{};
    }
    const auto said = next.frames.back().kept.find(answer_key(state.near));
    const auto answer =
        said == next.frames.back().kept.end() ? std::nullopt : parse_typed_answer(said->second);
    if (!answer || answer->kind != typed_kind::location) return {};
    const auto parts = parts_of(answer->value);
    const auto north = degrees(parts.at(0));
    const auto east = parts.size() > 1 ? degrees(parts[1]) : std::nullopt;
    if (!north || !east) return {};
    const coordinates from{*north, *east};
    const auto told = [&](const payment_point_map::near& seen) {
        const auto there = bearing(from, {seen.point->latitude, seen.point->longitude});
        return found_point{
            *seen.point, std::llround(seen.metres), static_cast<int>(std::lround(there)) % 360};
    };
    // Hundreds may be looked at: what does not change among them is made once, and words only where
    // the condition is about them.
    auto how = as_told::in_figures;
    if (state.only) {
        note_paths(state.only->paths());
        (void)view();
        if (speaks_of_hours(state.only->paths())) how = as_told::in_words;
    }
    const auto wanted = [&](const payment_point_map::near& seen) {
        const auto candidate = told(seen);
        tell_point(candidate, how);
        return state.only->holds(view_);
    };
    const auto near = known_.payment_points->nearest(
        from, found_points_max, state.only ? payment_point_map::test{wanted} : nullptr
    );
    std::vector<found_point> found;
    for (const auto& one : near) found.push_back(told(one));
    return found;
}

// Of a replay what was found then: one more of its look-ups.
std::vector<found_point> talk::point_spoken_of(std::string_view text) {
    read_ |= read_points;
    if (known_.payment_points == nullptr) {
        const auto next_one = found_.size();
        return next_one < known_.found.size() ? known_.found[next_one] : std::vector<found_point>{};
    }
    const auto* point = known_.payment_points->spoken_of(text, &script.places);
    return point == nullptr ? std::vector<found_point>{} : std::vector{found_point{.point = *point}};
}

std::optional<typed_answer> talk::landmark(std::string_view text) {
    auto found = point_spoken_of(text);
    std::optional<typed_answer> made;
    if (!found.empty()) {
        const auto& at = found.front().point;
        made = typed_answer{
            typed_kind::location,
            join_parts({degrees(at.latitude), degrees(at.longitude), at.name, at.street})};
    }
    found_.push_back(std::move(found));
    return made;
}

talk::todo talk::look_up_points(const program_state& state) {
    auto found = points_near(state);
    auto& kept = next.frames.back().kept;
    std::erase_if(kept, [](const auto& one) {
        return one.first == chosen_key || one.first.starts_with(found_prefix);
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
        kept[found_prefix + std::to_string(i + 1)] = to_kept(found[i]);
    }
    const std::string_view word = found.empty() ? "none" : "found";
    found_.push_back(std::move(found));
    return {.follow = state.outcome(word)};
}

// ---- told

// Of the innermost dialog that looked any up, the nearest first; and which she chose, from 0.
talk::points_kept talk::kept_points() const {
    points_kept made;
    for (auto at = next.frames.rbegin(); at != next.frames.rend() && made.all.empty(); ++at) {
        for (std::size_t i = 1; i <= found_points_max; ++i) {
            const auto kept = at->kept.find(found_prefix + std::to_string(i));
            if (kept == at->kept.end()) break;
            if (auto one = from_kept(kept->second)) made.all.push_back(std::move(*one));
        }
        const auto chosen = at->kept.find(chosen_key);
        if (chosen == at->kept.end()) continue;
        const auto number = static_cast<std::size_t>(whole(chosen->second));
        if (number >= 1 && number <= made.all.size()) made.chosen = number - 1;
    }
    return made;
}

// `of` lives as long as it is spoken of.
void talk::tell_point(const found_point& of, as_told how) {
    told_ = {.what = &of.point, .metres = of.metres, .direction = direction_of(of.bearing)};
    view_.point = &told_;
    const auto hours =
        place_hours::parse(of.point.hours, script.house.holidays, *script.calendar);
    if (hours) told_.open = hours->open_at(next.now);
    if (how == as_told::in_figures) return;
    auto language = next.language.empty() ? script.house.languages.front() : next.language;
    if (!script.house.country.empty() && language.find('-') == language_tag::npos) {
        language += "-" + script.house.country;  // the clock is read as messages write it
    }
    told_.hours = hours ? hours->week().text(language) : of.point.hours;
    if (!hours) return;
    const auto& calendar = *script.calendar;
    const auto clock = [&](const local_time& at) {
        return clock_text(at.hour * 60 + at.minute, language);
    };
    if (const auto at = hours->closes(next.now)) told_.closes = clock(calendar.local(*at));
    const auto next_one = hours->opens(next.now);
    if (!next_one) return;
    const auto at = calendar.local(*next_one);
    if (at.date != calendar.date_of(next.now)) {
        const std::chrono::weekday day{std::chrono::sys_days{at.date}};
        told_.opens = weekday_text(static_cast<int>(day.iso_encoding()) - 1, language) + " ";
    }
    told_.opens += clock(at);
}

void talk::read_kept_points() {
    view_.point = nullptr;
    points_ = kept_points();
    view_.points_found = static_cast<std::int64_t>(points_.all.size());
    if (!points_.all.empty()) tell_point(points_.all[points_.chosen], as_told::in_words);
}

// ---- chosen

void talk::choose_point(std::size_t number) {
    next.frames.back().kept[chosen_key] = std::to_string(number);
}

// ---- on a map

void talk::show_on_map(const program_state& state) {
    if (silent || out_of_window || around().channel == channel_kind::sms) return;
    (void)view();
    if (view_.point == nullptr) return;
    const auto& at = *view_.point->what;
    send made{};
    made.message.to = next.reply_to;
    made.message.content = say_location{
        .latitude = at.latitude,
        .longitude = at.longitude,
        .name = at.name,
        .place_address = at.street};
    made.urgency = priority::reply;
    made.purpose = to_text(purpose{script.words->key(state.then.says.front()), said_as::companion});
    effects.emplace_back(std::move(made));
}

}  // namespace tertulia::dialogs
