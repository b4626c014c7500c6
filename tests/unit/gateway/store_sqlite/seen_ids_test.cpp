// Days of event identities are let go from memory and read again, without an answer changing.

#include "gateway/store/sqlite/schema.hpp"
#include "gateway/store/sqlite/seen_ids.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr instant monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 23};

event_identity id(std::uint64_t day, std::uint64_t number) { return {day << 32U | number, number}; }

struct seen_ids_test : testing::Test {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    seen_ids_test() { migrate(database, "store", store_versions()); }

    static void write_all(seen_ids& of) {
        of.freeze();
        while (of.left() != 0) {
            of.slice(1000);
            of.written();
        }
    }
};

TEST_F(seen_ids_test, a_day_long_unasked_for_leaves_memory_and_comes_back_when_asked) {
    seen_ids seen{database, {.remember_days = 10, .in_memory_most = 5000}};
    for (std::uint64_t i = 0; i < 10'000; ++i) seen.add(id(1, i), monday, monday);
    write_all(seen);
    for (std::uint64_t i = 0; i < 1000; ++i) seen.add(id(2, i), monday + 24h, monday + 24h);
    write_all(seen);
    EXPECT_EQ(seen.in_memory(), 11'000U);  // asked for a moment ago

    for (std::uint64_t i = 0; i < 120'000; ++i) {
        EXPECT_FALSE(seen.contains(id(3, i), monday + 36h));  // far from midnight
    }
    EXPECT_EQ(seen.in_memory(), 1000U);

    for (std::uint64_t i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.contains(id(1, i), monday));
    EXPECT_FALSE(seen.contains(id(1, 10'000), monday));
}

// Twilio stamps no callback: it bears our time, and on the list it bears theirs, a little earlier.
TEST_F(seen_ids_test, an_event_is_known_on_either_side_of_midnight) {
    seen_ids seen{database, {}};
    seen.add(id(1, 1), monday + 24h + 1s, monday + 24h + 1s);
    seen.add(id(1, 2), monday + 24h - 1s, monday + 24h);
    EXPECT_TRUE(seen.contains(id(1, 1), monday + 24h - 1s));
    EXPECT_TRUE(seen.contains(id(1, 2), monday + 24h + 1s));
    EXPECT_TRUE(seen.contains(id(1, 2), monday + 24h + 2h - 2s));
    EXPECT_FALSE(seen.contains(id(1, 3), monday + 24h));
    write_all(seen);
    seen_ids again{database, {}};
    EXPECT_TRUE(again.contains(id(1, 1), monday + 24h - 1s));
}

TEST_F(seen_ids_test, what_was_heard_is_known_for_longer_than_any_list_goes_back) {
    seen_ids seen{database, {}};
    seen.add(id(1, 1), monday, monday);
    for (int day = 1; day <= 8; ++day) {
        const auto now = monday + day * 24h;
        seen.add(id(2, static_cast<std::uint64_t>(day)), now, now);
        write_all(seen);
        EXPECT_TRUE(seen.contains(id(1, 1), monday)) << "after days: " << day;
    }
    seen_ids again{database, {}};
    EXPECT_TRUE(again.contains(id(1, 1), monday));
}

TEST_F(seen_ids_test, a_slice_that_was_rolled_back_is_written_again) {
    seen_ids seen{database, {}};
    for (std::uint64_t i = 0; i < 50; ++i) seen.add(id(1, i), monday, monday);
    seen.freeze();
    database.exec("BEGIN");
    seen.slice(30);
    database.exec("ROLLBACK");
    seen.undone();
    EXPECT_EQ(seen.left(), 50U);
    while (seen.left() != 0) {
        seen.slice(30);
        seen.written();
    }
    seen_ids again{database, {}};
    for (std::uint64_t i = 0; i < 50; ++i) EXPECT_TRUE(again.contains(id(1, i), monday));
}

TEST_F(seen_ids_test, a_run_cut_short_is_an_error) {
    seen_ids seen{database, {}};
    seen.add(id(1, 1), monday, monday);
    write_all(seen);
    database.exec("UPDATE seen SET ids = x'0011'");
    seen_ids again{database, {}};
    EXPECT_THROW((void)again.contains(id(1, 1), monday), std::runtime_error);
}

TEST_F(seen_ids_test, a_stamp_that_comes_into_the_window_later_is_still_known) {
    seen_ids seen{database, {}};
    seen.add(id(0, 0), monday, monday);
    seen.add(id(1, 1), monday + 24h * 30, monday);  // a month early
    seen.add(id(2, 2), monday + 24h * 29, monday + 24h * 29);
    EXPECT_TRUE(seen.contains(id(1, 1), monday + 24h * 30));
}

}  // namespace
}  // namespace tertulia::gateway
