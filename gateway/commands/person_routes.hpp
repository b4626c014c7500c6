// The admin listener's routes for a person's own data: hers to have, to have erased, and what staff
// note of her. Personal data: for who is on this machine or shows the admin token; else 403.
//
//   POST /api/v1/person/export  {"phone"}                 200 and all we hold of her, as JSON
//   POST /api/v1/person/erase   {"phone", "by"}           200 {"erased": true}; a record says by whom
//   POST /api/v1/person/prefer  {"phone", "name", "value"} 200 once it is committed
//
// 400 for anything else, 404 where nobody has written from that number (export: nor any client has
// it).

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr const char* export_path = "/api/v1/person/export";
inline constexpr const char* erase_path = "/api/v1/person/erase";
inline constexpr const char* prefer_path = "/api/v1/person/prefer";

// All of it outlives the routes; `store` is used on the writer thread only.
struct person_parts {
    inbox& incoming;
    sqlite_store& store;
    std::string database{};  // with the portfolio's tables
    std::string token{};     // server.admin_token
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> person_routes(const person_parts& parts);

}  // namespace tertulia::gateway
