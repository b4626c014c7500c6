// The wire samples, read from tests/corpus/fineract.

#pragma once

#include "tests/source_folder.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace tertulia::adapters::fineract {

inline std::string sample(const std::string& name) {
    std::ifstream in{testing_files::source_folder() / "tests/corpus/fineract" / name, std::ios::binary};
    if (!in) throw std::runtime_error{"no sample " + name};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace tertulia::adapters::fineract
