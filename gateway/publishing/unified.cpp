// The lines two texts share, by the longest common subsequence, and hunks of three lines around
// what they do not.

#include "gateway/publishing/difference.hpp"

#include <algorithm>
#include <cstdint>

namespace tertulia::gateway {
namespace {

constexpr std::size_t table_cells_max = 16UL * 1024 * 1024;
constexpr std::size_t context = 3;

struct line_change {
    char mark{};  // ' ', '-', '+'
    std::string_view text{};
};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> all;
    while (!text.empty()) {
        const auto end = text.find('\n');
        all.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return all;
}

using view = const std::string_view*;

void add(char mark, view from, view to, std::vector<line_change>& out) {
    for (; from != to; ++from) out.push_back({mark, *from});
}

void compare_middle(view a, view a_end, view b, view b_end, std::vector<line_change>& out) {
    const auto rows = static_cast<std::size_t>(a_end - a);
    const auto columns = static_cast<std::size_t>(b_end - b);
    if (rows == 0 || columns == 0 || rows * columns > table_cells_max) {
        add('-', a, a_end, out);
        add('+', b, b_end, out);
        return;
    }
    // The longest common part from each pair of positions on.
    std::vector<std::uint32_t> common((rows + 1) * (columns + 1), 0);
    const auto at = [&common, columns](std::size_t row, std::size_t column) -> std::uint32_t& {
        return common[row * (columns + 1) + column];
    };
    for (auto row = rows; row-- > 0;) {
        for (auto column = columns; column-- > 0;) {
            at(row, column) = a[row] == b[column]
                                  ? at(row + 1, column + 1) + 1
                                  : std::max(at(row + 1, column), at(row, column + 1));
        }
    }
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows && column < columns) {
        if (a[row] == b[column]) {
            out.push_back({' ', a[row++]});
            ++column;
        } else if (at(row + 1, column) >= at(row, column + 1)) {
            out.push_back({'-', a[row++]});
        } else {
            out.push_back({'+', b[column++]});
        }
    }
    add('-', a + row, a_end, out);
    add('+', b + column, b_end, out);
}

std::vector<line_change> changes(
    const std::vector<std::string_view>& before, const std::vector<std::string_view>& after
) {
    const auto* a = before.data();
    const auto* a_end = a + before.size();
    const auto* b = after.data();
    const auto* b_end = b + after.size();
    std::vector<line_change> out;
    for (; a != a_end && b != b_end && *a == *b; ++a, ++b) out.push_back({' ', *a});
    auto tail = std::size_t{0};
    for (; a != a_end && b != b_end && a_end[-1] == b_end[-1]; --a_end, --b_end) ++tail;
    compare_middle(a, a_end, b, b_end, out);
    add(' ', a_end, a_end + tail, out);
    return out;
}

std::string range(std::size_t from, std::size_t count) {
    // An empty side names the line before it, as diff does.
    const auto first = count == 0 ? from : from + 1;
    return std::to_string(first) + (count == 1 ? std::string{} : "," + std::to_string(count));
}

}  // namespace

std::string unified(std::string_view name, std::string_view before, std::string_view after) {
    if (before == after) return {};
    const auto left = lines_of(before);
    const auto right = lines_of(after);
    const auto all = changes(left, right);
    std::string out = "--- ";
    out += before.empty() ? std::string{"/dev/null"} : "a/" + std::string{name};
    out += "\n+++ ";
    out += after.empty() ? std::string{"/dev/null"} : "b/" + std::string{name};
    out += '\n';
    std::size_t old_line = 0;
    std::size_t new_line = 0;
    std::size_t next = 0;
    const auto step = [&](const line_change& one) {
        if (one.mark != '+') ++old_line;
        if (one.mark != '-') ++new_line;
    };
    while (next < all.size()) {
        auto first = next;
        while (first < all.size() && all[first].mark == ' ') ++first;
        if (first == all.size()) break;
        const auto begin = std::max(next, first - std::min(first, context));
        for (; next < begin; ++next) step(all[next]);
        auto end = first;  // behind the last change of this hunk
        for (auto at = first; at < all.size() && at <= end + 2 * context; ++at) {
            if (all[at].mark != ' ') end = at + 1;
        }
        const auto stop = std::min(all.size(), end + context);
        const auto old_from = old_line;
        const auto new_from = new_line;
        std::string hunk;
        for (; next < stop; ++next) {
            step(all[next]);
            hunk += all[next].mark;
            hunk += all[next].text;
            hunk += '\n';
        }
        out += "@@ -" + range(old_from, old_line - old_from) + " +" +
               range(new_from, new_line - new_from) + " @@\n" + hunk;
    }
    return out;
}

}  // namespace tertulia::gateway
