// What is said: facts read into words, and questions put with what may be chosen.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t buttons_max = 3;
constexpr std::size_t rows_max = 10;
constexpr std::size_t button_units_max = 20;
constexpr std::size_t row_units_max = 24;
constexpr std::size_t description_units_max = 72;
// Of a numbered line: three such rows and their question are two SMS.
constexpr std::size_t sms_row_units_max = 72;

// "1. Monto: Q5,000.00", by the number she may type.
std::string written_out(const std::vector<choice>& choices) {
    std::string lines = "\n";
    for (std::size_t i = 0; i < choices.size(); ++i) {
        lines += "\n" + std::to_string(i + 1) + ". " + choices[i].title;
        if (!choices[i].description.empty()) lines += ": " + choices[i].description;
    }
    return lines;
}

const choice& shown(const choice& one) noexcept {
    return one;
}
template <class Offered>
const choice& shown(const Offered& one) noexcept {
    return one.shown;
}

// A list, where there are too many for buttons or one has a second line, which no button shows.
template <class Choices>
bool are_rows(const Choices& all) {
    return all.size() > buttons_max || std::ranges::any_of(all, [](const auto& one) {
               return !shown(one).description.empty();
           });
}

// Known by what the provider calls her alone.
bool has_no_number(const session& at) {
    const auto kind = at.reply_to.to.kind;
    return kind == identity_kind::bsuid || kind == identity_kind::parent_bsuid;
}

}  // namespace

// ---- facts and words

const fact_view& talk::view() {
    read_answers();
    view_.selected = kept_loan();
    view_.selected_saving = kept_saving();
    read_kept_points();
    read_applications();
    view_.verified = verified();
    view_.opted_out = next.wishes.opted_out;
    view_.welcomed = next.welcomed;
    view_.with_person = with_person(next);
    view_.interrupted = interrupted();
    view_.language = next.language;
    view_.channel = addressee().channel;
    view_.doubted = in_doubt();
    view_.pin_frozen = next.proof.frozen_until > next.now;
    read_case();
    view_.prefers = {
        .channel = next.prefers,
        .hour = preferred(next.preferences, "hour"),
        .form = preferred(next.preferences, "form"),
        .address = preferred(next.preferences, "address"),
        .reminders = preferred(next.preferences, "reminders"),
        .paused_until = paused_until(next.preferences, view_.today).value_or(civil_date{})};
    view_.agreed = agreed(next.agreements);
    read_claims();
    read_hardship();
    read_reminder();
    view_.pin_tries_left = tries_left(next.proof);
    view_.pin_locked_until = shut_until(next.proof, next.now);
    view_.pin_branch_only = next.proof.branch_only;
    read_draft();
    read_refusal();
    read_referrals();
    return view_;
}

void talk::note_paths(std::span<const std::size_t> paths) {
    if (trace != nullptr) trace->facts.insert(paths.begin(), paths.end());
    for (const auto path : paths) {
        if (script.known->is_answer(path)) continue;  // the session holds them
        const auto name = fact_schema()[path].path;
        if (name == "person.number_known") {
            read_ |= read_phones | read_client;
        } else if (name.starts_with("loan")) {
            read_ |= read_loans | read_client;
        } else if (name.starts_with("saving")) {
            read_ |= read_savings | read_client;
        } else if (name == "words.means") {
            // By itself: it takes longer than all the others, and few ask.
            const bool typed = heard_now != nullptr && std::holds_alternative<typed_text>(heard_now->content);
            if (typed) view_.words.means = script.understand(heard_words, next.language).intent;
        } else if (name.starts_with("words.")) {
            read_heard_words();
        } else if (name == "hardship.options") {
            view_.hardship.options = relief_offered();
        } else if (name.starts_with("point")) {
            continue;  // the session holds what was found
        } else if (name.starts_with("staff.")) {
            // Looked up only where it is told: hours are read anew each time.
            read_ |= read_officer | read_client;
            const auto work = work_hours();
            view_.staffed = work.open_at(next.now);
            view_.staffed_from = view_.staffed ? std::nullopt : std::optional{work.opens(next.now)};
        } else if (name.starts_with("referr") || name.starts_with("introduced.")) {
            read_ |= read_recommended | read_desk | read_phones | read_client;
            read_referral_path(name);
        } else if (name.starts_with("officer.") || name.starts_with("branch.")) {
            read_ |= read_officer | read_client;
            if (name == "branch.hours") tell_branch_hours();
        } else {
            read_ |= read_client;
        }
    }
}

std::string talk::words(message_id what) {
    note_paths(script.words->paths_used(what));
    read_ |= read_client;  // the variant is chosen by who she is
    return script.words->format(what, next.language, around(), view());
}

bool talk::writes_out_choices() const {
    return around().channel == channel_kind::sms;
}

circumstances talk::around() const {
    circumstances now{};
    now.channel = kind_of_channel(script.house, addressee().channel);
    if (who_ != nullptr) now.whom = who_->who.maturity;
    const auto dialog =
        next.frames.empty() ? std::nullopt : script.find_dialog(next.frames.back().dialog);
    if (dialog) now.in = script.at(*dialog).speaks_in;
    now.at = day_part_of(script.calendar->local(next.now).hour);
    return now;
}

bool talk::holds(const std::optional<expression>& when) {
    if (!when) return true;
    note_paths(when->paths());
    return when->holds(view());
}

void talk::send_text(message_id what, outbound_content content) {
    if (silent) return;
    if (out_of_window) return send_by_template(what, std::move(content));
    send made{};
    made.message.content = std::move(content);
    made.urgency = priority::reply;
    made.purpose = script.words->key(what);
    emit(std::move(made));
}

std::uint64_t talk::chance() noexcept {
    auto mixed = seed + ++choices_ * 0x9e3779b97f4a7c15ULL;  // splitmix64
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
}

// The text at `at`, or one of those it takes turns with: the seed has it, so that a replay says the
// same.
message_id talk::chosen(const move& of, std::size_t at) noexcept {
    for (const auto& one : of.variations) {
        if (one.at != at) continue;
        const auto pick = chance() % (one.others.size() + 1);
        return pick == 0 ? of.says[at] : one.others[pick - 1];
    }
    return of.says[at];
}

void talk::announce(const program_state& question) {
    if (script.common.go_on && question.dialog != script.menu) say(*script.common.go_on);
}

// ---- questions

// What `view_` speaks of at the moment, as a row.
talk::offered talk::offered_record(
    const program_state& of, std::string_view record_id, std::size_t rows
) {
    const auto now = around();
    const bool is_row = rows > buttons_max || of.label_more;
    const auto pick = pick_of_record(record_id);
    offered row{};
    row.shown.id = to_text(choice_id{
        .set = set_of(set_),
        .dialog = script.at(of.dialog).name,
        .state = of.name,
        .pick = pick});
    row.shown.title = truncate_utf16(
        script.words->format(of.label, next.language, now, view_),
        is_row ? row_units_max : button_units_max
    );
    if (of.label_more) {
        row.shown.description = truncate_utf16(
            script.words->format(*of.label_more, next.language, now, view_), description_units_max
        );
        const auto units = utf16_length(row.shown.title) + utf16_length(row.shown.description);
        if (now.channel == channel_kind::sms && units > sms_row_units_max) {
            row.shown.description.clear();
        }
    }
    return row;
}

std::vector<talk::offered> talk::offers(const program_state& of) {
    std::vector<offered> all;
    const auto& dialog = script.at(of.dialog);
    const choice_id base{.set = set_of(set_), .dialog = dialog.name, .state = of.name};
    if (of.answers == answer_kind::loans && who() != nullptr) {
        read_ |= read_loans;
        const auto count = std::min(who_->loans.size(), rows_max);
        (void)view();
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = who_->loans[i];
            view_.selected = &one;
            auto row = offered_record(of, one.id, count);
            row.record = &one;
            all.push_back(std::move(row));
        }
        return all;
    }
    if (of.answers == answer_kind::savings && who() != nullptr) {
        read_ |= read_savings;
        const auto count = std::min(who_->savings.size(), rows_max);
        (void)view();
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = who_->savings[i];
            view_.selected_saving = &one;
            auto row = offered_record(of, one.id, count);
            row.saving = &one;
            all.push_back(std::move(row));
        }
        return all;
    }
    if (of.answers == answer_kind::points) {
        (void)view();
        const auto count = points_.all.size();
        for (std::size_t i = 0; i < count; ++i) {
            tell_point(points_.all[i], as_told::in_words);
            auto row = offered_record(of, points_.all[i].point.id, count);
            row.point = i + 1;
            all.push_back(std::move(row));
        }
        return all;
    }
    if (of.answers == answer_kind::options) {
        (void)view();
        const auto names = relief_offered();
        for (const auto& name : names) {
            tell_option(*find_option(script.relief, name));
            auto row = offered_record(of, name, names.size());
            row.option = name;
            all.push_back(std::move(row));
        }
        return all;
    }
    for (const auto& row : of.choices) {
        if (!holds(row.when)) continue;
        offered made{};
        made.row = &row;
        auto id = base;
        id.pick = row.pick;
        made.shown.id = to_text(id);
        made.shown.title = words(row.title);
        // Where every letter is paid for, the second line of a row is left out; but not an answer
        // of hers, which is what she looks over.
        if (row.description && (of.lists_choices || !writes_out_choices())) {
            made.shown.description = words(*row.description);
        }
        all.push_back(std::move(made));
    }
    const auto units = are_rows(all) ? row_units_max : button_units_max;
    for (auto& one : all) {
        one.shown.title = truncate_utf16(one.shown.title, units);
        one.shown.description = truncate_utf16(one.shown.description, description_units_max);
    }
    return all;
}

void talk::put(const program_state& state) {
    if (!silent) {
        show_before(state.question);
        say_text content{};
        content.text = words(state.question);
        if (state.consents) next.frames.back().kept[consent_shown] = content.text;
        if (state.answers != answer_kind::pin && state.answers != answer_kind::code) {
            for (auto& one : offers(state)) content.choices.push_back(std::move(one.shown));
            if (state.lists_choices && !writes_out_choices())
                content.text += written_out(content.choices);
            if (are_rows(content.choices))
                content.list_button = words(script.common.choose);
        }
        const bool number = state.answer && content.choices.empty() && has_no_number(next) &&
                            state.answer->kinds == std::vector{typed_kind::phone};
        const bool where = state.answer && content.choices.empty() &&
                           state.answer->kinds == std::vector{typed_kind::location};
        if (state.provider_fills) {
            send_text(state.question, provider_form_of(state));
        } else if (number) {
            send_text(state.question, ask_contact{std::move(content.text)});
        } else if (where) {
            send_text(state.question, ask_location{std::move(content.text)});
        } else {
            send_text(state.question, std::move(content));
        }
    }
    wake_when_silent(state);
}

void talk::wake_when_silent(const program_state& asked) {
    if (!asked.if_silent) return;
    effects.emplace_back(set_timer{silence_timer, next.now + asked.if_silent->after});
    timer_set_ = true;
}

void talk::put_again() {
    if (question() != nullptr) {
        drive({.enter = state_of(next.frames.back())});
    } else {
        menu();
    }
}

}  // namespace tertulia::dialogs
