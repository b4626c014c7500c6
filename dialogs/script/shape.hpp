// What may stand in a file that people write: the keys of each of its maps, what each holds, and a
// sentence about it. One table for three: a reader refuses every key that is not in it, `tertulia
// schema` prints it for editors, and a mistake is answered with its keys. What a value must be
// beyond its form (does that state exist?) is the reader's and the compiler's business.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct map_shape;
// A function, so that shapes may hold one another.
using map_shape_of = const map_shape& (*)();

struct value_shape {
    enum class form : std::uint8_t {
        text,     // any scalar; with `pattern` one that it matches
        word,     // one of `words`
        whole,    // from `least` to `most`
        truth,    // true or false
        nothing,  // left empty
        list,     // of parts.front(), from `least` to `most` of them
        entries,  // keys that match `pattern`, each with a parts.front()
        map,
        either,  // one of `parts`
    };
    form is{form::text};
    std::string pattern{};  // an ECMAScript regular expression, of the whole text
    std::vector<std::string> words{};
    std::int64_t least{};
    std::int64_t most{};
    map_shape_of map{};
    std::vector<value_shape> parts{};
};

enum class need : std::uint8_t { may, must };

struct key_shape {
    std::string key{};
    value_shape value{};
    std::string about{};
    need is{need::may};
};

struct map_shape {
    std::string name{};  // of no other shape of its file
    std::vector<key_shape> keys{};
    // Beside the keys: those that match this, each with `other`. Empty: none.
    std::string pattern{};
    value_shape other{};

    [[nodiscard]] std::vector<std::string> names() const;
};

// ---- to write them with

[[nodiscard]] value_shape a_text(std::string pattern = {});
[[nodiscard]] value_shape a_word(std::vector<std::string> words);
[[nodiscard]] value_shape a_whole(std::int64_t least, std::int64_t most);
[[nodiscard]] value_shape a_truth();
[[nodiscard]] value_shape nothing();
[[nodiscard]] value_shape a_list(
    value_shape of, std::int64_t least = 1, std::int64_t most = 1'000'000
);
// One, or a list of them.
[[nodiscard]] value_shape one_or_more(const value_shape& of);
[[nodiscard]] value_shape entries_of(value_shape of, std::string names = {});
[[nodiscard]] value_shape a_map(map_shape_of shape);
[[nodiscard]] value_shape either(std::vector<value_shape> parts);

// Keys one after the other, for maps that have some in common.
[[nodiscard]] std::vector<key_shape> operator+(
    std::vector<key_shape> first, const std::vector<key_shape>& second
);

}  // namespace tertulia::dialogs
