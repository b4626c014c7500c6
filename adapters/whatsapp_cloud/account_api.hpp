// What Meta answers when asked about the account: its templates and its number. The calls and the
// reading of their answers; when to ask is gateway/accounts'.

#pragma once

#include "adapters/whatsapp_cloud/account.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/http.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::whatsapp_cloud {

// A template as Meta has it.
struct listed_template {
    std::string name{};
    std::string language{};
    template_status status{};
    std::string word{};  // the status in Meta's word
    std::string category{};
    std::string quality{};
    std::string reason{};                    // of a rejection
    std::vector<std::string> header{};       // the gaps of a header of words: "1" or names
    std::vector<std::string> body{};         // each once, in the order they stand
    std::vector<std::string> buttons{};      // their types in order: "QUICK_REPLY", "URL"…
    std::string header_media{};              // "IMAGE", "VIDEO", "DOCUMENT"; empty: words or none
};

struct template_page {
    std::vector<listed_template> templates{};
    std::string next{};  // for the next request; empty: this was the last
};

// Needs settings.business_account_id. `after`: the page before's `next`.
[[nodiscard]] outbound_request render_template_list(
    const channel_settings& of, std::string_view after = {}
);
// Nothing: the answer is no list of templates. What is no template in it is left out.
[[nodiscard]] std::optional<template_page> read_template_list(std::string_view body);

// How the number stands.
struct number_standing {
    std::string quality{};  // "GREEN", "YELLOW", "RED"; empty: not said
    std::optional<std::int64_t> limit{};
};
[[nodiscard]] outbound_request render_number_query(const channel_settings& of);
[[nodiscard]] std::optional<number_standing> read_number_standing(std::string_view body);

// The gaps of a template's text, {{1}} or {{name}}, each once, in the order they stand.
[[nodiscard]] std::vector<std::string> template_gaps(std::string_view text);

// GET or another call of the Graph API below the version: "1065/block_users".
[[nodiscard]] outbound_request graph_call(
    const channel_settings& of, std::string_view method, std::string_view path, std::string body = {}
);

}  // namespace tertulia::adapters::whatsapp_cloud
