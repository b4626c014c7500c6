// What is written to core banking is written once, whatever is lost on the way, and only where the
// institution wants it.

#include "tests/unit/gateway/core_banking/sync_fixture.hpp"

#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>

namespace tertulia::gateway::testing_core {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

struct write_queue_test : sync_test {
    write_queue_test() {
        house.keep(5, 5);
        writes = {.notes = true, .applications = true, .attendance = true};
        open();
        settle();
    }
    static core_write a_note() {
        return core_note{adapters::fineract::note_owner::client, "27", "Promete pagar el viernes"};
    }
    static core_write an_application() {
        return core_application{
            .client_id = "27",
            .product_id = "2",
            .principal = {400'000},
            .submitted_on = monday,
            .wanted_on = std::chrono::year{2026} / 12 / 1,
            .external_id = "gw-app-51"};
    }
    write_queued add(std::string_view key, const core_write& what) {
        return sync->writes().add(key, what, now);
    }
    write_status status(std::string_view key) { return sync->writes().find(key).value(); }
};

TEST_F(write_queue_test, nothing_is_written_unless_it_is_allowed) {
    writes = {};
    open();
    EXPECT_EQ(add("k1", a_note()), write_queued::not_allowed);
    EXPECT_EQ(add("k2", an_application()), write_queued::not_allowed);
    EXPECT_EQ(add("k3", adapters::fineract::attendance{}), write_queued::not_allowed);
    EXPECT_FALSE(sync->writes().find("k1"));
    EXPECT_FALSE(step().worked);
}

TEST_F(write_queue_test, what_was_allowed_once_and_is_no_more_is_not_sent) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    writes = {};
    open();
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::stuck);
    EXPECT_THAT(core.written("/clients/27/notes"), SizeIs(0));
}

TEST_F(write_queue_test, a_note_an_application_and_attendance_arrive_as_they_were_meant) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    ASSERT_EQ(add("k2", an_application()), write_queued::queued);
    ASSERT_EQ(
        add("k3",
            adapters::fineract::attendance{
                "5", "14", monday, {{"27", adapters::fineract::presence::late}}}),
        write_queued::queued
    );
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(step().worked);
    for (const auto* key : {"k1", "k2", "k3"}) {
        EXPECT_EQ(status(key).state, write_state::done);
        EXPECT_NE(status(key).written_id, "");
    }
    EXPECT_THAT(core.written("/clients/27/notes").at(0), HasSubstr("Promete pagar el viernes"));
    const auto sent = nlohmann::json::parse(core.written("/loans").at(0));
    EXPECT_EQ(sent["principal"], "4000.00");
    EXPECT_EQ(sent["numberOfRepayments"], 10) << "of the template";
    EXPECT_THAT(core.written("/groups/5/meetings").at(0), HasSubstr(R"("attendanceType":5)"));
    EXPECT_FALSE(step().worked);
}

TEST_F(write_queue_test, the_same_key_is_the_same_write) {
    EXPECT_EQ(add("k1", a_note()), write_queued::queued);
    EXPECT_EQ(add("k1", a_note()), write_queued::known);
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(add("k1", a_note()), write_queued::known);
    EXPECT_FALSE(step().worked);
    EXPECT_THAT(core.written("/clients/27/notes"), SizeIs(1));
}

// The answer is lost every time, and the process with it: core banking has exactly one.
TEST_F(write_queue_test, an_answer_that_is_lost_and_a_process_that_dies_write_it_once) {
    ASSERT_EQ(add("k1", an_application()), write_queued::queued);
    for (int i = 0; i < 5; ++i) {
        // The template is answered, and the write itself is done without an answer.
        const auto due = sync->writes().due(now);
        ASSERT_TRUE(due);
        int calls = 0;
        const auto lossy = [&](std::vector<adapters::outbound_request> what) {
            auto answers = core.caller()(std::move(what));
            if (++calls == 2) answers.front().reset();
            return answers;
        };
        EXPECT_FALSE(sync->writes().work_off(*due, core.access(), lossy, now));
        EXPECT_EQ(status("k1").state, write_state::queued);
        open();
        now += 1min;
    }
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::done);
    EXPECT_THAT(core.written("/loans"), SizeIs(1));
}

TEST_F(write_queue_test, what_is_still_being_worked_on_or_locked_is_sent_again) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    for (const unsigned still : {425U, 409U, 423U, 500U}) {
        core.fail({.path = "/notes", .status = still, .body = "{}"});
    }
    for (int i = 0; i < 4; ++i) {
        ASSERT_TRUE(step().worked);
        EXPECT_EQ(status("k1").state, write_state::queued);
        EXPECT_FALSE(sync->writes().due(now)) << "it waits";
        now += 5min;
    }
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::done);
    EXPECT_EQ(status("k1").tries, 5);
}

TEST_F(write_queue_test, what_waits_for_a_checker_is_not_done) {
    core.maker_checker = true;
    ASSERT_EQ(add("k1", an_application()), write_queued::queued);
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::waiting);
    EXPECT_EQ(status("k1").written_id, "412");
    EXPECT_FALSE(sync->writes().due(now + 24h)) << "sent once; a person approves it";
}

TEST_F(write_queue_test, a_refusal_is_final_and_says_why) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    core.fail(
        {.path = "/notes",
         .status = 400,
         .body = R"({"userMessageGlobalisationCode":"validation.msg.note.note.exceeds.max.length"})"});
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::refused);
    EXPECT_THAT(status("k1").reason, HasSubstr("exceeds.max.length"));

    auto odd = std::get<core_application>(an_application());
    odd.principal = {100, {{'U', 'S', 'D'}}};
    ASSERT_EQ(add("k2", odd), write_queued::queued);
    ASSERT_TRUE(step().worked);
    EXPECT_EQ(status("k2").state, write_state::refused);
    EXPECT_THAT(core.written("/loans"), SizeIs(0));
}

TEST_F(write_queue_test, a_missing_permission_holds_that_write_and_not_the_reading) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    core.fail(
        {.path = "/notes",
         .status = 403,
         .body = R"({"userMessageGlobalisationCode":"error.msg.not.authorized"})"});
    EXPECT_TRUE(step().worked);
    EXPECT_EQ(status("k1").state, write_state::queued);
    EXPECT_THAT(status("k1").reason, HasSubstr("permission"));
}

TEST_F(write_queue_test, trouble_without_end_is_handed_to_a_person) {
    ASSERT_EQ(add("k1", a_note()), write_queued::queued);
    core.fail({.path = "/notes", .times = 100, .status = 500, .body = "<html>"});
    for (int i = 0; i < 200 && status("k1").state == write_state::queued; ++i) {
        if (!step().worked) now += 1min;
    }
    EXPECT_EQ(status("k1").tries, 10);
    EXPECT_EQ(status("k1").state, write_state::stuck);
}

TEST_F(write_queue_test, what_is_stored_is_read_again_and_what_is_damaged_is_not) {
    for (const auto& each :
         {a_note(), an_application(),
          core_write{adapters::fineract::attendance{
              "5", "14", monday, {{"27", adapters::fineract::presence::present}}}}}) {
        const auto again = read_write(kind_of(each), content_of(each));
        ASSERT_TRUE(again);
        EXPECT_EQ(content_of(*again), content_of(each));
    }
    for (const auto* wrong : {"", "[]", "{}", R"({"owner":7,"owner_id":"1","text":"x"})",
                              R"({"owner":"1"})"}) {
        EXPECT_FALSE(read_write("note", wrong)) << wrong;
    }
    EXPECT_FALSE(read_write("application", R"({"client_id":"1"})"));
    EXPECT_FALSE(read_write("attendance",
        R"({"group_id":"5","calendar_id":"1","on":"2026-11-23","clients":[["27",9]]})"));
    EXPECT_FALSE(read_write("repayment", content_of(a_note())));
}

}  // namespace
}  // namespace tertulia::gateway::testing_core
