// The acta: what was done and decided, as values; the gateway renders it in the language of the
// group. Reasons of absences, who owes what, what was said and who was warned do not stand in it.

#pragma once

#include "dialogs/meetings/meeting.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs::meetings {

struct attendee {
    std::string client_id{};
    std::string name{};
    attendance attends{};
    bool operator==(const attendee&) const = default;
};

struct received_total {
    money due{};
    money received{};
    int pending_claims{};
    bool operator==(const received_total&) const = default;
};

struct agreed_request {
    request_kind kind{};
    std::string name{};    // empty: she did not agree to be named
    money amount{};        // likewise
    std::string purpose{};
    bool operator==(const agreed_request&) const = default;
};

struct minutes {
    std::string group_id{};
    std::string group_name{};
    int number{};
    mode how{};
    state ended_as{};
    std::string why_ended{};
    instant planned_start{};
    instant planned_end{};
    instant real_start{};
    instant real_end{};
    std::string moderator{};  // name
    std::vector<attendee> attended{};
    int present{};
    int late{};
    int absent{};
    int excused{};
    int quorum{};             // needed
    bool had_quorum{};
    minutes_decision last_minutes{};
    int last_objections{};
    received_total instalments{};
    received_total savings{};
    received_total internal{};
    received_total fines{};
    money internal_cash_before{};
    money internal_cash_after{};
    money cash_counted{};     // confirmed by as many as the bylaws ask
    std::string banker{};
    std::string banker_second{};
    std::vector<vote_result> votes{};  // subject empty where she did not agree to be named
    std::vector<std::string> admitted{};
    std::vector<agreed_request> agreed{};
    std::vector<agreed_request> not_voted{};  // asked for, and left without a vote that counts
    std::string topic{};
    int quiz_asked{};         // where the question had answers; else 0
    int quiz_answers{};
    int quiz_right{};
    std::vector<agreement> agreements{};
    std::vector<skipped_step> skipped{};
    std::vector<std::string> corrections{};
    int objections{};
    std::array<int, incident_kinds> moderation{};  // counts by kind
    std::optional<instant> next{};
    std::vector<signature> signatures{};
    std::string chain{};
    bool operator==(const minutes&) const = default;
};

// At any time; before the end of what there is so far. Of an adjourned meeting no decisions are
// listed that came after the break.
[[nodiscard]] minutes make_minutes(const meeting& of);

// 1 present, 2 absent, 3 approved (excused), 5 late: the attendance types of the core.
[[nodiscard]] int core_attendance(attendance which) noexcept;

}  // namespace tertulia::dialogs::meetings
