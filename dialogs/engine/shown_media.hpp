// What a picture or a recording may be sent with, and as.

#pragma once

#include "dialogs/message/outbound.hpp"
#include "dialogs/script/answer_values.hpp"

namespace tertulia::dialogs {

// Sounds and stickers are shown without words: these go before them.
[[nodiscard]] bool takes_caption(const say_media& what) noexcept;

// An answer's file as it is sent on: a recording may be of any kind, so not as a voice note.
[[nodiscard]] media_kind media_of(typed_kind kind) noexcept;

}  // namespace tertulia::dialogs
