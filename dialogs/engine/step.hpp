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

// Whom of the clients on file for her numbers she is: the only one, or of several the one she said
// and has gone on as; nullptr: not known. Points into `known`.
[[nodiscard]] const client_facts* who_writes(
    const session& at, const facts& known, instant now
) noexcept;

struct step_trace;  // dialogs/engine/step_trace.hpp

enum facts_part : std::uint32_t {
    read_client = 1,
    read_loans = 2,
    read_officer = 4,
    read_phones = 8,
    read_points = 16,
    read_desk = 32,  // the conversation's number, and who of the staff she is
    read_requests = 64,  // what became of applications
    read_savings = 128,
    read_recommended = 256  // whom she has recommended, and whose code she wrote
};

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

// What the next text is a secret of, which must not be stored: the gateway compares and erases it
// before the turn. Cheap: called for every text of every batch.
enum class secret_kind : std::uint8_t {
    none,
    pin,   // of the client who_writes() names
    code,  // of session.proving
};
[[nodiscard]] secret_kind awaited_secret(const script_set& scripts, const session& at);
[[nodiscard]] inline bool awaits_secret(const script_set& scripts, const session& at) {
    return awaited_secret(scripts, at) != secret_kind::none;
}

}  // namespace tertulia::dialogs
