// The script sets in use: the current one, and every older one a conversation still runs on.
//
// Threads: the writer thread, but for current().

#pragma once

#include "dialogs/engine/session.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/store/store.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tertulia::gateway {

// Every source file of a set as one JSON text: what the store keeps of it, and back.
[[nodiscard]] std::string sources_to_json(const dialogs::script_sources& sources);
[[nodiscard]] dialogs::script_sources sources_from_json(const std::string& json);

class script_library {
public:
    // Keeps `current` in the store, so that conversations begun on it can end on it.
    script_library(
        store& kept_in, std::shared_ptr<const dialogs::script_set> current,
        const dialogs::script_sources& sources
    );

    void replace(
        std::shared_ptr<const dialogs::script_set> current, const dialogs::script_sources& sources
    );

    [[nodiscard]] std::shared_ptr<const dialogs::script_set> current() const;

    // The set a session runs on: its own if it is under way and still loads, else the current one
    // (step() then tells her kindly).
    [[nodiscard]] const dialogs::script_set& of(const dialogs::session& session);

private:
    store& store_;
    mutable std::mutex mutex_;  // guards current_ against readers outside the writer thread
    std::shared_ptr<const dialogs::script_set> current_;
    institution institution_;
    // Null: kept, but does not load any more.
    std::unordered_map<std::uint64_t, std::shared_ptr<const dialogs::script_set>> older_;
};

}  // namespace tertulia::gateway
