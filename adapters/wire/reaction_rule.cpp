#include "adapters/wire/reaction_rule.hpp"

#include <charconv>
#include <cstdint>
#include <string>

namespace tertulia::adapters {
namespace {

constexpr std::chrono::seconds retry_after_max = std::chrono::hours{24};

std::chrono::milliseconds seconds_in(std::string_view header) {
    std::int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(header.data(), header.data() + header.size(), seconds);
    if (error != std::errc{} || end != header.data() + header.size() || seconds <= 0) return {};
    return std::min(std::chrono::seconds{seconds}, retry_after_max);
}

}  // namespace

verdict by_rule(const reaction_rule& rule, int code) {
    return {
        .reaction = rule.reaction,
        .code = code,
        .reason = std::string{rule.reason},
        .after = rule.after,
        .tries_max = rule.tries_max};
}

void obey_retry_after(verdict& judged, std::string_view header) {
    if (judged.reaction == reaction::retry || judged.reaction == reaction::slow_channel ||
        judged.reaction == reaction::slow_recipient) {
        judged.after = std::max(judged.after, seconds_in(header));
    }
}

}  // namespace tertulia::adapters
