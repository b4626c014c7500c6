// Figures are read as the tables of tests/corpus/understanding/ say, row by row; what may never
// happen to any text is said here.

#include "dialogs/understanding/entities.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <fstream>
#include <string>

namespace tertulia::dialogs {
namespace {

using std::chrono::year;

reading_rules guatemala(std::string language) {
    return {
        .currency = {{'G', 'T', 'Q'}},
        .country = "GT",
        .language = std::move(language),
        .today = year{2026} / 11 / 26};
}

std::string all_of(std::string_view text, const reading_rules& rules) {
    std::string out;
    for (const auto& each : entities_of(text, rules)) {
        if (!out.empty()) out += ';';
        out += std::string{name_of(each.kind)} + "=" + each.value;
    }
    return out.empty() ? "-" : out;
}

void holds_of(const std::string& table, const reading_rules& rules, int rows_min) {
    std::ifstream file{testing_files::source_folder().string() + "/tests/corpus/understanding/" + table};
    int rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto tab = line.find('\t');
        ASSERT_NE(tab, std::string::npos) << line;
        EXPECT_EQ(all_of(line.substr(0, tab), rules), line.substr(tab + 1)) << line;
        ++rows;
    }
    EXPECT_GE(rows, rows_min) << "the table is cut short";
}

TEST(entities, spanish_figures_are_read_as_the_table_says) {
    holds_of("entities.es.tsv", guatemala("es"), 150);
}

TEST(entities, english_figures_are_read_as_the_table_says) {
    holds_of("entities.en.tsv", guatemala("en"), 55);
}

TEST(entities, french_figures_are_read_as_the_table_says) {
    holds_of("entities.fr.tsv", guatemala("fr"), 45);
}

TEST(entities, a_currency_without_coins_takes_none) {
    auto rules = guatemala("fr");
    rules.currency = {{'X', 'O', 'F'}};
    rules.country = "SN";
    holds_of("entities.sn.tsv", rules, 8);
}

TEST(entities, the_text_is_given_as_she_wrote_it) {
    const auto found = entities_of("Le pago  Q1,250.50 el Viernes.", guatemala("es"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].text, "Q1,250.50");
    EXPECT_EQ(found[1].text, "el Viernes");
}

TEST(entities, the_next_quincena_is_the_15th_or_the_last_of_the_month) {
    auto rules = guatemala("es");
    rules.today = year{2026} / 12 / 2;
    EXPECT_EQ(all_of("la otra quincena", rules), "date=2026-12-15");
    rules.today = year{2026} / 12 / 15;
    EXPECT_EQ(all_of("la otra quincena", rules), "date=2026-12-31");
    EXPECT_EQ(all_of("esta quincena", rules), "date=2026-12-15");
    rules.today = year{2026} / 12 / 31;
    EXPECT_EQ(all_of("la otra quincena", rules), "date=2027-01-15");
    rules.today = year{2027} / 2 / 16;
    EXPECT_EQ(all_of("la otra quincena", rules), "date=2027-02-28");
}

TEST(entities, next_week_begins_on_monday_whatever_day_it_is) {
    auto rules = guatemala("es");
    rules.today = year{2026} / 12 / 2;  // a Wednesday
    EXPECT_EQ(all_of("el jueves de la otra semana", rules), "date=2026-12-10");
    EXPECT_EQ(all_of("el lunes de la otra semana", rules), "date=2026-12-07");
    EXPECT_EQ(all_of("el jueves", rules), "date=2026-12-03");
    rules.today = year{2026} / 12 / 6;  // a Sunday
    EXPECT_EQ(all_of("el lunes de la próxima semana", rules), "date=2026-12-07");
    EXPECT_EQ(all_of("el domingo de la próxima semana", rules), "date=2026-12-13");
}

TEST(entities, without_a_today_there_are_no_dates) {
    auto rules = guatemala("es");
    rules.today = {};
    EXPECT_EQ(all_of("mañana", rules), "-");
}

TEST(entities, month_first_only_where_people_write_so) {
    auto rules = guatemala("en");
    EXPECT_EQ(all_of("5/6/2027", rules), "date=2027-06-05");
    rules.country = "US";
    EXPECT_EQ(all_of("5/6/2027", rules), "date=2027-05-06");
}

TEST(entities, a_day_of_february_waits_for_its_year) {
    EXPECT_EQ(all_of("29 de febrero", guatemala("es")), "date=2028-02-29");
}

RC_GTEST_PROP(entities, every_text_of_an_entity_stands_in_the_message, (const std::string& any)) {
    for (const auto& each : entities_of(any, guatemala("es"))) {
        RC_ASSERT(any.find(each.text) != std::string::npos);
        RC_ASSERT(!each.value.empty());
    }
}

RC_GTEST_PROP(entities, a_sum_in_figures_is_read_back, ()) {
    const auto minor = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const auto said = decimal({minor, {{'G', 'T', 'Q'}}});
    RC_ASSERT(all_of("Q" + said, guatemala("es")) == "amount=" + std::to_string(minor) + " GTQ");
}

}  // namespace
}  // namespace tertulia::dialogs
