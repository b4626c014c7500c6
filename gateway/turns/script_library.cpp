#include "gateway/turns/script_library.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

nlohmann::json files_to_json(const std::vector<dialogs::source_file>& files) {
    auto list = nlohmann::json::array();
    for (const auto& file : files) list.push_back({{"path", file.path}, {"text", file.text}});
    return list;
}

std::vector<dialogs::source_file> files_from_json(const nlohmann::json& list) {
    std::vector<dialogs::source_file> files;
    for (const auto& file : list) {
        files.push_back({.path = file.at("path"), .text = file.at("text")});
    }
    return files;
}

}  // namespace

std::string sources_to_json(const dialogs::script_sources& sources) {
    return nlohmann::json{
        {"dialogs", files_to_json(sources.dialogs)},
        {"messages", files_to_json(sources.messages)},
        {"phrases", files_to_json(sources.phrases)},
    }
        .dump();
}

dialogs::script_sources sources_from_json(const std::string& json) {
    const auto parsed = nlohmann::json::parse(json);
    return {
        .dialogs = files_from_json(parsed.at("dialogs")),
        .messages = files_from_json(parsed.at("messages")),
        .phrases = files_from_json(parsed.at("phrases")),
    };
}

script_library::script_library(
    store& kept_in, std::shared_ptr<const dialogs::script_set> current,
    const dialogs::script_sources& sources
)
    : store_{kept_in} {
    replace(std::move(current), sources);
}

void script_library::replace(
    std::shared_ptr<const dialogs::script_set> current, const dialogs::script_sources& sources
) {
    store_.keep_script_set({current->version(), sources_to_json(sources)});
    institution_ = sources.of;
    const std::scoped_lock lock{mutex_};
    if (current_) older_.insert_or_assign(current_->short_version(), current_);
    current_ = std::move(current);
}

std::shared_ptr<const dialogs::script_set> script_library::current() const {
    const std::scoped_lock lock{mutex_};
    return current_;
}

const dialogs::script_set& script_library::of(const dialogs::session& session) {
    // Only the writer replaces current_, so reading it here needs no lock.
    if (session.frames.empty() || session.script_set == current_->short_version()) {
        return *current_;
    }
    auto [place, absent] = older_.try_emplace(session.script_set);
    if (absent) {
        if (const auto row = store_.script_set(session.script_set)) {
            auto sources = sources_from_json(row->sources_json);
            sources.of = institution_;
            auto loaded = dialogs::load_scripts(sources);
            place->second = std::move(loaded.scripts);
            if (!place->second) {
                const auto first = std::ranges::find(
                    loaded.problems, dialogs::severity::error, &dialogs::diagnostic::level
                );
                spdlog::warn(
                    "script set {:016x} no longer loads ({}): its conversations start again",
                    session.script_set, first == loaded.problems.end() ? "" : first->what
                );
            }
        }
    }
    return place->second ? *place->second : *current_;
}

}  // namespace tertulia::gateway
