// `tertulia replay`: run a conversation again from the journal and compare what comes out with what
// was stored. A difference means that a step is not a function of its journal row.

#include "gateway/commands/commands.hpp"
#include "gateway/commands/kept_scripts.hpp"

#include "dialogs/engine/step.hpp"
#include "dialogs/explain/explain.hpp"
#include "dialogs/message/e164.hpp"
#include "gateway/store/codec.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

struct telling {
    bool explained{};
    dialogs::texts quoted{dialogs::texts::hidden};
};

class replayer {
public:
    replayer(sqlite_store& from, institution house, telling how)
        : store_{from}, sets_{from, std::move(house)}, how_{how} {}

    // The number of turns that came out differently.
    std::size_t run(party_id who) {
        dialogs::session session;
        std::size_t different = 0;
        std::size_t number = 0;
        for (const auto& was : store_.journal_of(who)) {
            ++number;
            why_.clear();
            const bool same = same_again(was, session);
            if (!same) ++different;
            std::cout << "turn " << number << "  " << to_millis(was.now) << "  " << place(was.next)
                      << (same ? "" : "  DIFFERS") << '\n';
            for (const auto& line : why_) std::cout << "    " << line << '\n';
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
        if (is_apology(was)) return true;
        const auto scripts = sets_.of(was.script_version);
        if (!scripts) {
            std::cout << "  (its script set " << was.script_version.substr(0, 8)
                      << " is not kept or does not load any more)\n";
            return false;
        }
        auto known = was.read ? *was.read : facts{};
        known.conversation = was.party.value;
        dialogs::step_trace seen;
        const auto again =
            dialogs::step(*scripts, from, was.what, known, was.now, was.seed, &seen);
        if (how_.explained) {
            why_ = dialogs::explain(*scripts, from, was.what, again, seen, how_.quoted);
        }
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

    sqlite_store& store_;
    kept_scripts sets_;
    telling how_;
    std::vector<std::string> why_{};  // of the turn at hand
};

int replay(const std::string& file, const std::string& phone, telling how) {
    if (!is_e164(phone)) {
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
    return replayer{store, settings->institution, how}.run(*who) == 0 ? 0 : 1;
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
    auto explained = std::make_shared<bool>();
    auto shown = std::make_shared<bool>();
    auto* explain = command->add_flag(
        "--explain", *explained, "What each turn heard, matched and decided, and why"
    );
    command
        ->add_flag("--show-texts", *shown, "With her words and ours, which else are only counted")
        ->needs(explain);
    command->callback([=, &exit_code] {
        const auto quoted = *shown ? dialogs::texts::shown : dialogs::texts::hidden;
        exit_code = replay(*file, *phone, {.explained = *explained, .quoted = quoted});
    });
}

}  // namespace tertulia::gateway
