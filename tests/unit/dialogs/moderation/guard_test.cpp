// Every other rule of the policy: what it catches, what it lets pass, and what follows.

#include "tests/unit/dialogs/moderation/shipped_guard.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

TEST(guard, talk_is_relayed) {
    EXPECT_EQ(rule_of("buenas tardes a todas 🙏", meeting_step::opening), "ordinary");
    EXPECT_TRUE(judge_text("").relayed());
    EXPECT_TRUE(judge_text("👍").relayed());
}

TEST(guard, codes_are_blocked_and_everybody_is_warned) {
    EXPECT_EQ(rule_of("mándenme el código que les llegó"), "code_or_pin");
    EXPECT_EQ(rule_of("what is your PIN?"), "code_or_pin");
    EXPECT_EQ(rule_of("donne-moi ton code secret"), "code_or_pin");
    EXPECT_EQ(rule_of("mi clave es 482915"), "code_or_pin");
    const auto& row = row_of(guard_rule::code_or_pin);
    EXPECT_EQ(row.decision, guard_decision::block);
    EXPECT_TRUE(row.security_task && row.warns_all);
    EXPECT_EQ(rule_of("nunca den su clave ni su PIN a nadie"), "ordinary") << "a warning is none";
}

TEST(guard, threats_and_insults_are_blocked_and_mute_for_an_hour) {
    EXPECT_EQ(rule_of("te voy a matar"), "threat");
    EXPECT_EQ(rule_of("sos una ladrona y debés 500"), "insult");
    const auto said = judge_text("sos una ladrona y debés 500");
    EXPECT_EQ(said.all, (std::vector{guard_rule::insult, guard_rule::privacy_balance}));
    EXPECT_EQ(row_of(guard_rule::insult).mute, 60min);
    EXPECT_TRUE(row_of(guard_rule::insult).complaint);
}

TEST(guard, an_emergency_pauses_and_what_is_sensitive_goes_to_her_officer_alone) {
    EXPECT_EQ(rule_of("está temblando fuerte"), "emergency");
    EXPECT_TRUE(row_of(guard_rule::emergency).pauses_meeting);
    EXPECT_EQ(rule_of("mi esposo me pegó anoche"), "sensitive");
    EXPECT_EQ(row_of(guard_rule::sensitive).decision, guard_decision::private_talk);
}

TEST(guard, papers_and_telephone_numbers_are_not_for_the_group) {
    EXPECT_EQ(rule_of("mi DPI es 2450 12345 0101"), "identity_paper");
    EXPECT_EQ(rule_of("2450123450101"), "identity_paper");
    EXPECT_EQ(rule_of("llámenme al 5512-3478"), "phone_number");
}

TEST(guard, links_are_held_also_written_in_words) {
    for (const char* text :
         {"https://bono.example/x",
          "vean www.gana.com",
          "bit.ly/bono",
          "WWW.GANA.COM",
          "entren a prestamos punto com",
          "t.me/grupo"}) {
        EXPECT_EQ(rule_of(text), "link") << text;
    }
    for (const char* text :
         {"vale 4.50 la bolsa", "llegué.me senté", "ok...ya", "son las 3.es tarde"}) {
        EXPECT_TRUE(judge_text(text).relayed()) << text;
    }
}

TEST(guard, offers_politics_and_chains_are_held) {
    EXPECT_EQ(rule_of("vendo huevos de patio"), "sales");
    EXPECT_EQ(rule_of("yo vendo en el mercado desde niña"), "ordinary");
    EXPECT_EQ(rule_of("voten por el candidato"), "politics_chain");
    EXPECT_EQ(rule_of("reenvíen este mensaje"), "politics_chain");
}

TEST(guard, nobody_is_made_to_pay_for_another) {
    EXPECT_EQ(rule_of("pongan entre todas lo que falta"), "pressure_to_pay");
    EXPECT_EQ(rule_of("let's all chip in"), "pressure_to_pay");
}

TEST(guard, payments_are_told_to_the_gateway_alone) {
    EXPECT_EQ(rule_of("ya pagué mi cuota", meeting_step::collection), "payment_proof");
    EXPECT_EQ(rule_of("¿la boleta se la mando por privado?", meeting_step::collection), "ordinary");
    const auto photo = [](meeting_step step) {
        return judge({.as = line_as::picture, .step = step}, in_guatemala()).rule;
    };
    EXPECT_EQ(photo(meeting_step::collection), guard_rule::payment_proof);
    EXPECT_EQ(photo(meeting_step::training), guard_rule::picture);
    EXPECT_EQ(
        judge({.text = "mi dpi 2450123450101", .as = line_as::picture}, in_guatemala()).rule,
        guard_rule::identity_paper
    );
}

TEST(guard, voice_notes_may_be_a_minute_and_of_officers_two) {
    const auto heard = [](std::chrono::seconds length, speaker_role by) {
        return judge({.as = line_as::voice, .length = length, .by = by}, in_guatemala()).rule;
    };
    EXPECT_EQ(heard(60s, speaker_role::member), guard_rule::ordinary);
    EXPECT_EQ(heard(61s, speaker_role::member), guard_rule::voice_too_long);
    EXPECT_EQ(heard(120s, speaker_role::officer), guard_rule::ordinary);
    EXPECT_EQ(heard(121s, speaker_role::officer), guard_rule::voice_too_long);
    EXPECT_EQ(
        judge({.text = "la Marta debe 500", .as = line_as::voice, .length = 5s}, in_guatemala())
            .rule,
        guard_rule::privacy_balance
    ) << "its transcript counts";
}

TEST(guard, what_is_forwarded_or_a_link_by_its_form_is_held) {
    EXPECT_EQ(
        judge({.text = "qué bonito", .forwarded = true}, in_guatemala()).rule, guard_rule::forwarded
    );
    EXPECT_EQ(judge({.as = line_as::link_card}, in_guatemala()).rule, guard_rule::link);
}

TEST(guard, prayers_are_welcome_at_opening_and_closing) {
    EXPECT_EQ(rule_of("que el Señor nos acompañe", meeting_step::opening), "ordinary");
    const auto later = judge_text("oremos por la cosecha", meeting_step::training);
    EXPECT_EQ(later.rule, guard_rule::off_topic);
    EXPECT_TRUE(later.relayed()) << "she is asked gently, no more";
}

TEST(guard, bytes_that_are_no_text_and_endless_lines_are_held) {
    EXPECT_EQ(rule_of("hola \xff\xfe"), "too_long");
    EXPECT_EQ(rule_of(std::string(guard_bytes_max + 1, 'a')), "too_long");
    EXPECT_TRUE(judge_text(std::string(guard_bytes_max, 'a')).relayed());
}

TEST(guard, the_table_is_whole) {
    std::set<std::string_view> names;
    for (const auto& row : guard_table()) {
        names.insert(row.name);
        EXPECT_EQ(find_guard_rule(row.name), row.is);
        EXPECT_FALSE(row.about.empty());
        EXPECT_TRUE(row.told || row.decision == guard_decision::relay) << row.name;
    }
    EXPECT_EQ(names.size(), guard_rules);
    EXPECT_EQ(message_key(guard_rule::insult), "moderation.insult");
    EXPECT_FALSE(find_guard_rule("Insult"));
}

TEST(guard, without_words_and_names_nothing_is_known_and_nothing_breaks) {
    const meeting_lexicon none;
    const meeting_roster nobody;
    const guard_context in{.words = none, .roster = nobody};
    EXPECT_TRUE(judge({.text = "hola"}, in).relayed());
    EXPECT_EQ(judge({.text = "https://x.com"}, in).rule, guard_rule::link);
}

}  // namespace
}  // namespace tertulia::dialogs
