#include "dialogs/engine/room_guard.hpp"

#include "dialogs/meetings/ballot_words.hpp"
#include "dialogs/moderation/guard.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tertulia::dialogs {
namespace {

namespace rooms = meetings;
using rooms::incident_kind;
using act_verb = rooms::verb;

// Acts whose words others read. Of the rest the words go to one person of ours, or to nobody.
constexpr std::array heard_by_others{
    act_verb::said,           act_verb::present,        act_verb::request_loan, act_verb::request_internal,
    act_verb::propose_member, act_verb::note_agreement, act_verb::edit_minutes};

meeting_step step_of(rooms::state at, act_verb what) noexcept {
    if (what == act_verb::request_loan) return meeting_step::loan_requests;
    if (what == act_verb::request_internal) return meeting_step::internal_loans;
    switch (at) {
        case rooms::state::lobby: return meeting_step::opening;
        case rooms::state::roll_call: return meeting_step::roll_call;
        case rooms::state::minutes_reading: return meeting_step::minutes_reading;
        case rooms::state::collection: return meeting_step::collection;
        case rooms::state::internal_loans: return meeting_step::internal_loans;
        case rooms::state::admissions: return meeting_step::admissions;
        case rooms::state::loan_requests: return meeting_step::loan_requests;
        case rooms::state::training: return meeting_step::training;
        case rooms::state::fines: return meeting_step::fines;
        case rooms::state::closing: return meeting_step::closing;
        default: return meeting_step::other_business;
    }
}

incident_kind kind_of(guard_rule rule) noexcept {
    switch (rule) {
        case guard_rule::code_or_pin: return incident_kind::scam;
        case guard_rule::threat:
        case guard_rule::insult: return incident_kind::insult;
        case guard_rule::emergency: return incident_kind::emergency;
        case guard_rule::sensitive: return incident_kind::sensitive;
        case guard_rule::identity_paper:
        case guard_rule::picture: return incident_kind::papers;
        case guard_rule::privacy_balance:
        case guard_rule::phone_number: return incident_kind::privacy;
        case guard_rule::names_debtor: return incident_kind::naming_debt;
        case guard_rule::pressure_to_pay: return incident_kind::pressure;
        case guard_rule::payment_proof: return incident_kind::proof_in_group;
        case guard_rule::link:
        case guard_rule::forwarded:
        case guard_rule::politics_chain:
        case guard_rule::sales: return incident_kind::sales;
        case guard_rule::voice_too_long: return incident_kind::voice_note;
        case guard_rule::too_long: return incident_kind::flood;
        case guard_rule::off_topic: return incident_kind::off_topic;
        case guard_rule::loan_talk_allowed:
        case guard_rule::ordinary: return incident_kind::none;
    }
    return incident_kind::none;
}

rooms::decision decision_of(guard_decision what) noexcept {
    switch (what) {
        case guard_decision::relay: return rooms::decision::relay;
        case guard_decision::hold: return rooms::decision::hold;
        case guard_decision::private_talk: return rooms::decision::to_agent;
        case guard_decision::block: return rooms::decision::block;
    }
    return rooms::decision::hold;
}

meeting_roster people_of_room(const rooms::meeting& room) {
    meeting_roster all;
    const auto& plan = room.planned;
    for (const auto& one : plan.members) {
        (void)all.add(one.full_name.empty() ? one.first_name : one.full_name + ", " + one.first_name);
    }
    for (const auto* one : {&plan.moderator, &plan.backup, &plan.supervisor}) {
        if (!one->name.empty()) (void)all.add(std::string{roster_officer_mark} + one->name);
    }
    return all;
}

// What members owe, paid or put by, but for what somebody has asked the group for.
std::vector<std::int64_t> amounts_of_room(const rooms::meeting& room) {
    std::vector<std::int64_t> all;
    const auto add = [&](const money& sum) {
        if (sum.minor > 0) all.push_back(sum.minor);
    };
    for (const auto& one : room.planned.members) {
        add(one.owes.instalment);
        add(one.owes.savings);
    }
    for (const auto& one : room.members) {
        add(one.paid);
        add(one.savings);
    }
    for (const auto& asked : room.requests) std::erase(all, asked.amount.minor);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

bool did_so_before(const rooms::meeting& room, const rooms::actor& who, incident_kind kind) {
    return std::ranges::any_of(room.incidents, [&](const rooms::incident& one) {
        return one.about == who.id && one.kind == kind && !one.taken_back;
    });
}

line_as form_of(const rooms::media_ref& of) noexcept {
    if (of.id.empty()) return line_as::text;
    return of.kind == media_kind::audio || of.kind == media_kind::voice_note ? line_as::voice
                                                                        : line_as::picture;
}

// The intent that is hers alone (phrases/).
constexpr std::string_view trouble_intent = "hardship";

// A code in figures is nobody's to read: not of the group, and not of ours.
std::string without_figures(std::string_view text) {
    std::string made;
    bool in_figure = false;
    for (const char one : text) {
        const bool digit = one >= '0' && one <= '9';
        if (!digit) made += one;
        if (digit && !in_figure) made += "•••";
        in_figure = digit;
    }
    return made;
}

// While she has a ballot a "no" is her vote, and no word about anybody.
bool is_of_her_ballot(const rooms::meeting& room, const rooms::event& heard) {
    return heard.what.what == act_verb::said && heard.by.as == rooms::role::member &&
           heard.what.media.id.empty() && rooms::has_ballot(room, heard.by.id) &&
           rooms::may_be_ballot(heard.what.text);
}

// Which lists of the moderation have a word in a line.
class listed_words {
public:
    listed_words(const meeting_lexicon& by, std::string_view text) : by_{by}, folded_{fold(text)} {
        for (const auto word : words_of(folded_)) {
            words_.push_back({.folded = word, .begins = words_.empty(), .blank = false});
        }
    }
    listed_words(const listed_words&) = delete;
    listed_words& operator=(const listed_words&) = delete;

    [[nodiscard]] bool has(std::initializer_list<word_list> any) const {
        return std::ranges::any_of(any, [&](word_list one) { return !by_.find(one, words_).empty(); });
    }
    [[nodiscard]] bool names(const meeting_roster& one_of) const {
        return std::ranges::any_of(words_, [&](const sounded_word& word) {
            return one_of.has(word.folded) == meeting_roster::surely::yes;
        });
    }

private:
    const meeting_lexicon& by_;
    std::string folded_;
    std::vector<sounded_word> words_{};
};

// What else the guard saw in it is worse than that she has a trouble, or is of somebody else.
bool may_be_trouble(guard_rule rule) noexcept {
    switch (rule) {
        case guard_rule::privacy_balance:
        case guard_rule::pressure_to_pay:
        case guard_rule::payment_proof:
        case guard_rule::off_topic:
        case guard_rule::loan_talk_allowed:
        case guard_rule::ordinary:
            return true;
        default:
            return false;
    }
}

// "no puedo pagar, seño", "voy a dar solo la mitad": what it means the model knows, and that it is she
// herself who cannot, the lists do. What is heard in the market ("no hay venta") is talk of the topic.
bool tells_trouble(
    const program& by, std::string_view text, const meeting_roster& roster, meeting_step step,
    std::string_view language
) {
    using enum word_list;
    if (by.understand(text, language).intent != trouble_intent) return false;
    const listed_words said{by.meeting_words, text};
    if (said.has({outsiders})) return false;
    const bool her_own = said.has({own}) || !(said.has({people}) || said.names(roster));
    const bool of_money = said.has({balances, payments, money, owes, missing});
    const bool cannot = said.has({denials, except, missing});
    const bool of_the_topic = step == meeting_step::training || step == meeting_step::admissions;
    return her_own && (of_the_topic ? of_money && cannot : of_money || cannot);
}

}  // namespace

bool is_emergency(
    const program& by, std::string_view text, std::string_view language, instant now
) {
    if (text.empty() || by.meeting_words.empty()) return false;
    const meeting_roster nobody;
    const auto seen = judge(
        {.text = text, .step = meeting_step::other_business},
        {.words = by.meeting_words, .roster = nobody, .reading = by.rules_of_reading(language, now)}
    );
    return std::ranges::find(seen.all, guard_rule::emergency) != seen.all.end();
}

bool speaks_of_payment(const program& by, std::string_view text) {
    using enum word_list;
    return listed_words{by.meeting_words, text}.has({payments, balances, money, owes});
}

void judge_words(const program& by, const meetings::meeting& room, meetings::event& heard) {
    auto& act = heard.what;
    act.judged = {};
    if (std::ranges::find(heard_by_others, act.what) == heard_by_others.end()) return;
    if (is_of_her_ballot(room, heard)) return;
    const auto text = act.what == act_verb::propose_member
                          ? act.name + " " + act.text
                          : rooms::text_to_judge(room, heard.by.id, act.text, heard.at);
    const auto roster = people_of_room(room);
    const auto amounts = amounts_of_room(room);
    const auto seen = judge(
        {.text = text,
         .as = form_of(act.media),
         .length = std::chrono::seconds{act.seconds},
         .by = heard.by.as == rooms::role::guest    ? speaker_role::guest
               : heard.by.as == rooms::role::member ? speaker_role::member
                                                    : speaker_role::officer,
         .step = step_of(room.now, act.what)},
        {.words = by.meeting_words,
         .roster = roster,
         .reading = by.rules_of_reading(room.planned.language, heard.at),
         .amounts = amounts,
         .learnt = by.private_lines.get()}
    );
    const auto& row = row_of(seen.rule);
    const bool is_proof = seen.rule == guard_rule::payment_proof && act.what == act_verb::said &&
                          heard.by.as == rooms::role::member &&
                          room.now == rooms::state::collection;
    if (is_proof) {
        act.what = act_verb::report_payment;
        return;
    }
    auto& judged = act.judged;
    // What is said in a small group of the provider all have read already.
    const bool is_members_talk = act.what == act_verb::said && act.second.empty() &&
                                 heard.by.as == rooms::role::member && act.media.id.empty();
    if (is_members_talk && may_be_trouble(seen.rule) &&
        tells_trouble(by, text, roster, step_of(room.now, act.what), room.planned.language)) {
        const auto* record = rooms::find_record(room, heard.by.id);
        const bool takes = room.now == rooms::state::collection && record != nullptr &&
                           !record->in_trouble;
        if (takes) {
            act.what = act_verb::cannot_pay;
            return;
        }
        judged.what = rooms::decision::to_agent;
        judged.rule = trouble_rule;
        judged.kind = incident_kind::sensitive;
        return;
    }
    if (seen.rule == guard_rule::code_or_pin) act.text = without_figures(act.text);
    judged.what = decision_of(row.decision);
    judged.kind = kind_of(seen.rule);
    if (judged.kind != incident_kind::none) judged.rule = row.name;
    judged.mute = did_so_before(room, heard.by, judged.kind) ? row.mute_again : row.mute;
    judged.urgent = row.alerts_officer && (row.pauses_meeting || row.hardship || row.complaint);
}

}  // namespace tertulia::dialogs
