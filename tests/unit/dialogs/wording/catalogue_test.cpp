// Texts must come out right for every language, channel and client, and nothing an operator writes
// may get past the load that would fail in front of a client.

#include "dialogs/wording/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <thread>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A schema of the test's own, so that these tests say nothing about the real one. The values are
// read from the view, as the real readers do.
constexpr auto schema = std::to_array<fact_field>({
    {"client.first_name",
     fact_type::text,
     false,
     "",
     [](const fact_view& v) -> fact_value {
         return v.language == "nobody" ? fact_value{} : fact_value{std::string{"Rosa"}};
     }},
    {"client.papers",
     fact_type::list,
     false,
     "",
     [](const fact_view&) -> fact_value {
         return std::vector<std::string>{"DPI", "recibo"};
     }},
    {"loan.left",
     fact_type::number,
     true,
     "",
     [](const fact_view& v) -> fact_value {
         return v.pin_tries_left < 0 ? fact_value{} : fact_value{v.pin_tries_left};
     }},
    {"loan.late",
     fact_type::boolean,
     true,
     "",
     [](const fact_view& v) -> fact_value { return v.opted_out; }},
    {"loan.next.date",
     fact_type::date,
     true,
     "",
     [](const fact_view& v) -> fact_value {
         return v.today.ok() ? fact_value{v.today} : fact_value{};
     }},
    {"loan.outstanding",
     fact_type::money,
     true,
     "",
     [](const fact_view&) -> fact_value {
         return money{125'050, {}};
     }},
    {"now", fact_type::moment, false, "", [](const fact_view& v) -> fact_value { return v.now; }},
});

struct catalogue_test : testing::Test {
    catalogue_options options{
        .house = {.time_zone = "America/Guatemala", .languages = {"es"}, .country = "GT"},
        .schema = schema,
    };
    fact_view facts{
        .now = sys_days{2026y / November / 24} + hours{4} + minutes{40},  // still the 23rd there
        .today = 2026y / November / 23,
        .pin_tries_left = 6,
    };

    catalogue_result build(const std::vector<message_source>& entries) const {
        return catalogue::build(entries, options);
    }
    // One Spanish text, said.
    std::string said(const std::string& pattern) const {
        const auto built = build({{.key = "k", .language = "es", .pattern = pattern}});
        EXPECT_TRUE(built.words) << pattern << ": "
                                 << (built.problems.empty() ? "" : built.problems[0].what);
        return built.words ? built.words->format("k", "es", {}, facts) : "";
    }
    wording_problem only_problem(const std::string& pattern) const {
        const auto built = build({{.key = "k", .language = "es", .pattern = pattern}});
        EXPECT_EQ(built.words, nullptr) << pattern;
        EXPECT_EQ(built.problems.size(), 1U) << pattern;
        return built.problems.empty() ? wording_problem{} : built.problems[0];
    }
    // What the problem underlines.
    static std::string meant(const std::string& pattern, const wording_problem& of) {
        return pattern.substr(of.offset, of.length);
    }
};

TEST_F(catalogue_test, plain_text_is_said_as_written) {
    EXPECT_EQ(said("Hola."), "Hola.");
    EXPECT_EQ(said(""), "");
    EXPECT_EQ(said("It's 5 o'clock # | \"ok\""), "It's 5 o'clock # | \"ok\"");
    EXPECT_EQ(said("a '{' b"), "a { b");
}

TEST_F(catalogue_test, arguments_take_our_styles) {
    EXPECT_EQ(
        said("{client.first_name}, debe {loan.outstanding, money}."), "Rosa, debe Q1,250.50."
    );
    EXPECT_EQ(said("{ loan.next.date , date , weekday }"), "lunes, 23 de noviembre");
    EXPECT_EQ(said("{loan.next.date, date}"), "23 de noviembre de 2026");
    EXPECT_EQ(said("{loan.next.date, date, short}"), "23/11/2026");
    EXPECT_EQ(said("{now, date, short} {now, time, short} {now, time}"), "23/11/2026 22:40 22:40");
    EXPECT_EQ(said("{now, time, weekday}"), "lunes, 22:40");
}

TEST_F(catalogue_test, a_bare_argument_takes_the_first_form_of_its_type) {
    EXPECT_EQ(
        said("{loan.outstanding}|{loan.next.date}|{now}|{loan.left}|{client.papers}"),
        "Q1,250.50|23 de noviembre de 2026|22:40|6|DPI, recibo"
    );
}

TEST_F(catalogue_test, plurals_choose_by_number_then_by_category) {
    const std::string pattern =
        "{loan.left, plural, =0 {nada} one {una} other {# cuotas de {loan.outstanding, money}}}";
    EXPECT_EQ(said(pattern), "6 cuotas de Q1,250.50");
    facts.pin_tries_left = 1;
    EXPECT_EQ(said(pattern), "una");
    facts.pin_tries_left = 0;
    EXPECT_EQ(said(pattern), "nada");
    facts.pin_tries_left = 12'000;
    EXPECT_EQ(said(pattern), "12,000 cuotas de Q1,250.50");
    facts.pin_tries_left = 3;
    EXPECT_EQ(said("{loan.left, plural, offset:1 other {#} =3 {tres} one {x}}"), "tres");
    EXPECT_EQ(said("{loan.left, plural, offset:2 one {queda #} other {quedan #}}"), "queda 1");
    EXPECT_EQ(said("{loan.left, selectordinal, other {#.ª}}"), "3.ª");
}

TEST_F(catalogue_test, select_takes_words_and_truth) {
    EXPECT_EQ(said("{client.first_name, select, Rosa {doña} other {don}}"), "doña");
    EXPECT_EQ(said("{loan.late, select, true {tarde} other {a tiempo}}"), "a tiempo");
    facts.opted_out = true;
    EXPECT_EQ(said("{loan.late, select, other {a tiempo} true {tarde}}"), "tarde");
}

TEST_F(catalogue_test, a_missing_fact_leaves_a_sentence_that_can_be_read) {
    facts.language = "nobody";
    facts.today = {};
    facts.pin_tries_left = -1;
    EXPECT_EQ(
        said("Hola{client.first_name, select, missing {} other { {client.first_name}}}."), "Hola."
    );
    EXPECT_EQ(said("[{client.first_name}] {loan.next.date, date} {loan.left}"), "[] - -");
    EXPECT_EQ(said("{loan.left, plural, =0 {nada} other {algo}}"), "algo");
}

TEST_F(catalogue_test, the_client_hears_her_language_then_its_base_then_the_houses) {
    options.house.languages = {"es", "fr"};
    const auto built = build({
        {.key = "hi", .language = "es", .pattern = "Hola"},
        {.key = "hi", .language = "es-GT", .pattern = "Qué tal"},
        {.key = "hi", .language = "fr", .pattern = "Bonjour"},
    });
    ASSERT_TRUE(built.words);
    const auto hi = built.words->find("hi");
    ASSERT_TRUE(hi);
    const auto in = [&](const char* language) {
        return built.words->format(*hi, language, {}, facts);
    };
    EXPECT_EQ(in("es-GT"), "Qué tal");
    EXPECT_EQ(in("es-HN"), "Hola");
    EXPECT_EQ(in("fr-BE"), "Bonjour");
    EXPECT_EQ(in("quc"), "Hola");
    EXPECT_EQ(in(""), "Hola");
    EXPECT_TRUE(built.words->has(*hi, "fr-BE"));
    EXPECT_FALSE(built.words->has(*hi, "en"));
    EXPECT_THAT(built.words->languages(), ElementsAre("es", "fr"));
}

TEST_F(catalogue_test, the_variant_that_fits_best_is_said) {
    const auto built = build({
        {.key = "hi", .language = "es", .pattern = "texto"},
        {.key = "hi", .language = "es", .variant = "nascent", .pattern = "nueva"},
        {.key = "hi", .language = "es", .variant = "sms", .pattern = "sms"},
        {.key = "hi", .language = "es", .variant = "morning+nascent", .pattern = "nueva, de día"},
        {.key = "hi", .language = "es", .variant = "plan", .pattern = "plan"},
    });
    ASSERT_TRUE(built.words);
    const auto in = [&](const circumstances& when) {
        return built.words->format("hi", "es", when, facts);
    };
    constexpr auto sms = channel_kind::sms;
    constexpr auto nascent = archetype::nascent;
    EXPECT_EQ(in({.channel = sms, .whom = nascent, .at = day_part::morning}), "sms");
    EXPECT_EQ(in({.whom = nascent, .at = day_part::morning}), "nueva, de día");
    EXPECT_EQ(in({.whom = nascent, .in = tone::plan, .at = day_part::evening}), "nueva");
    EXPECT_EQ(in({.whom = archetype::enabled, .in = tone::plan}), "plan");
    EXPECT_EQ(in({.whom = archetype::enabled, .at = day_part::morning}), "texto");
}

TEST_F(catalogue_test, a_variant_of_another_language_is_not_said_for_its_circumstances) {
    options.house.languages = {"es", "fr"};
    const auto built = build({
        {.key = "hi", .language = "es", .pattern = "Hola"},
        {.key = "hi", .language = "es", .variant = "evening", .pattern = "Buenas noches"},
        {.key = "hi", .language = "fr", .pattern = "Bonjour"},
    });
    ASSERT_TRUE(built.words);
    EXPECT_EQ(built.words->format("hi", "fr", {.at = day_part::evening}, facts), "Bonjour");
    EXPECT_EQ(
        built.words->format("hi", "es-GT", {.at = day_part::evening}, facts), "Buenas noches"
    );
}

TEST_F(catalogue_test, keys_are_numbers_at_run_time) {
    const auto built = build(
        {{.key = "b", .language = "es", .pattern = "B"},
         {.key = "a",
          .language = "es",
          .pattern = "A {loan.left} {loan.late, select, other {{loan.left}}}"}}
    );
    ASSERT_TRUE(built.words);
    EXPECT_EQ(built.words->size(), 2U);
    EXPECT_EQ(built.words->key(*built.words->find("a")), "a");
    EXPECT_EQ(built.words->find("c"), std::nullopt);
    EXPECT_EQ(built.words->format("c", "es", {}, facts), "");
    EXPECT_THAT(built.words->paths_used(*built.words->find("a")), ElementsAre(2U, 3U));
    EXPECT_THAT(built.words->paths_used(*built.words->find("b")), IsEmpty());
}

TEST_F(catalogue_test, forms_say_how_long_a_text_is) {
    const auto built = build({
        {.key = "k", .language = "es", .pattern = "Sí 👍"},
        {.key = "k",
         .language = "es",
         .variant = "sms",
         .pattern = "{loan.left, plural, one {ab} other {abcd #}} x"},
    });
    ASSERT_TRUE(built.words);
    const auto forms = built.words->forms(*built.words->find("k"));
    ASSERT_EQ(forms.size(), 2U);
    EXPECT_TRUE(forms[0].constant);
    EXPECT_EQ(forms[0].utf16_units, 5U);
    EXPECT_FALSE(forms[1].constant);
    EXPECT_EQ(forms[1].variant, "sms");
    EXPECT_EQ(forms[1].source, 1U);
    EXPECT_EQ(forms[1].utf16_units, 7U);
}

TEST_F(catalogue_test, an_unknown_path_is_underlined_with_what_could_stand_there) {
    const std::string pattern = "Señora, debe {loan.outstandin, money}";
    const auto problem = only_problem(pattern);
    EXPECT_EQ(meant(pattern, problem), "loan.outstandin");
    EXPECT_EQ(problem.word, "loan.outstandin");
    EXPECT_THAT(problem.candidates, testing::Contains("loan.outstanding"));
    EXPECT_THAT(problem.what, HasSubstr("there is no fact called 'loan.outstandin'"));
}

TEST_F(catalogue_test, what_does_not_fit_is_refused_where_it_stands) {
    const std::array<std::array<std::string, 3>, 16> cases{{
        {"{loan.outstanding, mony}", "mony", "no style called 'mony'"},
        {"{loan.outstanding, number}", "number", "no style called 'number'"},
        {"{loan.left, money}", "money", "'loan.left' is a number"},
        {"{loan.next.date, time}", "time", "is a date"},
        {"{loan.outstanding, money, short}", "short", "no forms"},
        {"{now, time, curt}", "curt", "no form called 'curt'"},
        {"{loan.late}", "loan.late", "yes or no"},
        {"{loan.late, select, yes {a} other {b}}", "yes", "never 'yes'"},
        {"{loan.outstanding, plural, other {x}}", "loan.outstanding", "plural needs a number"},
        {"{loan.left, select, a {x} other {y}}", "loan.left", "select needs text"},
        {"{loan.left, plural, ones {x} other {y}}", "ones", "a plural has no 'ones'"},
        {"{loan.left, choice, 0#a|1#b}", "loan.left", "'choice' is not known"},
        {"{0}", "0", "no fact called '0'"},
        {"ñ {client first_name}", "c", "not the form"},
        {"ñandú {loan.left", "{", "a brace is missing"},
        {"à l'{client.first_name}", "'{", "apostrophe"},
    }};
    for (const auto& [pattern, under, what] : cases) {
        const auto problem = only_problem(pattern);
        EXPECT_THAT(problem.what, HasSubstr(what)) << pattern;
        EXPECT_EQ(meant(pattern, problem), under) << pattern;
    }
    EXPECT_THAT(only_problem("{loan.left, plural, one {x}}").what, HasSubstr("other"));
    EXPECT_THAT(only_problem("a } b {").what, HasSubstr("brace"));
}

TEST_F(catalogue_test, every_mistake_is_listed_at_once) {
    const auto built = build({
        {.key = "a", .language = "es", .pattern = "{nope} {also.nope}"},
        {.key = "b", .language = "es", .pattern = "{loan.late}"},
    });
    ASSERT_EQ(built.problems.size(), 3U);
    EXPECT_EQ(built.problems[1].source, 0U);
    EXPECT_EQ(built.problems[1].offset, 8U);
    EXPECT_EQ(built.problems[2].source, 1U);
}

TEST_F(catalogue_test, a_language_left_out_is_told_and_so_is_one_that_has_only_variants) {
    options.house.languages = {"es", "fr"};
    const auto built = build(
        {{.key = "a", .language = "es", .pattern = "x"},
         {.key = "a", .language = "fr", .variant = "sms", .pattern = "x"}}
    );
    ASSERT_EQ(built.problems.size(), 1U);
    EXPECT_EQ(built.problems[0].what, "'a' has no text in fr; es has one");
}

TEST_F(catalogue_test, doubles_unknown_variants_and_languages_are_told) {
    const auto built = build({
        {.key = "a", .language = "es", .pattern = "x"},
        {.key = "a", .language = "es", .pattern = "y"},
        {.key = "a", .language = "es", .variant = "nacent", .pattern = "x"},
        {.key = "a", .language = "spanish!", .pattern = "x"},
    });
    ASSERT_EQ(built.problems.size(), 3U);
    EXPECT_EQ(built.problems[0].what, "'a' has its 'text' twice in es");
    EXPECT_EQ(built.problems[1].word, "nacent");
    EXPECT_THAT(built.problems[1].candidates, testing::Contains("nascent"));
    EXPECT_THAT(built.problems[2].what, HasSubstr("not a language tag"));
}

TEST_F(catalogue_test, a_variant_that_can_never_be_said_is_told_with_its_text) {
    const auto built = build({
        {.key = "a", .language = "es", .pattern = "x"},
        {.key = "a", .language = "es", .variant = "sms+nascent", .pattern = "x"},
        {.key = "a", .language = "es", .variant = "nascent+sms", .pattern = "y"},
        {.key = "a", .language = "es", .variant = "sms+whatsapp", .pattern = "{nope}"},
    });
    ASSERT_EQ(built.problems.size(), 3U);
    EXPECT_EQ(
        built.problems[0].what, "'a' has 'nascent+sms' and 'sms+nascent' in es, which are the same"
    );
    EXPECT_THAT(built.problems[1].what, HasSubstr("nope"));
    EXPECT_TRUE(built.problems[2].of_variant);
    EXPECT_EQ(built.problems[2].offset, 4U);
}

TEST_F(catalogue_test, an_unknown_zone_gives_no_catalogue) {
    options.house.time_zone = "America/Guatemla";
    const auto built = build({{.key = "a", .language = "es", .pattern = "x"}});
    EXPECT_FALSE(built.zone_known);
    EXPECT_EQ(built.words, nullptr);
}

TEST_F(catalogue_test, the_published_schema_is_the_default) {
    options.schema = fact_schema();
    EXPECT_EQ(said("{institution.name}{core.state, select, missing {?} other {!}}"), "?");
}

TEST_F(catalogue_test, several_threads_may_say_the_same_message) {
    const auto built = build(
        {{.key = "k",
          .language = "es",
          .pattern =
              "{loan.left, plural, one {#} other {# {loan.outstanding, money}}} {now, time, long}"}}
    );
    ASSERT_TRUE(built.words);
    const auto say = [&] {
        return built.words->format("k", "es", {.channel = channel_kind::sms}, facts);
    };
    const auto expected = say();
    std::array<int, 4> wrong{};
    std::vector<std::thread> threads;
    for (auto& count : wrong) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) count += say() == expected ? 0 : 1;
        });
    }
    for (auto& each : threads) each.join();
    EXPECT_THAT(wrong, testing::Each(0));
}

RC_GTEST_FIXTURE_PROP(catalogue_test, any_text_is_refused_or_can_be_said, ()) {
    static const std::vector<std::string> bits{
        "{",   "}",   "'",    "''",    "#", "loan.left", ", ", "plural",   "select", "other", "=1",
        "one", "now", "time", "short", "ñ", "👍",         " ",  "offset:1", "\n",     "<",     "|"};
    std::string pattern;
    for (const auto& bit :
         *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(bits))) {
        pattern += bit;
    }
    const auto built = build({{.key = "k", .language = "es", .pattern = pattern}});
    RC_ASSERT((built.words == nullptr) != built.problems.empty());
    if (built.words) (void)built.words->format("k", "es", {.channel = channel_kind::sms}, facts);
    for (const auto& each : built.problems)
        RC_ASSERT(each.offset + each.length <= pattern.size() + 1);
}

}  // namespace
}  // namespace tertulia::dialogs
