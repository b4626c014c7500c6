// What every request has. Internal to this folder.

#pragma once

#include "adapters/wire/http.hpp"

#include <string>
#include <string_view>

namespace tertulia::adapters::fineract {

struct access;

// With credentials and tenant; `path` begins with a slash and may hold a query.
[[nodiscard]] outbound_request request_to(
    const access& to, std::string_view method, std::string_view path
);
// "/loans/81", the id percent-encoded.
[[nodiscard]] std::string path_of(std::string_view collection, std::string_view id);

}  // namespace tertulia::adapters::fineract
