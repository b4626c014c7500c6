// What core banking's files of a test say, in its folder "bank".

#pragma once

#include "tests/integration/parts/town.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace tertulia::integration {

inline void write_bank(const town& here, const std::string& name, const std::string& text) {
    const auto folder = here.where / "bank";
    std::filesystem::create_directories(folder);
    std::ofstream{folder / (name + ".csv")} << text;
}

inline void import_bank(town& here) {
    const auto imported = here.house.command({"import", (here.where / "bank").string()});
    ASSERT_EQ(imported.first, 0) << imported.second;
}

}  // namespace tertulia::integration
