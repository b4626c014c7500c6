// Claims and promises as tables: a line each time one changed.

#include "gateway/applications/application_export.hpp"

#include "dialogs/services/payment_claims.hpp"
#include "dialogs/services/payment_promises.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

constexpr civil_date monday{std::chrono::year{2026} / 11 / 23};
constexpr instant morning = std::chrono::sys_days{monday} + std::chrono::hours{16};

TEST(application_export, a_claim_is_a_line_in_figures) {
    const dialogs::payment_claim said{
        .number = "P17-1",
        .loan_id = "L|1",
        .amount = {25'000},
        .paid_on = monday,
        .receipt = "BR77812",
        .case_number = "17-1",
        .state = dialogs::claim_state::seen,
        .payment_id = "901"};
    const std::vector<kept_record> all{
        {7, party_id{17}, morning, "payment_claim", dialogs::record_of(said)}};
    EXPECT_EQ(
        csv_of_claims(all),
        "id,at,conversation,claim,state,loan_id,amount,currency,paid_on,receipt,case,payment_id\r\n"
        "7,2026-11-23T16:00:00Z,17,\"P17-1\",\"seen\",\"L/1\",250.00,GTQ,\"2026-11-23\","
        "\"BR77812\",\"17-1\",\"901\"\r\n"
    );
}

TEST(application_export, what_she_did_not_say_is_empty) {
    const dialogs::payment_promise said{.loan_id = "L1", .on = monday};
    const std::vector<kept_record> all{
        {8, party_id{17}, morning, "payment_promise", dialogs::record_of(said)}};
    EXPECT_EQ(
        csv_of_promises(all),
        "id,at,conversation,loan_id,on,amount,currency,state,case\r\n"
        "8,2026-11-23T16:00:00Z,17,\"L1\",\"2026-11-23\",,,\"open\",\"\"\r\n"
    );
}

}  // namespace
}  // namespace tertulia::gateway
