// The mirror as turns read it: clients by telephone number, out of the portfolio's tables, with
// those read lately kept in memory. It notices by itself when an import, also one by another
// process, has changed them.
//
// Threads: one, the writer's. It has a read-only connection of its own.

#pragma once

#include "gateway/portfolio/mirror.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace tertulia::gateway {

struct mirror_settings {
    // Older than this and the facts are `stale`. 0: never, as for a ledger, whose last import is
    // the truth until the next one.
    std::chrono::milliseconds stale_after{0};
    // Older than this and nothing is told of them: core banking has not answered for too long. 0:
    // never.
    std::chrono::milliseconds down_after{0};
    std::size_t cached_most{50'000};  // people; about 2 KiB each
    // The file is asked no oftener whether it changed: asking costs more than all else a turn does
    // with facts, and the gateway's own commits make it look changed all the time. 0: every call.
    std::chrono::milliseconds look_again{5};
};

class sqlite_mirror final : public mirror {
public:
    // Opens the file, which may be in use, and brings the portfolio's tables up to date. Throws
    // SQLite::Exception, newer_database.
    explicit sqlite_mirror(const std::string& path, mirror_settings how = {});
    ~sqlite_mirror() override;

    // core is `down` while nothing has ever been imported.
    [[nodiscard]] std::shared_ptr<const facts> facts_of(
        std::span<const std::string> phones, instant now
    ) override;
    [[nodiscard]] std::shared_ptr<const std::vector<officer>> officers() override;
    [[nodiscard]] std::string pin_hash(std::string_view client_id) override;

    // Every place to pay, by id, for whoever keeps an index of them; `version` tells when to ask
    // anew.
    [[nodiscard]] std::vector<payment_point> payment_points();
    [[nodiscard]] std::int64_t version();

    [[nodiscard]] std::size_t cached() const noexcept;

private:
    class reader;
    class recent;

    mirror_settings how_;
    std::unique_ptr<reader> reader_;
    std::unique_ptr<recent> recent_;
};

}  // namespace tertulia::gateway
