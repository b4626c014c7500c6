// By which channel, and by which one next, at literal instants.

#include "dialogs/clients/reach.hpp"

#include "dialogs/clients/one_time_code.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
const address by_whatsapp{"whatsapp", {identity_kind::bsuid, "GT.15025"}};
const address by_sms{"sms", {identity_kind::phone, "+50255550101"}};

institution with_ladder() {
    institution made{};
    made.channels = {
        {.name = "whatsapp", .kind = channel_kind::whatsapp},
        {.name = "sms", .kind = channel_kind::sms, .fallback_for = {"whatsapp"}},
        {.name = "other_sms", .kind = channel_kind::sms, .fallback_for = {"whatsapp", "sms"}}};
    return made;
}

std::shared_ptr<const client_facts> on_file(std::string id, std::string phone) {
    auto made = std::make_shared<client_facts>();
    made->who.id = std::move(id);
    made->who.phones = {std::move(phone)};
    return made;
}

TEST(reach, the_first_of_the_config_that_says_so_is_the_next_rung) {
    const auto house = with_ladder();
    ASSERT_NE(next_rung(house, "whatsapp"), nullptr);
    EXPECT_EQ(next_rung(house, "whatsapp")->name, "sms");
    EXPECT_EQ(next_rung(house, "sms")->name, "other_sms");
    EXPECT_EQ(next_rung(house, "other_sms"), nullptr);
    EXPECT_EQ(next_rung(house, "telegram"), nullptr);
}

TEST(reach, her_own_number_is_the_one_on_file_for_her_alone) {
    facts known{};
    known.phones = {"+50255550199", "+50255550101"};
    EXPECT_EQ(own_number(known), "") << "two numbers and nobody on file: which is hers?";
    known.clients = {on_file("c1", "+50255550101")};
    EXPECT_EQ(own_number(known), "+50255550101");
    known.phones.emplace_back("+50255550188");
    EXPECT_EQ(own_number(known), "") << "she has another now: the one on file may be anybody's";
    known.phones.pop_back();
    known.clients.push_back(on_file("c2", "+50255550101"));
    EXPECT_EQ(own_number(known), "") << "two people's";
}

TEST(reach, a_strangers_only_number_is_hers) {
    facts known{};
    EXPECT_EQ(own_number(known), "");
    known.phones = {"+50255550199"};
    EXPECT_EQ(own_number(known), "+50255550199");
}

TEST(reach, what_we_start_goes_where_she_last_wrote_until_she_says_otherwise) {
    const auto house = with_ladder();
    const std::vector<heard_on> heard{{.where = by_whatsapp, .at = monday}};
    ways_to_her hers{
        .house = house, .reply_to = by_whatsapp, .channels = heard, .own_number = "+50255550101"};
    EXPECT_EQ(where_to_start(hers, monday), by_whatsapp);
    hers.prefers = "sms";
    EXPECT_EQ(where_to_start(hers, monday), by_sms) << "she never wrote there: her own number";
    hers.own_number = {};
    EXPECT_EQ(where_to_start(hers, monday), by_whatsapp) << "no number of hers is known";
    hers.prefers = "pigeon";
    EXPECT_EQ(where_to_start(hers, monday), by_whatsapp);
}

TEST(reach, a_channel_she_was_not_found_on_is_passed_over_until_she_writes_there) {
    const auto house = with_ladder();
    std::vector<heard_on> heard{{.where = by_whatsapp, .at = monday, .failed_at = monday + 1h}};
    const ways_to_her hers{
        .house = house, .reply_to = by_whatsapp, .channels = heard, .own_number = "+50255550101"};
    EXPECT_EQ(where_to_start(hers, monday + 2h), by_sms);
    EXPECT_EQ(where_to_start(hers, monday + 1h + unreachable_for), by_whatsapp);
    heard[0].at = monday + 90min;
    EXPECT_EQ(where_to_start(hers, monday + 2h), by_whatsapp);
}

TEST(reach, a_template_becomes_our_own_words_and_its_replies_choices) {
    say_template form{};
    form.text = "¿Le visitamos?";
    form.buttons = {
        {.index = 0, .payload = "yes", .title = "Sí"},
        {.index = 1, .is_url = true, .payload = "x", .title = "Mapa"}};
    const auto words = in_words(form);
    ASSERT_TRUE(words);
    EXPECT_EQ(words->text, "¿Le visitamos?");
    ASSERT_EQ(words->choices.size(), 1U) << "what opens a page cannot be answered";
    EXPECT_EQ(words->choices[0].id, "yes");
}

TEST(reach, what_has_no_words_cannot_go_on) {
    EXPECT_FALSE(in_words(say_media{}));
    EXPECT_FALSE(in_words(mark_read{}));
    EXPECT_FALSE(in_words(say_template{}));
    EXPECT_EQ(in_words(say_media{.caption = "Su recibo"})->text, "Su recibo");
    EXPECT_EQ(in_words(ask_location{"¿Dónde?"})->text, "¿Dónde?");
}

TEST(one_time_code, a_mark_is_replaced_by_the_digits_of_its_subject) {
    const auto subject = code_subject("+50255550101", 7);
    const auto text = "Su codigo: " + code_mark(subject) + ".";
    EXPECT_TRUE(has_code_mark(text));
    EXPECT_EQ(text.find("123456"), std::string::npos);
    std::string asked;
    const auto sent = with_codes(text, [&](std::string_view of) {
        asked = of;
        return "123456";
    });
    EXPECT_EQ(sent, "Su codigo: 123456.");
    EXPECT_EQ(asked, subject);
}

TEST(one_time_code, half_a_mark_is_only_text) {
    const std::string text = "\xEE\x80\x80x";
    EXPECT_EQ(with_codes(text, [](std::string_view) { return "1"; }), text);
    EXPECT_FALSE(has_code_mark("123456"));
}

}  // namespace
}  // namespace tertulia::dialogs
