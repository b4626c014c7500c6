// What a credit agent who asks for a meeting in her chat is told: which group she means, and what has
// come of it.

#pragma once

#include "dialogs/engine/meeting_wish.hpp"
#include "gateway/meetings/meeting_desk.hpp"
#include "gateway/portfolio/group_roster.hpp"

#include <span>
#include <string>

namespace tertulia::gateway {

// The group she means; without an id, what she is told instead.
struct group_meant {
    std::string id{};
    dialogs::meetings::say instead{};
};

// By its id or its name, as she wrote it, of those she leads, backs up or supervises; the only one of
// hers where she wrote none. Threads and errors: the reader's.
[[nodiscard]] group_meant group_wished(
    const dialogs::wished_meeting& what,
    std::span<const staff_person> staff,
    group_roster_reader& groups,
    civil_date today
);

[[nodiscard]] dialogs::meetings::say said_of(const meeting_made& what);

}  // namespace tertulia::gateway
