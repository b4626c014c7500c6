// What came is held against what was announced; what it is served as is decided by what it is.

#include "gateway/received/file_check.hpp"

#include "adapters/wire/digest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

const std::string png = "\x89PNG\r\n\x1A\n rest"s;
const std::string digest = adapters::digest_of(adapters::hash_kind::sha256, png);
const std::string other = adapters::digest_of(adapters::hash_kind::sha256, "other");
constexpr instant now{std::chrono::hours{1'000}};

std::string upper(std::string text) {
    for (auto& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    return text;
}

TEST(file_check, a_digest_holds_in_base64_and_in_hex_of_either_case) {
    for (const auto& declared :
         {adapters::base64_of(digest), adapters::hex_of(digest), upper(adapters::hex_of(digest)),
          ""s}) {
        EXPECT_EQ(check_file({.sha256 = declared}, {}, png).trouble, "") << declared;
        EXPECT_EQ(check_file({}, {.sha256 = declared}, png).trouble, "") << declared;
    }
}

TEST(file_check, another_file_is_refused_whoever_announced_it) {
    for (const auto& declared :
         {adapters::base64_of(other), adapters::hex_of(other), "not a digest"s}) {
        EXPECT_NE(check_file({.sha256 = declared}, {}, png).trouble, "") << declared;
        EXPECT_NE(check_file({}, {.sha256 = declared}, png).trouble, "") << declared;
    }
    EXPECT_NE(check_file({}, {.bytes = 3}, png).trouble, "");
    EXPECT_NE(check_file({}, {}, "").trouble, "");
}

TEST(file_check, content_decides_what_it_is_served_as) {
    EXPECT_EQ(check_file({.mime_type = "application/pdf"}, {}, png).type, "image/png");
    EXPECT_EQ(type_to_serve("image/webp", "RIFF\x10\0\0\0WEBPVP8 "s), "image/webp");
    EXPECT_EQ(type_to_serve("video/mp4", "\0\0\0\x20"s + "ftypisom\0\0"s), "video/mp4");
    EXPECT_EQ(type_to_serve("audio/mp4", "\0\0\0\x20"s + "ftypisom\0\0"s), "audio/mp4");
    EXPECT_EQ(type_to_serve("video/3gpp", "\0\0\0\x20"s + "ftyp3gp4\0\0"s), "video/3gpp");
}

TEST(file_check, what_is_not_known_is_a_download_whatever_it_claims) {
    for (const auto& bytes : {"<html><script>"s, "<svg onload=x>"s, "MZ\x90"s, "PK\x03\x04"s}) {
        const auto type = type_to_serve("image/jpeg", bytes);
        EXPECT_EQ(type, "application/octet-stream") << bytes;
        EXPECT_FALSE(may_be_shown(type));
    }
    EXPECT_FALSE(may_be_shown("application/pdf"));
    EXPECT_FALSE(may_be_shown("text/html"));
    EXPECT_TRUE(may_be_shown("audio/ogg"));
}

TEST(file_check, tries_grow_apart_and_end) {
    EXPECT_EQ(next_media_try(1, now), now + 5s);
    instant before = now;
    int tries = 1;
    for (; next_media_try(tries, now); ++tries) {
        EXPECT_GT(*next_media_try(tries, now), before);
        before = *next_media_try(tries, now);
    }
    EXPECT_EQ(tries, media_tries_most);
    EXPECT_FALSE(next_media_try(0, now));
}

}  // namespace
}  // namespace tertulia::gateway
