// What starts a dialog: words, intents, codes, referrals and events, each with those that share it.

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t code_min = 3;
constexpr std::size_t code_max = 30;

}  // namespace

void compiler::add_triggers(const dialog_source& source, program_dialog& dialog) {
    dialog.priority = source.priority;
    if (source.starts_when) {
        // It is asked before she has proved anything.
        const auto needs = std::exchange(needs_, requirement::anyone);
        dialog.starts_when = condition(*source.starts_when);
        needs_ = needs;
    }
    for (const auto& intent : source.intents) {
        if (!from_.phrases_broken && !intents_.contains(intent.text)) {
            error(
                rule::unknown_intent,
                intent.at,
                "there are no phrases for '" + intent.text + "'",
                mend_for(intent.text, {intents_.begin(), intents_.end()})
            );
        }
        add_trigger(program_->by_intent, intent.text, intent, source);
    }
    for (const auto& keyword : source.words) {
        auto key = keyword_key(keyword.text);
        if (key.empty()) {
            error(
                rule::no_letters, keyword.at, "'" + keyword.text + "' has no letters to recognise"
            );
            continue;
        }
        add_trigger(program_->by_word, std::move(key), keyword, source);
    }
    for (const auto& code : source.entry_codes) {
        auto key = entry_code_key(code.text);
        const bool whole =
            key.size() == code.text.size() && std::all_of(key.begin(), key.end(), is_of_entry_code);
        if (!whole || key.size() < code_min || key.size() > code_max) {
            error(
                rule::bad_name,
                code.at,
                "'" + code.text + "' cannot be an entry code",
                "use 3 to 30 letters without accents, digits, - and _"
            );
            continue;
        }
        add_trigger(program_->by_code, std::move(key), code, source);
    }
    if (source.referral_codes) {
        add_trigger(
            program_->by_code,
            std::string{any_referral_code},
            {"referral_codes", source.referral_codes->at},
            source
        );
    }
    for (const auto& from : source.referrals) {
        add_trigger(program_->by_referral, from.text, from, source);
    }
    add_events(source);
}

// Something that happened is told in between: whatever was being asked goes on afterwards.
void compiler::add_events(const dialog_source& source) {
    if (!source.events.empty() && !(source.anywhere && source.back)) {
        error(
            rule::misplaced_key,
            source.events_at,
            "a dialog that an event starts comes in the middle of another",
            "add 'anywhere: true' and 'back: true'"
        );
    }
    program_->dialogs[dialog_.value].between = source.between;
    if (source.between &&
        (needs_ == requirement::verified || needs_ == requirement::confirmed)) {
        error(
            rule::must_be_open,
            source.events_at,
            "this dialog needs her PIN, which is never asked out of nowhere",
            "let the event begin a dialog that is open, and go there from it"
        );
    }
    for (const auto& event : source.events) {
        const auto& known = event_names();
        if (std::find(known.begin(), known.end(), event.text) == known.end()) {
            not_found(rule::unknown_word, event, "there is no event '" + event.text + "'", known);
            continue;
        }
        add_trigger(program_->by_event, event.text, event, source);
    }
}

void compiler::add_trigger(
    text_map<started_dialogs>& into,
    std::string key,
    const word& written,
    const dialog_source& source
) {
    auto& all = into[std::move(key)];
    for (const auto other : all) {
        if (other == dialog_) return;
        const auto& first = program_->at(other);
        if (source.starts_when || first.starts_when || first.priority != source.priority) continue;
        error(
            rule::repeated_trigger,
            written.at,
            "'" + written.text + "' starts '" + first.name + "' already",
            "give one of the two 'when:' or 'priority:' below starts_on:"
        );
        return;
    }
    all.push_back(dialog_);
}

// The highest priority first; of the same, those with a condition; then by name.
void compiler::order_triggers() {
    for (auto* triggers :
         {&program_->by_word,
          &program_->by_intent,
          &program_->by_code,
          &program_->by_referral,
          &program_->by_event}) {
        for (auto& [key, all] : *triggers) {
            std::sort(all.begin(), all.end(), [&](dialog_index left, dialog_index right) {
                const auto& l = program_->at(left);
                const auto& r = program_->at(right);
                if (l.priority != r.priority) return l.priority > r.priority;
                const bool guarded = l.starts_when.has_value();
                if (guarded != r.starts_when.has_value()) return guarded;
                return l.name < r.name;
            });
        }
    }
}

}  // namespace tertulia::dialogs
