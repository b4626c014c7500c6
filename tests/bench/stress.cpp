// Whether it stays right when everything goes wrong at once: many people write at the same time,
// every webhook comes twice, the provider is unwell and drops connections, and the gateway is killed
// again and again. Counts, not times.
//   stress --command "tertulia serve --config FILE" --port P [--kills N] [--rounds N]
// Exit 0: nothing lost, nothing out of order, nothing said twice but what a kill left in the air.

#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/poller.hpp"
#include "tests/bench/parts/provider.hpp"
#include "tests/bench/parts/talk.hpp"
#include "tests/bench/parts/webhook.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <deque>
#include <iostream>
#include <memory>
#include <queue>
#include <random>
#include <system_error>
#include <unordered_set>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace tertulia::bench {
namespace {

struct stress_settings {
    std::string command{};
    std::uint16_t port{8080};
    std::uint16_t sink_port{9900};
    std::string talk_file{};
    std::size_t users{2'000};
    std::size_t connections{64};
    int rounds{1};
    int kills{};
    double unwell_percent{5};
    double dropped_percent{1};
    double patience{60};  // seconds without any answer until the rest counts as missing
    std::uint64_t seed{1};
};

// The gateway as a child process.
class gateway_process {
public:
    explicit gateway_process(std::string command) : command_{std::move(command)} { start(); }
    ~gateway_process() { end(SIGTERM); }
    gateway_process(const gateway_process&) = delete;
    gateway_process& operator=(const gateway_process&) = delete;

    void start() {
        id_ = fork();
        if (id_ < 0) throw std::system_error{errno, std::generic_category(), "fork"};
        if (id_ == 0) {
            const auto with_exec = "exec " + command_;
            execl("/bin/sh", "sh", "-c", with_exec.c_str(), nullptr);
            _exit(127);
        }
    }
    void end(int signal) {
        if (id_ <= 0) return;
        kill(id_, signal);
        waitpid(id_, nullptr, 0);
        id_ = 0;
    }
    [[nodiscard]] bool ended_by_itself() {
        if (id_ > 0 && waitpid(id_, nullptr, WNOHANG) == id_) id_ = 0;
        return id_ == 0;
    }

private:
    std::string command_;
    pid_t id_{};
};

class stress {
public:
    explicit stress(stress_settings how)
        : how_{std::move(how)},
          talk_{read_talk(how_.talk_file)},
          maker_{{}, how_.seed},
          random_{how_.seed},
          provider_{
              loop_,
              {.port = how_.sink_port,
               .unwell_percent = how_.unwell_percent,
               .dropped_percent = how_.dropped_percent,
               .seed = how_.seed},
              [this](const provider_call& call) { called(call); }},
          gateway_{how_.command},
          users_(how_.users) {}

    int run() {
        const auto begin = now_us();
        last_answer_ = begin;
        next_kill_ = begin + 1'000'000;
        posts_.resize(how_.connections);
        for (std::size_t i = 0; i < users_.size(); ++i) write_next(i);
        bool gave_up = false;
        while (!all_answered() && !gave_up) {
            const auto now = now_us();
            if (kills_ < how_.kills && now >= next_kill_) kill_it(now);
            if (gateway_.ended_by_itself()) {
                ++fell_over_;
                gateway_.start();
            }
            connect_those_missing(now);
            send_due(now);
            loop_.wait(now + 5'000);
            gave_up = now - last_answer_ > static_cast<std::int64_t>(how_.patience * 1e6);
        }
        // What comes after the last answer would be one too many: statuses, second copies, retries.
        const auto answered_at = now_us();
        while (!gave_up && now_us() - answered_at < 8'000'000) {
            connect_those_missing(now_us());
            send_due(now_us());
            loop_.wait(now_us() + 5'000);
        }
        return report(static_cast<double>(answered_at - begin) / 1e6);
    }

private:
    struct user {
        int round{};
        std::size_t wrote{};     // messages of this round given to the gateway
        std::size_t answered{};  // replies of this round, in order
    };

    struct job {
        std::int64_t at{};
        std::int64_t user{-1};  // first copy of her message: she writes on once it is taken
        int round{};
        std::string request{};
    };
    struct later {
        bool operator()(const job& one, const job& other) const { return one.at > other.at; }
    };

    class post final : public buffered_socket {
    public:
        post(stress& of, int socket, std::size_t place)
            : buffered_socket{of.loop_, socket}, of_{of}, place_{place} {}
        bool busy{};
        job what{};

    private:
        std::size_t came(std::string_view bytes) override {
            const auto message = next_message(bytes);
            if (message.size != 0) of_.posted(*this, message.first_line.substr(9, 3) == "200");
            return message.size;
        }
        void gone() override { of_.lost(place_); }
        stress& of_;
        std::size_t place_;
    };

    void write_next(std::size_t who) {
        const auto& one = users_[who];
        job first{.at = now_us(), .user = static_cast<std::int64_t>(who), .round = one.round};
        maker_.append(
            first.request, who, maker_.new_id(), talk_.steps[one.wrote].text, std::time(nullptr)
        );
        job second{.at = first.at + static_cast<std::int64_t>(random_() % 500'000),
                   .request = first.request};
        jobs_.push(std::move(first));
        jobs_.push(std::move(second));
    }

    void posted(post& on, bool taken) {
        on.busy = false;
        if (!taken) {
            ++not_taken_;
            on.what.at = now_us() + 100'000;
            jobs_.push(std::move(on.what));
            return;
        }
        ++taken_;
        if (on.what.user < 0) return;
        auto& one = users_[static_cast<std::size_t>(on.what.user)];
        // Her last answer may have come before this 200: then she is in her next round already.
        if (one.round != on.what.round) return;
        ++one.wrote;
        if (one.wrote < talk_.steps.size()) write_next(static_cast<std::size_t>(on.what.user));
    }

    void lost(std::size_t place) {
        auto& on = posts_[place];
        if (on->busy) {
            on->what.at = now_us() + 50'000;
            jobs_.push(std::move(on->what));
        }
        on.reset();
    }

    void called(const provider_call& call) {
        if (!call.delivered) return;
        const auto who = person_of(call.to);
        if (who < 0 || who >= static_cast<std::int64_t>(users_.size())) {
            ++unexpected_;
            return;
        }
        if (!keys_.insert(std::string{call.callback_data}).second) {
            ++same_key_again_;
            return;
        }
        job status{.at = now_us() + static_cast<std::int64_t>(random_() % 50'000)};
        maker_.append_status(
            status.request, call.to, call.message_id, call.callback_data, std::time(nullptr)
        );
        jobs_.push(std::move(status));

        auto& one = users_[static_cast<std::size_t>(who)];
        if (one.answered < talk_.steps.size() &&
            call.body.find(talk_.steps[one.answered].expect) != std::string_view::npos) {
            ++one.answered;
            ++answers_;
            last_answer_ = now_us();
            if (one.answered == talk_.steps.size() && one.round + 1 < how_.rounds) {
                ++one.round;
                one.wrote = 0;
                one.answered = 0;
                rewrite_.push_back(static_cast<std::size_t>(who));
            }
            return;
        }
        ++out_of_order_;
        if (first_trouble_.empty()) {
            first_trouble_ = "answer " + std::to_string(one.answered) + " to " +
                             std::string{call.to} + " was: " + std::string{call.body};
        }
    }

    void kill_it(std::int64_t now) {
        gateway_.end(SIGKILL);
        ++kills_;
        gateway_.start();
        next_kill_ = now + 300'000 + static_cast<std::int64_t>(random_() % 900'000);
    }

    void connect_those_missing(std::int64_t now) {
        if (now < connect_again_) return;
        for (std::size_t i = 0; i < posts_.size(); ++i) {
            if (posts_[i]) continue;
            try {
                posts_[i] = std::make_unique<post>(*this, connect_to(how_.port), i);
            } catch (const std::system_error&) {
                connect_again_ = now + 20'000;  // it is starting
                return;
            }
        }
    }

    void send_due(std::int64_t now) {
        for (const auto who : std::exchange(rewrite_, {})) write_next(who);
        for (auto& on : posts_) {
            if (jobs_.empty() || jobs_.top().at > now) return;
            if (!on || on->busy) continue;
            on->what = jobs_.top();
            jobs_.pop();
            on->busy = true;
            on->send(on->what.request);
        }
    }

    [[nodiscard]] bool all_answered() const {
        return answers_ == wanted() && kills_ == how_.kills;
    }

    [[nodiscard]] std::size_t wanted() const {
        return users_.size() * talk_.steps.size() * static_cast<std::size_t>(how_.rounds);
    }

    int report(double seconds) {
        json_line out;
        out.add("messages", static_cast<double>(wanted()))
            .add("answered_in_order", static_cast<double>(answers_))
            .add("missing", static_cast<double>(wanted() - std::min(wanted(), answers_)))
            .add("out_of_order", static_cast<double>(out_of_order_ + unexpected_))
            .add("same_key_again", static_cast<double>(same_key_again_))
            .add("kills", static_cast<double>(kills_))
            .add("fell_over", static_cast<double>(fell_over_))
            .add("webhooks_taken", static_cast<double>(taken_))
            .add("webhooks_refused", static_cast<double>(not_taken_))
            .add("provider_calls", static_cast<double>(provider_.calls()))
            .add("seconds", seconds)
            .add("rate", static_cast<double>(answers_) / seconds);
        if (!first_trouble_.empty()) out.add("first_trouble", first_trouble_);
        std::cout << out.text() << std::endl;
        const bool right = answers_ == wanted() && out_of_order_ + unexpected_ + fell_over_ == 0 &&
                           (same_key_again_ == 0 || kills_ > 0);
        return right ? 0 : 1;
    }

    stress_settings how_;
    talk talk_;
    poller loop_;
    webhook_maker maker_;
    std::mt19937_64 random_;
    provider provider_;
    gateway_process gateway_;
    std::vector<user> users_;
    std::vector<std::unique_ptr<post>> posts_{};
    std::priority_queue<job, std::vector<job>, later> jobs_{};
    std::vector<std::size_t> rewrite_{};
    std::unordered_set<std::string> keys_{};
    std::string first_trouble_{};
    std::int64_t last_answer_{};
    std::int64_t next_kill_{};
    std::int64_t connect_again_{};
    std::size_t answers_{};
    std::size_t out_of_order_{};
    std::size_t unexpected_{};
    std::size_t same_key_again_{};
    std::size_t taken_{};
    std::size_t not_taken_{};
    int kills_{};
    std::size_t fell_over_{};
};

}  // namespace
}  // namespace tertulia::bench

int main(int argc, char** argv) {
    using namespace tertulia::bench;
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App line{"Everything goes wrong at once"};
    stress_settings how;
    line.add_option("--command", how.command, "Starts the gateway, in the foreground")->required();
    line.add_option("--port", how.port)->required();
    line.add_option("--sink-port", how.sink_port);
    line.add_option("--talk", how.talk_file)->required();
    line.add_option("--users", how.users);
    line.add_option("--rounds", how.rounds, "Whole talks of each");
    line.add_option("--kills", how.kills, "With SIGKILL, while they talk");
    line.add_option("--unwell", how.unwell_percent, "Calls answered 503, in a hundred");
    line.add_option("--dropped", how.dropped_percent, "Calls dropped, in a hundred");
    line.add_option("--patience", how.patience, "Seconds without an answer");
    line.add_option("--seed", how.seed);
    CLI11_PARSE(line, argc, argv);
    try {
        return stress{std::move(how)}.run();
    } catch (const std::exception& error) {
        std::cerr << "stress: " << error.what() << '\n';
        return 2;
    }
}
