// The script sets in use: what new conversations begin on, and every older one a conversation still
// runs on.
//
// Threads: the writer thread, but for current().

#pragma once

#include "dialogs/engine/session.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/store/store.hpp"
#include "gateway/turns/roll_out.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tertulia::gateway {

// Every source file of a set and the institution it speaks for as one JSON text: what the store
// keeps of it, and back. Sets kept by older builds name no institution: then it is `otherwise`. The
// channels are always those of `otherwise`.
[[nodiscard]] std::string sources_to_json(const dialogs::script_sources& sources);
[[nodiscard]] dialogs::script_sources sources_from_json(
    const std::string& json, const institution& otherwise
);

// Keeps a set in the store, so that conversations begun on it can end on it.
void keep(store& in, const dialogs::script_set& set, const dialogs::script_sources& sources);

// What new conversations begin on.
struct live_scripts {
    std::shared_ptr<const dialogs::script_set> everybody{};  // never null
    std::shared_ptr<const dialogs::script_set> some{};       // null: there is no roll-out under way
    roll_out to_some{};
};

class script_library {
public:
    // The sets of `live` are kept in the store already. `staff`: E.164, who tries versions first.
    script_library(store& kept_in, live_scripts live, std::vector<std::string> staff = {});

    void go_live(live_scripts live);
    void staff(std::vector<std::string> numbers) { staff_ = std::move(numbers); }

    // What most new conversations begin on.
    [[nodiscard]] std::shared_ptr<const dialogs::script_set> current() const;
    // A kept set, loaded; null if there is none such or it does not load any more.
    [[nodiscard]] std::shared_ptr<const dialogs::script_set> find(std::uint64_t short_version);

    // The set a session runs on: what a new conversation of hers begins on if nothing is under way
    // or it moves there; else its own; else, where that does not load any more, again the new one
    // (step() then tells her kindly).
    [[nodiscard]] const dialogs::script_set& of(const dialogs::session& session, const opened& who);

private:
    [[nodiscard]] const dialogs::script_set& for_new(const opened& who) const;

    store& store_;
    mutable std::mutex mutex_;  // guards live_.everybody against readers outside the writer thread
    live_scripts live_;
    std::vector<std::string> staff_;
    // Null: kept, but does not load any more.
    std::unordered_map<std::uint64_t, std::shared_ptr<const dialogs::script_set>> loaded_;
};

}  // namespace tertulia::gateway
