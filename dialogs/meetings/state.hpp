// Where a meeting stands, and who may act in it. Every number is stored: add at the end.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia::dialogs::meetings {

enum class state : std::uint8_t {
    draft = 0,            // made from the calendar, seen by its credit agent only
    scheduled = 1,        // roster and dues are those of core banking
    announced = 2,        // invited; members excuse themselves or say they will come
    lobby = 3,            // the room is open, nothing has begun
    roll_call = 4,
    minutes_reading = 5,  // of the last meeting
    collection = 6,       // instalments and savings
    internal_loans = 7,   // the group's own pot
    admissions = 8,
    loan_requests = 9,
    training = 10,
    fines = 11,
    closing = 12,
    minutes_review = 13,  // a day for objections and signatures
    closed = 14,          // the end
    paused = 15,
    adjourned = 16,       // broken off, the end: payments stay valid
    cancelled = 17,       // never held, the end
};
inline constexpr std::size_t states = 18;
[[nodiscard]] std::string_view name_of(state which) noexcept;
[[nodiscard]] std::optional<state> parse_state(std::string_view word) noexcept;

// Between the first roll call and the last word: where people are in the room and time runs.
[[nodiscard]] bool is_live(state which) noexcept;    // roll_call to closing
[[nodiscard]] bool is_room_open(state which) noexcept;  // lobby to closing: words are relayed
[[nodiscard]] bool is_over(state which) noexcept;    // closed, adjourned, cancelled

enum class role : std::uint8_t {
    system = 0,      // a timer, or a desk of the gateway
    agent = 1,       // the credit agent who moderates
    president = 2,
    treasurer = 3,
    secretary = 4,
    deputy = 5,      // stands in for any of the three who is not here
    handler = 6,     // counts cash beside the treasurer
    member = 7,
    guest = 8,       // a prospect: hears and speaks in admissions only
    backup = 9,      // a colleague of the agent, who may take over
    supervisor = 10,
};
inline constexpr std::size_t roles = 11;
[[nodiscard]] std::string_view name_of(role which) noexcept;
[[nodiscard]] std::optional<role> parse_role(std::string_view word) noexcept;

// A button that leads a meeting on carries the state it was offered in, as the number of its act, so
// that one of an older card does nothing. Words carry none, 0.
[[nodiscard]] constexpr int offered_in(state at) noexcept { return static_cast<int>(at) + 1; }

// Several roles at once: the treasurer is a member too.
using role_set = std::uint16_t;
[[nodiscard]] constexpr role_set only(role which) noexcept {
    return static_cast<role_set>(1U << static_cast<unsigned>(which));
}
template <class... Roles>
[[nodiscard]] constexpr role_set any_of(Roles... which) noexcept {
    return static_cast<role_set>((0U | ... | only(which)));
}
[[nodiscard]] constexpr bool has(role_set all, role which) noexcept {
    return (all & only(which)) != 0;
}

enum class attendance : std::uint8_t {
    unknown = 0,
    present = 1,
    late = 2,
    excused = 3,  // in time: nothing is fined
    absent = 4,
};
[[nodiscard]] std::string_view name_of(attendance which) noexcept;
[[nodiscard]] std::optional<attendance> parse_attendance(std::string_view word) noexcept;

// She is, or was, here.
[[nodiscard]] constexpr bool came(attendance which) noexcept {
    return which == attendance::present || which == attendance::late;
}

}  // namespace tertulia::dialogs::meetings
