// The steps of a meeting in their order. Plain values: the operators' file of agendas fills them,
// and default_agenda() is what holds without one.

#pragma once

#include "dialogs/meetings/bylaws.hpp"
#include "dialogs/meetings/state.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

// Who may be heard in a step without being given the floor. Numbers are stored.
enum class talk : std::uint8_t {
    open = 0,      // everybody, until somebody has the floor
    by_turns = 1,  // who has the floor; what others say waits in the queue
};
[[nodiscard]] std::string_view name_of(talk which) noexcept;
[[nodiscard]] std::optional<talk> parse_talk(std::string_view word) noexcept;

// One of what may be answered to the question of a training.
struct quiz_answer_text {
    std::string text{};
    bool right{};
    bool operator==(const quiz_answer_text&) const = default;
};

struct step {
    state at{};                // roll_call to closing
    role leader{role::agent};  // shown; rights are those of permissions.hpp
    std::chrono::minutes timeout{15};  // then the next, by itself; times 24 where it lasts a day
    talk how{talk::open};
    bool skip_if_empty{};      // where nothing waits to be done in it
    std::string topic{};       // of training: what is told, a text of the operators
    std::string media_id{};    // of training: a voice note, the provider's id
    std::string question{};    // of training: one
    // Of the question: without, it is talked over, and who says something has answered it.
    std::vector<quiz_answer_text> answers{};
    std::string why{};         // what is right, and why: told to who has answered
    bool operator==(const step&) const = default;
};

inline constexpr std::size_t steps_max = 12;
// As many as there are buttons below a message.
inline constexpr std::size_t quiz_answers_least = 2;
inline constexpr std::size_t quiz_answers_max = 3;

// Roll call first, closing last, others at most once and in the order of `state`.
[[nodiscard]] std::vector<step> default_agenda();
// Empty when it may be used, else what is wrong with it, for the loader of the operators' file.
[[nodiscard]] std::string wrong_with(const std::vector<step>& agenda);
[[nodiscard]] std::string wrong_with_quiz(const step& of);  // its question and answers alone

}  // namespace tertulia::dialogs::meetings
