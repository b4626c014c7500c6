// How a meeting and the conversations of its people reach one another. A room is a conversation like
// any other, with its own session and its own turns, but nobody writes in it and nothing is sent from
// it: what people do comes from their own conversations, or from a desk of the gateway, as a
// room_word; what it wants said or done goes to theirs as a room_says.

#pragma once

#include "dialogs/meetings/advance.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::dialogs {

// "G12/7": the group as core banking knows it, and which of its meetings.
[[nodiscard]] std::string room_name(std::string_view group_id, int number);

// The provider's small group of a meeting is a conversation of its own, in which nobody is heard: the
// identity it is found by, of a meetings::small_chat::id.
[[nodiscard]] std::string chat_conversation(std::string_view chat);

// To a room: what somebody does, or, with `looks`, what she wants to see of it.
struct room_word {
    std::string room{};
    meetings::event what{};  // its time is the turn's
    // "who", "votes", "minutes"; empty: `what` is an act. Answered to who asked; changes nothing.
    std::string looks{};
};

// To one of its people.
struct room_says {
    using word = std::variant<
        meetings::say, meetings::case_wanted, meetings::application_wanted, meetings::claim_wanted>;
    std::string room{};
    std::string group{};  // as people call it
    word what{};
};

// A room she is invited to or sits in, as her own conversation knows it.
struct room_seat {
    std::string room{};
    meetings::recipient as{};  // who she is in it
    bool inside{};             // what she writes goes there
    instant at{};              // last heard of
    // The choices of the last message that had any, by number from 1: what comes back, and its title.
    std::vector<std::pair<std::string, std::string>> offered{};
    instant acted{};           // something of hers was last for it
    bool operator==(const room_seat&) const = default;
};
inline constexpr std::size_t room_seats_max = 4;  // the one heard of longest ago makes room

// Shared between the sessions of a batch, and never changed.
struct held_meeting {
    std::shared_ptr<const meetings::meeting> is{};  // null: the conversation is a person's
    bool operator==(const held_meeting& other) const {
        return is == other.is || (is && other.is && *is == *other.is);
    }
};

// What becomes of a meeting in one turn: the same commit keeps it. The log is these lines in order.
struct note_meeting {
    std::string room{};
    std::string group_id{};
    int number{};
    meetings::state stands{};
    instant starts{};
    std::optional<meetings::plan> made{};   // with its first note: what it was made of
    std::optional<meetings::line> line{};   // with every other
    bool wants_roster{};
    std::optional<instant> wants_another{};  // a meeting at that time, in place of this one
    bool finished{};                         // core banking is to have what came of it
};

}  // namespace tertulia::dialogs
