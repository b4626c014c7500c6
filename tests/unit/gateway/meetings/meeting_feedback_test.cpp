// What members said is counted by agenda and version, the version held last first; nobody is named.

#include "gateway/meetings/meeting_feedback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

rooms::meeting held(std::string agenda, std::string version, int day, std::vector<int> rated) {
    rooms::meeting out{};
    out.now = rooms::state::closed;
    out.planned.start = from_millis(0) + std::chrono::days{day};
    out.planned.agenda_name = std::move(agenda);
    out.planned.agenda_version = std::move(version);
    out.planned.feedback = "meeting.feedback";
    for (const int one : rated) {
        out.members.push_back({.id = "C", .attends = rooms::attendance::present, .rated = one});
    }
    out.comments = {"dia " + std::to_string(day)};
    return out;
}

TEST(meeting_feedback, is_told_by_agenda_and_version) {
    const auto one = held("default", "a1", 1, {3, 1});
    const auto two = held("default", "a1", 2, {3, 0, 2});
    const auto newer = held("default", "b2", 3, {3});
    const auto other = held("small_group", "c3", 4, {});
    const std::vector<const rooms::meeting*> all{&one, &newer, &two, &other};
    const auto told = feedback_of(all, "default");
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[0].version, "b2");
    EXPECT_EQ(told[1].meetings, 2);
    EXPECT_EQ(told[1].present, 5);
    EXPECT_THAT(told[1].rated, ElementsAre(1, 1, 2));
    EXPECT_THAT(told[1].comments, ElementsAre("dia 2", "dia 1"));
    EXPECT_THAT(feedback_of(all, ""), SizeIs(3));
    EXPECT_THAT(feedback_of(all, "nobodys"), IsEmpty());
    EXPECT_EQ(json_of(told[1]).at("good"), 2);
}

TEST(meeting_feedback, leaves_out_what_goes_on_and_what_asked_nobody) {
    auto going_on = held("default", "a1", 1, {3});
    going_on.now = rooms::state::collection;
    auto unasked = held("default", "a1", 2, {});
    unasked.planned.feedback.clear();
    const std::vector<const rooms::meeting*> all{&going_on, &unasked};
    EXPECT_THAT(feedback_of(all, ""), IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway
