// The frames of tests/corpus/smpp, and hexadecimal to write others with.

#pragma once

#include "adapters/smpp/pdu.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace tertulia::adapters::smpp {

inline std::string sample(const std::string& name) {
    const auto path = testing_files::source_folder().string() + "/tests/corpus/smpp/" + name + ".bin";
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

// Blanks are left out.
inline std::string octets_of_hex(std::string_view hex) {
    std::string octets;
    std::string pair;
    for (const char digit : hex) {
        if (digit == ' ') continue;
        pair += digit;
        if (pair.size() < 2) continue;
        octets += static_cast<char>(std::stoi(pair, nullptr, 16));
        pair.clear();
    }
    return octets;
}

inline std::string hex_of_octets(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char octet : octets) {
        hex += digits[static_cast<std::uint8_t>(octet) >> 4U];
        hex += digits[static_cast<std::uint8_t>(octet) & 15U];
    }
    return hex;
}

inline pdu decoded(std::string_view frame) {
    auto read = decode(frame);
    EXPECT_TRUE(read) << read.error().message();
    return read ? *read : pdu{};
}

inline message_body message_in(const std::string& name) {
    auto read = decoded(sample(name));
    auto* body = std::get_if<message_body>(&read.body);
    EXPECT_NE(body, nullptr) << name;
    return body == nullptr ? message_body{} : std::move(*body);
}

}  // namespace tertulia::adapters::smpp
