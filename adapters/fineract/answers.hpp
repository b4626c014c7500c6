// Fineract's answers as values. One element that makes no sense never takes its page with it: it is
// listed as broken, by id and reason, and the copy of it we have stays as it was.
//
// Ids are Fineract's own numbers as text. Telephone numbers come as they were typed there: making
// E.164 of them needs the country, which the caller knows.

#pragma once

#include "adapters/fineract/values.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::fineract {

enum class errc {
    not_json = 1,      // cut off on the way, or not Fineract that answers: read it again
    unexpected_shape,  // JSON, but not what that address gives
};
boost::system::error_code make_error_code(errc code) noexcept;

template <class T>
using result = boost::system::result<T>;

struct broken_row {
    std::string id{};      // empty: it has none
    std::string reason{};  // ours, safe to log: no value of a person stands in it
};

// A list, whole or in pages.
template <class Row>
struct page {
    std::optional<std::int64_t> total{};  // of all pages; nothing: a bare list, which is all
    std::size_t rows{};                   // on this page, broken ones too: the next offset
    std::vector<Row> found{};
    std::vector<broken_row> broken{};
};

struct office_row {
    branch what{};
    std::string external_id{};
};

struct staff_row {
    officer what{};  // its phone is empty
    std::string mobile{};
    bool active{};
    bool loan_officer{};
};

struct group_role {
    std::string client_id{};
    std::string name{};  // as the institution calls it there: "Presidenta"
};

struct group_row {
    group what{};
    std::string external_id{};
    std::string centre_id{};
    bool active{};
    std::vector<std::string> members{};  // ids, where the answer has them
    std::vector<group_role> roles{};     // likewise
    std::string calendar_id{};           // of its meetings; likewise
    std::string fingerprint{};           // of the row as it came: compare lists with lists
};

struct client_row {
    client what{};  // without phones, language, courtesy and what else only we know
    std::string external_id{};
    std::string mobile{};
};

// A row of the list of loans: enough to tell whether the loan itself must be read again.
struct loan_head {
    std::string id{};
    std::string client_id{};  // empty: a loan of a group as such, which no one person owes
    loan_status status{};
    std::string fingerprint{};
};

// A loan with its schedule and its payments, and what Fineract's own summary says of it. The
// schedule is what we count by; the summary lags behind until the job for arrears has run.
struct loan_row {
    loan what{};
    std::string external_id{};
    std::string product_id{};
    std::string officer_id{};
    currency_rules currency{};
    std::optional<money> outstanding_told{};
    std::optional<money> overdue_told{};
    std::optional<std::int64_t> days_late_told{};
};

struct savings_row {
    std::string id{};
    std::string client_id{};
    std::string group_id{};
    std::string product{};
    money balance{};
    money available{};  // what may be taken out now
    bool active{};
};

struct calendar_row {
    std::string id{};
    std::string rhythm{};  // "P14D"; empty: none we know
    std::string time{};    // "10:00"
    std::string place{};
    bool collection{};                     // of payments, and not of trainings or audits
    std::vector<civil_date> coming{};      // as Fineract worked them out, rising
};

struct meeting_row {
    std::string id{};
    civil_date on{};
    std::map<std::string, std::int64_t> attendance{};  // by client: 1 present … 5 late
};

struct note_row {
    std::string id{};
    std::string text{};
    std::optional<instant> at{};
};

struct product_row {
    std::string id{};
    std::string name{};
    currency_rules currency{};
    std::optional<money> principal_least{}, principal_most{};
    bool active{};
};

struct charge_row {
    std::string id{};
    std::string name{};
    money amount{};         // of a flat charge
    std::string percent{};  // "2.5", as written; empty: a flat charge
    bool penalty{};
    bool active{};
};

struct named_row {  // payment types, and whatever else is an id and a name
    std::string id{};
    std::string name{};
};

struct accounts {  // of one client: ids only
    std::vector<std::string> loans{};
    std::vector<std::string> savings{};
};

struct found_client {
    std::string id{};
    std::string name{};
    std::string mobile{};
};

// What is owed on a day, of `prepayLoan`.
struct payoff {
    money total{};
    civil_date on{};
};

// The list of each kind. errc::not_json or unexpected_shape: nothing of it may be used.
[[nodiscard]] result<page<office_row>> parse_offices(std::string_view body);
[[nodiscard]] result<page<staff_row>> parse_staff(std::string_view body);
[[nodiscard]] result<page<group_row>> parse_groups(std::string_view body);
[[nodiscard]] result<page<named_row>> parse_centres(std::string_view body);
[[nodiscard]] result<page<client_row>> parse_clients(std::string_view body);
[[nodiscard]] result<page<loan_head>> parse_loan_list(std::string_view body);
[[nodiscard]] result<page<product_row>> parse_products(std::string_view body);
[[nodiscard]] result<page<charge_row>> parse_charges(std::string_view body);
[[nodiscard]] result<page<named_row>> parse_payment_types(std::string_view body);
[[nodiscard]] result<page<note_row>> parse_notes(std::string_view body);
[[nodiscard]] result<page<calendar_row>> parse_calendars(std::string_view body);
[[nodiscard]] result<page<meeting_row>> parse_meetings(std::string_view body);
[[nodiscard]] result<page<found_client>> parse_search(std::string_view body);

// One of each kind; a broken one is a `page` of one broken row.
[[nodiscard]] result<page<client_row>> parse_client(std::string_view body);
[[nodiscard]] result<page<group_row>> parse_group(std::string_view body);
[[nodiscard]] result<page<loan_row>> parse_loan(std::string_view body);
[[nodiscard]] result<page<savings_row>> parse_savings(std::string_view body);
// The same of a page of the list: its rows hold all we want to know.
[[nodiscard]] result<page<savings_row>> parse_savings_list(std::string_view body);

[[nodiscard]] result<accounts> parse_accounts(std::string_view body);
[[nodiscard]] result<payoff> parse_payoff(std::string_view body, currency_code currency);
// The one called BUSINESS_DATE; nothing where the server has none and its clock counts.
[[nodiscard]] result<std::optional<civil_date>> parse_business_date(std::string_view body);

}  // namespace tertulia::adapters::fineract

template <>
struct boost::system::is_error_code_enum<tertulia::adapters::fineract::errc> : std::true_type {};
