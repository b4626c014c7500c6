#include "dialogs/engine/hearing_answers.hpp"

#include "dialogs/engine/typed_answer.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/asides.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace tertulia::dialogs {
namespace {

reading_rules rules_now(const talk& at) {
    return at.script.rules_of_reading(at.next.language, at.next.now);
}

std::optional<std::size_t> row_she_means(
    const std::vector<talk::offered>& offers, std::string_view text
) {
    std::vector<choice_words> words;
    for (const auto& one : offers) {
        words.push_back({.title = one.shown.title, .words = {}});
        if (one.row != nullptr) words.back().words = one.row->words;
    }
    return match_choice(text, words);
}

// As an answer to a question that does not wait any more.
std::optional<typed_answer> read_again(
    talk& at, const program_state& earlier, std::string_view text
) {
    if (!earlier.answer->kinds.empty()) {
        return read_words(earlier.answer->kinds, text, rules_now(at));
    }
    const auto offers = at.offers(earlier);
    const auto picked = row_she_means(offers, text);
    if (!picked || offers[*picked].row->pick == skip_pick) return std::nullopt;
    return typed_answer{typed_kind::choice, offers[*picked].row->pick};
}

// Whether the question that waits could take these words itself.
bool fits_here(talk& at, std::string_view text) {
    const auto* asked = at.question();
    if (asked == nullptr || !asked->answer) return false;
    if (takes_any_words(asked->answer->kinds)) return true;
    return read_again(at, *asked, text).has_value();
}

bool takes_back(talk& at, const program_state& earlier, std::string_view text) {
    // Nearly anything is a text: only what is no answer here corrects one.
    return !takes_any_words(earlier.answer->kinds) || !fits_here(at, text);
}

}  // namespace

bool hear_correction(talk& at, std::string_view text) {
    if (!at.script.common.corrected) return false;
    const auto rest = correction_of(text);
    if (!rest) return false;
    const auto before = at.answered_before();
    if (before.empty()) return false;
    if (const auto given = read_again(at, *before.front(), *rest);
        given && takes_back(at, *before.front(), *rest)) {
        at.correct(*before.front(), *given);
        return true;
    }
    // Where a form is looked over: the one field such an answer fits.
    const program_state* fitting = nullptr;
    for (const auto* earlier : before) {
        if (takes_any_words(earlier->answer->kinds) || !read_again(at, *earlier, *rest)) continue;
        if (fitting != nullptr) return false;
        fitting = earlier;
    }
    if (fitting == nullptr) return false;
    at.correct(*fitting, *read_again(at, *fitting, *rest));
    return true;
}

bool hear_aside(talk& at, std::string_view text) {
    const auto* asked = at.question();
    if (asked == nullptr) return false;
    const auto said = aside_of(text);
    if (!said) return false;
    const auto& rules = asked->answer;
    const auto first_of = [](const auto& one, const auto& other) { return one ? one : other; };
    std::optional<message_id> told{};
    switch (*said) {
        case aside::help:
            if (rules) told = first_of(rules->help, rules->why);
            break;
        case aside::why:
            if (rules) told = first_of(rules->why, rules->help);
            break;
        case aside::back:
            if (!at.may_go_back()) return false;
            at.go_back();
            return true;
        case aside::skip:
            if (!rules || !rules->may_skip) return false;
            for (const auto& one : at.offers(*asked)) {
                if (one.row == nullptr || one.row->pick != skip_pick) continue;
                at.answer(*asked, one);
                return true;
            }
            return false;
    }
    if (!told) return false;
    at.explain(*told);
    return true;
}

bool hear_typed(talk& at, std::string_view text) {
    const auto* asked = at.question();
    if (asked == nullptr || asked->answers != answer_kind::typed) return false;
    const auto offers = at.offers(*asked);
    const auto key = keyword_key(text);
    for (const auto& one : offers) {
        if (key.empty() || keyword_key(one.shown.title) != key) continue;
        at.answer(*asked, one);
        return true;
    }
    if (const auto given = read_words(asked->answer->kinds, text, rules_now(at))) {
        at.answer_typed(*asked, *given);
        return true;
    }
    // No town, but perhaps the market beside a place to pay.
    if (std::ranges::count(asked->answer->kinds, typed_kind::location) != 0) {
        if (const auto there = at.landmark(text)) {
            at.answer_typed(*asked, *there);
            return true;
        }
    }
    // By its number only where a number is no answer by itself.
    if (asked->answer->kinds != std::vector{typed_kind::yes_no}) return false;
    const auto picked = row_she_means(offers, text);
    if (!picked) return false;
    at.answer(*asked, offers[*picked]);
    return true;
}

std::optional<typed_answer> read_form_answer(
    talk& at, const program_state& field, std::string_view text
) {
    if (!field.answer->kinds.empty()) return read_words(field.answer->kinds, text, rules_now(at));
    // A form of the provider sends a choice by its name, or as she saw it.
    const auto offers = at.offers(field);
    for (const auto& one : offers) {
        if (one.row == nullptr || one.row->pick == skip_pick || one.row->pick != text) continue;
        return typed_answer{typed_kind::choice, one.row->pick};
    }
    const auto picked = row_she_means(offers, text);
    if (!picked || offers[*picked].row->pick == skip_pick) return std::nullopt;
    return typed_answer{typed_kind::choice, offers[*picked].row->pick};
}

bool hear_sent(talk& at, const inbound_content& sent) {
    const auto* asked = at.question();
    if (asked == nullptr || asked->answers != answer_kind::typed) return false;
    auto given = read_sent(asked->answer->kinds, sent);
    // A number on a card is as good as one she types, whoever's it is.
    const auto* cards = std::get_if<std::vector<shared_contact>>(&sent);
    if (cards != nullptr && cards->size() == 1 && !cards->front().phones.empty() &&
        std::ranges::count(asked->answer->kinds, typed_kind::phone) != 0) {
        constexpr typed_kind phone[]{typed_kind::phone};
        given = read_words(phone, cards->front().phones.front(), rules_now(at));
    }
    if (!given) return false;
    at.answer_typed(*asked, *given);
    return true;
}

}  // namespace tertulia::dialogs
