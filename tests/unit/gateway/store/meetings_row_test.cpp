// Meetings came with format 11 of the rows: the seat of a person, the room itself, what one tells the
// other, and what is noted of it.

#include "dialogs/meetings/advance.hpp"
#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;

rooms::plan plan_of_two() {
    rooms::plan plan{
        .group_id = "G12",
        .group_name = "Las Rosas",
        .number = 7,
        .created = from_millis(1'000),
        .start = from_millis(900'000'000),
        .end = from_millis(907'200'000),
        .moderator = {"officer:7", "Brenda"}};
    plan.members = {
        {.id = "C1", .first_name = "Ana", .full_name = "Ana Caal", .phone = "+50255500101"},
        {.id = "C2", .first_name = "Eva", .full_name = "Eva Ical", .phone = "+50255500102"}};
    plan.last_minutes = {"comprar el toldo"};
    return plan;
}

// One under way, with something in most of its lists.
rooms::meeting lived() {
    auto at = rooms::begin(plan_of_two()).first;
    const auto officer = rooms::actor{.as = rooms::role::agent, .id = "officer:7", .name = "Brenda"};
    instant now = from_millis(2'000);
    for (const auto what : {rooms::verb::schedule, rooms::verb::announce}) {
        auto answer = rooms::advance(at, {.by = officer, .what = {.what = what}, .at = now});
        EXPECT_EQ(answer.refused, rooms::refusal::none) << rooms::name_of(what);
        at = std::move(answer.next);
        now += std::chrono::seconds{1};
    }
    at.recent.push_back({.number = 1, .at = now, .speaker = "C1", .name = "Ana", .text = "hola"});
    at.held.push_back({.number = 1, .rule = "sales", .by = {.id = "C2"}, .at = now, .text = "vendo"});
    at.box = rooms::ballot_box{.request = 1, .eligible = {"C1"}, .casts = {{"C1", rooms::ballot::yes}}};
    at.remarks.push_back({.at = now, .by = "C1", .text = "falta algo", .corrects = true});
    at.objection_told = at.waits_for_quorum = true;
    return at;
}

std::string session_bytes(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(meetings_row, a_room_comes_back_whole_and_a_session_of_format_10_is_nobodys_room) {
    dialogs::session room{};
    room.room.is = std::make_shared<const rooms::meeting>(lived());
    room.rooms = {
        {.room = "G12/7",
         .as = {rooms::recipient::kind::member, "C1"},
         .inside = true,
         .at = from_millis(9),
         .offered = {{"m:8:0:0:", "Presente"}}}};
    EXPECT_EQ(decode_session(session_bytes(room)), room);
    auto before = session_bytes({});
    before.resize(before.size() - 2);  // no seats, no room
    before[0] = 10;
    EXPECT_EQ(decode_session(before), dialogs::session{});
    before[0] = 11;
    EXPECT_THROW((void)decode_session(before), damaged_row);
}

TEST(meetings_row, when_she_acted_in_a_room_came_with_format_14) {
    dialogs::session one{};
    one.rooms = {{.room = "G12/7", .at = from_millis(9), .acted = from_millis(11)}};
    EXPECT_EQ(decode_session(session_bytes(one)), one);
    one.rooms[0].acted = {};
    auto before = session_bytes(one);
    before.erase(before.size() - 2, 1);  // before the room that this is none of
    before[0] = 13;
    EXPECT_EQ(decode_session(before), one);
}

// As format 12 wrote it: a room before its training had answers. Every byte of it is read.
TEST(meetings_row, a_room_of_format_12_is_read_with_nothing_of_what_came_later) {
    constexpr std::string_view hex =
        "0c0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000001000000000103473132094c61732052"
        "6f7361730ed00f80a4a7da06809896e106000004061428f0010200000101010414000304011e00000000000a01"
        "1e00000641686f72726f00074375616e746f3f0c011e00000000000102433103416e6108416e61204361616c0c"
        "2b353032353535303031303180010001000000000047545100000000475451096f6666696365723a3706427265"
        "6e646100000000475451004754510001026573cf05e012c806c21c000000000000d00f00010243310000000000"
        "000000000000000000000000010000475451004754510001000000d09fe4c00401010101010101010101010101"
        "000000000000000000096f6666696365723a370000010600000000000001000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000004754510047545100475451000100000001024331000000000000";
    std::string row;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        row.push_back(static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
    }
    const auto room = decode_session(row).room.is;
    ASSERT_TRUE(room);
    EXPECT_EQ(room->planned.group_name, "Las Rosas");
    EXPECT_EQ(room->planned.agenda.at(1).question, "Cuanto?");
    EXPECT_TRUE(room->planned.agenda.at(1).answers.empty());
    EXPECT_EQ(room->quiz_answers, 3);
    EXPECT_EQ(room->quiz_right, 0);
    EXPECT_EQ(room->banker, "C1");
    EXPECT_TRUE(room->members.at(0).gone);
    EXPECT_FALSE(room->members.at(0).asked_quiz);
}

TEST(meetings_row, what_a_person_and_a_room_tell_one_another_comes_back_whole) {
    const dialogs::room_word word{
        .room = "G12/7",
        .what = {.by = {.as = rooms::role::member, .id = "C1"},
                 .what = {.what = rooms::verb::said, .text = "hola"},
                 .at = from_millis(5),
                 .message_id = "m1"}};
    std::string bytes;
    encode(dialogs::event{dialogs::told{.what = word}}, bytes);
    const auto back = std::get<dialogs::told>(decode_event(bytes));
    const auto& read = std::get<dialogs::room_word>(back.what);
    EXPECT_EQ(read.room, word.room);
    EXPECT_EQ(read.what, word.what);

    const rooms::say said{
        .to = {rooms::recipient::kind::member, "C2"},
        .key = "meeting.digest",
        .arguments = {{"lines", std::vector<rooms::digest_line>{{1, "Ana", "hola"}}}}};
    encode(
        dialogs::event{dialogs::told{.what = dialogs::room_says{.room = "G12/7", .what = said}}}, bytes
    );
    const auto again = std::get<dialogs::told>(decode_event(bytes));
    EXPECT_EQ(std::get<rooms::say>(std::get<dialogs::room_says>(again.what).what), said);
}

TEST(meetings_row, a_plan_and_a_line_come_back_whole) {
    std::string bytes;
    encode(plan_of_two(), bytes);
    EXPECT_EQ(decode_plan(bytes), plan_of_two());
    const rooms::line line{
        .seq = 3,
        .what = {.by = {.id = "C1"}, .what = {.what = rooms::verb::check_in}, .at = from_millis(7)},
        .before = rooms::state::lobby,
        .after = rooms::state::lobby};
    encode(line, bytes);
    EXPECT_EQ(decode_line(bytes), line);
    bytes.pop_back();
    EXPECT_THROW((void)decode_line(bytes), std::runtime_error);
}

}  // namespace
}  // namespace tertulia::gateway
