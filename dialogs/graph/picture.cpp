#include "dialogs/graph/picture.hpp"

#include "dialogs/graph/ways.hpp"

#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::string_view the_end = "end";

std::string id_of(const program& of, const program_state& state) {
    return of.at(state.dialog).name + "." + state.name;
}

std::string word_for(verb does) {
    switch (does) {
        case verb::say:
            return "say";
        case verb::ask:
            return "ask";
        case verb::look_up:
            return "look up";
        case verb::branch:
            return "branch";
        case verb::set:
            return "set";
        case verb::call:
            return "call";
        case verb::hand_over:
            return "hand over";
        case verb::end:
            return "end";
        case verb::wait:
            return "wait";
        case verb::schedule:
            return "schedule";
        case verb::cancel_scheduled:
            return "cancel";
        case verb::open_case:
            return "open case";
        case verb::settle_case:
            return "settle case";
        case verb::submit:
            return "submit";
        case verb::report_payment:
            return "report payment";
        case verb::promise_payment:
            return "promise payment";
        case verb::note_hardship:
            return "note hardship";
        case verb::note_contact:
            return "note contact";
    }
    return {};
}

// Of the values a state sets or gives: "limit, purpose".
std::string names_of(const std::vector<value_row>& values) {
    std::string names;
    for (const auto& one : values) names += (names.empty() ? "" : ", ") + one.name;
    return names;
}

class drawing {
public:
    drawing(const program& of, const picture_options& how) : of_(of), how_(how) {}

    picture run() {
        for (const auto& dialog : of_.dialogs) {
            if (!drawn(dialog.name)) continue;
            picture_dialog made{.name = dialog.name};
            for (const auto index : dialog.states) made.states.push_back(state(of_.at(index)));
            out_.dialogs.push_back(std::move(made));
        }
        return std::move(out_);
    }

private:
    bool drawn(const std::string& dialog) const { return how_.only.empty() || how_.only == dialog; }

    std::string text_of(message_id what) const {
        return how_.text ? how_.text(of_.words->key(what)) : std::string{};
    }

    picture_state state(const program_state& at) {
        picture_state made{.id = id_of(of_, at), .name = at.name, .verb = word_for(at.does)};
        if (at.does == verb::ask) {
            made.text = text_of(at.question);
        } else if (!at.then.says.empty()) {
            made.text = text_of(at.then.says.front());
        } else if (at.does == verb::hand_over) {
            made.text = at.because;
        } else if (at.does == verb::open_case) {
            made.text = at.opens;
        } else if (at.does == verb::set) {
            made.text = names_of(at.values);
        }
        if (how_.counts != nullptr) made.count = std::to_string(how_.counts->entered(made.id));
        for (const auto& one : all_ways_of(at)) way(made.id, one);
        if (at.does == verb::call) {
            const auto given = names_of(at.values);
            begins(made.id, at.called, given.empty() ? "calls" : "calls with " + given);
        }
        if (at.does == verb::schedule) begins(made.id, at.called, "later");
        return made;
    }

    void way(const std::string& from, const named_way& one) {
        picture_way made{.from = from, .to = goal(from, *one.leads), .name = one.name};
        if (how_.counts != nullptr) made.count = std::to_string(how_.counts->taken(from, one.name));
        out_.ways.push_back(std::move(made));
    }

    void begins(const std::string& from, dialog_index other, std::string how) {
        out_.ways.push_back({.from = from, .to = first_of(other), .name = std::move(how)});
    }

    std::string first_of(dialog_index dialog) {
        const auto& there = of_.at(dialog);
        if (drawn(there.name)) return id_of(of_, of_.at(there.begin));
        return outside(there.name, there.name);
    }

    std::string goal(const std::string& from, const move& of) {
        switch (of.on) {
            case way::to_state:
                return id_of(of_, of_.at(of.state));
            case way::to_dialog:
                return first_of(of.dialog);
            case way::to_end:
                return outside(std::string(the_end), std::string(the_end));
            case way::to_caller: {
                const auto name = "return " + of.word;
                return outside(from.substr(0, from.find('.')) + ": " + name, name);
            }
        }
        return {};
    }

    std::string outside(std::string id, std::string name) {
        if (known_.insert(id).second) out_.outside.push_back({.id = id, .name = std::move(name)});
        return id;
    }

    const program& of_;
    const picture_options& how_;
    picture out_{};
    std::set<std::string> known_{};
};

}  // namespace

void traffic::know(const program& of) {
    if (known_ == &of) return;
    known_ = &of;
    ways_.clear();
    for (const auto& state : of.states) {
        for (const auto& way : all_ways_of(state)) {
            ways_[way.leads] = {id_of(of, state), way.name};
        }
    }
}

void traffic::add(const program& of, const step_trace& seen) {
    know(of);
    for (const auto index : seen.entered) ++entered_[id_of(of, of.at(index))];
    for (const auto* leads : seen.followed) {
        if (const auto found = ways_.find(leads); found != ways_.end()) ++taken_[found->second];
    }
}

std::size_t traffic::entered(const std::string& state) const {
    const auto found = entered_.find(state);
    return found == entered_.end() ? 0 : found->second;
}

std::size_t traffic::taken(const std::string& state, const std::string& way) const {
    const auto found = taken_.find({state, way});
    return found == taken_.end() ? 0 : found->second;
}

picture draw(const program& of, const picture_options& how) {
    return drawing{of, how}.run();
}

}  // namespace tertulia::dialogs
