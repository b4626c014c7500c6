// A meeting as its people live it: what is for the room goes there, what is hers alone does not, and
// what the room says comes in her own conversation.

#include "dialogs/meetings/replay.hpp"
#include "tests/talks/hall.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const std::string brenda = "+50255500001";
const std::string ana = "+50255500101";
const std::string eva = "+50255500102";
const std::string sonia = "+50255500103";

// Ten in the morning there.
constexpr instant start = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 16h;

meetings::plan plan_of_three() {
    const currency_code quetzal{};
    meetings::plan plan{
        .group_id = "G12",
        .group_name = "Las Rosas",
        .number = 7,
        .created = start - 72h,
        .start = start,
        .end = start + 2h,
        .moderator = {"officer:7", "Brenda"},
        .currency = quetzal,
        .internal_cash = {0, quetzal}};
    int nth = 0;
    for (const auto& [id, name, phone] :
         {std::tuple{"C1", "Ana", ana}, std::tuple{"C2", "Eva", eva}, std::tuple{"C3", "Sonia", sonia}}) {
        meetings::roster_member one{
            .id = id, .first_name = name, .full_name = std::string{name} + " López", .phone = phone};
        one.owes = {
            .loan_id = "L" + std::to_string(++nth),
            .instalment = {46'501 + nth * 1'013, quetzal},
            .due = std::chrono::year{2026} / 12 / 1,
            .savings = {2'500, quetzal}};
        plan.members.push_back(std::move(one));
    }
    plan.members[0].roles |= meetings::only(meetings::role::president);
    plan.members[1].roles |= meetings::only(meetings::role::treasurer);
    plan.members[2].roles |= meetings::only(meetings::role::secretary);
    return plan;
}

std::shared_ptr<const script_set> shipped() {
    static const auto made = [] {
        auto loaded = load_scripts(testing_sources::as_configured());
        EXPECT_TRUE(loaded.scripts) << testing_sources::all_problems(loaded);
        return loaded.scripts;
    }();
    return made;
}

struct meetings_talk : testing::Test {
    hall here{shipped(), plan_of_three()};

    meetings_talk() { seat_all(); }
    void seat_all() {
        for (const auto& [id, name, phone] :
             {std::tuple{"C1", "Ana", ana}, std::tuple{"C2", "Eva", eva},
              std::tuple{"C3", "Sonia", sonia}}) {
            client who{.id = id, .first_name = name, .last_name = "López", .phones = {phone}};
            who.language = "es";
            who.group_id = "G12";
            here.seat(phone, who);
        }
        here.seat(brenda, staff_person{.id = "officer:7", .name = "Brenda", .phone = brenda});
    }
    void officer(meetings::verb what) {
        here.act({.by = {.as = meetings::role::agent, .id = "officer:7", .name = "Brenda"},
                  .what = {.what = what},
                  .at = here.now});
    }
    void announced() {
        officer(meetings::verb::schedule);
        officer(meetings::verb::announce);
    }
    // All three are here, and the roll is being called.
    void opened() {
        announced();
        here.wait(start - here.now);
        for (const auto& one : {ana, eva, sonia}) here.say(one, "presente");
        here.say(brenda, "empezar");
    }
    // Payments are being collected.
    void collecting() {
        opened();
        for (int i = 0; i < 5 && here.room().now != meetings::state::collection; ++i) {
            here.wait(10min);
            here.say(brenda, "siguiente");
        }
        ASSERT_EQ(here.room().now, meetings::state::collection);
    }
    bool read(const std::string& phone, const std::string& words) const {
        return std::ranges::any_of(here.read_by(phone), [&](const read_message& one) {
            return one.text.find(words) != std::string::npos;
        });
    }
    // Nobody of the group has read it, nor will.
    void stays_from_group(const std::string& words) {
        here.wait(2min);
        for (const auto& one : {ana, eva, sonia}) EXPECT_FALSE(read(one, words)) << one << words;
        for (const auto& one : here.room().pending) EXPECT_EQ(one.text.find(words), std::string::npos);
        for (const auto& one : here.room().held) EXPECT_EQ(one.text.find(words), std::string::npos);
    }
    // The newest state of her case of a kind; none: a case without a number.
    client_case case_of(const std::string& kind) const {
        client_case found;
        for (const auto& one : here.cases) {
            if (one.as_is.kind == kind) found = one.as_is;
        }
        return found;
    }
    bool has_words(const client_case& of, const std::string& words) const {
        return std::ranges::any_of(of.words, [&](const std::string& one) {
            return one.find(words) != std::string::npos;
        });
    }
};

TEST_F(meetings_talk, what_she_says_after_she_has_a_problem_is_her_agents_alone) {
    collecting();
    here.tap(ana, "Tengo un problema");
    EXPECT_THAT(here.last_of(ana), HasSubstr("Al grupo no se le dice nada"));
    here.say(ana, "se me enfermó el nene y gasté lo de la cuota");
    here.say(ana, "y todavía no sale del centro de salud");
    stays_from_group("enfermó");
    stays_from_group("centro de salud");
    EXPECT_TRUE(has_words(case_of("meeting_hardship"), "se me enfermó el nene"));
    EXPECT_TRUE(has_words(case_of("meeting_hardship"), "centro de salud"));
}

TEST_F(meetings_talk, her_problem_stays_hers_when_the_meeting_has_gone_on) {
    collecting();
    here.tap(ana, "Tengo un problema");
    here.say(brenda, "siguiente ya es tarde");
    here.wait(3min);
    here.send(ana, received_media{.kind = media_kind::voice_note, .id = "V1"});
    here.send(ana, received_media{.kind = media_kind::image, .id = "I1", .caption = "la receta del nene"});
    stays_from_group("receta");
    EXPECT_EQ(case_of("meeting_hardship").media.size(), 2U);
    here.wait(3min);  // she is done
    here.say(ana, "Buenas ideas las de hoy");
    EXPECT_EQ(here.log.back().what.what.what, meetings::verb::said) << "for the room again";
}

TEST_F(meetings_talk, danger_in_her_problem_is_told_at_once_and_the_group_hears_nothing) {
    collecting();
    here.tap(ana, "Tengo un problema");
    here.say(ana, "me asaltaron y se llevaron lo de la cuota");
    stays_from_group("asaltaron");
    EXPECT_TRUE(has_words(case_of("meeting_emergency"), "me asaltaron"));
    EXPECT_EQ(here.room().now, meetings::state::collection);
}

TEST_F(meetings_talk, that_she_cannot_pay_is_hers_also_where_she_says_it_to_all) {
    for (const auto* words :
         {"no puedo pagar seño, no tengo pisto", "no me alcanza para la cuota esta vez",
          "no voy a poder dar lo mio", "voy a dar solo la mitad"}) {
        here = hall{shipped(), plan_of_three()};
        seat_all();
        collecting();
        here.say(eva, words);
        EXPECT_THAT(here.last_of(eva), HasSubstr("Queda entre usted y su asesora")) << words;
        stays_from_group(words);
        EXPECT_TRUE(meetings::find_record(here.room(), "C2")->in_trouble) << words;
        EXPECT_TRUE(has_words(case_of("meeting_hardship"), words)) << words;
        EXPECT_TRUE(here.room().queue.empty());
    }
}

TEST_F(meetings_talk, that_she_cannot_pay_is_hers_at_every_step_and_when_she_may_not_speak) {
    opened();
    here.say(eva, "no voy a poder dar lo mio hoy");
    EXPECT_THAT(here.last_of(eva), HasSubstr("Queda entre usted y su asesora"));
    here.say(brenda, "silenciar 3");
    here.say(sonia, "no me alcanza para la cuota esta vez");
    EXPECT_THAT(here.last_of(sonia), HasSubstr("Queda entre usted y su asesora"));
    stays_from_group("lo mio");
    stays_from_group("no me alcanza");
    EXPECT_TRUE(has_words(case_of("meeting_hardship"), "no me alcanza para la cuota"));
}

TEST_F(meetings_talk, talk_of_the_market_is_no_problem_of_hers) {
    opened();
    for (const auto* words : {"ya no alcanza para nada con estos precios", "yo fío poco, los clientes no pagan",
                              "el gas ya está a 135 el cilindro"}) {
        here.say(eva, words);
        here.wait(30s);
        EXPECT_TRUE(read(ana, words)) << words;
    }
}

TEST_F(meetings_talk, she_is_here_in_whatever_words_she_says_it) {
    for (const auto* words : {"presente seño buenos dias", "Presente gracias", "aqui estoy", "ya llegue",
                              "aca ando", "aki toy", "si"}) {
        here = hall{shipped(), plan_of_three()};
        seat_all();
        announced();
        here.wait(start - here.now);
        here.say(eva, words);
        EXPECT_TRUE(meetings::find_record(here.room(), "C2")->in_room) << words;
    }
}

TEST_F(meetings_talk, a_word_of_the_meeting_comes_before_a_question_of_ours) {
    announced();
    here.say(eva, "reunión");  // and she is asked whether somebody shall explain
    ASSERT_FALSE(here.of(eva).frames.empty());
    here.wait(start - here.now);
    here.say(eva, "presente");
    EXPECT_TRUE(meetings::find_record(here.room(), "C2")->in_room);
    EXPECT_TRUE(here.of(eva).frames.empty()) << "what was asked waits no longer";
    here.say(eva, "Buenos días a todas");
    EXPECT_EQ(here.room().pending.size(), 1U);
}

TEST_F(meetings_talk, the_officers_words_come_before_a_question_of_ours) {
    opened();
    here.say(brenda, "reunión");
    ASSERT_FALSE(here.of(brenda).frames.empty());
    here.say(brenda, "quiénes");
    EXPECT_THAT(here.last_of(brenda), HasSubstr("1. Ana"));
    here.say(brenda, "pausa");
    EXPECT_EQ(here.room().now, meetings::state::paused);
}

TEST_F(meetings_talk, the_president_and_the_treasurer_are_heard_with_a_question_open) {
    collecting();
    here.say(ana, "reunión");
    here.say(ana, "acuerdo que todas pongamos flores");
    EXPECT_EQ(here.room().agreements.size(), 1U);
    here.say(eva, "reunión");
    here.say(eva, "efectivo 3 90.50");
    ASSERT_EQ(here.room().cash.size(), 1U);
    EXPECT_EQ(here.room().cash.front().amount.minor, 9050);
    here.say(eva, "efectivo 1 -50");
    EXPECT_THAT(here.last_of(eva), HasSubstr("*efectivo 4 100*"));
    EXPECT_TRUE(here.of(eva).claims.empty());
}

TEST_F(meetings_talk, what_is_begun_and_not_whole_is_answered_to_who_may_do_it) {
    opened();
    here.say(ana, "votar");
    EXPECT_THAT(here.last_of(ana), HasSubstr("*votar 2*"));
    here.say(ana, "cerrar votacion");
    EXPECT_THAT(here.last_of(ana), HasSubstr("*cerrar votación 2*"));
    here.say(eva, "multa 3x");
    here.wait(30s);
    EXPECT_TRUE(read(ana, "multa 3x")) << "no word of the treasurer's: talk";
}

TEST_F(meetings_talk, who_leads_may_say_the_name_in_place_of_the_number) {
    opened();
    here.say(brenda, "silenciar a doña Éva 10 por gritar");
    EXPECT_THAT(here.last_of(eva), HasSubstr("por gritar"));
    EXPECT_GT(meetings::find_record(here.room(), "C2")->muted_until, here.now);
    here.say(brenda, "quitar silencio eva");
    EXPECT_LE(meetings::find_record(here.room(), "C2")->muted_until, here.now);
    here.say(brenda, "silenciar Juana");
    EXPECT_THAT(here.last_of(brenda), HasSubstr("Revise el número o el nombre"));
    here.say(sonia, "silenciar Eva");
    here.wait(30s);
    EXPECT_TRUE(read(ana, "silenciar Eva")) << "of a member it is talk";
    EXPECT_LE(meetings::find_record(here.room(), "C2")->muted_until, here.now);
}

TEST_F(meetings_talk, a_name_that_two_have_is_asked_for_by_number) {
    opened();
    here.say(brenda, "silenciar López");
    EXPECT_THAT(here.last_of(brenda), testing::AllOf(HasSubstr("su número"), HasSubstr("2 Eva López")));
    for (const auto* id : {"C1", "C2", "C3"}) {
        EXPECT_LE(meetings::find_record(here.room(), id)->muted_until, here.now);
    }
}

TEST_F(meetings_talk, an_objection_before_there_are_minutes_is_talk) {
    opened();
    here.say(eva, "falta la Sonia, ya viene");
    here.wait(30s);
    EXPECT_TRUE(read(ana, "falta la Sonia, ya viene"));
}

TEST_F(meetings_talk, an_act_beside_her_problem_is_still_an_act) {
    collecting();
    here.tap(eva, "Tengo un problema");
    here.say(eva, "se enfermó mi hijo");
    here.say(eva, "mano");
    EXPECT_THAT(here.room().queue, testing::ElementsAre("C2"));
    EXPECT_FALSE(has_words(case_of("meeting_hardship"), "mano"));
    here.say(eva, "y no me alcanza");
    EXPECT_TRUE(has_words(case_of("meeting_hardship"), "no me alcanza"));
    stays_from_group("no me alcanza");
}

TEST_F(meetings_talk, whose_line_is_flagged_is_said_by_number_and_heard_by_nobody_else) {
    opened();
    here.say(eva, "hola compañeras");
    here.wait(30s);
    here.say(ana, "revisar Eva");
    EXPECT_THAT(here.last_of(ana), HasSubstr("hola compañeras"));
    EXPECT_THAT(here.last_of(ana), HasSubstr("*revisar"));
    stays_from_group("revisar Eva");
    here.say(ana, "revisar bien las cuentas");
    here.wait(30s);
    EXPECT_TRUE(read(eva, "revisar bien las cuentas")) << "talk";
}

TEST_F(meetings_talk, after_she_has_asked_for_a_person_her_words_are_for_that_person) {
    opened();
    here.say(eva, "persona");
    here.say(eva, "seño, le cuento aparte: mi hijo está preso");
    stays_from_group("preso");
    here.say(eva, "mano");
    EXPECT_THAT(here.room().queue, testing::ElementsAre("C2")) << "an act is for the room";
}

TEST_F(meetings_talk, a_receipt_that_is_spoken_stays_with_us) {
    collecting();
    here.tap(eva, "Ya pagué");
    here.wait(30s);
    const auto before = here.read_by(ana).size();
    here.send(eva, received_media{.kind = media_kind::voice_note, .id = "V1"});
    EXPECT_EQ(meetings::find_record(here.room(), "C2")->claims, 2);
    here.wait(30s);
    EXPECT_EQ(here.read_by(ana).size(), before) << here.last_of(ana);
    here.wait(20min);
    here.send(eva, received_media{.kind = media_kind::voice_note, .id = "V2"});
    EXPECT_EQ(meetings::find_record(here.room(), "C2")->claims, 2) << "that is talk again";
}

TEST_F(meetings_talk, who_leads_two_meetings_commands_the_one_she_was_in_and_is_told_which_speaks) {
    opened();
    here.say(brenda, "quiénes");
    const auto lobby = [&] {
        here.hear_other(brenda, room_says{
            .room = "G99/1",
            .group = "Los Pinos",
            .what = meetings::say{
                .to = {meetings::recipient::kind::officer, "officer:7"},
                .key = "meeting.noted",
                .choices = {{.id = meetings::choice_id({.what = meetings::verb::open}), .title_key = "meeting.choice.open"}}}});
    };
    lobby();
    EXPECT_THAT(here.last_of(brenda), HasSubstr("*Los Pinos*"));
    here.say(brenda, "silenciar 2");
    EXPECT_GT(meetings::find_record(here.room(), "C2")->muted_until, here.now);
    EXPECT_THAT(here.elsewhere, testing::IsEmpty());
    EXPECT_THAT(here.last_of(brenda), HasSubstr("*Las Rosas*"));
    // The button of the other, as it is written on it, is the other's.
    here.wait(1s);
    lobby();
    here.say(brenda, here.read_by(brenda).back().choices.at(0).title);
    EXPECT_THAT(here.elsewhere, testing::ElementsAre("G99/1"));
    here.say(brenda, "quiénes");
    EXPECT_EQ(here.elsewhere.size(), 2U) << "she has gone over to it";
}

TEST_F(meetings_talk, yes_is_enough_where_she_is_asked_whether_it_ends_here) {
    opened();
    here.say(brenda, "suspender");
    EXPECT_NE(here.room().now, meetings::state::adjourned);
    here.say(brenda, "si");
    EXPECT_EQ(here.room().now, meetings::state::adjourned);
}

TEST_F(meetings_talk, an_emergency_is_heard_whatever_was_asked) {
    opened();
    here.say(eva, "reunión");
    ASSERT_FALSE(here.of(eva).frames.empty());
    here.say(eva, "ay dios está temblando!!");
    EXPECT_EQ(here.room().now, meetings::state::paused);
    EXPECT_TRUE(has_words(case_of("meeting_emergency"), "temblando"));
    EXPECT_TRUE(read(brenda, "temblando"));
}

TEST_F(meetings_talk, a_greeting_in_the_room_is_talk) {
    opened();
    here.say(eva, "hola");
    here.wait(30s);
    EXPECT_TRUE(read(ana, "hola"));
    EXPECT_TRUE(here.of(eva).frames.empty());
}

TEST_F(meetings_talk, a_question_she_lets_lie_does_not_keep_her_from_the_room) {
    opened();
    here.say(eva, "reunión");
    here.wait(5min);
    here.say(eva, "muy bonito el tema de hoy");
    here.wait(30s);
    EXPECT_TRUE(read(ana, "muy bonito el tema"));
    EXPECT_TRUE(here.of(eva).frames.empty());
}

TEST_F(meetings_talk, an_invitation_is_answered_in_words) {
    announced();
    here.say(ana, "clar que si seño ai estare");
    EXPECT_TRUE(meetings::find_record(here.room(), "C1")->coming);
    here.say(eva, "no voy a poder, tengo que ir a la costa");
    EXPECT_EQ(meetings::find_record(here.room(), "C2")->attends, meetings::attendance::excused);
    EXPECT_EQ(here.log.back().what.what.text, "no voy a poder, tengo que ir a la costa");
    EXPECT_TRUE(here.of(eva).frames.empty());
    here.wait(1min);
    here.say(sonia, "saldo");  // she speaks of something else now
    here.say(sonia, "no");
    EXPECT_EQ(meetings::find_record(here.room(), "C3")->attends, meetings::attendance::unknown);
}

TEST_F(meetings_talk, a_reminder_is_answered_as_the_invitation) {
    announced();
    here.say(ana, "si");
    here.wait(start - 1h - here.now);
    here.say(ana, "claro que si");
    EXPECT_THAT(here.last_of(ana), Not(HasSubstr("Eso ya está hecho")));
    here.wait(1min);
    here.say(eva, "fijese que no voy a poder");
    EXPECT_FALSE(meetings::find_record(here.room(), "C2")->coming);
    EXPECT_EQ(here.log.back().what.what.what, meetings::verb::excuse);
}

TEST_F(meetings_talk, what_she_would_change_is_kept_though_a_question_is_open) {
    auto plan = plan_of_three();
    plan.feedback = "meeting.feedback";
    here = hall{shipped(), plan};
    seat_all();
    opened();
    for (int i = 0; i < 30 && here.room().now < meetings::state::minutes_review; ++i) {
        here.wait(2min);
        here.say(brenda, here.room().now == meetings::state::closing ? "cerrar reunion" : "siguiente ya");
    }
    ASSERT_EQ(here.room().now, meetings::state::minutes_review);
    here.say(eva, "reunión");
    here.say(eva, "firmar");
    here.tap(eva, "No me gustó");
    here.tap(eva, "Contar qué");
    here.say(eva, "muy larga, y que no me hablen de doña");
    ASSERT_FALSE(here.room().comments.empty());
    EXPECT_THAT(here.room().comments.back(), HasSubstr("muy larga"));
    here.wait(1min);
    here.say(ana, "firmar");
    here.tap(ana, "Más o menos");
    here.say(ana, "que sea más corta");  // without a tap that she will tell
    EXPECT_THAT(here.room().comments.back(), HasSubstr("más corta"));
}

TEST_F(meetings_talk, an_invitation_comes_by_template_and_a_tap_answers_it) {
    announced();
    ASSERT_FALSE(here.read_by(ana).empty());
    EXPECT_TRUE(here.read_by(ana).back().by_template);
    EXPECT_THAT(here.last_of(ana), HasSubstr("Las Rosas"));
    here.tap(ana, here.read_by(ana).back().choices.front().title);
    EXPECT_TRUE(meetings::find_record(here.room(), "C1")->coming);
}

TEST_F(meetings_talk, what_one_says_reaches_the_others_once_and_not_herself) {
    opened();
    here.say(ana, "Buenos días a todas");
    here.wait(30s);
    const auto count = [&](const std::string& phone) {
        return std::ranges::count_if(here.read_by(phone), [](const read_message& one) {
            return one.text.find("Buenos días a todas") != std::string::npos;
        });
    };
    EXPECT_EQ(count(eva), 1);
    EXPECT_EQ(count(sonia), 1);
    EXPECT_EQ(count(ana), 0);
}

TEST_F(meetings_talk, what_another_owes_reaches_nobody) {
    opened();
    here.say(eva, "la Ana debe Q475.14 y no ha pagado");
    here.wait(60s);
    for (const auto& one : {ana, sonia}) {
        for (const auto& read : here.read_by(one)) EXPECT_THAT(read.text, Not(HasSubstr("475.14")));
    }
    EXPECT_FALSE(here.room().incidents.empty());
}

TEST_F(meetings_talk, a_word_of_her_own_is_not_for_the_room) {
    opened();
    const auto lines = here.log.size();
    here.say(sonia, "saldo");
    EXPECT_EQ(here.log.size(), lines);
    EXPECT_FALSE(here.of(sonia).frames.empty());
}

TEST_F(meetings_talk, who_is_not_in_the_room_talks_with_us_alone) {
    announced();
    const auto lines = here.log.size();
    here.say(ana, "hola");
    EXPECT_EQ(here.log.size(), lines);
}

TEST_F(meetings_talk, a_button_of_a_meeting_she_was_never_in_does_nothing) {
    here.send(ana, tapped_choice{"v1|00000000|room.G99/1|here=m:8:0:0:", "Presente"});
    EXPECT_EQ(here.log.size(), 0U);
    EXPECT_FALSE(here.last_of(ana).empty());
}

TEST_F(meetings_talk, an_officer_sees_who_is_here_and_a_member_their_names) {
    opened();
    here.say(brenda, "quiénes");
    EXPECT_THAT(here.last_of(brenda), HasSubstr("1. Ana"));
    here.say(eva, "quiénes");
    EXPECT_THAT(here.last_of(eva), HasSubstr("Ana"));
    EXPECT_THAT(here.last_of(eva), Not(HasSubstr("1. Ana")));
    here.say(eva, "votos");
    EXPECT_THAT(here.last_of(eva), HasSubstr("ninguna votación"));
}

TEST_F(meetings_talk, the_log_gives_the_same_meeting) {
    opened();
    here.say(ana, "Buenos días");
    here.wait(10min);
    here.say(brenda, "siguiente");
    here.wait(3h);
    const auto again = meetings::replay(plan_of_three(), here.log);
    EXPECT_EQ(again.broken_at, 0U);
    EXPECT_EQ(again.now, here.room());
}

TEST(meetings_in_a_chat, what_she_says_there_goes_to_the_room_and_is_answered_by_nobody_else) {
    session hers;
    hers.language = "es";
    hers.rooms.push_back({.room = "G12/7", .as = {meetings::recipient::kind::member, "C1"}});
    heard what;
    what.message.channel = "whatsapp";
    what.message.id = "w1";
    what.message.group_id = "GR1";
    what.message.from = {{identity_kind::phone, ana}};
    what.message.content = typed_text{"Presente"};
    const auto after = step(*shipped(), hers, what, {}, start, 1);
    const tell* told = nullptr;
    for (const auto& one : after.effects) {
        EXPECT_FALSE(std::holds_alternative<send>(one));
        if (const auto* is = std::get_if<tell>(&one)) told = is;
    }
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->to.room, "G12/7");
    const auto& act = std::get<room_word>(told->what).what.what;
    EXPECT_EQ(act.what, meetings::verb::said);
    EXPECT_EQ(act.second, "whatsapp/GR1");
    EXPECT_TRUE(act.agrees) << "her word that she is here";
    hers.rooms.clear();
    for (const auto& one : step(*shipped(), hers, what, {}, start, 1).effects) {
        EXPECT_FALSE(std::holds_alternative<tell>(one));
    }
}

TEST(meetings_in_a_chat, what_is_for_everybody_leaves_once_to_the_group_without_a_button) {
    const meetings::say said{
        .to = {meetings::recipient::kind::chat, "whatsapp/GR1=="},
        .key = "meeting.present",
        .arguments = {{"names", std::vector<std::string>{"Ana", "Eva"}}, {"count", std::int64_t{2}}}};
    const auto after = step(
        *shipped(), {}, told{.what = room_says{.room = "G12/7", .group = "Las Rosas", .what = said}},
        {}, start, 1
    );
    const send* sent = nullptr;
    for (const auto& one : after.effects) {
        if (const auto* is = std::get_if<send>(&one)) sent = is;
    }
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->message.to, (address{"whatsapp", {identity_kind::room, "GR1=="}}));
    const auto& text = std::get<say_text>(sent->message.content);
    EXPECT_THAT(text.text, HasSubstr("Eva"));
    EXPECT_TRUE(text.choices.empty());
}

}  // namespace
}  // namespace tertulia::dialogs
