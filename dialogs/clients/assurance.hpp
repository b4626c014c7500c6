// How sure we are who someone is, and the rules of the PIN. Pure: every instant is an argument.
//
//   L0  any number
//   L1  the number is on file for exactly one client; a fact of the portfolio, not kept here
//   L2  L1 and her PIN; lapses after 15 minutes idle, 12 hours in all, or when the number's client
//       is another one
//
// A number in doubt is L0, whoever it is on file for: after a change of number, device or account
// key, when core banking has given the number to another client, and after 90 days of silence. Her
// PIN ends the doubt, or the branch does.
//
// Five wrong PINs in a row close the PIN for 30 minutes, ten until the branch opens it again; a
// right one forgets them. A change of number or device closes L2 for 72 hours. The PIN itself and
// its hash are the gateway's; here only the answer of the comparison arrives.

#pragma once

#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// The assurance a person has reached, kept in her session.
struct assurance {
    instant verified_at{};     // L2 since; epoch: never
    instant last_active_at{};  // of the last message while L2 held
    std::string client_id{};   // whom she proved to be
    std::uint32_t wrong_pins{};
    instant pin_locked_until{};
    bool branch_only{};      // ten wrong PINs: only the branch can open it again
    instant frozen_until{};  // after a number change L2 stays shut until then
    bool doubted{};          // the number may be another person's by now
    std::string owner{};     // the client it was on file for when there was no doubt
    bool operator==(const assurance&) const = default;
};

inline constexpr std::uint32_t wrong_pins_before_lock = 5;
inline constexpr std::uint32_t wrong_pins_max = 10;
inline constexpr milliseconds pin_lock = std::chrono::minutes{30};
inline constexpr milliseconds proof_idle_max = std::chrono::minutes{15};
inline constexpr milliseconds proof_age_max = std::chrono::hours{12};
inline constexpr milliseconds number_change_freeze = std::chrono::hours{72};
inline constexpr milliseconds silence_max = std::chrono::hours{90 * 24};

enum class assurance_level : std::uint8_t { unknown, known, verified };

// `client_id`: the one client on file for her number; empty when there is none or more than one.
[[nodiscard]] assurance_level level_of(
    const assurance& proof, std::string_view client_id, instant now
) noexcept;

// Whether a PIN may be asked for now.
enum class pin_gate : std::uint8_t { open, locked, branch_only, none_set };
[[nodiscard]] pin_gate gate_of(const assurance& proof, bool has_pin, instant now) noexcept;

// Until when no PIN opens anything: the lock or the freeze, whichever ends later.
[[nodiscard]] std::optional<instant> shut_until(const assurance& proof, instant now) noexcept;

// Wrong PINs that still do not close it.
[[nodiscard]] std::int64_t tries_left(const assurance& proof) noexcept;

// What becomes of a PIN that was compared while the gate was open.
enum class pin_verdict : std::uint8_t { right, wrong, locked, branch_only };
[[nodiscard]] pin_verdict pin_was_right(assurance& proof, std::string_view client_id, instant now);
[[nodiscard]] pin_verdict pin_was_wrong(assurance& proof, instant now);

// She did something while L2 held: the idle time begins anew. Call it only then.
void keep_awake(assurance& proof, instant now) noexcept;
// L2 ends at once.
void forget_proof(assurance& proof) noexcept;
// Another number, device or account key: L2 ends and stays shut for 72 hours, and she is doubted.
void freeze(assurance& proof, instant now) noexcept;

// Why a number that was hers may not be any more, as the record is called.
enum class doubt : std::uint8_t { none, silent_long, number_moved };
// Looked at with every message of hers, before it counts as one. `client_id`: the one client on
// file for her number, empty when there is none or more than one; `last_heard`: epoch if never.
[[nodiscard]] doubt doubt_of(
    const assurance& proof, std::string_view client_id, instant last_heard, instant now
) noexcept;
// L2 ends at once, and until she proves anew who she is nothing personal is said.
void begin_to_doubt(assurance& proof) noexcept;
// Somebody of ours has made sure that the number is still hers: no doubt, no freeze.
void end_doubt(assurance& proof, std::string_view client_id);
// She has chosen another PIN, as she may only once somebody has made sure of her: wrong ones are forgotten.
void pin_was_set(assurance& proof) noexcept;
// The branch, with her in person: the PIN may be tried again, the freeze ends.
void open_again(assurance& proof) noexcept;

}  // namespace tertulia::dialogs
