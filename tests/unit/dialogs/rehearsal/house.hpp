// A small set of dialogs and one person, for tests of the tests.

#pragma once

#include "dialogs/rehearsal/rehearse.hpp"
#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tertulia::dialogs::testing_rehearsal {

inline std::shared_ptr<const script_set> scripts() {
    static const auto made = load_scripts(testing_sources::basic());
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

inline rehearsal_cast cast() {
    rehearsal_cast made;
    made.names = {"rosa", "stranger"};
    made.find = [](std::string_view name, civil_date) {
        stand_in her{.phone = "+50255551234"};
        if (name == "rosa") {
            her.clients = {std::make_shared<const client_facts>(testing_talk::rosa())};
            her.pin = "482915";
        }
        return her;
    };
    return made;
}

struct read_file {
    std::vector<dialog_test> tests{};
    std::string problems{};
};
inline read_file read(const std::string& text) {
    read_file made;
    std::vector<diagnostic> problems;
    made.tests = read_tests({"x.test.yaml", text}, scripts()->compiled(), cast(), problems);
    for (const auto& one : problems) made.problems += to_text(one, text);
    return made;
}

// The first thing that goes otherwise, or nothing; the file must hold one sound test.
inline std::optional<mismatch> played(const std::string& text) {
    const auto file = read(text);
    EXPECT_EQ(file.problems, "");
    if (file.tests.size() != 1) return mismatch{.what = "not one test"};
    coverage seen(scripts());
    for (const auto& how : stagings_of(file.tests.front())) {
        if (auto wrong = rehearse(scripts(), file.tests.front(), how, cast(), seen)) return wrong;
    }
    return std::nullopt;
}

}  // namespace tertulia::dialogs::testing_rehearsal
