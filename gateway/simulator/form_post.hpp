// Posts callbacks as Twilio does: a signed form, 15 seconds to answer it, and one more try when
// there was no connection. An answer of any kind, 500 too, or none in time, is the end of it.
//
// Threads: any. At most `in_flight_max` at once; more are counted and lost, as there.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/simulator/twilio_wire.hpp"
#include "gateway/simulator/webhook_counters.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace tertulia::gateway::simulator {

class form_post {
public:
    // The client outlives this; finish() it before this ends, so that no answer meets its end.
    form_post(std::string auth_token, http::client& client);
    ~form_post();
    form_post(const form_post&) = delete;
    form_post& operator=(const form_post&) = delete;

    void post(std::string url, const adapters::form_fields& fields);
    [[nodiscard]] webhook_counters counters() const;

    static constexpr std::size_t in_flight_max = 1'000;

private:
    struct state;
    std::shared_ptr<state> self_;  // answers may come after the end
};

}  // namespace tertulia::gateway::simulator
