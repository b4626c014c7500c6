#include "adapters/ledger/records.hpp"

#include "dialogs/facts/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia::adapters::ledger {
namespace {

bool all_digits(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// P7D, P4W, P1M: a count of days, weeks or months.
bool is_rhythm(std::string_view text) noexcept {
    return text.size() >= 3 && text.size() <= 5 && text.front() == 'P' &&
           (text.back() == 'D' || text.back() == 'W' || text.back() == 'M') && text[1] != '0' &&
           all_digits(text.substr(1, text.size() - 2));
}

bool is_clock_time(std::string_view text) noexcept {
    return text.size() == 5 && text[2] == ':' && all_digits(text.substr(0, 2)) &&
           all_digits(text.substr(3)) && text.substr(0, 2) < "24" && text.substr(3) < "60";
}

// The shape of BCP 47 that operators write: "es", "es-GT".
bool is_language(std::string_view text) noexcept {
    const auto base = text.substr(0, text.find('-'));
    const auto rest = text.substr(base.size());
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto letter_or_digit = [&](char c) {
        return lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return (base.size() == 2 || base.size() == 3) && std::all_of(base.begin(), base.end(), lower) &&
           (rest.empty() || (rest.size() >= 3 && rest.size() <= 12)) &&
           std::all_of(rest.begin(), rest.end(), letter_or_digit);
}

// The words of an enum, in its own order, so that the index is the value.
template <class Enum>
std::vector<std::string_view> words_of() {
    std::vector<std::string_view> words;
    for (std::uint8_t index = 0; !name_of(static_cast<Enum>(index)).empty(); ++index) {
        words.push_back(name_of(static_cast<Enum>(index)));
    }
    return words;
}

template <class Enum>
Enum one_of(fields& from, std::string_view column, Enum otherwise) {
    static const auto words = words_of<Enum>();
    return static_cast<Enum>(from.word(column, words, static_cast<std::size_t>(otherwise)));
}

constexpr std::array<std::string_view, group_offices> office_words{
    "president", "treasurer", "secretary", "deputy", "handler"};

std::optional<money> amount_if_any(fields& from, std::string_view column, currency_code currency) {
    if (!from.has(column)) return std::nullopt;
    return from.amount(column, currency);
}

// "2/3"
void read_quorum(fields& from, group_bylaws& into) {
    if (!from.has("quorum")) return;
    const auto written = from.text("quorum");
    const auto* const end = written.data() + written.size();
    int above = 0;
    int below = 0;
    const auto [slash, first] = std::from_chars(written.data(), end, above);
    bool good = first == std::errc{} && slash != end && *slash == '/';
    if (good) {
        const auto [stopped, second] = std::from_chars(slash + 1, end, below);
        good = second == std::errc{} && stopped == end && above >= 1 && below >= above && below <= 100;
    }
    if (!good) {
        from.fail("quorum", shown(written) + " is not a share", "write 2/3, or 1/1 for all of them");
        return;
    }
    into.quorum_numerator = above;
    into.quorum_denominator = below;
}

currency_code currency_of(fields& from, currency_code otherwise) {
    currency_code currency = otherwise;
    const auto named = from.text("currency");
    if (!named.empty() && !parse_currency(named, currency)) {
        from.fail("currency", shown(named) + " is not a currency", "write GTQ, HNL, USD…");
    }
    return currency;
}

}  // namespace

std::string_view name_of(group_office what) noexcept {
    return office_words[static_cast<std::size_t>(what)];
}

std::optional<group_office> parse_group_office(std::string_view word) noexcept {
    const auto* const found = std::find(office_words.begin(), office_words.end(), word);
    if (found == office_words.end()) return std::nullopt;
    return static_cast<group_office>(found - office_words.begin());
}

branch read_branch(fields& from) {
    return {
        .id = from.id("id"),
        .name = from.text("name"),
        .street = from.text("street"),
        .phone = from.phone("phone"),
        .hours = from.text("hours"),
        .latitude = from.degrees("latitude", 90),
        .longitude = from.degrees("longitude", 180)};
}

officer read_officer(fields& from) {
    return {
        .id = from.id("id"),
        .first_name = from.text("first_name"),
        .last_name = from.text("last_name"),
        .courtesy = from.text("courtesy"),
        .phone = from.phone("phone"),
        .branch_id = from.id("branch_id"),
        .picture = from.text("picture")};
}

group read_group(fields& from) {
    group out{
        .id = from.id("id"),
        .name = from.text("name"),
        .branch_id = from.id("branch_id"),
        .officer_id = from.id("officer_id"),
        .meeting_rhythm = from.text("meeting_rhythm"),
        .next_meeting = from.date("next_meeting"),
        .meeting_time = from.text("meeting_time")};
    if (!out.meeting_rhythm.empty() && !is_rhythm(out.meeting_rhythm)) {
        from.fail(
            "meeting_rhythm",
            shown(out.meeting_rhythm) + " is not a rhythm",
            "write P7D for every week, P28D for every four"
        );
    }
    if (!out.meeting_time.empty() && !is_clock_time(out.meeting_time)) {
        from.fail(
            "meeting_time",
            shown(out.meeting_time) + " is not a time",
            "write hours and minutes, as in 09:30"
        );
    }
    return out;
}

client read_client(fields& from, const language_tag& otherwise) {
    client out{
        .id = from.id("id"),
        .first_name = from.text("first_name"),
        .last_name = from.text("last_name"),
        .courtesy = from.text("courtesy"),
        .phones = from.phones("phone"),
        .language = from.text("language"),
        .maturity = one_of(from, "maturity", archetype::emerger),
        .status = one_of(from, "status", client_status::active),
        .branch_id = from.id("branch_id"),
        .officer_id = from.id("officer_id"),
        .group_id = from.id("group_id"),
        .village = from.text("village"),
        .met_officer = from.yes("met_officer", false),
        .born = from.date("born")};
    if (out.language.empty()) out.language = otherwise;
    if (!is_language(out.language)) {
        from.fail("language", shown(out.language) + " is not a language", "write es, en, fr…");
    }
    if (out.phones.size() > phones_max) {
        from.fail("phone", "has more than 8 numbers", "keep those that are used");
    }
    return out;
}

loan read_loan(fields& from, currency_code otherwise) {
    const auto currency = currency_of(from, otherwise);
    loan out{
        .id = from.id("id"),
        .client_id = from.id("client_id"),
        .group_id = from.id("group_id"),
        .product = from.text("product"),
        .status = one_of(from, "status", loan_status::active),
        .cycle = from.number("cycle", 1, 999, 1),
        .principal = from.amount("principal", currency)};
    out.application = from.text("application");
    if (!out.application.empty() && !out.application.starts_with("gw-")) {
        out.application.insert(0, "gw-");  // written as she was told it
    }
    out.expected_on = from.date("expected_on");
    out.refusal = from.text("refusal");
    const auto disbursed = from.date("disbursed_on");
    const auto matures = from.date("matures_on");
    if (disbursed) out.disbursed_on = *disbursed;
    if (matures) out.matures_on = *matures;
    if (disbursed && matures && *matures < *disbursed) {
        from.fail("matures_on", "is before disbursed_on");
    }
    if (from.good() && out.status == loan_status::active && !disbursed) {
        from.fail("disbursed_on", "is empty", "an active loan has been paid out on some day");
    }
    if (from.has("payoff") != from.has("payoff_on")) {
        from.fail(
            "payoff", "and payoff_on go together", "what closes a loan is true of one day alone"
        );
    }
    const auto payoff = from.amount("payoff", currency);
    const auto payoff_on = from.date("payoff_on");
    if (from.has("payoff") && payoff_on) out.payoff = payoff_figure{payoff, *payoff_on};
    return out;
}

savings_account read_savings(fields& from, currency_code otherwise) {
    const auto currency = currency_of(from, otherwise);
    savings_account out{
        .id = from.id("id"),
        .client_id = from.id("client_id"),
        .product = from.text("product"),
        .balance = from.amount("balance", currency),
        .available = from.amount("available", currency),
        .active = from.yes("active", true)};
    if (!from.has("available")) out.available = out.balance;
    if (from.good() && out.available > out.balance) {
        from.fail("available", "is more than balance", "of what is there a part may be held");
    }
    return out;
}

instalment read_instalment(fields& from, currency_code currency) {
    instalment out{
        .number = from.number("number", 1, static_cast<int>(instalments_max), 1),
        .due = from.date("due").value_or(civil_date{}),
        .total = from.amount("total", currency),
        .principal = from.amount("principal", currency),
        .paid = from.amount("paid", currency),
        .met_on = from.date("met_on")};
    if (!from.has("principal")) out.principal = out.total;
    if (!from.good()) return out;
    if (out.principal > out.total) from.fail("principal", "is more than total");
    if (out.paid > out.total) {
        from.fail("paid", "is more than total", "what is over belongs to the next instalment");
    }
    if (out.met_on && out.paid < out.total) {
        from.fail("met_on", "has a day although paid is less than total", "leave it empty");
    }
    return out;
}

payment read_payment(fields& from, currency_code currency) {
    return {
        .id = from.id("id"),
        .on = from.date("on").value_or(civil_date{}),
        .amount = from.amount("amount", currency),
        .place = from.text("place"),
        .reversed = from.yes("reversed", false),
        .receipt = from.text("receipt")};
}

payment_point read_payment_point(fields& from) {
    static const std::vector<std::string_view> sorts{"agency", "bank", "shop"};
    payment_point out{.id = from.id("id"), .name = from.text("name")};
    out.kind = sorts[from.word("kind", sorts, 0)];
    out.street = from.text("street");
    // What people go by; told after the street, and found with it.
    if (auto landmark = from.text("landmark"); !landmark.empty()) {
        out.street += (out.street.empty() ? "" : ", ") + landmark;
    }
    out.hours = from.text("hours");
    out.latitude = from.degrees("latitude", 90);
    out.longitude = from.degrees("longitude", 180);
    out.branch_id = from.id("branch_id");
    out.takes_cash = from.yes("takes_cash", true);
    out.takes_card = from.yes("takes_card", false);
    return out;
}

// Several offices are written as several telephones are: "treasurer|handler".
group_leader read_leader(fields& from) {
    group_leader out{.group_id = from.id("group_id"), .client_id = from.id("client_id")};
    const auto written = from.text("role");
    if (!from.good()) return out;
    std::array<bool, group_offices> held{};
    std::string_view rest = written;
    while (true) {
        const auto bar = rest.find('|');
        const auto word = rest.substr(0, bar);
        if (const auto office = parse_group_office(word)) {
            held[static_cast<std::size_t>(*office)] = true;
        } else {
            const auto near = nearest(word, {office_words.begin(), office_words.end()});
            from.fail(
                "role",
                shown(word) + " is none of president, treasurer, secretary, deputy, handler",
                near.empty() ? std::string{} : "did you mean " + std::string{near} + "?"
            );
        }
        if (bar == std::string_view::npos) break;
        rest.remove_prefix(bar + 1);
    }
    for (std::size_t i = 0; i < group_offices; ++i) {
        if (held[i]) out.offices.push_back(static_cast<group_office>(i));
    }
    return out;
}

relative_pair read_relatives(fields& from) {
    relative_pair out{.client_id = from.id("client_id"), .relative_id = from.id("relative_id")};
    if (from.good() && out.client_id == out.relative_id) {
        from.fail("relative_id", "is the same as client_id", "nobody is her own relative");
    }
    if (out.relative_id < out.client_id) std::swap(out.client_id, out.relative_id);
    return out;
}

group_bylaws read_bylaws(fields& from, currency_code otherwise) {
    group_bylaws out{.group_id = from.id("group_id"), .currency = currency_of(from, otherwise)};
    read_quorum(from, out);
    out.internal_cash = amount_if_any(from, "internal_cash", out.currency);
    out.internal_cash_on = from.date("internal_cash_on");
    out.savings = amount_if_any(from, "savings", out.currency);
    out.tells_totals = from.yes("tells_totals", false);
    out.fine_late = amount_if_any(from, "fine_late", out.currency);
    out.fine_absent = amount_if_any(from, "fine_absent", out.currency);
    out.fine_other = amount_if_any(from, "fine_other", out.currency);
    if (from.good() && out.internal_cash_on && !out.internal_cash) {
        from.fail("internal_cash_on", "is given without internal_cash", "say how much was counted");
    }
    return out;
}

client_pin read_pin(fields& from) {
    client_pin out{.client_id = from.id("client_id"), .pin = from.text("pin")};
    // The value itself is never quoted: problems are printed and logged.
    if (from.good() && (out.pin.size() != 6 || !all_digits(out.pin))) {
        from.fail("pin", "is not six digits");
    }
    return out;
}

}  // namespace tertulia::adapters::ledger
