// A local stand-in for one SMS number at Twilio: takes sends by its REST API, answers in Twilio's
// words, reports statuses to the StatusCallback of each send, and posts what people write, all of it
// signed. What goes wrong in the world goes wrong here on demand, by control().
//
// Twilio and not another, because its contract is the fullest of those we have an adapter for: signed
// callbacks, statuses beyond acceptance, errors in the answer and afterwards, a stop list of its own,
// lists to catch up from, and, unlike Meta, next to no redelivery: what we lose is lost.
//
// Threads: any; one lock inside. Observers are called without it, on the caller's or the alarm's
// thread. Everything it remembers is bounded; the oldest goes first.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/simulator/graph_stand_in.hpp"
#include "gateway/simulator/twilio_wire.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::gateway::simulator {

struct sms_settings {
    sms_account account{};
    std::string webhook_url{};         // where what people write is posted
    std::function<instant()> clock{};  // what stamps messages; empty: the system's
};

// A send as it was taken, or what Twilio itself says to who wrote STOP.
struct taken_sms {
    std::string id{};  // "SM…"
    std::string to{};  // digits
    std::string text{};
    instant at{};
};

struct sms_observer {
    std::function<void(const taken_sms&)> accepted{};
    // In the page's words: sent, delivered, failed; `code` is Twilio's, of a failed one.
    std::function<void(std::string_view to, std::string_view id, std::string_view status, int code)>
        status{};
};

class sms_stand_in {
public:
    // The client outlives this and is finished before this ends.
    sms_stand_in(sms_settings settings, http::client& client, sms_observer observer);
    ~sms_stand_in();
    sms_stand_in(const sms_stand_in&) = delete;
    sms_stand_in& operator=(const sms_stand_in&) = delete;

    // Paths as Twilio has them, "/2010-04-01/Accounts/AC…/Messages.json".
    [[nodiscard]] graph_answer handle(const graph_request& request);

    // An id nobody else gets, for write().
    [[nodiscard]] std::string new_message_id();
    // Someone writes; `digits` is her number. Longer texts than one SMS arrive as one message.
    void write(std::string_view digits, std::string_view text, std::string_view id);

    // As graph_stand_in::control(), with those of its keys an SMS has: sent_ms, delivered_ms,
    // latency_ms, webhook_delay_ms, duplicates, drop_responses, lose_statuses, errors (Twilio's
    // codes; from 30000 on they come as a failed status), phone_off.
    [[nodiscard]] std::string control(const nlohmann::json& orders);
    // The controls as they are, and counters.
    [[nodiscard]] nlohmann::json state() const;

    [[nodiscard]] alarm& later() noexcept;

    static constexpr std::size_t messages_max = 20'000;
    static constexpr std::size_t body_units_max = 1'600;

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::simulator
