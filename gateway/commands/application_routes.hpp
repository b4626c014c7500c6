// GET /api/v1/applications?after=ID, /claims, /promises, /attendance: what people asked for, said they
// paid and said they would, and who came to meetings, as CSV, on the admin listener.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/inbox.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* applications_path = "/api/v1/applications";
inline constexpr const char* claims_path = "/api/v1/claims";
inline constexpr const char* promises_path = "/api/v1/promises";
inline constexpr const char* attendance_path = "/api/v1/attendance";
inline constexpr std::size_t applications_at_once = 5'000;  // ask for the rest after the last id

struct application_route_parts {
    inbox& incoming;      // the writer thread's errands
    sqlite_store& store;  // used on the writer thread only
    std::string database{};      // the file it is in: the portfolio's tables are there too
    std::string token{};         // as script_routes has it
};

// The table of that path, the oldest applications_at_once after that id.
[[nodiscard]] std::string exported(
    sqlite_store& from, const std::string& database, std::string_view path, std::int64_t after
);

[[nodiscard]] std::vector<http::route> application_routes(const application_route_parts& parts);

}  // namespace tertulia::gateway
