#include "adapters/ledger/problem.hpp"

#include <algorithm>

namespace tertulia::adapters::ledger {
namespace {

constexpr std::size_t quoted_bytes_max = 60;

// Levenshtein's distance over bytes; both sides are short (a column name, and a cut header).
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[right.size()];
}

}  // namespace

std::string text_of(const problem& what) {
    std::string out = what.file;
    if (what.number != 0) {
        out += what.is_record ? ", record " : ":";
        out += std::to_string(what.number);
    }
    out += ": ";
    if (!what.column.empty()) out += what.column + ": ";
    out += what.what;
    if (!what.mend.empty()) out += "; " + what.mend;
    return out;
}

void problem_list::add(
    const place& at, std::string_view column, std::string what, std::string mend
) {
    ++count_;
    if (first_.size() == problems_max) return;
    first_.push_back(
        {.file = std::string{at.file},
         .number = at.number,
         .is_record = at.is_record,
         .column = std::string{column},
         .what = std::move(what),
         .mend = std::move(mend)}
    );
}

std::string shown(std::string_view text) {
    std::string out = "'";
    std::size_t end = std::min(text.size(), quoted_bytes_max);
    // Never cut inside a UTF-8 sequence.
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U
    ) {
        --end;
    }
    for (const char c : text.substr(0, end)) {
        out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c);
    }
    out += end < text.size() ? "…'" : "'";
    return out;
}

std::string_view nearest(std::string_view wrong, const std::vector<std::string_view>& words) {
    constexpr std::size_t typos_max = 2;
    std::string_view best{};
    std::size_t least = typos_max + 1;
    for (const auto word : words) {
        // Longer than this on either side cannot be within reach, and bounds the work.
        if (wrong.size() > word.size() + typos_max || word.size() > wrong.size() + typos_max) {
            continue;
        }
        const auto apart = distance(wrong, word);
        if (apart < least && apart < word.size()) {
            least = apart;
            best = word;
        }
    }
    return best;
}

}  // namespace tertulia::adapters::ledger
