// GET /media/HASH/NAME, from memory.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/media/media_library.hpp"

namespace tertulia::gateway {

// `from` outlives the server.
[[nodiscard]] http::route media_route(const media_library& from);

}  // namespace tertulia::gateway
