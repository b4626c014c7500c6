// How she is reached, what is being proved and what was carried on came with format 4 of the rows.

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/seal.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

std::string bytes_of(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(reach_row, a_session_comes_back_whole) {
    dialogs::session full{};
    full.channels = {{.where = {"sms", {identity_kind::phone, "+50255550101"}}, .at = instant{}}};
    full.prefers = "sms";
    full.under_way = {{.purpose = "menu.what", .touch = 7, .carried = true}};
    full.proving = {.phone = "+50255550101", .nonce = 9, .tries_left = 2, .sent = {instant{}}};
    full.writes_as = "C1";
    full.proof.doubted = true;
    full.proof.owner = "C1";
    EXPECT_EQ(decode_session(bytes_of(full)), full);
}

TEST(reach_row, a_row_that_claims_less_than_it_holds_is_damaged) {
    auto too_long = bytes_of({});
    too_long[0] = '\x03';
    EXPECT_THROW((void)decode_session(too_long), damaged_row);
}

TEST(reach_row, what_an_outcome_lost_comes_back) {
    dialogs::delivery_outcome lost{
        .outbox_id = 7,
        .purpose = "menu.what",
        .status = delivery_status::failed,
        .error = {.code = 131026, .means = failure::unreachable},
        .touch = 7};
    lost.what = dialogs::undelivered{
        .message = {.to = {"whatsapp", {identity_kind::wa_id, "1"}}, .content = say_text{"Hola"}}};
    std::string bytes;
    encode(dialogs::event{lost}, bytes);
    const auto back = std::get<dialogs::delivery_outcome>(decode_event(bytes));
    EXPECT_EQ(back.error.means, failure::unreachable);
    EXPECT_EQ(back.touch, 7U);
    ASSERT_TRUE(back.what);
    EXPECT_EQ(std::get<say_text>(back.what->message.content).text, "Hola");
}

TEST(reach_row, a_code_is_six_digits_of_its_key_and_subject_alone) {
    const auto key = new_seal_key();
    const auto code = six_digits_of(key, "+50255550101|7");
    EXPECT_EQ(code.size(), 6U);
    EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_EQ(six_digits_of(key, "+50255550101|7"), code);
    EXPECT_NE(
        six_digits_of(key, "+50255550101|8") + six_digits_of(key, "+50255550102|7"), code + code
    );
    EXPECT_NE(
        six_digits_of(new_seal_key(), "+50255550101|7") +
            six_digits_of(new_seal_key(), "+50255550101|7"),
        code + code
    );
}

}  // namespace
}  // namespace tertulia::gateway
