// The one function that moves a conversation. Pure: the same arguments give the same answer, which
// is what replay, the crash tests and the simulation stand on.

#pragma once

#include "dialogs/engine/effect.hpp"
#include "dialogs/engine/event.hpp"
#include "dialogs/engine/session.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/script/script_set.hpp"

#include <cstdint>
#include <vector>

namespace tertulia::dialogs {

struct outcome {
    session next{};
    std::vector<effect> effects{};
    std::uint32_t facts_read{};  // bits of facts_part: what the journal must keep for a replay
    std::vector<std::vector<found_point>> found{};  // by each look-up of places, with read_points
};

struct step_trace;  // dialogs/engine/step_trace.hpp

enum facts_part : std::uint32_t { read_client = 1, read_loans = 2, read_officer = 4, read_points = 8 };

// `scripts` is the set the session runs on; for a session with no frames (or whose set no longer
// loads) the current one. A session of another set than `scripts` is moved to it where that
// declares how (migrate.hpp), else told so kindly and at the menu. `seed` is the only source of chance. Throws script_broken (a std::logic_error) where an
// assertion of ours fails: the caller makes the event a dead letter and keeps `from`. Nothing the
// person typed can cause that. What was gone through is added to `trace` if there is one; it
// changes nothing.
[[nodiscard]] outcome step(
    const script_set& scripts,
    const session& from,
    const event& what,
    const facts& known,
    instant now,
    std::uint64_t seed,
    step_trace* trace = nullptr
);

// True while the next text is a secret that must not be stored: the gateway compares and erases it
// before the turn. Cheap: called for every text of every batch.
[[nodiscard]] bool awaits_secret(const script_set& scripts, const session& at);

}  // namespace tertulia::dialogs
