#include "dialogs/script/unknown_key.hpp"

namespace tertulia::dialogs {

void note_unknown_key(findings& noted, const yaml_entry& entry, const map_shape& of) {
    noted.error(
        rule::unknown_key,
        entry.at,
        "there is no '" + entry.key + "' here",
        mend_for(entry.key, of.names())
    );
}

}  // namespace tertulia::dialogs
