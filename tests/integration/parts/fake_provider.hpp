// A provider's HTTP server that does as a test says, request by request, good or bad. It knows no
// provider: what it answers the test gives.
//
// Threads: the script runs on a thread of each connection, one at a time.

#pragma once

#include "tests/integration/parts/wait.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::integration {

struct fake_request {
    std::string method{};
    std::string target{};  // path and query, as on the wire
    std::string body{};
    bool operator==(const fake_request&) const = default;
};

struct fake_answer {
    enum class how : std::uint8_t {
        whole,
        cut,     // half of it, then the connection ends
        silent,  // nothing, and the connection ends
    };
    int status{200};
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    how sent{how::whole};
    milliseconds wait{0};  // before it
};

class fake_provider {
public:
    using script = std::function<fake_answer(const fake_request&)>;

    explicit fake_provider(script does);
    // With TLS and that certificate.
    fake_provider(script does, std::filesystem::path certificate, std::filesystem::path key);
    ~fake_provider();
    fake_provider(const fake_provider&) = delete;
    fake_provider& operator=(const fake_provider&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] std::string url() const;  // without a slash at its end
    void script_is(script does);
    // For whoever connects from now on; who is connected is cut off.
    void certificate_is(const std::filesystem::path& certificate, const std::filesystem::path& key);
    [[nodiscard]] std::size_t handshakes_failed() const noexcept;
    [[nodiscard]] std::vector<fake_request> asked() const;  // what was heard whole, in order

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::integration
