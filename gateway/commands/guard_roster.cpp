#include "gateway/commands/guard_roster.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>

namespace tertulia::gateway {
namespace {

bool is_utf8(const std::string& text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        if (point < 0) return false;
    }
    return true;
}

}  // namespace

roster_read read_roster(std::istream& in) {
    roster_read out;
    int number = 0;
    const auto stop = [&](const std::string& what, const std::string& mend) {
        out.problem = "line " + std::to_string(number) + ": " + what + "; " + mend;
        return std::move(out);
    };
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty() || line.starts_with('#')) continue;
        if (!is_utf8(line)) return stop("this is not UTF-8", "save the file as UTF-8");
        if (line.size() > dialogs::roster_line_bytes_max) {
            return stop("this is too long for a name", "one person a line, 200 bytes at most");
        }
        if (out.names.people() >= dialogs::roster_people_max) {
            return stop("there are more than 500 people", "give the names of one group");
        }
        if (!out.names.add(line)) {
            return stop("there is no name here", "for example  Teresa Caal, Tere");
        }
    }
    return out;
}

dialogs::meeting_roster roster_on_file(const config& settings) {
    dialogs::meeting_roster out;
    const auto& file = settings.store.sqlite_file;
    if (!std::filesystem::exists(file)) return out;
    const SQLite::Database database{file.string(), SQLite::OPEN_READONLY};
    if (!database.tableExists("clients")) return out;
    // First names alone: among so many a surname is too often another word.
    SQLite::Statement members{
        database,
        "SELECT DISTINCT first_name FROM clients WHERE group_id <> '' ORDER BY first_name LIMIT ?"};
    members.bind(1, static_cast<int>(dialogs::roster_people_max));
    while (members.executeStep()) (void)out.add(members.getColumn(0).getString());
    SQLite::Statement officers{database, "SELECT DISTINCT first_name FROM officers"};
    while (officers.executeStep()) {
        (void
        )out.add(std::string{dialogs::roster_officer_mark} + officers.getColumn(0).getString());
    }
    return out;
}

}  // namespace tertulia::gateway
