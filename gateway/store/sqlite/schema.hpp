// The store's own tables, by version. A released version never changes: add the next.

#pragma once

#include "gateway/store/sqlite/migrate.hpp"

namespace tertulia::gateway {

[[nodiscard]] std::span<const migration> store_versions() noexcept;

}  // namespace tertulia::gateway
