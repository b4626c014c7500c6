#include "tests/simulation/random_script.hpp"

#include "tests/talks/sources.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::simulation {
namespace {

using namespace std::string_literals;

constexpr std::array conditions{
    "loans.count > 1",
    "has(loan.overdue) && loan.overdue > 100.50",
    "person.opted_out",
    "client.archetype in ['nascent', 'emerger']",
    "!person.welcomed",
    "loans.count == 0 ? true : false",
    "today - loan.next.date == 3",
    "1 / 0 == 1",
    "loan.outstanding * 1000000000 > 5",
};
constexpr std::array open_conditions{
    "person.opted_out",
    "person.welcomed",
    "!person.welcomed || person.opted_out",
    "1 / 0 == 1",
};
constexpr std::array durations{"1 min", "30 min", "2 h", "3 days", "30 days"};
constexpr std::array short_times{"1 min", "20 min", "2 h", "9 h"};
constexpr std::array return_words{"ok", "refused", "later"};

// What every script keeps somewhere, so that any dialog may speak of it: by name its kind, how a
// message tells it, and what it may be set to. Some of it cannot be computed, which must be no
// matter.
struct kept {
    const char* name;
    const char* kind;
    const char* told;
    std::array<const char*, 5> made_of;
};
constexpr std::array<kept, 5> open_names{{
    {"n0",
     "number",
     "{answer.n0}",
     {"1",
      "has(answer.n0) ? answer.n0 * 9 + 1 : 2",
      "answer.n0 * 9223372036854775807",
      "7 / (answer.n0 - answer.n0)",
      "size(answer.t0)"}},
    {"m0",
     "amount",
     "{answer.m0, money}",
     {"answer.m0 * 1000000000",
      "answer.m0 / answer.n0",
      "-answer.m0",
      "answer.m0 + answer.m0",
      "answer.b0 ? answer.m0 : answer.m0 * 2"}},
    {"d0",
     "date",
     "{answer.d0, date}",
     {"today", "today + answer.n0", "answer.d0 - 366000", "answer.d0 + 1", "today - 30000"}},
    {"t0",
     "text",
     "{answer.t0}",
     {"'voz'", "''", "channel.name", "answer.b0 ? answer.t0 : institution.name", "answer.t0"}},
    {"b0",
     "yes_no",
     "{answer.b0, select, true {sí} other {no} missing {nada}}",
     {"true",
      "answer.n0 > 3",
      "has(answer.d0) && answer.d0 > today",
      "answer.m0 >= 100.50",
      "answer.t0 in ['voz', '1']"}},
}};
// Made of what is hers alone: for dialogs that are sure who she is.
constexpr kept her_own{
    "p0",
    "amount",
    "{answer.p0, money}",
    {"loan.outstanding / 5",
     "loan.outstanding",
     "has(loan.overdue) ? loan.overdue : answer.p0",
     "answer.p0 * 1000000000",
     "loan.outstanding / loans.count"}};

// A name of each, asked for and set once, so that all have their type.
constexpr const char* keeper = R"(dialog: keeper
about: Keeps every name there is.
starts_on: {words: [guardar], entry_codes: [CODIGO1], referral: ["77"]}
begin: n0
states:
  n0: {ask: m.n0, expect: number, keep_as: n0, go: m0}
  m0: {ask: m.m0, expect: amount, keep_as: m0, allow: "answer.m0 > 10", otherwise: m.no, go: d0}
  d0: {ask: m.d0, expect: [date, day], keep_as: d0, example: m.no, go: t0}
  t0: {ask: m.t0, expect: [text, voice_note], keep_as: t0, optional: true, help: m.no, go: b0}
  b0: {ask: m.b0, expect: yes_no, keep_as: b0, when: {yes: {end: true}, no: n0}}
)";
constexpr const char* her_keeper = R"(dialog: her_keeper
about: Keeps what is hers.
starts_on: {words: [miguarda]}
needs: verified
begin: p0
states:
  p0: {set: {p0: "loan.outstanding / 5"}, go: tell}
  tell: {say: m.p0, end: true}
)";
constexpr const char* keeper_messages = R"(common.corrected: "Corregido."
common.go_on: "Seguimos."
m.n0: "¿Cuántos?"
m.m0: "¿Cuánto?"
m.d0: "¿Qué día?"
m.t0: "¿Qué?"
m.t0.skip: "Nada"
m.b0: "¿Sí o no?"
m.no: "Así no."
m.p0: "Son {answer.p0, money}."
)";

class writer {
public:
    explicit writer(std::uint64_t seed) : chance_{seed} {}

    dialogs::script_sources write() {
        auto from = dialogs::testing_sources::basic();
        messages_ = from.messages.front().text + keeper_messages;
        from.dialogs.push_back({"dialogs/keeper.yaml", keeper});
        from.dialogs.push_back({"dialogs/her_keeper.yaml", her_keeper});
        const auto count = 1 + chance_.below(5);
        for (std::uint64_t i = 0; i < count; ++i) dialogs_.push_back("d" + std::to_string(i));
        for (auto more = chance_.below(4); more > 0; --more) plan();
        for (const auto& name : dialogs_) {
            from.dialogs.push_back({"dialogs/" + name + ".yaml", dialog(name)});
        }
        for (std::size_t i = 0; i < called_.size(); ++i) {
            from.dialogs.push_back({"dialogs/" + called_[i].name + ".yaml", called(i)});
        }
        if (chance_.one_in(2)) {
            from.dialogs.push_back({"dialogs/f0.yaml", form()});
        }
        from.messages.front().text = messages_;
        return from;
    }

private:
    // A dialog that only a call begins: what it takes, and which names it surely keeps.
    struct plan_of_called {
        std::string name{};
        bool verified{};
        std::vector<std::size_t> takes{};  // of that kind: indexes of open_names
        std::vector<std::size_t> keeps{};
    };

    void plan() {
        plan_of_called made{.name = "c" + std::to_string(called_.size())};
        made.verified = chance_.one_in(4);
        for (auto n = 1 + chance_.below(3); n > 0; --n) {
            made.takes.push_back(chance_.below(open_names.size()));
        }
        for (auto n = chance_.below(3); n > 0; --n) {
            made.keeps.push_back(chance_.below(open_names.size()));
        }
        called_.push_back(std::move(made));
    }

    static std::string parameter(const plan_of_called& of, std::size_t at) {
        return of.name + "_" + std::to_string(at);
    }

    void begin_dialog(const std::string& name, bool verified) {
        name_ = name;
        verified_ = verified;
        states_.clear();
        const auto count = 1 + chance_.below(7);
        for (std::uint64_t i = 0; i < count; ++i) states_.push_back("s" + std::to_string(i));
    }

    std::string dialog(const std::string& name) {
        begin_dialog(name, chance_.one_in(3));
        calls_from_ = 0;
        auto text =
            "dialog: " + name + "\nabout: Random.\nstarts_on: {words: [palabra" + name + "]";
        if (chance_.one_in(4)) text += ", entry_codes: [COD" + name + "]";
        if (chance_.one_in(4)) text += ", referral: [\"7" + name + "\"]";
        if (chance_.one_in(4)) text += ", when: \""s + chance_.any_of(open_conditions) + "\"";
        if (chance_.one_in(4)) text += ", priority: " + std::to_string(chance_.below(200));
        const bool happens = chance_.one_in(4);
        if (happens) text += ", events: [payment_received]";
        text += "}\n";
        if (verified_) text += "needs: verified\n";
        if (!verified_ && chance_.one_in(6)) text += "needs: known\n";
        if (chance_.one_in(2) || happens) {
            text += "anywhere: true\n";
            if (chance_.one_in(2) || happens) text += "back: true\n";
        }
        text += "begin: s0\nstates:\n";
        for (std::size_t i = 0; i < states_.size(); ++i) text += state(i);
        return text;
    }

    // It goes ahead and returns, so that a call of it is seldom refused.
    std::string called(std::size_t at) {
        const auto& plan = called_[at];
        begin_dialog(plan.name, plan.verified);
        calls_from_ = at + 1;
        auto text = "dialog: " + plan.name + "\nabout: Called.\ntakes: {";
        for (std::size_t i = 0; i < plan.takes.size(); ++i) {
            text +=
                (i > 0 ? ", " : "") + parameter(plan, i) + ": " + open_names[plan.takes[i]].kind;
        }
        text += "}\n";
        if (verified_) text += "needs: verified\n";
        text += "begin: keep\nstates:\n";
        if (plan.keeps.empty()) {
            text += "  keep: {ask: m.n0, expect: number, keep_as: n0, go: s0}\n";
        } else {
            std::string all;
            for (std::size_t i = 0; i < plan.keeps.size(); ++i) {
                const auto& one = open_names[plan.keeps[i]];
                const auto again = std::find(
                    plan.keeps.begin(),
                    plan.keeps.begin() + static_cast<std::ptrdiff_t>(i),
                    plan.keeps[i]
                );
                if (again == plan.keeps.begin() + static_cast<std::ptrdiff_t>(i)) {
                    all += (all.empty() ? ""s : ", "s) + one.name + ": " + value_for(one.kind);
                }
            }
            text += "  keep: {set: {" + all + "}, go: s0}\n";
        }
        inside_ = true;
        for (std::size_t i = 0; i < states_.size(); ++i) text += state(i);
        inside_ = false;
        return text;
    }

    // Of the dialog at hand, if it is one of those.
    [[nodiscard]] const plan_of_called* plan_at_hand() const {
        const auto found = std::find_if(called_.begin(), called_.end(), [&](const auto& one) {
            return one.name == name_;
        });
        return found == called_.end() ? nullptr : &*found;
    }

    // An expression of that kind; also of what a called dialog was given.
    std::string value_for(std::string_view kind) {
        if (const auto* plan = plan_at_hand(); plan != nullptr && !plan->verified) {
            for (std::size_t i = 0; i < plan->takes.size(); ++i) {
                if (open_names[plan->takes[i]].kind != kind || chance_.one_in(2)) continue;
                return "answer." + parameter(*plan, i);
            }
        }
        for (const auto& one : open_names) {
            if (one.kind == kind) return "\""s + chance_.any_of(one.made_of) + "\"";
        }
        return "1";
    }

    std::string call(std::size_t from) {
        if (calls_from_ >= called_.size() || (!inside_ && chance_.one_in(3))) {
            return "    call: " + chance_.any_of(dialogs_) + "\n    " + way(from) + "\n";
        }
        const auto& plan = called_[calls_from_ + chance_.below(called_.size() - calls_from_)];
        auto text = "    call: " + plan.name + "\n    with: {";
        for (std::size_t i = 0; i < plan.takes.size(); ++i) {
            const std::string_view kind = open_names[plan.takes[i]].kind;
            const bool hers = verified_ && plan.verified && kind == "amount" && chance_.one_in(2);
            text += (i > 0 ? ", " : "") + parameter(plan, i) + ": " +
                    (hers ? "\""s + chance_.any_of(her_own.made_of) + "\"" : value_for(kind));
        }
        text += "}\n";
        if (!plan.keeps.empty() && !chance_.one_in(3)) {
            const std::string name = open_names[plan.keeps.front()].name;
            text += chance_.one_in(2) ? "    bring_back: [" + name + "]\n"
                                      : "    bring_back: {" + name + ": " + name + "}\n";
        }
        return text + "    " + way(from) + "\n";
    }

    // Ahead more often than not, so that a fair share has no endless loop.
    std::string state_name(std::size_t from) {
        if (from + 1 < states_.size() && (inside_ || !chance_.one_in(6))) {
            return states_[from + 1 + chance_.below(states_.size() - from - 1)];
        }
        return chance_.any_of(states_);
    }

    std::string way(std::size_t from) {
        const auto at_its_end = [&] {
            return inside_ ? "return: "s + chance_.any_of(return_words) : "end: true"s;
        };
        switch (chance_.below(6)) {
            case 0:
                return at_its_end();
            case 1:
                return "return: "s + chance_.any_of(return_words);
            case 2:
                if (inside_) return at_its_end();
                return "go: " + (chance_.one_in(2) ? chance_.any_of(dialogs_) : "menu"s);
            default:
                return from + 1 < states_.size() ? "go: " + state_name(from) : at_its_end();
        }
    }

    std::string way_in_braces(std::size_t from) {
        return "{" + (chance_.one_in(3) ? "say: " + said() + ", " : ""s) + way(from) + "}";
    }

    std::string new_key() { return "m.k" + std::to_string(next_message_++); }

    // A message of its own, personal where that is allowed.
    std::string said() {
        const auto key = new_key();
        const auto personal = verified_ && chance_.one_in(2);
        std::string text = "Mensaje " + key;
        if (personal) {
            text = chance_.one_in(2) ? "Debe {loan.outstanding, money} el {loan.next.date, date}."s
                                     : "Suyo: "s + her_own.told;
        } else if (const auto* plan = plan_at_hand(); plan != nullptr && chance_.one_in(2)) {
            const auto at = chance_.below(plan->takes.size());
            const auto& like = open_names[plan->takes[at]];
            text = like.told;
            text.replace(text.find(like.name), std::string{like.name}.size(), parameter(*plan, at));
            text = "Dado: " + text;  // which may be nothing, and a text never is
        } else if (chance_.one_in(3)) {
            text = "Es "s + chance_.any_of(open_names).told + ".";
        }
        messages_ += key + ": \"" + text + "\"\n";
        return key;
    }

    std::string says() {
        if (!chance_.one_in(4)) return said();
        return "{one_of: [" + said() + ", " + said() + "]}";
    }

    std::string condition() {
        if (chance_.one_in(3)) return value_for("yes_no");
        return "\""s + (verified_ ? chance_.any_of(conditions) : chance_.any_of(open_conditions)) +
               "\"";
    }

    std::string choices(std::size_t from, const std::string& ask) {
        std::string text = "    choices:\n";
        const auto count = 1 + chance_.below(chance_.one_in(5) ? 10 : 4);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto pick = "p" + std::to_string(i);
            messages_ += ask + "." + pick + ": \"Opción " + std::to_string(i) + "\"\n";
            text += "      - {pick: " + pick + ", " + way(from);
            if (i > 0 && chance_.one_in(4)) text += ", when: " + condition();
            if (chance_.one_in(4)) text += ", words: [voz" + std::to_string(i) + "]";
            text += "}\n";
        }
        if (chance_.one_in(4)) text += "    keep_as: t0\n";
        return text;
    }

    std::string patience(std::size_t from) {
        std::string text;
        if (chance_.one_in(2)) {
            text +=
                "    if_silent: {after: "s + chance_.any_of(durations) + ", " + way(from) + "}\n";
        }
        if (chance_.one_in(3)) {
            text += "    if_unclear: {tries: " + std::to_string(1 + chance_.below(4)) +
                    ", then: " + (chance_.one_in(2) && !inside_ ? "menu"s : state_name(from)) +
                    "}\n";
        }
        return text;
    }

    std::string typed(std::size_t from) {
        const auto ask = new_key();
        messages_ += ask + ": \"¿Y?\"\n";
        const auto& name = chance_.any_of(open_names);
        auto text =
            "    ask: " + ask + "\n    expect: " + name.kind + "\n    keep_as: " + name.name + "\n";
        if (chance_.one_in(4)) {
            text += "    allow: " + value_for("yes_no") + "\n    otherwise: " + said() + "\n";
        }
        if (chance_.one_in(4)) text += "    example: " + said() + "\n";
        if (chance_.one_in(4)) text += "    help: " + said() + "\n";
        if (chance_.one_in(4)) {
            text += "    optional: true\n";
            messages_ += ask + ".skip: \"Ninguno\"\n";
        }
        if (name.kind == "yes_no"s && chance_.one_in(2)) {
            text +=
                "    when: {yes: " + way_in_braces(from) + ", no: " + way_in_braces(from) + "}\n";
        } else {
            text += "    " + way(from) + "\n";
        }
        return text + patience(from);
    }

    std::string set(std::size_t from) {
        std::string all;
        std::array<bool, open_names.size()> done{};
        for (auto n = 1 + chance_.below(3); n > 0; --n) {
            const auto at = chance_.below(open_names.size());
            if (std::exchange(done.at(at), true)) continue;
            all += (all.empty() ? ""s : ", "s) + open_names[at].name + ": " +
                   value_for(open_names[at].kind);
        }
        if (verified_ && chance_.one_in(3)) {
            all += ", "s + her_own.name + ": \"" + chance_.any_of(her_own.made_of) + "\"";
        }
        return "    set: {" + all + "}\n    " + way(from) + "\n";
    }

    std::string later(std::size_t from) {
        const std::string for_a_while = chance_.any_of(short_times);
        switch (chance_.below(4)) {
            case 0:
                return "    wait: {for: " + for_a_while + "}\n" +
                       (chance_.one_in(2) ? "    if_she_writes: " + state_name(from) + "\n" : ""s) +
                       "    " + way(from) + "\n";
            case 1:
                // What may come after a day needs a text for SMS, which nothing here has.
                return "    wait: {on: "s + (chance_.one_in(2) ? "answer.d0" : "\"today + 1\"") +
                       "}\n    " + (inside_ ? "return: ok" : "end: true") + "\n";
            case 2:
                return "    cancel_scheduled: " + chance_.any_of(dialogs_) + "\n    " + way(from) +
                       "\n";
            default:
                return "    schedule: {after: " + for_a_while +
                       ", begin: " + chance_.any_of(dialogs_) + "}\n    " + way(from) + "\n";
        }
    }

    std::string state(std::size_t at) {
        auto text = "  " + states_[at] + ":\n";
        switch (chance_.below(14)) {
            case 0:
                return text + "    say: [" + says() + ", " + said() + "]\n    " + way(at) + "\n";
            case 1:
            case 2:
            case 3: {
                const auto ask = said();
                return text + "    ask: " + ask + "\n" + choices(at, ask) + patience(at);
            }
            case 4:
                if (!verified_) return text + typed(at);
                text += "    look_up: loans\n    when:\n";
                for (const auto* outcome : {"one", "several", "none", "stale", "down"}) {
                    text += "      "s + outcome + ": " + way_in_braces(at) + "\n";
                }
                return text;
            case 5:
                text += "    branch:\n";
                for (std::uint64_t i = chance_.below(3); i > 0; --i) {
                    text += "      - {when: " + condition() + ", " + way(at) + "}\n";
                }
                return text + "      - {otherwise: true, " + way(at) + "}\n";
            case 6:
                return text + "    set: {" +
                       (chance_.one_in(3)   ? "opted_out: true"s
                        : chance_.one_in(2) ? "welcomed: true"s
                                            : "language: es"s) +
                       "}\n    " + way(at) + "\n";
            case 7:
            case 8:
                return text + call(at);
            case 9:
            case 10:
                return text + set(at);
            case 11:
                return text + typed(at);
            case 12:
                return text + later(at);
            default:
                if (chance_.one_in(3)) {
                    return text +
                           "    hand_over: {to: " + (chance_.one_in(2) ? "branch" : "support") +
                           ", because: tired" +
                           (chance_.one_in(2) ? ", if_silent: {after: 2 h, " + way(at) + "}" : ""s
                           ) +
                           "}\n";
                }
                if (verified_) {
                    const auto ask = said();
                    return text + "    ask: " + ask +
                           "\n    choose_from: loans\n    label: " + said() +
                           "\n    keep_as: loan\n    " + way(at) + "\n" + patience(at);
                }
                return text + "    say: " + says() + "\n    " + way(at) + "\n";
        }
    }

    std::string form() {
        name_ = "f0";
        verified_ = false;
        std::string text = "dialog: f0\nabout: A form.\nstarts_on: {words: [formulario]}\n";
        if (chance_.one_in(2)) text += "opening: m.no\n";
        if (chance_.one_in(2)) {
            text += "keep_for: 60 days\nresume: f0.resume\nkept: m.no\n";
            messages_ +=
                "f0.resume: \"¿Seguimos?\"\nf0.resume.go_on: Seguir\n"
                "f0.resume.anew: \"De nuevo\"\n";
        }
        if (chance_.one_in(2)) text += "if_silent: {after: 30 min, end: true}\n";
        text += "form:\n";
        const auto count = 1 + chance_.below(4);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto field = "f" + std::to_string(i);
            const auto& kind = chance_.any_of(open_names);
            messages_ += "f0." + field + ": \"¿Y?\"\nf0." + field + ".label: \"Campo " + field +
                         "\"\nf0." + field + ".skip: \"Ninguno\"\n";
            text += "  - {field: " + field + ", ask: f0." + field + ", expect: " + kind.kind;
            if (chance_.one_in(3)) text += ", optional: true";
            if (i > 0 && chance_.one_in(3)) text += ", skip_if: \"has(answer.f0)\"";
            text += "}\n";
        }
        if (chance_.one_in(2)) {
            text += "review: f0.review\n";
            messages_ += "f0.review: \"Esto:\"\nf0.review.confirm: \"Bien\"\n";
        }
        return text + "then: {say: m.no, " + (chance_.one_in(2) ? "end: true" : "go: d0") + "}\n";
    }

    dice chance_;
    std::string messages_{};
    std::vector<std::string> dialogs_{};
    std::vector<plan_of_called> called_{};
    std::size_t calls_from_{};  // of called_: those the dialog at hand may call
    bool inside_{};             // the dialog at hand is called: it only goes ahead and returns
    std::vector<std::string> states_{};
    std::string name_{};
    bool verified_{};
    std::uint64_t next_message_{};
};

}  // namespace

dialogs::script_sources random_sources(std::uint64_t seed) {
    return writer{seed}.write();
}

}  // namespace tertulia::simulation
