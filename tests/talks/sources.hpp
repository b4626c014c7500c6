// Small script sources for tests: a set that loads, to be broken one line at a time; and the
// institution's own, as it lies in config/.

#pragma once

#include "dialogs/script/script_set.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tertulia::dialogs::testing_sources {

institution semilla();
extern const char* const basic_messages;
std::vector<source_file> basic_dialogs();
script_sources basic();

std::vector<source_file> files_in(const std::filesystem::path& folder);
// The institution's own dialogs and messages.
script_sources as_configured();

std::string all_problems(const load_result& of);

}  // namespace tertulia::dialogs::testing_sources
