// Bytes in, requests out: one connection's parser and buffer, without a socket, so that every rule
// about malformed input can be tried with literal strings. Refuses what two servers might read
// differently: both lengths at once, folded headers, transfer codings other than chunked.
//
// Use: read into room(), call took(), do what it answers. After `header` decide on the route and
// call go_on(); after `complete` read the accessors, then next() for the request behind it.
// Views stay valid until next(): the buffer never moves within one request.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::http {

// Bytes all bodies of one I/O thread may hold beyond the connections' buffers. One thread only.
struct body_budget {
    std::size_t left{};
};

enum class reading : std::uint8_t {
    need_more,  // read into room(), then took()
    header,     // the header is known: go_on() with the route's limit, or answer without the body
    complete,   // the whole request is there
    bad,        // see fault_*(): answer that and close, the rest of the stream has no meaning
};

class request_reader {
public:
    request_reader(std::size_t header_bytes_max, body_budget& budget);
    request_reader(const request_reader&) = delete;
    request_reader& operator=(const request_reader&) = delete;
    ~request_reader();

    void forget();  // everything, for another connection
    [[nodiscard]] reading next();
    [[nodiscard]] std::span<char> room() noexcept;  // never empty after need_more
    [[nodiscard]] reading took(std::size_t bytes);
    [[nodiscard]] reading go_on(std::size_t body_bytes_max);

    [[nodiscard]] bool untouched() const noexcept;  // no byte of the current request yet
    [[nodiscard]] bool in_body() const noexcept;    // the header has been accepted
    [[nodiscard]] bool has_body() const noexcept;   // or announces one
    [[nodiscard]] bool body_begun() const noexcept;

    [[nodiscard]] std::string_view method() const noexcept;
    [[nodiscard]] std::string_view path() const noexcept;
    [[nodiscard]] std::string_view query() const noexcept;
    [[nodiscard]] std::string_view content_type() const noexcept;
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string_view> header_lines(std::string_view name) const;
    [[nodiscard]] std::string_view body() const noexcept;
    [[nodiscard]] bool keep_alive() const noexcept;
    [[nodiscard]] bool is_http_1_0() const noexcept;
    [[nodiscard]] bool expects_continue() const noexcept;

    [[nodiscard]] unsigned fault_status() const noexcept;
    [[nodiscard]] std::string_view fault_detail() const noexcept;  // ours: nothing of the request

private:
    class parts;
    std::unique_ptr<parts> self_;
};

inline constexpr std::size_t target_bytes_max = 8'000;
inline constexpr std::size_t fields_max = 100;

}  // namespace tertulia::gateway::http
