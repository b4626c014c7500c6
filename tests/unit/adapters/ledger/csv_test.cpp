// RFC 4180 to the letter, and every way a spreadsheet or an export breaks it.

#include "adapters/ledger/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::adapters::ledger {
namespace {

using testing::ElementsAre;

std::vector<csv_row> rows_of(std::string_view bytes) {
    std::vector<csv_row> rows;
    csv_reader reader{bytes};
    csv_row row;
    while (reader.next(row)) rows.push_back(row);
    return rows;
}

TEST(csv, fields_are_separated_by_commas_and_rows_by_line_ends_of_any_kind) {
    const auto rows = rows_of("a,b\r\n1,2\n3,4\r5,6");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[0].fields, ElementsAre("a", "b"));
    EXPECT_THAT(rows[3].fields, ElementsAre("5", "6"));
    EXPECT_EQ(rows[3].line, 4U);
}

TEST(csv, a_quoted_field_may_hold_separators_quotes_and_line_breaks) {
    const auto rows = rows_of("id,street\r\n1,\"6a Av., zona 1\r\nlocal \"\"B\"\"\"\r\n2,x\r\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1].fields, ElementsAre("1", "6a Av., zona 1\r\nlocal \"B\""));
    EXPECT_EQ(rows[1].line, 2U);
    EXPECT_EQ(rows[2].line, 4U) << "the line break inside the quotes counts";
}

TEST(csv, empty_fields_are_kept_and_empty_lines_are_not) {
    const auto rows = rows_of("a,b,c\n\n,,\n\n\n\"\",x,");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1].fields, ElementsAre("", "", ""));
    EXPECT_EQ(rows[1].line, 3U);
    EXPECT_THAT(rows[2].fields, ElementsAre("", "x", ""));
    EXPECT_EQ(rows[2].line, 6U);
}

TEST(csv, spaces_around_a_field_go_and_inside_quotes_stay) {
    EXPECT_THAT(rows_of(" a b ,\t\" c \" , ")[0].fields, ElementsAre("a b", " c ", ""));
}

TEST(csv, a_header_with_semicolons_and_no_comma_sets_the_separator) {
    const auto rows = rows_of("id;name\n1;\"a;b\"\n2;c,d\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1].fields, ElementsAre("1", "a;b"));
    EXPECT_THAT(rows[2].fields, ElementsAre("2", "c,d"));
}

TEST(csv, nothing_in_gives_nothing) {
    EXPECT_TRUE(rows_of("").empty());
    EXPECT_TRUE(rows_of("\r\n\n").empty());
}

TEST(csv, a_lost_quote_costs_one_row_and_names_its_line) {
    const auto rows = rows_of("id,name\n1,\"Rosa\n2,Marta\n3,Ana");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[1].line, 2U);
    EXPECT_THAT(rows[1].error, testing::HasSubstr("does not end"));
    EXPECT_EQ(rows[2].error, "");
    EXPECT_THAT(rows[3].fields, ElementsAre("3", "Ana"));
    EXPECT_EQ(rows[3].line, 4U);
}

TEST(csv, a_quote_in_the_wrong_place_costs_one_row) {
    const auto rows = rows_of("a,b\n1,x\"y\n\"2\"z,w\n3,ok\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[1].error, testing::HasSubstr("quote inside a field"));
    EXPECT_THAT(rows[2].error, testing::HasSubstr("after a closing quote"));
    EXPECT_EQ(rows[3].error, "");
}

TEST(csv, a_huge_field_is_refused_and_reading_goes_on) {
    const auto huge = std::string(field_bytes_max + 1, 'x');
    const auto rows = rows_of("a\n" + huge + "\n\"" + huge + "\"\n" + huge.substr(1) + "\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[1].error, testing::HasSubstr("4096"));
    EXPECT_THAT(rows[2].error, testing::HasSubstr("4096"));
    EXPECT_EQ(rows[3].error, "");
}

TEST(csv, too_many_columns_are_refused) {
    const auto rows = rows_of(std::string(csv_columns_max, ',') + "\n1\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(rows[0].error, testing::HasSubstr("100 columns"));
    EXPECT_THAT(rows[1].fields, ElementsAre("1"));
}

RC_GTEST_PROP(csv, what_is_written_with_quotes_is_read_again, ()) {
    const auto field = rc::gen::resize(
        8, rc::gen::container<std::string>(rc::gen::element('a', ',', ';', '"', '\n', '\r', ' '))
    );
    const auto row_of =
        rc::gen::resize(6, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(field)));
    const auto table = *rc::gen::container<std::vector<std::vector<std::string>>>(row_of);
    std::string bytes;
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            bytes += i == 0 ? "\"" : ",\"";
            for (const char c : row[i]) bytes += c == '"' ? std::string{"\"\""} : std::string{c};
            bytes += '"';
        }
        bytes += "\r\n";
    }
    // The first line decides the separator; here it must have a comma.
    bytes.insert(0, "x,y\r\n");
    const auto rows = rows_of(bytes);
    RC_ASSERT(rows.size() == table.size() + 1);
    for (std::size_t i = 0; i < table.size(); ++i) {
        RC_ASSERT(rows[i + 1].error.empty());
        RC_ASSERT(rows[i + 1].fields == table[i]);
    }
}

}  // namespace
}  // namespace tertulia::adapters::ledger
