#include "dialogs/engine/room_words.hpp"

#include "dialogs/engine/meeting_wish.hpp"

#include "dialogs/meetings/permissions.hpp"
#include "dialogs/meetings/words.hpp"
#include "dialogs/script/program.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace tertulia::dialogs {
namespace {

using meetings::verb;

std::optional<room_command> read(std::string_view line) {
    static const std::map<std::string, std::string, std::less<>> words{
        {"present", "presente"}, {"next", "siguiente"},          {"pause", "pausa"},
        {"mute", "silenciar"},   {"ask_loan", "pido"},           {"ask_pot", "pido de la caja"},
        {"here", "está"},        {"cash", "efectivo"},           {"who", "quiénes"},
        {"banker", "al banco"},  {"propose", "propongo"},        {"vote", "votar"},
        {"agreed", "acuerdo"},   {"unmute", "quitar silencio"}, {"say", "al grupo"},
        {"next_on", "próxima reunión"}, {"late", "tarde"},       {"floor", "palabra"},
        {"move", "cambiar fecha"},      {"fine", "multa"},
        {"grant_appeal", "dar la razón"}, {"deny_appeal", "no dar la razón"}};
    const reading_rules rules{
        .currency = currency_code{},
        .country = "GT",
        .language = "es",
        .today = std::chrono::year{2026} / 11 / 28};
    return read_room_command(
        line,
        [](std::string_view name) {
            const auto found = words.find(name);
            return found == words.end() ? std::string{} : found->second;
        },
        rules
    );
}

TEST(room_words, a_word_alone_is_an_act) {
    EXPECT_EQ(read("Presente")->does.what, verb::check_in);
    EXPECT_EQ(read(" presente. ")->does.what, verb::check_in);
    EXPECT_EQ(read("quienes")->looks, "who");
    EXPECT_FALSE(read("estoy presente en el mercado"));
    EXPECT_FALSE(read("siguientemente"));
    EXPECT_FALSE(read(""));
}

// From her phone alone, while the meeting lasts. What is only tapped stands below the message that
// asks for it.
TEST(room_words, whoever_leads_has_a_word_for_all_she_may_do_or_taps_it) {
    std::set<verb> known{
        verb::confirm,        // "are you still there?"
        verb::agree_next,     // the next date, proposed to the president
        verb::answer_appeal,  // right or not, below the appeal
        verb::said};
    for (const auto name : room_word_names()) {
        for (const auto* behind : {"", " 1", " 1 2", " 1 5.00", " 5.00", " 55512345 Ana"}) {
            const auto made = read_room_command(
                std::string{name} + behind,
                [](std::string_view one) { return std::string{one}; },
                {.currency = currency_code{}, .country = "GT", .language = "es"}
            );
            if (made) known.insert(made->does.what);
        }
    }
    using meetings::role;
    for (const auto& one : meetings::permission_table()) {
        if (one.in < meetings::state::lobby || one.in == meetings::state::adjourned) continue;
        for (const auto office : {role::agent, role::backup, role::president, role::treasurer,
                                  role::secretary, role::handler}) {
            if (!meetings::has(one.who, office)) continue;
            EXPECT_TRUE(known.contains(one.what)) << meetings::name_of(one.what);
        }
    }
}

TEST(room_words, a_bare_figure_is_an_amount_where_one_is_awaited) {
    const auto asks = read("pido 3000 para mercadería");
    ASSERT_TRUE(asks);
    EXPECT_EQ(asks->does.what, verb::request_loan);
    EXPECT_EQ(asks->does.amount.minor, 300'000);
    EXPECT_EQ(asks->does.text, "mercadería");
    const auto spelt = read("pido un prestamo de mil quinientos");
    ASSERT_TRUE(spelt);
    EXPECT_EQ(spelt->does.amount.minor, 150'000);
    EXPECT_FALSE(read("pido la palabra"));
    EXPECT_FALSE(read("pido para mercadería"));
}

TEST(room_words, what_stands_behind_it_is_read) {
    const auto pause = read("pausa 10 hay que ir por agua");
    EXPECT_EQ(pause->does.lasts, std::chrono::minutes{10});
    EXPECT_EQ(pause->does.text, "hay que ir por agua");
    EXPECT_EQ(read("pausa")->does.what, verb::pause);  // as long as a pause may be
    EXPECT_EQ(read("pausa por el agua")->does.text, "por el agua");
    const auto mute = read("silenciar 4");
    EXPECT_EQ(mute->does.about, "#4");
    EXPECT_EQ(read("silenciar 4 15 mucho ruido")->does.lasts, std::chrono::minutes{15});
    EXPECT_EQ(read("esta 7")->does.about, "#7");
    const auto banker = read("al banco 2 5");
    EXPECT_EQ(banker->does.about, "#2");
    EXPECT_EQ(banker->does.second, "#5");
    EXPECT_EQ(read("votar 3")->does.number, 3);
    EXPECT_EQ(read("acuerdo: comprar el toldo")->does.text, "comprar el toldo");
}

TEST(room_words, an_amount_is_one_as_anywhere_else) {
    const auto loan = read("pido Q3,000 para mercadería");
    EXPECT_EQ(loan->does.what, verb::request_loan);
    EXPECT_EQ(loan->does.amount.minor, 300000);
    EXPECT_EQ(loan->does.text, "mercadería");
    const auto pot = read("pido de la caja 500 para medicinas");
    EXPECT_EQ(pot->does.what, verb::request_internal);
    EXPECT_EQ(pot->does.amount.minor, 50000);
    const auto cash = read("efectivo 4 250.50");
    EXPECT_EQ(cash->does.about, "#4");
    EXPECT_EQ(cash->does.amount.minor, 25050);
}

TEST(room_words, half_a_command_is_none) {
    for (const auto* line : {"silenciar", "silenciar Ana", "pido dinero", "efectivo 4", "al banco 2",
                             "votar", "presente ya llegué", "próxima reunión el martes", "cambiar fecha",
                             "tarde", "dar la razón"}) {
        EXPECT_FALSE(read(line)) << line;
    }
}

TEST(room_words, who_leads_does_the_rest_from_her_telephone) {
    const auto next = read("Próxima reunión el 12/12/2026 a las 10:00");
    ASSERT_TRUE(next);
    EXPECT_EQ(next->does.what, verb::agree_next);
    EXPECT_EQ(next->when, (moment_said{std::chrono::year{2026} / 12 / 12, std::chrono::hours{10}}));
    EXPECT_FALSE(read("próxima reunión")->when);  // as the calendar has it
    EXPECT_EQ(read("cambiar fecha 12/12/2026 15:30")->does.what, verb::reschedule);
    EXPECT_EQ(read("tarde 3")->does.attends, meetings::attendance::late);
    EXPECT_EQ(read("esta 3")->does.attends, meetings::attendance::present);
    EXPECT_TRUE(read("palabra")->does.about.empty());
    EXPECT_EQ(read("palabra 2")->does.about, "#2");
    EXPECT_TRUE(read("dar la razón 3 no fue ella")->does.agrees);
    EXPECT_FALSE(read("no dar la razón 3 fue ella")->does.agrees);
}

// All but `edit`, which carries a whole plan and is made at the desk, and what is only said or noted.
TEST(room_words, every_act_of_who_leads_has_a_word_in_every_language) {
    const auto loaded = load_scripts(testing_sources::as_configured());
    ASSERT_TRUE(loaded.scripts) << testing_sources::all_problems(loaded);
    std::set<std::string, std::less<>> seen;
    for (const auto* language : {"es", "en", "fr"}) {
        const auto word = [&](std::string_view name) {
            return loaded.scripts->compiled().words->format(
                "meeting.word." + std::string{name}, language, {}, {}
            );
        };
        // "confirm" of who leads is noted for her when she looks, or is refused something.
        std::set<verb> known{verb::edit, verb::said, verb::try_out, verb::confirm};
        for (const auto name : room_word_names()) {
            auto text = word(name);
            text = text.substr(0, text.find(','));
            EXPECT_FALSE(text.empty()) << language << ' ' << name;
            const bool answers = name == "coming" || name == "not_coming";  // "yes", where one is asked
            EXPECT_TRUE(answers || seen.insert(std::string{language} + text).second) << "two words: " << text;
            for (const auto* behind : {"", " 1", " 1 2", " 1 5.00", " 5.00", " 12/12/2026 10:00",
                                       " 55512345 Ana"}) {
                const auto made = read_room_command(
                    text + behind, word,
                    {.currency = currency_code{}, .country = "GT", .language = language,
                     .today = std::chrono::year{2026} / 11 / 28}
                );
                if (made) known.insert(made->does.what);
            }
        }
        using meetings::role;
        for (const auto& one : meetings::permission_table()) {
            for (const auto who : {role::agent, role::backup, role::supervisor, role::president,
                                   role::treasurer, role::secretary, role::handler}) {
                if (!meetings::has(one.who, who)) continue;
                EXPECT_TRUE(known.contains(one.what)) << language << ' ' << meetings::name_of(one.what);
            }
        }
    }
}

std::optional<half_command> half(std::string_view line) {
    return read_half_command(line, [](std::string_view name) -> std::string {
        if (name == "cash") return "efectivo";
        if (name == "vote") return "votar";
        if (name == "end_vote") return "cerrar votación";
        if (name == "here") return "está";
        if (name == "agreed") return "acuerdo";
        if (name == "present") return "presente, ya llegué";
        return {};
    });
}

TEST(room_words, what_is_begun_and_not_whole_is_known_with_how_to_write_it) {
    EXPECT_EQ(half("efectivo 5 -50")->so, "efectivo 4 100");
    EXPECT_TRUE(half("efectivo 5 -50")->has_figures);
    EXPECT_EQ(half("votar")->name, "vote");
    EXPECT_EQ(half("cerrar votacion")->so, "cerrar votación 2");
    EXPECT_EQ(half("está")->name, "here");
    for (const auto* talk : {"está muy bien el tema", "efectivo es mejor", "acuerdo", "presente", "hola", ""}) {
        EXPECT_FALSE(half(talk)) << talk;
    }
}

TEST(room_words, a_word_with_a_name_behind_it_is_told_apart_from_talk) {
    const auto named = [](std::string_view line) {
        return read_named_command(line, [](std::string_view name) -> std::string {
            if (name == "cash") return "efectivo";
            if (name == "here") return "está";
            if (name == "mute") return "silenciar";
            if (name == "vote") return "votar";
            return {};
        });
    };
    EXPECT_EQ(named("silenciar a Ana por gritar mucho en la reunión")->rest, "a Ana por gritar mucho en la reunión");
    EXPECT_EQ(named("efectivo Ana López 90")->name, "cash");
    EXPECT_EQ(named("Está Ana")->rest, "Ana");
    for (const auto* other : {"efectivo 4 90", "efectivo", "votar Ana", "hola", "",
                              "está muy bien lo que dice la compañera Ana"}) {
        EXPECT_FALSE(named(other)) << other;
    }
    const auto first = [](std::string_view& rest) -> std::optional<std::string> {
        if (!rest.starts_with("Ana")) return std::nullopt;
        rest.remove_prefix(3);
        return "C1";
    };
    reading_rules rules{.country = "GT", .language = "es"};
    ASSERT_TRUE(parse_currency("GTQ", rules.currency));
    const auto made = read_behind_word("cash", "Ana 90", first, rules);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->does.about, "C1");
    EXPECT_EQ(made->does.amount.minor, 9000);
    EXPECT_FALSE(read_behind_word("cash", "Ana", first, rules)) << "no amount";
    EXPECT_FALSE(read_behind_word("cash", "Eva 90", first, rules)) << "nobody";
    EXPECT_FALSE(read_behind_word("no_word", "Ana 90", first, rules));
}

TEST(room_words, she_is_here_in_whatever_words) {
    constexpr std::string_view ways = "presente, aquí estoy, acá ando, ya llegué";
    for (const auto* line : {"presente seño buenos dias", "Presente gracias", "aqui estoy", "ya llegue",
                             "aca ando", "aki toy", "presnte", "hola seño ya llegue"}) {
        EXPECT_TRUE(says_she_is_here(line, ways)) << line;
    }
    for (const auto* line : {"no estoy presente", "todavia no llego", "hola", "¿a qué hora empieza?", ""}) {
        EXPECT_FALSE(says_she_is_here(line, ways)) << line;
    }
    EXPECT_TRUE(begins_with_word("presente seño", ways));
    EXPECT_FALSE(begins_with_word("ya llegué", ways)) << "only the way people are told";
}

TEST(room_words, an_invitation_is_answered_in_her_own_words) {
    const auto loaded = load_scripts(testing_sources::as_configured());
    ASSERT_TRUE(loaded.scripts) << testing_sources::all_problems(loaded);
    const auto read_in = [&](const char* language, std::string_view line) {
        const auto ways = [&](const char* name) {
            return loaded.scripts->compiled().words->format(
                "meeting.word." + std::string{name}, language, {}, {}
            );
        };
        return read_invited(line, ways("coming"), ways("not_coming"));
    };
    for (const auto* line : {"clar que si seño ai estare", "ahi nos vemos", "si", "sí, pero llego tarde",
                             "claro", "no voy a faltar", "no se preocupe ahí estaré"}) {
        EXPECT_EQ(read_in("es", line), true) << line;
    }
    for (const auto* line : {"no", "no voy a poder, tengo que ir a la costa", "no, tengo que trabajar",
                             "fijese que no boi a poder", "nopuedo seño", "no seño"}) {
        EXPECT_EQ(read_in("es", line), false) << line;
    }
    for (const auto* line : {"hola", "¿no va a haber reunión presencial?", "no se si voy a poder",
                             "cuánto debo", "gracias", ""}) {
        EXPECT_EQ(read_in("es", line), std::nullopt) << line;
    }
    EXPECT_EQ(read_in("en", "yes I'll be there"), true);
    EXPECT_EQ(read_in("en", "sorry I won't be able to come"), false);
    EXPECT_EQ(read_in("fr", "oui j'y serai"), true);
    EXPECT_EQ(read_in("fr", "désolée, je ne pourrai pas"), false);
}

TEST(room_words, every_word_is_a_message_the_checker_asks_for) {
    auto asked = std::vector<std::string>{};
    for (const auto one : meetings::words_typed()) asked.emplace_back(one);
    auto read_here = std::vector<std::string>{};
    for (const auto one : room_word_names()) read_here.push_back("meeting.word." + std::string{one});
    read_here.emplace_back("meeting.word.prepare");  // said outside of any room
    std::ranges::sort(asked);
    std::ranges::sort(read_here);
    EXPECT_EQ(asked, read_here);
}

TEST(room_words, an_amount_nobody_can_mean_is_none) {
    for (const auto* line : {"pido -300 para nada", "pido 0 para nada", "efectivo 5 -50", "efectivo 5 0"}) {
        EXPECT_FALSE(read(line)) << line;
    }
    EXPECT_EQ(read("pido 300 para 4-5 gallinas")->does.amount.minor, 30'000);
}

TEST(room_words, who_leads_speaks_to_the_group_by_a_word) {
    const auto said = read("al grupo: buenas tardes, compañeras");
    ASSERT_TRUE(said);
    EXPECT_EQ(said->does.what, verb::said);
    EXPECT_EQ(said->does.text, "buenas tardes, compañeras");
    EXPECT_FALSE(read("al grupo"));
    EXPECT_FALSE(read("al grupito le digo"));
}

std::optional<meeting_said> wished(std::string_view line) {
    return read_meeting_wish(
        line, "preparar reunión",
        {.currency = currency_code{},
         .country = "GT",
         .language = "es",
         .today = std::chrono::year{2026} / 11 / 26}  // a thursday
    );
}

TEST(room_words, a_meeting_is_asked_for_by_group_and_moment) {
    EXPECT_FALSE(wished("preparar el salón"));
    EXPECT_FALSE(wished(""));
    ASSERT_TRUE(wished("Preparar reunion"));
    EXPECT_EQ(wished("Preparar reunion")->group, "");
    EXPECT_EQ(wished("preparar reunión: Las Mariposas")->group, "Las Mariposas");
    EXPECT_FALSE(wished("preparar reunión Las Mariposas")->when);

    const auto both = wished("preparar reunión Las Mariposas para el martes a las 10:00");
    EXPECT_EQ(both->group, "Las Mariposas");
    ASSERT_TRUE(both->when);
    EXPECT_EQ(both->when->day, std::chrono::year{2026} / 12 / 1);
    EXPECT_EQ(both->when->clock, std::chrono::hours{10});
    EXPECT_FALSE(both->is_half);

    const auto half = wished("preparar reunión G04 martes");
    EXPECT_EQ(half->group, "G04");
    EXPECT_TRUE(half->is_half);
    EXPECT_FALSE(half->when);
    EXPECT_TRUE(wished("preparar reunión a las 10:00")->is_half);
}

TEST(room_words, what_is_wished_is_read_as_it_was_written) {
    const instant start{std::chrono::milliseconds{1'796'140'680'000}};
    for (const auto& one :
         {wished_meeting{.asked_by = "officer:7"},
          wished_meeting{.asked_by = "staff:Marta", .group = "Las Mariposas", .start = start}}) {
        EXPECT_EQ(read_wished_meeting(to_text(one)), one);
    }
    for (const auto* bad : {"", "officer:7", "officer:7\t", "officer:7\tsoon\tG04", "a\t12x\tG04"}) {
        EXPECT_FALSE(read_wished_meeting(bad)) << bad;
    }
}

}  // namespace
}  // namespace tertulia::dialogs
