// No balance, due, payment or arrears of one member reaches another, however it is written.

#include "tests/unit/dialogs/moderation/shipped_guard.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

std::string filled(std::string pattern, const std::string& name, const std::string& sum) {
    for (const auto& [mark, with] :
         {std::pair<std::string, std::string>{"{n}", name}, {"{a}", sum}}) {
        if (const auto at = pattern.find(mark); at != std::string::npos)
            pattern.replace(at, 3, with);
    }
    return pattern;
}

void expect_all_held(
    const std::string& language,
    const std::vector<std::string>& patterns,
    const std::vector<std::string>& names,
    const std::vector<std::string>& sums
) {
    // Every pattern with every sum and name, the steps in turn.
    std::size_t turn = 0;
    int relayed = 0;
    for (const auto& pattern : patterns) {
        for (std::size_t i = 0; i < std::max(names.size(), sums.size()); ++i) {
            for (int again = 0; again < 2; ++again) {
                const auto step = static_cast<meeting_step>(turn++ % meeting_step_names().size());
                const auto text =
                    filled(pattern, names[(i + turn) % names.size()], sums[i % sums.size()]);
                if (!judge({.text = text, .step = step}, in_guatemala(language)).relayed())
                    continue;
                if (++relayed < 10) {
                    ADD_FAILURE() << meeting_step_names()[static_cast<std::size_t>(step)] << ": "
                                  << text;
                }
            }
        }
    }
    EXPECT_EQ(relayed, 0);
}

TEST(privacy, what_somebody_owes_pays_or_saves_is_held_in_every_way_of_saying_it) {
    expect_all_held(
        "es",
        {"{n} debe {a}",
         "{n} todavía debe {a}",
         "{n} deve {a}",
         "a {n} le faltan {a}",
         "{n} pagó {a}",
         "{n} abonó {a} nada más",
         "{n} tiene saldo de {a}",
         "{n} tiene {a} de mora",
         "{n} dio {a}",
         "el saldo de {n} es {a}",
         "la cuota de {n} es de {a}",
         "{n} ahorró {a}",
         "{n} se atrasó con {a}",
         "dicen que {n} debe como {a}",
         "a {n} le prestaron {a} al banco",
         "a {n} le quedan {a}"},
        {"Marta",
         "la Marta",
         "doña Marta",
         "la juana",
         "Tere",
         "mi cuñada Rosa",
         "vos Lucía",
         "Martita",
         "doña Chona",
         "Catarina"},
        {"500",
         "Q500",
         "Q1,250.50",
         "quinientos",
         "mil dos",
         "5 mil",
         "300 pesos",
         "3OO",
         "ochocientas varas",
         "dos mil quinientos",
         "5️⃣0️⃣0️⃣",
         "seis sientos",
         "ceiscientos",
         "mil",
         "cien",
         "1.250",
         "Q 900",
         "５００"}
    );
    expect_all_held(
        "en",
        {"{n} owes {a}",
         "{n} still owes {a}",
         "{n} paid {a}",
         "{n}'s balance is {a}",
         "{n} is behind by {a}",
         "{n} gave only {a}",
         "the instalment of {n} is {a}",
         "{n} has {a} left on her loan"},
        {"Marta", "Tere", "mrs Juana", "Lucia"},
        {"500", "Q1,250.50", "five hundred", "two thousand", "5k"}
    );
    expect_all_held(
        "fr",
        {"{n} doit {a}",
         "{n} doit encore {a}",
         "{n} a payé {a}",
         "{n} a versé {a}",
         "le solde de {n} est de {a}",
         "{n} a {a} de retard",
         "l'échéance de {n} est de {a}"},
        {"Marta", "Tere", "mme Juana", "Lucia"},
        {"500", "1 250,50", "cinq cents", "deux mille"}
    );
}

TEST(privacy, that_somebody_is_late_is_held_without_any_figure) {
    expect_all_held(
        "es",
        {"{n} no ha pagado",
         "{n} no a pagado",
         "{n} está en mora",
         "{n} es morosa",
         "{n} nunca paga",
         "{n} debe tres cuotas",
         "{n} está atrasada con la cuota",
         "no ha pagado {n}",
         "todas pagaron menos {n}",
         "{n} quedó mal con el banco",
         "{n} no quiere pagar",
         "¿y {n} ya pagó?"},
        {"Marta", "la juana", "doña Tere", "esa señora Rosa", "doña Chona"},
        {""}
    );
    EXPECT_EQ(rule_of("esa debe tres cuotas"), "names_debtor");
    EXPECT_EQ(rule_of("solo falta la Juana", meeting_step::collection), "names_debtor");
}

TEST(privacy, at_roll_call_who_is_missing_is_missing) {
    EXPECT_EQ(rule_of("solo falta la Juana", meeting_step::roll_call), "ordinary");
    EXPECT_EQ(rule_of("falta la Juana de pagar", meeting_step::roll_call), "names_debtor");
}

TEST(privacy, what_hides_a_word_hides_nothing) {
    for (const char* text :
         {"m a r t a  d e b e  5 0 0",
          "m a r t a d e b e 5 0 0",
          "m.a.r.t.a d.e.b.e 500",
          "M4rt4 d3b3 500",
          "MARTA DEBE 500",
          "Мarta dеbe 500",
          "M\u200Barta d\u200Bebe 500",
          "𝐌𝐚𝐫𝐭𝐚 𝐝𝐞𝐛𝐞 𝟓𝟎𝟎",
          "m@rta d€be 500",
          "Mar ta de be 500",
          "Marta deeeebe 500",
          "Jwana deve 5OO",
          "marta_debe_500"}) {
        EXPECT_FALSE(judge_text(text).relayed()) << text;
    }
}

TEST(privacy, officers_are_held_too_and_their_supervisor_hears_of_it) {
    const auto said = judge_text(
        "Catarina, su saldo es de Q2,340.00", meeting_step::collection, speaker_role::officer
    );
    EXPECT_EQ(said.rule, guard_rule::privacy_balance);
    EXPECT_TRUE(row_of(said.rule).alerts_supervisor);
    EXPECT_TRUE(row_of(said.rule).privacy_incident);
}

TEST(privacy, her_own_debt_is_for_her_officer_too) {
    EXPECT_EQ(rule_of("yo todavía debo Q800"), "privacy_balance");
    EXPECT_EQ(rule_of("I still have 900 left on my loan"), "privacy_balance");
    EXPECT_EQ(rule_of("hoy no voy a poder pagar"), "privacy_balance");
}

TEST(privacy, an_amount_we_know_to_be_somebodys_is_held_whatever_the_words) {
    const std::vector<std::int64_t> amounts{123'45, 500'00};
    auto in = in_guatemala();
    in.amounts = amounts;
    EXPECT_FALSE(judge({.text = "eran 123.45 verdad"}, in).relayed());
    EXPECT_TRUE(judge({.text = "el molino vale 500"}, in).relayed()) << "a round one is nobody's";
    EXPECT_FALSE(judge({.text = "ella, los 500"}, in).relayed());
    EXPECT_TRUE(judge({.text = "eran 123.46 verdad"}, in).relayed());
}

TEST(privacy, a_name_and_a_sum_in_two_fragments_are_a_leak_together) {
    EXPECT_TRUE(judge_text("fíjense que la Marta").relayed());
    EXPECT_TRUE(judge_text("son 500").relayed());
    const std::vector<std::string> parts{"fíjense que la Marta", "son 500"};
    EXPECT_FALSE(judge_text(join_fragments(parts)).relayed());
    const std::vector<std::string> empty{"", "hola", ""};
    EXPECT_EQ(join_fragments(empty), "hola");
}

TEST(privacy, prices_totals_rules_dates_and_duties_are_nobodys_debt) {
    for (const char* text :
         {"la libra de tomate a Q6",
          "el quintal de maíz está a 190",
          "pagué 80 de flete",
          "I paid 35 for the bus",
          "El grupo tiene Q4,350 en caja",
          "ya van 12 de 14",
          "somos 25 de 30",
          "la multa por llegar tarde es de Q25",
          "nos vemos el 26 de diciembre a las 15:00",
          "presta al 2 por ciento al mes",
          "uno debe saber cuánto le cuesta",
          "debemos llegar a las 4",
          "elle doit encore partir au marché",
          "a mí me deben los clientes que compran fiado",
          "se le acabó el saldo del teléfono",
          "en 2024 vendimos más",
          "quien no ha pagado, por privado con la seño"}) {
        EXPECT_TRUE(judge_text(text, meeting_step::training).relayed())
            << text << ": " << rule_of(text, meeting_step::training);
    }
}

TEST(privacy, the_amount_a_requester_asks_for_is_relayed_where_loans_are_voted_on) {
    EXPECT_EQ(
        rule_of("pido 3000 para mercadería", meeting_step::loan_requests), "loan_talk_allowed"
    );
    EXPECT_EQ(
        rule_of("Marta pide 3000 para hilo", meeting_step::loan_requests), "loan_talk_allowed"
    );
    EXPECT_EQ(
        rule_of("¿y esos 3000 para qué son?", meeting_step::loan_requests), "loan_talk_allowed"
    );
    EXPECT_EQ(
        rule_of("quisiera 500 de la caja", meeting_step::internal_loans), "loan_talk_allowed"
    );
    EXPECT_EQ(
        rule_of("pide 3000 y todavía debe 2000", meeting_step::loan_requests), "privacy_balance"
    );
    EXPECT_EQ(rule_of("a la Marta le prestaron 3000", meeting_step::training), "privacy_balance");
}

}  // namespace
}  // namespace tertulia::dialogs
