// The page's files, embedded at build time by embed.cmake.

#pragma once

#include <string_view>

namespace tertulia::gateway::simulator {

[[nodiscard]] std::string_view web_index_html() noexcept;
[[nodiscard]] std::string_view web_phone_css() noexcept;
[[nodiscard]] std::string_view web_words_js() noexcept;
[[nodiscard]] std::string_view web_drawing_js() noexcept;
[[nodiscard]] std::string_view web_sms_js() noexcept;
[[nodiscard]] std::string_view web_groups_js() noexcept;
[[nodiscard]] std::string_view web_phone_js() noexcept;
[[nodiscard]] std::string_view web_meeting_html() noexcept;
[[nodiscard]] std::string_view web_meeting_css() noexcept;
[[nodiscard]] std::string_view web_meeting_js() noexcept;

}  // namespace tertulia::gateway::simulator
