#include "gateway/publishing/desk.hpp"

#include "dialogs/engine/migrate.hpp"
#include "gateway/publishing/answers.hpp"
#include "gateway/publishing/difference.hpp"

#include <spdlog/spdlog.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

std::uint64_t short_of(std::string_view version) {
    std::uint64_t value = 0;
    const auto letters = std::min<std::size_t>(16, version.size());
    std::from_chars(version.data(), version.data() + letters, value, 16);
    return value;
}

bool rolling_out(const publications& all) {
    return !all.empty() && all.back().to != audience::everybody;
}

http::response store_refused(const std::exception& why) {
    spdlog::error("the store refuses to keep a publication: {}", why.what());
    return http::problem(
        503,
        "store-refused",
        "The store cannot keep it: nothing was published",
        "What ran goes on. Make room on the disk, then publish again."
    );
}

std::shared_ptr<const dialogs::script_set> load_kept(
    store& from, const std::string& version, const institution& otherwise
) {
    const auto row = from.script_set(short_of(version));
    if (!row || row->version != version) return nullptr;
    return dialogs::load_scripts(sources_from_json(row->sources_json, otherwise)).scripts;
}

}  // namespace

void publishing_desk::staff(std::vector<std::string> numbers) {
    if (library_ != nullptr) library_->staff(numbers);
    staff_ = std::move(numbers);
}

std::string publishing_desk::everybodys(const publications& all) const {
    return library_ != nullptr ? library_->current()->version() : version_for_everybody(all);
}

std::optional<dialogs::script_sources> publishing_desk::kept_sources(
    const std::string& version, const institution& otherwise
) {
    const auto row = store_.script_set(short_of(version));
    if (!row) return std::nullopt;
    return sources_from_json(row->sources_json, otherwise);
}

std::shared_ptr<const dialogs::script_set> publishing_desk::loaded(const std::string& version) {
    return library_ != nullptr ? library_->find(short_of(version)) : load_kept(store_, version, {});
}

void publishing_desk::note_what_was_running(const publications& all, instant now) {
    if (library_ == nullptr) return;
    const auto running = everybodys(all);
    if (version_for_everybody(all) == running) return;
    store_.publish(
        {.version = running},
        {.at = now,
         .kind = publication_kind::found,
         .version = running,
         .author = "serve",
         .reason = "what was running before"}
    );
}

publication publishing_desk::decide(
    const script_set_row& set, publication what, live_scripts live
) {
    what.number = store_.publish(set, what);
    if (library_ != nullptr) library_->go_live(std::move(live));
    spdlog::info(
        "new conversations run on scripts {} ({}), published by {}: {}",
        what.version.substr(0, 8),
        to_text(what.to, what.percent),
        what.author,
        what.reason
    );
    return what;
}

http::response publishing_desk::publish(const publish_request& what, instant now) {
    const auto all = store_.publications();
    const auto& version = what.scripts->version();
    const auto newest = all.empty() ? 0 : all.back().number;
    if (what.seen && *what.seen != newest) return answers::published_meanwhile(all);
    if (what.to.to == audience::staff && staff_.empty()) return answers::no_staff();
    const auto current = everybodys(all);
    const bool for_all = what.to.to == audience::everybody;
    if (!for_all && current.empty()) return answers::nothing_to_stay_on();
    const bool goes_on = rolling_out(all) && all.back().version == version &&
                         all.back().to == what.to.to && all.back().percent == what.to.percent;
    if (goes_on || (current == version && !(for_all && rolling_out(all)))) {
        return answers::unchanged(version);
    }

    const auto before = current.empty() ? std::nullopt : kept_sources(current, what.sources.of);
    const auto changed = before ? compare(*before, what.sources) : difference{};
    publication made{
        .at = now,
        .version = version,
        .to = what.to.to,
        .percent = what.to.percent,
        .rest = for_all ? std::string{} : current,
        .author = what.author,
        .reason = what.reason,
        .changes = before ? in_one_line(changed) : "the first",
    };
    if (!what.only_show) {
        try {
            note_what_was_running(all, now);
            live_scripts live{.everybody = what.scripts};
            if (!for_all && library_ != nullptr) {
                live = {library_->current(), what.scripts, {what.to.to, what.to.percent}};
            }
            made =
                decide({version, sources_to_json(what.sources)}, std::move(made), std::move(live));
        } catch (const std::exception& why) {
            return store_refused(why);
        }
    }
    return answers::json_answer(
        what.only_show ? 200 : 201,
        {{"publication", answers::to_json(made)},
         {"under_way", what_becomes_of_talks(*what.scripts)},
         {"seen", newest},
         {"changes", in_lines(changed)},
         {"difference", before ? unified(*before, what.sources) : ""}}
    );
}

// Of those under way on other versions.
json publishing_desk::what_becomes_of_talks(const dialogs::script_set& published) {
    std::size_t move = 0;
    std::size_t stay = 0;
    const auto moves = [&](const dialogs::session& one) {
        return dialogs::moved_to(published, one).has_value();
    };
    for (const auto& [set, count] : store_.conversations_under_way(moves)) move += count;
    for (const auto& [set, count] : store_.conversations_under_way()) {
        if (set != published.short_version()) stay += count;
    }
    return {{"move", move}, {"stay", stay - move}};
}

http::response publishing_desk::roll_back(const roll_back_request& what, instant now) {
    const auto all = store_.publications();
    const auto to =
        what.version.empty() ? version_before(all) : published_version(all, what.version);
    if (!to) {
        return what.version.empty() ? answers::nothing_before() : answers::no_such_version();
    }
    if (everybodys(all) == *to && !rolling_out(all)) return answers::unchanged(*to);
    auto scripts = loaded(*to);
    if (!scripts) return answers::no_longer_loads(*to);
    publication made{
        .at = now,
        .kind = publication_kind::rolled_back,
        .version = *to,
        .author = what.author,
        .reason = what.reason,
        .changes = "back from " + (all.empty() ? std::string{} : all.back().version.substr(0, 8)),
    };
    try {
        made = decide({.version = *to}, std::move(made), {.everybody = std::move(scripts)});
    } catch (const std::exception& why) {
        return store_refused(why);
    }
    return answers::json_answer(201, {{"publication", answers::to_json(made)}});
}

http::response publishing_desk::list() {
    const auto all = store_.publications();
    auto rows = json::array();
    for (const auto& one : all) rows.insert(rows.begin(), answers::to_json(one));
    auto under_way = json::object();
    for (const auto& [set, count] : store_.conversations_under_way()) {
        under_way[answers::short_text(set)] = count;
    }
    return answers::json_answer(
        200, {{"publications", rows}, {"everybody", everybodys(all)}, {"conversations", under_way}}
    );
}

std::optional<live_scripts> published_scripts(
    store& from, const institution& of, std::string& trouble
) {
    const auto all = from.publications();
    if (all.empty()) return std::nullopt;
    const auto& last = all.back();
    auto published = load_kept(from, last.version, of);
    if (last.to == audience::everybody) {
        if (published) return live_scripts{.everybody = std::move(published)};
        trouble = "version " + last.version.substr(0, 8) + " does not load with this program";
        return std::nullopt;
    }
    auto rest = load_kept(from, last.rest, of);
    if (rest && published) return live_scripts{rest, published, {last.to, last.percent}};
    if (rest) {
        trouble =
            "the roll-out of " + last.version.substr(0, 8) + " does not load with this program";
        return live_scripts{.everybody = std::move(rest)};
    }
    trouble = "version " + last.rest.substr(0, 8) + " does not load with this program";
    return std::nullopt;
}

}  // namespace tertulia::gateway
