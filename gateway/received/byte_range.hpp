// The Range header of a request, RFC 9110 §14: one range of bytes. Several at once are more than any
// player needs and are answered with the whole.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia::gateway {

struct byte_range {
    std::uint64_t first{};
    std::uint64_t last{};  // included
    bool operator==(const byte_range&) const = default;
};

struct wanted_bytes {
    std::optional<byte_range> part{};  // nothing: the whole
    bool outside{};                    // 416: nothing of what is asked for exists
};

// What the header asks of something with so many bytes. What is not understood is ignored, as the
// RFC has it.
[[nodiscard]] wanted_bytes read_range(std::string_view header, std::uint64_t bytes);

}  // namespace tertulia::gateway
