// Who has not written for days is reached by an approved template, as the provider has it, and a tap
// on its quick reply is an answer. Days pass by starting the gateway with a later clock.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <ctime>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto rosa = "50255500101";

// From the real time on: messages carry theirs.
std::string in(std::chrono::minutes time) {
    const auto at = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + time);
    std::array<char, 32> text{};
    std::tm utc{};
    gmtime_r(&at, &utc);
    (void)std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text.data();
}

json approved(const std::string& body) {
    return {
        {"name", "apply_reminder_officer"},
        {"language", "es"},
        {"body", body},
        {"buttons", {"Seguir", "Ahora no", "Ya no lo quiero"}}};
}

json tap_on_template(const std::string& payload, const std::string& quoted) {
    json message{{"from", rosa}, {"id", new_id()}, {"type", "button"}};
    message["timestamp"] =
        std::to_string(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    message["context"] = {{"from", "15550001111"}, {"id", quoted}};
    message["button"] = {{"payload", payload}, {"text", "Seguir"}};
    return message;
}

class by_template : public testing::Test {
protected:
    town here{{.demo = true, .own_clock = true}};

    // She leaves her application half-way, half an hour passes, and then two days.
    void leave_for_two_days() {
        (void)here.says(rosa, "préstamo", 3);  // the welcome, the opening, the first question
        (void)here.says(rosa, "sí", 1);
        EXPECT_EQ(here.house.stop(), 0);
        here.house.start(in(std::chrono::minutes{40}));
        ASSERT_TRUE(soon([&] { return here.house.ready(); }, 15s));
        (void)here.meta.to(rosa, 5);  // that her answers are kept
        EXPECT_EQ(here.house.stop(), 0);
        here.house.start(in(std::chrono::days{2}));
    }
};

TEST_F(by_template, a_reminder_arrives_and_its_button_answers) {
    here.meta.control(
        {{"window", true},
         {"templates", json::array({approved("El asistente de {{1}}. Falta: {{2}}. ¿Seguimos?")})}}
    );
    leave_for_two_days();
    const auto all = here.meta.to(rosa, 6);
    ASSERT_EQ(all.size(), 6U);
    const auto& used = all[5].body["template"];
    EXPECT_EQ(used["name"], "apply_reminder_officer");
    EXPECT_EQ(used["language"]["code"], "es");
    const auto& components = used["components"];
    ASSERT_EQ(components.size(), 4U);
    EXPECT_EQ(components[0]["parameters"][1]["text"], "Monto") << "what is missing";
    const auto payload = components[1]["parameters"][0]["payload"].get<std::string>();
    EXPECT_THAT(payload, HasSubstr("apply_reminder.with_officer|go_on"));
    here.house.hears(tap_on_template(payload, all[5].id));
    const auto then = here.meta.to(rosa, 7);
    ASSERT_EQ(then.size(), 7U);
    EXPECT_THAT(then[6].text, HasSubstr("a medias")) << "she is asked whether to go on";
}

TEST_F(by_template, one_that_was_approved_otherwise_is_refused_and_a_person_is_told) {
    here.meta.control({{"templates", json::array({approved("{{1}}, {{2}} y {{3}}")})}});
    leave_for_two_days();
    const auto refused_once = [&] { return here.meta.state()["counters"]["refused"] == 1; };
    EXPECT_TRUE(soon(refused_once, 15s)) << here.house.log();
    EXPECT_TRUE(stays(refused_once, 500ms)) << "it was tried again";
    EXPECT_EQ(here.meta.to(rosa).size(), 5U);
    EXPECT_EQ(here.house.stop(), 0);
    const auto [code, why] =
        here.house.command({"replay", "--explain", "--phone", "+" + std::string{rosa}});
    EXPECT_THAT(why, HasSubstr("said      apply_reminder.with_officer: template apply_reminder_officer in es"));
    EXPECT_THAT(why, HasSubstr("handed    over, because send_failed"));
}

}  // namespace
}  // namespace tertulia::integration
