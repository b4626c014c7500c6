// A file written by any earlier build must open with its data; one written by a later build must be
// refused before anything in it is touched.

#include "gateway/store/sqlite/migrate.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tertulia::gateway {
namespace {

constexpr std::array<migration, 2> two_versions{
    migration{1, "CREATE TABLE pets(name TEXT); INSERT INTO pets VALUES ('Luna');"},
    migration{2, "ALTER TABLE pets ADD COLUMN legs INTEGER NOT NULL DEFAULT 4;"},
};

struct migrate_test : testing::Test {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
};

TEST_F(migrate_test, an_empty_database_gets_every_version) {
    migrate(database, "pets", two_versions);

    EXPECT_EQ(schema_version(database, "pets"), 2);
    EXPECT_EQ(database.execAndGet("SELECT legs FROM pets WHERE name = 'Luna'").getInt(), 4);
}

TEST_F(migrate_test, an_older_database_keeps_its_data) {
    migrate(database, "pets", std::span{two_versions}.first(1));
    database.exec("INSERT INTO pets VALUES ('Canela')");

    migrate(database, "pets", two_versions);

    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM pets WHERE legs = 4").getInt(), 2);
}

TEST_F(migrate_test, running_again_changes_nothing) {
    migrate(database, "pets", two_versions);
    migrate(database, "pets", two_versions);

    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM pets").getInt(), 1);
}

TEST_F(migrate_test, components_have_versions_of_their_own) {
    migrate(database, "pets", two_versions);
    constexpr std::array<migration, 1> others{migration{1, "CREATE TABLE owners(name TEXT)"}};

    migrate(database, "owners", others);

    EXPECT_EQ(schema_version(database, "owners"), 1);
    EXPECT_EQ(schema_version(database, "pets"), 2);
    EXPECT_EQ(schema_version(database, "vets"), 0);
}

TEST_F(migrate_test, a_newer_database_is_refused_in_words) {
    migrate(database, "pets", two_versions);
    try {
        migrate(database, "pets", std::span{two_versions}.first(1));
        FAIL() << "not refused";
    } catch (const newer_database& refused) {
        EXPECT_THAT(refused.what(), testing::HasSubstr("version 2 of the tables of 'pets'"));
        EXPECT_THAT(refused.what(), testing::HasSubstr("up to 1"));
    }
}

TEST_F(migrate_test, a_version_that_fails_is_rolled_back_whole) {
    constexpr std::array<migration, 2> second_is_broken{
        two_versions[0], migration{2, "DELETE FROM pets; NOT SQL;"}
    };

    EXPECT_THROW(migrate(database, "pets", second_is_broken), SQLite::Exception);

    EXPECT_EQ(schema_version(database, "pets"), 1);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM pets").getInt(), 1);
}

}  // namespace
}  // namespace tertulia::gateway
