#include "dialogs/rehearsal/given_reader.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "dialogs/facts/names.hpp"
#include "dialogs/rehearsal/test_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/services/referral_codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace tertulia::dialogs {
namespace {

std::optional<int> number(std::string_view text, int most) noexcept {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > most) {
        return std::nullopt;
    }
    return value;
}

class reader {
public:
    reader(currency_code currency, const rehearsal_cast& cast, findings& noted)
        : currency_(currency), cast_(cast), noted_(noted) {}

    given_facts given(const yaml_node& node) {
        given_facts made{};
        if (!node.map()) {
            noted_.error(rule::wrong_shape, node.at, "`given` looks like  given: {person: rosa}");
            return made;
        }
        for (const auto& entry : node.entries) take(entry, made);
        if (made.person.empty() && !made.first_name && (made.verified || made.loans || made.savings)) {
            noted_.error(
                rule::wrong_value,
                node.at,
                "nobody is on file here",
                "say who she is: person: rosa, or first_name: …"
            );
        }
        return made;
    }

    given_facts core_news(const yaml_node& node) {
        given_facts made{};
        if (!node.map() || node.entries.empty()) {
            noted_.error(
                rule::wrong_shape, node.at, "`core_has` looks like  core_has: {loans: [...]}"
            );
            return made;
        }
        const auto names = core_has_shape().names();
        for (const auto& entry : node.entries) {
            if (std::ranges::find(names, entry.key) != names.end()) {
                take(entry, made);
                continue;
            }
            auto mend = mend_for(entry.key, names);
            if (mend.empty()) mend = "see dialogs/README.md, Tests";
            noted_.error(
                rule::unknown_key,
                entry.at,
                "core banking has no '" + entry.key + "' of her",
                std::move(mend)
            );
        }
        return made;
    }

private:
    void take(const yaml_entry& entry, given_facts& made) {
        const auto& value = entry.value;
        const auto& key = entry.key;
        if (key == "person") {
            person(value, made);
        } else if (key == "first_name") {
            made.first_name = text(entry);
        } else if (key == "courtesy") {
            made.courtesy = text(entry);
        } else if (key == "officer") {
            made.officer = text_or_none(entry);
        } else if (key == "branch") {
            made.branch = text_or_none(entry);
        } else if (key == "pin") {
            made.pin = text_or_none(entry);
            const bool six = made.pin->size() == 6 &&
                             std::all_of(made.pin->begin(), made.pin->end(), [](char one) {
                                 return one >= '0' && one <= '9';
                             });
            if (!made.pin->empty() && !six) {
                noted_.error(
                    rule::wrong_value, value.at, "a PIN is six digits, or none", "pin: \"482915\""
                );
            }
        } else if (key == "met_officer") {
            made.met_officer = yes(entry);
        } else if (key == "loans") {
            loans(value, made);
        } else if (key == "savings") {
            savings(value, made);
        } else if (key == "payment_points") {
            payment_points(value, made);
        } else if (key == "core") {
            made.core = read_core(value, noted_);
        } else if (key == "at") {
            made.at = value.scalar() ? parse_local_time(value.text) : std::nullopt;
            if (!made.at) {
                noted_.error(
                    rule::wrong_value,
                    value.at,
                    "this is no moment",
                    "for example  at: 2026-11-23 10:40"
                );
            }
        } else if (key == "channel") {
            made.channel = text(entry);
        } else if (key == "language") {
            made.language_unknown = value.text == "unknown";
            if (!made.language_unknown) {
                noted_.error(
                    rule::wrong_value,
                    value.at,
                    "`language` here is only ever  unknown",
                    "in which languages a test is played stands in  in: [es, en]"
                );
            }
        } else if (key == "first_time") {
            made.first_time = yes(entry);
        } else if (key == "verified") {
            made.verified = yes(entry);
        } else if (key == "opted_out") {
            made.opted_out = yes(entry);
        } else if (key == "number") {
            made.no_number = value.text == "none";
            if (!made.no_number) {
                noted_.error(rule::wrong_value, value.at, "`number` here is only ever  none");
            }
        } else if (key == "shared_with") {
            given_facts other{};
            person(value, other);
            made.shared_with = other.person;
        } else if (key == "desk") {
            made.another_at_desk = text(entry) == "another";
            if (!made.another_at_desk && text(entry) != "hers") {
                noted_.error(rule::unknown_word, value.at, "`desk` is hers or another");
            }
        } else if (key == "referrers") {
            referrers(value, made);
        } else if (key == "works_here") {
            made.works_here = yes(entry);
        } else if (key == "prefers") {
            made.prefers = text(entry);
            if (made.prefers != "sms" && made.prefers != "whatsapp") {
                noted_.error(rule::unknown_word, value.at, "`prefers` is whatsapp or sms");
            }
        } else {
            auto mend = mend_for(key, given_shape().names());
            if (mend.empty()) mend = "see dialogs/README.md for what may be given";
            noted_.error(
                rule::unknown_key, entry.at, "`given` has no '" + key + "'", std::move(mend)
            );
        }
    }

    void person(const yaml_node& value, given_facts& made) {
        const auto& known = cast_.names;
        if (value.scalar() && std::find(known.begin(), known.end(), value.text) != known.end()) {
            made.person = value.text;
            return;
        }
        auto mend = mend_for(value.text, known);
        if (mend.empty()) {
            mend = "there are:";
            for (const auto& one : known) mend += " " + one;
        }
        noted_.error(
            rule::unknown_word,
            value.at,
            "nobody here is called '" + value.text + "'",
            std::move(mend)
        );
    }

    void loans(const yaml_node& value, given_facts& made) {
        made.loans.emplace();
        if (value.scalar() && value.text == "none") return;
        if (!value.list() || value.items.size() > loans_max) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "`loans` is none, or a list",
                "- {product: Crédito comunal, instalments: 10, paid: 4, each: 465.00, "
                "next_due: 2026-11-28}"
            );
            return;
        }
        for (const auto& item : value.items) made.loans->push_back(loan_of(item));
    }

    given_loan loan_of(const yaml_node& item) {
        given_loan made{};
        for (const auto& entry : item.entries) {
            const auto& value = entry.value;
            if (entry.key == "product") {
                made.product = text(entry);
            } else if (entry.key == "instalments" || entry.key == "paid") {
                const auto count = value.scalar() ? number(value.text, 1'000) : std::nullopt;
                if (!count)
                    noted_.error(rule::wrong_value, value.at, "this is a count of instalments");
                (entry.key == "paid" ? made.paid : made.instalments) = count.value_or(0);
            } else if (entry.key == "each") {
                made.each = amount(value);
            } else if (entry.key == "payoff") {
                made.payoff = amount(value);
            } else if (entry.key == "next_due") {
                made.next_due = value.scalar() ? parse_iso_date(value.text) : std::nullopt;
                if (!made.next_due)
                    noted_.error(rule::wrong_value, value.at, "this is no date", "2026-11-28");
            } else if (entry.key == "every") {
                const auto time = value.scalar() ? parse_duration(value.text) : std::nullopt;
                if (!time)
                    noted_.error(
                        rule::wrong_value, value.at, "this is no time", "for example  28 days"
                    );
                made.every_days = static_cast<int>(
                    std::chrono::duration_cast<std::chrono::days>(time.value_or(milliseconds{}))
                        .count()
                );
            } else {
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "a loan has no '" + entry.key + "'",
                    mend_for(entry.key, given_loan_shape().names())
                );
            }
        }
        if (!item.map() || made.product.empty() || made.instalments == 0) {
            noted_.error(
                rule::missing_key, item.at, "a loan needs a product, instalments and each"
            );
        } else if (made.paid < made.instalments && !made.next_due) {
            noted_.error(
                rule::missing_key,
                item.at,
                "when is the next instalment due?",
                "next_due: 2026-11-28"
            );
        } else if (made.paid > made.instalments) {
            noted_.error(rule::wrong_value, item.at, "more instalments are paid than there are");
        }
        return made;
    }

    money amount(const yaml_node& value) {
        const auto read = value.scalar() ? parse_decimal(value.text, currency_) : std::nullopt;
        if (!read) {
            noted_.error(rule::wrong_value, value.at, "this is no amount", "for example  465.00");
        }
        return read.value_or(money{0, currency_});
    }

    void savings(const yaml_node& value, given_facts& made) {
        made.savings.emplace();
        if (value.scalar() && value.text == "none") return;
        if (!value.list() || value.items.size() > savings_max) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "`savings` is none, or a list",
                "- {product: Ahorro, balance: 350.50}"
            );
            return;
        }
        for (const auto& item : value.items) {
            auto& one = made.savings->emplace_back();
            for (const auto& entry : item.entries) {
                if (entry.key == "product") {
                    one.product = text(entry);
                } else if (entry.key == "balance") {
                    one.balance = amount(entry.value);
                } else if (entry.key == "available") {
                    one.available = amount(entry.value);
                } else {
                    noted_.error(
                        rule::unknown_key,
                        entry.at,
                        "savings have no '" + entry.key + "'",
                        mend_for(entry.key, given_savings_shape().names())
                    );
                }
            }
            if (!item.map() || one.product.empty() || item.find("balance") == nullptr) {
                noted_.error(rule::missing_key, item.at, "savings need a product and a balance");
            }
        }
    }

    void referrers(const yaml_node& value, given_facts& made) {
        if (!value.list()) {
            noted_.error(
                rule::wrong_shape, value.at, "`referrers` is a list",
                "- {code: " + referral_code(99, 1) + ", name: Rosa}"
            );
            return;
        }
        for (const auto& item : value.items) {
            // Conversations that are not the one of the test.
            introduction one{.by = {99 + static_cast<std::int64_t>(made.referrers.size())}};
            for (const auto& entry : item.entries) {
                if (entry.key == "code") {
                    one.code = text(entry);
                } else if (entry.key == "name") {
                    one.name = text(entry);
                } else if (entry.key == "hers") {
                    if (yes(entry)) one.by = {1};  // the conversation of every test
                } else {
                    noted_.error(
                        rule::unknown_key,
                        entry.at,
                        "a referrer has no '" + entry.key + "'",
                        mend_for(entry.key, given_referrer_shape().names())
                    );
                }
            }
            if (one.code.empty() || find_referral_code(one.code) != one.code) {
                noted_.error(
                    rule::wrong_value, item.at, "this is no code of a referrer",
                    "for example  code: " + referral_code(one.by.value, 1)
                );
            }
            made.referrers.push_back(std::move(one));
        }
    }

    void payment_points(const yaml_node& value, given_facts& made) {
        if (!value.list()) {
            noted_.error(
                rule::wrong_shape,
                value.at,
                "`payment_points` is a list",
                "- {name: Tienda La Bendición, latitude: 14.83, longitude: -91.51}"
            );
            return;
        }
        for (const auto& item : value.items) made.payment_points.push_back(point_of(item));
    }

    payment_point point_of(const yaml_node& item) {
        payment_point made{.kind = "shop"};
        yaml_node place{item};
        place.entries.clear();
        for (const auto& entry : item.entries) {
            if (entry.key == "name") {
                made.id = made.name = text(entry);
            } else if (entry.key == "kind") {
                made.kind = text(entry);
            } else if (entry.key == "street") {
                made.street = text(entry);
            } else if (entry.key == "hours") {
                made.hours = text(entry);
            } else if (entry.key == "latitude" || entry.key == "longitude") {
                place.entries.push_back(entry);
            } else {
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "a place to pay has no '" + entry.key + "'",
                    mend_for(entry.key, given_point_shape().names())
                );
            }
        }
        if (made.name.empty()) {
            noted_.error(rule::missing_key, item.at, "a place to pay needs a name");
        }
        shared_location at{};
        if (read_location(place, at, noted_)) {
            made.latitude = at.latitude;
            made.longitude = at.longitude;
        }
        return made;
    }

    std::string text(const yaml_entry& entry) {
        if (entry.value.scalar() && !entry.value.text.empty()) return entry.value.text;
        noted_.error(rule::wrong_value, entry.value.at, "'" + entry.key + "' needs a text");
        return {};
    }
    std::string text_or_none(const yaml_entry& entry) {
        auto found = text(entry);
        return found == "none" ? std::string{} : found;
    }
    bool yes(const yaml_entry& entry) {
        const auto& word = entry.value.text;
        if (word == "true" || word == "false") return word == "true";
        noted_.error(rule::wrong_value, entry.value.at, "'" + entry.key + "' is true or false");
        return false;
    }

    currency_code currency_;
    const rehearsal_cast& cast_;
    findings& noted_;
};

}  // namespace

given_facts read_given(
    const yaml_node& node, currency_code currency, const rehearsal_cast& cast, findings& noted
) {
    return reader(currency, cast, noted).given(node);
}

given_facts read_core_has(
    const yaml_node& node, currency_code currency, const rehearsal_cast& cast, findings& noted
) {
    return reader(currency, cast, noted).core_news(node);
}

core_state read_core(const yaml_node& node, findings& noted) {
    static constexpr std::array states{core_state::up, core_state::stale, core_state::down};
    for (const auto one : states) {
        if (node.scalar() && node.text == name_of(one)) return one;
    }
    noted.error(rule::unknown_word, node.at, "core banking is up, stale or down");
    return core_state::up;
}

bool read_location(const yaml_node& node, shared_location& into, findings& noted) {
    const auto degrees = [&](std::string_view key, double bound, double& value) {
        const auto* found = node.find(key);
        if (found == nullptr || !found->scalar()) return false;
        const auto& text = found->text;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && end == text.data() + text.size() && value >= -bound &&
               value <= bound;
    };
    if (node.map() && node.entries.size() == 2 && degrees("latitude", 90, into.latitude) &&
        degrees("longitude", 180, into.longitude)) {
        return true;
    }
    noted.error(
        rule::wrong_shape, node.at, "a place looks like  {latitude: 14.63, longitude: -90.51}"
    );
    return false;
}

std::optional<local_time> parse_local_time(std::string_view text) noexcept {
    if (text.size() != 16 || text[10] != ' ' || text[13] != ':') return std::nullopt;
    const auto date = parse_iso_date(text.substr(0, 10));
    const auto hour = number(text.substr(11, 2), 23);
    const auto minute = number(text.substr(14, 2), 59);
    if (!date || !hour || !minute) return std::nullopt;
    return local_time{.date = *date, .hour = *hour, .minute = *minute};
}

}  // namespace tertulia::dialogs
