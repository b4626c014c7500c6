// set_the_stage(): the `given` of a test turned into facts, a session and a clock.

#include "dialogs/rehearsal/rehearse.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/services/payment_points.hpp"

#include <chrono>
#include <functional>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr local_time monday_morning{
    .date = std::chrono::year{2026} / 11 / 23, .hour = 10, .minute = 40};
// A number of the range no operator gives out.
constexpr auto stranger_phone = "+50255500199";
constexpr auto colleague_phone = "+50255500198";

// A loan as core banking would have made it of what she asked for.
std::string decide(stage& on, const application_becomes& how) {
    if (on.at().applications.empty()) return "she has sent no application";
    if (on.known.clients.size() != 1) return "core banking has nobody of her number";
    const auto& asked = on.at().applications.back();
    auto on_file = *on.known.clients.front();
    loan_request made{
        .application = core_name_of(asked.number),
        .loan_id = "given." + asked.number,
        .product = asked.product,
        .status = how.state,
        .principal = asked.amount,
        .expected_on = how.until,
        .reason = how.reason};
    if (how.state == loan_status::approved || how.state == loan_status::active) {
        made.instalments = 10;
        made.each = {asked.amount.minor / 8, asked.amount.currency};
        made.total = {made.each.minor * made.instalments, asked.amount.currency};
        made.first_due = plus_days(on.scripts().compiled().calendar->date_of(on.now), 14);
    }
    std::erase_if(on_file.requests, [&](const loan_request& one) {
        return one.application == made.application;
    });
    on_file.requests.insert(on_file.requests.begin(), std::move(made));
    on.known.clients.front() = std::make_shared<const client_facts>(std::move(on_file));
    on.happens("loan_status_changed");
    return {};
}

std::string pay(stage& on, const payment_appears& how) {
    if (on.known.clients.size() != 1 || on.known.clients.front()->loans.empty()) {
        return "core banking has no loan of hers";
    }
    const auto& script = on.scripts().compiled();
    const auto sum = parse_decimal(how.amount, script.house.currency);
    if (!sum) return "'" + how.amount + "' is no amount";
    auto on_file = *on.known.clients.front();
    auto& of = on_file.loans.front();
    of.payments.insert(
        of.payments.begin(),
        {.id = "given." + of.id + "." + std::to_string(of.payments.size() + 1),
         .on = how.on.value_or(script.calendar->date_of(on.now)),
         .amount = *sum,
         .receipt = how.receipt}
    );
    on.known.clients.front() = std::make_shared<const client_facts>(std::move(on_file));
    on.happens("payment_received");
    return {};
}

// As the gateway's ledger would have it.
std::string become(stage& on, const referral_becomes& how) {
    auto& all = on.known.referrals;
    if (how.state == referral_state::consented) {
        all.push_back({.number = "R" + std::to_string(100 + all.size())});
    }
    if (all.empty()) return "she has recommended nobody: begin with  referral: consented";
    auto& last = all.back();
    const auto today = on.scripts().compiled().calendar->date_of(on.now);
    last.state = how.state;
    last.hidden = how.hidden;
    if (how.amount) {
        last.parts.push_back(
            {.step = static_cast<int>(last.parts.size() + 1),
             .amount = *how.amount,
             .earned_on = today}
        );
    }
    if (how.state == referral_state::paid) {
        for (auto& one : last.parts) one.paid_on = today;
    }
    on.happens("referral_news");
    return {};
}

milliseconds age_of(core_state core) noexcept {
    using namespace std::chrono_literals;
    switch (core) {
        case core_state::up:
            return 10min;
        case core_state::stale:
            return 26h;
        case core_state::down:
            return 72h;
    }
    return {};
}

loan loan_of(const given_loan& given, std::size_t number, const client& of, civil_date today) {
    loan made{};
    made.id = "given." + std::to_string(number);
    made.client_id = of.id;
    made.product = given.product;
    made.principal = {given.each.minor * given.instalments, given.each.currency};
    // All paid: the last fell due yesterday.
    const auto next = given.next_due.value_or(plus_days(today, given.every_days - 1));
    for (int index = 0; index < given.instalments; ++index) {
        instalment part{};
        part.number = index + 1;
        part.due = plus_days(next, (index - given.paid) * given.every_days);
        part.total = part.principal = given.each;
        part.paid = {0, given.each.currency};
        if (index < given.paid) {
            part.paid = part.total;
            part.met_on = part.due;
        }
        made.schedule.push_back(part);
    }
    made.disbursed_on = plus_days(made.schedule.front().due, -given.every_days);
    made.matures_on = made.schedule.back().due;
    if (given.payoff) made.payoff = payoff_figure{*given.payoff, today};
    return made;
}

// What the test says of her goes over what is on file.
void change(client_facts& on_file, const given_facts& given, civil_date today) {
    auto& who = on_file.who;
    if (given.first_name) who.first_name = *given.first_name;
    if (given.courtesy) who.courtesy = *given.courtesy;
    if (given.officer) {
        on_file.credit_agent.reset();
        who.officer_id.clear();
        if (!given.officer->empty()) {
            who.officer_id = "given";
            who.met_officer = true;
            on_file.credit_agent =
                officer{.id = "given", .first_name = *given.officer, .courtesy = *given.officer};
        }
    }
    if (given.met_officer) who.met_officer = *given.met_officer;
    if (given.branch) {
        on_file.home_branch.reset();
        if (!given.branch->empty())
            on_file.home_branch = branch{.id = "given", .name = *given.branch};
    }
    if (given.pin) on_file.has_pin = !given.pin->empty();
    if (given.savings) {
        on_file.savings.clear();
        for (const auto& one : *given.savings) {
            on_file.savings.push_back(
                {.id = "given." + std::to_string(on_file.savings.size() + 1),
                 .client_id = who.id,
                 .product = one.product,
                 .balance = one.balance,
                 .available = one.available.value_or(one.balance)}
            );
        }
    }
    if (given.loans) {
        on_file.loans.clear();
        for (const auto& one : *given.loans) {
            on_file.loans.push_back(loan_of(one, on_file.loans.size() + 1, who, today));
        }
    }
}

std::function<secret_answer(std::string_view)> with_pin(std::string pin) {
    return [pin = std::move(pin)](std::string_view digits) {
        if (pin.empty()) return secret_answer::none_set;
        return digits == pin ? secret_answer::right : secret_answer::wrong;
    };
}

// Somebody becomes a client, a loan is paid out, a payment is posted.
std::string learn(stage& on, const given_facts& of, const language_tag& language) {
    if (on.known.clients.size() > 1) return "her number is that of several clients";
    client_facts on_file{};
    if (on.known.clients.empty()) {
        if (!of.first_name) return "nobody is on file here; first_name: says who becomes a client";
        on_file.who.id = "given";
        on_file.who.language = language;
    } else {
        on_file = *on.known.clients.front();
    }
    change(on_file, of, on.scripts().compiled().calendar->date_of(on.now));
    on.known.clients = {std::make_shared<const client_facts>(std::move(on_file))};
    on.known.as_of = on.now - age_of(on.known.core);
    if (of.pin) on.compare = with_pin(*of.pin);
    return {};
}

}  // namespace

stage set_the_stage(
    const std::shared_ptr<const script_set>& scripts,
    const given_facts& given,
    const staging& how,
    const rehearsal_cast& cast
) {
    const auto& script = scripts->compiled();
    const auto clock = given.at.value_or(monday_morning);
    stand_in her{.phone = stranger_phone};
    if (!given.person.empty()) {
        her = cast.find(given.person, clock.date);
    } else if (given.first_name) {
        client_facts nobody{};
        nobody.who.id = "given";
        her.clients.push_back(std::make_shared<const client_facts>(std::move(nobody)));
    }
    if (given.pin) her.pin = *given.pin;
    for (auto& on_file : her.clients) {
        auto changed = *on_file;
        if (her.clients.size() == 1) change(changed, given, clock.date);
        changed.who.language = given.language_unknown ? language_tag{} : how.language;
        if (how.whom) changed.who.maturity = *how.whom;
        on_file = std::make_shared<const client_facts>(std::move(changed));
    }

    if (!given.shared_with.empty()) {
        for (const auto& other : cast.find(given.shared_with, clock.date).clients) {
            her.clients.push_back(other);
        }
    }
    const auto seen_as = given.no_number ? identity{identity_kind::bsuid, "GT.15025"}
                                         : identity{identity_kind::phone, her.phone};
    stage made(scripts, given.channel, seen_as);
    if (given.no_number) {
        her.clients.clear();
    } else {
        made.known.phones = {her.phone};
    }
    made.now = script.calendar->at(clock.date, clock.hour, clock.minute);
    made.known.clients = her.clients;
    made.known.core = given.core;
    made.known.as_of = made.now - age_of(given.core);
    if (!given.payment_points.empty()) {
        made.known.payment_points = std::make_shared<const payment_point_map>(given.payment_points);
    }
    made.compare = with_pin(her.pin);
    // Who works on cases, at every desk: her own credit agent, or somebody else.
    staff_person at_desk{
        .id = "staff:Marta",
        .name = "Marta",
        .phone = colleague_phone,
        .desks = {"support"}};
    for (const auto& kind : script.cases) {
        if (!kind.to.empty()) at_desk.desks.push_back(kind.to);
        at_desk.desks.insert(
            at_desk.desks.end(), kind.escalate_to.begin(), kind.escalate_to.end()
        );
    }
    if (!given.another_at_desk && her.clients.size() == 1 && her.clients.front()->credit_agent) {
        const auto& agent = *her.clients.front()->credit_agent;
        at_desk.id = "officer:" + agent.id;
        at_desk.name = agent.courtesy.empty() ? agent.first_name : agent.courtesy;
        at_desk.branch_id = agent.branch_id;
    }
    made.seat(std::move(at_desk), how.language);
    for (const auto& one : given.referrers) made.referrers.emplace(one.code, one);
    if (given.works_here) made.known.staff = staff_person{.id = "staff:given", .phone = her.phone};
    auto& session = made.begin_from();
    if (!given.language_unknown) session.language = how.language;
    session.welcomed = !given.first_time;
    session.wishes.opted_out = given.opted_out;
    session.prefers = given.prefers;
    session.identity_key_hash = "her telephone";
    session.now = made.now;
    if (given.verified && her.clients.size() == 1) {
        (void)pin_was_right(session.proof, her.clients.front()->who.id, made.now);
    }
    return made;
}

std::string play(stage& on, const test_step& what, const language_tag& language) {
    if (const auto* typed = std::get_if<she_types>(&what.does)) {
        on.hear(typed_text{typed->text.in(language)});
    } else if (const auto* tap = std::get_if<she_taps>(&what.does)) {
        const auto& offered = tap->earlier ? on.earlier() : on.choices();
        std::string there_are;
        for (const auto& one : offered) {
            const auto name = on.name_of(one);
            if (name == tap->pick) {
                on.hear(tapped_choice{.id = one.id, .title = one.title});
                return {};
            }
            there_are += (there_are.empty() ? "" : ", ") + name;
        }
        if (offered.empty()) return "there is nothing to tap";
        return "there is no '" + tap->pick + "' to tap; there are: " + there_are;
    } else if (const auto* sent = std::get_if<she_sends>(&what.does)) {
        on.hear(sent->content, sent->device);
    } else if (const auto* pin = std::get_if<she_gives_pin>(&what.does)) {
        const auto awaited = on.awaits();
        if (awaited != (pin->is_code ? secret_kind::code : secret_kind::pin)) {
            return pin->is_code ? "nobody has asked for a code" : "nobody has asked for a PIN";
        }
        on.give_pin(pin->answer);
    } else if (const auto* time = std::get_if<time_passes>(&what.does)) {
        on.pass(time->time);
    } else if (const auto* agent = std::get_if<agent_acts>(&what.does)) {
        on.agent(agent->action);
    } else if (const auto* ad = std::get_if<comes_from_ad>(&what.does)) {
        on.hear(
            typed_text{ad->text.in(language)},
            {},
            referral{.source_type = "ad", .source_id = ad->id}
        );
    } else if (const auto* due = std::get_if<nudge_falls_due>(&what.does)) {
        if (!on.nudge(due->dialog)) return "no policy begins '" + due->dialog + "'";
    } else if (const auto* told = std::get_if<it_happens>(&what.does)) {
        on.happens(told->what);
    } else if (const auto* there = std::get_if<moves_to_channel>(&what.does)) {
        on.move_to(there->name);
    } else if (const auto* lost = std::get_if<said_is_lost>(&what.does)) {
        if (!on.lose(lost->means)) return "nothing has been said that could be lost";
    } else if (const auto* other = std::get_if<officer_does>(&what.does)) {
        if (other->pick.empty()) {
            on.colleague(typed_text{other->text.in(language)});
            return {};
        }
        std::string there_are;
        for (const auto& one : on.colleague_choices()) {
            const auto name = on.name_of(one);
            if (name == other->pick) {
                on.colleague(tapped_choice{.id = one.id, .title = one.title});
                return {};
            }
            there_are += (there_are.empty() ? "" : ", ") + name;
        }
        return "the officer has no '" + other->pick + "' to tap; there are: " + there_are;
    } else if (const auto* decided = std::get_if<application_becomes>(&what.does)) {
        return decide(on, *decided);
    } else if (const auto* paid = std::get_if<payment_appears>(&what.does)) {
        return pay(on, *paid);
    } else if (const auto* moved = std::get_if<referral_becomes>(&what.does)) {
        return become(on, *moved);
    } else if (const auto* news = std::get_if<core_has>(&what.does)) {
        on.pass(milliseconds{});
        return learn(on, *news->of, language);
    } else if (const auto* core = std::get_if<core_becomes>(&what.does)) {
        on.pass(milliseconds{});
        on.known.core = core->state;
        on.known.as_of = on.now - age_of(core->state);
    }
    return {};
}

}  // namespace tertulia::dialogs
