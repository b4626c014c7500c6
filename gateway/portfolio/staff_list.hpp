// Who of the institution works on cases from the telephone: the portfolio's credit agents, and the
// colleagues of the config. A colleague whose number is an agent's is that agent, with her desks.
//
// Threads: the writer thread only.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "gateway/portfolio/mirror.hpp"

#include <memory>
#include <vector>

namespace tertulia::gateway {

[[nodiscard]] std::vector<staff_person> staff_of(
    const std::vector<officer>& agents, const std::vector<staff_person>& colleagues
);

class staff_list {
public:
    staff_list(mirror& agents, std::vector<staff_person> colleagues)
        : mirror_{agents}, colleagues_{std::move(colleagues)} {}

    // Made anew when the portfolio has changed; never null.
    [[nodiscard]] std::shared_ptr<const std::vector<staff_person>> now();

private:
    mirror& mirror_;
    std::vector<staff_person> colleagues_;
    std::shared_ptr<const std::vector<officer>> made_of_{};
    std::shared_ptr<const std::vector<staff_person>> made_{};
};

}  // namespace tertulia::gateway
