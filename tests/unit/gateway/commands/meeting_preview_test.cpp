// What an operator reads before an agenda reaches anybody.

#include "gateway/commands/meeting_preview.hpp"

#include "dialogs/script/program.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

class meeting_preview : public testing::Test {
protected:
    static const dialogs::script_set& scripts() {
        static const auto made = dialogs::load_scripts(dialogs::testing_sources::as_configured());
        EXPECT_TRUE(made.scripts) << dialogs::testing_sources::all_problems(made);
        return *made.scripts;
    }
    static std::string page(std::string_view agenda, std::string_view language) {
        const auto* found = scripts().compiled().meetings.named(agenda);
        EXPECT_NE(found, nullptr) << agenda;
        return found == nullptr ? std::string{} : meeting_page(scripts(), *found, language);
    }
};

TEST_F(meeting_preview, goes_through_every_step_and_names_what_each_reads) {
    const auto read = page("default", "es");
    for (const auto* key : {"(meeting.invite)", "(meeting.roll_call)", "(meeting.collect)", "(meeting.vote)",
                            "(meeting.quiz)", "(meeting.quiz_right)", "(meeting.quiz_other)",
                            "(meeting.close)", "(meeting.close_absent)", "(meeting.feedback)"}) {
        EXPECT_THAT(read, HasSubstr(key));
    }
    EXPECT_THAT(read, HasSubstr("[Se va de a poquito]"));
    EXPECT_THAT(read, Not(HasSubstr("{meeting.")));
}

TEST_F(meeting_preview, is_in_the_language_that_is_asked_for) {
    EXPECT_THAT(page("default", "en"), HasSubstr("[It goes bit by bit]"));
    EXPECT_THAT(page("default", "fr"), HasSubstr("[Il part peu à peu]"));
}

TEST_F(meeting_preview, of_every_agenda_there_is_one) {
    for (const auto& one : scripts().compiled().meetings.all) {
        for (const auto* language : {"es", "en", "fr"}) {
            EXPECT_THAT(page(one.name, language), HasSubstr("version " + one.version)) << language;
        }
    }
}

}  // namespace
}  // namespace tertulia::gateway
