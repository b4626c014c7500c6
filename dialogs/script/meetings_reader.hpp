// meetings/*.yaml: how the meetings of village banks are held. A file per agenda, named as it is.
//
//   agenda: default
//   about: The whole meeting, live, each with us alone.
//   for: all
//   mode: relay
//   window: live
//   lasts: 2 h
//   steps:
//     - {step: roll_call, leads: secretary, timeout: 15 min}
//     - step: training
//       leads: agent
//       topic: {es: Ahorrar para la escuela, fr: Épargner pour l'école}
//     - {step: closing, leads: president, timeout: 5 min}
//   bylaws: {quorum: 2/3, late_after: 10 min, fines: {late: 5}}

#pragma once

#include "dialogs/meetings/agenda_book.hpp"
#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/wording/attachments.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t agenda_ids_max = 2'000;      // groups, or branches, of one agenda
inline constexpr int agenda_text_characters_max = 600;    // of a topic, of a question
inline constexpr int quiz_answer_characters_max = 20;     // a button's title

// What is looked up when everything is read, with its place.
struct agenda_source {
    std::string file{};
    meetings::agenda_template made{};  // without its version
    word name{};
    place for_all_at{};
    std::vector<word> branches{};
    std::vector<word> groups{};
    place steps_at{};
    std::vector<place> step_places{};
    std::vector<word> languages{};  // of topics and questions
    std::vector<attachment_source> audios{};  // in the order of the steps that have one
    std::optional<word> feedback{};
};
struct meetings_source {
    std::vector<agenda_source> agendas{};
};

[[nodiscard]] const map_shape& agenda_shape();
// Adds what the file says; tells every mistake. `currency`: the institution's.
void read_agenda(
    const source_file& file, currency_code currency, meetings_source& into, findings& noted
);

}  // namespace tertulia::dialogs
