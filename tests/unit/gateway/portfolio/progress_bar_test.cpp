#include "gateway/portfolio/progress_bar.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

TEST(progress_bar, a_line_tells_part_and_whole) {
    EXPECT_EQ(progress_line("Importing", 0, 8).substr(0, 11), "Importing [");
    EXPECT_NE(progress_line("Importing", 4, 8).find(" 50 %  4 of 8"), std::string::npos);
    EXPECT_NE(progress_line("Importing", 8, 8).find("100 %"), std::string::npos);
    EXPECT_NE(progress_line("Importing", 0, 0).find("  0 %"), std::string::npos);
}

TEST(progress_bar, it_writes_nothing_but_to_a_terminal) {
    auto* out = std::tmpfile();
    ASSERT_NE(out, nullptr);
    {
        progress_bar bar{out, "Importing"};
        bar.show(1, 2);
        bar.show(2, 2);
    }
    EXPECT_EQ(std::ftell(out), 0);
    std::fclose(out);
}

}  // namespace
}  // namespace tertulia::gateway
