// `tertulia chat`: talk to the dialogs in the terminal. No provider, no store: the session lives in
// this process. The person is one of the demonstration, or whoever has a number in the portfolio.

#include "gateway/commands/chat_talk.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/test_files.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "dialogs/rehearsal/test_writer.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

struct chat_options {
    std::string config_file{};
    std::string who{"+50255500000"};
    std::string channel{};
    std::string language{};
    std::string whom{};  // the archetype's word
    std::string now{};
    bool show{};
    std::string record_file{};
};

std::string two_digits(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

class chat {
public:
    chat(loaded all, chat_options how) : all_{std::move(all)}, how_{std::move(how)} {}

    int run() {
        if (const auto wrong = mistake(); !wrong.empty()) {
            std::cerr << "tertulia: " << wrong << '\n';
            return 2;
        }
        settle_clock();
        chat_talk talk{
            played() ? stage_of_played() : stage_of_number(),
            how_.show ? chat_shows::also_why : chat_shows::what_is_said,
            [this](dialogs::stage& on) { refresh(on); },
            std::cout};
        talk.run(std::cin);
        return how_.record_file.empty() || record(talk.recorded()) ? 0 : 1;
    }

private:
    [[nodiscard]] bool played() const {
        return std::ranges::find(cast_.names, how_.who) != cast_.names.end();
    }

    [[nodiscard]] std::string cast_names() const {
        std::string all;
        for (const auto& each : cast_.names) all += (all.empty() ? "" : ", ") + each;
        return all;
    }

    [[nodiscard]] std::string mistake() const {
        const auto& spoken = all_.settings.institution.languages;
        if (!how_.language.empty() && std::ranges::find(spoken, how_.language) == spoken.end()) {
            return "the institution does not speak '" + how_.language + "'";
        }
        if (!how_.now.empty() && !dialogs::parse_local_time(how_.now)) {
            return "--now looks like \"2026-11-23 10:40\"";
        }
        if (!played() && !how_.who.starts_with('+')) {
            const auto near = dialogs::did_you_mean(how_.who, cast_.names);
            return "nobody here is called '" + how_.who + "'" +
                   (near.empty() ? "; the demonstration's people are " + cast_names() +
                                       "; a number begins with +"
                                 : "; did you mean '" + near + "'?");
        }
        if (how_.record_file.empty()) return {};
        if (!played()) {
            return "only a talk as someone of the demonstration can be recorded (--as rosa): what "
                   "others owe is different tomorrow";
        }
        if (std::filesystem::exists(how_.record_file)) {
            return how_.record_file + " is there already; record to another file";
        }
        return {};
    }

    void settle_clock() {
        const auto& calendar = *all_.scripts->compiled().calendar;
        clock_ = how_.now.empty() ? calendar.local(std::chrono::time_point_cast<milliseconds>(
                                        std::chrono::system_clock::now()
                                    ))
                                  : *dialogs::parse_local_time(how_.now);
        channel_ = how_.channel.empty() ? all_.settings.channels.front().name : how_.channel;
    }

    dialogs::stage stage_of_played() {
        staging_.language = how_.language;
        staging_.whom = parse_archetype(how_.whom);
        if (staging_.language.empty()) {
            const auto found = cast_.find(how_.who, clock_.date);
            staging_.language = found.clients.size() == 1
                                    ? found.clients.front()->who.language
                                    : all_.settings.institution.languages.front();
        }
        dialogs::given_facts given;
        given.person = how_.who;
        given.at = clock_;
        given.channel = channel_;
        given.first_time = true;
        return dialogs::set_the_stage(all_.scripts, given, staging_, cast_);
    }

    dialogs::stage stage_of_number() {
        if (std::filesystem::exists(all_.settings.store.sqlite_file)) {
            mirror_ = std::make_unique<sqlite_mirror>(all_.settings.store.sqlite_file.string());
        } else {
            std::cout << "(No portfolio yet: nobody is known. `tertulia import` loads one; --as "
                         "rosa needs none.)\n";
        }
        dialogs::stage made{all_.scripts, channel_, {identity_kind::phone, how_.who}};
        const auto& calendar = *all_.scripts->compiled().calendar;
        made.now = calendar.at(clock_.date, clock_.hour, clock_.minute);
        made.begin_from().language = how_.language;
        made.compare = [this](std::string_view digits) { return compare(digits); };
        refresh(made);
        return made;
    }

    // What the portfolio says now, with what the command line says over it. How core banking fares
    // is read once: from then on /core says.
    void refresh(dialogs::stage& on) {
        if (!mirror_) return;
        const std::vector<std::string> phones{how_.who};
        auto found = *mirror_->facts_of(phones, on.now);
        if (on.known.as_of != instant{}) {
            found.core = on.known.core;
            found.as_of = on.known.as_of;
        }
        on.known = std::move(found);
        client_id_ = on.known.clients.size() == 1 ? on.known.clients.front()->who.id : "";
        for (auto& one : on.known.clients) {
            auto changed = *one;
            if (!how_.language.empty()) changed.who.language = how_.language;
            if (const auto whom = parse_archetype(how_.whom)) changed.who.maturity = *whom;
            one = std::make_shared<const client_facts>(std::move(changed));
        }
    }

    [[nodiscard]] dialogs::secret_answer compare(std::string_view digits) {
        if (!mirror_ || client_id_.empty()) return dialogs::secret_answer::none_set;
        const auto hash = mirror_->pin_hash(client_id_);
        if (hash.empty()) return dialogs::secret_answer::none_set;
        return pin_matches(hash, std::string{digits}) ? dialogs::secret_answer::right
                                                      : dialogs::secret_answer::wrong;
    }

    [[nodiscard]] bool record(const std::vector<std::string>& steps) const {
        if (steps.empty()) {
            std::cout << "(Nothing was said: nothing is recorded.)\n";
            return true;
        }
        std::ofstream out{how_.record_file, std::ios::binary};
        out << "# Recorded with `tertulia chat`. Say in the first line what must stay true; take "
               "out `golden`\n# and the texts if the words may change.\n"
            << "test: " << dialogs::quoted("a talk with " + how_.who) << '\n'
            << "in: [" << staging_.language << "]\n";
        if (staging_.whom) out << "archetypes: [" << name_of(*staging_.whom) << "]\n";
        out << "golden: true\n"
            << "given:\n  person: " << how_.who << "\n  at: " << iso_date(clock_.date) << ' '
            << two_digits(clock_.hour) << ':' << two_digits(clock_.minute)
            << "\n  channel: " << dialogs::quoted(channel_) << "\n  first_time: true\ntalk:\n";
        for (const auto& line : steps) out << (line.empty() ? "" : "  ") << line << '\n';
        out.flush();
        if (out) {
            std::cout << "(Recorded in " << how_.record_file << ")\n";
            return true;
        }
        std::cerr << "tertulia: cannot write " << how_.record_file << '\n';
        return false;
    }

    loaded all_;
    chat_options how_;
    dialogs::rehearsal_cast cast_{demo_cast()};
    dialogs::local_time clock_{};
    dialogs::staging staging_{};
    std::string channel_{};
    std::unique_ptr<mirror> mirror_{};
    std::string client_id_{};  // the one client of this number, if there is one
};

}  // namespace

void add_chat(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("chat", "Talk to the dialogs in the terminal");
    auto how = std::make_shared<chat_options>();
    command->add_option("--config", how->config_file, "The config file")->required();
    command
        ->add_option(
            "--as", how->who, "Who you are: rosa, marta… of the demonstration, or a number, E.164"
        )
        ->capture_default_str();
    command->add_option("--channel", how->channel, "The channel you write on (the first)");
    command->add_option("--language", how->language, "Your language (the one on file)");
    command->add_option("--archetype", how->whom, "How used to telephones you are")
        ->check(CLI::IsMember({"nascent", "experimenter", "emerger", "enabled"}));
    command->add_option("--now", how->now, "What time it is there, \"2026-11-23 10:40\"");
    command->add_flag(
        "--show", how->show, "After each line: state, intent and confidence, facts looked at"
    );
    command->add_option(
        "--record", how->record_file, "Write the talk to this file, as a test (.test.yaml)"
    );
    command->callback([how, &exit_code] {
        auto all = load_or_explain(how->config_file);
        exit_code = all ? chat{std::move(*all), *how}.run() : 1;
    });
}

}  // namespace tertulia::gateway
