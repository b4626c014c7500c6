// Watches a meeting from outside: its plan, its lines and what it wants said, nothing of its state. It
// keeps a naive account of its own and knows what must never be seen.
//
// Rules, by the name they are broken under:
//   privacy       an amount, or the words of somebody who was held, reached another
//   ballots       a vote of who may not, or a tally that is not the last choices
//   quorum        a vote below it that counts, or above it that does not
//   claims        a payment that core banking has not
//   cash          counted by fewer than two, or by the payer
//   over          something after the end
//   late          late or not by another clock than the bylaws'
//   twice         a message handled again, a line told again, out of order, or to who said it
//   guests        a guest in another step, or words of another step to a guest
//   timers        before its time, not the one that was set, again; or a step without an end
//   replay        (of the run) the lines do not rebuild the meeting
//   opted_out     who wants no messages got one that she did not ask for
//   shape         a message the catalogue does not know, or too long

#pragma once

#include "dialogs/meetings/advance.hpp"
#include "dialogs/meetings/minutes.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tertulia::simulation {

class meetings_checker {
public:
    explicit meetings_checker(const dialogs::meetings::plan& plan);

    void watch_beginning(const std::vector<dialogs::meetings::out>& outs);
    void watch(const dialogs::meetings::line& line,
               const std::vector<dialogs::meetings::out>& outs);
    void watch_minutes(const dialogs::meetings::minutes& made);

    void breach(const std::string& rule, const std::string& what);

    [[nodiscard]] const std::map<std::string, int>& broken() const noexcept { return broken_; }
    [[nodiscard]] const std::string& first() const noexcept { return first_; }

private:
    struct person {
        bool active{};
        bool opted_out{};
        bool here{};
        bool removed{};
        bool entered{};  // her own conversation passes on what she writes
        dialogs::meetings::attendance attends{};
        std::int64_t owes{};
        std::int64_t paid{};
        std::int64_t cash{};  // counted by as many as it takes
        std::vector<std::string> relatives{};
        std::uint32_t last_number{};
    };
    struct vote {
        int number{};
        std::string who{};
        int present{};
        std::set<std::string> eligible{};
        std::map<std::string, dialogs::meetings::ballot> casts{};
    };

    void learn_plan(const dialogs::meetings::plan& plan);
    void learn(const dialogs::meetings::line& line);
    void learn_attendance(const dialogs::meetings::line& line);
    void learn_cash(const std::string& about, std::int64_t minor, const std::string& by);
    void learn_amounts(const dialogs::meetings::event& what);
    void learn_words(const dialogs::meetings::line& line);
    void watch_timer(const dialogs::meetings::line& line);
    void watch_vote(const dialogs::meetings::line& line);
    void watch_say(const dialogs::meetings::line& line, const dialogs::meetings::say& said);
    void watch_privacy(const dialogs::meetings::say& said);
    void watch_lines(const dialogs::meetings::say& said);
    void watch_shape(const dialogs::meetings::say& said);
    [[nodiscard]] int present() const;
    [[nodiscard]] int quorum() const;

    dialogs::meetings::plan plan_;
    std::map<std::string, person> people_{};
    std::map<std::int64_t, std::string> secrets_{};  // amounts, and whose
    std::map<std::string, std::string> kept_words_{};  // words that are for nobody, and whose
    std::map<std::string, dialogs::meetings::state> spoken_{};
    std::set<std::int64_t> fines_{};
    std::map<std::string, std::set<std::int64_t>> fined_{};
    std::map<dialogs::meetings::timer_name, instant> set_{};
    std::map<std::string, std::uint32_t> told_to_{};
    std::set<std::string> messages_{};
    std::set<std::string> transactions_{};
    std::map<std::string, std::map<std::string, std::int64_t>> cash_{};  // of whom, by whom
    std::map<std::string, std::set<std::int64_t>> counted_{};  // and not yet told
    std::int64_t cash_counted_{};
    std::map<int, std::string> requests_{};
    int request_count_{};
    bool asks_anew_{};
    std::optional<vote> vote_{};
    instant start_{};
    instant opened_{};
    dialogs::meetings::state now_{};
    bool over_{};
    std::uint64_t seq_{};

    std::map<std::string, int> broken_{};
    std::string first_{};
};

}  // namespace tertulia::simulation
