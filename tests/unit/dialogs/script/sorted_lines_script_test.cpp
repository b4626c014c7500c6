// meetings/lines*.yaml: what may stand there is learnt from, every slip is told with its place.

#include "dialogs/moderation/private_lines.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/script_set.hpp"
#include "dialogs/script/sorted_lines_reader.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_sources;
using testing::HasSubstr;

load_result load(const std::vector<std::string>& files) {
    auto from = basic();
    for (std::size_t i = 0; i < files.size(); ++i) {
        from.meetings.push_back({"meetings/lines." + std::to_string(i) + ".yaml", files[i]});
    }
    return load_scripts(from);
}

std::string problems_of(const std::string& file) {
    const auto made = load({file});
    EXPECT_FALSE(made.scripts) << "it loads";
    return all_problems(made);
}

TEST(sorted_lines_script, files_of_lines_are_told_by_their_names) {
    for (const auto* name : {"lines.yaml", "lines.es.yaml", "lines.market.yaml"}) {
        EXPECT_TRUE(is_sorted_lines_file(name)) << name;
    }
    for (const auto* name : {"moderation.yaml", "lines.txt", "guidelines.yaml", "linesman.yaml", ""}) {
        EXPECT_FALSE(is_sorted_lines_file(name)) << name;
    }
}

TEST(sorted_lines_script, what_stands_in_all_of_them_is_learnt) {
    const auto made = load(
        {"es:\n  private: [yo ya di mis trescientos, la Rosa va atrasada]\n  open: [la libra de tomate]\n",
         "es: {open: [buenos dias hermanas]}\nfr: {private: [elle doit encore payer]}\n"}
    );
    ASSERT_TRUE(made.scripts) << all_problems(made);
    const auto& script = made.scripts->compiled();
    ASSERT_TRUE(script.private_lines);
    const meeting_roster nobody;
    const auto share = [&](const char* text) {
        return script.private_lines->share_private(
            {text, script.meeting_words, nobody, {.country = "GT", .language = "es"}}
        );
    };
    EXPECT_GT(share("la Rosa va atrasada").value_or(0), 0.9);
    EXPECT_LT(share("buenos dias hermanas").value_or(1), 0.1);
    EXPECT_FALSE(share("xyzzy plugh")) << "nobody has sorted such words";
    EXPECT_FALSE(load_scripts(basic()).scripts->compiled().private_lines);
}

TEST(sorted_lines_script, they_are_of_the_version_of_the_set) {
    EXPECT_NE(
        load({"es: {open: [hola]}\n"}).scripts->version(),
        load({"es: {open: [adios]}\n"}).scripts->version()
    );
}

TEST(sorted_lines_script, every_slip_is_told_where_it_stands) {
    EXPECT_THAT(problems_of("es: {opne: [hola]}\n"), HasSubstr("lines.0.yaml:1:6: there is no 'opne' here"));
    EXPECT_THAT(problems_of("es: {opne: [hola]}\n"), HasSubstr("did you mean 'open'?"));
    EXPECT_THAT(problems_of("spanish: {open: [hola]}\n"), HasSubstr("there is no language 'spanish'"));
    EXPECT_THAT(problems_of("es: [hola]\n"), HasSubstr("'es' needs lines below it"));
    EXPECT_THAT(problems_of("- hola\n"), HasSubstr("this file looks like"));
    EXPECT_THAT(problems_of("es: {open: hola}\n"), HasSubstr("'open' is a list of lines"));
    EXPECT_THAT(problems_of("es: {open: [[hola]]}\n"), HasSubstr("a line is a text of at most 400 characters"));
    EXPECT_THAT(problems_of("es: {open: [\"\"]}\n"), HasSubstr("a line is a text"));
    EXPECT_THAT(
        problems_of("es: {open: [" + std::string(401, 'a') + "]}\n"), HasSubstr("a line is a text")
    );
    EXPECT_THAT(
        problems_of("es:\n  open:\n    - hola\n  private:\n    - hola\n"),
        HasSubstr("lines.0.yaml:5:7: 'hola' stands in line 3, too")
    );
    EXPECT_THAT(problems_of("es: {open: [\"\xff\"]}\n"), HasSubstr("[not-utf8]"));
}

}  // namespace
}  // namespace tertulia::dialogs
