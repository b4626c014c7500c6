// What the people of a meeting may look at, each by what she is in it.

#include "dialogs/engine/room_views.hpp"
#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using meetings::argument_value;
using meetings::desk;
using meetings::role;
using meetings::state;
using meetings::verb;

std::string shown(const desk& it, const meetings::actor& who, std::string_view what) {
    const auto said = shown_to(it.room, who, what, it.at);
    return said ? said->key : std::string{};
}

const meetings::actor agent{role::agent, "o1", "Brenda"};
const meetings::actor secretary{role::member, "c3", {}};
const meetings::actor member{role::member, "c4", {}};

TEST(room_views, a_member_sees_names_and_counts_and_who_leads_more) {
    desk it;
    it.goes_to(state::collection, 4);
    EXPECT_EQ(shown(it, agent, "who"), "meeting.look.who");
    EXPECT_EQ(shown(it, secretary, "who"), "meeting.look.who");
    EXPECT_EQ(shown(it, member, "who"), "meeting.look.here");
    EXPECT_EQ(shown(it, member, "votes"), "meeting.look.no_vote");
    EXPECT_EQ(shown(it, agent, "minutes"), "meeting.look.minutes");
    EXPECT_EQ(shown(it, member, "minutes"), "meeting.minutes_text");
    EXPECT_EQ(shown(it, {role::member, "c9", {}}, "who"), "") << "nobody of the group";
    EXPECT_EQ(shown(it, {role::guest, "p1", {}}, "minutes"), "");
}

TEST(room_views, how_many_have_voted_any_member_may_know) {
    desk it;
    it.goes_to(state::loan_requests);
    it.member("c5", {.what = verb::request_loan, .amount = {30'000}});
    it.member("c1", {.what = verb::open_vote, .number = 1});
    it.member("c1", {.what = verb::cast_vote, .number = 1, .choice = meetings::ballot::no});
    const auto seen = shown_to(it.room, member, "votes", it.at);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->arguments.at(0).value, (argument_value{std::int64_t{1}}));
    EXPECT_EQ(seen->arguments.at(1).value, (argument_value{std::int64_t{4}}));
}

TEST(room_views, the_minutes_are_the_last_ones_before_and_these_afterwards) {
    auto first = meetings::five_women();
    first.last_minutes.clear();
    EXPECT_EQ(shown(desk{first}, member, "minutes"), "meeting.look.no_minutes");
    desk it;
    EXPECT_EQ(shown(it, member, "minutes"), "meeting.look.last_minutes");
    it.goes_to(state::closing);
    it.agent({.what = verb::close});
    for (const auto& who : {agent, secretary, member}) {
        EXPECT_EQ(shown(it, who, "minutes"), "meeting.minutes_text");
    }
    EXPECT_EQ(shown(it, member, "who"), "meeting.look.came");
    for (const auto* id : {"c1", "c2", "c3"}) it.member(id, {.what = verb::sign});
    it.agent({.what = verb::sign});
    ASSERT_EQ(it.room.now, state::closed);
    EXPECT_EQ(shown(it, {role::member, "c1", {}}, "minutes"), "meeting.minutes_text");
}

}  // namespace
}  // namespace tertulia::dialogs
