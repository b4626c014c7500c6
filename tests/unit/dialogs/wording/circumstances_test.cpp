// Which variant is said must be plain from its key alone.

#include "dialogs/wording/circumstances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tertulia::dialogs {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

conditions read(std::string_view key) {
    std::vector<conditions_problem> problems;
    const auto made = read_conditions(key, problems);
    EXPECT_TRUE(problems.empty()) << key << ": " << problems.front().what;
    return made;
}

conditions_problem problem_of(std::string_view key) {
    std::vector<conditions_problem> problems;
    (void)read_conditions(key, problems);
    EXPECT_EQ(problems.size(), 1U) << key;
    return problems.empty() ? conditions_problem{} : problems.front();
}

TEST(circumstances, the_day_has_three_parts) {
    EXPECT_EQ(day_part_of(0), day_part::evening);
    EXPECT_EQ(day_part_of(4), day_part::evening);
    EXPECT_EQ(day_part_of(5), day_part::morning);
    EXPECT_EQ(day_part_of(11), day_part::morning);
    EXPECT_EQ(day_part_of(12), day_part::afternoon);
    EXPECT_EQ(day_part_of(17), day_part::afternoon);
    EXPECT_EQ(day_part_of(18), day_part::evening);
    EXPECT_EQ(day_part_of(23), day_part::evening);
}

TEST(circumstances, all_conditions_must_hold) {
    const auto both = read("nascent+sms");
    EXPECT_TRUE(both.hold({.channel = channel_kind::sms, .whom = archetype::nascent}));
    EXPECT_FALSE(both.hold({.channel = channel_kind::sms, .whom = archetype::enabled}));
    EXPECT_FALSE(both.hold({.whom = archetype::nascent}));
    EXPECT_TRUE(conditions{}.hold({.channel = channel_kind::sms, .in = tone::options}));
    EXPECT_TRUE(read("evening+plan").hold({.in = tone::plan, .at = day_part::evening}));
    EXPECT_FALSE(read("evening+plan").hold({.in = tone::plan, .at = day_part::morning}));
}

TEST(circumstances, the_weightier_condition_decides_and_no_two_sets_weigh_the_same) {
    EXPECT_GT(read("sms").weight(), read("nascent+plan+morning").weight());
    EXPECT_GT(read("nascent").weight(), read("plan+morning").weight());
    EXPECT_GT(read("plan").weight(), read("morning").weight());
    EXPECT_GT(read("nascent+morning").weight(), read("nascent").weight());
    std::set<int> weights;
    for (const auto* key :
         {"sms",
          "nascent",
          "plan",
          "morning",
          "sms+nascent",
          "sms+plan",
          "sms+morning",
          "nascent+plan",
          "nascent+morning",
          "plan+morning",
          "sms+nascent+plan",
          "sms+nascent+morning",
          "sms+plan+morning",
          "nascent+plan+morning",
          "sms+nascent+plan+morning"}) {
        weights.insert(read(key).weight());
    }
    EXPECT_EQ(weights.size(), 15U);
}

TEST(circumstances, the_order_of_the_conditions_does_not_count) {
    EXPECT_EQ(read("nascent+sms"), read("sms+nascent"));
    EXPECT_NE(read("nascent+sms"), read("sms"));
    EXPECT_EQ(read("morning+sms").channel(), channel_kind::sms);
    EXPECT_EQ(read("morning").channel(), std::nullopt);
}

TEST(circumstances, an_unknown_condition_is_told_with_what_may_stand_there) {
    const auto slip = problem_of("nacent+sms");
    EXPECT_EQ(slip.offset, 0U);
    EXPECT_EQ(slip.length, 6U);
    EXPECT_EQ(slip.word, "nacent");
    EXPECT_THAT(slip.candidates, Contains("nascent"));
    EXPECT_THAT(slip.candidates, Not(Contains("text")));
    EXPECT_EQ(problem_of("sms+mornin").offset, 4U);
    EXPECT_THAT(problem_of("txt").candidates, Contains("text"));
    EXPECT_EQ(problem_of("SMS").word, "SMS");
}

TEST(circumstances, what_never_holds_is_refused) {
    EXPECT_THAT(problem_of("sms+whatsapp").what, HasSubstr("one channel"));
    EXPECT_THAT(problem_of("nascent+enabled").what, HasSubstr("nobody is both"));
    EXPECT_THAT(problem_of("plan+service").what, HasSubstr("one tone"));
    EXPECT_THAT(problem_of("morning+sms+evening").what, HasSubstr("one time of day"));
    EXPECT_THAT(problem_of("sms+sms").what, HasSubstr("stands twice"));
    EXPECT_THAT(problem_of("text+sms").what, HasSubstr("no conditions"));
    EXPECT_THAT(problem_of("sms+").what, HasSubstr("missing beside the '+'"));
    EXPECT_THAT(problem_of("+sms").what, HasSubstr("missing beside the '+'"));
}

TEST(circumstances, tones_are_words) {
    EXPECT_EQ(parse_tone("concern"), tone::concern);
    EXPECT_EQ(parse_tone("nascent"), std::nullopt);
    EXPECT_THAT(tone_words(), testing::ElementsAre("service", "plan", "concern", "options"));
}

}  // namespace
}  // namespace tertulia::dialogs
