// A meeting reaches core banking once: who came, its note, and a sheet that nobody has saved.

#include "gateway/core_banking/meeting_writes.hpp"

#include "gateway/core_banking/core_offices.hpp"
#include "tests/unit/gateway/core_banking/sync_fixture.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::gateway::testing_core {
namespace {

using dialogs::meetings::attendance;
using dialogs::meetings::minutes;
using dialogs::meetings::state;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct meeting_writes_test : sync_test {
    meeting_writes_test() {
        house.keep(9, 9);
        writes = {.notes = true, .attendance = true};
        open();
        settle();
        group = std::to_string(house.number_of("G05"));
        rosa = std::to_string(house.number_of("C0007"));
        held = *house.groups[4].next_meeting;
    }
    minutes of_meeting(int number = 3) const {
        minutes out{.group_id = group, .number = number, .ended_as = state::closed};
        out.attended = {
            {rosa, "Lucía Tzoc", attendance::late},
            {std::to_string(1), "Carmen Tzoc", attendance::excused},
            {std::to_string(2), "Nadie", attendance::unknown}};
        return out;
    }
    std::vector<core_proposal> proposals(const minutes& what) {
        return meeting_writes(what, {group, "14"}, held, "Vinieron 1 de 3.");
    }
    void propose(const minutes& what) {
        for (const auto& each : proposals(what)) (void)sync->propose(each, now);
    }
    write_state state_of(meeting_write what, int number = 3) {
        return sync->writes().find(key_of(meeting_key(group, number), what)).value().state;
    }
    void work_off() {
        while (sync->writes().due(now)) (void)step();
    }
    std::vector<std::string> meetings() { return core.written("/groups/" + group + "/meetings"); }
    std::vector<std::string> group_notes() { return core.written("/groups/" + group + "/notes"); }

    std::string group{};
    std::string rosa{};
    civil_date held{};
};

TEST_F(meeting_writes_test, attendance_and_note_are_written_and_the_sheet_is_a_draft) {
    propose(of_meeting());
    work_off();
    ASSERT_THAT(meetings(), SizeIs(1));
    const auto sent = nlohmann::json::parse(meetings()[0]);
    EXPECT_EQ(sent["calendarId"], 14);
    EXPECT_EQ(sent["clientsAttendance"][0]["attendanceType"], 5);
    EXPECT_EQ(sent["clientsAttendance"][1]["attendanceType"], 3);
    EXPECT_EQ(sent["clientsAttendance"][2]["attendanceType"], 2) << "nobody saw her";
    ASSERT_THAT(group_notes(), SizeIs(1));
    EXPECT_THAT(group_notes()[0], HasSubstr("Vinieron 1 de 3."));

    const auto draft = sync->writes().draft(key_of(meeting_key(group, 3), meeting_write::sheet));
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->on, held);
    EXPECT_THAT(draft->dues, testing::Not(IsEmpty()));
    EXPECT_GT(draft->dues[0].due.minor, 0);
    EXPECT_THAT(core.written("/groups/" + group), IsEmpty()) << "nothing moves money";
    EXPECT_EQ(core.asked_for("saveCollectionSheet"), 0U);
}

TEST_F(meeting_writes_test, once_however_often_it_is_proposed_and_whatever_is_lost) {
    core.fail({.path = "/meetings", .times = 2, .after_it_is_done = true});
    core.fail({.path = "/notes", .times = 1, .status = 500, .body = "{}"});
    core.fail({.path = "generateCollectionSheet", .times = 1, .cut_off = true});
    for (int i = 0; i < 8; ++i) {
        open();  // a restart: whoever has it proposes it again
        propose(of_meeting());
        work_off();
        now += 1min;
    }
    EXPECT_THAT(meetings(), SizeIs(1));
    EXPECT_THAT(group_notes(), SizeIs(1));
    for (const auto what : {meeting_write::attendance, meeting_write::note, meeting_write::sheet}) {
        EXPECT_EQ(state_of(what), write_state::done);
    }
    propose(of_meeting(4));
    work_off();
    EXPECT_THAT(meetings(), SizeIs(2)) << "another meeting is another one";
}

TEST_F(meeting_writes_test, a_day_that_is_not_in_the_calendar_is_refused_and_the_note_stands) {
    held = civil_date{std::chrono::sys_days{held} + std::chrono::days{1}};
    propose(of_meeting());
    work_off();
    EXPECT_EQ(state_of(meeting_write::attendance), write_state::refused);
    EXPECT_THAT(
        sync->writes().find(meeting_key(group, 3))->reason, HasSubstr("not.valid.recurring.date")
    );
    EXPECT_EQ(state_of(meeting_write::note), write_state::done);
    EXPECT_THAT(meetings(), IsEmpty());
}

TEST_F(meeting_writes_test, nothing_is_written_that_is_not_allowed) {
    writes = {.notes = true};
    open();
    propose(of_meeting());
    work_off();
    EXPECT_THAT(meetings(), IsEmpty());
    EXPECT_EQ(core.asked_for("generateCollectionSheet"), 0U);
    EXPECT_THAT(group_notes(), SizeIs(1));
}

TEST_F(meeting_writes_test, of_what_was_not_held_nothing_and_without_a_calendar_the_note_alone) {
    auto what = of_meeting();
    what.ended_as = state::cancelled;
    EXPECT_THAT(proposals(what), IsEmpty());
    what.ended_as = state::adjourned;
    EXPECT_THAT(proposals(what), SizeIs(3)) << "who came stays valid";
    EXPECT_THAT(meeting_writes(what, {group, ""}, held, "x"), SizeIs(1));
}

TEST_F(meeting_writes_test, a_sheet_that_cannot_be_read_is_handed_to_a_person_in_the_end) {
    core.fail({.path = "generateCollectionSheet", .times = 100, .status = 200, .body = R"({"groups":7})"});
    propose(of_meeting());
    for (int i = 0; i < 20; ++i) {
        work_off();
        now += 1min;
    }
    EXPECT_EQ(state_of(meeting_write::sheet), write_state::stuck);
    EXPECT_FALSE(sync->writes().draft(key_of(meeting_key(group, 3), meeting_write::sheet)));
}

TEST(meeting_key, fits_and_tells_meetings_apart) {
    EXPECT_EQ(meeting_key("5", 12), "meeting/5/12");
    const auto long_one = meeting_key(std::string(64, 'g'), 2'000'000'000);
    EXPECT_LE(key_of(long_one, meeting_write::sheet).size(), 50U);
    EXPECT_NE(long_one, meeting_key(std::string(63, 'g') + "h", 2'000'000'000));
    const auto found = meeting_of_key("meeting/5/12/note");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->meeting, "meeting/5/12");
    EXPECT_EQ(found->what, meeting_write::note);
    EXPECT_EQ(meeting_of_key("meeting/5/12")->what, meeting_write::attendance);
    EXPECT_FALSE(meeting_of_key("gw-A17-1"));
}

TEST(core_sheet, what_is_stored_is_read_again_and_what_is_damaged_is_not) {
    const core_write asked = core_sheet{"5", "14", monday, {{'H', 'N', 'L'}}};
    const auto again = read_write(kind_of(asked), content_of(asked));
    ASSERT_TRUE(again);
    EXPECT_EQ(content_of(*again), content_of(asked));
    EXPECT_FALSE(read_write("sheet", R"({"group_id":"5","calendar_id":"1","on":"x","currency":"GTQ"})"));
    EXPECT_FALSE(read_write("sheet", R"({"group_id":"5","calendar_id":"1","on":"2026-11-23","currency":"q"})"));
}

TEST_F(meeting_writes_test, the_offices_and_the_calendar_come_with_the_group) {
    const auto portfolio = open_portfolio(database);
    const auto calendar = dialogs::local_calendar::make("America/Guatemala").value();
    const institution here{.time_zone = "America/Guatemala"};
    group_roster_reader reader{*portfolio, calendar, here};
    const auto got = reader.read(group, monday, {}).value();
    EXPECT_EQ(got.core.calendar_id, "14");
    EXPECT_EQ(got.core.group_id, group);
    ASSERT_THAT(got.members, SizeIs(2));
    int presidents = 0;
    for (const auto& each : got.members) {
        if (has(each.roles, dialogs::meetings::role::president)) ++presidents;
    }
    EXPECT_EQ(presidents, 1);

    std::erase_if(house.leaders, [](const auto& each) { return each.group_id == "G05"; });
    now += 24h;
    settle();
    for (const auto& each : reader.read(group, monday, {}).value().members) {
        EXPECT_EQ(each.roles, dialogs::meetings::only(dialogs::meetings::role::member))
            << "an office that was taken away is nobody's";
    }
}

TEST(office_called, by_the_institution_s_own_words) {
    using adapters::ledger::group_office;
    for (const auto* name : {"Presidenta", "PRESIDENT", "présidente du groupe", "Líder", "Leader", " chairwoman"}) {
        EXPECT_EQ(office_called(name), group_office::president) << name;
    }
    for (const auto* name : {"Vice-presidenta", "Vicepresidente", "Vocal II", "Adjointe", "Deputy"}) {
        EXPECT_EQ(office_called(name), group_office::deputy) << name;
    }
    EXPECT_EQ(office_called("Tesorera"), group_office::treasurer);
    EXPECT_EQ(office_called("Trésorière"), group_office::treasurer);
    EXPECT_EQ(office_called("Secrétaire"), group_office::secretary);
    EXPECT_EQ(office_called("Encargada de caja"), group_office::handler);
    EXPECT_FALSE(office_called("Cocinera"));
    EXPECT_FALSE(office_called(""));
}

}  // namespace
}  // namespace tertulia::gateway::testing_core
