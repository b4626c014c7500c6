// The group chats of the phones on the desk: several people's phones in one native group.
//
//   GET  /simulator/groups        {"groups": […]}: who is in each, who asks, its link
//   POST /simulator/groups/join   {"phone", "link"}: she taps an invite link; {"how": in | already_in |
//                                 asked | full | dead_link | removed, "group"}
//   POST /simulator/groups/leave  {"phone", "group"}: she leaves, or no longer asks to be in it
//
// What is said in a group goes by the desk's own doors, with "group". Groups are made and kept by the
// business alone, over the Graph API.
//
// Threads: as desk.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/simulator/graph_stand_in.hpp"
#include "gateway/simulator/phone_desk.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

// What a group's chat is called among the chats of the desk.
[[nodiscard]] std::string group_chat(std::string_view group_id);

// On the screens: somebody came, the name changed…
void show_news(phone_desk& screens, const group_news& what);

class group_desk {
public:
    // Both outlive this. `find`: who on the desk has this phone.
    group_desk(
        graph_stand_in& stand_in,
        std::function<std::optional<contact>(std::string_view phone)> find
    );

    // They refer to this.
    [[nodiscard]] std::vector<http::route> routes();

private:
    void join(std::string_view body, http::reply to);
    void leave(std::string_view body, http::reply to);

    graph_stand_in& stand_in_;
    std::function<std::optional<contact>(std::string_view phone)> find_;
};

}  // namespace tertulia::gateway::simulator
