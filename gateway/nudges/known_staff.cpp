#include "gateway/nudges/known_staff.hpp"

#include "dialogs/understanding/normalise.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

constexpr std::size_t staff_told_most = 20;

}  // namespace

std::vector<staff_person> staff_in(
    SQLite::Database& database, std::span<const staff_person> colleagues
) {
    std::vector<staff_person> all;
    statement officers{database, "SELECT id, first_name, courtesy, phone FROM officers ORDER BY id"};
    for (rows found{officers}; found.next();) {
        all.push_back(
            {.id = "officer:" + std::string{found.text(0)},
             .name = std::string{found.text(2).empty() ? found.text(1) : found.text(2)},
             .phone = std::string{found.text(3)},
             .branch_id = {},
             .desks = {}}
        );
    }
    all.insert(all.end(), colleagues.begin(), colleagues.end());
    return all;
}

const staff_person* staff_called(std::span<const staff_person> staff, std::string_view said) {
    if (said.empty()) return nullptr;
    const auto whole = std::ranges::find(staff, said, &staff_person::id);
    if (whole != staff.end()) return &*whole;
    const auto name = dialogs::normalise(said);
    const staff_person* found = nullptr;
    for (const auto& one : staff) {
        const std::string_view id = one.id;
        if (id.substr(id.find(':') + 1) != said && dialogs::normalise(one.name) != name) continue;
        if (found != nullptr) return nullptr;
        found = &one;
    }
    return found;
}

bool is_same_person(const staff_person& one, const staff_person& other) noexcept {
    return one.id == other.id || (!one.phone.empty() && one.phone == other.phone);
}

std::string staff_named(std::span<const staff_person> staff) {
    std::string all;
    for (const auto& one : staff.first(std::min(staff.size(), staff_told_most))) {
        all += (all.empty() ? "" : ", ") + one.id;
    }
    if (staff.size() > staff_told_most) all += "…";
    return all.empty() ? "nobody: name them under institution.colleagues in the config" : all;
}

}  // namespace tertulia::gateway
