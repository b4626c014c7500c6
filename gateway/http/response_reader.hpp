// Bytes in, one answer out: the client's counterpart of request_reader, also without a socket.
// Interim answers (1xx) are skipped. No redirect is followed here or above.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace tertulia::gateway::http {

enum class answer_reading : std::uint8_t {
    need_more,  // read into room(), then took(), or ended() when the server closed
    complete,
    too_large,  // the body passed its limit; status() is known
    bad,        // not HTTP, or cut short
};

class response_reader {
public:
    response_reader();
    response_reader(const response_reader&) = delete;
    response_reader& operator=(const response_reader&) = delete;
    ~response_reader();

    enum class body_rule : std::uint8_t { as_announced, none_after_head };
    void start(std::size_t body_bytes_max, body_rule rule);
    [[nodiscard]] std::span<char> room() noexcept;
    [[nodiscard]] answer_reading took(std::size_t bytes);
    [[nodiscard]] answer_reading ended();

    [[nodiscard]] bool untouched() const noexcept;  // not one byte of the answer came
    [[nodiscard]] unsigned status() const noexcept;
    [[nodiscard]] bool keep_alive() const noexcept;  // after complete; false if more bytes came
    [[nodiscard]] std::string take_body();
    [[nodiscard]] std::string take_retry_after();
    [[nodiscard]] std::string take_location();

private:
    class parts;
    std::unique_ptr<parts> self_;
};

}  // namespace tertulia::gateway::http
