// Where operators publish: checks what they bring, shows what it changes, stores it with who and
// why, and makes it live. The same for the running gateway (through its admin listener) and for a
// command while no gateway runs.
//
// A set that does not load is refused whole. Nothing is live before the store has it. Whoever
// publishes on top of a list they have not seen is refused, so two at once cannot undo each other.
//
// Threads: prepare() anywhere; the rest is the store's, so the writer thread's.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "gateway/http/http.hpp"
#include "gateway/publishing/history.hpp"
#include "gateway/store/store.hpp"
#include "gateway/turns/script_library.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::size_t publishing_bytes_max = 16UL * 1024 * 1024;
inline constexpr std::size_t author_bytes_max = 80;
inline constexpr std::size_t reason_bytes_max = 500;

// What an operator asks for, checked as far as that goes without the store.
struct publish_request {
    std::string author{};
    std::string reason{};
    target to{};
    std::optional<std::int64_t> seen{};  // the newest publication the author has seen; 0: none
    bool only_show{};                    // store nothing
    dialogs::script_sources sources{};
    std::shared_ptr<const dialogs::script_set> scripts{};
};
struct roll_back_request {
    std::string author{};
    std::string reason{};
    std::string version{};  // or its beginning; empty: what was before
};

// Their bodies in JSON: {"author", "reason", "to": "all", "seen": 4, "only_show": false, "dialogs":
// [{"path", "text"}], "messages": […], "phrases": […],
// "nudges": […], "meetings": […]} and {"author", "reason", "version"}. What is
// wrong with one comes back as the answer to give.
[[nodiscard]] std::variant<publish_request, http::response> prepare_publishing(
    std::string_view body, const institution& of
);
[[nodiscard]] std::variant<roll_back_request, http::response> prepare_rolling_back(
    std::string_view body
);

class publishing_desk {
public:
    // `library`: what the gateway runs on; none while no gateway runs.
    publishing_desk(store& kept_in, script_library* library, std::vector<std::string> staff)
        : store_{kept_in}, library_{library}, staff_{std::move(staff)} {}

    void staff(std::vector<std::string> numbers);

    // 201 with the publication, "changes", "difference" and how many conversations "under_way"
    // "move" and "stay"; 200 when only shown; else a problem.
    [[nodiscard]] http::response publish(const publish_request& what, instant now);
    [[nodiscard]] http::response roll_back(const roll_back_request& what, instant now);
    // 200 with "publications" (newest first), what is live, and the conversations under way on
    // each.
    [[nodiscard]] http::response list();

private:
    [[nodiscard]] std::string everybodys(const publications& all) const;
    [[nodiscard]] std::optional<dialogs::script_sources> kept_sources(
        const std::string& version, const institution& otherwise
    );
    [[nodiscard]] std::shared_ptr<const dialogs::script_set> loaded(const std::string& version);
    [[nodiscard]] nlohmann::json what_becomes_of_talks(const dialogs::script_set& published);
    void note_what_was_running(const publications& all, instant now);
    // Stores it, then makes it live; what the store throws goes through.
    [[nodiscard]] publication decide(
        const script_set_row& set, publication what, live_scripts live
    );

    store& store_;
    script_library* library_;
    std::vector<std::string> staff_;
};

// What a start serves: the last publication, if there is any. Nothing: nothing was ever published,
// or what was does not load with this build, which `trouble` then says.
[[nodiscard]] std::optional<live_scripts> published_scripts(
    store& from, const institution& of, std::string& trouble
);

}  // namespace tertulia::gateway
