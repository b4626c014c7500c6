#include "gateway/commands/traffic_of.hpp"

#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/step.hpp"

#include <unordered_map>

namespace tertulia::gateway {
namespace {

class counting {
public:
    explicit counting(kept_scripts& scripts) : scripts_{scripts} {}

    void add(const turn& one) {
        auto& session = sessions_[one.party.value];
        const bool follows = one.next.steps <= session.steps + 1;
        if (follows && !is_apology(one)) step_again(one, session);
        session = one.next;
    }
    [[nodiscard]] dialogs::traffic counts() { return std::move(counts_); }

private:
    void step_again(const turn& one, const dialogs::session& from) {
        const auto scripts = scripts_.of(one.script_version);
        if (!scripts) return;
        static const facts nothing;
        dialogs::step_trace seen;
        try {
            static_cast<void>(dialogs::step(
                *scripts, from, one.what, one.read ? *one.read : nothing, one.now, one.seed, &seen
            ));
        } catch (const dialogs::script_broken&) {
            return;  // the session was not what the journal's beginning lets us think
        }
        counts_.add(scripts->compiled(), seen);
    }

    kept_scripts& scripts_;
    dialogs::traffic counts_{};
    std::unordered_map<std::int64_t, dialogs::session> sessions_{};
};

}  // namespace

dialogs::traffic traffic_of(sqlite_store& from, kept_scripts& scripts) {
    counting all{scripts};
    from.visit_journal([&all](const journal_entry& entry) {
        if (entry.one != nullptr) all.add(*entry.one);
        return true;
    });
    return all.counts();
}

}  // namespace tertulia::gateway
