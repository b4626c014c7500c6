// Everything we hold of her is in it, and nothing nobody may have.

#include "gateway/documents/personal_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace tertulia::gateway {
namespace {

using namespace std::chrono;

TEST(personal_data, holds_her_accounts_and_what_she_agreed_to) {
    client_facts her{};
    her.who = {.id = "C1", .first_name = "Rosa", .phones = {"+50255501001"}};
    her.has_pin = true;
    her.loans = {{.id = "L1", .product = "Crédito", .principal = {300'000}}};
    her.loans[0].schedule = {{.number = 1, .due = 2026y / 11 / 28, .total = {46'500}}};
    her.loans[0].payments = {{.id = "P1", .on = 2026y / 10 / 1, .amount = {10'001}}};
    her.loans[0].payoff = payoff_figure{{256'137}, 2026y / 11 / 23};
    her.savings = {{.id = "S1", .product = "Ahorro", .balance = {61'235}, .available = {41'235}}};
    const auto read = nlohmann::json::parse(json_of(
        {.clients = {std::make_shared<const client_facts>(her)},
         .as_of = sys_days{2026y / 11 / 23} + 16h + 40min,
         .records = {
             {sys_days{2026y / 11 / 20}, "consent", "kind=surveys\ngiven=yes\nshown=¿Sí? a=b"},
             {sys_days{2026y / 11 / 21}, "language", "es"}}}
    ));
    EXPECT_EQ(read["as_of"], "2026-11-23T16:40:00Z");
    const auto& client = read["clients"][0];
    EXPECT_EQ(client["first_name"], "Rosa");
    EXPECT_EQ(client["phones"][0], "+50255501001");
    EXPECT_EQ(client["has_pin"], true);
    EXPECT_EQ(client["loans"][0]["schedule"][0]["total"]["amount"], "465.00");
    EXPECT_EQ(client["loans"][0]["payments"][0]["amount"]["amount"], "100.01");
    EXPECT_EQ(client["loans"][0]["payoff"]["amount"], "2561.37");
    EXPECT_EQ(client["savings"][0]["available"]["amount"], "412.35");
    EXPECT_EQ(read["records"][0]["detail"]["kind"], "surveys");
    EXPECT_EQ(read["records"][0]["detail"]["shown"], "¿Sí? a=b");
    EXPECT_EQ(read["records"][1]["detail"], "es");
}

TEST(personal_data, of_somebody_on_no_file_there_are_only_records) {
    const auto read = nlohmann::json::parse(json_of({.records = {{instant{}, "opt_out", ""}}}));
    EXPECT_TRUE(read["clients"].empty());
    EXPECT_EQ(read["as_of"], nullptr);
    EXPECT_EQ(read["records"].size(), 1U);
}

}  // namespace
}  // namespace tertulia::gateway
