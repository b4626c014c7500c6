#include "gateway/portfolio/calling_code.hpp"

#include "dialogs/message/e164.hpp"

#include <algorithm>
#include <array>

namespace tertulia::gateway {
namespace {

// Where the institutions we know of work: calling code, and how many digits a number has at home.
struct country_plan {
    std::string_view country{};
    std::string_view code{};
    std::size_t shortest{};
    std::size_t longest{};
};
constexpr std::array<country_plan, 23> plans{{
    {"BO", "591", 8, 8},  {"BR", "55", 10, 11}, {"CD", "243", 9, 9},  {"CI", "225", 10, 10},
    {"CL", "56", 9, 9},   {"CO", "57", 10, 10}, {"CR", "506", 8, 8},  {"DO", "1", 10, 10},
    {"EC", "593", 8, 9},  {"ES", "34", 9, 9},   {"GT", "502", 8, 8},  {"HN", "504", 8, 8},
    {"HT", "509", 8, 8},  {"MX", "52", 10, 10}, {"NI", "505", 8, 8},  {"PA", "507", 7, 8},
    {"PE", "51", 9, 9},   {"PH", "63", 10, 10}, {"PY", "595", 9, 9},  {"SN", "221", 9, 9},
    {"SV", "503", 8, 8},  {"US", "1", 10, 10},  {"UY", "598", 8, 8},
}};

const country_plan* plan_of(std::string_view country) noexcept {
    const auto* const found = std::ranges::find(plans, country, &country_plan::country);
    return found == plans.end() ? nullptr : found;
}

}  // namespace

std::string_view calling_code_of(std::string_view country) noexcept {
    const auto* plan = plan_of(country);
    return plan == nullptr ? std::string_view{} : plan->code;
}

std::string e164_of(std::string_view written, std::string_view country) {
    constexpr std::string_view between = " -.()/";
    std::string digits;
    bool international = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char c = written[i];
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+' && digits.empty() && !international) {
            international = true;
        } else if (between.find(c) == std::string_view::npos) {
            return {};
        }
    }
    if (!international && digits.starts_with("00")) {
        international = true;
        digits.erase(0, 2);
    }
    const auto* plan = plan_of(country);
    if (!international && plan != nullptr) {
        const auto fits = [&](std::size_t size) {
            return size >= plan->shortest && size <= plan->longest;
        };
        if (fits(digits.size())) {
            digits.insert(0, plan->code);
            international = true;
        } else if (digits.starts_with(plan->code)) {
            international = fits(digits.size() - plan->code.size());
        }
    }
    auto out = "+" + digits;
    return international && is_e164(out) ? out : std::string{};
}

}  // namespace tertulia::gateway
