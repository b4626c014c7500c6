#include "gateway/media/media_type.hpp"

#include <cstddef>

namespace tertulia::gateway {
namespace {

using namespace std::string_view_literals;

unsigned byte(std::string_view from, std::size_t at) noexcept {
    return at < from.size() ? static_cast<unsigned char>(from[at]) : 0U;
}

// The eleven bits every frame of MPEG audio begins with; the layer bits after them are zero in
// ADTS.
bool is_frame(std::string_view from) noexcept {
    return byte(from, 0) == 0xFFU && (byte(from, 1) & 0xE0U) == 0xE0U;
}

}  // namespace

std::string_view media_type_of(std::string_view beginning) noexcept {
    if (beginning.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
    if (beginning.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
    if (beginning.starts_with("%PDF-"sv)) return "application/pdf";
    // The first page of an Ogg stream holds one packet, at byte 28.
    if (beginning.starts_with("OggS"sv)) {
        return beginning.substr(beginning.size() < 28 ? beginning.size() : 28)
                       .starts_with("OpusHead"sv)
                   ? "audio/ogg"sv
                   : ""sv;
    }
    if (beginning.starts_with("#!AMR"sv)) return "audio/amr";
    if (beginning.size() > 12 && beginning.substr(4, 7) == "ftypM4A"sv) return "audio/mp4";
    if (beginning.starts_with("ID3"sv)) return "audio/mpeg";
    if (is_frame(beginning)) {
        const auto layer = (byte(beginning, 1) >> 1U) & 3U;
        if (layer == 0) return "audio/aac";
        if (layer == 1) return "audio/mpeg";
    }
    return {};
}

std::string_view unfit_to_send(std::string_view beginning) noexcept {
    const auto type = media_type_of(beginning);
    // Behind its signature the first chunk of a PNG: 13 octets, the 9th and 10th are depth and kind.
    if (type == "image/png" && beginning.size() > 25) {
        const bool colours = byte(beginning, 25) == 2 || byte(beginning, 25) == 6;
        if (byte(beginning, 24) != 8 || !colours) {
            return "WhatsApp takes PNG of 8 bits a colour only, RGB or RGBA";
        }
    }
    // "OpusHead", a version, then how many channels.
    if (type == "audio/ogg" && byte(beginning, 37) > 1) {
        return "WhatsApp takes OGG of one channel only";
    }
    return {};
}

}  // namespace tertulia::gateway
