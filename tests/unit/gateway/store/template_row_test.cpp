// Headers of words, titles of buttons and our own text of a template came with format 3 of the rows.

#include "gateway/store/archive.hpp"
#include "gateway/store/layout.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::gateway {
namespace {

const say_template visit{
    .name = "visit",
    .language = "es",
    .body = {{"who", "Rosa"}},
    .buttons = {{.index = 1, .payload = "v1|1|visit.ask|yes", .title = "Sí"}},
    .header = {{"", "Rosa"}},
    .text = "¿Le visitamos?"};

say_template read(std::string_view bytes, int format) {
    bytes_in from{bytes};
    from.format(format);
    say_template back{};
    from(back);
    EXPECT_EQ(from.left(), 0U);
    return back;
}

TEST(template_row, comes_back_as_it_was) {
    std::string bytes;
    bytes_out to{bytes};
    to(visit);
    const auto back = read(bytes, 3);
    EXPECT_EQ(back.body[0].name, "who");
    EXPECT_EQ(back.body[0].text, "Rosa");
    EXPECT_EQ(back.buttons[0].title, "Sí");
    EXPECT_EQ(back.header[0].text, "Rosa");
    EXPECT_EQ(back.text, "¿Le visitamos?");
}

TEST(template_row, of_format_2_has_none_of_that) {
    std::string bytes;
    bytes_out to{bytes};
    const auto& button = visit.buttons[0];
    to(visit.name, visit.language, visit.header_media_id, visit.header_kind, visit.body);
    to(std::uint64_t{1}, button.index, button.is_url, button.payload);
    const auto back = read(bytes, 2);
    EXPECT_EQ(back.body[0].text, "Rosa");
    EXPECT_EQ(back.buttons[0].payload, button.payload);
    EXPECT_EQ(back.buttons[0].title, "");
    EXPECT_TRUE(back.header.empty());
    EXPECT_EQ(back.text, "");
}

TEST(template_row, of_format_2_that_claims_to_be_of_3_is_damaged) {
    std::string bytes;
    bytes_out to{bytes};
    to(visit.name, visit.language, visit.header_media_id, visit.header_kind, visit.body);
    to(std::uint64_t{0});
    EXPECT_THROW((void)read(bytes, 3), damaged_row);
}

}  // namespace
}  // namespace tertulia::gateway
