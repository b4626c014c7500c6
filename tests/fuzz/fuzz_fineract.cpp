// Any bytes as an answer of Fineract: whatever is read keeps the promises the mirror relies on.
// Seeds: tests/corpus/fineract.

#include "adapters/fineract/fineract.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

namespace fineract = tertulia::adapters::fineract;

void require(bool holds) {
    if (!holds) std::abort();
}

template <class Page>
void check_page(const Page& read) {
    if (!read) return;
    require(read->found.size() + read->broken.size() == read->rows);
    for (const auto& each : read->broken) require(!each.reason.empty());
}

void check_loan(std::string_view input) {
    const auto read = fineract::parse_loan(input);
    check_page(read);
    if (!read) return;
    for (const auto& row : read->found) {
        require(!row.what.id.empty() && row.what.principal.minor >= 0);
        int last = 0;
        for (const auto& each : row.what.schedule) {
            require(each.number > last && each.due.ok());
            require(each.paid.minor >= 0 && each.paid <= each.total && each.principal <= each.total);
            require(!each.met_on || each.paid == each.total);
            last = each.number;
        }
        for (const auto& each : row.what.payments) require(each.amount.minor >= 0 && each.on.ok());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const fineract::access server{.base_url = "https://x.example/api/v1"};
    check_loan(input);
    check_page(fineract::parse_clients(input));
    check_page(fineract::parse_groups(input));
    check_page(fineract::parse_staff(input));
    check_page(fineract::parse_offices(input));
    check_page(fineract::parse_loan_list(input));
    check_page(fineract::parse_savings(input));
    check_page(fineract::parse_products(input));
    check_page(fineract::parse_charges(input));
    check_page(fineract::parse_notes(input));
    check_page(fineract::parse_calendars(input));
    check_page(fineract::parse_meetings(input));
    check_page(fineract::parse_search(input));
    (void)fineract::parse_accounts(input);
    (void)fineract::parse_business_date(input);
    (void)fineract::parse_payoff(input, {});
    (void)fineract::parse_template(input);
    (void)fineract::parse_collection_sheet(input, {});
    (void)fineract::parse_hook(input, "default", server);
    for (const unsigned status : {200U, 400U, 403U, 409U, 500U}) {
        const auto judged = fineract::judge(
            {.status = status, .body = std::string{input}}, fineract::call_kind::write);
        require(judged.reaction != fineract::core_reaction::done || !judged.written_id.empty());
        require(judged.reaction == fineract::core_reaction::done || !judged.reason.empty());
    }
    return 0;
}
