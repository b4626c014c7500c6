// Whether what came is what was announced, what it is, and when to try again if it did not come.
// Pure.

#pragma once

#include "adapters/wire/media.hpp"
#include "dialogs/message/inbound.hpp"
#include "dialogs/message/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::gateway {

inline constexpr int media_tries_most = 8;

// After so many tries that failed; nothing: that was the last.
[[nodiscard]] std::optional<instant> next_media_try(int tries, instant now);

struct checked_file {
    std::string type{};     // to serve it as, by its content
    std::string trouble{};  // not empty: it is not the file that was announced; to be fetched again
};

// `declared` by the webhook and by the provider's answer to the walk; both are held against it.
[[nodiscard]] checked_file check_file(
    const received_media& what, const adapters::media_step& fetched, std::string_view bytes
);

// By its first bytes: any of media_type_of(), and webp, MP4 and 3GP videos. An MP4 that was declared
// to be sound is sound. Anything else is "application/octet-stream".
[[nodiscard]] std::string type_to_serve(std::string_view declared, std::string_view bytes);

// Whether a browser may show it where it stands; else it is a download.
[[nodiscard]] bool may_be_shown(std::string_view type) noexcept;

}  // namespace tertulia::gateway
