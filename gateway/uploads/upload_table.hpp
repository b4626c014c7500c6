// Which of our files a provider has, by channel and content: the id messages name it by, for as long
// as the provider keeps it. What is kept outlives a restart as channel facts, "media/HASH".
//
// Pure: time is an argument. Threads: none of its own; the owner locks.

#pragma once

#include "dialogs/message/time.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway {

// A file of a channel: its hash is that of media_file.
struct upload_key {
    std::string channel{};
    std::string hash{};
    auto operator<=>(const upload_key&) const = default;
};

class upload_table {
public:
    // An id is not used in its last day: a message may lie in a queue for hours.
    static constexpr std::chrono::hours spare{24};

    // Nothing: to be uploaded.
    [[nodiscard]] std::optional<std::string> id_of(const upload_key& file, instant now) const;

    // Each gives what the store must keep from now on.
    [[nodiscard]] channel_fact keep(
        const upload_key& file, std::string id, instant at, std::chrono::hours lives
    );
    // If it is still known by that id: another may have uploaded it anew meanwhile.
    [[nodiscard]] std::optional<channel_fact> forget(
        const upload_key& file, std::string_view id, instant at
    );
    // At start, with everything the store has; gives the facts that are to be dropped.
    [[nodiscard]] std::vector<channel_fact> restore(
        std::span<const channel_fact> kept, instant now
    );

private:
    struct upload {
        std::string id{};
        instant until{};
    };
    std::map<upload_key, upload> known_{};
};

}  // namespace tertulia::gateway
