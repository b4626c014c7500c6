// Many people writing at once: posts signed webhooks and is the provider their answers go to, so
// that the time from one to the other is measured on one clock.
//
//   load --port P [--sink-port S] --talk FILE --outstanding C --seconds T     as fast as they answer
//   load … --rate R                                                            R messages a second
//   load … --others N        meanwhile as many others are written to unasked, once each: whether, and how fast
//   load --port P --accept TEXT --outstanding C --seconds T                    until the 200 only
//
// Prints one line of JSON. Exit 0 if every answer was right.

#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/poller.hpp"
#include "tests/bench/parts/provider.hpp"
#include "tests/bench/parts/talk.hpp"
#include "tests/bench/parts/webhook.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace tertulia::bench {
namespace {

struct load_settings {
    std::uint16_t port{8080};
    std::uint16_t sink_port{9900};
    webhook_target target{};
    std::string talk_file{};
    std::string accept_text{};
    std::size_t outstanding{64};
    std::size_t people{1'000};
    std::size_t first_person{};
    std::size_t others{};  // people 0 to there hear from the server by itself, once each
    double rate{};  // messages a second; 0: as fast as they are answered
    double warm_up{1};
    double seconds{5};
    std::size_t turns{};        // stop after so many, instead of after `seconds`
    std::size_t presigned{};    // requests made before the start (accept only)
    double patience{10};        // seconds for one answer
    std::uint64_t seed{1};
    pid_t watch{};              // the server's process: its CPU and memory are reported
    std::size_t beforehand{};   // turns before anything is measured
    std::string at_begin{};     // shell commands, run while nothing is under way
    std::string at_end{};
    bool open_all{};            // say the steps before "first:" for everybody, before measuring
};

class generator {
public:
    explicit generator(load_settings how)
        : how_{std::move(how)},
          maker_{how_.target, how_.seed},
          random_{how_.seed},
          provider_{loop_, {.port = how_.sink_port}, [this](const provider_call& call) {
                        replied(call);
                    }} {
        if (how_.accept_text.empty()) {
            talk_ = read_talk(how_.talk_file);
            people_.resize(how_.people);
            others_.resize(how_.others);
            for (std::size_t i = 0; i < people_.size(); ++i) idle_.push_back(i);
        }
        for (std::size_t i = 0; i < how_.outstanding; ++i) open_post(nullptr);
        for (std::size_t i = 0; i < how_.presigned; ++i) {
            std::string request;
            append_accept(request);
            presigned_.push_back(std::move(request));
        }
    }

    int run() {
        if (how_.open_all) say_beforehand();
        if (how_.beforehand > 0) warm_up();
        command(how_.at_begin);
        begin_ = now_us();
        measured_from_ = begin_ + static_cast<std::int64_t>(how_.warm_up * 1e6);
        const auto until = how_.turns > 0
                               ? begin_ + static_cast<std::int64_t>(3600e6)
                               : measured_from_ + static_cast<std::int64_t>(how_.seconds * 1e6);
        next_at_ = begin_;
        std::int64_t now = begin_;
        bool measuring = false;
        std::int64_t last_look = begin_;
        while (now < until && (how_.turns == 0 || turns_all_ < how_.turns)) {
            if (!measuring && now >= measured_from_) {
                measuring = true;
                measured_from_ = now;
                cpu_before_ = figures_of(how_.watch).cpu_us;
                times_.clear();
            }
            if (now - last_look > 200'000) {
                last_look = now;
                forget_overdue(now);
            }
            auto wake = std::min(until, now + 100'000);
            if (how_.rate > 0) {
                while (next_at_ <= now) {
                    due_.push_back(next_at_);
                    next_at_ += static_cast<std::int64_t>(1e6 / how_.rate);
                }
                wake = std::min(wake, next_at_);
                while (!due_.empty() && can_start()) {
                    start(due_.front());
                    due_.pop_front();
                }
            } else {
                while (can_start()) start(now);
            }
            loop_.wait(wake);
            now = now_us();
        }
        const auto result = [&] {
            // What is under way is not timed, but it ends before the command runs.
            if (!how_.at_end.empty()) finish_all();
            return report(now);
        }();
        command(how_.at_end);
        return result;
    }

private:
    struct person {
        std::size_t step{};
        int replies_left{};
        bool posting{};            // her webhook has no 200 yet
        bool busy{};
        std::int64_t since{};
    };

    // One connection to the webhook; one request at a time.
    class post final : public buffered_socket {
    public:
        post(generator& of, int socket) : buffered_socket{of.loop_, socket}, of_{of} {}
        std::size_t who{};
        std::int64_t since{};
        bool busy{};

    private:
        std::size_t came(std::string_view bytes) override {
            const auto message = next_message(bytes);
            if (message.size != 0) of_.posted(*this, message.first_line.substr(9, 3));
            return message.size;
        }
        void gone() override { of_.lost(*this); }
        generator& of_;
    };

    void open_post(post* instead_of) {
        auto made = std::make_unique<post>(*this, connect_to(how_.port));
        free_.push_back(made.get());
        if (instead_of == nullptr) {
            posts_.push_back(std::move(made));
            return;
        }
        const auto old = std::ranges::find(posts_, instead_of, &std::unique_ptr<post>::get);
        *old = std::move(made);
    }

    void warm_up() {
        begin_ = now_us();
        measured_from_ = std::numeric_limits<std::int64_t>::max();
        while (turns_all_ < how_.beforehand) {
            while (can_start()) start(now_us());
            loop_.wait(now_us() + 20'000);
        }
        finish_all();
        stopping_ = false;
        forget_figures();
    }

    void finish_all() {
        stopping_ = true;
        const auto until = now_us() + 60'000'000;
        while (free_.size() < posts_.size() || busy_ > 0) {
            if (now_us() > until) throw std::runtime_error{"what is under way does not end"};
            loop_.wait(now_us() + 20'000);
        }
    }

    void forget_figures() {
        per_second_.clear();
        tenths_.clear();
        turns_all_ = 0;
        times_.clear();
    }

    static void command(const std::string& what) {
        if (!what.empty() && std::system(what.c_str()) != 0) {
            throw std::runtime_error{"this failed: " + what};
        }
    }

    [[nodiscard]] bool can_start() const {
        if (free_.empty() || stopping_) return false;
        if (!how_.accept_text.empty()) return true;
        return !idle_.empty() && (how_.rate > 0 || busy_ < how_.outstanding);
    }

    void append_accept(std::string& out) {
        maker_.append(
            out, how_.first_person + random_() % how_.people, maker_.new_id(), how_.accept_text,
            std::time(nullptr)
        );
    }

    void start(std::int64_t since) {
        auto& on = *free_.back();
        free_.pop_back();
        on.busy = true;
        on.since = since;
        request_.clear();
        if (!how_.accept_text.empty()) {
            if (presigned_.empty()) {
                append_accept(request_);
            } else {
                request_.swap(presigned_.back());
                presigned_.pop_back();
            }
            on.send(request_);
            return;
        }
        const auto who = idle_.front();
        idle_.pop_front();
        auto& one = people_[who];
        const auto& step = talk_.steps[one.step];
        one.replies_left = step.replies;
        one.posting = true;
        one.busy = true;
        one.since = since;
        ++busy_;
        on.who = who;
        maker_.append(
            request_, how_.first_person + who, maker_.new_id(), step.text, std::time(nullptr)
        );
        on.send(request_);
    }

    void posted(post& on, std::string_view status) {
        if (status != "200") {
            ++refused_;
            if (first_trouble_.empty()) first_trouble_ = "webhook answered " + std::string{status};
        }
        on.busy = false;
        free_.push_back(&on);
        if (!how_.accept_text.empty()) {
            count_turn(on.since);
            if (how_.rate <= 0 && can_start()) start(now_us());
            return;
        }
        auto& one = people_[on.who];
        one.posting = false;
        finish_if_done(on.who);
    }

    void lost(post& on) {
        ++disconnected_;
        std::erase(free_, &on);
        if (on.busy && how_.accept_text.empty()) people_[on.who].posting = false;
        open_post(&on);
    }

    void replied(const provider_call& call) {
        if (const auto one = person_of(call.to); one >= 0 && one < static_cast<std::int64_t>(others_.size())) {
            told(others_[static_cast<std::size_t>(one)]);
            return;
        }
        const auto who = person_of(call.to) - static_cast<std::int64_t>(how_.first_person);
        if (who < 0 || who >= static_cast<std::int64_t>(people_.size())) {
            ++unexpected_;
            return;
        }
        auto& one = people_[static_cast<std::size_t>(who)];
        if (one.replies_left == 0) {
            ++unexpected_;
            if (first_trouble_.empty()) {
                first_trouble_ = "unexpected: " + std::string{call.body};
            }
            return;
        }
        const auto& step = talk_.steps[one.step];
        if (--one.replies_left == 0) {
            if (call.body.find(step.expect) == std::string_view::npos) {
                ++wrong_;
                if (first_trouble_.empty()) {
                    first_trouble_ = "to '" + step.text + "' expected '" + step.expect + "': " +
                                     std::string{call.body};
                }
            }
            replied_at_ = now_us();
            if (replied_at_ >= measured_from_) times_.add(replied_at_ - one.since);
        }
        finish_if_done(static_cast<std::size_t>(who));
    }

    void told(std::uint8_t& times) {
        if (times > 0) ++told_twice_;
        if (times < 2) ++times;
        const auto now = now_us();
        if (told_all_ == 0) told_from_ = now;
        ++told_all_;
        told_until_ = now;
        const auto second = static_cast<std::size_t>((now - told_from_) / 1'000'000);
        if (told_per_second_.size() <= second) told_per_second_.resize(second + 1);
        ++told_per_second_[second];
    }

    void finish_if_done(std::size_t who) {
        auto& one = people_[who];
        if (!one.busy || one.posting || one.replies_left > 0) return;
        one.busy = false;
        one.step = talk_.after(one.step);
        --busy_;
        // Beforehand, who has said her first words waits for the others.
        if (!opening_ || one.step < talk_.round_begins) idle_.push_back(who);
        ++turns_all_;
        const auto now = now_us();
        if (now >= measured_from_) ++turns_;
        note_second(now);
        if (how_.rate <= 0 && can_start()) start(now);
    }

    void count_turn(std::int64_t since) {
        const auto now = now_us();
        ++turns_all_;
        note_second(now);
        if (now < measured_from_) return;
        ++turns_;
        times_.add(now - since);
    }

    void note_second(std::int64_t now) {
        if (how_.turns > 0 && turns_all_ * 10 >= how_.turns * (tenths_.size() + 1)) {
            tenths_.push_back(now);
        }
        const auto second = static_cast<std::size_t>((now - begin_) / 1'000'000);
        if (per_second_.size() <= second) per_second_.resize(second + 1);
        ++per_second_[second];
    }

    // A person who was never answered counts once and starts over.
    void forget_overdue(std::int64_t now) {
        if (!how_.accept_text.empty()) return;
        const auto patience = static_cast<std::int64_t>(how_.patience * 1e6);
        for (std::size_t i = 0; i < people_.size(); ++i) {
            auto& one = people_[i];
            if (!one.busy || one.posting || now - one.since < patience) continue;
            ++unanswered_;
            if (first_trouble_.empty()) {
                first_trouble_ = "no answer to '" + talk_.steps[one.step].text + "'";
            }
            one.replies_left = 0;
            one.busy = false;
            one.step = 0;
            --busy_;
            idle_.push_back(i);
        }
    }

    // Once round for everybody, as far as the "first:" line.
    void say_beforehand() {
        measured_from_ = std::numeric_limits<std::int64_t>::max();
        begin_ = now_us();
        opening_ = talk_.round_begins > 0;
        std::int64_t last_look = begin_;
        while (opening_ && (!idle_.empty() || busy_ > 0)) {
            while (can_start()) start(now_us());
            loop_.wait(now_us() + 20'000);
            if (now_us() - last_look > 200'000) {
                last_look = now_us();
                forget_overdue(last_look);
                if (unanswered_ > people_.size()) break;
            }
        }
        if (opening_) {
            idle_.clear();
            for (std::size_t i = 0; i < people_.size(); ++i) idle_.push_back(i);
        }
        opening_ = false;
        forget_figures();
    }

    int report(std::int64_t now) {
        const auto seconds = static_cast<double>(now - measured_from_) / 1e6;
        const auto watched = figures_of(how_.watch);
        json_line out;
        out.add("rate", static_cast<double>(turns_) / seconds)
            .add("turns", static_cast<double>(turns_))
            .add("turns_all", static_cast<double>(turns_all_))
            .add("seconds", seconds)
            .add("p50_us", times_.percentile(50))
            .add("p99_us", times_.percentile(99))
            .add("max_us", times_.percentile(100))
            .add("refused", static_cast<double>(refused_))
            .add("wrong", static_cast<double>(wrong_))
            .add("unexpected", static_cast<double>(unexpected_))
            .add("unanswered", static_cast<double>(unanswered_))
            .add("disconnected", static_cast<double>(disconnected_))
            .add("late_starts", static_cast<double>(due_.size()))
            .add("provider_calls", static_cast<double>(provider_.calls()))
            .add("provider_connections", static_cast<double>(provider_.connections()))
            .add("load_cpu_us_per_turn", figures_of(getpid()).cpu_us /
                                             static_cast<double>(std::max<std::size_t>(1, turns_all_)));
        if (how_.watch > 0) {
            out.add("cpu_us_per_turn", (watched.cpu_us - cpu_before_) /
                                           static_cast<double>(std::max<std::size_t>(1, turns_)))
                .add("resident_mib", watched.resident_mib)
                .add("private_mib", watched.private_mib)
                .add("peak_mib", watched.peak_mib);
        }
        if (!others_.empty()) {
            out.add("others_told", static_cast<double>(told_all_))
                .add("others_missed", static_cast<double>(std::ranges::count(others_, 0)))
                .add("others_twice", static_cast<double>(told_twice_))
                .add("others_seconds", static_cast<double>(told_until_ - told_from_) / 1e6)
                .add("others_fullest_second",
                     told_per_second_.empty()
                         ? 0.0
                         : static_cast<double>(*std::ranges::max_element(told_per_second_)));
        }
        if (tenths_.size() >= 10) {
            const auto tenth = static_cast<double>(how_.turns) / 10;
            const auto rate = [&](std::int64_t from, std::int64_t to) {
                return tenth * 1e6 / static_cast<double>(to - from);
            };
            out.add("first_tenth", rate(begin_, tenths_[0])).add("last_tenth", rate(tenths_[8], tenths_[9]));
        }
        out.add("per_second", per_second_);
        if (!first_trouble_.empty()) out.add("first_trouble", first_trouble_);
        std::cout << out.text() << std::endl;
        return refused_ + wrong_ + unexpected_ + unanswered_ + disconnected_ == 0 && turns_ > 0 ? 0
                                                                                               : 1;
    }

    load_settings how_;
    poller loop_;
    webhook_maker maker_;
    std::mt19937_64 random_;
    provider provider_;
    talk talk_{};
    std::vector<person> people_{};
    std::vector<std::uint8_t> others_{};  // how often each was written to
    std::size_t told_all_{};
    std::size_t told_twice_{};
    std::int64_t told_from_{};
    std::int64_t told_until_{};
    std::vector<std::uint64_t> told_per_second_{};
    std::deque<std::size_t> idle_{};
    std::vector<std::unique_ptr<post>> posts_{};
    std::vector<post*> free_{};
    std::vector<std::string> presigned_{};
    std::deque<std::int64_t> due_{};
    std::string request_{};
    std::size_t busy_{};
    bool opening_{};
    bool stopping_{};
    std::int64_t begin_{};
    std::int64_t measured_from_{};
    std::int64_t next_at_{};
    std::int64_t replied_at_{};
    double cpu_before_{};
    latencies times_{};
    std::vector<std::uint64_t> per_second_{};
    std::vector<std::int64_t> tenths_{};  // when each tenth of --turns was done
    std::size_t turns_{};
    std::size_t turns_all_{};
    std::size_t refused_{};
    std::size_t wrong_{};
    std::size_t unexpected_{};
    std::size_t unanswered_{};
    std::size_t disconnected_{};
    std::string first_trouble_{};
};

}  // namespace
}  // namespace tertulia::bench

int main(int argc, char** argv) {
    using namespace tertulia::bench;
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App line{"People who write, and the provider that brings them the answers"};
    load_settings how;
    line.add_option("--port", how.port, "Where the webhook listens")->required();
    line.add_option("--path", how.target.path, "Its path");
    line.add_option("--secret", how.target.secret, "The app secret webhooks are signed with");
    line.add_option("--sink-port", how.sink_port, "Where the provider listens");
    line.add_option("--talk", how.talk_file, "What people write and must be answered");
    line.add_option("--accept", how.accept_text, "Only post this text; the 200 ends a turn");
    line.add_option("--outstanding", how.outstanding, "Connections, and turns under way");
    line.add_option("--people", how.people, "How many people write");
    line.add_option("--first-person", how.first_person, "Which person is the first");
    line.add_option("--others", how.others, "So many people before the first are written to unasked");
    line.add_option("--rate", how.rate, "Messages a second; without: as fast as answered");
    line.add_option("--warm-up", how.warm_up, "Seconds before measuring");
    line.add_option("--seconds", how.seconds, "Seconds to measure");
    line.add_option("--turns", how.turns, "Stop after so many turns instead");
    line.add_option("--presigned", how.presigned, "Requests made before the start");
    line.add_option("--patience", how.patience, "Seconds until a person gives up");
    line.add_option("--seed", how.seed, "Of ids and people");
    line.add_option("--watch", how.watch, "The server's process id");
    line.add_option("--beforehand", how.beforehand, "Turns before anything is measured");
    line.add_option("--at-begin", how.at_begin, "A command to run before the first turn");
    line.add_option("--at-end", how.at_end, "A command to run after the last turn");
    line.add_flag("--open-all", how.open_all, "Everybody says the steps before 'first:' beforehand");
    CLI11_PARSE(line, argc, argv);
    try {
        if (how.accept_text.empty() && how.talk_file.empty()) {
            std::cerr << "load: give --talk or --accept\n";
            return 2;
        }
        return generator{std::move(how)}.run();
    } catch (const std::exception& error) {
        std::cerr << "load: " << error.what() << '\n';
        return 2;
    }
}
