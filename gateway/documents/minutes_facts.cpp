#include "gateway/documents/minutes_facts.hpp"

#include "dialogs/wording/circumstances.hpp"
#include "dialogs/wording/number_words.hpp"

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;
using dialogs::number_form;
using dialogs::number_in_words;

constexpr std::string_view prefix = "minutes.";
constexpr instant never{};

fact_value text_or_nothing(std::string_view text) {
    auto out = one_line(text);
    if (out.empty()) return {};
    return out;
}

fact_value moment_or_nothing(instant at) {
    if (at == never) return {};
    return at;
}

fact_value count(int value) {
    return std::int64_t{value};
}

std::string_view word_of(meetings::minutes_decision what) noexcept {
    switch (what) {
        case meetings::minutes_decision::none:
            return "none";
        case meetings::minutes_decision::approved:
            return "approved";
        case meetings::minutes_decision::by_silence:
            return "by_silence";
        case meetings::minutes_decision::objected:
            return "objected";
    }
    return "none";
}

std::string_view word_of(dialogs::day_part part) noexcept {
    switch (part) {
        case dialogs::day_part::morning:
            return "morning";
        case dialogs::day_part::afternoon:
            return "afternoon";
        case dialogs::day_part::evening:
            return "evening";
    }
    return "morning";
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string out;
    for (const char each : text) {
        const bool blank = each == ' ' || static_cast<unsigned char>(each) < 0x20 || each == 0x7F;
        if (!blank) {
            out += each;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string_view word_for_unnamed(const meetings::agreed_request& what) noexcept {
    return what.kind == meetings::request_kind::admission ? "unanswered" : "unnamed";
}

minutes_words::minutes_words(const minutes_of& of, const dialogs::catalogue& words)
    : of_{of}, words_{words} {
    const auto& what = of_.what;
    const auto began = what.real_start == never ? what.planned_start : what.real_start;
    view_.known = &known_;
    view_.house = &of_.house;
    view_.now = began;
    view_.today = of_.calendar.date_of(began);
    view_.verified = true;
    view_.language = of_.language;
    view_.answers = &given_;

    int late = 0;
    for (const auto& each : what.attended) {
        if (meetings::came(each.attends)) ++present_;
        if (each.attends == meetings::attendance::late) ++late;
    }
    everybody_ = static_cast<int>(what.attended.size());
    pending_ = what.instalments.pending_claims + what.savings.pending_claims +
               what.internal.pending_claims + what.fines.pending_claims;

    give("number", count(what.number));
    give("group", text_or_nothing(what.group_name));
    give("day", view_.today);
    give("planned_start", moment_or_nothing(what.planned_start));
    give("planned_end", moment_or_nothing(what.planned_end));
    give("start", moment_or_nothing(what.real_start));
    give("end", moment_or_nothing(what.real_end));
    give("why", text_or_nothing(why_ended(what.why_ended)));
    give("moderator", text_or_nothing(what.moderator));
    give("present", count(present_));
    give("all", count(everybody_));
    give("late", count(late));
    give("quorum", count(what.quorum));
    give("last", std::string{word_of(what.last_minutes)});
    give("last_objections", count(what.last_objections));
    give("pending", count(pending_));
    give("cash_before", what.internal_cash_before);
    give("cash_after", what.internal_cash_after);
    give("cash_counted", what.cash_counted);
    give("banker", text_or_nothing(what.banker));
    give("banker_second", text_or_nothing(what.banker_second));
    give("votes", count(static_cast<int>(what.votes.size())));
    give("topic", text_or_nothing(what.topic));
    give("quiz", count(what.quiz_answers));
    give("quiz_asked", count(what.quiz_asked));
    give("quiz_right", count(what.quiz_right));
    give("objections", count(what.objections));
    give("hash", text_or_nothing(what.chain));
    if (tells_sums()) {
        give("due", what.instalments.due);
        give("received", what.instalments.received);
    }
    give_words();
    if (what.next) give_next();
}

// The machine's own reasons have a name, and so a message; what a person gave are her words.
std::string minutes_words::why_ended(const std::string& reason) const {
    static constexpr std::array named{"cancelled", "draft_too_old", "no_quorum", "by_hand", "pause"};
    const bool is_named = std::ranges::find(named, std::string_view{reason}) != named.end();
    return is_named ? say("why." + reason) : reason;
}

void minutes_words::give_words() {
    const auto& language = of_.language;
    const auto words = [&](std::string_view name, std::int64_t value, number_form form) {
        give(name, number_in_words(value, language, form));
    };
    words("number_words", of_.what.number, number_form::counting);
    words("present_words", present_, number_form::feminine);
    words("all_words", everybody_, number_form::feminine);
    words("votes_words", static_cast<std::int64_t>(of_.what.votes.size()), number_form::feminine);
    give("day_words", dialogs::day_in_words(view_.today, language));
    give("cash_words", spoken(of_.what.internal_cash_after));
    if (tells_sums()) give("received_words", spoken(of_.what.instalments.received));
}

void minutes_words::give_next() {
    const auto& language = of_.language;
    const auto at = of_.calendar.local(*of_.what.next);
    const auto twelve = at.hour % 12 == 0 ? 12 : at.hour % 12;
    give("next", *of_.what.next);
    give("next_words", dialogs::day_in_words(at.date, language));
    give("hour", count(twelve));
    give("hour_words", number_in_words(twelve, language, number_form::feminine));
    give("hour24_words", number_in_words(at.hour, language, number_form::feminine));
    give("minute", count(at.minute));
    give("minute_words", number_in_words(at.minute, language, number_form::counting));
    give("part", std::string{word_of(dialogs::day_part_of(at.hour))});
}

std::string minutes_words::spoken(money amount) {
    auto out = dialogs::units_in_words(amount, of_.language);
    if (const auto parts = dialogs::parts_of(amount); parts > 0) {
        give("cents", number_in_words(parts, of_.language, number_form::masculine));
        out += " " + say("spoken.cents");
    }
    return out;
}

std::string minutes_words::say(std::string_view key) const {
    return words_.format(
        std::string{prefix} + std::string{key}, of_.language, dialogs::circumstances{}, view_
    );
}

void minutes_words::give(std::string_view name, fact_value value) {
    given_.insert_or_assign(std::string{prefix} + std::string{name}, std::move(value));
}

}  // namespace tertulia::gateway
