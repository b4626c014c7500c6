#include "gateway/config/config.hpp"

#include "gateway/config/config_shapes.hpp"
#include "gateway/config/read_channel.hpp"
#include "gateway/config/read_core_banking.hpp"
#include "gateway/config/yaml_section.hpp"
#include "gateway/http/addresses/address_ranges.hpp"
#include "gateway/media/media_folder.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/services/opening_hours.hpp"
#include "dialogs/wording/regions.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) return std::nullopt;
    std::ostringstream content;
    content << in.rdbuf();
    return std::move(content).str();
}

constexpr std::size_t admin_token_letters_min = 16;

bool is_host_and_port(const std::string& value) {
    static const std::regex form{R"((\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5}))"};
    std::smatch found;
    return std::regex_match(value, found, form) && std::stoi(found[2]) <= 65535;
}

bool is_loopback(const std::string& listen) {
    return listen.starts_with("127.") || listen.starts_with("localhost:") ||
           listen.starts_with("[::1]:");
}

double read_price(const reading& shared, yaml_section& section) {
    const auto price = section.text("sms_price");
    if (price.empty()) return 0;
    static const std::regex form{R"([0-9]{1,6}(\.[0-9]{1,6})?)"};
    if (std::regex_match(price, form)) return std::stod(price);
    shared.problem(
        dialogs::rule::wrong_value,
        section.place("sms_price"),
        "'" + price + "' is not a price",
        "write what one part of an SMS costs, for example \"0.25\""
    );
    return 0;
}

server_config read_server(const reading& shared, const YAML::Node& node) {
    yaml_section section{shared, node, "server", server_shape()};
    server_config out;
    out.listen = section.text("listen", out.listen);
    out.admin = section.text("admin", out.admin);
    out.public_url = section.text("public_url");
    out.io_threads = static_cast<unsigned>(section.number("io_threads", 1, 1, 64));
    out.admin_token = section.text("admin_token");
    if (!out.admin_token.empty() && out.admin_token.size() < admin_token_letters_min) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("admin_token"),
            "'admin_token' has fewer than 16 letters",
            "make one with: openssl rand -hex 24"
        );
    }
    out.trusted_proxies = read_ranges(shared, section, "trusted_proxies");
    if (std::ranges::any_of(out.trusted_proxies, http::is_everywhere)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("trusted_proxies"),
            "'trusted_proxies' trusts everybody, so anybody could write who calls",
            "name the machines of your own proxies, for example [127.0.0.1, 10.0.0.5]"
        );
    }
    for (const auto* key : {"listen", "admin"}) {
        const auto& value = std::string_view{key} == "listen" ? out.listen : out.admin;
        if (!is_host_and_port(value)) {
            shared.problem(
                dialogs::rule::wrong_value,
                section.place(key),
                std::string{"'"} + key + "' must be host:port",
                "for example 127.0.0.1:8080"
            );
        }
    }
    if (!out.public_url.empty() && !is_http_url(out.public_url)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("public_url"),
            "'public_url' must start with https://",
            "it is the address providers call, for example https://chat.example.org"
        );
    }
    if (const auto tls = section.child("tls"); tls && !tls.IsNull()) {
        yaml_section files{shared, tls, "server.tls", tls_shape()};
        const auto folder = shared.file.parent_path();
        out.tls_certificate = (folder / files.required("certificate")).string();
        out.tls_key = (folder / files.required("key")).string();
        files.refuse_unknown_keys();
    }
    if (out.listen == out.admin) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("admin"),
            "'admin' is the same address as 'listen'",
            "what is for operators needs a port of its own, for example 127.0.0.1:9090"
        );
    }
    section.refuse_unknown_keys();
    return out;
}

store_config read_store(const reading& shared, const YAML::Node& node) {
    store_config out;
    std::string url;
    if (node && node.IsMap()) {
        yaml_section section{shared, node, "store", store_shape()};
        url = section.text("url", "sqlite:var/tertulia.db");
        out.keep = std::chrono::days{section.number("keep", 400, 30, 36'500)};
        out.cache_mib = static_cast<std::size_t>(section.number("cache_mib", 64, 1, 65'536));
        section.refuse_unknown_keys();
    } else {
        YAML::Node wrapped;
        wrapped["url"] = node && node.IsScalar() ? node.Scalar() : "sqlite:var/tertulia.db";
        yaml_section section{shared, wrapped, "store", store_shape()};
        url = section.text("url");
    }
    if (!url.starts_with("sqlite:") || url.size() == std::string_view{"sqlite:"}.size()) {
        shared.problem(
            dialogs::rule::wrong_value,
            node,
            "'store' must be sqlite:PATH",
            "for example sqlite:var/tertulia.db"
        );
        return out;
    }
    out.sqlite_file = shared.file.parent_path() / url.substr(std::string_view{"sqlite:"}.size());
    return out;
}

received_config read_received(const reading& shared, const YAML::Node& node) {
    yaml_section section{shared, node, "received", received_shape()};
    received_config out;
    out.folder = shared.file.parent_path() / section.text("folder", "var/received");
    out.keep = std::chrono::days{section.number("keep", 90, 1, 36'500)};
    out.largest_mb = static_cast<std::size_t>(section.number("largest_mb", 25, 1, 100));
    section.refuse_unknown_keys();
    return out;
}

// The telephones of the institution's own people, who get a new version first.
std::vector<std::string> read_staff(const reading& shared, yaml_section& section) {
    auto numbers = section.texts("staff");
    const auto place = section.place("staff");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (is_e164(numbers[i])) continue;
        shared.problem(
            dialogs::rule::wrong_value,
            place.IsSequence() ? place[i] : place,
            "'" + numbers[i] + "' is not a telephone number with its country",
            "write it as \"+50255501234\", with the quotes and without spaces"
        );
    }
    return numbers;
}

// Who works on cases, beside the portfolio's credit agents.
std::vector<staff_person> read_colleagues(const reading& shared, yaml_section& section) {
    std::vector<staff_person> all;
    const auto list = section.child("colleagues");
    if (!list || !list.IsSequence()) return all;
    std::set<std::string> phones;
    std::set<std::string> names;
    for (const auto& node : list) {
        yaml_section one{shared, node, "institution.colleagues", colleague_shape()};
        staff_person made;
        made.phone = one.required("phone");
        made.name = one.required("name");
        made.desks = one.texts("desks");
        one.refuse_unknown_keys();
        made.id = "staff:" + made.name;
        if (!is_e164(made.phone)) {
            shared.problem(
                dialogs::rule::wrong_value,
                one.place("phone"),
                "'" + made.phone + "' is not a telephone number with its country",
                "write it as \"+50255501234\", with the quotes and without spaces"
            );
        } else if (!phones.insert(made.phone).second || !names.insert(made.name).second) {
            shared.problem(
                dialogs::rule::repeated_name,
                one.place("phone"),
                "two colleagues have this number or this name",
                "a number and a name are one person's; several desks: desks: [support, complaints]"
            );
        }
        all.push_back(std::move(made));
    }
    return all;
}

void read_accounts(const reading& shared, yaml_section& section, institution& out) {
    const auto list = section.child("accounts");
    if (!list || !list.IsSequence()) return;
    std::set<std::string> numbers;
    for (const auto& node : list) {
        yaml_section one{shared, node, "institution.accounts", account_shape()};
        deposit_account made{
            .bank = one.required("bank"),
            .number = one.required("number"),
            .holder = one.text("holder", out.name)};
        one.refuse_unknown_keys();
        if (!made.number.empty() && !numbers.insert(made.number).second) {
            shared.problem(
                dialogs::rule::repeated_name,
                one.place("number"),
                "the account " + made.number + " is there twice",
                "take one of them out"
            );
        }
        out.accounts.push_back(std::move(made));
    }
}

void read_hours(const reading& shared, yaml_section& section, institution& out) {
    out.hours = section.text("hours");
    if (!out.hours.empty() && !dialogs::opening_hours::parse(out.hours)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("hours"),
            "'" + out.hours + "' cannot be read as opening hours",
            "write them as \"Lun-Vie 8:00-17:00, Sáb 8:00-12:00\""
        );
        out.hours.clear();
    }
    const auto place = section.place("holidays");
    const auto days = section.texts("holidays");
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (const auto day = parse_iso_date(days[i])) {
            out.holidays.push_back(*day);
            continue;
        }
        shared.problem(
            dialogs::rule::wrong_value,
            place.IsSequence() ? place[i] : place,
            "'" + days[i] + "' is not a day",
            "write it as 2026-12-25"
        );
    }
}

institution read_institution(
    const reading& shared, const YAML::Node& node, config& whole
) {
    yaml_section section{shared, node, "institution", institution_shape()};
    institution out;
    out.name = section.required("name");
    out.time_zone = section.required("time_zone");
    if (!out.time_zone.empty() && !dialogs::is_time_zone(out.time_zone)) {
        shared.problem(
            dialogs::rule::unknown_time_zone,
            section.place("time_zone"),
            "there is no time zone '" + out.time_zone + "'",
            "time zones look like America/Guatemala"
        );
        out.time_zone = "UTC";  // what is wrong is told once, and the rest is checked
    }
    const auto currency = section.required("currency");
    if (!currency.empty() && !parse_currency(currency, out.currency)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("currency"),
            "'" + currency + "' is not a currency code",
            "use the three letters of ISO 4217, for example GTQ"
        );
    }
    out.languages = section.texts("languages");
    if (out.languages.empty()) {
        shared.problem(
            dialogs::rule::no_language,
            section.place("languages"),
            "institution needs 'languages'",
            "for example [es, en]"
        );
    }
    for (const auto& language : out.languages) {
        if (dialogs::is_language(language)) continue;
        shared.problem(
            dialogs::rule::unknown_language,
            section.place("languages"),
            "there is no language '" + language + "'",
            "use the code of ISO 639, for example es, quc or pt-BR"
        );
    }
    std::erase_if(out.languages, [](const auto& one) { return !dialogs::is_language(one); });
    out.country = section.text("country", "GT");
    if (!dialogs::is_country(out.country)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("country"),
            "'" + out.country + "' is not a country code",
            "use the two capital letters of ISO 3166, for example GT"
        );
    }
    out.phone = section.text("phone");
    if (!out.phone.empty() && !is_e164(out.phone)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("phone"),
            "'" + out.phone + "' is not a telephone number with its country",
            "write + and 7 to 15 digits between quotes, for example \"+50225550100\""
        );
    }
    whole.staff = read_staff(shared, section);
    out.staff = whole.staff;
    whole.colleagues = read_colleagues(shared, section);
    read_hours(shared, section, out);
    read_accounts(shared, section, out);
    if (const auto face = section.child("assistant"); face && !face.IsNull()) {
        yaml_section assistant{shared, face, "institution.assistant", assistant_shape()};
        out.assistant.name = assistant.required("name");
        out.assistant.picture = assistant.text("picture");
        assistant.refuse_unknown_keys();
    }
    section.refuse_unknown_keys();
    return out;
}

// Where we are called: by the world, or from this machine.
std::string own_url(const server_config& from) {
    auto base = from.public_url;
    if (base.empty()) {
        const bool tls = !from.tls_certificate.empty();
        base = (tls ? "https://" : "http://") + from.listen;
    }
    while (base.ends_with('/')) base.pop_back();
    return base;
}

// Where what we show is had: from outside, or from the simulator on this machine. Where nobody can
// fetch anything, WhatsApp is handed the files all the same (gateway/uploads).
std::string media_base_of(const config& from) {
    if (!from.server.public_url.empty() || from.simulator) return own_url(from.server) + "/media";
    const bool uploads = std::ranges::any_of(from.channels, [](const channel_config& one) {
        return std::holds_alternative<adapters::whatsapp_cloud::channel_settings>(one.provider);
    });
    return uploads ? "media:" : "";
}

// Where USSD says what it cannot say itself.
void check_otherwise(const reading& shared, const YAML::Node& at, const config& out) {
    for (const auto& one : out.channels) {
        const auto* ussd = std::get_if<ussd_settings>(&one.provider);
        if (ussd == nullptr || ussd->otherwise.empty()) continue;
        const auto other = std::ranges::find(out.channels, ussd->otherwise, &channel_config::name);
        if (other != out.channels.end() && kind_of(*other) == channel_kind::sms &&
            !std::holds_alternative<ussd_settings>(other->provider)) {
            continue;
        }
        shared.problem(
            dialogs::rule::wrong_value,
            at,
            "'otherwise' of " + one.name + " names no channel of SMS: '" + ussd->otherwise + "'",
            "the name of one under 'channels', for example the one of type africas_talking"
        );
    }
}

void read_root(const reading& shared, const YAML::Node& root, config& out) {
    yaml_section section{shared, root, "tertulia.yaml", config_shape()};
    out.server = read_server(shared, section.child("server"));
    out.store = read_store(shared, section.child("store"));
    out.received = read_received(shared, section.child("received"));
    if (const auto channels = section.child("channels"); channels && channels.IsSequence()) {
        std::set<std::string> names;
        for (const auto& node : channels) {
            auto one = read_channel(shared, node, own_url(out.server));
            if (!names.insert(one.name).second) {
                shared.problem(
                    dialogs::rule::repeated_name, node, "two channels are called '" + one.name + "'"
                );
            }
            out.channels.push_back(std::move(one));
        }
        check_otherwise(shared, channels, out);
        check_ladder(shared, channels, out.channels);
    }
    if (out.channels.empty()) {
        shared.problem(
            dialogs::rule::missing_key,
            section.place("channels"),
            "tertulia needs at least one channel under 'channels'"
        );
    }
    out.core_banking = read_core_banking(shared, section.child("core_banking"));
    out.simulator = section.flag("simulator", false);
    const auto folder = out.file.parent_path();
    out.lint = folder / section.text("lint", "lint.yaml");
    out.dialogs = folder / section.text("dialogs", "dialogs");
    out.messages = folder / section.text("messages", "messages");
    // Beside the messages, which name its files.
    const auto media = section.text("media");
    const auto beside = (out.messages / "").parent_path().parent_path() / "media";
    out.media = media.empty() ? beside : folder / media;
    // Nobody need meet by chat.
    const auto meetings = section.text("meetings");
    out.meetings = folder / (meetings.empty() ? "meetings" : meetings);
    if (meetings.empty() && !std::filesystem::exists(out.meetings)) out.meetings.clear();
    // Nobody need speak first: without a word about it, and without the folder, nobody does.
    const auto nudges = section.text("nudges");
    out.nudges = folder / (nudges.empty() ? "nudges" : nudges);
    if (nudges.empty() && !std::filesystem::exists(out.nudges)) out.nudges.clear();
    out.institution = read_institution(shared, section.child("institution"), out);
    if (const auto channels = section.child("channels"); channels && channels.IsSequence()) {
        check_senders(shared, channels, out.channels, out.institution.country);
    }
    for (const auto& one : out.channels) {
        out.institution.channels.push_back(
            {.name = one.name,
             .kind = kind_of(one),
             .fallback_for = one.fallback_for,
             .fallback_after = one.fallback_after,
             .checks_identity = one.checks_identity,
             .number = one.number}
        );
    }
    out.institution.media_base = media_base_of(out);
    if (out.simulator && (!is_loopback(out.server.listen) || !out.server.public_url.empty())) {
        shared.problem(
            dialogs::rule::unsafe_simulator,
            section.place("simulator"),
            "'simulator: true' lets anyone play any client: not with a 'public_url' or a 'listen' "
            "address others can reach",
            "set simulator: false, or listen on 127.0.0.1 without public_url"
        );
    }
    yaml_section costs{shared, section.child("institution"), "institution", institution_shape()};
    out.sms_price = read_price(shared, costs);
    section.refuse_unknown_keys();
}

void read_folder(
    const fs::path& folder,
    std::vector<dialogs::source_file>& out,
    std::vector<dialogs::diagnostic>& problems
) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
        const auto& path = at->path();
        std::error_code unknown;
        if (path.extension() == ".yml") {
            problems.push_back(
                {.breaks = dialogs::rule::ignored_file,
                 .level = dialogs::severity::warning,
                 .file = path.string(),
                 .what = "this file is named .yml and is not read: only .yaml is",
                 .mend = "name it " + path.stem().string() + ".yaml"}
            );
        } else if (path.extension() == ".yaml" && fs::is_directory(path, unknown)) {
            problems.push_back(
                {.breaks = dialogs::rule::unreadable,
                 .file = path.string(),
                 .what = "this is a folder: a file is wanted under such a name"}
            );
        } else if (path.extension() == ".yaml") {
            files.push_back(path);
        }
    }
    if (error) {
        problems.push_back({
            .breaks = dialogs::rule::unreadable,
            .file = folder.string(),
            .what = "cannot read this folder: " + error.message(),
            .mend = "check the path in tertulia.yaml",
        });
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        if (auto text = read_file(file)) {
            out.push_back({.path = file.string(), .text = std::move(*text)});
        } else {
            problems.push_back(
                {.breaks = dialogs::rule::unreadable,
                 .file = file.string(),
                 .what = "cannot read this file"}
            );
        }
    }
}

}  // namespace

environment process_environment() {
    return [](std::string_view name) -> std::optional<std::string> {
        // Read at start only, before any thread exists.
        if (const char* value = std::getenv(std::string{name}.c_str())) {  // NOLINT
            return std::string{value};
        }
        return std::nullopt;
    };
}

config_result load_config(const fs::path& file, const environment& env) {
    config_result out;
    config& made = out.best;
    made.file = file;
    made.dialogs = file.parent_path() / "dialogs";
    made.messages = file.parent_path() / "messages";
    made.lint = file.parent_path() / "lint.yaml";
    std::error_code error;
    const bool is_folder = fs::is_directory(file, error);
    const auto text = is_folder ? std::nullopt : read_file(file);
    if (!text) {
        out.problems.push_back({
            .breaks = dialogs::rule::unreadable,
            .file = file.string(),
            .what =
                is_folder ? "this is a folder, not a config file" : "cannot read the config file",
            .mend = "give its path with --config, for example --config config/tertulia.yaml",
        });
        return out;
    }
    out.text = *text;
    const reading shared{made.file, env, out.problems};
    try {
        read_root(shared, YAML::Load(*text), made);
    } catch (const YAML::Exception& broken) {
        out.problems.push_back({
            .breaks = dialogs::rule::not_yaml,
            .file = file.string(),
            .line = broken.mark.line + 1,
            .column = broken.mark.column + 1,
            .what = "this is not YAML: " + broken.msg,
            .mend = "check the indentation and the quotes of this line",
        });
    }
    const auto is_error = [](const dialogs::diagnostic& one) {
        return one.level == dialogs::severity::error;
    };
    if (std::ranges::none_of(out.problems, is_error)) out.loaded = made;
    return out;
}

dialogs::script_sources read_scripts(
    const config& from, std::vector<dialogs::diagnostic>& problems
) {
    dialogs::script_sources out;
    out.of = from.institution;
    read_folder(from.dialogs, out.dialogs, problems);
    read_folder(from.messages, out.messages, problems);
    read_folder(from.dialogs / "phrases", out.phrases, problems);
    if (!from.nudges.empty()) read_folder(from.nudges, out.nudges, problems);
    if (!from.meetings.empty()) read_folder(from.meetings, out.meetings, problems);
    for (auto& file : read_media_folder(from.media, problems)) {
        out.media.push_back(std::move(file.is));
    }
    return out;
}

}  // namespace tertulia::gateway
