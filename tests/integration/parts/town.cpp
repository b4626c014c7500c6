#include "tests/integration/parts/town.hpp"

#include "tests/integration/parts/certificate.hpp"
#include "tests/source_folder.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tertulia::integration {

using nlohmann::json;
namespace fs = std::filesystem;

bool long_run() {
    const char* value = std::getenv("TERTULIA_LONG");  // NOLINT(concurrency-mt-unsafe)
    return value != nullptr && std::string_view{value} == "1";
}

// ---- place and ports

place::place() {
    auto form = (fs::temp_directory_path() / "tertulia-XXXXXX").string();
    if (::mkdtemp(form.data()) == nullptr) {
        throw std::system_error{errno, std::generic_category(), form};
    }
    at_ = form;
}

place::~place() {
    const bool keep = std::getenv("TERTULIA_KEEP") != nullptr;  // NOLINT(concurrency-mt-unsafe)
    if (keep && testing::Test::HasFailure()) {
        std::fprintf(stderr, "kept: %s\n", at_.c_str());
        return;
    }
    std::error_code ignored;
    fs::remove_all(at_, ignored);
}

std::uint16_t free_port() {
    // Below the range from which outgoing connections take theirs.
    static std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> range{15'000, 32'000};
    for (;;) {
        const auto port = static_cast<std::uint16_t>(range(random));
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool mine = ::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
        ::close(socket);
        if (mine) return port;
    }
}

// ---- provider

provider::provider(const place& where, std::uint16_t gateway_port)
    : port_{free_port()},
      process_{
          {TERTULIA_STAND_IN, "--port", std::to_string(port_), "--webhook",
           "http://127.0.0.1:" + std::to_string(gateway_port) + "/webhooks/whatsapp",
           "--access-token", "test", "--webhook-pause-ms", "50", "--webhook-pause-most-ms", "200",
           "--webhook-tries", "100000", "--log", (where / "sent.jsonl").string()},
          where / "provider.log"} {
    const auto here = [this] {
        const auto answer = ask(port_, "GET", "/healthz");
        return answer && answer->status == 200;
    };
    EXPECT_TRUE(soon(here)) << process_.said();
}

void provider::control(const json& orders) const {
    const auto answer =
        ask(port_, "POST", "/control", {{"Content-Type", "application/json"}}, orders.dump());
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200) << answer->body;
}

json provider::state() const {
    const auto answer = ask(port_, "GET", "/control");
    return answer ? json::parse(answer->body) : json{};
}

namespace {

said read_sent(const json& from) {
    said out;
    out.id = from.at("id").get<std::string>();
    out.to = from.at("to").get<std::string>();
    out.callback = from.at("callback").get<std::string>();
    out.dropped = from.value("dropped", false);
    out.body = from.at("body");
    const auto type = out.body.value("type", "text");
    if (type == "text") out.text = out.body.at("text").at("body").get<std::string>();
    if (type == "image") out.text = out.body.at("image").value("caption", "");
    if (type != "interactive") return out;
    const auto& asked = out.body.at("interactive");
    out.text = asked.at("body").at("text").get<std::string>();
    const auto& action = asked.at("action");
    for (const auto& one : action.value("buttons", json::array())) {
        out.choices.emplace_back(one.at("reply").at("id"), one.at("reply").at("title"));
    }
    for (const auto& section : action.value("sections", json::array())) {
        for (const auto& row : section.at("rows")) {
            out.choices.emplace_back(row.at("id"), row.at("title"));
        }
    }
    return out;
}

}  // namespace

std::vector<said> provider::all() const {
    for (;;) {
        const auto answer =
            ask(port_, "GET", "/sent?most=5000&since=" + std::to_string(read_));
        if (!answer || answer->status != 200) break;
        const auto page = json::parse(answer->body);
        for (const auto& one : page.at("sent")) sent_.push_back(read_sent(one));
        const auto next = page.at("next").get<std::uint64_t>();
        if (next == read_) break;
        read_ = next;
    }
    return sent_;
}

std::vector<said> provider::to(std::string_view digits) const {
    std::vector<said> out;
    for (auto& one : all()) {
        if (one.to == digits) out.push_back(std::move(one));
    }
    return out;
}

std::vector<said> provider::to(
    std::string_view digits, std::size_t count, milliseconds within
) const {
    std::vector<said> out;
    const auto enough = [&] {
        out = to(digits);
        return out.size() >= count;
    };
    if (!soon(enough, within)) {
        ADD_FAILURE() << "only " << out.size() << " of " << count << " messages to " << digits;
    }
    return out;
}

// ---- gateway

gateway::gateway(const place& where, const gateway_options& options)
    : where_{where}, config_{where / options.file} {
    const fs::path shipped = testing_files::source_folder() / "config";
    auto yaml = YAML::LoadFile((shipped / "tertulia.yaml").string());
    yaml["server"]["listen"] = "127.0.0.1:" + std::to_string(port_);
    yaml["server"]["admin"] = "127.0.0.1:" + std::to_string(admin_);
    yaml["server"]["io_threads"] = options.io_threads;
    yaml["simulator"] = options.own_clock;
    for (const auto* folder : {"dialogs", "messages", "nudges", "meetings"}) {
        if (options.own_scripts) {
            fs::copy(shipped / folder, where / folder, fs::copy_options::recursive);
            fs::copy(
                shipped / "media", where / "media",
                fs::copy_options::recursive | fs::copy_options::skip_existing
            );
        } else {
            yaml[folder] = (shipped / folder).string();
        }
    }
    if (options.tls) {
        make_certificate(where / "tls.pem", where / "tls.key", "first");
        yaml["server"]["tls"]["certificate"] = "tls.pem";
        yaml["server"]["tls"]["key"] = "tls.key";
    }
    auto channel = yaml["channels"][0];
    channel["app_secret"] = options.app_secrets;
    if (!options.business_account_id.empty()) {
        channel["business_account_id"] = options.business_account_id;
    }
    channel["rate"] = options.rate;
    channel["pair_rate"] = options.pair_rate;
    channel["pair_burst"] = options.pair_burst;
    channel["unknown_wait"] = options.unknown_wait_s;
    std::ofstream{config_} << yaml << '\n';
    if (options.demo) {
        run({TERTULIA_BINARY, "import", "--config", config_.string(), "--demo"},
            where / "import.log");
    }
}

void gateway::set_provider(std::uint16_t port) {
    auto yaml = YAML::LoadFile(config_.string());
    yaml["channels"][0]["api_base"] = "http://127.0.0.1:" + std::to_string(port);
    std::ofstream{config_} << yaml << '\n';
}

void gateway::configure(const std::string& yaml) {
    auto all = YAML::LoadFile(config_.string());
    for (const auto& part : YAML::Load(yaml)) {
        const auto key = part.first.as<std::string>();
        if (!part.second.IsMap()) {
            all[key] = part.second;
            continue;
        }
        for (const auto& one : part.second) all[key][one.first.as<std::string>()] = one.second;
    }
    std::ofstream{config_} << all << '\n';
}

void gateway::set_channel(const std::string& key, const std::string& value) {
    auto yaml = YAML::LoadFile(config_.string());
    yaml["channels"][0][key] = value;
    std::ofstream{config_} << yaml << '\n';
}

void gateway::set_staff(const std::vector<std::string>& numbers) {
    auto yaml = YAML::LoadFile(config_.string());
    yaml["institution"]["staff"] = numbers;
    std::ofstream{config_} << yaml << '\n';
}

std::pair<int, std::string> gateway::command(std::vector<std::string> words) const {
    words.insert(words.begin(), TERTULIA_BINARY);
    words.insert(words.end(), {"--config", config_.string()});
    const auto log = where_ / "command.log";
    fs::remove(log);
    child process{std::move(words), log};
    const auto code = process.ended(60s).value_or(-1);
    return {code, process.said()};
}

void gateway::start_only(const std::string& clock) {
    process_.reset();
    std::vector<std::string> words{TERTULIA_BINARY, "serve", "--config", config_.string()};
    if (!clock.empty()) words.insert(words.end(), {"--clock", clock});
    process_ = std::make_unique<child>(std::move(words), where_ / "gateway.log");
}

void gateway::start(const std::string& clock) {
    start_only(clock);
    const auto up_or_gone = [this] { return !process_->running() || ready(); };
    ASSERT_TRUE(soon(up_or_gone, 60s, 2ms)) << log();
    ASSERT_TRUE(process_->running()) << log();
}

std::string gateway::replayed(const std::string& phone) const {
    return run(
        {TERTULIA_BINARY, "replay", "--config", config_.string(), "--phone", phone},
        where_ / ("replay" + phone + ".log")
    );
}

bool gateway::ready() const {
    const auto answer = ask(admin_, "GET", "/readyz", {}, {}, 2s);
    return answer && answer->status == 200;
}

void gateway::kill() {
    process_->signal(SIGKILL);
    ASSERT_TRUE(process_->ended(10s));
}

int gateway::stop() {
    process_->signal(SIGTERM);
    return process_->ended(30s).value_or(-1);
}

fs::path gateway::database() const { return where_ / "var/tertulia.db"; }
std::string gateway::log() const { return process_ ? process_->said() : std::string{}; }

int gateway::post(std::string_view body) const {
    const auto answer = ask(
        port_, "POST", "/webhooks/whatsapp",
        {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", signature_of(body)}}, body,
        30s
    );
    return answer ? answer->status : 0;
}

void gateway::hears(const json& message) const {
    ASSERT_EQ(post(webhook_body({message})), 200);
}

double gateway::metric(const std::string& sample) const {
    const auto answer = ask(admin_, "GET", "/metrics");
    if (!answer) return 0;
    std::size_t from = 0;
    while ((from = answer->body.find(sample + ' ', from)) != std::string::npos) {
        if (from == 0 || answer->body[from - 1] == '\n') {
            return std::stod(answer->body.substr(from + sample.size() + 1));
        }
        ++from;
    }
    return 0;
}

// ---- town

town::town(const gateway_options& options, bool started)
    : house{where, options}, meta{where, house.port()} {
    house.set_provider(meta.port());
    if (started) house.start();
}

std::vector<said> town::hears(std::string_view who, const json& what, std::size_t answers) {
    const auto before = meta.to(who).size();
    house.hears(what);
    auto out = meta.to(who, before + answers);
    out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(before));
    return out;
}

std::vector<said> town::says(std::string_view who, std::string_view text, std::size_t answers) {
    return hears(who, text_message(who, text), answers);
}

std::vector<said> town::taps(
    std::string_view who, const std::pair<std::string, std::string>& choice, std::size_t answers
) {
    return hears(who, tap_message(who, choice.first, choice.second), answers);
}

}  // namespace tertulia::integration
