// What we say, before any provider's form. Choices are neutral: an adapter renders them as buttons,
// a list or numbered text, whichever its limits allow.

#pragma once

#include "dialogs/message/identity.hpp"
#include "dialogs/message/inbound.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tertulia {

struct choice {
    std::string id{};           // comes back in tapped_choice::id; carries script version and state
    std::string title{};        // at most choice_title_max UTF-16 units to be a button
    std::string description{};  // shown in lists only
    auto operator<=>(const choice&) const = default;
};

// The wish for an address where a client sets her PIN: the gateway adds it, good once, below the text
// as it leaves.
struct pin_link {
    std::string client_id{};  // empty: none is wished
    language_tag language{};  // of the page
};

struct say_text {
    std::string text{};
    std::vector<choice> choices{};  // empty: free text is expected
    std::string list_button{};      // what opens the list when there are too many for buttons
    std::string footer{};
    pin_link link{};
};

// A document made of her own records. Only what is asked for is kept: the document itself is made
// when it leaves, and is nowhere afterwards. Numbers are stored: add at the end.
enum class document_kind : std::uint8_t { none, statement_pdf, statement_csv, my_data };
struct made_document {
    document_kind what{};
    std::string client_id{};
    std::string loan_id{};  // of a statement: of this loan; empty: of all that is hers
    language_tag language{};
};

struct say_media {
    media_kind kind{};
    std::string media_id{};  // the provider's id after an upload; else
    std::string link{};      // a public https address
    std::string caption{};
    std::string file_name{};
    made_document made{};  // in place of both: made, and given one of the two, when it is sent
};

struct say_location {
    double latitude{};
    double longitude{};
    std::string name{};
    std::string place_address{};
};

struct ask_location {
    std::string text{};
};

// Her telephone number, by a button that shares it where the provider has one; else in words.
struct ask_contact {
    std::string text{};
};

// A form of the provider's own (a WhatsApp Flow), opened by a button. Channels without such forms
// cannot say it.
struct say_form {
    std::string text{};
    std::string button{};  // opens it
    std::string form{};    // the provider's id of it
    std::string screen{};  // it begins with; empty: its first
    std::string token{};   // comes back with the answers
};

struct say_link {
    std::string text{};
    std::string button{};
    std::string url{};
};

struct template_parameter {
    std::string name{};  // empty in a positional template
    std::string text{};
};
struct template_button {
    int index{};
    bool is_url{};          // a url suffix, else a quick reply's payload
    std::string payload{};
    std::string title{};    // what we call it, for transcripts: the provider has the approved one
};
// A message approved beforehand, the only thing allowed outside the 24-hour window.
struct say_template {
    std::string name{};
    std::string language{};  // the provider's code, "es", "pt_BR"
    std::string header_media_id{};
    media_kind header_kind{};
    std::vector<template_parameter> body{};
    std::vector<template_button> buttons{};
    std::vector<template_parameter> header{};  // of a header of words: one at most
    std::string text{};  // the same in our own words, for transcripts and where there are no templates
};

struct send_reaction {
    std::string message_id{};
    std::string emoji{};
};

struct mark_read {
    std::string message_id{};
    bool typing{};  // show that an answer is being written
};

using outbound_content = std::variant<
    say_text, say_media, say_location, ask_location, say_link, say_template, send_reaction,
    mark_read, ask_contact, say_form>;

struct outbound_message {
    address to{};
    std::string reply_to_id{};     // quote this message
    std::string callback_data{};   // our outbox id, echoed in statuses where the provider can
    outbound_content content{};
    // Not empty: refuse it where her phone or account key is another one by now.
    std::string identity_key_hash{};
};

// A higher class may overtake a lower one, never its own; none starves another for ever.
enum class priority : std::uint8_t { reply, agent, meeting, nudge, bulk };

}  // namespace tertulia
