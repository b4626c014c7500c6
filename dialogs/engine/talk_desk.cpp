// A colleague's desk in her own conversation: clients' cases are brought to her here, and what she
// writes goes to the client whose case she is in. The words are operators' messages (desk.…); the
// flow is here and in no dialog, since several cases lie on a desk at once, each at a point of its own.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::dialogs {
namespace {

using namespace std::string_view_literals;

constexpr milliseconds rest = std::chrono::hours{1};  // of a case put aside

// What she may do at her desk, as buttons and messages name it: desk.take…
constexpr std::array all_buttons{
    "take"sv, "note"sv, "snooze"sv, "resolve"sv, "give_back"sv, "go_to"sv, "confirm"sv};
constexpr std::array on_a_card{"take"sv, "note"sv, "snooze"sv};
constexpr std::array once_taken{"resolve"sv, "give_back"sv, "note"sv};
constexpr std::array taken_to_confirm{"confirm"sv, "give_back"sv, "note"sv};
constexpr std::array ways_to_confirm{seen_in_person, called_back};
constexpr std::array from_another{"go_to"sv};

using buttons = std::span<const std::string_view>;

buttons taken_of(const told_case& of) {
    return of.kind == confirm_kind ? buttons{taken_to_confirm} : buttons{once_taken};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& one : lines) all += (all.empty() ? "" : "\n") + one;
    return all;
}

bool is_number_of_case(std::string_view text) noexcept {
    const auto dash = text.find('-');
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.size() < 20 && std::ranges::all_of(part, [](char one) {
            return one >= '0' && one <= '9';
        });
    };
    return dash != std::string_view::npos && digits(text.substr(0, dash)) &&
           digits(text.substr(dash + 1));
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr auto blanks = " \t\n\r:,.#"sv;
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

}  // namespace

bool talk::works_here() {
    if (!known_.staff) return false;
    read_ |= read_desk;
    return true;
}

// ---- what lies there

desk_case* talk::at_desk(std::string_view number) {
    const auto found = std::ranges::find(next.desk.cases, number, &desk_case::number);
    return found == next.desk.cases.end() ? nullptr : &*found;
}

void talk::forget_at_desk(std::string_view number) {
    auto& mine = next.desk;
    std::erase_if(mine.cases, [&](const desk_case& one) { return one.number == number; });
    if (mine.awaits_for == number) mine.awaits = mine.awaits_for = std::string{};
    if (mine.at != number) return;
    mine.at.clear();
    for (const auto& one : mine.cases) {
        if (one.taken) mine.at = one.number;
    }
}

void talk::speak_of(const desk_case& of) {
    told_case_ = {};
    told_case_.number = of.number;
    told_case_.kind = of.kind;
    told_case_.about = words_of_name("case.kind.", of.kind);
    told_case_.client = of.client_name;
    tells_other_case_ = true;
}

void talk::say_at_desk(std::string_view key, std::span<const std::string_view> buttons) {
    const auto what = script.words->find(std::string{key});
    if (!what || silent) return;
    say_text content{};
    content.text = words(*what);
    for (const auto pick : buttons) {
        const auto title = script.words->find("desk." + std::string{pick});
        if (!title) continue;
        content.choices.push_back(
            {.id = to_text(choice_id{
                 .set = set_of(set_),
                 .dialog = desk_buttons,
                 .state = told_case_.number,
                 .pick = pick}),
             .title = words(*title),
             .description = {}}
        );
    }
    send_text(*what, std::move(content));
}

// ---- what she is told

bool talk::told_of_case(const case_news& what, party_id by) {
    if (!works_here()) return false;
    unbidden = true;
    if (next.language.empty()) next.language = script.house.languages.front();
    start_where_she_wants();
    write_to_number(known_.staff->phone);
    auto* mine = at_desk(what.number);
    if (mine == nullptr && what.what != case_report::gone && what.what != case_report::over) {
        auto& all = next.desk.cases;
        if (all.size() >= desk_cases_max) {
            auto oldest = std::ranges::find(all, false, &desk_case::taken);
            all.erase(oldest == all.end() ? all.begin() : oldest);
        }
        all.push_back({.number = what.number, .client = by, .kind = what.kind});
        mine = &all.back();
    }
    if (mine != nullptr) {
        mine->at = next.now;
        if (by.value != 0) mine->client = by;
        if (!what.client_name.empty()) mine->client_name = what.client_name;
    }
    speak_of(mine != nullptr ? *mine : desk_case{.number = what.number});
    told_case_.category = words_of_name("case.category.", what.category);
    told_case_.words = joined(what.words);
    told_case_.arrears = what.arrears;
    told_case_.officer = what.holder_name;
    if (what.due != instant{}) told_case_.due = what.due;
    told_case_.late = what.what == case_report::late;
    const bool offers = what.what == case_report::offered || what.what == case_report::late ||
                        what.what == case_report::again;
    silent = next.wishes.opted_out && offers;
    switch (what.what) {
        case case_report::offered:
            say_at_desk("desk.card", on_a_card);
            break;
        case case_report::late:
            say_at_desk("desk.late", on_a_card);
            break;
        case case_report::again:
            say_at_desk("desk.again", on_a_card);
            break;
        case case_report::taken:
            mine->taken = true;
            next.desk.at = what.number;
            next.desk.as_client = false;
            next.desk.awaits = next.desk.awaits_for = std::string{};
            say_at_desk("desk.taken", taken_of(told_case_));
            show_sent(what.media);
            break;
        case case_report::wrote:
            mine->taken = true;
            if (next.desk.at.empty()) next.desk.at = what.number;
            say_at_desk(
                "desk.wrote",
                next.desk.at == what.number ? std::span<const std::string_view>{}
                                            : std::span<const std::string_view>{from_another}
            );
            show_sent(what.media);
            break;
        case case_report::given_back:
            say_at_desk("desk.given_back");
            if (what.due != instant{}) {  // there is still an answer to be given
                mine->taken = false;
                if (next.desk.at == what.number) next.desk.at.clear();
            } else {
                forget_at_desk(what.number);
            }
            break;
        case case_report::noted:
            say_at_desk("desk.noted");
            break;
        case case_report::rests:
            say_at_desk("desk.rests");
            break;
        case case_report::resolved:
            say_at_desk("desk.resolved");
            forget_at_desk(what.number);
            break;
        case case_report::said:
            break;
        case case_report::has_another:
            say_at_desk("desk.has_another");
            forget_at_desk(what.number);
            break;
        case case_report::busy:
            say_at_desk("desk.busy");
            break;
        case case_report::not_hers:
            say_at_desk("desk.not_hers");
            forget_at_desk(what.number);
            break;
        case case_report::over:
            say_at_desk("desk.over");
            forget_at_desk(what.number);
            break;
        case case_report::unreachable:
            say_at_desk("desk.unreachable");
            break;
        case case_report::confirmed:
            say_at_desk("desk.confirmed");
            forget_at_desk(what.number);
            break;
        case case_report::nothing_to_confirm:
            say_at_desk("desk.nothing_to_confirm");
            break;
        case case_report::gone:
            forget_at_desk(what.number);
            break;
    }
    tells_other_case_ = false;
    return false;
}

// ---- what she does

void talk::do_at_desk(case_deed what, std::string_view number, std::string text) {
    const auto* of = at_desk(number);
    if (of == nullptr) {
        speak_of({.number = std::string{number}});
        say_at_desk("desk.over");
        return;
    }
    effects.emplace_back(tell{
        .to = {.party = of->client},
        .what = case_act{
            .number = of->number,
            .what = what,
            .by = {.id = known_.staff->id, .name = known_.staff->name, .party = {}},
            .text = std::move(text),
            .rest = what == case_deed::snooze ? rest : milliseconds{}}});
}

bool talk::button_at_desk(std::string_view pick, std::string_view number) {
    auto& mine = next.desk;
    mine.awaits = mine.awaits_for = std::string{};
    mine.as_client = false;
    const auto* of = at_desk(number);
    if (of == nullptr) {
        speak_of({.number = std::string{number}});
        say_at_desk("desk.over");
    } else if (pick == "note" || pick == "resolve") {
        mine.awaits = pick;
        mine.awaits_for = number;
        speak_of(*of);
        say_at_desk(pick == "note" ? "desk.note_now" : "desk.answer_now");
    } else if (pick == "confirm") {
        ask_how_confirmed(*of);
    } else if (is_way_to_confirm(pick)) {
        do_at_desk(case_deed::confirm, number, std::string{pick});
    } else if (pick == "go_to") {
        if (of->taken) mine.at = number;
        speak_of(*of);
        say_at_desk(of->taken ? "desk.switched" : "desk.card", of->taken ? taken_of(told_case_) : buttons{on_a_card});
    } else if (const auto deed = parse_case_deed(pick)) {
        do_at_desk(*deed, number);
    }
    tells_other_case_ = false;
    return true;
}

void talk::ask_how_confirmed(const desk_case& of) {
    speak_of(of);
    if (of.kind != confirm_kind) {
        say_at_desk("desk.nothing_to_confirm");
        return;
    }
    next.desk.awaits = "confirm";
    next.desk.awaits_for = of.number;
    say_at_desk("desk.confirm_how", ways_to_confirm);
}

// "en persona", "llamada" or the number of one of them; nothing: neither.
std::optional<std::string_view> talk::way_to_confirm(std::string_view text) {
    std::vector<choice_words> ways;
    for (const auto way : ways_to_confirm) {
        const auto title = script.words->find("desk." + std::string{way});
        ways.push_back({.title = title ? words(*title) : std::string{way}, .words = {}});
    }
    const auto picked = match_choice(text, ways);
    return picked ? std::optional{ways_to_confirm[*picked]} : std::nullopt;
}

void talk::list_desk() {
    auto& mine = next.desk;
    mine.as_client = false;
    if (mine.cases.empty()) {
        say_at_desk("desk.none");
        return;
    }
    std::vector<std::string> rows;
    if (const auto row = script.words->find("desk.row")) {
        for (const auto& one : mine.cases) {
            speak_of(one);
            told_case_.state = one.taken ? "taken" : "open";
            rows.push_back(words(*row));
        }
    }
    told_case_ = {};
    told_case_.words = joined(rows);
    tells_other_case_ = true;
    say_at_desk("desk.list");
    tells_other_case_ = false;
}

// A word of the desk: "cliente", "casos", a case's number, or what a button says, with the number of
// a case after it where it is not the one she is in, and her words: "nota 17-1: ya la llamé".
bool talk::command(std::string_view text) {
    const auto all = trimmed(text);
    const auto key = keyword_key(all);
    const auto is = [&](std::string_view name) {
        const auto found = script.words->find("desk." + std::string{name});
        return found && keyword_key(words(*found)) == key;
    };
    if (key.empty()) return false;
    if (is("word_client")) {
        next.desk.as_client = true;
        say_at_desk("desk.as_client");
        return true;
    }
    if (is("word_desk")) {
        list_desk();
        return true;
    }
    if (wishes_for_meeting(text)) return true;
    if (next.desk.cases.empty()) return false;
    if (is_number_of_case(all)) return button_at_desk("go_to", all);
    for (const auto name : all_buttons) {
        const auto found = script.words->find("desk." + std::string{name});
        if (!found || name == "go_to") continue;
        const auto title = words(*found);
        const auto word = keyword_key(title);
        if (key == word) {
            // The case she is in, or the one she heard of last.
            const auto& mine = next.desk;
            return button_at_desk(name, mine.at.empty() ? mine.cases.back().number : mine.at);
        }
        if (all.size() <= title.size()) continue;
        if (keyword_key(all.substr(0, title.size())) != word) continue;
        const auto after = trimmed(all.substr(title.size()));
        const auto number = after.substr(0, after.find_first_of(" :,\n"));
        if (!is_number_of_case(number)) continue;
        const auto said = trimmed(after.substr(number.size()));
        if (said.empty()) return button_at_desk(name, number);
        if (name == "confirm") {
            const auto way = way_to_confirm(said);
            return button_at_desk(way ? *way : name, number);
        }
        if (const auto deed = parse_case_deed(name)) {
            do_at_desk(*deed, number, std::string{said});
            return true;
        }
    }
    return false;
}

bool talk::heard_at_desk(const inbound_content& what, std::string_view text) {
    if (!works_here()) return false;
    auto& mine = next.desk;
    if (const auto* tap = std::get_if<tapped_choice>(&what)) {
        const auto id = read_choice_id(tap->id);
        if (id && id->dialog == desk_buttons) {
            if (tapped_group_to_meet(id->pick, id->state)) return true;
            if (is_number_of_case(id->state)) return button_at_desk(id->pick, id->state);
        }
    }
    const bool typed = std::holds_alternative<typed_text>(what);
    if (typed && command(text)) return true;
    if (mine.as_client) return false;
    if (typed && mine.awaits == "confirm") {
        const auto number = mine.awaits_for;
        const auto way = way_to_confirm(text);
        return button_at_desk(way ? *way : "confirm"sv, number);
    }
    if (typed && !mine.awaits.empty()) {
        const auto deed = mine.awaits == "note" ? case_deed::note : case_deed::resolve;
        const auto number = std::exchange(mine.awaits_for, {});
        mine.awaits.clear();
        do_at_desk(deed, number, std::string{text});
        return true;
    }
    const auto* of = mine.at.empty() ? nullptr : at_desk(mine.at);
    if (of == nullptr || !of->taken) return false;
    const bool media = std::holds_alternative<received_media>(what);
    if (media || !typed) {
        speak_of(*of);
        say_at_desk("desk.text_only");  // what is passed on is words
        tells_other_case_ = false;
        if (text.empty()) return true;
    }
    do_at_desk(case_deed::say, mine.at, std::string{text});
    return true;
}

}  // namespace tertulia::dialogs
