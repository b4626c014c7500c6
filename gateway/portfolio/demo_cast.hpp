// The well-known people of the demonstration: who they are and what they owe, the same on every
// day. config/demo/README.md tells it to people; the two change together.

#pragma once

#include "gateway/portfolio/demo_generator.hpp"
#include "gateway/portfolio/demo_loans.hpp"

#include <vector>

namespace tertulia::gateway::demo {

struct cast_member {
    client who{};
    std::vector<loan_plan> loans{};
    std::vector<savings_account> savings{};
    std::string pin{};
    std::string note{};
};

// Their groups are the first of the demonstration's, in the order of cast_groups().
[[nodiscard]] std::vector<cast_member> cast();

// Rhythm and next meeting of those groups, which their loans follow.
struct cast_group {
    std::string rhythm{};
    int days_apart{};
    int next_in_days{};
};
[[nodiscard]] std::vector<cast_group> cast_groups();

inline constexpr auto stranger_phone = "+50255500199";

}  // namespace tertulia::gateway::demo
