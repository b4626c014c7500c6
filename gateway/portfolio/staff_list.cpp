#include "gateway/portfolio/staff_list.hpp"

#include <algorithm>

namespace tertulia::gateway {

std::vector<staff_person> staff_of(
    const std::vector<officer>& agents, const std::vector<staff_person>& colleagues
) {
    std::vector<staff_person> all;
    for (const auto& one : agents) {
        all.push_back(
            {.id = "officer:" + one.id,
             .name = one.courtesy.empty() ? one.first_name : one.courtesy,
             .phone = one.phone,
             .branch_id = one.branch_id,
             .desks = {}}
        );
    }
    const auto agents_end = static_cast<std::ptrdiff_t>(all.size());
    for (const auto& one : colleagues) {
        const auto agent = std::find_if(all.begin(), all.begin() + agents_end, [&](const auto& it) {
            return !it.phone.empty() && it.phone == one.phone;
        });
        if (agent == all.begin() + agents_end) {
            all.push_back(one);
            continue;
        }
        agent->desks = one.desks;
    }
    return all;
}

std::shared_ptr<const std::vector<staff_person>> staff_list::now() {
    auto agents = mirror_.officers();
    if (made_ == nullptr || agents != made_of_) {
        made_ = std::make_shared<const std::vector<staff_person>>(staff_of(*agents, colleagues_));
        made_of_ = std::move(agents);
    }
    return made_;
}

}  // namespace tertulia::gateway
