#include "dialogs/engine/room_words.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/nearly.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

using meetings::act;
using act_verb = meetings::verb;

// What stands behind a word: P a person by her number, N a number, M minutes, A an amount, T a
// telephone, D a day and an hour, W words (may be none), L words with the word itself before them. A
// small letter: may be missing.
struct room_word_row {
    std::string_view name{};
    act_verb does{};
    std::string_view takes{};
    std::string_view looks{};
};
constexpr std::array room_word_table{
    room_word_row{"present", act_verb::check_in, ""},
    room_word_row{"leave", act_verb::leave, ""},
    room_word_row{"hand", act_verb::hand_up, ""},
    room_word_row{"say", act_verb::said, "W"},  // of a member any words are; who leads says it so
    room_word_row{"approve", act_verb::approve, ""},
    room_word_row{"object", act_verb::object, "L"},  // "falta mi ahorro" reads as she said it
    room_word_row{"ask_pot", act_verb::request_internal, "AW"},
    room_word_row{"ask_loan", act_verb::request_loan, "AW"},
    room_word_row{"repay_pot", act_verb::internal_repay, "A"},
    room_word_row{"propose", act_verb::propose_member, "TW"},
    room_word_row{"answer", act_verb::quiz_answer, "W"},
    room_word_row{"flag", act_verb::flag, "NW"},
    room_word_row{"open", act_verb::open, ""},
    room_word_row{"next_on", act_verb::agree_next, "d"},  // before "next", which it may begin with
    room_word_row{"next", act_verb::advance, "W"},
    room_word_row{"step_back", act_verb::back, ""},
    room_word_row{"pause", act_verb::pause, "mW"},
    room_word_row{"resume", act_verb::resume, ""},
    room_word_row{"here", act_verb::mark, "P"},
    room_word_row{"late", act_verb::mark, "P"},
    room_word_row{"absent", act_verb::mark, "P"},
    room_word_row{"excused", act_verb::mark, "P"},
    room_word_row{"mute", act_verb::mute, "PmW"},
    room_word_row{"unmute", act_verb::unmute, "P"},
    room_word_row{"warn", act_verb::warn, "PW"},
    room_word_row{"remove", act_verb::remove, "PW"},
    room_word_row{"floor", act_verb::grant_floor, "p"},
    room_word_row{"release", act_verb::release, "N"},
    room_word_row{"reject", act_verb::reject, "NW"},
    room_word_row{"vote", act_verb::open_vote, "N"},
    room_word_row{"end_vote", act_verb::close_vote, "N"},
    room_word_row{"cash", act_verb::confirm_cash, "PA"},
    room_word_row{"saved", act_verb::record_savings, "PA"},
    room_word_row{"pot", act_verb::record_internal, "PA"},
    room_word_row{"fine", act_verb::propose_fine, "P"},
    room_word_row{"waive", act_verb::waive, "N"},
    room_word_row{"fine_stands", act_verb::confirm_fine, "Na"},
    room_word_row{"agreed", act_verb::note_agreement, "W"},
    room_word_row{"correct", act_verb::edit_minutes, "W"},
    room_word_row{"banker", act_verb::set_banker, "PP"},
    room_word_row{"grant_appeal", act_verb::answer_appeal, "NW"},
    room_word_row{"deny_appeal", act_verb::answer_appeal, "NW"},
    room_word_row{"schedule", act_verb::schedule, ""},
    room_word_row{"announce", act_verb::announce, ""},
    room_word_row{"move", act_verb::reschedule, "D"},
    room_word_row{"cancel", act_verb::cancel, "W"},
    room_word_row{"close", act_verb::close, ""},
    room_word_row{"adjourn", act_verb::adjourn, "W"},
    room_word_row{"take_over", act_verb::take_over, ""},
    room_word_row{"sign", act_verb::sign, ""},
    room_word_row{"who", act_verb::none, "", "who"},
    room_word_row{"votes", act_verb::none, "", "votes"},
    room_word_row{"minutes", act_verb::none, "", "minutes"},
};
// Heard only as the answer to an invitation.
constexpr std::array<std::string_view, 2> answers_by_word{"coming", "not_coming"};
constexpr auto room_names = [] {
    std::array<std::string_view, room_word_table.size() + answers_by_word.size()> all{};
    for (std::size_t i = 0; i < room_word_table.size(); ++i) all[i] = room_word_table[i].name;
    std::ranges::copy(answers_by_word, all.begin() + room_word_table.size());
    return all;
}();

constexpr std::size_t words_before_max = 4;  // of a greeting, before what she says
constexpr int words_with_name_max = 5;       // of a name and an amount; more is talk: "está muy bien …"

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view blanks_and_signs = " \t\n:,.;-";

std::string_view without_blanks(std::string_view text) {
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

// The next word of the rest, taken off it.
std::string_view take_word(std::string_view& rest) {
    rest = without_blanks(rest);
    const auto end = std::min(rest.find_first_of(blanks), rest.size());
    const auto word = rest.substr(0, end);
    rest.remove_prefix(end);
    rest = without_blanks(rest);
    return word;
}

std::optional<int> whole_number(std::string_view word) {
    int number{};
    const auto* end = word.data() + word.size();
    const auto [stopped, error] = std::from_chars(word.data(), end, number);
    const bool all = error == std::errc{} && stopped == end && number > 0;
    return all ? std::optional{number} : std::nullopt;
}

// What stands behind the word; nothing: the line does not begin with it. Compared word by word, as
// accents may be missing: "esta 4".
std::optional<std::string_view> behind(std::string_view line, std::string_view word) {
    if (word.empty()) return std::nullopt;
    auto rest = line;
    for (auto left = without_blanks(word); !left.empty();) {
        const auto key = keyword_key(take_word(left));
        if (key.empty() || keyword_key(take_word(rest)) != key) return std::nullopt;
    }
    const auto from = rest.find_first_not_of(blanks_and_signs);
    return from == std::string_view::npos ? std::string_view{} : rest.substr(from);
}

// Its ways to be said, one after the other.
std::vector<std::string_view> ways_of(std::string_view message) {
    std::vector<std::string_view> all;
    while (!message.empty()) {
        const auto end = std::min(message.find(','), message.size());
        if (const auto one = without_blanks(message.substr(0, end)); !one.empty()) all.push_back(one);
        message.remove_prefix(std::min(end + 1, message.size()));
    }
    return all;
}

std::string_view told_way(std::string_view message) {
    return without_blanks(message.substr(0, message.find(',')));
}

std::optional<std::string_view> behind_any(std::string_view line, std::string_view message) {
    for (const auto way : ways_of(message)) {
        if (const auto rest = behind(line, way)) return rest;
    }
    return std::nullopt;
}

// Few words are awaited here, so shorter ones may have a slip, too.
constexpr std::size_t slip_from = 4;

// A line and the ways to say something, word by word as they sound.
class loose_line {
public:
    explicit loose_line(std::string_view line) : folded_{fold(line)}, words_{words_of(folded_)} {}
    loose_line(const loose_line&) = delete;
    loose_line& operator=(const loose_line&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    [[nodiscard]] std::string_view word(std::size_t at) const { return words_[at]; }

    // How many words of it say `way`, from `at` on; 0: none.
    [[nodiscard]] std::size_t says(std::string_view way, std::size_t at) const {
        const auto sounds = fold(way);
        const auto wanted = words_of(sounds);
        if (wanted.empty() || at + wanted.size() > words_.size()) return 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!nearly(words_[at + i], wanted[i], slip_from)) return 0;
        }
        return wanted.size();
    }
    // The longest of `ways` that stands anywhere in it; of ways of one word none, which say too little
    // among others.
    [[nodiscard]] std::size_t longest(std::string_view ways) const {
        std::size_t most = 0;
        for (const auto way : ways_of(ways)) {
            for (std::size_t at = 0; at < words_.size(); ++at) most = std::max(most, says(way, at));
        }
        return most < 2 ? 0 : most;
    }

private:
    std::string folded_;
    std::vector<std::string_view> words_;
};

bool is_denial(std::string_view folded) noexcept {
    constexpr std::array<std::string_view, 6> all{"no", "not", "ni", "pas", "ne", "todabia"};
    return std::ranges::find(all, folded) != all.end();
}

// "150050 GTQ" or "150050 -"
std::optional<money> sum_of(std::string_view value, currency_code ours) {
    std::int64_t minor{};
    const auto space = value.find(' ');
    const auto digits = value.substr(0, space);
    const auto [stopped, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), minor);
    if (error != std::errc{} || stopped != digits.data() + digits.size()) return std::nullopt;
    const auto said = space == std::string_view::npos ? std::string_view{} : value.substr(space + 1);
    if (said != "-" && said != ours.view()) return std::nullopt;
    return money{minor, ours};
}

bool take_figure(
    std::string_view& rest, entity_kind kind, const reading_rules& rules, act& into
) {
    auto figures = entities_of(rest, rules);
    const auto is_wanted = [&](const auto& one) { return one.kind == kind; };
    // "pido 3000 para mercadería": among other words a bare figure is no amount by itself, but where
    // one is awaited it is.
    if (kind == entity_kind::amount && std::ranges::none_of(figures, is_wanted)) {
        auto after = rest;
        figures = entities_of(take_word(after), rules);
    }
    for (const auto& one : figures) {
        if (!is_wanted(one)) continue;
        const auto at = rest.find(one.text);
        if (at == std::string_view::npos) continue;
        if (kind == entity_kind::amount) {
            const auto sum = sum_of(one.value, rules.currency);
            if (!sum) return false;
            into.amount = *sum;
        } else {
            into.about = one.value;
        }
        rest = without_blanks(rest.substr(at + one.text.size()));
        return true;
    }
    return false;
}

// "-300", but not "4-300".
bool has_negative_figure(std::string_view line) {
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        const bool digit_behind = line[i + 1] >= '0' && line[i + 1] <= '9';
        if (line[i] == '-' && digit_behind && blanks.find(line[i - 1]) != std::string_view::npos) return true;
    }
    return false;
}

struct moment_found {
    std::optional<civil_date> day{};
    std::optional<std::chrono::minutes> clock{};
    std::size_t from{std::string_view::npos};  // where the first of them stands
};

moment_found find_moment(std::string_view text, const reading_rules& rules) {
    moment_found found;
    for (const auto& one : entities_of(text, rules)) {
        if (one.kind == entity_kind::date && !found.day) {
            found.day = parse_iso_date(one.value);
        } else if (one.kind == entity_kind::time && !found.clock && one.value.size() == 5) {
            found.clock = std::chrono::hours{std::atoi(one.value.c_str())} +
                          std::chrono::minutes{std::atoi(one.value.c_str() + 3)};
        } else {
            continue;
        }
        found.from = std::min(found.from, text.find(one.text));
    }
    return found;
}

// "el 12/12 a las 10:00": both, or it is none.
bool take_moment(std::string_view& rest, const reading_rules& rules, room_command& into) {
    const auto found = find_moment(rest, rules);
    if (!found.day || !found.clock) return false;
    into.when = moment_said{*found.day, *found.clock};
    rest = {};
    return true;
}

// "Las Mariposas para el": the name without what leads to the day.
std::string_view without_leading_to_day(std::string_view name) {
    constexpr std::array<std::string_view, 9> words{
        "el", "la", "las", "a", "para", "on", "at", "le", "pour"};
    for (;;) {
        while (!name.empty() && blanks_and_signs.find(name.back()) != std::string_view::npos) {
            name.remove_suffix(1);
        }
        const auto space = name.find_last_of(blanks_and_signs);
        const auto last = space == std::string_view::npos ? name : name.substr(space + 1);
        if (last.empty() || std::ranges::find(words, keyword_key(last)) == words.end()) return name;
        name.remove_suffix(last.size());
    }
}

std::optional<std::string> take_number_of_person(std::string_view& rest) {
    auto after = rest;
    const auto number = whole_number(take_word(after));
    if (!number) return std::nullopt;
    rest = after;
    return "#" + std::to_string(*number);
}

// "para mercadería": what it is for, without the word that our own message says.
std::string_view without_for(std::string_view purpose) {
    constexpr std::array<std::string_view, 3> words{"para", "for", "pour"};
    auto rest = purpose;
    const auto first = keyword_key(take_word(rest));
    return std::ranges::find(words, first) != words.end() && !rest.empty() ? rest : purpose;
}

bool read_rest(
    std::string_view line, std::string_view rest, const room_word_row& row, const reading_rules& rules,
    const person_reader& person, room_command& made
) {
    auto& into = made.does;
    bool second = false;
    for (const char one : row.takes) {
        if ((one == 'p' || one == 'd') && rest.empty()) continue;
        switch (one) {
            case 'p':
            case 'P': {
                auto found = person(rest);
                if (!found) return false;
                (second ? into.second : into.about) = std::move(*found);
                second = true;
                break;
            }
            case 'N':
            case 'M':
            case 'm': {
                auto after = rest;
                const auto number = whole_number(take_word(after));
                if (!number && one == 'm') break;
                if (!number) return false;
                rest = after;
                if (one == 'N') {
                    into.number = *number;
                } else {
                    into.lasts = std::chrono::minutes{*number};
                }
                break;
            }
            case 'A':
                if (!take_figure(rest, entity_kind::amount, rules, into)) return false;
                break;
            case 'a':
                (void)take_figure(rest, entity_kind::amount, rules, into);
                break;
            case 'D':
            case 'd':
                if (!take_moment(rest, rules, made)) return false;
                break;
            case 'T':
                if (!take_figure(rest, entity_kind::phone, rules, into)) return false;
                break;
            case 'L':
                if (!rest.empty()) into.text = line;
                rest = {};
                break;
            default:
                into.text = rest;
                rest = {};
        }
    }
    return rest.empty();
}

// "efectivo 4 100"
std::string so_written(const room_word_row& row, std::string_view message) {
    std::string made{told_way(message)};
    int nth = 0;
    for (const char one : row.takes) {
        switch (one) {
            case 'P': made += nth++ == 0 ? " 4" : " 7"; break;
            case 'N': made += " 2"; break;
            case 'A': made += " 100"; break;
            case 'T': made += " 5555 0100 Ana"; break;  // a name must follow
            case 'D': made += " 12/12 15:00"; break;
            default: break;
        }
    }
    return made;
}

// `line` is the whole of it, `rest` what stands behind the word.
std::optional<room_command> read_row(
    const room_word_row& row, std::string_view line, std::string_view rest, const person_reader& person,
    const reading_rules& rules
) {
    room_command made{.does = {.what = row.does}, .looks = std::string{row.looks}};
    if (!read_rest(line, rest, row, rules, person, made)) return std::nullopt;
    auto& does = made.does;
    if (does.what == act_verb::said && does.text.empty()) return std::nullopt;
    // "pido 0", "pido -300": no amount that anybody can mean.
    const bool wants_amount = row.takes.find_first_of("Aa") != std::string_view::npos;
    const bool has_amount = row.takes.find('A') != std::string_view::npos;
    if (wants_amount && (has_negative_figure(line) || (has_amount && does.amount.minor <= 0))) {
        return std::nullopt;
    }
    if (does.what == act_verb::mark) {  // "late", "absent" and "excused" are named as it is
        does.attends = meetings::parse_attendance(row.name).value_or(meetings::attendance::present);
    }
    does.agrees = row.name == "grant_appeal";
    if (does.what == act_verb::propose_fine) does.fine = meetings::fine_kind::other;
    // The group guarantees it, so the minutes name it: her message says so before she asks.
    if (does.what == act_verb::request_loan || does.what == act_verb::request_internal) {
        does.agrees = true;
        does.text = std::string{without_for(does.text)};
    }
    if (does.what == act_verb::propose_member) does.name = std::exchange(does.text, {});
    return made;
}

}  // namespace

std::span<const std::string_view> room_word_names() noexcept { return room_names; }

std::optional<room_command> read_room_command(
    std::string_view line,
    const std::function<std::string(std::string_view name)>& word,
    const reading_rules& rules
) {
    const auto all = without_blanks(line);
    if (all.empty()) return std::nullopt;
    for (const auto& row : room_word_table) {
        const auto rest = behind_any(all, word(row.name));
        if (!rest) continue;
        if (auto made = read_row(row, all, *rest, take_number_of_person, rules)) return made;
    }
    return std::nullopt;
}

std::optional<named_command> read_named_command(
    std::string_view line, const std::function<std::string(std::string_view name)>& word
) {
    const auto all = without_blanks(line);
    for (const auto& row : room_word_table) {
        const bool takes_person = row.takes.starts_with('P') || row.takes.starts_with('p') ||
                                  row.does == act_verb::flag;  // by whose line, in place of its number
        const auto rest = takes_person ? behind_any(all, word(row.name)) : std::nullopt;
        constexpr std::string_view no_name = "0123456789+#-";
        if (!rest || rest->empty() || no_name.find(rest->front()) != std::string_view::npos) continue;
        const bool has_words = row.takes.find('W') != std::string_view::npos;
        const auto blanks_in = std::ranges::count(*rest, ' ');
        if (!has_words && blanks_in >= words_with_name_max) continue;
        return named_command{.name = row.name, .rest = std::string{*rest}};
    }
    return std::nullopt;
}

std::optional<room_command> read_behind_word(
    std::string_view name, std::string_view rest, const person_reader& person,
    const reading_rules& rules
) {
    const auto row = std::ranges::find(room_word_table, name, &room_word_row::name);
    if (row == room_word_table.end()) return std::nullopt;
    return read_row(*row, rest, without_blanks(rest), person, rules);
}

std::optional<meetings::verb> act_of_room_word(std::string_view name) noexcept {
    const auto found = std::ranges::find(room_word_table, name, &room_word_row::name);
    if (found == room_word_table.end() || found->does == act_verb::none) return std::nullopt;
    return found->does;
}

std::optional<half_command> read_half_command(
    std::string_view line, const std::function<std::string(std::string_view name)>& word
) {
    const auto all = without_blanks(line);
    for (const auto& row : room_word_table) {
        const auto message = word(row.name);
        const auto rest = behind_any(all, message);
        if (!rest) continue;
        constexpr std::string_view figures = "0123456789+#";
        // "efectivo 5 -50" has figures; "está muy bien" is talk.
        const bool has_figures =
            !rest->empty() && figures.find(rest->front()) != std::string_view::npos;
        const bool is_alone = rest->empty();
        const bool needs = row.takes.find_first_of("PNADT") != std::string_view::npos;
        if (!needs || (!is_alone && !has_figures)) continue;
        return half_command{
            .name = row.name, .so = so_written(row, message), .has_figures = has_figures};
    }
    return std::nullopt;
}

bool says_she_is_here(std::string_view line, std::string_view ways) {
    const loose_line said{line};
    for (std::size_t at = 0; at < std::min(said.size(), words_before_max); ++at) {
        for (const auto way : ways_of(ways)) {
            if (said.says(way, at) > 0) return true;
        }
        if (is_denial(said.word(at))) return false;  // "no estoy"
    }
    return false;
}

bool begins_with_word(std::string_view line, std::string_view ways) {
    return loose_line{line}.says(told_way(ways), 0) > 0;
}

std::optional<bool> read_invited(
    std::string_view line, std::string_view ways_to_come, std::string_view ways_to_stay
) {
    constexpr std::string_view doubts = "no sé si, no sé bien, no sé todavía, not sure, don't know, sais pas";
    if (line.find('?') != std::string_view::npos || loose_line{line}.longest(doubts) > 0) {
        return std::nullopt;
    }
    // "sí", and "no, tengo que ir a la costa": what stands before the first sign says it.
    const auto first = line.substr(0, line.find_first_of(".,;:!\n"));
    for (const auto part : {line, first}) {
        const loose_line said{part};
        const auto is_whole = [&](std::string_view ways) {
            return std::ranges::any_of(ways_of(ways), [&](std::string_view way) {
                const auto words = said.says(way, 0);
                return words > 0 && words == said.size();
            });
        };
        if (is_whole(ways_to_stay)) return false;
        if (part.data() == line.data() && part.size() == line.size()) {
            // Of both the one that says more: "no voy a faltar" is no "no voy".
            const auto comes = said.longest(ways_to_come);
            const auto stays = said.longest(ways_to_stay);
            if (comes != stays) return comes > stays;
            if (comes > 0) return std::nullopt;
        }
        if (is_whole(ways_to_come)) return true;
        if (const auto plain = match_yes_no(part)) return *plain == yes_no::yes;
    }
    return std::nullopt;
}

std::optional<meeting_said> read_meeting_wish(
    std::string_view line, std::string_view word, const reading_rules& rules
) {
    const auto rest = behind_any(without_blanks(line), word);
    if (!rest) return std::nullopt;
    const auto found = find_moment(*rest, rules);
    meeting_said said{.is_half = found.day.has_value() != found.clock.has_value()};
    if (found.day && found.clock) said.when = moment_said{*found.day, *found.clock};
    const bool dated = found.from != std::string_view::npos;
    said.group = dated ? without_leading_to_day(rest->substr(0, found.from)) : *rest;
    return said;
}

}  // namespace tertulia::dialogs
