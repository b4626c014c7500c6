#include "gateway/commands/traffic_of.hpp"

#include "gateway/commands/steps_again.hpp"

namespace tertulia::gateway {

dialogs::traffic traffic_of(sqlite_store& from, kept_scripts& scripts) {
    dialogs::traffic counts;
    steps_again(from, scripts, [&counts](const turn&, const dialogs::session&,
                                         const dialogs::program& of, const dialogs::step_trace& seen) {
        counts.add(of, seen);
    });
    return counts;
}

}  // namespace tertulia::gateway
