// A meeting is kept with the turn that changes it, and its log is what happened, line by line.

#include "store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;
using testing::IsEmpty;
using testing::SizeIs;

rooms::plan small_plan() {
    rooms::plan plan{.group_id = "G12", .group_name = "Las Rosas", .number = 7, .start = monday};
    plan.members = {{.id = "C1", .first_name = "Ana"}};
    return plan;
}

struct meeting_table_test : store_test {
    // A turn of the room with that note.
    void note(dialogs::note_meeting what) {
        what.room = "G12/7";
        what.group_id = "G12";
        what.number = 7;
        what.starts = monday;
        incoming event{
            .id = identify({"room", std::to_string(++events)}),
            .stamped = monday,
            .from = {{identity_kind::room, "G12/7"}},
            .what = dialogs::told{.what = dialogs::room_word{.room = "G12/7"}}};
        const auto from = open_one(event);
        room = from.party;
        auto one = turn_of(event, from, "menu");
        one.effects.emplace_back(std::move(what));
        batch made;
        made.turns.push_back(std::move(one));
        db().commit(made);
    }
    void line(std::uint64_t seq, rooms::state after) {
        note(
            {.stands = after,
             .line = rooms::line{.seq = seq, .what = {.what = {.what = rooms::verb::advance}}, .after = after}}
        );
    }
    meeting_ledger& all() { return db().meetings(); }
    int events{};
    party_id room{};
};

TEST_F(meeting_table_test, it_is_there_with_its_plan_and_its_lines_over_a_restart) {
    note({.stands = rooms::state::draft, .made = small_plan()});
    line(1, rooms::state::scheduled);
    line(2, rooms::state::announced);
    open_store();
    const auto one = all().find_meeting("G12/7");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->stands, rooms::state::announced);
    EXPECT_EQ(one->starts, monday);
    EXPECT_EQ(one->party, room);
    const auto log = all().meeting_log_of("G12/7");
    ASSERT_TRUE(log);
    EXPECT_EQ(log->made_of, small_plan());
    ASSERT_THAT(log->lines, SizeIs(2));
    EXPECT_EQ(log->lines[1].after, rooms::state::announced);
    EXPECT_THAT(all().meetings("G12", 10), SizeIs(1));
    EXPECT_THAT(all().meetings("G13", 10), IsEmpty());
    EXPECT_FALSE(all().find_meeting("G12/8"));
    EXPECT_FALSE(all().meeting_log_of("G12/8"));
}

TEST_F(meeting_table_test, what_it_wants_stands_until_it_is_done) {
    note({.stands = rooms::state::draft, .made = small_plan()});
    EXPECT_THAT(all().meetings_waiting(), IsEmpty());
    note({.stands = rooms::state::scheduled, .line = rooms::line{.seq = 1}, .wants_roster = true});
    line(2, rooms::state::announced);  // what was wanted before is wanted still
    ASSERT_THAT(all().meetings_waiting(), SizeIs(1));
    EXPECT_TRUE(all().meetings_waiting()[0].wants_roster);
    all().meeting_errand_done("G12/7", meeting_errand::roster);
    EXPECT_THAT(all().meetings_waiting(), IsEmpty());
    note(
        {.stands = rooms::state::adjourned,
         .line = rooms::line{.seq = 3},
         .wants_another = monday + std::chrono::days{7},
         .finished = true}
    );
    const auto waiting = all().meetings_waiting();
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_TRUE(waiting[0].wants_write_back);
    EXPECT_EQ(waiting[0].wants_another, monday + std::chrono::days{7});
}

TEST_F(meeting_table_test, one_that_is_over_is_not_ahead) {
    note({.stands = rooms::state::draft, .made = small_plan()});
    EXPECT_THAT(all().meetings_ahead(), SizeIs(1));
    line(1, rooms::state::cancelled);
    EXPECT_THAT(all().meetings_ahead(), IsEmpty());
}

TEST_F(meeting_table_test, what_is_asked_for_waits_until_it_is_answered) {
    const dialogs::wished_meeting wish{
        .asked_by = "officer:7", .group = "Las Rosas", .start = monday};
    const auto record = [&](std::string kind, std::string detail) {
        incoming event{
            .id = identify({"wish", std::to_string(++events)}),
            .stamped = monday,
            .from = {{identity_kind::phone, "+50255590001"}},
            .what = dialogs::happened{.what = "nothing"}};
        const auto from = open_one(event);
        auto one = turn_of(event, from, "menu");
        one.effects.emplace_back(dialogs::keep_record{std::move(kind), std::move(detail)});
        batch made;
        made.turns.push_back(std::move(one));
        db().commit(made);
        return from.party;
    };
    EXPECT_THAT(all().meetings_wished(10), IsEmpty());
    const auto asker = record(std::string{dialogs::meeting_wanted}, to_text(wish));
    (void)record(std::string{dialogs::meeting_wanted}, "not as we write it");
    open_store();
    const auto waiting = all().meetings_wished(10);
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting[0].what, wish);
    EXPECT_EQ(waiting[0].party, asker);
    (void)record(std::string{dialogs::meeting_answered}, std::to_string(waiting[0].id));
    EXPECT_THAT(all().meetings_wished(10), IsEmpty());
}

TEST_F(meeting_table_test, a_line_is_written_once) {
    note({.stands = rooms::state::draft, .made = small_plan()});
    line(1, rooms::state::scheduled);
    EXPECT_THROW(line(1, rooms::state::scheduled), std::runtime_error);
    EXPECT_THAT(all().meeting_log_of("G12/7")->lines, SizeIs(1));
}

}  // namespace
}  // namespace tertulia::gateway
