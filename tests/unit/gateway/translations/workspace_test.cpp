// Export and import as an operator and a translator meet them, on a small institution on disk.

#include "gateway/translations/workspace.hpp"

#include "dialogs/translations/records.hpp"
#include "gateway/translations/replace_file.hpp"

#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using dialogs::rule;

std::string read_all(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string replaced(std::string text, const std::string& was, const std::string& now) {
    const auto at = text.find(was);
    EXPECT_NE(at, std::string::npos) << was;
    return at == std::string::npos ? text : text.replace(at, was.size(), now);
}

class workspace_test : public testing::Test {
protected:
    workspace_test() {
        std::string form = (fs::temp_directory_path() / "tertulia-translate-XXXXXX").string();
        EXPECT_NE(mkdtemp(form.data()), nullptr);
        root_ = form;
        fs::create_directories(root_ / "dialogs" / "phrases");
        fs::create_directories(root_ / "messages");
        fs::create_directories(root_ / "media");
        const auto basic = dialogs::testing_sources::basic();
        for (const auto* kind : {&basic.dialogs, &basic.messages, &basic.phrases}) {
            for (const auto& file : *kind) write(file.path, file.text);
        }
        french_ = replaced(
            dialogs::testing_sources::basic_messages,
            "welcome.card:",
            "# La première phrase, tout le monde la lit.\nwelcome.card:"
        );
        write("messages/fr.yaml", french_);
        settings_.dialogs = root_ / "dialogs";
        settings_.messages = root_ / "messages";
        settings_.media = root_ / "media";
        settings_.institution = dialogs::testing_sources::semilla();
        settings_.institution.languages = {"es", "fr"};
    }
    ~workspace_test() override { fs::remove_all(root_); }

    void write(const std::string& file, const std::string& text) const {
        std::ofstream{root_ / file, std::ios::binary} << text;
    }
    std::optional<translation_workspace> open(const std::string& to = "fr") {
        problems_.clear();
        auto made = translation_workspace::open(settings_, to, problems_);
        for (const auto& one : problems_) {
            if (made) ADD_FAILURE() << dialogs::to_text(one, {});
        }
        return made;
    }
    std::optional<translation_changes> import_(const std::string& xliff) {
        const auto work = open();
        EXPECT_TRUE(work);
        if (!work) return std::nullopt;
        return work->imported({"fr.xlf", xliff}, problems_);
    }
    // The exported file with another translation of `context`, and the line it stands on.
    std::string translated(
        const std::string& context, const std::string& text, long* line = nullptr
    ) {
        auto made = open()->exported();
        const auto at = made.find("name=\"" + context + "\"");
        EXPECT_NE(at, std::string::npos) << context;
        const auto begin = made.find("<target xml:space=\"preserve\">", at) + 29;
        made.replace(begin, made.find("</target>", begin) - begin, text);
        if (line != nullptr) {
            *line = std::count(made.begin(), made.begin() + static_cast<long>(begin), '\n') + 1;
        }
        return made;
    }
    // The problem of a translation that is refused, for its one text.
    dialogs::diagnostic refused(const std::string& context, const std::string& text) {
        long line = 0;
        EXPECT_FALSE(import_(translated(context, text, &line)));
        if (problems_.empty()) return {};
        EXPECT_EQ(problems_[0].file, "fr.xlf");
        EXPECT_EQ(problems_[0].line, line);
        return problems_[0];
    }

    fs::path root_{};
    std::string french_{};
    config settings_{};
    std::vector<dialogs::diagnostic> problems_{};
};

TEST_F(workspace_test, what_goes_out_and_comes_back_changes_no_byte) {
    const auto changes = import_(open()->exported());
    ASSERT_TRUE(changes);
    EXPECT_EQ(changes->messages, french_);
    EXPECT_EQ(changes->changed, 0U);
    EXPECT_GT(changes->as_before, 20U);
}

TEST_F(workspace_test, one_changed_text_changes_one_line) {
    const auto changes = import_(replaced(
        open()->exported(),
        "<target xml:space=\"preserve\">Soy el asistente.<",
        "<target xml:space=\"preserve\">Je suis l'assistant.<"
    ));
    ASSERT_TRUE(changes);
    EXPECT_EQ(changes->changed, 1U);
    EXPECT_EQ(
        changes->messages, replaced(french_, "\"Soy el asistente.\"", "\"Je suis l'assistant.\"")
    );
}

TEST_F(workspace_test, the_translator_is_told_where_it_stands_what_fits_and_what_is_filled_in) {
    const auto xliff = open()->exported();
    EXPECT_THAT(
        xliff,
        testing::HasSubstr("    <unit id=\"menu.what.balance\" name=\"menu.what.balance\">\n"
                           "      <notes>\n"
                           "        <note>Said in menu.what</note>\n"
                           "        <note>At most 20 letters: a button</note>\n"
                           "      </notes>\n"
                           "      <segment state=\"translated\">\n"
                           "        <source xml:space=\"preserve\">Mi saldo</source>\n"
                           "        <target xml:space=\"preserve\">Mi saldo</target>\n"
                           "      </segment>\n"
                           "    </unit>\n")
    );
    EXPECT_THAT(xliff, testing::HasSubstr("<note>Filled in, keep: {loan.outstanding}</note>\n"));
}

TEST_F(workspace_test, a_new_language_begins_its_file) {
    const auto work = open("pt");
    ASSERT_TRUE(work);
    auto xliff = work->exported();
    EXPECT_THAT(xliff, testing::Not(testing::HasSubstr("state=")));
    for (std::size_t at = 0; (at = xliff.find("<source", at)) != std::string::npos;) {
        const auto end = xliff.find("</source>", at);
        const auto begin = xliff.find('>', at) + 1;
        const auto target = "<target>" + xliff.substr(begin, end - begin) + "</target>";
        xliff.insert(end + 9, target);
        at = end;
    }
    const auto changes = work->imported({"pt.xlf", xliff}, problems_);
    ASSERT_TRUE(changes) << problems_.front().what;
    EXPECT_EQ(
        changes->messages,
        "# Portuguese, translated from Spanish (`tertulia translations`).\n\n" +
            std::string(dialogs::testing_sources::basic_messages)
    );
    EXPECT_EQ(work->target().path, (root_ / "messages" / "pt.yaml").string());
}

TEST_F(workspace_test, a_language_already_announced_may_still_lack_its_file) {
    settings_.institution.languages.emplace_back("pt");
    EXPECT_TRUE(open("pt"));
}

TEST_F(workspace_test, texts_in_state_initial_and_empty_ones_are_left_alone) {
    auto xliff = translated("welcome.card", "Autre");
    const auto segment = xliff.find("state=\"translated\"", xliff.find("name=\"welcome.card\""));
    xliff.replace(segment, 18, "state=\"initial\"");
    const std::string target = "<target xml:space=\"preserve\">Mi saldo</target>";
    const auto changes = import_(replaced(xliff, target, "<target/>"));
    ASSERT_TRUE(changes);
    EXPECT_EQ(changes->messages, french_);
    EXPECT_EQ(changes->initial, 1U);
    EXPECT_EQ(changes->empty, 1U);
    EXPECT_THAT(changes->records, testing::Not(testing::HasSubstr("welcome.card")));
}

TEST_F(workspace_test, a_changed_source_is_exported_as_stale_until_confirmed) {
    const auto first = import_(open()->exported());
    ASSERT_TRUE(first);
    fs::create_directories(root_ / "messages" / "translated");
    write("messages/translated/fr.yaml", first->records);
    EXPECT_THAT(open()->exported(), testing::Not(testing::HasSubstr("tertulia:stale")));

    const std::string spanish = dialogs::testing_sources::basic_messages;
    write("messages/es.yaml", replaced(spanish, "Mi saldo", "Cuánto debo"));
    EXPECT_THAT(
        open()->exported(),
        testing::HasSubstr("<segment state=\"initial\" subState=\"tertulia:stale\">\n"
                           "        <source xml:space=\"preserve\">Cuánto debo</source>\n"
                           "        <target xml:space=\"preserve\">Mi saldo</target>\n")
    );

    const auto confirmed = open()->confirmed({"menu.what.balance"}, problems_);
    ASSERT_TRUE(confirmed);
    EXPECT_EQ(confirmed->changed, 1U);
    write("messages/translated/fr.yaml", confirmed->records);
    EXPECT_THAT(open()->exported(), testing::Not(testing::HasSubstr("tertulia:stale")));
}

TEST_F(workspace_test, a_text_changed_while_it_was_with_the_translator_stays_stale) {
    const auto xliff = open()->exported();
    const std::string spanish = dialogs::testing_sources::basic_messages;
    write("messages/es.yaml", replaced(spanish, "Mi saldo", "Cuánto debo"));
    const auto changes = import_(xliff);
    ASSERT_TRUE(changes);
    EXPECT_THAT(
        changes->records,
        testing::HasSubstr("menu.what.balance: \"" + dialogs::hash_of_text("Mi saldo") + "\"")
    );
}

TEST_F(workspace_test, confirming_what_is_not_there_is_refused) {
    EXPECT_FALSE(open()->confirmed({"menu.waht"}, problems_));
    ASSERT_EQ(problems_.size(), 1U);
    EXPECT_EQ(problems_[0].breaks, rule::unknown_message);
    EXPECT_EQ(problems_[0].mend, "did you mean 'menu.what'?");
}

TEST_F(workspace_test, mistakes_are_told_at_the_line_of_the_translation) {
    EXPECT_EQ(
        refused("balance.tell", "Vous devez.").what, "'balance.tell': lacks {loan.outstanding}"
    );
    EXPECT_EQ(
        refused("balance.tell", "{loan.outstanding, money} {loan.product}").what,
        "'balance.tell': has {loan.product}"
    );
    EXPECT_EQ(refused("balance.tell", "{loan.outstanding, money").breaks, rule::bad_message);
    EXPECT_EQ(refused("balance.tell", "{loan.outstandin, money}").breaks, rule::bad_message);
    EXPECT_EQ(refused("menu.what.balance", "Tout ce que je dois ici").breaks, rule::text_too_long);
    EXPECT_EQ(refused("menu.what.balance", "Mon\nsolde").breaks, rule::line_break);
    EXPECT_EQ(refused("menu.what", "  ").breaks, rule::empty_text);
    EXPECT_EQ(refused("menu.what", "a\tb").breaks, rule::bad_message);
}

TEST_F(workspace_test, one_mistake_refuses_all) {
    const auto xliff = translated("menu.what.balance", "Solde");
    EXPECT_FALSE(import_(replaced(xliff, "name=\"menu.what\"", "name=\"menu.waht\"")));
    ASSERT_EQ(problems_.size(), 1U);
    EXPECT_EQ(problems_[0].breaks, rule::unknown_message);
    EXPECT_EQ(problems_[0].mend, "did you mean 'menu.what'?");
    EXPECT_EQ(read_all(root_ / "messages" / "fr.yaml"), french_);
}

TEST_F(workspace_test, a_unit_without_a_name_is_refused) {
    EXPECT_FALSE(import_(replaced(open()->exported(), " name=\"menu.what\"", "")));
    ASSERT_EQ(problems_.size(), 1U);
    EXPECT_EQ(problems_[0].breaks, rule::unknown_message);
}

TEST_F(workspace_test, two_buttons_that_read_the_same_are_refused) {
    EXPECT_FALSE(import_(translated("menu.what.balance", "Una persona")));
    ASSERT_FALSE(problems_.empty());
    EXPECT_EQ(problems_[0].breaks, rule::repeated_title);
}

TEST_F(workspace_test, a_file_of_another_language_is_refused) {
    EXPECT_FALSE(import_(replaced(open()->exported(), "trgLang=\"fr\"", "trgLang=\"pt-BR\"")));
    ASSERT_EQ(problems_.size(), 1U);
    EXPECT_EQ(problems_[0].what, "this file is of 'pt-BR', not of 'fr'");
    EXPECT_EQ(problems_[0].line, 2);
    EXPECT_FALSE(import_(replaced(open()->exported(), "srcLang=\"es\"", "srcLang=\"en\"")));
}

TEST_F(workspace_test, is_not_opened_for_what_cannot_be_translated) {
    EXPECT_FALSE(open("es"));
    ASSERT_FALSE(problems_.empty());
    EXPECT_EQ(problems_[0].breaks, rule::wrong_value);
    EXPECT_FALSE(open("french"));
    ASSERT_FALSE(problems_.empty());
    EXPECT_EQ(problems_[0].breaks, rule::unknown_language);
    write("messages/fr.yaml", replaced(french_, "{loan.product}", "{loan.produtc}"));
    EXPECT_FALSE(open());
    ASSERT_FALSE(problems_.empty());
    EXPECT_EQ(problems_[0].breaks, rule::bad_message);
}

TEST_F(workspace_test, a_record_that_is_none_is_told) {
    fs::create_directories(root_ / "messages" / "translated");
    write("messages/translated/fr.yaml", "menu.what: yes\n");
    EXPECT_FALSE(open());
    ASSERT_FALSE(problems_.empty());
    EXPECT_EQ(problems_[0].breaks, rule::wrong_value);
}

TEST_F(workspace_test, a_file_is_replaced_whole_and_keeps_its_mode) {
    const auto file = root_ / "messages" / "fr.yaml";
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    replace_file(file, "a: b\n", file);
    EXPECT_EQ(read_all(file), "a: b\n");
    struct stat as {};
    ASSERT_EQ(::stat(file.c_str(), &as), 0);
    EXPECT_EQ(as.st_mode & 0777U, 0640U);
    EXPECT_THROW(replace_file("/proc/no/such", "a", file), std::exception);
}

TEST_F(workspace_test, a_new_language_brings_the_templates_of_the_source_along) {
    write(
        "messages/es.yaml",
        replaced(
            read_all(root_ / "messages/es.yaml"),
            "welcome.card: \"Soy el asistente.\"",
            "welcome.card: {text: \"Soy el asistente.\", template: {name: card, body: "
            "[\"{institution.name}\"]}}"
        )
    );
    settings_.institution.languages = {"es"};
    fs::remove(root_ / "messages/fr.yaml");
    fs::create_directories(root_ / "messages/translated");
    write("messages/translated/pt.yaml", dialogs::to_yaml(dialogs::translation_records{}));
    const auto work = open("pt");
    ASSERT_TRUE(work);
    EXPECT_THAT(work->exported(), testing::HasSubstr("Soy el asistente."));
}

}  // namespace
}  // namespace tertulia::gateway
