// The acta: the minutes of a village bank's meeting as a page to sign and to file. Pure: the same
// minutes give the same document.

#pragma once

#include "gateway/documents/minutes_facts.hpp"
#include "gateway/documents/paper.hpp"

namespace tertulia::gateway {

// In words of the messages `minutes.…`, with whatever the meeting had and no more. Reasons of
// absences, who owes what and what was said do not stand in it, whoever reads it.
[[nodiscard]] paper minutes_paper(const minutes_of& what, const dialogs::catalogue& words);

// As bytes; throws as pdf_of() does.
[[nodiscard]] std::string minutes_pdf(const minutes_of& what, const dialogs::catalogue& words);

}  // namespace tertulia::gateway
