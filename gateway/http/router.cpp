#include "gateway/http/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace tertulia::gateway::http {

router::router(std::vector<route> routes) : routes_{std::move(routes)} {
    const auto add = [this](place& at, std::size_t index) {
        const auto& added = routes_[index];
        for (const auto other : at.routes) {
            if (routes_[other].method == added.method) {
                throw std::invalid_argument("two routes for " + added.method + " " + added.path);
            }
        }
        at.routes.push_back(index);
        if (!at.allow.empty()) at.allow += ", ";
        at.allow += added.method;
        if (added.method == "GET") at.allow += ", HEAD";
    };
    for (std::size_t index = 0; index < routes_.size(); ++index) {
        const auto& path = routes_[index].path;
        if (path.empty() || path.front() != '/' || !routes_[index].handle ||
            routes_[index].method.empty()) {
            throw std::invalid_argument(
                "not a route: '" + routes_[index].method + " " + path + "'"
            );
        }
        if (!path.ends_with("/*")) {
            add(exact_[path], index);
            continue;
        }
        const auto prefix = path.substr(0, path.size() - 1);
        auto found = std::find_if(prefixes_.begin(), prefixes_.end(), [&](const auto& known) {
            return known.first == prefix;
        });
        if (found == prefixes_.end()) found = prefixes_.insert(found, {prefix, place{}});
        add(found->second, index);
    }
    std::stable_sort(prefixes_.begin(), prefixes_.end(), [](const auto& one, const auto& other) {
        return one.first.size() > other.first.size();
    });
}

const router::place* router::place_of(std::string_view path) const {
    if (const auto found = exact_.find(path); found != exact_.end()) return &found->second;
    for (const auto& [prefix, at] : prefixes_) {
        if (path.starts_with(prefix)) return &at;
    }
    return nullptr;
}

routed router::find(std::string_view method, std::string_view path) const {
    const auto* at = place_of(path);
    if (at == nullptr) return {};
    const auto with = [&](std::string_view wanted) -> const route* {
        for (const auto index : at->routes) {
            if (routes_[index].method == wanted) return &routes_[index];
        }
        return nullptr;
    };
    if (const auto* to = with(method)) return {.to = to};
    if (method == "HEAD") {
        if (const auto* to = with("GET")) return {.to = to, .head_only = true};
    }
    return {.allow = at->allow};
}

}  // namespace tertulia::gateway::http
