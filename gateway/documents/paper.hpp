// A document before it has a form: headings, lines and tables, all in words already. Knows nothing
// of money or of whom it is about.

#pragma once

#include <string>
#include <vector>

namespace tertulia::gateway {

struct paper_table {
    std::string title{};
    std::vector<std::string> lines{};   // below the title
    std::vector<std::string> header{};  // empty: no rows either
    std::vector<std::vector<std::string>> rows{};  // each as long as the header
};

struct paper {
    std::string title{};
    std::vector<std::string> lead{};
    std::vector<paper_table> tables{};
    std::vector<std::string> closing{};
};

// A PDF of A4 pages, as bytes. Its letters are those of Windows-1252 (Spanish, English, French and
// their like), for which every reader brings the font; any other is a question mark. Throws
// std::runtime_error where libharu fails.
[[nodiscard]] std::string pdf_of(const paper& what);

}  // namespace tertulia::gateway
