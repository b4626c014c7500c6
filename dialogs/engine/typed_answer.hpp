// What she wrote or sent, read as an answer of the kinds a question expects. Reads nothing that may
// mean two things: two amounts, figures of two readings, a day that has passed.

#pragma once

#include "dialogs/message/inbound.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/understanding/entities.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tertulia::dialogs {

// Something sent: a place, a picture, a document, a voice note.
[[nodiscard]] std::optional<typed_answer> read_sent(
    std::span<const typed_kind> kinds, const inbound_content& sent
);

// Her words. The kinds are tried in their order.
[[nodiscard]] std::optional<typed_answer> read_words(
    std::span<const typed_kind> kinds, std::string_view text, const reading_rules& rules
);

// A name or a text: nearly anything would be one, so what means something else goes before.
[[nodiscard]] bool takes_any_words(std::span<const typed_kind> kinds) noexcept;

}  // namespace tertulia::dialogs
