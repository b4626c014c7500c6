#include "dialogs/rehearsal/line_difference.hpp"

#include <algorithm>
#include <cstddef>

namespace tertulia::dialogs {

std::vector<std::string> line_difference(
    const std::vector<std::string>& expected, const std::vector<std::string>& came
) {
    // The longest common part from each pair of positions on.
    const auto rows = expected.size();
    const auto columns = came.size();
    std::vector<std::vector<std::size_t>> common(
        rows + 1, std::vector<std::size_t>(columns + 1, 0)
    );
    for (auto row = rows; row-- > 0;) {
        for (auto column = columns; column-- > 0;) {
            common[row][column] = expected[row] == came[column]
                                      ? common[row + 1][column + 1] + 1
                                      : std::max(common[row + 1][column], common[row][column + 1]);
        }
    }
    std::vector<std::string> made;
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows || column < columns) {
        if (row < rows && column < columns && expected[row] == came[column]) {
            made.push_back("  " + expected[row++]);
            ++column;
        } else if (column == columns || (row < rows && common[row + 1][column] >= common[row][column + 1])) {
            made.push_back("- " + expected[row++]);
        } else {
            made.push_back("+ " + came[column++]);
        }
    }
    return made;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> all;
    for (;;) {
        const auto end = text.find('\n');
        all.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

}  // namespace tertulia::dialogs
