#include "gateway/portfolio/demo_cast.hpp"

namespace tertulia::gateway::demo {
namespace {

constexpr paid_how on_the_day{};
constexpr paid_how saved_up{.in_two_parts = true};

std::vector<paid_how> paid(std::size_t instalments, paid_how how = on_the_day) {
    return std::vector<paid_how>(instalments, how);
}

client someone(
    std::string id, std::string first, std::string last, std::string courtesy, std::string phone
) {
    client out{
        .id = std::move(id),
        .first_name = std::move(first),
        .last_name = std::move(last),
        .courtesy = std::move(courtesy),
        .phones = {std::move(phone)},
        .language = "es",
        .met_officer = true};
    return out;
}

}  // namespace

std::vector<cast_group> cast_groups() {
    return {{"P28D", 28, 5}, {"P28D", 28, 9}, {"P28D", 28, 2}, {"P28D", 28, 16}, {"P14D", 14, 3}};
}

std::vector<cast_member> cast() {
    std::vector<cast_member> all;

    all.push_back(
        {.who = someone("C0001", "Rosa", "Xicay", "doña Rosa", "+50255500101"),
         .loans =
             {{.id = "L0001",
               .group_id = "G01",
               .product = "Crédito comunal",
               .cycle = 3,
               .instalments = 10,
               .fallen_due = 4,
               .next_in_days = 5,
               .principal_each = 420'00,
               .interest_each = 45'00,
               .history = {on_the_day, saved_up, on_the_day, on_the_day}}},
         .savings = {{.id = "S0001", .product = "Ahorro programado", .balance = {612'35}, .available = {412'35}}},
         .pin = "482915",
         .note = "one loan, up to date: Q465.00 due in 5 days, Q2,790.00 left"}
    );
    all.back().who.group_id = "G01";

    all.push_back(
        {.who = someone("C0002", "Marta", "Orozco", "doña Marta", "+50255500102"),
         .loans =
             {{.id = "L0002",
               .group_id = "G02",
               .product = "Crédito comunal",
               .cycle = 5,
               .instalments = 12,
               .fallen_due = 4,
               .next_in_days = 9,
               .principal_each = 280'00,
               .interest_each = 30'00,
               .history = paid(4)},
              {.id = "L0003",
               .product = "Crédito escolar",
               .instalments = 6,
               .fallen_due = 3,
               .next_in_days = 16,
               .principal_each = 190'00,
               .interest_each = 15'00,
               .history = paid(3)}},
         .savings =
             {{.id = "S0002", .product = "Ahorro a la vista", .balance = {1'204'10}, .available = {1'204'10}},
              {.id = "S0003", .product = "Ahorro escolar", .balance = {300'00}, .available = {0}}},
         .pin = "830264",
         .note = "two loans: Q2,480.00 and Q615.00 left"}
    );
    all.back().who.group_id = "G02";
    all.back().who.maturity = archetype::experimenter;

    all.push_back(
        {.who = someone("C0003", "James", "Coc", "", "+50255500103"),
         .loans =
             {{.id = "L0004",
               .product = "Crédito individual",
               .cycle = 2,
               .instalments = 12,
               .fallen_due = 10,
               .next_in_days = 12,
               .principal_each = 1'000'00,
               .interest_each = 125'50,
               .history = paid(10)}},
         .pin = "619507",
         .note = "writes English; almost done: Q2,251.00 left in two instalments"}
    );
    all.back().who.language = "en";
    all.back().who.maturity = archetype::enabled;

    all.push_back(
        {.who = someone("C0004", "Awa", "Solares", "", "+50255500104"),
         .loans =
             {{.id = "L0005",
               .group_id = "G03",
               .product = "Crédito comunal",
               .instalments = 12,
               .fallen_due = 3,
               .next_in_days = 2,
               .principal_each = 250'00,
               .interest_each = 25'25,
               .history = paid(3)}},
         .pin = "358290",
         .note = "writes French: Q275.25 due in 2 days, Q2,477.25 left"}
    );
    all.back().who.language = "fr";
    all.back().who.group_id = "G03";

    all.push_back(
        {.who = someone("C0005", "Elena", "Batz", "doña Elena", "+50255500105"),
         .loans =
             {{.id = "L0006",
               .group_id = "G04",
               .product = "Crédito comunal",
               .cycle = 2,
               .instalments = 10,
               .fallen_due = 5,
               .next_in_days = 16,
               .principal_each = 340'00,
               .interest_each = 40'00,
               .history =
                   {on_the_day,
                    {.days_late = 4},
                    on_the_day,
                    {.days_late = 6},
                    {.days_late = 5, .minor = 100'00}}}},
         .pin = "947163",
         .note = "12 days late with Q280.00; Q2,180.00 left"}
    );
    all.back().who.group_id = "G04";
    all.back().who.maturity = archetype::nascent;

    all.push_back(
        {.who = someone("C0006", "Ana", "Pineda", "doña Ana", "+50255500106"),
         .pin = "506832",
         .note = "a client without a loan"}
    );
    all.back().who.maturity = archetype::experimenter;

    for (const bool older : {true, false}) {
        all.push_back(
            {.who = older ? someone("C0007", "Lucía", "Tzoc", "doña Lucía", "+50255500107")
                          : someone("C0008", "Carmen", "Tzoc", "doña Carmen", "+50255500107"),
             .loans =
                 {{.id = older ? "L0007" : "L0008",
                   .group_id = "G05",
                   .product = "Crédito comunal",
                   .instalments = 12,
                   .fallen_due = 6,
                   .next_in_days = 3,
                   .days_apart = 14,
                   .principal_each = older ? 200'00 : 150'00,
                   .interest_each = older ? 20'00 : 15'00,
                   .history = paid(6)}},
             .pin = older ? "193740" : "725018",
             .note = "one of two sisters who share this telephone: nobody is known on it"}
        );
        all.back().who.group_id = "G05";
        all.back().who.maturity = archetype::nascent;
    }

    all.push_back(
        {.who = someone("C0009", "Julia", "Lemus", "doña Julia", "+50255500108"),
         .loans =
             {{.id = "L0009",
               .product = "Crédito individual",
               .instalments = 8,
               .fallen_due = 0,
               .next_in_days = 20,
               .principal_each = 500'00,
               .interest_each = 60'00}},
         .note = "new, her first loan, no PIN yet: Q4,480.00 left"}
    );
    all.back().who.met_officer = false;

    int number = 0;
    for (auto& each : all) {
        each.who.branch_id = "B1";
        each.who.officer_id = "O01";
        each.who.village = number++ % 2 == 0 ? "Guatemala" : "Mixco";
        for (auto& owed : each.loans) owed.client_id = each.who.id;
        for (auto& saved : each.savings) saved.client_id = each.who.id;
    }
    return all;
}

}  // namespace tertulia::gateway::demo

namespace tertulia::gateway {

std::vector<demo_person> demo_people() {
    std::vector<demo_person> out;
    for (auto& each : demo::cast()) {
        out.push_back(
            {.name = each.who.first_name,
             .phone = each.who.phones.front(),
             .language = each.who.language,
             .note = each.note,
             .pin = each.pin,
             .client_id = each.who.id}
        );
    }
    out.push_back(
        {.name = "A stranger",
         .phone = demo::stranger_phone,
         .language = "es",
         .note = "a number no client has"}
    );
    return out;
}

}  // namespace tertulia::gateway
