// Apache Fineract (Mifos) by REST: requests rendered, answers read (answers.hpp), refusals judged,
// writes rendered. Pure: who calls, when and how often is gateway/core_banking's.
//
// It reads with a staff user of a narrow role; adapters/README.md says which permissions.

#pragma once

#include "adapters/fineract/answers.hpp"
#include "adapters/wire/http.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::adapters::fineract {

struct access {
    std::string base_url{};  // https://HOST:8443/fineract-provider/api/v1, without a slash behind
    std::string tenant{"default"};
    std::string user{};
    std::string password{};  // secret
};

// ---- reading ----

enum class list : std::uint8_t {
    offices,  // bare lists: Fineract does not page them
    staff,
    products,
    charges,
    payment_types,
    groups,  // in pages of page_rows, by id
    centres,
    clients,
    loans,
    savings,
};
inline constexpr std::int64_t page_rows = 200;
[[nodiscard]] bool is_paged(list what) noexcept;

[[nodiscard]] outbound_request render_list(list what, std::int64_t offset, const access& to);

// Ids are of this adapter's own answers: digits. Anything else is our bug and gives no request that
// could reach another address: it is percent-encoded.
[[nodiscard]] outbound_request render_client(std::string_view id, const access& to);
[[nodiscard]] outbound_request render_accounts(std::string_view client_id, const access& to);
[[nodiscard]] outbound_request render_group(std::string_view id, const access& to);
[[nodiscard]] outbound_request render_loan(std::string_view id, const access& to);
[[nodiscard]] outbound_request render_savings(std::string_view id, const access& to);
[[nodiscard]] outbound_request render_calendars(std::string_view group_id, const access& to);
[[nodiscard]] outbound_request render_meetings(std::string_view group_id, const access& to);
[[nodiscard]] outbound_request render_notes(std::string_view client_id, const access& to);
[[nodiscard]] outbound_request render_payoff(
    std::string_view loan_id, civil_date on, const access& to
);
[[nodiscard]] outbound_request render_business_date(const access& to);
// By telephone: its digits, at least eight of them, else nothing: the server searches by parts.
[[nodiscard]] std::optional<outbound_request> render_search(
    std::string_view phone, const access& to
);

// ---- what an answer means ----

enum class core_reaction : std::uint8_t {
    done,         // read, or written: written_id says as what
    waiting,      // of a write: taken for a checker's approval, and not done
    same_again,   // passing trouble: the same, with the same key, after `after`
    locked,       // the close of business holds that loan: later, with the same key
    slow_down,    // too many calls: all of them wait
    gone,         // there is no such record (any more)
    refused,      // validation, rule of the domain, duplicate: never this again
    not_allowed,  // the role lacks a permission: this kind of call is useless until it is given
    stop,         // user, password, tenant or address is wrong: no call makes sense
    ask_operator,
};

struct core_verdict {
    core_reaction reaction{core_reaction::ask_operator};
    std::string reason{};               // ours, safe to log
    std::string code{};                 // userMessageGlobalisationCode, the first of `errors` first
    std::string parameter{};            // of a validation error
    std::string written_id{};           // resourceId, loanId or clientId of what was written
    std::string command_id{};           // of what waits for a checker
    std::chrono::milliseconds after{};  // earliest next try
    int tries_max{};                    // of same_again and locked
};

enum class call_kind : std::uint8_t { read, write };

// By code first, then by status. A write without a usable 2xx answer is never `done`.
[[nodiscard]] core_verdict judge(const provider_response& answer, call_kind what);

// A row of the table judge() goes by; the first whose status and code fit decides.
struct core_rule {
    unsigned first{};  // HTTP status, inclusive; 0…999: any
    unsigned last{};
    std::string_view code{};  // what the error's code contains; empty: any, also none
    core_reaction reaction{};
    int tries_max{};
    std::chrono::seconds after{};
    std::string_view reason{};
};
[[nodiscard]] std::span<const core_rule> core_rules() noexcept;

// ---- writing ----
// Every write carries its Idempotency-Key, ours and kept: the same key again is the same write.

// What the template of product and client says; copied into the application as it stands, because
// the institution's products are its own.
struct application_terms {
    currency_rules currency{};
    std::int64_t term{}, term_unit{};
    std::int64_t repayments{}, repay_every{}, repay_unit{};
    std::string interest_rate{};  // per period, as written: "2.5"
    std::int64_t amortization{}, interest_type{}, interest_period{};
    std::string strategy{};  // transactionProcessingStrategyCode
};
[[nodiscard]] outbound_request render_template(
    std::string_view client_id, std::string_view product_id, const access& to
);
[[nodiscard]] result<application_terms> parse_template(std::string_view body);

struct application {
    std::string client_id{};
    std::string product_id{};
    money principal{};
    application_terms terms{};
    civil_date submitted_on{};
    civil_date wanted_on{};     // of the disbursal
    std::string external_id{};  // ours: "gw-app-51"
    std::string note{};
};
// Nothing if the amount is not of the terms' currency, not positive, or no multiple of what the
// product lends in.
[[nodiscard]] std::optional<outbound_request> render_application(
    const application& what, std::string_view key, const access& to
);

enum class note_owner : std::uint8_t { client, loan, group };
[[nodiscard]] outbound_request render_note(
    note_owner owner,
    std::string_view owner_id,
    std::string_view text,
    std::string_view key,
    const access& to
);

enum class presence : std::uint8_t { present = 1, absent, excused, leave, late };
struct attendance {
    std::string group_id{};
    std::string calendar_id{};
    civil_date on{};
    std::vector<std::pair<std::string, presence>> clients{};  // by id, in the order of the list
};
[[nodiscard]] outbound_request render_attendance(
    const attendance& what, std::string_view key, const access& to
);

// The sheet as Fineract proposes it. Saving one moves money: a person does that, with what the
// group's note tells her, and there is no function for it here.
[[nodiscard]] outbound_request render_collection_sheet(
    std::string_view group_id, std::string_view calendar_id, civil_date on, const access& to
);
struct sheet_due {
    std::string client_id{};
    std::string loan_id{};
    money due{};
};
[[nodiscard]] result<std::vector<sheet_due>> parse_collection_sheet(
    std::string_view body, currency_code currency
);

// ---- hooks ----

// Something happened: what to read again, not what to believe. A hook may tell of what was rolled
// back, or only waits for a checker.
struct hint {
    std::string client_id{};
    std::string loan_id{};
    std::string group_id{};
    std::string savings_id{};
};
// Nothing if it is no hook of this tenant; its body may hold other people's data: never log it.
[[nodiscard]] std::optional<hint> parse_hook(
    std::string_view body, std::string_view tenant_header, const access& of
);

}  // namespace tertulia::adapters::fineract
