#include "dialogs/facts/schema.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/fact_table.hpp"
#include "dialogs/facts/names.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tertulia {
namespace {

using view = fact_view;

// Helpers of the readers. Empty text and a date that does not exist are missing facts: a message
// must never show a hole where a name should be.

fact_value text(std::string_view value) {
    if (value.empty()) return {};
    return std::string{value};
}

fact_value date(civil_date value) {
    if (!value.ok()) return {};
    return value;
}

fact_value number(std::int64_t value) {
    return value;
}

const loan* loan_of(const view& v) noexcept {
    if (v.doubted) return nullptr;
    if (v.selected != nullptr) return v.selected;
    if (v.who != nullptr && v.who->loans.size() == 1) return &v.who->loans.front();
    return nullptr;
}

const savings_account* saving_of(const view& v) noexcept {
    if (v.doubted) return nullptr;
    if (v.selected_saving != nullptr) return v.selected_saving;
    if (v.who != nullptr && v.who->savings.size() == 1) return &v.who->savings.front();
    return nullptr;
}

const payment* last_payment(const view& v) {
    const loan* of = loan_of(v);
    if (of == nullptr) return nullptr;
    const auto at = std::find_if(of->payments.begin(), of->payments.end(), [](const auto& each) {
        return !each.reversed;
    });
    return at == of->payments.end() ? nullptr : &*at;
}

const instalment* next_of(const view& v) {
    const loan* of = loan_of(v);
    return of == nullptr ? nullptr : next_instalment(*of);
}

// Each takes what the path stands on and, when there is none, answers missing.
template <class Read>
fact_value with_client(const view& v, Read read) {
    if (v.who == nullptr || v.doubted) return {};
    return read(v.who->who);
}

template <class Read>
fact_value with_loan(const view& v, Read read) {
    const loan* of = loan_of(v);
    if (of == nullptr) return {};
    return read(*of);
}

template <class Read>
fact_value with_history(const view& v, Read read) {
    if (v.history == nullptr) return {};
    return read(*v.history);
}

template <class Read>
fact_value with_next(const view& v, Read read) {
    const instalment* next = next_of(v);
    if (next == nullptr) return {};
    return read(*next);
}

// The unpaid one that comes so many after the next.
template <class Read>
fact_value with_later(const view& v, std::size_t after, Read read) {
    const instalment* next = next_of(v);
    if (next == nullptr) return {};
    const auto* end = loan_of(v)->schedule.data() + loan_of(v)->schedule.size();
    for (const auto* at = next + 1; at < end; ++at) {
        if (left_to_pay(*at).minor > 0 && --after == 0) return read(*at);
    }
    return {};
}

template <class Read>
fact_value with_saving(const view& v, Read read) {
    const auto* of = saving_of(v);
    if (of == nullptr) return {};
    return read(*of);
}

template <consent_kind What>
fact_value agreed(const view& v) {
    return v.agreed[static_cast<std::size_t>(What)];
}

template <class Read>
fact_value with_last_payment(const view& v, Read read) {
    const payment* last = last_payment(v);
    if (last == nullptr) return {};
    return read(*last);
}

template <class Read>
fact_value with_officer(const view& v, Read read) {
    if (v.who == nullptr || v.doubted || !v.who->credit_agent) return {};
    return read(*v.who->credit_agent);
}

template <class Read>
fact_value with_branch(const view& v, Read read) {
    if (v.who == nullptr || v.doubted || !v.who->home_branch) return {};
    return read(*v.who->home_branch);
}

template <class Read>
fact_value with_point(const view& v, Read read) {
    if (v.point == nullptr) return {};
    return read(*v.point);
}

// Understood by every telephone, with an app of maps or without.
std::string map_of(const payment_point& at) {
    std::array<char, 96> made{};
    const int length = std::snprintf(
        made.data(),
        made.size(),
        "https://maps.google.com/?q=%.5f,%.5f",
        at.latitude,
        at.longitude
    );
    return {made.data(), static_cast<std::size_t>(length)};
}

template <class Read>
fact_value with_case(const view& v, Read read) {
    if (v.of_case == nullptr) return {};
    return read(*v.of_case);
}

fact_value moment(const std::optional<instant>& at) {
    if (!at) return {};
    return *at;
}

// Of a meeting by the first of those names that has a value of the type. No amount, and no text, is a
// fact that is missing.
fact_value of_meeting(
    const view& v, fact_type type, std::initializer_list<std::string_view> names
) {
    if (v.of_meeting == nullptr) return {};
    for (const auto name : names) {
        const auto found = v.of_meeting->values.find(name);
        if (found == v.of_meeting->values.end()) continue;
        if (found->second.index() != static_cast<std::size_t>(type)) continue;
        if (const auto* told = std::get_if<std::string>(&found->second)) return text(*told);
        const auto* amount = std::get_if<money>(&found->second);
        const bool nothing = amount != nullptr && amount->minor == 0;
        return nothing ? fact_value{} : found->second;
    }
    return {};
}

fact_value has_of_meeting(const view& v, fact_type type, std::string_view name) {
    if (v.of_meeting == nullptr) return {};
    return !std::holds_alternative<std::monostate>(of_meeting(v, type, {name}));
}

template <class Read>
fact_value with_application(const view& v, Read read) {
    if (v.application == nullptr) return {};
    return read(*v.application);
}

template <class Read>
fact_value with_request(const view& v, Read read) {
    if (v.application == nullptr || v.application->request == nullptr) return {};
    return read(*v.application->request);
}

// An amount nobody has to be told of is no fact.
fact_value some(money amount) {
    if (amount.minor == 0) return {};
    return amount;
}

template <class Read>
fact_value with_referrals(const view& v, Read read) {
    if (v.referrals == nullptr) return {};
    return read(*v.referrals);
}

template <class Read>
fact_value with_group(const view& v, Read read) {
    if (v.who == nullptr || v.doubted || !v.who->village_bank) return {};
    return read(*v.who->village_bank);
}

template <class Read>
fact_value with_claim(const view& v, Read read) {
    if (v.claim == nullptr) return {};
    return read(*v.claim);
}

template <class Read>
fact_value with_promise(const view& v, Read read) {
    if (v.promise == nullptr) return {};
    return read(*v.promise);
}

// What a document of ours tells besides the facts of a person: whoever writes it gives it with the
// view, as an answer of this whole path. No dialog keeps an answer with a point in its name.
template <std::size_t Size>
struct path_text {
    consteval path_text(const char (&text)[Size]) { std::copy_n(text, Size, letters); }
    char letters[Size]{};
};
template <path_text Path>
fact_value of_document(const view& v) {
    if (v.answers == nullptr) return {};
    const auto given = v.answers->find(std::string_view{Path.letters});
    return given == v.answers->end() ? fact_value{} : given->second;
}

constexpr bool open = false;     // may be used before she has proved who she is
constexpr bool personal = true;  // needs L2

// Sorted by path, which find_fact() relies on and the assertion below it keeps.
constexpr fact_field fields[] = {
    {"application.amount",
     fact_type::money,
     personal,
     "what she asked for in her application",
     [](const view& v) {
         return with_application(v, [](auto& a) -> fact_value {
             if (a.amount.minor == 0) return {};
             return a.amount;
         });
     }},
    {"application.changed",
     fact_type::boolean,
     open,
     "something has become of her application that she has not been told",
     [](const view& v) -> fact_value {
         return v.application != nullptr && v.application->changed;
     }},
    {"application.deadline",
     fact_type::date,
     personal,
     "until when what was approved stands, as core banking has it; missing where it has no such day",
     [](const view& v) {
         return with_request(v, [](auto& r) -> fact_value {
             if (!r.expected_on) return {};
             return date(*r.expected_on);
         });
     }},
    {"application.decided",
     fact_type::boolean,
     open,
     "there is a decision on her application, whichever",
     [](const view& v) -> fact_value {
         return v.application != nullptr && v.application->state != "received" &&
                v.application->state != "in_review";
     }},
    {"application.each",
     fact_type::money,
     personal,
     "the largest instalment of what was approved, as core banking has scheduled it",
     [](const view& v) {
         return with_request(v, [](auto& r) -> fact_value {
             if (r.instalments == 0) return {};
             return r.each;
         });
     }},
    {"application.first_due",
     fact_type::date,
     personal,
     "the day the first of those instalments is due",
     [](const view& v) { return with_request(v, [](auto& r) { return date(r.first_due); }); }},
    {"application.instalments",
     fact_type::number,
     personal,
     "how many instalments were scheduled; missing where core banking has made no schedule",
     [](const view& v) {
         return with_request(v, [](auto& r) -> fact_value {
             if (r.instalments == 0) return {};
             return r.instalments;
         });
     }},
    {"application.number",
     fact_type::text,
     open,
     "the number of the application for a loan she has sent, A17-1; missing: she has sent none",
     [](const view& v) { return with_application(v, [](auto& a) { return text(a.number); }); }},
    {"application.offer",
     fact_type::money,
     personal,
     "what core banking has approved",
     [](const view& v) {
         return with_request(v, [](auto& r) -> fact_value {
             if (r.status == loan_status::submitted || r.status == loan_status::rejected) return {};
             return r.principal;
         });
     }},
    {"application.open",
     fact_type::boolean,
     open,
     "she has sent one, and it is neither refused nor paid out",
     [](const view& v) -> fact_value {
         return v.application != nullptr && v.application->state != "refused" &&
                v.application->state != "paid_out";
     }},
    {"application.reason",
     fact_type::text,
     personal,
     "why it was refused, a word of products.yaml; missing: core banking gave none",
     [](const view& v) { return with_request(v, [](auto& r) { return text(r.reason); }); }},
    {"application.sent_on",
     fact_type::date,
     open,
     "the day she sent it",
     [](const view& v) { return with_application(v, [](auto& a) { return date(a.sent_on); }); }},
    {"application.state",
     fact_type::text,
     personal,
     "received (we have it), in_review (core banking has it), approved, refused or paid_out",
     [](const view& v) { return with_application(v, [](auto& a) { return text(a.state); }); }},
    {"application.total",
     fact_type::money,
     personal,
     "everything she would pay back of what was approved, interest and fees included",
     [](const view& v) {
         return with_request(v, [](auto& r) -> fact_value {
             if (r.instalments == 0) return {};
             return r.total;
         });
     }},
    {"assistant.name",
     fact_type::text,
     open,
     "the assistant's own name, from the config; missing where it has none",
     [](const view& v) { return v.house == nullptr ? fact_value{} : text(v.house->assistant.name); }},
    {"branch.hours",
     fact_type::text,
     open,
     "opening hours of her branch, in her language",
     [](const view& v) {
         return with_branch(v, [&](auto& b) {
             return text(v.branch_hours.empty() ? std::string_view{b.hours} : v.branch_hours);
         });
     }},
    {"branch.name",
     fact_type::text,
     open,
     "the name of her branch",
     [](const view& v) { return with_branch(v, [](auto& b) { return text(b.name); }); }},
    {"branch.phone",
     fact_type::text,
     open,
     "the telephone number of her branch, E.164",
     [](const view& v) { return with_branch(v, [](auto& b) { return text(b.phone); }); }},
    {"branch.street",
     fact_type::text,
     open,
     "the address of her branch",
     [](const view& v) { return with_branch(v, [](auto& b) { return text(b.street); }); }},
    {"case.about",
     fact_type::text,
     open,
     "what kind of case it is, in words: the message case.kind.KIND",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.about); }); }},
    {"case.answer",
     fact_type::text,
     open,
     "what a person has answered to her case in the end",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.answer); }); }},
    {"case.arrears",
     fact_type::boolean,
     open,
     "she is late with a payment; there only for her own credit agent",
     [](const view& v) {
         return with_case(v, [](auto& c) -> fact_value {
             if (!c.arrears) return {};
             return *c.arrears;
         });
     }},
    {"case.category",
     fact_type::text,
     open,
     "its category, in words: the message case.category.NAME",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.category); }); }},
    {"case.client",
     fact_type::text,
     open,
     "whom it is for; there only for who works on it",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.client); }); }},
    {"case.due",
     fact_type::moment,
     open,
     "by when it is answered; missing where its kind promises nothing",
     [](const view& v) { return with_case(v, [](auto& c) { return moment(c.due); }); }},
    {"case.kind",
     fact_type::text,
     open,
     "its kind, as cases.yaml names it",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.kind); }); }},
    {"case.late",
     fact_type::boolean,
     open,
     "something of it fell due and was not done",
     [](const view& v) { return with_case(v, [](auto& c) -> fact_value { return c.late; }); }},
    {"case.number",
     fact_type::text,
     open,
     "the number of her case that changed last, 17-1",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.number); }); }},
    {"case.officer",
     fact_type::text,
     open,
     "who has it, as clients call her; missing while nobody does",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.officer); }); }},
    {"case.person_by",
     fact_type::moment,
     open,
     "by when a person takes it; missing where its kind promises nothing",
     [](const view& v) { return with_case(v, [](auto& c) { return moment(c.person_by); }); }},
    {"case.state",
     fact_type::text,
     open,
     "open, taken, waiting, resolved or closed",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.state); }); }},
    {"case.words",
     fact_type::text,
     open,
     "what was written last; there only where it is passed on",
     [](const view& v) { return with_case(v, [](auto& c) { return text(c.words); }); }},
    {"cases.open",
     fact_type::number,
     open,
     "how many cases of hers are not over",
     [](const view& v) { return number(v.cases_open); }},
    {"channel.documents",
     fact_type::boolean,
     open,
     "a document of hers can be sent where she writes: not by SMS, and only where files can be "
     "fetched",
     [](const view& v) -> fact_value {
         return v.house != nullptr && !v.house->media_base.empty() &&
                kind_of_channel(*v.house, v.channel) != channel_kind::sms;
     }},
    {"channel.name",
     fact_type::text,
     open,
     "the channel she writes on, as the config names it",
     [](const view& v) { return text(v.channel); }},
    {"channel.sms",
     fact_type::boolean,
     open,
     "she can be written to by SMS: a channel carries it",
     [](const view& v) -> fact_value {
         const auto* house = v.house;
         return house == nullptr || house->channels.empty() ||
                kind_of_channel(*house, v.channel) == channel_kind::sms ||
                std::ranges::find(house->channels, channel_kind::sms, &known_channel::kind) !=
                    house->channels.end();
     }},
    {"claim.amount",
     fact_type::money,
     open,
     "what she says she has paid; missing where she did not say",
     [](const view& v) { return with_claim(v, [](auto& c) { return some(c.amount); }); }},
    {"claim.amount_told",
     fact_type::boolean,
     open,
     "she said how much she paid",
     [](const view& v) -> fact_value { return v.claim != nullptr && v.claim->amount.minor != 0; }},
    {"claim.news",
     fact_type::boolean,
     open,
     "core banking shows the payment she told of, and she has not been told",
     [](const view& v) -> fact_value { return v.claim != nullptr && v.claim->news; }},
    {"claim.number",
     fact_type::text,
     open,
     "the number of the payment she told of, P17-1; missing: she has told of none",
     [](const view& v) { return with_claim(v, [](auto& c) { return text(c.number); }); }},
    {"claim.open",
     fact_type::boolean,
     open,
     "a payment she told of is being looked for",
     [](const view& v) -> fact_value { return v.claim != nullptr && v.claim->open; }},
    {"claim.paid_on",
     fact_type::date,
     open,
     "the day she says she paid on",
     [](const view& v) { return with_claim(v, [](auto& c) { return date(c.paid_on); }); }},
    {"claim.receipt",
     fact_type::text,
     open,
     "the number of her receipt; missing where she gave none",
     [](const view& v) { return with_claim(v, [](auto& c) { return text(c.receipt); }); }},
    {"claim.said_on",
     fact_type::date,
     open,
     "the day she told us of that payment",
     [](const view& v) { return with_claim(v, [](auto& c) { return date(c.said_on); }); }},
    {"claim.state",
     fact_type::text,
     open,
     "open, seen (core banking shows it) or not_found (a person looks for it)",
     [](const view& v) { return with_claim(v, [](auto& c) { return text(c.state); }); }},
    {"claim.with_photo",
     fact_type::boolean,
     open,
     "she sent a picture of her receipt",
     [](const view& v) -> fact_value { return v.claim != nullptr && v.claim->with_photo; }},
    {"claims.open",
     fact_type::number,
     open,
     "how many payments she told of are being looked for",
     [](const view& v) { return number(v.claims_open); }},
    {"client.archetype",
     fact_type::text,
     open,
     "digital maturity: nascent, experimenter, emerger or enabled",
     [](const view& v) {
         return with_client(v, [](auto& c) { return text(name_of(c.maturity)); });
     }},
    {"client.courtesy",
     fact_type::text,
     open,
     "how to address her (doña Rosa); her first name where none is recorded, or she prefers it",
     [](const view& v) {
         return with_client(v, [&](auto& c) {
             const bool first = c.courtesy.empty() || v.prefers.address == "first_name";
             return text(first ? c.first_name : c.courtesy);
         });
     }},
    {"client.first_name",
     fact_type::text,
     open,
     "her first name",
     [](const view& v) { return with_client(v, [](auto& c) { return text(c.first_name); }); }},
    {"client.language",
     fact_type::text,
     open,
     "the language core banking has for her",
     [](const view& v) { return with_client(v, [](auto& c) { return text(c.language); }); }},
    {"client.village",
     fact_type::text,
     open,
     "where she lives",
     [](const view& v) { return with_client(v, [](auto& c) { return text(c.village); }); }},
    {"code.sent",
     fact_type::text,
     open,
     "the one-time code; there only in the text that is sent to a number to be proved",
     [](const view& v) { return text(v.code_mark); }},
    {"consent.being_referred",
     fact_type::boolean,
     open,
     "she agrees that who recommended her may learn how it goes",
     agreed<consent_kind::being_referred>},
    {"consent.referral_naming",
     fact_type::boolean,
     open,
     "she has agreed that her name is told to whom she recommends; false until she does",
     agreed<consent_kind::referral_naming>},
    {"consent.reminders",
     fact_type::boolean,
     open,
     "she has agreed to be reminded of what falls due; false until she does",
     agreed<consent_kind::reminders>},
    {"consent.service",
     fact_type::boolean,
     open,
     "she has agreed that we keep what answering her needs; false until she does",
     agreed<consent_kind::service>},
    {"consent.surveys",
     fact_type::boolean,
     open,
     "she has agreed to be asked how we do; false until she does",
     agreed<consent_kind::surveys>},
    {"consent.tips_offers",
     fact_type::boolean,
     open,
     "she has agreed to lessons, advice and offers; false until she does",
     agreed<consent_kind::tips_offers>},
    {"consent.voice_transcript",
     fact_type::boolean,
     open,
     "she has agreed that what she says is written down; false until she does",
     agreed<consent_kind::voice_transcript>},
    {"conversation.interrupted",
     fact_type::boolean,
     open,
     "a question was interrupted and is put again when this dialog ends",
     [](const view& v) -> fact_value { return v.interrupted; }},
    {"conversation.with_person",
     fact_type::boolean,
     open,
     "a person of the institution has taken the conversation",
     [](const view& v) -> fact_value { return v.with_person; }},
    {"core.as_of",
     fact_type::moment,
     open,
     "when our copy last agreed with core banking",
     [](const view& v) -> fact_value {
         if (v.known == nullptr || v.known->as_of == instant{}) return {};
         return v.known->as_of;
     }},
    {"core.state",
     fact_type::text,
     open,
     "up, stale or down: how far our copy may be trusted",
     [](const view& v) -> fact_value {
         if (v.known == nullptr) return {};
         return text(name_of(v.known->core));
     }},
    {"draft.left",
     fact_type::number,
     open,
     "how many questions are still open in the form she left last; missing: none waits for her",
     [](const view& v) -> fact_value {
         if (v.draft_left < 0) return {};
         return v.draft_left;
     }},
    {"draft.next",
     fact_type::text,
     open,
     "what is asked next in the form she left last, as the form calls it (DIALOG.FIELD.label); "
     "missing: nothing but to send it",
     [](const view& v) { return text(v.draft_next); }},
    {"group.meeting_time",
     fact_type::text,
     personal,
     "when her village bank meets, local time",
     [](const view& v) { return with_group(v, [](auto& g) { return text(g.meeting_time); }); }},
    {"group.name",
     fact_type::text,
     personal,
     "the name of her village bank",
     [](const view& v) { return with_group(v, [](auto& g) { return text(g.name); }); }},
    {"group.next_meeting",
     fact_type::date,
     personal,
     "the day of the next meeting",
     [](const view& v) {
         return with_group(v, [](auto& g) -> fact_value {
             if (!g.next_meeting) return {};
             return date(*g.next_meeting);
         });
     }},
    {"hardship.cause",
     fact_type::text,
     personal,
     "why she cannot pay: the choice she made",
     [](const view& v) { return text(v.hardship.cause); }},
    {"hardship.open",
     fact_type::boolean,
     open,
     "she has told us that she cannot pay, and that is not over",
     [](const view& v) -> fact_value { return v.hardship.open; }},
    {"hardship.option",
     fact_type::text,
     open,
     "what she asked for then, in words; missing where she chose nothing",
     [](const view& v) { return text(v.hardship.option); }},
    {"hardship.options",
     fact_type::list,
     open,
     "what hardship.yaml offers to her now, by name",
     [](const view& v) -> fact_value { return v.hardship.options; }},
    {"hardship.until",
     fact_type::date,
     open,
     "reminders are silent until that day",
     [](const view& v) { return date(v.hardship.until); }},
    {"history.broken_promises",
     fact_type::number,
     personal,
     "promises to pay she did not keep, as far back as hardship.yaml counts",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.broken_promises); }); }},
    {"history.cycle",
     fact_type::number,
     personal,
     "1 for her first loan, 2 for the second…",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.cycle); }); }},
    {"history.days_past_due",
     fact_type::number,
     personal,
     "days since her oldest open instalment before this one was due; 0: none is open",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.days_past_due); }); }},
    {"history.due_before",
     fact_type::number,
     personal,
     "instalments that fell due before this one, on all her loans",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.due_before); }); }},
    {"history.known",
     fact_type::number,
     personal,
     "instalments looked at: the last six of the last twelve months",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.known); }); }},
    {"history.late",
     fact_type::number,
     personal,
     "of those, how many were paid after their day or not at all",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.late); }); }},
    {"history.longest_late",
     fact_type::number,
     personal,
     "of those, the longest delay in days",
     [](const view& v) { return with_history(v, [](auto& h) { return number(h.longest_late); }); }},
    {"institution.accounts",
     fact_type::text,
     open,
     "the accounts money for the institution may be paid into, one a line; missing: there are none",
     [](const view& v) -> fact_value {
         std::string lines;
         if (v.house == nullptr) return {};
         for (const auto& one : v.house->accounts) {
             lines += (lines.empty() ? "" : "\n") + one.bank + ": " + one.number + ", " + one.holder;
         }
         return lines.empty() ? fact_value{} : fact_value{std::move(lines)};
     }},
    {"institution.name",
     fact_type::text,
     open,
     "the institution's name",
     [](const view& v) { return v.house == nullptr ? fact_value{} : text(v.house->name); }},
    {"institution.phone",
     fact_type::text,
     open,
     "the one published telephone number, E.164",
     [](const view& v) { return v.house == nullptr ? fact_value{} : text(v.house->phone); }},
    {"introduced.by",
     fact_type::text,
     open,
     "the first name of who gave her the code she wrote; missing: that one does not want it told",
     [](const view& v) {
         return with_referrals(v, [](auto& r) { return text(r.introduced_by); });
     }},
    {"introduced.state",
     fact_type::text,
     open,
     "of the code she wrote: new, or why it is none for her: unknown, self, client, staff, taken "
     "(she agreed to another before), again; none: she has written none",
     [](const view& v) -> fact_value {
         const bool none = v.referrals == nullptr || v.referrals->introduced.empty();
         return none ? std::string{"none"} : std::string{v.referrals->introduced};
     }},
    {"loan.cycle",
     fact_type::number,
     personal,
     "1 for her first loan, 2 for the second…",
     [](const view& v) { return with_loan(v, [](auto& l) { return number(l.cycle); }); }},
    {"loan.days_past_due",
     fact_type::number,
     personal,
     "days since the oldest unpaid instalment was due; 0 when none is late",
     [](const view& v) {
         return with_loan(v, [&](auto& l) { return number(days_past_due(l, v.today)); });
     }},
    {"loan.instalments_left",
     fact_type::number,
     personal,
     "instalments not fully paid",
     [](const view& v) {
         return with_loan(v, [](auto& l) { return number(instalments_left(l)); });
     }},
    {"loan.instalments_paid",
     fact_type::number,
     personal,
     "instalments fully paid",
     [](const view& v) {
         return with_loan(v, [](auto& l) { return number(instalments_paid(l)); });
     }},
    {"loan.instalments_total",
     fact_type::number,
     personal,
     "instalments of the whole schedule",
     [](const view& v) {
         return with_loan(v, [](auto& l) {
             return number(static_cast<std::int64_t>(l.schedule.size()));
         });
     }},
    {"loan.last_payment.amount",
     fact_type::money,
     personal,
     "what she paid last, reversed payments left out",
     [](const view& v) {
         return with_last_payment(v, [](auto& p) { return fact_value{p.amount}; });
     }},
    {"loan.last_payment.date",
     fact_type::date,
     personal,
     "the day of that payment",
     [](const view& v) { return with_last_payment(v, [](auto& p) { return date(p.on); }); }},
    {"loan.matures_on",
     fact_type::date,
     personal,
     "the last day of the contract",
     [](const view& v) { return with_loan(v, [](auto& l) { return date(l.matures_on); }); }},
    {"loan.next.amount",
     fact_type::money,
     personal,
     "what is left to pay of the next instalment",
     [](const view& v) {
         return with_next(v, [](auto& i) { return fact_value{left_to_pay(i)}; });
     }},
    {"loan.next.date",
     fact_type::date,
     personal,
     "the day it is or was due",
     [](const view& v) { return with_next(v, [](auto& i) { return date(i.due); }); }},
    {"loan.next.number",
     fact_type::number,
     personal,
     "its number in the schedule",
     [](const view& v) { return with_next(v, [](auto& i) { return number(i.number); }); }},
    {"loan.next.overdue",
     fact_type::boolean,
     personal,
     "whether its day has passed; the due day itself is not late",
     [](const view& v) {
         return with_next(v, [&](auto& i) { return fact_value{i.due < v.today}; });
     }},
    {"loan.outstanding",
     fact_type::money,
     personal,
     "everything still to pay, interest of later instalments included",
     [](const view& v) {
         return with_loan(v, [](auto& l) { return fact_value{outstanding(l)}; });
     }},
    {"loan.overdue",
     fact_type::money,
     personal,
     "due until today and not paid",
     [](const view& v) {
         return with_loan(v, [&](auto& l) { return fact_value{overdue(l, v.today)}; });
     }},
    {"loan.payoff",
     fact_type::money,
     personal,
     "what closes the loan on loan.payoff_on, as core banking works it out; missing where it does "
     "not say",
     [](const view& v) {
         return with_loan(v, [](auto& l) -> fact_value {
             if (!l.payoff) return {};
             return l.payoff->total;
         });
     }},
    {"loan.payoff_on",
     fact_type::date,
     personal,
     "the day that figure is for",
     [](const view& v) {
         return with_loan(v, [](auto& l) -> fact_value {
             if (!l.payoff) return {};
             return date(l.payoff->on);
         });
     }},
    {"loan.principal",
     fact_type::money,
     personal,
     "the amount lent",
     [](const view& v) { return with_loan(v, [](auto& l) { return fact_value{l.principal}; }); }},
    {"loan.product",
     fact_type::text,
     personal,
     "the loan's name as clients know it",
     [](const view& v) { return with_loan(v, [](auto& l) { return text(l.product); }); }},
    {"loan.second.amount",
     fact_type::money,
     personal,
     "what is left to pay of the unpaid instalment after the next",
     [](const view& v) {
         return with_later(v, 1, [](auto& i) { return fact_value{left_to_pay(i)}; });
     }},
    {"loan.second.date",
     fact_type::date,
     personal,
     "the day that one is due",
     [](const view& v) { return with_later(v, 1, [](auto& i) { return date(i.due); }); }},
    {"loan.third.amount",
     fact_type::money,
     personal,
     "what is left to pay of the unpaid instalment after that",
     [](const view& v) {
         return with_later(v, 2, [](auto& i) { return fact_value{left_to_pay(i)}; });
     }},
    {"loan.third.date",
     fact_type::date,
     personal,
     "the day that one is due",
     [](const view& v) { return with_later(v, 2, [](auto& i) { return date(i.due); }); }},
    {"loans.count",
     fact_type::number,
     personal,
     "how many active loans she has",
     [](const view& v) -> fact_value {
         if (v.who == nullptr) return {};
         return number(static_cast<std::int64_t>(v.who->loans.size()));
     }},
    {"meeting.absent",
     fact_type::number,
     open,
     "how many have not come",
     [](const view& v) { return of_meeting(v, fact_type::number, {"absent"}); }},
    {"meeting.abstain",
     fact_type::number,
     open,
     "how many abstained",
     [](const view& v) { return of_meeting(v, fact_type::number, {"abstain"}); }},
    {"meeting.agenda",
     fact_type::text,
     open,
     "the steps of the meeting, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"agenda"}); }},
    {"meeting.agreed",
     fact_type::text,
     open,
     "what was agreed, in a row; missing where nothing was",
     [](const view& v) { return of_meeting(v, fact_type::text, {"agreed"}); }},
    {"meeting.agreements",
     fact_type::text,
     open,
     "what was agreed, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"agreements"}); }},
    {"meeting.amount",
     fact_type::money,
     open,
     "the amount that is spoken of",
     [](const view& v) { return of_meeting(v, fact_type::money, {"amount"}); }},
    {"meeting.answer",
     fact_type::text,
     open,
     "the right answer of the training's quiz",
     [](const view& v) { return of_meeting(v, fact_type::text, {"answer"}); }},
    {"meeting.answered",
     fact_type::text,
     open,
     "who has answered the message that tries it out, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"answered"}); }},
    {"meeting.away",
     fact_type::text,
     open,
     "who is not here, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"away"}); }},
    {"meeting.by_sms",
     fact_type::number,
     open,
     "how many of them have SMS alone",
     [](const view& v) { return of_meeting(v, fact_type::number, {"by_sms"}); }},
    {"meeting.cannot",
     fact_type::text,
     open,
     "who has said that she cannot come, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"cannot"}); }},
    {"meeting.cast",
     fact_type::number,
     open,
     "how many have voted",
     [](const view& v) { return of_meeting(v, fact_type::number, {"cast"}); }},
    {"meeting.choice",
     fact_type::text,
     open,
     "what she voted, as its button has it",
     [](const view& v) { return of_meeting(v, fact_type::text, {"choice"}); }},
    {"meeting.coming",
     fact_type::text,
     open,
     "who has said that she comes, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"coming"}); }},
    {"meeting.count",
     fact_type::number,
     open,
     "how many they are",
     [](const view& v) { return of_meeting(v, fact_type::number, {"count"}); }},
    {"meeting.due",
     fact_type::number,
     open,
     "how many owe a payment at this meeting",
     [](const view& v) { return of_meeting(v, fact_type::number, {"due"}); }},
    {"meeting.due_on",
     fact_type::date,
     open,
     "the day her payment is due",
     [](const view& v) { return of_meeting(v, fact_type::date, {"due_on", "due"}); }},
    {"meeting.end",
     fact_type::moment,
     open,
     "when the meeting is to end",
     [](const view& v) { return of_meeting(v, fact_type::moment, {"end"}); }},
    {"meeting.excused",
     fact_type::number,
     open,
     "how many are excused",
     [](const view& v) { return of_meeting(v, fact_type::number, {"excused"}); }},
    {"meeting.group",
     fact_type::text,
     open,
     "the group, as people call it",
     [](const view& v) { return of_meeting(v, fact_type::text, {"group"}); }},
    {"meeting.hands",
     fact_type::number,
     open,
     "how many wait for the floor",
     [](const view& v) { return of_meeting(v, fact_type::number, {"hands"}); }},
    {"meeting.has_instalment",
     fact_type::boolean,
     open,
     "she owes a payment at this meeting",
     [](const view& v) { return has_of_meeting(v, fact_type::money, "instalment"); }},
    {"meeting.has_paid",
     fact_type::boolean,
     open,
     "payments are counted by now",
     [](const view& v) { return has_of_meeting(v, fact_type::number, "paid"); }},
    {"meeting.has_present",
     fact_type::boolean,
     open,
     "people are counted by now",
     [](const view& v) { return has_of_meeting(v, fact_type::number, "present"); }},
    {"meeting.has_savings",
     fact_type::boolean,
     open,
     "she is to save something at this meeting",
     [](const view& v) { return has_of_meeting(v, fact_type::money, "savings"); }},
    {"meeting.has_until",
     fact_type::boolean,
     open,
     "it is said until when",
     [](const view& v) { return has_of_meeting(v, fact_type::moment, "until"); }},
    {"meeting.held",
     fact_type::number,
     open,
     "how many words wait for the moderator",
     [](const view& v) { return of_meeting(v, fact_type::number, {"held"}); }},
    {"meeting.here",
     fact_type::text,
     open,
     "who is here, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"here"}); }},
    {"meeting.hint",
     fact_type::text,
     open,
     "what can be written in the step that begins",
     [](const view& v) { return of_meeting(v, fact_type::text, {"hint"}); }},
    {"meeting.instalment",
     fact_type::money,
     open,
     "her own payment at this meeting; missing where there is none",
     [](const view& v) { return of_meeting(v, fact_type::money, {"instalment"}); }},
    {"meeting.keep_days",
     fact_type::number,
     open,
     "how many days minutes and log are kept",
     [](const view& v) { return of_meeting(v, fact_type::number, {"keep_days"}); }},
    {"meeting.kind",
     fact_type::text,
     open,
     "what a fine is for, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"kind"}); }},
    {"meeting.late",
     fact_type::number,
     open,
     "how many came late",
     [](const view& v) { return of_meeting(v, fact_type::number, {"late"}); }},
    {"meeting.lines",
     fact_type::text,
     open,
     "what was said or written, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"lines"}); }},
    {"meeting.link",
     fact_type::text,
     open,
     "the link of the group's small group of WhatsApp",
     [](const view& v) { return of_meeting(v, fact_type::text, {"link"}); }},
    {"meeting.minutes",
     fact_type::number,
     open,
     "how long a break lasts",
     [](const view& v) { return of_meeting(v, fact_type::number, {"minutes"}); }},
    {"meeting.moderator",
     fact_type::text,
     open,
     "who moderates",
     [](const view& v) { return of_meeting(v, fact_type::text, {"moderator"}); }},
    {"meeting.name",
     fact_type::text,
     open,
     "who is spoken of, by her first name",
     [](const view& v) { return of_meeting(v, fact_type::text, {"name"}); }},
    {"meeting.names",
     fact_type::text,
     open,
     "who is here, by their first names",
     [](const view& v) { return of_meeting(v, fact_type::text, {"names"}); }},
    {"meeting.needed",
     fact_type::number,
     open,
     "how many it takes to decide",
     [](const view& v) { return of_meeting(v, fact_type::number, {"needed"}); }},
    {"meeting.next",
     fact_type::moment,
     open,
     "the next meeting",
     [](const view& v) { return of_meeting(v, fact_type::moment, {"next"}); }},
    {"meeting.next_step",
     fact_type::text,
     open,
     "the step that follows, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"next_step", "next"}); }},
    {"meeting.no",
     fact_type::number,
     open,
     "how many said no",
     [](const view& v) { return of_meeting(v, fact_type::number, {"no"}); }},
    {"meeting.not_reached",
     fact_type::text,
     open,
     "whom no message of ours reaches, by first name",
     [](const view& v) { return of_meeting(v, fact_type::text, {"not_reached"}); }},
    {"meeting.number",
     fact_type::number,
     open,
     "the number of a request, a fine, a line",
     [](const view& v) { return of_meeting(v, fact_type::number, {"number"}); }},
    {"meeting.objections",
     fact_type::text,
     open,
     "the numbers of the objections that are not settled",
     [](const view& v) { return of_meeting(v, fact_type::text, {"objections"}); }},
    {"meeting.outcome",
     fact_type::text,
     open,
     "what came of a vote, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"outcome"}); }},
    {"meeting.paid",
     fact_type::number,
     open,
     "how many payments have come",
     [](const view& v) { return of_meeting(v, fact_type::number, {"paid"}); }},
    {"meeting.people",
     fact_type::text,
     open,
     "several of the same name, each with her number, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"people"}); }},
    {"meeting.place",
     fact_type::number,
     open,
     "her place among those who wait for the floor",
     [](const view& v) { return of_meeting(v, fact_type::number, {"place"}); }},
    {"meeting.possible",
     fact_type::number,
     open,
     "how many may vote",
     [](const view& v) { return of_meeting(v, fact_type::number, {"possible"}); }},
    {"meeting.present",
     fact_type::number,
     open,
     "how many are here",
     [](const view& v) { return of_meeting(v, fact_type::number, {"present"}); }},
    {"meeting.purpose",
     fact_type::text,
     open,
     "what she asks money for, in her own words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"purpose"}); }},
    {"meeting.question",
     fact_type::text,
     open,
     "the question of the training",
     [](const view& v) { return of_meeting(v, fact_type::text, {"question"}); }},
    {"meeting.quiz_answered",
     fact_type::number,
     open,
     "how many have answered the training's quiz",
     [](const view& v) { return of_meeting(v, fact_type::number, {"quiz_answered"}); }},
    {"meeting.quiz_asked",
     fact_type::number,
     open,
     "how many the training's quiz was put to; 0 where there is none",
     [](const view& v) { return of_meeting(v, fact_type::number, {"quiz_asked"}); }},
    {"meeting.quiz_right",
     fact_type::number,
     open,
     "how many of them knew it",
     [](const view& v) { return of_meeting(v, fact_type::number, {"quiz_right"}); }},
    {"meeting.quorum",
     fact_type::number,
     open,
     "how many it takes to decide",
     [](const view& v) { return of_meeting(v, fact_type::number, {"quorum"}); }},
    {"meeting.reason",
     fact_type::text,
     open,
     "why, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"reason"}); }},
    {"meeting.received",
     fact_type::number,
     open,
     "how many payments have come",
     [](const view& v) { return of_meeting(v, fact_type::number, {"received"}); }},
    {"meeting.savings",
     fact_type::money,
     open,
     "her own savings at this meeting; missing where there are none",
     [](const view& v) { return of_meeting(v, fact_type::money, {"savings"}); }},
    {"meeting.second",
     fact_type::text,
     open,
     "who goes with her to the bank",
     [](const view& v) { return of_meeting(v, fact_type::text, {"second"}); }},
    {"meeting.seconds",
     fact_type::number,
     open,
     "how long a voice note may be",
     [](const view& v) { return of_meeting(v, fact_type::number, {"seconds"}); }},
    {"meeting.sponsor",
     fact_type::text,
     open,
     "who proposed her",
     [](const view& v) { return of_meeting(v, fact_type::text, {"sponsor"}); }},
    {"meeting.start",
     fact_type::moment,
     open,
     "when the meeting begins",
     [](const view& v) { return of_meeting(v, fact_type::moment, {"start"}); }},
    {"meeting.step",
     fact_type::text,
     open,
     "a step of the meeting, in words",
     [](const view& v) { return of_meeting(v, fact_type::text, {"step"}); }},
    {"meeting.text",
     fact_type::text,
     open,
     "what somebody wrote",
     [](const view& v) { return of_meeting(v, fact_type::text, {"text"}); }},
    {"meeting.topic",
     fact_type::text,
     open,
     "the topic of the training",
     [](const view& v) { return of_meeting(v, fact_type::text, {"topic"}); }},
    {"meeting.unanswered",
     fact_type::text,
     open,
     "who has not answered what is asked of everybody, a line each",
     [](const view& v) { return of_meeting(v, fact_type::text, {"unanswered"}); }},
    {"meeting.until",
     fact_type::moment,
     open,
     "until when",
     [](const view& v) { return of_meeting(v, fact_type::moment, {"until"}); }},
    {"meeting.votes",
     fact_type::number,
     open,
     "how many votes there were",
     [](const view& v) { return of_meeting(v, fact_type::number, {"votes"}); }},
    {"meeting.why",
     fact_type::text,
     open,
     "why an answer is right, as the agenda has it",
     [](const view& v) { return of_meeting(v, fact_type::text, {"why"}); }},
    {"meeting.words",
     fact_type::text,
     open,
     "what who leads may write now",
     [](const view& v) { return of_meeting(v, fact_type::text, {"words"}); }},
    {"meeting.yes",
     fact_type::number,
     open,
     "how many said yes",
     [](const view& v) { return of_meeting(v, fact_type::number, {"yes"}); }},
    {"minutes.agreement", fact_type::text, open, "what was agreed, of the one agreement that is told",
     of_document<"minutes.agreement">},
    {"minutes.agreement_by", fact_type::date, open, "by when that is to be done",
     of_document<"minutes.agreement_by">},
    {"minutes.agreement_who", fact_type::text, open, "who does that",
     of_document<"minutes.agreement_who">},
    {"minutes.all", fact_type::number, open, "how many members the group has",
     of_document<"minutes.all">},
    {"minutes.all_words", fact_type::text, open, "that number in words, for a voice",
     of_document<"minutes.all_words">},
    {"minutes.amount", fact_type::money, open, "what the one was granted that is told",
     of_document<"minutes.amount">},
    {"minutes.banker", fact_type::text, open, "who takes the money to the bank",
     of_document<"minutes.banker">},
    {"minutes.banker_second", fact_type::text, open, "who goes with her",
     of_document<"minutes.banker_second">},
    {"minutes.cash_after", fact_type::money, open, "what is in the group's pot now",
     of_document<"minutes.cash_after">},
    {"minutes.cash_before", fact_type::money, open, "what was in it before the meeting",
     of_document<"minutes.cash_before">},
    {"minutes.cash_counted", fact_type::money, open, "cash that was counted at the meeting",
     of_document<"minutes.cash_counted">},
    {"minutes.cash_words", fact_type::text, open, "what is in the pot now in words, for a voice",
     of_document<"minutes.cash_words">},
    {"minutes.cents", fact_type::text, open, "the part of an amount behind its point in words, for a voice",
     of_document<"minutes.cents">},
    {"minutes.day", fact_type::date, open, "the day of the meeting",
     of_document<"minutes.day">},
    {"minutes.day_words", fact_type::text, open, "that day in words, for a voice",
     of_document<"minutes.day_words">},
    {"minutes.due", fact_type::money, open, "what fell due of all instalments together",
     of_document<"minutes.due">},
    {"minutes.end", fact_type::moment, open, "when it ended",
     of_document<"minutes.end">},
    {"minutes.group", fact_type::text, open, "the name of the group",
     of_document<"minutes.group">},
    {"minutes.hash", fact_type::text, open, "the hash of the meeting's log",
     of_document<"minutes.hash">},
    {"minutes.hour", fact_type::number, open, "of the next meeting, by the clock of twelve hours",
     of_document<"minutes.hour">},
    {"minutes.hour24_words", fact_type::text, open, "that hour of twenty-four in words, for a voice",
     of_document<"minutes.hour24_words">},
    {"minutes.hour_words", fact_type::text, open, "that hour of twelve in words, for a voice",
     of_document<"minutes.hour_words">},
    {"minutes.last", fact_type::text, open, "what became of the minutes before: none, approved, by_silence, objected",
     of_document<"minutes.last">},
    {"minutes.last_objections", fact_type::number, open, "how many objected to the minutes before",
     of_document<"minutes.last_objections">},
    {"minutes.late", fact_type::number, open, "how many came late",
     of_document<"minutes.late">},
    {"minutes.minute", fact_type::number, open, "of the next meeting's hour",
     of_document<"minutes.minute">},
    {"minutes.minute_words", fact_type::text, open, "that in words, for a voice",
     of_document<"minutes.minute_words">},
    {"minutes.moderator", fact_type::text, open, "who led the meeting for the institution",
     of_document<"minutes.moderator">},
    {"minutes.names", fact_type::text, open, "names, separated by commas: of who was admitted, or may not be",
     of_document<"minutes.names">},
    {"minutes.next", fact_type::moment, open, "when the next meeting is",
     of_document<"minutes.next">},
    {"minutes.next_words", fact_type::text, open, "the day of the next meeting in words, for a voice",
     of_document<"minutes.next_words">},
    {"minutes.number", fact_type::number, open, "which meeting of the group it was",
     of_document<"minutes.number">},
    {"minutes.number_words", fact_type::text, open, "that in words, for a voice",
     of_document<"minutes.number_words">},
    {"minutes.objections", fact_type::number, open, "how many objections to these minutes stand",
     of_document<"minutes.objections">},
    {"minutes.part", fact_type::text, open, "of the day the next meeting is in: morning, afternoon, evening",
     of_document<"minutes.part">},
    {"minutes.pending", fact_type::number, open, "payments that were reported and not yet seen",
     of_document<"minutes.pending">},
    {"minutes.planned_end", fact_type::moment, open, "when it was to end",
     of_document<"minutes.planned_end">},
    {"minutes.planned_start", fact_type::moment, open, "when it was to begin",
     of_document<"minutes.planned_start">},
    {"minutes.present", fact_type::number, open, "how many came, in time or late",
     of_document<"minutes.present">},
    {"minutes.present_words", fact_type::text, open, "that in words, for a voice",
     of_document<"minutes.present_words">},
    {"minutes.quiz", fact_type::number, open, "how many answered the question of the topic",
     of_document<"minutes.quiz">},
    {"minutes.quiz_asked", fact_type::number, open, "how many it was put to where it had answers; else 0",
     of_document<"minutes.quiz_asked">},
    {"minutes.quiz_right", fact_type::number, open, "how many knew it",
     of_document<"minutes.quiz_right">},
    {"minutes.quorum", fact_type::number, open, "how many had to come",
     of_document<"minutes.quorum">},
    {"minutes.received", fact_type::money, open, "what came in of all instalments together",
     of_document<"minutes.received">},
    {"minutes.received_words", fact_type::text, open, "that in words, for a voice",
     of_document<"minutes.received_words">},
    {"minutes.start", fact_type::moment, open, "when it began",
     of_document<"minutes.start">},
    {"minutes.topic", fact_type::text, open, "what the training was about",
     of_document<"minutes.topic">},
    {"minutes.votes", fact_type::number, open, "how many votes were held",
     of_document<"minutes.votes">},
    {"minutes.votes_words", fact_type::text, open, "that in words, for a voice",
     of_document<"minutes.votes_words">},
    {"minutes.why", fact_type::text, open, "why it was broken off or not held",
     of_document<"minutes.why">},
    {"now",
     fact_type::moment,
     open,
     "the moment of this turn",
     [](const view& v) -> fact_value { return v.now; }},
    {"officer.courtesy",
     fact_type::text,
     open,
     "how clients call her credit agent (seño Brenda); the first name where none is recorded",
     [](const view& v) {
         return with_officer(v, [](auto& o) {
             return text(o.courtesy.empty() ? o.first_name : o.courtesy);
         });
     }},
    {"officer.first_name",
     fact_type::text,
     open,
     "her credit agent's first name",
     [](const view& v) { return with_officer(v, [](auto& o) { return text(o.first_name); }); }},
    {"officer.known",
     fact_type::boolean,
     open,
     "whether the credit agent has served her: only then lean on that name",
     [](const view& v) -> fact_value {
         return v.who != nullptr && v.who->credit_agent.has_value() && v.who->who.met_officer;
     }},
    {"officer.name",
     fact_type::text,
     open,
     "her credit agent's first and last name",
     [](const view& v) {
         return with_officer(v, [](auto& o) {
             return text(
                 o.last_name.empty()    ? o.first_name
                 : o.first_name.empty() ? o.last_name
                                        : o.first_name + " " + o.last_name
             );
         });
     }},
    {"officer.phone",
     fact_type::text,
     open,
     "her credit agent's telephone number, E.164",
     [](const view& v) { return with_officer(v, [](auto& o) { return text(o.phone); }); }},
    {"option.label",
     fact_type::text,
     open,
     "what she chose of hardship.yaml, in words; in the rows of choose_from the one at hand",
     [](const view& v) { return v.option == nullptr ? fact_value{} : text(v.option->label); }},
    {"option.officer",
     fact_type::boolean,
     open,
     "a person decides on what she chose of hardship.yaml",
     [](const view& v) -> fact_value { return v.option != nullptr && v.option->officer; }},
    {"papers.sent",
     fact_type::list,
     open,
     "the fields of earlier applications she has sent a picture or a document for",
     [](const view& v) -> fact_value {
         return v.papers == nullptr ? std::vector<std::string>{} : *v.papers;
     }},
    {"person.address",
     fact_type::text,
     open,
     "how she wants to be addressed: courtesy or first_name; missing: she has not said",
     [](const view& v) { return text(v.prefers.address); }},
    {"person.form",
     fact_type::text,
     open,
     "what she rather has: voice or text; missing: she has not said",
     [](const view& v) { return text(v.prefers.form); }},
    {"person.goal",
     fact_type::text,
     open,
     "what she says she works or saves for, in her words; missing: she has not said",
     [](const view& v) { return text(v.goal); }},
    {"person.hour",
     fact_type::text,
     open,
     "when she rather hears from us: morning, afternoon, evening, or an hour such as 14:00; missing: she has not said",
     [](const view& v) { return text(v.prefers.hour); }},
    {"person.in_doubt",
     fact_type::boolean,
     open,
     "her number may be another person's by now, or her telephone has changed",
     [](const view& v) -> fact_value { return v.doubted || v.pin_frozen; }},
    {"person.known",
     fact_type::boolean,
     open,
     "exactly one client has this telephone number, or of several she has said which she is",
     [](const view& v) -> fact_value { return v.who != nullptr; }},
    {"person.language",
     fact_type::text,
     open,
     "the language of this conversation",
     [](const view& v) { return text(v.language); }},
    {"person.number_known",
     fact_type::boolean,
     open,
     "the channel shows her telephone number, or she has proved one",
     [](const view& v) -> fact_value {
         return v.known != nullptr && (!v.known->phones.empty() || !v.known->clients.empty());
     }},
    {"person.opted_out",
     fact_type::boolean,
     open,
     "she asked for no messages",
     [](const view& v) -> fact_value { return v.opted_out; }},
    {"person.paused_until",
     fact_type::date,
     open,
     "the day from which we may begin something with her again; missing: she has asked for no pause",
     [](const view& v) { return date(v.prefers.paused_until); }},
    {"person.prefers",
     fact_type::text,
     open,
     "how she wants to be written to: whatsapp or sms; missing: she has not said",
     [](const view& v) { return text(v.prefers.channel); }},
    {"person.reminders",
     fact_type::text,
     open,
     "how often she wants to be reminded: more, usual or less; missing: she has not said",
     [](const view& v) { return text(v.prefers.reminders); }},
    {"person.shared",
     fact_type::boolean,
     open,
     "several clients have this telephone number",
     [](const view& v) -> fact_value { return v.known != nullptr && v.known->clients.size() > 1; }},
    {"person.verified",
     fact_type::boolean,
     open,
     "she has proved who she is, and it still holds",
     [](const view& v) -> fact_value { return v.verified; }},
    {"person.welcomed",
     fact_type::boolean,
     open,
     "she has had the welcome",
     [](const view& v) -> fact_value { return v.welcomed; }},
    {"pin.branch_only",
     fact_type::boolean,
     open,
     "her PIN can be renewed only at a branch",
     [](const view& v) -> fact_value { return v.pin_branch_only; }},
    {"pin.locked_until",
     fact_type::moment,
     open,
     "no PIN is accepted before; missing: not locked",
     [](const view& v) -> fact_value {
         if (!v.pin_locked_until) return {};
         return *v.pin_locked_until;
     }},
    {"pin.set",
     fact_type::boolean,
     open,
     "she has a PIN",
     [](const view& v) -> fact_value { return v.who != nullptr && v.who->has_pin; }},
    {"pin.tries_left",
     fact_type::number,
     open,
     "tries left before the PIN is locked",
     [](const view& v) { return number(v.pin_tries_left); }},
    {"point.card",
     fact_type::boolean,
     open,
     "the place to pay takes cards",
     [](const view& v) { return with_point(v, [](auto& p) -> fact_value { return p.what->takes_card; }); }},
    {"point.cash",
     fact_type::boolean,
     open,
     "the place to pay takes cash",
     [](const view& v) { return with_point(v, [](auto& p) -> fact_value { return p.what->takes_cash; }); }},
    {"point.closes",
     fact_type::text,
     open,
     "when the place to pay closes, if it is open now",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.closes); }); }},
    {"point.direction",
     fact_type::text,
     open,
     "where the place to pay lies from there: north, north_east, east, south_east, south, "
     "south_west, west or north_west",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.direction); }); }},
    {"point.distance",
     fact_type::number,
     open,
     "how far the place to pay is along the ground, in metres",
     [](const view& v) { return with_point(v, [](auto& p) { return number(p.metres); }); }},
    {"point.hours",
     fact_type::text,
     open,
     "opening hours of the place to pay, in her language",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.hours); }); }},
    {"point.kind",
     fact_type::text,
     open,
     "what the place to pay is: agency, bank or shop",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.what->kind); }); }},
    {"point.map",
     fact_type::text,
     open,
     "the address of a map of the place to pay",
     [](const view& v) { return with_point(v, [](auto& p) { return text(map_of(*p.what)); }); }},
    {"point.name",
     fact_type::text,
     open,
     "the name of the place to pay: the one she chose, else the nearest found",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.what->name); }); }},
    {"point.open",
     fact_type::boolean,
     open,
     "the place to pay is open now; missing where its hours are not known",
     [](const view& v) {
         return with_point(v, [](auto& p) -> fact_value {
             if (!p.open) return {};
             return *p.open;
         });
     }},
    {"point.opens",
     fact_type::text,
     open,
     "when the place to pay opens next, if it is closed now",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.opens); }); }},
    {"point.street",
     fact_type::text,
     open,
     "the address of the place to pay",
     [](const view& v) { return with_point(v, [](auto& p) { return text(p.what->street); }); }},
    {"points.found",
     fact_type::number,
     open,
     "how many places to pay the last look-up found",
     [](const view& v) { return number(v.points_found); }},
    {"promise.amount",
     fact_type::money,
     open,
     "what she said she would pay; missing where she did not say",
     [](const view& v) { return with_promise(v, [](auto& p) { return some(p.amount); }); }},
    {"promise.amount_told",
     fact_type::boolean,
     open,
     "she said how much she would pay",
     [](const view& v) -> fact_value {
         return v.promise != nullptr && v.promise->amount.minor != 0;
     }},
    {"promise.last_day",
     fact_type::date,
     open,
     "the last day she may promise to pay on, by hardship.yaml",
     [](const view& v) { return date(v.promise_last_day); }},
    {"promise.on",
     fact_type::date,
     open,
     "the day she said she would pay on",
     [](const view& v) { return with_promise(v, [](auto& p) { return date(p.on); }); }},
    {"promise.open",
     fact_type::boolean,
     open,
     "she said she would pay on a day that has not passed",
     [](const view& v) -> fact_value { return v.promise != nullptr && v.promise->state == "open"; }},
    {"promise.state",
     fact_type::text,
     open,
     "open, kept, broken or withdrawn",
     [](const view& v) { return with_promise(v, [](auto& p) { return text(p.state); }); }},
    {"referral.changed",
     fact_type::boolean,
     open,
     "something has come of her recommendations, or was paid for them, that she has not been told",
     [](const view& v) -> fact_value { return v.referrals != nullptr && v.referrals->changed; }},
    {"referral.code",
     fact_type::text,
     open,
     "her code to recommend us with; missing: she has none",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.code); }); }},
    {"referral.line.amount",
     fact_type::money,
     open,
     "in the message referral.part: what was earned",
     [](const view& v) {
         return with_referrals(v, [](auto& r) -> fact_value { return r.amount; });
     }},
    {"referral.line.nth",
     fact_type::number,
     open,
     "in the messages referral.line and referral.part: which of those she has recommended, from 1",
     [](const view& v) { return with_referrals(v, [](auto& r) { return number(r.nth); }); }},
    {"referral.line.on",
     fact_type::date,
     open,
     "in the message referral.part: the day it was earned or, if it was, paid",
     [](const view& v) { return with_referrals(v, [](auto& r) { return date(r.on); }); }},
    {"referral.line.state",
     fact_type::text,
     open,
     "in referral.line contacted, in_progress, won, ended or hidden; in referral.part paid or open",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.state); }); }},
    {"referral.link",
     fact_type::text,
     open,
     "the address that opens WhatsApp with her code; missing: by SMS, and where no channel has a "
     "number for it",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.link); }); }},
    {"referral.may_ask",
     fact_type::boolean,
     open,
     "we may be the one to ask for a recommendation: nothing is late, no case of hers is open, she "
     "does not want silence, and was not asked for 90 days",
     [](const view& v) -> fact_value { return v.referrals != nullptr && v.referrals->may_ask; }},
    {"referral.name",
     fact_type::text,
     open,
     "her first name, as those she recommends are told it; missing: she does not want that",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.name); }); }},
    {"referral.number",
     fact_type::text,
     open,
     "the number to write the code to by SMS; missing: no channel has one",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.number); }); }},
    {"referral.reward",
     fact_type::money,
     open,
     "the commission on a recommendation of hers from today; missing: none",
     [](const view& v) { return with_referrals(v, [](auto& r) { return some(r.reward); }); }},
    {"referral.reward_after",
     fact_type::number,
     open,
     "after how many instalments the last part of it is earned; 0: all of it with the disbursal",
     [](const view& v) {
         return with_referrals(v, [](auto& r) { return number(r.reward_after); });
     }},
    {"referral.reward_first",
     fact_type::money,
     open,
     "the part of it that is earned with the disbursal; missing: none",
     [](const view& v) { return with_referrals(v, [](auto& r) { return some(r.reward_first); }); }},
    {"referral.reward_later",
     fact_type::money,
     open,
     "the part of it that is earned with instalments; missing: none",
     [](const view& v) { return with_referrals(v, [](auto& r) { return some(r.reward_later); }); }},
    {"referral.who",
     fact_type::text,
     open,
     "open: she may have a code; staff: she works here; doubt: her number may be another person's",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.who); }); }},
    {"referrals.count",
     fact_type::number,
     open,
     "how many she has recommended who agreed to it",
     [](const view& v) { return with_referrals(v, [](auto& r) { return number(r.all); }); }},
    {"referrals.earned",
     fact_type::money,
     open,
     "what her recommendations have earned so far, paid or not",
     [](const view& v) { return with_referrals(v, [](auto& r) -> fact_value { return r.earned; }); }},
    {"referrals.ledger",
     fact_type::text,
     open,
     "each part of it, a line each: the message referral.part; missing: nothing",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.ledger); }); }},
    {"referrals.list",
     fact_type::text,
     open,
     "those she has recommended, a line each: the message referral.line",
     [](const view& v) { return with_referrals(v, [](auto& r) { return text(r.list); }); }},
    {"referrals.open",
     fact_type::money,
     open,
     "what is earned and not yet paid",
     [](const view& v) { return with_referrals(v, [](auto& r) -> fact_value { return r.open; }); }},
    {"referrals.paid",
     fact_type::money,
     open,
     "what of it has been paid",
     [](const view& v) { return with_referrals(v, [](auto& r) -> fact_value { return r.paid; }); }},
    {"referrals.won",
     fact_type::number,
     open,
     "how many of them have their loan; those who hide it do not count",
     [](const view& v) { return with_referrals(v, [](auto& r) { return number(r.won); }); }},
    {"referred.hidden",
     fact_type::boolean,
     open,
     "she does not want that who recommended her sees how it goes",
     [](const view& v) -> fact_value { return v.referrals != nullptr && v.referrals->hidden; }},
    {"referred.there",
     fact_type::boolean,
     open,
     "somebody recommended her, and she agreed",
     [](const view& v) -> fact_value { return v.referrals != nullptr && v.referrals->referred; }},
    {"refusal.change",
     fact_type::text,
     personal,
     "what she can do about the refusal: the message refusal.REASON.change",
     [](const view& v) { return v.refusal == nullptr ? fact_value{} : text(v.refusal->change); }},
    {"refusal.retry_on",
     fact_type::date,
     personal,
     "from when she may ask again, by products.yaml",
     [](const view& v) { return v.refusal == nullptr ? fact_value{} : date(v.refusal->retry_on); }},
    {"refusal.why",
     fact_type::text,
     personal,
     "why her application was refused: the message refusal.REASON; missing where core banking gave "
     "no reason, or none that products.yaml has",
     [](const view& v) { return v.refusal == nullptr ? fact_value{} : text(v.refusal->why); }},
    {"reminder.days",
     fact_type::number,
     open,
     "days from today to the day a policy speaks to her of; negative once it has passed",
     [](const view& v) -> fact_value {
         if (!v.reminder.on.ok()) return {};
         return number(days_between(v.today, v.reminder.on));
     }},
    {"reminder.on",
     fact_type::date,
     open,
     "the day a policy speaks to her of; missing: no policy began this",
     [](const view& v) { return date(v.reminder.on); }},
    {"reminder.policy",
     fact_type::text,
     open,
     "the policy that began this",
     [](const view& v) { return text(v.reminder.policy); }},
    {"safety.phone",
     fact_type::text,
     open,
     "who to call in danger, of hardship.yaml; missing where it names nobody",
     [](const view& v) { return text(v.safety_phone); }},
    {"saving.available",
     fact_type::money,
     personal,
     "what she may take out of the savings now",
     [](const view& v) { return with_saving(v, [](auto& s) { return fact_value{s.available}; }); }},
    {"saving.balance",
     fact_type::money,
     personal,
     "what is in the savings",
     [](const view& v) { return with_saving(v, [](auto& s) { return fact_value{s.balance}; }); }},
    {"saving.product",
     fact_type::text,
     personal,
     "the savings' name as clients know it",
     [](const view& v) { return with_saving(v, [](auto& s) { return text(s.product); }); }},
    {"savings.count",
     fact_type::number,
     personal,
     "how many savings accounts she has",
     [](const view& v) -> fact_value {
         if (v.who == nullptr) return {};
         return number(static_cast<std::int64_t>(v.who->savings.size()));
     }},
    {"staff.opens",
     fact_type::moment,
     open,
     "when people are there again; missing while they are",
     [](const view& v) { return moment(v.staffed_from); }},
    {"staff.there",
     fact_type::boolean,
     open,
     "people of her branch, or else of the institution, are there now",
     [](const view& v) -> fact_value { return v.staffed; }},
    {"today",
     fact_type::date,
     open,
     "the day, in the institution's time zone",
     [](const view& v) { return date(v.today); }},
    {"words.amount",
     fact_type::money,
     open,
     "the one amount in what she has just written",
     [](const view& v) { return some(v.words.amount); }},
    {"words.danger",
     fact_type::boolean,
     open,
     "what she has just written holds danger words of hardship.yaml",
     [](const view& v) -> fact_value { return v.words.danger; }},
    {"words.date",
     fact_type::date,
     open,
     "the one day in what she has just written",
     [](const view& v) { return date(v.words.date); }},
    {"words.means",
     fact_type::text,
     open,
     "the intent of phrases/ that what she has just written is understood as; missing: none is clear",
     [](const view& v) { return text(v.words.means); }},
    {"words.text",
     fact_type::text,
     open,
     "what she has just written, as it stands",
     [](const view& v) { return text(v.words.text); }},
    {"words.until",
     fact_type::date,
     open,
     "the day on which the rest she speaks of in what she has just written is over",
     [](const view& v) { return date(v.words.until); }},
};

static_assert(std::is_sorted(
    std::begin(fields),
    std::end(fields),
    [](const fact_field& left, const fact_field& right) { return left.path < right.path; }
));

}  // namespace

fact_value value_of(const fact_field& field, const fact_view& view) {
    if (field.read != nullptr) return field.read(view);
    if (view.answers == nullptr || (field.personal && !view.verified)) return {};
    auto name = field.path;
    name.remove_prefix(std::min(name.size(), answer_prefix.size()));
    const auto given = view.answers->find(name);
    return given == view.answers->end() ? fact_value{} : given->second;
}

std::span<const fact_field> fact_schema() noexcept {
    return fields;
}

std::optional<std::size_t> find_fact(std::string_view path) noexcept {
    const auto* at = std::lower_bound(
        std::begin(fields),
        std::end(fields),
        path,
        [](const fact_field& field, std::string_view wanted) { return field.path < wanted; }
    );
    if (at == std::end(fields) || at->path != path) return std::nullopt;
    return static_cast<std::size_t>(at - std::begin(fields));
}

}  // namespace tertulia
