// The dialogs alone: no socket, no store. How many steps a second one core makes of a talk.
//   step --config FILE --talk FILE [--people N] [--seconds T | --steps N] [--print]

#include "dialogs/engine/step.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/config/config.hpp"
#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/people.hpp"
#include "tests/bench/parts/talk.hpp"
#include "tests/bench/parts/webhook.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

namespace {

using namespace tertulia;
using namespace tertulia::bench;

std::shared_ptr<const dialogs::script_set> scripts_of(const std::string& file) {
    auto read = gateway::load_config(file, gateway::process_environment());
    std::vector<dialogs::diagnostic> problems = read.problems;
    std::shared_ptr<const dialogs::script_set> out;
    if (read.loaded) {
        auto made = dialogs::load_scripts(gateway::read_scripts(*read.loaded, problems));
        problems.insert(problems.end(), made.problems.begin(), made.problems.end());
        out = made.scripts;
    }
    if (out) return out;
    for (const auto& one : problems) {
        std::cerr << one.file << ':' << one.line << ": " << one.what << " (" << one.mend << ")\n";
    }
    throw std::runtime_error{file + " does not load"};
}

struct person {
    dialogs::session session{};
    std::shared_ptr<const facts> known{};
    std::size_t step{};
};

class walk {
public:
    walk(const std::string& config, const std::string& talk_file, std::size_t people, instant now)
        : scripts_{scripts_of(config)}, talk_{read_talk(talk_file)}, now_{now} {
        for (std::size_t i = 0; i < people; ++i) people_.push_back({.known = facts_of(i, now)});
    }

    // One message of one person; what she is told, printed or not.
    void next(bool print) {
        auto& who = people_[at_];
        const auto& said = talk_.steps[who.step];
        dialogs::heard event{.message = {
            .channel = "whatsapp",
            .id = "wamid." + std::to_string(steps_),
            .sent_at = now_,
            .from = {{identity_kind::wa_id, phone_of(at_)}},
            .content = typed_text{said.text},
        }};
        if (dialogs::awaits_secret(*scripts_, who.session)) {
            event.secret = dialogs::secret_answer::right;
        }
        now_ += milliseconds{1};
        auto made = dialogs::step(*scripts_, who.session, event, *who.known, now_, steps_);
        int replies = 0;
        const std::string* last = nullptr;
        for (const auto& effect : made.effects) {
            const auto* sent = std::get_if<dialogs::send>(&effect);
            if (sent == nullptr) continue;
            ++replies;
            if (const auto* text = std::get_if<say_text>(&sent->message.content)) last = &text->text;
            if (print && last != nullptr) std::cout << "  bot: " << *last << '\n';
        }
        if (print) std::cout << "  she: " << said.text << "   (" << replies << " above)\n";
        const bool right =
            replies == said.replies &&
            (said.expect.empty() || (last != nullptr && last->find(said.expect) != std::string::npos));
        if (!right) ++wrong_;
        who.session = std::move(made.next);
        who.step = talk_.after(who.step);
        at_ = (at_ + 1) % people_.size();
        ++steps_;
    }

    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
    [[nodiscard]] std::uint64_t wrong() const noexcept { return wrong_; }
    [[nodiscard]] std::size_t length() const noexcept { return talk_.steps.size(); }

private:
    std::shared_ptr<const dialogs::script_set> scripts_;
    talk talk_;
    std::vector<person> people_{};
    instant now_;
    std::size_t at_{};
    std::uint64_t steps_{};
    std::uint64_t wrong_{};
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Dialog steps a second"};
    std::string config;
    std::string talk_file;
    std::size_t people = 1'000;
    double seconds = 2;
    std::uint64_t steps = 0;
    bool print = false;
    line.add_option("--config", config)->required();
    line.add_option("--talk", talk_file)->required();
    line.add_option("--people", people, "How many take turns");
    line.add_option("--seconds", seconds, "To measure");
    line.add_option("--steps", steps, "Exactly so many instead");
    line.add_flag("--print", print, "One round of one person, in words");
    CLI11_PARSE(line, argc, argv);
    try {
        const auto now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
        walk talk{config, talk_file, print ? 1 : people, now};
        if (print) {
            for (std::size_t i = 0; i < talk.length(); ++i) talk.next(true);
            return talk.wrong() == 0 ? 0 : 1;
        }
        // Everybody once through the whole talk: caches are warm and PINs have been said.
        if (steps == 0) {
            for (std::size_t i = 0; i < people * talk.length(); ++i) talk.next(false);
        }
        const auto before = talk.steps();
        const auto begin = now_us();
        while (steps != 0 ? talk.steps() < steps : now_us() - begin < static_cast<std::int64_t>(seconds * 1e6)) {
            for (int i = 0; i < (steps != 0 ? 1 : 64); ++i) talk.next(false);
        }
        const auto took = static_cast<double>(now_us() - begin) / 1e6;
        const auto done = static_cast<double>(talk.steps() - before);
        std::cout << json_line{}
                         .add("rate", done / took)
                         .add("us_per_step", took * 1e6 / done)
                         .add("steps", done)
                         .add("wrong", static_cast<double>(talk.wrong()))
                         .text()
                  << std::endl;
        return talk.wrong() == 0 ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "step: " << error.what() << '\n';
        return 2;
    }
}
