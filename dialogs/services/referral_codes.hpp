// The code somebody gives to whom she recommends us: "HK7DM4". It is the number of her conversation,
// three signs of chance that only its record knows (so that nobody makes up another's), and a check
// sign (so that a slip is seen): nothing has to be reserved, and no two are alike.
//
// Letters without vowels, and neither letter nor digit that is taken for another: no code is a word.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// `conversation` is above 0. The same chance gives the same code.
[[nodiscard]] std::string referral_code(std::int64_t conversation, std::uint64_t chance);

// The first word of a text that has the form of a code, in capital letters; empty: none has. Whose
// it is, if anybody's, is for the record of referrers to say.
[[nodiscard]] std::string find_referral_code(std::string_view text);

}  // namespace tertulia::dialogs
