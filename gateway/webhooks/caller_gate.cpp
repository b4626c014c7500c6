#include "gateway/webhooks/caller_gate.hpp"

#include "gateway/http/caller.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <bit>
#include <memory>
#include <utility>

namespace tertulia::gateway {
namespace {

class gate {
public:
    gate(caller_rules rules, metrics& counts)
        : rules_{std::move(rules)},
          refused_{counts.refused_callers.Add({{"channel", rules_.channel}})},
          answered_{counts.webhooks.Add({{"channel", rules_.channel}, {"answer", "404"}})} {}

    [[nodiscard]] bool opens_to(const http::request& request) {
        std::vector<std::string_view> lines;
        if (!rules_.trusted_proxies.empty() && request.header_lines) {
            lines = request.header_lines("X-Forwarded-For");
        }
        const auto caller = http::caller_of(request.remote_address, lines, rules_.trusted_proxies);
        if (caller && rules_.allowed.has(*caller)) return true;
        refused_.Increment();
        answered_.Increment();
        if (const auto count = ++count_; std::has_single_bit(count)) {
            spdlog::warn(
                "{}: a call from {} was turned away ({} so far): not in its allow_from",
                rules_.channel,
                caller ? caller->to_string() : "an unreadable X-Forwarded-For",
                count
            );
        }
        return false;
    }

private:
    caller_rules rules_;
    prometheus::Counter& refused_;
    prometheus::Counter& answered_;
    std::atomic<std::uint64_t> count_{};
};

}  // namespace

std::vector<http::route> behind_gate(
    std::vector<http::route> routes, caller_rules rules, metrics& counts
) {
    if (rules.allowed.empty()) return routes;
    const auto shared = std::make_shared<gate>(std::move(rules), counts);
    for (auto& route : routes) {
        route.handle = [shared, inner = std::move(route.handle)](
                           const http::request& request, http::reply answer
                       ) {
            if (!shared->opens_to(request)) {
                std::move(answer).send(http::nothing_here());
                return;
            }
            inner(request, std::move(answer));
        };
    }
    return routes;
}

}  // namespace tertulia::gateway
