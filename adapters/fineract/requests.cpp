#include "adapters/fineract/requests.hpp"

#include "adapters/fineract/fineract.hpp"
#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::adapters::fineract {

outbound_request request_to(const access& to, std::string_view method, std::string_view path) {
    outbound_request out{.method = std::string{method}, .url = to.base_url + std::string{path}};
    out.headers = {
        {"Authorization", basic_credentials(to.user, to.password)},
        {"Fineract-Platform-TenantId", to.tenant},
        {"Accept", "application/json"}};
    return out;
}

std::string path_of(std::string_view collection, std::string_view id) {
    return "/" + std::string{collection} + "/" + percent_encoded(id);
}

bool is_paged(list what) noexcept {
    return what == list::groups || what == list::centres || what == list::clients ||
           what == list::loans || what == list::savings;
}

outbound_request render_list(list what, std::int64_t offset, const access& to) {
    const auto pages = "?offset=" + std::to_string(offset) + "&limit=" +
                       std::to_string(page_rows) + "&orderBy=id&sortOrder=ASC";
    switch (what) {
        case list::offices:
            return request_to(to, "GET", "/offices");
        case list::staff:
            return request_to(to, "GET", "/staff?status=all");
        case list::products:
            return request_to(to, "GET", "/loanproducts");
        case list::charges:
            return request_to(to, "GET", "/charges");
        case list::payment_types:
            return request_to(to, "GET", "/paymenttypes");
        case list::groups:  // these two page only when told to
            return request_to(to, "GET", "/groups" + pages + "&paged=true");
        case list::centres:
            return request_to(to, "GET", "/centers" + pages + "&paged=true");
        case list::clients:
            return request_to(to, "GET", "/clients" + pages);
        case list::savings:
            return request_to(to, "GET", "/savingsaccounts" + pages);
        case list::loans:
            break;
    }
    return request_to(to, "GET", "/loans" + pages);
}

outbound_request render_client(std::string_view id, const access& to) {
    return request_to(to, "GET", path_of("clients", id));
}

outbound_request render_accounts(std::string_view client_id, const access& to) {
    return request_to(to, "GET", path_of("clients", client_id) + "/accounts");
}

outbound_request render_group(std::string_view id, const access& to) {
    return request_to(
        to,
        "GET",
        path_of("groups", id) +
            "?associations=activeClientMembers,groupRoles,collectionMeetingCalendar"
    );
}

outbound_request render_loan(std::string_view id, const access& to) {
    return request_to(
        to, "GET", path_of("loans", id) + "?associations=repaymentSchedule,transactions"
    );
}

outbound_request render_savings(std::string_view id, const access& to) {
    return request_to(to, "GET", path_of("savingsaccounts", id));
}

outbound_request render_calendars(std::string_view group_id, const access& to) {
    return request_to(to, "GET", path_of("groups", group_id) + "/calendars");
}

outbound_request render_meetings(std::string_view group_id, const access& to) {
    return request_to(to, "GET", path_of("groups", group_id) + "/meetings");
}

outbound_request render_notes(std::string_view client_id, const access& to) {
    return request_to(to, "GET", path_of("clients", client_id) + "/notes");
}

outbound_request render_payoff(std::string_view loan_id, civil_date on, const access& to) {
    return request_to(
        to,
        "GET",
        path_of("loans", loan_id) + "/transactions/template?command=prepayLoan&transactionDate=" +
            iso_date(on) + "&dateFormat=yyyy-MM-dd&locale=en"
    );
}

outbound_request render_business_date(const access& to) {
    return request_to(to, "GET", "/businessdate");
}

std::optional<outbound_request> render_search(std::string_view phone, const access& to) {
    constexpr std::size_t digits_min = 8;
    std::string digits;
    std::ranges::copy_if(phone, std::back_inserter(digits), [](char c) {
        return c >= '0' && c <= '9';
    });
    if (digits.size() < digits_min) return std::nullopt;
    return request_to(to, "GET", "/search?query=" + digits + "&resource=clients&exactMatch=true");
}

std::optional<hint> parse_hook(
    std::string_view body, std::string_view tenant_header, const access& of
) {
    if (tenant_header != of.tenant) return std::nullopt;
    const auto document = read_document(body);
    if (!document || (*document)["entityName"].words().empty()) return std::nullopt;
    const auto& told = (*document)["response"];  // absent where it failed or waits for a checker
    const auto id = [&](std::string_view key) {
        auto found = id_of(told[key]);
        return found.empty() ? id_of((*document)[key]) : found;
    };
    hint out{id("clientId"), id("loanId"), id("groupId"), id("savingsId")};
    const auto entity = (*document)["entityName"].words();
    const auto itself = id_of(told["resourceId"]);
    if (entity == "CLIENT" && out.client_id.empty()) out.client_id = itself;
    if (entity == "LOAN" && out.loan_id.empty()) out.loan_id = itself;
    if (entity == "SAVINGSACCOUNT" && out.savings_id.empty()) out.savings_id = itself;
    if (entity == "GROUP" && out.group_id.empty()) out.group_id = itself;
    return out;
}

}  // namespace tertulia::adapters::fineract
