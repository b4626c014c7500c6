// Telephone numbers by the plan of the institution's country. A short table rather than
// libphonenumber, whose headers Debian 12 cannot install beside our Boost: these are the countries
// we know; anywhere else only numbers with their "+" are read.

#include "dialogs/understanding/entity_readers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tertulia::dialogs {
namespace {

struct plan {
    std::string_view country{};
    std::string_view code{};
    std::size_t digits{};      // of a national number, without the 0 before it
    std::string_view first{};  // digits a number may begin with
    bool trunk_zero{};         // "07…" at home
};

constexpr auto plans = std::to_array<plan>({
    {"BF", "226", 8, "02567", false},   {"BJ", "229", 10, "0", false},
    {"BO", "591", 8, "234678", false},  {"CI", "225", 10, "02", false},
    {"CM", "237", 9, "26", false},      {"CO", "57", 10, "36", false},
    {"CR", "506", 8, "24678", false},   {"DO", "1", 10, "8", false},
    {"EC", "593", 9, "9", true},        {"ES", "34", 9, "6789", false},
    {"FR", "33", 9, "123456789", true}, {"GH", "233", 9, "235", true},
    {"GT", "502", 8, "234567", false},  {"HN", "504", 8, "23789", false},
    {"HT", "509", 8, "2345", false},    {"KE", "254", 9, "17", true},
    {"ML", "223", 8, "26789", false},   {"MX", "52", 10, "23456789", false},
    {"NE", "227", 8, "2789", false},    {"NG", "234", 10, "789", true},
    {"NI", "505", 8, "2578", false},    {"PA", "507", 8, "6", false},
    {"PE", "51", 9, "9", false},        {"RW", "250", 9, "7", true},
    {"SN", "221", 9, "37", false},      {"SV", "503", 8, "267", false},
    {"TG", "228", 8, "279", false},     {"TZ", "255", 9, "67", true},
    {"UG", "256", 9, "37", true},       {"US", "1", 10, "23456789", false},
});

constexpr std::size_t international_min = 8;
constexpr std::size_t international_max = 15;

bool fits(const plan& of, std::string_view national) {
    return national.size() == of.digits && of.first.find(national[0]) != std::string_view::npos;
}

std::string e164(std::string_view digits, bool with_plus, std::string_view country) {
    if (!with_plus && digits.starts_with("00")) {
        digits.remove_prefix(2);
        with_plus = true;
    }
    if (with_plus) {
        if (digits.size() < international_min || digits.size() > international_max ||
            digits[0] == '0') {
            return {};
        }
        const auto known = std::ranges::find_if(plans, [&](const plan& each) {
            return digits.starts_with(each.code) && each.code != "1";
        });
        if (known != plans.end() && !fits(*known, digits.substr(known->code.size()))) return {};
        return "+" + std::string{digits};
    }
    const auto at_home = std::ranges::find(plans, country, &plan::country);
    if (at_home == plans.end()) return {};
    auto national = digits;
    if (at_home->trunk_zero && national.starts_with("0")) {
        national.remove_prefix(1);
    } else if (national.starts_with(at_home->code) &&
               national.size() == at_home->code.size() + at_home->digits) {
        national.remove_prefix(at_home->code.size());
    } else if (at_home->trunk_zero) {
        return {};  // nine digits without their 0 may be anything
    }
    if (!fits(*at_home, national)) return {};
    return "+" + std::string{at_home->code} + std::string{national};
}

// Money is not called: "Q55550001".
bool is_paid(const scan& in, std::size_t at) {
    return at > 0 && !in.tokens[at].apart && in.tokens[at - 1].kind != token_kind::sign;
}

// "2026-12-15", "25-12-2026": eight figures and no telephone.
bool is_date(const scan& in, std::size_t at) {
    const auto digits = [&](std::size_t i, std::size_t min, std::size_t max) {
        return i < in.tokens.size() && in.tokens[i].kind == token_kind::digits &&
               !(i > at && in.tokens[i].apart) && in.tokens[i].plain.size() >= min &&
               in.tokens[i].plain.size() <= max;
    };
    if (!in.any(at + 1, "-", ".", "/") || !in.is(at + 3, in.tokens[at + 1].plain)) return false;
    return (digits(at, 4, 4) && digits(at + 2, 1, 2) && digits(at + 4, 1, 2)) ||
           (digits(at, 1, 2) && digits(at + 2, 1, 2) && digits(at + 4, 2, 4));
}

}  // namespace

void read_phones(scan& in) {
    const auto& all = in.tokens;
    for (std::size_t at = 0; at < all.size(); ++at) {
        const bool plus = all[at].plain == "+";
        auto first = at + (plus ? 1 : 0);
        if (first >= all.size()) break;
        if (plus && all[first].plain == "(" && first + 1 < all.size()) ++first;
        if (all[first].kind != token_kind::digits || is_paid(in, first)) continue;
        if (is_date(in, first)) {
            at = first + 4;
            continue;
        }
        // The longest run of figures, blanks, hyphens, points and brackets; then shorter ones.
        std::string digits = all[first].plain;
        std::vector<std::pair<std::size_t, std::string>> runs{{first + 1, digits}};
        for (auto i = first + 1; i < all.size() && digits.size() <= international_max + 2; ++i) {
            if (all[i].kind == token_kind::digits) {
                digits += all[i].plain;
                runs.emplace_back(i + 1, digits);
            } else if (all[i].plain != "-" && all[i].plain != "." && all[i].plain != "(" &&
                       all[i].plain != ")") {
                break;
            }
        }
        // Only the whole run: half of a longer number is nobody's.
        const auto& [end, whole] = runs.back();
        if (auto number = e164(whole, plus, in.rules.country); !number.empty()) {
            in.take(entity_kind::phone, at, end, std::move(number));
            at = end - 1;
        } else if (whole.size() > 9) {
            in.take(entity_kind::phone, at, end, {});  // an identity card, an account: no amount
            at = end - 1;
        } else {
            at = end - 1;
        }
    }
}

}  // namespace tertulia::dialogs
