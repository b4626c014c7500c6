#include "gateway/commands/test_files.hpp"

#include "gateway/portfolio/demo_people.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <system_error>

namespace tertulia::gateway {

namespace fs = std::filesystem;

std::vector<dialogs::source_file> read_test_files(
    const config& from, std::vector<dialogs::diagnostic>& problems
) {
    std::vector<dialogs::source_file> out;
    std::error_code error;
    for (fs::directory_iterator at{from.dialogs / "tests", error}, end; !error && at != end;
         at.increment(error)) {
        if (!at->path().filename().string().ends_with(".test.yaml")) continue;
        std::ifstream in{at->path(), std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        if (!in) {
            problems.push_back(
                {.breaks = dialogs::rule::unreadable,
                 .file = at->path().string(),
                 .what = "cannot read this file"}
            );
            continue;
        }
        out.push_back({.path = at->path().string(), .text = std::move(text)});
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        problems.push_back(
            {.breaks = dialogs::rule::unreadable,
             .file = (from.dialogs / "tests").string(),
             .what = "cannot read this folder: " + error.message()}
        );
    }
    std::ranges::sort(out, {}, &dialogs::source_file::path);
    return out;
}

dialogs::rehearsal_cast demo_cast() {
    dialogs::rehearsal_cast out;
    for (const auto& one : demo_people()) {
        auto name = short_name(one);
        if (std::ranges::find(out.names, name) == out.names.end()) {
            out.names.push_back(std::move(name));
        }
    }
    auto days = std::make_shared<std::map<civil_date, std::vector<demo_on_file>>>();
    out.find = [days](std::string_view name, civil_date today) {
        auto [place, absent] = days->try_emplace(today);
        if (absent) place->second = demo_people_on(today);
        const auto found = std::ranges::find_if(place->second, [&](const demo_on_file& one) {
            return short_name(one.who) == name;
        });
        dialogs::stand_in made;
        if (found == place->second.end()) return made;
        made.clients = found->clients;
        made.phone = found->who.phone;
        made.pin = found->who.pin;
        return made;
    };
    return out;
}

}  // namespace tertulia::gateway
