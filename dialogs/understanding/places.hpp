// Places as people name them: towns, zones, markets, with their nicknames and spelt as they sound.
// Made once from what operators list, immutable, shared between threads.

#pragma once

#include "dialogs/facts/coordinates.hpp"
#include "dialogs/understanding/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct named_place {
    std::string name{};
    std::vector<std::string> also{};  // other ways to say it
    std::optional<coordinates> at{};
};

inline constexpr double guess_least = 0.6;

class place_names {
public:
    place_names() = default;
    explicit place_names(std::vector<named_place> places);

    struct match {
        std::size_t place{};  // index into places()
        std::size_t end{};    // tokens, [at, end)
    };
    // The place whose name begins at a token: the longest name, of those as long the one spelt
    // best. Nothing where two places fit equally well.
    [[nodiscard]] std::optional<match> at(const std::vector<token>& tokens, std::size_t at) const;

    struct guess {
        std::size_t place{};   // index into places()
        double likeness{};     // 1: named letter by letter; guess_least at least
    };
    // Which places a text that is nothing but a place may mean, the likeliest first, at most `most`:
    // misspelt, run together, torn apart, or called by a part of their name.
    [[nodiscard]] std::vector<guess> guesses(std::string_view text, std::size_t most = 5) const;
    // The one it means; nothing where none is likely, or two are nearly as likely.
    [[nodiscard]] std::optional<std::size_t> meant(std::string_view text) const;

    [[nodiscard]] const std::vector<named_place>& places() const noexcept { return places_; }
    [[nodiscard]] bool empty() const noexcept { return places_.empty(); }

private:
    struct form {
        std::vector<std::string> words{};  // folded
        std::size_t place{};
    };
    std::vector<named_place> places_{};
    std::vector<form> forms_{};
};

// The words of a name as they are compared: no two places may have the same.
[[nodiscard]] std::vector<std::string> place_key(const std::string& name);

}  // namespace tertulia::dialogs
