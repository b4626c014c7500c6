#include "dialogs/explain/explain.hpp"

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/migrate.hpp"
#include "dialogs/engine/waiting_state.hpp"
#include "dialogs/facts/fact_table.hpp"
#include "dialogs/graph/ways.hpp"
#include "dialogs/script/program.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <variant>

namespace tertulia::dialogs {
namespace {

// On one line: nothing an operator's terminal would obey.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char one : text) {
        const auto byte = static_cast<unsigned char>(one);
        out += byte < 0x20 || byte == 0x7f ? ' ' : one;
    }
    return out;
}

std::string percent(double confidence) {
    return std::to_string(static_cast<int>(confidence * 100 + 0.5)) + " %";
}

class explanation {
public:
    explanation(
        const script_set& scripts,
        const session& from,
        const event& what,
        const outcome& came,
        const step_trace& seen,
        texts quoted
    )
        : scripts_(scripts),
          script_(scripts.compiled()),
          migrated_(moved_to(scripts, from)),
          elsewhere_(!from.frames.empty() && from.script_set != scripts.short_version()),
          from_(migrated_ ? *migrated_ : from),
          what_(what),
          came_(came),
          seen_(seen),
          quoted_(quoted) {}

    std::vector<std::string> run() {
        moved();
        heard_what();
        matched();
        went();
        values();
        read();
        said();
        return std::move(lines_);
    }

private:
    void add(const char* label, const std::string& text) {
        std::string line = label;
        line.resize(10, ' ');
        lines_.push_back(line + text);
    }

    std::string quote(std::string_view text) const {
        if (quoted_ == texts::shown) return '"' + one_line(text) + '"';
        return std::to_string(utf16_length(text)) + " letters";
    }

    std::string name_of(const program_state& at) const {
        return script_.at(at.dialog).name + "." + at.name;
    }

    // The question that waited.
    const program_state* asked() const { return waiting_state(scripts_, from_); }

    void moved() {
        if (!elsewhere_) return;
        add("moved",
            migrated_ ? "to this version, as its migration says"
                      : "her version does not load any more: she starts again");
    }

    // ---- heard

    void heard_what() {
        if (const auto* timer = std::get_if<timer_fired>(&what_)) {
            add("heard", "nothing, for as long as the question waits (timer " + timer->name + ")");
        } else if (const auto* end = std::get_if<delivery_outcome>(&what_)) {
            add("heard", "what became of our message " + one_line(end->purpose));
        } else if (const auto* agent = std::get_if<agent_acted>(&what_)) {
            add("heard", "an agent: " + one_line(agent->action));
        } else if (const auto* news = std::get_if<happened>(&what_)) {
            add("heard", "of the institution: " + one_line(news->what));
        } else if (const auto* nudge = std::get_if<nudge_due>(&what_)) {
            const auto& due = nudge->what;
            add("heard",
                "a nudge: " + one_line(due.policy) + ", " + one_line(due.segment) + ", day " +
                    std::to_string(due.day));
        } else if (const auto* other = std::get_if<told>(&what_)) {
            if (const auto* act = std::get_if<case_act>(&other->what)) {
                add("heard", "a colleague: " + std::string{dialogs::name_of(act->what)} + " " + act->number);
            } else if (const auto* its = std::get_if<case_news>(&other->what)) {
                add("heard", "how case " + its->number + " stands");
            } else if (const auto* word = std::get_if<room_word>(&other->what)) {
                add("heard", "for meeting " + word->room + ": " +
                                 std::string{meetings::name_of(word->what.what.what)});
            } else if (const auto* room = std::get_if<room_says>(&other->what)) {
                add("heard", "of meeting " + room->room);
            } else {
                add("heard", "what became of the meeting she asked for");
            }
        } else {
            const auto& one = std::get<heard>(what_);
            add("heard", content(one));
        }
    }

    std::string content(const heard& one) const {
        if (one.secret) return "six digits, compared and erased";
        const auto& content = one.message.content;
        if (const auto* typed = std::get_if<typed_text>(&content)) {
            return "a text: " + quote(typed->text);
        }
        if (const auto* tap = std::get_if<tapped_choice>(&content)) {
            const auto id = read_choice_id(tap->id);
            if (!id) return "a tap on a button that is none of ours";
            return "a tap on " + std::string(id->pick) + " of " + std::string(id->dialog) + "." +
                   std::string(id->state);
        }
        if (const auto* media = std::get_if<received_media>(&content)) {
            return media->caption.empty() ? "a file"
                                          : "a file with a caption: " + quote(media->caption);
        }
        return "something without words";
    }

    std::string_view her_words() const {
        const auto* one = std::get_if<heard>(&what_);
        if (one == nullptr || one->secret) return {};
        if (const auto* typed = std::get_if<typed_text>(&one->message.content)) return typed->text;
        if (const auto* media = std::get_if<received_media>(&one->message.content)) {
            return media->caption;
        }
        return {};
    }

    // ---- matched

    void matched() {
        if (const auto* row = picked()) {
            const auto key = keyword_key(her_words());
            const bool word =
                !key.empty() && std::ranges::find(row->word_keys, key) != row->word_keys.end();
            add("matched",
                "choice " + row->pick + " of " + name_of(*asked()) +
                    (word ? ", by one of its words" : ""));
        } else if (const auto dialog = started()) {
            const auto& name = script_.at(*dialog).name;
            if (is_among(script_.by_word, keyword_key(her_words()), *dialog)) {
                add("matched", "a word that starts " + name);
            } else {
                add("matched",
                    "intent " + seen_.meant->intent + " (" + percent(seen_.meant->confidence) +
                        "), which starts " + name);
            }
        }
        guesses();
    }

    // What the intents made of it, where nothing was acted on.
    void guesses() {
        if (!seen_.meant || !seen_.meant->intent.empty()) return;
        std::string text = "no intent is sure enough";
        for (const auto& one : seen_.meant->alternatives) {
            text += ", " + one.intent + " " + percent(one.confidence);
        }
        add("guessed", text);
    }

    const choice_row* picked() const {
        const auto* question = asked();
        if (question == nullptr || seen_.followed.empty()) return nullptr;
        for (const auto& row : question->choices) {
            if (&row.then == seen_.followed.front()) return &row;
        }
        return nullptr;
    }

    static bool is_among(
        const text_map<started_dialogs>& of, const std::string& key, dialog_index dialog
    ) {
        const auto found = of.find(key);
        return found != of.end() && std::ranges::find(found->second, dialog) != found->second.end();
    }

    // The dialog her words began, of those that a word or an intent of hers may start.
    std::optional<dialog_index> started() const {
        if (her_words().empty()) return std::nullopt;
        for (const auto index : seen_.entered) {
            const auto dialog = script_.at(index).dialog;
            if (is_among(script_.by_word, keyword_key(her_words()), dialog)) return dialog;
            if (seen_.meant && is_among(script_.by_intent, seen_.meant->intent, dialog)) {
                return dialog;
            }
        }
        return std::nullopt;
    }

    // ---- decided

    void went() {
        std::string path;
        for (const auto index : seen_.entered) {
            if (!path.empty()) path += ", ";
            path += name_of(script_.at(index));
        }
        if (!path.empty()) add("entered", path);
        for (const auto* leads : seen_.followed) {
            for (const auto& state : script_.states) {
                for (const auto& way : all_ways_of(state)) {
                    if (way.leads != leads || way.name.empty()) continue;
                    add("took", "'" + way.name + "' of " + name_of(state));
                }
            }
        }
        const auto& frames = came_.next.frames;
        if (with_person(came_.next)) {
            add("waits", "with a person (" + one_line(came_.next.queue) + ")");
        } else if (waits_for_person(came_.next) && frames.empty()) {
            add("waits", "for a person (" + one_line(came_.next.queue) + ")");
        } else {
            add("waits",
                frames.empty() ? "nowhere: nothing is under way"
                               : "at " + frames.back().dialog + "." + frames.back().state);
        }
        if (came_.next.misses > 0) {
            add("misses", std::to_string(came_.next.misses) + " in a row not understood");
        }
    }

    // What became of values that were set, given or brought back; it may be hers.
    void values() {
        for (const auto& one : seen_.values) {
            std::string text = "answer." + one.name;
            if (one.text.empty()) {
                text += ": nothing";
            } else if (quoted_ == texts::shown) {
                text += ": " + one_line(one.text);
            } else {
                text += ": " + one.text.substr(0, one.text.find(':'));
            }
            const char* label = one.how == value_way::set     ? "set"
                                : one.how == value_way::given ? "gave"
                                                              : "brought";
            add(label, text + " (" + name_of(*one.at) + ")");
        }
    }

    void read() {
        std::string paths;
        for (const auto index : seen_.facts) {
            const auto fields = script_.known->fields();
            if (index >= fields.size()) continue;
            if (!paths.empty()) paths += ", ";
            paths += fields[index].path;
        }
        if (!paths.empty()) add("read", paths);
    }

    void said() {
        for (const auto& one : came_.effects) {
            if (const auto* say = std::get_if<send>(&one)) {
                std::string text = one_line(say->purpose);
                if (const auto* words = std::get_if<say_text>(&say->message.content)) {
                    text += ": " + quote(words->text);
                } else if (
                    const auto* by = std::get_if<say_template>(&say->message.content)) {
                    text += ": template " + by->name + " in " + by->language + ", " +
                            quote(by->text);
                }
                add("said", text);
            } else if (const auto* over = std::get_if<hand_over>(&one)) {
                add("handed", "over, because " + one_line(over->reason));
            } else if (const auto* kept = std::get_if<keep_record>(&one)) {
                add("kept", one_line(kept->kind));
            } else if (const auto* noted = std::get_if<note_case>(&one)) {
                add("case", noted->as_is.number + " " + one_line(noted->what));
            } else if (const auto* sent = std::get_if<send_application>(&one)) {
                add("sent", "application " + one_line(sent->number));
            } else if (const auto* referral = std::get_if<note_referral>(&one)) {
                add("referral", one_line(referral->what));
            } else if (const auto* nudge = std::get_if<note_nudge>(&one)) {
                add("nudge", in_words(nudge->verdict));
            } else if (const auto* contact = std::get_if<contact_had>(&one)) {
                add("contact", one_line(contact->about));
            }
        }
    }

    const script_set& scripts_;
    const program& script_;
    std::optional<session> migrated_;
    bool elsewhere_;  // a talk was under way on another version
    const session& from_;
    const event& what_;
    const outcome& came_;
    const step_trace& seen_;
    texts quoted_;
    std::vector<std::string> lines_{};
};

}  // namespace

std::vector<std::string> explain(
    const script_set& scripts,
    const session& from,
    const event& what,
    const outcome& came,
    const step_trace& seen,
    texts quoted
) {
    return explanation{scripts, from, what, came, seen, quoted}.run();
}

}  // namespace tertulia::dialogs
