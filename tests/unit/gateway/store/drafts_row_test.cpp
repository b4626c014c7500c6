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

// Appointments and drafts are the last fields: without their counts, and so labelled, it is a row of
// format 1.
std::string row_of_format_1() {
    auto bytes = bytes_of({});
    bytes.resize(bytes.size() - 2);
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
