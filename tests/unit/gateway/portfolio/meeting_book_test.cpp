// What a meeting leaves for indicators: each fact once, and of a vote only that she voted.

#include "gateway/portfolio/meeting_book.hpp"

#include "gateway/portfolio/group_roster.hpp"
#include "tests/unit/gateway/portfolio/sample.hpp"

#include <sqlite3.h>

namespace tertulia::gateway::testing_portfolio {
namespace {

using namespace std::chrono;
using namespace dialogs::meetings;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant ten = sys_days{2026y / 12 / 1} + 16h;

dialogs::meetings::meeting held_meeting() {
    dialogs::meetings::meeting out{};
    out.planned.start = ten;
    out.opened = ten + 4min;
    for (const auto* id : {"C1", "C2", "C3"}) {
        out.planned.members.push_back({.id = id});
        out.members.push_back({.id = id});
    }
    out.planned.members[0].owes.instalment = {465'00};
    out.planned.members[1].owes.instalment = {310'00};
    out.members[0].attends = attendance::present;
    out.members[0].paid = {465'00};
    out.members[1].attends = attendance::late;
    out.members[1].checked_in = ten + 21min;
    out.members[1].paid = {309'99};
    out.members[1].asked_quiz = out.members[1].answered_quiz = out.members[1].quiz_right = true;
    out.members[2].attends = attendance::excused;
    return out;
}

dialogs::meetings::line said_by(std::string id, verb what, int number = 0, role as = role::member) {
    dialogs::meetings::line out{};
    out.what.by = {.as = as, .id = std::move(id)};
    out.what.what.what = what;
    out.what.what.number = number;
    return out;
}

TEST(engagement_of, who_came_spoke_voted_and_paid) {
    const std::vector<dialogs::meetings::line> lines{
        said_by("C1", verb::said), said_by("C1", verb::quiz_answer), said_by("C2", verb::cast_vote, 1),
        said_by("C2", verb::cast_vote, 1), said_by("C2", verb::cast_vote, 2),
        said_by("O1", verb::said, 0, role::agent), said_by("C9", verb::said),
        said_by("C3", verb::check_in)};
    const auto got = engagement_of(held_meeting(), lines);
    ASSERT_THAT(got, SizeIs(3));
    EXPECT_EQ(got[0].spoke, 2);
    EXPECT_EQ(got[0].paid_in_time, true);
    EXPECT_EQ(got[1].minutes_late, 17) << "of the real start, which was later";
    EXPECT_EQ(got[1].voted, 2) << "a vote she changed is one vote";
    EXPECT_EQ(got[1].paid_in_time, false) << "a centavo is missing";
    EXPECT_EQ(got[2].paid_in_time, std::nullopt);
    EXPECT_EQ(got[1].quiz_right, true);
    EXPECT_EQ(got[0].quiz_right, std::nullopt) << "no quiz was put to her";
    EXPECT_EQ(got[2].attends, attendance::excused);
}

struct meeting_book_test : portfolio_test {};

TEST_F(meeting_book_test, a_meeting_is_kept_once_and_read_from_any_point) {
    const auto people = engagement_of(held_meeting(), {});
    const minutes what{
        .group_id = "G1", .number = 3, .ended_as = state::closed, .internal_cash_after = {1'175'50}};
    {
        const auto portfolio = open_portfolio(database);
        meeting_book book{*portfolio};
        EXPECT_TRUE(book.keep(what, people, 2026y / 12 / 1));
    }
    const auto portfolio = open_portfolio(database);
    meeting_book book{*portfolio};
    EXPECT_FALSE(book.keep(what, people, 2026y / 12 / 1)) << "after a restart too";
    EXPECT_NE(sqlite3_get_autocommit(portfolio->getHandle()), 0) << "others may write again";
    const auto all = book.after(0, 100);
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[1].who, people[1]);
    EXPECT_EQ(all[1].held_on, civil_date{2026y / 12 / 1});
    EXPECT_THAT(book.after(all[0].id, 1), SizeIs(1));
    EXPECT_THAT(book.after(all[2].id, 100), IsEmpty());
    const auto csv = csv_of(all);
    EXPECT_THAT(csv, HasSubstr("1,\"G1\",3,2026-12-01,\"C1\",present,0,0,0,yes,\r\n"));
    EXPECT_THAT(csv, HasSubstr(",\"C2\",late,17,0,0,no,yes\r\n"));
    EXPECT_THAT(csv, HasSubstr(",\"C3\",excused,0,0,0,,\r\n"));
}

TEST_F(meeting_book_test, the_pot_is_what_the_last_meeting_left_until_it_is_counted_anew) {
    auto files = sample();
    files.push_back({"bylaws.csv", "group_id,internal_cash,internal_cash_on\nG1,1000.00,2026-11-01\n"});
    ASSERT_TRUE(import(files).stored());
    const auto portfolio = open_portfolio(database);
    const auto calendar = dialogs::local_calendar::make("America/Guatemala").value();
    const institution house{};
    group_roster_reader reader{*portfolio, calendar, house};
    const auto cash = [&] { return reader.read("G1", 2026y / 12 / 2, {}).value().internal_cash.minor; };
    EXPECT_EQ(cash(), 1'000'00);
    EXPECT_EQ(reader.read("G1", 2026y / 12 / 2, {})->number, 1);
    const minutes what{
        .group_id = "G1", .number = 7, .ended_as = state::closed, .internal_cash_after = {1'175'50}};
    ASSERT_TRUE(meeting_book{*portfolio}.keep(what, {}, 2026y / 12 / 1));
    EXPECT_EQ(cash(), 1'175'50);
    EXPECT_EQ(reader.read("G1", 2026y / 12 / 2, {})->number, 8);
    ASSERT_TRUE(import({{"bylaws.csv", "group_id,internal_cash,internal_cash_on\nG1,1100.00,2026-12-02\n"}})
                    .stored());
    EXPECT_EQ(cash(), 1'100'00);
}

TEST_F(meeting_book_test, a_roster_is_a_plan_a_meeting_can_be_made_of) {
    ASSERT_TRUE(import(sample()).stored());
    const auto portfolio = open_portfolio(database);
    const auto calendar = dialogs::local_calendar::make("America/Guatemala").value();
    const institution house{};
    const auto roster = group_roster_reader{*portfolio, calendar, house}.read("G1", 2026y / 11 / 23, {}).value();
    plan what{.created = monday, .start = monday, .end = monday + 90min};
    lay_out(roster, what);
    EXPECT_EQ(wrong_with(what), "");
    EXPECT_EQ(what.end - what.start, 90min);
    EXPECT_EQ(what.start, ten);
}

}  // namespace
}  // namespace tertulia::gateway::testing_portfolio
