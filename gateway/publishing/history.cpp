#include "gateway/publishing/history.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace tertulia::gateway {
namespace {

constexpr std::size_t letters_least = 8;

}  // namespace

std::string version_for_everybody(const publications& all) {
    if (all.empty()) return {};
    const auto& last = all.back();
    return last.to == audience::everybody ? last.version : last.rest;
}

std::optional<std::string> version_before(const publications& all) {
    if (all.empty()) return std::nullopt;
    if (all.back().to != audience::everybody) return all.back().rest;
    // What was everybody's, newest last, each rollback taking off what it undid.
    std::vector<std::string> line;
    for (const auto& one : all) {
        if (one.to != audience::everybody) continue;
        const auto known = std::ranges::find(line, one.version);
        if (one.kind == publication_kind::rolled_back && known != line.end()) {
            line.erase(known + 1, line.end());
        } else if (line.empty() || line.back() != one.version) {
            line.push_back(one.version);
        }
    }
    if (line.size() < 2) return std::nullopt;
    return line[line.size() - 2];
}

std::optional<std::string> published_version(const publications& all, std::string_view beginning) {
    if (beginning.size() < letters_least) return std::nullopt;
    std::set<std::string> found;
    for (const auto& one : all) {
        if (one.version.starts_with(beginning)) found.insert(one.version);
    }
    if (found.size() != 1) return std::nullopt;
    return *found.begin();
}

std::optional<target> parse_target(std::string_view text) {
    if (text == "all") return target{.to = audience::everybody};
    if (text == "staff") return target{.to = audience::staff};
    if (!text.ends_with('%')) return std::nullopt;
    text.remove_suffix(1);
    int percent = 0;
    const auto* end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, percent);
    if (error != std::errc{} || last != end || percent < 1 || percent > 99) return std::nullopt;
    return target{.to = audience::share, .percent = percent};
}

std::string to_text(audience to, int percent) {
    switch (to) {
        case audience::everybody:
            return "all";
        case audience::staff:
            return "staff";
        case audience::share:
            return std::to_string(percent) + "%";
    }
    return {};
}

}  // namespace tertulia::gateway
