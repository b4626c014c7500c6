// A whole installation of a test: a folder of its own, the stand-in of the provider and the gateway,
// each a real process on free ports. The config is the shipped one with the few lines changed that a
// test must change.

#pragma once

#include "tests/integration/parts/child.hpp"
#include "tests/integration/parts/http_ask.hpp"
#include "tests/integration/parts/whatsapp.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::integration {

// True in the long run of tests/run --long.
[[nodiscard]] bool long_run();

// A folder that is gone afterwards, unless the test failed and TERTULIA_KEEP is set.
class place {
public:
    place();
    ~place();
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return at_ / name; }

private:
    std::filesystem::path at_;
};

// Nobody listens there, and no outgoing connection will take it.
[[nodiscard]] std::uint16_t free_port();

// A send the provider accepted.
struct said {
    std::string id{};
    std::string to{};
    std::string callback{};  // our outbox id, as it travelled
    std::string text{};      // of the body, whatever kind it is
    std::vector<std::pair<std::string, std::string>> choices{};  // id and title, in order
    nlohmann::json body{};
    bool dropped{};  // accepted, and the gateway got no answer
};

class provider {
public:
    provider(const place& where, std::uint16_t gateway_port);

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // POST /control; a test failure if it is refused.
    void control(const nlohmann::json& orders) const;
    // Everything accepted so far, in order.
    [[nodiscard]] std::vector<said> all() const;
    [[nodiscard]] std::vector<said> to(std::string_view digits) const;
    // Waits until so many were accepted for her; what is there then, a test failure if too few.
    [[nodiscard]] std::vector<said> to(
        std::string_view digits, std::size_t count, milliseconds within = 15s
    ) const;
    [[nodiscard]] nlohmann::json state() const;

private:
    std::uint16_t port_;
    child process_;
    mutable std::uint64_t read_{};
    mutable std::vector<said> sent_{};
};

struct gateway_options {
    std::vector<std::string> app_secrets{std::string{app_secret}};
    int unknown_wait_s{3};
    std::string rate{"10000/s"};
    std::string pair_rate{"1000/s"};
    int pair_burst{100'000};
    unsigned io_threads{1};
    bool own_scripts{};  // dialogs and messages are copies the test may change
    bool tls{};          // with a certificate of its own, see certificate.hpp
    bool demo{};         // the demo institution is loaded first
    bool own_clock{};    // start() takes one: it runs as a simulator, which alone may have it
    std::string business_account_id{};  // the channel's; empty: its templates are not asked for
    std::string file{"tertulia.yaml"};  // the config's name; another one beside it shares the store
};

class gateway {
public:
    // Writes the config; start() starts it.
    gateway(const place& where, const gateway_options& options);

    void set_provider(std::uint16_t port);  // before start()
    // Settings over those of the shipped config: of `server`, `institution` and the like key by key,
    // of `channels` as a whole.
    void configure(const std::string& yaml);
    // A key of the channel's, on disk only: what runs keeps what it read.
    void set_channel(const std::string& key, const std::string& value);
    void set_staff(const std::vector<std::string>& numbers);
    // `tertulia WORDS --config …`, run to its end: its exit code and what it printed.
    [[nodiscard]] std::pair<int, std::string> command(std::vector<std::string> words) const;
    // Returns when it is ready; a test failure if it is not in time. `clock`: ISO-8601, as of
    // --clock; empty: the system's.
    void start(const std::string& clock = {});
    void start_only(const std::string& clock = {});  // does not wait
    void kill();        // SIGKILL, and waits for the end
    int stop();         // SIGTERM, and its exit code
    // `tertulia replay` of one conversation, while it is stopped: what it printed.
    [[nodiscard]] std::string replayed(const std::string& phone) const;
    [[nodiscard]] bool ready() const;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::uint16_t admin() const noexcept { return admin_; }
    [[nodiscard]] child& process() { return *process_; }
    [[nodiscard]] const std::filesystem::path& config() const noexcept { return config_; }
    [[nodiscard]] std::filesystem::path database() const;
    [[nodiscard]] std::string log() const;

    // A signed POST; the status, or 0 when there was no answer.
    int post(std::string_view body) const;
    // Her message as one POST; a test failure unless it is answered 200.
    void hears(const nlohmann::json& message) const;
    // The sample with that name and labels, as the metrics page spells it; 0 if it is not there.
    [[nodiscard]] double metric(const std::string& sample) const;

private:
    const place& where_;
    std::uint16_t port_{free_port()};
    std::uint16_t admin_{free_port()};
    std::filesystem::path config_;
    std::unique_ptr<child> process_{};
};

// Both, running, for the tests that need no more.
struct town {
    explicit town(const gateway_options& options = {}, bool started = true);

    // She writes and the next answers to her come back: those after what she had before.
    std::vector<said> says(
        std::string_view who, std::string_view text, std::size_t answers = 1
    );
    std::vector<said> taps(
        std::string_view who, const std::pair<std::string, std::string>& choice,
        std::size_t answers = 1
    );

    place where{};
    gateway house;
    provider meta;

private:
    std::vector<said> hears(std::string_view who, const nlohmann::json& what, std::size_t answers);
};

}  // namespace tertulia::integration
