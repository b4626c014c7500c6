// tertulia.yaml as values: read once at start, checked whole, every mistake listed with its place.
// Secrets live here and in the parts that use them; nothing in this folder prints them.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/config/channel_config.hpp"
#include "gateway/config/core_banking_config.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct server_config {
    std::string listen{"127.0.0.1:8080"};
    std::string admin{"127.0.0.1:9090"};
    std::string public_url{};  // how the world reaches `listen`; empty: it does not
    std::string tls_certificate{};
    std::string tls_key{};
    std::string admin_token{};  // what changes something on `admin` must show it; empty: no token
    unsigned io_threads{1};
    std::vector<std::string> trusted_proxies{};  // address ranges whose X-Forwarded-For is believed
};

struct store_config {
    std::filesystem::path sqlite_file{};
    std::chrono::days keep{400};
    std::size_t cache_mib{64};
};

// What people send: photos, voice notes, documents.
struct received_config {
    std::filesystem::path folder{};
    std::chrono::days keep{90};
    std::size_t largest_mb{25};
};

struct config {
    std::filesystem::path file{};
    server_config server{};
    store_config store{};
    received_config received{};
    std::vector<channel_config> channels{};
    std::filesystem::path lint{};  // how texts should not sound; no such file: nothing is said
    double sms_price{};            // of one part, in the institution's currency; 0: nobody said
    core_banking_config core_banking{};
    bool simulator{};
    // nudges: empty where there is no such folder and the config names none.
    std::filesystem::path dialogs{}, messages{}, media{}, meetings{}, nudges{};
    tertulia::institution institution{};
    std::vector<std::string> staff{};  // E.164: the institution's own, who try new versions first
    std::vector<staff_person> colleagues{};  // who work on cases, besides the credit agents
};

struct config_result {
    std::optional<config> loaded{};  // absent if there is any error
    config best{};  // what could be read all the same, so that the files it names are checked too
    std::vector<dialogs::diagnostic> problems{};
    std::string text{};  // of the file, to underline the mistakes in
};

using environment = std::function<std::optional<std::string>(std::string_view name)>;

// Reads and checks the file. Relative paths in it are relative to it. `${NAME}`, `${NAME:-default}`
// and `${file:PATH}` are replaced in every value. Never throws for what the file says.
[[nodiscard]] config_result load_config(const std::filesystem::path& file, const environment& env);

// The environment of this process.
[[nodiscard]] environment process_environment();

// Every operator's file the config names, ready for dialogs::load_scripts. A folder or file that
// cannot be read becomes a problem.
[[nodiscard]] dialogs::script_sources read_scripts(
    const config& from, std::vector<dialogs::diagnostic>& problems
);

}  // namespace tertulia::gateway
