// The doors of the page that shows a whole village bank: which there are, who sits in one, how its
// meeting stands. Its chats are those of the phones (phone_desk.hpp), each by its own door.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/simulator/simulator.hpp"

#include <vector>

namespace tertulia::gateway::simulator {

// /simulator/meeting.html and its files; /simulator/banks, /simulator/bank?id=ID and
// /simulator/standing?bank=ID. `from` must outlive them.
[[nodiscard]] std::vector<http::route> bank_routes(const desk_banks& from);

}  // namespace tertulia::gateway::simulator
