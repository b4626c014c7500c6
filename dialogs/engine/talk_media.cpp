// What texts are shown with. Where the channel shows nothing, or files are served to nobody, the
// text stands alone.

#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/message/received_link.hpp"
#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t caption_units_max = 1024;
constexpr std::string_view sent_voice = "desk.sent_voice";
constexpr std::string_view sent_file = "desk.sent_file";

bool is_recording(const attachment& what) noexcept {
    return what.kind == media_kind::audio;
}

}  // namespace

bool takes_caption(const say_media& what) noexcept {
    return what.kind != media_kind::audio && what.kind != media_kind::voice_note &&
           what.kind != media_kind::sticker;
}

media_kind media_of(typed_kind kind) noexcept {
    switch (kind) {
        case typed_kind::photo: return media_kind::image;
        case typed_kind::voice_note: return media_kind::audio;
        default: return media_kind::document;
    }
}

std::string talk::link_to_sent(media_kind kind, std::string_view id) const {
    return received_link(
        {.by = {known_.conversation}, .kind = kind, .media_id = std::string{id}}
    );
}

std::optional<say_media> talk::shown_again(media_kind kind, const std::string& what) const {
    if (around().channel == channel_kind::sms) return std::nullopt;
    const auto sent = read_received_link(what);
    return sent ? say_media{.kind = sent->kind, .link = what}
                : say_media{.kind = kind, .media_id = what};
}

void talk::show_sent(const std::vector<std::string>& links) {
    const auto named = script.words->find(sent_file);
    if (silent || out_of_window || !named) return;
    for (const auto& link : links) {
        if (auto shown = shown_again(media_kind::image, link)) {
            send_media(*named, std::move(*shown), said_as::companion);
        }
    }
}

std::string talk::told_as_sent(media_kind kind) {
    const bool is_sound = kind == media_kind::voice_note || kind == media_kind::audio;
    const auto found = script.words->find(is_sound ? sent_voice : sent_file);
    if (!found) return {};
    return script.words->format(*found, script.house.languages.front(), around(), view_);
}

std::vector<say_media> talk::shown_with(message_id what) const {
    std::vector<say_media> all;
    const auto now = around();
    const auto& base = script.house.media_base;
    if (base.empty() || now.channel == channel_kind::sms) return all;
    auto files = script.words->attachments(what, next.language, now);
    const auto form = preferred(next.preferences, "form");
    // Who rather listens hears what is there for those who do not read.
    if (form == "voice" && std::ranges::none_of(files, is_recording)) {
        auto as_listener = now;
        as_listener.whom = archetype::nascent;
        const auto spoken = script.words->attachments(what, next.language, as_listener);
        if (std::ranges::any_of(spoken, is_recording)) files = spoken;
    }
    for (const auto& each : files) {
        if (form == "text" && is_recording(each)) continue;
        all.push_back(
            {.kind = each.kind,
             .media_id = {},
             .link = base + "/" + each.path,
             .caption = {},
             .file_name = each.kind == media_kind::document ? each.name : std::string{}}
        );
    }
    return all;
}

void talk::send_media(message_id what, say_media content, said_as how) {
    send made{};
    made.message.content = std::move(content);
    made.urgency = priority::reply;
    made.purpose = to_text(purpose{script.words->key(what), how});
    emit(std::move(made));
}

// Only the wish for it: the gateway makes the document as it sends it.
void talk::send_document(const program_state& state) {
    const auto* hers = who();
    if (silent || out_of_window || hers == nullptr || state.then.says.empty() || !verified()) return;
    if (script.house.media_base.empty() || around().channel == channel_kind::sms) return;
    const auto* loan = kept_loan();
    const std::string ending = state.sends == document_kind::statement_pdf   ? ".pdf"
                               : state.sends == document_kind::statement_csv ? ".csv"
                                                                             : ".json";
    const auto key = state.then.says.front();
    send_media(
        key,
        {.kind = media_kind::document,
         .file_name = (state.file_name ? words(*state.file_name) : script.at(state.dialog).name) +
                      ending,
         .made =
             {.what = state.sends,
              .client_id = hers->who.id,
              .loan_id = loan == nullptr ? std::string{} : loan->id,
              .language = next.language}},
        said_as::companion
    );
}

// Only the wish for it: the gateway makes the address as it sends the text.
bool talk::link_below(const program_state& state) {
    const auto* hers = who();
    if (silent || out_of_window || hers == nullptr || !allowed(script.at(state.dialog))) return true;
    if (!script.house.media_base.starts_with("http")) {
        const auto& key = script.words->key(state.then.says.front());
        if (const auto instead = script.words->find(key + ".no_link")) say(*instead);
        return false;
    }
    link_below_ = {.client_id = hers->who.id, .language = next.language};
    return true;
}

void talk::say(message_id what) {
    if (silent) return;
    auto text = words(what);
    auto shown = out_of_window ? std::vector<say_media>{} : shown_with(what);
    // The first that takes a caption carries the text; recordings come after it.
    const bool fits = utf16_length(text) <= caption_units_max;
    bool said = false;
    for (auto& each : shown) {
        if (!takes_caption(each) && !said) {
            say_alone(what, std::move(text));
            said = true;
        }
        const bool carries = !said && fits;
        if (carries) each.caption = std::move(text);
        said = said || carries;
        send_media(what, std::move(each), carries ? said_as::caption : said_as::companion);
    }
    if (!said) say_alone(what, std::move(text));
}

void talk::say_alone(message_id what, std::string text) {
    say_text content{};
    content.text = std::move(text);
    content.link = std::exchange(link_below_, {});
    send_text(what, std::move(content));
}

// Before a question: its buttons stay the last thing on the screen.
void talk::show_before(message_id question) {
    if (out_of_window) return;
    for (auto& each : shown_with(question)) {
        send_media(question, std::move(each), said_as::companion);
    }
}

bool talk::say_again_alone(message_id what) {
    for (const auto path : script.words->paths_used(what)) {
        if (script.known->fields()[path].personal && !verified()) return false;
    }
    say_alone(what, words(what));
    return true;
}

}  // namespace tertulia::dialogs
