#include "dialogs/script/compiler.hpp"

#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tertulia::dialogs {
namespace {

// Limits of the channels, in UTF-16 units (Meta: interactive messages).
constexpr std::size_t button_units_max = 20;
constexpr std::size_t row_units_max = 24;
constexpr std::size_t description_units_max = 72;
constexpr std::size_t buttons_max = 3;
constexpr std::size_t rows_max = 10;
constexpr std::size_t body_units_max = 1024;
constexpr std::size_t text_units_max = 4096;

constexpr milliseconds silence_min = std::chrono::minutes{1};
constexpr milliseconds silence_max = std::chrono::days{30};
constexpr milliseconds window = std::chrono::hours{24};  // then only approved templates may be sent

const std::vector<std::string> roles{"welcome", "menu", "fallback", "verify"};
const std::vector<std::string> requirements{"anyone", "known", "verified"};
const std::vector<std::string> look_ups{"loans"};
const std::vector<std::string> look_up_outcomes{"one", "several", "none", "stale", "down"};
const std::vector<std::string> pin_outcomes{
    "right", "wrong", "locked", "branch_only", "none_set", "not_a_pin"};
const std::vector<std::string> settings{"language", "opted_out", "welcomed"};
const std::vector<std::string> queues{"credit_agent", "branch", "support"};

std::string list_of(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : ", ") + one;
    return text;
}

int characters(std::string_view text) noexcept {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

// How a message stands in the talk, which limits its length.
enum class message_part { text, body, button, row, description };

class compiler {
public:
    compiler(const compiler_input& from, std::vector<diagnostic>& problems)
        : from_(from), problems_(problems) {}

    compiled run() {
        made_.made = std::make_shared<program>();
        program_ = made_.made.get();
        program_->house = *from_.house;
        program_->words = from_.words;
        if (auto calendar = local_calendar::make(from_.house->time_zone)) {
            program_->calendar = std::move(*calendar);
        }
        name_everything();
        for (std::size_t i = 0; i < from_.dialogs.size(); ++i) {
            if (own_[i]) compile_dialog(from_.dialogs[i], *own_[i]);
        }
        train();
        common_messages_found();
        names_found();
        check_roles();
        return std::move(made_);
    }

private:
    [[nodiscard]] findings noted() { return {source_->file, problems_}; }
    void error(place at, std::string what, std::string mend = {}) {
        noted().error(at, std::move(what), std::move(mend));
    }
    void warning(place at, std::string what, std::string mend = {}) {
        noted().warning(at, std::move(what), std::move(mend));
    }
    void not_found(
        const word& name, const std::string& what, const std::vector<std::string>& known
    ) {
        auto mend = mend_for(name.text, known);
        if (mend.empty() && known.size() <= 8) mend = "possible are: " + list_of(known);
        error(name.at, what, std::move(mend));
    }

    // ---- names

    void name_everything() {
        for (const auto& source : from_.dialogs) {
            source_ = &source;
            if (program_->by_name.contains(source.name.text)) {
                const auto first = program_->by_name.find(source.name.text)->second;
                error(
                    source.name.at,
                    "there is another dialog '" + source.name.text + "', in " +
                        program_->at(first).file
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
            program_->dialogs.push_back(std::move(dialog));
        }
        for (const auto& dialog : program_->dialogs) dialog_names_.push_back(dialog.name);
        for (const auto& example : from_.phrases) intents_.insert(example.example.intent);
    }

    std::vector<std::string> state_names() const {
        std::vector<std::string> all;
        for (const auto index : program_->at(dialog_).states)
            all.push_back(program_->at(index).name);
        return all;
    }

    // ---- messages

    message_id message(const word& key, message_part part) {
        made_.uses.push_back({key.text, source_->file, key.at.line});
        const auto found = from_.words->find(key.text);
        if (!found) {
            if (!from_.broken_keys.contains(key.text)) {
                if (message_keys_.empty()) {
                    for (std::uint32_t i = 0; i < from_.words->size(); ++i) {
                        message_keys_.push_back(from_.words->key({i}));
                    }
                }
                error(
                    key.at,
                    "there is no message called '" + key.text + "'",
                    mend_for(key.text, message_keys_)
                );
            }
            return {};
        }
        check_length(key, *found, part);
        for (const auto path : from_.words->paths_used(*found)) {
            const auto& field = fact_schema()[path];
            if (!field.personal) continue;
            const std::string saying = "'" + key.text + "' tells '" + std::string(field.path) + "'";
            if (nobody_there_) {
                error(
                    key.at,
                    saying +
                        ", but nobody is there to read it: who she is lapses after 15 "
                        "minutes of silence"
                );
            } else if (needs_ != requirement::verified) {
                error(
                    key.at,
                    saying + ", which only she may read",
                    "this dialog needs 'needs: verified'"
                );
            }
            break;
        }
        return *found;
    }

    void check_length(const word& key, message_id found, message_part part) {
        struct bound {
            std::size_t units;
            std::string_view what;
        };
        static constexpr std::array<bound, 5> bounds{{
            {text_units_max, "a message"},
            {body_units_max, "a question with buttons"},
            {button_units_max, "a button"},
            {row_units_max, "a row of a list"},
            {description_units_max, "the second line of a row"},
        }};
        const auto& limit = bounds[static_cast<std::size_t>(part)];
        for (const auto& form : from_.words->forms(found)) {
            if (form.utf16_units <= limit.units) continue;
            error(
                key.at,
                "'" + key.text + "' has " + std::to_string(form.utf16_units) + " characters in " +
                    language_name(form.language) + ", but " + std::string(limit.what) +
                    " can show only " + std::to_string(limit.units)
            );
        }
    }

    std::optional<message_id> optional_message(
        const std::string& key, place at, message_part part
    ) {
        if (!from_.words->find(key) && !from_.broken_keys.contains(key)) return std::nullopt;
        return message({key, at}, part);
    }

    // ---- where the talk goes

    move way_on(const move_source& from, message_part part = message_part::text) {
        move made{};
        for (const auto& key : from.says) made.says.push_back(message(key, part));
        if (from.returns) {
            made.on = way::to_caller;
            made.word = from.returns->text;
            if (!is_name(made.word)) {
                error(
                    from.returns->at,
                    "'" + made.word + "' cannot be an outcome",
                    "use small letters, digits and _"
                );
            }
        } else if (from.go) {
            resolve(*from.go, made);
        }
        return made;
    }

    void resolve(const word& name, move& into) {
        if (const auto state = program_->find_state(program_->at(dialog_).name, name.text)) {
            into.on = way::to_state;
            into.state = *state;
        } else if (const auto dialog = program_->find_dialog(name.text)) {
            into.on = way::to_dialog;
            into.dialog = *dialog;
        } else if (from_.broken_dialogs.contains(name.text)) {
            made_.linked = false;
        } else {
            auto known = state_names();
            known.insert(known.end(), dialog_names_.begin(), dialog_names_.end());
            error(
                name.at,
                "there is no state or dialog called '" + name.text + "'",
                mend_for(name.text, known)
            );
            made_.linked = false;
        }
    }

    // ---- conditions

    std::optional<expression> condition(const word& when) {
        auto parsed = expression::parse(when.text, fact_type::boolean);
        const bool quoted = when.at.length == characters(when.text) + 2;
        for (auto& problem : parsed.problems) {
            place at = when.at;
            at.column += (quoted ? 1 : 0) +
                         characters(std::string_view(when.text).substr(0, problem.offset));
            at.length = std::max(
                1,
                characters(std::string_view(when.text).substr(
                    std::min(problem.offset, when.text.size()), problem.length
                ))
            );
            if (problem.fatal) {
                error(at, std::move(problem.what), std::move(problem.mend));
            } else if (!surely_there(problem.path)) {
                warning(at, std::move(problem.what), std::move(problem.mend));
            }
        }
        if (!parsed.parsed) return std::nullopt;
        for (const auto path : parsed.parsed->paths()) {
            const auto& field = fact_schema()[path];
            if (field.personal && needs_ != requirement::verified) {
                error(
                    when.at,
                    "this condition looks at '" + std::string(field.path) +
                        "', which is hers alone",
                    "this dialog needs 'needs: verified'"
                );
            }
        }
        return std::move(parsed.parsed);
    }

    // Facts that the dialog has made sure of: the client by `needs`, her loans by a look-up.
    bool surely_there(std::string_view path) const {
        if (needs_ == requirement::anyone) return false;
        if (path.starts_with("client.") || path == "loans.count") return true;
        return looks_up_ && path.starts_with("loan.");
    }

    // ---- dialogs

    void compile_dialog(const dialog_source& source, dialog_index index) {
        source_ = &source;
        dialog_ = index;
        auto& dialog = program_->dialogs[index.value];
        if (source.needs) {
            const auto at = std::find(requirements.begin(), requirements.end(), source.needs->text);
            if (at == requirements.end()) {
                not_found(
                    *source.needs, "'needs' cannot be '" + source.needs->text + "'", requirements
                );
            } else {
                dialog.needs = static_cast<requirement>(at - requirements.begin());
            }
        }
        needs_ = dialog.needs;
        looks_up_ = std::any_of(source.states.begin(), source.states.end(), [](const auto& state) {
            return state.look_up.has_value();
        });
        if (source.begin) {
            if (const auto begin = program_->find_state(dialog.name, source.begin->text)) {
                dialog.begin = *begin;
            } else {
                error(
                    source.begin->at,
                    "there is no state called '" + source.begin->text + "'",
                    mend_for(source.begin->text, state_names())
                );
                made_.linked = false;
            }
        }
        if (source.back && !source.anywhere) {
            error(source.back_at, "'back' belongs to 'anywhere: true'");
        }
        if (source.wins && source.words.empty()) {
            error(source.wins_at, "'wins' needs words to win with", "add words: below starts_on:");
        }
        if (source.wins && dialog.needs != requirement::anyone) {
            error(source.wins_at, "what wins must be open to everyone", "take 'needs' out");
        }
        if (source.plays) play(source, *source.plays);
        add_triggers(source);
        for (std::size_t i = 0; i < source.states.size(); ++i) {
            compile_state(source.states[i], program_->states[dialog.states[i].value]);
        }
    }

    void play(const dialog_source& source, const word& role) {
        std::optional<dialog_index>* const parts[]{
            &program_->welcome, &program_->menu, &program_->fallback, &program_->verify};
        const auto at = std::find(roles.begin(), roles.end(), role.text);
        if (at == roles.end()) {
            not_found(role, "no dialog can play '" + role.text + "'", roles);
            return;
        }
        auto& part = *parts[at - roles.begin()];
        if (part) {
            error(
                role.at,
                "'" + program_->at(*part).name + "' plays " + role.text + " already",
                "only one dialog can"
            );
            return;
        }
        part = dialog_;
        if (needs_ != requirement::anyone) {
            error(
                source.needs->at,
                "a dialog that plays " + role.text + " must be open to everyone",
                "take 'needs' out"
            );
        }
    }

    void add_triggers(const dialog_source& source) {
        for (const auto& intent : source.intents) {
            if (!intents_.contains(intent.text)) {
                error(
                    intent.at,
                    "there are no phrases for '" + intent.text + "'",
                    mend_for(intent.text, {intents_.begin(), intents_.end()})
                );
            }
            const auto [at, is_new] = program_->by_intent.emplace(intent.text, dialog_);
            if (!is_new && at->second != dialog_) {
                error(
                    intent.at,
                    "'" + intent.text + "' starts '" + program_->at(at->second).name + "' already",
                    "it can start only one dialog"
                );
            }
        }
        for (const auto& keyword : source.words) {
            const auto key = keyword_key(keyword.text);
            if (key.empty()) {
                error(keyword.at, "'" + keyword.text + "' has no letters to recognise");
                continue;
            }
            const auto [at, is_new] = program_->by_word.emplace(key, dialog_);
            if (!is_new && at->second != dialog_) {
                error(
                    keyword.at,
                    "'" + keyword.text + "' starts '" + program_->at(at->second).name + "' already",
                    "it can start only one dialog"
                );
            }
        }
    }

    // ---- states

    void compile_state(const state_source& from, program_state& into) {
        if (!from.does) return;
        into.does = *from.does;
        switch (*from.does) {
            case verb::ask:
                compile_ask(from, into);
                break;
            case verb::look_up:
                if (from.look_up &&
                    std::find(look_ups.begin(), look_ups.end(), from.look_up->text) ==
                        look_ups.end()) {
                    not_found(
                        *from.look_up,
                        "nothing called '" + from.look_up->text + "' can be looked up",
                        look_ups
                    );
                }
                want_verified(from.verb_at, "looking up her loans");
                compile_outcomes(from, into, &look_up_outcomes);
                break;
            case verb::branch:
                for (const auto& row : from.branches) {
                    branch_row made{};
                    if (row.when) made.when = condition(*row.when);
                    made.then = way_on(row.then);
                    into.branches.push_back(std::move(made));
                }
                break;
            case verb::set:
                for (const auto& [name, to] : from.settings) compile_setting(name, to, into);
                into.then = way_on(from.then);
                break;
            case verb::call:
                compile_call(from, into);
                break;
            case verb::hand_over:
                compile_hand_over(from, into);
                break;
            case verb::say:
            case verb::end:
                into.then = way_on(from.then);
                break;
        }
    }

    void want_verified(place at, const std::string& what) {
        if (needs_ == requirement::verified) return;
        error(at, what + " tells who has borrowed", "this dialog needs 'needs: verified'");
    }

    void compile_outcomes(
        const state_source& from, program_state& into, const std::vector<std::string>* possible
    ) {
        for (const auto& [name, then] : from.outcomes) {
            if (possible != nullptr &&
                std::find(possible->begin(), possible->end(), name.text) == possible->end()) {
                not_found(name, "there is no outcome '" + name.text + "' here", *possible);
            }
            into.outcomes.emplace_back(name.text, way_on(then));
        }
        if (possible == nullptr) return;
        for (const auto& name : *possible) {
            if (into.outcome(name) != nullptr) continue;
            error(
                from.outcomes_at,
                "state '" + from.name.text +
                    "' does not say what to do when the "
                    "outcome is '" +
                    name + "'",
                "add '" + name + ": …'"
            );
        }
    }

    void compile_ask(const state_source& from, program_state& into) {
        if (from.ask) {
            into.question =
                message(*from.ask, from.expect ? message_part::text : message_part::body);
        }
        if (from.expect) {
            into.answers = answer_kind::pin;
            if (from.expect->text != "pin") {
                not_found(*from.expect, "'" + from.expect->text + "' cannot be expected", {"pin"});
            }
            if (program_->verify != dialog_ && !plays_verify()) {
                error(
                    from.expect->at,
                    "only the dialog that plays verify asks for a PIN",
                    "write 'needs: verified' where it is needed"
                );
            }
            compile_outcomes(from, into, &pin_outcomes);
        } else if (from.choose_from) {
            into.answers = answer_kind::loans;
            if (from.choose_from->text != "loans") {
                not_found(
                    *from.choose_from,
                    "nobody can choose from '" + from.choose_from->text + "'",
                    look_ups
                );
            }
            want_verified(from.choose_from->at, "choosing from her loans");
            if (from.label) into.label = message(*from.label, message_part::row);
            if (from.label_more) {
                into.label_more = message(*from.label_more, message_part::description);
            }
            if (!from.keep_as) {
                error(
                    from.choose_from->at, "nothing keeps what she chooses", "add 'keep_as: loan'"
                );
            } else if (from.keep_as->text != "loan") {
                not_found(
                    *from.keep_as,
                    "what she chooses cannot be kept as '" + from.keep_as->text + "'",
                    {"loan"}
                );
            }
            into.then = way_on(from.then);
        } else {
            compile_choices(from, into);
        }
        if (from.if_silent) compile_silence(*from.if_silent, into);
        if (from.if_unclear) {
            into.tries = from.if_unclear->tries;
            if (from.if_unclear->say) {
                into.unclear_say = message(*from.if_unclear->say, message_part::text);
            }
            if (from.if_unclear->then) into.unclear_then = way_on(*from.if_unclear->then);
        }
    }

    bool plays_verify() const { return source_->plays && source_->plays->text == "verify"; }

    void compile_choices(const state_source& from, program_state& into) {
        into.answers = answer_kind::choices;
        const auto always = static_cast<std::size_t>(std::count_if(
            from.choices.begin(),
            from.choices.end(),
            [](const choice_source& one) { return !one.when; }
        ));
        if (from.choices.size() > rows_max) {
            error(
                from.choices_at,
                "state '" + from.name.text + "' offers " + std::to_string(from.choices.size()) +
                    " choices, but a list holds only 10",
                "make two questions of it"
            );
        }
        if (always == 0 && !from.choices.empty()) {
            error(
                from.choices_at,
                "every choice here has a 'when': there may be nothing to choose",
                "leave one without"
            );
        }
        const auto part = always > buttons_max ? message_part::row : message_part::button;
        std::map<std::string, std::string> words_of_picks;
        for (const auto& one : from.choices) {
            choice_row made{};
            made.pick = one.pick.text;
            if (from.ask && !one.pick.text.empty()) {
                const auto key = from.ask->text + "." + one.pick.text;
                made.title = message({key, one.pick.at}, part);
                made.description =
                    optional_message(key + ".more", one.pick.at, message_part::description);
            }
            for (const auto& typed : one.words) {
                auto key = keyword_key(typed.text);
                if (key.empty()) {
                    error(typed.at, "'" + typed.text + "' has no letters to recognise");
                    continue;
                }
                const auto [at, is_new] = words_of_picks.emplace(key, one.pick.text);
                if (!is_new && at->second != one.pick.text) {
                    error(typed.at, "'" + typed.text + "' means '" + at->second + "' already");
                }
                made.words.push_back(typed.text);
                made.word_keys.push_back(std::move(key));
            }
            if (one.when) made.when = condition(*one.when);
            made.then = way_on(one.then);
            into.choices.push_back(std::move(made));
        }
    }

    void compile_silence(const silence_source& from, program_state& into) {
        if (from.after != milliseconds{} &&
            (from.after < silence_min || from.after > silence_max)) {
            error(from.after_at, "silence is from 1 min to 30 days");
        }
        if (from.after >= window && !from.then.says.empty()) {
            error(
                from.then.says.front().at,
                "after 24 hours of silence nothing may be said to her any "
                "more but an approved template",
                "make 'after' shorter"
            );
        }
        nobody_there_ = true;
        into.if_silent = silence{.after = from.after, .then = way_on(from.then)};
        nobody_there_ = false;
    }

    void compile_setting(const word& name, const word& to, program_state& into) {
        const auto at = std::find(settings.begin(), settings.end(), name.text);
        if (at == settings.end()) {
            not_found(name, "'" + name.text + "' cannot be set", settings);
            return;
        }
        setting_row made{};
        made.what = static_cast<setting>(at - settings.begin());
        if (made.what == setting::language) {
            const auto& spoken = from_.house->languages;
            if (std::find(spoken.begin(), spoken.end(), to.text) == spoken.end()) {
                not_found(to, "the institution does not speak '" + to.text + "'", spoken);
            }
            made.language = to.text;
        } else if (to.text == "true" || to.text == "false") {
            made.on = to.text == "true";
        } else {
            error(to.at, "'" + name.text + "' is true or false");
        }
        into.settings.push_back(std::move(made));
    }

    void compile_call(const state_source& from, program_state& into) {
        if (from.call) {
            if (const auto called = program_->find_dialog(from.call->text)) {
                into.called = *called;
            } else if (from_.broken_dialogs.contains(from.call->text)) {
                made_.linked = false;
            } else {
                error(
                    from.call->at,
                    "there is no dialog called '" + from.call->text + "'",
                    mend_for(from.call->text, dialog_names_)
                );
                made_.linked = false;
            }
        }
        compile_outcomes(from, into, nullptr);
        if (!from.has_outcomes) into.then = way_on(from.then);
    }

    void compile_hand_over(const state_source& from, program_state& into) {
        for (const auto& key : from.then.says) {
            into.then.says.push_back(message(key, message_part::text));
        }
        if (from.because) into.because = from.because->text;
        if (!from.to) return;
        const auto at = std::find(queues.begin(), queues.end(), from.to->text);
        if (at == queues.end()) {
            not_found(*from.to, "nobody is called '" + from.to->text + "'", queues);
        } else {
            into.to = static_cast<agent_queue>(at - queues.begin());
        }
    }

    // ---- the whole

    void train() {
        std::vector<phrase> examples;
        examples.reserve(from_.phrases.size());
        std::set<std::pair<std::string, std::string>> spoken;
        for (const auto& one : from_.phrases) {
            examples.push_back(one.example);
            const bool is_new = spoken.emplace(one.example.intent, one.example.language).second;
            if (is_new && from_.broken_dialogs.empty() &&
                !program_->by_intent.contains(one.example.intent)) {
                findings(one.file, problems_)
                    .warning(one.intent_at, "no dialog starts on '" + one.example.intent + "'");
            }
        }
        program_->intents = intent_model::train(examples);
    }

    void common_messages_found() {
        static const dialog_source ours = [] {
            dialog_source none{};
            none.file = "messages";
            return none;
        }();
        source_ = &ours;
        needs_ = requirement::anyone;
        const std::pair<const char*, message_id*> wanted[]{
            {"common.not_understood", &program_->common.not_understood},
            {"common.stale_tap", &program_->common.stale_tap},
            {"common.set_gone", &program_->common.set_gone},
            {"common.trouble", &program_->common.trouble},
            {"common.choose", &program_->common.choose},
            {"common.picture_received", &program_->common.picture_received},
            {"common.voice_received", &program_->common.voice_received},
            {"common.unsupported", &program_->common.unsupported},
            {"common.group_private", &program_->common.group_private},
            {"common.returned_by_person", &program_->common.returned_by_person},
            {"common.number_changed", &program_->common.number_changed}};
        for (const auto& [key, into] : wanted) {
            if (!from_.words->find(key) && !from_.broken_keys.contains(key)) {
                error(
                    {},
                    std::string("the message '") + key + "' is missing",
                    "the assistant says it by itself: every language needs it"
                );
                continue;
            }
            const bool button = into == &program_->common.choose;
            *into = message({key, {}}, button ? message_part::button : message_part::text);
        }
    }

    // What is optional: without its name a dialog is never offered on a guess.
    void names_found() {
        const auto find = [&](const std::string& key, message_part part) {
            return from_.words->find(key) ? std::optional{message({key, {}}, part)} : std::nullopt;
        };
        program_->common.which_one = find("common.which_one", message_part::body);
        for (auto& dialog : program_->dialogs) {
            dialog.called = find(dialog.name + ".name", message_part::button);
        }
        // Of several intents of one dialog the first by name stands for its words.
        std::map<dialog_index, std::string> first;
        for (const auto& [intent, dialog] : program_->by_intent) {
            auto& kept = first.try_emplace(dialog, intent).first->second;
            kept = std::min(kept, intent);
        }
        for (const auto& [word, dialog] : program_->by_word) {
            if (const auto intent = first.find(dialog); intent != first.end()) {
                program_->intent_of_word.emplace(word, intent->second);
            }
        }
    }

    void check_roles() {
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

    const compiler_input& from_;
    std::vector<diagnostic>& problems_;
    compiled made_{};
    program* program_{};
    std::vector<std::optional<dialog_index>> own_{};  // by source; nothing: a second of its name
    std::vector<std::string> dialog_names_{};
    std::vector<std::string> message_keys_{};
    std::set<std::string> intents_{};

    // The dialog at hand.
    const dialog_source* source_{};
    dialog_index dialog_{};
    requirement needs_{};
    bool looks_up_{};
    bool nobody_there_{};  // compiling what happens in silence
};

}  // namespace

compiled compile(const compiler_input& from, std::vector<diagnostic>& problems) {
    return compiler(from, problems).run();
}

}  // namespace tertulia::dialogs
