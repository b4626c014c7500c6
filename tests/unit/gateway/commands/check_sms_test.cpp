// What the operator is shown of her texts as SMS, before anybody pays for them.

#include "gateway/commands/check_sms.hpp"

#include "dialogs/script/program.hpp"
#include "tests/unit/gateway/commands/check_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

using testing_check::check_folder;

std::string shown(check_folder& folder) {
    const auto found = folder.check();
    EXPECT_TRUE(found.scripts);
    if (!found.scripts) return {};
    const auto& program = found.scripts->compiled();
    std::ostringstream text;
    write_sms(text, *program.words, program.house, 0, sms_shown::all);
    return text.str();
}

TEST(check_sms, shows_what_becomes_of_a_text_and_what_it_costs_either_way) {
    check_folder folder;
    ASSERT_TRUE(folder.replace(
        "messages/es.yaml", "menu.what: ", "menu.what: \"María dice: “sí”, en el año\" #"
    ));
    const auto text = shown(folder);
    EXPECT_THAT(text, HasSubstr("María -> Maria"));
    EXPECT_THAT(text, Not(HasSubstr("-> ano")));
    EXPECT_THAT(text, HasSubstr("`spelling: as_written`: "));
    EXPECT_THAT(text, HasSubstr("UCS-2 for"));
}

TEST(check_sms, a_text_of_the_alphabet_has_no_second_line) {
    check_folder folder;
    ASSERT_TRUE(folder.replace("messages/es.yaml", "menu.what: ", "menu.what: \"En el año\" #"));
    const auto text = shown(folder);
    EXPECT_THAT(text, HasSubstr("GSM-7"));
    EXPECT_THAT(text, Not(HasSubstr("menu.what                           es      9 units  1 part   UCS-2")));
}

}  // namespace
}  // namespace tertulia::gateway
