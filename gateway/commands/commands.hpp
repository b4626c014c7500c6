// The commands of the `tertulia` binary. Each adds itself to the command line and returns the exit
// code of what it did: 0 done, 1 something is wrong and was said on standard error, 2 wrong usage.

#pragma once

#include "gateway/config/config.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace tertulia::gateway {

void add_serve(CLI::App& line, int& exit_code);
void add_check(CLI::App& line, int& exit_code);
void add_test(CLI::App& line, int& exit_code);
void add_understand(CLI::App& line, int& exit_code);
void add_places(CLI::App& line, int& exit_code);
void add_guard(CLI::App& line, int& exit_code);
void add_chat(CLI::App& line, int& exit_code);
void add_import(CLI::App& line, int& exit_code);
void add_replay(CLI::App& line, int& exit_code);
void add_dead_letters(CLI::App& line, int& exit_code);
void add_graph(CLI::App& line, int& exit_code);
void add_schema(CLI::App& line, int& exit_code);
void add_publish(CLI::App& line, int& exit_code);
void add_versions(CLI::App& line, int& exit_code);
void add_rollback(CLI::App& line, int& exit_code);
void add_translations(CLI::App& line, int& exit_code);
void add_conversation(CLI::App& line, int& exit_code);
void add_case(CLI::App& line, int& exit_code);
void add_person(CLI::App& line, int& exit_code);
void add_doctor(CLI::App& line, int& exit_code);
void add_export(CLI::App& line, int& exit_code);
void add_referral(CLI::App& line, int& exit_code);
void add_plan(CLI::App& line, int& exit_code);
void add_contact(CLI::App& line, int& exit_code);
void add_meeting(CLI::App& line, int& exit_code);
void add_campaign(CLI::App& line, int& exit_code);

// --- what the commands share --------------------------------------------------------------------

// The config and the scripts it names, checked. Problems are printed on standard error with the
// line they stand in; nothing is returned if any is an error.
struct loaded {
    config settings{};
    dialogs::script_sources sources{};
    std::shared_ptr<const dialogs::script_set> scripts{};
};
[[nodiscard]] std::optional<config> load_config_or_explain(const std::filesystem::path& file);
[[nodiscard]] std::optional<loaded> load_or_explain(const std::filesystem::path& file);

}  // namespace tertulia::gateway
