// `tertulia replay`: run a conversation again from the journal and compare what comes out with what
// was stored. A difference means that a step is not a function of its journal row.

#include "gateway/commands/commands.hpp"

#include "dialogs/engine/step.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/script_library.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <string>
#include <variant>

namespace tertulia::gateway {
namespace {

class replayer {
public:
    replayer(sqlite_store& from, institution house) : store_{from}, house_{std::move(house)} {}

    // The number of turns that came out differently.
    std::size_t run(party_id who) {
        dialogs::session session;
        std::size_t different = 0;
        std::size_t number = 0;
        for (const auto& was : store_.journal_of(who)) {
            ++number;
            const bool same = same_again(was, session);
            if (!same) ++different;
            std::cout << "turn " << number << "  " << to_millis(was.now) << "  " << place(was.next)
                      << (same ? "" : "  DIFFERS") << '\n';
            session = was.next;
        }
        std::cout << number << " turns, " << different << " different\n";
        return different;
    }

private:
    static std::string place(const dialogs::session& at) {
        if (at.frames.empty()) return "(idle)";
        return at.frames.back().dialog + "." + at.frames.back().state;
    }

    bool same_again(const turn& was, const dialogs::session& from) {
        // An apology of the gateway is no step.
        if (std::holds_alternative<dialogs::agent_acted>(was.what) &&
            std::get<dialogs::agent_acted>(was.what).action == "apologise") {
            return true;
        }
        const auto scripts = script_set_of(was.script_version);
        if (!scripts) {
            std::cout << "  (its script set " << was.script_version.substr(0, 8)
                      << " is not kept or does not load any more)\n";
            return false;
        }
        static const facts nothing;
        const auto again = dialogs::step(
            *scripts, from, was.what, was.read ? *was.read : nothing, was.now, was.seed
        );
        auto repeated = was;
        repeated.next = again.next;
        repeated.effects = again.effects;
        return row_of(repeated) == row_of(was);
    }

    // As the journal holds it: the same bytes, or something the step stands on is not in the row.
    static std::string row_of(const turn& of) {
        std::string session;
        std::string row;
        encode(of.next, session);
        encode_turn(of, session, 0, row);
        return row;
    }

    std::shared_ptr<const dialogs::script_set> script_set_of(const std::string& version) {
        auto [place, absent] = sets_.try_emplace(version);
        if (absent && version.size() >= 16) {
            if (const auto row =
                    store_.script_set(std::stoull(version.substr(0, 16), nullptr, 16))) {
                place->second =
                    dialogs::load_scripts(sources_from_json(row->sources_json, house_)).scripts;
            }
        }
        return place->second;
    }

    sqlite_store& store_;
    institution house_;
    std::map<std::string, std::shared_ptr<const dialogs::script_set>> sets_;
};

int replay(const std::string& file, const std::string& phone) {
    if (phone.size() < 8 || phone.size() > 16 || phone[0] != '+' ||
        phone.find_first_not_of("0123456789", 1) != std::string::npos) {
        std::cerr << "tertulia: write the number with its country, as +50255551234\n";
        return 2;
    }
    const auto settings = load_config_or_explain(file);
    if (!settings) return 1;
    if (!std::filesystem::exists(settings->store.sqlite_file)) {
        std::cerr << "tertulia: there is no database at " << settings->store.sqlite_file.string()
                  << " yet\n";
        return 1;
    }
    sqlite_store store{{.path = settings->store.sqlite_file.string()}};
    const auto who = store.find_party({identity_kind::phone, phone});
    if (!who) {
        std::cerr << "tertulia: nobody with this number has written\n";
        return 1;
    }
    return replayer{store, settings->institution}.run(*who) == 0 ? 0 : 1;
}

}  // namespace

void add_replay(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand(
        "replay", "Run a conversation again from its events (stop the gateway first)"
    );
    auto file = std::make_shared<std::string>();
    auto phone = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--phone", *phone, "Whose conversation, E.164")->required();
    command->callback([=, &exit_code] { exit_code = replay(*file, *phone); });
}

}  // namespace tertulia::gateway
