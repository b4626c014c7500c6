#include "dialogs/facts/schema.hpp"

#include "dialogs/facts/arrears.hpp"
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

template <class Read>
fact_value with_group(const view& v, Read read) {
    if (v.who == nullptr || v.doubted || !v.who->village_bank) return {};
    return read(*v.who->village_bank);
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
     "a person of the institution has the conversation",
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
    {"person.hour",
     fact_type::text,
     open,
     "when she rather hears from us: morning, afternoon, evening, or an hour such as 14:00; missing: she has not said",
     [](const view& v) { return text(v.prefers.hour); }},
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
