// An operator's YAML file as a small tree of our own, every part with its place. Stricter than
// YAML: no anchors, aliases or tags, no key twice, one document, bounded size and nesting. Scalars
// stay text: nothing here turns `no` into false or 1_000 into a number.

#pragma once

#include "dialogs/script/diagnostic.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t yaml_bytes_max =
    8 * 1024 * 1024;  // ten thousand states and their texts
inline constexpr std::size_t yaml_nodes_max = 1'000'000;
inline constexpr std::size_t yaml_depth_max = 24;

// Line and column from 1, column and length in characters.
struct place {
    int line{};
    int column{};
    int length{1};
};

struct yaml_entry;

struct yaml_node {
    enum class kind { nothing, scalar, list, map };
    kind is{kind::nothing};
    std::string text{};  // of a scalar
    bool plain{true};    // a scalar without quotes, on one line
    place at{};
    std::vector<yaml_node> items{};  // of a list
    // Of a map, in the order written. No {}: clang 14 wants the type complete for that.
    std::vector<yaml_entry> entries;

    [[nodiscard]] bool scalar() const noexcept { return is == kind::scalar; }
    [[nodiscard]] bool list() const noexcept { return is == kind::list; }
    [[nodiscard]] bool map() const noexcept { return is == kind::map; }
    // The value under `key` of a map, or nullptr.
    [[nodiscard]] const yaml_node* find(std::string_view key) const noexcept;
};

struct yaml_entry {
    std::string key{};
    place at{};
    yaml_node value{};
};

// Where the mistakes of one file are noted.
class findings {
public:
    findings(std::string file, std::vector<diagnostic>& into);
    void error(rule breaks, place at, std::string what, std::string mend = {});
    void warning(rule breaks, place at, std::string what, std::string mend = {});
    [[nodiscard]] const std::string& file() const noexcept { return file_; }

private:
    void note(rule breaks, severity level, place at, std::string&& what, std::string&& mend);
    std::string file_;
    std::vector<diagnostic>* into_;
};

// "config/messages/fr.yaml" -> "fr": a file's name is the name of what is in it.
[[nodiscard]] std::string stem_of(std::string_view path);

// "did you mean 'x'?", or empty.
[[nodiscard]] std::string mend_for(
    std::string_view word, const std::vector<std::string>& candidates
);

// Nothing, and the reason in `into`, when the file is not YAML as we want it. Of a key written
// twice the first counts. Never throws for what the file holds.
[[nodiscard]] std::optional<yaml_node> read_yaml(const source_file& file, findings& into);

// Line breaks to places: finds the character position of byte columns, and of bytes.
class line_index {
public:
    explicit line_index(std::string_view text);
    // `line` from 0, `column` in bytes from 0.
    [[nodiscard]] place at(int line, int column) const noexcept;
    [[nodiscard]] place at_byte(std::size_t offset) const noexcept;
    // The byte offset of a place; the end of the text when it lies behind.
    [[nodiscard]] std::size_t byte_of(place of) const noexcept;

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace tertulia::dialogs
