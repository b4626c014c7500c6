// A document before it has a form: headings, lines and tables, all in words already. Knows nothing
// of money or of whom it is about.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct paper_table {
    std::string title{};
    std::vector<std::string> lines{};   // below the title
    std::vector<std::string> header{};  // empty: no rows either
    std::vector<std::vector<std::string>> rows{};  // each as long as the header
    // Short things beside one another, `columns` of them, row by row; \n begins a line in one.
    std::vector<std::string> listed{};
    std::size_t columns{1};
};

enum class paper_style : std::uint8_t {
    easy,   // large letters, for whoever reads it on a telephone
    dense,  // small ones: a page that is signed and filed
};

struct paper {
    std::string title{};
    std::vector<std::string> lead{};
    std::vector<paper_table> tables{};
    std::vector<std::string> closing{};
    paper_style style{};
    std::string running{};  // at the head of every page after the first
};

// A PDF of A4 pages, as bytes; numbered where there are several. What is too long for its place goes
// on below, nothing is cut off. Its letters are those of Windows-1252 (Spanish, English, French and
// their like), for which every reader brings the font; any other is a question mark. Throws
// std::runtime_error where libharu fails.
[[nodiscard]] std::string pdf_of(const paper& what);

}  // namespace tertulia::gateway
