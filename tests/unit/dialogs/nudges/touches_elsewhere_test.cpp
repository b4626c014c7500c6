// What another conversation of a client began is told whole, counted once, and replaces what was told
// before; a line nobody can read is none.

#include "dialogs/nudges/touches_elsewhere.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 18h};

touch elsewhere(std::int64_t nudge, milliseconds ago = 1h) {
    return {
        .at = noon - ago,
        .client_id = "C1",
        .loan_id = "L1",
        .instalment = 4,
        .policy = "repayment",
        .day = -1,
        .nudge = nudge,
        .channel = "sms"};
}
touch here(std::int64_t nudge, std::uint64_t sent, milliseconds ago = 2h) {
    auto one = elsewhere(nudge, ago);
    one.sent = sent;
    return one;
}

TEST(touches_elsewhere, are_told_whole) {
    const std::vector<touch> all{elsewhere(7), elsewhere(touch_of_no_nudge, 30min)};
    EXPECT_EQ(read_touches(told_touches(all)), all);
    EXPECT_EQ(told_touches({}), "");
}

TEST(touches_elsewhere, what_cannot_be_read_is_none) {
    for (const auto* text : {"", "\n", "x", "1\tC1\tL1\t4\tp\t-1\t7", "1\tC1\tL1\t4\tp\t-1\t7\tsms\tmore",
                             "x\tC1\tL1\t4\tp\t-1\t7\tsms", "1\t\tL1\t4\tp\t-1\t7\tsms",
                             "1\tC1\tL1\tx\tp\t-1\t7\tsms", "1\tC1\tL1\t4\tp\t-1\t0\tsms"}) {
        EXPECT_THAT(read_touches(text), IsEmpty()) << text;
    }
    auto odd = elsewhere(7);
    odd.loan_id = "L\t1";
    const std::vector<touch> all{odd, elsewhere(8)};
    EXPECT_THAT(read_touches(told_touches(all)), ElementsAre(elsewhere(8)));
}

TEST(touches_elsewhere, count_once_in_their_order_and_the_last_told_holds) {
    std::vector<touch> all{here(5, 50, 3h), here(6, 60, 30min)};
    count_elsewhere(all, {elsewhere(5), elsewhere(7)});
    ASSERT_THAT(all, SizeIs(3)) << "5 is of this conversation";
    EXPECT_EQ(all[1].nudge, 7);
    EXPECT_EQ(all[0].sent, 50U);
    count_elsewhere(all, {elsewhere(8)});
    ASSERT_THAT(all, SizeIs(3)) << "7 went nowhere after all";
    EXPECT_EQ(all[1].nudge, 8);
}

TEST(touches_elsewhere, a_promise_told_here_is_kept_and_the_oldest_make_room) {
    std::vector<touch> all{{.at = noon - 5h, .client_id = "C1", .policy = "promise_broken", .day = 1}};
    count_elsewhere(all, {elsewhere(7)});
    EXPECT_THAT(all, SizeIs(2));
    std::vector<touch> many;
    for (int i = 0; i < 40; ++i) many.push_back(elsewhere(100 + i, 40h - i * 1h));
    count_elsewhere(all, many);
    ASSERT_EQ(all.size(), touches_max);
    EXPECT_EQ(all.back().nudge, 139);
}

}  // namespace
}  // namespace tertulia::dialogs
