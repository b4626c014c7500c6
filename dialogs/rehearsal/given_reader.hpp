// The `given:` of a test: who she is, what she owes, what time it is.

#pragma once

#include "dialogs/rehearsal/test_source.hpp"

namespace tertulia::dialogs {

[[nodiscard]] given_facts read_given(
    const yaml_node& node, currency_code currency, const rehearsal_cast& cast, findings& noted
);

// What a step says core banking has of her: some keys of `given:`.
[[nodiscard]] given_facts read_core_has(
    const yaml_node& node, currency_code currency, const rehearsal_cast& cast, findings& noted
);

// up, stale or down; `up` and an error otherwise.
[[nodiscard]] core_state read_core(const yaml_node& node, findings& noted);

// {latitude: 14.6, longitude: -90.5}
[[nodiscard]] bool read_location(const yaml_node& node, shared_location& into, findings& noted);

}  // namespace tertulia::dialogs
