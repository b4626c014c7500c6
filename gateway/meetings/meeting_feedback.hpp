// What members said of their meetings, for who tunes the agendas: by agenda and version, so that a
// change of the file can be seen in the next meetings. Counts and words; nobody's name. Pure.

#pragma once

#include "dialogs/meetings/meeting.hpp"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct agenda_feedback {
    std::string agenda{};
    std::string version{};  // agenda_template::version
    int meetings{};
    int present{};          // members who came to them
    std::array<int, dialogs::meetings::rated_best> rated{};  // not good, so so, good
    std::vector<std::string> comments{};  // latest meeting first, at most comments_shown
    instant last_held{};
};
inline constexpr std::size_t comments_shown = 50;

// Of those that were closed and asked; the version held last comes first. Empty: any agenda.
[[nodiscard]] std::vector<agenda_feedback> feedback_of(
    std::span<const dialogs::meetings::meeting* const> all, std::string_view agenda
);
[[nodiscard]] nlohmann::json json_of(const agenda_feedback& of);

}  // namespace tertulia::gateway
