// Parts of long messages: in any order, twice, too many, never complete.

#include "dialogs/message/sms/joiner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace tertulia {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

sms_part part(
    std::uint8_t number, std::uint8_t total, std::string payload, std::uint16_t ref = 42
) {
    return {
        .link = "smpp",
        .from = "50212345678",
        .to = "4040",
        .reference = ref,
        .total = total,
        .number = number,
        .payload = std::move(payload)};
}

std::string text_of(const joined_sms& whole) {
    std::string text;
    for (const auto& one : whole.parts) text += one.payload;
    return text;
}

TEST(joiner, parts_in_the_wrong_order_are_joined_in_the_right_one) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(2, 2, "segunda"), noon), IsEmpty());
    EXPECT_EQ(joiner.waiting(), 1U);
    const auto ready = joiner.add(part(1, 2, "primera "), noon + 1s);
    ASSERT_THAT(ready, SizeIs(1));
    EXPECT_TRUE(ready[0].is_complete);
    EXPECT_EQ(text_of(ready[0]), "primera segunda");
    EXPECT_EQ(joiner.waiting(), 0U);
    EXPECT_EQ(joiner.next_expiry(), std::nullopt);
}

TEST(joiner, a_part_that_comes_again_adds_nothing_before_or_after) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon + 1s), IsEmpty());
    EXPECT_THAT(joiner.add(part(2, 2, "b"), noon + 2s), SizeIs(1));
    EXPECT_THAT(joiner.add(part(2, 2, "b"), noon + 3s), IsEmpty());
    EXPECT_EQ(joiner.waiting(), 0U);
}

TEST(joiner, she_may_say_the_same_again_later) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(2, 2, "b"), noon), SizeIs(1));
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon + 5min), IsEmpty());
    EXPECT_THAT(joiner.add(part(2, 2, "b"), noon + 5min), SizeIs(1));
}

TEST(joiner, a_reference_used_again_does_not_mix_two_messages) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(1, 2, "old"), noon), IsEmpty());
    const auto ready = joiner.add(part(1, 2, "new"), noon + 1min);
    ASSERT_THAT(ready, SizeIs(1));
    EXPECT_FALSE(ready[0].is_complete);
    EXPECT_EQ(text_of(ready[0]), "old");
    const auto whole = joiner.add(part(2, 2, "er"), noon + 1min);
    ASSERT_THAT(whole, SizeIs(1));
    EXPECT_EQ(text_of(whole[0]), "newer");
}

TEST(joiner, messages_of_others_are_other_messages) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon), IsEmpty());
    auto other = part(2, 2, "b");
    other.from = "50200000000";
    EXPECT_THAT(joiner.add(other, noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(2, 2, "b", 43), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(2, 3, "b"), noon), IsEmpty());
    EXPECT_EQ(joiner.waiting(), 4U);
}

TEST(joiner, what_never_completes_is_handed_over_with_a_mark) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part(1, 3, "a"), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(3, 3, "c"), noon + 10min), IsEmpty());
    EXPECT_EQ(joiner.next_expiry(), noon + 30min);
    EXPECT_THAT(joiner.expire(noon + 30min - 1ms), IsEmpty());
    const auto late = joiner.expire(noon + 30min);
    ASSERT_THAT(late, SizeIs(1));
    EXPECT_FALSE(late[0].is_complete);
    EXPECT_EQ(text_of(late[0]), "ac");
    EXPECT_EQ(joiner.waiting(), 0U);
}

TEST(joiner, what_makes_no_sense_is_handed_over_by_itself) {
    sms_joiner joiner;
    for (const auto& odd : {part(0, 2, "x"), part(3, 2, "x"), part(1, 0, "x"), part(1, 41, "x")}) {
        const auto ready = joiner.add(odd, noon);
        ASSERT_THAT(ready, SizeIs(1));
        EXPECT_FALSE(ready[0].is_complete);
    }
    const auto single = joiner.add(part(1, 1, "x"), noon);
    ASSERT_THAT(single, SizeIs(1));
    EXPECT_TRUE(single[0].is_complete);
    EXPECT_EQ(joiner.waiting(), 0U);
}

TEST(joiner, says_beforehand_what_it_has) {
    sms_joiner joiner;
    EXPECT_FALSE(joiner.has(part(1, 2, "a"), noon));
    EXPECT_THAT(joiner.add(part(1, 2, "a"), noon), IsEmpty());
    EXPECT_TRUE(joiner.has(part(1, 2, "a"), noon + 1min));
    EXPECT_FALSE(joiner.has(part(2, 2, "b"), noon + 1min)) << "the other half";
    EXPECT_FALSE(joiner.has(part(1, 2, "z"), noon + 1min)) << "the reference, used again";
    EXPECT_FALSE(joiner.has(part(1, 2, "a"), noon + 30min)) << "its time is up";
    EXPECT_THAT(joiner.add(part(2, 2, "b"), noon + 1min), SizeIs(1));
    EXPECT_TRUE(joiner.has(part(1, 2, "a"), noon + 2min)) << "joined already";
}

TEST(joiner, who_floods_pushes_out_her_own) {
    sms_joiner joiner{{.of_one_max = 2}};
    auto quiet = part(1, 2, "quiet");
    quiet.from = "50200000000";
    EXPECT_THAT(joiner.add(quiet, noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(1, 2, "a", 1), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(1, 2, "b", 2), noon), IsEmpty());
    for (std::uint16_t reference = 3; reference < 300; ++reference) {
        const auto pushed = joiner.add(part(1, 2, "c", reference), noon);
        ASSERT_THAT(pushed, SizeIs(1));
        EXPECT_EQ(pushed[0].parts.front().from, "50212345678");
    }
    EXPECT_EQ(joiner.waiting(), 3U);
    quiet.number = 2;
    EXPECT_THAT(joiner.add(quiet, noon), SizeIs(1));
}

TEST(joiner, memory_is_bounded) {
    sms_joiner joiner{{.messages_max = 2, .bytes_max = 10}};
    EXPECT_THAT(joiner.add(part(1, 2, "a", 1), noon), IsEmpty());
    EXPECT_THAT(joiner.add(part(1, 2, "b", 2), noon), IsEmpty());
    const auto pushed = joiner.add(part(1, 2, "c", 3), noon);
    ASSERT_THAT(pushed, SizeIs(1));
    EXPECT_EQ(text_of(pushed[0]), "a");
    const auto heavy = joiner.add(part(2, 2, "0123456789", 3), noon);
    ASSERT_THAT(heavy, SizeIs(1)) << "beyond the bytes of one message: what was there goes";
    EXPECT_EQ(text_of(heavy[0]), "c");
    EXPECT_THAT(joiner.add(part(2, 2, "0123456789x", 4), noon), SizeIs(1));
    EXPECT_LE(joiner.waiting(), 2U);
}

TEST(joiner, halves_of_a_letter_meet_and_a_gap_is_marked) {
    joined_sms whole{.parts = {part(1, 5, "a"), part(2, 5, "b"), part(4, 5, "c"), part(5, 5, "d")}};
    whole.parts[3].coding = 8;
    const auto runs = runs_of(whole);
    ASSERT_THAT(runs, SizeIs(3));
    EXPECT_EQ(runs[0].payload, "ab");
    EXPECT_FALSE(runs[0].is_behind_gap);
    EXPECT_EQ(runs[1].payload, "c");
    EXPECT_TRUE(runs[1].is_behind_gap);
    EXPECT_EQ(runs[2].payload, "d");
    EXPECT_EQ(runs[2].coding, 8);
    EXPECT_FALSE(runs[2].is_behind_gap);
    EXPECT_TRUE(runs_of({.parts = {part(2, 2, "b")}})[0].is_behind_gap);
}

RC_GTEST_PROP(joiner, any_order_gives_the_same_message, ()) {
    const auto total = *rc::gen::inRange<std::uint8_t>(2, 20);
    std::vector<sms_part> parts;
    std::string whole;
    for (std::uint8_t number = 1; number <= total; ++number) {
        parts.push_back(part(number, total, std::string(1, static_cast<char>('a' + number))));
        whole += parts.back().payload;
    }
    for (std::size_t at = parts.size(); at > 1; --at) {
        std::swap(parts[at - 1], parts[*rc::gen::inRange<std::size_t>(0, at)]);
    }
    sms_joiner joiner;
    for (std::size_t at = 0; at + 1 < parts.size(); ++at) {
        RC_ASSERT(joiner.add(parts[at], noon).empty());
    }
    const auto ready = joiner.add(parts.back(), noon);
    RC_ASSERT(ready.size() == 1U && ready[0].is_complete);
    RC_ASSERT(text_of(ready[0]) == whole);
}

}  // namespace
}  // namespace tertulia
