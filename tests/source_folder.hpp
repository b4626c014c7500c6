// Where this source stands, for tests that read samples and the shipped configuration. A function,
// so that only one file's compilation depends on the place.

#pragma once

#include <filesystem>

namespace tertulia::testing_files {

std::filesystem::path source_folder();

}  // namespace tertulia::testing_files
