// Places as people name them: towns, zones, markets, with their nicknames and spelt as they sound.
// Made once from what operators list, immutable, shared between threads.

#pragma once

#include "dialogs/facts/coordinates.hpp"
#include "dialogs/understanding/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct named_place {
    std::string name{};
    std::vector<std::string> also{};  // other ways to say it
    std::optional<coordinates> at{};
};

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
