// Typed answers are kept, asked again, explained and corrected; a form can stop and go on.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/unit/dialogs/script/answers_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::ElementsAre;
using testing::IsEmpty;

conversation begun(const char* word) {
    conversation her(load_scripts(with_answers()).scripts);
    her.session.welcomed = true;
    (void)her.say(word);
    return her;
}

conversation visit() {
    return begun("visita");
}
conversation join() {
    return begun("unirme");
}

const std::string& kept(const conversation& her, const std::string& name) {
    return her.session.frames.back().kept.at("answer." + name);
}

TEST(typed_question, an_answer_is_kept_and_told_back) {
    auto her = visit();
    EXPECT_THAT(her.say("unos 3 mil"), ElementsAre("visit.day"));
    EXPECT_EQ(kept(her, "sum"), "amount:300000 GTQ");
    EXPECT_THAT(her.say("el viernes"), ElementsAre("visit.sure"));
    EXPECT_EQ(her.texts.back(), "Q3,000.00 el viernes, 27 de noviembre: ¿está bien?");
    EXPECT_THAT(her.say("sí"), ElementsAre("visit.done"));
    EXPECT_THAT(her.session.frames, IsEmpty());
}

TEST(typed_question, what_may_mean_two_things_is_asked_again_with_an_example) {
    auto her = visit();
    EXPECT_THAT(her.say("entre 2000 y 3000"), ElementsAre("visit.example", "visit.sum"));
    EXPECT_EQ(her.session.misses, 1U);
    EXPECT_THAT(her.say("1.250"), ElementsAre("fallback.offer"));
}

TEST(typed_question, what_is_not_allowed_says_so_and_counts_as_a_try) {
    auto her = visit();
    EXPECT_THAT(her.say("200"), ElementsAre("visit.little", "visit.sum"));
    EXPECT_EQ(her.texts[her.texts.size() - 2], "Q200.00 es poco.");
    EXPECT_FALSE(her.session.frames.back().kept.contains("answer.sum"));
    EXPECT_THAT(her.say("300"), ElementsAre("visit.little", "fallback.offer"));
}

TEST(typed_question, help_is_no_miss_and_whoever_needs_it_twice_is_offered_a_person) {
    auto her = visit();
    EXPECT_THAT(her.say("?"), ElementsAre("visit.help", "visit.sum"));
    EXPECT_EQ(her.session.misses, 0U);
    EXPECT_THAT(her.say("¿por qué?"), ElementsAre("fallback.offer"));
}

TEST(typed_question, a_word_that_starts_a_dialog_is_none_of_its_answers) {
    auto her = visit();
    EXPECT_THAT(her.say("menu"), ElementsAre("menu.what"));
}

TEST(typed_question, its_own_tries_and_words_hold) {
    auto her = visit();
    (void)her.say("3000");
    EXPECT_THAT(her.say("no sé qué decir"), ElementsAre("visit.again", "visit.day"));
    EXPECT_THAT(her.say("ayer"), ElementsAre("visit.again", "visit.day"));
    EXPECT_THAT(her.say("ayer"), ElementsAre("fallback.offer"));
}

TEST(typed_question, a_picture_where_a_figure_is_asked_is_received_and_no_miss) {
    auto her = visit();
    const received_media photo{.kind = media_kind::image, .id = "m"};
    EXPECT_THAT(her.hear(photo), ElementsAre("common.picture_received", "visit.sum"));
    EXPECT_EQ(her.session.misses, 0U);
}

TEST(correction, changes_the_answer_before_and_asks_on) {
    auto her = visit();
    (void)her.say("3500");
    EXPECT_THAT(her.say("no, mejor 3000"), ElementsAre("common.corrected", "visit.day"));
    EXPECT_EQ(kept(her, "sum"), "amount:300000 GTQ");
    EXPECT_THAT(her.say("perdón, era 100"), ElementsAre("visit.little", "visit.day"));
    EXPECT_EQ(kept(her, "sum"), "amount:300000 GTQ");
}

TEST(correction, of_another_kind_is_none) {
    auto her = visit();
    (void)her.say("3500");
    EXPECT_THAT(her.say("mejor el viernes"), ElementsAre("visit.sure"));
    EXPECT_EQ(kept(her, "sum"), "amount:350000 GTQ");
}

TEST(form, asks_what_is_missing_shows_it_and_is_done) {
    auto her = join();
    EXPECT_THAT(her.say("Rosa Tzoc"), ElementsAre("join.rhythm"));
    EXPECT_THAT(her.tap("Mensual"), ElementsAre("join.members"));
    EXPECT_THAT(her.say("1"), ElementsAre("join.few", "join.members"));
    EXPECT_THAT(her.say("12"), ElementsAre("join.photo"));
    EXPECT_THAT(her.tap("Sin foto"), ElementsAre("join.review"));
    EXPECT_EQ(
        her.texts.back(),
        "Esto anoté:\n\n1. Nombre: Rosa Tzoc\n2. Ritmo\n3. Miembros\n4. Foto: no\n5. Está bien"
    );
    EXPECT_THAT(her.tap("Está bien"), ElementsAre("join.done"));
    ASSERT_NE(her.found<keep_record>(), nullptr);
    EXPECT_EQ(her.found<keep_record>()->kind, "form_completed");
    EXPECT_THAT(her.session.drafts, IsEmpty());
}

TEST(form, a_field_that_need_not_be_asked_is_left_out) {
    auto her = join();
    (void)her.say("Rosa");
    EXPECT_THAT(her.tap("Semanal"), ElementsAre("join.photo"));
    EXPECT_THAT(
        her.hear(received_media{.kind = media_kind::image, .id = "m"}), ElementsAre("join.review")
    );
    // Changed so that it has to be asked after all.
    EXPECT_THAT(her.say("ritmo"), ElementsAre("join.rhythm"));
    EXPECT_THAT(her.tap("Mensual"), ElementsAre("join.members"));
    EXPECT_THAT(her.say("7"), ElementsAre("join.review"));
}

TEST(form, goes_back_to_the_question_before) {
    auto her = join();
    EXPECT_THAT(her.say("atrás"), ElementsAre("join.name"));
    (void)her.say("Rosa");
    (void)her.tap("Mensual");
    EXPECT_THAT(her.say("atrás"), ElementsAre("join.rhythm"));
    EXPECT_THAT(her.say("atrás"), ElementsAre("join.name"));
    EXPECT_THAT(her.say("Ana"), ElementsAre("join.members"));
    EXPECT_EQ(kept(her, "person_name"), "name:Ana");
}

TEST(form, what_was_left_goes_on_at_the_same_question) {
    auto her = join();
    (void)her.say("Rosa");
    EXPECT_THAT(her.wait(30min), ElementsAre("join.kept"));
    EXPECT_THAT(her.session.frames, IsEmpty());
    her.now += 24h * 20;
    EXPECT_THAT(her.say("unirme"), ElementsAre("join.resume"));
    EXPECT_THAT(her.tap("Seguir"), ElementsAre("join.rhythm"));
    EXPECT_EQ(kept(her, "person_name"), "name:Rosa");
}

TEST(form, that_it_is_kept_is_said_once) {
    auto her = join();
    (void)her.say("Rosa");
    EXPECT_THAT(her.say("menu"), ElementsAre("join.kept", "menu.what"));
    (void)her.say("unirme");
    EXPECT_THAT(her.say("menu"), ElementsAre("menu.what"));
}

TEST(form, nothing_is_kept_where_nothing_was_answered) {
    auto her = join();
    EXPECT_THAT(her.say("menu"), ElementsAre("menu.what"));
    EXPECT_THAT(her.session.drafts, IsEmpty());
}

TEST(form, a_draft_lapses) {
    auto her = join();
    (void)her.say("Rosa");
    (void)her.wait(30min);
    her.now += 24h * 60;
    EXPECT_THAT(her.say("unirme"), ElementsAre("join.opening", "join.name"));
    EXPECT_THAT(her.session.drafts, IsEmpty());
}

TEST(form, anew_forgets_what_was_there) {
    auto her = join();
    (void)her.say("Rosa");
    (void)her.say("menu");
    (void)her.say("unirme");
    EXPECT_THAT(her.tap("De nuevo"), ElementsAre("join.opening", "join.name"));
    EXPECT_THAT(her.session.drafts, IsEmpty());
}

TEST(form, an_answer_of_a_draft_that_fits_no_more_is_asked_again) {
    auto her = join();
    (void)her.say("Rosa");
    (void)her.tap("Mensual");
    (void)her.say("menu");
    her.session.drafts.front().answers["answer.rhythm"] = "choice:yearly";
    her.session.drafts.front().answers["answer.person_name"] = "amount:1 GTQ";
    (void)her.say("unirme");
    EXPECT_THAT(her.tap("Seguir"), ElementsAre("join.name"));
}

TEST(form, why_is_told_and_no_answer) {
    auto her = join();
    EXPECT_THAT(her.say("¿para qué?"), ElementsAre("join.why", "join.name"));
}

}  // namespace
}  // namespace tertulia::dialogs
