// The list of publications decides what everybody gets; reading it wrong puts people on the wrong
// texts.

#include "gateway/publishing/history.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

publication to_all(std::string version, publication_kind kind = publication_kind::published) {
    return {.kind = kind, .version = std::move(version)};
}
publication to_some(std::string version, std::string rest, audience to = audience::staff) {
    return {.version = std::move(version), .to = to, .percent = 10, .rest = std::move(rest)};
}
constexpr auto back = publication_kind::rolled_back;

TEST(history, while_a_version_is_tried_everybody_else_stays_on_the_old_one) {
    EXPECT_EQ(version_for_everybody({}), "");
    EXPECT_EQ(version_for_everybody({to_all("a")}), "a");
    EXPECT_EQ(version_for_everybody({to_all("a"), to_some("b", "a")}), "a");
    EXPECT_EQ(version_for_everybody({to_all("a"), to_some("b", "a"), to_all("b")}), "b");
}

TEST(history, a_rollback_leads_to_what_was_before_and_a_second_one_further_back) {
    EXPECT_FALSE(version_before({}));
    EXPECT_FALSE(version_before({to_all("a")}));
    publications all{to_all("a"), to_all("b"), to_all("c")};
    EXPECT_EQ(version_before(all), "b");
    all.push_back(to_all("b", back));
    EXPECT_EQ(version_before(all), "a");
    all.push_back(to_all("a", back));
    EXPECT_FALSE(version_before(all));
    all.push_back(to_all("d"));
    EXPECT_EQ(version_before(all), "a");
}

TEST(history, a_rollback_during_a_roll_out_takes_that_back) {
    EXPECT_EQ(version_before({to_all("a"), to_all("b"), to_some("c", "b")}), "b");
    // A roll-out that was completed counts once.
    EXPECT_EQ(version_before({to_all("a"), to_some("b", "a"), to_all("b")}), "a");
}

TEST(history, a_version_is_found_by_its_beginning_only_when_it_is_the_only_one) {
    const publications all{to_all("12345678aa"), to_all("12345678bb"), to_all("abcdef0123")};
    EXPECT_EQ(published_version(all, "abcdef01"), "abcdef0123");
    EXPECT_EQ(published_version(all, "12345678a"), "12345678aa");
    EXPECT_FALSE(published_version(all, "12345678"));
    EXPECT_FALSE(published_version(all, "abcdef"));
    EXPECT_FALSE(published_version(all, "ffffffff"));
    EXPECT_FALSE(published_version(all, ""));
}

TEST(history, an_audience_is_all_staff_or_a_share_and_nothing_else) {
    EXPECT_EQ(parse_target("all")->to, audience::everybody);
    EXPECT_EQ(parse_target("staff")->to, audience::staff);
    EXPECT_EQ(parse_target("10%")->percent, 10);
    for (const auto* wrong :
         {"", "%", "0%", "100%", "-5%", "1.5%", "10", "10 %", "ALL", "999999999999%"}) {
        EXPECT_FALSE(parse_target(wrong)) << wrong;
    }
    EXPECT_EQ(to_text(audience::share, 10), "10%");
}

}  // namespace
}  // namespace tertulia::gateway
