#include "adapters/wire/media.hpp"

#include <algorithm>

namespace tertulia::adapters {
namespace {

std::string_view scheme_of(std::string_view url) {
    const auto end = url.find("://");
    return end == std::string_view::npos ? std::string_view{} : url.substr(0, end);
}

}  // namespace

std::string host_of_url(std::string_view url) {
    const auto scheme = scheme_of(url);
    if (scheme != "https" && scheme != "http") return {};
    if (std::ranges::any_of(url, [](char c) {
            return static_cast<unsigned char>(c) <= 0x20 || c == '\\' || c == '"' || c == '<' ||
                   c == '>' || static_cast<unsigned char>(c) >= 0x7f;
        })) {
        return {};
    }
    url.remove_prefix(scheme.size() + 3);
    const auto host = url.substr(0, url.find_first_of("/?#"));
    if (host.find('@') != std::string_view::npos) return {};
    std::string small{host};
    for (auto& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return small;
}

bool is_host_allowed(
    std::string_view url, std::string_view api_base, const std::vector<std::string_view>& hosts
) {
    const auto host = host_of_url(url);
    if (host.empty()) return false;
    if (host == host_of_url(api_base) && scheme_of(url) == scheme_of(api_base)) return true;
    if (scheme_of(url) != "https") return false;
    return std::ranges::any_of(hosts, [&](std::string_view allowed) {
        if (host == allowed) return true;
        return host.size() > allowed.size() && host.ends_with(allowed) &&
               host[host.size() - allowed.size() - 1] == '.';
    });
}

media_step media_lost(std::string reason) {
    return {.next = media_next::lost, .reason = std::move(reason)};
}

media_step media_again(std::string reason) {
    return {.next = media_next::again, .reason = std::move(reason)};
}

media_step media_refused(unsigned status) {
    const auto said = "the provider answered " + std::to_string(status);
    const bool passes = status >= 500 || status == 408 || status == 429 || status == 401 ||
                        status == 403 || status == 404 || status == 410 || status / 100 == 3;
    return passes ? media_again(said) : media_lost(said);
}

}  // namespace tertulia::adapters
