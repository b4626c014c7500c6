#include "gateway/commands/kept_scripts.hpp"

#include <variant>

namespace tertulia::gateway {

std::shared_ptr<const dialogs::script_set> kept_scripts::of(const std::string& version) {
    auto [place, absent] = sets_.try_emplace(version);
    if (absent && version.size() >= 16) {
        if (const auto row = store_.script_set(std::stoull(version.substr(0, 16), nullptr, 16))) {
            place->second =
                dialogs::load_scripts(sources_from_json(row->sources_json, house_)).scripts;
        }
    }
    return place->second;
}

bool is_apology(const turn& one) {
    const auto* acted = std::get_if<dialogs::agent_acted>(&one.what);
    return acted != nullptr && acted->action == "apologise";
}

}  // namespace tertulia::gateway
