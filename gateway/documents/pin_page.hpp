// The page where a client sets her PIN: one form of two fields, for a narrow telephone, without a
// script, in her language, by the messages `pin_page.…`. Pure; knows no client and no PIN.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::gateway {

// What the page says, besides the form where there is one.
enum class pin_page : std::uint8_t {
    asked,           // nothing wrong yet
    not_six_digits,  // the form again, with why the PIN was refused
    repeats,
    sequence,
    birth_date,
    differ,  // the two fields do
    done,    // no form
    gone,    // no form: the address is good no more
};

// `posts_to`: the path the form is sent to; of done and gone unused.
[[nodiscard]] std::string html_of(
    pin_page what, std::string_view posts_to, const institution& house, const language_tag& language,
    const dialogs::catalogue& words
);

// Of the languages we speak the one her browser asks for first, by its Accept-Language; else our first.
// For an address nobody remembers, as after a restart: whose it was is not known any more.
[[nodiscard]] language_tag page_language(
    std::string_view accepted, std::span<const language_tag> spoken
);

// Content-Security-Policy of that page: its own style, its own form, nothing else.
[[nodiscard]] const std::string& pin_page_policy();

}  // namespace tertulia::gateway
