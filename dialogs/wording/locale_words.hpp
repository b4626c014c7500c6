// One language's numbers, amounts, dates and plurals for one country, with everything ICU would
// otherwise look up at each use read at construction. Immutable: free to use from any thread.
// What the words mean in messages is said in catalogue.hpp.

#pragma once

#include "dialogs/facts/money.hpp"
#include "dialogs/message/language.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/wording/calendar.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

enum class date_form : std::uint8_t { short_, long_, weekday };
enum class plural_kind : std::uint8_t { cardinal, ordinal };
enum class plural_category : std::uint8_t { zero, one, two, few, many, other };

class locale_words {
public:
    // `country` fills in a tag without a region, so that "es" in Guatemala writes as es-GT does.
    // Null if `language` is no BCP 47 tag.
    [[nodiscard]] static std::unique_ptr<const locale_words> make(
        const language_tag& language, std::string_view country, currency_code house_currency
    );
    ~locale_words();
    locale_words(const locale_words&) = delete;
    locale_words& operator=(const locale_words&) = delete;

    void append_number(std::string& to, std::int64_t value) const;
    // The house currency by its short sign; another by its international one, and slower: its
    // formatter is made for the occasion, because an institution that lends in two is rare.
    void append_money(std::string& to, money value) const;
    // "380 m", "1.2 km", "14 km": as near as anybody walks or rides by.
    void append_distance(std::string& to, std::int64_t metres) const;
    void append_date(std::string& to, civil_date value, date_form form) const;
    // short: the time alone; long and weekday with that much of the date.
    void append_time(std::string& to, const local_time& value, date_form form) const;

    [[nodiscard]] plural_category plural(std::int64_t value, plural_kind kind) const;

private:
    struct parts;
    explicit locale_words(std::unique_ptr<const parts> built);
    std::unique_ptr<const parts> parts_;
};

}  // namespace tertulia::dialogs
