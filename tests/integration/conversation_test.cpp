// Whole conversations with the people of the demo institution (config/demo/README.md), through the
// real webhook: what is owed right to the cent for who has proved herself, nothing for anybody else,
// and every promise of the PIN.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sstream>

namespace tertulia::integration {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

struct somebody {
    const char* number;
    const char* pin;
    const char* name;
};
constexpr somebody rosa{"50255500101", "482915", "Rosa"};
constexpr somebody marta{"50255500102", "830264", "Marta"};
constexpr somebody james{"50255500103", "619507", "James"};
constexpr somebody awa{"50255500104", "358290", "Awa"};
constexpr somebody elena{"50255500105", "947163", "Elena"};
constexpr somebody ana{"50255500106", "506832", "Ana"};
constexpr auto shared_telephone = "50255500107";
constexpr auto julia_without_pin = "50255500108";
constexpr auto stranger = "50255500199";

// Spaces of every width as one kind: French puts narrow ones into numbers.
std::string plain(std::string text) {
    for (const char* wide : {"\u00a0", "\u202f"}) {
        for (auto at = text.find(wide); at != std::string::npos; at = text.find(wide)) {
            text.replace(at, std::string{wide}.size(), " ");
        }
    }
    return text;
}

std::string all_texts(const std::vector<said>& of) {
    std::string out;
    for (const auto& one : of) {
        out += plain(one.text) + '\n';
        for (const auto& [id, title] : one.choices) out += plain(title) + '\n';
    }
    return out;
}

// The same people for all cases; every case uses its own.
class conversation : public testing::Test {
protected:
    static void SetUpTestSuite() { here_ = std::make_unique<town>(gateway_options{.demo = true}); }
    static void TearDownTestSuite() { here_.reset(); }

    // She writes, and nothing more comes for her afterwards: the answers.
    static std::vector<said> says(
        std::string_view who, std::string_view text, std::size_t answers = 1
    ) {
        auto out = here_->says(who, text, answers);
        const auto count = here_->meta.to(who).size();
        EXPECT_TRUE(stays([&] { return here_->meta.to(who).size() == count; }, 150ms))
            << all_texts(here_->meta.to(who));
        return out;
    }

    // Welcome, PIN, and what comes then.
    static std::vector<said> verified(
        const somebody& who, std::string_view question, std::size_t answers
    ) {
        const auto asked = says(who.number, question, 2);
        EXPECT_THAT(all_texts(asked), HasSubstr("PIN"));
        EXPECT_THAT(all_texts(asked), Not(HasSubstr(who.name)));
        return says(who.number, who.pin, answers);
    }

    static inline std::unique_ptr<town> here_{};
};

// ---- to the cent, in three languages

TEST_F(conversation, in_spanish_rosa_hears_what_she_owes) {
    const auto got = verified(rosa, "seño buenas, kuanto me falta", 3);
    ASSERT_THAT(got, SizeIs(3));
    EXPECT_THAT(got[0].text, HasSubstr("Gracias"));
    EXPECT_THAT(plain(got[1].text), AllOf(HasSubstr("Q2,790.00"), HasSubstr("Q465.00")));
    EXPECT_THAT(got[1].text, HasSubstr("6 cuotas"));
    EXPECT_THAT(got[2].choices, SizeIs(3));
}

TEST_F(conversation, in_english_james_hears_what_he_owes) {
    const auto got = verified(james, "how much do I still owe?", 3);
    ASSERT_THAT(got, SizeIs(3));
    EXPECT_THAT(plain(got[1].text), AllOf(HasSubstr("2,251.00"), HasSubstr("1,125.50")));
    EXPECT_THAT(got[1].text, HasSubstr("You owe"));
}

TEST_F(conversation, in_french_awa_hears_what_she_owes) {
    const auto got = verified(awa, "combien je dois encore ?", 3);
    ASSERT_THAT(got, SizeIs(3));
    EXPECT_THAT(plain(got[1].text), AllOf(HasSubstr("2 477,25"), HasSubstr("275,25")));
}

TEST_F(conversation, with_two_loans_marta_is_asked_which_and_each_is_right) {
    auto got = verified(marta, "mi saldo", 2);
    ASSERT_THAT(got, SizeIs(2));
    ASSERT_THAT(got[1].choices, SizeIs(2));
    const auto school = got[1].choices[1].second.find("escolar") != std::string::npos ? 1U : 0U;
    got = here_->taps(marta.number, got[1].choices[school], 2);
    EXPECT_THAT(plain(got[0].text), AllOf(HasSubstr("Q615.00"), Not(HasSubstr("2,480"))));
}

TEST_F(conversation, elena_who_is_late_is_told_so_kindly_and_ana_without_a_loan_too) {
    // New to the telephone: she hears the welcome, too.
    EXPECT_THAT(all_texts(says(elena.number, "mi saldo", 3)), HasSubstr("PIN"));
    auto got = says(elena.number, elena.pin, 3);
    EXPECT_THAT(plain(got[1].text), HasSubstr("Q280.00"));
    got = verified(ana, "mi saldo", 2);
    EXPECT_THAT(got[1].text, HasSubstr("No encuentro un préstamo"));
}

// ---- nothing for anybody else

TEST_F(conversation, who_cannot_prove_herself_learns_nothing_and_nobody_can_tell_why) {
    std::vector<std::string> heard;
    // Who writes from a telephone of several is asked who she is; a name of none of them is a
    // stranger's.
    EXPECT_THAT(says(shared_telephone, "mi saldo", 2).back().text, HasSubstr("con quién hablo"));
    for (const auto* who : {stranger, shared_telephone, julia_without_pin}) {
        const auto got = who == shared_telephone ? says(who, "Petronila Xuluc", 2)
                                                 : says(who, "mi saldo", 3);
        const auto all = all_texts(here_->meta.to(who));
        for (const auto* secret : {"Lucía", "Lucia", "Carmen", "Julia", "4,480", "préstamo", "Q4"}) {
            EXPECT_THAT(all, Not(HasSubstr(secret))) << who;
        }
        heard.push_back(got[who == shared_telephone ? 0 : 1].text);
    }
    EXPECT_EQ(heard[0], heard[1]);
    EXPECT_EQ(heard[0], heard[2]);
    // Six digits change nothing: nobody asked for them.
    for (const auto* who : {stranger, shared_telephone, julia_without_pin}) {
        const auto got = here_->says(who, "193740", 1);
        EXPECT_THAT(all_texts(got), Not(HasSubstr("Q"))) << who;
    }
}

TEST_F(conversation, five_wrong_pins_lock_it_also_for_the_right_one) {
    town own{{.demo = true}};
    own.says(rosa.number, "mi saldo", 2);
    for (int i = 1; i <= 4; ++i) {
        const auto got = own.says(rosa.number, "11111" + std::to_string(i));
        EXPECT_THAT(got.back().text, HasSubstr("Ese PIN no")) << i;
    }
    EXPECT_THAT(own.says(rosa.number, "111115", 2).front().text, HasSubstr("descansar"));
    // The right one is not even looked at, in this talk or a new one, or after a restart.
    own.house.kill();
    own.house.start();
    EXPECT_THAT(own.says(rosa.number, "mi saldo", 2).front().text, HasSubstr("descansar"));
    own.house.hears(text_message(rosa.number, rosa.pin));
    EXPECT_TRUE(stays(
        [&] {
            return all_texts(own.meta.to(rosa.number)).find("2,790") == std::string::npos;
        },
        500ms
    ));
}

TEST_F(conversation, no_pin_is_ever_written_down) {
    town own{{.demo = true}};
    own.says(rosa.number, "mi saldo", 2);
    own.says(rosa.number, "739 146");  // wrong, and spelt with a space
    own.says(rosa.number, rosa.pin, 3);
    const auto on_disk = [&] {
        std::string all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{
                 own.house.database().parent_path()}) {
            std::ostringstream one;
            if (entry.is_regular_file()) one << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
            all += std::move(one).str();
        }
        return all + own.house.log();
    };
    for (const bool stopped : {false, true}) {
        if (stopped) {
            ASSERT_EQ(own.house.stop(), 0);
        }
        const auto all = on_disk();
        EXPECT_GT(all.size(), 100'000U);
        for (const auto* digits : {rosa.pin, "739146", "739 146"}) {
            EXPECT_EQ(all.find(digits), std::string::npos) << digits;
        }
    }
    // Nor is it said back to her.
    EXPECT_EQ(all_texts(own.meta.to(rosa.number)).find(rosa.pin), std::string::npos);
}

// ---- the talk

// Our messages print *like this* what she may write. A stranger who writes only that is answered in
// the language she read it in.
TEST_F(conversation, the_words_we_tell_people_to_write_are_of_their_language) {
    const std::pair<const char*, std::vector<std::string>> all[]{
        {"Hola. Soy", {"verificar", "menú", "menu", "persona", "pagué", "no sé", "idioma"}},
        {"Listo. Ya no", {"alto", "stop", "STOP"}},
        {"Hello. I am", {"verify", "person", "paid", "resume"}},
        {"Bonjour. Je suis", {"vérifier", "personne", "payé", "reprendre"}}};
    int number = 0;
    for (const auto& [start, words] : all) {
        for (const auto& word : words) {
            const auto who = std::to_string(50'255'590'000 + ++number);
            EXPECT_THAT(here_->says(who, word, 1).front().text, StartsWith(start)) << word;
        }
    }
}

TEST_F(conversation, who_says_stop_is_stopped_at_once_and_may_come_back) {
    constexpr auto who = "50255580001";
    says(who, "hola", 3);
    EXPECT_THAT(says(who, "STOP").back().text, HasSubstr("Ya no le mandaremos mensajes"));
    EXPECT_THAT(says(who, "menú").back().choices, testing::Contains(testing::Field(
        &std::pair<std::string, std::string>::second, "Recibir mensajes")));
    EXPECT_THAT(says(who, "volver", 2).front().text, HasSubstr("Qué bueno tenerle de vuelta"));
}

TEST_F(conversation, a_tap_on_an_old_question_is_recognised) {
    constexpr auto who = "50255580002";
    says(who, "verificar", 3);
    const auto question = here_->meta.to(who).back();
    ASSERT_THAT(question.choices, SizeIs(5));
    here_->taps(who, question.choices[0]);  // answered
    says(who, "idioma");
    const auto got = here_->taps(who, question.choices[1], 2);
    EXPECT_THAT(got[0].text, HasSubstr("mensaje anterior"));
    EXPECT_THAT(got[1].text, StartsWith("¿En qué idioma"));
    // Not even one that is none of ours does harm.
    EXPECT_THAT(here_->taps(who, {"v1|00000000|balance.tell|x", "?"}, 2), SizeIs(2));
    EXPECT_THAT(here_->taps(who, {"' OR 1=1 --", "?"}, 2), SizeIs(2));
}

TEST_F(conversation, the_language_she_chooses_is_spoken_from_then_on) {
    constexpr auto who = "50255580003";
    says(who, "hola", 3);
    auto asked = says(who, "idioma");
    ASSERT_THAT(asked.back().choices, SizeIs(4));
    EXPECT_THAT(
        plain(here_->taps(who, asked.back().choices[2]).back().text), HasSubstr("français"));
    EXPECT_THAT(says(who, "menu").back().text, Not(HasSubstr("ayudo")));
    here_->house.kill();
    here_->house.start();
    asked = says(who, "idioma");
    EXPECT_THAT(here_->taps(who, asked.back().choices[1]).back().text, HasSubstr("English"));
    EXPECT_EQ(says(who, "menu").back().text, "How can I help you?");
}

TEST_F(conversation, once_a_person_has_taken_over_the_machine_is_silent_but_for_stop) {
    constexpr auto who = "50255580004";
    says(who, "hola", 3);
    EXPECT_THAT(says(who, "persona").back().text, HasSubstr("le atiende una persona"));
    // Nobody has come yet: the assistant goes on, and keeps what it does not understand for who comes.
    EXPECT_THAT(says(who, "¿sigue ahí?").back().text, HasSubstr("ya lo apunté"));
    EXPECT_FALSE(says(who, "menú").back().choices.empty());
    const auto listed = here_->house.command({"case", "list"}).second;
    const auto line = listed.rfind('\n', listed.rfind("asked"));
    const auto from = line == std::string::npos ? 0 : line + 1;
    const auto number = listed.substr(from, listed.find(' ', from) - from);
    ASSERT_EQ(here_->house.command({"case", "take", number, "--by", "luis"}).first, 0) << listed;
    EXPECT_TRUE(soon([&] {
        return here_->meta.to(who).back().text.find("ya tiene su mensaje") != std::string::npos;
    }));
    const auto before = here_->meta.to(who).size();
    here_->house.hears(text_message(who, "mi saldo"));
    here_->house.hears(text_message(who, "menú"));
    EXPECT_TRUE(stays([&] { return here_->meta.to(who).size() == before; }, 500ms));
    EXPECT_THAT(says(who, "alto").back().text, HasSubstr("Ya no le mandaremos"));
    EXPECT_THAT(says(who, "volver").back().text, HasSubstr("ya puede recibir nuestros mensajes"));
}

TEST_F(conversation, whoever_took_it_over_gives_it_back) {
    constexpr auto who = "50255580014";
    const auto release = [&](const std::string& body) {
        const auto answer = ask(
            here_->house.admin(), "POST", "/api/v1/conversations/release",
            {{"Content-Type", "application/json"}}, body
        );
        return answer ? answer->status : 0;
    };
    const auto hers = R"({"phone": "+50255580014"})";
    EXPECT_EQ(release(hers), 404) << "she has never written";
    says(who, "hola", 3);
    EXPECT_EQ(release(hers), 409);
    says(who, "persona");
    const auto before = here_->meta.to(who).size();
    EXPECT_EQ(release(hers), 200);
    const auto got = here_->meta.to(who, before + 2);
    EXPECT_THAT(got[before].text, HasSubstr("Aquí estoy otra vez"));
    for (const auto* wrong : {"", "{", "[]", R"({"phone": 5})", R"({"phone": "5558"})", R"({"phone": "+0123456789"})"}) {
        EXPECT_EQ(release(wrong), 400) << wrong;
    }
}

TEST_F(conversation, a_restart_in_the_middle_of_a_talk_is_not_noticed) {
    town own{{.demo = true}};
    const auto restart = [&](bool killed) {
        if (killed) {
            own.house.kill();
        } else {
            EXPECT_EQ(own.house.stop(), 0);
        }
        own.house.start();
    };
    for (const bool killed : {false, true}) {
        const auto& who = killed ? james : rosa;
        own.says(who.number, killed ? "my balance" : "mi saldo", 2);
        restart(killed);
        const auto got = own.says(who.number, who.pin, 3);
        EXPECT_THAT(plain(got[1].text), HasSubstr(killed ? "2,251.00" : "Q2,790.00"));
        restart(killed);
        // Her question is still open, and she is still known.
        const auto more = own.taps(who.number, got[2].choices.back());
        EXPECT_THAT(more, SizeIs(1));
        restart(killed);
        const auto again = own.says(who.number, killed ? "my balance" : "mi saldo", 2);
        EXPECT_THAT(plain(again[0].text), HasSubstr(killed ? "2,251.00" : "Q2,790.00"));
    }
}

}  // namespace
}  // namespace tertulia::integration
