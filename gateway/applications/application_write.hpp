// An application as core banking is asked to write it, or why it is not. Pure.

#pragma once

#include "dialogs/wording/calendar.hpp"
#include "gateway/core_banking/write_queue.hpp"
#include "gateway/store/application_ledger.hpp"

#include <string>
#include <variant>

namespace tertulia::gateway {

// Why a person has to write it; ours, safe to show.
struct not_written {
    std::string reason{};
};

// Under its number: the same application, the same key, whenever it is asked for.
[[nodiscard]] std::variant<core_proposal, not_written> write_of(
    const application_entry& from, const dialogs::local_calendar& calendar
);

// What she answered, in a line: "use: merchandise; rhythm: weekly; id_photo: photo".
[[nodiscard]] std::string note_of(const dialogs::send_application& from);

}  // namespace tertulia::gateway
