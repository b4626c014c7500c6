// Who tries a version first is decided the same way every time: else a person would hop between two
// versions from one conversation to the next.

#include "gateway/turns/roll_out.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

const std::vector<std::string> nobodys{};
const std::vector<std::string> staff{"+50255501234"};

bool first(int percent, std::int64_t who, const char* version = "v1") {
    return is_among_the_first({audience::share, percent}, version, {who}, nobodys, staff);
}

TEST(roll_out, a_share_is_about_that_share_and_the_same_people_every_time) {
    int count = 0;
    for (std::int64_t who = 1; who <= 10'000; ++who) {
        count += first(10, who) ? 1 : 0;
        EXPECT_EQ(first(10, who), first(10, who));
        if (first(10, who)) {
            EXPECT_TRUE(first(30, who)) << "a larger share keeps who was in";
        }
    }
    EXPECT_GT(count, 850);
    EXPECT_LT(count, 1150);
}

TEST(roll_out, another_version_is_tried_by_others) {
    int both = 0;
    for (std::int64_t who = 1; who <= 10'000; ++who) {
        both += first(10, who, "v1") && first(10, who, "v2") ? 1 : 0;
    }
    EXPECT_LT(both, 200);
}

TEST(roll_out, staff_are_among_the_first_and_alone_where_it_is_for_staff) {
    const std::vector<std::string> hers{"+50255500000", "+50255501234"};
    EXPECT_TRUE(is_among_the_first({audience::staff}, "v1", {1}, hers, staff));
    EXPECT_TRUE(is_among_the_first({audience::share, 1}, "v1", {1}, hers, staff));
    EXPECT_FALSE(is_among_the_first({audience::staff}, "v1", {1}, {"+50255500000"}, staff));
    EXPECT_FALSE(is_among_the_first({audience::staff}, "v1", {1}, nobodys, nobodys));
    EXPECT_TRUE(is_among_the_first({audience::everybody}, "v1", {1}, nobodys, nobodys));
}

}  // namespace
}  // namespace tertulia::gateway
