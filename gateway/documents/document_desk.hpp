// Where documents made of a client's records are fetched: an address nobody guesses, once, for a
// short while. Only who asked for what is remembered, in memory; the document is made when it is
// fetched, so that nothing of it lies on a disk.
//
// Threads: any.

#pragma once

#include "dialogs/message/outbound.hpp"
#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tertulia::gateway {

class document_desk {
public:
    static constexpr std::chrono::minutes fetched_within{15};
    // More are not waited for at a time: the oldest is forgotten, and is asked for again by her.
    static constexpr std::size_t waiting_max = 10'000;

    struct order {
        made_document what{};
        std::int64_t party{};
    };

    // 256 bits of chance as 64 hex digits. Throws std::runtime_error where there is none to be had.
    [[nodiscard]] std::string lay_out(order what, instant now);
    // Nothing: never there, fetched already, or too late; which, nobody is told.
    [[nodiscard]] std::optional<order> take(std::string_view token, instant now);

private:
    struct waiting {
        order what{};
        instant until{};
    };
    std::mutex mutex_{};
    std::unordered_map<std::string, waiting> all_{};
};

}  // namespace tertulia::gateway
