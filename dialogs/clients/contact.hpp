// Constant contact: at every stage of a loan, and at least monthly, somebody talks with her about more
// than money. Which talk is due, and when, as a function of her loans and of the talks that were had.
//
// Pure. La Ceiba (University of Mary Washington): all active clients, monthly, at various stages of
// each credit cycle.

#pragma once

#include "dialogs/facts/portfolio.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// In the order of importance: of two that are due at once the first is had.
enum class contact_stage : std::uint8_t {
    welcome,          // three days after she has got the money
    after_late,       // two days after something late was paid
    pre_hard_season,  // before what costs her most: school, harvest, rains
    near_end,         // 30 days before the loan ends
    mid,              // between four and six tenths of the instalments
    between,          // 30 and 90 days after the last loan, without another
    any,              // 25 days after the last talk
};
inline constexpr std::size_t contact_stages = 7;
[[nodiscard]] std::string_view name_of(contact_stage stage) noexcept;
[[nodiscard]] std::optional<contact_stage> parse_contact_stage(std::string_view name) noexcept;

// A talk that was had: she answered, or a colleague spoke with her.
struct past_contact {
    civil_date on{};
    std::string about{};  // a stage, a survey
};

struct contact_due_on {
    contact_stage stage{};
    civil_date on{};
    civil_date latest{};  // after it the stage is over; not of one that is being tried, nor compared
    bool operator==(const contact_due_on& other) const noexcept {
        return stage == other.stage && on == other.on;
    }
};
inline constexpr int contact_every_days = 25;
// About once a month is not three times in three weeks: a stage that comes sooner after a talk waits so
// long, and is left out where it is over by then.
inline constexpr int contact_apart_days = 21;

// A talk since its day is the talk of the stage, whatever it was said to be about. `seasons`: the days of
// the year on which what costs her most begins, as the institution knows it.
// `all`: her loans, those that are over too; `had`: talks, in any order; `open`: the one that is being
// tried since that day, which stays until it is had or 25 days are over. Nothing: she has no loan, and
// has not had one for long.
[[nodiscard]] std::optional<contact_due_on> contact_due(
    std::span<const loan> all, std::span<const past_contact> had,
    std::span<const std::chrono::month_day> seasons, const std::optional<contact_due_on>& open,
    civil_date today
);

}  // namespace tertulia::dialogs
