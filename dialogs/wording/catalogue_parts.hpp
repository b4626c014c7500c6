// What a catalogue is made of; for catalogue.cpp, which says it, and catalogue_builder.cpp, which
// makes it. Nobody else includes this.

#pragma once

#include "dialogs/wording/calendar.hpp"
#include "dialogs/wording/catalogue.hpp"
#include "dialogs/wording/locale_words.hpp"
#include "dialogs/wording/message_pattern.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct template_text {
    std::string name{};
    message_pattern words{};
};

struct message_template {
    std::string name{};
    std::string language{};
    template_category category{};
    std::vector<template_text> header{};
    std::vector<template_text> body{};
    std::vector<std::string> picks{};
    std::vector<std::size_t> paths{};  // of its gaps
};

struct message_text {
    std::size_t language{};  // index into catalogue::parts::languages
    conditions when{};
    message_pattern words{};
    std::optional<message_pattern> unmarked{};  // where nothing is printed bold; none: as words
    std::vector<attachment> media{};
    std::optional<message_template> approved{};
};

struct message_texts {
    std::string key{};
    std::vector<message_text> texts{};  // a handful: looked through, not looked up
    std::vector<std::size_t> paths{};
    std::vector<std::size_t> needed{};
    std::vector<message_form> forms{};  // beside texts, for those who check
};

struct spoken_language {
    language_tag tag{};
    std::unique_ptr<const locale_words> locale{};
};

struct catalogue::parts {
    std::vector<message_texts> messages{};     // by key
    std::vector<spoken_language> languages{};  // every language some entry is in
    std::vector<language_tag> required{};
    local_calendar calendar{};

    [[nodiscard]] const message_texts& at(message_id of) const;
    [[nodiscard]] const message_text* choose(
        const message_texts& of, std::string_view language, const circumstances& when
    ) const noexcept;
    // The text that has a template, or nullptr.
    [[nodiscard]] const message_text* approved(
        const message_texts& of, std::string_view language
    ) const noexcept;
};

}  // namespace tertulia::dialogs
