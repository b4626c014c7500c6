// The wire samples of tests/corpus/twilio, read and parsed for a test.

#pragma once

#include "adapters/twilio/twilio.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace tertulia::adapters::twilio {

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";
inline constexpr instant noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12};

inline channel_settings sms_channel() {
    return {
        .name = "sms",
        .account_sid = "AC00000000000000000000000000000001",
        .auth_tokens = {"0123456789abcdef0123456789abcdef"},
        .from = "+15005550006",
        .public_url = "https://gw.example.org",
        .status_callback = "https://gw.example.org/webhooks/sms",
        .api_base = "https://twilio.example"};
}

inline channel_settings whatsapp_channel() {
    auto channel = sms_channel();
    channel.name = "whatsapp";
    channel.kind = channel_kind::whatsapp;
    channel.templates = {
        {"due", "es", "HX00000000000000000000000000000001"},
        {"receipt", "es", "HX00000000000000000000000000000002"}};
    return channel;
}

inline std::filesystem::path corpus_folder() {
    return testing_files::source_folder() / "tests/corpus/twilio";
}

// By file name, with its ending.
inline std::string sample(std::string_view file_name) {
    const auto path = corpus_folder() / file_name;
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline parsed parse_form(
    std::string_view name, const channel_settings& channel, std::string_view query = ""
) {
    const auto body = sample(std::string{name} + ".form");
    auto read = parse(
        {.method = "POST", .query = query, .content_type = form_type, .body = body}, channel, noon
    );
    EXPECT_TRUE(read) << name;
    return read ? std::move(*read) : parsed{};
}

// The channel a sample is for, by its name.
inline channel_settings channel_of(std::string_view name) {
    return name.find("whatsapp") == std::string_view::npos ? sms_channel() : whatsapp_channel();
}

// The one event of a sample that has no other.
template <class Event>
Event only(std::string_view name, std::string_view query = "") {
    auto read = parse_form(name, channel_of(name), query);
    EXPECT_TRUE(read.malformed.empty()) << name << ": " << read.malformed.at(0).reason;
    EXPECT_EQ(read.events.size(), 1U) << name;
    const auto* event = read.events.empty() ? nullptr : std::get_if<Event>(&read.events.front());
    EXPECT_NE(event, nullptr) << name;
    return event != nullptr ? *event : Event{};
}

template <class Content>
Content content_of(std::string_view name) {
    const auto message = only<inbound_message>(name);
    const auto* content = std::get_if<Content>(&message.content);
    EXPECT_NE(content, nullptr) << name << " is of kind " << message.content.index();
    return content != nullptr ? *content : Content{};
}

}  // namespace tertulia::adapters::twilio
