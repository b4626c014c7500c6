// One step at work: the session as it becomes, what is said on the way, and the rules by which a
// program's states follow one another. It knows nothing of events: hearing.cpp turns what happened
// into the few calls below. Lives for one step() and never leaves this folder. talk.cpp holds what
// may happen to it, talk_ways.cpp how states follow one another, talk_words.cpp what is said,
// talk_media.cpp what is shown with it, talk_reach.cpp by which channel it goes, talk_proof.cpp how a number is proved, talk_templates.cpp what is said outside the window,
// talk_answers.cpp what becomes of answers that are kept, talk_values.cpp what is set, given to a
// dialog that is called, and brought back, talk_points.cpp what is found near a place, talk_cases.cpp
// what becomes of her cases, talk_desk.cpp what a colleague is told of them and does with them,
// talk_applications.cpp what becomes of an application for a loan, talk_confirmations.cpp what a PIN
// is too little for, talk_awaited.cpp what holds while a person is waited for, talk_wishes.cpp what
// she prefers and agrees to, talk_claims.cpp what she says she has paid, talk_promises.cpp when she
// will and that she cannot, talk_referrals.cpp what becomes of recommending.

#pragma once

#include "dialogs/engine/purpose.hpp"
#include "dialogs/engine/step.hpp"
#include "dialogs/engine/step_trace.hpp"
#include "dialogs/facts/schema.hpp"
#include "dialogs/script/program.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t frames_max = 8;  // digressions and calls within one another
inline constexpr milliseconds let_her_finish = std::chrono::minutes{10};  // what she is at
inline constexpr const char* silence_timer = "silent";  // of a question that is not answered
// Marks before the state of a frame that waits: see session.hpp.
inline constexpr char after_this = '+';
inline constexpr char after_proof = '?';
[[nodiscard]] inline bool waits(const frame& at) noexcept {
    return at.state.starts_with(after_this) || at.state.starts_with(after_proof);
}

inline constexpr int transitions_max = 256;  // in one step; the checker lets no script come near

// What she was shown when her consent was asked for, beside the answers of its dialog.
inline const std::string consent_shown = "shown";
inline const std::string wait_timer = "wait:";    // and "dialog.state"
inline const std::string begin_timer = "begin:";  // and the dialog
inline const std::string case_timer = "case:";    // and its number
inline const std::string claim_timer = "claim:";      // and its number
inline const std::string promise_timer = "promise:";  // and the loan
inline const std::string quiet_timer = "quiet:";      // that reminders may come again

// As the house calls her.
[[nodiscard]] std::string full_name(const client& who);

class talk {
public:
    talk(const script_set& scripts, const session& from, const facts& known, instant now);

    // ---- where she is

    [[nodiscard]] bool idle() const noexcept { return next.frames.empty(); }
    // The question that waits for an answer, or nullptr.
    [[nodiscard]] const program_state* question() const;
    [[nodiscard]] bool under_way(dialog_index dialog) const;
    // A question below the innermost dialog waits to be put again.
    [[nodiscard]] bool interrupted() const;
    [[nodiscard]] bool verified() const noexcept;
    [[nodiscard]] const client_facts* who() noexcept;
    // The dialog that `key` starts now, if any.
    [[nodiscard]] std::optional<dialog_index> started(
        const text_map<started_dialogs>& by, std::string_view key
    );

    // The choices she sees now, as rows of the state or, for a choice of loans, of her loans.
    struct offered {
        choice shown{};
        const choice_row* row{};
        const loan* record{};
        const savings_account* saving{};
        std::size_t point{};  // of places that were found: which, from 1
        std::string option{};  // of hardship.yaml, by name
    };
    [[nodiscard]] std::vector<offered> offers(const program_state& of);

    // ---- what happens

    void say(message_id what);
    // The text of a message whose picture never arrived. False: who she is has lapsed meanwhile.
    [[nodiscard]] bool say_again_alone(message_id what);
    void put_again();  // the current question; the menu if there is none
    void answer(const program_state& asked, const offered& picked);
    void outcome_of(const program_state& asked, std::string_view word);
    void answer_typed(const program_state& asked, const typed_answer& given);
    // The place to pay whose name, street or landmark she tells, as a place she is at.
    [[nodiscard]] std::optional<typed_answer> landmark(std::string_view text);
    // A state of the dialog at hand that was answered before the one that waits, the last one
    // first; more than one only where a form is looked over.
    [[nodiscard]] std::vector<const program_state*> answered_before() const;
    void correct(const program_state& earlier, const typed_answer& given);
    // The provider's own form came back. False: it is not the one that is being filled in.
    bool fill(const form_reply& filled);
    void ask_in_words(const program_state& asked);  // a form that would be the provider's, step by step
    // The message that was to open it failed. False: it is not being asked with any more.
    bool form_failed(message_id opened_by);
    void explain(message_id what);  // then the question again; no miss
    // The picture she has given last in the form under way cannot be read: why, and the question it
    // answered once more. False: there is none.
    bool ask_again_for_picture(message_id why);
    [[nodiscard]] bool may_go_back() const;
    void go_back();  // to the question before, in a form
    // Says once that the answers to a form are kept, if one is being left.
    void leave_unfinished(std::optional<dialog_index> for_the_sake_of);
    void go_on(const move& way_on);       // as if the current state led there
    void begin(dialog_index dialog);      // from nothing: what was under way is dropped
    void interrupt(dialog_index dialog);  // with `back`, the question is put again afterwards
    void begin_after(dialog_index first, dialog_index then);
    // Something happened that a dialog is for. False: none is, or it may not be told now.
    bool tell_of(std::string_view happening);
    // The dialog that is told of it at its own hours; nothing: none has any.
    [[nodiscard]] std::optional<dialog_index> told_within_hours(std::string_view happening);
    void tell_within_hours(dialog_index dialog);  // now, or when those hours begin
    void menu();
    void choose_afresh(state_index question, std::string_view pick);  // a tap on an old menu
    void unclear();
    // We are not sure which of these she means: asks, with their names as buttons. The question
    // that waits, or the menu, goes on waiting behind it. Counts as a miss.
    void ask_between(std::span<const dialog_index> wanted);
    // What was asked so just before, and no longer is; as buttons were shown.
    [[nodiscard]] std::vector<std::pair<dialog_index, std::string>> asked_between();
    [[nodiscard]] bool may_ask_between(dialog_index dialog) const;
    [[nodiscard]] std::string name_of(dialog_index dialog);  // only where that holds
    void pass_to(std::string queue, std::string reason);
    // A person takes over no more, or did answer: what was to happen otherwise does not.
    void stop_waiting_for_a_person();
    // The time of `timer` has come: the appointment, taken out; nothing if there is none.
    [[nodiscard]] std::optional<appointment> keep_appointment(std::string_view timer);
    // The state the innermost dialog lets time pass at, or nullptr.
    [[nodiscard]] const program_state* pausing() const;
    // The time of that wait ("dialog.state") has come. False: something else is under way above it,
    // and the talk goes on there once that has ended.
    bool wait_is_over(std::string_view state);
    // A scheduled dialog's time has come. False: not now, or not at all.
    bool begin_scheduled(const appointment& due);
    // Nobody took the conversation over. False: that state is no more; the person keeps it.
    bool nobody_answered(const appointment& due);

    // From here on it goes where something we start goes, and the window is that channel's.
    // `usual`: the kind of channel a policy names, where she has named none; empty: where she last
    // wrote. `client_id`: of whom it is, where it counts as a touch: by the channel of her week, where
    // there is to be one.
    void start_where_she_wants(std::string_view usual = {}, std::string_view client_id = {});
    [[nodiscard]] std::string_view kind_in_use() const;  // of addressee()
    [[nodiscard]] bool reaches_her_by(
        std::string_view kind, const address& place, std::string_view own_number
    ) const;
    void look_at_window();  // of the channel it goes by
    // What we started was not delivered by its time: the next channel carries it. Moves nothing.
    bool undelivered_in_time();
    // False: nothing we started waits for that.
    bool was_delivered(std::uint64_t touch);
    // Whether another channel carries it on, now or since earlier.
    bool carried_on(const delivery_outcome& what);
    // The provider has no template of it in her language: by the institution's, once. False: there
    // is no other, or what would stand in it is not known any more.
    [[nodiscard]] bool said_in_house_language(const delivery_outcome& what);
    void wake_for_undelivered();
    void code_answered(const program_state& asked, secret_answer answer);
    // Looked at before anything is heard or begun: may the number still be taken for hers?
    void doubt_anew();
    // A person of the institution noted what she prefers: "hour=morning".
    void prefers_by_staff(std::string_view written);
    void language_seen();  // the one she writes in, when it is another
    void key_changed();  // her phone's or account's: by a message of hers, or one it refused

    // ---- her cases

    // The case because of which a person has the conversation, or is waited for; nullptr: none.
    [[nodiscard]] client_case* in_hand();
    // A person did something with one of them. False: the conversation stays where it is.
    bool acted_on(case_act act, party_id by);
    bool case_is_due(std::string_view number);
    void pin_is_set();
    // She wrote while a person has the conversation, or is waited for.
    void pass_on(const inbound_content& what, std::string_view text);
    // The case somebody is waited for because of, while nobody has come; nullptr: none.
    [[nodiscard]] client_case* awaited_case();
    // Whether it is this dialog that brought, or would bring, the person who is waited for: what
    // begins it again is only more of the same.
    [[nodiscard]] bool has_brought_a_person(dialog_index dialog);
    // What she wrote is for the person who is waited for; now and then she is told so.
    void leave_to_person();
    // A person has the conversation from here on: what was under way ends, her answers are kept.
    void put_aside();
    // No person has it, nor is waited for. True: she is at a question that goes on.
    bool answer_again();
    // The assistant answers again, by whatever way: a talk that was all there was to do is over.
    void case_given_back(const case_person& by);
    void case_taken_over(const case_person& by);  // by who works without a case's number

    // ---- her payments

    // Claims and promises that core banking's copy settles are settled. Says nothing.
    void look_for_payments();
    // What has come of it that she has not been told: "payment_seen", "promise_kept"; or nothing.
    [[nodiscard]] std::string_view payment_news() const;
    // Their times have come: core banking should show it by now. False: the talk stays where it is.
    bool claim_is_due(const appointment& due);
    bool promise_is_due(const appointment& due);

    // ---- when we speak first

    // A nudge has fallen due. `elsewhere`: a talk on another script set is under way. False: the talk
    // stays where it is.
    bool nudge(const planned_nudge& what, bool elsewhere);
    // What became of an idea of hers, "NUMBER WORDS", to be told by the nudge that comes next. Says nothing.
    void idea_is_answered(std::string_view by, std::string_view text);
    // True: what has not left us was a nudge, and the plan has it again.
    bool nudge_went_nowhere(std::uint64_t sent);
    void plan_surveys_after(std::string_view happening);

    // ---- others' cases, of who works here

    [[nodiscard]] bool works_here();
    bool told_of_case(const case_news& what, party_id by);
    // What she wrote or tapped at her desk. False: it is for the assistant.
    bool heard_at_desk(const inbound_content& what, std::string_view text);

    // ---- meetings she has to do with

    bool told_by_room(const room_says& what);  // false: the talk stays where it is
    // She is in a room and in danger: whatever was asked, this comes first.
    bool emergency_in_room(const inbound_content& what, std::string_view text);
    // A button of a meeting, a choice by its number, or a word that does something there. False: it
    // is none of these.
    bool command_in_room(const inbound_content& what, std::string_view text);
    // What is said in a small group of the provider: to the meeting that sits there, if any does.
    void heard_in_chat(const inbound_message& what, std::string_view text);
    // She is in one, and says this there.
    bool spoken_in_room(const inbound_content& what, std::string_view text);
    [[nodiscard]] bool leaves_question_for_room(
        const inbound_content& what, std::string_view text
    ) const;
    // What has become of the meeting she asked for.
    void answered_wish(const meeting_answer& answer);

    // She has written a code that recommends her. False: it is none.
    bool introduce();

    [[nodiscard]] outcome finish(const session& from, bool moved) &&;

    const program& script;
    session next;
    std::vector<effect> effects{};
    instant wrote_before{};  // before what she has just written, by the provider's stamp
    const inbound_message* heard_now{};  // what she has just written, where that moves the talk
    bool silent{};         // nothing may be sent: she asked us to stop, and did not write now
    bool out_of_window{};  // she has not written for a day: what has an approved template is sent
                           // as that, all else is recorded
    step_trace* trace{};   // who watches, or nullptr
    bool nobody_there{};   // a timer moves the talk: nobody is asked for proof, nothing is resumed
    bool unbidden{};       // an event does: nobody is asked for proof, but questions are resumed
    std::uint64_t seed{};  // the only source of chance
    std::string heard_words{};  // what she wrote now, for who is told of it
    bool left_to_person{};      // a person will answer that: silence is an answer, too

private:
    // What to do next: enter a state, follow a move, or (neither) wait.
    struct todo {
        std::optional<state_index> enter{};
        const move* follow{};
    };

    void drive(todo next_thing);
    todo follow(const move& way_on);
    todo enter(state_index index);
    todo ask(const program_state& state);
    // Asks the people of the institution to make sure that it is her; the dialog waits for it.
    todo want_confirmation(const program_dialog& dialog);
    void confirmed(client_case& of, const case_act& act);
    [[nodiscard]] bool provider_may_ask() const;
    [[nodiscard]] say_form provider_form_of(const program_state& state);
    void fill_field(const program_state& field, std::string_view text);
    todo begin_in_place(dialog_index dialog);
    todo end_dialog(bool refused);
    todo give_back(const std::string& word);
    todo resume_frame(const std::string& state);
    void hand_over_at(const program_state& state);
    // Cases: opened, joined, told, timed.
    void open_case_at(const program_state& state);
    void settle_case(const program_state& state);
    client_case& open_case(const std::string& kind, std::string queue);
    void categorise(client_case& made, std::string_view category);  // one its kind knows
    void announce(client_case& made);  // to those whose queue it lies in
    [[nodiscard]] std::optional<typed_answer> given(std::string_view name) const;  // the innermost
    client_case& join_or_open(const std::string& kind, const std::string& queue);
    void join(client_case& open, const std::string& queue);  // she comes back to it
    [[nodiscard]] client_case* open_of(std::string_view kind);  // null: none
    [[nodiscard]] const case_kind& kind_of(std::string_view name) const;
    [[nodiscard]] client_case* find_case(std::string_view number);
    [[nodiscard]] const client_case* spoken_case() const;
    [[nodiscard]] working_time work_hours() const;
    [[nodiscard]] std::string_view hours_of_work() const;  // empty: nobody can read them
    [[nodiscard]] case_news news_of(const client_case& of, case_report what, party_id to);
    void tell_person(const client_case& of, const case_person& whom, case_report what);
    void tell_queue(const client_case& of, case_report what, party_id but = {});
    void note(
        const client_case& of, std::string what, const case_person* who = nullptr,
        std::string text = {}, bool internal = false
    );
    bool tell_dialog_of(client_case& of, std::string_view event);
    void release_hand(client_case& of);
    bool say_to_client(client_case& of, const case_act& act);
    void wake_for_cases(const session& from);
    void read_case();
    void describe(told_case& into, const client_case& of);
    [[nodiscard]] std::string words_of_name(std::string_view prefix, std::string_view name);
    // A colleague's desk.
    [[nodiscard]] desk_case* at_desk(std::string_view number);
    void forget_at_desk(std::string_view number);
    void say_at_desk(std::string_view key, std::span<const std::string_view> buttons = {});
    void speak_of(const desk_case& of);
    void do_at_desk(case_deed what, std::string_view number, std::string text = {});
    bool command(std::string_view text);
    bool button_at_desk(std::string_view pick, std::string_view number);
    void ask_how_confirmed(const desk_case& of);
    [[nodiscard]] std::optional<std::string_view> way_to_confirm(std::string_view text);
    void list_desk();
    // "preparar reunión …", or the button of a group below the question which one. False: neither.
    bool wishes_for_meeting(std::string_view text);
    bool tapped_group_to_meet(std::string_view pick, std::string_view group);
    void want_meeting(std::string group, std::optional<instant> start);
    void wait_for_a_person(const program_state& state);
    void wake_when_silent(const program_state& asked);
    [[nodiscard]] bool at_a_question() const;  // one to be let finish: not the menu's
    void put_off(appointment what, instant until);
    [[nodiscard]] std::optional<instant> due_of(const moment& of);
    [[nodiscard]] instant within(const day_hours& hours, instant from) const;
    [[nodiscard]] std::optional<state_index> wait_at(const frame& at) const;
    todo pause(const program_state& state);
    void schedule(const program_state& state);
    // Applications for a loan (talk_applications.cpp).
    void submit(const program_state& state);
    void read_applications();
    void read_draft();
    void read_refusal();
    [[nodiscard]] const program_refusal* refusal_at_hand() const noexcept;
    void note_told();
    // What she says she has paid (talk_claims.cpp).
    [[nodiscard]] std::string_view report_payment(const program_state& state);
    [[nodiscard]] payment_claim claim_of(const program_state& state);
    // `answers` of hers go with its case.
    [[nodiscard]] std::string_view take_claim(
        payment_claim made, std::string_view case_kind,
        const std::map<std::string, std::string>& answers
    );
    void open_case_of_claim(
        payment_claim& of, std::string_view case_kind,
        const std::map<std::string, std::string>& answers
    );
    void take_claim_over(client_case& by);
    void note_claim(const payment_claim& of);
    void case_came_right(std::string_view number, std::string why);
    [[nodiscard]] const payment_claim* spoken_claim() const;
    void read_claims();
    void speak_of_claim(const payment_claim& of);
    [[nodiscard]] std::string told_to_colleagues(const payment_claim& of);
    void add_proof(payment_claim& to, const std::vector<std::string>& media);
    void claim_told();
    [[nodiscard]] bool is_hers(std::string_view client_id) const;
    [[nodiscard]] const client_facts* sure_of() const;  // who she is, where that is beyond doubt
    [[nodiscard]] std::string officers_queue();
    // When she will, and that she cannot (talk_promises.cpp).
    [[nodiscard]] std::string_view promise_payment(const program_state& state);
    void judge_promises(std::span<const payment_on_loan> paid);
    void note_hardship(const program_state& state);
    void keep_for_case(client_case& into, const program_state& state);
    [[nodiscard]] const relief_option* chosen_option() const;
    [[nodiscard]] std::vector<std::string> relief_offered();
    void tell_option(const relief_option& of);
    void read_hardship();
    void read_heard_words();
    void promises_told();
    void note_quiet(const session& from);
    // When we speak first (talk_nudges.cpp).
    [[nodiscard]] bool nudge_is_about(std::string_view client_id);
    void speak_as_met();
    void stand_for(const planned_nudge& what, const nudge_policy& policy, nudge_situation& at);
    [[nodiscard]] nudge_situation situation_of(
        const planned_nudge& what, const nudge_policy& policy, const contact_calendar& when,
        std::string_view dialog, bool elsewhere
    );
    void ask_people(const nudge_step& step, const nudge_policy& policy, const planned_nudge& what);
    void note_contact(const program_state& state);
    void read_reminder();
    void note_promise_of(const payment_promise& one);
    void plan_for_promise(const payment_promise& of);
    void plan_steps(
        const nudge_policy& policy, const nudge_segment& segment, civil_date anchor,
        const std::string& client_id, const std::string& loan_id
    );
    void plan_survey(std::string_view name);
    [[nodiscard]] std::string_view no_time_for_survey() const;
    // Meetings (talk_meetings.cpp).
    [[nodiscard]] room_seat& seat_in(std::string_view room);
    [[nodiscard]] room_seat* seat();
    [[nodiscard]] bool leads_several() const;
    void say_in_chat(const room_says& from, const meetings::say& what);
    void say_from_room(const room_says& from, const meetings::say& what);
    void read_meeting(const room_says& from, const std::vector<meetings::argument>& told);
    void write_to_number(std::string_view phone);
    [[nodiscard]] std::string named_by(const meetings::message_key& of);
    [[nodiscard]] std::string named_by(const std::vector<meetings::message_key>& of);
    void claim_from_room(const meetings::claim_wanted& what);
    void draft_from_room(const meetings::application_wanted& what);
    void act_in_room(room_seat& seat, meetings::act what, std::string looks = {});
    [[nodiscard]] instant at_of_room(std::string_view room) const;
    [[nodiscard]] bool room_spoke_last(const room_seat& seat) const;
    [[nodiscard]] std::string room_word_called(std::string_view name);
    void offer_as_invited(room_seat& seat);
    void pick_in_room(room_seat& seat, meetings::act what);
    void await_nothing_in_rooms();
    void tell_of_trouble(room_seat& seat, const inbound_content& what, std::string_view text);
    [[nodiscard]] std::optional<meetings::act> answer_in_words(
        const room_seat& at, std::string_view text, bool spoke_last
    );
    [[nodiscard]] bool tells_what_to_change(const room_seat& at, std::string_view text) const;
    [[nodiscard]] bool takes_any_answer() const;
    [[nodiscard]] bool asks_something_now() const;  // by the dialogs that are live
    [[nodiscard]] std::optional<meetings::act> end_she_is_asked_about(
        const room_seat& at, std::string_view text
    ) const;
    [[nodiscard]] std::optional<meetings::act> picked_in_room(
        const room_seat& at, std::string_view text
    ) const;
    // Recommending (talk_referrals.cpp).
    [[nodiscard]] bool is_staff();
    void give_referral_code();
    void name_referrer(std::string_view answer);
    void note_referrer_as_is();
    [[nodiscard]] std::string_view name_as_referrer();
    void note_referrals_told();
    [[nodiscard]] introduced_person introduced_as();
    void settle_referral(referral_word what);
    void note_referred(std::string what);
    void referred_has_applied();
    void read_referrals();
    void read_referral_path(std::string_view name);
    void read_reward();
    void write_referral_lines(bool ledger);
    // Drops what is under way down to the innermost dialog that only lets time pass; all, if none.
    void keep_waits();
    todo go_on_waiting();  // after keep_waits(): past it, if its time has come meanwhile
    void forget_waits();   // those of dialogs that are no more
    void announce(const program_state& question);
    [[nodiscard]] message_id chosen(const move& of, std::size_t at) noexcept;
    void arrange(appointment what);
    // Every appointment whose timer begins with `kind` and that is for `what`; empty: for anything.
    void call_off(std::string_view kind, std::string_view what);
    void apply(const setting_row& row);
    void give_up();  // the question was not answered once too often
    void answer_picked(const program_state& asked, const choice_row& row);
    bool try_keep(const program_state& asked, const typed_answer& given);
    // Values: set, given, brought back. Nothing in place of a text: there is none.
    using kept_text = std::optional<std::string>;
    [[nodiscard]] kept_text made_of(const program_state& at, const value_row& row);
    void keep(std::string_view name, const kept_text& text);  // by the innermost dialog
    void set_values(const program_state& state);
    void note_values(const program_state& state);
    [[nodiscard]] std::vector<state_index> undo_values();
    void call(const program_state& state);
    void bring_back(const program_state& caller, const frame& ended);
    [[nodiscard]] bool takes(const branch_row& row);
    void act(form_act what);
    [[nodiscard]] draft* draft_of(std::string_view dialog);
    void save_draft();
    void keep_draft(draft made);
    void drop_draft(std::string_view dialog);
    void drop_old_drafts();
    [[nodiscard]] static bool fits(const program_state& field, const std::string& text);
    void push(dialog_index dialog, state_index state, char mark = 0);
    void put(const program_state& state);
    [[nodiscard]] const address& addressee() const noexcept;
    [[nodiscard]] std::uint64_t chance() noexcept;  // the next of those the seed gives
    void emit(send made);                           // to addressee(); everything that is said
    void watch(const send& what);
    [[nodiscard]] bool carry_on(
        const outbound_message& what, priority urgency, const std::string& key,
        std::uint64_t touch, instant expires_at
    );
    [[nodiscard]] std::string_view begin_proof(const program_state& state);
    void send_code(message_id what, address to);
    void write_as(std::string_view name);
    // Several have this number, and none of them has just written from it.
    [[nodiscard]] bool to_several() const noexcept;
    [[nodiscard]] const client_facts* meant() const noexcept;  // of them; nullptr: who knows
    [[nodiscard]] std::string addressed(std::string text);
    [[nodiscard]] fact_view seen_by_several();
    [[nodiscard]] bool in_doubt() const noexcept { return next.proof.doubted; }
    void send_text(message_id what, outbound_content content);
    // What may be sent of it outside the window; nothing: not even that, and the record says why.
    [[nodiscard]] std::optional<said_by_template> template_for(message_id what);
    void send_by_template(message_id what, outbound_content content);
    void say_alone(message_id what, std::string text);
    void show_before(message_id question);
    [[nodiscard]] std::vector<say_media> shown_with(message_id what) const;
    void send_media(message_id what, say_media content, said_as how);
    // What was sent in this conversation, for another to see (received_link.hpp).
    [[nodiscard]] std::string link_to_sent(media_kind kind, std::string_view id) const;
    // Such a link, or a provider's id, as it is shown here; nothing: by SMS, where it is told.
    [[nodiscard]] std::optional<say_media> shown_again(media_kind kind, const std::string& what) const;
    void show_sent(const std::vector<std::string>& links);    // below what tells of them
    [[nodiscard]] std::string told_as_sent(media_kind kind);  // "(envió un audio)"
    void send_document(const program_state& state);
    // Of what is said next. False: no address of ours can be opened, and she is told what to do instead.
    bool link_below(const program_state& state);

    [[nodiscard]] bool allowed(const program_dialog& dialog) const;
    [[nodiscard]] bool holds(const std::optional<expression>& when);
    [[nodiscard]] std::string words(message_id what);
    [[nodiscard]] circumstances around() const;     // of what is said now
    [[nodiscard]] bool writes_out_choices() const;  // the channel does, below the text
    [[nodiscard]] const fact_view& view();
    void read_answers();
    void note_paths(std::span<const std::size_t> paths);
    [[nodiscard]] state_index state_of(const frame& at) const;
    [[nodiscard]] const loan* kept_loan() const noexcept;
    [[nodiscard]] const savings_account* kept_saving() const noexcept;
    // What she prefers and agrees to (talk_wishes.cpp).
    void note_preference(std::string_view name, std::string value, std::string_view source);
    void apply_preference(const setting_row& row);
    void note_consent(const program_state& asked, bool given);
    void tell_branch_hours();
    // Places to pay: looked up, told, chosen, shown on a map (talk_points.cpp).
    todo look_up_points(const program_state& state);
    [[nodiscard]] std::vector<found_point> points_near(const program_state& state);
    [[nodiscard]] std::vector<found_point> point_spoken_of(std::string_view text);
    struct points_kept {
        std::vector<found_point> all{};
        std::size_t chosen{};
    };
    [[nodiscard]] points_kept kept_points() const;
    enum class as_told { in_figures, in_words };  // in_figures: without its hours in her language
    void tell_point(const found_point& of, as_told how);
    void read_kept_points();
    [[nodiscard]] offered offered_record(
        const program_state& of, std::string_view record_id, std::size_t rows
    );
    void choose_point(std::size_t number);
    void show_on_map(const program_state& state);

    const facts& known_;
    const client_facts* who_{};
    std::uint64_t set_;
    fact_view view_{};
    client_facts unmet_{};  // she, without the officer she has not met
    client_facts named_{};  // what of her may be said where others read it: how she is called
    answers_given answers_{};
    points_kept points_{};
    told_point told_{};
    told_application application_{};
    std::vector<std::string> papers_{};
    std::string draft_next_{};
    told_refusal refusal_{};
    told_claim claim_{};
    std::string claim_now_{};  // the number of the one this step is about; empty: any
    told_promise promise_{};
    told_option option_{};
    told_referrals told_referrals_{};
    std::string branch_hours_{};
    std::map<std::string, std::string> begins_with_{};  // kept by the frame that is pushed next
    std::vector<std::vector<found_point>> found_{};
    bool timer_set_{};
    std::uint32_t read_{};
    int transitions_{};
    std::uint64_t choices_{};  // made by the seed so far
    std::optional<address> elsewhere_{};  // than where she last wrote
    told_case told_case_{};
    told_meeting meeting_{};
    pin_link link_below_{};  // goes with the next text
    std::size_t kept_below_{};  // frames that stay when a timer hands her over further
    bool tells_other_case_{};  // told_case_ is a colleague's, or being passed on
};

}  // namespace tertulia::dialogs
