// Fetches one page of a round, or one record, and makes of it what the portfolio stores. It decides
// nothing about when; it writes nothing.
//
// Threads: one at a time; it blocks while it waits for answers.

#pragma once

#include "adapters/fineract/fineract.hpp"
#include "adapters/ledger/ledger.hpp"
#include "adapters/wire/http.hpp"
#include "gateway/core_banking/core_offices.hpp"
#include "gateway/core_banking/core_rows.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {

// Makes the calls, a few at a time, and returns the answers in their order; nothing where none came.
using core_caller = std::function<std::vector<std::optional<adapters::provider_response>>(
    std::vector<adapters::outbound_request>)>;

struct seen_row {
    std::string kind{};  // "office", "staff", "group", "client", "loan", "savings"
    std::string id{};
    std::string fingerprint{};  // empty: seen in a list and not read
};

struct core_trouble {
    adapters::fineract::core_reaction reaction{};
    std::string reason{};               // safe to log
    std::chrono::milliseconds after{};  // 0: the caller's own back-off
};

struct core_found {
    adapters::ledger::contents what{};
    std::vector<seen_row> seen{};
    std::vector<std::pair<std::string, std::vector<std::string>>> members{};  // by group
    std::vector<core_offices> offices{};
    std::vector<std::string> later{};  // loans locked at the moment
    bool gone{};  // a record asked for is not there any more; in a round the sweep removes it
    std::int64_t rows{};
    std::int64_t total{-1};  // -1: the list is whole
    std::int64_t broken{};
    std::vector<std::string> notes{};          // what was broken, safe to log; a few of them
    std::optional<core_trouble> trouble{};     // nothing of the rest may then be stored
};

struct reader_settings {
    adapters::fineract::access access{};
    std::string country{};    // of telephone numbers
    language_tag language{};  // of clients we meet for the first time
};

class core_reader {
public:
    core_reader(core_rows& known, reader_settings how, core_caller call);

    // `today`: the institution's, which is what a loan's pay-off figure is for.
    [[nodiscard]] core_found read_page(const sync_cursor& at, civil_date today);
    // "client", "group", "loan" or "savings".
    [[nodiscard]] core_found read_record(
        std::string_view kind, std::string_view id, civil_date today
    );

private:
    struct answered {
        std::string body{};
        std::optional<core_trouble> trouble{};
    };
    [[nodiscard]] std::vector<answered> ask(std::vector<adapters::outbound_request> calls);
    [[nodiscard]] answered ask_one(adapters::outbound_request call);

    template <class Parse>
    auto list_page(
        adapters::fineract::list of, std::int64_t from, Parse parse, const char* kind, core_found& out
    );
    void read_offices(core_found& out);
    void read_staff(core_found& out);
    void read_groups(const sync_cursor& at, core_found& out);
    void read_clients(const sync_cursor& at, core_found& out);
    void read_loans(const sync_cursor& at, civil_date today, core_found& out);
    void read_savings(const sync_cursor& at, core_found& out);
    void read_one_savings(std::string_view id, core_found& out);
    static void add_savings(
        const adapters::fineract::page<adapters::fineract::savings_row>& page, core_found& out
    );
    void read_group_details(
        const std::vector<std::pair<std::string, std::string>>& wanted, core_found& out
    );
    void read_loan_details(
        const std::vector<std::pair<std::string, std::string>>& wanted,
        civil_date today,
        core_found& out
    );
    void read_payoffs(std::vector<loan>& of, civil_date today, core_found& out);
    void add_client(adapters::fineract::client_row row, core_found& out);

    core_rows& known_;
    reader_settings how_;
    core_caller call_;
};

}  // namespace tertulia::gateway
