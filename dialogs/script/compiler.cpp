#include "dialogs/script/compiler_parts.hpp"
#include "dialogs/script/dialog_shapes.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

std::string list_of(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : ", ") + one;
    return text;
}

}  // namespace

compiled compiler::run() {
    made_.made = std::make_shared<program>();
    program_ = made_.made.get();
    program_->house = *from_.house;
    program_->known = from_.known;
    program_->words = from_.words;
    program_->cases.assign(from_.cases.begin(), from_.cases.end());
    if (auto calendar = local_calendar::make(from_.house->time_zone)) {
        program_->calendar = std::move(*calendar);
    }
    name_everything();
    for (std::size_t i = 0; i < from_.dialogs.size(); ++i) {
        if (own_[i]) compile_dialog(from_.dialogs[i], *own_[i]);
    }
    order_triggers();
    train();
    common_messages_found();
    case_words_found();
    refusals_found();
    relief_found();
    nudges_found();
    agendas_found();
    meeting_words_found();
    moderation_found();
    names_found();
    check_roles();
    return std::move(made_);
}

void compiler::error(rule breaks, place at, std::string what, std::string mend) {
    noted().error(breaks, at, std::move(what), std::move(mend));
}

void compiler::warning(rule breaks, place at, std::string what, std::string mend) {
    noted().warning(breaks, at, std::move(what), std::move(mend));
}

void compiler::not_found(
    rule breaks, const word& name, const std::string& what, const std::vector<std::string>& known
) {
    auto mend = mend_for(name.text, known);
    if (mend.empty() && known.size() <= 8) mend = "possible are: " + list_of(known);
    error(breaks, name.at, what, std::move(mend));
}

void compiler::name_everything() {
    for (const auto& source : from_.dialogs) {
        source_ = &source;
        if (program_->by_name.contains(source.name.text)) {
            const auto first = program_->by_name.find(source.name.text)->second;
            error(
                rule::repeated_name,
                source.name.at,
                "there is another dialog '" + source.name.text + "', in " + program_->at(first).file
            );
            own_.emplace_back();
            continue;
        }
        const dialog_index index{static_cast<std::uint32_t>(program_->dialogs.size())};
        own_.emplace_back(index);
        program_->by_name.emplace(source.name.text, index);
        program_dialog dialog{};
        dialog.name = source.name.text;
        dialog.about = source.about;
        dialog.file = source.file;
        dialog.anywhere = source.anywhere;
        dialog.back = source.back;
        dialog.wins = source.wins;
        for (const auto& state : source.states) {
            dialog.states.push_back({static_cast<std::uint32_t>(program_->states.size())});
            program_state named{};
            named.name = state.name.text;
            named.dialog = index;
            named.at = state.name.at;
            program_->states.push_back(std::move(named));
        }
        name_parameters(source, dialog);
        program_->dialogs.push_back(std::move(dialog));
    }
    for (const auto& dialog : program_->dialogs) dialog_names_.push_back(dialog.name);
    for (const auto& example : from_.phrases) intents_.insert(example.example.intent);
}

std::vector<std::string> compiler::state_names() const {
    std::vector<std::string> all;
    for (const auto index : program_->at(dialog_).states) all.push_back(program_->at(index).name);
    return all;
}

std::optional<state_index> compiler::state_called(const std::string& name) const {
    const auto found = states_.find(name);
    return found == states_.end() ? std::nullopt : std::optional{found->second};
}

void compiler::compile_dialog(const dialog_source& source, dialog_index index) {
    source_ = &source;
    dialog_ = index;
    auto& dialog = program_->dialogs[index.value];
    states_.clear();
    for (const auto one : dialog.states) states_.emplace(program_->at(one).name, one);
    if (source.needs) {
        const auto& words = requirement_words();
        const auto at = std::find(words.begin(), words.end(), source.needs->text);
        if (at == words.end()) {
            not_found(
                rule::unknown_word,
                *source.needs,
                "'needs' cannot be '" + source.needs->text + "'",
                words
            );
        } else {
            dialog.needs = static_cast<requirement>(at - words.begin());
        }
    }
    needs_ = dialog.needs;
    if (needs_ == requirement::confirmed) check_confirmed(*source.needs);
    if (source.tone) {
        if (const auto tone = parse_tone(source.tone->text)) {
            dialog.speaks_in = *tone;
        } else {
            not_found(
                rule::unknown_word,
                *source.tone,
                "there is no tone '" + source.tone->text + "'",
                tone_words()
            );
        }
    }
    looks_up_ = std::any_of(source.states.begin(), source.states.end(), [](const auto& state) {
        return state.looks_up("loans");
    });
    looks_up_savings_ = std::any_of(
        source.states.begin(), source.states.end(), [](const auto& state) {
            return state.looks_up("savings");
        }
    );
    looks_up_points_ =
        std::any_of(source.states.begin(), source.states.end(), [](const auto& state) {
            return state.looks_up_points();
        });
    if (source.begin) {
        if (const auto begin = state_called(source.begin->text)) {
            dialog.begin = *begin;
        } else {
            error(
                rule::unknown_state,
                source.begin->at,
                "there is no state called '" + source.begin->text + "'",
                mend_for(source.begin->text, state_names())
            );
            made_.linked = false;
        }
    }
    if (source.back && !source.anywhere) {
        error(rule::misplaced_key, source.back_at, "'back' belongs to 'anywhere: true'");
    }
    if (source.wins && source.words.empty()) {
        error(
            rule::misplaced_key,
            source.wins_at,
            "'wins' needs words to win with",
            "add words: below starts_on:"
        );
    }
    if (source.wins && dialog.needs != requirement::anyone) {
        error(
            rule::must_be_open,
            source.wins_at,
            "what wins must be open to everyone",
            "take 'needs' out"
        );
    }
    check_parameters(source);
    if (source.plays) play(source, *source.plays);
    add_triggers(source, dialog);
    for (std::size_t i = 0; i < source.states.size(); ++i) {
        state_ = dialog.states[i];
        compile_state(source.states[i], program_->states[dialog.states[i].value]);
    }
    state_.reset();
    if (source.form) compile_form(source, dialog);
}

void compiler::play(const dialog_source& source, const word& role) {
    std::optional<dialog_index>* const parts[]{
        &program_->welcome, &program_->menu, &program_->fallback, &program_->verify};
    const auto& roles = role_words();
    const auto at = std::find(roles.begin(), roles.end(), role.text);
    if (at == roles.end()) {
        not_found(rule::unknown_word, role, "no dialog can play '" + role.text + "'", roles);
        return;
    }
    auto& part = *parts[at - roles.begin()];
    if (part) {
        error(
            rule::repeated_role,
            role.at,
            "'" + program_->at(*part).name + "' plays " + role.text + " already",
            "only one dialog can"
        );
        return;
    }
    part = dialog_;
    if (needs_ != requirement::anyone) {
        error(
            rule::must_be_open,
            source.needs->at,
            "a dialog that plays " + role.text + " must be open to everyone",
            "take 'needs' out"
        );
    }
}

void compiler::train() {
    std::vector<phrase> examples;
    examples.reserve(from_.phrases.size());
    std::set<std::pair<std::string, std::string>> spoken;
    for (const auto& one : from_.phrases) {
        examples.push_back(one.example);
        const bool is_new = spoken.emplace(one.example.intent, one.example.language).second;
        if (is_new && from_.broken_dialogs.empty() &&
            !program_->by_intent.contains(one.example.intent)) {
            findings(one.file, problems_)
                .warning(
                    rule::unused_intent,
                    one.intent_at,
                    "no dialog starts on '" + one.example.intent + "'"
                );
        }
    }
    program_->intents = intent_model::train(examples);
}

void compiler::check_roles() {
    if (!from_.broken_dialogs.empty()) return;  // one of those may play it
    static const dialog_source whole = [] {
        dialog_source none{};
        none.file = "dialogs";
        return none;
    }();
    source_ = &whole;
    const auto wanted = [&](const std::optional<dialog_index>& part, const char* role) {
        if (!part)
            error(
                rule::missing_role,
                {},
                std::string("no dialog plays ") + role,
                std::string("write 'plays: ") + role + "' in one of them"
            );
    };
    wanted(program_->welcome, "welcome");
    wanted(program_->menu, "menu");
    wanted(program_->fallback, "fallback");
    const bool asks_proof = std::any_of(
        program_->dialogs.begin(),
        program_->dialogs.end(),
        [](const program_dialog& dialog) { return dialog.needs != requirement::anyone; }
    );
    if (asks_proof) wanted(program_->verify, "verify");
}

compiled compile(const compiler_input& from, std::vector<diagnostic>& problems) {
    return compiler(from, problems).run();
}

}  // namespace tertulia::dialogs
