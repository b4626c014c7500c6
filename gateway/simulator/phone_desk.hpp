// What lies on the screens of the phones on the desk: each person's chat, and one stream of events
// that the page follows by long polling.
//
// Threads: any; one lock inside. Bounded everywhere: old chat lines and events are forgotten, and a
// page that asks for forgotten events is told to load the chat again.

#pragma once

#include "dialogs/message/time.hpp"
#include "gateway/simulator/graph_stand_in.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace tertulia::gateway::simulator {

// A line of a chat, whoever said it.
struct desk_line {
    std::string id{};
    bool mine{};  // the person's
    std::string status{};
    instant at{};
    nlohmann::json message{};  // {"type": T, T: {…}}
    std::string reply_to{};
    std::string from{};       // in a group: whose phone wrote it, in digits
    std::string from_name{};
};

// A chat is called by the digits of a phone, which is its WhatsApp, by "sms:DIGITS" or, of a group,
// by "group:ID". In a group every phone shows the same lines: "mine" is said of none, "from" of what
// a member wrote, and "statuses" has each member's of what we said.
class phone_desk {
public:
    // As the page draws it: {"id", "mine", "at" (ms), "status", "message": {…} in WhatsApp's own
    // form, an SMS's or {"type": "note"}, "reply_to", "from"?, "from_name"?, "statuses"?}.
    void show(std::string_view chat, desk_line what);
    void business_said(std::string_view chat, const accepted_send& what);
    void person_wrote(
        std::string_view wa_id, std::string_view id, nlohmann::json message,
        std::string_view reply_to, instant at
    );
    // `code`: why it failed; 0: not said.
    void status(
        std::string_view chat, std::string_view id, std::string_view status, int code = 0
    );
    void member_status(
        std::string_view chat, std::string_view wa_id, std::string_view id, std::string_view status
    );
    // Who is in it, or what it is called, is to be asked for again.
    void group_changed(std::string_view chat);
    void read_by_business(std::string_view message_id, bool typing);

    // {"messages": [...], "next": N}: events from N on are news to who has read this.
    [[nodiscard]] nlohmann::json chat(std::string_view wa_id) const;

    // {"next": N, "events": [...]} or {"next": N, "reset": true}. Calls back at once when there is
    // news after `since`, else with the first news or with none after the patience of the caller,
    // who ends the wait with give_up(). At most `waiting_max` wait; the oldest is answered then.
    using listener = std::function<void(const nlohmann::json&)>;
    std::uint64_t follow(std::uint64_t since, listener tell);  // 0: already told
    void give_up(std::uint64_t waiting_id);

    static constexpr std::size_t chats_max = 500;
    static constexpr std::size_t lines_max = 400;  // per chat
    static constexpr std::size_t events_max = 4'000;
    static constexpr std::size_t waiting_max = 64;

private:
    struct line {
        std::string id{};
        nlohmann::json shown{};
    };
    struct conversation {
        std::deque<line> lines{};
        std::uint64_t touched{};
    };
    struct waiting {
        std::uint64_t id{};
        listener tell{};
    };
    using told = std::vector<std::pair<listener, nlohmann::json>>;

    // nullptr: forgotten, or never there.
    [[nodiscard]] line* find(std::string_view chat, std::string_view id);
    conversation& chat_of(std::string_view wa_id);
    void add(std::string_view wa_id, line what, told& out);
    void note(nlohmann::json event, told& out);
    [[nodiscard]] nlohmann::json since(std::uint64_t from) const;
    static void tell_all(const told& out);

    mutable std::mutex mutex_{};
    std::map<std::string, conversation, std::less<>> chats_{};
    std::deque<nlohmann::json> events_{};  // events_[i] has number first_ + i
    std::uint64_t first_{1};
    std::list<waiting> waiting_{};
    std::uint64_t next_waiting_{1};
    std::uint64_t touches_{};
    std::uint64_t notes_{};  // lines of nobody, which need an id of ours
};

}  // namespace tertulia::gateway::simulator
