// What WhatsApp posts: messages in Meta's envelope, in Meta's spelling (non-ASCII as \u escapes),
// signed over the bytes.

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::integration {

inline constexpr std::string_view app_secret = "test_app_secret";
inline constexpr std::string_view phone_number_id = "106540352242922";
inline constexpr std::string_view verify_token = "test_verify_token";

// "sha256=…" over the bytes.
[[nodiscard]] std::string signature_of(
    std::string_view body, std::string_view secret = app_secret
);

// An id nobody else gets in this process.
[[nodiscard]] std::string new_id();
[[nodiscard]] std::string id_of(const nlohmann::json& message);

// Someone writes. `from` is digits, as Meta writes them.
[[nodiscard]] nlohmann::json text_message(
    std::string_view from, std::string_view text, std::string id = new_id()
);
// She taps a button or a row of a list.
[[nodiscard]] nlohmann::json tap_message(
    std::string_view from, std::string_view choice_id, std::string_view title
);

// The body of one POST with these messages, in this order.
[[nodiscard]] std::string webhook_body(
    const std::vector<nlohmann::json>& messages, std::string_view to = phone_number_id,
    std::string_view field = "messages"
);

}  // namespace tertulia::integration
