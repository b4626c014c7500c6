// Answers are added up by question; words have no name; a score is told with its interval, and of fewer
// than five not at all.

#include "gateway/insight/survey_report.hpp"

#include "dialogs/script/answer_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using dialogs::typed_kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string kept(typed_kind kind, std::string value) {
    return dialogs::to_text(dialogs::typed_answer{.kind = kind, .value = std::move(value)});
}

talk_had talk(int at, std::map<std::string, std::string> answers) {
    return {.at = from_millis(at), .about = "sv_renew", .answers = std::move(answers)};
}

TEST(survey_report, adds_up_by_question_with_the_newest_words_first) {
    const auto all = survey_reports(
        {talk(1, {{"was_good", kept(typed_kind::choice, "good")},
                  {"better", kept(typed_kind::text, "menos papeles")}}),
         talk(3, {{"was_good", kept(typed_kind::choice, "bad")},
                  {"better", kept(typed_kind::text, "mas cerca")}}),
         talk(2, {{"was_good", kept(typed_kind::choice, "good")},
                  {"better", kept(typed_kind::voice_note, "id audio/ogg")}})}
    );
    const auto& report = all.at("sv_renew");
    EXPECT_EQ(report.talks, 3);
    EXPECT_EQ(report.questions.at("was_good").picks.at("good"), 2);
    EXPECT_THAT(report.questions.at("better").words, ElementsAre("mas cerca", "menos papeles"));
    EXPECT_EQ(report.questions.at("better").recordings, 1);
    EXPECT_THAT(page_of(all, false), HasSubstr("was_good: bad 1, good 2"));
    EXPECT_THAT(page_of(all, false), Not(HasSubstr("menos papeles")));
    EXPECT_THAT(page_of(all, true), HasSubstr("    mas cerca\n    menos papeles\n"));
    EXPECT_EQ(page_of({}, true), "nobody has answered yet\n");
}

TEST(survey_report, a_promoter_score_has_its_interval_and_wants_five) {
    const std::vector<int> few{10, 10, 9, 0};
    EXPECT_FALSE(promoter_score_of(few));
    const std::vector<int> ten{10, 10, 9, 9, 9, 9, 8, 7, 6, 0, 11, -1};
    const auto score = promoter_score_of(ten);
    ASSERT_TRUE(score);
    EXPECT_NEAR(score->score, 40, 1e-9);  // six fond, two cold, of ten
    // 1.96 * sqrt((0.6 + 0.2 - 0.16) / 10) = 0.4958
    EXPECT_NEAR(score->low, 40 - 49.584, 0.01);
    EXPECT_NEAR(score->high, 40 + 49.584, 0.01);
    const std::vector<int> all{10, 10, 10, 10, 10};
    EXPECT_NEAR(promoter_score_of(all)->high, 100, 1e-9);
}

TEST(survey_report, numbers_that_are_no_score_are_told_by_their_middle) {
    std::vector<talk_had> all;
    for (int i = 1; i <= 5; ++i) {
        all.push_back(talk(i, {{"each", kept(typed_kind::number, std::to_string(i * 100))}}));
    }
    EXPECT_THAT(page_of(survey_reports(all), false), HasSubstr("each: middle 300 of 5"));
    all.pop_back();
    EXPECT_THAT(page_of(survey_reports(all), false), HasSubstr("each: 4 numbers"));
}

}  // namespace
}  // namespace tertulia::gateway
