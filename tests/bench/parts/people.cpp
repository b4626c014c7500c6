#include "tests/bench/parts/people.hpp"

#include "tests/bench/parts/webhook.hpp"

#include <cstdio>
#include <sstream>

namespace tertulia::bench {
namespace {

using namespace std::chrono;

constexpr int instalments = 12;
constexpr std::int64_t instalment_minor = 31'260;
constexpr int days_apart = 28;

// Spread, so that not everybody pays on one day; the next one is always ahead.
sys_days first_due(std::size_t person, instant now, std::optional<civil_date> next = {}) {
    const auto paid = static_cast<int>(person % 9) + 1;
    const auto ahead = next ? sys_days{*next} : floor<days>(now) + days{2 + static_cast<int>(person % 20)};
    return ahead - days{days_apart * paid};
}

std::vector<instalment> schedule_of(sys_days begins, instant now) {
    std::vector<instalment> out;
    for (int i = 0; i < instalments; ++i) {
        const auto due = begins + days{days_apart * i};
        const bool met = due < floor<days>(now);
        instalment one{.number = i + 1, .due = civil_date{due}};
        one.total.minor = instalment_minor;
        one.principal.minor = instalment_minor - 3'000;
        if (met) {
            one.paid = one.total;
            one.met_on = one.due;
        }
        out.push_back(one);
    }
    return out;
}

std::string iso(civil_date date) {
    char text[16];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())
    );
    return text;
}

std::shared_ptr<const facts> known_of(std::size_t person, instant now, sys_days begins) {
    auto one = std::make_shared<client_facts>();
    const auto name = std::to_string(person);
    one->who = {
        .id = "C" + name,
        .first_name = "Rosa",
        .last_name = "Morales",
        .phones = {"+" + phone_of(person)},
        .language = "es",
        .branch_id = "B1",
        .officer_id = "O1",
    };
    one->who.courtesy = "doña Rosa";
    one->credit_agent = officer{
        .id = "O1", .first_name = "Brenda", .courtesy = "seño Brenda", .phone = "+50255500001",
        .branch_id = "B1"};
    one->home_branch = branch{.id = "B1", .name = "Sololá", .phone = "+50277620001"};
    loan owed{
        .id = "L" + name,
        .client_id = one->who.id,
        .product = "Grupal",
        .disbursed_on = civil_date{begins - days{days_apart}},
        .matures_on = civil_date{begins + days{days_apart * (instalments - 1)}},
        .schedule = schedule_of(begins, now),
    };
    owed.principal.minor = instalments * (instalment_minor - 3'000);
    one->loans.push_back(std::move(owed));
    one->has_pin = true;
    auto out = std::make_shared<facts>();
    out->clients.push_back(std::move(one));
    out->as_of = now;
    return out;
}

}  // namespace

std::shared_ptr<const facts> facts_of(std::size_t person, instant now) {
    return known_of(person, now, first_due(person, now));
}

std::vector<adapters::ledger::file> portfolio_files(
    std::size_t people, instant now, std::optional<civil_date> due
) {
    std::ostringstream clients;
    std::ostringstream loans;
    std::ostringstream schedule;
    clients << "id,first_name,last_name,courtesy,phone,language,branch_id,officer_id\n";
    loans << "id,client_id,product,currency,principal,disbursed_on,matures_on\n";
    schedule << "loan_id,number,due,total,principal,paid,met_on\n";
    for (std::size_t i = 0; i < people; ++i) {
        const auto known = known_of(i, now, first_due(i, now, due));
        const auto& owed = known->clients.front()->loans.front();
        clients << 'C' << i << ",Rosa,Morales,doña Rosa,+" << phone_of(i) << ",es,B1,O1\n";
        loans << owed.id << ',' << owed.client_id << ",Grupal,GTQ," << decimal(owed.principal) << ','
              << iso(owed.disbursed_on) << ',' << iso(owed.matures_on) << '\n';
        for (const auto& one : owed.schedule) {
            schedule << owed.id << ',' << one.number << ',' << iso(one.due) << ','
                     << decimal(one.total) << ',' << decimal(one.principal) << ','
                     << decimal(one.paid) << ',' << (one.met_on ? iso(*one.met_on) : "") << '\n';
        }
    }
    return {
        {"branches.csv", "id,name,phone\nB1,Sololá,+50277620001\n"},
        {"officers.csv",
         "id,first_name,courtesy,phone,branch_id\nO1,Brenda,seño Brenda,+50255500001,B1\n"},
        {"clients.csv", std::move(clients).str()},
        {"loans.csv", std::move(loans).str()},
        {"schedule.csv", std::move(schedule).str()},
    };
}

}  // namespace tertulia::bench
