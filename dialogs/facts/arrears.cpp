#include "dialogs/facts/arrears.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia {
namespace {

money zero_of(const loan& of) noexcept {
    return {0, of.principal.currency};
}

bool met(const instalment& what) {
    return left_to_pay(what).minor == 0;
}

// Paid in full but with no day on record counts as in time: nobody is called late on a guess.
bool was_late(const instalment& what) {
    return !met(what) || (what.met_on && *what.met_on > what.due);
}

}  // namespace

money left_to_pay(const instalment& of) {
    const money left = of.total - of.paid;
    return left.minor > 0 ? left : money{0, of.total.currency};
}

money outstanding(const loan& of) {
    money sum = zero_of(of);
    for (const auto& each : of.schedule) sum = sum + left_to_pay(each);
    return sum;
}

money overdue(const loan& of, civil_date today) {
    money sum = zero_of(of);
    for (const auto& each : of.schedule) {
        if (each.due <= today) sum = sum + left_to_pay(each);
    }
    return sum;
}

int days_past_due(const loan& of, civil_date today) {
    int most = 0;
    for (const auto& each : of.schedule) {
        if (each.due < today && !met(each)) {
            most = std::max(most, days_between(each.due, today));
        }
    }
    return most;
}

bool is_late(std::span<const loan> all, civil_date today) {
    return std::ranges::any_of(all, [&](const loan& one) { return days_past_due(one, today) > 0; });
}

const instalment* next_instalment(const loan& of) {
    const auto at = std::find_if(of.schedule.begin(), of.schedule.end(), [](const auto& each) {
        return !met(each);
    });
    return at == of.schedule.end() ? nullptr : &*at;
}

int instalments_left(const loan& of) {
    return static_cast<int>(of.schedule.size()) - instalments_paid(of);
}

int instalments_paid(const loan& of) {
    return static_cast<int>(std::count_if(of.schedule.begin(), of.schedule.end(), met));
}

int late_of_last(const loan& of, int count, civil_date today) {
    int seen = 0;
    int late = 0;
    for (auto each = of.schedule.rbegin(); each != of.schedule.rend() && seen < count; ++each) {
        if (each->due >= today) continue;
        ++seen;
        if (was_late(*each)) ++late;
    }
    return late;
}

}  // namespace tertulia
