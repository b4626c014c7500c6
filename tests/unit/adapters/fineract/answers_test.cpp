// Every answer the gateway reads, from samples in the server's shape, and what spoils each.

#include "adapters/fineract/answers.hpp"

#include "dialogs/facts/arrears.hpp"
#include "tests/unit/adapters/fineract/corpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::adapters::fineract {
namespace {

using std::chrono::year;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(fineract_answers, a_client) {
    const auto read = parse_client(sample("client.json")).value();
    ASSERT_THAT(read.broken, IsEmpty());
    const auto& her = read.found.at(0);
    EXPECT_EQ(her.what.id, "27");
    EXPECT_EQ(her.external_id, "GT-0027");
    EXPECT_EQ(her.what.first_name, "Marta");
    EXPECT_EQ(her.what.last_name, "Xol Caal");
    EXPECT_EQ(her.mobile, "50255551234");
    EXPECT_EQ(her.what.born, civil_date(year{1988} / 6 / 2));
    EXPECT_EQ(her.what.branch_id, "3");
    EXPECT_EQ(her.what.officer_id, "9");
    EXPECT_EQ(her.what.group_id, "5");
    EXPECT_EQ(her.what.status, client_status::active);
}

TEST(fineract_answers, a_row_that_makes_no_sense_leaves_the_page_alone) {
    const auto read = parse_clients(sample("clients_page.json")).value();
    EXPECT_EQ(read.total, 4);
    EXPECT_EQ(read.rows, 4U);
    ASSERT_EQ(read.found.size(), 3U);
    EXPECT_EQ(read.found[1].what.first_name, "Panadería El Trigo");
    EXPECT_EQ(read.found[1].what.status, client_status::closed);
    EXPECT_EQ(read.found[2].mobile, "+502 5555-9876");
    ASSERT_EQ(read.broken.size(), 1U);
    EXPECT_EQ(read.broken[0].id, "29");
    EXPECT_THAT(read.broken[0].reason, HasSubstr("status"));
}

TEST(fineract_answers, offices_and_staff_are_bare_lists) {
    const auto offices = parse_offices(sample("offices.json")).value();
    EXPECT_FALSE(offices.total);
    EXPECT_EQ(offices.found.at(1).what.name, "Cobán");
    const auto staff = parse_staff(sample("staff.json")).value();
    EXPECT_EQ(staff.found.at(0).what.first_name, "Brenda");
    EXPECT_EQ(staff.found.at(0).what.branch_id, "3");
    EXPECT_TRUE(staff.found.at(0).loan_officer);
    EXPECT_FALSE(staff.found.at(1).active);
}

TEST(fineract_answers, groups_with_their_calendar) {
    const auto listed = parse_groups(sample("groups_page.json")).value();
    EXPECT_EQ(listed.found.at(0).what.meeting_rhythm, "");
    EXPECT_EQ(listed.found.at(0).centre_id, "2");
    const auto one = parse_group(sample("group.json")).value().found.at(0);
    EXPECT_EQ(one.what.meeting_rhythm, "P14D");
    EXPECT_EQ(one.what.meeting_time, "10:00");
    EXPECT_EQ(one.what.next_meeting, civil_date(year{2026} / 11 / 30));
    EXPECT_THAT(one.members, ElementsAre("27", "31"));
    EXPECT_EQ(one.calendar_id, "14");
    ASSERT_EQ(one.roles.size(), 1U);
    EXPECT_EQ(one.roles[0].client_id, "27");
    EXPECT_EQ(one.roles[0].name, "Presidenta");
    const auto calendars = parse_calendars(sample("calendars.json")).value().found;
    EXPECT_TRUE(calendars.at(0).collection);
    EXPECT_THAT(
        calendars.at(0).coming,
        ElementsAre(civil_date(year{2026} / 12 / 7), civil_date(year{2027} / 1 / 4))
    );
    EXPECT_EQ(calendars.at(1).rhythm, "P24M");
    EXPECT_FALSE(calendars.at(1).collection);
    const auto met = parse_meetings(sample("meetings.json")).value().found.at(0);
    EXPECT_THAT(met.attendance, ElementsAre(Pair("27", 1), Pair("31", 2)));
}

TEST(fineract_answers, a_loan_to_the_cent) {
    const auto row = parse_loan(sample("loan.json")).value().found.at(0);
    const auto& her = row.what;
    EXPECT_EQ(her.id, "81");
    EXPECT_EQ(her.client_id, "27");
    EXPECT_EQ(her.group_id, "5");
    EXPECT_EQ(her.cycle, 2);
    EXPECT_EQ(her.principal, money{120'000});
    EXPECT_EQ(her.disbursed_on, civil_date(year{2026} / 8 / 3));
    EXPECT_EQ(her.matures_on, civil_date(year{2026} / 12 / 28));
    ASSERT_EQ(her.schedule.size(), 3U) << "the disbursal is no instalment";
    EXPECT_EQ(her.schedule[0].number, 1) << "by number";
    EXPECT_EQ(her.schedule[0].met_on, civil_date(year{2026} / 10 / 6));
    EXPECT_EQ(her.schedule[1].paid, money{6'499});
    EXPECT_FALSE(her.schedule[1].met_on);
    EXPECT_EQ(outstanding(her), money{93'001});
    EXPECT_EQ(row.outstanding_told, money{93'001});
    EXPECT_EQ(overdue(her, year{2026} / 11 / 23), money{40'001});
    EXPECT_EQ(row.overdue_told, money{40'001});
    EXPECT_EQ(days_past_due(her, year{2026} / 11 / 23), row.days_late_told);
    ASSERT_EQ(her.payments.size(), 2U) << "neither disbursal nor accrual is hers";
    EXPECT_TRUE(her.payments[0].reversed) << "newest first";
    EXPECT_EQ(her.payments[1].place, "Banrural");
}

TEST(fineract_answers, a_loan_with_half_a_cent_in_it_is_broken_and_not_rounded) {
    const auto read = parse_loan(sample("loan_half_a_cent.json")).value();
    EXPECT_THAT(read.found, IsEmpty());
    EXPECT_EQ(read.broken.at(0).id, "82");
    EXPECT_THAT(read.broken.at(0).reason, HasSubstr("amount"));
}

TEST(fineract_answers, a_loan_that_lacks_what_counts_is_broken) {
    for (const auto* wrong :
         {R"({"id":1,"status":{"id":300},"currency":{"code":"GTQ"},"principal":1})",
          R"({"id":1,"status":{"id":300},"currency":{"code":"Q"},"principal":1})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"}})",
          R"({"id":1,"status":{"id":301},"currency":{"code":"GTQ"},"principal":1})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"},"principal":-1})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"},"principal":1,"repaymentSchedule":
              {"periods":[{"period":1,"dueDate":[2026,2,30],"totalDueForPeriod":1}]}})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"},"principal":1,"repaymentSchedule":
              {"periods":[{"period":1,"dueDate":[2026,2,1],"totalDueForPeriod":1},
                          {"period":1,"dueDate":[2026,3,1],"totalDueForPeriod":1}]}})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"},"principal":1,"repaymentSchedule":
              {"periods":[{"period":1,"dueDate":[2026,2,1],"totalDueForPeriod":1,
                           "totalPaidForPeriod":2}]}})",
          R"({"id":1,"status":{"id":600},"currency":{"code":"GTQ"},"principal":1,"transactions":
              [{"id":3,"type":{"id":2},"amount":5}]})",
          R"({"status":{"id":600},"currency":{"code":"GTQ"},"principal":1})"}) {
        const auto read = parse_loan(wrong);
        ASSERT_TRUE(read) << wrong;
        EXPECT_THAT(read->found, IsEmpty()) << wrong;
        EXPECT_EQ(read->broken.size(), 1U) << wrong;
    }
}

TEST(fineract_answers, what_was_waived_is_not_owed) {
    const auto read = parse_loan(
        R"({"id":1,"status":{"id":300},"currency":{"code":"GTQ"},"principal":100,
            "repaymentSchedule":{"periods":[{"period":1,"dueDate":[2026,2,1],"principalDue":100,
            "totalDueForPeriod":110,"totalPaidForPeriod":40,"totalWaivedForPeriod":10,
            "totalOutstandingForPeriod":60}]}})");
    EXPECT_EQ(outstanding(read->found.at(0).what), money{6'000});
}

TEST(fineract_answers, the_list_of_loans_tells_what_changed) {
    const auto read = parse_loan_list(sample("loans_page.json")).value();
    ASSERT_EQ(read.found.size(), 2U);
    EXPECT_EQ(read.found[0].client_id, "27");
    EXPECT_EQ(read.found[1].client_id, "") << "a group's own";
    EXPECT_EQ(read.found[1].status, loan_status::written_off);
    EXPECT_NE(read.found[0].fingerprint, read.found[1].fingerprint);
    EXPECT_EQ(read.broken.at(0).id, "91");
}

TEST(fineract_answers, savings_products_charges_and_names) {
    const auto savings = parse_savings(sample("savings.json")).value().found.at(0);
    EXPECT_EQ(savings.balance, money{25'050});
    EXPECT_EQ(savings.available, money{20'050});
    EXPECT_TRUE(savings.active);
    const auto page = parse_savings_list(
        R"({"totalFilteredRecords":3,"pageItems":[)" + sample("savings.json") +
        R"(,{"id":13,"clientId":27,"savingsProductName":"Nuevo","status":{"id":200},)"
        R"("currency":{"code":"GTQ","decimalPlaces":2}},)"
        R"({"id":14,"status":{"id":300},"currency":{"code":"GTQ","decimalPlaces":2},)"
        R"("summary":{"accountBalance":"lots"}}]})"
    );
    ASSERT_EQ(page.value().found.size(), 2U);
    EXPECT_EQ(page.value().total, 3);
    EXPECT_EQ(page.value().found[0].available, money{20'050});
    EXPECT_EQ(page.value().found[1].balance, money{0}) << "nobody has paid into it yet";
    EXPECT_FALSE(page.value().found[1].active);
    EXPECT_EQ(page.value().broken.at(0).id, "14");
    const auto products = parse_products(sample("products.json")).value();
    EXPECT_EQ(products.found.at(0).currency.in_multiples_of, 100);
    EXPECT_EQ(products.found.at(0).principal_most, money{800'000});
    EXPECT_FALSE(products.found.at(1).active);
    EXPECT_EQ(products.broken.at(0).id, "4");
    const auto charges = parse_charges(sample("charges.json")).value().found;
    EXPECT_EQ(charges.at(0).amount, money{2'500});
    EXPECT_EQ(charges.at(1).percent, "2.500000");
    EXPECT_TRUE(charges.at(1).penalty);
    EXPECT_EQ(parse_payment_types(sample("payment_types.json")).value().found.at(0).name, "Banrural");
}

TEST(fineract_answers, notes_accounts_search_payoff_and_business_date) {
    const auto notes = parse_notes(sample("notes.json")).value().found;
    EXPECT_EQ(notes.at(0).text, "Promete pagar el viernes");
    EXPECT_EQ(
        *notes.at(1).at - *notes.at(0).at, std::chrono::milliseconds{48'880}
    ) << "a list of numbers and an ISO text";
    const auto hers = parse_accounts(sample("accounts.json")).value();
    EXPECT_THAT(hers.loans, ElementsAre("81"));
    EXPECT_THAT(hers.savings, ElementsAre("12"));
    const auto hits = parse_search(sample("search.json")).value();
    EXPECT_EQ(hits.found.at(0).id, "27");
    EXPECT_EQ(hits.found.size(), 1U) << "a loan is no client";
    const auto all = parse_payoff(sample("payoff.json"), {}).value();
    EXPECT_EQ(all.total, money{174'550});
    EXPECT_EQ(parse_business_date(sample("business_date.json")).value(),
              civil_date(year{2026} / 11 / 23));
    EXPECT_FALSE(parse_business_date("[]").value());
}

TEST(fineract_answers, a_page_that_is_none_is_an_error) {
    EXPECT_EQ(parse_clients("{\"totalFilteredRecords\":2,\"pageIt").error(), errc::not_json);
    EXPECT_EQ(parse_clients("{}").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_clients("7").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_clients(R"({"totalFilteredRecords":3})").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_loan("[]").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_accounts("[]").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_payoff("{}", {}).error(), errc::unexpected_shape);
    EXPECT_EQ(parse_business_date("{}").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_clients(R"({"totalFilteredRecords":0})")->rows, 0U);
    EXPECT_EQ(parse_clients(R"([1,{"id":1}])")->broken.size(), 2U);
    EXPECT_THAT(make_error_code(errc::not_json).message(), HasSubstr("cut off"));
}

}  // namespace
}  // namespace tertulia::adapters::fineract
