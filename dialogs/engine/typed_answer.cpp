#include "dialogs/engine/typed_answer.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/understanding/answers.hpp"
#include "dialogs/understanding/asides.hpp"
#include "dialogs/understanding/normalise.hpp"
#include "dialogs/understanding/rests.hpp"
#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

constexpr int days_ahead_max = 366;
constexpr std::int64_t number_max = 1'000'000'000;

bool expects(std::span<const typed_kind> kinds, typed_kind one) noexcept {
    return std::find(kinds.begin(), kinds.end(), one) != kinds.end();
}

std::string coordinate_text(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.6f", value);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

// The one value of that kind, if all of them are the same.
std::optional<std::string> only_one(
    entity_kind kind, std::string_view text, const reading_rules& rules
) {
    std::optional<std::string> found;
    for (const auto& one : entities_of(text, rules)) {
        if (one.kind != kind) continue;
        if (found && *found != one.value) return std::nullopt;
        found = one.value;
    }
    return found;
}

// "around 3000": a figure of three digits or more the message ends with is money where money is
// asked for; "en 6 meses" and "el 15" are not.
std::optional<std::string> bare_amount_of(std::string_view text, const reading_rules& rules) {
    std::optional<std::string> found;
    for (const auto& one : entities_of(text, rules)) {
        if (one.kind != entity_kind::number || found) return std::nullopt;
        const bool last = text.substr(0, text.find_last_not_of(" .!\n") + 1).ends_with(one.text);
        const bool whole = one.value.find_first_not_of("0123456789") == std::string::npos;
        if (!last || !whole || one.value.size() < 3 || one.value.size() > 9) return std::nullopt;
        auto minor = one.value;
        minor.append(static_cast<std::size_t>(minor_digits(rules.currency)), '0');
        found = minor + " " + std::string{rules.currency.view()};
    }
    return found;
}

std::optional<std::string> amount_of(std::string_view text, const reading_rules& rules) {
    auto value = only_one(entity_kind::amount, text, rules);
    if (!value) return bare_amount_of(text, rules);
    if (value->ends_with(" -")) value->replace(value->size() - 1, 1, rules.currency.view());
    const auto sum = parse_minor_units(*value);
    // In other money she means something we could not compare: asked again.
    if (!sum || sum->minor <= 0 || sum->minor > minor_max || sum->currency != rules.currency) {
        return std::nullopt;
    }
    return value;
}

// The whole answer to "how many?" where there are none.
bool says_none(std::string_view text) {
    static const auto words = [] {
        std::array<std::string, 13> made{
            "nadie",
            "ninguno",
            "ninguna",
            "nada",
            "nobody",
            "no one",
            "none",
            "nothing",
            "personne",
            "aucun",
            "aucune",
            "rien",
            "zéro"};
        for (auto& each : made) each = keyword_key(each);
        return made;
    }();
    return std::ranges::find(words, keyword_key(text)) != words.end();
}

std::optional<std::string> number_of(std::string_view text, const reading_rules& rules) {
    if (says_none(text)) return "0";
    auto value = only_one(entity_kind::number, text, rules);
    if (!value || value->size() > 10 ||
        value->find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
    }
    return std::stoll(*value) <= number_max ? value : std::nullopt;
}

std::optional<std::string> day_of(std::string_view text, const reading_rules& rules) {
    auto value = only_one(entity_kind::date, text, rules);
    const auto day = value ? parse_iso_date(*value) : std::nullopt;
    if (!day) return std::nullopt;
    const auto ahead = days_between(rules.today, *day);
    return ahead >= 0 && ahead <= days_ahead_max ? value : std::nullopt;
}

// One line, no blanks around it or doubled, nothing that cannot be seen.
std::string tidy(std::string_view text, std::size_t units_max) {
    std::string made;
    bool gap = false;
    for (const char one : text) {
        if (static_cast<unsigned char>(one) <= ' ' || one == '\x7f') {
            gap = !made.empty();
            continue;
        }
        if (gap) made += ' ';
        gap = false;
        made += one;
    }
    return truncate_utf16(made, units_max);
}

// "me llamo Rosa", "my name is Rosa": the name alone.
std::string_view without_opening(std::string_view text) {
    static constexpr std::array<std::string_view, 12> openings{
        "me llamo ",
        "mi nombre es ",
        "se llama ",
        "su nombre es ",
        "soy ",
        "my name is ",
        "i am ",
        "i'm ",
        "je m'appelle ",
        "je m’appelle ",
        "mon nom est ",
        "je suis "};
    std::string lower{text};
    for (auto& one : lower) {
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
    }
    for (const auto opening : openings) {
        if (lower.starts_with(opening)) return text.substr(opening.size());
    }
    return text;
}

std::optional<std::string> person_of(std::string_view text) {
    const auto whole = tidy(text, answer_name_units_max + 40);
    auto name = tidy(without_opening(whole), answer_name_units_max);
    const auto allowed = [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return byte >= 0x80 || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
               one == ' ' || one == '\'' || one == '-' || one == '.' || one == ',';
    };
    if (!std::all_of(name.begin(), name.end(), allowed)) return std::nullopt;
    const auto plain = normalise(name);
    const auto words = words_of(plain);
    if (plain.size() < 2 || words.empty() || words.size() > 7) return std::nullopt;
    if (match_yes_no(text) || denies_something(text)) return std::nullopt;
    return name;
}

std::optional<std::string> text_of(std::string_view text) {
    auto made = tidy(text, answer_text_units_max);
    return normalise(made).empty() ? std::nullopt : std::optional{std::move(made)};
}

// Said around a place; anything more is an address, which names it better than we could.
bool only_points(std::string_view rest) {
    static const std::set<std::string_view> around{
        "en", "de", "por", "a",  "la", "el", "vivo", "estoy", "soy", "cerca", "in", "at", "near",
        "i",  "m",  "am",  "from", "live", "j", "je", "habite", "vis", "suis", "dans", "pres", "du"};
    const auto plain = normalise(rest);
    const auto words = words_of(plain);
    return std::all_of(words.begin(), words.end(), [&](auto one) { return around.contains(one); });
}

// The one place named, with words around it that only point.
std::optional<std::size_t> place_named(std::string_view text, const reading_rules& rules) {
    const auto found_here = entities_of(text, rules);
    if (found_here.size() != 1 || found_here.front().kind != entity_kind::place) return std::nullopt;
    const auto& said = found_here.front();
    const auto begin = text.find(said.text);
    const auto rest =
        std::string(text.substr(0, begin)) + " " + std::string(text.substr(begin + said.text.size()));
    if (!only_points(rest)) return std::nullopt;
    const auto& all = rules.places->places();
    const auto found = std::find_if(all.begin(), all.end(), [&](const named_place& one) {
        return one.name == said.value;
    });
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

// A place she names and nothing else, if we know where it is; also one she misspells badly.
std::optional<std::string> known_place(std::string_view text, const reading_rules& rules) {
    if (rules.places == nullptr) return std::nullopt;
    auto place = place_named(text, rules);
    if (!place) place = rules.places->meant(text);
    if (!place) return std::nullopt;
    const auto& found = rules.places->places()[*place];
    if (!found.at) return std::nullopt;
    return join_parts({coordinate_text(found.at->latitude), coordinate_text(found.at->longitude), found.name, ""});
}

std::optional<std::string> value_of_words(
    typed_kind kind, std::string_view text, const reading_rules& rules
) {
    switch (kind) {
        case typed_kind::amount:
            return denies_something(text) ? std::nullopt : amount_of(text, rules);
        case typed_kind::date:
            return denies_something(text) ? std::nullopt : only_one(entity_kind::date, text, rules);
        case typed_kind::day:
            return denies_something(text) ? std::nullopt : day_of(text, rules);
        case typed_kind::until:
            if (const auto over = rest_answered(text, rules)) return iso_date(*over);
            return std::nullopt;
        case typed_kind::number:
            return denies_something(text) && !says_none(text) ? std::nullopt
                                                              : number_of(text, rules);
        case typed_kind::phone:
            return denies_something(text) ? std::nullopt
                                          : only_one(entity_kind::phone, text, rules);
        case typed_kind::yes_no:
            if (const auto said = match_yes_no(text)) return *said == yes_no::yes ? "yes" : "no";
            return std::nullopt;
        case typed_kind::name:
            return person_of(text);
        case typed_kind::text:
            return text_of(text);
        case typed_kind::location:
            return known_place(text, rules);
        case typed_kind::photo:
        case typed_kind::document:
        case typed_kind::voice_note:
        case typed_kind::choice:
            break;
    }
    return std::nullopt;
}

std::optional<typed_kind> kind_of(const received_media& sent, std::span<const typed_kind> kinds) {
    const auto as = [&](typed_kind kind) {
        return expects(kinds, kind) ? std::optional{kind} : std::nullopt;
    };
    switch (sent.kind) {
        case media_kind::image:
            return as(typed_kind::photo);
        case media_kind::voice_note:
        case media_kind::audio:
            return as(typed_kind::voice_note);
        case media_kind::document:
            if (const auto document = as(typed_kind::document)) return document;
            // A picture sent as a file, as those do who want it sharp.
            return sent.mime_type.starts_with("image/") ? as(typed_kind::photo) : std::nullopt;
        case media_kind::video:
        case media_kind::sticker:
            break;
    }
    return std::nullopt;
}

}  // namespace

std::optional<typed_answer> read_sent(
    std::span<const typed_kind> kinds, const inbound_content& sent
) {
    if (const auto* place = std::get_if<shared_location>(&sent)) {
        if (!expects(kinds, typed_kind::location)) return std::nullopt;
        return typed_answer{
            typed_kind::location,
            join_parts(
                {coordinate_text(place->latitude),
                 coordinate_text(place->longitude),
                 tidy(place->name, answer_name_units_max),
                 tidy(place->place_address, answer_text_units_max)}
            )};
    }
    const auto* media = std::get_if<received_media>(&sent);
    const auto kind = media == nullptr ? std::nullopt : kind_of(*media, kinds);
    if (!kind) return std::nullopt;
    return typed_answer{
        *kind,
        join_parts(
            {media->id,
             media->mime_type,
             media->sha256,
             tidy(media->caption, answer_text_units_max)}
        )};
}

std::optional<typed_answer> read_words(
    std::span<const typed_kind> kinds, std::string_view text, const reading_rules& rules
) {
    for (const auto kind : kinds) {
        if (auto value = value_of_words(kind, text, rules)) {
            return typed_answer{kind, std::move(*value)};
        }
    }
    return std::nullopt;
}

bool takes_any_words(std::span<const typed_kind> kinds) noexcept {
    return expects(kinds, typed_kind::text) || expects(kinds, typed_kind::name);
}

}  // namespace tertulia::dialogs
