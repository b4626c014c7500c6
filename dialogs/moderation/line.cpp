#include "dialogs/moderation/line.hpp"

#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/tokens.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <initializer_list>

namespace tertulia::dialogs {
namespace {

constexpr std::int64_t bare_sum_min =
    20'00;  // "12 de 14", "a las 3": too small to be a sum by itself
constexpr std::int64_t group_people_max = 60;

bool is_capital(std::string_view text, std::size_t at) noexcept {
    UChar32 point = 0;
    auto i = static_cast<int32_t>(at);
    U8_NEXT(
        reinterpret_cast<const std::uint8_t*>(text.data()),
        i,
        static_cast<int32_t>(text.size()),
        point
    );
    return point >= 0 && u_isUUppercase(point);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> all) noexcept {
    return std::ranges::find(all, word) != all.end();
}

}  // namespace

meeting_line::meeting_line(
    std::string_view text,
    const meeting_lexicon& words,
    const meeting_roster& roster,
    const reading_rules& reading
)
    : text_(text) {
    read_words();
    find_all(words);
    find_names(roster);
    read_figures(reading);
}

void meeting_line::read_words() {
    bool begins = true;
    for (auto& one : tokens_of(text_)) {
        if (one.kind == token_kind::sign) {
            // A comma goes on: "doña Marta, no ha pagado".
            begins = begins || !is_one_of(one.plain, {",", "'", "’", "-", "$", "%"});
            continue;
        }
        const bool digits = one.kind == token_kind::digits;
        words_.push_back(
            {.plain = one.plain,
             .folded = digits ? one.plain : one.folded,
             .begin = one.begin,
             .end = one.end,
             .digits = digits,
             .capital = !digits && is_capital(text_, one.begin),
             .begins = begins}
        );
        begins = false;
    }
}

void meeting_line::find_all(const meeting_lexicon& lexicon) {
    // fold() makes several words of some shorthands ("xfa"): each is matched by itself.
    std::vector<sounded_word> sounds;
    std::vector<std::size_t> word_of;
    const auto hear = [&] {
        sounds.clear();
        word_of.clear();
        for (std::size_t i = 0; i < words_.size(); ++i) {
            bool begins = words_[i].begins;
            for (const auto part : words_of(words_[i].folded)) {
                sounds.push_back({.folded = part, .begins = begins, .blank = words_[i].blank});
                word_of.push_back(i);
                begins = false;
            }
        }
    };
    const auto spans_of = [&](word_list list) {
        auto spans = lexicon.find(list, sounds);
        for (auto& one : spans) one = {word_of[one.first], word_of[one.end - 1] + 1};
        std::ranges::sort(spans, {}, &word_span::first);
        return spans;
    };
    hear();
    auto& harmless = found_[static_cast<std::size_t>(word_list::harmless)];
    harmless = spans_of(word_list::harmless);
    for (const auto& one : harmless) {
        for (auto i = one.first; i < one.end; ++i) words_[i].blank = true;
    }
    if (!harmless.empty()) hear();
    for (std::size_t i = 1; i < word_lists; ++i) found_[i] = spans_of(static_cast<word_list>(i));
}

void meeting_line::find_names(const meeting_roster& roster) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto& one = words_[i];
        if (one.blank || one.digits || roster.is_officer(one.folded)) continue;
        const auto ends_before = [&](word_list list) {
            return std::ranges::find(of(list), i, &word_span::end) != of(list).end();
        };
        const auto in = [&](word_list list) { return within(list, i, i + 1); };
        const bool courteous = ends_before(word_list::courtesies);
        const bool article = ends_before(word_list::articles);
        const auto known = roster.has(one.folded);
        using enum meeting_roster::surely;
        const bool common = in(word_list::names) && (one.capital || courteous || article);
        const bool named = common || known == yes ||
                           (known == if_capital && (one.capital || courteous || article));
        // "doña Chona" whom nobody knows, "la Chona" with a capital.
        const bool title_alone = in(word_list::courtesies) || in(word_list::people) ||
                                 in(word_list::denials) || in(word_list::owes) ||
                                 in(word_list::payments) || in(word_list::own);
        const bool stranger = !title_alone && one.plain.size() >= 3 &&
                              ((courteous && one.capital) || (article && one.capital && i > 0));
        if (named || (stranger && courteous)) members_named_ = true;
        if (named || stranger) names_.push_back({i, i + 1});
    }
}

bool meeting_line::within(word_list list, std::size_t first, std::size_t end) const noexcept {
    return std::ranges::any_of(of(list), [&](const word_span& one) {
        return one.first < end && one.end > first;
    });
}

bool meeting_line::has_money() const noexcept {
    return std::ranges::any_of(figures_, &line_figure::money);
}

void meeting_line::read_figures(const reading_rules& reading) {
    for (const auto& one : figures_of(text_, reading)) {
        const auto first = std::ranges::find_if(words_, [&](const line_word& word) {
            return word.end > one.begin;
        });
        auto end = first;
        while (end != words_.end() && end->begin < one.end) ++end;
        line_figure made{
            .is = one,
            .first = static_cast<std::size_t>(first - words_.begin()),
            .end = static_cast<std::size_t>(end - words_.begin())};
        if (made.first == made.end || words_[made.first].blank) continue;
        const auto before = one.begin > 0 ? text_[one.begin - 1] : ' ';
        const bool signed_money =
            before == '$' || (made.first > 0 && is_one_of(
                                                    words_[made.first - 1].plain,
                                                    {"q", "gtq", "qtz", "usd", "fcfa", "xof", "hnl"}
                                                ));
        made.said_money = one.kind != figure_kind::phone && one.kind != figure_kind::share &&
                          one.kind != figure_kind::time &&
                          (signed_money || within(word_list::money, made.end, made.end + 1) ||
                           (made.end < words_.size() && words_[made.end].plain == "q" &&
                            words_[made.end].begin == one.end));
        figures_.push_back(made);
    }
    for (auto& one : figures_) one.money = is_sum(one);
}

// "12 de 14", "9 of 14": so many of the group.
bool meeting_line::is_count_of(std::size_t at) const noexcept {
    const auto pair = [&](std::size_t left) {
        if (left + 1 >= figures_.size()) return false;
        const auto& first = figures_[left];
        const auto& second = figures_[left + 1];
        const bool between = second.first == first.end + 1 &&
                             is_one_of(words_[first.end].plain, {"de", "of", "sur", "out"});
        const bool slash = second.first == first.end && text_[first.is.end] == '/';
        return (between || slash) && first.is.hundredths <= second.is.hundredths &&
               second.is.hundredths <= group_people_max * 100;
    };
    return pair(at) || (at > 0 && pair(at - 1));
}

bool meeting_line::is_sum(const line_figure& one) const {
    if (one.said_money) return true;
    using enum figure_kind;
    const auto kind = one.is.kind;
    if (kind == shaped || kind == unclear) return true;
    if (kind != number || one.is.hundredths < bare_sum_min) return false;
    if (is_count_of(static_cast<std::size_t>(&one - figures_.data()))) return false;
    if (one.first == 0) return true;
    const auto& before = words_[one.first - 1].plain;
    const auto value = one.is.hundredths / 100;
    const bool year =
        value >= 1990 && value <= 2040 &&
        is_one_of(before, {"en", "del", "in", "de", "desde", "since", "ano", "annee"});
    return !year && !is_one_of(
                        before,
                        {"zona",
                         "calle",
                         "avenida",
                         "casa",
                         "km",
                         "ruta",
                         "bus",
                         "camioneta",
                         "grupo",
                         "zone",
                         "street",
                         "house",
                         "group",
                         "rue",
                         "maison",
                         "groupe",
                         "lote"}
                    );
}

}  // namespace tertulia::dialogs
