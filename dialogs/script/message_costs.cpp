#include "dialogs/script/message_costs.hpp"

#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/wording/sms_texts.hpp"

#include <algorithm>
#include <string>

namespace tertulia::dialogs {
namespace {

bool by_sms(const message_source& text) {
    std::vector<conditions_problem> told_elsewhere;
    return read_conditions(text.variant, told_elsewhere).channel() == channel_kind::sms;
}

}  // namespace

void check_sms(
    const catalogue& words,
    std::span<const message_source> texts,
    const institution& house,
    std::vector<diagnostic>& problems
) {
    if (std::none_of(texts.begin(), texts.end(), by_sms)) return;
    for (const auto& one : sms_texts(words, house)) {
        if (!one.own || one.length.segments <= sms_segments_max) continue;
        const auto base = one.language.substr(0, one.language.find('-'));
        const auto& key = words.key(one.message);
        const auto at = std::find_if(texts.begin(), texts.end(), [&](const message_source& text) {
            return text.key == key && by_sms(text) &&
                   (text.language == one.language || text.language == base);
        });
        if (at == texts.end()) continue;
        const bool plain = one.length.alphabet == sms_alphabet::gsm7;
        findings(at->file, problems)
            .warning(
                rule::sms_too_long,
                {.line = at->line, .column = at->column},
                "the SMS of '" + key + "' may take " + std::to_string(one.length.segments) +
                    " parts, and each is paid for",
                plain ? "say it shorter: 3 parts are 459 letters"
                      : "say it shorter, or write it without '" + one.length.outside.front() +
                            "': with such letters 3 parts are 201"
            );
    }
}

}  // namespace tertulia::dialogs
