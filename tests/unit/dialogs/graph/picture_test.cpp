// A picture is made of what operators wrote, and they may write anything: nothing of it may end a
// label or become a command of who draws it.

#include "dialogs/graph/picture.hpp"

#include "dialogs/engine/step.hpp"
#include "tests/unit/dialogs/script/values_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::shared_ptr<const script_set> basic_set() {
    return load_scripts(basic()).scripts;
}

picture drawn(const program& of, std::string text = {}, std::string_view only = {}) {
    return draw(of, {.only = only, .text = [text](std::string_view) { return text; }});
}

const picture_way* find_way(const picture& in, const std::string& from, const std::string& name) {
    for (const auto& one : in.ways) {
        if (one.from == from && one.name == name) return &one;
    }
    return nullptr;
}

TEST(picture, shows_every_state_and_every_way_on) {
    const auto set = basic_set();
    const auto all = drawn(set->compiled());
    std::size_t states = 0;
    for (const auto& dialog : all.dialogs) states += dialog.states.size();
    EXPECT_EQ(states, set->compiled().states.size());
    EXPECT_EQ(find_way(all, "menu.what", "balance")->to, "balance.look");
    EXPECT_EQ(find_way(all, "menu.what", "silence")->to, "end");
    EXPECT_EQ(find_way(all, "balance.look", "several")->to, "balance.which");
    EXPECT_EQ(find_way(all, "balance.which", "a loan")->to, "balance.tell");
    EXPECT_EQ(find_way(all, "verify.right", "")->to, "verify: return ok");
    EXPECT_EQ(find_way(all, "fallback.offer", "not understood")->to, "person.over");
}

TEST(picture, names_the_values_that_are_set_and_given) {
    const auto set = load_scripts(with_values()).scripts;
    const auto all = drawn(set->compiled());
    EXPECT_EQ(find_way(all, "quote.sum", "calls with limit, why")->to, "ask_amount.amount");
    const auto dot = to_dot(all);
    EXPECT_THAT(dot, HasSubstr("most, tries, soon, large, purpose"));
}

TEST(picture, of_one_dialog_shows_the_others_as_what_they_are_led_to) {
    const auto set = basic_set();
    const auto one = drawn(set->compiled(), {}, "menu");
    ASSERT_EQ(one.dialogs.size(), 1U);
    EXPECT_EQ(find_way(one, "menu.what", "balance")->to, "balance");
    EXPECT_THAT(
        to_dot(one), AllOf(HasSubstr("\"balance\" [shape=oval"), Not(HasSubstr("balance.look")))
    );
}

TEST(picture, a_text_may_hold_anything) {
    const auto set = basic_set();
    const auto nasty =
        drawn(set->compiled(), "\"]; x -> y <b>&amp; \\ `#`\nÄhm \"ü\" 🙂", "menu");
    const auto dot = to_dot(nasty);
    EXPECT_THAT(dot, HasSubstr(R"(\"]; x -> y <b>&amp;amp; \\ `#` Ähm \"ü\" 🙂)"));
    const auto mermaid = to_mermaid(nasty);
    EXPECT_THAT(
        mermaid,
        HasSubstr("#quot;]; x -#gt; y #lt;b#gt;#amp;amp; #92; #96;#35;#96; Ähm #quot;ü#quot; 🙂"
        )
    );
}

TEST(picture, a_long_text_is_cut) {
    const auto set = basic_set();
    const auto dot = to_dot(drawn(set->compiled(), std::string(500, 'x'), "menu"));
    EXPECT_THAT(dot, AllOf(HasSubstr("xxx…"), Not(HasSubstr(std::string(61, 'x')))));
}

TEST(picture, counts_who_went_where) {
    const auto set = basic_set();
    traffic counts;
    session at;
    at.welcomed = true;
    heard what{};
    what.message.from = {{identity_kind::wa_id, "50255551234"}};
    for (const auto* text : {"menu", "persona"}) {
        what.message.content = typed_text{text};
        step_trace seen;
        at = step(*set, at, what, {}, instant{}, 1, &seen).next;
        counts.add(set->compiled(), seen);
    }
    EXPECT_EQ(counts.entered("menu.what"), 1U);
    EXPECT_EQ(counts.entered("person.over"), 1U);
    EXPECT_EQ(counts.entered("balance.look"), 0U);
    const auto made = draw(set->compiled(), {.counts = &counts});
    EXPECT_THAT(to_mermaid(made), HasSubstr("what (ask)<br/>1"));
}

}  // namespace
}  // namespace tertulia::dialogs
