// A conversation in a test: she says, the bot answers, time passes. All inputs are literal.

#pragma once

#include "dialogs/engine/step.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::dialogs::testing_talk {

using namespace std::chrono_literals;

constexpr instant monday_morning =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 16h + 40min;

loan small_loan(std::string id, std::string product, std::int64_t instalment_minor);

// Rosa: one loan, Brenda as her credit agent, a PIN.
client_facts rosa();

class conversation {
public:
    explicit conversation(std::shared_ptr<const script_set> scripts);
    ~conversation();
    conversation(const conversation&);
    conversation& operator=(const conversation&);

    void know(client_facts who);

    std::vector<std::string> hear(
        inbound_content content, std::optional<secret_answer> secret = {}
    );
    std::vector<std::string> say(std::string text);
    std::vector<std::string> pin(secret_answer answer);
    // Taps the choice of the last question that reads so.
    std::vector<std::string> tap(const std::string& title);
    // Time passes; the timers that are due then fire, the soonest first, each at its instant.
    std::vector<std::string> wait(milliseconds time);

    // The purposes of what is sent.
    std::vector<std::string> happen(const event& what);

    template <class Effect>
    [[nodiscard]] const Effect* found() const {
        for (const auto& effect : last) {
            if (const auto* one = std::get_if<Effect>(&effect)) return one;
        }
        return nullptr;
    }

    void use(std::shared_ptr<const script_set> scripts);

    facts known{};
    dialogs::session session{};
    instant now{monday_morning};
    std::string device{};
    std::string group{};
    std::vector<effect> last{};
    std::vector<std::string> texts{};
    std::vector<choice> choices{};
    std::vector<outbound_content> others{};  // what is no text
    identity_kind known_as{identity_kind::wa_id};
    std::string channel{"whatsapp"};
    struct alarm {
        instant due{};
        std::uint64_t steps{};
    };
    std::map<std::string, alarm> timers{};

private:
    std::shared_ptr<const script_set> scripts_;
    int messages_{};
};

}  // namespace tertulia::dialogs::testing_talk
