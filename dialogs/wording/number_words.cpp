#include "dialogs/wording/number_words.hpp"

#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/plurrule.h>
#include <unicode/rbnf.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <memory>
#include <string_view>

namespace tertulia::dialogs {
namespace {

std::string in_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::Locale locale_of(const language_tag& language) {
    UErrorCode status = U_ZERO_ERROR;
    auto out = icu::Locale::forLanguageTag(language, status);
    return U_SUCCESS(status) ? out : icu::Locale::getRoot();
}

// The first of the rule sets the language has.
std::string spelled(
    std::int64_t value, const icu::Locale& where, std::initializer_list<const char16_t*> rule_sets
) {
    UErrorCode status = U_ZERO_ERROR;
    icu::RuleBasedNumberFormat format{icu::URBNF_SPELLOUT, where, status};
    if (U_FAILURE(status)) return std::to_string(value);
    for (const auto* each : rule_sets) {
        UErrorCode chosen = U_ZERO_ERROR;
        format.setDefaultRuleSet(icu::UnicodeString{each}, chosen);
        if (U_SUCCESS(chosen)) break;
    }
    icu::UnicodeString out;
    format.format(value, out);
    out.findAndReplace(icu::UnicodeString{u"\u00AD"}, icu::UnicodeString{});  // where it may be broken
    return in_utf8(out);
}

std::int64_t units_in(money amount) noexcept {
    std::int64_t out = 1;
    for (int i = 0; i < minor_digits(amount.currency); ++i) out *= 10;
    return out;
}

// In English the first of a month is "first", and so is every day; in Spanish and French only it.
std::string day_number(int day, const icu::Locale& where) {
    const std::string_view language{where.getLanguage()};
    if (language == "en" || day == 1) {
        return spelled(day, where, {u"%spellout-ordinal", u"%spellout-ordinal-masculine"});
    }
    return spelled(day, where, {u"%spellout-numbering"});
}

}  // namespace

std::string number_in_words(std::int64_t value, const language_tag& language, number_form form) {
    const auto where = locale_of(language);
    switch (form) {
        case number_form::counting:
            return spelled(value, where, {u"%spellout-numbering"});
        case number_form::masculine:
            return spelled(value, where, {u"%spellout-cardinal-masculine", u"%spellout-cardinal"});
        case number_form::feminine:
            return spelled(value, where, {u"%spellout-cardinal-feminine", u"%spellout-cardinal"});
    }
    return std::to_string(value);
}

std::int64_t parts_of(money amount) noexcept {
    const auto parts = amount.minor % units_in(amount);
    return parts < 0 ? -parts : parts;
}

std::string units_in_words(money amount, const language_tag& language) {
    const auto where = locale_of(language);
    const auto units = amount.minor / units_in(amount);
    auto out = number_in_words(units, language, number_form::masculine);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules{icu::PluralRules::forLocale(where, status)};
    const auto plural = U_SUCCESS(status) ? in_utf8(rules->select(static_cast<double>(units)))
                                          : std::string{"other"};
    const auto code = icu::UnicodeString::fromUTF8(
        icu::StringPiece(amount.currency.view().data(), 3)
    );
    std::int32_t length = 0;
    UErrorCode named = U_ZERO_ERROR;
    const auto* const name = ucurr_getPluralName(
        icu::UnicodeString{code}.getTerminatedBuffer(), where.getName(), nullptr, plural.c_str(),
        &length, &named
    );
    out += ' ';
    out += U_SUCCESS(named) ? in_utf8(icu::UnicodeString{name, length})
                            : std::string{amount.currency.view()};
    return out;
}

std::string day_in_words(civil_date day, const language_tag& language) {
    if (!day.ok()) return {};
    const auto where = locale_of(language);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns{
        icu::DateTimePatternGenerator::createInstance(where, status)};
    if (U_FAILURE(status)) return {};
    icu::SimpleDateFormat format{patterns->getBestPattern(u"EEEEMMMMd", status), where, status};
    if (U_FAILURE(status)) return {};
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString text;
    const auto millis = std::chrono::duration_cast<milliseconds>(
        std::chrono::sys_days{day}.time_since_epoch()
    );
    format.format(static_cast<UDate>(millis.count()), text);
    auto out = in_utf8(text);
    const auto first = out.find_first_of("0123456789");
    if (first == std::string::npos) return out;
    const auto end = std::min(out.find_first_not_of("0123456789", first), out.size());
    const auto number = static_cast<int>(static_cast<unsigned>(day.day()));
    return out.replace(first, end - first, day_number(number, where));
}

}  // namespace tertulia::dialogs
