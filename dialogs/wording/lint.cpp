#include "dialogs/wording/lint.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t shouted_letters_min = 4;  // shorter ones are names: PIN, SMS

struct token {
    std::size_t offset{};
    std::size_t length{};
    std::string folded{};
    std::size_t letters{};
    bool capitals{true};
};

UChar32 next_letter(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto offset = static_cast<int32_t>(at);
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(bytes, offset, static_cast<int32_t>(text.size()), letter);
    at = static_cast<std::size_t>(offset);
    return letter;
}

void append(std::string& to, UChar32 letter) {
    icu::UnicodeString(letter).toUTF8String(to);
}

// The words of text[from, to).
std::vector<token> tokens_of(std::string_view text, std::size_t from, std::size_t to) {
    std::vector<token> all;
    bool in_word = false;
    for (std::size_t at = from; at < to;) {
        const auto begin = at;
        const auto letter = next_letter(text, at);
        if (u_isalnum(letter) == 0) {
            in_word = false;
            continue;
        }
        if (!in_word) all.push_back({.offset = begin});
        in_word = true;
        auto& word = all.back();
        word.length = at - word.offset;
        append(word.folded, u_tolower(letter));
        ++word.letters;
        if (u_isupper(letter) == 0) word.capitals = false;
    }
    return all;
}

// Pieces of a pattern that are said, in order: between arguments, and in the branches of those.
// In an odd depth of braces stands the argument itself.
struct span {
    std::size_t from{};
    std::size_t to{};
    std::size_t depth{};
};

std::vector<span> said(std::string_view pattern) {
    std::vector<span> all;
    std::size_t depth = 0;
    std::size_t from = 0;
    const auto close = [&](std::size_t to) {
        if (depth % 2 == 0 && to > from) all.push_back({from, to, depth});
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{' && pattern[at] != '}') continue;
        close(at);
        if (pattern[at] == '{') {
            ++depth;
        } else if (depth > 0) {
            --depth;
        }
        from = at + 1;
    }
    close(pattern.size());
    return all;
}

// Words in a row have nothing between them but blanks and marks of bold.
bool follow(std::string_view text, const token& left, const token& right) {
    const auto from = left.offset + left.length;
    return text.substr(from, right.offset - from).find_first_not_of(" \n*_") ==
           std::string_view::npos;
}

bool matches(
    const lint_word& wanted, std::string_view text, const std::vector<token>& in, std::size_t at
) {
    if (at + wanted.words.size() > in.size()) return false;
    for (std::size_t i = 0; i < wanted.words.size(); ++i) {
        if (i > 0 && !follow(text, in[at + i - 1], in[at + i])) return false;
        const std::string_view word = wanted.words[i];
        const std::string_view is = in[at + i].folded;
        const bool same =
            word.ends_with('*') ? is.starts_with(word.substr(0, word.size() - 1)) : is == word;
        if (!same) return false;
    }
    return true;
}

class linter {
public:
    linter(const lint_list& by, std::string_view pattern, std::string_view variant)
        : by_(by), pattern_(pattern), variant_(variant.empty() ? "text" : variant) {}

    std::vector<lint_remark> run() {
        for (const auto& piece : said(pattern_)) {
            const auto words = tokens_of(pattern_, piece.from, piece.to);
            look_up(words);
            capitals(words);
            exclamations(piece);
        }
        sentences();
        std::stable_sort(all_.begin(), all_.end(), [](const auto& left, const auto& right) {
            return left.offset < right.offset;
        });
        return std::move(all_);
    }

private:
    void look_up(const std::vector<token>& words) {
        for (const auto& wanted : by_.words) {
            for (std::size_t at = 0; at < words.size(); ++at) {
                if (!matches(wanted, pattern_, words, at)) continue;
                const auto& last = words[at + wanted.words.size() - 1];
                all_.push_back(
                    {.kind = wanted.kind,
                     .offset = words[at].offset,
                     .length = last.offset + last.length - words[at].offset,
                     .instead = wanted.instead}
                );
            }
        }
    }

    void capitals(const std::vector<token>& words) {
        for (const auto& word : words) {
            const bool letters = std::none_of(word.folded.begin(), word.folded.end(), [](char c) {
                return c >= '0' && c <= '9';
            });
            if (!word.capitals || !letters || word.letters < shouted_letters_min) continue;
            all_.push_back(
                {.kind = lint_kind::shouting, .offset = word.offset, .length = word.length}
            );
        }
    }

    void exclamations(const span& piece) {
        for (std::size_t at = piece.from; at < piece.to; ++at) {
            if (pattern_[at] != '!') continue;
            auto end = at;
            while (end < piece.to && (pattern_[end] == '!' || pattern_[end] == '?')) ++end;
            if (end - at > 1) {
                all_.push_back({.kind = lint_kind::shouting, .offset = at, .length = end - at});
            }
            at = end;
        }
    }

    // Sentences end at . ! ? … and at a line's end; what an argument says is one word of its own.
    void sentences() {
        const auto most = words_max();
        if (!most) return;
        std::size_t depth = 0;
        std::optional<std::size_t> begin;
        std::size_t count = 0;
        bool in_word = false;
        std::size_t end = 0;
        const auto finish = [&] {
            if (begin && count > *most) {
                all_.push_back(
                    {.kind = lint_kind::long_sentence,
                     .offset = *begin,
                     .length = end - *begin,
                     .count = count,
                     .most = *most}
                );
            }
            begin.reset();
            count = 0;
            in_word = false;
        };
        for (std::size_t at = 0; at < pattern_.size();) {
            const auto here = at;
            const auto letter = next_letter(pattern_, at);
            if (letter == '{') {
                if (depth++ == 0) {
                    if (!begin) begin = here;
                    ++count;
                    in_word = false;
                }
            } else if (letter == '}') {
                if (depth > 0 && --depth == 0) end = at;
            } else if (depth == 0) {
                if (u_isalnum(letter) != 0) {
                    if (!begin) begin = here;
                    if (!in_word) ++count;
                    in_word = true;
                    end = at;
                } else {
                    in_word = false;
                    if (letter == '\n' || letter == 0x2026 || ends_sentence(letter, at)) finish();
                }
            }
        }
        finish();
    }

    // A variant may have several conditions, `nascent+sms`: the strictest counts, else the plain
    // text's.
    [[nodiscard]] std::optional<std::size_t> words_max() const {
        std::optional<std::size_t> least;
        const auto take = [&](std::string_view name) {
            const auto found = by_.words_max.find(name);
            if (found != by_.words_max.end())
                least = std::min(least.value_or(found->second), found->second);
        };
        for (auto rest = variant_; !rest.empty();) {
            const auto end = std::min(rest.find('+'), rest.size());
            take(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        if (!least) take("text");
        return least;
    }

    // A point inside "Q1.50" or "www.x" ends nothing.
    [[nodiscard]] bool ends_sentence(UChar32 letter, std::size_t next) const {
        if (letter != '.' && letter != '!' && letter != '?') return false;
        return next >= pattern_.size() || pattern_[next] == ' ' || pattern_[next] == '\n' ||
               pattern_[next] == '*';
    }

    const lint_list& by_;
    std::string_view pattern_;
    std::string_view variant_;
    std::vector<lint_remark> all_{};
};

}  // namespace

std::vector<std::string> lint_words(std::string_view text) {
    std::vector<std::string> all;
    for (auto& one : tokens_of(text, 0, text.size())) {
        const auto end = one.offset + one.length;
        if (end < text.size() && text[end] == '*') one.folded += '*';
        all.push_back(std::move(one.folded));
    }
    return all;
}

std::vector<lint_remark> lint(
    const lint_list& by, std::string_view pattern, std::string_view variant
) {
    return linter(by, pattern, variant).run();
}

}  // namespace tertulia::dialogs
