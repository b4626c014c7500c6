// How our texts should not sound: words of the bank, threats, "tú" to a client, sentences too long
// for their reader, shouting. Which words those are is the operators' (config/lint.yaml); here is
// how they are found in a message's pattern. Advice, never a reason not to start.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class lint_kind : std::uint8_t {
    jargon,         // there is a plainer word
    forbidden,      // threats, hurry, religion, comparisons: never to a client
    informal,       // tú and vos
    long_sentence,  // for whom it is written
    shouting,       // capitals, !!
};

// A word or several, as people write them: found whole, whatever their capitals. "amenaz*" finds
// every word that begins so.
struct lint_word {
    std::vector<std::string> words{};  // folded by lint_words()
    std::string instead{};             // of jargon: the word to use
    lint_kind kind{};
};
[[nodiscard]] std::vector<std::string> lint_words(std::string_view text);

// Of one language.
struct lint_list {
    std::vector<lint_word> words{};
    std::map<std::string, std::size_t, std::less<>> words_max{};  // by variant; "text": plain ones
};

struct lint_remark {
    lint_kind kind{};
    std::size_t offset{};  // in bytes of the pattern
    std::size_t length{};
    std::string instead{};
    std::size_t count{};  // of long_sentence: its words
    std::size_t most{};
};

// By offset. Arguments of the pattern are no words, but what stands in their branches is; in a
// sentence an argument counts as one word.
[[nodiscard]] std::vector<lint_remark> lint(
    const lint_list& by, std::string_view pattern, std::string_view variant
);

}  // namespace tertulia::dialogs
