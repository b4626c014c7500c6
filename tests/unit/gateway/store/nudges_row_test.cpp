// Touches, her goal, a nudge as an event and what becomes of it came with format 10 of the rows.

#include "dialogs/engine/step.hpp"
#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

constexpr civil_date monday{std::chrono::year{2026} / 11 / 23};

const dialogs::planned_nudge planned{
    .id = 77,
    .policy = "repayment",
    .segment = "reliable",
    .day = -1,
    .anchor = monday,
    .client_id = "C1",
    .loan_id = "L1",
    .instalment = 4,
    .due = from_millis(5)};

std::string session_bytes(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(nudges_row, a_session_comes_back_whole_and_one_of_format_9_has_none) {
    dialogs::session full{};
    full.touches = {
        {.at = from_millis(3),
         .client_id = "C1",
         .loan_id = "L1",
         .instalment = 4,
         .policy = "repayment",
         .day = -1,
         .nudge = 77,
         .sent = 9}};
    full.goal = "una refri";
    EXPECT_EQ(decode_session(session_bytes(full)), full);
    auto before = session_bytes({});
    before.resize(before.size() - 4);  // what formats 10 and 11 added, all empty
    before[0] = 9;
    EXPECT_EQ(decode_session(before), dialogs::session{});
    before[0] = 10;
    EXPECT_THROW((void)decode_session(before), damaged_row);
}

TEST(nudges_row, the_event_comes_back_whole) {
    std::string bytes;
    encode(dialogs::event{dialogs::nudge_due{planned}}, bytes);
    const auto back = decode_event(bytes);
    ASSERT_TRUE(std::holds_alternative<dialogs::nudge_due>(back));
    EXPECT_EQ(std::get<dialogs::nudge_due>(back).what, planned);
}

TEST(nudges_row, what_she_told_elsewhere_came_with_format_14) {
    auto full = planned;
    full.elsewhere = {
        .opted_out_at = from_millis(7),
        .wants_none = true,
        .disputes = true,
        .claims_paid = true,
        .in_hardship = true,
        .with_person = true,
        .promised = monday};
    std::string bytes;
    encode(dialogs::event{dialogs::nudge_due{full}}, bytes);
    EXPECT_EQ(std::get<dialogs::nudge_due>(decode_event(bytes)).what, full);

    bytes.clear();
    encode(dialogs::event{dialogs::nudge_due{planned}}, bytes);
    bytes.resize(bytes.size() - 8);  // nothing of it
    bytes[0] = 13;
    EXPECT_EQ(std::get<dialogs::nudge_due>(decode_event(bytes)).what, planned);
}

TEST(nudges_row, her_pause_came_with_format_15) {
    auto full = planned;
    full.elsewhere = {.with_person = true, .paused_until = monday};
    std::string bytes;
    encode(dialogs::event{dialogs::nudge_due{full}}, bytes);
    EXPECT_EQ(std::get<dialogs::nudge_due>(decode_event(bytes)).what, full);

    full.elsewhere.paused_until.reset();
    bytes.clear();
    encode(dialogs::event{dialogs::nudge_due{full}}, bytes);
    bytes.resize(bytes.size() - 1);  // no word of it
    bytes[0] = 14;
    EXPECT_EQ(std::get<dialogs::nudge_due>(decode_event(bytes)).what, full);
}

TEST(nudges_row, a_turn_keeps_what_became_of_it) {
    turn one{.what = dialogs::nudge_due{planned}};
    one.effects = {
        dialogs::note_nudge{
            .id = 77,
            .verdict =
                {.answer = dialogs::nudge_answer::never,
                 .by = dialogs::gate::caps,
                 .reason = "cap_of_day",
                 .numbers = "1 of 1 today",
                 .again = from_millis(8),
                 .with_task = true},
            .dialog = "remind"},
        dialogs::plan_nudge{.counts_from = dialogs::nudge_anchor::promise, .what = planned},
        dialogs::note_promise{{.client_id = "C1", .loan_id = "L1", .on = monday}},
        dialogs::contact_had{.client_id = "C1", .about = "mid", .answers = {{"goal", "text:una refri"}}}};
    std::string bytes;
    encode_turn(one, session_bytes({}), 1, bytes);
    const auto back = decode_turn(bytes).what.effects;
    ASSERT_EQ(back.size(), 4U);
    EXPECT_EQ(
        std::get<dialogs::note_nudge>(back[0]).verdict, std::get<dialogs::note_nudge>(one.effects[0]).verdict
    );
    EXPECT_EQ(std::get<dialogs::plan_nudge>(back[1]).what, planned);
    EXPECT_EQ(std::get<dialogs::note_promise>(back[2]).as_is.on, monday);
    EXPECT_EQ(std::get<dialogs::contact_had>(back[3]).answers.at("goal"), "text:una refri");
}

TEST(nudges_row, a_talk_is_kept_by_itself_too) {
    std::string bytes;
    encode(dialogs::contact_had{.client_id = "C1", .about = "any", .answers = {}}, bytes);
    EXPECT_EQ(decode_contact(bytes).about, "any");
}

}  // namespace
}  // namespace tertulia::gateway
