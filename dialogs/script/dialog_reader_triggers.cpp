// What starts a dialog.

#include "dialogs/script/dialog_reader.hpp"

#include "dialogs/script/dialog_shapes.hpp"

#include <charconv>

namespace tertulia::dialogs {
namespace {

constexpr int priority_max = 100;

}  // namespace

void dialog_reader::fill_triggers(dialog_source& made, const yaml_node& map) {
    if (!map.map()) {
        into_.error(rule::wrong_shape, map.at, "'starts_on' needs 'intents:' or 'words:' below it");
        return;
    }
    only(map, triggers_shape(), "'starts_on'");
    made.intents = texts(map, "intents");
    made.words = texts(map, "words");
    made.entry_codes = texts(map, "entry_codes");
    made.referrals = texts(map, "referral");
    made.referral_codes = text(map, "referral_codes");
    if (made.referral_codes && made.referral_codes->text != "true") {
        into_.error(
            rule::wrong_value,
            made.referral_codes->at,
            "'referral_codes' is true, or is not there",
            "referral_codes: true"
        );
    }
    made.events = texts(map, "events");
    if (const auto* events = map.find("events")) made.events_at = events->at;
    if (const auto between = text(map, "between")) {
        if (made.events.empty()) {
            into_.error(
                rule::misplaced_key, between->at, "'between' is of events", "take it out"
            );
        }
        made.between = hours(*between);
    }
    made.starts_when = text(map, "when");
    if (const auto priority = text(map, "priority")) {
        const auto& digits = priority->text;
        const auto* end = digits.data() + digits.size();
        const auto [rest, error] = std::from_chars(digits.data(), end, made.priority);
        if (error != std::errc{} || rest != end || made.priority < -priority_max ||
            made.priority > priority_max) {
            into_.error(
                rule::wrong_value, priority->at, "'priority' is a whole number from -100 to 100"
            );
            made.priority = 0;
        }
    }
    const bool none = made.intents.empty() && made.words.empty() && made.entry_codes.empty() &&
                      made.referrals.empty() && !made.referral_codes && made.events.empty();
    if (none) {
        into_.error(
            rule::missing_key,
            map.at,
            "nothing starts this dialog",
            "add 'words:' or 'intents:', or take "
            "'starts_on' out"
        );
    }
}

}  // namespace tertulia::dialogs
