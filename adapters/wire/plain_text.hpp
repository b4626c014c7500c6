// What a message says where nothing but text can be sent, as on every SMS.

#pragma once

#include "dialogs/message/outbound.hpp"
#include "dialogs/message/sms/transliteration.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters {

// Choices become numbered lines, media and links their address, a place its name and a map's
// address, a template our own words of it. Nothing if text cannot say it: a reaction, a read mark,
// media known only by a provider's id, a template without its words.
[[nodiscard]] std::optional<std::string> plain_text(const outbound_content& what);

// Whether it is an http or https address without blanks and of a bearable length.
[[nodiscard]] bool is_web_address(std::string_view url);

// One message as several whose text takes at most units_max UTF-16 units each, in order and as an
// SMS channel of that spelling writes it; alone and unchanged if it fits or cannot be said. Every
// part keeps the address and the outbox id.
[[nodiscard]] std::vector<outbound_message> split_text(
    outbound_message what, std::size_t units_max, std::optional<sms_spelling> spelling = {}
);

}  // namespace tertulia::adapters
