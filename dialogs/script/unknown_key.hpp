// A key that a file of the operators may not have.

#pragma once

#include "dialogs/script/shape.hpp"
#include "dialogs/script/yaml_tree.hpp"

namespace tertulia::dialogs {

// Says where it stands, and which it may have been meant for.
void note_unknown_key(findings& noted, const yaml_entry& entry, const map_shape& of);

}  // namespace tertulia::dialogs
