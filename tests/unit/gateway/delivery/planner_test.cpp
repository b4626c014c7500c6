// What may leave when, and what each answer and status means: every rule of the planner once, with
// literal times.

#include "gateway/delivery/planner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using adapters::reaction;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

channel_limits whatsapp() {
    return {.channel = "whatsapp", .rate = {.count = 1'000, .burst = 1'000}};
}

outbox_entry to(std::int64_t party, std::int64_t id, priority urgency = priority::reply) {
    return {
        .id = id,
        .party = {party},
        .queued_at = noon,
        .expires_at = noon + 24h,
        .urgency = urgency,
        .purpose = "menu",
        .message = {
            .to = {.channel = "whatsapp", .to = {.value = std::to_string(party)}},
            .content = say_text{.text = "hola"}}};
}

call_outcome answered(reaction how, int code = 0, milliseconds after = 0ms, int tries = 0) {
    return {
        .ended = call_outcome::how::answered,
        .http_status = how == reaction::accepted ? 200U : 400U,
        .verdict = {
            .reaction = how,
            .provider_id = how == reaction::accepted ? "wamid.1" : "",
            .code = code,
            .reason = "because",
            .after = after,
            .tries_max = tries}};
}
const call_outcome accepted = answered(reaction::accepted);
const call_outcome no_answer{.ended = call_outcome::how::unknown};
const call_outcome never_left{.ended = call_outcome::how::not_sent};

struct planner_test : testing::Test {
    planner plan{{whatsapp()}, 1};
    settled out{};

    std::vector<std::int64_t> release(instant now) {
        std::vector<std::int64_t> ids;
        for (const auto& each : plan.release(now, out)) ids.push_back(each->id);
        return ids;
    }
    void settle(std::int64_t id, const call_outcome& how, instant now) {
        plan.settle(id, how, now, out);
    }
    status_answer status(std::int64_t id, delivery_status what, instant now, int code = 0) {
        status_update update{
            .channel = "whatsapp",
            .message_id = "wamid." + std::to_string(id),
            .status = what,
            .at = now,
            .callback_data = std::to_string(id)};
        if (code != 0) update.errors.push_back({.code = code});
        return plan.on_status(update, now, out);
    }
    outbox_state last_mark(std::int64_t id) {
        for (auto each = out.marks.rbegin(); each != out.marks.rend(); ++each) {
            if (each->outbox_id == id) return each->state;
        }
        ADD_FAILURE() << "no mark for " << id;
        return {};
    }
};

TEST_F(planner_test, the_next_of_a_lane_leaves_once_the_one_before_is_accepted) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);

    EXPECT_THAT(release(noon), ElementsAre(10));
    EXPECT_THAT(release(noon + 1s), IsEmpty());
    settle(10, accepted, noon + 1s);
    EXPECT_THAT(release(noon + 1s), ElementsAre(11));
    EXPECT_EQ(last_mark(10), outbox_state::accepted);
    EXPECT_EQ(last_mark(11), outbox_state::released);
}

TEST_F(planner_test, other_people_do_not_wait_for_each_other) {
    plan.add(to(1, 10), noon);
    plan.add(to(2, 11), noon);
    EXPECT_THAT(release(noon), ElementsAre(10, 11));
}

TEST_F(planner_test, a_higher_class_overtakes_a_lower_one) {
    plan.add(to(1, 10, priority::bulk), noon);
    plan.add(to(1, 11, priority::nudge), noon);
    plan.add(to(1, 12, priority::reply), noon);
    plan.add(to(2, 13, priority::agent), noon);
    EXPECT_THAT(release(noon), ElementsAre(12, 13, 11, 10));
}

TEST_F(planner_test, after_media_the_next_waits_for_delivery_but_not_for_ever) {
    auto picture = to(1, 10);
    picture.message.content = say_media{.media_id = "7"};
    plan.add(std::move(picture), noon);
    plan.add(to(1, 11), noon);
    auto next_picture = to(1, 12);
    next_picture.message.content = say_media{.media_id = "8"};
    plan.add(std::move(next_picture), noon);
    plan.add(to(1, 13), noon);

    (void)release(noon);
    settle(10, accepted, noon);
    EXPECT_THAT(release(noon + 4s), IsEmpty());
    EXPECT_EQ(status(10, delivery_status::delivered, noon + 4s).meaning, status_meaning::outcome);
    EXPECT_THAT(release(noon + 4s), ElementsAre(11));
    settle(11, accepted, noon + 4s);
    EXPECT_THAT(release(noon + 4s), ElementsAre(12));
    settle(12, accepted, noon + 5s);
    EXPECT_THAT(release(noon + 9'999ms), IsEmpty());
    EXPECT_EQ(plan.next_wake(noon + 9'999ms), noon + 10s);
    EXPECT_THAT(release(noon + 10s), ElementsAre(13));
}

TEST_F(planner_test, a_message_marked_in_order_waits_even_if_sent_was_faster_than_the_answer) {
    auto first = to(1, 10);
    first.in_order = true;
    plan.add(std::move(first), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    EXPECT_EQ(status(10, delivery_status::sent, noon).meaning, status_meaning::record);
    settle(10, accepted, noon);
    EXPECT_THAT(release(noon + 1s), IsEmpty());
    (void)status(10, delivery_status::read, noon + 1s);
    EXPECT_THAT(release(noon + 1s), ElementsAre(11));
}

TEST_F(planner_test, a_failed_status_lets_the_lane_go_on) {
    auto first = to(1, 10);
    first.in_order = true;
    plan.add(std::move(first), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    settle(10, accepted, noon);
    const auto answer = status(10, delivery_status::failed, noon + 1s, 131026);
    ASSERT_EQ(answer.meaning, status_meaning::outcome);
    EXPECT_EQ(answer.outcome->event.error.code, 131026);
    EXPECT_EQ(answer.outcome->event.purpose, "menu");
    EXPECT_EQ(last_mark(10), outbox_state::failed);
    EXPECT_THAT(release(noon + 1s), ElementsAre(11));
}

TEST_F(planner_test, statuses_rise_and_only_the_first_of_delivered_or_read_is_an_outcome) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, accepted, noon);
    EXPECT_EQ(status(10, delivery_status::sent, noon).meaning, status_meaning::record);
    const auto read = status(10, delivery_status::read, noon + 2s);
    ASSERT_EQ(read.meaning, status_meaning::outcome);
    EXPECT_EQ(read.outcome->event.status, delivery_status::read);
    EXPECT_EQ(read.outcome->party.value, 1);
    EXPECT_EQ(status(10, delivery_status::delivered, noon).meaning, status_meaning::record);
    EXPECT_EQ(status(10, delivery_status::played, noon).meaning, status_meaning::record);
    EXPECT_EQ(status(10, delivery_status::failed, noon).meaning, status_meaning::contradiction);
}

TEST_F(planner_test, delivered_after_failed_is_a_contradiction) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, accepted, noon);
    EXPECT_EQ(status(10, delivery_status::failed, noon).meaning, status_meaning::outcome);
    EXPECT_EQ(status(10, delivery_status::failed, noon).meaning, status_meaning::record);
    EXPECT_EQ(status(10, delivery_status::delivered, noon).meaning, status_meaning::contradiction);
}

TEST_F(planner_test, a_status_before_the_answer_decides) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    EXPECT_EQ(status(10, delivery_status::delivered, noon).meaning, status_meaning::outcome);
    EXPECT_THAT(release(noon), IsEmpty()) << "its call is still under way";
    settle(10, no_answer, noon + 1s);
    EXPECT_EQ(last_mark(10), outbox_state::accepted);
    EXPECT_THAT(release(noon + 1s), ElementsAre(11));
    EXPECT_THAT(release(noon + 10min), IsEmpty()) << "and it is not sent again";
}

TEST_F(planner_test, a_failed_status_before_the_answer_is_final_too) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    EXPECT_EQ(status(10, delivery_status::failed, noon).meaning, status_meaning::outcome);
    settle(10, accepted, noon + 1s);
    EXPECT_EQ(last_mark(10), outbox_state::failed);
    EXPECT_THAT(release(noon + 1s), ElementsAre(11));
    EXPECT_THAT(out.outcomes, IsEmpty()) << "told once, in the status's answer";
}

TEST_F(planner_test, a_status_of_nobody_we_hold_is_the_stores_to_find) {
    const auto answer = status(99, delivery_status::delivered, noon);
    EXPECT_EQ(answer.meaning, status_meaning::not_held);
    EXPECT_EQ(answer.outbox_id, 99);
    plan.adopt({.entry = to(1, 99), .state = outbox_state::accepted}, noon);
    EXPECT_EQ(status(99, delivery_status::delivered, noon).meaning, status_meaning::outcome);
    plan.adopt({.entry = to(1, 98), .state = outbox_state::failed}, noon);
    EXPECT_EQ(status(98, delivery_status::delivered, noon).meaning, status_meaning::contradiction);
    EXPECT_EQ(plan.queued(), 0U);
}

TEST(planner, a_channel_that_does_not_echo_is_found_by_the_providers_id) {
    auto limits = whatsapp();
    limits.echoes_callback = false;
    planner plan{{limits}};
    settled out;
    plan.add(to(1, 10), noon);
    (void)plan.release(noon, out);
    plan.settle(10, accepted, noon, out);
    const auto answer = plan.on_status(
        {.channel = "whatsapp", .message_id = "wamid.1", .status = delivery_status::delivered}, noon,
        out
    );
    EXPECT_EQ(answer.meaning, status_meaning::outcome);
    EXPECT_EQ(answer.outbox_id, 10);
}

TEST_F(planner_test, nothing_leaves_over_a_line_that_is_down) {
    plan.line_down("whatsapp", "the password is not accepted", out);
    plan.line_down("whatsapp", "the password is not accepted", out);
    ASSERT_THAT(out.notices, testing::SizeIs(1)) << "told once";
    EXPECT_EQ(out.notices[0].field, "delivery.line_down");
    EXPECT_EQ(out.notices[0].summary, "the password is not accepted");
    plan.add(to(1, 10), noon);
    EXPECT_THAT(release(noon), IsEmpty());
    EXPECT_TRUE(plan.states().at(0).line_down);
    const auto wake = plan.next_wake(noon);
    EXPECT_TRUE(!wake || *wake > noon) << "nobody spins over it";
    plan.line_up("whatsapp", out);
    EXPECT_EQ(out.notices.back().field, "delivery.line_up");
    EXPECT_THAT(release(noon + 1s), ElementsAre(10));
}

TEST_F(planner_test, a_line_that_comes_up_forgets_what_the_old_one_left_open) {
    for (std::int64_t id = 10; id < 15; ++id) plan.add(to(id, id), noon);
    (void)release(noon);
    for (std::int64_t id = 10; id < 15; ++id) settle(id, no_answer, noon);
    EXPECT_TRUE(plan.states().at(0).breaker_open);
    plan.line_down("whatsapp", "the connection ended", out);
    plan.line_up("whatsapp", out);
    EXPECT_FALSE(plan.states().at(0).breaker_open);
    plan.add(to(20, 20), noon);
    EXPECT_THAT(release(noon), ElementsAre(20));
    out.notices.clear();
    plan.line_up("nobody", out);
    plan.line_down("nobody", "", out);
    EXPECT_THAT(out.notices, IsEmpty());
}

TEST(planner, a_line_of_its_own_is_down_until_it_is_up) {
    auto limits = whatsapp();
    limits.own_line = true;
    planner plan{{limits}};
    settled out;
    plan.add(to(1, 10), noon);
    EXPECT_THAT(plan.release(noon, out), IsEmpty());
    plan.line_up("whatsapp", out);
    EXPECT_THAT(plan.release(noon, out), testing::SizeIs(1));
    EXPECT_THAT(out.notices, IsEmpty()) << "nobody was told that it was down";
}

TEST_F(planner_test, an_unknown_reply_is_sent_again_after_its_wait_and_before_what_came_later) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    settle(10, no_answer, noon + 15s);
    EXPECT_EQ(last_mark(10), outbox_state::unknown);
    plan.add(to(2, 12), noon + 15s);
    plan.add(to(1, 13, priority::agent), noon + 15s);
    EXPECT_THAT(release(noon + 15s), ElementsAre(12, 13));  // other lanes do not wait
    EXPECT_THAT(release(noon + 74s), IsEmpty());
    EXPECT_THAT(release(noon + 75s), ElementsAre(10));
    settle(10, accepted, noon + 76s);
    EXPECT_EQ(last_mark(10), outbox_state::accepted);
    EXPECT_THAT(release(noon + 76s), ElementsAre(11));
    EXPECT_THAT(out.outcomes, IsEmpty());
    EXPECT_THAT(out.notices, IsEmpty());
}

TEST_F(planner_test, an_answer_that_leaves_it_open_is_as_none) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, answered(reaction::unsure, 20500), noon);
    EXPECT_EQ(last_mark(10), outbox_state::unknown);
    EXPECT_THAT(release(noon + 59s), IsEmpty());
    EXPECT_THAT(release(noon + 60s), ElementsAre(10));
    EXPECT_THAT(out.outcomes, IsEmpty());
}

TEST_F(planner_test, a_status_ends_an_unknown) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, no_answer, noon);
    EXPECT_EQ(status(10, delivery_status::sent, noon + 30s).meaning, status_meaning::record);
    EXPECT_EQ(last_mark(10), outbox_state::accepted);
    EXPECT_THAT(release(noon + 1h), IsEmpty());
}

TEST_F(planner_test, a_status_of_either_kind_lets_the_next_leave_after_an_unknown) {
    for (const auto what : {delivery_status::sent, delivery_status::failed}) {
        const auto first = what == delivery_status::sent ? 10 : 20;
        plan.add(to(1, first), noon);
        plan.add(to(1, first + 1), noon);
        (void)release(noon);
        settle(first, no_answer, noon);
        EXPECT_THAT(release(noon + 1s), IsEmpty());
        (void)status(first, what, noon + 2s);
        EXPECT_THAT(release(noon + 2s), ElementsAre(first + 1));
        settle(first + 1, accepted, noon + 2s);
    }
}

TEST_F(planner_test, a_late_status_takes_an_unknown_that_was_requeued_out_of_the_queue) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, no_answer, noon);
    plan.pause("whatsapp", "test");
    EXPECT_THAT(release(noon + 61s), IsEmpty());
    EXPECT_EQ(plan.queued(), 1U);
    EXPECT_EQ(status(10, delivery_status::delivered, noon + 62s).meaning, status_meaning::outcome);
    plan.resume("whatsapp", noon + 63s);
    EXPECT_THAT(release(noon + 63s), IsEmpty());
    EXPECT_EQ(plan.queued(), 0U);
}

TEST_F(planner_test, an_unknown_nudge_or_template_becomes_an_operators_task_and_a_failure) {
    plan.add(to(1, 10, priority::nudge), noon);
    auto code = to(2, 11);
    code.message.content = say_template{.name = "code", .language = "es"};
    plan.add(std::move(code), noon);
    (void)release(noon);
    settle(10, no_answer, noon);
    settle(11, no_answer, noon);
    EXPECT_THAT(release(noon + 60s), IsEmpty());
    ASSERT_THAT(out.notices, SizeIs(2));
    EXPECT_EQ(out.notices[0].field, "delivery.unknown");
    EXPECT_EQ(out.notices[0].raw_json, R"({"outbox_id":10,"party":1,"code":-2})");
    ASSERT_THAT(out.outcomes, SizeIs(2));
    EXPECT_EQ(out.outcomes[0].event.status, delivery_status::failed);
    EXPECT_EQ(out.outcomes[0].event.error.code, -2);
    EXPECT_EQ(status(10, delivery_status::delivered, noon + 61s).meaning,
              status_meaning::contradiction);
}

TEST_F(planner_test, an_unknown_reply_is_repeated_a_bounded_number_of_times) {
    plan.add(to(1, 10), noon);
    auto now = noon;
    int calls = 0;
    while (release(now).size() == 1) {
        ++calls;
        settle(10, no_answer, now);
        now += 60s;
    }
    EXPECT_EQ(calls, 1 + channel_limits{}.tries);
    EXPECT_THAT(out.outcomes, SizeIs(1));
    EXPECT_EQ(plan.queued(), 0U);
}

TEST_F(planner_test, after_a_restart_released_ones_wait_as_unknown_and_queued_ones_leave) {
    plan.restore({.entry = to(1, 10), .state = outbox_state::released, .tries = 1}, noon);
    plan.restore({.entry = to(1, 11), .state = outbox_state::queued}, noon);
    plan.restore({.entry = to(2, 12, priority::nudge), .state = outbox_state::unknown}, noon);
    plan.restore({.entry = to(3, 13), .state = outbox_state::accepted}, noon);
    plan.restore({.entry = to(4, 14), .state = outbox_state::queued}, noon);
    EXPECT_THAT(release(noon), ElementsAre(14));
    EXPECT_EQ(status(13, delivery_status::delivered, noon).meaning, status_meaning::outcome);
    EXPECT_THAT(release(noon + 60s), ElementsAre(10));
    EXPECT_EQ(out.notices.back().field, "delivery.unknown");
    settle(10, accepted, noon + 60s);
    EXPECT_THAT(release(noon + 60s), ElementsAre(11));  // behind the one it was behind
}

TEST_F(planner_test, retry_backs_off_with_jitter_and_gives_up_after_its_tries) {
    plan.add(to(1, 10), noon);
    auto now = noon;
    for (int i = 1; i <= 3; ++i) {
        ASSERT_THAT(release(now), ElementsAre(10)) << i;
        settle(10, answered(reaction::retry, 131000, 0ms, 3), now);
        const auto whole = 1'000ms * (1 << (i - 1));
        const auto wake = plan.next_wake(now);
        ASSERT_TRUE(wake);
        EXPECT_GE(*wake, now + whole / 2);
        EXPECT_LE(*wake, now + whole);
        EXPECT_THAT(release(*wake - 1ms), IsEmpty());
        now = *wake;
    }
    ASSERT_THAT(release(now), ElementsAre(10));
    settle(10, answered(reaction::retry, 131000, 0ms, 3), now);
    EXPECT_EQ(last_mark(10), outbox_state::failed);
    ASSERT_THAT(out.outcomes, SizeIs(1));
    EXPECT_EQ(out.outcomes[0].event.error.code, 131000);
    EXPECT_EQ(out.outcomes[0].event.error.details, "because");
}

TEST_F(planner_test, a_verdict_may_ask_for_a_longer_wait) {
    plan.add(to(1, 10), noon);
    (void)release(noon);
    settle(10, answered(reaction::retry, 131057, 60s), noon);
    EXPECT_THAT(release(noon + 59s), IsEmpty());
    EXPECT_THAT(release(noon + 60s), ElementsAre(10));
}

TEST_F(planner_test, what_never_left_is_repeated_until_it_expires) {
    auto entry = to(1, 10);
    entry.expires_at = noon + 20min;
    plan.add(std::move(entry), noon);
    int calls = 0;
    for (auto now = noon; now < noon + 30min; now += 1s) {
        if (release(now).empty()) continue;
        ++calls;
        settle(10, never_left, now);
    }
    EXPECT_GT(calls, channel_limits{}.tries);
    EXPECT_EQ(last_mark(10), outbox_state::expired);
    ASSERT_THAT(out.outcomes, SizeIs(1));
    EXPECT_EQ(out.outcomes[0].event.error.code, -1);
}

TEST_F(planner_test, an_expired_message_does_not_leave_and_is_told) {
    auto entry = to(1, 10);
    entry.expires_at = noon + 1min;
    plan.pause("whatsapp", "test");
    plan.add(std::move(entry), noon);
    EXPECT_EQ(plan.next_wake(noon), noon + 1min);
    EXPECT_THAT(release(noon + 1min), IsEmpty());
    EXPECT_EQ(last_mark(10), outbox_state::expired);
    EXPECT_THAT(out.outcomes, SizeIs(1));
    EXPECT_EQ(plan.next_wake(noon + 1min), std::nullopt);
}

TEST_F(planner_test, a_message_without_expiry_gets_its_channels) {
    auto entry = to(1, 10);
    entry.expires_at = {};
    plan.pause("whatsapp", "test");
    plan.add(std::move(entry), noon);
    EXPECT_EQ(plan.next_wake(noon), noon + *plan.keep_for("whatsapp"));
    EXPECT_EQ(plan.keep_for("sms"), std::nullopt);
}

TEST_F(planner_test, slow_recipient_stops_her_alone_and_longer_each_time) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11, priority::nudge), noon);
    (void)release(noon);
    settle(11, accepted, noon);
    auto now = noon;
    for (const auto wait : {1s, 4s, 16s, 64s}) {
        settle(10, answered(reaction::slow_recipient, 131056), now);
        plan.add(to(2, 100 + to_millis(now) % 1'000'000, priority::reply), now);
        EXPECT_THAT(release(now), SizeIs(1)) << "others go on";
        settle(100 + to_millis(now) % 1'000'000, accepted, now);
        EXPECT_THAT(release(now + wait - 1ms), IsEmpty());
        now += wait;
        EXPECT_THAT(release(now), ElementsAre(10));
    }
    settle(10, accepted, now);
    plan.add(to(1, 9'000'000), now);
    EXPECT_THAT(release(now), ElementsAre(9'000'000));
    settle(9'000'000, answered(reaction::slow_recipient), now);
    EXPECT_THAT(release(now + 1s), ElementsAre(9'000'000)) << "acceptance starts it afresh";
}

TEST_F(planner_test, slow_channel_halves_the_rate_and_it_comes_back_slowly) {
    for (std::int64_t i = 0; i < 4; ++i) plan.add(to(i + 1, 10 + i), noon);
    (void)release(noon);
    for (std::int64_t i = 0; i < 3; ++i) {
        settle(10 + i, answered(reaction::slow_channel, 130429), noon);
    }
    EXPECT_EQ(plan.states()[0].share, whole_share / 2) << "one burst of refusals halves once";
    settle(13, answered(reaction::slow_channel, 130429), noon + 1s);
    EXPECT_EQ(plan.states()[0].share, whole_share / 4);
    EXPECT_THAT(out.notices, SizeIs(1));
    (void)release(noon + 11s);
    EXPECT_EQ(plan.states()[0].share, whole_share / 4 + whole_share / 16);
    (void)release(noon + 10min);
    EXPECT_EQ(plan.states()[0].share, whole_share);
    EXPECT_EQ(plan.queued(), 4U) << "nothing was lost";
}

TEST_F(planner_test, stop_channel_keeps_the_queue_until_someone_resumes) {
    plan.add(to(1, 10), noon);
    plan.add(to(2, 11), noon);
    (void)release(noon);
    settle(10, answered(reaction::stop_channel, 190), noon);
    settle(11, answered(reaction::stop_channel, 190), noon);
    ASSERT_THAT(out.notices, SizeIs(1));
    EXPECT_EQ(out.notices[0].field, "delivery.channel_stopped");
    EXPECT_TRUE(plan.states()[0].paused);
    EXPECT_EQ(plan.states()[0].reason, "because");
    EXPECT_THAT(release(noon + 1h), IsEmpty());
    plan.resume("whatsapp", noon + 1h);
    EXPECT_THAT(release(noon + 1h), ElementsAre(10, 11));
}

TEST_F(planner_test, stop_bulk_holds_nudges_and_bulk_for_hours_and_lets_replies_pass) {
    plan.add(to(1, 10, priority::nudge), noon);
    (void)release(noon);
    settle(10, answered(reaction::stop_bulk, 131048), noon);
    EXPECT_EQ(last_mark(10), outbox_state::failed) << "no automatic retry";
    plan.add(to(1, 11, priority::nudge), noon);
    plan.add(to(1, 12, priority::bulk), noon);
    plan.add(to(1, 13, priority::reply), noon);
    EXPECT_THAT(release(noon), ElementsAre(13));
    EXPECT_THAT(release(noon + 6h - 1ms), IsEmpty());
    EXPECT_THAT(release(noon + 6h), ElementsAre(11, 12));
}

TEST_F(planner_test, stop_marketing_holds_bulk_alone_until_someone_resumes) {
    plan.add(to(1, 10, priority::bulk), noon);
    (void)release(noon);
    settle(10, answered(reaction::stop_marketing, 131063), noon);
    EXPECT_EQ(last_mark(10), outbox_state::failed) << "no automatic retry";
    ASSERT_THAT(out.notices, SizeIs(1));
    EXPECT_EQ(out.notices[0].field, "delivery.marketing_stopped");
    EXPECT_TRUE(plan.states().front().marketing_stopped);
    auto next = to(2, 11, priority::bulk);
    next.expires_at = noon + 72h;
    plan.add(next, noon);
    plan.add(to(2, 12, priority::nudge), noon);
    plan.add(to(3, 13, priority::reply), noon);
    EXPECT_THAT(release(noon), ElementsAre(13, 12));
    settle(12, accepted, noon);
    settle(13, accepted, noon);
    EXPECT_THAT(release(noon + 48h), IsEmpty());
    EXPECT_EQ(plan.next_wake(noon + 48h), noon + 72h) << "its expiry, and nothing before";
    plan.resume("whatsapp", noon + 49h);
    EXPECT_THAT(release(noon + 49h), ElementsAre(11));
}

TEST_F(planner_test, what_we_hold_for_utility_and_the_provider_for_marketing_is_stopped_alone) {
    const auto with = [](std::int64_t id, priority urgency, std::string name) {
        auto entry = to(id, id, urgency);
        entry.message.content = say_template{.name = std::move(name), .language = "es"};
        return entry;
    };
    plan.add(with(10, priority::nudge, "due"), noon);
    (void)release(noon);
    settle(10, answered(reaction::stop_marketing, 131063), noon);
    EXPECT_FALSE(plan.states().front().marketing_stopped);
    plan.add(with(11, priority::nudge, "due"), noon);
    plan.add(with(12, priority::bulk, "offer"), noon);
    EXPECT_THAT(release(noon), ElementsAre(12));
    EXPECT_EQ(last_mark(11), outbox_state::failed);
}

TEST_F(planner_test, who_is_to_be_spared_is_offered_nothing_for_a_day_and_answered_at_once) {
    const auto lasting = [](std::int64_t party, std::int64_t id, priority urgency) {
        auto entry = to(party, id, urgency);
        entry.expires_at = noon + 72h;
        return entry;
    };
    plan.add(lasting(1, 10, priority::bulk), noon);
    (void)release(noon);
    settle(10, answered(reaction::spare_recipient, 131049, 24h), noon);
    EXPECT_EQ(last_mark(10), outbox_state::failed) << "that one is not to be tried again";
    ASSERT_THAT(out.spared, SizeIs(1));
    EXPECT_EQ(out.spared[0].party, party_id{1});
    EXPECT_EQ(out.spared[0].from, priority::bulk);
    EXPECT_EQ(out.spared[0].until, noon + 24h);
    plan.add(lasting(1, 11, priority::bulk), noon);
    plan.add(lasting(1, 12, priority::nudge), noon);  // no offer: her instalment
    plan.add(lasting(1, 13, priority::reply), noon);
    plan.add(lasting(2, 14, priority::bulk), noon);
    EXPECT_THAT(release(noon), ElementsAre(13, 12, 14));
    for (const auto id : {12, 13, 14}) settle(id, accepted, noon);
    EXPECT_THAT(release(noon + 24h - 1ms), IsEmpty());
    EXPECT_THAT(release(noon + 24h), ElementsAre(11));
}

TEST_F(planner_test, a_refused_nudge_spares_her_nudges_too) {
    plan.add(to(1, 10, priority::nudge), noon);
    (void)release(noon);
    settle(10, answered(reaction::spare_recipient, 131049, 24h), noon);
    auto next = to(1, 11, priority::nudge);
    next.expires_at = noon + 72h;
    plan.add(next, noon);
    plan.add(to(1, 12, priority::bulk), noon);
    EXPECT_THAT(release(noon), IsEmpty());
    EXPECT_THAT(release(noon + 24h), ElementsAre(11)) << "the other was worth a day only";
}

TEST_F(planner_test, who_was_to_be_spared_before_a_restart_still_is) {
    auto next = to(1, 11, priority::bulk);
    next.expires_at = noon + 72h;
    plan.add(next, noon);
    plan.spare({"whatsapp", party_id{1}, priority::bulk, noon + 5h}, noon);
    plan.spare({"nowhere", party_id{1}, priority::bulk, noon + 50h}, noon);
    plan.spare({"whatsapp", party_id{}, priority::bulk, noon + 50h}, noon);
    plan.spare({"whatsapp", party_id{1}, priority::bulk, noon + 1h}, noon);  // the later one counts
    EXPECT_THAT(release(noon + 5h - 1ms), IsEmpty());
    EXPECT_THAT(release(noon + 5h), ElementsAre(11));
}

TEST_F(planner_test, a_template_missing_in_one_language_fails_as_that_at_once_and_is_told_once) {
    const auto in = [](std::int64_t id, std::string language) {
        auto entry = to(id, id, priority::nudge);
        entry.message.content = say_template{.name = "due", .language = std::move(language)};
        return entry;
    };
    plan.add(in(10, "fr"), noon);
    plan.add(in(11, "fr"), noon);
    (void)release(noon);
    settle(10, answered(reaction::other_language, 132001), noon);
    EXPECT_EQ(out.outcomes.back().event.error.means, failure::no_template);
    settle(11, answered(reaction::other_language, 132001), noon);
    ASSERT_THAT(out.notices, SizeIs(1));
    EXPECT_EQ(out.notices[0].field, "delivery.template_missing");
    plan.add(in(12, "fr"), noon);
    plan.add(in(13, "es"), noon);
    EXPECT_THAT(release(noon), ElementsAre(13)) << "the other is asked for no more";
    EXPECT_EQ(out.outcomes.back().event.outbox_id, 12);
    EXPECT_EQ(out.outcomes.back().event.error.means, failure::no_template);
    plan.stop_template("whatsapp", "due", noon + 1h);
    plan.add(in(14, "fr"), noon);
    EXPECT_THAT(release(noon), IsEmpty());
    EXPECT_EQ(out.outcomes.back().event.error.means, failure::other) << "nor is there another";
}

TEST_F(planner_test, stop_template_fails_that_template_only_until_it_is_allowed) {
    const auto with = [](std::int64_t id, std::string name) {
        auto entry = to(id, id, priority::nudge);
        entry.message.content = say_template{.name = std::move(name), .language = "es"};
        return entry;
    };
    plan.add(with(10, "due"), noon);
    (void)release(noon);
    settle(10, answered(reaction::stop_template, 132015), noon);
    plan.add(with(11, "due"), noon);
    plan.add(with(12, "welcome"), noon);
    EXPECT_THAT(release(noon), ElementsAre(12));
    EXPECT_EQ(last_mark(11), outbox_state::failed);
    EXPECT_EQ(out.outcomes.back().event.error.code, -3);
    plan.allow_template("whatsapp", "due");
    plan.add(with(13, "due"), noon);
    EXPECT_THAT(release(noon), ElementsAre(13));
    plan.stop_template("whatsapp", "due", noon + 1h);
    plan.add(with(14, "due"), noon);
    EXPECT_THAT(release(noon), IsEmpty());
    plan.add(with(15, "due"), noon + 1h);
    EXPECT_THAT(release(noon + 1h), ElementsAre(15));
}

TEST_F(planner_test, a_template_may_be_stopped_in_one_language) {
    const auto in = [](std::int64_t id, std::string language) {
        auto entry = to(id, id, priority::nudge);
        entry.message.content = say_template{.name = "due", .language = std::move(language)};
        return entry;
    };
    plan.stop_template("whatsapp", "due", noon + 1h, "fr");
    plan.add(in(10, "fr"), noon);
    plan.add(in(11, "es"), noon);
    EXPECT_THAT(release(noon), ElementsAre(11));
    EXPECT_EQ(last_mark(10), outbox_state::failed);
    plan.allow_template("whatsapp", "due", "es");
    plan.add(in(12, "fr"), noon);
    EXPECT_THAT(release(noon), IsEmpty()) << "another language was allowed";
    plan.allow_template("whatsapp", "due", "fr");
    plan.add(in(13, "fr"), noon);
    EXPECT_THAT(release(noon), ElementsAre(13));
    plan.stop_template("nowhere", "due", noon + 1h);  // no such channel: nothing
    EXPECT_EQ(plan.states().front().templates_stopped, 0U);
}

TEST_F(planner_test, nudges_wait_while_bulk_is_paused_and_go_when_it_is_allowed) {
    plan.pause_bulk("whatsapp", noon + 2h);
    plan.pause_bulk("whatsapp", noon + 1h);  // the later one counts
    plan.add(to(1, 11, priority::nudge), noon);
    plan.add(to(2, 12, priority::reply), noon);
    EXPECT_THAT(release(noon), ElementsAre(12));
    EXPECT_THAT(release(noon + 1h), IsEmpty());
    plan.allow_bulk("whatsapp");
    EXPECT_THAT(release(noon + 1h), ElementsAre(11));
}

TEST_F(planner_test, nudges_over_the_people_limit_wait_and_replies_and_agents_never) {
    const auto with = [](std::int64_t party, std::int64_t id, priority urgency) {
        auto entry = to(party, id, urgency);
        entry.expires_at = noon + 72h;
        entry.message.content = say_template{.name = "due", .language = "es"};
        return entry;
    };
    plan.limit_people("whatsapp", 2, noon);  // too few to keep a tenth back
    plan.started("whatsapp", party_id{7}, noon - 23h);
    plan.add(with(1, 11, priority::nudge), noon);
    plan.add(with(2, 12, priority::bulk), noon);
    plan.add(with(3, 13, priority::agent), noon);
    plan.add(to(4, 14, priority::nudge), noon);  // no template: inside her window
    EXPECT_THAT(release(noon), ElementsAre(13, 14)) << "the agent's took the last place";
    EXPECT_EQ(out.notices.back().field, "delivery.people_limit");
    ASSERT_EQ(out.starts.size(), 1U);
    EXPECT_EQ(out.starts[0].party, party_id{3});
    EXPECT_THAT(release(noon + 1h), ElementsAre(11)) << "party 7 counts no longer";
    EXPECT_THAT(release(noon + 90min), IsEmpty());
    plan.add(with(3, 15, priority::nudge), noon + 2h);
    settle(13, answered(reaction::accepted, 0), noon + 2h);
    EXPECT_THAT(release(noon + 2h), ElementsAre(15)) << "she counts already";
    plan.limit_people("whatsapp", std::nullopt, noon + 3h);
    EXPECT_THAT(release(noon + 3h), ElementsAre(12)) << "there is no limit any more";
}

TEST_F(planner_test, every_other_refusal_is_final_and_told_with_its_code) {
    std::int64_t id = 10;
    for (const auto how :
         {reaction::refuse, reaction::use_template, reaction::unreachable, reaction::opted_out,
          reaction::identity_changed, reaction::ask_operator}) {
        plan.add(to(id, id), noon);
        (void)release(noon);
        settle(id, answered(how, static_cast<int>(id)), noon);
        EXPECT_EQ(last_mark(id), outbox_state::failed);
        EXPECT_EQ(out.outcomes.back().event.error.code, id);
        ++id;
    }
    ASSERT_THAT(out.notices, SizeIs(1));
    EXPECT_EQ(out.notices[0].field, "delivery.ask_operator");
    EXPECT_EQ(plan.queued(), 0U);
}

TEST_F(planner_test, what_cannot_be_rendered_is_final) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);
    (void)release(noon);
    settle(10, {.ended = call_outcome::how::unrenderable, .verdict = {.reason = "too long"}}, noon);
    EXPECT_EQ(out.outcomes.back().event.error.details, "too long");
    EXPECT_THAT(release(noon), ElementsAre(11));
}

TEST_F(planner_test, an_unknown_channel_fails_at_once) {
    auto entry = to(1, 10);
    entry.message.to.channel = "pigeon";
    plan.add(std::move(entry), noon);
    EXPECT_EQ(plan.next_wake(noon), noon);
    EXPECT_THAT(release(noon), IsEmpty());
    EXPECT_EQ(out.outcomes.back().event.error.code, -4);
    EXPECT_EQ(last_mark(10), outbox_state::failed);
}

TEST_F(planner_test, the_breaker_opens_on_a_row_of_failures_and_one_probe_decides) {
    for (std::int64_t i = 10; i < 20; ++i) plan.add(to(i, i), noon);
    (void)release(noon);
    for (std::int64_t i = 10; i < 15; ++i) settle(i, never_left, noon);
    ASSERT_THAT(out.notices, SizeIs(1));
    EXPECT_EQ(out.notices[0].field, "delivery.breaker_open");
    for (std::int64_t i = 15; i < 20; ++i) settle(i, never_left, noon);
    EXPECT_THAT(release(noon + 4'999ms), IsEmpty());
    const auto probe_at = plan.next_wake(noon + 4'999ms);
    ASSERT_TRUE(probe_at);
    EXPECT_LE(*probe_at, noon + 7'500ms);
    EXPECT_THAT(release(noon + 8s), SizeIs(1)) << "one probe";
    EXPECT_THAT(release(noon + 9s), IsEmpty());
    settle(10, never_left, noon + 9s);
    EXPECT_THAT(release(noon + 18s), IsEmpty()) << "a failed probe doubles the pause";
    const auto second = release(noon + 24s);
    ASSERT_THAT(second, SizeIs(1));
    settle(second[0], accepted, noon + 24s);
    EXPECT_EQ(out.notices.back().field, "delivery.breaker_closed");
    EXPECT_THAT(release(noon + 60s), SizeIs(9));
}

TEST_F(planner_test, answers_of_a_server_in_trouble_count_and_cost_no_try_while_it_is_down) {
    auto limits = whatsapp();
    limits.breaker_failures = 1;
    planner down{{limits}, 3};
    down.add(to(1, 10), noon);
    auto trouble = answered(reaction::retry, 2, 0ms, 2);
    trouble.http_status = 503;
    int calls = 0;
    for (auto now = noon; now < noon + 2h; now += 1s) {
        if (down.release(now, out).empty()) continue;
        ++calls;
        down.settle(10, trouble, now, out);
    }
    EXPECT_GT(calls, 20);
    EXPECT_THAT(out.outcomes, IsEmpty()) << "a nudge of today survives two hours of outage";
}

TEST_F(planner_test, what_could_not_be_committed_is_taken_back_to_its_place) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 11), noon);
    plan.take_back(plan.release(noon, out), noon);
    EXPECT_EQ(plan.queued(), 2U);
    EXPECT_THAT(release(noon), ElementsAre(10));
    EXPECT_EQ(out.marks.back().tries, 1);
}

TEST_F(planner_test, the_channels_rate_is_exact) {
    auto limits = whatsapp();
    limits.rate = {.count = 3, .period = 1s, .burst = 2};
    planner three{{limits}};
    for (std::int64_t i = 1; i <= 9; ++i) three.add(to(i, i), noon);
    std::vector<std::int64_t> at;
    for (auto now = noon; now < noon + 3s; now += 1ms) {
        for (std::size_t i = three.release(now, out).size(); i > 0; --i) {
            at.push_back((now - noon).count());
        }
    }
    EXPECT_THAT(at, ElementsAre(0, 0, 334, 667, 1000, 1334, 1667, 2000, 2334));
}

TEST_F(planner_test, a_persons_own_limit_holds_her_messages_only) {
    for (std::int64_t i = 1; i <= 23; ++i) plan.add(to(1, i), noon);
    plan.add(to(2, 100), noon);
    std::size_t left = 0;
    for (std::int64_t next = 1; next <= 23; ++next) {
        const auto ids = release(noon);
        left += ids.size();
        for (const auto id : ids) settle(id, accepted, noon);
    }
    EXPECT_EQ(left, 21U);
    EXPECT_EQ(plan.next_wake(noon), noon + 6s);
    EXPECT_THAT(release(noon + 6s), ElementsAre(21));
}

TEST_F(planner_test, a_class_passed_over_gets_the_next_slot) {
    auto limits = whatsapp();
    limits.rate = {.count = 1, .period = 1s, .burst = 1};
    planner one{{limits}};
    std::int64_t id = 1;
    one.add(to(1'000, id++, priority::bulk), noon);
    one.add(to(1'001, id++, priority::nudge), noon);
    std::vector<std::int64_t> lower;
    for (int slot = 0; slot < 40; ++slot) {
        const auto now = noon + slot * 1s;
        one.add(to(id, id, priority::reply), now);
        ++id;
        for (const auto& each : one.release(now, out)) {
            if (each->urgency != priority::reply) lower.push_back(slot);
        }
    }
    EXPECT_THAT(lower, ElementsAre(planner::fair_every, planner::fair_every + 1));
}

TEST_F(planner_test, within_one_persons_limit_no_class_starves_either) {
    plan.add(to(1, 1, priority::nudge), noon);
    auto limits = whatsapp();
    limits.pair.burst = 1;
    planner one{{limits}};
    one.add(to(1, 1, priority::nudge), noon);
    bool nudged = false;
    int slots = 0;
    for (std::int64_t id = 2; id < 60 && !nudged; ++id) {
        const auto now = noon + slots * 6s;
        one.add(to(1, id), now);
        for (const auto& each : one.release(now, out)) {
            nudged = each->id == 1;
            one.settle(each->id, accepted, now, out);
        }
        ++slots;
    }
    EXPECT_TRUE(nudged);
    EXPECT_LE(slots, planner::fair_every + 2);
}

TEST_F(planner_test, read_receipts_hold_nobody_up_and_tell_nobody) {
    auto seen = to(1, 10);
    seen.message.content = mark_read{.message_id = "wamid.in", .typing = true};
    plan.add(std::move(seen), noon);
    plan.add(to(1, 11), noon);
    EXPECT_THAT(release(noon), ElementsAre(11, 10));
    settle(10, no_answer, noon);
    EXPECT_EQ(last_mark(10), outbox_state::failed);
    EXPECT_THAT(release(noon + 1h), IsEmpty());
    EXPECT_THAT(out.outcomes, IsEmpty());
    EXPECT_THAT(out.notices, IsEmpty());
}

TEST_F(planner_test, what_leaves_at_once_is_bounded) {
    auto limits = whatsapp();
    limits.in_flight_max = 2;
    planner two{{limits}};
    for (std::int64_t i = 1; i <= 3; ++i) two.add(to(i, i), noon);
    EXPECT_THAT(two.release(noon, out), SizeIs(2));
    EXPECT_NE(two.next_wake(noon), noon) << "nothing to do before an answer comes";
    two.settle(1, accepted, noon, out);
    EXPECT_THAT(two.release(noon, out), SizeIs(1));
}

TEST_F(planner_test, an_id_twice_and_answers_for_nobody_are_ignored) {
    plan.add(to(1, 10), noon);
    plan.add(to(1, 10), noon);
    settle(77, accepted, noon);
    settle(10, accepted, noon);
    EXPECT_THAT(release(noon), ElementsAre(10));
    settle(10, accepted, noon);
    settle(10, no_answer, noon);
    EXPECT_EQ(last_mark(10), outbox_state::accepted);
    EXPECT_THAT(release(noon), IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway
