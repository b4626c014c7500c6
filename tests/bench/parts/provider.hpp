// The provider's end: takes POST /vNN/PNID/messages on any number of kept connections and answers
// as Graph does, at once. On request it is unwell: so many in a hundred are answered 503, so many
// connections are dropped in the middle of a call.

#pragma once

#include "tests/bench/parts/poller.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tertulia::bench {

struct provider_call {
    std::string_view to{};    // as written in the body
    std::string_view body{};
    std::string_view callback_data{};
    std::string_view message_id{};  // what the answer names it, whether or not it arrives
    bool delivered{};         // false: answered 503, or dropped before it counted
};

struct provider_settings {
    std::uint16_t port{};
    double unwell_percent{};  // answered 503: not delivered
    // Dropped without an answer: half of them before the message counts as delivered, half after.
    double dropped_percent{};
    std::uint64_t seed{1};
};

class provider {
public:
    using listener = std::function<void(const provider_call&)>;

    provider(poller& loop, provider_settings how, listener heard);
    ~provider();
    provider(const provider&) = delete;
    provider& operator=(const provider&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::uint64_t calls() const noexcept { return calls_; }
    [[nodiscard]] std::uint64_t connections() const noexcept { return connections_; }

private:
    class door;
    class connection;
    enum class fate : std::uint8_t { well, unwell, dropped, delivered_and_dropped };

    [[nodiscard]] fate cast_lots();
    [[nodiscard]] fate hear(std::string_view body, std::string& answer);

    poller& loop_;
    provider_settings how_;
    listener heard_;
    std::mt19937_64 random_;
    std::uint64_t calls_{};
    std::uint64_t connections_{};
    std::uint16_t port_{};
    std::unique_ptr<door> door_;
    std::unordered_map<connection*, std::unique_ptr<connection>> open_;
};

}  // namespace tertulia::bench
