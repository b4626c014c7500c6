// Ways of writing that hide a word from a filter, undone. For this folder only.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// As it looks: compatibility forms (𝐌𝐚𝐫𝐭𝐚, ５００), keycap digits (5️⃣), letters of other scripts
// that look like ours, signs nobody sees, and the letter O and l inside figures ("3OO", "l50").
[[nodiscard]] std::string as_it_looks(std::string_view text);

// As it is meant, of as_it_looks(): figures for letters ("d3b3"), and words spelt letter by letter
// ("d e b e", "m.a.r.t.a"), which are cut where `known` folded words stand in them. Other honest
// texts suffer from it, so it is a second reading beside the first, never the only one.
[[nodiscard]] std::string as_it_is_meant(std::string_view text, std::span<const std::string> known);

}  // namespace tertulia::dialogs
