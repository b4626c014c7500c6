// Cases as dialogs open and settle them, and the words the engine itself says of them.

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

struct own_words {
    std::string_view key{};
    message_part part{message_part::text};
};

// Said by engine/talk_cases.cpp and engine/talk_desk.cpp.
constexpr std::array desk_words{
    own_words{"case.from_officer"},
    own_words{"desk.card", message_part::body},
    own_words{"desk.late", message_part::body},
    own_words{"desk.again", message_part::body},
    own_words{"desk.taken", message_part::body},
    own_words{"desk.wrote", message_part::body},
    own_words{"desk.given_back"},
    own_words{"desk.noted"},
    own_words{"desk.rests"},
    own_words{"desk.resolved"},
    own_words{"desk.has_another"},
    own_words{"desk.busy"},
    own_words{"desk.not_hers"},
    own_words{"desk.over"},
    own_words{"desk.unreachable"},
    own_words{"desk.note_now"},
    own_words{"desk.answer_now"},
    own_words{"desk.switched", message_part::body},
    own_words{"desk.list"},
    own_words{"desk.row"},
    own_words{"desk.none"},
    own_words{"desk.as_client"},
    own_words{"desk.text_only"},
    own_words{"desk.sent_file"},
    own_words{"desk.sent_voice"},
    own_words{"desk.claim"},
    own_words{"desk.word_client"},
    own_words{"desk.word_desk"},
    own_words{"desk.take", message_part::button},
    own_words{"desk.note", message_part::button},
    own_words{"desk.snooze", message_part::button},
    own_words{"desk.resolve", message_part::button},
    own_words{"desk.give_back", message_part::button},
    own_words{"desk.go_to", message_part::button}};
// Once there is a kind `confirm`.
constexpr std::array words_to_confirm{
    own_words{"confirm.asked"},
    own_words{"confirm.done"},
    own_words{"desk.confirm_how", message_part::body},
    own_words{"desk.confirmed"},
    own_words{"desk.nothing_to_confirm"},
    own_words{"desk.confirm", message_part::button},
    own_words{"desk.in_person", message_part::button},
    own_words{"desk.call_back", message_part::button}};

}  // namespace

const case_kind* compiler::find_kind(const word& name) {
    const auto& kinds = program_->cases;
    const auto found = std::ranges::find(kinds, name.text, &case_kind::name);
    if (found != kinds.end()) return &*found;
    std::vector<std::string> known;
    for (const auto& one : kinds) known.push_back(one.name);
    not_found(
        rule::unknown_word,
        name,
        "dialogs/cases.yaml has no kind of case '" + name.text + "'",
        known
    );
    return nullptr;
}

// Who is asked for it gets a case, whose category says what for.
void compiler::check_confirmed(const word& at) {
    const auto& name = program_->at(dialog_).name;
    const auto kind = std::ranges::find(program_->cases, confirm_kind, &case_kind::name);
    if (kind != program_->cases.end() && std::ranges::find(kind->categories, name) != kind->categories.end()) {
        return;
    }
    error(
        rule::unknown_word,
        at.at,
        "nobody can confirm '" + name + "'",
        "dialogs/cases.yaml needs a kind 'confirm' with '" + name + "' among its categories"
    );
}

void compiler::compile_open_case(const state_source& from, program_state& into) {
    into.unnamed = from.unnamed;
    const auto* kind = from.case_kind ? find_kind(*from.case_kind) : nullptr;
    if (from.case_kind) into.opens = from.case_kind->text;
    if (kind != nullptr && from.category) {
        const auto& known = kind->categories;
        if (std::ranges::find(known, from.category->text) != known.end()) {
            into.category = from.category->text;
        } else if (is_name(from.category->text)) {
            not_found(
                rule::unknown_word,
                *from.category,
                "there is no category '" + from.category->text + "' of '" + kind->name + "'",
                known
            );
        } else {
            into.category_of = condition(*from.category, fact_type::text, meant_as::value);
        }
    }
    compile_keeps(from, into);
    into.then = way_on(from.then);
}

void compiler::compile_keeps(const state_source& from, program_state& into) {
    for (const auto& name : from.keeps) {
        const auto path = std::string{answer_prefix} + name.text;
        if (program_->known->find(path)) {
            into.case_keeps.push_back(name.text);
            continue;
        }
        std::vector<std::string> there;
        for (const auto& one : program_->known->fields().subspan(fact_schema().size())) {
            there.emplace_back(one.path.substr(answer_prefix.size()));
        }
        not_found(
            rule::unknown_word, name, "no question keeps an answer '" + name.text + "'", there
        );
    }
}

void compiler::compile_settle_case(const state_source& from, program_state& into) {
    into.then = way_on(from.then);
    if (!from.settles) return;
    into.reopens = from.settles->text == "reopened";
    if (into.reopens || from.settles->text == "closed") return;
    not_found(
        rule::unknown_word,
        *from.settles,
        "a case cannot be '" + from.settles->text + "'",
        {"closed", "reopened"}
    );
}

// Only where cases are declared: without, nobody of the institution is told of any.
void compiler::case_words_found() {
    if (program_->cases.empty()) return;
    std::vector<std::pair<std::string, message_part>> wanted;
    for (const auto& one : desk_words) wanted.emplace_back(one.key, one.part);
    for (const auto& kind : program_->cases) {
        wanted.emplace_back("case.kind." + kind.name, message_part::text);
        for (const auto& one : kind.categories) {
            wanted.emplace_back("case.category." + one, message_part::text);
        }
    }
    const auto* confirm = [&]() -> const case_kind* {
        const auto found = std::ranges::find(program_->cases, confirm_kind, &case_kind::name);
        return found == program_->cases.end() ? nullptr : &*found;
    }();
    if (confirm != nullptr) {
        for (const auto& one : words_to_confirm) wanted.emplace_back(one.key, one.part);
    }
    std::ranges::sort(wanted);
    // Not std::ranges::unique: clang 14, which builds the fuzz targets, cannot.
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    for (const auto& [key, part] : wanted) {
        if (!from_.words->find(key) && !from_.broken_keys.contains(key)) {
            if (from_.no_words) continue;
            made_.worded = false;
            error(
                rule::missing_message,
                {},
                "the message '" + key + "' is missing",
                "with dialogs/cases.yaml the assistant says it by itself: every language needs it"
            );
            continue;
        }
        (void)message({key, {}}, part);
    }
}

}  // namespace tertulia::dialogs
