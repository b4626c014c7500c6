// What a status says a message costs: its category and kind of price. The amounts are in Meta's
// price list, not here.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters::whatsapp_cloud {

struct pricing {
    std::string category{};  // "utility", "marketing", "service"…
    std::string type{};      // "regular", "free_customer_service", "free_entry_point"…
    // By type and category: `billable` is being withdrawn.
    [[nodiscard]] bool is_free() const noexcept { return type.starts_with("free_"); }
};

// Of status_update::pricing_json; nothing if it names no category.
[[nodiscard]] std::optional<pricing> read_pricing(std::string_view json);

}  // namespace tertulia::adapters::whatsapp_cloud
