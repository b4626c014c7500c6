// The basic set with a dialog that sets values and calls another with some, to be broken or talked
// to.

#pragma once

#include "tests/talks/sources.hpp"

namespace tertulia::dialogs::testing_sources {

inline script_sources with_values() {
    auto from = basic();
    from.dialogs.push_back({"dialogs/quote.yaml", R"(dialog: quote
about: How much she may borrow.
starts_on: {words: [cotizar]}
begin: income
states:
  income: {ask: quote.income, expect: amount, keep_as: income, go: half}
  half:
    set:
      most: "answer.income / 2"
      tries: 1
      soon: "today + 7"
      large: "answer.income > 10000"
      purpose: "'visit'"
    go: sum
  sum:
    call: ask_amount
    with: {limit: answer.most, why: answer.purpose}
    bring_back: {wanted: amount}
    when: {ok: sure, later: none}
  sure:
    ask: quote.sure
    expect: yes_no
    when: {yes: {say: quote.done, end: true}, no: again}
  again: {set: {tries: "answer.tries + 1"}, go: sum}
  none: {say: quote.none, end: true}
)"});
    from.dialogs.push_back({"dialogs/ask_amount.yaml", R"(dialog: ask_amount
about: One amount, up to a limit.
takes: {limit: amount, why: text}
begin: amount
states:
  amount:
    ask: ask_amount.amount
    expect: amount
    keep_as: amount
    allow: "answer.amount <= answer.limit"
    otherwise: ask_amount.much
    if_unclear: {tries: 2, then: {return: later}}
    return: ok
)"});
    from.messages[0].text += R"(common.corrected: "Corregido."
quote.income: "¿Cuánto gana?"
quote.sure: "{answer.wanted, money} de {answer.most, money} hasta el {answer.soon, date, short}, intento {answer.tries}: ¿está bien?"
quote.done: "Anotado: {answer.wanted, money}."
quote.none: "Otro día, entonces."
ask_amount.amount: "¿Cuánto, hasta {answer.limit, money}? {answer.why}"
ask_amount.much: "{answer.amount, money} es mucho."
)";
    return from;
}

}  // namespace tertulia::dialogs::testing_sources
