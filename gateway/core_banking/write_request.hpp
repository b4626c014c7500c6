// A stored write as the request it becomes. Internal to this folder.

#pragma once

#include "gateway/core_banking/write_queue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

// One of the three.
struct made_request {
    std::optional<adapters::outbound_request> request{};
    std::optional<adapters::fineract::core_verdict> judged{};  // what had to be asked first failed
    std::optional<std::string> wrong{};  // it cannot be written as it is; why, safe to log
};

// An application asks for its template first, which is why it may call.
[[nodiscard]] made_request make_request(
    const core_write& what,
    std::string_view key,
    const adapters::fineract::access& to,
    const core_caller& call
);

// judge() of the one answer; where there is none, the same again.
[[nodiscard]] adapters::fineract::core_verdict judge_answer(
    const std::vector<std::optional<adapters::provider_response>>& answers,
    adapters::fineract::call_kind what
);

}  // namespace tertulia::gateway
