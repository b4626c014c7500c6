// One conversation played without a gateway: real steps over a clock that moves only when told,
// with timers that fire on it. The operators' tests and `tertulia chat` both stand on it, so that
// what is tried by hand is what is tested. Everything is a plain value; nothing is stored.

#pragma once

#include "dialogs/engine/step.hpp"
#include "dialogs/engine/step_trace.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::dialogs {

// A message as it would leave.
struct spoken {
    std::string key{};
    std::string text{};  // of anything without words: empty
    std::vector<choice> choices{};
    std::vector<std::string> shows{};  // files, in the order they go out, before or after the text
    std::string by_template{};         // its name, where it goes out as an approved template
    std::vector<std::string> gaps{};  // and what stands in it
    std::string by{};                  // the channel
    bool written_out{};  // the choices are numbered lines of the text: nothing can be tapped
};

class stage {
public:
    stage(std::shared_ptr<const script_set> scripts, std::string channel, identity who);

    // ---- what happens. Each call forgets what the one before it gave.

    // A text at a PIN question is compared and erased as the gateway would.
    void hear(
        inbound_content content, std::string device = {}, std::optional<referral> came_from = {}
    );
    void give_pin(secret_answer answer);
    void pass(milliseconds time);  // timers that fall due meanwhile fire, each at its instant
    void agent(std::string action);
    void happens(std::string what);
    void move_to(std::string channel);  // she writes there from now on
    // Everything the last call said failed so. False: it said nothing.
    bool lose(failure means);

    // ---- what came of the last call, over all its steps

    [[nodiscard]] const std::vector<spoken>& said() const noexcept { return said_; }
    [[nodiscard]] const std::vector<effect>& effects() const noexcept { return effects_; }
    [[nodiscard]] const step_trace& trace() const noexcept { return trace_; }

    // ---- where things stand

    [[nodiscard]] const session& at() const noexcept { return session_; }
    [[nodiscard]] secret_kind awaits() const { return awaited_secret(*scripts_, session_); }
    [[nodiscard]] bool awaits_pin() const { return awaits() == secret_kind::pin; }
    [[nodiscard]] std::string place() const;  // "balance.more"; empty: nothing is under way
    // What is kept of her under that name, as "amount:300000 GTQ"; "none" if nothing is.
    [[nodiscard]] std::string answer(const std::string& name) const;
    // The choices of the last message that had any; `earlier` of the one before, for stale taps.
    [[nodiscard]] const std::vector<choice>& choices() const noexcept { return choices_; }
    [[nodiscard]] const std::vector<choice>& earlier() const noexcept { return earlier_; }
    // How a test names a choice: its pick or, where it stands for a loan of hers, its title.
    [[nodiscard]] std::string name_of(const choice& one) const;
    [[nodiscard]] const script_set& scripts() const noexcept { return *scripts_; }

    // ---- what the next call finds; free to change in between

    facts known{};
    instant now{};
    session& begin_from() noexcept { return session_; }               // before the first call only
    std::function<secret_answer(std::string_view digits)> compare{};  // with her PIN

private:
    void forget();
    void happen(const event& what);
    [[nodiscard]] heard message_of(inbound_content content);

    std::shared_ptr<const script_set> scripts_;
    std::string channel_;
    identity who_;
    session session_{};
    void speak(const send& what);

    std::vector<spoken> said_{};
    std::vector<effect> effects_{};
    step_trace trace_{};
    std::vector<choice> choices_{};
    std::vector<choice> earlier_{};
    struct alarm {
        std::uint64_t steps{};
        instant due{};
    };
    std::map<std::string, alarm> timers_{};
    std::uint64_t turns_{};
};

}  // namespace tertulia::dialogs
