// The basic set with more dialogs and messages, for tests of one rule each.

#pragma once

#include "dialogs/script/script_set.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tertulia::dialogs::testing_talk {

// A dialog of a name the basic set has takes its place.
script_sources sources_with(std::vector<std::string> dialogs, const std::string& messages = {});

std::shared_ptr<const script_set> with(
    std::vector<std::string> dialogs = {}, const std::string& messages = {}
);

// What is told of a set that should not load.
std::string told_of(std::vector<std::string> dialogs, const std::string& messages = {});

}  // namespace tertulia::dialogs::testing_talk
