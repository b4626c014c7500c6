// Messages and conditions as dialogs use them, and where their moves lead.

#include "dialogs/script/compiler_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t mends_max = 1000;

}  // namespace

message_id compiler::message(const word& key, message_part part) {
    made_.uses.push_back({key.text, source_->file, key.at.line});
    const auto found = from_.words->find(key.text);
    if (!found) {
        made_.worded = false;
        if (!from_.no_words && !from_.broken_keys.contains(key.text)) {
            if (message_keys_.empty()) {
                for (std::uint32_t i = 0; i < from_.words->size(); ++i) {
                    message_keys_.push_back(from_.words->key({i}));
                }
            }
            error(
                rule::unknown_message,
                key.at,
                "there is no message called '" + key.text + "'",
                // Every key there is, for every one that is not: enough is enough.
                ++unknown_messages_ > mends_max ? std::string{} : mend_for(key.text, message_keys_)
            );
        }
        return {};
    }
    check_length(key, *found, part);
    check_one_line(key, *found, part);
    for (const auto path : from_.words->paths_needed(*found)) {
        if (!program_->known->is_answer(path)) continue;
        const std::string name{program_->known->fields()[path].path};
        relies_on(
            name,
            key.at,
            "'" + key.text + "' tells '" + name + "', which may not have been answered here",
            "ask for it before, or say {" + name + ", select, missing {…} other {…}}"
        );
    }
    if (part != message_part::text && part != message_part::body &&
        from_.words->shows_something(*found)) {
        error(
            rule::bad_media,
            key.at,
            "'" + key.text + "' is a button here, which shows no picture and plays no recording",
            "move them to the question"
        );
    }
    for (const auto path : from_.words->paths_used(*found)) {
        const auto& field = program_->known->fields()[path];
        if (!field.personal) continue;
        const std::string saying = "'" + key.text + "' tells '" + std::string(field.path) + "'";
        if (nobody_there_) {
            error(
                rule::nobody_there,
                key.at,
                saying +
                    ", but nobody is there to read it: who she is lapses after 15 "
                    "minutes of silence"
            );
        } else if (needs_ != requirement::verified) {
            error(
                rule::needs_verified,
                key.at,
                saying + ", which only she may read",
                "this dialog needs 'needs: verified'"
            );
        }
        break;
    }
    return *found;
}

std::optional<message_id> compiler::optional_message(
    const std::string& key, place at, message_part part
) {
    if (!from_.words->find(key) && !from_.broken_keys.contains(key)) return std::nullopt;
    return message({key, at}, part);
}

// What she hears of a refusal: both texts, or there is none to give.
void compiler::refusals_found() {
    dialog_source ours{};
    ours.file = from_.products->file;
    const auto* before = std::exchange(source_, &ours);
    needs_ = requirement::verified;
    for (const auto& one : from_.products->refusals) {
        const auto key = "refusal." + one.code;
        program_->refusals.push_back(
            {.code = one.code,
             .why = message({key, one.at}, message_part::text),
             .change = message({key + ".change", one.at}, message_part::text),
             .retry = one.retry}
        );
    }
    source_ = before;
}

void compiler::common_messages_found() {
    static const dialog_source ours = [] {
        dialog_source none{};
        none.file = "messages";
        return none;
    }();
    source_ = &ours;
    needs_ = requirement::anyone;
    message_id found_by_name{};  // by the engine, when it is said
    const std::pair<const char*, message_id*> wanted[]{
        {"common.not_understood", &program_->common.not_understood},
        {"common.stale_tap", &program_->common.stale_tap},
        {"common.set_gone", &program_->common.set_gone},
        {"common.trouble", &program_->common.trouble},
        {"common.choose", &program_->common.choose},
        {"common.picture_received", &program_->common.picture_received},
        {"common.voice_received", &program_->common.voice_received},
        {"common.media_lost", &found_by_name},
        {"common.unsupported", &program_->common.unsupported},
        {"common.group_private", &program_->common.group_private},
        {"common.returned_by_person", &program_->common.returned_by_person},
        {"common.number_changed", &program_->common.number_changed}};
    for (const auto& [key, into] : wanted) {
        if (!from_.words->find(key) && !from_.broken_keys.contains(key)) {
            if (from_.no_words) continue;
            error(
                rule::missing_message,
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
void compiler::names_found() {
    const auto find = [&](const std::string& key, message_part part) {
        return from_.words->find(key) ? std::optional{message({key, {}}, part)} : std::nullopt;
    };
    program_->common.addressed_to = find("common.addressed_to", message_part::text);
    program_->common.go_on = find("common.go_on", message_part::text);
    program_->common.which_one = find("common.which_one", message_part::body);
    program_->common.corrected = find("common.corrected", message_part::text);
    // Found by name, when they are said.
    for (const auto* key :
         {"common.media_poor", "common.still_coming", "common.pin_not_now", "common.pin_late",
          "referral.line", "referral.part"}) {
        (void)find(key, message_part::text);
    }
    for (auto& dialog : program_->dialogs) {
        dialog.called = find(dialog.name + ".name", message_part::button);
    }
    // Of several intents of one dialog the first by name stands for its words.
    std::map<dialog_index, std::string> first;
    for (const auto& [intent, started] : program_->by_intent) {
        for (const auto dialog : started) {
            auto& kept = first.try_emplace(dialog, intent).first->second;
            kept = std::min(kept, intent);
        }
    }
    // Of several dialogs the last one tried stands for the word: it starts when no other does.
    for (const auto& [word, started] : program_->by_word) {
        if (const auto intent = first.find(started.back()); intent != first.end()) {
            program_->intent_of_word.emplace(word, intent->second);
        }
    }
}

std::optional<expression> compiler::condition(
    const word& when, fact_type wanted, meant_as meaning
) {
    auto parsed = expression::parse(when.text, wanted, *program_->known);
    const bool quoted = when.at.length == characters_in(when.text) + 2;
    for (auto& problem : parsed.problems) {
        place at = when.at;
        at.column +=
            (quoted ? 1 : 0) + characters_in(std::string_view(when.text).substr(0, problem.offset));
        at.length = std::max(
            1,
            characters_in(std::string_view(when.text).substr(
                std::min(problem.offset, when.text.size()), problem.length
            ))
        );
        if (!problem.fatal && meaning == meant_as::value) {
            problem.what = "'" + problem.path + "' may be missing, and there is then no value";
            problem.mend = "write has(" + problem.path + ") ? … : … to say so";
        }
        // Who keeps that answer may be a dialog that could not be read.
        const bool may_be_kept = problem.breaks == rule::unknown_fact &&
                                 !from_.broken_dialogs.empty() &&
                                 std::string_view(when.text).substr(problem.offset).starts_with(
                                     answer_prefix
                                 );
        if (may_be_kept) continue;
        if (problem.fatal) {
            error(problem.breaks, at, std::move(problem.what), std::move(problem.mend));
        } else if (problem.path.starts_with(answer_prefix)) {
            relies_on(problem.path, at, std::move(problem.what), std::move(problem.mend));
        } else if (!surely_there(problem.path)) {
            warning(problem.breaks, at, std::move(problem.what), std::move(problem.mend));
        }
    }
    if (!parsed.parsed) return std::nullopt;
    for (const auto path : parsed.parsed->paths()) {
        const auto& field = program_->known->fields()[path];
        if (field.personal && needs_ != requirement::verified) {
            error(
                rule::needs_verified,
                when.at,
                std::string{meaning == meant_as::value ? "this value" : "this condition"} +
                    " looks at '" + std::string(field.path) + "', which is hers alone",
                "this dialog needs 'needs: verified'"
            );
        }
    }
    return std::move(parsed.parsed);
}

// Facts that the dialog has made sure of: the client by `needs`, her loans and places to pay by a
// look-up.
bool compiler::surely_there(std::string_view path) const {
    // Of a place that was found all is known but its hours.
    if (path.starts_with("point.")) {
        return looks_up_points_ && path != "point.open" && path != "point.opens" &&
               path != "point.closes" && path != "point.hours";
    }
    if (path.starts_with("history.")) return of_policy_;
    if (needs_ == requirement::anyone || needs_ == requirement::confirmed) return false;
    if (path.starts_with("client.") || path == "loans.count" ||
        path == "savings.count") {
        return true;
    }
    // What core banking may not say, or what an almost paid loan has not, is behind has().
    static constexpr std::array<std::string_view, 6> not_always{
        "loan.payoff", "loan.payoff_on", "loan.second.amount",
        "loan.second.date", "loan.third.amount", "loan.third.date"};
    if (std::ranges::find(not_always, path) != not_always.end()) return false;
    return (looks_up_ && path.starts_with("loan.")) ||
           (looks_up_savings_ && path.starts_with("saving."));
}

move compiler::words_of_move(const move_source& from, message_part part) {
    move made{};
    for (const auto& key : from.says) made.says.push_back(message(key, part));
    for (const auto& one : from.variations) {
        variation others{.at = one.at, .others = {}};
        for (const auto& key : one.others) others.others.push_back(message(key, part));
        made.variations.push_back(std::move(others));
    }
    return made;
}

move compiler::way_on(const move_source& from, message_part part) {
    auto made = words_of_move(from, part);
    if (from.returns) {
        made.on = way::to_caller;
        made.word = from.returns->text;
        if (!is_name(made.word)) {
            error(
                rule::bad_name,
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

void compiler::resolve(const word& name, move& into) {
    if (const auto state = state_called(name.text)) {
        into.on = way::to_state;
        into.state = *state;
    } else if (const auto dialog = program_->find_dialog(name.text)) {
        into.on = way::to_dialog;
        into.dialog = *dialog;
        only_called(*dialog, name.at, "a way on");
    } else if (from_.broken_dialogs.contains(name.text)) {
        made_.linked = false;
    } else {
        auto known = state_names();
        known.insert(known.end(), dialog_names_.begin(), dialog_names_.end());
        error(
            rule::unknown_state,
            name.at,
            "there is no state or dialog called '" + name.text + "'",
            mend_for(name.text, known)
        );
        made_.linked = false;
    }
}

}  // namespace tertulia::dialogs
