// meetings/moderation.yaml: what the moderation of virtual meetings listens for, by language.
//
//   es: {insults: [pendej*], arrears: ["no ... pagado"], sales: [^vendo]}

#pragma once

#include "dialogs/moderation/lexicon.hpp"
#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"

#include <string>
#include <string_view>

namespace tertulia::dialogs {

struct moderation_source {
    std::string file{};
    meeting_lexicon words{};
};

inline constexpr std::string_view moderation_file = "moderation.yaml";
inline constexpr std::size_t meeting_phrases_max = 10'000;
inline constexpr std::size_t meeting_phrase_bytes_max = 100;

[[nodiscard]] const map_shape& moderation_shape();
[[nodiscard]] const map_shape& meeting_words_shape();  // of one language
[[nodiscard]] moderation_source read_moderation(const source_file& file, findings& into);

}  // namespace tertulia::dialogs
