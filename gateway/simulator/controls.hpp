// How the stand-in's world behaves, and the reading of the orders that change it.
// Pure. graph_stand_in.hpp lists the keys.

#pragma once

#include "gateway/simulator/known_template.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

using std::chrono::milliseconds;

struct planned_error {
    int code{};
    int times{1};
    std::string to{};  // digits or a user id; empty: anyone
    bool later{};      // as a failed status instead of in the answer
};

// What a GET of that path is answered with, instead of what the stand-in would say.
struct planned_answer {
    unsigned status{200};
    std::string body{};
};

struct controls {
    std::optional<milliseconds> sent_after{milliseconds{50}};
    std::optional<milliseconds> delivered_after{milliseconds{200}};
    std::optional<milliseconds> read_after{};
    milliseconds latency{};
    milliseconds webhook_delay{};
    milliseconds batch{2};
    int duplicates{};
    bool reorder{};
    int drop_responses{};
    int lose_statuses{};
    std::vector<planned_error> errors{};
    bool everybody_off{};
    std::set<std::string> phones_off{};  // digits or user ids
    bool window{};
    int media_refused{};  // so many downloads answer 500
    int media_damaged{};  // so many give other bytes
    int uploads_refused{};  // so many uploads answer 500
    int uploads_dropped{};  // so many are taken, and the connection closed without an answer
    std::set<std::string> suspended_groups{};
    std::optional<int> picture_error{};
    std::optional<std::vector<known_template>> templates{};
    std::map<std::string, planned_answer> graph{};  // by what follows the version
    std::optional<std::string> webhook_url{};          // set by the last orders only

    // `to`: digits, or the user id of one whose number is hidden, who has one telephone all the same.
    [[nodiscard]] bool is_off(std::string_view to) const;
    // True of any while none are named.
    [[nodiscard]] bool has_template(std::string_view name, std::string_view language) const;
    // nullptr: none of those named.
    [[nodiscard]] const known_template* find_template(
        std::string_view name, std::string_view language
    ) const;
    // The next error planned for this recipient, which is then used up.
    [[nodiscard]] std::optional<planned_error> take_error(std::string_view to);
};

// Follows all of `orders` or none. Returns what is wrong; empty: nothing.
[[nodiscard]] std::string obey(const nlohmann::json& orders, controls& to);
[[nodiscard]] nlohmann::json to_json(const controls& from);

}  // namespace tertulia::gateway::simulator
