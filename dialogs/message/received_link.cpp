#include "dialogs/message/received_link.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia {
namespace {

constexpr std::string_view received_prefix = "received:";
// In the order of media_kind.
constexpr std::array<std::string_view, 6> kind_words{
    "image", "video", "audio", "voice_note", "document", "sticker"};

// Up to the next slash, which goes too; nothing: there is none.
std::optional<std::string_view> take_part(std::string_view& from) {
    const auto slash = from.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto part = from.substr(0, slash);
    from.remove_prefix(slash + 1);
    return part;
}

}  // namespace

std::string received_link(const received_ref& what) {
    return std::string{received_prefix} + std::to_string(what.by.value) + '/' +
           std::string{kind_words.at(static_cast<std::size_t>(what.kind))} + '/' + what.media_id;
}

std::optional<received_ref> read_received_link(std::string_view link) {
    if (!link.starts_with(received_prefix)) return std::nullopt;
    link.remove_prefix(received_prefix.size());
    const auto by = take_part(link);
    const auto kind = take_part(link);
    if (!by || !kind || link.empty()) return std::nullopt;
    received_ref out{.media_id = std::string{link}};
    const auto* end = by->data() + by->size();
    const auto [at, error] = std::from_chars(by->data(), end, out.by.value);
    if (error != std::errc{} || at != end || out.by.value < 0) return std::nullopt;
    const auto known = std::ranges::find(kind_words, *kind);
    if (known == kind_words.end()) return std::nullopt;
    out.kind = static_cast<media_kind>(known - kind_words.begin());
    return out;
}

}  // namespace tertulia
