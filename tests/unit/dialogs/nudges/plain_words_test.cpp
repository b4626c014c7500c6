// Reasons as a manager reads them.

#include "dialogs/nudges/plain_words.hpp"

#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

namespace tertulia::dialogs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(plain_words, a_reason_is_a_sentence_with_its_numbers) {
    EXPECT_EQ(plainly("paid"), "she has paid");
    EXPECT_EQ(plainly("cap_of_day", "1 of 1 today"), "she has been written to already: 1 of 1 today");
    EXPECT_EQ(plainly("something_new"), "something_new") << "as it is, rather than nothing";
}

// Whatever a gate refuses with has words.
TEST(plain_words, every_reason_of_the_gates_has_words) {
    std::ifstream in{testing_files::source_folder() / "dialogs/nudges/gates.cpp"};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const std::regex refusal{R"re((?:never|later|wait)\((?:\s*gate::[a-z_]+,)?\s*"([a-z_]+)")re"};
    int seen = 0;
    for (std::sregex_iterator at{text.begin(), text.end(), refusal}, end; at != end; ++at, ++seen) {
        EXPECT_THAT(plainly((*at)[1].str()), Not(HasSubstr("_"))) << (*at)[1].str();
    }
    EXPECT_GE(seen, 15) << "they are found no more";
}

}  // namespace
}  // namespace tertulia::dialogs
