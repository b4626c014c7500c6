// An application as core banking gets it, and as a table.

#include "gateway/applications/application_export.hpp"
#include "gateway/applications/application_write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

application_entry asked() {
    return {
        .id = 41,
        .party = party_id{17},
        .at = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{3},
        .what = {
            .number = "A17-1",
            .client_id = "27",
            .product = "micro",
            .core_product = "2",
            .amount = {300050, {}},
            .language = "es",
            .answers = {
                {"amount", "amount:300050 GTQ"},
                {"use", "text:comprar \"telas\", hilo"},
                {"id_photo", "photo:m-7\x1fimage/jpeg\x1f\x1f"}}}};
}

dialogs::local_calendar guatemala() {
    return std::move(*dialogs::local_calendar::make("America/Guatemala"));
}

TEST(application_write, is_a_loan_of_its_product_on_the_day_it_was_sent_there) {
    const auto made = write_of(asked(), guatemala());
    const auto* write = std::get_if<core_proposal>(&made);
    ASSERT_NE(write, nullptr);
    EXPECT_EQ(write->key, "gw-A17-1");
    const auto& loan = std::get<core_application>(write->what);
    EXPECT_EQ(loan.client_id, "27");
    EXPECT_EQ(loan.product_id, "2");
    EXPECT_EQ(loan.principal.minor, 300050);
    EXPECT_EQ(loan.external_id, "gw-A17-1");
    EXPECT_EQ(loan.submitted_on, civil_date(std::chrono::year{2026} / 11 / 23)) << "nine at night";
    EXPECT_THAT(loan.note, HasSubstr("use: comprar"));
    EXPECT_THAT(loan.note, HasSubstr("id_photo: photo"));
    EXPECT_THAT(loan.note, Not(HasSubstr("m-7")));
}

TEST(application_write, what_lacks_something_is_for_a_person) {
    auto nobody = asked();
    nobody.what.client_id.clear();
    auto elsewhere = asked();
    elsewhere.what.core_product.clear();
    auto nothing = asked();
    nothing.what.amount = {};
    for (const auto& [of, why] :
         {std::pair{nobody, "no client"}, {elsewhere, "products.yaml"}, {nothing, "no amount"}}) {
        const auto made = write_of(of, guatemala());
        const auto* told = std::get_if<not_written>(&made);
        ASSERT_NE(told, nullptr) << why;
        EXPECT_THAT(told->reason, HasSubstr(why));
    }
}

TEST(application_export, is_a_table_any_spreadsheet_reads) {
    auto one = asked();
    one.reason = "=cmd()";
    const auto table = csv_of(std::span{&one, 1});
    EXPECT_THAT(table, testing::StartsWith("id,application,state,sent_at,"));
    EXPECT_THAT(table, HasSubstr("41,\"A17-1\",sent,2026-11-24T03:00:00Z,17,\"27\",\"micro\",3000.50,GTQ"));
    EXPECT_THAT(table, HasSubstr("\"'=cmd()\"")) << "no formula";
    EXPECT_THAT(table, HasSubstr("comprar \\\"\"telas\\\"\", hilo")) << "JSON within CSV";
    EXPECT_EQ(std::ranges::count(table, '\n'), 2);
}

}  // namespace
}  // namespace tertulia::gateway
