// `tertulia chat`: talk to the dialogs in the terminal. No provider, no store: the session lives in
// this process, the portfolio is read if there is one.

#include "gateway/commands/commands.hpp"

#include "dialogs/engine/step.hpp"
#include "dialogs/understanding/answers.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr auto how_to =
    "Write as a client would. A number picks a choice. /wait MINUTES lets time pass, /location LAT "
    "LON shares a place, /picture sends one, /where shows the state, /quit ends.\n";

class terminal_talk {
public:
    terminal_talk(const loaded& all, std::string phone)
        : scripts_{all.scripts},
          channel_{all.settings.channels.front().name},
          phone_{std::move(phone)},
          now_{std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now())} {
        if (std::filesystem::exists(all.settings.store.sqlite_file)) {
            mirror_ = std::make_unique<sqlite_mirror>(all.settings.store.sqlite_file.string());
        } else {
            std::cout << "(No portfolio yet: nobody is known. `tertulia import` loads one.)\n";
        }
    }

    void run() {
        std::cout << how_to;
        for (std::string line; std::cout << "> " << std::flush, std::getline(std::cin, line);) {
            if (line == "/quit") return;
            if (!line.empty()) take(line);
        }
        std::cout << '\n';
    }

private:
    void take(const std::string& line) {
        now_ += milliseconds{1'000};
        if (line == "/where") {
            show_state();
        } else if (line.starts_with("/wait ")) {
            wait(std::chrono::minutes{number_from(line.substr(6))});
        } else if (line.starts_with("/location ")) {
            shared_location place;
            const auto space = line.find(' ', 10);
            place.latitude = std::strtod(line.c_str() + 10, nullptr);
            if (space != std::string::npos) {
                place.longitude = std::strtod(line.c_str() + space, nullptr);
            }
            hear(place);
        } else if (line == "/picture") {
            hear(received_media{.kind = media_kind::image, .id = "picture", .mime_type = "image/jpeg"});
        } else if (const auto picked = choice_of(line)) {
            hear(tapped_choice{.id = picked->id, .title = picked->title});
        } else {
            hear(typed_text{line});
        }
    }

    static int number_from(const std::string& text) {
        int value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    [[nodiscard]] std::optional<choice> choice_of(const std::string& line) const {
        std::size_t number = 0;
        const auto* end = line.data() + line.size();
        const auto [stop, error] = std::from_chars(line.data(), end, number);
        if (error != std::errc{} || stop != end || number == 0 || number > choices_.size()) {
            return std::nullopt;
        }
        return choices_[number - 1];
    }

    [[nodiscard]] std::shared_ptr<const facts> known() const {
        const std::vector<std::string> phones{phone_};
        return mirror_ ? mirror_->facts_of(phones, now_) : std::make_shared<const facts>();
    }

    void hear(inbound_content content) {
        dialogs::heard event{.message = {
            .channel = channel_,
            .id = "chat." + std::to_string(++messages_),
            .sent_at = now_,
            .from = {{identity_kind::phone, phone_}},
            .content = std::move(content),
        }};
        const auto seen = known();
        auto* text = std::get_if<typed_text>(&event.message.content);
        if (text != nullptr && dialogs::awaits_secret(*scripts_, session_)) {
            if (const auto digits = dialogs::six_digits(text->text)) {
                event.secret = compare(*seen, *digits);
                text->text = "••••••";
            }
        }
        step(std::move(event), *seen);
    }

    [[nodiscard]] dialogs::secret_answer compare(
        const facts& seen, const std::string& digits
    ) const {
        if (seen.clients.size() != 1) return dialogs::secret_answer::none_set;
        const auto hash = mirror_->pin_hash(seen.clients.front()->who.id);
        if (hash.empty()) return dialogs::secret_answer::none_set;
        return pin_matches(hash, digits) ? dialogs::secret_answer::right
                                         : dialogs::secret_answer::wrong;
    }

    void wait(std::chrono::minutes how_long) {
        const auto until = now_ + how_long;
        for (;;) {
            const auto next = std::ranges::min_element(
                timers_, {}, [](const auto& one) { return one.second.second; }
            );
            if (next == timers_.end() || next->second.second > until) break;
            now_ = std::max(now_, next->second.second);
            const dialogs::timer_fired event{.name = next->first, .steps = next->second.first};
            timers_.erase(next);
            step(event, *known());
        }
        now_ = until;
    }

    void step(const dialogs::event& event, const facts& seen) {
        auto outcome = dialogs::step(*scripts_, session_, event, seen, now_, ++seed_);
        session_ = std::move(outcome.next);
        for (const auto& effect : outcome.effects) show(effect);
    }

    void show(const dialogs::effect& effect) {
        if (const auto* said = std::get_if<dialogs::send>(&effect)) {
            show(said->message.content);
        } else if (const auto* timer = std::get_if<dialogs::set_timer>(&effect)) {
            timers_[timer->name] = {session_.steps, timer->due};
        } else if (const auto* gone = std::get_if<dialogs::cancel_timer>(&effect)) {
            timers_.erase(gone->name);
        } else if (const auto* person = std::get_if<dialogs::hand_over>(&effect)) {
            std::cout << "   (handed over to " << person->queue << ": " << person->reason << ")\n";
        } else if (const auto* record = std::get_if<dialogs::keep_record>(&effect)) {
            std::cout << "   (kept: " << record->kind << ' ' << record->detail << ")\n";
        }
    }

    void show(const outbound_content& content) {
        const auto* text = std::get_if<say_text>(&content);
        if (text == nullptr) {
            std::cout << "   (a message of another kind)\n";
            return;
        }
        std::cout << "\n" << text->text << '\n';
        choices_ = text->choices;
        for (std::size_t i = 0; i < choices_.size(); ++i) {
            std::cout << "  [" << i + 1 << "] " << choices_[i].title << '\n';
        }
        std::cout << '\n';
    }

    void show_state() const {
        for (const auto& frame : session_.frames) {
            std::cout << "   " << frame.dialog << '.' << frame.state << '\n';
        }
        if (session_.frames.empty()) std::cout << "   (idle)\n";
        std::cout << "   language " << (session_.language.empty() ? "?" : session_.language)
                  << (session_.queue.empty() ? "" : ", with a person: " + session_.queue) << '\n';
    }

    std::shared_ptr<const dialogs::script_set> scripts_;
    std::string channel_;
    std::string phone_;
    instant now_;
    std::unique_ptr<mirror> mirror_;
    dialogs::session session_;
    std::vector<choice> choices_;
    std::map<std::string, std::pair<std::uint64_t, instant>> timers_;
    std::uint64_t seed_{};
    std::uint64_t messages_{};
};

}  // namespace

void add_chat(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("chat", "Talk to the dialogs in the terminal");
    auto file = std::make_shared<std::string>();
    auto phone = std::make_shared<std::string>("+50255500000");
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--as", *phone, "Whose phone this is, E.164")->capture_default_str();
    command->callback([=, &exit_code] {
        const auto all = load_or_explain(*file);
        if (!all) {
            exit_code = 1;
            return;
        }
        terminal_talk{*all, *phone}.run();
    });
}

}  // namespace tertulia::gateway
