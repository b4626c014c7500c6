#include "dialogs/meetings/look.hpp"

#include "dialogs/meetings/minutes.hpp"
#include "dialogs/meetings/permissions.hpp"
#include "dialogs/meetings/turn.hpp"
#include "dialogs/meetings/views.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::chrono::minutes pause_offered{10};

// Of what is told in one message, and of what one of two parts of an SMS has room for.
constexpr std::size_t agreements_characters_max = 2'000;
constexpr std::size_t results_characters_max = 1'000;
constexpr std::size_t short_characters_max = 100;

// Whole ones, as many as there is room for.
void keep_within(std::vector<std::string>& all, std::size_t most) {
    std::size_t used = 0;
    const auto end = std::ranges::find_if(all, [&](const std::string& one) {
        used += characters(one) + 2;
        return used > most;
    });
    if (end == all.end()) return;
    all.erase(end, all.end());
    all.emplace_back("…");
}

// With her number of the roster, which words like "silenciar 4" take.
std::string numbered(std::size_t at, const member_view& who) {
    return std::to_string(at + 1) + ". " + who.name;
}

message_key named(state which) { return {"meeting.state." + std::string{name_of(which)}}; }

// She wrote that she cannot come when it was too late for an excuse: nothing else is heard then of one
// who is neither here nor coming.
bool cannot_come(const meeting& room, const member_record& who) {
    if (who.attends == attendance::excused) return true;
    const auto late_from = room.planned.start - room.planned.rules.excuse_before;
    return !came(who.attends) && !who.coming && who.heard > late_from;
}

std::string_view words_of(state now) noexcept {
    switch (now) {
        case state::draft: return "draft";
        case state::scheduled: return "scheduled";
        case state::announced: return "announced";
        case state::lobby: return "lobby";
        case state::closing: return "closing";
        case state::paused: return "paused";
        case state::minutes_review: return "review";
        case state::adjourned: return "adjourned";
        case state::closed:
        case state::cancelled: return {};
        default: return "live";
    }
}

class offers {
public:
    offers(const meeting& room, role_set as) : room_{room}, as_{as} {}

    void add(act what, std::string_view title) {
        if ((allowed_roles(room_.now, what.what) & as_) == 0) return;
        all_.push_back({choice_id(what), "meeting.choice." + std::string{title}, {}});
    }
    // Of this state alone: tapped later it is stale.
    void add_here(verb what, std::string_view title) {
        add({.what = what, .number = offered_in(room_.now)}, title);
    }
    std::vector<offered_choice> take() { return std::move(all_); }

private:
    const meeting& room_;
    role_set as_{};
    std::vector<offered_choice> all_{};
};

// The next step first.
std::vector<offered_choice> acts_now(const meeting& room, role_set as) {
    offers all{room, as};
    if (room.box) {
        all.add({.what = verb::close_vote, .number = room.box->request}, "end_vote");
    } else {
        const auto waits = std::ranges::find_if(room.requests, [&](const request& one) {
            return is_voted_in(room.now, one.kind) && one.stands == request_state::open;
        });
        if (waits != room.requests.end()) {
            all.add({.what = verb::open_vote, .number = waits->number}, "open_vote");
        }
    }
    switch (room.now) {
        case state::draft:
            all.add_here(verb::schedule, "announce");
            if (room.tried_out == instant{}) all.add_here(verb::try_out, "try_out");
            all.add_here(verb::cancel, "put_away");
            break;
        case state::scheduled:
            all.add_here(verb::announce, "announce_now");
            all.add_here(verb::cancel, "cancel");
            break;
        case state::announced:
            all.add_here(verb::open, "open");
            all.add_here(verb::cancel, "cancel");
            break;
        case state::lobby:
            all.add_here(verb::open, "open");
            break;
        case state::closing:
            all.add_here(verb::close, "close");
            break;
        case state::paused:
            all.add_here(verb::resume, "resume");
            all.add_here(verb::adjourn, "adjourn");
            break;
        case state::minutes_review:
            all.add({.what = verb::sign}, "sign");
            break;
        default:
            if (!room.box) all.add_here(verb::advance, "next_step");
    }
    if (is_live(room.now)) {
        all.add({.what = verb::pause, .number = static_cast<int>(pause_offered.count())}, "pause");
    }
    return all.take();
}

}  // namespace

say who_is_here(const meeting& room, role_set as, instant at) {
    const auto seen = look_at(room, at);
    const bool gathers = room.now >= state::lobby && !is_over(room.now);
    const bool tries_out = room.now < state::announced;
    std::vector<std::string> answered;
    std::vector<std::string> coming;
    std::vector<std::string> cannot;
    std::vector<std::string> here;
    std::vector<std::string> away;
    std::vector<std::string> silent;
    for (std::size_t i = 0; i < seen.members.size(); ++i) {
        const auto& one = seen.members[i];
        const auto& record = *find_record(room, one.id);
        const auto name = numbered(i, one);
        if (one.is == seat::here) {
            here.push_back(name);
            if (one.has_not_answered) silent.push_back(name);
        } else if (tries_out) {
            if (room.tried_out == instant{}) continue;  // nobody was asked anything yet
            (record.heard != instant{} ? answered : silent).push_back(name);
        } else if (cannot_come(room, record)) {
            cannot.push_back(name);
        } else if (record.coming && (room.now == state::announced || room.now == state::lobby)) {
            coming.push_back(name);
        } else if (room.now == state::announced) {
            silent.push_back(name);
        } else {
            away.push_back(name);
        }
    }
    say made{.key = "meeting.look.who", .arguments = {{"step", named(seen.now)}}};
    auto& told = made.arguments;
    const auto list = [&](const char* name, std::vector<std::string> names) {
        told.push_back({name, std::move(names)});
    };
    const auto count = [&](const char* name, std::size_t of) {
        told.push_back({name, static_cast<std::int64_t>(of)});
    };
    if (seen.next && gathers) told.push_back({"next_step", named(*seen.next)});
    if (gathers) {
        told.push_back({"present", std::int64_t{seen.present}});
        told.push_back({"quorum", std::int64_t{seen.quorum}});
    }
    list("answered", std::move(answered));
    list("coming", std::move(coming));
    list("cannot", std::move(cannot));
    list("here", std::move(here));
    list("away", std::move(away));
    list("unanswered", std::move(silent));
    if (gathers) {
        count("hands", seen.queue.size());
        count("held", seen.held.size());
        told.push_back({"paid", std::int64_t{seen.payments.received}});
        told.push_back({"due", std::int64_t{seen.payments.due}});
    }
    told.push_back({"quiz_answered", std::int64_t{seen.quiz_answers}});
    told.push_back({"quiz_asked", std::int64_t{seen.quiz_asked}});
    told.push_back({"quiz_right", std::int64_t{seen.quiz_right}});
    if (const auto words = words_of(room.now); !words.empty()) {
        told.push_back({"words", message_key{"meeting.look.words_" + std::string{words}}});
    }
    made.choices = acts_now(room, as);
    return made;
}

say people_here(const meeting& room) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < room.members.size(); ++i) {
        const bool is_listed = is_over(room.now) || room.now == state::minutes_review
                                   ? came(room.members[i].attends)
                                   : is_here(room.members[i]);
        if (is_listed) names.push_back(room.planned.members[i].first_name);
    }
    const auto count = static_cast<std::int64_t>(names.size());
    const bool goes_on = room.now < state::minutes_review || room.now == state::paused;
    return {
        .key = goes_on ? "meeting.look.here" : "meeting.look.came",
        .arguments = {
            {"names", std::move(names)}, {"count", count}, {"quorum", std::int64_t{quorum_needed(room)}}}};
}

say minutes_in_short(const meeting& room) {
    const auto made = make_minutes(room);
    std::vector<std::string> agreed;
    std::string in_one;
    for (const auto& one : made.agreements) {
        agreed.push_back(one.text + (one.who.empty() ? "" : " (" + one.who + ")"));
        in_one += (in_one.empty() ? "" : "; ") + one.text;
    }
    const auto count = static_cast<std::int64_t>(agreed.size());
    keep_within(agreed, agreements_characters_max);
    if (characters(in_one) > short_characters_max) in_one = cut(in_one, short_characters_max) + "...";
    std::vector<std::string> results;
    for (const auto& one : made.votes) {
        const auto subject = one.subject.empty() ? "#" + std::to_string(one.request) : one.subject;
        results.push_back(
            subject + ": " + std::to_string(one.yes) + " · " + std::to_string(one.no) + " · " +
            std::to_string(one.abstain)
        );
    }
    keep_within(results, results_characters_max);
    auto approved = made.admitted;
    for (const auto& one : made.agreed) {
        if (!one.name.empty()) approved.push_back(one.name);
    }
    keep_within(approved, results_characters_max);
    return {
        .key = "meeting.minutes_text",
        .arguments = {
            {"group", room.planned.group_name},
            {"number", std::int64_t{made.number}},
            {"present", std::int64_t{made.present + made.late}},
            {"quorum", std::int64_t{made.quorum}},
            {"count", count},
            {"agreed", std::move(agreed)},
            {"text", std::move(in_one)},
            {"lines", std::move(results)},
            {"names", std::move(approved)}}};
}

}  // namespace tertulia::dialogs::meetings
