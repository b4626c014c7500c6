// Cases, what is told of them, and a colleague's desk came with format 6 of the rows.

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tertulia::gateway {
namespace {

const instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

dialogs::client_case some_case() {
    dialogs::client_case made{
        .number = "17-1",
        .kind = "complaint",
        .category = "charge",
        .priority = "high",
        .state = dialogs::case_state::taken,
        .queue = "complaints",
        .excluded = "officer:7",
        .holder = {.id = "officer:8", .name = "seño Ana", .party = party_id{5}},
        .level = 2,
        .acknowledged = true,
        .missed = 3,
        .opened_at = monday,
        .changed_at = monday + std::chrono::hours{1}};
    made.due = {monday, instant{}, monday + std::chrono::hours{48}, instant{}};
    made.snoozed_by = party_id{6};
    made.snoozed_until = monday + std::chrono::hours{3};
    made.client_id = "C1";
    made.client_name = "doña Rosa";
    made.branch_id = "1";
    made.answers = {{"what", "text:me cobraron"}};
    made.media = {"wamid.1"};
    made.words = {"me cobraron de más"};
    made.answer = "se lo devolvimos";
    return made;
}

TEST(case_row, comes_back_as_it_was) {
    std::string bytes;
    encode(some_case(), bytes);
    EXPECT_EQ(decode_case(bytes), some_case());

    dialogs::session at;
    at.cases = {some_case()};
    at.cases_opened = 4;
    at.case_in_hand = "17-1";
    at.desk.cases = {{.number = "9-1", .client = party_id{9}, .client_name = "Ana", .kind = "asked", .taken = true, .at = monday}};
    at.desk.at = "9-1";
    at.desk.awaits = "note";
    at.desk.awaits_for = "9-1";
    at.desk.as_client = true;
    encode(at, bytes);
    EXPECT_EQ(decode_session(bytes), at);

    encode(
        dialogs::event{dialogs::told{
            .by = party_id{17},
            .what = dialogs::case_act{
                .number = "17-1",
                .what = dialogs::case_deed::snooze,
                .by = {.id = "officer:8"},
                .text = "luego",
                .rest = std::chrono::hours{1}}}},
        bytes
    );
    const auto act = std::get<dialogs::case_act>(std::get<dialogs::told>(decode_event(bytes)).what);
    EXPECT_EQ(act.what, dialogs::case_deed::snooze);
    EXPECT_EQ(act.by.id, "officer:8");
    EXPECT_EQ(act.rest, std::chrono::hours{1});

    encode(
        told_row{
            .id = {1, 2},
            .to = {.phone = "+50255550000"},
            .what = dialogs::case_news{
                .what = dialogs::case_report::late,
                .number = "17-1",
                .arrears = true,
                .due = monday,
                .media = {"received:17/image/90"}}},
        bytes
    );
    const auto row = decode_told_row(bytes);
    const auto news = std::get<dialogs::case_news>(row.what);
    EXPECT_EQ(row.to.phone, "+50255550000");
    EXPECT_EQ(news.what, dialogs::case_report::late);
    EXPECT_EQ(news.arrears, true);
    EXPECT_EQ(news.due, monday);
    EXPECT_EQ(news.media, std::vector<std::string>{"received:17/image/90"});
}

TEST(case_row, what_was_told_of_a_case_in_format_11_shows_nothing) {
    std::string bytes;
    encode(dialogs::event{dialogs::told{.what = dialogs::case_news{.number = "17-1"}}}, bytes);
    bytes.pop_back();  // how many links
    bytes[0] = 11;
    const auto news = std::get<dialogs::case_news>(std::get<dialogs::told>(decode_event(bytes)).what);
    EXPECT_EQ(news.number, "17-1");
    EXPECT_TRUE(news.media.empty());
    bytes[0] = 12;
    EXPECT_THROW((void)decode_event(bytes), damaged_row);
}

TEST(case_row, a_session_of_format_5_has_no_cases) {
    std::string bytes;
    encode(dialogs::session{}, bytes);
    // What came since stands last: no cases, none ever, none in hand, an empty desk; of format 7 no
    // applications and none ever; of format 8 no preferences and nothing agreed to; of format 9
    // nothing told while somebody was waited for, no PIN put aside, no confirmations, no claims,
    // none ever, no promises and no hardship, and nothing of recommending, of which a code that was
    // written is told to be missing by a 1; of format 10 no touches and no goal; of format 11 no
    // seats and no room.
    const auto added = std::string(8 + 2 + 2 + 3 + 10 + 10, '\0') + '\1' + std::string(5, '\0');
    ASSERT_TRUE(bytes.ends_with(added));
    bytes.resize(bytes.size() - added.size());
    bytes[0] = 5;
    EXPECT_EQ(decode_session(bytes), dialogs::session{});
    bytes[0] = 6;
    EXPECT_THROW((void)decode_session(bytes), damaged_row);
}

}  // namespace
}  // namespace tertulia::gateway
