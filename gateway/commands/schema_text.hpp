// The shapes of the files people write (dialogs/script/shape.hpp) as JSON Schema, draft 7, which
// editors complete and underline with.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// dialog, migration, places, products, referrals, messages, phrases, nudges, limits, meetings, moderation, test, lint, config: a file config/schema/KIND.schema.json each.
[[nodiscard]] std::vector<std::string> schema_kinds();

// `kind` is one of them.
[[nodiscard]] nlohmann::ordered_json json_schema(std::string_view kind);

// As the committed files have it.
[[nodiscard]] std::string schema_text(std::string_view kind);

}  // namespace tertulia::gateway
