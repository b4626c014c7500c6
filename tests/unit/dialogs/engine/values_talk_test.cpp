// Values in a talk: set, given, brought back, corrected, and missing where they cannot be computed.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"
#include "tests/unit/dialogs/script/values_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using namespace testing_talk;
using testing::ElementsAre;
using testing::IsEmpty;

conversation quote() {
    conversation her(load_scripts(with_values()).scripts);
    her.session.welcomed = true;
    (void)her.say("cotizar");
    return her;
}

// Begun by the word "x": sets values, then others, then asks, so that the frame stays.
conversation after_setting(
    const std::string& values, const std::string& then = "", const std::string& needs = ""
) {
    const auto more =
        then.empty() ? std::string{"go: c}\n"} : "go: b}\n  b: {set: {" + then + "}, go: c}\n";
    conversation her(with(
        {"dialog: some\nabout: x\n" + needs +
         "starts_on: {words: [x]}\nbegin: a\nstates:\n"
         "  a: {set: {" +
         values + "}, " + more + "  c: {ask: some.c, expect: yes_no, keep_as: fine, end: true}\n"},
        "some.c: \"¿Bien?\"\n"
    ));
    her.session.welcomed = true;
    (void)her.say("x");
    return her;
}

std::string kept(const conversation& her, const std::string& name) {
    const auto& all = her.session.frames.back().kept;
    const auto found = all.find("answer." + name);
    return found == all.end() ? "none" : found->second;
}

TEST(set_values, are_kept_as_answers_are_and_told) {
    auto her = quote();
    EXPECT_THAT(her.say("4000"), ElementsAre("ask_amount.amount"));
    EXPECT_EQ(her.texts.back(), "¿Cuánto, hasta Q2,000.00? visit");
    const auto& caller = her.session.frames.front().kept;
    EXPECT_EQ(caller.at("answer.most"), "amount:200000 GTQ");
    EXPECT_EQ(caller.at("answer.tries"), "number:1");
    EXPECT_EQ(caller.at("answer.soon"), "date:2026-11-30");
    EXPECT_EQ(caller.at("answer.large"), "yes_no:no");
    EXPECT_EQ(caller.at("answer.purpose"), "text:visit");
}

TEST(set_values, see_what_was_set_before_in_the_same_state) {
    EXPECT_EQ(kept(after_setting("n1: 2, n2: \"answer.n1 * 3\""), "n2"), "number:6");
}

TEST(set_values, that_cannot_be_computed_are_none_and_the_old_one_is_gone) {
    const auto again = [](const std::string& values) {
        return after_setting("n: 5, d: today, many: 9223372036854775807", values);
    };
    EXPECT_EQ(kept(again("m: 1"), "n"), "number:5");
    EXPECT_EQ(kept(again("n: \"answer.many + 1\""), "n"), "none");  // does not fit
    EXPECT_EQ(kept(again("n: \"answer.n / (answer.n - 5)\""), "n"), "none");
    EXPECT_EQ(kept(again("d: \"today + 200000\""), "d"), "none");  // past 2200
    EXPECT_EQ(kept(again("d: \"today - 366001\""), "d"), "none");
    EXPECT_EQ(kept(again("t: \"''\""), "t"), "none");
}

TEST(set_values, a_text_is_cut_at_five_hundred) {
    const auto her = after_setting("t: \"'" + std::string(700, 'a') + "'\"");
    EXPECT_EQ(kept(her, "t").size(), std::string("text:…").size() + 499);
}

TEST(set_values, of_what_is_hers_need_her_pin) {
    auto her = after_setting(
        "owed: \"has(loan.outstanding) ? loan.outstanding : loan.outstanding\"",
        "",
        "needs: verified\n"
    );
    EXPECT_EQ(kept(her, "owed"), "none");
    her.know(rosa());
    EXPECT_THAT(her.say("x"), ElementsAre("verify.pin"));
    EXPECT_THAT(her.pin(secret_answer::right), ElementsAre("some.c"));
    EXPECT_EQ(kept(her, "owed"), "amount:104165 GTQ");
}

TEST(called_with_values, brings_back_what_was_answered) {
    auto her = quote();
    (void)her.say("4000");
    EXPECT_THAT(her.say("2500"), ElementsAre("ask_amount.much", "ask_amount.amount"));
    EXPECT_THAT(her.say("1500"), ElementsAre("quote.sure"));
    EXPECT_EQ(
        her.texts.back(), "Q1,500.00 de Q2,000.00 hasta el 30/11/2026, intento 1: ¿está bien?"
    );
    EXPECT_EQ(her.session.frames.size(), 1U);
    EXPECT_EQ(kept(her, "amount"), "none");  // that is the other dialog's name for it
    EXPECT_THAT(her.say("no"), ElementsAre("ask_amount.amount"));
    EXPECT_THAT(her.say("1200"), ElementsAre("quote.sure"));
    EXPECT_EQ(
        her.texts.back(), "Q1,200.00 de Q2,000.00 hasta el 30/11/2026, intento 2: ¿está bien?"
    );
    EXPECT_THAT(her.say("sí"), ElementsAre("quote.done"));
}

TEST(called_with_values, what_was_not_answered_is_missing_even_if_it_was_there_before) {
    auto her = quote();
    (void)her.say("4000");
    (void)her.say("1500");
    EXPECT_EQ(kept(her, "wanted"), "amount:150000 GTQ");
    (void)her.say("no");
    (void)her.say("no sé qué decir");
    EXPECT_THAT(her.say("tampoco"), ElementsAre("quote.none"));
}

// A dialog calls `inner` with one value; `inner` asks, so that both frames can be looked at.
conversation calling(const std::string& first, const std::string& given, const std::string& inner) {
    conversation her(with(
        {"dialog: outer\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
         "  a: {set: {" +
             first +
             "}, go: b}\n"
             "  b: {call: inner, with: {" +
             given +
             "}, bring_back: [n], go: c}\n"
             "  c: {set: {there: \"has(answer.n)\"}, go: d}\n"
             "  d: {ask: outer.d, expect: yes_no, keep_as: fine, end: true}\n",
         "dialog: inner\nabout: x\ntakes: {n: number}\nbegin: a\nstates:\n" + inner},
        "outer.d: \"¿Bien? {answer.there, select, true {algo} other {nada}}\"\n"
        "inner.b: \"¿Y? {answer.there, select, true {algo} other {nada}}\"\n"
    ));
    her.session.welcomed = true;
    (void)her.say("x");
    return her;
}

TEST(called_with_values, what_is_missing_hides_the_value_of_that_name_the_caller_has) {
    auto her = calling(
        "n: 5, many: 9223372036854775807",
        "n: \"answer.many + answer.n\"",
        "  a: {set: {there: \"has(answer.n)\"}, go: b}\n"
        "  b: {ask: inner.b, expect: yes_no, keep_as: fine, return: ok}\n"
    );
    ASSERT_EQ(her.session.frames.size(), 2U);
    EXPECT_EQ(her.texts.back(), "¿Y? nada");
    (void)her.say("sí");
    EXPECT_EQ(her.texts.back(), "¿Bien? nada");
    EXPECT_EQ(kept(her, "n"), "none");
}

TEST(called_with_values, sets_its_own_and_leaves_the_callers_alone) {
    auto her = calling(
        "n: 5, m: 1",
        "n: \"answer.n + 1\"",
        "  a: {set: {n: \"answer.n + 1\", m: 2, there: true}, go: b}\n"
        "  b: {ask: inner.b, expect: yes_no, keep_as: fine, return: ok}\n"
    );
    EXPECT_EQ(her.session.frames.front().kept.at("answer.n"), "number:5");
    (void)her.say("sí");
    EXPECT_EQ(kept(her, "n"), "number:7");  // brought back
    EXPECT_EQ(kept(her, "m"), "number:1");
}

TEST(called_with_values, keeps_them_while_she_proves_who_she_is) {
    conversation her(with(
        {"dialog: outer\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
         "  a: {call: inner, with: {n: 7}, bring_back: {m: n}, go: b}\n"
         "  b: {ask: outer.b, expect: yes_no, keep_as: fine, end: true}\n",
         "dialog: inner\nabout: x\ntakes: {n: number}\nneeds: verified\nbegin: a\nstates:\n"
         "  a: {ask: inner.a, expect: yes_no, keep_as: fine, return: ok}\n"},
        "outer.b: \"¿Bien?\"\ninner.a: \"¿{answer.n}?\"\n"
    ));
    her.session.welcomed = true;
    her.know(rosa());
    EXPECT_THAT(her.say("x"), ElementsAre("verify.pin"));
    EXPECT_THAT(her.pin(secret_answer::right), ElementsAre("inner.a"));
    EXPECT_EQ(her.texts.back(), "¿7?");
    (void)her.wait(16min);  // who she is lapses; asked again, and it is still there
    EXPECT_THAT(her.say("sí"), ElementsAre("verify.pin"));
    EXPECT_THAT(her.pin(secret_answer::right), ElementsAre("inner.a"));
    EXPECT_EQ(her.texts.back(), "¿7?");
    EXPECT_THAT(her.say("sí"), ElementsAre("outer.b"));
    EXPECT_EQ(kept(her, "m"), "number:7");
}

// ---- "no, mejor 3000"

conversation doubling() {
    conversation her(with(
        {"dialog: some\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n"
         "  a: {set: {times: 0}, go: sum}\n"
         "  sum: {ask: some.sum, expect: amount, keep_as: sum, allow: \"answer.sum > 10\", "
         "otherwise: some.few, go: double}\n"
         "  double: {set: {total: \"answer.sum * 2\", times: \"answer.times + 1\"}, go: more}\n"
         "  more: {set: {total: \"answer.total * 2\"}, go: sure}\n"
         "  sure: {ask: some.sure, choices: [{pick: again, go: double}, {pick: done, end: "
         "true}]}\n"},
        "common.corrected: \"Corregido.\"\nsome.sum: \"¿Cuánto?\"\nsome.few: \"Es poco.\"\n"
        "some.sure: \"Total: {answer.total, money}\"\nsome.sure.again: Otra\nsome.sure.done: Ya\n"
    ));
    her.session.welcomed = true;
    (void)her.say("x");
    (void)her.say("100");
    return her;
}

TEST(correction_of_values, changes_what_was_made_of_the_answer_once) {
    auto her = doubling();
    EXPECT_EQ(her.texts.back(), "Total: Q400.00");
    for (const auto* sum : {"no, mejor 300", "no, mejor 250"}) {
        EXPECT_THAT(her.say(sum), ElementsAre("common.corrected", "some.sure"));
        EXPECT_EQ(kept(her, "times"), "number:1");
    }
    EXPECT_EQ(her.texts.back(), "Total: Q1,000.00");
}

TEST(correction_of_values, that_is_not_allowed_leaves_all_as_it_was) {
    auto her = doubling();
    const auto before = her.session.frames;
    EXPECT_THAT(her.say("no, mejor 5"), ElementsAre("some.few", "some.sure"));
    EXPECT_EQ(her.session.frames, before);
}

TEST(correction_of_values, is_over_after_many_of_them) {
    auto her = doubling();
    for (int i = 0; i < 6; ++i) (void)her.tap("Otra");
    EXPECT_THAT(her.say("no, mejor 300"), ElementsAre("common.corrected", "some.sure"));
    EXPECT_EQ(kept(her, "times"), "number:7");
    for (int i = 0; i < 9; ++i) (void)her.tap("Otra");
    EXPECT_EQ(her.session.frames.back().kept.size(), 3U);  // sum, total, times: no notes any more
    EXPECT_THAT(her.say("no, mejor 200"), ElementsAre("common.not_understood", "some.sure"));
}

TEST(correction_of_values, never_means_an_answer_from_before_a_call_that_asked) {
    auto her = quote();
    (void)her.say("4000");
    (void)her.say("1500");
    (void)her.say("no, mejor 3000");
    EXPECT_EQ(kept(her, "income"), "amount:400000 GTQ");
}

TEST(correction_of_values, nor_one_from_before_a_call_within_a_call) {
    conversation her(with(
        {"dialog: outer\nabout: x\nstarts_on: {words: [x]}\nbegin: sum\nstates:\n"
         "  sum: {ask: m.sum, expect: amount, keep_as: sum, go: a}\n"
         "  a: {call: middle, go: b}\n"
         "  b: {set: {half: \"answer.sum / 2\"}, go: c}\n"
         "  c: {ask: m.sum, expect: date, keep_as: due, end: true}\n",
         "dialog: middle\nabout: x\nbegin: a\nstates:\n  a: {call: inner, return: ok}\n",
         "dialog: inner\nabout: x\nbegin: a\nstates:\n"
         "  a: {ask: m.sum, expect: amount, keep_as: other, return: ok}\n"},
        "common.corrected: \"Corregido.\"\nm.sum: \"¿Y?\"\n"
    ));
    her.session.welcomed = true;
    (void)her.say("x");
    (void)her.say("100");
    (void)her.say("200");
    (void)her.say("no, mejor 300");
    EXPECT_EQ(kept(her, "sum"), "amount:10000 GTQ");
    EXPECT_EQ(kept(her, "half"), "amount:5000 GTQ");
}

TEST(scheduled_since, a_dialog_that_has_come_to_take_values_is_dropped) {
    const std::string plan = "dialog: plan\nabout: x\nstarts_on: {words: [x]}\nbegin: a\nstates:\n";
    session from{};
    from.welcomed = true;
    from.later.push_back({.timer = "begin:later", .what = "later", .due = monday_morning});
    const auto now = with(
        {plan + "  a: {call: later, with: {n: 1}, end: true}\n",
         "dialog: later\nabout: x\ntakes: {n: number}\nbegin: a\nstates:\n  a: {say: menu.what, "
         "return: ok}\n"}
    );
    const timer_fired fired{.name = "begin:later", .steps = from.steps};
    const auto came = step(*now, from, fired, {}, monday_morning, 1);
    EXPECT_THAT(came.next.frames, IsEmpty());
    ASSERT_FALSE(came.effects.empty());
    const auto* record = std::get_if<keep_record>(&came.effects.front());
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->kind, "schedule_dropped");
}

}  // namespace
}  // namespace tertulia::dialogs
