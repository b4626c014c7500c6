#include "gateway/commands/check_files.hpp"
#include "gateway/commands/check_report.hpp"
#include "gateway/commands/check_sms.hpp"
#include "gateway/commands/commands.hpp"

#include "dialogs/script/program.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace tertulia::gateway {
namespace {

struct check_options {
    std::string config_file{};
    std::string format{"text"};
    bool strict{};
    std::string sms{};  // variants or all; empty: not asked
    bool rules{};
};

// 0: well, 1: mistakes, 2: nothing could be read.
int verdict(const checked_files& found, bool strict) {
    if (found.unreadable()) return 2;
    if (found.count(dialogs::severity::error) > 0) return 1;
    return strict && found.count(dialogs::severity::warning) > 0 ? 1 : 0;
}

void tell(const checked_files& found, bool strict) {
    write_problems(std::cerr, found);
    if (found.scripts) std::cout << summary_of(found, strict) << '\n';
}

int check(const check_options& how) {
    const auto found = check_files(how.config_file, process_environment(), check_depth::whole);
    if (!how.sms.empty()) {
        write_problems(std::cerr, found);
        if (found.scripts) {
            write_sms(
                std::cout,
                *found.scripts->compiled().words,
                found.settings->institution,
                found.settings->sms_price,
                how.sms == "all" ? sms_shown::all : sms_shown::variants
            );
        }
    } else if (how.format == "json") {
        write_json(std::cout, found);
    } else if (how.format == "sarif") {
        write_sarif(std::cout, found, TERTULIA_VERSION);
    } else {
        tell(found, how.strict);
    }
    return verdict(found, how.strict);
}

}  // namespace

void add_check(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("check", "Check the config, the dialogs and the messages");
    auto how = std::make_shared<check_options>();
    auto* file = command->add_option("--config", how->config_file, "The config file");
    command->add_option("--format", how->format, "text, json, or sarif for code review")
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    auto* format = command->get_option("--format");
    command->add_option("--sms", how->sms, "What texts cost as SMS: `variants` for that, or `all`")
        ->expected(0, 1)
        ->default_str("variants")
        ->check(CLI::IsMember({"variants", "all"}))
        ->excludes(format);
    command->add_flag("--strict", how->strict, "Fail for warnings too");
    auto* rules = command->add_flag("--rules", how->rules, "List the rules and what they mean");
    rules->excludes(file);
    command->callback([how, &exit_code] {
        if (how->rules) {
            write_rules(std::cout);
            return;
        }
        if (how->config_file.empty()) throw CLI::RequiredError("--config");
        exit_code = check(*how);
    });
}

}  // namespace tertulia::gateway
