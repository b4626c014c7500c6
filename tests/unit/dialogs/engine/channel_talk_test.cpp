// By which channel a nudge goes: the segment's; where one channel a week is the rule the week's, as long as
// she can be reached there, and otherwise none. One touch is one, on whichever of her telephones.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/engine/nudge_elsewhere.hpp"
#include "dialogs/nudges/touches_elsewhere.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto number = "+50255551234";
constexpr civil_date until = std::chrono::year{2026} / 12 / 31;

constexpr auto check_dialog = R"yaml(dialog: check
about: How she is.
begin: tell
states:
  tell: {say: check.tell, end: true}
)yaml";
constexpr auto texts = R"yaml(check.tell:
  text: "¿Qué tal?"
  template: {name: check}
)yaml";
constexpr auto by_sms = R"(policy: news
about: x
counts_from: campaign
segments:
  - {name: feast, channel: sms, steps: [{day: 0, begin: check}]}
)";

std::shared_ptr<const script_set> scripts(bool one_channel) {
    auto from = sources_with({check_dialog}, texts);
    from.of.channels = {
        {.name = "whatsapp", .kind = channel_kind::whatsapp},
        {.name = "sms", .kind = channel_kind::sms, .fallback_for = {"whatsapp"}, .fallback_after = 4h}};
    from.nudges = {
        {"nudges/news.yaml", by_sms},
        {"nudges/limits.yaml",
         std::string{"a_day: 2\na_week: 5\none_channel_a_week: "} + (one_channel ? "true\n" : "false\n")}};
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct channel_talk : testing::Test {
    conversation talk{scripts(true)};

    channel_talk() { meet(); }
    void meet() {
        (void)talk.say("hola");
        auto who = rosa();
        who.who.phones = {number};
        talk.know(std::move(who));
        talk.known.phones = {number};
        later(30h);
    }
    void later(milliseconds time) {
        talk.now += time;
        talk.known.as_of = talk.now;
    }
    // Begun so long ago by that kind of channel, in this conversation.
    void touched(std::string channel, milliseconds ago, std::uint64_t sent = 99) {
        remember(
            talk.session.touches,
            {.at = talk.now - ago, .client_id = "rosa", .policy = "news", .nudge = 3, .sent = sent,
             .channel = std::move(channel)}
        );
    }
    // The channel it went by, or why not.
    std::string nudge(std::int64_t id = 9, told_elsewhere elsewhere = {}) {
        (void)talk.happen(nudge_due{
            {.id = id, .policy = "news", .segment = "feast", .anchor = until, .client_id = "rosa", .due = talk.now,
             .elsewhere = elsewhere}});
        const auto* said = talk.found<send>();
        const auto* noted = talk.found<note_nudge>();
        if (said != nullptr) return said->message.to.channel;
        return noted == nullptr ? "none" : in_words(noted->verdict);
    }
};

TEST_F(channel_talk, the_channel_of_the_segment_is_kept_and_the_plan_learns_by_which_it_went) {
    EXPECT_EQ(nudge(), "sms");
    EXPECT_EQ(talk.found<note_nudge>()->verdict.numbers, "sms");
    EXPECT_EQ(talk.session.touches.front().channel, "sms");
    later(24h);
    EXPECT_EQ(nudge(10), "sms");
}

TEST_F(channel_talk, in_a_week_of_whatsapp_it_goes_by_whatsapp_rather_than_not_at_all) {
    touched("whatsapp", 48h);
    EXPECT_EQ(nudge(), "whatsapp");
    EXPECT_EQ(talk.session.touches.back().channel, "whatsapp");
    later(7 * 24h);
    EXPECT_EQ(nudge(10), "sms") << "another week: the segment's";
}

TEST_F(channel_talk, where_no_rule_says_so_the_week_does_not_matter) {
    talk = conversation{scripts(false)};
    meet();
    touched("whatsapp", 48h);
    EXPECT_EQ(nudge(), "sms");
}

TEST_F(channel_talk, what_she_has_named_herself_is_not_led_away_from) {
    talk.session.prefers = "sms";
    touched("whatsapp", 48h);
    EXPECT_THAT(nudge(), HasSubstr("not sent: caps, second_channel (sms after whatsapp"));
}

TEST_F(channel_talk, where_she_cannot_be_reached_by_the_channel_of_the_week_it_is_refused) {
    for (auto& one : talk.session.channels) one.failed_at = talk.now;  // WhatsApp found nobody
    touched("whatsapp", 48h);
    EXPECT_THAT(nudge(), HasSubstr("not sent: caps, second_channel (sms after whatsapp"));
}

TEST_F(channel_talk, another_channel_does_not_carry_on_what_the_one_of_the_week_did_not_deliver) {
    touched("whatsapp", 48h);
    ASSERT_EQ(nudge(), "whatsapp");
    const auto lost = *talk.found<send>();
    delivery_outcome what{
        .outbox_id = 77,
        .purpose = lost.purpose,
        .status = delivery_status::failed,
        .error = {.code = 131026, .means = failure::unreachable},
        .touch = lost.touch,
        .what = undelivered{.message = lost.message, .urgency = lost.urgency, .expires_at = talk.now + 1h}};
    auto other = talk;
    EXPECT_THAT(talk.happen(what), IsEmpty());
    EXPECT_THAT(talk.found<keep_record>()->detail, HasSubstr("another channel this week"));
    // Without the contact before, it is the first that reaches her.
    other.session.touches.erase(other.session.touches.begin());
    EXPECT_THAT(other.happen(what), ElementsAre("check.tell"));
    EXPECT_EQ(other.found<send>()->message.to.channel, "sms");
    EXPECT_EQ(other.session.touches.back().channel, "sms") << "one touch, by what carried it";
    EXPECT_THAT(other.session.touches, SizeIs(1));
}

// ---- the other telephone

TEST_F(channel_talk, what_her_other_telephone_was_told_counts_here_for_caps_and_channel) {
    const auto told = [&](std::vector<touch> all) {
        EXPECT_THAT(
            talk.happen(agent_acted{
                .agent = {}, .action = std::string{touched_elsewhere}, .text = told_touches(all)}),
            IsEmpty()
        );
    };
    const touch morning{
        .at = talk.now - 2h, .client_id = "rosa", .policy = "contact", .nudge = 4, .channel = "whatsapp"};
    auto before = morning;
    before.nudge = 5;
    before.at = talk.now - 48h;
    told({before, morning});
    EXPECT_THAT(nudge(), HasSubstr("not sent: caps, cap_of_day (1 of 1 today)")) << "the law's one";
    told({before, morning});
    EXPECT_THAT(talk.session.touches, SizeIs(2)) << "told twice, counted once";
    told({before});  // what was begun this morning never left
    EXPECT_EQ(nudge(), "whatsapp") << "the week's, which the other telephone has begun";
    EXPECT_THAT(talk.session.touches, SizeIs(2));
}

TEST_F(channel_talk, of_somebody_else_on_the_same_telephone_nothing_counts) {
    const touch hers{
        .at = talk.now - 1h, .client_id = "maria", .policy = "contact", .nudge = 4, .channel = "whatsapp"};
    const std::vector<touch> all{hers, hers};
    (void)talk.happen(agent_acted{
        .agent = {}, .action = std::string{touched_elsewhere}, .text = told_touches(all)});
    EXPECT_EQ(nudge(), "sms");
}

TEST_F(channel_talk, what_she_has_told_by_her_other_telephone_keeps_back_what_this_would_say) {
    EXPECT_THAT(nudge(9, {.opted_out_at = talk.now - 1h}), HasSubstr("not sent: opt_out, opted_out"));
    EXPECT_THAT(
        nudge(13, {.paused_until = std::chrono::year{2099} / 1 / 1}),
        HasSubstr("not sent: opt_out, paused (until 2099-01-01)")
    );
    EXPECT_THAT(nudge(10, {.disputes = true}), HasSubstr("not sent: blocked, dispute"));
    EXPECT_THAT(nudge(11, {.in_hardship = true}), HasSubstr("not sent: hardship, hardship"));
    // She has come back here since.
    talk.session.wishes.changed_at = talk.now;
    EXPECT_EQ(nudge(12, {.opted_out_at = talk.now - 1h}), "sms");
}

TEST(nudge_elsewhere, what_counts_is_hers_and_of_that_loan_and_the_rest_of_a_telephone_of_her_own) {
    const civil_date today{std::chrono::year{2026} / 11 / 28};
    const planned_nudge what{.client_id = "rosa", .loan_id = "L1"};
    session other{};
    other.wishes = {.opted_out = true, .changed_at = instant{5ms}};
    prefer(other.preferences, "reminders", "less", "asked", {});
    prefer(other.preferences, "pause", "2026-12-15", "asked", {});
    other.claims = {{.client_id = "rosa", .loan_id = "L1"}};
    other.promises = {{.client_id = "rosa", .loan_id = "L1", .on = today}};
    other.hardship = {.since = instant{5ms}, .until = today};
    other.queue = "credit_agent:7";

    told_elsewhere told;
    add_told_in(told, other, true, what, today);
    EXPECT_EQ(told.opted_out_at, instant{5ms});
    EXPECT_TRUE(told.wants_none && told.claims_paid && told.in_hardship && told.with_person);
    EXPECT_EQ(told.promised, today);
    EXPECT_EQ(told.paused_until, (civil_date{std::chrono::year{2026} / 12 / 15}));

    told = {};
    add_told_in(told, other, false, what, today);
    EXPECT_TRUE(told.claims_paid);
    EXPECT_EQ(told.promised, today);
    EXPECT_FALSE(told.wants_none || told.in_hardship || told.with_person);
    EXPECT_EQ(told.paused_until, std::nullopt);
    EXPECT_EQ(told.opted_out_at, instant{}) << "her mother may have said it";

    for (const auto& another : {planned_nudge{.client_id = "rosa", .loan_id = "L2"},
                                planned_nudge{.client_id = "maria", .loan_id = "L1"}}) {
        told = {};
        add_told_in(told, other, true, another, today);
        EXPECT_FALSE(told.claims_paid || told.promised);
    }
    told = {};
    add_told_in(told, other, true, what, std::chrono::year{2026} / 11 / 29);
    EXPECT_FALSE(told.promised || told.in_hardship) << "both were until yesterday";
}

}  // namespace
}  // namespace tertulia::dialogs
