#include "dialogs/script/script_set.hpp"
#include "dialogs/script/program.hpp"

#include "sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {
using namespace testing_sources;

TEST(script_set, the_institutions_own_files_load_without_an_error) {
    const auto made = load_scripts(as_configured());
    EXPECT_TRUE(made.scripts) << all_problems(made);
    EXPECT_EQ(all_problems(made), "");
}

TEST(script_set, a_small_set_loads_without_a_remark) {
    const auto made = load_scripts(basic());
    EXPECT_TRUE(made.scripts) << all_problems(made);
    EXPECT_EQ(all_problems(made), "");
}
}  // namespace
}  // namespace tertulia::dialogs
