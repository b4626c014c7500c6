// A meeting in the provider's small group: what is told there once, what stays with each alone, and
// what follows from words that nobody can take back.

#include "dialogs/meetings/replay.hpp"
#include "tests/unit/dialogs/meetings/room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs::meetings {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

const std::string chat = "whatsapp/Y2FwaV9ncm91cDox";
const std::string link = "https://chat.whatsapp.com/AbC";

plan five_in_a_chat() {
    auto what = five_women();
    what.how = mode::native_small;
    return what;
}

act is_there() { return {.what = verb::see_chat, .second = chat, .text = link, .agrees = true}; }
act sits_there(std::string who, bool inside = true) {
    return {.what = verb::see_chat, .about = std::move(who), .second = chat, .agrees = inside};
}
act writes(std::string text, judgement judged = {}) {
    return {.what = verb::said, .second = chat, .text = std::move(text), .judged = std::move(judged)};
}

struct chat_desk : desk {
    explicit chat_desk(int inside = 5) : desk{five_in_a_chat()} {
        agent({.what = verb::schedule});
        desk_says(is_there());
        agent({.what = verb::announce});
        at = ten_o_clock - 15min;
        fires(timer_name::lobby);
        for (int i = 1; i <= 5; ++i) member("c" + std::to_string(i), {.what = verb::check_in});
        for (int i = 1; i <= inside; ++i) desk_says(sits_there("c" + std::to_string(i)));
        desk_says(sits_there("o1"));
        at = ten_o_clock;
        member("c1", writes("Buenos dias"));
        agent({.what = verb::open});
    }
};

TEST(meetings_chat, what_is_for_everybody_is_told_once_and_money_to_each_alone) {
    chat_desk it;
    it.goes_to(state::admissions);
    EXPECT_THAT(it.heard(chat, "meeting.step"), SizeIs(1));
    for (const auto* who : {"c1", "c4", "c5", "o1"}) {
        EXPECT_THAT(it.heard(who, "meeting.step"), IsEmpty()) << who;
    }
    it.goes_to(state::training);
    EXPECT_THAT(it.heard(chat, "meeting.topic"), SizeIs(1));
    EXPECT_THAT(it.heard("c4", "meeting.topic"), IsEmpty());
}

TEST(meetings_chat, dues_and_the_last_minutes_are_told_to_each_alone) {
    chat_desk it;
    it.goes_to(state::minutes_reading);
    EXPECT_THAT(it.heard("c4", "meeting.last_minutes"), SizeIs(1));
    EXPECT_THAT(it.heard(chat, "meeting.last_minutes"), IsEmpty());
    it.goes_to(state::collection);
    EXPECT_THAT(it.heard("c4", "meeting.collect"), SizeIs(1));
    EXPECT_THAT(it.heard(chat, "meeting.collect"), IsEmpty());
}

TEST(meetings_chat, nothing_with_buttons_and_nobodys_own_money_is_said_in_the_group) {
    chat_desk it;
    std::vector<say> said;
    const auto note = [&] {
        for (auto& one : it.heard(chat)) said.push_back(one);
    };
    it.goes_to(state::collection);
    note();
    it.desk_says({.what = verb::see_payment, .about = "c4", .transaction = "t", .amount = {10'400}});
    it.fires(timer_name::digest);
    note();
    it.goes_to(state::loan_requests);
    it.member("c4", {.what = verb::request_loan, .text = "tela", .amount = {300'000}});
    note();
    it.agent({.what = verb::open_vote, .number = 1});
    note();
    it.member("c5", {.what = verb::cast_vote, .number = 1, .choice = ballot::yes});
    note();
    it.agent({.what = verb::close_vote, .number = 1});
    note();
    it.goes_to(state::closing);
    note();
    it.agent({.what = verb::close});
    note();
    EXPECT_THAT(said, Contains(testing::Field(&say::key, "meeting.progress")));
    EXPECT_THAT(said, Contains(testing::Field(&say::key, "meeting.vote_result")));
    EXPECT_THAT(said, Contains(testing::Field(&say::key, "meeting.chat_minutes")));
    for (const auto& one : said) {
        EXPECT_THAT(one.choices, IsEmpty()) << one.key;
        for (const auto& argument : one.arguments) {
            const auto* sum = std::get_if<money>(&argument.value);
            if (sum == nullptr) continue;
            // What she asked the group for, and the group's own pot.
            EXPECT_TRUE(sum->minor == 300'000 || one.key == "meeting.pot") << one.key;
        }
    }
}

TEST(meetings_chat, who_is_not_in_it_hears_it_from_us_and_is_heard_there) {
    chat_desk it{4};
    it.member("c2", writes("Ya estamos"));
    EXPECT_THAT(it.heard("c5", "meeting.digest"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    it.member("c5", says("No tengo datos"));
    it.fires(timer_name::digest);
    EXPECT_THAT(it.heard(chat, "meeting.digest"), SizeIs(1));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    it.goes_to(state::admissions);
    EXPECT_THAT(it.heard("c5", "meeting.step"), SizeIs(1));
}

TEST(meetings_chat, what_should_not_stand_there_is_answered_alone_and_the_moderator_hears_of_it) {
    chat_desk it;
    it.member("c4", writes("Elsa debe Q300", {decision::hold, "naming", incident_kind::naming_debt}));
    EXPECT_THAT(it.heard("c4", "meeting.chat_not_fit"), SizeIs(1));
    EXPECT_THAT(it.heard("o1", "meeting.chat_line"), SizeIs(1));
    EXPECT_THAT(it.heard(chat), IsEmpty());
    EXPECT_THAT(it.room.held, IsEmpty()) << "there is nothing to release";
    EXPECT_THAT(it.wanted<case_wanted>(), SizeIs(1));
    EXPECT_EQ(it.room.incidents.back().kind, incident_kind::naming_debt);
}

TEST(meetings_chat, a_picture_of_a_receipt_there_is_asked_for_in_private) {
    chat_desk it;
    it.goes_to(state::collection);
    auto picture = writes({});
    picture.media = {media_kind::image, "m1"};
    it.member("c4", picture);
    EXPECT_THAT(it.heard("c4", "meeting.chat_proof"), SizeIs(1));
    EXPECT_THAT(it.wanted<claim_wanted>(), IsEmpty());
}

TEST(meetings_chat, who_floods_it_is_asked_once_to_wait_and_the_moderator_hears_when_she_goes_on) {
    chat_desk it{4};  // c5 is not in the group, and hears it from us
    it.at += 5min;
    for (int i = 0; i < said_a_minute; ++i) {
        it.member("c2", writes("uno"));
        EXPECT_THAT(it.heard("c5", "meeting.digest"), SizeIs(1));
        EXPECT_THAT(it.heard("c2"), IsEmpty());
    }
    it.member("c2", writes("dos"));
    EXPECT_THAT(it.heard("c2", "meeting.too_many"), SizeIs(1));
    EXPECT_THAT(it.heard("c5", "meeting.digest"), IsEmpty()) << "she is spared the flood";
    EXPECT_THAT(it.heard("o1", "meeting.chat_line"), IsEmpty());
    it.member("c2", writes("tres"));
    EXPECT_THAT(it.heard("c2"), IsEmpty()) << "once";
    EXPECT_THAT(it.heard("o1", "meeting.chat_line"), SizeIs(1));
    it.at += 2min;
    it.member("c2", writes("más despacio"));
    EXPECT_THAT(it.heard("c5", "meeting.digest"), SizeIs(1));
}

TEST(meetings_chat, who_speaks_there_out_of_turn_is_put_on_the_list_once) {
    chat_desk it;
    it.member("c5", {.what = verb::hand_up});
    it.member("c1", {.what = verb::grant_floor, .about = "c5"});
    it.member("c4", writes("Yo la conozco"));
    EXPECT_THAT(it.heard("c4", "meeting.chat_turn"), SizeIs(1));
    it.member("c4", writes("Vende en el mercado"));
    EXPECT_THAT(it.heard("c4"), IsEmpty());
    EXPECT_THAT(it.room.queue, testing::ElementsAre("c4"));
}

TEST(meetings_chat, another_group_is_none_of_ours) {
    chat_desk it;
    auto elsewhere = writes("hola");
    elsewhere.second = "whatsapp/other";
    EXPECT_EQ(it.member("c1", elsewhere), refusal::no_such);
    EXPECT_EQ(it.desk_says({.what = verb::see_chat, .about = "c1", .second = "whatsapp/other"}),
              refusal::no_such);
    EXPECT_EQ(it.desk_says(sits_there("c9")), refusal::no_such);
    EXPECT_EQ(it.member("c1", sits_there("c1")), refusal::not_allowed);
    desk relay;
    relay.opens();
    EXPECT_EQ(relay.member("c1", writes("hola")), refusal::no_such);
}

TEST(meetings_chat, her_word_there_that_she_is_here_counts_as_one) {
    desk it{five_in_a_chat()};
    it.agent({.what = verb::schedule});
    it.desk_says(is_there());
    it.agent({.what = verb::announce});
    it.at = ten_o_clock - 15min;
    it.fires(timer_name::lobby);
    auto here = writes("presente");
    here.agrees = true;
    EXPECT_EQ(it.member("c4", here), refusal::none);
    EXPECT_EQ(find_record(it.room, "c4")->attends, attendance::present);
    it.member("c5", writes("hola"));
    EXPECT_EQ(find_record(it.room, "c5")->attends, attendance::unknown);
}

TEST(meetings_chat, she_gets_the_link_when_she_has_answered_and_not_when_she_is_in_it) {
    desk it{five_in_a_chat()};
    it.agent({.what = verb::schedule});
    it.desk_says(is_there());
    it.agent({.what = verb::announce});
    EXPECT_THAT(it.heard("c4", "meeting.chat_link"), IsEmpty()) << "only a template reaches her yet";
    it.member("c4", {.what = verb::confirm});
    EXPECT_THAT(it.heard("c4", "meeting.chat_link"), SizeIs(1));
    it.desk_says(sits_there("c5"));
    it.member("c5", {.what = verb::confirm});
    EXPECT_THAT(it.heard("c5", "meeting.chat_link"), IsEmpty());
}

TEST(meetings_chat, after_a_day_without_a_word_there_each_is_told_alone) {
    chat_desk it;
    it.at += 24h;
    it.agent({.what = verb::advance});
    EXPECT_THAT(it.heard(chat), IsEmpty());
}

TEST(meetings_chat, more_than_eight_with_the_agent_meet_by_relay_and_she_hears_why) {
    auto what = five_in_a_chat();
    for (int i = 6; i <= 8; ++i) {
        auto one = what.members.back();
        one.id = "c" + std::to_string(i);
        what.members.push_back(one);
    }
    desk it{what};
    it.agent({.what = verb::schedule});
    EXPECT_EQ(it.room.planned.how, mode::relay);
    EXPECT_THAT(it.heard("o1", "meeting.relay_instead"), SizeIs(1));
    what.members.pop_back();
    desk fits{what};
    fits.agent({.what = verb::schedule});
    EXPECT_EQ(fits.room.planned.how, mode::native_small);
}

TEST(meetings_chat, a_group_that_cannot_be_made_leads_to_relay) {
    desk it{five_in_a_chat()};
    it.agent({.what = verb::schedule});
    EXPECT_EQ(it.desk_says({.what = verb::see_chat}), refusal::none);
    EXPECT_EQ(it.room.planned.how, mode::relay);
    EXPECT_THAT(it.heard("o1", "meeting.relay_instead"), SizeIs(1));
    EXPECT_EQ(it.desk_says({.what = verb::see_chat}), refusal::already);
}

TEST(meetings_chat, its_log_replays_to_the_same_meeting) {
    chat_desk it{4};
    it.member("c2", writes("Ya estamos"));
    it.member("c4", writes("mi PIN", {decision::block, "code", incident_kind::scam}));
    it.desk_says(sits_there("c2", false));
    const auto again = replay(five_in_a_chat(), it.lines);
    EXPECT_FALSE(again.broken_at);
    EXPECT_EQ(again.now, it.room);
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
