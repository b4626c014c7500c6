#include "dialogs/moderation/guard.hpp"

#include "dialogs/moderation/line.hpp"
#include "dialogs/moderation/privacy.hpp"
#include "dialogs/moderation/spelling.hpp"

#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <set>

namespace tertulia::dialogs {
namespace {

using enum guard_rule;

constexpr auto step_names = std::to_array<std::string_view>(
    {"opening",
     "roll_call",
     "minutes_reading",
     "collection",
     "internal_loans",
     "admissions",
     "loan_requests",
     "training",
     "fines",
     "other_business",
     "closing"}
);
constexpr auto role_names = std::to_array<std::string_view>({"member", "officer", "guest"});

constexpr std::size_t paper_digits_min = 6;
constexpr std::size_t national_id_digits = 13;
constexpr std::size_t receipt_digits_min = 5;
constexpr std::size_t denial_before_asking = 3;  // words

bool is_utf8(std::string_view text) noexcept {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        if (point < 0) return false;
    }
    return true;
}

bool is_of_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// "https://…", "www.…", "bit.ly/x", "algo.com": an address as telephones make it one.
bool has_address(std::string_view text) {
    if (text.find("://") != std::string_view::npos) return true;
    static constexpr auto endings = std::to_array<std::string_view>(
        {"com",  "net",    "org",   "info", "gt",      "ly", "app", "link", "xyz", "top", "shop",
         "site", "online", "store", "club", "example", "io", "mx",  "es",   "fr",  "me"}
    );
    for (std::size_t at = text.find('.'); at != std::string_view::npos;
         at = text.find('.', at + 1)) {
        auto first = at;
        while (first > 0 && (is_of_name(text[first - 1]) || text[first - 1] == '.')) --first;
        auto end = at + 1;
        while (end < text.size() && is_of_name(text[end])) ++end;
        if (first == at) continue;
        std::string before{text.substr(first, at - first)};
        std::string ending{text.substr(at + 1, end - at - 1)};
        std::ranges::transform(ending, ending.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (before.ends_with("www") || before.ends_with("WWW")) return true;
        const bool path = end < text.size() && (text[end] == '/' || text[end] == '?');
        const bool domain = std::ranges::find(endings, ending) != endings.end();
        // "gracias.me voy", "3.es": without a path only what is surely an address.
        const bool sure = ending != "me" && ending != "es" && ending != "fr" && ending != "mx";
        if (domain && (path || sure)) return true;
    }
    return false;
}

std::size_t digits_of(const meeting_line& line, const line_figure& one) {
    std::size_t count = 0;
    for (auto i = one.first; i < one.end; ++i) {
        if (line.words()[i].digits) count += line.words()[i].plain.size();
    }
    return count;
}

// The longest run of figures, blanks and hyphens between them left out: "2450 12345 0101".
std::size_t longest_run_of_digits(const meeting_line& line) {
    std::size_t longest = 0;
    std::size_t run = 0;
    std::size_t end = 0;
    for (const auto& word : line.words()) {
        if (!word.digits) continue;
        const bool joined = run > 0 && word.begin - end <= 1;
        run = (joined ? run : 0) + word.plain.size();
        end = word.end;
        longest = std::max(longest, run);
    }
    return longest;
}

// Asked for, and not "nunca den su clave".
bool asks_for_code(const meeting_line& line) {
    return std::ranges::any_of(line.of(word_list::asks), [&](const word_span& ask) {
        const auto from = ask.first > denial_before_asking ? ask.first - denial_before_asking : 0;
        return !line.within(word_list::denials, from, ask.end);
    });
}

bool tells_code(const meeting_line& line) {
    // "mi pin es 4821", "contraseña gato1234"
    return std::ranges::any_of(line.words(), [&](const line_word& word) {
        return word.digits && word.plain.size() >= 3 && word.plain.size() <= 8 && !word.blank;
    });
}

// "482915", alone or behind "sí, por favor": six figures in a row that are no round sum, nothing that is
// counted or paid for, and no telephone. Four or five only where there is nothing else.
bool looks_like_a_pin(const meeting_line& line) {
    constexpr std::size_t pin_digits = 6;
    constexpr std::size_t short_code_digits = 4;
    const auto& words = line.words();
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.digits || word.blank || word.plain.ends_with("000")) continue;
        const bool joined = (i > 0 && words[i - 1].digits) || (i + 1 < words.size() && words[i + 1].digits);
        const bool is_last = i + 1 == words.size();
        const bool is_pin = word.plain.size() == pin_digits && is_last;
        const bool is_code = words.size() == 1 && word.plain.size() >= short_code_digits &&
                             word.plain.size() <= pin_digits && !word.plain.ends_with("00");
        const bool is_sum = std::ranges::any_of(line.figures(), [&](const line_figure& one) {
            return one.first <= i && i < one.end && one.said_money;
        });
        if (!joined && !is_sum && (is_pin || is_code)) return true;
    }
    return false;
}

bool is_only_a_sum(const meeting_line& line) {
    return line.figures().size() == 1 && line.has_money() && line.figures()[0].first == 0 &&
           line.words().size() - line.figures()[0].end <= 1;
}

bool is_in_prayer(meeting_step step) noexcept {
    return step == meeting_step::opening || step == meeting_step::closing ||
           step == meeting_step::other_business;
}

void judge_words(
    const meeting_line& line,
    const said_line& said,
    const guard_context& in,
    std::set<guard_rule>& found
) {
    const auto digits = longest_run_of_digits(line);
    const auto has = [&](word_list list) { return line.has(list); };
    const bool of_code = has(word_list::codes) && (asks_for_code(line) || tells_code(line));
    if (of_code || looks_like_a_pin(line)) found.insert(code_or_pin);
    if (has(word_list::threats)) found.insert(threat);
    if (has(word_list::emergencies)) found.insert(emergency);
    if (has(word_list::sensitive)) found.insert(sensitive);
    if (has(word_list::insults)) found.insert(insult);
    const bool paper_number = has(word_list::papers) && digits >= paper_digits_min;
    const bool paper_sent =
        has(word_list::papers) && (asks_for_code(line) || has(word_list::proofs));
    if (paper_number || paper_sent || digits == national_id_digits) found.insert(identity_paper);
    if (const auto private_thing = judge_privacy(line, in, said.step)) found.insert(*private_thing);
    if (has(word_list::pressure)) found.insert(pressure_to_pay);
    const bool phone = std::ranges::any_of(line.figures(), [](const line_figure& one) {
        return one.is.kind == figure_kind::phone;
    });
    if (phone && !found.contains(identity_paper)) found.insert(phone_number);
    const bool receipt = std::ranges::any_of(line.figures(), [&](const line_figure& one) {
        return digits_of(line, one) >= receipt_digits_min;
    });
    const bool at_collection = said.step == meeting_step::collection;
    if (has(word_list::proofs) && !(has(word_list::market) && !has(word_list::balances))) {
        found.insert(payment_proof);
    }
    if (at_collection && ((receipt && !phone) || is_only_a_sum(line))) found.insert(payment_proof);
    if (has_address(line.text()) || has(word_list::links)) found.insert(link);
    if (has(word_list::politics) || has(word_list::chains)) found.insert(politics_chain);
    if (has(word_list::sales)) found.insert(sales);
    if (has(word_list::prayers) && !is_in_prayer(said.step)) found.insert(off_topic);
}

void judge_form(const said_line& said, std::set<guard_rule>& found) {
    if (said.as == line_as::link_card) found.insert(link);
    if (said.forwarded) found.insert(forwarded);
    if (said.as == line_as::picture) {
        found.insert(said.step == meeting_step::collection ? payment_proof : picture);
    }
    const auto most = said.by == speaker_role::officer ? officer_voice_max : member_voice_max;
    if (said.as == line_as::voice && said.length > most) found.insert(voice_too_long);
}

// Folded words worth finding in a line spelt letter by letter.
std::vector<std::string> words_worth_finding(const guard_context& in) {
    std::vector<std::string> all{in.roster.names().begin(), in.roster.names().end()};
    for (const auto list :
         {word_list::owes, word_list::balances, word_list::payments, word_list::loans}) {
        for (const auto word : in.words.single_words(list)) all.emplace_back(word);
    }
    return all;
}

}  // namespace

std::span<const std::string_view> meeting_step_names() noexcept {
    return step_names;
}

std::span<const std::string_view> speaker_role_names() noexcept {
    return role_names;
}

std::optional<meeting_step> find_meeting_step(std::string_view name) noexcept {
    const auto found = std::ranges::find(step_names, name);
    if (found == step_names.end()) return std::nullopt;
    return static_cast<meeting_step>(found - step_names.begin());
}

std::optional<speaker_role> find_speaker_role(std::string_view name) noexcept {
    const auto found = std::ranges::find(role_names, name);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<speaker_role>(found - role_names.begin());
}

judgement judge(const said_line& said, const guard_context& in) {
    std::set<guard_rule> found;
    judge_form(said, found);
    if (said.text.size() > guard_bytes_max || !is_utf8(said.text)) {
        found.insert(too_long);
    } else if (!said.text.empty()) {
        const auto seen = as_it_looks(said.text);
        judge_words({seen, in.words, in.roster, in.reading}, said, in, found);
        const auto meant = as_it_is_meant(seen, words_worth_finding(in));
        if (meant != seen) judge_words({meant, in.words, in.roster, in.reading}, said, in, found);
    }
    judgement out;
    out.all.assign(found.begin(), found.end());
    if (!out.all.empty()) out.rule = out.all.front();
    return out;
}

std::string join_fragments(std::span<const std::string> fragments) {
    std::string all;
    for (const auto& one : fragments) {
        if (one.empty()) continue;
        if (!all.empty()) all += ' ';
        all += one;
    }
    return all;
}

}  // namespace tertulia::dialogs
