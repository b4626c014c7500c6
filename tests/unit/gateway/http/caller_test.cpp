// Nobody may say who he is: the address that counts is the one our own proxy saw.

#include "gateway/http/caller.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway::http {
namespace {

std::string caller(
    std::string_view peer,
    const std::vector<std::string_view>& forwarded,
    const std::vector<std::string>& trusted = {"127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48"}
) {
    const auto found = caller_of(peer, forwarded, address_ranges{trusted});
    return found ? found->to_string() : "nobody";
}

TEST(caller, without_trusted_proxies_the_header_says_nothing) {
    EXPECT_EQ(caller("198.51.100.7", {"203.0.113.9"}, {}), "198.51.100.7");
    EXPECT_EQ(caller("127.0.0.1", {"203.0.113.9"}, {}), "127.0.0.1");
}

TEST(caller, a_stranger_is_not_asked_who_he_is) {
    EXPECT_EQ(caller("198.51.100.7", {"203.0.113.9"}), "198.51.100.7");
    EXPECT_EQ(caller("11.0.0.1", {"203.0.113.9"}), "11.0.0.1");
}

TEST(caller, the_right_most_address_that_is_no_proxy_of_ours_counts) {
    EXPECT_EQ(caller("127.0.0.1", {"203.0.113.9"}), "203.0.113.9");
    // What he claimed stands left of what our proxy saw.
    EXPECT_EQ(caller("127.0.0.1", {"192.0.2.1, 203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(caller("127.0.0.1", {"192.0.2.1, 203.0.113.9, 10.0.0.5"}), "203.0.113.9");
    EXPECT_EQ(caller("127.0.0.1", {"10.0.0.9, 203.0.113.9"}), "203.0.113.9");
}

TEST(caller, a_line_added_by_a_proxy_counts_before_the_line_that_came) {
    EXPECT_EQ(caller("127.0.0.1", {"192.0.2.1", "203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(caller("127.0.0.1", {"192.0.2.1, 203.0.113.9", "10.0.0.5"}), "203.0.113.9");
}

TEST(caller, where_all_are_ours_it_is_the_one_furthest_off) {
    EXPECT_EQ(caller("127.0.0.1", {}), "127.0.0.1");
    EXPECT_EQ(caller("127.0.0.1", {"10.0.0.7, 10.0.0.5"}), "10.0.0.7");
}

TEST(caller, addresses_come_with_ports_brackets_blanks_and_in_both_kinds) {
    const std::pair<const char*, const char*> all[]{
        {"203.0.113.9:4711", "203.0.113.9"},
        {"\t203.0.113.9 ", "203.0.113.9"},
        {"2001:db8::7", "2001:db8::7"},
        {"2001:DB8:0:0::7", "2001:db8::7"},
        {"[2001:db8::7]", "2001:db8::7"},
        {"[2001:db8::7]:443", "2001:db8::7"},
        {"::ffff:203.0.113.9", "203.0.113.9"},
        {"[::ffff:203.0.113.9]:80", "203.0.113.9"},
        {"::ffff:10.0.0.5", "10.0.0.5"}};
    for (const auto& [text, means] : all) EXPECT_EQ(caller("127.0.0.1", {text}), means) << text;
    EXPECT_EQ(caller("::ffff:127.0.0.1", {"203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(caller("2001:db8:1::5", {"203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(caller("fe80::1%3", {"203.0.113.9"}), "fe80::1");
}

TEST(caller, what_is_no_address_is_nobody) {
    using namespace std::string_view_literals;
    for (const auto text :
         {""sv, " "sv, ","sv, "203.0.113.9,"sv, "unknown"sv, "_hidden"sv, "localhost"sv,
          "203.0.113"sv, "203.0.113.256"sv, "203.0.113.009"sv, "0xcb.0.113.9"sv, "3405803785"sv,
          "203.0.113.9:"sv, "203.0.113.9:http"sv, "203.0.113.9:123456"sv, "[203.0.113.9]"sv,
          "[2001:db8::7"sv, "[2001:db8::7]443"sv, "[2001:db8::7]:"sv, "2001:db8::7%eth0"sv,
          "2001:db8::7::"sv, "203.0.113.9\0"sv, "203.0.113.9\0.1"sv, "203.0.113.9 203.0.113.8"sv,
          "\"203.0.113.9\""sv, "for=203.0.113.9"sv, "203.0.113.9;"sv, "\xEF\xBC\x92.0.0.1"sv}) {
        EXPECT_EQ(caller("127.0.0.1", {text}), "nobody") << text;
        // Left of what decides it is never looked at.
        const auto claimed = std::string{text} + ", 203.0.113.9";
        EXPECT_EQ(caller("127.0.0.1", {claimed}), "203.0.113.9") << text;
    }
    EXPECT_EQ(caller("", {"203.0.113.9"}), "nobody");
    EXPECT_EQ(caller("unix:", {"203.0.113.9"}), "nobody");
}

// A good address with each byte put at each place is no address any more, but where the byte is a
// digit of it, a blank around it, or the comma that separates two.
TEST(caller, no_byte_is_skipped) {
    const std::string good{"203.0.113.9"};
    for (std::size_t at = 0; at <= good.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            const auto put = static_cast<char>(byte);
            auto text = good;
            text.insert(at, 1, put);
            const bool digit = put >= '0' && put <= '9';
            const bool blank_around = (put == ' ' || put == '\t') && (at == 0 || at == good.size());
            const bool separates = put == ',';
            if (digit || blank_around || separates) continue;
            EXPECT_EQ(caller("127.0.0.1", {text}), "nobody") << byte << " at " << at;
        }
    }
}

TEST(address_ranges, hold_what_they_name_and_nothing_beside_it) {
    const address_ranges some{{"192.0.2.0/25", "198.51.100.7", "2001:db8::/32", "fd00::1"}};
    const auto has = [&](const char* text) { return some.has(*read_address(text)); };
    for (const auto* in :
         {"192.0.2.0", "192.0.2.127", "198.51.100.7", "2001:db8::", "2001:db8:ffff::1", "fd00::1",
          "::ffff:192.0.2.1"}) {
        EXPECT_TRUE(has(in)) << in;
    }
    for (const auto* out :
         {"192.0.2.128", "192.0.1.255", "198.51.100.6", "198.51.100.8", "2001:db9::", "fd00::2",
          "::192.0.2.1", "::", "0.0.0.0"}) {
        EXPECT_FALSE(has(out)) << out;
    }
    const address_ranges all{{"0.0.0.0/0"}};
    EXPECT_TRUE(all.has(*read_address("8.8.8.8")));
    EXPECT_FALSE(all.has(*read_address("2001:db8::1")));
    EXPECT_FALSE(address_ranges{}.has(*read_address("127.0.0.1")));
}

TEST(address_ranges, a_range_is_spelt_in_one_way) {
    for (const auto* good : {"192.0.2.7", "192.0.2.7/32", "0.0.0.0/0", "::1", "::/0", "2001:db8::/32"}) {
        EXPECT_EQ(trouble_with_range(good), "") << good;
    }
    for (const auto* wrong :
         {"", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8 ",
          "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10/8", "::1/129", "::1/1000",
          "::ffff:10.0.0.0/104", "example.org", "*", "10.0.0.*"}) {
        EXPECT_NE(trouble_with_range(wrong), "") << wrong;
        EXPECT_TRUE(address_ranges{{wrong}}.empty()) << wrong;
    }
    EXPECT_EQ(
        trouble_with_range("10.1.2.3/8"),
        "write 10.0.0.0/8 for all of them, or 10.1.2.3 for the one"
    );
    EXPECT_EQ(
        trouble_with_range("2001:db8::1/32"),
        "write 2001:db8::/32 for all of them, or 2001:db8::1 for the one"
    );
    EXPECT_TRUE(is_everywhere("0.0.0.0/0") && is_everywhere("::/0"));
    EXPECT_FALSE(is_everywhere("10.0.0.0/8") || is_everywhere("") || is_everywhere("10.0.0.0"));
}

}  // namespace
}  // namespace tertulia::gateway::http
