// Does for meetings what no conversation can: makes the next one from the group's calendar, brings
// rosters and dues from the portfolio, tells a running meeting of payments that core banking has seen,
// and sees to it that what a meeting leaves behind is kept. A group's first meeting is asked for by a
// person: by create, or by its credit agent in her chat; from then on its calendar goes on by itself.
//
// Threads: one of its own, with a connection of its own. The ledger is asked on the writer thread.
// Errors: logged, and tried again at the next look; nothing is kept in memory that a restart would miss.

#pragma once

#include "dialogs/meetings/minutes.hpp"
#include "dialogs/script/script_set.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/meetings/meeting_archive.hpp"
#include "gateway/meetings/small_chats.hpp"
#include "gateway/store/meeting_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct meeting_desk_parts {
    std::string database{};
    meeting_ledger& ledger;
    inbox& to;
    std::function<std::shared_ptr<const dialogs::script_set>()> scripts{};  // from any thread
    std::function<std::vector<staff_person>()> staff{};  // on the writer thread
    dialogs::local_calendar calendar;
    const institution& house;
    std::function<instant()> clock{};
    std::chrono::milliseconds look_every{5'000};
    // What a meeting leaves behind, and how it is told at the next one.
    const meeting_archive& archive;
    // To core banking; it tells settled() once each is done with. Again after a restart.
    std::function<void(core_proposal)> propose{};
    // The provider's id of a file of media/, by which a voice note is sent; empty: it is not there.
    std::function<std::string(const std::string& audio_path)> voice_note{};
    // The provider's small groups; without it no meeting is held in one.
    small_chats* chats{};
    // On the writer thread: what webhooks have told of them. Null: nothing.
    std::function<const chats_known*()> known_chats{};
};

// A meeting that somebody asks for.
struct meeting_wish {
    std::string group_id{};
    std::optional<instant> start{};  // nothing: as the group's calendar has it
    std::string agenda{};            // its name; empty: the group's own
};
// Why none was made.
enum class meeting_trouble : std::uint8_t {
    none,
    ahead,      // the group has one ahead already
    no_group,   // there is no such group
    nobody,     // nobody is in it
    no_day,     // core banking has no day and hour of its next meeting, and none was said
    past,       // that hour is over
    unfit,      // no credit agent, no agenda, or a plan that does not hold
};
struct meeting_made {
    std::string room{};       // empty: none was made, because of
    meeting_trouble why{};
    std::string trouble{};    // what stands in its way, in words for who looks after the house
    std::string group{};      // as people call it; empty: there is none
    instant starts{};         // of the one that was made, or that is ahead already
    std::string note{};       // of one that was made: what is other than its agenda says
};

// Of each group the last meeting that was held to its end, whose minutes the next one reads out. What
// was put away, called off or broken off has none.
[[nodiscard]] std::vector<kept_meeting> last_held(std::span<const kept_meeting> latest_first);

class meeting_desk {
public:
    // Throws SQLite::Exception, newer_database.
    explicit meeting_desk(meeting_desk_parts with);
    ~meeting_desk();

    void start();
    void poke();  // a meeting wants something
    // Core banking is done with a write, whichever way. False: it was none of a meeting's.
    bool settled(std::string_view key);
    void stop();  // waits for the thread

    // From any thread; `made` is called on another, once the room is there or will not be.
    void create(meeting_wish what, std::function<void(meeting_made)> made);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tertulia::gateway
