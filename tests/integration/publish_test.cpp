// New texts reach people in the order an operator means them to: who is in a conversation ends it
// on the texts it began with, whoever begins one hears the new, and one command takes it back.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace tertulia::integration {
namespace {

using testing::HasSubstr;
using testing::Not;

struct publishing : testing::Test {
    town here{{.own_scripts = true}};

    void edit(const std::string& old, const std::string& fresh) const {
        const auto file = here.where / "messages/es.yaml";
        std::ostringstream text;
        text << std::ifstream{file}.rdbuf();
        auto all = text.str();
        const auto at = all.find(old);
        ASSERT_NE(at, std::string::npos) << old;
        all.replace(at, old.size(), fresh);
        std::ofstream{file} << all;
    }
    std::pair<int, std::string> publish(const std::string& to = "all") {
        return here.house.command({"publish", "--author", "Ana", "--reason", "warmer", "--to", to});
    }
    std::string greeting(const std::string& who) { return here.says(who, "menu", 2).back().text; }
    std::string menu_again(const std::string& who) { return here.says(who, "menu").back().text; }
};

TEST_F(publishing, reaches_new_conversations_is_taken_back_and_outlives_a_restart) {
    EXPECT_EQ(greeting("50255530001"), "¿En qué le ayudo?");
    edit("¿En qué le ayudo?", "¿Qué se le ofrece?");
    const auto [code, said] = publish();
    ASSERT_EQ(code, 0) << said;
    EXPECT_THAT(said, HasSubstr("~ message es: menu.what"));
    EXPECT_EQ(menu_again("50255530001"), "¿En qué le ayudo?");
    EXPECT_EQ(greeting("50255530002"), "¿Qué se le ofrece?");

    // A restart serves what was published, and says that the files are something else.
    edit("¿Qué se le ofrece?", "¿Y ahora?");
    ASSERT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_THAT(here.house.log(), HasSubstr("the files are not what is served"));
    EXPECT_EQ(greeting("50255530003"), "¿Qué se le ofrece?");
    EXPECT_EQ(menu_again("50255530001"), "¿En qué le ayudo?");

    EXPECT_EQ(here.house.command({"rollback"}).first, 0);
    EXPECT_EQ(greeting("50255530004"), "¿En qué le ayudo?");
    const auto list = here.house.command({"versions"}).second;
    EXPECT_THAT(list, HasSubstr("Ana: warmer"));
    EXPECT_THAT(list, HasSubstr("2 under way"));
    EXPECT_THAT(list, HasSubstr("Times of America/Guatemala:"));
    EXPECT_THAT(list, Not(HasSubstr("someone")));
    EXPECT_THAT(here.house.log(), HasSubstr(" -06:00] ["));

    // With the gateway stopped, the next start serves it.
    ASSERT_EQ(here.house.stop(), 0);
    const auto stopped = publish();
    EXPECT_THAT(stopped.second, HasSubstr("The next start serves it"));
    edit("¿Y ahora?", "¿Y después?");
    EXPECT_THAT(
        publish("10%").second,
        HasSubstr("Staff and 10% of everybody else begin on it after the next start")
    );
    EXPECT_EQ(here.house.command({"rollback"}).first, 0);
    here.house.start();
    EXPECT_EQ(greeting("50255530005"), "¿Y ahora?");
}

TEST_F(publishing, a_broken_file_changes_nothing_not_even_at_a_start) {
    edit("¿En qué le ayudo?", "¿Qué se le ofrece?");
    ASSERT_EQ(publish().first, 0);
    edit("¿Qué se le ofrece?", "{no.such.fact}");
    const auto [code, said] = publish();
    EXPECT_EQ(code, 1);
    EXPECT_THAT(said, HasSubstr("no.such.fact"));
    EXPECT_EQ(greeting("50255530011"), "¿Qué se le ofrece?");
    ASSERT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_EQ(greeting("50255530012"), "¿Qué se le ofrece?");
}

TEST_F(publishing, soyfinca_staff_first_only_the_numbers_of_the_config_are_reached) {
    EXPECT_EQ(publish("staff").first, 1);
    EXPECT_EQ(here.house.command({"rollback", "--to", "00000000"}).first, 1);
    EXPECT_EQ(publish("110%").first, 2);
    here.house.set_staff({"+50255530021"});
    edit("¿En qué le ayudo?", "¿Qué se le ofrece?");
    ASSERT_EQ(publish("staff").first, 0);
    EXPECT_EQ(greeting("50255530021"), "¿Qué se le ofrece?");
    EXPECT_EQ(greeting("50255530022"), "¿En qué le ayudo?");
    ASSERT_EQ(publish().first, 0);
    EXPECT_EQ(greeting("50255530023"), "¿Qué se le ofrece?");
}

TEST_F(publishing, is_for_who_says_json_and_nobody_from_a_web_page) {
    const auto got =
        ask(here.house.admin(), "POST", "/api/v1/scripts", {{"Content-Type", "text/plain"}}, "{}");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 415);
    EXPECT_EQ(ask(here.house.port(), "GET", "/api/v1/scripts")->status, 404);
    EXPECT_EQ(
        ask(here.house.admin(),
            "POST",
            "/api/v1/scripts",
            {{"Content-Type", "application/json"}},
            "{")
            ->status,
        400
    );
}

}  // namespace
}  // namespace tertulia::integration
