// How talks go, in figures: how far applications come, how long a decision takes, what of the terms
// comes across at once, how many talks break off. Counts alone: nobody is named, nothing is sealed.
//
// It adds up turns, each stepped again from the journal, in the order of the journal. Pure.

#pragma once

#include "dialogs/engine/event.hpp"
#include "dialogs/engine/session.hpp"
#include "dialogs/engine/step_trace.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/script/program.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {

struct turn_seen {
    const dialogs::program& of;
    std::int64_t party{};
    instant now{};
    const dialogs::event& what;
    const dialogs::session& before;
    const dialogs::session& after;
    const dialogs::step_trace& trace;
    const facts* known{};  // those the turn read; may be null
};

class talk_figures {
public:
    void add(const turn_seen& one);

    // CSV, RFC 4180, with a header: month,figure,part,count,of,percent,median_hours,p90_hours.
    //   application       how many came so far (each question, sent, decided, paid_out), of those
    //                     begun in that month
    //   decision_time     decided within 24 hours of being sent, of those sent in that month and decided
    //   teach_back        answered right at once, of the times asked: a question with a twin `NAME_again`
    //   people            who wrote in that month, of those who had ever written by its end; and
    //                     (`first 90 days`, told once, in the month of the very first) in the days
    //                     after the start, of all who have written so far
    //   broken_talk       talks (with gaps under 30 minutes) that came to the dialog playing fallback,
    //                     as two messages in a row do; by the dialog she was in
    // A month is the institution's. Of fewer than five no percentage is told, nor of fewer hours.
    [[nodiscard]] std::string csv() const;

private:
    struct begun_application {
        std::string month{};
        std::set<std::string> reached{};
        std::string number{};  // empty: not sent
        instant sent_at{};
        instant decided_at{};  // epoch: not decided
        bool paid_out{};
    };
    struct asked {
        std::int64_t times{};
        std::int64_t again{};
    };
    struct talk_of {
        instant heard_at{};
        instant core_news_at{};  // core banking's copy had news of her loans
        bool broken{};
    };
    using in_month = std::pair<std::string, std::string>;  // month, part

    void count_application(const turn_seen& one, const std::string& month);
    void count_decisions(const turn_seen& one);
    void count_terms(const turn_seen& one, const std::string& month);
    void count_talk(const turn_seen& one, const std::string& month);
    [[nodiscard]] std::string people() const;

    std::map<std::pair<std::int64_t, std::uint32_t>, begun_application> applications_{};
    std::vector<std::string> questions_{};  // of the forms, in order
    std::map<in_month, asked> asked_{};
    std::map<std::int64_t, talk_of> talks_{};
    std::map<std::string, std::set<std::int64_t>> wrote_in_{};
    std::set<std::int64_t> wrote_first_days_{};
    instant first_heard_at_{};  // epoch: nobody yet
    std::map<std::string, std::int64_t> talks_in_{};
    std::map<in_month, std::int64_t> broken_in_{};
};

}  // namespace tertulia::gateway
