// The keys of a dialog's file (see shape.hpp), for its readers and for editors; and the words some
// of them take, in the order of the enumerators they are compiled to.

#pragma once

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/shape.hpp"

#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

[[nodiscard]] const map_shape& dialog_shape();
[[nodiscard]] const map_shape& triggers_shape();
[[nodiscard]] const map_shape& way_shape();  // say, go, end, return
[[nodiscard]] const map_shape& one_of_shape();
[[nodiscard]] const map_shape& choice_shape();
[[nodiscard]] const map_shape& branch_shape();
[[nodiscard]] const map_shape& silence_shape();
[[nodiscard]] const map_shape& unclear_shape();
[[nodiscard]] const map_shape& hand_over_shape();
[[nodiscard]] const map_shape& open_case_shape();  // below `hand_over:`
[[nodiscard]] const map_shape& wait_shape();       // below `wait:`
[[nodiscard]] const map_shape& schedule_shape();
[[nodiscard]] const map_shape& submit_shape();   // below `schedule:`
[[nodiscard]] const map_shape& report_payment_shape();
[[nodiscard]] const map_shape& promise_payment_shape();
[[nodiscard]] const map_shape& note_hardship_shape();
[[nodiscard]] const map_shape& note_contact_shape();
[[nodiscard]] const map_shape& field_shape();
[[nodiscard]] const map_shape& flow_shape();
[[nodiscard]] const map_shape& field_choice_shape();

// The keys of dialog_shape() that only a form has.
[[nodiscard]] const std::vector<std::string>& form_keys();

// A state is the map of the verb it does.
struct verb_shape {
    std::string key{};
    verb does{};
    map_shape_of shape{};
};
// A state with the keys of two belongs to the first that the second may not stand beside.
[[nodiscard]] std::span<const verb_shape> verb_shapes();

[[nodiscard]] const std::vector<std::string>& role_words();
[[nodiscard]] const std::vector<std::string>& requirement_words();
[[nodiscard]] const std::vector<std::string>& queue_words();
[[nodiscard]] const std::vector<std::string>& setting_words();
[[nodiscard]] const std::vector<std::string>& record_words();     // of look_up
[[nodiscard]] const std::vector<std::string>& choosable_words();  // of choose_from
[[nodiscard]] const std::vector<std::string>& consent_words();
[[nodiscard]] const std::vector<std::string>& document_words();  // in the order of document_kind
[[nodiscard]] const std::vector<std::string>& hour_words();
[[nodiscard]] const std::vector<std::string>& look_up_outcomes(bool of_points);
[[nodiscard]] const std::vector<std::string>& claim_outcomes();
[[nodiscard]] const std::vector<std::string>& promise_outcomes();
[[nodiscard]] const std::vector<std::string>& pin_outcomes();
[[nodiscard]] const std::vector<std::string>& code_outcomes();

// What is_name() and is_message_key() take, as regular expressions.
[[nodiscard]] std::string name_pattern();
[[nodiscard]] std::string message_key_pattern();

}  // namespace tertulia::dialogs
