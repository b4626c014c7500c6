#include "gateway/reconcile/poll_positions.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

TEST(poll_positions, outlive_the_process_each_channel_its_own) {
    auto form = (fs::temp_directory_path() / "tertulia-positions-XXXXXX").string();
    const fs::path folder{mkdtemp(form.data())};
    const auto file = (folder / "t.db").string();
    {
        poll_positions some{file};
        EXPECT_FALSE(some.of("sms"));
        some.keep("sms", {.covered = from_millis(2), .begun = from_millis(1), .cursor = "a'b"});
        some.keep("other", {.covered = from_millis(9), .begun = from_millis(9)});
        some.keep("sms", {.covered = from_millis(3), .begun = from_millis(1), .cursor = "c"});
    }
    poll_positions some{file};
    const auto found = some.of("sms");
    ASSERT_TRUE(found);
    EXPECT_EQ(to_millis(found->covered), 3);
    EXPECT_EQ(to_millis(found->begun), 1);
    EXPECT_EQ(found->cursor, "c");
    fs::remove_all(folder);
}

}  // namespace
}  // namespace tertulia::gateway
