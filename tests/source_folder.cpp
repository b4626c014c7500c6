#include "tests/source_folder.hpp"

namespace tertulia::testing_files {

std::filesystem::path source_folder() { return TERTULIA_SOURCE_DIR; }

}  // namespace tertulia::testing_files
