// The bounded snapshot of the portfolio that one turn may look at, read by the executor just before
// the step and shared, immutable, between turns of one person until the portfolio changes.

#pragma once

#include "dialogs/facts/portfolio.hpp"
#include "dialogs/message/channel_kind.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

// The face of the machine: a declared assistant, never a person of the house.
struct assistant_persona {
    std::string name{};     // empty: it has none
    std::string picture{};  // a file of the folder of media; empty: none
};

// The institution as messages name it; from the config, the same for everybody.
struct institution {
    std::string name{};
    std::string time_zone{};  // IANA
    currency_code currency{};
    std::vector<language_tag> languages{};  // the first is the one to speak when nothing is known
    std::string country{};                  // ISO 3166, for telephone numbers and calendars
    std::string phone{};                    // the one published number, E.164
    assistant_persona assistant{};
    // Not part of a script set's version: the same words, whoever carries them.
    std::vector<known_channel> channels{};
    std::string media_base{};  // "https://chat.example.org/media"; empty: files are served to nobody
};

// The kind of the channel of that name. One nobody configured is what its name says (operators'
// tests play on "sms" without having one), and else WhatsApp.
[[nodiscard]] channel_kind kind_of_channel(const institution& of, std::string_view name) noexcept;

struct client_facts {
    client who{};
    std::optional<officer> credit_agent{};
    std::optional<branch> home_branch{};
    std::optional<group> village_bank{};
    std::vector<loan> loans{};  // active ones, oldest first, at most loans_max
    bool has_pin{};             // a PIN hash is stored; the hash itself never leaves the gateway
};
inline constexpr std::size_t loans_max = 20;

enum class core_state : std::uint8_t { up, stale, down };

// `clients` holds every client whose phone equals one of the party's phones exactly. Exactly one is
// assurance level L1; none or several is L0, and nothing about any of them may be said.
struct facts {
    std::vector<std::shared_ptr<const client_facts>> clients{};
    core_state core{core_state::up};
    instant as_of{};  // when the mirror last agreed with core banking
    std::vector<std::string> phones{};  // the party's own numbers, E.164, as channels proved them
};

}  // namespace tertulia
