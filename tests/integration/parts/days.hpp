// Days as the files and commands of these tests write them.

#pragma once

#include <array>
#include <chrono>
#include <cstdio>
#include <string>

namespace tertulia::integration {

// "2026-11-28".
[[nodiscard]] inline std::string iso(std::chrono::sys_days day) {
    const std::chrono::year_month_day at{day};
    std::array<char, 16> text{};
    (void)std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(at.year()),
        static_cast<unsigned>(at.month()), static_cast<unsigned>(at.day())
    );
    return text.data();
}

}  // namespace tertulia::integration
