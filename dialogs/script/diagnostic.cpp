#include "dialogs/script/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t word_bytes_max = 64;  // longer words are no slips of a name
constexpr std::size_t slips_max = 3;

std::string_view line_of(std::string_view text, int line) noexcept {
    for (int at = 1; at < line; ++at) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
}

// Optimal string alignment: insertions, deletions, substitutions and swapped neighbours cost one.
// More than `most` is given as that much and one. Both are short: nothing is allocated, because a
// file with a slip in every state is compared with every name there is.
std::size_t distance(std::string_view left, std::string_view right, std::size_t most) {
    std::array<std::array<std::size_t, word_bytes_max + slips_max + 1>, 3> rows{};
    for (std::size_t j = 0; j <= right.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        const auto& before = rows[(i - 1) % 3];
        const auto& two_ago = rows[(i + 1) % 3];
        auto& now = rows[i % 3];
        now[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t change = left[i - 1] == right[j - 1] ? 0 : 1;
            now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + change});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                now[j] = std::min(now[j], two_ago[j - 2] + 1);
            }
            least = std::min(least, now[j]);
        }
        if (least > most + 1) return most + 1;  // a swap may still win one back
    }
    return rows[left.size() % 3][right.size()];
}

}  // namespace

bool begins_character(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

int characters_in(std::string_view text) noexcept {
    return static_cast<int>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string to_text(const diagnostic& of, std::string_view source_text) {
    std::string text = of.file;
    if (of.line > 0) {
        text += ':' + std::to_string(of.line) + ':' + std::to_string(std::max(of.column, 1));
    }
    text += of.level == severity::warning ? ": warning: " : ": ";
    text += of.what;
    text += " [";
    text += row_of(of.breaks).id;
    text += "]\n";

    const auto line = of.line > 0 ? line_of(source_text, of.line) : std::string_view{};
    if (line.empty()) {
        if (!of.mend.empty()) text += "     " + of.mend + '\n';
        return text;
    }
    text += "     ";
    text += line;
    text += "\n     ";
    // Tabs are kept, so that the caret stands below its word whatever a tab is worth.
    int column = 1;
    for (std::size_t i = 0; i < line.size() && column < of.column; ++i) {
        if (i > 0 && !begins_character(line[i])) continue;
        text += line[i] == '\t' ? '\t' : ' ';
        ++column;
    }
    text += '^';
    for (int i = 1; i < of.length; ++i) text += '~';
    if (!of.mend.empty()) text += "  " + of.mend;
    text += '\n';
    return text;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > word_bytes_max) return {};
    // A third of the letters may be wrong, at least one and at most three.
    const std::size_t near = std::clamp<std::size_t>(word.size() / 3, 1, slips_max);
    std::size_t best = std::numeric_limits<std::size_t>::max();
    const std::string* found = nullptr;
    for (const auto& candidate : candidates) {
        if (candidate.size() > word.size() + near || candidate.size() + near < word.size())
            continue;
        const auto apart = distance(word, candidate, near);
        if (apart <= near && apart < best && apart < candidate.size()) {
            best = apart;
            found = &candidate;
        }
    }
    return found == nullptr ? std::string{} : *found;
}

}  // namespace tertulia::dialogs
