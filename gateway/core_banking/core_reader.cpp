#include "gateway/core_banking/core_reader.hpp"

#include "gateway/core_banking/core_merge.hpp"
#include "gateway/portfolio/calling_code.hpp"

#include <utility>

namespace tertulia::gateway {
namespace {

namespace fineract = adapters::fineract;
namespace ledger = adapters::ledger;
using fineract::core_reaction;

constexpr std::size_t notes_max = 20;

// An answer that came with 200 and is not what was asked for: cut off on the way, most likely.
core_trouble unreadable(const boost::system::error_code& why) {
    return {core_reaction::same_again, why.message(), {}};
}

void has(core_found& out, ledger::kind what) {
    out.what.present[static_cast<std::size_t>(what)] = true;
}

// A row that could not be read was seen all the same: the copy we have stays.
template <class Row>
void note_broken(const fineract::page<Row>& page, const char* kind, core_found& out) {
    for (const auto& each : page.broken) {
        ++out.broken;
        if (!each.id.empty()) out.seen.push_back({kind, each.id, {}});
        if (out.notes.size() < notes_max) {
            out.notes.push_back(std::string{kind} + " " + each.id + ": " + each.reason);
        }
    }
}

template <class Row>
void count(const fineract::page<Row>& page, core_found& out) {
    out.rows = static_cast<std::int64_t>(page.rows);
    out.total = page.total.value_or(-1);
}

bool may_change(loan_status status) {
    return status == loan_status::submitted || status == loan_status::approved ||
           status == loan_status::active;
}

}  // namespace

core_reader::core_reader(core_rows& known, reader_settings how, core_caller call)
    : known_{known}, how_{std::move(how)}, call_{std::move(call)} {}

std::vector<core_reader::answered> core_reader::ask(std::vector<adapters::outbound_request> calls) {
    std::vector<answered> out;
    if (calls.empty()) return out;
    for (auto& each : call_(std::move(calls))) {
        auto& one = out.emplace_back();
        if (!each) {
            one.trouble = {core_reaction::same_again, "core banking does not answer", {}};
            continue;
        }
        auto judged = fineract::judge(*each, fineract::call_kind::read);
        if (judged.reaction == core_reaction::done) {
            one.body = std::move(each->body);
        } else {
            one.trouble = {judged.reaction, std::move(judged.reason), judged.after};
        }
    }
    return out;
}

core_reader::answered core_reader::ask_one(adapters::outbound_request call) {
    std::vector<adapters::outbound_request> calls;
    calls.push_back(std::move(call));
    auto answers = ask(std::move(calls));
    if (answers.size() == 1) return std::move(answers.front());
    return {.trouble = core_trouble{core_reaction::same_again, "core banking does not answer", {}}};
}

core_found core_reader::read_page(const sync_cursor& at, civil_date today) {
    core_found out;
    switch (at.stage) {
        case sync_stage::offices:
            read_offices(out);
            break;
        case sync_stage::staff:
            read_staff(out);
            break;
        case sync_stage::groups:
            read_groups(at, out);
            break;
        case sync_stage::clients:
            read_clients(at, out);
            break;
        case sync_stage::loans:
            read_loans(at, today, out);
            break;
        case sync_stage::savings:
            read_savings(at, out);
            break;
    }
    return out;
}

// One page of a list, counted; nothing where there is none, and then `out` says why.
template <class Parse>
auto core_reader::list_page(
    fineract::list of, std::int64_t from, Parse parse, const char* kind, core_found& out
) {
    using result = decltype(parse(std::string{}));
    auto got = ask_one(fineract::render_list(of, from, how_.access));
    if (out.trouble = std::move(got.trouble); out.trouble) {
        return std::optional<typename result::value_type>{};
    }
    auto page = parse(got.body);
    if (!page) {
        out.trouble = unreadable(page.error());
        return std::optional<typename result::value_type>{};
    }
    count(*page, out);
    note_broken(*page, kind, out);
    return std::optional{std::move(*page)};
}

void core_reader::read_offices(core_found& out) {
    auto page = list_page(fineract::list::offices, 0, fineract::parse_offices, "office", out);
    if (!page) return;
    has(out, ledger::kind::branches);
    for (auto& each : page->found) {
        out.seen.push_back({"office", each.what.id, {}});
        out.what.branches.push_back(std::move(each.what));
    }
}

void core_reader::read_staff(core_found& out) {
    auto page = list_page(fineract::list::staff, 0, fineract::parse_staff, "staff", out);
    if (!page) return;
    has(out, ledger::kind::officers);
    for (auto& each : page->found) {
        out.seen.push_back({"staff", each.what.id, {}});
        each.what.phone = e164_of(each.mobile, how_.country);
        out.what.officers.push_back(std::move(each.what));
    }
}

// The list has neither members nor calendar: those are the group's own, read when its row is
// another, and in every sweep.
void core_reader::read_groups(const sync_cursor& at, core_found& out) {
    auto page = list_page(fineract::list::groups, at.position, fineract::parse_groups, "group", out);
    if (!page) return;
    std::vector<std::pair<std::string, std::string>> wanted;
    for (const auto& each : page->found) {
        if (at.kind == round_kind::sweep ||
            known_.fingerprint("group", each.what.id) != each.fingerprint) {
            wanted.emplace_back(each.what.id, each.fingerprint);
        } else {
            out.seen.push_back({"group", each.what.id, {}});
        }
    }
    read_group_details(wanted, out);
}

void core_reader::read_group_details(
    const std::vector<std::pair<std::string, std::string>>& wanted, core_found& out
) {
    std::vector<adapters::outbound_request> calls;
    for (const auto& [id, print] : wanted) calls.push_back(fineract::render_group(id, how_.access));
    auto answers = ask(std::move(calls));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto& [id, print] = wanted[i];
        auto& got = answers[i];
        if (got.trouble && got.trouble->reaction == core_reaction::gone) {
            out.gone = true;
            continue;
        }
        if (got.trouble) {
            out.trouble = std::move(got.trouble);
            return;
        }
        auto page = fineract::parse_group(got.body);
        if (!page) {
            out.trouble = unreadable(page.error());
            return;
        }
        note_broken(*page, "group", out);
        for (auto& each : page->found) {
            has(out, ledger::kind::groups);
            out.seen.push_back({"group", id, print});
            out.members.emplace_back(id, std::move(each.members));
            out.offices.push_back({id, std::move(each.roles), std::move(each.calendar_id)});
            out.what.groups.push_back(std::move(each.what));
        }
    }
}

void core_reader::add_client(fineract::client_row row, core_found& out) {
    auto& who = row.what;
    if (who.group_id.empty()) who.group_id = known_.group_of(who.id);
    if (auto phone = e164_of(row.mobile, how_.country); !phone.empty()) {
        who.phones.push_back(std::move(phone));
    } else if (!row.mobile.empty() && out.notes.size() < notes_max) {
        out.notes.push_back("client " + who.id + ": a mobileNo that is no telephone number");
    }
    who.language = how_.language;
    has(out, ledger::kind::clients);
    out.seen.push_back({"client", who.id, {}});
    out.what.clients.push_back(std::move(who));
}

void core_reader::read_clients(const sync_cursor& at, core_found& out) {
    auto page = list_page(fineract::list::clients, at.position, fineract::parse_clients, "client", out);
    if (!page) return;
    for (auto& each : page->found) add_client(std::move(each), out);
}

void core_reader::read_loans(const sync_cursor& at, civil_date today, core_found& out) {
    auto page = list_page(fineract::list::loans, at.position, fineract::parse_loan_list, "loan", out);
    if (!page) return;
    std::vector<std::pair<std::string, std::string>> wanted;
    for (const auto& each : page->found) {
        const bool again = (at.kind == round_kind::sweep && may_change(each.status)) ||
                           known_.fingerprint("loan", each.id) != each.fingerprint;
        if (!each.client_id.empty() && again) {
            wanted.emplace_back(each.id, each.fingerprint);
        } else {
            out.seen.push_back({"loan", each.id, {}});
        }
    }
    read_loan_details(wanted, today, out);
}

void core_reader::read_loan_details(
    const std::vector<std::pair<std::string, std::string>>& wanted,
    civil_date today,
    core_found& out
) {
    std::vector<loan> found;
    std::vector<adapters::outbound_request> calls;
    for (const auto& [id, print] : wanted) calls.push_back(fineract::render_loan(id, how_.access));
    auto answers = ask(std::move(calls));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto& [id, print] = wanted[i];
        auto& got = answers[i];
        if (got.trouble && got.trouble->reaction == core_reaction::locked) {
            out.seen.push_back({"loan", id, {}});
            out.later.push_back(id);
            continue;
        }
        if (got.trouble && got.trouble->reaction == core_reaction::gone) {
            out.gone = true;
            continue;
        }
        if (got.trouble) {
            out.trouble = std::move(got.trouble);
            return;
        }
        const auto page = fineract::parse_loan(got.body);
        if (!page) {
            out.trouble = unreadable(page.error());
            return;
        }
        note_broken(*page, "loan", out);
        for (const auto& each : page->found) {
            out.seen.push_back({"loan", id, print});
            found.push_back(each.what);
        }
    }
    read_payoffs(found, today, out);
    for (const auto& each : found) add_loan(each, out.what);
}

// What closes a running loan today. Core banking may refuse to say (a product that cannot be
// prepaid, a loan locked for the night): then nobody is told a figure.
void core_reader::read_payoffs(std::vector<loan>& of, civil_date today, core_found& out) {
    std::vector<adapters::outbound_request> calls;
    std::vector<loan*> running;
    for (auto& each : of) {
        if (each.status != loan_status::active) continue;
        calls.push_back(fineract::render_payoff(each.id, today, how_.access));
        running.push_back(&each);
    }
    auto answers = ask(std::move(calls));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& got = answers[i];
        if (got.trouble) {
            const auto why = got.trouble->reaction;
            const bool passes = why == core_reaction::same_again || why == core_reaction::slow_down ||
                                why == core_reaction::stop;
            if (!passes) continue;
            out.trouble = std::move(got.trouble);
            return;
        }
        const auto told = fineract::parse_payoff(got.body, running[i]->principal.currency);
        if (!told) {
            out.trouble = unreadable(told.error());
            return;
        }
        running[i]->payoff = payoff_figure{told->total, told->on};
    }
}

// Those of a group as such are nobody's own.
void core_reader::add_savings(const fineract::page<fineract::savings_row>& page, core_found& out) {
    note_broken(page, "savings", out);
    for (const auto& each : page.found) {
        out.seen.push_back({"savings", each.id, {}});
        if (each.client_id.empty()) continue;
        has(out, ledger::kind::savings);
        out.what.savings.push_back(
            {.id = each.id,
             .client_id = each.client_id,
             .product = each.product,
             .balance = each.balance,
             .available = each.available,
             .active = each.active}
        );
    }
}

// An institution that keeps no savings here gives the role no permission for them.
void core_reader::read_savings(const sync_cursor& at, core_found& out) {
    auto got = ask_one(fineract::render_list(fineract::list::savings, at.position, how_.access));
    if (got.trouble && got.trouble->reaction == core_reaction::not_allowed) {
        out.notes.emplace_back("savings are not read: the role lacks READ_SAVINGSACCOUNT");
        return;
    }
    if (out.trouble = std::move(got.trouble); out.trouble) return;
    const auto page = fineract::parse_savings_list(got.body);
    if (!page) {
        out.trouble = unreadable(page.error());
        return;
    }
    count(*page, out);
    add_savings(*page, out);
}

void core_reader::read_one_savings(std::string_view id, core_found& out) {
    auto got = ask_one(fineract::render_savings(id, how_.access));
    if (got.trouble && got.trouble->reaction == core_reaction::gone) {
        out.gone = true;
        return;
    }
    if (out.trouble = std::move(got.trouble); out.trouble) return;
    const auto page = fineract::parse_savings(got.body);
    if (!page) {
        out.trouble = unreadable(page.error());
        return;
    }
    add_savings(*page, out);
}

core_found core_reader::read_record(
    std::string_view kind, std::string_view id, civil_date today
) {
    core_found out;
    const std::vector<std::pair<std::string, std::string>> wanted{{std::string{id}, {}}};
    if (kind == "loan") {
        read_loan_details(wanted, today, out);
    } else if (kind == "savings") {
        read_one_savings(id, out);
    } else if (kind == "group") {
        read_group_details(wanted, out);
    } else {
        auto got = ask_one(fineract::render_client(id, how_.access));
        if (got.trouble && got.trouble->reaction == core_reaction::gone) {
            out.gone = true;
            return out;
        }
        if (out.trouble = std::move(got.trouble); out.trouble) return out;
        auto page = fineract::parse_client(got.body);
        if (!page) {
            out.trouble = unreadable(page.error());
            return out;
        }
        note_broken(*page, "client", out);
        for (auto& each : page->found) add_client(std::move(each), out);
    }
    return out;
}

}  // namespace tertulia::gateway
