// A conversation as it stands now, for who only looks.

#pragma once

#include "gateway/store/store.hpp"

namespace tertulia::gateway {

// On the writer thread. Throws what the disk refuses.
[[nodiscard]] dialogs::session session_of(store& from, party_id party);

}  // namespace tertulia::gateway
