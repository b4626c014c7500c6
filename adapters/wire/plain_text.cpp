#include "adapters/wire/plain_text.hpp"

#include "adapters/wire/text.hpp"
#include "dialogs/message/numbered_text.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace tertulia::adapters {
namespace {

constexpr std::size_t web_address_bytes_max = 2000;

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

// An address every phone with a browser opens; six digits are a tenth of a metre.
std::string map_address(double latitude, double longitude) {
    std::array<char, 80> text{};
    const auto size = std::snprintf(
        text.data(), text.size(), "https://maps.google.com/?q=%.6f,%.6f", latitude, longitude
    );
    return {text.data(), static_cast<std::size_t>(size)};
}

using words = std::optional<std::string>;

words said(const say_text& what) {
    return numbered_text(what);
}
words said(const say_media& what) {
    if (!is_web_address(what.link)) return std::nullopt;
    std::string text = what.caption;
    add_line(text, what.link);
    return text;
}
words said(const say_location& what) {
    if (!(std::abs(what.latitude) <= 90) || !(std::abs(what.longitude) <= 180)) {
        return std::nullopt;
    }
    std::string text = what.name;
    add_line(text, what.place_address);
    add_line(text, map_address(what.latitude, what.longitude));
    return text;
}
words said(const ask_location& what) {
    return what.text;
}
words said(const ask_contact& what) {
    return what.text;
}
words said(const say_form&) {
    return std::nullopt;
}
words said(const say_link& what) {
    if (!is_web_address(what.url)) return std::nullopt;
    std::string text = what.text;
    add_line(text, what.button.empty() ? what.url : what.button + ": " + what.url);
    return text;
}
words said(const say_template& what) {
    if (what.text.empty()) return std::nullopt;
    return what.text;
}
words said(const send_reaction&) {
    return std::nullopt;
}
words said(const mark_read&) {
    return std::nullopt;
}

}  // namespace

std::optional<std::string> plain_text(const outbound_content& what) {
    return std::visit([](const auto& content) { return said(content); }, what);
}

bool is_web_address(std::string_view url) {
    const auto rest = url.starts_with("https://")  ? url.substr(8)
                      : url.starts_with("http://") ? url.substr(7)
                                                   : std::string_view{};
    return !rest.empty() && url.size() <= web_address_bytes_max &&
           url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

std::vector<outbound_message> split_text(
    outbound_message what, std::size_t units_max, std::optional<sms_spelling> spelling
) {
    std::vector<outbound_message> parts;
    auto text = plain_text(what.content);
    if (text && spelling) *text = sms_spelt(*text, *spelling);
    if (text && utf16_units(*text) > units_max) {
        for (auto& page : text_pages(*text, units_max)) {
            parts.push_back(
                {.to = what.to,
                 .reply_to_id = parts.empty() ? what.reply_to_id : std::string{},
                 .callback_data = what.callback_data,
                 .content = say_text{.text = std::move(page)}}
            );
        }
    }
    if (parts.empty()) parts.push_back(std::move(what));
    return parts;
}

}  // namespace tertulia::adapters
