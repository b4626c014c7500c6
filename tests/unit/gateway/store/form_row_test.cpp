// Answers of a provider's form and who asked for a contact came with format 5 of the rows.

#include "gateway/store/archive.hpp"
#include "gateway/store/layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tertulia::gateway {
namespace {

template <class T>
T read(std::string_view bytes, int format) {
    bytes_in from{bytes};
    from.format(format);
    T back{};
    from(back);
    EXPECT_EQ(from.left(), 0U);
    return back;
}

template <class... Parts>
std::string written(const Parts&... parts) {
    std::string bytes;
    bytes_out to{bytes};
    to(parts...);
    return bytes;
}

TEST(form_row, comes_back_as_it_was) {
    const auto form = read<form_reply>(
        written(form_reply{"flow", "{}", "tok", {{"amount", "500"}}}), 5
    );
    EXPECT_EQ(form.token, "tok");
    ASSERT_EQ(form.answers.size(), 1U);
    EXPECT_EQ(form.answers[0].name, "amount");
    EXPECT_EQ(form.answers[0].text, "500");
    EXPECT_TRUE(read<shared_contact>(written(shared_contact{"Ana", {"+5021"}, true}), 5).requested);
}

TEST(form_row, of_format_4_has_none_of_that) {
    const auto form = read<form_reply>(written(std::string{"flow"}, std::string{"{\"a\":1}"}), 4);
    EXPECT_EQ(form.answers_json, "{\"a\":1}");
    EXPECT_EQ(form.token, "");
    EXPECT_TRUE(form.answers.empty());
    const std::vector<std::string> phones{"+5021"};
    const auto card = read<shared_contact>(written(std::string{"Ana"}, phones), 4);
    EXPECT_EQ(card.phones, phones);
    EXPECT_FALSE(card.requested);
}

TEST(form_row, of_format_4_that_claims_to_be_of_5_is_damaged) {
    const auto bytes = written(std::string{"flow"}, std::string{"{}"});
    EXPECT_THROW((void)read<form_reply>(bytes, 5), damaged_row);
}

}  // namespace
}  // namespace tertulia::gateway
