// A meeting in a test: a room and the conversations of its people, each stepped by itself, and what
// one tells another carried across as the gateway does. Time passes for all of them together.

#pragma once

#include "dialogs/engine/step.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs::testing_talk {

// What one person reads, as it came.
struct read_message {
    std::string text{};
    std::string purpose{};
    std::vector<choice> choices{};
    bool by_template{};
};

class hall {
public:
    hall(std::shared_ptr<const script_set> scripts, meetings::plan plan);

    // A conversation of that number, of a client or of a person of the staff.
    void seat(const std::string& phone, client who);
    void seat(const std::string& phone, staff_person who);

    void act(meetings::event what);  // by who has no conversation
    void say(const std::string& phone, const std::string& text);
    void send(const std::string& phone, inbound_content content);
    // The choice of that title in her newest message that has one.
    void tap(const std::string& phone, const std::string& title);
    void wait(milliseconds time);
    // Another meeting speaks to her, of which nothing else is here.
    void hear_other(const std::string& phone, room_says what);

    [[nodiscard]] const meetings::meeting& room() const { return *room_.room.is; }
    [[nodiscard]] const std::vector<read_message>& read_by(const std::string& phone) const;
    [[nodiscard]] std::string last_of(const std::string& phone) const;
    [[nodiscard]] const session& of(const std::string& phone) const;

    std::vector<meetings::line> log{};
    std::vector<note_case> cases{};
    std::vector<std::string> elsewhere{};  // the other meetings that were told something
    bool finished{};
    instant now{};

private:
    struct pending {
        instant due{};
        std::uint64_t steps{};
    };
    struct person {
        dialogs::session at{};
        facts known{};
        std::vector<read_message> read{};
        std::map<std::string, pending> timers{};
    };
    struct letter {
        recipient to{};
        told_content what{};
    };

    void step_person(const std::string& phone, const event& what);
    void step_of_room(const event& what);
    void take(const std::vector<effect>& effects, const std::string& phone);
    void carry();
    bool fire_next(instant until);

    std::shared_ptr<const script_set> scripts_;
    std::string name_;
    dialogs::session room_{};
    std::map<std::string, pending> room_timers_{};
    std::map<std::string, person> people_{};
    std::map<std::string, std::string> staff_{};  // id to phone
    std::deque<letter> letters_{};
    int messages_{};
};

}  // namespace tertulia::dialogs::testing_talk
