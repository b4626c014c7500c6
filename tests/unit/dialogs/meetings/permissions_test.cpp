// Who may do what, cell by cell: the table is written out here a second time, by hand, as the rules
// of the house have it. A cell that is not here is closed.

#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

namespace tertulia::dialogs::meetings {
namespace {

constexpr std::string_view rules = R"(
draft: edit AG, schedule AG, bring_roster SY, timer SY
scheduled: announce AG SY, reschedule AG, cancel AG, bring_roster SY, see_payment SY, see_chat SY, timer SY
announced: excuse ME, confirm ME, cancel AG, open AG PR, bring_roster SY, see_payment SY, see_chat SY, timer SY
lobby: check_in ME, open AG PR
roll_call: check_in ME, mark SE AG
minutes_reading: approve ME, object ME, edit_minutes SE AG
collection: report_payment ME, confirm_cash TR AG HA, record_savings TR, cannot_pay ME
internal_loans: internal_repay ME, record_internal TR, request_internal ME, open_vote PR AG, cast_vote ME, close_vote PR AG
admissions: propose_member ME, present GU, open_vote PR AG, cast_vote ME, close_vote PR AG, take_consent SY GU
loan_requests: request_loan ME, open_vote PR AG, cast_vote ME, close_vote PR AG
training: quiz_answer ME
fines: propose_fine SE AG, justify ME, waive PR AG, confirm_fine SE AG
closing: agree_next PR AG, set_banker TR, close AG, justify ME, waive PR AG
minutes_review: edit_minutes SE AG, justify ME, waive PR AG, object ME, sign PR TR SE AG, rate ME
closed: rate ME
draft: try_out AG, confirm ME, cancel AG
scheduled: try_out AG, confirm ME
minutes_review: take_over BK, appeal ME, answer_appeal AG SV, see_payment SY, timer SY
paused: resume AG SV, adjourn AG SV, leave ME, take_over BK, appeal ME, answer_appeal AG SV
paused: bring_roster SY, see_payment SY, see_chat SY, timer SY
adjourned: reschedule AG
)";
// From the lobby to closing.
constexpr std::string_view in_the_room =
    "leave ME, said ME AG, hand_up ME, grant_floor PR AG, flag ME, pause PR AG, adjourn AG, "
    "take_over BK, release AG, reject AG, mute AG, unmute AG, warn AG, remove AG, appeal ME, "
    "answer_appeal AG SV, bring_roster SY, see_payment SY, see_chat SY, timer SY";
// From minutes_reading to closing.
constexpr std::string_view after_roll_call = "check_in ME, mark SE AG, note_agreement PR SE AG";

using cell = std::tuple<state, verb, role>;

void read_into(std::set<cell>& all, state in, const std::string& row) {
    static const std::map<std::string, role> short_names{
        {"AG", role::agent}, {"PR", role::president}, {"TR", role::treasurer},
        {"SE", role::secretary}, {"HA", role::handler}, {"ME", role::member},
        {"GU", role::guest}, {"SY", role::system}, {"BK", role::backup},
        {"SV", role::supervisor}};
    std::istringstream parts{row};
    for (std::string part; std::getline(parts, part, ',');) {
        std::istringstream words{part};
        std::string name;
        words >> name;
        const auto what = parse_verb(name);
        ASSERT_TRUE(what) << name;
        for (std::string who; words >> who;) all.insert({in, *what, short_names.at(who)});
    }
}

std::set<cell> whole() {
    std::set<cell> all;
    std::istringstream lines{std::string{rules}};
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        read_into(all, *parse_state(line.substr(0, colon)), line.substr(colon + 1));
    }
    for (unsigned i = 0; i < states; ++i) {
        const auto in = static_cast<state>(i);
        if (is_room_open(in)) read_into(all, in, std::string{in_the_room});
        if (is_live(in) && in != state::roll_call) read_into(all, in, std::string{after_roll_call});
        if (is_room_open(in)) read_into(all, in, "confirm ME AG, excuse ME");
        if (is_live(in) && in != state::closing) read_into(all, in, "advance PR AG");
        if (is_live(in) && in >= state::collection) read_into(all, in, "back AG");
        if (in == state::admissions) read_into(all, in, "said GU, hand_up GU");
    }
    return all;
}

TEST(meetings_permissions, every_cell_is_as_the_rules_of_the_house_have_it) {
    const auto wanted = whole();
    int cells = 0;
    for (unsigned s = 0; s < states; ++s) {
        for (unsigned v = 0; v < verbs; ++v) {
            for (unsigned r = 0; r < roles; ++r, ++cells) {
                const auto in = static_cast<state>(s);
                const auto what = static_cast<verb>(v);
                const auto who = static_cast<role>(r);
                EXPECT_EQ(is_allowed(in, what, who), wanted.contains({in, what, who}))
                    << name_of(in) << ' ' << name_of(what) << ' ' << name_of(who);
            }
        }
    }
    EXPECT_EQ(cells, 18 * verbs * 11);
}

TEST(meetings_permissions, a_closed_cell_is_refused_and_changes_nothing) {
    desk it;
    it.goes_to(state::collection);
    for (unsigned v = 1; v < verbs; ++v) {
        const auto what = static_cast<verb>(v);
        if ((allowed_roles(state::collection, what) & only(role::member)) != 0) continue;
        const auto before = it.room;
        EXPECT_NE(it.member("c4", {.what = what}), refusal::none) << name_of(what);
        EXPECT_EQ(it.room, before);
        EXPECT_FALSE(it.last.appended);
    }
}

TEST(meetings_permissions, an_office_is_the_rosters_to_give_and_nobody_can_claim_it) {
    desk it;
    it.goes_to(state::collection);
    EXPECT_EQ(it.does({role::treasurer, "c4", {}}, {.what = verb::record_savings, .about = "c1"}),
              refusal::not_of_group);
    EXPECT_EQ(it.does({role::agent, "o9", {}}, {.what = verb::advance}), refusal::not_of_group);
    EXPECT_EQ(it.does({role::agent, "", {}}, {.what = verb::advance}), refusal::not_of_group);
}

TEST(meetings_permissions, a_deputy_stands_in_for_who_is_not_here_and_else_the_moderator) {
    auto with_deputy = five_women();
    with_deputy.members[3].roles |= only(role::deputy);
    desk it{with_deputy};
    it.opens(0);
    for (const auto* id : {"c1", "c3", "c4", "c5"}) it.member(id, {.what = verb::check_in});
    EXPECT_TRUE(has(roles_of(it.room, {role::member, "c4", {}}), role::treasurer));
    EXPECT_FALSE(has(roles_of(it.room, {role::member, "c4", {}}), role::president));
    EXPECT_FALSE(has(roles_of(it.room, {role::agent, "o1", {}}), role::treasurer));
    it.member("c4", {.what = verb::leave});
    EXPECT_TRUE(has(roles_of(it.room, {role::agent, "o1", {}}), role::treasurer));
    EXPECT_FALSE(has(roles_of(it.room, {role::agent, "o1", {}}), role::member));
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
