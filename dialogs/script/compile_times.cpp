// What waits and what comes later.

#include "dialogs/script/compiler_parts.hpp"

#include <utility>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds wait_min = 1s;
constexpr milliseconds wait_max = std::chrono::days{30};
constexpr milliseconds schedule_min = 1min;
constexpr milliseconds schedule_max = std::chrono::days{90};

std::string in_words(milliseconds time) {
    if (time >= 24h) return std::to_string(time / 24h) + " days";
    if (time >= 1min) return std::to_string(time / 1min) + " min";
    return std::to_string(time / 1s) + " s";
}

}  // namespace

moment compiler::when_of(const moment_source& from, milliseconds least, milliseconds most) {
    moment made{};
    if (from.after) {
        made.after = *from.after;
        if (made.after != milliseconds{} && (made.after < least || made.after > most)) {
            error(
                rule::silence_length,
                from.at,
                "this is from " + in_words(least) + " to " + in_words(most)
            );
        }
    }
    made.working_days = from.working_days.value_or(0);
    if (from.day) made.day = condition(*from.day, fact_type::date);
    made.minutes = from.minutes;
    made.at_her_hour = from.at_her_hour || (from.day && !from.minutes);
    return made;
}

void compiler::compile_wait(const state_source& from, program_state& into) {
    if (from.moment) into.due = when_of(*from.moment, wait_min, wait_max);
    if (from.if_she_writes) into.if_she_writes = way_on(*from.if_she_writes);
    nobody_there_ = true;
    into.then = way_on(from.then);
    nobody_there_ = false;
}

void compiler::compile_schedule(const state_source& from, program_state& into) {
    if (from.moment) into.due = when_of(*from.moment, schedule_min, schedule_max);
    if (from.scheduled) {
        find_called(*from.scheduled, into);
        const auto begun = program_->find_dialog(from.scheduled->text);
        if (begun && from.does == verb::schedule) {
            only_called(*begun, from.scheduled->at, "a schedule");
        }
    }
    into.then = way_on(from.then);
}

}  // namespace tertulia::dialogs
