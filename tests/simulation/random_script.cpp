#include "tests/simulation/random_script.hpp"

#include "tests/unit/dialogs/script/sources.hpp"

#include <array>
#include <string>

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
constexpr std::array return_words{"ok", "refused", "later"};

class writer {
public:
    explicit writer(std::uint64_t seed) : chance_{seed} {}

    dialogs::script_sources write() {
        auto from = dialogs::testing_sources::basic();
        messages_ = from.messages.front().text;
        const auto count = 1 + chance_.below(5);
        for (std::uint64_t i = 0; i < count; ++i) dialogs_.push_back("d" + std::to_string(i));
        for (const auto& name : dialogs_) {
            from.dialogs.push_back({"dialogs/" + name + ".yaml", dialog(name)});
        }
        from.messages.front().text = messages_;
        return from;
    }

private:
    std::string dialog(const std::string& name) {
        name_ = name;
        verified_ = chance_.one_in(3);
        states_.clear();
        const auto count = 1 + chance_.below(7);
        for (std::uint64_t i = 0; i < count; ++i) states_.push_back("s" + std::to_string(i));
        auto text =
            "dialog: " + name + "\nabout: Random.\nstarts_on: {words: [palabra" + name + "]}\n";
        if (verified_) text += "needs: verified\n";
        if (!verified_ && chance_.one_in(6)) text += "needs: known\n";
        if (chance_.one_in(2)) {
            text += "anywhere: true\n";
            if (chance_.one_in(2)) text += "back: true\n";
        }
        text += "begin: s0\nstates:\n";
        for (std::size_t i = 0; i < states_.size(); ++i) text += state(i);
        return text;
    }

    // Ahead more often than not, so that a fair share has no endless loop.
    std::string state_name(std::size_t from) {
        if (from + 1 < states_.size() && !chance_.one_in(6)) {
            return states_[from + 1 + chance_.below(states_.size() - from - 1)];
        }
        return chance_.any_of(states_);
    }

    std::string way(std::size_t from) {
        switch (chance_.below(6)) {
            case 0:
                return "end: true";
            case 1:
                return "return: "s + chance_.any_of(return_words);
            case 2:
                return "go: " + (chance_.one_in(2) ? chance_.any_of(dialogs_) : "menu"s);
            default:
                return from + 1 < states_.size() ? "go: " + state_name(from) : "end: true"s;
        }
    }

    std::string way_in_braces(std::size_t from) {
        return "{" + (chance_.one_in(3) ? "say: " + said() + ", " : ""s) + way(from) + "}";
    }

    // A message of its own, personal where that is allowed.
    std::string said() {
        const auto key = "m.k" + std::to_string(next_message_++);
        const auto personal = verified_ && chance_.one_in(2);
        messages_ += key + ": \"" +
                     (personal ? "Debe {loan.outstanding, money} el {loan.next.date, date}."s
                               : "Mensaje " + key) +
                     "\"\n";
        return key;
    }

    std::string condition() {
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
                    ", then: " + (chance_.one_in(2) ? "menu"s : state_name(from)) + "}\n";
        }
        return text;
    }

    std::string state(std::size_t at) {
        auto text = "  " + states_[at] + ":\n";
        switch (chance_.below(9)) {
            case 0:
                return text + "    say: [" + said() + ", " + said() + "]\n    " + way(at) + "\n";
            case 1:
            case 2:
            case 3: {
                const auto ask = said();
                return text + "    ask: " + ask + "\n" + choices(at, ask) + patience(at);
            }
            case 4:
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
                return text + "    call: " + chance_.any_of(dialogs_) + "\n    " + way(at) + "\n";
            default:
                if (chance_.one_in(3)) {
                    return text +
                           "    hand_over: {to: " + (chance_.one_in(2) ? "branch" : "support") +
                           ", because: tired}\n";
                }
                if (verified_) {
                    const auto ask = said();
                    return text + "    ask: " + ask +
                           "\n    choose_from: loans\n    label: " + said() +
                           "\n    keep_as: loan\n    " + way(at) + "\n" + patience(at);
                }
                return text + "    say: " + said() + "\n    " + way(at) + "\n";
        }
    }

    dice chance_;
    std::string messages_{};
    std::vector<std::string> dialogs_{};
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
