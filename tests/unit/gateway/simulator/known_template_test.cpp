// A send by a template is held against what the provider approved.

#include "gateway/simulator/known_template.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tertulia::gateway::simulator {
namespace {

using nlohmann::json;

json text(const std::string& what, const std::string& name = {}) {
    json made{{"type", "text"}, {"text", what}};
    if (!name.empty()) made["parameter_name"] = name;
    return made;
}

json part(const std::string& type, json parameters) {
    return {{"type", type}, {"parameters", std::move(parameters)}};
}

json used(json components) {
    json made{{"name", "due"}};
    made["components"] = std::move(components);
    return made;
}

int code_of(const known_template& of, const json& what) {
    const auto error = misfit(of, what);
    return error ? error->code : 0;
}

const known_template numbered{
    .name = "due", .language = "es", .header = "Hola {{1}}", .body = "Debe {{1}} el {{2}}. {{1}}!"};
const known_template named{.name = "due", .body = "Debe {{amount}}.", .buttons = {"Sí", "No"}};

TEST(known_template, fits_with_as_many_parameters_as_it_has_gaps) {
    const auto header = part("header", json::array({text("Rosa")}));
    const auto body = part("body", json::array({text("Q5"), text("lunes")}));
    EXPECT_EQ(code_of(numbered, used(json::array({header, body}))), 0);
    EXPECT_EQ(code_of(numbered, used(json::array({body}))), 132000);
    EXPECT_EQ(
        code_of(numbered, used(json::array({header, part("body", json::array({text("Q5")}))}))),
        132000
    );
    EXPECT_EQ(code_of(numbered, used(json::array())), 132000);
    EXPECT_EQ(code_of(numbered, json{{"name", "due"}}), 132000);
}

TEST(known_template, named_gaps_want_their_names) {
    const auto with = [](json one) {
        return used(json::array({part("body", json::array({std::move(one)}))}));
    };
    EXPECT_EQ(code_of(named, with(text("Q5", "amount"))), 0);
    EXPECT_EQ(code_of(named, with(text("Q5", "sum"))), 132012);
    EXPECT_EQ(code_of(named, with(text("Q5"))), 132012);
    const auto header = part("header", json::array({text("Rosa")}));
    const auto body = part("body", json::array({text("Q5", "a"), text("lunes", "b")}));
    EXPECT_EQ(code_of(numbered, used(json::array({header, body}))), 132012);
}

TEST(known_template, has_the_buttons_it_has) {
    const auto with = [](json index) {
        json button{{"type", "button"}, {"sub_type", "quick_reply"}};
        button["index"] = std::move(index);
        return used(json::array({part("body", json::array({text("Q5", "amount")})), button}));
    };
    EXPECT_EQ(code_of(named, with("1")), 0);
    EXPECT_EQ(code_of(named, with(0)), 0);
    EXPECT_EQ(code_of(named, with("2")), 132018);
    EXPECT_EQ(code_of(named, with("-1")), 132018);
    EXPECT_EQ(code_of(named, with(nullptr)), 132018);
}

TEST(known_template, of_which_no_words_are_known_takes_anything) {
    EXPECT_EQ(code_of({.name = "due"}, used(json::array({part("body", json::array({text("a")}))}))), 0);
}

TEST(known_template, is_shown_filled_in) {
    const auto what = used(json::array(
        {part("header", json::array({text("Rosa")})),
         part("body", json::array({text("Q5"), text("lunes")}))}
    ));
    const auto shown = filled(numbered, what);
    EXPECT_EQ(shown["header"], "Hola Rosa");
    EXPECT_EQ(shown["body"], "Debe Q5 el lunes. Q5!");
    const auto by_name = used(json::array({part("body", json::array({text("{{2}}", "amount")}))}));
    EXPECT_EQ(filled(named, by_name)["body"], "Debe {{2}}.") << "what she is told is no gap";
    EXPECT_EQ(filled(named, by_name)["buttons"], json({"Sí", "No"}));
}

TEST(known_template, is_read_as_a_control_gives_it) {
    EXPECT_EQ(read_known_template("due/es")->language, "es");
    EXPECT_EQ(read_known_template("due")->language, "");
    const auto whole = read_known_template(to_json(named));
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->body, named.body);
    EXPECT_EQ(whole->buttons, named.buttons);
    EXPECT_FALSE(read_known_template(7));
    EXPECT_FALSE(read_known_template(json::object()));
    EXPECT_FALSE(read_known_template({{"name", "due"}, {"bodi", "x"}}));
    EXPECT_FALSE(read_known_template({{"name", "due"}, {"body", 7}}));
    EXPECT_FALSE(read_known_template({{"name", "due"}, {"buttons", {1}}}));
}

}  // namespace
}  // namespace tertulia::gateway::simulator
