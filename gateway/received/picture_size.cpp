#include "gateway/received/picture_size.hpp"

#include <algorithm>
#include <cstddef>

namespace tertulia::gateway {
namespace {

using namespace std::string_view_literals;

int byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<unsigned char>(bytes[at]);
}
int two_at(std::string_view bytes, std::size_t at) noexcept {
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

// IHDR is always first: four bytes each, big-endian; what has more than 32767 is no photograph.
std::optional<picture_size> of_png(std::string_view bytes) noexcept {
    if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR"sv) return std::nullopt;
    if (two_at(bytes, 16) != 0 || two_at(bytes, 20) != 0) return std::nullopt;
    return picture_size{two_at(bytes, 18), two_at(bytes, 22)};
}

// The first frame header: markers C0 to CF but for the tables C4, C8 and CC.
std::optional<picture_size> of_jpeg(std::string_view bytes) noexcept {
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (byte_at(bytes, at) != 0xff) return std::nullopt;
        const auto marker = byte_at(bytes, at + 1);
        if (marker == 0xff) {  // a fill byte
            ++at;
            continue;
        }
        const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
                           marker != 0xcc;
        if (frame) return picture_size{two_at(bytes, at + 7), two_at(bytes, at + 5)};
        if (marker == 0xda || marker == 0xd9) return std::nullopt;  // the picture, without a frame
        const auto length = static_cast<std::size_t>(two_at(bytes, at + 2));
        if (length < 2) return std::nullopt;
        at += 2 + length;
    }
    return std::nullopt;
}

}  // namespace

std::optional<picture_size> size_of_picture(std::string_view bytes) noexcept {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return of_png(bytes);
    if (bytes.starts_with("\xff\xd8\xff"sv)) return of_jpeg(bytes);
    return std::nullopt;
}

bool too_small_to_read(std::string_view bytes) noexcept {
    const auto size = size_of_picture(bytes);
    return size && std::max(size->width, size->height) < readable_side;
}

}  // namespace tertulia::gateway
