// Messages that a language of the institution lacks, told so that a new language is no flood.

#pragma once

#include "dialogs/script/compiler.hpp"

#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct message_gap {
    std::string key{};
    std::string language{};  // that has no text
    std::string has{};       // one that has, or "a variant"
    std::string file{};      // where it is missing
};

// Each by itself, with where it is used; more than ten of one file as one.
void tell_gaps(
    std::span<const message_gap> gaps,
    std::span<const message_use> uses,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
