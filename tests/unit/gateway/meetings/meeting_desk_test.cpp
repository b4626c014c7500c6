// Whose minutes the next meeting of a group reads out.

#include "gateway/meetings/meeting_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using dialogs::meetings::state;

TEST(meeting_desk, the_minutes_read_out_are_of_the_last_meeting_that_was_held) {
    const std::vector<kept_meeting> latest_first{
        {.room = "g1/5", .group_id = "g1", .stands = state::cancelled},
        {.room = "g2/2", .group_id = "g2", .stands = state::adjourned},
        {.room = "g1/4", .group_id = "g1", .stands = state::draft},
        {.room = "g1/3", .group_id = "g1", .stands = state::closed},
        {.room = "g1/2", .group_id = "g1", .stands = state::closed},
        {.room = "g3/1", .group_id = "g3", .stands = state::closed}};
    std::vector<std::string> rooms;
    for (const auto& one : last_held(latest_first)) rooms.push_back(one.room);
    EXPECT_THAT(rooms, testing::ElementsAre("g1/3", "g3/1"));
    EXPECT_TRUE(last_held({}).empty());
}

}  // namespace
}  // namespace tertulia::gateway
