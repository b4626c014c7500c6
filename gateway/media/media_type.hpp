// What a file is, by its first bytes: a name can say anything.

#pragma once

#include <string_view>

namespace tertulia::gateway {

// "image/png", "image/jpeg", "audio/ogg" (Opus in it), "audio/mpeg", "audio/aac", "audio/amr",
// "audio/mp4" or "application/pdf"; empty for anything else. 64 bytes are enough to tell.
[[nodiscard]] std::string_view media_type_of(std::string_view beginning) noexcept;

// Why WhatsApp would not take a file of a type it otherwise takes; empty: no reason is seen.
[[nodiscard]] std::string_view unfit_to_send(std::string_view beginning) noexcept;

}  // namespace tertulia::gateway
