// What `check` found, for people, for programs and for code review (SARIF 2.1.0). Paths are as they
// were given; columns count characters.

#pragma once

#include "gateway/commands/check_files.hpp"

#include <ostream>
#include <string>

namespace tertulia::gateway {

// "file:line:column: what [rule-id]", the line, a caret and the mend, as a compiler would.
void write_problems(std::ostream& to, const checked_files& found);
// {"errors": 1, "warnings": 0, "problems": [{file, line, column, length, level, rule, what, mend}]}
void write_json(std::ostream& to, const checked_files& found);
void write_sarif(std::ostream& to, const checked_files& found, std::string_view version);

// One line of what was checked and how it went; of files without an error alone.
[[nodiscard]] std::string summary_of(const checked_files& found, bool strict);

// The table of rules: id, level, what it means.
void write_rules(std::ostream& to);

}  // namespace tertulia::gateway
