// What a message of ours is for: the key of its text, and how its picture or recording stands to
// that text. It travels with the message and comes back with its outcome.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::dialogs {

enum class said_as {
    text,       // the text itself; of a question with its choices
    caption,    // media that carries the text: when it fails, the text is still to be said
    companion,  // media beside its text: when it fails, nothing is missing but the media
};

struct purpose {
    std::string_view key{};
    said_as how{};
};

// '+' is in no key.
inline constexpr std::string_view caption_mark = "+caption";
inline constexpr std::string_view companion_mark = "+companion";

[[nodiscard]] inline std::string to_text(const purpose& of) {
    std::string text{of.key};
    if (of.how == said_as::caption) text += caption_mark;
    if (of.how == said_as::companion) text += companion_mark;
    return text;
}

[[nodiscard]] inline purpose read_purpose(std::string_view text) noexcept {
    if (text.ends_with(caption_mark)) {
        return {text.substr(0, text.size() - caption_mark.size()), said_as::caption};
    }
    if (text.ends_with(companion_mark)) {
        return {text.substr(0, text.size() - companion_mark.size()), said_as::companion};
    }
    return {text, said_as::text};
}

}  // namespace tertulia::dialogs
