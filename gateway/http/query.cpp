#include "gateway/http/query.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tertulia::gateway::http {
namespace {

namespace urls = boost::urls;

std::string decoded(urls::pct_string_view part) {
    urls::encoding_opts options;
    options.space_as_plus = true;
    return part.decode(options);
}

}  // namespace

std::optional<query_parameters> parse_query(std::string_view raw) {
    query_parameters made;
    if (raw.empty()) return made;
    // As the query of a URL: Boost.URL 1.81's parse_query() reads beyond the end of a query that is a
    // part of something longer, as ours is of the request.
    const auto whole = "?" + std::string{raw};
    const auto parsed = urls::parse_relative_ref(whole);
    if (!parsed || parsed->has_fragment()) return std::nullopt;
    for (const auto& param : parsed->encoded_params()) {
        made.emplace_back(decoded(param.key), param.has_value ? decoded(param.value) : "");
    }
    return made;
}

std::optional<std::string> query_value(std::string_view raw, std::string_view name) {
    auto parsed = parse_query(raw);
    if (!parsed) return std::nullopt;
    for (auto& [key, value] : *parsed) {
        if (key == name) return std::move(value);
    }
    return std::nullopt;
}

std::optional<std::string> percent_decode(std::string_view text) {
    const auto read = urls::make_pct_string_view(urls::string_view{text.data(), text.size()});
    if (!read) return std::nullopt;
    return read->decode();
}

std::string percent_encode(std::string_view text) {
    return urls::encode(urls::string_view{text.data(), text.size()}, urls::unreserved_chars);
}

std::optional<url_parts> parse_url(std::string_view url) {
    const auto parsed = urls::parse_uri(urls::string_view{url.data(), url.size()});
    if (!parsed || !parsed->has_authority() || parsed->has_userinfo()) return std::nullopt;
    url_parts made;
    if (parsed->scheme_id() == urls::scheme::https) {
        made.secure = true;
    } else if (parsed->scheme_id() != urls::scheme::http) {
        return std::nullopt;
    }
    const auto address = parsed->encoded_host_address();
    made.host.assign(address.data(), address.size());
    std::transform(made.host.begin(), made.host.end(), made.host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    if (made.host.empty() || made.host.find('%') != std::string::npos) return std::nullopt;
    made.port = made.secure ? 443 : 80;
    if (const auto port = parsed->port(); !port.empty()) {
        const auto* last = port.data() + port.size();
        const auto read = std::from_chars(port.data(), last, made.port);
        if (read.ec != std::errc{} || read.ptr != last || made.port == 0) return std::nullopt;
    }
    const auto authority = parsed->encoded_host_and_port();
    made.authority.assign(authority.data(), authority.size());
    const auto path = parsed->encoded_path();
    made.target.assign(path.data(), path.size());
    if (made.target.empty()) made.target = "/";
    if (parsed->has_query()) {
        const auto query = parsed->encoded_query();
        made.target += '?';
        made.target.append(query.data(), query.size());
    }
    return made;
}

}  // namespace tertulia::gateway::http
