// Drafts came with format 2 of the rows: a session written before has none.

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

std::string bytes_of(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

// An empty session as format 1 had it: 24 fields, a zero byte each. Format 2 added appointments and
// drafts, two more.
std::string row_of_format_1() {
    std::string bytes(1 + 24, '\0');
    bytes[0] = '\x01';
    return bytes;
}

TEST(drafts_row, a_draft_comes_back) {
    dialogs::session left{};
    left.drafts = {
        {"apply", {{"answer.amount", "amount:300000 GTQ"}}, instant{milliseconds{7}}, true}};
    EXPECT_EQ(decode_session(bytes_of(left)), left);
}

TEST(drafts_row, a_row_of_format_1_has_none) {
    EXPECT_EQ(decode_session(row_of_format_1()), dialogs::session{});
}

TEST(drafts_row, a_row_of_format_2_may_have_some) {
    auto bytes = row_of_format_1() + std::string(2, '\0');
    bytes[0] = '\x02';
    EXPECT_EQ(decode_session(bytes), dialogs::session{});
}

TEST(drafts_row, a_row_that_claims_drafts_it_does_not_hold_is_damaged) {
    auto mislabelled = row_of_format_1();
    mislabelled[0] = '\x02';
    EXPECT_THROW((void)decode_session(mislabelled), damaged_row);
    auto too_long = bytes_of({});
    too_long[0] = '\x01';
    EXPECT_THROW((void)decode_session(too_long), damaged_row);
}

}  // namespace
}  // namespace tertulia::gateway
