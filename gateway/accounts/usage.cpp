#include "gateway/accounts/usage.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>

namespace tertulia::gateway {
namespace {

bool is_free(const usage_count& one) {
    return one.type.starts_with("free_") || (one.category == "service" && one.month < service_paid_from);
}

}  // namespace

std::string month_of(instant at) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
    std::array<char, 16> text{};
    (void)std::snprintf(
        text.data(), text.size(), "%04d-%02u", static_cast<int>(day.year()),
        static_cast<unsigned>(day.month())
    );
    return text.data();
}

std::vector<month_usage> usage_by_month(
    std::span<const usage_count> counts, const price_table& prices
) {
    std::map<std::string, month_usage, std::greater<>> months;
    for (const auto& one : counts) {
        auto& month = months[one.month];
        if (month.month.empty()) {
            month = {.month = one.month, .cost_complete = true};
            month.service_free_left = one.month < service_paid_from ? 0 : free_service_messages;
        }
        usage_line line{.category = one.category, .type = one.type, .count = one.count};
        if (!is_free(one)) {
            line.billed = one.count;
            if (one.category == "service") {
                const auto free = std::min(month.service_free_left, line.billed);
                month.service_free_left -= free;
                line.billed -= free;
            }
        }
        const auto price = prices.micros.find(one.category);
        if (line.billed == 0) {
            line.cost_micros = 0;
        } else if (price != prices.micros.end()) {
            line.cost_micros = price->second * line.billed;
        } else {
            month.cost_complete = false;
        }
        month.cost_micros += line.cost_micros.value_or(0);
        month.lines.push_back(std::move(line));
    }
    std::vector<month_usage> all;
    for (auto& [name, month] : months) all.push_back(std::move(month));
    return all;
}

}  // namespace tertulia::gateway
