// Every message as it would go by SMS, its facts filled in as long as they typically get: what
// `tertulia check --sms` prints and what is warned of.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/sms/sms_length.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// The facts texts are measured with, for people to judge.
inline constexpr std::string_view sms_facts =
    "names of 12 letters, products, branches and villages of 20, streets and hours of 40, amounts "
    "of 99,999.99, 12 of whatever is counted, a Wednesday in September; no accents in any of them";

struct sms_text {
    message_id message{};
    language_tag language{};
    bool own{};  // it has an `sms` variant; else its plain text
    std::string text{};
    sms_length length{};
};

// By message, then language of the institution. A language without any text is left out.
[[nodiscard]] std::vector<sms_text> sms_texts(const catalogue& words, const institution& house);

}  // namespace tertulia::dialogs
