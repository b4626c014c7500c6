// Turns, sessions and events as bytes and back: what stores write in their rows. layout.hpp holds
// the rule by which it may grow. Nothing here seals: seal.hpp does.
//
// Errors: bytes that are not what they should be throw damaged_row or cereal::Exception (both
// std::runtime_error).

#pragma once

#include "gateway/store/media_ledger.hpp"
#include "gateway/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

inline constexpr int row_format = 15;

// Encoding appends nothing to a previous content: `to` is replaced, its memory reused.
void encode(const dialogs::session& from, std::string& to);
void encode(const dialogs::event& from, std::string& to);
[[nodiscard]] dialogs::session decode_session(std::string_view from);
[[nodiscard]] dialogs::event decode_event(std::string_view from);

// The journal row of a turn. `session` is turn::next encoded (it is needed by itself too); of the
// facts only the parts the step read are kept; turn::before is not. `script` is the store's own
// number for turn::script_version.
void encode_turn(const turn& from, std::string_view session, std::int64_t script, std::string& to);

struct decoded_turn {
    turn what{};               // script_version is empty: the store knows it by `script`
    std::int64_t script{};
    std::string session{};     // turn::next, encoded
};
[[nodiscard]] decoded_turn decode_turn(std::string_view from);

// The one further row of a batch: what is not a turn.
struct remembered_id {
    event_identity id{};
    instant stamped{};
};
struct batch_row {
    std::vector<remembered_id> seen{};
    std::vector<send_mark> marks{};
    std::vector<status_record> statuses{};  // without recipient and participant
};
void encode(const batch_row& from, std::string& to);
[[nodiscard]] batch_row decode_batch_row(std::string_view from);

// What stands beside a session or a key, one blob each.
struct kept_timer {
    std::string name{};
    std::uint64_t steps{};
    instant due{};
    bool operator==(const kept_timer&) const = default;
};
void encode(const std::vector<kept_timer>& from, std::string& to);
[[nodiscard]] std::vector<kept_timer> decode_timers(std::string_view from);
void encode(const std::vector<identity>& from, std::string& to);
[[nodiscard]] std::vector<identity> decode_identities(std::string_view from);

void encode(const sms_part& from, std::string& to);
[[nodiscard]] sms_part decode_part(std::string_view from);

// Of a file she sent: what the provider said of it, and the key its copy is sealed with.
struct kept_media {
    received_media what{};
    seal_key key{};
};
void encode(const kept_media& from, std::string& to);
[[nodiscard]] kept_media decode_kept_media(std::string_view from);

// What another conversation is still to be told.
struct told_row {
    event_identity id{};
    dialogs::recipient to{};  // party or phone
    dialogs::told_content what{};
};
void encode(const told_row& from, std::string& to);
[[nodiscard]] told_row decode_told_row(std::string_view from);

// A case as it is, and what somebody wrote of it.
struct case_text {
    std::string text{};
};
void encode(const dialogs::client_case& from, std::string& to);
[[nodiscard]] dialogs::client_case decode_case(std::string_view from);
void encode(const case_text& from, std::string& to);
// What a meeting was made of, and each line of its log.
void encode(const dialogs::meetings::plan& from, std::string& to);
void encode(const dialogs::meetings::line& from, std::string& to);
[[nodiscard]] dialogs::meetings::plan decode_plan(std::string_view from);
[[nodiscard]] dialogs::meetings::line decode_line(std::string_view from);
[[nodiscard]] case_text decode_case_text(std::string_view from);

void encode(const dialogs::contact_had& from, std::string& to);
[[nodiscard]] dialogs::contact_had decode_contact(std::string_view from);
void encode(const dialogs::send_application& from, std::string& to);
[[nodiscard]] dialogs::send_application decode_application(std::string_view from);

void encode(const dialogs::commission_rule& from, std::string& to);
[[nodiscard]] dialogs::commission_rule decode_commission_rule(std::string_view from);

// Two parties proved to be one: the older's session from then on, encoded.
struct merge_row {
    std::int64_t younger{};
    std::int64_t younger_row{};  // her newest journal row
    std::string session{};
};
void encode(const merge_row& from, std::string& to);
[[nodiscard]] merge_row decode_merge_row(std::string_view from);

}  // namespace tertulia::gateway
