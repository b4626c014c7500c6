// Dialog sources and a catalogue in, a program out: every name looked up, every mistake told.
// The checks that need the whole program (loops, unreachable states) are in flow_checks.hpp.

#pragma once

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/hardship_reader.hpp"
#include "dialogs/script/meetings_reader.hpp"
#include "dialogs/script/moderation_reader.hpp"
#include "dialogs/script/nudges_reader.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/script/words_reader.hpp"

#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace tertulia::dialogs {

struct compiler_input {
    std::span<const dialog_source> dialogs{};
    std::span<const phrase_source> phrases{};
    std::shared_ptr<const fact_table> known{};  // never null: with the answers the dialogs keep
    std::shared_ptr<const catalogue> words{};   // never null: of what could be compiled
    std::span<const message_source> texts{};    // what `words` was built from
    const institution* house{};
    std::span<const case_kind> cases{};
    const products_source* products{};
    const relief_source* relief{};
    const nudges_source* nudges{};
    const meetings_source* meetings{};
    const moderation_source* moderation{};

    bool no_words{};        // no file of messages could be read: that no message exists is no news
    bool phrases_broken{};  // some file of phrases could not be read: nor are all intents known
    std::set<std::string> broken_keys{};     // messages that are there, but cannot be read
    std::set<std::string> broken_dialogs{};  // the same of dialogs: going there is no mistake
};

// Where a message is used, for "used in balance.yaml:31".
struct message_use {
    std::string key{};
    std::string file{};
    int line{};
};

// Where an answer is relied on: at a state, before or after the state's own answer is there.
struct answer_use {
    state_index at{};
    bool own_is_there{};
    std::string path{};
    std::string file{};
    place where{};
    std::string what{};
    std::string mend{};
};

// An answer a call wants back from the dialog it calls.
struct brought_use {
    state_index at{};
    std::string name{};
    std::string file{};
    place where{};
};

struct compiled {
    std::shared_ptr<program> made{};
    std::vector<answer_use> answers{};
    std::vector<brought_use> brought{};
    std::vector<message_use> uses{};
    bool linked{true};  // every target was found
    bool worded{true};  // every message was; else the ids of those that were not mean nothing
};

[[nodiscard]] compiled compile(const compiler_input& from, std::vector<diagnostic>& problems);

}  // namespace tertulia::dialogs
