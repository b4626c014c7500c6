// A meeting as its people live it: what is for the room goes there, what is hers alone does not, and
// what the room says comes in her own conversation.

#include "dialogs/meetings/replay.hpp"
#include "tests/talks/hall.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const std::string brenda = "+50255500001";
const std::string ana = "+50255500101";
const std::string eva = "+50255500102";
const std::string sonia = "+50255500103";

// Ten in the morning there.
constexpr instant start = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 16h;

meetings::plan plan_of_three() {
    const currency_code quetzal{};
    meetings::plan plan{
        .group_id = "G12",
        .group_name = "Las Rosas",
        .number = 7,
        .created = start - 72h,
        .start = start,
        .end = start + 2h,
        .moderator = {"officer:7", "Brenda"},
        .currency = quetzal,
        .internal_cash = {0, quetzal}};
    int nth = 0;
    for (const auto& [id, name, phone] :
         {std::tuple{"C1", "Ana", ana}, std::tuple{"C2", "Eva", eva}, std::tuple{"C3", "Sonia", sonia}}) {
        meetings::roster_member one{
            .id = id, .first_name = name, .full_name = std::string{name} + " López", .phone = phone};
        one.owes = {
            .loan_id = "L" + std::to_string(++nth),
            .instalment = {46'501 + nth * 1'013, quetzal},
            .due = std::chrono::year{2026} / 12 / 1,
            .savings = {2'500, quetzal}};
        plan.members.push_back(std::move(one));
    }
    plan.members[0].roles |= meetings::only(meetings::role::president);
    plan.members[1].roles |= meetings::only(meetings::role::treasurer);
    plan.members[2].roles |= meetings::only(meetings::role::secretary);
    return plan;
}

std::shared_ptr<const script_set> shipped() {
    static const auto made = [] {
        auto loaded = load_scripts(testing_sources::as_configured());
        EXPECT_TRUE(loaded.scripts) << testing_sources::all_problems(loaded);
        return loaded.scripts;
    }();
    return made;
}

struct meetings_talk : testing::Test {
    hall here{shipped(), plan_of_three()};

    meetings_talk() {
        for (const auto& [id, name, phone] :
             {std::tuple{"C1", "Ana", ana}, std::tuple{"C2", "Eva", eva},
              std::tuple{"C3", "Sonia", sonia}}) {
            client who{.id = id, .first_name = name, .last_name = "López", .phones = {phone}};
            who.language = "es";
            who.group_id = "G12";
            here.seat(phone, who);
        }
        here.seat(brenda, staff_person{.id = "officer:7", .name = "Brenda", .phone = brenda});
    }
    void officer(meetings::verb what) {
        here.act({.by = {.as = meetings::role::agent, .id = "officer:7", .name = "Brenda"},
                  .what = {.what = what},
                  .at = here.now});
    }
    void announced() {
        officer(meetings::verb::schedule);
        officer(meetings::verb::announce);
    }
    // All three are here, and the roll is being called.
    void opened() {
        announced();
        here.wait(start - here.now);
        for (const auto& one : {ana, eva, sonia}) here.say(one, "presente");
        here.say(brenda, "empezar");
    }
};

TEST_F(meetings_talk, an_invitation_comes_by_template_and_a_tap_answers_it) {
    announced();
    ASSERT_FALSE(here.read_by(ana).empty());
    EXPECT_TRUE(here.read_by(ana).back().by_template);
    EXPECT_THAT(here.last_of(ana), HasSubstr("Las Rosas"));
    here.tap(ana, here.read_by(ana).back().choices.front().title);
    EXPECT_TRUE(meetings::find_record(here.room(), "C1")->coming);
}

TEST_F(meetings_talk, what_one_says_reaches_the_others_once_and_not_herself) {
    opened();
    here.say(ana, "Buenos días a todas");
    here.wait(30s);
    const auto count = [&](const std::string& phone) {
        return std::ranges::count_if(here.read_by(phone), [](const read_message& one) {
            return one.text.find("Buenos días a todas") != std::string::npos;
        });
    };
    EXPECT_EQ(count(eva), 1);
    EXPECT_EQ(count(sonia), 1);
    EXPECT_EQ(count(ana), 0);
}

TEST_F(meetings_talk, what_another_owes_reaches_nobody) {
    opened();
    here.say(eva, "la Ana debe Q475.14 y no ha pagado");
    here.wait(60s);
    for (const auto& one : {ana, sonia}) {
        for (const auto& read : here.read_by(one)) EXPECT_THAT(read.text, Not(HasSubstr("475.14")));
    }
    EXPECT_FALSE(here.room().incidents.empty());
}

TEST_F(meetings_talk, a_word_of_her_own_is_not_for_the_room) {
    opened();
    const auto lines = here.log.size();
    here.say(sonia, "saldo");
    EXPECT_EQ(here.log.size(), lines);
    EXPECT_FALSE(here.of(sonia).frames.empty());
}

TEST_F(meetings_talk, who_is_not_in_the_room_talks_with_us_alone) {
    announced();
    const auto lines = here.log.size();
    here.say(ana, "hola");
    EXPECT_EQ(here.log.size(), lines);
}

TEST_F(meetings_talk, a_button_of_a_meeting_she_was_never_in_does_nothing) {
    here.send(ana, tapped_choice{"v1|00000000|room.G99/1|here=m:8:0:0:", "Presente"});
    EXPECT_EQ(here.log.size(), 0U);
    EXPECT_FALSE(here.last_of(ana).empty());
}

TEST_F(meetings_talk, an_officer_sees_who_is_here_and_a_member_does_not) {
    opened();
    here.say(brenda, "quiénes");
    EXPECT_THAT(here.last_of(brenda), HasSubstr("1. Ana"));
    const auto before = here.read_by(eva).size();
    here.say(eva, "votos");
    EXPECT_EQ(here.read_by(eva).size(), before);
}

TEST_F(meetings_talk, the_log_gives_the_same_meeting) {
    opened();
    here.say(ana, "Buenos días");
    here.wait(10min);
    here.say(brenda, "siguiente");
    here.wait(3h);
    const auto again = meetings::replay(plan_of_three(), here.log);
    EXPECT_EQ(again.broken_at, 0U);
    EXPECT_EQ(again.now, here.room());
}

TEST(meetings_in_a_chat, what_she_says_there_goes_to_the_room_and_is_answered_by_nobody_else) {
    session hers;
    hers.language = "es";
    hers.rooms.push_back({.room = "G12/7", .as = {meetings::recipient::kind::member, "C1"}});
    heard what;
    what.message.channel = "whatsapp";
    what.message.id = "w1";
    what.message.group_id = "GR1";
    what.message.from = {{identity_kind::phone, ana}};
    what.message.content = typed_text{"Presente"};
    const auto after = step(*shipped(), hers, what, {}, start, 1);
    const tell* told = nullptr;
    for (const auto& one : after.effects) {
        EXPECT_FALSE(std::holds_alternative<send>(one));
        if (const auto* is = std::get_if<tell>(&one)) told = is;
    }
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->to.room, "G12/7");
    const auto& act = std::get<room_word>(told->what).what.what;
    EXPECT_EQ(act.what, meetings::verb::said);
    EXPECT_EQ(act.second, "whatsapp/GR1");
    EXPECT_TRUE(act.agrees) << "her word that she is here";
    hers.rooms.clear();
    for (const auto& one : step(*shipped(), hers, what, {}, start, 1).effects) {
        EXPECT_FALSE(std::holds_alternative<tell>(one));
    }
}

TEST(meetings_in_a_chat, what_is_for_everybody_leaves_once_to_the_group_without_a_button) {
    const meetings::say said{
        .to = {meetings::recipient::kind::chat, "whatsapp/GR1=="},
        .key = "meeting.present",
        .arguments = {{"names", std::vector<std::string>{"Ana", "Eva"}}, {"count", std::int64_t{2}}}};
    const auto after = step(
        *shipped(), {}, told{.what = room_says{.room = "G12/7", .group = "Las Rosas", .what = said}},
        {}, start, 1
    );
    const send* sent = nullptr;
    for (const auto& one : after.effects) {
        if (const auto* is = std::get_if<send>(&one)) sent = is;
    }
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->message.to, (address{"whatsapp", {identity_kind::room, "GR1=="}}));
    const auto& text = std::get<say_text>(sent->message.content);
    EXPECT_THAT(text.text, HasSubstr("Eva"));
    EXPECT_TRUE(text.choices.empty());
}

}  // namespace
}  // namespace tertulia::dialogs
