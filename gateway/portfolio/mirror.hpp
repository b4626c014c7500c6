// The local copy of core banking, as turns read it. Writing it is import's business.
//
// Threads: the writer thread only.

#pragma once

#include "dialogs/facts/facts.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class mirror {
public:
    mirror() = default;
    mirror(const mirror&) = delete;
    mirror& operator=(const mirror&) = delete;
    virtual ~mirror() = default;

    // Every client one of whose phones equals one of these exactly (E.164), with loans, officer,
    // branch and group. Cached and shared until the portfolio changes; never null.
    [[nodiscard]] virtual std::shared_ptr<const facts> facts_of(
        std::span<const std::string> phones, instant now
    ) = 0;

    // Every credit agent, by id; made anew only when the portfolio has changed. Never null.
    [[nodiscard]] virtual std::shared_ptr<const std::vector<officer>> officers() = 0;

    // The Argon2id string of a client's PIN, empty if none is set.
    [[nodiscard]] virtual std::string pin_hash(std::string_view client_id) = 0;
};

}  // namespace tertulia::gateway
