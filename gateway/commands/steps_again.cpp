#include "gateway/commands/steps_again.hpp"

#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/step.hpp"

#include <unordered_map>

namespace tertulia::gateway {
namespace {

void step_again(
    const turn& one, const dialogs::session& before, kept_scripts& kept, const turn_stepped& done
) {
    const auto scripts = kept.of(one.script_version);
    if (!scripts) return;
    static const facts nothing;
    dialogs::step_trace seen;
    try {
        static_cast<void>(dialogs::step(
            *scripts, before, one.what, one.read ? *one.read : nothing, one.now, one.seed, &seen
        ));
    } catch (const dialogs::script_broken&) {
        return;  // the session was not what the journal's beginning lets us think
    }
    done(one, before, scripts->compiled(), seen);
}

}  // namespace

void steps_again(sqlite_store& from, kept_scripts& scripts, const turn_stepped& done) {
    std::unordered_map<std::int64_t, dialogs::session> sessions;
    from.visit_journal([&](const journal_entry& entry) {
        if (entry.one == nullptr) return true;
        const auto& one = *entry.one;
        auto& session = sessions[one.party.value];
        const bool follows = one.next.steps <= session.steps + 1;
        if (follows && !is_apology(one)) step_again(one, session, scripts, done);
        session = one.next;
        return true;
    });
}

}  // namespace tertulia::gateway
