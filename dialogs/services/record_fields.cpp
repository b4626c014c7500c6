#include "dialogs/services/record_fields.hpp"

#include <algorithm>

namespace tertulia::dialogs {

std::string record_fields(std::vector<std::string> fields) {
    std::string all;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::ranges::replace(fields[i], '|', '/');
        all += (i == 0 ? "" : "|") + fields[i];
    }
    return all;
}

std::vector<std::string> fields_of_record(std::string_view detail) {
    std::vector<std::string> all;
    for (;;) {
        const auto bar = detail.find('|');
        all.emplace_back(detail.substr(0, bar));
        if (bar == std::string_view::npos) return all;
        detail.remove_prefix(bar + 1);
    }
}

std::string minor_units(const money& of) {
    if (of.minor == 0) return {};
    return std::to_string(of.minor) + " " + std::string{of.currency.view()};
}

}  // namespace tertulia::dialogs
