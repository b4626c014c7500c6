// The native groups of the stand-in's one number: who is in them, who asks to be, who may not come
// back. The rules are Meta's Groups API's: eight people at most, nobody is added, people come by the
// link or are let in. Pure: ids and times come from the caller.
//
// Threads: none of its own; the owner locks.

#pragma once

#include "dialogs/message/time.hpp"
#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

struct stand_in_join_request {
    std::string id{};
    contact who{};
    instant at{};
};

struct stand_in_group {
    std::string id{};
    std::string subject{};
    std::string description{};
    std::string picture_id{};  // on the media shelf; empty: it has none
    bool suspended{};          // by Meta: nobody writes in it
    std::string link_id{};  // the living one: what follows chat.whatsapp.com/
    bool by_approval{};
    instant created_at{};
    std::vector<contact> members{};
    std::vector<stand_in_join_request> requests{};
    std::set<std::string> removed{};  // wa_ids: the link does not bring them back
    std::deque<std::string> pins{};   // message ids, the oldest first
};

// What came of a tap on an invite link.
enum class joined_how : std::uint8_t {
    in,
    already_in,
    asked,      // somebody must let her in
    full,
    dead_link,  // of no group, or an older one of a group
    removed,    // who was removed cannot
};
[[nodiscard]] std::string_view word_of(joined_how how);

class stand_in_groups {
public:
    static constexpr std::size_t members_max = 8;
    static constexpr std::size_t groups_max = 10'000;
    static constexpr std::size_t subject_units_max = 128;
    static constexpr std::size_t description_units_max = 2'048;
    static constexpr std::size_t pins_max = 3;

    // nullptr: there is none.
    [[nodiscard]] stand_in_group* find(std::string_view id);
    [[nodiscard]] const stand_in_group* find(std::string_view id) const;
    [[nodiscard]] const std::map<std::string, stand_in_group, std::less<>>& all() const noexcept {
        return groups_;
    }
    void add(stand_in_group group);
    bool remove(std::string_view id);

    struct joined {
        joined_how how{};
        std::string group_id{};    // empty: of none
        std::string request_id{};  // when she asked
    };
    // `link` is the whole address or its last part; `request_id` is for a request that begins now.
    [[nodiscard]] joined join(
        std::string_view link, const contact& who, std::string request_id, instant now
    );

private:
    std::map<std::string, stand_in_group, std::less<>> groups_{};
};

[[nodiscard]] const contact* member_of(const stand_in_group& group, std::string_view wa_id);
// By phone in any spelling, or by user id. False: she is not in it.
bool remove_member(stand_in_group& group, std::string_view phone_or_user_id, contact* who);
// A fourth pin drops the oldest; a message is pinned once.
void pin(stand_in_group& group, const std::string& message_id);
void unpin(stand_in_group& group, std::string_view message_id);
[[nodiscard]] std::string link_of(const stand_in_group& group);

// What is wrong with a body that makes a group, or (`is_new` false) changes one.
[[nodiscard]] std::optional<graph_error> broken_group_rule(
    const nlohmann::json& body, bool is_new
);

// As a GET tells it, and as the page draws it.
[[nodiscard]] nlohmann::json facts_json(const stand_in_group& group);
[[nodiscard]] nlohmann::json shown_json(const stand_in_group& group);
// {"wa_id", "user_id"} as group webhooks name somebody.
[[nodiscard]] nlohmann::json participant_json(const contact& who);

}  // namespace tertulia::gateway::simulator
