// The minutes of a meeting as facts for messages, `minutes.…` of dialogs/facts/schema.cpp: what the
// document, the summary and the voice say alike. Pure.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/facts/schema.hpp"
#include "dialogs/meetings/minutes.hpp"
#include "dialogs/wording/calendar.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::gateway {

// Who will see it. What was paid together (instalments, savings, fines) can be told back to one of
// few, so a group hears it only where every member agreed.
enum class minutes_for : std::uint8_t {
    office,             // whoever signs and files them: everything
    group,              // without those sums
    group_with_totals,  // its bylaws tell them, and every member agrees
};

struct minutes_of {
    const dialogs::meetings::minutes& what;
    const institution& house;
    const dialogs::local_calendar& calendar;
    language_tag language{};
    minutes_for audience{};
};

// Says messages about one meeting. `words` and what `of` refers to must outlive it.
class minutes_words {
public:
    minutes_words(const minutes_of& of, const dialogs::catalogue& words);
    minutes_words(const minutes_words&) = delete;
    minutes_words& operator=(const minutes_words&) = delete;

    [[nodiscard]] std::string say(std::string_view key) const;  // "minutes." before it
    // For one message or a few: an item of a list, names.
    void give(std::string_view name, fact_value value);  // "minutes." before it

    [[nodiscard]] int present() const noexcept { return present_; }
    [[nodiscard]] int everybody() const noexcept { return everybody_; }
    [[nodiscard]] int pending() const noexcept { return pending_; }
    [[nodiscard]] bool tells_sums() const noexcept { return of_.audience != minutes_for::group; }
    // The day it was held, or was to be.
    [[nodiscard]] civil_date day() const noexcept { return view_.today; }

private:
    [[nodiscard]] std::string why_ended(const std::string& reason) const;
    void give_words();
    void give_next();
    [[nodiscard]] std::string spoken(money amount);

    minutes_of of_;
    const dialogs::catalogue& words_;
    answers_given given_{};
    facts known_{};
    fact_view view_{};
    int present_{};
    int everybody_{};
    int pending_{};
};

// One line of it: breaks and tabs are blanks, and nothing stands at its ends.
[[nodiscard]] std::string one_line(std::string_view text);

// The message for who stands without a name: she asked for that, or has not said yet that she wants in.
[[nodiscard]] std::string_view word_for_unnamed(const dialogs::meetings::agreed_request& what) noexcept;

}  // namespace tertulia::gateway
