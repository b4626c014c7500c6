#include "gateway/received/file_check.hpp"

#include "adapters/wire/digest.hpp"
#include "gateway/media/media_type.hpp"

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

constexpr std::array<std::chrono::seconds, media_tries_most - 1> waits{
    5s, 30s, 2min, 10min, 30min, 2h, 6h};

constexpr std::size_t sniffed_bytes = 64;

// Providers write a digest in base64 or in hex, and some in capitals.
bool is_digest(std::string_view declared, std::string_view digest) {
    if (declared.size() == digest.size() * 2) {
        const auto hex = adapters::hex_of(digest);
        return std::ranges::equal(declared, hex, [](char said, char is) {
            return (said >= 'A' && said <= 'F' ? static_cast<char>(said - 'A' + 'a') : said) == is;
        });
    }
    const auto decoded = adapters::from_base64(declared);
    return decoded && *decoded == digest;
}

}  // namespace

std::optional<instant> next_media_try(int tries, instant now) {
    if (tries < 1 || tries >= media_tries_most) return std::nullopt;
    return now + waits[static_cast<std::size_t>(tries - 1)];
}

checked_file check_file(
    const received_media& what, const adapters::media_step& fetched, std::string_view bytes
) {
    if (bytes.empty()) return {.trouble = "the file is empty"};
    if (fetched.bytes != 0 && static_cast<std::uint64_t>(fetched.bytes) != bytes.size()) {
        return {.trouble = "the file is not as long as announced"};
    }
    const auto digest = adapters::digest_of(adapters::hash_kind::sha256, bytes);
    for (const auto& declared : {what.sha256, fetched.sha256}) {
        if (!declared.empty() && !is_digest(declared, digest)) {
            return {.trouble = "the file is not the one announced: its sha256 is another"};
        }
    }
    const auto& declared = what.mime_type.empty() ? fetched.mime_type : what.mime_type;
    return {.type = type_to_serve(declared, bytes)};
}

std::string type_to_serve(std::string_view declared, std::string_view bytes) {
    const auto beginning = bytes.substr(0, sniffed_bytes);
    if (const auto known = media_type_of(beginning); !known.empty()) return std::string{known};
    if (beginning.starts_with("RIFF"sv) && beginning.size() > 12 &&
        beginning.substr(8).starts_with("WEBP"sv)) {
        return "image/webp";
    }
    if (beginning.size() > 12 && beginning.substr(4, 4) == "ftyp"sv) {
        if (beginning.substr(8, 3) == "3gp"sv) return "video/3gpp";
        return declared.starts_with("audio/") ? "audio/mp4" : "video/mp4";
    }
    return "application/octet-stream";
}

bool may_be_shown(std::string_view type) noexcept {
    return type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
}

}  // namespace tertulia::gateway
