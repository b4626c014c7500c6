// An assertion of ours failed inside a step. Never caused by what a person typed; the caller makes
// the event a dead letter and keeps the session as it was.

#pragma once

#include <stdexcept>
#include <string>

namespace tertulia::dialogs {

struct script_broken : std::logic_error {
    using std::logic_error::logic_error;
};

inline void expect(bool holds, const char* what) {
    if (!holds) throw script_broken(what);
}

}  // namespace tertulia::dialogs
