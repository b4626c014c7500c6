// A talk in the terminal: lines in, what the assistant says out. It plays the same steps an
// operator's test plays, so that a talk can be kept as one.

#pragma once

#include "dialogs/rehearsal/rehearse.hpp"

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace tertulia::gateway {

enum class chat_shows : std::uint8_t { what_is_said, also_why };

class chat_talk {
public:
    // `refresh` brings the facts up to date before each line; may be empty.
    chat_talk(
        dialogs::stage on,
        chat_shows shows,
        std::function<void(dialogs::stage&)> refresh,
        std::ostream& out
    );

    // Until /quit or the end of `in`.
    void run(std::istream& in);

    // What happened so far, as the steps of a test; without indentation.
    [[nodiscard]] const std::vector<std::string>& recorded() const noexcept { return recorded_; }

private:
    bool take(const std::string& line);  // false: she is done
    [[nodiscard]] dialogs::test_step step_of(const std::string& line) const;
    [[nodiscard]] bool answers_in_own_words() const;
    void play(const dialogs::test_step& step);
    void show_said() const;
    void show_effects() const;
    void show_why() const;
    void show_place() const;

    dialogs::stage on_;
    chat_shows shows_;
    std::function<void(dialogs::stage&)> refresh_;
    std::ostream& out_;
    std::vector<std::string> recorded_{};
};

}  // namespace tertulia::gateway
