#include "dialogs/understanding/bare_day.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/understanding/entity_readers.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t text_bytes_max = 60;

// Said around a day without making it anything else.
bool is_around_a_day(std::string_view plain) {
    static const auto words = [] {
        std::set<std::string, std::less<>> made;
        for (const char* each :
             {"a",      "al",     "el",     "la",      "lo",      "para",    "hasta",     "por",
              "en",     "de",     "del",    "como",    "sería",   "será",    "tal",       "vez",
              "quizás", "quizá",  "creo",   "que",     "yo",      "mejor",   "ya",        "sí",
              "si",     "ok",     "bueno",  "pues",    "seño",    "señora",  "señorita",  "gracias",
              "favor",  "porfa",  "dios",   "primero", "quiere",  "tarde",   "tardecita", "noche",
              "mañana", "manana", "madrugada", "mediodía", "temprano", "on", "by",        "in",
              "the",    "until",  "till",   "for",     "maybe",   "perhaps", "probably",  "afternoon",
              "morning", "evening", "night", "noon",   "yes",     "please",  "thanks",    "god",
              "willing", "around", "le",    "l",       "d",       "ce",      "pour",      "jusqu",
              "jusque", "au",     "peut",   "être",    "vers",    "matin",   "soir",      "soirée",
              "midi",   "après",  "oui",    "merci",   "svp",     "plutôt",  "sera"}) {
            made.insert(normalise(each));
        }
        return made;
    }();
    return words.contains(plain);
}

}  // namespace

bool names_only_a_day(std::string_view text, std::string_view language) {
    if (text.size() > text_bytes_max || text.find('?') != std::string_view::npos) return false;
    // Any day will do for today: whether one is named, and is to come, does not depend on it.
    const auto today = std::chrono::year{2026} / 1 / 1;
    const reading_rules rules{.language = std::string{language}, .today = today};
    scan in{.rules = rules, .tokens = tokens_of(text), .text = text};
    read_dates(in);
    const auto used = [](const token& one) { return one.used; };
    if (std::ranges::none_of(in.tokens, used)) return false;
    const auto passed = [&](const found_entity& one) {
        const auto day = parse_iso_date(one.value);
        return day && *day < today;
    };
    if (std::ranges::any_of(in.found, passed)) return false;
    read_times(in);
    return std::ranges::all_of(in.tokens, [](const token& one) {
        return one.used || one.kind == token_kind::sign || is_around_a_day(one.plain);
    });
}

}  // namespace tertulia::dialogs
