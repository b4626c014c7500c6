// What a person did on a channel, as every adapter reports it. All text is valid UTF-8 without NUL
// and bounded (text_bytes_max); an adapter repairs or drops what is not.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia {

inline constexpr std::size_t text_bytes_max = 16 * 1024;  // 4,096 characters of up to 4 bytes

struct typed_text {
    std::string text{};
};

// A tap on a button, a list row or a template's quick reply.
struct tapped_choice {
    std::string id{};     // as we rendered it; for a template button its payload
    std::string title{};  // as she saw it
};

enum class media_kind : std::uint8_t { image, video, audio, voice_note, document, sticker };

struct received_media {
    media_kind kind{};
    std::string id{};  // the provider's; short-lived
    std::string url{};
    std::string mime_type{};
    std::string sha256{};     // as received
    std::string caption{};    // her words
    std::string file_name{};  // her words: sanitised by the adapter, still never a path of ours
};

struct shared_location {
    double latitude{};
    double longitude{};
    std::string name{};
    std::string place_address{};
};

struct shared_contact {
    std::string name{};
    std::vector<std::string> phones{};  // as sent
    bool requested{};  // her own, by the button of our ask_contact: the provider vouches for it
};

struct reaction {
    std::string message_id{};
    std::string emoji{};  // empty: taken back
};

// A form of the provider (a WhatsApp Flow) came back filled in.
struct form_answer {
    std::string name{};
    std::string text{};  // as she would have typed it; several picks with ", " between
};
struct form_reply {
    std::string form{};
    std::string answers_json{};  // as received
    std::string token{};         // of the say_form it answers
    std::vector<form_answer> answers{};
};

struct placed_order {
    std::string raw_json{};
};

// The person's identity changed: same person, new number or new scoped id.
struct identity_changed {
    std::vector<identity> before{};
    std::vector<identity> now{};
};

struct edited_text {
    std::string message_id{};
    std::string text{};
};

struct revoked_message {
    std::string message_id{};
};

// Something the provider could not hand over: a poll, a view-once picture, a file too large…
struct unsupported_content {
    std::string what{};
    int error_code{};
};

// A type this adapter does not know yet: kept whole so that nothing is lost.
struct unknown_content {
    std::string type{};
    std::string raw_json{};
};

// She told the provider rather than us: a word it answers itself (STOP by SMS), a switch in her app.
// It keeps the choice; a confirmation of ours would be refused.
enum class provider_choice : std::uint8_t { stop, start, help };
struct told_provider {
    provider_choice what{};
    std::string words{};  // hers; empty for a switch
};

using inbound_content = std::variant<
    typed_text, tapped_choice, received_media, shared_location, std::vector<shared_contact>,
    reaction, form_reply, placed_order, identity_changed, edited_text, revoked_message,
    unsupported_content, unknown_content, told_provider>;

// Where she came from: an ad, a post, a link with an entry code.
struct referral {
    std::string source_type{};
    std::string source_id{};
    std::string source_url{};
    std::string headline{};
    std::string click_id{};
};

struct inbound_message {
    std::string channel{};              // the channel's name in the config
    std::string id{};                   // the provider's; unique within the channel
    instant sent_at{};                  // the provider's stamp, not ours
    std::vector<identity> from{};       // every identity the event carried, best first
    std::string profile_name{};         // what she calls herself; never proof
    std::string group_id{};             // not empty: said in a native group, never private input
    std::string reply_to_id{};          // the message she quoted or whose button she tapped
    bool forwarded{};
    std::optional<referral> came_from{};
    std::string identity_key_hash{};    // changes when her phone or account key changes
    inbound_content content{};
};

}  // namespace tertulia
