// The wire samples of tests/corpus/whatsapp_cloud, read and parsed for a test.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

inline const channel_settings sandaga{
    .name = "whatsapp",
    .phone_number_id = "106540352242922",
    .access_token = "EAAtest",
    .app_secrets = {"test_app_secret"},
    .verify_token = "open sesame",
    .api_base = "https://graph.example"};

inline std::filesystem::path corpus_folder() {
    return testing_files::source_folder() / "tests/corpus/whatsapp_cloud";
}

inline std::string sample(std::string_view name) {
    const auto path = corpus_folder() / (std::string{name} + ".json");
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::vector<std::string> all_samples() {
    std::vector<std::string> samples;
    for (const auto& entry : std::filesystem::directory_iterator{corpus_folder()}) {
        samples.push_back(sample(entry.path().stem().string()));
    }
    EXPECT_GT(samples.size(), 70U);
    return samples;
}

inline parsed parse_sample(std::string_view name) {
    auto read = parse(sample(name), sandaga);
    EXPECT_TRUE(read) << name;
    return read ? std::move(*read) : parsed{};
}

// The one event of a sample that has no other.
template <class Event>
Event only(std::string_view name) {
    auto read = parse_sample(name);
    EXPECT_TRUE(read.malformed.empty()) << read.malformed.at(0).reason;
    EXPECT_EQ(read.events.size(), 1U) << name;
    const auto* event = read.events.empty() ? nullptr : std::get_if<Event>(&read.events.front());
    EXPECT_NE(event, nullptr) << name;
    return event != nullptr ? *event : Event{};
}

// What its one message says.
template <class Content>
Content content_of(std::string_view name) {
    const auto message = only<inbound_message>(name);
    const auto* content = std::get_if<Content>(&message.content);
    EXPECT_NE(content, nullptr) << name << " is of kind " << message.content.index();
    return content != nullptr ? *content : Content{};
}

}  // namespace tertulia::adapters::whatsapp_cloud
