// What a meeting leaves on paper, in a chat and in an ear: whole, in three languages, and never more
// than the group may know. The PDF is read back by another program, the words are the operators' own.

#include "gateway/documents/minutes_pdf.hpp"
#include "gateway/documents/minutes_text.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

using namespace std::chrono;
using dialogs::meetings::attendance;
using dialogs::meetings::minutes;
using dialogs::meetings::state;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::vector<dialogs::message_source> words_of_minutes() {
    std::vector<dialogs::message_source> out;
    for (const auto* language : {"es", "en", "fr"}) {
        const auto file = std::filesystem::path{testing_files::source_folder()} / "config/messages" /
                          (std::string{language} + ".yaml");
        std::ifstream in{file};
        std::string line;
        while (std::getline(in, line)) {
            if (!line.starts_with("minutes.")) continue;
            const auto colon = line.find(": \"");
            const auto end = line.rfind('"');
            out.push_back(
                {.key = line.substr(0, colon),
                 .language = language,
                 .pattern = line.substr(colon + 3, end - colon - 3)}
            );
        }
    }
    return out;
}

std::string name_of_member(int i) {
    static const std::vector<std::string> firsts{"Rosa", "Lucía", "Begoña", "Zoë", "Françoise", "Pétronille"};
    static const std::vector<std::string> lasts{"Xicay Ajú", "Muñoz Güitz", "Núñez", "Lecœur", "Ixk’i Tzoc"};
    const auto at = static_cast<std::size_t>(i);
    return firsts[at % firsts.size()] + " " + lasts[at % lasts.size()] + " " + std::to_string(i);
}

struct minutes_test : testing::Test {
    minutes_test() {
        house = {
            .name = "Las Ceibas",
            .time_zone = "America/Guatemala",
            .languages = {"es", "en", "fr"},
            .country = "GT"};
        const auto sources = words_of_minutes();
        auto built = dialogs::catalogue::build(sources, {.house = house});
        for (const auto& each : built.problems) {
            ADD_FAILURE() << sources[each.source].key << ": " << each.what;
        }
        words = built.words;
        held.group_id = "G01";
        held.group_name = "Las Bugambilias";
        held.number = 12;
        held.ended_as = state::closed;
        held.planned_start = start;
        held.planned_end = start + 90min;
        held.real_start = start + 4min;
        held.real_end = start + 81min;
        held.moderator = "seño Brenda";
        held.chain = std::string(64, 'a');
    }

    void attend(int members) {
        for (int i = 0; i < members; ++i) {
            const auto how = i % 9 == 8   ? attendance::late
                             : i % 11 == 9 ? attendance::excused
                             : i % 13 == 12 ? attendance::absent
                                            : attendance::present;
            held.attended.push_back({"C" + std::to_string(i), name_of_member(i), how});
        }
        held.quorum = (members * 2 + 2) / 3;
        held.had_quorum = true;
    }
    void with_everything() {
        using namespace dialogs::meetings;
        held.last_minutes = minutes_decision::by_silence;
        held.instalments = {{6'510'00}, {5'580'00}, 2};
        held.savings = {{350'00}, {325'00}, 0};
        held.internal = {{200'00}, {150'50}, 1};
        held.fines = {{10'00}, {5'00}, 0};
        held.internal_cash_before = {1'250'00};
        held.internal_cash_after = {1'175'50};
        held.cash_counted = {325'00};
        held.banker = "Lucía";
        held.banker_second = "Begoña";
        held.votes = {
            {1, request_kind::admission, "Ana Pineda", 12, 12, 12, 0, 0, vote_outcome::agreed},
            {2, request_kind::loan, "", 12, 10, 4, 3, 3, vote_outcome::refused},
            {3, request_kind::internal_loan, "Rosa Xicay", 12, 11, 9, 1, 1, vote_outcome::agreed}};
        held.admitted = {"Ana Pineda"};
        held.agreed = {
            {request_kind::internal_loan, "Rosa Xicay", {150'00}, "comprar hilo para los güipiles"},
            {request_kind::loan, "", {}, ""}};
        held.topic = "Dos bolsas: la de la casa y la del negocio";
        held.quiz_answers = 9;
        held.agreements = {
            {"Comprar un candado nuevo\npara la caja", "Lucía", start + 24h * 7},
            {"La próxima vez empezamos a las diez en punto, y quien llegue después avisa antes por "
             "mensaje, para que nadie se quede esperando con el dinero en la mano",
             "", instant{}}};
        held.skipped = {{state::fines, "no hubo"}};
        held.corrections = {"Doña Rosa llegó a tiempo"};
        held.objections = 1;
        held.moderation[static_cast<std::size_t>(incident_kind::off_topic)] = 3;
        held.moderation[static_cast<std::size_t>(incident_kind::naming_debt)] = 1;
        held.next = start + 24h * 28;
        for (const auto& [as, who] : std::vector<std::pair<role, std::string>>{
                 {role::president, "Rosa Xicay Ajú"}, {role::treasurer, "Lucía Muñoz"},
                 {role::secretary, "Begoña Núñez"}, {role::agent, "Brenda Toj"}}) {
            held.signatures.push_back(
                {as, "C1", who, start + 2h, "wamid.HBgLNTAyNTU1MDAxMDEVAgARGBI0", held.chain});
        }
    }

    minutes_of what(std::string language = "es", minutes_for whom = minutes_for::office) const {
        return {held, house, calendar, std::move(language), whom};
    }
    // By poppler's pdftotext, in the order in which things were put there.
    std::string read(const std::string& language = "es", minutes_for whom = minutes_for::office) {
        const auto pdf = minutes_pdf(what(language, whom), *words);
        auto form = (std::filesystem::temp_directory_path() / "tertulia-acta-XXXXXX").string();
        const std::filesystem::path folder{mkdtemp(form.data())};
        std::ofstream{folder / "a.pdf", std::ios::binary} << pdf;
        if (const auto* kept = std::getenv("TERTULIA_KEEP_PDF")) {
            const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
            std::ofstream{std::filesystem::path{kept} / (std::string{test->name()} + "_" + language + ".pdf"),
                          std::ios::binary} << pdf;
        }
        const auto command = "pdftotext -raw " + (folder / "a.pdf").string() + " " +
                             (folder / "a.txt").string();
        EXPECT_EQ(std::system(command.c_str()), 0) << "poppler-utils is needed";
        std::ifstream in{folder / "a.txt"};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        std::filesystem::remove_all(folder);
        pages = static_cast<int>(std::ranges::count(text, '\f'));
        return one_line(text);  // where a line was broken is a blank again
    }

    static constexpr instant start = sys_days{2026y / 12 / 1} + 16h;  // 10:00 there
    institution house{};
    dialogs::local_calendar calendar = *dialogs::local_calendar::make("America/Guatemala");
    std::shared_ptr<const dialogs::catalogue> words{};
    minutes held{};
    int pages{};
};

TEST_F(minutes_test, fourteen_members_are_one_page_with_every_name_and_figure) {
    attend(14);
    with_everything();
    const auto text = read();
    EXPECT_EQ(pages, 1);
    EXPECT_THAT(text, HasSubstr("Las Ceibas: acta No. 12"));
    EXPECT_THAT(text, HasSubstr("Las Bugambilias · 1 de diciembre de 2026"));
    for (int i = 0; i < 14; ++i) EXPECT_THAT(text, HasSubstr(name_of_member(i)));
    for (const auto* figure :
         {"Q6,510.00", "Q5,580.00", "Q325.00", "Q150.50", "Q1,250.00 antes", "Q1,175.50 después"}) {
        EXPECT_THAT(text, HasSubstr(figure));
    }
    EXPECT_THAT(text, HasSubstr("Nueva integrante: Ana Pineda"));
    EXPECT_THAT(text, HasSubstr("Préstamo: sin nombre, ella lo pidió"));
    EXPECT_THAT(text, HasSubstr("comprar hilo para los güipiles"));
    EXPECT_THAT(text, HasSubstr("para que nadie se quede esperando con el dinero en la mano"));
    EXPECT_THAT(text, HasSubstr("Comprar un candado nuevo para la caja"));
    EXPECT_THAT(text, HasSubstr("Lleva el dinero al banco: Lucía, con Begoña."));
    EXPECT_THAT(text, HasSubstr("Fuera del tema: 3"));
    EXPECT_THAT(text, HasSubstr("Deudas de otra persona: 1"));
    EXPECT_THAT(text, HasSubstr("Multas: no hubo"));
    EXPECT_THAT(text, HasSubstr("Rosa Xicay Ajú, presidenta"));
    EXPECT_THAT(text, HasSubstr("…MDEVAgARGBI0"));
    EXPECT_THAT(text, Not(HasSubstr("wamid"))) << "the end of it is enough";
    EXPECT_THAT(text, HasSubstr(held.chain));
    EXPECT_THAT(text, HasSubstr("martes, 29 de diciembre, 10:00"));
}

TEST_F(minutes_test, thirty_members_with_everything_are_one_page_still) {
    attend(30);
    with_everything();
    const auto text = read();
    for (int i = 0; i < 30; ++i) EXPECT_THAT(text, HasSubstr(name_of_member(i)));
    EXPECT_EQ(pages, 1);
}

TEST_F(minutes_test, sixty_members_with_long_names_lose_none_of_them) {
    attend(60);
    with_everything();
    for (int i = 0; i < 60; ++i) {
        held.attended[static_cast<std::size_t>(i)].name =
            "María de los Ángeles " + name_of_member(i) + " viuda de Ajquejay Chocoyo";
    }
    held.attended[3].name = std::string(90, 'W') + "Ñ";
    const auto text = read();
    for (int i = 0; i < 60; ++i) {
        if (i != 3) {
            EXPECT_THAT(text, HasSubstr(name_of_member(i) + " viuda de Ajquejay Chocoyo")) << i;
        }
    }
    EXPECT_EQ(std::ranges::count(text, 'W'), 90) << "a word wider than its place goes on below";
    EXPECT_GT(pages, 1);
    EXPECT_THAT(text, HasSubstr("1 / " + std::to_string(pages)));
    EXPECT_THAT(text, HasSubstr("Las Ceibas · Las Bugambilias · acta No. 12 · 1/12/2026"));
}

TEST_F(minutes_test, accents_and_ligatures_arrive_in_every_language) {
    attend(30);
    with_everything();
    held.moderator = "Ángel Œuvrard-Peña ¿ü? ç";
    for (const auto* language : {"es", "en", "fr"}) {
        const auto text = read(language);
        EXPECT_THAT(text, HasSubstr("Ángel Œuvrard-Peña ¿ü? ç")) << language;
        EXPECT_THAT(text, HasSubstr("Lecœur")) << language;
        EXPECT_THAT(text, HasSubstr("Ixk’i")) << language;
        EXPECT_THAT(text, Not(HasSubstr("{minutes"))) << language;
    }
    EXPECT_THAT(read("fr"), HasSubstr("procès-verbal n° 12"));
    EXPECT_THAT(read("fr"), HasSubstr("À l'heure"));
}

TEST_F(minutes_test, an_empty_meeting_is_a_document_too) {
    const auto text = read();
    EXPECT_EQ(pages, 1);
    EXPECT_THAT(text, HasSubstr("Cuórum: no. Vinieron 0 de 0"));
    EXPECT_THAT(text, HasSubstr("no tocaba ningún pago"));
    EXPECT_THAT(text, HasSubstr("Nadie ha firmado"));
    EXPECT_THAT(text, HasSubstr("Todavía no tiene fecha."));
    held = {};
    EXPECT_THAT(read(), HasSubstr("todavía no está terminada")) << "nothing at all is known";
}

TEST_F(minutes_test, what_was_broken_off_or_called_off_says_so_first) {
    attend(14);
    held.ended_as = state::adjourned;
    held.why_ended = "se fue la luz";
    EXPECT_THAT(read(), HasSubstr("La reunión se interrumpió: se fue la luz. Los pagos recibidos quedaron."));
    EXPECT_THAT(minutes_summary(what(), *words).at(1), HasSubstr("se interrumpió"));
    held.ended_as = state::cancelled;
    const auto text = read();
    EXPECT_THAT(text, HasSubstr("La reunión no se hizo"));
    EXPECT_THAT(text, Not(HasSubstr(name_of_member(0)))) << "nobody was asked to come";
}

TEST_F(minutes_test, a_group_that_keeps_its_sums_to_itself_is_told_none) {
    attend(14);
    with_everything();
    const auto text = read("es", minutes_for::group);
    for (const auto* sum : {"6,510", "5,580", "350.00", "325.00 0", "150.50"}) {
        EXPECT_THAT(text, Not(HasSubstr(sum)));
    }
    EXPECT_THAT(text, HasSubstr("Avisos de pago sin confirmar: 3"));
    EXPECT_THAT(text, HasSubstr("Q1,175.50 después")) << "the pot is everybody's";
    for (const auto& line : minutes_summary(what("es", minutes_for::group), *words)) {
        EXPECT_THAT(line, Not(HasSubstr("5,580")));
    }
    EXPECT_THAT(minutes_spoken(what("es", minutes_for::group), *words), Not(HasSubstr("cuotas")));
}

TEST_F(minutes_test, the_summary_is_eight_short_lines_at_most) {
    attend(14);
    with_everything();
    for (const auto* language : {"es", "en", "fr"}) {
        for (int more = 0; more < 20; ++more) {
            const auto lines = minutes_summary(what(language), *words);
            EXPECT_THAT(lines, SizeIs(testing::Le(dialogs::meetings::last_minutes_max)));
            for (const auto& line : lines) {
                EXPECT_LE(line.size(), summary_line_characters_max * 2) << line;
                EXPECT_THAT(line, Not(HasSubstr("\n")));
            }
            EXPECT_THAT(lines.back(), HasSubstr("10:00")) << "the next meeting is not crowded out";
            held.agreements.push_back({std::string(1'500, 'x'), "Ana", start});
        }
    }
    held.agreements.clear();
    const auto lines = minutes_summary(what(), *words);
    EXPECT_EQ(lines.at(0), "Acta 12 de Las Bugambilias, 1 de diciembre de 2026");
    EXPECT_EQ(lines.at(1), "Vinieron 12 de 14, 1 tarde.");
    EXPECT_EQ(lines.at(2), "Cuotas recibidas: Q5,580.00 de Q6,510.00.");
}

TEST_F(minutes_test, the_summary_has_what_was_approved_and_all_that_was_not_voted_on) {
    using namespace dialogs::meetings;
    attend(14);
    held.agreed = {
        {request_kind::loan, "Rosa Xicay", {3'000'00}, "hilo"},
        {request_kind::internal_loan, "", {0}, ""}};
    held.not_voted = {
        {request_kind::loan, "Dora Lopez", {200'00}, "maíz"},
        {request_kind::internal_loan, "Elsa Lopez", {100'00}, ""},
        {request_kind::loan, "Ana Pineda", {50'00}, ""},
        {request_kind::admission, "", {}, ""}};
    const auto lines = minutes_summary(what(), *words);
    EXPECT_THAT(lines, testing::Contains("Aprobado: Rosa Xicay, Q3,000.00; sin nombre, ella lo pidió."));
    EXPECT_THAT(lines, testing::Contains(
        "Quedó sin votar: Nueva integrante · alguien que todavía no contesta; Préstamo · Dora Lopez, "
        "Ana Pineda; Préstamo de la caja · Elsa Lopez"));
}

TEST_F(minutes_test, the_voice_says_whole_sentences_without_a_digit) {
    attend(14);
    with_everything();
    EXPECT_EQ(
        minutes_spoken(what(), *words),
        "Resumen de la reunión número doce del grupo Las Bugambilias, del martes, primero de "
        "diciembre. Vinieron doce de catorce personas. De cuotas se recibieron cinco mil quinientos "
        "ochenta quetzales guatemaltecos. En la caja del grupo hay mil ciento setenta y cinco "
        "quetzales guatemaltecos con cincuenta centavos. Damos la bienvenida a Ana Pineda. Hubo tres "
        "votaciones. Quedamos en esto: Comprar un candado nuevo para la caja. Lo hace Lucía. Quedamos "
        "en esto: La próxima vez empezamos a las diez en punto, y quien llegue después avisa antes por "
        "mensaje, para que nadie se quede esperando con el dinero en la mano. La próxima reunión es el "
        "martes, veintinueve de diciembre, a las diez de la mañana."
    );
    for (const auto* language : {"es", "en", "fr"}) {
        const auto text = minutes_spoken(what(language), *words);
        EXPECT_EQ(text.find_first_of("0123456789"), std::string::npos) << text;
        EXPECT_THAT(text, Not(HasSubstr("{minutes")));
        RecordProperty(language, text);
    }
    held.next = *held.next + 3h + 30min;
    EXPECT_THAT(minutes_spoken(what(), *words), HasSubstr("a la una y treinta de la tarde."));
    EXPECT_THAT(minutes_spoken(what("fr"), *words), HasSubstr("à treize heures trente."));
    EXPECT_THAT(minutes_spoken(what("en"), *words), HasSubstr("at one thirty in the afternoon."));
}

TEST_F(minutes_test, the_voice_keeps_the_next_meeting_whatever_was_agreed) {
    attend(60);
    with_everything();
    for (int i = 0; i < 18; ++i) held.agreements.push_back({std::string(120, 'x'), "Ana", start});
    for (const auto* language : {"es", "en", "fr"}) {
        const auto text = minutes_spoken(what(language), *words);
        const auto letters = std::ranges::count_if(text, [](char each) {
            return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U;
        });
        EXPECT_LE(letters, static_cast<std::ptrdiff_t>(spoken_characters_max)) << language;
    }
    EXPECT_THAT(minutes_spoken(what(), *words), HasSubstr("La próxima reunión"));
}

TEST_F(minutes_test, the_note_fits_core_banking_and_ends_with_the_hash) {
    attend(14);
    with_everything();
    held.agreements.assign(6, {"ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú "
                               "ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú",
                               "Ana", start});
    const auto note = minutes_note(what("fr"), *words);
    EXPECT_LE(note.size(), note_bytes_max);
    EXPECT_TRUE(note.ends_with(held.chain));
}

}  // namespace
}  // namespace tertulia::gateway
