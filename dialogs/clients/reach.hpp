// By which channel she can be reached, and by which one next. Pure decisions over what the session
// has kept and what the config says; who carries a message and when is the gateway's.
//
// A number is hers alone or it is none: one that several clients have on file, or that nobody has
// proved, is written to only where she wrote from it.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/channel_kind.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/outbound.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// A channel she has written on.
struct heard_on {
    address where{};
    instant at{};         // of the newest, by the provider's stamp
    instant failed_at{};  // she was last found unreachable there; epoch: never
    bool operator==(const heard_on&) const = default;
};
inline constexpr std::size_t heard_on_max = 8;

// Something we began, not she, for which another channel may have to step in.
struct started {
    outbound_message message{};
    priority urgency{};
    std::string purpose{};
    std::uint64_t touch{};
    instant due{};         // not delivered by then: the next channel carries it
    instant expires_at{};  // worth nothing afterwards
    bool carried{};        // has been: whatever is heard of the first is only recorded
};
[[nodiscard]] bool operator==(const started& left, const started& right) noexcept;  // by touch
inline constexpr std::size_t under_way_max = 4;  // the oldest makes room

// As `set: {prefers: …}` and the facts call it.
[[nodiscard]] std::string_view name_of(channel_kind kind) noexcept;
[[nodiscard]] std::optional<channel_kind> parse_channel_kind(std::string_view name) noexcept;

// Who carries on what `channel` could not deliver: the first of the config that says so, or nullptr.
[[nodiscard]] const known_channel* next_rung(const institution& of, std::string_view channel) noexcept;

// Her own number among those the party is known by: the one on file for the only client there is,
// or the only number of who is on no file. Empty: none, or several people's.
[[nodiscard]] std::string own_number(const facts& known);

// Where something we start goes: the channel of the kind she prefers, else where she last wrote;
// past one she was found unreachable on lately, unless she has written there since.
struct ways_to_her {
    const institution& house;
    std::string_view prefers{};
    const address& reply_to;
    std::span<const heard_on> channels{};
    std::string_view own_number{};
};
[[nodiscard]] address where_to_start(const ways_to_her& of, instant now);
inline constexpr milliseconds unreachable_for = std::chrono::hours{72};

// The same in words alone, as a channel without pictures and buttons has it: a template becomes our
// own text of it, choices stay and are numbered by who sends them. Nothing: there are no words.
[[nodiscard]] std::optional<say_text> in_words(const outbound_content& content);

}  // namespace tertulia::dialogs
