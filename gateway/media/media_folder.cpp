#include "gateway/media/media_folder.hpp"

#include "gateway/media/media_type.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using dialogs::rule;

constexpr std::size_t name_bytes_max = 80;
constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string text;
    for (const auto one : digest) {
        text += hex_digits[one >> 4U];
        text += hex_digits[one & 15U];
    }
    return text;
}

// Fit for an address as it stands.
bool is_plain_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= name_bytes_max &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

bool is_skipped(const fs::path& file) {
    const auto name = file.filename().string();
    return name.starts_with('.') || name.ends_with(".md") || name.ends_with(".txt");
}

std::optional<std::string> bytes_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream content;
    if (!in || !(content << in.rdbuf())) return std::nullopt;
    return std::move(content).str();
}

}  // namespace

std::vector<media_content> read_media_folder(
    const fs::path& folder, std::vector<dialogs::diagnostic>& problems
) {
    std::vector<media_content> all;
    const auto tell = [&](rule breaks, const fs::path& file, std::string what, std::string mend) {
        problems.push_back(
            {.breaks = breaks,
             .file = file.string(),
             .what = std::move(what),
             .mend = std::move(mend)}
        );
    };
    std::error_code error;
    if (!fs::exists(folder, error)) return all;
    std::uint64_t sum = 0;
    for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
        const auto& file = at->path();
        if (is_skipped(file)) continue;
        if (at->is_symlink() || !at->is_regular_file()) {
            tell(
                rule::bad_media, file, "this is no file", "media lie here themselves, in no folder"
            );
            continue;
        }
        const auto name = file.filename().string();
        if (!is_plain_name(name)) {
            tell(
                rule::bad_media,
                file,
                "this name does not fit an address",
                "use letters without accents, digits, '.', '_' and '-', 80 at most"
            );
            continue;
        }
        sum += at->file_size(error);
        if (error || sum > media_folder_bytes_max) break;
        auto bytes = bytes_of(file);
        if (!bytes) {
            tell(rule::unreadable, file, "cannot read this file", {});
            continue;
        }
        if (const auto unfit = unfit_to_send(*bytes); !unfit.empty()) {
            tell(
                rule::bad_media,
                file,
                std::string{unfit},
                "save it anew: a picture as JPEG or 24-bit PNG, a recording in mono"
            );
        }
        dialogs::media_file is{
            .name = name,
            .type = std::string{media_type_of(*bytes)},
            .bytes = bytes->size(),
            .hash = hash_of(*bytes)};
        all.push_back({.is = std::move(is), .bytes = std::move(*bytes)});
    }
    if (error) tell(rule::unreadable, folder, "cannot read this folder: " + error.message(), {});
    if (sum > media_folder_bytes_max) {
        tell(
            rule::too_large, folder, "these files have more than 64 MB in all", "make them smaller"
        );
    }
    std::sort(all.begin(), all.end(), [](const auto& left, const auto& right) {
        return left.is.name < right.is.name;
    });
    return all;
}

}  // namespace tertulia::gateway
