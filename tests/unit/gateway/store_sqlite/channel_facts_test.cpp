// What is known of a channel's account outlives the process.

#include "tests/unit/gateway/store_sqlite/store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

TEST_F(store_test, the_latest_fact_of_a_key_is_kept_and_an_empty_one_forgets) {
    const channel_fact limit{"whatsapp", "limit", R"({"people":250})", monday};
    const channel_fact later{"whatsapp", "limit", R"({"people":2000})", monday + std::chrono::hours{1}};
    const channel_fact other{"sms", "limit", "{}", monday};
    db().commit({.channel_facts = {limit, other}});
    db().commit({.channel_facts = {later}});
    EXPECT_EQ(db().channel_facts(), (std::vector{other, later}));
    open_store();
    EXPECT_EQ(db().channel_facts(), (std::vector{other, later}));
    db().commit({.channel_facts = {{"sms", "limit", "", monday}, {"sms", "never", "", monday}}});
    open_store();
    EXPECT_EQ(db().channel_facts(), std::vector{later});
}

TEST_F(store_test, usage_adds_up_across_restarts) {
    const usage_count one{"whatsapp", "2026-11", "service", "regular", 2};
    db().commit({.usage = {one, {"whatsapp", "2026-11", "utility", "regular", 1}}});
    open_store();
    db().commit({.usage = {one, {"sms", "2026-11", "service", "regular", 9}}});
    EXPECT_EQ(
        db().usage("whatsapp"),
        (std::vector<usage_count>{{"whatsapp", "2026-11", "service", "regular", 4},
                                  {"whatsapp", "2026-11", "utility", "regular", 1}})
    );
    EXPECT_TRUE(db().usage("nowhere").empty());
}

}  // namespace
}  // namespace tertulia::gateway
