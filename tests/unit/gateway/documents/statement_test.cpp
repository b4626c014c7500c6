// What stands in a statement is what the mirror has, to the cent: the PDF is read back by another
// program.

#include "gateway/documents/statement.hpp"

#include "dialogs/facts/arrears.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

using namespace std::chrono;
using testing::HasSubstr;
using testing::Not;

std::vector<dialogs::message_source> words_of_documents() {
    std::vector<dialogs::message_source> out;
    const auto add = [&](std::string key, std::string pattern) {
        out.push_back({.key = "document." + key, .language = "es", .pattern = std::move(pattern)});
    };
    add("statement", "{institution.name}: estado de cuenta");
    add("for", "De:");
    add("as_of", "Datos del {core.as_of, time, long}");
    add("loan", "{loan.product}, {loan.principal, money}");
    add("owed", "Falta por pagar: {loan.outstanding, money}");
    add("payoff", "Para cerrarlo: {loan.payoff, money}");
    for (const auto* plain :
         {"number", "due", "total", "paid", "left", "payments", "date", "amount", "place", "note",
          "reversed", "savings", "product", "balance", "available", "closing"}) {
        add(plain, std::string{"pal_"} + plain);
    }
    return out;
}

struct statement_test : testing::Test {
    statement_test() {
        house = {
            .name = "Las Ceibas",
            .time_zone = "America/Guatemala",
            .languages = {"es"},
            .country = "GT"};
        const auto sources = words_of_documents();
        auto built = dialogs::catalogue::build(sources, {.house = house});
        EXPECT_TRUE(built.problems.empty());
        words = built.words;
        her.who = {.id = "C1", .first_name = "Lucía", .last_name = "Muñoz"};
        loan one{
            .id = "L1", .client_id = "C1", .product = "Crédito comunal", .principal = {300'000}};
        for (int i = 1; i <= 60; ++i) {  // more than a page
            one.schedule.push_back(
                {.number = i,
                 .due = civil_date{sys_days{2026y / 1 / 5} + days{28 * i}},
                 .total = {123'400 + i},
                 .paid = {i < 10 ? 123'400 + i : i == 10 ? 77 : 0}}
            );
        }
        one.payments = {
            {.id = "P2", .on = 2026y / 9 / 2, .amount = {98'765}, .place = "Agencia", .reversed = true},
            {.id = "P1", .on = 2026y / 8 / 31, .amount = {46'501}, .place = "Tienda, \"La Paz\""}};
        one.payoff = payoff_figure{{2'561'37}, 2026y / 11 / 23};
        her.loans = {one};
        her.savings = {
            {.id = "S1", .client_id = "C1", .product = "Ahorro", .balance = {61'235}, .available = {41'235}}};
    }

    statement_of what(std::string_view loan_id = {}) const {
        return {
            .who = her,
            .loan_id = loan_id,
            .house = house,
            .as_of = sys_days{2026y / 11 / 23} + 16h,
            .now = sys_days{2026y / 11 / 23} + 17h,
            .today = 2026y / 11 / 23,
            .language = "es"};
    }

    // By poppler's pdftotext, as people's programs read it.
    static std::string text_of_pdf(const std::string& pdf) {
        auto form = (std::filesystem::temp_directory_path() / "tertulia-pdf-XXXXXX").string();
        const std::filesystem::path folder{mkdtemp(form.data())};
        std::ofstream{folder / "a.pdf", std::ios::binary} << pdf;
        const auto command = "pdftotext -layout " + (folder / "a.pdf").string() + " " +
                             (folder / "a.txt").string();
        EXPECT_EQ(std::system(command.c_str()), 0) << "poppler-utils is needed";
        std::ifstream in{folder / "a.txt"};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        std::filesystem::remove_all(folder);
        return text;
    }

    static std::string shown(std::int64_t minor) {
        auto digits = std::to_string(minor / 100);
        for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
            digits.insert(static_cast<std::size_t>(at), ",");
        }
        const auto cents = minor % 100;
        return "Q" + digits + "." + (cents < 10 ? "0" : "") + std::to_string(cents);
    }

    institution house{};
    std::shared_ptr<const dialogs::catalogue> words{};
    client_facts her{};
};

TEST_F(statement_test, the_pdf_says_every_figure_to_the_cent) {
    const auto text = text_of_pdf(pdf_of(statement_paper(what(), *words)));
    EXPECT_THAT(text, HasSubstr("Las Ceibas: estado de cuenta"));
    EXPECT_THAT(text, HasSubstr("De: Lucía Muñoz"));
    const auto& loan = her.loans[0];
    EXPECT_THAT(text, HasSubstr("Falta por pagar: " + shown(outstanding(loan).minor)));
    EXPECT_THAT(text, HasSubstr("Para cerrarlo: " + shown(256'137)));
    for (const auto& each : loan.schedule) {
        EXPECT_THAT(text, HasSubstr(shown(each.total.minor))) << each.number;
        EXPECT_THAT(text, HasSubstr(shown(left_to_pay(each).minor))) << each.number;
    }
    for (const auto& each : loan.payments) EXPECT_THAT(text, HasSubstr(shown(each.amount.minor)));
    EXPECT_THAT(text, HasSubstr("pal_reversed"));
    EXPECT_THAT(text, HasSubstr(shown(61'235)));
    EXPECT_THAT(text, HasSubstr(shown(41'235)));
    EXPECT_THAT(text, HasSubstr("pal_closing"));
}

TEST_F(statement_test, of_one_loan_nothing_else_is_in_it) {
    her.loans.push_back({.id = "L2", .product = "Crédito escolar", .principal = {1}});
    const auto one = text_of_pdf(pdf_of(statement_paper(what("L1"), *words)));
    EXPECT_THAT(one, HasSubstr("Crédito comunal"));
    EXPECT_THAT(one, Not(HasSubstr("escolar")));
    EXPECT_THAT(one, Not(HasSubstr(shown(61'235))));
    EXPECT_THAT(text_of_pdf(pdf_of(statement_paper(what("gone"), *words))), HasSubstr("escolar"))
        << "a loan that is hers no more: all that is";
}

TEST_F(statement_test, letters_no_font_has_are_a_question_mark_and_break_nothing) {
    her.who.last_name = "Ŵ 漢 €";
    EXPECT_THAT(text_of_pdf(pdf_of(statement_paper(what(), *words))), HasSubstr("Lucía ? ? €"));
}

TEST_F(statement_test, the_table_has_a_row_for_each_thing_and_reads_alike_everywhere) {
    const auto text = statement_csv(what());
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFkind,account,"));
    EXPECT_THAT(
        text, HasSubstr("instalment,L1,Crédito comunal,1,2026-02-02,1234.01,1234.01,0.00,GTQ,,\r\n")
    );
    EXPECT_THAT(
        text,
        HasSubstr(
            "payment,L1,Crédito comunal,,2026-08-31,465.01,,,GTQ,\"Tienda, \"\"La Paz\"\"\",no\r\n"
        )
    );
    EXPECT_THAT(text, HasSubstr("savings,S1,Ahorro,,,612.35,,412.35,GTQ,,\r\n"));
    EXPECT_THAT(statement_csv(what("L1")), Not(HasSubstr("savings")));
}

TEST_F(statement_test, no_cell_is_taken_for_a_formula) {
    her.savings[0].product = "=HYPERLINK(1)";
    EXPECT_THAT(statement_csv(what()), HasSubstr("savings,S1,'=HYPERLINK(1),"));
}

}  // namespace
}  // namespace tertulia::gateway
