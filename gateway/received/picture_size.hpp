// How large a picture is, by the first bytes of its file. Pure.

#pragma once

#include <optional>
#include <string_view>

namespace tertulia::gateway {

struct picture_size {
    int width{};
    int height{};
};

// Of a JPEG or PNG; nothing where the file does not say, or is neither.
[[nodiscard]] std::optional<picture_size> size_of_picture(std::string_view bytes) noexcept;

// No paper on it can be read: its longer side has less than readable_side pixels. A picture whose
// size is not known may be read.
inline constexpr int readable_side = 600;
[[nodiscard]] bool too_small_to_read(std::string_view bytes) noexcept;

}  // namespace tertulia::gateway
