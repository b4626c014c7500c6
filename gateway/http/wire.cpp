#include "gateway/http/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tertulia::gateway::http {
namespace {

void append_clean(std::string& to, std::string_view value) {
    for (const char byte : value) {
        const auto code = static_cast<unsigned char>(byte);
        to.push_back((code < 0x20 && code != '\t') || code == 0x7f ? ' ' : byte);
    }
}

void append_number(std::string& to, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    to.append(digits.data(), end);
}

void append_json(std::string& to, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    to += '"';
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (byte == '"' || byte == '\\') {
            to += '\\';
            to += byte;
        } else if (code < 0x20) {
            to += "\\u00";
            to += hex[code >> 4];
            to += hex[code & 15];
        } else {
            to += byte;
        }
    }
    to += '"';
}

}  // namespace

std::string_view reason_of(unsigned status) noexcept {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

void serialise(const response& what, wire& into) {
    const unsigned status = what.status >= 200 && what.status <= 599 ? what.status : 500;
    const bool bodiless = status == 204 || status == 304;
    auto& out = into.bytes;
    out.clear();
    out += "HTTP/1.1 ";
    append_number(out, status);
    out += ' ';
    out += reason_of(status);
    out += "\r\n";
    if (!what.body.empty() && !bodiless) {
        out += "Content-Type: ";
        append_clean(out, what.content_type);
        out += "\r\n";
    }
    for (const auto& [name, value] : what.headers) {
        append_clean(out, name);
        out += ": ";
        append_clean(out, value);
        out += "\r\n";
    }
    if (!bodiless) {
        out += "Content-Length: ";
        append_number(out, what.body.size());
        out += "\r\n";
    }
    out += "\r\n";
    into.head_bytes = out.size();
    if (!bodiless) out += what.body;
}

void adapt(const wire& from, const adaptation& how, wire& into) {
    const std::string_view all{from.bytes};
    into.bytes.assign(all.substr(0, from.head_bytes - 2));
    if (how.close) {
        into.bytes += "Connection: close\r\n";
    } else if (how.say_keep) {
        into.bytes += "Connection: keep-alive\r\n";
    }
    into.bytes += "\r\n";
    into.head_bytes = into.bytes.size();
    if (!how.head_only) into.bytes += all.substr(from.head_bytes);
}

response nothing_here() {
    return problem(404, "not-found", "Not found", "Nothing is served at this path.");
}

response problem(
    unsigned status, std::string_view type, std::string_view title, std::string_view detail
) {
    response made{.status = status, .content_type = "application/problem+json", .body = {}};
    made.body = "{\"type\":";
    append_json(made.body, "urn:tertulia:problem:" + std::string{type});
    made.body += ",\"title\":";
    append_json(made.body, title);
    made.body += ",\"status\":";
    append_number(made.body, status);
    if (!detail.empty()) {
        made.body += ",\"detail\":";
        append_json(made.body, detail);
    }
    made.body += '}';
    return made;
}

}  // namespace tertulia::gateway::http
