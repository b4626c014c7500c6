// A local stand-in for the Graph API of one WhatsApp business number: takes sends, media and the
// calls around them as Meta does, answers in Meta's words, and reports statuses by signed webhooks.
// What goes wrong in the world goes wrong here on demand, by control().
//
// It knows nothing of HTTP servers: somebody hands it requests and performs its answers.
//
// Threads: any; one lock inside. Observers are called without it, on the caller's or the alarm's
// thread. Everything it remembers is bounded; the oldest goes first.

#pragma once

#include "gateway/simulator/alarm.hpp"
#include "gateway/simulator/media_shelf.hpp"
#include "gateway/simulator/meta_json.hpp"
#include "gateway/simulator/known_template.hpp"
#include "gateway/simulator/stand_in_groups.hpp"
#include "gateway/simulator/webhook_post.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

struct stand_in_settings {
    account number{};
    webhook_settings webhook{};   // its app_secret is taken from `number`
    std::string media_base{};     // what download addresses begin with: ".../graph"
    std::string log_file{};       // one JSON line for each accepted send; empty: none
    std::string controls{};       // JSON as control() takes it, applied at start; empty: none
    std::function<instant()> clock{};  // what stamps messages; empty: the system's
    // Who can be reached, by digits; empty: everybody. Others' messages fail later with 131026.
    std::function<bool(std::string_view wa_id)> reachable{};
    // Templates that are approved beside those the controls name; empty: none is known.
    std::function<std::optional<known_template>(std::string_view name, std::string_view language)>
        approved{};
};

struct graph_request {
    std::string_view method{};
    std::string_view path{};  // "/v25.0/1065…/messages": without what comes before the version
    std::string_view query{};
    std::string_view authorization{};
    std::string_view content_type{};
    std::string_view body{};
};

struct graph_answer {
    unsigned status{200};
    std::string content_type{"application/json"};
    std::string body{};
    std::chrono::milliseconds delay{};  // answer after this
    bool dropped{};                     // taken, but the connection closes without an answer
};

// A send as it was taken.
struct accepted_send {
    std::string id{};     // wamid…
    std::string to{};     // digits, a business-scoped user id, or a group's id
    bool is_to_group{};
    std::string callback_data{};
    std::string body_json{};  // as received
    std::string shown_json{};  // of a template we know the words of: filled()
    instant at{};
};

// Something about a native group, of what its members see.
struct group_news {
    std::string group_id{};
    std::string what{};  // created, deleted, joined, asked, withdrew, rejected, left, removed,
                         // subject, description, picture, link, pinned, unpinned, suspended, resumed
    std::string who{};   // her name, or what it is called now; may be empty
    instant at{};
};

struct stand_in_observer {
    std::function<void(const accepted_send&)> accepted{};
    std::function<void(std::string_view to, std::string_view id, std::string_view status)> status{};
    std::function<void(std::string_view message_id, bool typing)> read_by_business{};
    // The same of a message to a group, of one of its members each time.
    std::function<void(
        std::string_view group_id, std::string_view wa_id, std::string_view id, std::string_view status
    )>
        group_status{};
    std::function<void(const group_news&)> group{};
};

class graph_stand_in {
public:
    // The client outlives this and is finished before this ends.
    graph_stand_in(stand_in_settings settings, http::client& client, stand_in_observer observer);
    ~graph_stand_in();
    graph_stand_in(const graph_stand_in&) = delete;
    graph_stand_in& operator=(const graph_stand_in&) = delete;

    [[nodiscard]] graph_answer handle(const graph_request& request);

    // An id nobody else gets, for write().
    [[nodiscard]] std::string new_message_id();
    // Someone writes: `content` is what her message carries under `type`, e.g. {"body": "hola"}
    // under "text". Returns the message's id. `reply_to` quotes one of ours. In a group only who is
    // in it can: the id is empty otherwise.
    std::string write(
        const contact& from, std::string_view type, const nlohmann::json& content,
        std::string_view reply_to = {}, std::string_view id = {}, std::string_view group_id = {}
    );
    // She taps an invite link; leaves a group, or no longer asks to be in it (false: neither).
    stand_in_groups::joined join_group(std::string_view link, const contact& who);
    bool leave_group(std::string_view group_id, std::string_view wa_id);
    // {"groups": [shown_json()…]}
    [[nodiscard]] nlohmann::json groups() const;
    // Puts a file where the gateway can fetch it; the content of an image message.
    [[nodiscard]] nlohmann::json shelve(std::string bytes, std::string mime_type);
    [[nodiscard]] std::optional<shelved_file> file(std::string_view media_id) const;

    // She opens the chat, or a group's: everything delivered to her there becomes read.
    void open_chat(std::string_view wa_id, std::string_view group_id = {});

    // Changes how the world behaves; keys left out stay as they are. Returns what is wrong with
    // `orders`, empty if nothing, and then nothing is changed.
    //   sent_ms, delivered_ms, read_ms   after acceptance, after sent, after delivered; null: never
    //   latency_ms                       before each answer
    //   webhook_delay_ms                 before each webhook
    //   duplicates                       further copies of each webhook (0-10)
    //   reorder                          statuses overtake each other
    //   batch_ms                         statuses due within so long share a POST
    //   drop_responses                   so many sends are taken and their connection closed
    //   lose_statuses                    so many statuses are never reported
    //   errors                           array of {"code", "times" (1), "to" (anyone), "later"
    //                                    (false: in the answer; true: as a failed status)}; replaces
    //   phone_off                        true, false or an array of numbers or user ids: no
    //                                    delivered status; a number's own user id is off with it
    //   window                           true: free text fails with 131047 a day after she wrote
    //   media_refused, media_damaged     so many downloads answer 500, give other bytes
    //   uploads_refused, uploads_dropped so many uploads answer 500, are taken without an answer
    //   suspended_groups                 array of group ids Meta has suspended; replaces
    //   picture_error                    what becomes of a group's picture: 131209 not square, 131210
    //                                    too small or large; null: it is taken
    //   templates                        array of "name", "name/language" or {"name", "language",
    //                                    "header", "body", "buttons", "status", "category"}
    //                                    with gaps as {{1}}: those not APPROVED and all others
    //                                    get 132001, what does not fit 132000; null: any
    //   graph                            {"OBJECT/EDGE": {"status" (200), "body"}}: what a GET
    //                                    below the version is answered with; replaces
    //   webhook_url
    [[nodiscard]] std::string control(const nlohmann::json& orders);
    // The controls as they are, and counters.
    [[nodiscard]] nlohmann::json state() const;

    // The accepted sends after the `since`-th, oldest first, at most `most`:
    // {"next": N, "sent": [...]}.
    [[nodiscard]] nlohmann::json sent(std::uint64_t since, std::size_t most) const;

    [[nodiscard]] alarm& later() noexcept;

    static constexpr std::size_t messages_max = 200'000;
    static constexpr std::size_t sent_max = 20'000;

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::simulator
