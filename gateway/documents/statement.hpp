// Her statement: what she owes and has put by, instalment by instalment and payment by payment, out
// of what the mirror has of her. Pure: the same facts give the same document.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/wording/catalogue.hpp"
#include "gateway/documents/paper.hpp"

#include <string>
#include <string_view>

namespace tertulia::gateway {

struct statement_of {
    const client_facts& who;
    std::string_view loan_id{};  // of this loan alone; empty, or none of hers: of all that is hers
    const institution& house;
    instant as_of{};  // of the mirror
    instant now{};
    civil_date today{};
    language_tag language{};
};

// In her language, by the messages `document.…`. Only running loans and savings are in it.
[[nodiscard]] paper statement_paper(const statement_of& what, const dialogs::catalogue& words);

// For a spreadsheet: a row for each instalment, payment and savings account, dates ISO and amounts
// as decimals, so that every program reads them alike.
[[nodiscard]] std::string statement_csv(const statement_of& what);

}  // namespace tertulia::gateway
