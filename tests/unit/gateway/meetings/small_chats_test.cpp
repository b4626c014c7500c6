// What a meeting's small group wants done at WhatsApp, by what webhooks have told of it.

#include "gateway/meetings/small_chats.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
namespace rooms = dialogs::meetings;

const std::vector<staff_person> staff{{.id = "officer:1", .name = "Brenda", .phone = "+50255500001"}};

rooms::meeting three_women() {
    rooms::meeting made;
    made.now = rooms::state::announced;
    made.moderator = "officer:1";
    auto& plan = made.planned;
    plan.group_id = "G12";
    plan.group_name = "Las Rosas";
    plan.how = rooms::mode::native_small;
    for (const auto* id : {"c1", "c2", "c3"}) {
        plan.members.push_back({.id = id, .phone = "+5025550010" + std::string{id[1]}});
        made.members.push_back({.id = id});
    }
    return made;
}

known_member known(std::string wa_id, member_standing is, std::string asks = {}) {
    return {
        .who = {{identity_kind::wa_id, std::move(wa_id)}}, .is = is, .join_request_id = std::move(asks)};
}

chats_known one_group(std::vector<known_member> members) {
    chats_known all;
    all.emplace(
        "GR1",
        known_group{
            .id = "GR1", .subject = "Las Rosas · G12", .invite_link = "https://l",
            .members = std::move(members)}
    );
    return all;
}

TEST(small_chats, a_group_is_made_where_the_village_bank_has_none) {
    auto room = three_women();
    EXPECT_EQ(moves_of_chat(room, "whatsapp", {}, staff).make, "Las Rosas · G12");
    auto others = one_group({});
    others.begin()->second.subject = "Las Rosas · G112";
    EXPECT_FALSE(moves_of_chat(room, "whatsapp", others, staff).make.empty());
    auto gone = one_group({});
    gone.begin()->second.is = group_standing::deleted;
    EXPECT_FALSE(moves_of_chat(room, "whatsapp", gone, staff).make.empty());
}

TEST(small_chats, nothing_is_done_for_a_draft_an_ended_meeting_or_another_mode) {
    for (const auto at : {rooms::state::draft, rooms::state::closed, rooms::state::cancelled}) {
        auto room = three_women();
        room.now = at;
        EXPECT_TRUE(moves_of_chat(room, "whatsapp", {}, staff).make.empty());
    }
    auto room = three_women();
    room.planned.how = rooms::mode::relay;
    EXPECT_TRUE(moves_of_chat(room, "whatsapp", {}, staff).make.empty());
}

TEST(small_chats, without_a_channel_of_whatsapp_the_meeting_hears_that_there_can_be_none) {
    const auto moves = moves_of_chat(three_women(), "", {}, staff);
    ASSERT_THAT(moves.to_tell, SizeIs(1));
    EXPECT_FALSE(moves.to_tell[0].agrees);
    EXPECT_TRUE(moves.to_tell[0].about.empty());
}

TEST(small_chats, members_and_the_moderator_are_let_in_and_a_stranger_waits) {
    const auto moves = moves_of_chat(
        three_women(), "whatsapp",
        one_group(
            {known("50255500101", member_standing::asks, "r1"),
             known("50255500001", member_standing::asks, "r2"),
             known("50255599999", member_standing::asks, "r3")}
        ),
        staff
    );
    EXPECT_THAT(moves.let_in, ElementsAre("r1", "r2"));
    EXPECT_THAT(moves.take_out, IsEmpty());
    ASSERT_THAT(moves.to_tell, SizeIs(1)) << "that it is there, and its link";
    EXPECT_EQ(moves.to_tell[0].second, "whatsapp/GR1");
    EXPECT_EQ(moves.to_tell[0].text, "https://l");
}

TEST(small_chats, who_is_put_out_or_no_longer_of_the_village_bank_is_taken_out) {
    auto room = three_women();
    room.chat = {.id = "whatsapp/GR1", .link = "https://l", .inside = {"c1", "c2", "c3"}};
    room.members[0].removed = true;
    room.planned.members[1].active = false;
    room.members[2].gone = true;  // for today only
    const auto moves = moves_of_chat(
        room, "whatsapp",
        one_group(
            {known("50255500101", member_standing::in), known("50255500102", member_standing::in),
             known("50255500103", member_standing::in)}
        ),
        staff
    );
    EXPECT_THAT(moves.take_out, ElementsAre("+50255500101", "+50255500102"));
    ASSERT_THAT(moves.to_tell, SizeIs(2));
    EXPECT_EQ(moves.to_tell[0].about, "c1");
    EXPECT_FALSE(moves.to_tell[0].agrees);
}

TEST(small_chats, who_came_and_who_left_is_told_once) {
    auto room = three_women();
    room.chat = {.id = "whatsapp/GR1", .link = "https://l", .inside = {"c2"}};
    const auto group = one_group(
        {known("50255500101", member_standing::in), known("50255500102", member_standing::left)}
    );
    const auto moves = moves_of_chat(room, "whatsapp", group, staff);
    ASSERT_THAT(moves.to_tell, SizeIs(2));
    EXPECT_EQ(moves.to_tell[0].about, "c1");
    EXPECT_TRUE(moves.to_tell[0].agrees);
    EXPECT_EQ(moves.to_tell[1].about, "c2");
    EXPECT_FALSE(moves.to_tell[1].agrees);
    room.chat.inside = {"c1"};
    EXPECT_THAT(moves_of_chat(room, "whatsapp", group, staff).to_tell, IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway
