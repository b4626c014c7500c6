// Names for `tertulia guard`: good ones are taken, every other file is refused with line and mend.

#include "gateway/commands/guard_roster.hpp"

#include "dialogs/understanding/normalise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;

roster_read read(const std::string& text) {
    std::istringstream in{text};
    return read_roster(in);
}

TEST(guard_roster, one_person_a_line_with_remarks_and_officers) {
    const auto made = read("# the group\r\n\r\nTeresa Caal, Tere\nofficer: Brenda\n");
    EXPECT_EQ(made.problem, "");
    EXPECT_EQ(made.names.people(), 1U);
    EXPECT_TRUE(made.names.is_officer(dialogs::fold("brenda")));
}

TEST(guard_roster, what_is_no_list_of_names_is_refused_with_its_line) {
    EXPECT_THAT(read("Ana\nBr\xff\n").problem, HasSubstr("line 2: this is not UTF-8"));
    EXPECT_THAT(read("12\n").problem, HasSubstr("line 1: there is no name here"));
    EXPECT_THAT(read(std::string(201, 'a') + "\n").problem, HasSubstr("too long for a name"));
    std::string many;
    for (int i = 0; i < 501; ++i) many += "Marta\n";
    EXPECT_THAT(read(many).problem, HasSubstr("line 501: there are more than 500 people"));
}

}  // namespace
}  // namespace tertulia::gateway
