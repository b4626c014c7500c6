// What happens between the gateway and a provider that does not simply say yes: trouble that passes
// is tried again, trouble that lasts stops the channel, and a lost answer is never guessed at.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tertulia::integration {
namespace {

using nlohmann::json;

constexpr auto ana = "50255560001";

json errors(int code, int times, bool later = false) {
    return {
        {"errors",
         json::array({{{"code", code}, {"times", times}, {"later", later}}})}};
}

std::uint64_t refused(const provider& meta) {
    return meta.state().at("counters").at("refused").get<std::uint64_t>();
}

std::set<std::string> outbox_ids(const std::vector<said>& all) {
    std::set<std::string> out;
    for (const auto& one : all) out.insert(one.callback);
    return out;
}

// Trouble that passes: the message is refused so often and then arrives, once and in order.
class passing_trouble : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(passing_trouble, is_tried_again_until_it_is_over) {
    const auto [code, times] = GetParam();
    town here;
    here.meta.control(errors(code, times));
    here.house.hears(text_message(ana, "menu"));
    const auto got = here.meta.to(ana, 2, 60s);
    ASSERT_EQ(got.size(), 2U);
    EXPECT_THAT(got[0].text, testing::StartsWith("Hola."));
    EXPECT_EQ(got[1].text, "¿En qué le ayudo?");
    EXPECT_EQ(refused(here.meta), static_cast<std::uint64_t>(times));
    EXPECT_EQ(here.says(ana, "menu").size(), 1U);
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 3; }, 300ms));
}

INSTANTIATE_TEST_SUITE_P(
    codes, passing_trouble,
    testing::Values(
        std::pair{2, 2},       // 503
        std::pair{131000, 2},  // 500
        std::pair{131016, 1},  // 500
        std::pair{130429, 2},  // 429
        std::pair{131056, 1},  // pair rate
        std::pair{4, 1}
    ),
    [](const auto& one) { return "code_" + std::to_string(one.param.first); }
);

TEST(delivery, a_refused_token_stops_the_channel_and_keeps_the_messages) {
    town here;
    here.meta.control(errors(190, 1));
    here.house.hears(text_message(ana, "menu"));
    ASSERT_TRUE(soon([&] { return refused(here.meta) == 1; }));
    // Nothing more is tried, also for others: the next calls would be refused as well.
    here.house.hears(text_message("50255560002", "menu"));
    EXPECT_TRUE(stays([&] { return here.meta.all().empty(); }, 1'500ms));
    EXPECT_EQ(refused(here.meta), 1U);
    // The operator mends the token and starts it again: nothing is lost.
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_EQ(here.meta.to(ana, 2, 30s).size(), 2U);
    EXPECT_EQ(here.meta.to("50255560002", 2, 30s).size(), 2U);
    EXPECT_TRUE(stays([&] { return here.meta.all().size() == 4; }, 300ms));
}

TEST(delivery, a_message_that_cannot_be_delivered_is_not_tried_again) {
    town here;
    here.meta.control(errors(131026, 1));
    here.house.hears(text_message(ana, "menu"));
    const auto got = here.meta.to(ana, 1);
    ASSERT_EQ(got.size(), 1U);
    EXPECT_EQ(got[0].text, "¿En qué le ayudo?");  // the welcome was refused for good
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 1; }, 1s));
    EXPECT_EQ(refused(here.meta), 1U);
}

TEST(delivery, a_failure_reported_later_is_an_event_and_the_talk_goes_on) {
    town here;
    here.meta.control(errors(131026, 1, true));
    here.house.hears(text_message(ana, "menu"));
    ASSERT_EQ(here.meta.to(ana, 2).size(), 2U);
    EXPECT_EQ(here.says(ana, "menu").size(), 1U);
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 3; }, 500ms));
}

// Meta takes a message and says only in a status what is wrong with it.
TEST(delivery, passing_trouble_that_a_status_tells_is_tried_again_too) {
    town here;
    here.meta.control(errors(131000, 1, true));
    here.house.hears(text_message(ana, "menu"));
    const auto got = here.meta.to(ana, 3, 20s);
    ASSERT_EQ(got.size(), 3U);
    EXPECT_EQ(outbox_ids(got).size(), 2U) << "the welcome once more, under its own id";
    EXPECT_EQ(got[2].callback, got[0].callback);
    EXPECT_EQ(here.says(ana, "menu").size(), 1U);
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 4; }, 1s));
}

TEST(delivery, an_account_that_a_status_says_cannot_pay_stops_and_keeps_the_message) {
    town here;
    here.meta.control(errors(131042, 1, true));
    here.house.hears(text_message(ana, "menu"));
    ASSERT_TRUE(soon([&] {
        return here.house.metric("tertulia_channel_stopped{channel=\"whatsapp\"}") == 1;
    })) << here.house.log();
    const auto before = here.meta.to(ana).size();
    here.house.hears(text_message(ana, "menu"));
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == before; }, 500ms));
    EXPECT_EQ(
        ask(here.house.admin(), "POST", "/api/v1/channels/whatsapp/resume")->status, 200U
    );
    // The one that failed, and the answer that waited.
    EXPECT_EQ(here.meta.to(ana, before + 2, 20s).size(), before + 2);
}

TEST(delivery, a_lost_answer_is_settled_by_the_status_and_not_sent_twice) {
    town here;
    here.meta.control({{"drop_responses", 2}});
    here.house.hears(text_message(ana, "menu"));
    ASSERT_EQ(here.meta.to(ana, 2).size(), 2U);
    EXPECT_EQ(here.says(ana, "idioma").size(), 1U);
    // Past unknown_wait.
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 3; }, 4'500ms));
    const auto all = here.meta.to(ana);
    EXPECT_EQ(outbox_ids(all).size(), 3U);
    EXPECT_TRUE(all[0].dropped && all[1].dropped);
}

TEST(delivery, a_lost_answer_without_any_status_is_sent_again_to_who_waits) {
    town here;
    here.meta.control({{"drop_responses", 1}, {"sent_ms", nullptr}, {"delivered_ms", nullptr}});
    here.house.hears(text_message(ana, "menu"));
    const auto got = here.meta.to(ana, 3, 20s);
    ASSERT_EQ(got.size(), 3U);
    EXPECT_EQ(got[0].callback, got[1].callback);  // the same message, in its place
    EXPECT_EQ(got[2].text, "¿En qué le ayudo?");
    EXPECT_TRUE(stays([&] { return here.meta.to(ana).size() == 3; }, 4'500ms));
}

TEST(delivery, a_provider_that_is_down_gets_everything_when_it_is_back_once_and_in_order) {
    const place where;
    gateway house{where, {}};
    const auto port = free_port();
    house.set_provider(port);  // nobody listens there yet
    house.start();
    for (int i = 0; i < 3; ++i) house.hears(text_message(ana, i == 1 ? "idioma" : "menu"));
    EXPECT_TRUE(house.ready());
    EXPECT_EQ(house.stop(), 0);

    const provider meta{where, house.port()};
    house.set_provider(meta.port());
    house.start();
    const auto got = meta.to(ana, 4, 30s);
    ASSERT_EQ(got.size(), 4U);
    EXPECT_EQ(got[1].text, "¿En qué le ayudo?");
    EXPECT_THAT(got[2].text, testing::StartsWith("¿En qué idioma"));
    EXPECT_EQ(got[3].text, "¿En qué le ayudo?");
    EXPECT_TRUE(stays([&] { return meta.to(ana).size() == 4; }, 300ms));
}

TEST(delivery, the_limit_to_one_person_holds_her_up_and_nobody_else) {
    town here{{.pair_rate = "2/s", .pair_burst = 3}};
    std::vector<json> post;
    for (int i = 0; i < 7; ++i) post.push_back(text_message(ana, "menu"));
    post.push_back(text_message("50255560003", "menu"));
    const auto begun = std::chrono::steady_clock::now();
    ASSERT_EQ(here.house.post(webhook_body(post)), 200);
    EXPECT_EQ(here.meta.to("50255560003", 2, 2s).size(), 2U);
    EXPECT_LT(here.meta.to(ana).size(), 8U);
    EXPECT_EQ(here.meta.to(ana, 8, 20s).size(), 8U);
    EXPECT_GT(std::chrono::steady_clock::now() - begun, 2s);  // five beyond the burst, two a second
}

}  // namespace
}  // namespace tertulia::integration
