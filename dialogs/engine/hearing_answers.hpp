// What someone wrote or sent at a question whose answer is kept: the answer, or what is said beside
// it. Each is true if that was it, and then the talk has moved.

#pragma once

#include "dialogs/engine/talk.hpp"
#include "dialogs/message/inbound.hpp"

#include <optional>
#include <string_view>

namespace tertulia::dialogs {

// "no, mejor 3000", of an answer given before.
[[nodiscard]] bool hear_correction(talk& at, std::string_view text);
// "?", "¿por qué?", "atrás", "no tengo", where the question has something to do then.
[[nodiscard]] bool hear_aside(talk& at, std::string_view text);
[[nodiscard]] bool hear_typed(talk& at, std::string_view text);
// What a form of the provider's gives for a field; nothing: it is no answer to it.
[[nodiscard]] std::optional<typed_answer> read_form_answer(
    talk& at, const program_state& field, std::string_view text
);
[[nodiscard]] bool hear_sent(talk& at, const inbound_content& sent);

}  // namespace tertulia::dialogs
