// The queue before the writer is bounded, takes a POST whole or not at all, and keeps the order.

#include "gateway/turns/inbox.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

admission post(std::size_t messages, const std::string& first_id = "m") {
    admission out;
    for (std::size_t i = 0; i < messages; ++i) {
        out.messages.push_back({.channel = "whatsapp", .id = first_id + std::to_string(i)});
    }
    return out;
}

auto soon() { return std::chrono::steady_clock::now() + 5s; }

TEST(inbox, a_post_comes_in_whole_or_not_at_all) {
    inbox box{10};
    auto small = post(4);
    auto second = post(6, "second");
    ASSERT_TRUE(box.admit(small));

    EXPECT_FALSE(box.admit(second));
    EXPECT_EQ(second.messages.size(), 6U) << "a refused POST is left as it was";
    EXPECT_EQ(box.weight(), 5U);
}

TEST(inbox, a_post_larger_than_the_queue_comes_in_when_nothing_waits) {
    inbox box{10};
    auto huge = post(1'000);
    EXPECT_TRUE(box.admit(huge));
    auto next = post(1);
    EXPECT_FALSE(box.admit(next));
}

TEST(inbox, what_is_taken_keeps_its_order_and_the_rest_stays) {
    inbox box{1'000};
    for (const char* name : {"a", "b", "c"}) {
        auto one = post(4, name);
        ASSERT_TRUE(box.admit(one));
    }
    const auto first = box.take(soon(), 6);
    ASSERT_EQ(first.admissions.size(), 2U);
    EXPECT_EQ(first.admissions[0].messages[0].id, "a0");
    EXPECT_EQ(first.admissions[1].messages[0].id, "b0");
    const auto second = box.take(soon(), 6);
    ASSERT_EQ(second.admissions.size(), 1U);
    EXPECT_EQ(second.admissions[0].messages[0].id, "c0");
    EXPECT_EQ(box.weight(), 0U);
}

TEST(inbox, nothing_comes_in_while_the_door_is_closed) {
    inbox box{10};
    box.open_door(false);
    auto one = post(1);
    EXPECT_FALSE(box.admit(one));
    box.open_door(true);
    EXPECT_TRUE(box.admit(one));
}

TEST(inbox, a_closed_inbox_hands_out_what_it_has_and_says_it_ends) {
    inbox box{10};
    auto one = post(1);
    ASSERT_TRUE(box.admit(one));
    box.close();
    auto late = post(1);
    EXPECT_FALSE(box.admit(late));
    const auto last = box.take(std::nullopt, 100);
    EXPECT_EQ(last.admissions.size(), 1U);
    EXPECT_TRUE(last.ending);
    EXPECT_TRUE(box.take(std::nullopt, 100).empty());
}

TEST(inbox, whoever_waits_is_woken_from_another_thread) {
    inbox box{10};
    std::jthread other{[&] { box.add(send_result{.outbox_id = 7}); }};
    const auto got = box.take(std::nullopt, 100);
    ASSERT_EQ(got.results.size(), 1U);
    EXPECT_EQ(got.results[0].outbox_id, 7);
}

}  // namespace
}  // namespace tertulia::gateway
