#include "dialogs/rehearsal/test_writer.hpp"

#include "dialogs/facts/names.hpp"
#include "dialogs/rehearsal/line_difference.hpp"
#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <variant>

namespace tertulia::dialogs {
namespace {

// A block of lines reads well, but cannot say how its first line is indented or what a tab is.
bool fits_a_block(std::string_view text) {
    return text.find('\n') != std::string_view::npos && text.front() != ' ' &&
           text.front() != '\n' && text.back() != '\n' &&
           std::none_of(text.begin(), text.end(), [](char one) {
               return static_cast<unsigned char>(one) < 0x20 && one != '\n';
           });
}

std::string sent(const she_sends& what) {
    const auto& content = what.content;
    if (!what.device.empty()) {
        const auto* typed = std::get_if<typed_text>(&content);
        return "{new_device: " + quoted(typed == nullptr ? "" : typed->text) + "}";
    }
    if (const auto* media = std::get_if<received_media>(&content)) {
        const auto* kind = media->kind == media_kind::voice_note ? "voice_note"
                           : media->kind == media_kind::sticker  ? "sticker"
                           : media->kind == media_kind::document ? "document"
                                                                 : "photo";
        return "{" + std::string{kind} + ": " + quoted(media->caption) + "}";
    }
    if (const auto* at = std::get_if<shared_location>(&content)) {
        return "{location: {latitude: " + std::to_string(at->latitude) +
               ", longitude: " + std::to_string(at->longitude) + "}}";
    }
    if (const auto* sign = std::get_if<reaction>(&content)) {
        return "{reaction: " + quoted(sign->emoji) + "}";
    }
    return "{number_changed: true}";
}

std::string time_in_words(milliseconds time) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time);
    if (minutes == time) return std::to_string(minutes.count()) + " min";
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char one : text) {
        if (one == '"' || one == '\\') {
            made += '\\';
            made += one;
        } else if (one == '\n') {
            made += "\\n";
        } else if (one == '\t') {
            made += "\\t";
        } else if (static_cast<unsigned char>(one) >= 0x20) {
            made += one;
        }
    }
    return made + '"';
}

std::string line_of(const test_step& step, const language_tag& language) {
    static constexpr std::array answers{"right", "wrong", "none_set", "not_a_pin"};
    if (const auto* typed = std::get_if<she_types>(&step.does)) {
        return "- she: " + quoted(typed->text.in(language));
    }
    if (const auto* tap = std::get_if<she_taps>(&step.does)) {
        const auto pick = "[" + (is_name(tap->pick) ? tap->pick : quoted(tap->pick)) + "]";
        return "- she: " + (tap->earlier ? "{earlier: " + pick + "}" : pick);
    }
    if (const auto* what = std::get_if<she_sends>(&step.does)) return "- she: " + sent(*what);
    if (const auto* pin = std::get_if<she_gives_pin>(&step.does)) {
        return std::string{"- she: {pin: "} + answers.at(static_cast<std::size_t>(pin->answer)) +
               "}";
    }
    if (const auto* time = std::get_if<time_passes>(&step.does)) {
        return "- wait: " + time_in_words(time->time);
    }
    if (const auto* agent = std::get_if<agent_acts>(&step.does)) return "- agent: " + agent->action;
    if (const auto* other = std::get_if<officer_does>(&step.does)) {
        return "- officer: " + (other->pick.empty() ? quoted(other->text.in(language))
                                                    : "[" + other->pick + "]");
    }
    if (const auto* core = std::get_if<core_becomes>(&step.does)) {
        return "- core: " + std::string{name_of(core->state)};
    }
    return {};
}

std::vector<std::string> lines_expecting(const stage& after, bool was_under_way, with_texts texts) {
    std::vector<std::string> made;
    for (const auto& line : after.said()) {
        made.push_back("- bot: " + line.key);
        if (!line.by_template.empty()) made.push_back("  template: " + line.by_template);
        if (texts == with_texts::no || line.text.empty()) continue;
        if (!fits_a_block(line.text)) {
            made.push_back("  text: " + quoted(line.text));
            continue;
        }
        made.emplace_back("  text: |-");
        for (const auto& part : lines_of(line.text)) {
            made.push_back(part.empty() ? part : "    " + part);
        }
    }
    for (const auto& one : after.effects()) {
        if (const auto* record = std::get_if<keep_record>(&one)) {
            made.push_back("- keeps: " + record->kind);
        } else if (const auto* person = std::get_if<hand_over>(&one)) {
            // A kind of case may have a desk of its own; a test names those a dialog may.
            const auto to = person->queue.substr(0, person->queue.find(':'));
            const bool named = std::ranges::find(queue_words(), to) != queue_words().end();
            made.push_back(
                "- hands_over: {" + (named ? "to: " + to + ", " : std::string{}) +
                "because: " + person->reason + "}"
            );
        }
    }
    const auto& now = after.at();
    if (was_under_way && now.frames.empty() && now.queue.empty()) {
        made.emplace_back("- ends: true");
    }
    return made;
}

}  // namespace tertulia::dialogs
