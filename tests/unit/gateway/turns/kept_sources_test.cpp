// What the store keeps of a set must load again as the same version, on whatever channels run then.

#include "gateway/turns/script_library.hpp"

#include "tests/talks/sources.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(kept_sources, come_back_as_the_same_version_with_the_channels_of_now) {
    const auto sources = dialogs::testing_sources::basic();
    institution now{.name = "Another", .channels = {{"text", channel_kind::sms}}};
    const auto back = sources_from_json(sources_to_json(sources), now);
    EXPECT_EQ(back.of.name, sources.of.name);
    EXPECT_EQ(back.of.channels, now.channels);
    EXPECT_EQ(
        dialogs::load_scripts(back).scripts->version(),
        dialogs::load_scripts(sources).scripts->version()
    );
}

TEST(kept_sources, count_working_time_and_know_the_staff_as_it_is_now) {
    const auto sources = dialogs::testing_sources::basic();
    const institution now{
        .name = "Another",
        .hours = "Lun-Vie 8:00-17:00",
        .holidays = {std::chrono::year{2026} / 12 / 25},
        .staff = {"+50255500001"},
        .accounts = {{.bank = "Banrural", .number = "3-123", .holder = "Semilla"}}};
    const auto back = sources_from_json(sources_to_json(sources), now);
    EXPECT_EQ(back.of.hours, now.hours);
    EXPECT_EQ(back.of.holidays, now.holidays);
    EXPECT_EQ(back.of.staff, now.staff);
    EXPECT_EQ(back.of.accounts.size(), 1U);
}

TEST(kept_sources, of_older_builds_speak_for_the_institution_of_the_config) {
    const auto back =
        sources_from_json(R"({"dialogs":[],"messages":[],"phrases":[]})", {.name = "Las Ceibas"});
    EXPECT_EQ(back.of.name, "Las Ceibas");
}

}  // namespace
}  // namespace tertulia::gateway
