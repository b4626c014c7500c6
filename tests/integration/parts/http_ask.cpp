#include "tests/integration/parts/http_ask.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tertulia::integration {
namespace {

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](unsigned char one) {
        return static_cast<char>(std::tolower(one));
    });
    return out;
}

bool names(const headers& fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const auto& one) { return lower(one.first) == name; });
}

}  // namespace

std::string request_text(
    std::string_view method, std::string_view target, const headers& fields, std::string_view body
) {
    std::string out{method};
    out.append(" ").append(target).append(" HTTP/1.1\r\n");
    if (!names(fields, "host")) out += "Host: 127.0.0.1\r\n";
    if (!names(fields, "content-length") && !names(fields, "transfer-encoding") &&
        (method == "POST" || !body.empty())) {
        out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    for (const auto& [name, value] : fields) out += name + ": " + value + "\r\n";
    out += "\r\n";
    out += body;
    return out;
}

http_connection::http_connection(std::uint16_t port)
    : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    if (socket_ < 0) return;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) close();
}

http_connection::~http_connection() { close(); }

http_connection::http_connection(http_connection&& other) noexcept
    : socket_{std::exchange(other.socket_, -1)}, held_{std::move(other.held_)} {}

void http_connection::close() noexcept {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

bool http_connection::write(std::string_view bytes) {
    while (!bytes.empty() && socket_ >= 0) {
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;  // kept open: an answer may have come before
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return socket_ >= 0;
}

bool http_connection::fill(std::chrono::steady_clock::time_point until) {
    if (socket_ < 0) return false;
    const auto left = std::chrono::duration_cast<milliseconds>(
        until - std::chrono::steady_clock::now()
    );
    pollfd one{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&one, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) <= 0) {
        return false;
    }
    char bytes[16'384];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
        close();
        return false;
    }
    held_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::optional<http_answer> http_connection::read(milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    std::size_t head = 0;
    while ((head = held_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill(until)) return std::nullopt;
    }
    http_answer out;
    std::string_view lines{held_.data(), head + 2};
    const auto first = lines.substr(0, lines.find("\r\n"));
    if (first.size() < 12) return std::nullopt;
    std::from_chars(first.data() + 9, first.data() + 12, out.status);
    lines.remove_prefix(first.size() + 2);
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        out.headers[lower(line.substr(0, colon))] = value;
    }
    std::size_t length = 0;
    if (const auto found = out.headers.find("content-length"); found != out.headers.end()) {
        length = std::stoul(found->second);
    }
    held_.erase(0, head + 4);
    if (out.status == 100) return read(within);
    while (held_.size() < length) {
        if (!fill(until)) return std::nullopt;
    }
    out.body = held_.substr(0, length);
    held_.erase(0, length);
    return out;
}

bool http_connection::closes(milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (fill(until)) held_.clear();
    return socket_ < 0;
}

std::optional<http_answer> ask(
    std::uint16_t port, std::string_view method, std::string_view target, const headers& fields,
    std::string_view body, milliseconds within
) {
    http_connection connection{port};
    connection.write(request_text(method, target, fields, body));
    return connection.read(within);
}

}  // namespace tertulia::integration
