// An address nobody guesses, good once and for a short while.

#include "gateway/documents/document_desk.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant now = from_millis(1'000'000);
const document_desk::order hers{.what = {document_kind::statement_pdf, "C1", "", "es"}, .party = 7};

TEST(document_desk, is_fetched_once) {
    document_desk desk;
    const auto token = desk.lay_out(hers, now);
    EXPECT_EQ(token.size(), 64U);
    const auto first = desk.take(token, now + 1min);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->what.client_id, "C1");
    EXPECT_EQ(first->party, 7);
    EXPECT_FALSE(desk.take(token, now + 1min));
}

TEST(document_desk, not_after_its_time) {
    document_desk desk;
    const auto token = desk.lay_out(hers, now);
    EXPECT_FALSE(desk.take(token, now + document_desk::fetched_within));
    EXPECT_FALSE(desk.take(token, now)) << "gone for good";
}

TEST(document_desk, knows_no_other_address) {
    document_desk desk;
    auto token = desk.lay_out(hers, now);
    token.back() = token.back() == '0' ? '1' : '0';
    for (const auto& wrong : {token, std::string{}, token.substr(1)}) {
        EXPECT_FALSE(desk.take(wrong, now));
    }
}

TEST(document_desk, gives_every_one_an_address_of_its_own) {
    document_desk desk;
    std::set<std::string> all;
    for (int i = 0; i < 1'000; ++i) all.insert(desk.lay_out(hers, now));
    EXPECT_EQ(all.size(), 1'000U);
}

TEST(document_desk, forgets_the_oldest_when_too_many_wait) {
    document_desk desk;
    const auto first = desk.lay_out(hers, now);
    std::string last;
    for (std::size_t i = 0; i < document_desk::waiting_max; ++i) last = desk.lay_out(hers, now + 1s);
    EXPECT_FALSE(desk.take(first, now + 2s));
    EXPECT_TRUE(desk.take(last, now + 2s));
}

}  // namespace
}  // namespace tertulia::gateway
