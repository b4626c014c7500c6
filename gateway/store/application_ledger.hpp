// Applications for a loan that people have sent: records of their own, written in the commit of the
// turn they were sent in, their content sealed with the person's key. What becomes of each on its
// way to core banking is noted here; what core banking decides is not: that is its own copy's.
//
// Threads: the store's. Errors: as the store's.

#pragma once

#include "dialogs/engine/effect.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// The numbers are stored.
enum class application_state : std::uint8_t {
    sent = 0,        // by her, and nothing done with it yet
    queued = 1,      // handed to whoever writes to core banking
    written = 2,     // core banking has it; core_id is its loan there
    waiting = 3,     // core banking has it for a checker's approval
    refused = 4,     // core banking will not have it: a person must look; reason says why
    for_person = 5,  // it is not written there by us; reason says why
};
[[nodiscard]] std::string_view name_of(application_state what) noexcept;

struct application_entry {
    std::int64_t id{};  // rising
    party_id party{};
    instant at{};
    application_state state{};
    std::string core_id{};
    std::string reason{};  // ours, safe to show
    dialogs::send_application what{};
};

struct application_mark {
    std::string number{};
    application_state state{};
    std::string core_id{};
    std::string reason{};
    instant at{};
};

struct application_moment {
    application_state state{};
    instant at{};
    std::string reason{};
};

class application_ledger {
public:
    application_ledger() = default;
    application_ledger(const application_ledger&) = delete;
    application_ledger& operator=(const application_ledger&) = delete;
    virtual ~application_ledger() = default;

    // Sent or queued: what core banking may not have yet, oldest first.
    [[nodiscard]] virtual std::vector<application_entry> to_write(std::size_t most) = 0;
    // After that id, oldest first; without those of people who were erased.
    [[nodiscard]] virtual std::vector<application_entry> after(std::int64_t id, std::size_t most) = 0;
    // False: there is none of that number, or it is in that state already.
    virtual bool mark(const application_mark& what) = 0;
    [[nodiscard]] virtual std::vector<application_moment> history(std::string_view number) = 0;
};

}  // namespace tertulia::gateway
