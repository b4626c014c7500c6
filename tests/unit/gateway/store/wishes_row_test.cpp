// What she prefers and agrees to, her savings, what closes a loan and documents to be made came with
// format 8 of the rows.

#include "dialogs/engine/step.hpp"
#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::gateway {
namespace {

std::string bytes_of(const dialogs::session& of) {
    std::string bytes;
    encode(of, bytes);
    return bytes;
}

TEST(wishes_row, a_session_comes_back_whole) {
    dialogs::session full{};
    full.preferences = {{"hour", "15:00", "asked", from_millis(5)}};
    full.agreements = {{consent_kind::surveys, true, from_millis(6)}};
    EXPECT_EQ(decode_session(bytes_of(full)), full);
}

// Format 9: what she was told while somebody was waited for, a PIN put aside, and confirmations.
TEST(wishes_row, what_a_person_made_sure_of_comes_back) {
    dialogs::session full{};
    full.told_coming_at = from_millis(7);
    full.pin_put_aside = true;
    full.confirmations = {{"first_pin", "C1", "officer:7", "in_person", from_millis(8)}};
    EXPECT_EQ(decode_session(bytes_of(full)), full);
}

TEST(wishes_row, a_row_that_claims_less_than_it_holds_is_damaged) {
    auto too_long = bytes_of({});
    too_long[0] = '\x05';
    EXPECT_THROW((void)decode_session(too_long), damaged_row);
}

TEST(wishes_row, a_turn_keeps_the_savings_it_looked_at) {
    auto seen = std::make_shared<facts>();
    client_facts her{};
    her.who.id = "C1";
    her.loans = {{.id = "L1"}};
    her.loans[0].payoff = payoff_figure{{12'345}, std::chrono::year{2026} / 11 / 23};
    her.savings = {{.id = "S1", .client_id = "C1", .balance = {500}, .available = {400}}};
    seen->clients = {std::make_shared<const client_facts>(her)};
    turn one{};
    one.read = seen;
    one.facts_read = dialogs::read_client | dialogs::read_savings | dialogs::read_loans;
    std::string bytes;
    encode_turn(one, bytes_of({}), 1, bytes);
    const auto back = decode_turn(bytes).what.read;
    ASSERT_TRUE(back);
    ASSERT_EQ(back->clients.front()->savings.size(), 1U);
    EXPECT_EQ(back->clients.front()->savings[0].available, money{400});
    ASSERT_TRUE(back->clients.front()->loans[0].payoff);
    EXPECT_EQ(back->clients.front()->loans[0].payoff->total, money{12'345});

    one.facts_read = dialogs::read_client;
    encode_turn(one, bytes_of({}), 1, bytes);
    EXPECT_TRUE(decode_turn(bytes).what.read->clients.front()->savings.empty());
}

TEST(wishes_row, a_document_to_be_made_comes_back) {
    dialogs::delivery_outcome lost{.outbox_id = 7};
    lost.what = dialogs::undelivered{};
    lost.what->message.content = say_media{
        .kind = media_kind::document,
        .file_name = "estado.pdf",
        .made = {document_kind::statement_pdf, "C1", "L1", "es"}};
    std::string bytes;
    encode(dialogs::event{lost}, bytes);
    const auto back = std::get<dialogs::delivery_outcome>(decode_event(bytes));
    const auto& made = std::get<say_media>(back.what->message.content).made;
    EXPECT_EQ(made.what, document_kind::statement_pdf);
    EXPECT_EQ(made.client_id, "C1");
    EXPECT_EQ(made.loan_id, "L1");
    EXPECT_EQ(made.language, "es");
}

}  // namespace
}  // namespace tertulia::gateway
