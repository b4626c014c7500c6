// A ballot in words: what a member types, or says, while a vote of hers is open. Votes are secret, so
// such words are hers and ours alone, whatever becomes of them.

#pragma once

#include "dialogs/meetings/act.hpp"

#include <optional>
#include <string_view>

namespace tertulia::dialogs::meetings {

// "sí", "sii", "a favor", "against", "je m'abstiens": nothing else may be said in it.
[[nodiscard]] std::optional<ballot> ballot_in_words(std::string_view text);

// "sí, pero poco", "no gracias", a thumb: about the vote most likely, too unclear to be counted.
[[nodiscard]] bool may_be_ballot(std::string_view text);

}  // namespace tertulia::dialogs::meetings
