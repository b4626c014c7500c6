#include "dialogs/wording/locale_words.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/localebuilder.h>
#include <unicode/locid.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>
#include <boost/assert.hpp>

#include <array>
#include <charconv>
#include <chrono>

namespace tertulia::dialogs {
namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

// ICU parts amounts and times with hard spaces (U+00A0, U+202F), which SMS alphabets do not have.
void append_soft(std::string& to, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at, 2) == "\u00A0") {
            to += ' ';
            at += 2;
        } else if (text.substr(at, 3) == "\u202F") {
            to += ' ';
            at += 3;
        } else {
            to += text[at++];
        }
    }
}

icu::CurrencyUnit unit_of(currency_code code, UErrorCode& status) {
    const auto letters = code.view();
    return {icu::StringPiece(letters.data(), 3), status};
}

int fraction_digits(currency_code code) {
    UErrorCode status = U_ZERO_ERROR;
    const auto digits = ucurr_getDefaultFractionDigits(
        icu::UnicodeString::fromUTF8(icu::StringPiece(code.view().data(), 3)).getTerminatedBuffer(),
        &status
    );
    return U_SUCCESS(status) ? digits : 2;
}

// "1250.50" of 125050 centavos: exact, whatever the size.
std::string decimal(std::int64_t minor, int digits) {
    std::string text = std::to_string(minor);
    const std::size_t sign = minor < 0 ? 1 : 0;
    const auto wanted = static_cast<std::size_t>(digits);
    if (text.size() - sign <= wanted) text.insert(sign, wanted + 1 - (text.size() - sign), '0');
    if (wanted > 0) text.insert(text.size() - wanted, 1, '.');
    return text;
}

icu::number::LocalizedNumberFormatter house_format(
    const icu::Locale& where, currency_code currency, UErrorCode& status
) {
    auto format = icu::number::NumberFormatter::withLocale(where)
                      .unit(unit_of(currency, status))
                      .unitWidth(UNUM_UNIT_WIDTH_NARROW);
    // CLDR puts a space behind a letter that stands for money; nobody writes "Q 50".
    UErrorCode named = U_ZERO_ERROR;
    int32_t length = 0;
    ucurr_getName(
        icu::UnicodeString::fromUTF8(icu::StringPiece(currency.view().data(), 3))
            .getTerminatedBuffer(),
        where.getName(),
        UCURR_NARROW_SYMBOL_NAME,
        nullptr,
        &length,
        &named
    );
    if (U_SUCCESS(named) && length == 1) {
        icu::DecimalFormatSymbols symbols(where, status);
        symbols.setPatternForCurrencySpacing(UNUM_CURRENCY_INSERT, false, icu::UnicodeString{});
        format = format.symbols(symbols);
    }
    return format;
}

std::unique_ptr<icu::PluralRules> rules(const icu::Locale& where, UPluralType type) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::PluralRules> made{icu::PluralRules::forLocale(where, type, status)};
    return U_SUCCESS(status) ? std::move(made) : nullptr;
}

plural_category category(const icu::UnicodeString& word) {
    if (word == u"one") return plural_category::one;
    if (word == u"two") return plural_category::two;
    if (word == u"few") return plural_category::few;
    if (word == u"many") return plural_category::many;
    if (word == u"zero") return plural_category::zero;
    return plural_category::other;
}

// Civil times are written as if they were UTC's, so that no zone can move them.
std::unique_ptr<icu::SimpleDateFormat> dates_by(
    const icu::UnicodeString& pattern, const icu::Locale& where, UErrorCode& status
) {
    auto made = std::make_unique<icu::SimpleDateFormat>(pattern, where, status);
    if (U_SUCCESS(status)) made->setTimeZone(*icu::TimeZone::getGMT());
    return made;
}

UDate as_utc(const local_time& value) {
    const std::chrono::sys_days day{value.date};
    const auto at = day + std::chrono::hours{value.hour} + std::chrono::minutes{value.minute};
    return static_cast<UDate>(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count()
    );
}

constexpr std::size_t forms_count = 3;

}  // namespace

struct locale_words::parts {
    icu::Locale where{};
    currency_code house_currency{};
    int house_digits{2};
    bool plain_digits{true};
    // ICU's const members may be called by several threads at once.
    std::array<std::unique_ptr<icu::SimpleDateFormat>, forms_count> dates{};
    std::array<std::unique_ptr<icu::SimpleDateFormat>, forms_count> times{};
    icu::number::LocalizedNumberFormatter integers{};
    icu::number::LocalizedNumberFormatter amounts{};
    icu::number::LocalizedNumberFormatter metres{};
    icu::number::LocalizedNumberFormatter kilometres{};  // one decimal at most
    std::unique_ptr<icu::PluralRules> cardinals{};
    std::unique_ptr<icu::PluralRules> ordinals{};
};

locale_words::locale_words(std::unique_ptr<const parts> built) : parts_{std::move(built)} {}
locale_words::~locale_words() = default;

std::unique_ptr<const locale_words> locale_words::make(
    const language_tag& language, std::string_view country, currency_code house_currency
) {
    UErrorCode status = U_ZERO_ERROR;
    const auto size = static_cast<int32_t>(language.size());
    const auto asked = icu::Locale::forLanguageTag(icu::StringPiece(language.data(), size), status);
    if (U_FAILURE(status) || asked.isBogus() || asked.getLanguage()[0] == '\0') return nullptr;
    icu::LocaleBuilder builder;
    builder.setLocale(asked);
    if (asked.getCountry()[0] == '\0' && country.size() == 2) {
        builder.setRegion(icu::StringPiece(country.data(), 2));
    }
    // Dates are the bank's: Gregorian, also where the street counts another year.
    builder.setUnicodeLocaleKeyword("ca", "gregory");

    auto made = std::make_unique<parts>();
    made->where = builder.build(status);
    if (U_FAILURE(status)) return nullptr;
    made->house_currency = house_currency;
    made->house_digits = fraction_digits(house_currency);
    const icu::DecimalFormatSymbols digits(made->where, status);
    made->plain_digits = digits.getConstDigitSymbol(0) == u"0";
    made->integers = icu::number::NumberFormatter::withLocale(made->where);
    made->amounts = house_format(made->where, house_currency, status);
    made->metres = icu::number::NumberFormatter::withLocale(made->where)
                       .unit(icu::MeasureUnit::getMeter())
                       .unitWidth(UNUM_UNIT_WIDTH_SHORT);
    made->kilometres = icu::number::NumberFormatter::withLocale(made->where)
                           .unit(icu::MeasureUnit::getKilometer())
                           .unitWidth(UNUM_UNIT_WIDTH_SHORT)
                           .precision(icu::number::Precision::maxFraction(1));
    made->cardinals = rules(made->where, UPLURAL_TYPE_CARDINAL);
    made->ordinals = rules(made->where, UPLURAL_TYPE_ORDINAL);

    const std::unique_ptr<icu::DateTimePatternGenerator> generator{
        icu::DateTimePatternGenerator::createInstance(made->where, status)};
    if (U_FAILURE(status)) return nullptr;
    const auto pattern = [&](const char16_t* skeleton) {
        return dates_by(generator->getBestPattern(skeleton, status), made->where, status);
    };
    made->dates = {pattern(u"yMd"), pattern(u"yMMMMd"), pattern(u"EEEEMMMMd")};
    made->times = {pattern(u"jm"), pattern(u"yMMMMdjm"), pattern(u"EEEEjm")};
    if (U_FAILURE(status) || !made->cardinals || !made->ordinals) return nullptr;
    // A number formatter compiles itself at its fourth use: let that be now and not in a turn.
    for (int use = 0; use < 4; ++use) {
        made->integers.formatInt(1000, status);
        made->amounts.formatDecimal("1000.00", status);
    }
    if (U_FAILURE(status)) return nullptr;
    return std::unique_ptr<const locale_words>{new locale_words{std::move(made)}};
}

void locale_words::append_number(std::string& to, std::int64_t value) const {
    if (parts_->plain_digits && value >= 0 && value < 1000) {
        std::array<char, 4> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        to.append(digits.data(), end);
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    append_soft(to, utf8(parts_->integers.formatInt(value, status).toTempString(status)));
    BOOST_ASSERT(U_SUCCESS(status));
}

void locale_words::append_money(std::string& to, money value) const {
    UErrorCode status = U_ZERO_ERROR;
    if (value.currency == parts_->house_currency) {
        const auto amount = decimal(value.minor, parts_->house_digits);
        append_soft(to, utf8(parts_->amounts.formatDecimal(amount, status).toTempString(status)));
    } else {
        const auto amount = decimal(value.minor, fraction_digits(value.currency));
        const auto format = icu::number::NumberFormatter::withLocale(parts_->where)
                                .unit(unit_of(value.currency, status))
                                .unitWidth(UNUM_UNIT_WIDTH_ISO_CODE);
        append_soft(to, utf8(format.formatDecimal(amount, status).toTempString(status)));
    }
    BOOST_ASSERT(U_SUCCESS(status));
}

void locale_words::append_distance(std::string& to, std::int64_t metres) const {
    constexpr std::int64_t near = 1'000;
    constexpr std::int64_t far = 10'000;
    const auto rounded = [&](std::int64_t step) { return (metres + step / 2) / step * step; };
    UErrorCode status = U_ZERO_ERROR;
    const auto text =
        rounded(10) < near
            ? parts_->metres.formatInt(rounded(10), status)
            : parts_->kilometres.formatDouble(
                  static_cast<double>(rounded(rounded(100) < far ? 100 : near)) / 1'000, status
              );
    append_soft(to, utf8(text.toTempString(status)));
    BOOST_ASSERT(U_SUCCESS(status));
}

void locale_words::append_date(std::string& to, civil_date value, date_form form) const {
    icu::UnicodeString text;
    parts_->dates[static_cast<std::size_t>(form)]->format(as_utc({.date = value}), text);
    append_soft(to, utf8(text));
}

void locale_words::append_time(std::string& to, const local_time& value, date_form form) const {
    icu::UnicodeString text;
    parts_->times[static_cast<std::size_t>(form)]->format(as_utc(value), text);
    append_soft(to, utf8(text));
}

plural_category locale_words::plural(std::int64_t value, plural_kind kind) const {
    const auto& by = kind == plural_kind::cardinal ? *parts_->cardinals : *parts_->ordinals;
    return category(by.select(static_cast<double>(value)));
}

}  // namespace tertulia::dialogs
