// What waits and what comes later, and texts that take turns.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"

#include <charconv>
#include <string_view>

namespace tertulia::dialogs {
namespace {

constexpr int working_days_max = 60;

// "3 working days": those of the institution, from Monday to Friday.
std::optional<int> working_days(std::string_view text) noexcept {
    int count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 1 || count > working_days_max) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return text == " working days" || text == " working day" ? std::optional{count} : std::nullopt;
}

}  // namespace

// A text, {one_of: [texts]}, or a list of either.
void dialog_reader::read_says(const yaml_node& map, move_source& into) {
    const auto* value = map.find("say");
    if (value == nullptr) return;
    const auto one = [&](const yaml_node& item) {
        if (!item.map()) {
            if (auto key = as_text(item, "say")) into.says.push_back(std::move(*key));
            return;
        }
        only(item, one_of_shape(), "'say'");
        auto keys = texts(item, "one_of");
        if (keys.size() < 2) {
            into_.error(
                rule::wrong_value,
                item.at,
                "'one_of' needs two texts to choose from",
                "one_of: [key, key]"
            );
            if (keys.empty()) return;
        }
        variation_source made{.at = into.says.size(), .others = {keys.begin() + 1, keys.end()}};
        into.says.push_back(std::move(keys.front()));
        if (!made.others.empty()) into.variations.push_back(std::move(made));
    };
    if (!value->list()) {
        one(*value);
        return;
    }
    if (value->items.empty()) into_.error(rule::wrong_value, value->at, "'say' is empty");
    for (const auto& item : value->items) one(item);
}

// "09:00".
std::optional<int> dialog_reader::clock(const word& written) {
    const auto& text = written.text;
    const auto digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1;
    };
    const bool shape = text.size() == 5 && text[2] == ':' && digit(0) >= 0 && digit(1) >= 0 &&
                       digit(3) >= 0 && digit(4) >= 0;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (shape && hour < 24 && minute < 60) return hour * 60 + minute;
    into_.error(
        rule::wrong_value,
        written.at,
        "'" + text + "' is no time of the day",
        "write it with quotes: \"09:00\"; or at: her_hour"
    );
    return std::nullopt;
}

// "08:00-20:00".
std::optional<day_hours> dialog_reader::hours(const word& written) {
    const auto dash = written.text.find('-');
    const auto from = clock({written.text.substr(0, dash), written.at});
    const auto until = dash == std::string::npos
                           ? std::nullopt
                           : clock({written.text.substr(dash + 1), written.at});
    if (!from || !until) {
        if (dash == std::string::npos) {
            into_.error(rule::wrong_value, written.at, "these are no hours", "write \"08:00-20:00\"");
        }
        return std::nullopt;
    }
    if (*from < *until) return day_hours{*from, *until};
    into_.error(
        rule::wrong_value, written.at, "these hours end before they begin", "write \"08:00-20:00\""
    );
    return std::nullopt;
}

moment_source dialog_reader::moment(
    const yaml_node& map, std::string_view after, const std::string& whose
) {
    moment_source made{};
    made.at = map.at;
    if (const auto length = text(map, after)) {
        made.working_days = working_days(length->text);
        if (!made.working_days) made.after = parse_duration(length->text);
        if (!made.after && !made.working_days) {
            into_.error(
                rule::wrong_value,
                length->at,
                "'" + length->text + "' is no length of time",
                "write 30 min, 2 h, 3 days or 3 working days"
            );
            made.after = milliseconds{};
        }
    }
    made.day = text(map, "on");
    if (const auto at = text(map, "at")) {
        made.at_her_hour = at->text == her_hour;
        if (!made.at_her_hour) made.minutes = clock(*at);
    }
    if (map.find(after) != nullptr && made.day) {
        into_.error(
            rule::misplaced_key,
            made.day->at,
            "'" + std::string(after) + "' and 'on' are two ways to say when"
        );
    }
    if (map.find(after) == nullptr && !made.day && map.find("at") == nullptr) {
        into_.error(
            rule::missing_key,
            map.at,
            whose + " does not say when",
            "add '" + std::string(after) + ": 2 h', 'at: \"09:00\"' or 'on: \"a date\"'"
        );
    }
    return made;
}

void dialog_reader::fill_wait(
    state_source& made, const yaml_node& value, const std::string& whose
) {
    const auto& map = *value.find("wait");
    if (!map.map()) {
        into_.error(
            rule::wrong_shape, map.at, "'wait' looks like {for: 10 min} or {at: \"09:00\"}"
        );
        made.moment = moment_source{.at = map.at};
    } else {
        only(map, wait_shape(), "'wait'");
        made.moment = moment(map, "for", "'wait'");
    }
    if (const auto* written = value.find("if_she_writes")) {
        made.if_she_writes = way(*written, "'if_she_writes'");
    }
    lead_on(made.then, whose);
}

void dialog_reader::fill_schedule(
    state_source& made, const yaml_node& map, const std::string& whose
) {
    if (!map.map()) {
        into_.error(
            rule::wrong_shape, map.at, "'schedule' looks like {after: 2 days, begin: dialog}"
        );
        made.moment = moment_source{.at = map.at};
    } else {
        only(map, schedule_shape(), "'schedule'");
        made.moment = moment(map, "after", "'schedule'");
        made.scheduled = wanted_text(map, "begin", "'schedule'");
    }
    lead_on(made.then, whose);
}

}  // namespace tertulia::dialogs
