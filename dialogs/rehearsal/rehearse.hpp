// Plays one test in one language for one archetype, and says where it first goes otherwise than
// written. Strict: what the bot says must be in the test, all of it and in that order.

#pragma once

#include "dialogs/rehearsal/coverage.hpp"
#include "dialogs/rehearsal/stage.hpp"
#include "dialogs/rehearsal/test_source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::dialogs {

// One way to play a test.
struct staging {
    language_tag language{};
    std::optional<archetype> whom{};  // nothing: as she is
};
// Every language with every archetype of the test.
[[nodiscard]] std::vector<staging> stagings_of(const dialog_test& test);

struct mismatch {
    place at{};  // in the test's file
    std::string what{};
    // What was expected and what came, a line each: " " both, "-" only expected, "+" only came.
    std::vector<std::string> difference{};
    std::vector<std::string> talk{};  // what was said so far, newest last
};

// Nothing: all is as written. What was gone through is added to `seen`, also of a failing test.
[[nodiscard]] std::optional<mismatch> rehearse(
    const std::shared_ptr<const script_set>& scripts,
    const dialog_test& test,
    const staging& how,
    const rehearsal_cast& cast,
    coverage& seen
);

// ---- for those who play a talk for another purpose

// The stage as the test's `given` sets it.
[[nodiscard]] stage set_the_stage(
    const std::shared_ptr<const script_set>& scripts,
    const given_facts& given,
    const staging& how,
    const rehearsal_cast& cast
);

// Plays one step that happens. Returns why it cannot, or empty.
[[nodiscard]] std::string play(stage& on, const test_step& what, const language_tag& language);

}  // namespace tertulia::dialogs
