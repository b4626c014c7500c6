// What `tertulia test` prints and writes: failures as a person reads them, coverage, JUnit XML for
// machines.

#pragma once

#include "dialogs/rehearsal/rehearse.hpp"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct test_run {
    std::string file{};
    std::string name{};
    dialogs::staging how{};
    std::optional<dialogs::mismatch> wrong{};
    double seconds{};
};

// "in es, nascent"
[[nodiscard]] std::string as_played(const dialogs::staging& how);

// Those of `runs` that failed. What went wrong alike in several languages is told once, with the
// talk of the first.
void print_failures(std::ostream& out, const std::vector<test_run>& runs);

// A line for each dialog, then what is not covered. Returns the share of states that are covered in
// every language, in percent rounded down: 100 means all.
int print_coverage(
    std::ostream& out,
    const std::vector<dialogs::dialog_coverage>& report,
    const std::vector<language_tag>& languages
);

[[nodiscard]] std::string junit_xml(const std::vector<test_run>& runs);

}  // namespace tertulia::gateway
