// dialogs/places.yaml, read and refused.

#include "dialogs/script/places_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::vector<named_place> places;

std::string told(const std::string& text) {
    std::vector<diagnostic> problems;
    findings noted{"places.yaml", problems};
    places = read_places({"places.yaml", text}, noted);
    std::string all;
    for (const auto& one : problems) all += to_text(one, text);
    return all;
}

TEST(places_file, is_names_with_what_else_they_are_called_and_where_they_are) {
    EXPECT_THAT(told("Xela: {also: [La Ciudad, Xelajú], at: [14.83, -91.5]}\nSalcajá:\n"), IsEmpty());
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0].also, (std::vector<std::string>{"La Ciudad", "Xelajú"}));
    EXPECT_EQ(places[0].at, (coordinates{14.83, -91.5}));
    EXPECT_EQ(places[1].name, "Salcajá");
    EXPECT_FALSE(places[1].at);
}

TEST(places_file, tells_every_mistake) {
    EXPECT_THAT(told("[Xela]"), HasSubstr("places look like"));
    EXPECT_THAT(told("Xela: [14, 91]"), HasSubstr("a place looks like"));
    EXPECT_THAT(told("Xela: {als: [a]}"), HasSubstr("did you mean 'also'?"));
    EXPECT_THAT(told("Xela: {also: {a: b}}"), HasSubstr("'also' is a list of names"));
    EXPECT_THAT(told("Xela: {at: [14.8]}"), HasSubstr("degrees north and east"));
    EXPECT_THAT(told("Xela: {at: [91, 14]}"), HasSubstr("degrees north and east"));
    EXPECT_THAT(told("Xela: {at: [north, 14]}"), HasSubstr("degrees north and east"));
    EXPECT_THAT(told("\"!!\": {}"), HasSubstr("has letters or figures"));
    EXPECT_THAT(told("Quiche:\nKiché:\n"), HasSubstr("sounds like 'Quiche' of line 1, which is another place"));
    EXPECT_THAT(told("Xela: {also: [xela]}"), IsEmpty());
}

}  // namespace
}  // namespace tertulia::dialogs
