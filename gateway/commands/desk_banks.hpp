// Village banks on the simulator's desk: who sits in one, out of the portfolio as a meeting reads it, and
// how its meeting stands, out of the store.
//
// Threads: any. It reads the portfolio by connections of its own, opened when first asked.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/wording/calendar.hpp"
#include "gateway/simulator/simulator.hpp"
#include "gateway/store/meeting_ledger.hpp"
#include "gateway/turns/inbox.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct desk_bank_parts {
    std::string database{};
    dialogs::local_calendar calendar;
    const institution& house;
    std::vector<staff_person> colleagues{};
    std::function<instant()> clock{};
    inbox& incoming;
    meeting_ledger& ledger;
};

[[nodiscard]] simulator::desk_banks banks_of_portfolio(desk_bank_parts parts);

}  // namespace tertulia::gateway
