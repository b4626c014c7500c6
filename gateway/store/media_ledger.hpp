// What people sent that must be fetched from a provider, and what came of it. A file is noted in the
// transaction of the turn that heard of it, so that a restart goes on where the last one ended; the
// files themselves lie on disk, sealed with keys that lie here, sealed with the person's. Erasing
// her makes noise of them and puts their ids where the next sweep finds them.
//
// Threads: the store's. Errors: as the store's.

#pragma once

#include "dialogs/message/inbound.hpp"
#include "gateway/store/seal.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

enum class media_state : std::uint8_t {
    waiting,  // to be fetched at `due`
    kept,     // on disk
    failed,   // never had; `reason` says why
};

struct media_entry {
    std::int64_t id{};
    party_id party{};
    std::string channel{};
    instant received_at{};
    media_state state{};
    int tries{};
    instant due{};
    std::string reason{};      // of the last trouble: ours, safe to show
    std::string type{};        // it is served as; of a kept one
    std::int64_t bytes{};      // of a kept one
    received_media what{};
    seal_key key{};            // of its file
};

struct media_mark {
    std::int64_t id{};
    media_state state{};
    int tries{};
    instant due{};
    std::string reason{};
    std::string type{};
    std::int64_t bytes{};
};

class media_ledger {
public:
    media_ledger() = default;
    media_ledger(const media_ledger&) = delete;
    media_ledger& operator=(const media_ledger&) = delete;
    virtual ~media_ledger() = default;

    // Waiting ones due at or before `now`, those that wait longest first.
    [[nodiscard]] virtual std::vector<media_entry> due(instant now, std::size_t most) = 0;
    [[nodiscard]] virtual std::optional<instant> next_due() = 0;
    // Nothing: there is none, or its person was erased.
    [[nodiscard]] virtual std::optional<media_entry> find(std::int64_t id) = 0;
    // What that person sent under the provider's id, of her newest few hundred.
    [[nodiscard]] virtual std::optional<media_entry> find_sent(
        party_id by, std::string_view media_id
    ) = 0;
    [[nodiscard]] virtual std::vector<media_entry> newest(std::size_t most) = 0;
    // False: it is not there any more.
    virtual bool mark(const media_mark& what) = 0;

    // Forgets what is older than that, at most so many, and puts their ids with the gone.
    virtual std::size_t retire(instant older_than, std::size_t most) = 0;
    // Whose file is to be deleted: it is retired, or its person erased.
    [[nodiscard]] virtual std::vector<std::int64_t> gone(std::size_t most) = 0;
    virtual void forget_gone(std::span<const std::int64_t> ids) = 0;
};

}  // namespace tertulia::gateway
