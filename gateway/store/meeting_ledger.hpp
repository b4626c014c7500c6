// Meetings as they are kept: where each stands, what a desk has still to do for it, and its log, line
// by line. Written in the commit of the turn that changes a meeting; the session of its room says the
// same, and replaying the log must give it.
//
// Threads: the store's. Errors: as the store's.

#pragma once

#include "dialogs/engine/meeting_wish.hpp"
#include "dialogs/engine/room.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct kept_meeting {
    std::string room{};  // "G12/7"
    party_id party{};    // the room's own conversation
    std::string group_id{};
    int number{};
    instant starts{};
    dialogs::meetings::state stands{};
    instant changed_at{};
    // For a desk to do, until it says that it is done.
    bool wants_roster{};
    bool wants_write_back{};
    std::optional<instant> wants_another{};
};

struct meeting_log {
    dialogs::meetings::plan made_of{};
    std::vector<dialogs::meetings::line> lines{};
};

// That a credit agent asks for a meeting, and has not been answered.
struct kept_wish {
    std::int64_t id{};   // of its record
    party_id party{};    // whose conversation it was asked in
    instant at{};
    dialogs::wished_meeting what{};
};

enum class meeting_errand : std::uint8_t { roster, write_back, another };

class meeting_ledger {
public:
    meeting_ledger() = default;
    meeting_ledger(const meeting_ledger&) = delete;
    meeting_ledger& operator=(const meeting_ledger&) = delete;
    virtual ~meeting_ledger() = default;

    // Of one group, or of all where it is empty; those that start last first, at most `most`.
    [[nodiscard]] virtual std::vector<kept_meeting> meetings(
        std::string_view group_id, std::size_t most
    ) = 0;
    // Those that are not over, whatever their group; the soonest first.
    [[nodiscard]] virtual std::vector<kept_meeting> meetings_ahead() = 0;
    // Those a desk has something to do for.
    [[nodiscard]] virtual std::vector<kept_meeting> meetings_waiting() = 0;
    [[nodiscard]] virtual std::optional<kept_meeting> find_meeting(std::string_view room) = 0;
    // Nothing: there is no such meeting, or it was erased.
    [[nodiscard]] virtual std::optional<meeting_log> meeting_log_of(std::string_view room) = 0;
    // The oldest first.
    [[nodiscard]] virtual std::vector<kept_wish> meetings_wished(std::size_t most) = 0;
    virtual void meeting_errand_done(std::string_view room, meeting_errand which) = 0;
};

}  // namespace tertulia::gateway
