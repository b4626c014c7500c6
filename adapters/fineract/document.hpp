// JSON whose numbers keep the text they were written in: an amount such as 1234.560000 must reach
// us as those digits, and every ordinary parser makes a double of it.
//
// Every look-up answers "nothing" instead of failing: keys with null are left out by the server,
// and what a reader cannot do without is the reader's to say.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::fineract {

enum class node_kind : std::uint8_t { nothing, truth, number, text, list, object };

struct node {
    node_kind what{node_kind::nothing};  // JSON's null is nothing, too
    std::string name{};                  // the key it stands under in an object
    std::string text{};                  // a text; a number as written; "true" or "false"
    std::vector<node> inside{};          // of a list or an object, in order

    // The member of an object; a node of kind nothing where there is none.
    [[nodiscard]] const node& operator[](std::string_view key) const noexcept;

    [[nodiscard]] bool is(node_kind kind) const noexcept { return what == kind; }
    [[nodiscard]] bool yes() const noexcept { return is(node_kind::truth) && text == "true"; }
    // A whole number; also one written with zeros behind the point, or as a text of digits.
    [[nodiscard]] std::optional<std::int64_t> whole() const noexcept;
    // The text of a text or number; empty for all else.
    [[nodiscard]] std::string_view words() const noexcept;
};

inline constexpr std::size_t answer_bytes_max = 8UL * 1024 * 1024;
inline constexpr std::size_t nodes_max = 1'000'000;
inline constexpr std::size_t depth_max = 32;

// Nothing if it is not JSON (a cut-off answer is not), or beyond the bounds above.
[[nodiscard]] std::optional<node> read_document(std::string_view bytes);

// A digest of all it says, the order of keys included: equal while the row is unchanged.
[[nodiscard]] std::string fingerprint(const node& of);

}  // namespace tertulia::adapters::fineract
