// What there is to translate: every text of the source language, each variant by itself, with what
// the other language has for it, where it is said and how long it may be.

#pragma once

#include "dialogs/script/program.hpp"
#include "dialogs/translations/records.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct translation_unit {
    std::string context{};  // as the source spells the variant; unique
    std::string key{};
    std::string variant{};  // empty: the plain text
    std::string source{};
    std::string target{};  // empty: not translated yet
    int target_line{};     // 0: nowhere
    int target_column{};
    bool stale{};  // translated from another text than `source`
};

// In the order of the source file. Variants are the same if they mean the same: `sms+nascent` and
// `nascent+sms`. What only the target has needs no translation and is not listed.
[[nodiscard]] std::vector<translation_unit> units_of(
    std::span<const message_source> source,
    std::span<const message_source> target,
    const translation_records& records
);

// Where a message stands, and what its place can show.
struct message_role {
    std::vector<std::string> said_in{};  // "menu.what", in the order of the program
    std::size_t units_max{4096};         // UTF-16 units, the tightest of its places
    bool one_line{};
    std::string place{};  // "a button"; empty: a plain message
};

// By key. What no state says (common.*) is not listed.
[[nodiscard]] std::map<std::string, message_role> roles_of(const program& of);

}  // namespace tertulia::dialogs
