// Which of many short descriptions a text speaks of, by the words they share: "cerca del mercado la
// democrasia" speaks of "3a calle 2-10, frente al mercado La Democracia". A word counts the more the
// fewer descriptions hold it; a slip in a word of five letters or more does not matter, words that
// only point ("cerca de", "near") count for nothing. Made once, immutable, shared between threads.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tertulia::dialogs {

class word_index {
public:
    word_index() = default;
    explicit word_index(const std::vector<std::string>& descriptions);

    // Those that hold most of what her words weigh, all that hold as much, in their order. Nothing
    // where that is less than `share_least` of it, or where her rarest word is said of more than
    // `told_most`: then it says nothing.
    [[nodiscard]] std::vector<std::uint32_t> meant(std::string_view text) const;

    static constexpr double share_least = 0.6;
    static constexpr std::size_t told_most = 2'000;

private:
    using list = std::vector<std::uint32_t>;  // numbers, rising
    struct heard {
        std::vector<const list*> in{};  // of the word itself, or of those it may be misspelt
        std::size_t count{};            // descriptions, at most
        double weight{};
    };
    [[nodiscard]] heard hear(const std::string& word) const;
    [[nodiscard]] std::vector<heard> words_in(std::string_view text) const;
    [[nodiscard]] double weight_of(std::size_t count) const noexcept;

    std::size_t count_{};
    std::unordered_map<std::string, list> holds_{};  // by word, folded
    // By what is left of a long word when a letter is taken out: the words it may be.
    std::unordered_map<std::string, std::vector<std::string>> shortened_{};
};

}  // namespace tertulia::dialogs
