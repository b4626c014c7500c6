// Random meetings: who is in the group, and what people, officers, desks and timers do next. Most
// of it makes sense, so that meetings get somewhere; the rest does not: people who may not, words
// twice, timers early, late and again.
//
// Every amount is one person's and unlike any other, every text is unlike any other: so it can be
// seen who got to know what.

#pragma once

#include "dialogs/meetings/advance.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tertulia::simulation {

class meetings_life {
public:
    explicit meetings_life(std::uint64_t seed);

    [[nodiscard]] const dialogs::meetings::plan& plan() const noexcept { return plan_; }
    [[nodiscard]] dialogs::meetings::event next(const dialogs::meetings::meeting& room);
    [[nodiscard]] int below(int end);  // 0 <= it < end
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }

private:
    using act = dialogs::meetings::act;
    using event = dialogs::meetings::event;
    using meeting = dialogs::meetings::meeting;
    using verb = dialogs::meetings::verb;
    using role = dialogs::meetings::role;
    using actor = dialogs::meetings::actor;

    void make_plan();
    [[nodiscard]] money amount();
    [[nodiscard]] std::string words(std::string_view kind);
    [[nodiscard]] actor member();
    [[nodiscard]] actor who_is_missing(const meeting& room);
    [[nodiscard]] actor holder(role office);
    [[nodiscard]] std::string anybody();
    [[nodiscard]] std::string somebody_to_fine(const meeting& room);
    [[nodiscard]] event by(actor who, act what);
    [[nodiscard]] event fire(const meeting& room);
    [[nodiscard]] event sensible(const meeting& room);
    [[nodiscard]] event in_step(const meeting& room);
    [[nodiscard]] event chat(const meeting& room);
    [[nodiscard]] event talk(const meeting& room);
    [[nodiscard]] event moderate(const meeting& room);
    [[nodiscard]] event nonsense(const meeting& room);
    [[nodiscard]] event ballot(const meeting& room, role opener);

    std::mt19937_64 chance_;
    dialogs::meetings::plan plan_;
    instant now_;
    std::int64_t amounts_{};
    int texts_{};
    int messages_{};
    std::vector<event> past_{};
};

}  // namespace tertulia::simulation
