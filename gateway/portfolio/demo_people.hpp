// The well-known people of the demonstration as a turn sees them, without a database: for tests of
// the dialogs and for talks in the terminal.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "gateway/portfolio/demo_generator.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct demo_on_file {
    demo_person who{};
    std::vector<std::shared_ptr<const client_facts>> clients{};  // with her number
};

// "Lucía" -> "lucia", "A stranger" -> "stranger": what she is called on a command line.
[[nodiscard]] std::string short_name(const demo_person& of);

// All of them on that day, as demo_people() lists them. Makes the whole demonstration: some ten
// milliseconds, so keep what it gives.
[[nodiscard]] std::vector<demo_on_file> demo_people_on(civil_date today);

}  // namespace tertulia::gateway
