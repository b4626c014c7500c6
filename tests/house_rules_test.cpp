// The rules of the house, held against every file of it, and each rule against planted text: a rule
// that finds nothing anywhere would be no rule.

#include "tests/house_rules.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::house_rules {

void PrintTo(const finding& found, std::ostream* out) {
    *out << "\n  " << found.path << ':' << found.line << ": " << found.what;
}

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const fs::path root{testing_files::source_folder()};

std::string read(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// Every file under these folders, from the root, without what git ignores.
std::vector<std::string> files_under(const std::vector<std::string>& folders) {
    std::vector<std::string> out;
    for (const auto& folder : folders) {
        for (auto at = fs::recursive_directory_iterator{root / folder}; at != fs::end(at); ++at) {
            const auto name = at->path().filename().string();
            if (at->is_directory() && (name == "node_modules" || name == "var")) {
                at.disable_recursion_pending();
            } else if (at->is_regular_file()) {
                out.push_back(fs::relative(at->path(), root).generic_string());
            }
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool is_cpp(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp");
}

template <class Rule>
std::vector<finding> in_sources(const std::vector<std::string>& folders, Rule rule) {
    std::vector<finding> out;
    for (const auto& path : files_under(folders)) {
        if (!is_cpp(path)) continue;
        for (auto& found : rule(path, read(root / path))) out.push_back(std::move(found));
    }
    return out;
}

link_lists all_link_lists() {
    link_lists out;
    for (const auto& path : files_under({"dialogs", "adapters", "gateway"})) {
        if (path.ends_with("/CMakeLists.txt")) out[folder_of(path)] = links_of(read(root / path));
    }
    return out;
}

// --- the house --------------------------------------------------------------------------------

TEST(house, dialogs_and_adapters_are_pure) {
    EXPECT_THAT(in_sources({"dialogs", "adapters"}, impurities), IsEmpty());
}

TEST(house, includes_follow_the_link_lists) {
    const auto lists = all_link_lists();
    ASSERT_GT(lists.size(), 10U);
    const auto found = in_sources(
        {"dialogs", "adapters", "gateway"},
        [&](const std::string& path, std::string_view source) -> std::vector<finding> {
            // main.cpp belongs to the executable and only calls the commands.
            if (path == "gateway/main.cpp") return {};
            return unlinked_includes(path, source, lists);
        }
    );
    EXPECT_THAT(found, IsEmpty());
}

TEST(house, the_lower_layers_know_nothing_of_the_upper) {
    auto found = in_sources({"dialogs", "adapters"}, upward_includes);
    for (const auto& [folder, linked] : all_link_lists()) {
        for (auto& each : upward_links(folder, linked)) found.push_back(std::move(each));
    }
    EXPECT_THAT(found, IsEmpty());
}

TEST(house, beast_stays_behind_gateway_http) {
    EXPECT_THAT(in_sources({"dialogs", "adapters", "gateway"}, stray_beast), IsEmpty());
}

TEST(house, nothing_is_left_for_later) {
    std::vector<finding> found;
    for (const auto& path :
         files_under({"dialogs", "adapters", "gateway", "tests", "deploy", "config"})) {
        // People write in capitals too, and lock files are not ours.
        if (path.starts_with("tests/corpus/") || path.ends_with("package-lock.json")) continue;
        for (auto& each : unfinished(path, read(root / path))) found.push_back(std::move(each));
    }
    EXPECT_THAT(found, IsEmpty());
}

TEST(house, the_top_level_holds_the_fixed_names) {
    std::set<std::string> there;
    for (const auto& each : fs::directory_iterator{root}) {
        there.insert(each.path().filename().string());
    }
    EXPECT_THAT(top_level(there, read(root / ".gitignore")), IsEmpty());
}

TEST(house, every_folder_at_the_top_says_what_lives_there) {
    for (const auto* folder : {"adapters", "config", "deploy", "dialogs", "gateway", "tests"}) {
        EXPECT_TRUE(fs::is_regular_file(root / folder / "README.md"))
            << folder << "/README.md is missing: what lives there, what may not, how to add one";
    }
}

TEST(house, whatever_we_begin_to_say_names_officer_and_branch) {
    for (const auto& path : files_under({"config/messages"})) {
        EXPECT_THAT(anonymous_templates(path, read(root / path)), IsEmpty());
    }
}

// --- the rules themselves ---------------------------------------------------------------------

auto says(const std::string& what) {
    return Field(&finding::what, HasSubstr(what));
}

TEST(code_text, comments_and_literals_become_blanks_and_lines_stay) {
    EXPECT_EQ(without_comments_and_literals("a // b\nc"), "a     \nc");
    EXPECT_EQ(without_comments_and_literals("a /* b\n */ c"), "a     \n    c");
    EXPECT_EQ(without_comments_and_literals(R"(f("a\"b", 'c', '\'');)"), "f(      ,    ,     );");
    EXPECT_EQ(
        without_comments_and_literals("R\"x(a \")\" b)x\" c"), "R" + std::string(14, ' ') + "c"
    );
    EXPECT_EQ(without_comments_and_literals("\"// no\" // yes"), std::string(14, ' '));
}

TEST(code_text, a_quote_inside_a_number_opens_nothing) {
    EXPECT_EQ(without_comments_and_literals("1'000'000 + x1"), "1'000'000 + x1");
    EXPECT_EQ(without_comments_and_literals("0xFF'FF, 'a'"), "0xFF'FF,    ");
}

TEST(code_text, an_open_end_is_the_end) {
    EXPECT_EQ(without_comments_and_literals("a /* b"), "a     ");
    EXPECT_EQ(without_comments_and_literals("\"a\\"), "   ");
    EXPECT_EQ(without_comments_and_literals("R\"("), "R  ");
}

TEST(code_text, includes_are_read_with_their_lines) {
    const auto found = includes_of(
        "// #include \"a/b.hpp\"\n#include \"c/d.hpp\"\n  #  include <e>\n\"#include "
        "<f>\"\n#define g\n"
    );
    EXPECT_THAT(found, ElementsAre(include_line{2, "c/d.hpp", true}, include_line{3, "e", false}));
}

TEST(purity_rule, finds_each_kind_of_thing_that_is_not_passed_in) {
    const auto in_dialogs = [](const char* text) { return impurities("dialogs/a/b.cpp", text); };
    EXPECT_THAT(in_dialogs("#include <boost/asio/ip/tcp.hpp>\n"), ElementsAre(says("a socket")));
    EXPECT_THAT(in_dialogs("#include <SQLiteCpp/Database.h>\n"), ElementsAre(says("a database")));
    EXPECT_THAT(in_dialogs("#include <thread>\n"), ElementsAre(says("a thread")));
    EXPECT_THAT(in_dialogs("std::mutex m;"), ElementsAre(says("a thread or a lock")));
    EXPECT_THAT(
        in_dialogs("auto t = std::chrono::system_clock::now();"), ElementsAre(says("take `now`"))
    );
    EXPECT_THAT(in_dialogs("const auto t = time(nullptr);"), ElementsAre(says("a clock")));
    EXPECT_THAT(in_dialogs("gettimeofday(&tv, 0);"), ElementsAre(says("a clock")));
    EXPECT_THAT(in_dialogs("std::ifstream in{p};"), ElementsAre(says("a file")));
    EXPECT_THAT(in_dialogs("auto* f = fopen(p, m);"), ElementsAre(says("a file")));
    EXPECT_THAT(in_dialogs("#include <filesystem>\n"), ElementsAre(says("a file")));
    EXPECT_THAT(in_dialogs("std::random_device d;"), ElementsAre(says("the turn's seed")));
}

TEST(purity_rule, says_where_and_what_instead) {
    EXPECT_THAT(
        impurities("adapters/x/y.cpp", "int a;\nauto t = steady_clock::now();\n"),
        ElementsAre(finding{
            "adapters/x/y.cpp",
            2,
            "::now(: a clock in adapters/, which is pure: take `now` as an argument; gateway "
            "reads the clock once a turn"})
    );
}

TEST(purity_rule, leaves_alone_what_only_looks_like_it) {
    EXPECT_THAT(
        impurities(
            "dialogs/a/b.cpp",
            "// reads no clock: never ::now()\n"
            "const auto text = \"std::thread\";\n"
            "auto left = operand(x) + spread(y) + snprintf(buffer, n, f);\n"
            "const instant now = turn.now;\n"
            "#include <chrono>\n#include <cstdio>\n"
        ),
        IsEmpty()
    );
}

TEST(links_rule, a_link_list_is_read_back_from_cmake) {
    const auto read = links_of(
        "# tertulia_folder(LINKS no)\ntertulia_folder(\n    LINKS a b::c  # why\n"
        "    PRIVATE_LINKS d)\nother(e)\n"
    );
    EXPECT_TRUE(read.is_library);
    EXPECT_THAT(read.targets, ElementsAre("a", "b::c", "d"));
    EXPECT_TRUE(links_of("tertulia_folder()").is_library);
    EXPECT_FALSE(links_of("add_subdirectory(x)").is_library);
}

TEST(links_rule, an_include_without_a_link_is_found) {
    const link_lists lists{
        {"gateway/a", {true, {"tertulia_dialogs_b"}}},
        {"dialogs/b", {true, {}}},
        {"dialogs/c", {true, {}}}};
    const auto in_a = [&](const char* text) {
        return unlinked_includes("gateway/a/x.cpp", text, lists);
    };
    EXPECT_THAT(
        in_a("#include \"gateway/a/y.hpp\"\n#include \"dialogs/b/z.hpp\"\n#include <map>\n"),
        IsEmpty()
    );
    EXPECT_THAT(
        in_a("#include \"dialogs/c/z.hpp\"\n"),
        ElementsAre(says("does not link tertulia_dialogs_c"))
    );
    EXPECT_THAT(in_a("#include \"y.hpp\"\n"), ElementsAre(says("from the repository root")));
    EXPECT_THAT(in_a("#include \"dialogs/gone/z.hpp\"\n"), ElementsAre(says("no folder of ours")));
}

TEST(layers_rule, dialogs_include_neither_gateway_nor_adapters) {
    EXPECT_THAT(
        upward_includes("dialogs/a/b.cpp", "#include \"gateway/store/store.hpp\"\n"),
        ElementsAre(says("knows nothing of gateway/"))
    );
    EXPECT_THAT(
        upward_includes("dialogs/a/b.cpp", "#include \"adapters/wire/wire.hpp\"\n"),
        ElementsAre(says("knows nothing of adapters/"))
    );
    EXPECT_THAT(upward_includes("dialogs/a/b.cpp", "#include \"dialogs/c/d.hpp\"\n"), IsEmpty());
    EXPECT_THAT(
        upward_links("dialogs/a", {true, {"tertulia_gateway_store"}}),
        ElementsAre(says("may not link"))
    );
}

TEST(layers_rule, adapters_include_the_two_vocabularies_only) {
    const auto in_adapters = [](const char* text) {
        return upward_includes("adapters/a/b.cpp", text);
    };
    EXPECT_THAT(
        in_adapters("#include \"dialogs/engine/step.hpp\"\n"),
        ElementsAre(says("adapters/ may include"))
    );
    EXPECT_THAT(
        in_adapters("#include \"gateway/http/http.hpp\"\n"),
        ElementsAre(says("adapters/ may include"))
    );
    EXPECT_THAT(
        in_adapters("#include \"dialogs/message/message.hpp\"\n#include "
                    "\"dialogs/facts/facts.hpp\"\n#include \"adapters/wire/wire.hpp\"\n"),
        IsEmpty()
    );
    EXPECT_THAT(
        upward_links("adapters/a", {true, {"tertulia_dialogs_engine"}}),
        ElementsAre(says("may not link"))
    );
    EXPECT_THAT(
        upward_links("adapters/a", {true, {"tertulia_dialogs_facts", "PkgConfig::simdjson"}}),
        IsEmpty()
    );
}

TEST(beast_rule, only_gateway_http_includes_it) {
    constexpr auto text = "#include <boost/beast/http.hpp>\n";
    EXPECT_THAT(
        stray_beast("gateway/turns/a.cpp", text), ElementsAre(says("only sources of gateway/http"))
    );
    EXPECT_THAT(stray_beast("gateway/http/a.cpp", text), IsEmpty());
}

TEST(unfinished_rule, marks_are_found_even_in_comments) {
    EXPECT_THAT(
        unfinished(
            "a.yaml",
            "x: 1\n# TO"
            "DO: y\n"
        ),
        ElementsAre(Field(&finding::line, 2))
    );
    EXPECT_THAT(
        unfinished(
            "a.yaml",
            "FIX"
            "ME"
        ),
        ElementsAre(says("finish it"))
    );
    EXPECT_THAT(unfinished("a.yaml", "todo va bien, METODO"), IsEmpty());
}

TEST(top_rule, a_name_too_many_and_a_name_too_few_are_found) {
    std::set<std::string> there{
        ".ci",
        ".clang-format",
        ".clang-tidy",
        ".git",
        ".gitignore",
        "CMakeLists.txt",
        "CMakePresets.json",
        "LICENSE",
        "README.md",
        "adapters",
        "build",
        "config",
        "deploy",
        "dialogs",
        "gateway",
        "tests"};
    EXPECT_THAT(top_level(there, "/build/\n"), IsEmpty());
    EXPECT_THAT(top_level(there, ""), ElementsAre(says("does not belong at the top")));
    there.erase("LICENSE");
    EXPECT_THAT(top_level(there, "/build/\n"), ElementsAre(says("is missing at the top")));
}

TEST(names_rule, a_template_that_names_nobody_is_found) {
    const std::string named = "{officer.courtesy}, {branch.name}";
    EXPECT_THAT(
        anonymous_templates("m/es.yaml", "# first\na.tell:\n  text: \"Hola\"\n  template: a\n"),
        ElementsAre(finding{
            "m/es.yaml", 2, "a.tell does not say who writes: name officer and branch"})
    );
    EXPECT_THAT(
        anonymous_templates("m", "a.b:\n  text: \"" + named + "\"\n  template: a\nc.d: \"Hola\"\n"),
        IsEmpty()
    );
    EXPECT_THAT(
        anonymous_templates("m", "a.b:\n  text: \"{case.officer}\"\n  template: a\n"), IsEmpty()
    );
    EXPECT_THAT(anonymous_templates("m", "desk.b:\n  text: \"Caso\"\n  template: a\n"), IsEmpty());
    EXPECT_THAT(
        anonymous_templates("m", "a.b: \"" + named + "\"\nc.d:\n  template: a\n"),
        ElementsAre(says("c.d does not say"))
    );
}

// README.md of tests says how a row is cited. C is what people recommend to each other, B, L, M and
// N what we begin ourselves.
TEST(rows_rule, every_row_that_is_built_is_cited_by_the_tests_that_show_it) {
    std::string names;
    for (const auto& path : files_under({"tests", "config/dialogs/tests"})) {
        if (path.ends_with(".test.yaml") || is_cpp(path)) names += read(root / path);
    }
    // "test: row A, …" of the operators', `row_A_…` of ours.
    const auto cited = [&](const std::string& what) {
        auto name = what;
        std::ranges::replace(name, ' ', '_');
        return names.find("test: " + what + ", ") != std::string::npos ||
               names.find(", " + name + "_") != std::string::npos;
    };
    for (const char row : std::string_view{"ABCDEFGHIJKLMNO"}) {
        EXPECT_TRUE(cited(std::string{"row "} + row)) << row;
    }
    for (const auto* part :
         {"soyfinca balance",
          "soyfinca points",
          "soyfinca application",
          "soyfinca referrals",
          "soyfinca adoption",
          "soyfinca staff_first",
          "dvara buttons",
          "dvara channels",
          "dvara machine",
          "dvara talks",
          "kinara visit",
          "kinara hours",
          "kinara referral"}) {
        EXPECT_TRUE(cited(part)) << part;
    }
}

}  // namespace
}  // namespace tertulia::house_rules
