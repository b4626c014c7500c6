// Until when she wants to be left in peace is read as tests/corpus/understanding/rests.tsv says, row by
// row.

#include "dialogs/understanding/rests.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <fstream>
#include <string>

namespace tertulia::dialogs {
namespace {

using std::chrono::year;

reading_rules on(civil_date today, std::string language) {
    return {
        .currency = {{'G', 'T', 'Q'}}, .country = "GT", .language = std::move(language), .today = today};
}

TEST(rests, are_read_as_the_table_says) {
    std::ifstream file{testing_files::source_folder().string() + "/tests/corpus/understanding/rests.tsv"};
    int rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        ASSERT_NE(second, std::string::npos) << line;
        const auto rules = on(year{2026} / 11 / 26, line.substr(0, first));
        const auto over = end_of_rest(line.substr(first + 1, second - first - 1), rules);
        EXPECT_EQ(over ? iso_date(*over) : "-", line.substr(second + 1)) << line;
        ++rows;
    }
    EXPECT_GE(rows, 55) << "the table is cut short";
}

TEST(rests, a_month_after_the_31st_ends_with_its_last_day) {
    EXPECT_EQ(end_of_rest("un mes", on(year{2027} / 1 / 31, "es")), (year{2027} / 2 / 28));
}

TEST(rests, until_the_month_it_is_now_is_until_next_year) {
    EXPECT_EQ(end_of_rest("hasta enero", on(year{2027} / 1 / 1, "es")), (year{2028} / 1 / 1));
}

RC_GTEST_PROP(rests, are_never_over_before_tomorrow, (const std::string& text)) {
    const civil_date today = year{2026} / 11 / 26;
    const auto over = end_of_rest(text, on(today, "es"));
    RC_ASSERT(!over || (over->ok() && *over > today));
}

}  // namespace
}  // namespace tertulia::dialogs
