// The inside of graph_stand_in, shared by the files that make it: its calls (graph_sends, graph_files,
// graph_groups), and what becomes of a message afterwards (graph_life). Nobody else includes this.

#pragma once

#include "gateway/simulator/controls.hpp"
#include "gateway/simulator/graph_stand_in.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <deque>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tertulia::gateway::simulator {

using nlohmann::json;

// What a message goes through here, in rising order.
enum class life : std::uint8_t { accepted, sent, delivered, read, failed };

[[nodiscard]] std::string_view text_of(life status);
[[nodiscard]] graph_answer answer(unsigned status, const json& body);

// How long a client may be written to after she wrote.
inline constexpr std::chrono::hours window_open_for{24};

class graph_stand_in::implementation {
public:
    implementation(stand_in_settings settings, http::client& client, stand_in_observer observer);
    // The alarm's thread is the only other user of this object, so it ends first.
    ~implementation() { alarm_.stop(); }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;

    graph_answer handle(const graph_request& request);
    std::string write(
        const contact& from, std::string_view type, const json& content, std::string_view reply_to,
        std::string_view id, std::string_view group_id
    );
    stand_in_groups::joined join_group(std::string_view link, const contact& who);
    bool leave_group(std::string_view group_id, std::string_view wa_id);
    json groups() const;
    void open_chat(std::string_view wa_id, std::string_view group_id);
    std::string control(const json& orders);
    json state() const;
    json sent(std::uint64_t since, std::size_t most) const;
    std::string message_id() { return "wamid.HBg" + random_id(32); }
    json shelve(std::string bytes, std::string mime_type);

    mutable std::mutex mutex_{};
    stand_in_settings settings_;
    media_shelf shelf_{};
    alarm alarm_{};

private:
    // By its id; to a group by "ID/MEMBER", as many times as it has members.
    struct sent_message {
        std::string to{};     // whose phone it reaches
        std::string group{};  // not empty: said there
        std::string user_id{};  // in a group: hers
        std::string callback_data{};
        bool from_template{};
        life status{};
    };

    static webhook_settings webhook(const stand_in_settings& from) {
        auto settings = from.webhook;
        settings.app_secret = from.number.app_secret;
        return settings;
    }
    instant now() const { return settings_.clock(); }
    std::string random_id(std::size_t length);
    graph_answer refuse(const graph_error& error) {
        return answer(error.http_status, error_envelope(error, "A" + random_id(21)));
    }

    graph_answer route(const graph_request& request, std::vector<accepted_send>& accepted,
                       std::optional<std::pair<std::string, bool>>& was_read);
    [[nodiscard]] std::optional<known_template> find_template(
        std::string_view name, std::string_view language
    ) const;
    graph_answer send(const graph_request& request, std::vector<accepted_send>& accepted,
                      std::optional<std::pair<std::string, bool>>& was_read);
    graph_answer upload(const graph_request& request);
    graph_answer block(const graph_request& request);
    graph_answer list_templates(std::string_view query);
    graph_answer about_media(const graph_request& request, std::string_view id);
    graph_answer download(std::string_view token);
    void take(accepted_send what, bool from_template, std::optional<planned_error> fails);
    void begin(
        const std::string& key, sent_message message, const std::optional<planned_error>& fails
    );

    std::optional<graph_answer> route_group(
        const graph_request& request, std::string_view object, std::string_view edge
    );
    graph_answer make_group(const graph_request& request);
    graph_answer list_groups(std::string_view query) const;
    graph_answer about_group(
        const graph_request& request, stand_in_group& group, std::string_view edge
    );
    graph_answer change_group(const json& body, stand_in_group& group);
    graph_answer change_picture(const graph_request& request, stand_in_group& group);
    void suspend_groups();
    graph_answer delete_group(const stand_in_group& group);
    graph_answer answer_requests(const json& body, stand_in_group& group, bool let_in);
    graph_answer remove_people(const json& body, stand_in_group& group);
    [[nodiscard]] std::optional<graph_error> closed_group(std::string_view id) const;
    void pin_in_group(const json& body);
    // The webhook of one event, in its order after the answer; what its members see at once.
    void tell_group(std::string_view field, const stand_in_group& group, json event);
    void note_group(const stand_in_group& group, std::string what, std::string who = {});
    void tell_news();  // without the lock

    void plan(std::optional<milliseconds> wait, std::string key, life status);
    void reach(const std::string& key, life status, const graph_error* error);
    void post_statuses(std::vector<json> all, milliseconds delay, int copies);
    void flush();
    void forget_old();

    controls controls_{};
    stand_in_observer observer_;
    std::mt19937_64 random_;
    std::unique_ptr<webhook_post> post_;
    std::ofstream log_{};
    std::unordered_map<std::string, sent_message> messages_{};
    std::deque<std::string> order_{};
    std::unordered_map<std::string, std::vector<std::string>> off_{};     // sent, phone off
    std::unordered_map<std::string, std::vector<std::string>> unread_{};  // delivered, not opened
    std::unordered_map<std::string, instant> wrote_at_{};
    std::set<std::string> blocked_{};
    stand_in_groups groups_{};
    std::vector<group_news> news_{};  // for the observer
    std::vector<json> due_{};  // statuses for the next POST
    bool flush_planned_{};
    std::deque<json> sent_{};
    std::uint64_t sent_dropped_{};
    std::uint64_t requests_{}, refused_{}, dropped_{}, reads_{}, uploads_{};
};

}  // namespace tertulia::gateway::simulator
