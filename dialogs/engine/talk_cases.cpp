// Her cases: opened by a dialog or with a hand-over, changed by what people of the institution do
// with them, and by the clock. Her session decides: whoever else knows of a case is told from here.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/kept_answers.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/shown_media.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/arrears.hpp"
#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t words_told_max = 3;  // of what she wrote before, on a card
constexpr std::size_t media_told_max = 5;  // of what she sent before, to who takes it

std::string cut(std::string text) {
    if (text.size() <= case_text_bytes_max) return text;
    auto end = case_text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

void add_words(client_case& of, std::string text) {
    if (text.empty()) return;
    if (of.words.size() >= case_words_max) of.words.erase(of.words.begin());
    of.words.push_back(cut(std::move(text)));
}

// What a colleague reads of an answer that goes with a case. A pick is nobody's words: it may be the
// case's category.
std::string in_words(const typed_answer& of) {
    switch (of.kind) {
        case typed_kind::text:
        case typed_kind::date:
        case typed_kind::day:
        case typed_kind::until:
            return of.value;
        case typed_kind::location: {
            const auto told = value_of(of);
            const auto* place = std::get_if<std::string>(&told);
            return place == nullptr ? std::string{} : *place;
        }
        default:
            return {};
    }
}

}  // namespace

std::string full_name(const client& who) {
    auto name = who.courtesy.empty() ? who.first_name : who.courtesy;
    if (!who.last_name.empty()) name += " " + who.last_name;
    return name;
}

// ---- which

const case_kind& talk::kind_of(std::string_view name) const {
    const auto found = std::ranges::find(script.cases, name, &case_kind::name);
    return found == script.cases.end() ? plain_case() : *found;
}

client_case* talk::find_case(std::string_view number) {
    const auto found = std::ranges::find(next.cases, number, &client_case::number);
    return found == next.cases.end() ? nullptr : &*found;
}

client_case* talk::in_hand() {
    return next.case_in_hand.empty() ? nullptr : find_case(next.case_in_hand);
}

// The one that changed last: what a message calls "your case".
const client_case* talk::spoken_case() const {
    const client_case* last = nullptr;
    for (const auto& one : next.cases) {
        if (last == nullptr || one.changed_at >= last->changed_at) last = &one;
    }
    return last;
}

// Those of her branch, else the institution's.
std::string_view talk::hours_of_work() const {
    const bool branch = who_ != nullptr && !in_doubt() && who_->home_branch &&
                        opening_hours::parse(who_->home_branch->hours);
    if (branch) return who_->home_branch->hours;
    return opening_hours::parse(script.house.hours) ? std::string_view{script.house.hours}
                                                    : std::string_view{};
}

working_time talk::work_hours() const {
    return {hours_of_work(), script.house.holidays, *script.calendar};
}

// ---- told in messages

std::string talk::words_of_name(std::string_view prefix, std::string_view name) {
    if (name.empty()) return {};
    const auto found = script.words->find(std::string{prefix} + std::string{name});
    // Not view(): this is asked while that is being made.
    return found ? script.words->format(*found, next.language, around(), view_)
                 : std::string{name};
}

void talk::describe(told_case& into, const client_case& of) {
    into = {};
    into.number = of.number;
    into.kind = of.kind;
    into.state = dialogs::name_of(of.state);
    into.about = words_of_name("case.kind.", of.kind);
    into.category = words_of_name("case.category.", of.category);
    into.officer = of.holder.name;
    into.answer = of.answer;
    const auto at = [&of](case_clock clock) -> std::optional<instant> {
        const auto due = of.due[static_cast<std::size_t>(clock)];
        return due == instant{} ? std::nullopt : std::optional{due};
    };
    into.due = at(case_clock::resolve) ? at(case_clock::resolve) : at(case_clock::limit);
    into.person_by = at(case_clock::person) ? at(case_clock::person) : at(case_clock::acknowledge);
    into.late = of.missed != 0;
}

void talk::read_case() {
    view_.cases_open = std::ranges::count_if(next.cases, [](const client_case& one) {
        return !one.over();
    });
    if (tells_other_case_) {
        view_.of_case = &told_case_;
        return;
    }
    const auto* of = spoken_case();
    view_.of_case = nullptr;
    if (of == nullptr) return;
    describe(told_case_, *of);
    view_.of_case = &told_case_;
}

// ---- what others are told

void talk::note(
    const client_case& of, std::string what, const case_person* who, std::string text, bool internal
) {
    effects.emplace_back(note_case{
        .as_is = of,
        .what = std::move(what),
        .who = who == nullptr ? std::string{} : who->id,
        .text = std::move(text),
        .internal = internal});
}

case_news talk::news_of(const client_case& of, case_report what, party_id) {
    case_news made{
        .what = what,
        .number = of.number,
        .kind = of.kind,
        .category = of.category,
        .client_name = of.client_name,
        .words = {},
        .arrears = {},
        .holder_name = of.holder.name,
        .opened_at = of.opened_at,
        .due = next_due(of).value_or(instant{})};
    const auto skipped = of.words.size() > words_told_max && what != case_report::taken
                             ? of.words.size() - words_told_max
                             : 0;
    made.words.assign(of.words.begin() + static_cast<std::ptrdiff_t>(skipped), of.words.end());
    return made;
}

void talk::tell_person(const client_case& of, const case_person& whom, case_report what) {
    if (whom.party.value == 0) return;
    auto made = news_of(of, what, whom.party);
    const bool her_own = who_ != nullptr && !in_doubt() && who_->credit_agent &&
                         whom.id == "officer:" + who_->credit_agent->id;
    if (what == case_report::taken && her_own && who_->who.id == of.client_id) {
        read_ |= read_client | read_officer | read_loans;
        made.arrears = is_late(who_->loans, view_.today);
    }
    // Once she has it: a picture is for nobody who only sees that there is a case.
    if (what == case_report::taken) {
        const auto skipped = of.media.size() - std::min(of.media.size(), media_told_max);
        made.media.assign(of.media.begin() + static_cast<std::ptrdiff_t>(skipped), of.media.end());
    }
    effects.emplace_back(tell{.to = {.party = whom.party}, .what = std::move(made)});
}

void talk::tell_queue(const client_case& of, case_report what, party_id but) {
    auto made = news_of(of, what, {});
    const auto own = who_ != nullptr && who_->credit_agent && !in_doubt()
                         ? "credit_agent:" + who_->credit_agent->id
                         : std::string{};
    if (what != case_report::gone && of.queue == own && who_->who.id == of.client_id) {
        read_ |= read_client | read_officer | read_loans;
        made.arrears = is_late(who_->loans, view_.today);
    }
    effects.emplace_back(tell{
        .to = {.queue = of.queue, .excluded = of.excluded, .but = but}, .what = std::move(made)});
}

// ---- opened

client_case& talk::open_case(const std::string& kind_name, std::string queue) {
    const auto& kind = kind_of(kind_name);
    if (next.cases.size() >= cases_max) {
        auto oldest = std::ranges::find_if(next.cases, &client_case::over);
        if (oldest == next.cases.end()) oldest = next.cases.begin();
        next.cases.erase(oldest);  // its record stays
    }
    read_ |= read_desk | read_client | read_officer;
    client_case made{};
    made.number = std::to_string(known_.conversation) + "-" + std::to_string(++next.cases_opened);
    made.kind = kind_name;
    made.priority = kind.priority;
    made.queue = kind.to.empty() ? std::move(queue) : kind.to;
    made.opened_at = made.changed_at = next.now;
    if (who_ != nullptr && !in_doubt()) {
        made.client_id = who_->who.id;
        made.client_name = full_name(who_->who);
        made.branch_id = who_->who.branch_id;
        if (kind.never_officer && who_->credit_agent) {
            made.excluded = "officer:" + who_->credit_agent->id;
        }
        if (kind.to == "credit_agent") {
            made.queue = who_->credit_agent ? "credit_agent:" + who_->credit_agent->id : "support";
        } else if (kind.to == "branch") {
            made.queue = who_->home_branch ? "branch:" + who_->home_branch->id : "support";
        }
    } else if (kind.to == "credit_agent" || kind.to == "branch") {
        made.queue = "support";
    }
    made.due = clocks_of(kind, {}, made.opened_at, next.now, work_hours());
    add_words(made, heard_words);
    next.cases.push_back(std::move(made));
    return next.cases.back();
}

client_case* talk::open_of(std::string_view kind) {
    const auto found = std::ranges::find_if(next.cases, [&](const client_case& one) {
        return one.kind == kind && !one.over() && one.state != case_state::resolved;
    });
    return found == next.cases.end() ? nullptr : &*found;
}

void talk::join(client_case& open, const std::string& queue) {
    const bool just_opened = std::ranges::any_of(effects, [&](const effect& each) {
        const auto* noted = std::get_if<note_case>(&each);
        return noted != nullptr && noted->as_is.number == open.number;
    });
    if (just_opened) return;  // by a state before: everybody has been told
    add_words(open, heard_words);
    if (kind_of(open.kind).to.empty() && !open.held()) open.queue = queue;
    open.changed_at = next.now;
    note(open, "joined");
    if (open.held()) {
        tell_person(open, open.holder, case_report::again);
    } else {
        tell_queue(open, case_report::again);
    }
}

client_case& talk::join_or_open(const std::string& kind, const std::string& queue) {
    if (auto* there = open_of(kind)) {
        join(*there, queue);
        return *there;
    }
    auto& made = open_case(kind, queue);
    announce(made);
    return made;
}

void talk::open_case_at(const program_state& state) {
    // Where nothing would tell two of them apart, they are one.
    if (state.category.empty() && !state.category_of && state.case_keeps.empty() &&
        !state.unnamed) {
        (void)join_or_open(state.opens, "support");
        return;
    }
    auto& made = open_case(state.opens, "support");
    auto category = state.category;
    if (state.category_of) {
        note_paths(state.category_of->paths());
        const auto value = state.category_of->evaluate(view());
        if (const auto* text = std::get_if<std::string>(&value)) category = *text;
    }
    categorise(made, category);
    if (state.unnamed) made.client_id = made.client_name = std::string{};
    keep_for_case(made, state);
    if (made.category == payment_missing) take_claim_over(made);
    announce(made);
}

// Its clocks may be others then.
void talk::categorise(client_case& made, std::string_view category) {
    const auto& kind = kind_of(made.kind);
    if (std::ranges::find(kind.categories, category) == kind.categories.end()) return;
    made.category = category;
    made.due = clocks_of(kind, made.category, made.opened_at, next.now, work_hours());
}

void talk::announce(client_case& made) {
    note(made, "opened");
    tell_queue(made, case_report::offered);
}

std::optional<typed_answer> talk::given(std::string_view name) const {
    const auto key = answer_key(name);
    for (auto at = next.frames.rbegin(); at != next.frames.rend(); ++at) {
        const auto kept = at->kept.find(key);
        if (kept != at->kept.end()) return parse_typed_answer(kept->second);
    }
    return std::nullopt;
}

void talk::keep_for_case(client_case& made, const program_state& state) {
    std::vector<std::string> hers;
    for (const auto& name : state.case_keeps) {
        const auto answer = given(name);
        if (!answer) continue;
        made.answers.insert_or_assign(name, to_text(*answer));
        if (answer->kind == typed_kind::photo || answer->kind == typed_kind::document ||
            answer->kind == typed_kind::voice_note) {
            made.media.push_back(link_to_sent(media_of(answer->kind), parts_of(answer->value).front()));
        } else if (auto told = in_words(*answer); !told.empty()) {
            hers.push_back(std::move(told));
        }
    }
    // What she said of it is what it is about, rather than the tap that ended the questions.
    const bool fresh = made.opened_at == next.now;
    if (!hers.empty() && fresh) made.words.clear();
    for (auto& one : hers) add_words(made, std::move(one));
}

// She is content, or she is not: the answer she was given last is meant.
void talk::settle_case(const program_state& state) {
    client_case* of = nullptr;
    for (auto& one : next.cases) {
        if (one.over()) continue;
        const bool better = of == nullptr || (one.state == case_state::resolved) >
                                                 (of->state == case_state::resolved);
        if (better || one.state == of->state) of = &one;
    }
    if (of == nullptr) return;
    of->changed_at = next.now;
    if (!state.reopens) {
        of->state = case_state::closed;
        note(*of, "closed");
        plan_survey("sv_support");
        if (of->holder.party.value != 0) tell_person(*of, of->holder, case_report::gone);
        return;
    }
    of->state = case_state::open;
    of->holder = {};
    of->acknowledged = false;
    of->missed = 0;
    escalate(*of, kind_of(of->kind));
    of->due = clocks_of(kind_of(of->kind), of->category, of->opened_at, next.now, work_hours());
    add_words(*of, heard_words);
    note(*of, "reopened");
    tell_queue(*of, case_report::again);
}

// ---- what people do with one

// The dialog that tells her of it, whoever has the conversation: where a person has it, it speaks and
// ends.
bool talk::tell_dialog_of(client_case& of, std::string_view happening) {
    if (next.wishes.opted_out || next.reply_to.channel.empty()) return false;
    const auto number = of.number;
    if (!next.frames.empty() && next.script_set != set_) next.frames.clear();
    start_where_she_wants();
    const auto queue = with_person(next) ? std::exchange(next.queue, {}) : std::string{};
    const bool told = tell_of(happening);
    unbidden = false;
    if (queue.empty()) return told;
    next.queue = queue;
    next.frames.clear();
    next.misses = 0;
    return told;
}

// The conversation is the assistant's again, if it was a person's because of this case.
void talk::release_hand(client_case& of) {
    if (next.case_in_hand != of.number) return;
    next.case_in_hand.clear();
    (void)answer_again();
}

bool talk::say_to_client(client_case& of, const case_act& act) {
    const auto words_of_person = script.words->find("case.from_officer");
    if (!words_of_person || next.reply_to.channel.empty()) return false;
    start_where_she_wants();
    told_case_ = {};
    describe(told_case_, of);
    told_case_.officer = act.by.name.empty() ? script.house.name : act.by.name;
    told_case_.words = act.text;
    tells_other_case_ = true;
    bool said = true;
    if (out_of_window) {
        said = template_for(*words_of_person).has_value();
        if (said) say(*words_of_person);
    } else {
        send made{};
        say_text content{};
        content.text = words(*words_of_person);
        made.message.content = std::move(content);
        made.urgency = priority::agent;
        made.purpose = script.words->key(*words_of_person);
        emit(std::move(made));
    }
    tells_other_case_ = false;
    return said;
}

bool talk::acted_on(case_act act, party_id by) {
    if (by.value != 0) act.by.party = by;
    auto* of = find_case(act.number);
    if (of == nullptr) {
        effects.emplace_back(tell{
            .to = {.party = act.by.party},
            .what = case_news{.what = case_report::over, .number = act.number}});
        if (act.by.party.value == 0) effects.pop_back();
        return false;
    }
    auto refused = may(*of, act, in_hand());
    // Nobody vouches for herself.
    const bool herself = act.by.party.value == known_.conversation ||
                         (known_.staff && known_.staff->id == act.by.id);
    if (act.what == case_deed::confirm && refused == case_report::said) {
        if (herself) refused = case_report::not_hers;
        if (of->client_id.empty()) refused = case_report::nothing_to_confirm;  // on no file
    }
    if (refused != case_report::said) {
        tell_person(*of, act.by, refused);
        return false;
    }
    of->changed_at = next.now;
    of->acknowledged = true;
    switch (act.what) {
        case case_deed::take: {
            const bool again = of->held();
            of->state = case_state::taken;
            of->holder = act.by;
            of->snoozed_until = {};
            if (!again) note(*of, "taken", &act.by);
            tell_person(*of, act.by, case_report::taken);
            if (!again) tell_queue(*of, case_report::gone, act.by.party);
            of->words.clear();
            put_aside();
            if (!again) (void)tell_dialog_of(*of, "case_taken");
            stop_waiting_for_a_person();
            next.case_in_hand = act.number;
            next.queue = std::string{taken_by} + act.by.id;
            next.handed_over_at = next.now;
            next.frames.clear();
            return true;
        }
        case case_deed::note:
            note(*of, "noted", &act.by, cut(act.text), true);
            tell_person(*of, act.by, case_report::noted);
            return false;
        case case_deed::snooze:
            of->snoozed_by = act.by.party;
            of->snoozed_until = work_hours().opens(next.now + act.rest);
            note(*of, "snoozed", &act.by);
            tell_person(*of, act.by, case_report::rests);
            return false;
        case case_deed::say: {
            if (!say_to_client(*of, act)) {
                tell_person(*of, act.by, case_report::unreachable);
                return false;
            }
            note(*of, "said", &act.by, act.text);
            if (of->held()) of->state = case_state::waiting;
            if (with_person(next)) return false;
            if (of->held() && of->number == next.case_in_hand) {
                // She was handed over anew to who has her case: that person has come.
                stop_waiting_for_a_person();
                put_aside();
                next.queue = std::string{taken_by} + act.by.id;
                next.handed_over_at = next.now;
                return true;
            }
            return tell_dialog_of(*of, "case_answered");
        }
        case case_deed::give_back:
            if (next.case_in_hand != of->number) {
                // The assistant answers her already: it is the case that goes back to its queue.
                of->state = case_state::open;
                of->holder = {};
                note(*of, "given_back", &act.by);
                auto made = news_of(*of, case_report::given_back, act.by.party);
                made.due = {};  // hers no more
                if (act.by.party.value != 0) {
                    effects.emplace_back(
                        tell{.to = {.party = act.by.party}, .what = std::move(made)}
                    );
                }
                tell_queue(*of, case_report::again, act.by.party);
                return false;
            }
            case_given_back(act.by);
            if (const bool goes_on = answer_again();
                !next.reply_to.channel.empty() && !next.wishes.opted_out) {
                start_where_she_wants();
                say(script.common.returned_by_person);
                if (!out_of_window && goes_on) put_again();
                if (!out_of_window && !goes_on) menu();
            }
            return true;
        case case_deed::resolve: {
            of->answer = act.text;
            of->state = case_state::resolved;
            of->holder = act.by;
            release_hand(*of);
            note(*of, "resolved", &act.by, act.text);
            tell_person(*of, act.by, case_report::resolved);
            if (tell_dialog_of(*of, "case_resolved") || act.text.empty()) return true;
            of = find_case(act.number);  // a dialog may have opened another
            if (of != nullptr && !say_to_client(*of, act)) {
                tell_person(*of, act.by, case_report::unreachable);
            }
            return true;
        }
        case case_deed::confirm:
            confirmed(*of, act);
            return true;
    }
    return false;
}

void talk::case_taken_over(const case_person& by) {
    auto* of = in_hand();
    if (of == nullptr || of->held()) return;
    of->state = case_state::taken;
    of->holder = by;
    of->changed_at = next.now;
    note(*of, "taken", &by);
    tell_queue(*of, case_report::gone);
}

// Where nothing has to be answered by a known day, the talk was all there was to do.
void talk::case_given_back(const case_person& by) {
    auto* of = in_hand();
    next.case_in_hand.clear();
    if (of == nullptr || of->over()) return;
    of->changed_at = next.now;
    const auto& due = of->due;
    const bool owes = due[static_cast<std::size_t>(case_clock::resolve)] != instant{} ||
                      due[static_cast<std::size_t>(case_clock::limit)] != instant{};
    if (!owes) of->state = case_state::closed;
    note(*of, owes ? "given_back" : "closed", &by);
    const auto whom = of->holder.party.value != 0 ? of->holder : by;
    tell_person(*of, whom, case_report::given_back);
}

// ---- what comes by itself

void talk::pass_on(const inbound_content& what, std::string_view text) {
    auto* of = in_hand();
    if (of == nullptr) return;
    of->changed_at = next.now;
    std::string words{text};
    if (const auto* sent = std::get_if<received_media>(&what)) {
        of->media.push_back(link_to_sent(sent->kind, sent->id));
        words = told_as_sent(sent->kind) + (words.empty() ? "" : " " + words);
    }
    if (words.empty()) return;
    add_words(*of, words);
    note(*of, "wrote", nullptr, cut(words));
    if (!of->held()) return;
    of->state = case_state::taken;
    if (of->holder.party.value == 0) return;
    auto news = news_of(*of, case_report::wrote, of->holder.party);
    if (std::holds_alternative<received_media>(what)) news.media = {of->media.back()};
    effects.emplace_back(tell{.to = {.party = of->holder.party}, .what = std::move(news)});
    of->words.clear();
}

bool talk::case_is_due(std::string_view number) {
    auto* of = find_case(number);
    if (of == nullptr || of->over()) return false;
    if (of->state == case_state::resolved && next.now >= of->changed_at + resolved_for) {
        of->state = case_state::closed;
        of->changed_at = next.now;
        note(*of, "closed");
        return false;
    }
    if (of->snoozed_until != instant{} && of->snoozed_until <= next.now) {
        of->snoozed_until = {};
        const case_person whom{.party = of->snoozed_by};
        if (!of->held() || of->holder.party == of->snoozed_by) {
            tell_person(*of, whom, case_report::again);
        }
    }
    bool moved = false;
    while (const auto clock = run_out(*of, next.now)) {
        of->missed = static_cast<std::uint8_t>(of->missed | 1U << static_cast<unsigned>(*clock));
        of->changed_at = next.now;
        escalate(*of, kind_of(of->kind));
        note(*of, "late_" + std::string{dialogs::name_of(*clock)});
        tell_queue(*of, case_report::late);
        if (of->number == next.case_in_hand && !of->held()) next.queue = of->queue;
        unbidden = true;
        const auto kept = of->number;
        moved = tell_dialog_of(*of, "case_late") || moved;
        of = find_case(kept);
        if (of == nullptr) break;
    }
    return moved;
}

void talk::wake_for_cases(const session& from) {
    for (const auto& one : next.cases) {
        const auto timer = case_timer + one.number;
        if (const auto due = next_due(one)) {
            effects.emplace_back(set_timer{timer, std::max(*due, next.now)});
            continue;
        }
        const auto before = std::ranges::find(from.cases, one.number, &client_case::number);
        if (before != from.cases.end() && next_due(*before)) {
            effects.emplace_back(cancel_timer{timer});
        }
    }
}

}  // namespace tertulia::dialogs
