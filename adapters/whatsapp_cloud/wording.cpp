// Which form a question takes, and how a message too long for one request is cut.

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "adapters/wire/text.hpp"
#include "dialogs/message/numbered_text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

bool fits(std::string_view text, std::size_t units_max) {
    return !text.empty() && utf16_units(text) <= units_max;
}

bool body_fits(const say_text& what) {
    return fits(what.text, interactive_body_units_max) &&
           utf16_units(what.footer) <= footer_units_max;
}

// Two choices of one title, or of one id, cannot be told apart; Meta refuses both.
bool are_distinct(const std::vector<choice>& choices, std::string choice::*member) {
    std::vector<std::string_view> seen;
    seen.reserve(choices.size());
    for (const auto& one : choices) seen.emplace_back(one.*member);
    std::sort(seen.begin(), seen.end());
    return std::adjacent_find(seen.begin(), seen.end()) == seen.end();
}

bool has_caption_room(media_kind kind) {
    return kind == media_kind::image || kind == media_kind::video || kind == media_kind::document;
}

// The first part stands where the whole stood and keeps the quotation; the others only follow.
std::vector<outbound_message> as_parts(
    const outbound_message& whole, std::vector<outbound_content> contents
) {
    std::vector<outbound_message> parts;
    parts.reserve(contents.size());
    for (auto& content : contents) {
        parts.push_back(
            {.to = whole.to,
             .reply_to_id = parts.empty() ? whole.reply_to_id : std::string{},
             .callback_data = whole.callback_data,
             .content = std::move(content)}
        );
    }
    return parts;
}

// Never none: blanks alone stay the one message they were, for render() to refuse.
std::vector<outbound_content> as_texts(std::string_view text) {
    std::vector<outbound_content> contents;
    for (auto& page : text_pages(text, text_units_max)) contents.emplace_back(say_text{.text = std::move(page)});
    if (contents.empty()) contents.emplace_back(say_text{});
    return contents;
}

}  // namespace

// A button has no room for a second line.
bool fits_as_buttons(const say_text& what) {
    return !what.choices.empty() && what.choices.size() <= buttons_max && body_fits(what) &&
           are_distinct(what.choices, &choice::title) && are_distinct(what.choices, &choice::id) &&
           std::all_of(what.choices.begin(), what.choices.end(), [](const choice& one) {
               return one.description.empty() && fits(one.title, button_title_units_max) &&
                      fits(one.id, button_id_units_max);
           });
}

bool fits_as_list(const say_text& what) {
    return !what.choices.empty() && what.choices.size() <= list_rows_max && body_fits(what) &&
           are_distinct(what.choices, &choice::id) &&
           std::all_of(what.choices.begin(), what.choices.end(), [](const choice& one) {
               return fits(one.title, list_title_units_max) && fits(one.id, list_id_units_max) &&
                      utf16_units(one.description) <= list_description_units_max;
           });
}

std::vector<outbound_message> split(outbound_message what) {
    if (const auto* text = std::get_if<say_text>(&what.content)) {
        if (!fits_as_buttons(*text) && !fits_as_list(*text)) {
            const auto whole = numbered_text(*text);
            if (utf16_units(whole) > text_units_max) return as_parts(what, as_texts(whole));
        }
    } else if (const auto* media = std::get_if<say_media>(&what.content)) {
        const bool stays =
            has_caption_room(media->kind) && utf16_units(media->caption) <= caption_units_max;
        if (!media->caption.empty() && !stays) {
            auto bare = *media;
            auto texts = as_texts(std::exchange(bare.caption, {}));
            texts.insert(texts.begin(), std::move(bare));
            return as_parts(what, std::move(texts));
        }
    } else if (const auto* place = std::get_if<ask_location>(&what.content)) {
        if (utf16_units(place->text) > text_units_max) return as_parts(what, as_texts(place->text));
    } else if (const auto* number = std::get_if<ask_contact>(&what.content)) {
        if (utf16_units(number->text) > text_units_max) {
            return as_parts(what, as_texts(number->text));
        }
    }
    std::vector<outbound_message> alone;
    alone.push_back(std::move(what));
    return alone;
}

}  // namespace tertulia::adapters::whatsapp_cloud
