// What a failed status asks for: each reaction once. Most of what providers refuse they refuse later.

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

channel_limits sms() {
    return {.channel = "sms", .rate = {.count = 1'000, .burst = 1'000}};
}

outbox_entry to_rosa(std::int64_t id, outbound_content what = say_text{.text = "hola"}) {
    return {
        .id = id,
        .party = {1},
        .queued_at = noon,
        .expires_at = noon + 24h,
        .urgency = priority::reply,
        .purpose = "menu",
        .message = {
            .to = {.channel = "sms", .to = {.value = "+50255500101"}}, .content = std::move(what)}};
}

status_update status_of(std::int64_t id, delivery_status what, int code = 0, int number = 1) {
    status_update update{
        .channel = "sms",
        .message_id = "SM" + std::to_string(id) + "-" + std::to_string(number),
        .status = what,
        .at = noon,
        .callback_data = std::to_string(id)};
    if (code != 0) update.errors.push_back({.code = code});
    return update;
}

adapters::verdict asks(reaction what, int tries_max = 0, milliseconds after = {}) {
    return {
        .reaction = what, .code = 63018, .reason = "because", .after = after, .tries_max = tries_max};
}

struct failures_test : testing::Test {
    planner plan{{sms()}, 1};
    settled out{};
    outbox_entry_state stored{};

    // Left and taken: as the provider's number-th of it.
    void is_taken(instant now, int number = 1) {
        ASSERT_EQ(leaving(now), std::vector<std::int64_t>{stored.entry.id});
        call_outcome answer{.ended = call_outcome::how::answered, .http_status = 201};
        answer.verdict = {
            .reaction = reaction::accepted,
            .provider_id =
                "SM" + std::to_string(stored.entry.id) + "-" + std::to_string(number)};
        plan.settle(stored.entry.id, answer, now, out);
    }
    void says(std::int64_t id, outbound_content what = say_text{.text = "hola"}) {
        stored = {.entry = to_rosa(id, std::move(what)), .state = outbox_state::accepted, .tries = 1};
        plan.add(stored.entry, noon);
        is_taken(noon);
    }
    std::vector<std::int64_t> leaving(instant now) {
        std::vector<std::int64_t> ids;
        for (const auto& one : plan.release(now, out)) ids.push_back(one->id);
        return ids;
    }
    bool fails(const adapters::verdict& judged, instant now, int number = 1) {
        return plan.fails(
            status_of(stored.entry.id, delivery_status::failed, judged.code, number), stored, judged,
            now, out
        );
    }
    status_answer hears(delivery_status what, instant now, int number = 1) {
        return plan.on_status(status_of(stored.entry.id, what, 0, number), now, out);
    }
    [[nodiscard]] std::vector<std::string> told() const {
        std::vector<std::string> fields;
        for (const auto& one : out.notices) fields.push_back(one.field);
        return fields;
    }
};

TEST_F(failures_test, passing_trouble_is_tried_again_so_often_as_the_code_allows) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::retry, 2, 15min), noon + 1s));
    EXPECT_EQ(out.marks.back().state, outbox_state::queued) << "also after a restart";
    EXPECT_THAT(leaving(noon + 15min), IsEmpty()) << "a second early";
    is_taken(noon + 16min, 2);
    EXPECT_TRUE(fails(asks(reaction::retry, 2, 15min), noon + 17min, 2));
    is_taken(noon + 40min, 3);
    EXPECT_FALSE(fails(asks(reaction::retry, 2, 15min), noon + 41min, 3));
    EXPECT_THAT(out.outcomes, IsEmpty());
    EXPECT_EQ(hears(delivery_status::failed, noon + 41min, 3).meaning, status_meaning::outcome);
    EXPECT_THAT(leaving(noon + 10h), IsEmpty());
}

TEST_F(failures_test, a_try_that_arrives_is_an_outcome_as_any) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::retry, 1), noon + 1s));
    is_taken(noon + 1min, 2);
    const auto answer = hears(delivery_status::delivered, noon + 2min, 2);
    EXPECT_EQ(answer.meaning, status_meaning::outcome);
    EXPECT_EQ(answer.outcome->event.status, delivery_status::delivered);
}

TEST_F(failures_test, what_is_told_twice_or_late_of_the_first_try_changes_nothing) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::retry, 1), noon + 1s));
    EXPECT_TRUE(fails(asks(reaction::retry, 1), noon + 2s)) << "the same once more";
    EXPECT_EQ(hears(delivery_status::sent, noon + 2s).meaning, status_meaning::record);
    is_taken(noon + 1min, 2);
    EXPECT_TRUE(fails(asks(reaction::retry, 1), noon + 2min)) << "still the first's";
    EXPECT_THAT(leaving(noon + 1h), IsEmpty());
    EXPECT_EQ(hears(delivery_status::delivered, noon + 1h, 2).meaning, status_meaning::outcome);
}

TEST_F(failures_test, a_first_try_that_arrived_after_all_is_not_followed_by_another) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::retry, 1, 15min), noon + 1s));
    EXPECT_EQ(hears(delivery_status::delivered, noon + 2s).meaning, status_meaning::outcome);
    EXPECT_THAT(leaving(noon + 1h), IsEmpty());
}

TEST_F(failures_test, after_a_restart_it_has_no_more_tries_than_before) {
    stored = {.entry = to_rosa(10), .state = outbox_state::accepted, .tries = 2};
    plan.adopt(stored, noon);
    EXPECT_FALSE(fails(asks(reaction::retry, 1), noon + 1s));
    stored.entry.id = 11;
    stored.tries = 1;
    plan.adopt(stored, noon);
    EXPECT_TRUE(fails(asks(reaction::retry, 1), noon + 1s));
}

TEST_F(failures_test, a_limit_told_late_slows_the_channel_and_loses_nothing) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::slow_channel, 1'000, 10s), noon + 1s));
    EXPECT_THAT(told(), ElementsAre("delivery.channel_slowed"));
    EXPECT_LT(plan.states().at(0).share, whole_share);
    EXPECT_THAT(leaving(noon + 10s), IsEmpty());
    is_taken(noon + 12s, 2);
}

TEST_F(failures_test, a_limit_of_hers_makes_everything_to_her_wait) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::slow_recipient), noon + 1s));
    plan.add(to_rosa(11), noon + 1s);
    EXPECT_THAT(leaving(noon + 1s), IsEmpty());
    EXPECT_THAT(leaving(noon + 2s), ElementsAre(10));
}

TEST_F(failures_test, a_stopped_channel_keeps_the_message_that_told) {
    says(10);
    EXPECT_TRUE(fails(asks(reaction::stop_channel), noon + 1s));
    EXPECT_THAT(told(), ElementsAre("delivery.channel_stopped"));
    EXPECT_THAT(leaving(noon + 1h), IsEmpty());
    plan.resume("sms", noon + 1h);
    EXPECT_THAT(leaving(noon + 1h), ElementsAre(10));
}

TEST_F(failures_test, a_stopped_template_is_not_sent_to_anybody) {
    const say_template due{.name = "due", .language = "es"};
    says(10, due);
    EXPECT_FALSE(fails(asks(reaction::stop_template), noon + 1s));
    EXPECT_THAT(told(), ElementsAre("delivery.template_stopped"));
    auto next = to_rosa(11, due);
    next.party = {2};
    plan.add(next, noon + 1s);
    EXPECT_THAT(leaving(noon + 1s), IsEmpty());
    EXPECT_EQ(
        out.outcomes.back().event.error.code, static_cast<int>(delivery_trouble::template_stopped)
    );
}

TEST_F(failures_test, quality_and_what_only_a_person_can_mend_are_told) {
    says(10);
    EXPECT_FALSE(fails(asks(reaction::stop_bulk, 0, 24h), noon + 1s));
    EXPECT_EQ(plan.states().at(0).bulk_paused_until, noon + 1s + 24h);
    says(11);
    EXPECT_FALSE(fails(asks(reaction::ask_operator), noon + 1s));
    EXPECT_THAT(told(), ElementsAre("delivery.bulk_stopped", "delivery.ask_operator"));
}

TEST_F(failures_test, whom_the_provider_spares_offers_is_offered_nothing_for_a_day) {
    stored = {.entry = to_rosa(10), .state = outbox_state::accepted, .tries = 1};
    stored.entry.urgency = priority::bulk;
    plan.adopt(stored, noon);
    EXPECT_FALSE(fails(asks(reaction::spare_recipient, 0, 24h), noon + 1s));
    EXPECT_EQ(hears(delivery_status::failed, noon + 1s).meaning, status_meaning::outcome);
    ASSERT_THAT(out.spared, SizeIs(1));
    auto next = to_rosa(11);
    next.urgency = priority::bulk;
    next.expires_at = noon + 48h;
    plan.add(next, noon + 1s);
    plan.add(to_rosa(12), noon + 1s);
    EXPECT_THAT(leaving(noon + 1s), ElementsAre(12));
    EXPECT_THAT(leaving(noon + 24h), IsEmpty());
    EXPECT_THAT(leaving(noon + 24h + 1s), ElementsAre(11));
}

TEST_F(failures_test, a_language_a_template_is_missing_in_and_marketing_that_is_off_are_told) {
    says(10, say_template{.name = "due", .language = "fr"});
    EXPECT_FALSE(fails(asks(reaction::other_language), noon + 1s));
    stored = {.entry = to_rosa(11), .state = outbox_state::accepted, .tries = 1};
    stored.entry.urgency = priority::bulk;
    plan.adopt(stored, noon);
    EXPECT_FALSE(fails(asks(reaction::stop_marketing), noon + 1s));
    EXPECT_THAT(told(), ElementsAre("delivery.template_missing", "delivery.marketing_stopped"));
    EXPECT_TRUE(plan.states().at(0).marketing_stopped);
}

TEST_F(failures_test, what_is_final_ends_it) {
    for (const auto what :
         {reaction::refuse, reaction::use_template, reaction::unreachable, reaction::opted_out,
          reaction::identity_changed}) {
        says(10 + static_cast<int>(what));
        EXPECT_FALSE(fails(asks(what), noon + 1s));
        EXPECT_EQ(hears(delivery_status::failed, noon + 1s).meaning, status_meaning::outcome);
    }
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_THAT(leaving(noon + 23h), IsEmpty());
}

TEST_F(failures_test, nothing_leaves_again_that_arrived_or_is_known_to_have_failed) {
    says(10);
    (void)hears(delivery_status::delivered, noon + 1s);
    EXPECT_FALSE(fails(asks(reaction::stop_channel), noon + 2s));
    says(11);
    (void)hears(delivery_status::failed, noon + 1s);
    EXPECT_FALSE(fails(asks(reaction::stop_channel), noon + 2s));
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_FALSE(plan.states().at(0).paused);
}

TEST_F(failures_test, nothing_leaves_again_that_would_come_too_late) {
    says(10);
    EXPECT_FALSE(fails(asks(reaction::retry, 5, 12h), noon + 13h));
}

TEST_F(failures_test, a_file_has_a_way_of_its_own) {
    says(10, say_media{.media_id = "7"});
    EXPECT_FALSE(fails(asks(reaction::retry, 1), noon + 1s));
}

TEST(planner_failures, a_provider_that_knows_repetitions_is_sent_none) {
    auto limits = sms();
    limits.knows_repeats = true;
    planner plan{{limits}};
    settled out;
    const outbox_entry_state stored{
        .entry = to_rosa(10), .state = outbox_state::accepted, .tries = 1};
    plan.adopt(stored, noon);
    EXPECT_FALSE(plan.fails(
        status_of(10, delivery_status::failed, 4), stored, asks(reaction::retry, 1), noon, out
    ));
    EXPECT_TRUE(plan.release(noon + 1h, out).empty());
}

TEST_F(failures_test, whose_status_it_is) {
    says(10);
    EXPECT_EQ(plan.id_of(status_of(10, delivery_status::failed)), 10);
    EXPECT_EQ(plan.id_of({.channel = "sms", .message_id = "SM99"}), 0);
}

}  // namespace
}  // namespace tertulia::gateway
