// `tertulia test`: the operators' conversations, played against the dialogs as they are now.

#include "gateway/commands/commands.hpp"
#include "gateway/commands/test_files.hpp"
#include "gateway/commands/test_report.hpp"

#include "dialogs/rehearsal/golden.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

struct test_options {
    std::string config_file{};
    std::vector<std::string> names{};
    int coverage_min{-1};  // percent of states; -1: whatever
    std::string junit_file{};
    bool update{};
};

struct test_file {
    dialogs::source_file source{};
    std::vector<dialogs::dialog_test> tests{};
};

class tester {
public:
    tester(loaded all, test_options how)
        : all_{std::move(all)}, how_{std::move(how)}, seen_{all_.scripts} {}

    int run() {
        const bool sound = read_files();
        if (how_.update && !update()) return 1;
        for (const auto& file : files_) {
            for (const auto& test : file.tests) play(test);
        }
        if (!how_.junit_file.empty() && !write(how_.junit_file, junit_xml(runs_))) return 1;
        return summary(sound) && sound ? 0 : 1;
    }

private:
    [[nodiscard]] bool wanted(const dialogs::dialog_test& test) const {
        return how_.names.empty() || std::ranges::any_of(how_.names, [&](const std::string& name) {
                   return test.name.find(name) != std::string::npos ||
                          dialogs::stem_of(test.file) == name || test.file.ends_with(name);
               });
    }

    bool read_files() {
        std::vector<dialogs::diagnostic> problems;
        auto sources = read_test_files(all_.settings, problems);
        for (auto& source : sources) {
            test_file made{.source = std::move(source), .tests = {}};
            made.tests =
                dialogs::read_tests(made.source, all_.scripts->compiled(), cast_, problems);
            files_.push_back(std::move(made));
        }
        for (const auto& problem : problems) {
            const auto found = std::ranges::find_if(files_, [&](const test_file& one) {
                return one.source.path == problem.file;
            });
            std::cerr << dialogs::to_text(
                             problem,
                             found == files_.end() ? std::string_view{}
                                                   : std::string_view{found->source.text}
                         )
                      << '\n';
        }
        return problems.empty();
    }

    bool update() {
        std::vector<dialogs::diagnostic> problems;
        for (auto& file : files_) {
            auto tests = file.tests;
            std::erase_if(tests, [&](const auto& test) { return !wanted(test); });
            const auto anew =
                dialogs::golden_anew(file.source, tests, all_.scripts, cast_, problems);
            if (!anew) continue;
            if (!write(file.source.path, *anew)) return false;
            std::cout << "rewritten: " << file.source.path << '\n';
            file.source.text = *anew;
            file.tests =
                dialogs::read_tests(file.source, all_.scripts->compiled(), cast_, problems);
        }
        for (const auto& problem : problems) std::cerr << dialogs::to_text(problem, {}) << '\n';
        return problems.empty();
    }

    void play(const dialogs::dialog_test& test) {
        if (!wanted(test)) return;
        for (const auto& how : dialogs::stagings_of(test)) {
            const auto begin = std::chrono::steady_clock::now();
            test_run run{.file = test.file, .name = test.name, .how = how};
            run.wrong = dialogs::rehearse(all_.scripts, test, how, cast_, seen_);
            run.seconds =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            runs_.push_back(std::move(run));
        }
        ++tests_;
    }

    static bool write(const std::string& path, const std::string& text) {
        std::ofstream out{path, std::ios::binary | std::ios::trunc};
        out << text << std::flush;
        if (out) return true;
        std::cerr << "tertulia: cannot write " << path << '\n';
        return false;
    }

    bool summary(bool sound) {
        if (runs_.empty()) {
            if (!sound) return false;  // what is wrong with the files is told already
            std::cerr << "tertulia: there is no test"
                      << (how_.names.empty() ? " in " + (all_.settings.dialogs / "tests").string()
                                             : std::string{" of that name"})
                      << '\n';
            return false;
        }
        const auto failed =
            std::ranges::count_if(runs_, [](const auto& run) { return run.wrong.has_value(); });
        int percent = 100;
        if (how_.names.empty()) {
            percent =
                print_coverage(std::cout, seen_.report(), all_.scripts->compiled().house.languages);
            std::cout << '\n';
        }
        const bool enough = percent >= how_.coverage_min;
        // Last, so that what is to be mended is what one sees.
        print_failures(std::cout, runs_);
        if (!enough) {
            std::cout << "too little is covered: " << percent << " % of the states, "
                      << how_.coverage_min << " % are asked for\n";
        }
        std::cout << tests_ << " tests, " << runs_.size()
                  << " talks: " << static_cast<std::ptrdiff_t>(runs_.size()) - failed << " passed, "
                  << failed << " failed\n";
        return failed == 0 && enough;
    }

    loaded all_;
    test_options how_;
    dialogs::rehearsal_cast cast_{demo_cast()};
    dialogs::coverage seen_;
    std::vector<test_file> files_{};
    std::vector<test_run> runs_{};
    std::size_t tests_{};
};

}  // namespace

namespace {

// A test plays by SMS, and falls back to it, whether or not that is configured.
bool with_sms(loaded& all) {
    auto& channels = all.sources.of.channels;
    if (std::ranges::any_of(channels, [](const auto& one) { return !one.fallback_for.empty(); })) {
        return true;
    }
    std::vector<std::string> others;
    for (const auto& one : channels) {
        if (one.kind == channel_kind::whatsapp) others.push_back(one.name);
    }
    auto sms = std::ranges::find(channels, channel_kind::sms, &known_channel::kind);
    if (sms == channels.end()) {
        sms = channels.insert(channels.end(), {.name = "sms", .kind = channel_kind::sms});
    }
    sms->fallback_for = std::move(others);
    all.scripts = dialogs::load_scripts(all.sources).scripts;
    return all.scripts != nullptr;
}

}  // namespace

void add_test(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("test", "Play the operators' dialog tests, with coverage");
    auto how = std::make_shared<test_options>();
    command->add_option("--config", how->config_file, "The config file")->required();
    auto* names = command->add_option(
        "NAME", how->names, "Only these: a file (balance) or words of a test's name"
    );
    command
        ->add_option(
            "--coverage-min", how->coverage_min, "Fail below this percentage of states covered"
        )
        ->check(CLI::Range(0, 100))
        ->excludes(names);
    command->add_option("--junit", how->junit_file, "Write the results as JUnit XML to this file");
    command->add_flag("--update", how->update, "Write golden tests that fail anew");
    command->callback([how, &exit_code] {
        auto all = load_or_explain(how->config_file);
        exit_code = all && with_sms(*all) ? tester{std::move(*all), *how}.run() : 1;
    });
}

}  // namespace tertulia::gateway
