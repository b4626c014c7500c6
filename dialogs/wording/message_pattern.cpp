#include "dialogs/wording/message_pattern.hpp"

#include "dialogs/wording/text.hpp"

#include <algorithm>
#include <type_traits>

namespace tertulia::dialogs {

// What one text is being made of.
struct message_pattern::saying {
    std::string& to;
    const fact_view& facts;
    const locale_words& locale;
    const local_calendar& calendar;
    const fact_field*& hole;

    void all(const std::vector<piece>& pieces, std::int64_t count) const {
        for (const auto& each : pieces) one(each, count);
    }

private:
    void missing(const piece& said) const {
        if (hole == nullptr) hole = said.fact;
    }

    void one(const piece& said, std::int64_t count) const {
        switch (said.kind) {
            case piece_kind::literal:
                to += said.literal;
                return;
            case piece_kind::count:
                locale.append_number(to, count);
                return;
            case piece_kind::plural:
                return plural(said, plural_kind::cardinal);
            case piece_kind::ordinal:
                return plural(said, plural_kind::ordinal);
            case piece_kind::select:
                return select(said);
            case piece_kind::plain:
            case piece_kind::money:
            case piece_kind::date:
            case piece_kind::time:
            case piece_kind::distance:
                return value(said);
        }
    }

    void value(const piece& said) const {
        const auto fact = value_of(*said.fact, facts);
        std::visit(
            [&](const auto& known) {
                using known_type = std::decay_t<decltype(known)>;
                if constexpr (std::is_same_v<known_type, std::monostate>) {
                    missing(said);
                    if (said.fact->type != fact_type::text) to += '-';
                } else if constexpr (std::is_same_v<known_type, std::string>) {
                    if (known.empty()) missing(said);
                    to += known;
                } else if constexpr (std::is_same_v<known_type, std::int64_t>) {
                    if (said.kind == piece_kind::distance) {
                        locale.append_distance(to, known);
                    } else {
                        locale.append_number(to, known);
                    }
                } else if constexpr (std::is_same_v<known_type, money>) {
                    locale.append_money(to, known);
                } else if constexpr (std::is_same_v<known_type, civil_date>) {
                    locale.append_date(to, known, said.form);
                } else if constexpr (std::is_same_v<known_type, instant>) {
                    const auto local = calendar.local(known);
                    if (said.kind == piece_kind::date) {
                        locale.append_date(to, local.date, said.form);
                    } else {
                        locale.append_time(to, local, said.form);
                    }
                } else if constexpr (std::is_same_v<known_type, std::vector<std::string>>) {
                    for (std::size_t i = 0; i < known.size(); ++i) {
                        if (i > 0) to += ", ";
                        to += known[i];
                    }
                } else {
                    static_assert(std::is_same_v<known_type, bool>);  // compile() lets none here
                }
            },
            fact
        );
    }

    void plural(const piece& said, plural_kind kind) const {
        const auto fact = value_of(*said.fact, facts);
        const auto* known = std::get_if<std::int64_t>(&fact);
        const auto number = known != nullptr ? *known : 0;
        if (known == nullptr) missing(said);
        const branch* chosen = nullptr;
        for (const auto& each : said.branches) {
            if (known != nullptr && each.exactly == number) chosen = &each;
        }
        const auto category = chosen == nullptr && known != nullptr
                                  ? locale.plural(number - said.offset, kind)
                                  : plural_category::other;
        for (const auto* each = said.branches.data();
             chosen == nullptr && each != said.branches.data() + said.branches.size();
             ++each) {
            if (!each->exactly && each->category == category) chosen = each;
        }
        if (chosen == nullptr) chosen = &said.branches.back();  // compile() put `other` last
        all(chosen->body, number - said.offset);
    }

    void select(const piece& said) const {
        const auto fact = value_of(*said.fact, facts);
        std::string_view word = "missing";
        if (const auto* truth = std::get_if<bool>(&fact)) word = *truth ? "true" : "false";
        if (const auto* text = std::get_if<std::string>(&fact); text != nullptr && !text->empty()) {
            word = *text;
        }
        const auto found =
            std::find_if(said.branches.begin(), said.branches.end(), [&](const branch& each) {
                return each.word == word;
            });
        all(found != said.branches.end() ? found->body : said.branches.back().body, 0);
    }
};

const fact_field* message_pattern::append(
    std::string& to,
    const fact_view& facts,
    const locale_words& locale,
    const local_calendar& calendar
) const {
    const fact_field* hole = nullptr;
    saying{to, facts, locale, calendar, hole}.all(pieces_, 0);
    return hole;
}

bool message_pattern::constant() const noexcept {
    return pieces_.empty() || (pieces_.size() == 1 && pieces_[0].kind == piece_kind::literal);
}

std::size_t message_pattern::literal_units() const noexcept {
    return units(pieces_);
}

std::size_t message_pattern::units(const std::vector<piece>& pieces) noexcept {
    std::size_t sum = 0;
    for (const auto& each : pieces) {
        sum += utf16_length(each.literal);
        std::size_t longest = 0;
        for (const auto& way : each.branches) longest = std::max(longest, units(way.body));
        sum += longest;
    }
    return sum;
}

}  // namespace tertulia::dialogs
