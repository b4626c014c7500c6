// The id a button carries: which set, which question, which choice. It comes back when she taps,
// perhaps weeks later, so a tap on an old message is recognised and never acted on blindly.
//
//   v1|<first 8 hex digits of the set's version>|<dialog>.<state>|<pick>

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

inline constexpr std::size_t choice_id_bytes_max = 200;  // the narrowest channel's limit

struct choice_id {
    std::uint32_t set{};        // the upper half of script_set::short_version()
    std::string_view dialog{};  // views into the text it was read from
    std::string_view state{};
    std::string_view pick{};
};

// The last `digits` of the value, small letters.
void append_hex(std::string& text, std::uint64_t value, int digits);

[[nodiscard]] std::string to_text(const choice_id& id);
// Nothing if it is not one of ours.
[[nodiscard]] std::optional<choice_id> read_choice_id(std::string_view text) noexcept;

[[nodiscard]] constexpr std::uint32_t set_of(std::uint64_t short_version) noexcept {
    return static_cast<std::uint32_t>(short_version >> 32U);
}

// In place of a state: the button starts the dialog. No state is called so.
inline constexpr std::string_view any_state = "*";

// In place of a dialog: the button is of a colleague's desk, and the number of a case stands for the
// state. No state is called so either: names have no dash.
inline constexpr std::string_view desk_buttons = "desk";

// In the same place: the button is a meeting's, and the room stands for the state.
inline constexpr std::string_view room_buttons = "room";
// In the pick of such a button, between its name and the act it stands for.
inline constexpr std::string_view act_after = "=";

// The pick of a row that stands for a record of hers: 16 hex digits, so that no account number
// travels in a button.
[[nodiscard]] std::string pick_of_record(std::string_view record_id);

}  // namespace tertulia::dialogs
