// A small HTTP/1.1 listener for the stand-alone stand-in, apart from the gateway's own server: it can
// do what that one never would, take a request and close the connection without a word.
//
// One thread, keep-alive, bodies up to 17 MiB, connections quiet for two minutes are closed.

#pragma once

#include "gateway/simulator/graph_stand_in.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway::simulator {

class plain_listener {
public:
    using handler = std::function<graph_answer(const graph_request&)>;

    // Listens at once; throws std::system_error if it cannot. Port 0: any. The handler runs on the
    // listener's thread.
    plain_listener(const std::string& address, std::uint16_t port, handler handle);
    ~plain_listener();
    plain_listener(const plain_listener&) = delete;
    plain_listener& operator=(const plain_listener&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::simulator
