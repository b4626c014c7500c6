// What is known of a meeting before it begins: who, when, by which rules. Members are named by core
// banking's client id everywhere; how she is written to is her own conversation's business.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/meetings/agenda.hpp"
#include "dialogs/meetings/bylaws.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

// How people sit together. Numbers are stored.
enum class mode : std::uint8_t {
    relay = 0,         // each talks with us alone, and we pass it on
    native_small = 1,  // they talk in a small group of the provider; money and votes with us alone
    companion = 2,     // they talk in a group of their own; what the group should hear is given to
                       // the agent to paste
};
[[nodiscard]] std::string_view name_of(mode which) noexcept;
[[nodiscard]] std::optional<mode> parse_mode(std::string_view word) noexcept;

enum class window : std::uint8_t {
    live = 0,
    day = 1,  // for weak coverage: the same states, every timeout times 24
};
[[nodiscard]] std::string_view name_of(window which) noexcept;
[[nodiscard]] std::optional<window> parse_window(std::string_view word) noexcept;

enum class way : std::uint8_t { whatsapp = 0, sms = 1 };

// What falls due for one member at this meeting, as core banking told it. Zero: nothing.
struct dues {
    std::string loan_id{};
    money instalment{};
    civil_date due{};
    money savings{};
    bool operator==(const dues&) const = default;
};

struct roster_member {
    std::string id{};          // client id
    std::string first_name{};  // how she is called in the room
    std::string full_name{};   // in the minutes
    std::string phone{};       // E.164; shown to nobody
    role_set roles{only(role::member)};
    way by{way::whatsapp};
    bool active{true};         // counts for the quorum
    bool opted_out{};          // never written to; may still be marked
    bool agrees_totals{};      // that the group hears what it paid together
    std::vector<std::string> relatives{};  // client ids: they abstain when she asks for a loan
    dues owes{};
    bool operator==(const roster_member&) const = default;
};
inline constexpr std::size_t members_max = 60;

struct officer {
    std::string id{};  // the house's own user id
    std::string name{};
    bool operator==(const officer&) const = default;
};

// Minutes of the civil day; from > to runs over midnight. Equal: none.
struct quiet_hours {
    int from{20 * 60};
    int to{7 * 60};
    bool operator==(const quiet_hours&) const = default;
};

struct plan {
    std::string group_id{};
    std::string group_name{};
    int number{};       // of the meeting, within the group
    instant created{};  // when the draft was made: the first timer runs from it
    instant start{};
    instant end{};
    mode how{mode::relay};
    window lasts{window::live};
    bylaws rules{};
    std::vector<step> agenda{default_agenda()};
    std::vector<roster_member> members{};  // by id, each once
    officer moderator{};
    officer backup{};      // empty id: there is none
    officer supervisor{};
    currency_code currency{};
    money internal_cash{};                  // of the pot, before the meeting
    std::vector<std::string> last_minutes{};  // what is read out, at most last_minutes_max lines
    std::optional<instant> next{};          // the next meeting as its calendar has it
    language_tag language{"es"};            // of the acta; each member hears her own
    int utc_offset_minutes{-360};           // of the institution on that day
    quiet_hours quiet{};
    int record_days{1825};  // how long minutes and log are kept: told at the invitation
    // What members say of the meeting is kept for the agenda as it was then (agenda_book.hpp).
    std::string agenda_name{};
    std::string agenda_version{};
    std::string feedback{};  // the message that asks how it was; empty: nobody is asked
    bool operator==(const plan&) const = default;
};
inline constexpr std::size_t last_minutes_max = 8;

// Empty when a meeting may be made of it, else what is wrong.
[[nodiscard]] std::string wrong_with(const plan& what);

}  // namespace tertulia::dialogs::meetings
