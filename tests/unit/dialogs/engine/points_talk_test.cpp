// Places to pay in a talk: looked up near an answer, told, chosen, shown on a map, and found again
// by a replay.

#include "dialogs/services/payment_points.hpp"
#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* messages =
    "where.ask: \"¿Dónde?\"\n"
    "where.some: \"{points.found, plural, one {Uno} other {#}}: {point.name}\"\n"
    "where.row: \"{point.name}\"\n"
    "where.row_more: \"{point.kind}, {point.distance, distance}, {point.direction}\"\n"
    "where.told: \"{point.name} {point.open, select, true {cierra {point.closes}} false {abre "
    "{point.opens}} other {?}} {point.hours} {point.map}\"\n"
    "where.none: \"Ninguno\"\n";

std::string where_dialog(const std::string& only = "") {
    return "dialog: where\nabout: x\nstarts_on: {words: [donde]}\nbegin: a\nstates:\n"
           "  a: {ask: where.ask, expect: location, keep_as: place, go: b}\n"
           "  b: {look_up: payment_points, near: place, " +
           only +
           "when: {found: c, none: {say: where.none, end: true}}}\n"
           "  c: {ask: where.some, choose_from: payment_points, label: where.row, label_more: "
           "where.row_more, keep_as: point, go: d}\n"
           "  d: {say: where.told, show_on_map: point, go: c}\n";
}

payment_point point(std::string name, double latitude, std::string hours = "") {
    return {
        .id = name,
        .name = name,
        .kind = "shop",
        .street = "1a calle",
        .hours = std::move(hours),
        .latitude = latitude,
        .longitude = -91.5};
}

// Monday, 10:40.
conversation at_the_market(const std::string& only = "") {
    conversation her(with({where_dialog(only)}, messages));
    her.session.welcomed = true;
    her.known.payment_points = std::make_shared<const payment_point_map>(std::vector{
        point("Cerca", 14.81, "Lun-Vie 8:00-17:00"),
        point("Lejos", 14.90),
        point("Sur", 14.75, "Sáb 8:00-12:00"),
        point("Muy lejos", 15.5)});
    (void)her.say("donde");
    return her;
}

const shared_location here{.latitude = 14.80, .longitude = -91.5};

std::vector<std::string> rows(const conversation& of) {
    std::vector<std::string> all;
    for (const auto& one : of.choices) all.push_back(one.title + ": " + one.description);
    return all;
}

TEST(places_to_pay, the_nearest_three_are_rows_and_the_nearest_is_told) {
    auto her = at_the_market();
    EXPECT_THAT(her.hear(here), ElementsAre("where.some"));
    EXPECT_EQ(her.texts.back(), "3: Cerca");
    EXPECT_THAT(
        rows(her),
        ElementsAre("Cerca: shop, 1.1 km, north", "Sur: shop, 5.6 km, south",
                    "Lejos: shop, 11 km, north")
    );
}

// Three would do as buttons, and lose their second lines.
TEST(places_to_pay, rows_with_a_second_line_open_as_a_list) {
    auto her = at_the_market();
    (void)her.hear(here);
    const auto& asked = std::get<say_text>(her.found<send>()->message.content);
    ASSERT_EQ(asked.choices.size(), 3U);
    EXPECT_NE(asked.list_button, "");
}

TEST(places_to_pay, by_sms_a_row_keeps_its_second_line_while_it_is_short) {
    auto her = at_the_market();
    her.channel = "sms";
    (void)her.hear(here);
    EXPECT_THAT(rows(her), testing::Contains("Cerca: shop, 1.1 km, north"));
    auto& points = her.known.payment_points;
    points = std::make_shared<const payment_point_map>(std::vector{[] {
        auto far = point("Cerca", 14.81);
        far.kind = std::string(70, 'k');
        return far;
    }()});
    (void)her.say("donde");
    (void)her.hear(here);
    EXPECT_THAT(rows(her), ElementsAre("Cerca: ")) << "the whole line has more than 72 letters";
}

TEST(places_to_pay, the_one_chosen_is_told_with_its_hours_and_comes_with_a_map) {
    auto her = at_the_market();
    (void)her.hear(here);
    (void)her.tap("Sur");
    EXPECT_THAT(
        her.texts,
        testing::Contains(HasSubstr("Sur abre sábado 08:00 sáb 08:00-12:00 "
                                    "https://maps.google.com/?q=14.75000,-91.50000"))
    );
    const auto map = std::find_if(her.last.begin(), her.last.end(), [](const effect& one) {
        const auto* sent = std::get_if<send>(&one);
        return sent != nullptr && std::holds_alternative<say_location>(sent->message.content);
    });
    ASSERT_NE(map, her.last.end());
    const auto& shown = std::get<say_location>(std::get<send>(*map).message.content);
    EXPECT_EQ(shown.name, "Sur");
    EXPECT_EQ(shown.place_address, "1a calle");
    EXPECT_DOUBLE_EQ(shown.latitude, 14.75);
    // Then all of them again, in their order, and another one.
    EXPECT_THAT(rows(her)[0], HasSubstr("Cerca"));
    (void)her.tap("Cerca");
    EXPECT_THAT(her.texts, testing::Contains(HasSubstr("Cerca cierra 17:00")));
    (void)her.tap("Lejos");
    EXPECT_THAT(her.texts, testing::Contains(HasSubstr("Lejos ?  https")));
}

TEST(places_to_pay, only_those_a_condition_holds_for) {
    auto open = at_the_market("only: \"has(point.open) && point.open\", ");
    (void)open.hear(here);
    EXPECT_THAT(rows(open), ElementsAre(HasSubstr("Cerca")));
    auto near = at_the_market("only: \"point.distance < 1000\", ");
    EXPECT_THAT(near.hear(here), ElementsAre("where.none"));
}

TEST(places_to_pay, none_are_found_where_none_are_known) {
    auto her = at_the_market();
    her.known.payment_points = nullptr;
    EXPECT_THAT(her.hear(here), ElementsAre("where.none"));
}

TEST(places_to_pay, a_replay_finds_what_was_found_then) {
    auto her = at_the_market();
    const auto before = her.session;
    (void)her.hear(here);
    heard what{};
    what.message.channel = "whatsapp";
    what.message.id = "again";
    what.message.sent_at = her.now;
    what.message.from = {{identity_kind::wa_id, "50255551234"}};
    what.message.content = here;
    const auto scripts = with({where_dialog()}, messages);
    const auto live = step(*scripts, before, what, her.known, her.now, 7);
    EXPECT_NE(live.facts_read & read_points, 0U);
    ASSERT_THAT(live.found, testing::SizeIs(1));
    EXPECT_THAT(live.found[0], testing::SizeIs(3));
    auto then = her.known;
    then.payment_points = nullptr;
    then.found = live.found;
    const auto again = step(*scripts, before, what, then, her.now, 7);
    EXPECT_EQ(again.next, live.next);
    EXPECT_EQ(again.effects.size(), live.effects.size());
}

payment_point beside_the_market() {
    auto made = point("Norte", 14.85);
    made.street = "3a calle 2-10, frente al mercado La Democracia";
    return made;
}

TEST(places_to_pay, soyfinca_points_are_found_by_a_landmark_and_by_a_replay_of_it) {
    auto her = at_the_market();
    her.known.payment_points = std::make_shared<const payment_point_map>(
        std::vector{point("Cerca", 14.81), beside_the_market(), point("Lejos", 14.90)}
    );
    const auto before = her.session;
    EXPECT_THAT(her.say("cerca del mercado la democrasia"), ElementsAre("where.some"));
    EXPECT_THAT(rows(her)[0], HasSubstr("Norte: shop, 0 m"));

    heard what{};
    what.message.channel = "whatsapp";
    what.message.id = "again";
    what.message.sent_at = her.now;
    what.message.from = {{identity_kind::wa_id, "50255551234"}};
    what.message.content = typed_text{"por el mercado la democracia"};
    const auto scripts = with({where_dialog()}, messages);
    const auto live = step(*scripts, before, what, her.known, her.now, 7);
    EXPECT_NE(live.facts_read & read_points, 0U);
    ASSERT_THAT(live.found, testing::SizeIs(2));
    auto then = her.known;
    then.payment_points = nullptr;
    then.found = live.found;
    const auto again = step(*scripts, before, what, then, her.now, 7);
    EXPECT_EQ(again.next, live.next);
    EXPECT_EQ(again.effects.size(), live.effects.size());
}

TEST(places_to_pay, soyfinca_points_words_that_are_no_landmark_are_not_understood) {
    auto her = at_the_market();
    EXPECT_THAT(her.say("por la casa de don Beto"), testing::Not(testing::Contains("where.some")));
    her.known.payment_points = nullptr;
    EXPECT_THAT(her.say("mercado la democracia"), testing::Not(testing::Contains("where.some")));
}

TEST(places_to_pay, soyfinca_points_are_closed_on_a_holiday_unless_their_hours_say_otherwise) {
    auto from = sources_with({where_dialog()}, messages);
    from.of.holidays = {std::chrono::year{2026} / 11 / 23};  // today, a Monday
    const auto made = load_scripts(from);
    ASSERT_TRUE(made.scripts) << testing_sources::all_problems(made);
    conversation her(made.scripts);
    her.session.welcomed = true;
    her.known.payment_points = std::make_shared<const payment_point_map>(std::vector{
        point("Banco", 14.81, "Lun-Vie 8:00-17:00"),
        point("Tienda", 14.82, "Lun-Dom 7:00-20:00; PH 9:00-12:00")});
    (void)her.say("donde");
    (void)her.hear(here);
    (void)her.tap("Banco");
    EXPECT_THAT(her.texts, testing::Contains(HasSubstr("Banco abre martes 08:00")));
    (void)her.tap("Tienda");
    EXPECT_THAT(her.texts, testing::Contains(HasSubstr("Tienda cierra 12:00")));
}

TEST(places_to_pay, mistakes_are_told_with_their_mend) {
    const auto told = [](const std::string& look_up) {
        return told_of(
            {"dialog: where\nabout: x\nstarts_on: {words: [donde]}\nbegin: a\nstates:\n"
             "  a: {ask: where.ask, expect: location, keep_as: place, go: b}\n"
             "  b: {" +
             look_up + "}\n"},
            messages
        );
    };
    const std::string ways = "when: {found: a, none: a}";
    EXPECT_THAT(told("look_up: payment_points, " + ways), HasSubstr("near what"));
    EXPECT_THAT(
        told("look_up: payment_points, near: plaec, " + ways), HasSubstr("did you mean 'place'")
    );
    EXPECT_THAT(
        told("look_up: payment_points, near: place, when: {found: a}"),
        HasSubstr("when the outcome is 'none'")
    );
    EXPECT_THAT(
        told("look_up: payment_points, near: place, when: {found: a, none: a, one: a}"),
        HasSubstr("'one'")
    );
    EXPECT_THAT(
        told("look_up: payment_points, near: place, only: \"point.distanec > 1\", " + ways),
        HasSubstr("point.distance")
    );
    EXPECT_THAT(
        told("look_up: loans, near: place, when: {one: a, several: a, none: a, stale: a, down: a}"),
        HasSubstr("belong to 'look_up: payment_points'")
    );
    EXPECT_THAT(told("say: where.none, show_on_map: loan, go: a"), HasSubstr("point"));
    EXPECT_THAT(
        told("ask: where.some, choose_from: payment_points, label: where.row, keep_as: loan, go: a"),
        HasSubstr("possible are: point")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
