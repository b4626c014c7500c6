// What comes in by SMS and USSD, through the real binary: pieces of long messages across a kill, and
// USSD sessions whose screens are the answers to their requests. Whom we send to is not asked here:
// the providers' addresses lead nowhere.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <string>

namespace tertulia::integration {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr auto secret = "0123456789abcdef";
constexpr auto rosa = "+50255550101";

void add_channels(const gateway& house) {
    auto yaml = YAML::LoadFile(house.config().string());
    YAML::Node whatsapp_alone;
    whatsapp_alone.push_back(YAML::Clone(yaml["channels"][0]));
    yaml["channels"] = whatsapp_alone;
    const auto nowhere = "http://127.0.0.1:" + std::to_string(free_port());
    YAML::Node sms;
    sms["name"] = "sms";
    sms["type"] = "kannel";
    sms["username"] = "gw";
    sms["password"] = "pw";
    sms["from"] = "4040";
    sms["path_secret"] = secret;
    sms["sendsms_url"] = nowhere + "/cgi-bin/sendsms";
    yaml["channels"].push_back(sms);
    YAML::Node ussd;
    ussd["name"] = "ussd";
    ussd["type"] = "africas_talking_ussd";
    ussd["path_secret"] = secret;
    ussd["service_codes"].push_back("*384*123#");
    ussd["otherwise"] = "sms";
    yaml["channels"].push_back(ussd);
    std::ofstream{house.config()} << yaml << '\n';
}

struct inbound_sms : testing::Test {
    place where{};
    gateway house{where, {.demo = true}};
    inbound_sms() {
        add_channels(house);
        house.set_provider(free_port());
        house.start();
    }

    // A piece as Kannel hands it over: reference 42, of two.
    int piece(int number, const std::string& text, const std::string& id) const {
        const auto answer = ask(
            house.port(), "GET",
            std::string{"/webhooks/sms/"} + secret + "?from=50255550101&to=4040&ts=1795472273&id=" + id +
                "&coding=0&charset=UTF-8&udh=%05%00%03%2a%02%0" + std::to_string(number) +
                "&text=" + text
        );
        return answer ? answer->status : 0;
    }
    http_answer dial(
        const std::string& text, const std::string& session = "ATUid_1",
        const std::string& phone = "%2B50255550101"
    ) const {
        const auto answer = ask(
            house.port(), "POST", std::string{"/webhooks/ussd/"} + secret,
            {{"Content-Type", "application/x-www-form-urlencoded"}},
            "sessionId=" + session + "&phoneNumber=" + phone +
                "&networkCode=63902&serviceCode=%2A384%2A123%23&text=" + text,
            20s
        );
        return answer.value_or(http_answer{});
    }
};

TEST_F(inbound_sms, pieces_acknowledged_before_a_kill_are_one_message_after_it) {
    ASSERT_EQ(piece(2, "nu", "b"), 200);
    house.kill();
    house.start();
    ASSERT_EQ(piece(2, "nu", "b"), 200) << "redelivered";
    ASSERT_EQ(piece(1, "me", "a"), 200);
    ASSERT_EQ(piece(1, "me", "a"), 200);
    ASSERT_EQ(house.stop(), 0);
    const auto story = house.replayed(rosa);
    EXPECT_THAT(story, HasSubstr("menu.offer")) << "what the two say together";
    EXPECT_THAT(story, HasSubstr("1 turns, 0 different"));
}

TEST_F(inbound_sms, a_piece_without_the_secret_is_nobodys) {
    const auto answer =
        ask(house.port(), "GET", "/webhooks/sms/0123456789abcdeX?from=50255550101&id=a&text=a");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 404);
}

TEST_F(inbound_sms, a_ussd_session_from_the_menu_to_her_balance) {
    const auto menu = dial("");
    EXPECT_EQ(menu.status, 200);
    EXPECT_THAT(menu.headers.at("content-type"), StartsWith("text/plain"));
    EXPECT_THAT(menu.body, StartsWith("CON "));
    EXPECT_EQ(dial("").body, menu.body) << "a retry gets the same answer";
    // The first contact meets the welcome as well; the menu may stand on a later page.
    auto inputs = std::string{};
    auto screen = menu.body;
    for (int page = 0; page < 8 && screen.find("98. More") != std::string::npos; ++page) {
        EXPECT_LE(screen.size(), 182U + 4U + 40U);
        inputs += inputs.empty() ? "98" : "*98";
        screen = dial(inputs).body;
        EXPECT_THAT(screen, StartsWith("CON "));
    }
    EXPECT_THAT(screen, testing::ContainsRegex("[4-9][.] "));
    inputs += inputs.empty() ? "1" : "*1";
    EXPECT_THAT(dial(inputs).body, testing::AllOf(StartsWith("CON "), HasSubstr("PIN")));
}

TEST_F(inbound_sms, who_is_passed_to_a_person_hears_that_the_session_ends) {
    auto screen = dial("").body;
    std::string inputs;
    while (screen.find("98. More") != std::string::npos && inputs.size() < 40) {
        inputs += inputs.empty() ? "98" : "*98";
        screen = dial(inputs).body;
    }
    inputs += inputs.empty() ? "4" : "*4";
    auto last = dial(inputs).body;
    while (last.find("98. More") != std::string::npos && inputs.size() < 60) {
        inputs += "*98";
        last = dial(inputs).body;
    }
    EXPECT_THAT(last, StartsWith("END "));
    EXPECT_EQ(dial(inputs).body, last);
}

TEST_F(inbound_sms, ussd_of_others_is_refused) {
    const auto post = [&](const std::string& path, const std::string& body) {
        const auto answer = ask(
            house.port(), "POST", path, {{"Content-Type", "application/x-www-form-urlencoded"}}, body
        );
        return answer ? answer->status : 0;
    };
    const auto ours = std::string{"/webhooks/ussd/"} + secret;
    EXPECT_EQ(post("/webhooks/ussd/0123456789abcdeX", "sessionId=a&phoneNumber=%2B254711000101&text="), 404);
    EXPECT_EQ(post(ours, "sessionId=a&phoneNumber=nobody&text="), 400);
    EXPECT_EQ(post(ours, "text=%zz"), 400);
    EXPECT_EQ(
        post(ours, "sessionId=a&phoneNumber=%2B254711000101&serviceCode=%2A1%23&text="), 400
    ) << "another service code";
    EXPECT_EQ(
        post(ours, "sessionId=a&phoneNumber=%2B254711000101&status=Success&serviceCode=%2A384%2A123%23"),
        200
    ) << "the end of a session nobody knows";
}

TEST_F(inbound_sms, two_channels_one_person) {
    ASSERT_THAT(dial("").body, StartsWith("CON "));
    const auto answer = ask(
        house.port(), "GET",
        std::string{"/webhooks/sms/"} + secret +
            "?from=50255550101&to=4040&ts=1795472273&id=c&coding=0&charset=UTF-8&text=alto"
    );
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    ASSERT_EQ(house.stop(), 0);
    const auto story = house.replayed(rosa);
    EXPECT_THAT(story, HasSubstr("stop.confirm"));
    EXPECT_THAT(story, HasSubstr("2 turns, 0 different"));
}

}  // namespace
}  // namespace tertulia::integration
