// A file is uploaded once in thirty days for each channel, also across a restart, and again when it
// is not taken any more.

#include "gateway/uploads/upload_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;
constexpr std::chrono::hours month{30 * 24};
const upload_key card{"whatsapp", "4c4b"};

TEST(upload_table, an_id_is_good_until_its_last_day) {
    upload_table table;
    EXPECT_FALSE(table.id_of(card, noon));
    (void)table.keep(card, "901", noon, month);
    EXPECT_EQ(table.id_of(card, noon + month - 25h), "901");
    EXPECT_FALSE(table.id_of(card, noon + month - 24h));
    EXPECT_FALSE(table.id_of({"other", "4c4b"}, noon)) << "an id is one number's alone";
    EXPECT_FALSE(table.id_of({"whatsapp", "4c4c"}, noon)) << "another content is another file";
}

TEST(upload_table, what_is_kept_is_there_after_a_restart) {
    upload_table before;
    const auto fact = before.keep(card, "901", noon, month);
    EXPECT_EQ(fact.key, "media/4c4b");
    upload_table after;
    EXPECT_THAT(after.restore(std::vector{fact}, noon + 48h), IsEmpty());
    EXPECT_EQ(after.id_of(card, noon + 48h), "901");
}

TEST(upload_table, at_start_what_is_old_or_unreadable_is_dropped) {
    upload_table table;
    const auto old = table.keep(card, "901", noon - month, month);
    const std::vector<channel_fact> kept{
        old,
        {"whatsapp", "media/5d5c", "not JSON", noon},
        {"whatsapp", "media/6e6d", R"({"id":7,"until":1})", noon},
        {"whatsapp", "limit", R"({"people":1000})", noon}};
    upload_table after;
    const auto gone = after.restore(kept, noon);
    ASSERT_THAT(gone, SizeIs(3));
    for (const auto& one : gone) EXPECT_EQ(one.value, "");
    EXPECT_FALSE(after.id_of(card, noon));
}

TEST(upload_table, only_the_id_that_failed_is_forgotten) {
    upload_table table;
    (void)table.keep(card, "901", noon, month);
    (void)table.keep(card, "902", noon + 1min, month);  // meanwhile, for another message
    EXPECT_FALSE(table.forget(card, "901", noon + 2min));
    EXPECT_EQ(table.id_of(card, noon + 2min), "902");
    const auto gone = table.forget(card, "902", noon + 3min);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->value, "") << "the store forgets it, too";
    EXPECT_FALSE(table.id_of(card, noon + 3min));
}

}  // namespace
}  // namespace tertulia::gateway
