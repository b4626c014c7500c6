// What she says of her payments, receipts, and payments on loans that are paid off came with format 9
// of the rows.

#include "dialogs/engine/step.hpp"
#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

constexpr civil_date monday{std::chrono::year{2026} / 11 / 23};

std::string bytes_of(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(payments_row, a_session_comes_back_whole) {
    dialogs::session full{};
    full.claims = {
        {.number = "P1-1",
         .client_id = "C1",
         .loan_id = "L1",
         .amount = {25'000},
         .paid_on = monday,
         .receipt = "BR77812",
         .media = {"wamid.1"},
         .said_at = from_millis(5),
         .case_number = "1-1",
         .state = dialogs::claim_state::seen,
         .changed_at = from_millis(6),
         .payment_id = "901",
         .told = true}};
    full.claims_said = 1;
    full.promises = {
        {.client_id = "C1",
         .loan_id = "L1",
         .on = monday,
         .amount = {30'000},
         .made_at = from_millis(7),
         .made_on = monday,
         .state = dialogs::promise_state::broken,
         .changed_at = from_millis(8),
         .case_number = "1-2",
         .told = true}};
    full.hardship = {from_millis(9), "illness", "part_payment", monday, "1-3"};
    EXPECT_EQ(decode_session(bytes_of(full)), full);
}

TEST(payments_row, a_row_that_claims_less_than_it_holds_is_damaged) {
    auto too_long = bytes_of({});
    too_long[0] = '\x08';
    EXPECT_THROW((void)decode_session(too_long), damaged_row);
}

TEST(payments_row, a_turn_keeps_the_payments_it_looked_at) {
    auto seen = std::make_shared<facts>();
    client_facts her{};
    her.who.id = "C1";
    her.loans = {{.id = "L1"}};
    her.loans[0].payments = {{.id = "901", .on = monday, .amount = {100}, .receipt = "BR1"}};
    her.closed_payments = {{"L0", {.id = "900", .on = monday, .amount = {50}}}};
    seen->clients = {std::make_shared<const client_facts>(her)};
    turn one{};
    one.read = seen;
    one.facts_read = dialogs::read_client | dialogs::read_loans;
    std::string bytes;
    encode_turn(one, bytes_of({}), 1, bytes);
    const auto back = decode_turn(bytes).what.read;
    ASSERT_TRUE(back);
    EXPECT_EQ(back->clients.front()->loans[0].payments[0].receipt, "BR1");
    ASSERT_EQ(back->clients.front()->closed_payments.size(), 1U);
    EXPECT_EQ(back->clients.front()->closed_payments[0].what.id, "900");
}

}  // namespace
}  // namespace tertulia::gateway
