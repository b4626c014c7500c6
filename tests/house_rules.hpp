// The house's rules about source text, as functions of the text: nothing here reads a file. Every
// finding says what to do instead, for whoever meets it first is not the one who made the rule.

#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::house_rules {

struct finding {
    std::string path{};  // from the repository root
    int line{};          // 0: the whole file or folder
    std::string what{};  // and what to do instead

    bool operator==(const finding&) const = default;
};

// The same text with comments and the insides of literals as blanks; lines stay where they are.
[[nodiscard]] std::string without_comments_and_literals(std::string_view source);

struct include_line {
    int line{};
    std::string path{};  // as written between the quotes or angle brackets
    bool ours{};         // in quotes

    bool operator==(const include_line&) const = default;
};
[[nodiscard]] std::vector<include_line> includes_of(std::string_view source);

// "dialogs/engine/step.hpp" -> "dialogs/engine"; a file at the top has the empty folder.
[[nodiscard]] std::string folder_of(std::string_view path);

// What tertulia_folder() of a CMakeLists.txt names after LINKS and PRIVATE_LINKS. Empty too if it
// has no tertulia_folder(): is_library tells.
struct link_list {
    bool is_library{};
    std::set<std::string> targets{};
};
[[nodiscard]] link_list links_of(std::string_view cmake);

// By folder of the library, "dialogs/engine".
using link_lists = std::map<std::string, link_list>;

// dialogs/ and adapters/ take what they need as arguments: no socket, thread, clock, file, random.
[[nodiscard]] std::vector<finding> impurities(const std::string& path, std::string_view source);

// An included folder stands in the including folder's own link list.
[[nodiscard]] std::vector<finding> unlinked_includes(
    const std::string& path, std::string_view source, const link_lists& lists
);

// gateway -> dialogs, gateway -> adapters, adapters -> dialogs/message and dialogs/facts; the same
// of link lists.
[[nodiscard]] std::vector<finding> upward_includes(
    const std::string& path, std::string_view source
);
[[nodiscard]] std::vector<finding> upward_links(const std::string& folder, const link_list& linked);

// Beast stays behind gateway/http.
[[nodiscard]] std::vector<finding> stray_beast(const std::string& path, std::string_view source);

// Marks of unfinished work, in any text.
[[nodiscard]] std::vector<finding> unfinished(const std::string& path, std::string_view text);

// The names at the top of the repository: those missing, and those too many unless git ignores
// them.
[[nodiscard]] std::vector<finding> top_level(
    const std::set<std::string>& there, std::string_view gitignore
);

// A message we begin ourselves (it has a `template:`) says who writes: her officer, with the
// branch, or the person who has her case. Row A of the life of a client; not those to colleagues
// (desk.), nor what is kept neutral because her telephone may be in other hands (referral_news.).
[[nodiscard]] std::vector<finding> anonymous_templates(
    const std::string& path, std::string_view messages
);

}  // namespace tertulia::house_rules
