// `tertulia translations`: messages to a translator as XLIFF, and back.

#include "gateway/commands/commands.hpp"
#include "gateway/translations/replace_file.hpp"
#include "gateway/translations/workspace.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

namespace tertulia::gateway {
namespace {

struct translations_options {
    std::string config_file{};
    std::string from{};
    std::string to{};
    std::string file{};               // of export: where to; empty: standard output
    std::vector<std::string> keys{};  // of confirm
    bool all{};
};

void tell(
    const std::vector<dialogs::diagnostic>& problems, const std::vector<dialogs::source_file>& of
) {
    for (const auto& one : problems) {
        const auto found = std::ranges::find(of, one.file, &dialogs::source_file::path);
        std::cerr << dialogs::to_text(one, found == of.end() ? "" : std::string_view{found->text})
                  << '\n';
    }
}

std::optional<translation_workspace> open_or_explain(const translations_options& how) {
    const auto settings = load_config_or_explain(how.config_file);
    if (!settings) return std::nullopt;
    const auto& spoken = settings->institution.languages;
    if (!how.from.empty() && !spoken.empty() && how.from != spoken.front()) {
        std::cerr << "tertulia: translations are made from '" << spoken.front()
                  << "', the language the institution speaks first, so that one is known when a\n"
                     "  text has changed since; leave --from out\n";
        return std::nullopt;
    }
    std::vector<dialogs::diagnostic> problems;
    auto made = translation_workspace::open(*settings, how.to, problems);
    tell(problems, made ? std::vector{made->target()} : std::vector<dialogs::source_file>{});
    return made;
}

int export_xliff(const translations_options& how) {
    const auto work = open_or_explain(how);
    if (!work) return 1;
    if (how.file.empty()) {
        std::cout << work->exported();
        return 0;
    }
    if (std::filesystem::exists(how.file)) {
        std::cerr << "tertulia: " << how.file << " is there already, perhaps with a translator's "
                  << "work: import it or take another name\n";
        return 1;
    }
    replace_file(how.file, work->exported(), work->source().path);
    std::cout << "written: " << how.file << '\n';
    return 0;
}

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + (count == 1 ? " text " : " texts ") + what;
}

int import_xliff(const translations_options& how) {
    const auto work = open_or_explain(how);
    if (!work) return 1;
    std::ifstream in{how.file, std::ios::binary};
    const dialogs::source_file xliff{
        .path = how.file, .text = {std::istreambuf_iterator<char>{in}, {}}};
    if (!in || std::filesystem::is_directory(how.file)) {
        std::cerr << "tertulia: cannot read " << how.file << '\n';
        return 2;
    }
    std::vector<dialogs::diagnostic> problems;
    const auto changes = work->imported(xliff, problems);
    tell(problems, {xliff});
    if (!changes) {
        std::cerr << "tertulia: nothing was written\n";
        return 1;
    }
    const auto& target = work->target();
    if (changes->messages != target.text) {
        replace_file(target.path, changes->messages, work->source().path);
    }
    replace_file(work->records(), changes->records, work->source().path);
    std::cout << target.path << ": " << counted(changes->changed, "changed") << ", "
              << changes->as_before << " as before";
    if (changes->initial > 0) {
        std::cout << ", " << changes->initial << " still in state initial and left alone";
    }
    if (changes->empty > 0) std::cout << ", " << changes->empty << " not translated";
    std::cout << '\n';
    return 0;
}

int confirm(const translations_options& how) {
    if (how.keys.empty() != how.all) {
        std::cerr << "tertulia: give the keys of the texts that still hold, or --all\n";
        return 2;
    }
    const auto work = open_or_explain(how);
    if (!work) return 1;
    std::vector<dialogs::diagnostic> problems;
    const auto changes = work->confirmed(how.keys, problems);
    tell(problems, {work->target()});
    if (!changes) return 1;
    replace_file(work->records(), changes->records, work->source().path);
    std::cout << work->records().string() << ": " << counted(changes->changed, "confirmed") << '\n';
    return 0;
}

}  // namespace

void add_translations(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("translations", "Messages to a translator, and back");
    command->require_subcommand(1);
    auto how = std::make_shared<translations_options>();
    const auto add =
        [&](const char* name, const char* about, int (*run)(const translations_options&)) {
            auto* made = command->add_subcommand(name, about);
            made->add_option("--config", how->config_file, "The config file")->required();
            made->add_option("--to", how->to, "The language that is translated to")->required();
            made->callback([how, run, &exit_code] { exit_code = run(*how); });
            return made;
        };
    auto* out =
        add("export", "All texts as an XLIFF 2.0 file, with what is translated", &export_xliff);
    out->add_option("--from", how->from, "The language the institution speaks first");
    out->add_option("--out", how->file, "Write to this file; else to standard output");
    auto* in = add(
        "import", "A translated XLIFF file into the messages: all of it or nothing", &import_xliff
    );
    in->add_option("FILE", how->file, "The XLIFF file")->required();
    auto* still = add("confirm", "These translations still say what the source says", &confirm);
    still->add_option("KEY", how->keys, "balance.summary, or of a variant balance.summary|nascent");
    still->add_flag("--all", how->all, "All there are");
}

}  // namespace tertulia::gateway
