#include "gateway/commands/figures_of.hpp"

#include "gateway/commands/steps_again.hpp"
#include "gateway/insight/talk_figures.hpp"

namespace tertulia::gateway {

std::string figures_of(sqlite_store& from, kept_scripts& scripts) {
    talk_figures all;
    steps_again(from, scripts, [&all](const turn& one, const dialogs::session& before,
                                      const dialogs::program& of, const dialogs::step_trace& seen) {
        all.add(
            {.of = of,
             .party = one.party.value,
             .now = one.now,
             .what = one.what,
             .before = before,
             .after = one.next,
             .trace = seen,
             .known = one.read.get()}
        );
    });
    return all.csv();
}

}  // namespace tertulia::gateway
