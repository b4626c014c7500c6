#include "gateway/documents/csv_field.hpp"

namespace tertulia::gateway {

std::string csv_field(std::string_view text) {
    constexpr std::string_view formulas = "=+-@\t\r";
    const bool formula = !text.empty() && formulas.find(text.front()) != std::string_view::npos;
    std::string out{"\""};
    if (formula) out += '\'';
    for (const char one : text) {
        if (one == '"') out += '"';
        out += one;
    }
    return out + '"';
}

}  // namespace tertulia::gateway
