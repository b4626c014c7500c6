#include "dialogs/script/dialog_shapes.hpp"

#include "dialogs/facts/consents.hpp"
#include "dialogs/script/answer_values.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/wording/circumstances.hpp"

#include <array>

namespace tertulia::dialogs {
namespace {

using strings = std::vector<std::string>;
using keys = std::vector<key_shape>;

value_shape name() {
    return a_text(name_pattern());
}
value_shape message() {
    return a_text(message_key_pattern());
}
value_shape condition() {
    return a_text();
}
// What a value is made of: an expression, which may be a bare number or truth.
value_shape made_of() {
    return a_text();
}
value_shape duration() {
    return a_text(duration_pattern());
}
value_shape length() {
    return a_text(duration_pattern() + "|[0-9]+ working days?");
}
value_shape time_of_day() {
    return a_text("([01][0-9]|2[0-3]):[0-5][0-9]");
}
// A bare name is short for {go: name}.
value_shape way_on() {
    return either({name(), a_map(way_shape)});
}

keys say(need is) {
    return {
        {"say",
         one_or_more(either({message(), a_map(one_of_shape)})),
         "What is said: the key of a message, several, or {one_of: [key, key]}.",
         is}};
}

keys ways() {
    return {
        {"go", name(), "The state or dialog that comes next."},
        {"end", a_word({"true"}), "The conversation is over."},
        {"return", name(), "Back to the dialog that called this one, with this word."}};
}

keys if_silent() {
    return {
        {"if_silent", a_map(silence_shape), "When nobody answers: {after: 30 min, end: true}."}};
}

keys if_unclear() {
    return {
        {"if_unclear",
         a_map(unclear_shape),
         "When the answer is not understood: {tries: 2, say: key, then: state}."}};
}

// Beside a question whose answer is typed or kept.
keys answer() {
    return {
        {"allow", condition(), "What must hold of the answer: \"answer.sum >= 500\"."},
        {"otherwise", message(), "Said when `allow` does not hold; the question is put again."},
        {"example", message(), "Said before the last try."},
        {"help", message(), "Said to \"?\" and to \"no entiendo\"."},
        {"why", message(), "Said to \"¿por qué?\"."},
        {"optional", a_truth(), "With a button <ask>.skip; nothing is kept then."}};
}

key_shape expect(strings words) {
    return {
        "expect",
        one_or_more(a_word(std::move(words))),
        "She answers in her own words: the kind of answer that is wanted."};
}

strings words_to_ask() {
    auto words = words_to_expect();
    words.emplace_back("pin");
    words.emplace_back("code");
    return words;
}

// ---- a state, by its verb

const map_shape& answered() {
    static const map_shape shape{
        .name = "answered",
        .keys = {
            {"right", way_on(), "Of expect: pin."},
            {"wrong", way_on(), "Of expect: pin."},
            {"locked", way_on(), "Of expect: pin: too many were wrong, for a while."},
            {"branch_only", way_on(), "Of expect: pin: the branch has to open it."},
            {"none_set", way_on(), "Of expect: pin: she has none yet."},
            {"not_a_pin", way_on(), "Of expect: pin: what she wrote is none."},
            {"expired", way_on(), "Of expect: code: it is more than ten minutes old."},
            {"too_often", way_on(), "Of expect: code: too many wrong, or too many sent."},
            {"taken", way_on(), "Of expect: code: the number is somebody else's on WhatsApp."},
            {"no_sms", way_on(), "Of expect: code: nothing can be sent there."},
            {"yes", way_on(), "Of expect: yes_no."},
            {"no", way_on(), "Of expect: yes_no."}}};
    return shape;
}

// Which of them there are, and must be, depends on what is looked up.
const map_shape& looked_up() {
    static const map_shape shape{
        .name = "looked_up",
        .keys = {
            {"one", way_on(), "Of loans and savings: she has one."},
            {"several", way_on(), "Of loans and savings: she has several."},
            {"none", way_on(), "There is none."},
            {"stale", way_on(), "Of loans and savings: our copy is older than it should be."},
            {"down", way_on(), "Of loans and savings: core banking cannot be asked."},
            {"found", way_on(), "Of payment_points: there are some, three at most."}}};
    return shape;
}

const map_shape& settings() {
    static const map_shape shape{
        .name = "settings",
        .keys =
            {{"language", a_text(), "The language she chose; never guessed again."},
             {"opted_out", a_truth(), "From now on only what she writes is answered."},
             {"welcomed", a_truth(), "She has met her officer's card."},
             {"prefers",
              a_word({"whatsapp", "sms", "any"}),
              "The kind of channel she wants to be written to by."},
             {"prefers_address",
              a_word({"courtesy", "first_name"}),
              "How she wants to be addressed; client.courtesy follows it."},
             {"prefers_form", a_word({"voice", "text", "any"}), "What she rather has."},
             {"prefers_hour",
              either({a_word(hour_words()), name()}),
              "When she rather hears from us; or the answer that is the hour, 7 to 20."},
             {"prefers_reminders",
              a_word({"more", "usual", "less"}),
              "How often she wants to be reminded."},
             {"prefers_pause",
              name(),
              "The answer that is the day until which we begin nothing with her, at most three months "
              "away; or any: no pause."},
             {"writes_as",
              name(),
              "The answer that says who of those who share a number she is."},
             {"application_told", a_truth(), "She has been told how her application stands."},
             {"trusts_number",
              a_truth(),
              "With needs: confirmed: the number is hers, whatever has changed."},
             {"claim_told", a_truth(), "She has been thanked for what core banking shows now."},
             {"promise_told", a_truth(), "She has been thanked for the promise she kept."},
             {"referral_code", a_truth(), "From now on she has a code to recommend us with."},
             {"referral_name", name(), "The answer that is her name, for whom she recommends."},
             {"referral",
              a_word(referral_words()),
              "What she says to being recommended; hidden: nobody sees how it goes."},
             {"referrals_told", a_truth(), "She has been told how her recommendations stand."},
             {"referral_asked", a_truth(), "We have asked her to recommend us."}},
        .pattern = name_pattern(),  // a value of its own, kept as answer.NAME
        .other = made_of()};
    return shape;
}

const map_shape& say_state() {
    static const map_shape shape{
        .name = "say",
        .keys = say(need::must) +
                keys{
                    {"show_on_map",
                     a_word({"point"}),
                     "The place to pay is shown on a map before it, where the channel can."},
                    {"send_document",
                     a_word(document_words()),
                     "Made of her own records and sent before the messages, where channel.documents holds; "
                     "its name is the message <say>.file."},
                    {"send_link",
                     a_word({"pin"}),
                     "The address where she sets her PIN, good once, below the first text."}} +
                ways()};
    return shape;
}

const map_shape& ask_state() {
    static const map_shape shape{
        .name = "ask",
        .keys =
            keys{
                {"ask", message(), "The question; it waits for an answer.", need::must},
                {"choices",
                 a_list(a_map(choice_shape), 1, 10),
                 "What she may choose from: up to three are buttons, more a list."},
                {"choose_from",
                 a_word(choosable_words()),
                 "A row for each of her loans or savings, of the places to pay that were found, or of "
                 "what hardship.yaml offers her."},
                {"label", message(), "With choose_from: how a row reads."},
                {"label_more", message(), "With choose_from: the second line of a row."},
                {"keep_as",
                 name(),
                 "Kept as answer.NAME; with choose_from `loan`, `saving`, `point` or `option`, which all "
                 "loan.…, saving.…, point.… or option.… paths mean then."},
                {"consent",
                 a_word(consent_words()),
                 "Of expect: yes_no: what a yes agrees to, and a no takes back; kept with its proof."},
                expect(words_to_ask()),
                {"number", name(), "Of expect: code: the answer that is the number to be proved."},
                {"sends", message(), "Of expect: code: what is sent there, with {code.sent} in it."},
                {"when",
                 a_map(answered),
                 "Of expect: pin or code, all of its outcomes; of expect: yes_no, yes and no."}} +
            answer() + if_silent() + if_unclear() + ways()};
    return shape;
}

const map_shape& look_up_state() {
    static const map_shape shape{
        .name = "look_up",
        .keys = {
            {"look_up", a_word(record_words()), "What is looked up.", need::must},
            {"near", name(), "Of payment_points: the answer, a location, they are to be near to."},
            {"only",
             a_text(),
             "Of payment_points: a condition; only those it holds for, as point.open."},
            {"when", a_map(looked_up), "The way on for each outcome, all of them.", need::must}}};
    return shape;
}

const map_shape& branch_state() {
    static const map_shape shape{
        .name = "branch",
        .keys = {
            {"branch",
             a_list(a_map(branch_shape)),
             "The first whose condition holds; the last is {otherwise: true, …}.",
             need::must}}};
    return shape;
}

const map_shape& set_state() {
    static const map_shape shape{
        .name = "set",
        .keys =
            keys{
                {"set",
                 a_map(settings),
                 "What is noted of her; any other name is a value: visits: answer.visits + 1.",
                 need::must}} +
            ways()};
    return shape;
}

const map_shape& call_state() {
    static const map_shape shape{
        .name = "call",
        .keys =
            keys{
                {"call", name(), "A dialog that comes back here.", need::must},
                {"with",
                 entries_of(made_of(), name_pattern()),
                 "The values it takes: {limit: loan.outstanding}."},
                {"bring_back",
                 either({one_or_more(name()), entries_of(name(), name_pattern())}),
                 "What is kept here of its answers: names, or {name here: name there}."},
                {"when",
                 entries_of(way_on(), name_pattern()),
                 "The way on for every word it may return; or one way on beside it."}} +
            ways()};
    return shape;
}

const map_shape& hand_over_state() {
    static const map_shape shape{
        .name = "hand_over",
        .keys =
            keys{
                {"hand_over",
                 a_map(hand_over_shape),
                 "A person takes over; the assistant is silent until released.",
                 need::must}} +
            say(need::may)};
    return shape;
}

const map_shape& wait_state() {
    static const map_shape shape{
        .name = "wait",
        .keys =
            keys{
                {"wait", a_map(wait_shape), "Nothing is said until then.", need::must},
                {"if_she_writes", way_on(), "Where her first message leads instead."}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& schedule_state() {
    static const map_shape shape{
        .name = "schedule",
        .keys =
            keys{
                {"schedule",
                 a_map(schedule_shape),
                 "A dialog begins then, even if this talk has ended.",
                 need::must}} +
            ways()};
    return shape;
}

const map_shape& cancel_scheduled_state() {
    static const map_shape shape{
        .name = "cancel_scheduled",
        .keys = keys{{"cancel_scheduled", name(), "The dialog that shall not begin.", need::must}} +
                ways()};
    return shape;
}

const map_shape& open_case_state() {
    static const map_shape shape{
        .name = "open_case",
        .keys =
            keys{
                {"open_case",
                 a_map(open_case_shape),
                 "There is something for a person to do; the assistant goes on.",
                 need::must}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& settle_case_state() {
    static const map_shape shape{
        .name = "settle_case",
        .keys =
            keys{
                {"settle_case",
                 a_word({"closed", "reopened"}),
                 "What she says of the answer to her case: it does, or it goes one level up.",
                 need::must}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& submit_state() {
    static const map_shape shape{
        .name = "submit",
        .keys =
            keys{
                {"submit",
                 a_map(submit_shape),
                 "What she has answered becomes an application for a loan, with a number.",
                 need::must}} +
            ways()};
    return shape;
}

const map_shape& claimed() {
    static const map_shape shape{
        .name = "claimed",
        .keys = {
            {"taken", way_on(), "It is looked for."},
            {"known", way_on(), "She has told of it before."},
            {"seen", way_on(), "Core banking shows it already."},
            {"too_many", way_on(), "Three are being looked for: a person takes it."}}};
    return shape;
}

const map_shape& report_payment_state() {
    static const map_shape shape{
        .name = "report_payment",
        .keys = {
            {"report_payment",
             a_map(report_payment_shape),
             "A payment she says she has made is looked for; no balance changes.",
             need::must},
            {"when", a_map(claimed), "The way on for each outcome, all of them.", need::must}}};
    return shape;
}

const map_shape& promised() {
    static const map_shape shape{
        .name = "promised",
        .keys = {
            {"made", way_on(), "It is noted, and reminders wait."},
            {"too_late", way_on(), "The day is further away than hardship.yaml allows, or past."},
            {"open_already", way_on(), "She has promised for that loan already."},
            {"officer", way_on(), "A person agrees it with her."}}};
    return shape;
}

const map_shape& promise_payment_state() {
    static const map_shape shape{
        .name = "promise_payment",
        .keys = {
            {"promise_payment",
             a_map(promise_payment_shape),
             "She says when she will pay.",
             need::must},
            {"when", a_map(promised), "The way on for each outcome, all of them.", need::must}}};
    return shape;
}

const map_shape& note_hardship_state() {
    static const map_shape shape{
        .name = "note_hardship",
        .keys =
            keys{
                {"note_hardship",
                 a_map(note_hardship_shape),
                 "She cannot pay: from now on no reminder reaches her.",
                 need::must}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& note_contact_state() {
    static const map_shape shape{
        .name = "note_contact",
        .keys =
            keys{
                {"note_contact",
                 a_map(note_contact_shape),
                 "We have talked: what she said of herself is kept.",
                 need::must}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& end_state() {
    static const map_shape shape{
        .name = "end",
        .keys = {{"end", a_word({"true"}), "The conversation is over.", need::must}}};
    return shape;
}

}  // namespace

std::span<const verb_shape> verb_shapes() {
    static const std::array<verb_shape, 18> shapes{{
        {"ask", verb::ask, ask_state},
        {"look_up", verb::look_up, look_up_state},
        {"branch", verb::branch, branch_state},
        {"set", verb::set, set_state},
        {"call", verb::call, call_state},
        {"hand_over", verb::hand_over, hand_over_state},
        {"open_case", verb::open_case, open_case_state},
        {"settle_case", verb::settle_case, settle_case_state},
        {"wait", verb::wait, wait_state},
        {"schedule", verb::schedule, schedule_state},
        {"cancel_scheduled", verb::cancel_scheduled, cancel_scheduled_state},
        {"submit", verb::submit, submit_state},
        {"report_payment", verb::report_payment, report_payment_state},
        {"promise_payment", verb::promise_payment, promise_payment_state},
        {"note_hardship", verb::note_hardship, note_hardship_state},
        {"note_contact", verb::note_contact, note_contact_state},
        {"say", verb::say, say_state},
        {"end", verb::end, end_state},
    }};
    return shapes;
}

// ---- what stands below

const map_shape& way_shape() {
    static const map_shape shape{.name = "way", .keys = say(need::may) + ways()};
    return shape;
}

const map_shape& one_of_shape() {
    static const map_shape shape{
        .name = "one_of",
        .keys = {{"one_of", a_list(message(), 2), "One of these is said, by chance.", need::must}}};
    return shape;
}

const map_shape& choice_shape() {
    static const map_shape shape{
        .name = "choice",
        .keys =
            keys{
                {"pick",
                 name(),
                 "Its name; the button reads the message <ask>.<pick>.",
                 need::must},
                {"words", one_or_more(a_text()), "What she may write instead."},
                {"when", condition(), "Offered only where this holds."}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& branch_shape() {
    static const map_shape shape{
        .name = "branch_row",
        .keys =
            keys{
                {"when", condition(), "Where this holds it goes on here."},
                {"otherwise", a_truth(), "The last: where none before it holds."}} +
            say(need::may) + ways()};
    return shape;
}

const map_shape& silence_shape() {
    static const map_shape shape{
        .name = "silence",
        .keys = keys{{"after", duration(), "30 min, 2 h, 3 days", need::must}} + say(need::may) +
                ways()};
    return shape;
}

const map_shape& unclear_shape() {
    static const map_shape shape{
        .name = "unclear",
        .keys = {
            {"tries", a_whole(1, 9), "How often she is asked; 2 without it."},
            {"say", message(), "Said instead of common.not_understood."},
            {"then", way_on(), "After the last try; else the dialog that plays fallback."}}};
    return shape;
}

const map_shape& hand_over_shape() {
    static const map_shape shape{
        .name = "to_a_person",
        .keys = {
            {"to",
             a_word(queue_words()),
             "Her own credit agent, her branch, or support.",
             need::must},
            {"because", name(), "Why, in a word, for who takes over.", need::must},
            {"if_silent",
             a_map(silence_shape),
             "When nobody has taken it by then, the talk comes back."}}};
    return shape;
}

const map_shape& open_case_shape() {
    static const map_shape shape{
        .name = "a_case",
        .keys = {
            {"kind", name(), "One of dialogs/cases.yaml.", need::must},
            {"category", a_text(), "One of that kind's, or an answer: answer.category."},
            {"keep", one_or_more(name()), "Answers of hers that go with it."},
            {"unnamed", a_truth(), "Without saying who she is."}}};
    return shape;
}

const map_shape& wait_shape() {
    static const map_shape shape{
        .name = "waiting",
        .keys = {
            {"for", length(), "So long: 10 min, 2 h, 3 days, 3 working days."},
            {"at",
             either({time_of_day(), a_word({her_hour})}),
             "When the clock there shows this: \"09:00\"; her_hour: the hour she prefers, else 9:00."},
            {"on", condition(), "On this day: \"loan.next.date - 1\"."}}};
    return shape;
}

const map_shape& schedule_shape() {
    static const map_shape shape{
        .name = "appointment",
        .keys = {
            {"after", length(), "So long from now: 2 h, 3 days, 3 working days."},
            {"at",
             either({time_of_day(), a_word({her_hour})}),
             "When the clock there shows this: \"09:00\"; her_hour: the hour she prefers, else 9:00."},
            {"on", condition(), "On this day: \"loan.next.date - 1\"."},
            {"begin", name(), "The dialog that begins then.", need::must}}};
    return shape;
}

const map_shape& submit_shape() {
    static const map_shape shape{
        .name = "application",
        .keys = {
            {"application", name(), "The product she asks for, of products.yaml.", need::must},
            {"amount", made_of(), "How much she asks for: answer.amount."}}};
    return shape;
}

const map_shape& report_payment_shape() {
    static const map_shape shape{
        .name = "a_claim",
        .keys = {
            {"proof", name(), "The answer that is her receipt: a picture, a document or a text."},
            {"amount", made_of(), "How much she paid: answer.amount."},
            {"on", made_of(), "The day she paid; today without it."},
            {"case",
             name(),
             "The kind of case it opens for whoever looks for it, of dialogs/cases.yaml.",
             need::must}}};
    return shape;
}

const map_shape& promise_payment_shape() {
    static const map_shape shape{
        .name = "a_promise",
        .keys = {
            {"on", made_of(), "The day she will pay: answer.day.", need::must},
            {"amount", made_of(), "How much; without it any payment keeps it."}}};
    return shape;
}

const map_shape& note_hardship_shape() {
    static const map_shape shape{
        .name = "a_hardship",
        .keys = {
            {"cause", made_of(), "Why, a word: answer.cause."},
            {"case", name(), "The kind of case it opens, of dialogs/cases.yaml."},
            {"keep", one_or_more(name()), "Answers of hers that go with the case."}}};
    return shape;
}

const map_shape& note_contact_shape() {
    static const map_shape shape{
        .name = "a_contact",
        .keys = {
            {"about", name(), "The stage of her loan, or the survey, it was about.", need::must},
            {"keep",
             one_or_more(name()),
             "Answers of hers that are kept; goal is remembered as person.goal."}}};
    return shape;
}

// ---- forms

const map_shape& field_choice_shape() {
    static const map_shape shape{
        .name = "field_choice",
        .keys = {
            {"pick", name(), "Its name; the button reads the message <ask>.<pick>.", need::must},
            {"words", one_or_more(a_text()), "What she may write instead."}}};
    return shape;
}

const map_shape& field_shape() {
    static const map_shape shape{
        .name = "field",
        .keys =
            keys{
                {"field", name(), "Its name; what she answers is answer.NAME.", need::must},
                {"ask", message(), "The question.", need::must},
                expect(words_to_expect()),
                {"choices",
                 a_list(either({name(), a_map(field_choice_shape)}), 1, 10),
                 "What she may choose from: names, or {pick, words}."},
                {"skip_if", condition(), "Not asked where this holds."}} +
            answer() + if_unclear()};
    return shape;
}

const map_shape& flow_shape() {
    static const map_shape shape{
        .name = "flow",
        .keys = {
            {"id", a_text("[0-9]{5,32}"), "Meta's id of the Flow, between quotes.", need::must},
            {"ask", message(), "What is said with it; <ask>.open is its button.", need::must},
            {"screen", a_text("[A-Za-z0-9_]{1,80}"), "It begins with; its first without it."}}};
    return shape;
}

const std::vector<std::string>& form_keys() {
    static const strings all{
        "keep_for", "resume", "kept", "opening", "flow", "review", "then", "if_silent"};
    return all;
}

// ---- the file

const map_shape& triggers_shape() {
    static const map_shape shape{
        .name = "triggers",
        .keys = {
            {"intents", one_or_more(name()), "Intents of phrases/LANGUAGE.yaml."},
            {"words", one_or_more(a_text()), "Whole messages that start it, in any language."},
            {"entry_codes",
             one_or_more(a_text("[A-Za-z0-9_-]{3,30}")),
             "A word of the message that begins a talk, from a poster or a link."},
            {"referral_codes",
             a_word({"true"}),
             "A code of somebody who recommends us, in the message that begins a talk."},
            {"referral",
             one_or_more(a_text()),
             "The ad or post she comes from: its id, or `ad`, `post`."},
            {"events", one_or_more(a_word(event_names())), "What happened at the institution."},
            {"between",
             a_text("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]"),
             "Events: not told outside these hours but after, also by template: 08:00-20:00."},
            {"when", condition(), "Only while this holds; nothing personal."},
            {"priority",
             a_whole(-100, 100),
             "Of several dialogs that share a trigger the highest is tried first."}}};
    return shape;
}

const map_shape& dialog_shape() {
    static const map_shape shape = [] {
        std::vector<value_shape> states;
        for (const auto& one : verb_shapes()) states.push_back(a_map(one.shape));
        map_shape made{
            .name = "dialog",
            .keys =
                keys{
                    {"dialog", name(), "Its name, the same as the file's.", need::must},
                    {"about", a_text(), "A sentence for people.", need::must},
                    {"plays", a_word(role_words()), "Its part; each is played by one dialog."},
                    {"starts_on", a_map(triggers_shape), "What starts it."},
                    {"anywhere", a_truth(), "People ask for it at any moment."},
                    {"back",
                     a_truth(),
                     "With `anywhere`: afterwards the question it interrupted is put again."},
                    {"wins", a_truth(), "Its words beat any answer, also at a PIN."},
                    {"needs",
                     a_word(requirement_words()),
                     "How sure we must be who she is; `anyone` without it."},
                    {"tone", a_word(tone_words()), "How we speak in it; `service` without it."},
                    {"takes",
                     entries_of(a_word(words_to_expect()), name_pattern()),
                     "What a call gives it, each by its kind: {limit: amount}."},
                    {"begin", name(), "The first state."},
                    {"states",
                     entries_of(either(std::move(states)), name_pattern()),
                     "Each does one thing: its verb."},
                    {"form",
                     a_list(a_map(field_shape), 1, 30),
                     "In place of begin and states: questions in order, which may stop and go on."},
                    {"opening", one_or_more(message()), "Of a form: said when it begins."},
                    {"flow",
                     a_map(flow_shape),
                     "Of a form: a Flow of WhatsApp that asks its fields at once."},
                    {"keep_for",
                     duration(),
                     "Of a form: how long what she leaves unfinished waits, 60 days."},
                    {"resume",
                     message(),
                     "Of a form: asked when she comes back, with <resume>.go_on and .anew."},
                    {"kept", message(), "Of a form: said when she leaves it unfinished."},
                    {"review",
                     message(),
                     "Of a form: put with all answers, to be confirmed or changed."},
                    {"then", way_on(), "Of a form: the way on when it is filled in."}} +
                if_silent()};
        return made;
    }();
    return shape;
}

// ---- words

const std::vector<std::string>& role_words() {
    static const strings all{"welcome", "menu", "fallback", "verify"};
    return all;
}
const std::vector<std::string>& requirement_words() {
    static const strings all{"anyone", "known", "verified", "confirmed"};
    return all;
}
const std::vector<std::string>& queue_words() {
    static const strings all{"credit_agent", "branch", "support"};
    return all;
}
const std::vector<std::string>& setting_words() {
    static const strings all = settings().names();
    return all;
}
const std::vector<std::string>& record_words() {
    static const strings all{"loans", "payment_points", "savings"};
    return all;
}
const std::vector<std::string>& choosable_words() {
    static const strings all{"loans", "payment_points", "savings", "hardship_options"};
    return all;
}
const std::vector<std::string>& consent_words() {
    static const strings all{consents::words.begin(), consents::words.end()};
    return all;
}
const std::vector<std::string>& document_words() {
    static const strings all{"statement_pdf", "statement_csv", "my_data"};
    return all;
}
const std::vector<std::string>& hour_words() {
    static const strings all{"morning", "afternoon", "evening", "any"};
    return all;
}
const std::vector<std::string>& look_up_outcomes(bool of_points) {
    static const strings loans{"one", "several", "none", "stale", "down"};
    static const strings points{"found", "none"};
    return of_points ? points : loans;
}
const std::vector<std::string>& claim_outcomes() {
    static const strings all{"taken", "known", "seen", "too_many"};
    return all;
}
const std::vector<std::string>& promise_outcomes() {
    static const strings all{"made", "too_late", "open_already", "officer"};
    return all;
}
const std::vector<std::string>& pin_outcomes() {
    static const strings all{"right", "wrong", "locked", "branch_only", "none_set", "not_a_pin"};
    return all;
}
const std::vector<std::string>& code_outcomes() {
    static const strings all{"right", "wrong", "expired", "too_often", "taken", "no_sms"};
    return all;
}

std::string name_pattern() {
    return "[a-z][a-z0-9_]{0,39}";
}

std::string message_key_pattern() {
    return "[a-z][a-z0-9_]{0,39}(\\.[a-z][a-z0-9_]{0,39})*";
}

}  // namespace tertulia::dialogs
