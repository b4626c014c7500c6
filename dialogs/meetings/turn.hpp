// One event being handled: the machine's workings, for the sources of this folder only.
//
// Works on a copy of the meeting, which advance() throws away when the answer is no. A handler
// returns refusal::none or why not, and must refuse before it changes or says anything.

#pragma once

#include "dialogs/meetings/advance.hpp"
#include "dialogs/meetings/permissions.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

class turn {
public:
    turn(meeting& room, const event& heard);

    [[nodiscard]] refusal take();
    void remember_message();  // for duplicates
    void begin_draft();
    void tell_draft();
    void fill_records();

    std::vector<out> outs{};
    std::vector<argument> why{};

    // The instant of the line: that of the event, never before the line before.
    [[nodiscard]] instant at() const noexcept { return at_; }

private:
    using arguments = std::vector<argument>;
    using choices = std::vector<offered_choice>;
    using handler = refusal (turn::*)();
    [[nodiscard]] refusal refusal_of_state() const noexcept;
    [[nodiscard]] static handler handler_of(verb what) noexcept;

    // ---- before.cpp
    refusal edit();
    refusal schedule();
    refusal announce();
    refusal reschedule();
    refusal cancel();
    refusal excuse();
    refusal confirm();
    refusal try_out();
    refusal bring_roster();
    void relay_if_too_large();
    void announce_now();
    void invite(const roster_member& whom, member_record& record);
    void enter_lobby();
    // ---- roll_call.cpp
    refusal check_in();
    refusal open();
    refusal leave();
    refusal mark();
    void enter_roll_call();
    void roll_call_over();
    void come_in(const roster_member& who, member_record& record);
    void quorum_may_be_here();
    void note_absent();
    void tell_topic(recipient to);
    void tell_step(const roster_member& who, const member_record& record);
    // ---- minutes_reading.cpp
    refusal approve();
    refusal object();
    refusal edit_minutes();
    void decide_last_minutes();
    void ask_to_sign_again(const std::string& text);
    // ---- collection.cpp
    refusal report_payment();
    refusal confirm_cash();
    refusal record_savings();
    refusal cannot_pay();
    refusal see_payment();
    void tell_dues(const roster_member& who, const member_record& record);
    void take_claim(member_record& record, money amount, const media_ref& proof);
    // ---- internal_account.cpp
    refusal internal_repay();
    refusal record_internal();
    // ---- requests.cpp
    refusal request_internal();
    refusal request_loan();
    refusal propose_member();
    refusal take_consent();
    refusal present();
    refusal ask_group(request_kind kind);
    void tell_request(const request& asked);
    void decline(guest_record& guest, request& asked);
    void guests_leave();
    void guests_come();
    // ---- votes.cpp
    refusal open_vote();
    refusal cast_vote();
    refusal close_vote();
    void count_votes();
    void carry_out(const request& agreed);
    [[nodiscard]] bool is_about_ballot() const;
    void ask_for_ballot();
    // ---- training_and_fines.cpp
    refusal quiz_answer();
    void count_answer(member_record& record);
    void ask_who_waives_too(const fine& what);
    void ask_quiz(const roster_member& who);
    void tell_quiz();
    refusal propose_fine();
    refusal justify();
    refusal waive();
    refusal confirm_fine();
    void carry_fines();
    [[nodiscard]] fine* find_fine(int number) noexcept;
    // ---- closing.cpp
    refusal note_agreement();
    refusal agree_next();
    refusal set_banker();
    refusal close();
    refusal sign();
    refusal rate();
    void ask_how_it_was(std::string_view id);
    void tell_absent(const roster_member& who);
    void tell_minutes(recipient to, urgency how);
    void enter_review();
    void close_for_good();
    void review_over();
    // ---- leading.cpp
    refusal pause();
    refusal resume();
    refusal adjourn();
    refusal advance();
    refusal back();
    refusal take_over();
    void enter(state to);
    void enter_next(std::string_view skip_reason);
    void pause_for(std::string_view reason, std::string_view words, std::chrono::minutes lasts);
    void adjourn_for(std::string_view reason);
    void leave_step();
    void drop_waiting();
    void tell_not_passed_on();
    void tell_leader(std::string_view key, arguments with);
    void enter_closing();
    void step_over();
    void arm_step(milliseconds left);
    [[nodiscard]] bool has_nothing(state in) const noexcept;
    [[nodiscard]] arguments told_of_step(state at) const;
    // ---- talk.cpp
    refusal said();
    refusal hand_up();
    refusal grant_floor();
    [[nodiscard]] bool may_speak_now() const noexcept;
    void hear(std::string text, const media_ref& media);
    void pass_on(const actor& by, state during, std::string text, const media_ref& media);
    bool hold(
        held_for why, std::string_view rule, incident_kind kind, std::string text,
        const media_ref& media
    );
    std::string take_back_fragments();
    refusal said_by_filter();
    [[nodiscard]] bool is_grave() const;
    void alert_if_grave();
    // ---- chat.cpp
    refusal see_chat();
    void relay_instead(std::string_view reason);
    void give_link(recipient to);
    [[nodiscard]] bool is_in_chat(std::string_view id) const noexcept;
    // Somebody reads there, and one of them wrote there in the last day.
    [[nodiscard]] bool hears_in_chat() const noexcept;
    refusal said_in_chat();
    void kept_back_in_chat();
    bool floods_chat(member_record& who);
    void ask_for_turn();
    bool is_flood(member_record& who) const;
    // ---- relay.cpp
    void flush();
    void remember(const std::vector<spoken_line>& passed_on);
    void catch_up(const recipient& whom, std::uint32_t& told_to);
    void say_lines(
        const recipient& whom, const std::vector<spoken_line>& lines, std::string_view key
    );
    void progress_changed();
    // ---- moderation.cpp
    refusal release();
    refusal reject();
    refusal mute();
    refusal unmute();
    refusal warn();
    refusal remove();
    refusal flag();
    refusal ask_which_line();
    refusal appeal();
    refusal answer_appeal();
    int note(incident_kind kind, verb done, std::string_view rule, std::string_view about,
             std::string_view by, std::string_view reason);
    void take_out(std::string_view id);
    // ---- timers.cpp
    refusal timer();
    void no_moderator();
    void ask_the_silent();
    void watch_moderator();

    // ---- saying, and small things (turn.cpp)
    void set(timer_name which, instant due);
    void clear(timer_name which) noexcept;
    [[nodiscard]] milliseconds scaled(std::chrono::minutes span) const noexcept;
    [[nodiscard]] instant awake(instant due) const noexcept;
    // The same where a meeting lasts a day; a live one runs on through the hours it was called for.
    [[nodiscard]] instant awake_in_room(instant due) const noexcept;
    [[nodiscard]] bool is_quiet(instant when) const noexcept;

    void tell(recipient to, std::string_view key, arguments with = {}, choices offered = {},
              urgency how = urgency::room, room_change room = room_change::none);
    void reply(std::string_view key, arguments with = {}, choices offered = {});
    void tell_member(std::string_view id, std::string_view key, arguments with = {},
                     choices offered = {}, room_change room = room_change::none);
    // Everybody in the room and the moderator: once in the small group, to each who is not in it; in
    // companion mode the moderator, to paste.
    void tell_room(std::string_view key, const arguments& with = {});
    // Everybody in the room, one by one whatever the mode: what has an answer.
    void ask_room(std::string_view key, const arguments& with, const choices& offered);
    void alert_moderator(std::string_view key, arguments with = {}, choices offered = {});
    void alert_officer(const officer& whom, std::string_view key, arguments with = {},
                       choices offered = {});
    [[nodiscard]] static offered_choice offer(const act& what, std::string_view title);
    [[nodiscard]] static offered_choice offer(verb what, std::string_view title);
    [[nodiscard]] static choices ballots(int number);
    // Of the state as it is now: tapped in another it is stale.
    [[nodiscard]] offered_choice offer_here(verb what, std::string_view title) const;
    // The answer to "are you sure?".
    [[nodiscard]] offered_choice offer_sure(verb what, std::string_view title) const;
    [[nodiscard]] bool is_of_another_state() const noexcept;

    [[nodiscard]] const act& did() const noexcept { return heard_.what; }
    [[nodiscard]] member_record* record_of(std::string_view id) noexcept;
    [[nodiscard]] const roster_member* member_of(std::string_view id) const noexcept;
    [[nodiscard]] guest_record* guest_of(std::string_view id) noexcept;
    [[nodiscard]] request* request_of(int number) noexcept;
    [[nodiscard]] std::string name_for(const actor& who) const;
    [[nodiscard]] std::string first_name(std::string_view id) const;
    // Of our currency, and more than nothing.
    [[nodiscard]] bool is_of_money(const money& what) const noexcept;
    [[nodiscard]] bool is_fit() const noexcept;  // its words may reach others
    [[nodiscard]] role_set mine() const noexcept { return roles_; }
    [[nodiscard]] const step* step_of(state in) const noexcept;

    meeting& room_;
    const event& heard_;
    instant at_{};
    role_set roles_{};
};

// What a deputy stands in for.
inline constexpr std::array offices{role::president, role::treasurer, role::secretary};

// Whose signatures are wanted: of each office somebody acts in, and of the moderator.
[[nodiscard]] std::vector<role> signing_roles(const meeting& room);

// A person may pass it on who has read it. What is private, or hurts, is nobody's to pass on.
[[nodiscard]] bool may_be_passed(incident_kind kind, std::string_view rule) noexcept;

// The kind of case a person of ours has of such a line; empty: none.
[[nodiscard]] std::string case_for(incident_kind kind);

// How many characters (code points) a UTF-8 text has.
[[nodiscard]] std::size_t characters(std::string_view text) noexcept;
// At most that many, cut between characters.
[[nodiscard]] std::string cut(std::string_view text, std::size_t most);

// She is here: came, did not leave, was not put out.
[[nodiscard]] inline bool is_here(const member_record& who) noexcept {
    return came(who.attends) && !who.removed && !who.gone;
}

}  // namespace tertulia::dialogs::meetings
