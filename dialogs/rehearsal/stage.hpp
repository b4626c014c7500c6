// One conversation played without a gateway: real steps over a clock that moves only when told,
// with timers that fire on it. The operators' tests and `tertulia chat` both stand on it, so that
// what is tried by hand is what is tested. Everything is a plain value; nothing is stored.

#pragma once

#include "dialogs/engine/step.hpp"
#include "dialogs/engine/step_trace.hpp"

#include <deque>
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
    // The plan's nudge for the one client there is, counted from what her loan stands at; if none
    // does, from today. False: no policy begins that dialog.
    bool nudge(std::string_view dialog);
    void move_to(std::string channel);  // she writes there from now on
    // Everything the last call said failed so. False: it said nothing.
    bool lose(failure means);
    // A colleague's own conversation: what the desk brings there, and what she does.
    void seat(staff_person who, language_tag speaks);
    void colleague(inbound_content content);

    // ---- what came of the last call, over all its steps

    [[nodiscard]] const std::vector<spoken>& said() const noexcept { return hers_.said; }
    [[nodiscard]] const std::vector<spoken>& colleague_heard() const noexcept {
        return colleague_.said;
    }
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
    [[nodiscard]] const std::vector<choice>& choices() const noexcept { return hers_.choices; }
    [[nodiscard]] const std::vector<choice>& earlier() const noexcept { return hers_.earlier; }
    [[nodiscard]] const std::vector<choice>& colleague_choices() const noexcept {
        return colleague_.choices;
    }
    // How a test names a choice: its pick or, where it stands for a loan of hers or a place, its title.
    [[nodiscard]] std::string name_of(const choice& one) const;
    [[nodiscard]] const script_set& scripts() const noexcept { return *scripts_; }

    // ---- what the next call finds; free to change in between

    facts known{};
    instant now{};
    std::map<std::string, introduction> referrers{};  // whose a code is, beside nobody
    session& begin_from() noexcept { return session_; }               // before the first call only
    std::function<secret_answer(std::string_view digits)> compare{};  // with her PIN

private:
    void forget();
    [[nodiscard]] planned_nudge planned(
        const nudge_policy& policy, const nudge_segment& segment, const nudge_step& step
    ) const;
    void meet_code(std::string_view text);
    void happen(const event& what);
    [[nodiscard]] heard message_of(inbound_content content);
    // What was said in one conversation, and what may be tapped there.
    struct screen {
        std::vector<spoken> said{};
        std::vector<choice> choices{};
        std::vector<choice> earlier{};
    };
    void step_hers(const event& what);
    void step_colleagues(const event& what);
    void deliver(const tell& what, party_id by);
    void tell_one_another();

    std::shared_ptr<const script_set> scripts_;
    std::string channel_;
    identity who_;
    session session_{};
    void speak(const send& what, screen& on);

    screen hers_{};
    screen colleague_{};
    std::optional<staff_person> seated_{};
    session colleague_session_{};
    std::deque<std::pair<party_id, told>> telling_{};  // to whom
    std::vector<effect> effects_{};
    step_trace trace_{};
    struct alarm {
        std::uint64_t steps{};
        instant due{};
    };
    std::map<std::string, alarm> timers_{};
    std::uint64_t turns_{};
};

}  // namespace tertulia::dialogs
