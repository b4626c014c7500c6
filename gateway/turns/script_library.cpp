#include "gateway/turns/script_library.hpp"

#include "dialogs/engine/migrate.hpp"
#include "dialogs/script/program.hpp"

#include <spdlog/spdlog.h>
#include <nlohmann/json.hpp>

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

nlohmann::json to_json(const institution& of) {
    return {
        {"name", of.name},
        {"time_zone", of.time_zone},
        {"currency", of.currency.view()},
        {"languages", of.languages},
        {"country", of.country},
        {"phone", of.phone},
        {"assistant", {{"name", of.assistant.name}, {"picture", of.assistant.picture}}},
    };
}

// What is part of a set's version is as it was kept; all else of the institution is as it is now.
institution institution_from(const nlohmann::json& json, const institution& now) {
    auto out = now;
    out.name = json.at("name");
    out.time_zone = json.at("time_zone");
    out.languages = json.at("languages").get<std::vector<language_tag>>();
    out.country = json.at("country");
    out.phone = json.at("phone");
    out.assistant = {};
    if (const auto found = json.find("assistant"); found != json.end()) {
        out.assistant = {.name = found->at("name"), .picture = found->at("picture")};
    }
    // What was kept had been checked.
    static_cast<void>(parse_currency(json.at("currency").get<std::string>(), out.currency));
    return out;
}

nlohmann::json media_to_json(const std::vector<dialogs::media_file>& files) {
    auto list = nlohmann::json::array();
    for (const auto& file : files) {
        list.push_back(
            {{"name", file.name}, {"type", file.type}, {"bytes", file.bytes}, {"hash", file.hash}}
        );
    }
    return list;
}

// Sets kept before there were any have no list.
std::vector<dialogs::media_file> media_from_json(const nlohmann::json& sources) {
    std::vector<dialogs::media_file> files;
    for (const auto& file : sources.value("media", nlohmann::json::array())) {
        files.push_back(
            {.name = file.at("name"),
             .type = file.at("type"),
             .bytes = file.at("bytes"),
             .hash = file.at("hash")}
        );
    }
    return files;
}

}  // namespace

std::string sources_to_json(const dialogs::script_sources& sources) {
    return nlohmann::json{
        {"dialogs", files_to_json(sources.dialogs)},
        {"messages", files_to_json(sources.messages)},
        {"phrases", files_to_json(sources.phrases)},
        {"nudges", files_to_json(sources.nudges)},
        {"meetings", files_to_json(sources.meetings)},
        {"institution", to_json(sources.of)},
        {"media", media_to_json(sources.media)},
    }
        .dump();
}

dialogs::script_sources sources_from_json(const std::string& json, const institution& otherwise) {
    const auto parsed = nlohmann::json::parse(json);
    return {
        .dialogs = files_from_json(parsed.at("dialogs")),
        .messages = files_from_json(parsed.at("messages")),
        .phrases = files_from_json(parsed.at("phrases")),
        .nudges = files_from_json(parsed.value("nudges", nlohmann::json::array())),
        .meetings = files_from_json(parsed.value("meetings", nlohmann::json::array())),
        .media = media_from_json(parsed),
        .of = parsed.contains("institution")
                  ? institution_from(parsed.at("institution"), otherwise)
                  : otherwise,
    };
}

void keep(store& in, const dialogs::script_set& set, const dialogs::script_sources& sources) {
    in.keep_script_set({set.version(), sources_to_json(sources)});
}

script_library::script_library(store& kept_in, live_scripts live, std::vector<std::string> staff)
    : store_{kept_in}, staff_{std::move(staff)} {
    go_live(std::move(live));
}

void script_library::go_live(live_scripts live) {
    for (const auto& one : {live.everybody, live.some}) {
        if (one) loaded_.insert_or_assign(one->short_version(), one);
    }
    const std::scoped_lock lock{mutex_};
    live_ = std::move(live);
}

std::shared_ptr<const dialogs::script_set> script_library::current() const {
    const std::scoped_lock lock{mutex_};
    return live_.everybody;
}

std::shared_ptr<const dialogs::script_set> script_library::find(std::uint64_t short_version) {
    const auto [place, absent] = loaded_.try_emplace(short_version);
    if (!absent) return place->second;
    const auto row = store_.script_set(short_version);
    if (!row) return nullptr;
    auto loaded = dialogs::load_scripts(
        sources_from_json(row->sources_json, live_.everybody->compiled().house)
    );
    place->second = std::move(loaded.scripts);
    if (!place->second) {
        const auto first = std::ranges::find(
            loaded.problems, dialogs::severity::error, &dialogs::diagnostic::level
        );
        spdlog::warn(
            "script set {:016x} no longer loads ({}): its conversations start again",
            short_version,
            first == loaded.problems.end() ? "" : first->what
        );
    }
    return place->second;
}

const dialogs::script_set& script_library::for_new(const opened& who) const {
    // Only the writer replaces live_, so reading it here needs no lock.
    const bool first =
        live_.some &&
        is_among_the_first(live_.to_some, live_.some->version(), who.party, who.phones, staff_);
    return first ? *live_.some : *live_.everybody;
}

const dialogs::script_set& script_library::of(const dialogs::session& session, const opened& who) {
    if (session.frames.empty()) return for_new(who);
    if (session.script_set == live_.everybody->short_version()) return *live_.everybody;
    const auto& fresh = for_new(who);
    if (dialogs::moved_to(fresh, session)) return fresh;
    const auto own = find(session.script_set);
    return own ? *own : fresh;
}

}  // namespace tertulia::gateway
