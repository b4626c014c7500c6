#include "dialogs/nudges/touches_elsewhere.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t touch_fields = 8;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number made{};
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, made);
    if (error != std::errc{} || at != end) return std::nullopt;
    return made;
}

std::optional<touch> touch_in(std::string_view line) {
    std::array<std::string_view, touch_fields> field;
    for (std::size_t i = 0; i < touch_fields; ++i) {
        const auto tab = line.find('\t');
        if ((tab == std::string_view::npos) != (i + 1 == touch_fields)) return std::nullopt;
        field[i] = line.substr(0, tab);
        line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    }
    const auto at = number_in<std::int64_t>(field[0]);
    const auto instalment = number_in<int>(field[3]);
    const auto day = number_in<int>(field[5]);
    const auto nudge = number_in<std::int64_t>(field[6]);
    if (!at || !instalment || !day || !nudge || *nudge == 0 || field[1].empty()) return std::nullopt;
    return touch{
        .at = instant{milliseconds{*at}},
        .client_id = std::string{field[1]},
        .loan_id = std::string{field[2]},
        .instalment = *instalment,
        .policy = std::string{field[4]},
        .day = *day,
        .nudge = *nudge,
        .channel = std::string{field[7]}};
}

bool is_of_elsewhere(const touch& one) noexcept { return one.sent == 0 && one.nudge != 0; }

}  // namespace

std::string told_touches(std::span<const touch> all) {
    std::string text;
    for (const auto& one : all) {
        std::string line = std::to_string(one.at.time_since_epoch().count()) + '\t' + one.client_id + '\t' +
                           one.loan_id + '\t' + std::to_string(one.instalment) + '\t' + one.policy + '\t' +
                           std::to_string(one.day) + '\t' + std::to_string(one.nudge) + '\t' + one.channel;
        const bool is_plain = std::ranges::count(line, '\t') == touch_fields - 1 &&
                              line.find('\n') == std::string::npos;
        if (!is_plain) continue;
        if (!text.empty()) text += '\n';
        text += line;
    }
    return text;
}

std::vector<touch> read_touches(std::string_view text) {
    std::vector<touch> all;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (auto one = touch_in(text.substr(0, end))) all.push_back(*std::move(one));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return all;
}

void count_elsewhere(std::vector<touch>& all, std::vector<touch> elsewhere) {
    std::erase_if(all, is_of_elsewhere);
    for (auto& one : elsewhere) {
        const bool is_here = one.nudge > 0 && std::ranges::any_of(all, [&](const touch& mine) {
            return mine.nudge == one.nudge;
        });
        if (is_here) continue;
        one.sent = 0;
        const auto place = std::ranges::upper_bound(all, one.at, {}, &touch::at);
        all.insert(place, std::move(one));
    }
    if (all.size() > touches_max) {
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(touches_max));
    }
}

}  // namespace tertulia::dialogs
