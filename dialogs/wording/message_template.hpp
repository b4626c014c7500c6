// The approved template a message is said by when she has not written for a day. Only what is
// written beside the message: the words themselves are registered at the provider, and all we send
// is the template's name and what stands in its gaps.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// As the provider has it. Others it knows (codes to sign in with) are not ours to send.
enum class template_category : std::uint8_t {
    utility,    // something she asked for or that is under way
    marketing,  // everything else
};

// What stands in one gap: a pattern as a message's text is.
struct template_text_source {
    std::string name{};  // of a named parameter; empty: the gaps are numbered
    std::string pattern{};
    int line{};  // where the pattern begins, from 1
    int column{};
};

struct template_button_source {
    std::string pick{};  // of the question's choice
    int line{};
    int column{};
};

struct template_source {
    std::string name{};
    std::string language{};  // the provider's code; empty: that of the messages file
    template_category category{};
    std::vector<template_text_source> header{};  // one at most
    std::vector<template_text_source> body{};
    std::vector<template_button_source> buttons{};  // its quick replies, in its order
    int line{};                                     // of its name
    int column{};

    // Of the header first, then of the body; nullptr behind the last.
    [[nodiscard]] const template_text_source* text(std::size_t index) const noexcept {
        if (index < header.size()) return &header[index];
        index -= header.size();
        return index < body.size() ? &body[index] : nullptr;
    }
};

// The template as it must be registered, for who checks or shows it.
struct template_form {
    std::string name{};
    std::string language{};  // the provider's code
    template_category category{};
    // Our own text with its gaps as the provider marks them, {{1}} or {{name}}: the words that were
    // approved may be others. Gaps our text does not have, or that stand in a plural or select of
    // it, follow at the end.
    std::string header{};
    std::string body{};
    std::vector<std::string> picks{};
};
[[nodiscard]] template_form form_of(
    const template_source& from, std::string_view language, std::string_view text
);

// What it is registered in: what it says, else "es_GT" of a file es-GT.yaml.
[[nodiscard]] std::string template_language(const template_source& from, std::string_view tag);

}  // namespace tertulia::dialogs
