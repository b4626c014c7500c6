// The names `tertulia guard` listens for.

#pragma once

#include "dialogs/moderation/roster.hpp"
#include "gateway/config/config.hpp"

#include <istream>
#include <string>

namespace tertulia::gateway {

struct roster_read {
    dialogs::meeting_roster names{};
    std::string problem{};  // empty when all is well; else with the line and the mend
};

// One person a line, see meeting_roster::add(); empty lines and those with a # are left out.
[[nodiscard]] roster_read read_roster(std::istream& in);

// The members of every group of the portfolio; nobody where there is none yet.
[[nodiscard]] dialogs::meeting_roster roster_on_file(const config& settings);

}  // namespace tertulia::gateway
