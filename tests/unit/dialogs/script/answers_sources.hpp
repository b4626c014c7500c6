// The basic set with a dialog that asks for typed answers and a form, to be broken or talked to.

#pragma once

#include "tests/talks/sources.hpp"

namespace tertulia::dialogs::testing_sources {

inline script_sources with_answers() {
    auto from = basic();
    from.dialogs.push_back({"dialogs/visit.yaml", R"(dialog: visit
about: Someone asks for a visit.
starts_on: {words: [visita]}
begin: sum
states:
  sum:
    ask: visit.sum
    expect: amount
    keep_as: sum
    allow: "answer.sum >= 500"
    otherwise: visit.little
    example: visit.example
    help: visit.help
    go: day
  day:
    ask: visit.day
    expect: day
    keep_as: day
    if_silent: {after: 30 min, end: true}
    if_unclear: {tries: 3, say: visit.again}
    go: sure
  sure:
    ask: visit.sure
    expect: yes_no
    when: {yes: {say: visit.done, end: true}, no: sum}
)"});
    from.dialogs.push_back({"dialogs/join.yaml", R"(dialog: join
about: Someone wants to join.
starts_on: {words: [unirme]}
opening: join.opening
keep_for: 60 days
resume: join.resume
kept: join.kept
if_silent: {after: 30 min, end: true}
form:
  - field: person_name
    ask: join.name
    expect: name
    why: join.why
  - field: rhythm
    ask: join.rhythm
    choices: [weekly, {pick: monthly, words: [mensual]}]
    why: join.why
  - field: members
    ask: join.members
    expect: number
    why: join.why
    allow: "answer.members > 1"
    otherwise: join.few
    skip_if: "answer.rhythm == 'weekly'"
  - field: photo
    ask: join.photo
    expect: photo
    optional: true
    why: join.why
review: join.review
then: {say: join.done, end: true}
)"});
    from.messages[0].text += R"(common.corrected: "Corregido."
visit.sum: "¿Cuánto?"
visit.little: "{answer.sum, money} es poco."
visit.example: "Por ejemplo 3000."
visit.help: "El monto que necesita."
visit.day: "¿Qué día?"
visit.again: "¿Qué día dice?"
visit.sure: "{answer.sum, money} el {answer.day, date, weekday}: ¿está bien?"
visit.done: "Anotado: {answer.sum, money}."
join.opening: "Son cuatro preguntas."
join.name: "¿Cómo se llama?"
join.why: "Para saludarla por su nombre."
join.rhythm: "¿Cada cuánto?"
join.rhythm.weekly: "Semanal"
join.rhythm.monthly: "Mensual"
join.members: "¿Cuántas son?"
join.few: "Con {answer.members} no alcanza."
join.photo: "¿Una foto?"
join.photo.skip: "Sin foto"
join.review: "Esto anoté:"
join.review.confirm: "Está bien"
join.person_name.label: "Nombre"
join.person_name.label.more: "{answer.person_name}"
join.rhythm.label: "Ritmo"
join.members.label: "Miembros"
join.photo.label: "Foto"
join.photo.label.more: "{answer.photo, select, photo {sí} other {no}}"
join.resume: "¿Seguimos?"
join.resume.go_on: "Seguir"
join.resume.anew: "De nuevo"
join.kept: "Lo guardé."
join.done: "Gracias, {answer.person_name}."
)";
    return from;
}

}  // namespace tertulia::dialogs::testing_sources
