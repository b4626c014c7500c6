// WhatsApp's own groups, of 8 people at most: the calls that make and keep them, what Meta answers,
// and what it tells us of them. Pure like the rest of this folder, and needed by nobody who does not
// hold meetings in native groups: the ordinary meeting is the gateway's, in private chats.
//
// What is said in a group arrives by parse() as an inbound_message with its group_id, statuses of
// what we say there with their participant. Everything else about a group is a channel_notice of
// one of four fields, which read_group_event() understands.
//
// Nobody can be added: people join by the link, or ask to and are let in. A group has no buttons,
// lists, flows or links with a button; no deletion of a message; no read marks.

#pragma once

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

inline constexpr std::size_t group_participants_max = 8;
inline constexpr std::size_t group_subject_units_max = 128;
inline constexpr std::size_t group_description_units_max = 2048;
inline constexpr std::size_t group_page_max = 1024;
inline constexpr int group_pin_days_max = 30;

// --- Calls ---------------------------------------------------------------------------------------
// Group ids are opaque text. All of these fail with bad_recipient for one that cannot be an id, with
// too_long beyond the limits above and with empty_content when there is nothing to do.

enum class group_joining : std::uint8_t {
    by_link,      // whoever has the link is in
    on_approval,  // we let each one in
};

struct group_wanted {
    std::string subject{};
    std::string description{};
    group_joining joining{group_joining::on_approval};
};

// The answer only promises: the group itself comes by webhook, with the same request id.
[[nodiscard]] result<outbound_request> render_group_create(
    const group_wanted& what, const channel_settings& channel
);
// `after` is group_page::next. At most `limit` groups, 1…group_page_max.
[[nodiscard]] result<outbound_request> render_group_list(
    std::size_t limit, std::string_view after, const channel_settings& channel
);
[[nodiscard]] result<outbound_request> render_group_info(
    std::string_view group_id, const channel_settings& channel
);
// Empty: stays as it is.
[[nodiscard]] result<outbound_request> render_group_settings(
    std::string_view group_id,
    std::string_view subject,
    std::string_view description,
    const channel_settings& channel
);
// A JPEG, square, at least 192 pixels a side, at most 5 MB; Meta checks the first two.
[[nodiscard]] result<outbound_request> render_group_picture(
    std::string_view group_id, std::string_view jpeg, const channel_settings& channel
);
// Everybody is out of it then.
[[nodiscard]] result<outbound_request> render_group_delete(
    std::string_view group_id, const channel_settings& channel
);
[[nodiscard]] result<outbound_request> render_group_link(
    std::string_view group_id, const channel_settings& channel
);
// A new one; all old ones are dead.
[[nodiscard]] result<outbound_request> render_group_link_reset(
    std::string_view group_id, const channel_settings& channel
);
[[nodiscard]] result<outbound_request> render_join_requests(
    std::string_view group_id, const channel_settings& channel
);
enum class join_answer : std::uint8_t { approve, reject };
[[nodiscard]] result<outbound_request> render_join_answer(
    std::string_view group_id,
    join_answer answer,
    std::span<const std::string> request_ids,
    const channel_settings& channel
);
// Phone numbers or user ids, at most group_participants_max. Whoever is removed cannot come back by
// the link.
[[nodiscard]] result<outbound_request> render_group_remove(
    std::string_view group_id, std::span<const std::string> people, const channel_settings& channel
);
// For `days`, 1…group_pin_days_max. Of more than three pins the oldest falls off.
[[nodiscard]] result<outbound_request> render_group_pin(
    std::string_view group_id,
    std::string_view message_id,
    int days,
    const channel_settings& channel
);
[[nodiscard]] result<outbound_request> render_group_unpin(
    std::string_view group_id, std::string_view message_id, const channel_settings& channel
);

// What is said in a group: `what.to` is not looked at. Choices go as numbered text, a place and a
// link as text; a template with buttons, a reaction and a read mark are not_possible. Never send
// anything personal there: everybody reads it.
[[nodiscard]] result<outbound_request> render_to_group(
    const outbound_message& what, std::string_view group_id, const channel_settings& channel
);

// --- Answers -------------------------------------------------------------------------------------

// What an answer to any call above but a message means: accepted, or the reaction to its error. A
// call of which only a part was done (206) is ask_operator, and the readers below say which part.
[[nodiscard]] verdict judge_group_call(const provider_response& answer);

struct group_member {
    std::vector<identity> who{};   // best first; may be empty beside `given`
    std::string username{};
    std::string given{};           // as we named her in the call
    int error_code{};              // why it failed with her; 0: it did not
};
struct join_request {
    std::string id{};
    std::vector<identity> who{};
    instant at{};
    int error_code{};
};
struct group_facts {
    std::string id{};
    std::string subject{};
    std::string description{};
    std::optional<group_joining> joining{};
    std::vector<group_member> members{};
    std::int64_t members_count{};  // without us
    bool is_suspended{};
    instant created_at{};
};
struct group_page {
    std::vector<group_facts> groups{};
    std::string next{};  // empty: this was the last
};
struct join_answers {
    std::vector<std::string> done{};
    std::vector<join_request> failed{};
};

// Nothing: the answer is not what was asked for.
[[nodiscard]] std::optional<std::string> read_group_request_id(std::string_view body);
[[nodiscard]] std::optional<group_page> read_group_page(std::string_view body);
[[nodiscard]] std::optional<group_facts> read_group_facts(std::string_view body);
[[nodiscard]] std::optional<std::string> read_group_link(std::string_view body);
[[nodiscard]] std::optional<std::vector<join_request>> read_join_requests(std::string_view body);
[[nodiscard]] std::optional<join_answers> read_join_answers(std::string_view body);

// --- What Meta tells -----------------------------------------------------------------------------

enum class group_change : std::uint8_t {
    created,
    not_created,  // error_code says why
    deleted,
    joined,
    left,             // of their own will
    removed,          // by us
    join_requested,   // join_request_id, and who in `people`
    join_revoked,     // she no longer asks
    settings,         // those in `settings`
    suspended,        // by Meta: nobody can write
    suspension_over,
};

struct group_setting {
    enum class kind : std::uint8_t { subject, description, picture };
    kind which{};
    std::string text{};   // of a picture: its sha256
    int error_code{};     // not 0: it stays as it was
};

struct group_event {
    group_change change{};
    std::string group_id{};    // empty: it was not created
    std::string request_id{};  // of the call it answers, if any
    instant at{};
    std::string subject{};
    std::string invite_link{};
    std::optional<group_joining> joining{};
    std::string join_request_id{};
    std::vector<group_member> people{};
    std::vector<group_member> not_removed{};
    std::vector<group_setting> settings{};
    int error_code{};
};

// Nothing if the notice is of another field, or says nothing this version understands.
[[nodiscard]] std::optional<group_event> read_group_event(const channel_notice& notice);

// The same for every delivery of the same event, for whoever must act on it once.
[[nodiscard]] std::string key_of(const group_event& event);

}  // namespace tertulia::adapters::whatsapp_cloud
