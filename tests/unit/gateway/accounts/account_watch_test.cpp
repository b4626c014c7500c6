// What the watch keeps for nobody's account: who is to be spared offers, over a restart.

#include "gateway/accounts/account_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

channel_limits whatsapp() {
    return {.channel = "whatsapp", .rate = {.count = 1'000, .burst = 1'000}};
}

struct account_watch_test : testing::Test {
    planner plan{{whatsapp()}, 1};
    metrics counts{};
    account_watch watch{plan, counts, {"whatsapp"}};
    settled out{};

    void says(std::int64_t id, priority urgency) {
        plan.add(
            {.id = id,
             .party = {1},
             .queued_at = noon,
             .expires_at = noon + 72h,
             .urgency = urgency,
             .message = {.to = {.channel = "whatsapp", .to = {.value = "50255500101"}},
                         .content = say_text{.text = "hola"}}},
            noon
        );
    }
    std::vector<std::int64_t> leaving(instant now) {
        std::vector<std::int64_t> ids;
        for (const auto& one : plan.release(now, out)) ids.push_back(one->id);
        return ids;
    }
};

TEST_F(account_watch_test, who_is_to_be_spared_offers_is_known_after_a_restart) {
    const auto fact = account_watch::fact_of({"whatsapp", party_id{1}, priority::bulk, noon + 24h});
    EXPECT_EQ(fact.key, "spared/1");
    watch.restore({fact}, noon + 1h);
    says(10, priority::bulk);
    says(11, priority::nudge);
    EXPECT_THAT(leaving(noon + 1h), ElementsAre(11));
    EXPECT_THAT(leaving(noon + 24h - 1ms), IsEmpty());
    EXPECT_THAT(leaving(noon + 24h), ElementsAre(10));
}

TEST_F(account_watch_test, a_refused_nudge_holds_her_nudges_after_a_restart_too) {
    watch.restore(
        {account_watch::fact_of({"whatsapp", party_id{1}, priority::nudge, noon + 24h})}, noon + 1h
    );
    says(10, priority::nudge);
    EXPECT_THAT(leaving(noon + 1h), IsEmpty());
    EXPECT_THAT(leaving(noon + 24h), ElementsAre(10));
}

TEST_F(account_watch_test, what_is_over_is_forgotten_and_what_nobody_wrote_is_ignored) {
    const auto over = account_watch::fact_of({"whatsapp", party_id{1}, priority::bulk, noon});
    auto odd = over;
    odd.key = "spared/everybody";
    odd.at = noon + 24h;
    watch.restore({over, odd}, noon);
    says(10, priority::bulk);
    EXPECT_THAT(leaving(noon), ElementsAre(10));
    batch kept;
    watch.collect(noon, kept);
    EXPECT_THAT(kept.channel_facts, ElementsAre(channel_fact{"whatsapp", "spared/1", {}, noon}));
}

}  // namespace
}  // namespace tertulia::gateway
