// Amounts to the cent whatever they are written like, days in every form, and nothing guessed.

#include "adapters/fineract/values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tertulia::adapters::fineract {
namespace {

using std::chrono::year;

constexpr currency_code quetzal{{'G', 'T', 'Q'}};
constexpr currency_code franc{{'X', 'O', 'F'}};

node read(std::string_view json) {
    auto found = read_document(json);
    EXPECT_TRUE(found.has_value()) << json;
    return found.value_or(node{});
}

TEST(fineract_values, amounts_are_read_from_their_digits) {
    const auto minor = [](std::string_view json, currency_code of) {
        return read_amount(read(json), of).value_or(money{-1}).minor;
    };
    EXPECT_EQ(minor("1234.56", quetzal), 123'456);
    EXPECT_EQ(minor("1234.560000", quetzal), 123'456);
    EXPECT_EQ(minor("\"1234.56\"", quetzal), 123'456);
    EXPECT_EQ(minor("0.1", quetzal), 10);
    EXPECT_EQ(minor("4000", quetzal), 400'000);
    EXPECT_EQ(minor("0E-7", quetzal), 0);
    EXPECT_EQ(minor("0.000000", quetzal), 0);
    EXPECT_EQ(minor("1.2E+3", quetzal), 120'000);
    EXPECT_EQ(minor("1.25e1", quetzal), 1'250);
    EXPECT_EQ(minor("-5.50", quetzal), -550);
    EXPECT_EQ(minor("1500.000000", franc), 1'500);
    EXPECT_EQ(minor("9999999999999.99", quetzal), 999'999'999'999'999) << "no double holds this";
}

TEST(fineract_values, what_is_no_sum_is_no_amount) {
    for (const auto* wrong :
         {"100.005", "1234.561000", "\"\"", "\"12,50\"", "\"Q10\"", "true", "null", "[1]", "\"1.\"",
          "\".5\"", "\"--1\"", "\"1e\"", "\"1e999999999999\"", "99999999999999999999.00"}) {
        EXPECT_FALSE(read_amount(read(wrong), quetzal)) << wrong;
    }
    EXPECT_FALSE(read_amount(read("1500.50"), franc)) << "there is no half franc";
}

RC_GTEST_PROP(fineract_values, any_amount_survives_any_number_of_zeros, ()) {
    const auto minor = *rc::gen::inRange<std::int64_t>(-minor_max, minor_max);
    const auto zeros = *rc::gen::inRange(0, 8);
    const auto written = decimal({minor, quetzal}) + std::string(static_cast<std::size_t>(zeros), '0');
    RC_ASSERT(read_amount(*read_document(written), quetzal) == (money{minor, quetzal}));
}

TEST(fineract_values, days_come_in_three_forms) {
    const civil_date monday = year{2026} / 11 / 23;
    EXPECT_EQ(read_day(read("[2026,11,23]")), monday);
    EXPECT_EQ(read_day(read("[2026,11,23,16,5,11]")), monday);
    EXPECT_EQ(read_day(read("\"2026-11-23\"")), monday);
    EXPECT_EQ(read_day(read("\"2026-11-23T16:05:11.120Z\"")), monday);
    for (const auto* wrong :
         {"[2026,2,30]", "[2026,11]", "[2026,13,1]", "[2026,-1,1]", "\"23 November 2026\"", "20261123",
          "\"2026-11-23x\"", "[\"a\",1,1]", "{}", "[99999999999,1,1]"}) {
        EXPECT_FALSE(read_day(read(wrong))) << wrong;
    }
}

TEST(fineract_values, times_and_moments) {
    EXPECT_EQ(read_time_of_day(read("[10,0,0]")), "10:00");
    EXPECT_EQ(read_time_of_day(read("[9,5]")), "09:05");
    EXPECT_EQ(read_time_of_day(read("\"14:30:00\"")), "14:30");
    EXPECT_EQ(read_time_of_day(read("[24,0]")), "");
    EXPECT_EQ(read_time_of_day(read("\"1x:30\"")), "");
    const instant at = std::chrono::sys_days{year{2026} / 11 / 23} + std::chrono::hours{16};
    EXPECT_EQ(read_moment(read("[2026,11,23,16,0,0]")), at);
    EXPECT_EQ(read_moment(read("\"2026-11-23T16:00:00Z\"")), at);
    EXPECT_FALSE(read_moment(read("[2026,11,23,25,0,0]")));
    EXPECT_FALSE(read_moment(read("[2026,11,23]")));
}

TEST(fineract_values, states_are_ours_or_none) {
    EXPECT_EQ(client_status_of(100), client_status::pending);
    for (const auto code : {300, 303, 304}) EXPECT_EQ(client_status_of(code), client_status::active);
    for (const auto code : {600, 700, 800}) EXPECT_EQ(client_status_of(code), client_status::closed);
    EXPECT_FALSE(client_status_of(0));
    EXPECT_EQ(loan_status_of(100), loan_status::submitted);
    EXPECT_EQ(loan_status_of(200), loan_status::approved);
    for (const auto code : {300, 303, 304}) EXPECT_EQ(loan_status_of(code), loan_status::active);
    for (const auto code : {400, 500}) EXPECT_EQ(loan_status_of(code), loan_status::rejected);
    for (const auto code : {600, 602, 700}) EXPECT_EQ(loan_status_of(code), loan_status::closed);
    EXPECT_EQ(loan_status_of(601), loan_status::written_off);
    EXPECT_FALSE(loan_status_of(301));
}

TEST(fineract_values, recurrences_become_rhythms) {
    EXPECT_EQ(rhythm_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), "P14D");
    EXPECT_EQ(rhythm_of("FREQ=WEEKLY"), "P7D");
    EXPECT_EQ(rhythm_of("FREQ=DAILY;INTERVAL=28"), "P28D");
    EXPECT_EQ(rhythm_of("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=3"), "P1M");
    EXPECT_EQ(rhythm_of("FREQ=YEARLY"), "P12M");
    for (const auto* wrong : {"", "FREQ=", "FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "INTERVAL=2",
                              "FREQ=WEEKLY;INTERVAL=two"}) {
        EXPECT_EQ(rhythm_of(wrong), "") << wrong;
    }
}

TEST(fineract_document, what_is_cut_off_or_beyond_its_bounds_is_nothing) {
    EXPECT_FALSE(read_document(R"({"totalFilteredRecords":2,"pageItems":[{"id":1})"));
    EXPECT_FALSE(read_document("<html>Bad gateway</html>"));
    EXPECT_FALSE(read_document(""));
    EXPECT_FALSE(read_document(std::string(40, '[') + std::string(40, ']')));
    EXPECT_FALSE(read_document(std::string(answer_bytes_max, ' ') + "{}"));
    EXPECT_TRUE(read_document(std::string(20, '[') + std::string(20, ']')));
}

TEST(fineract_document, a_fingerprint_changes_with_any_value) {
    const auto of = [](std::string_view json) { return fingerprint(read(json)); };
    EXPECT_EQ(of(R"({"id":1,"a":[1.50]})"), of(R"({ "id": 1, "a": [ 1.50 ] })"));
    EXPECT_NE(of(R"({"id":1,"a":[1.50]})"), of(R"({"id":1,"a":[1.51]})"));
    EXPECT_NE(of(R"(["ab","c"])"), of(R"(["a","bc"])"));
    EXPECT_NE(of(R"([1])"), of(R"(["1"])"));
}

}  // namespace
}  // namespace tertulia::adapters::fineract
