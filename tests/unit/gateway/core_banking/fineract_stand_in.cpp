#include "tests/unit/gateway/core_banking/fineract_stand_in.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "adapters/wire/query.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace tertulia::gateway::testing_core {
namespace {

using adapters::provider_response;
using json = nlohmann::ordered_json;

constexpr std::string_view base_path = "/fineract-provider/api/v1";
constexpr std::string_view exact = "#n:";  // a number to be written as these digits

json decimal_json(std::int64_t minor, std::string_view zeros = "0000") {
    return std::string{exact} + decimal({minor}) + std::string{zeros};
}

json day_json(civil_date day) {
    return json::array(
        {static_cast<int>(day.year()),
         static_cast<unsigned>(day.month()),
         static_cast<unsigned>(day.day())});
}

json code_json(int id) {
    return {{"id", id}, {"code", "stand.in." + std::to_string(id)}, {"value", "Stand-in"}};
}

json currency_json() {
    return {{"code", "GTQ"}, {"decimalPlaces", 2}, {"inMultiplesOf", 0}, {"displaySymbol", "Q"}};
}

std::string written_out(const json& what) {
    auto text = what.dump();
    for (auto at = text.find('"' + std::string{exact}); at != std::string::npos;
         at = text.find('"' + std::string{exact}, at)) {
        text.erase(at, exact.size() + 1);
        text.erase(text.find('"', at), 1);
    }
    return text;
}

provider_response well(const json& body) {
    return {.status = 200, .body = written_out(body)};
}

provider_response error(unsigned status, const std::string& code) {
    return {
        .status = status,
        .body = json{
            {"developerMessage", "stand-in"},
            {"httpStatusCode", std::to_string(status)},
            {"defaultUserMessage", "stand-in"},
            {"userMessageGlobalisationCode", code},
            {"errors", json::array()}}
                    .dump()};
}

std::map<std::string, std::string> values_of(std::string_view query) {
    std::map<std::string, std::string> out;
    const auto fields = adapters::read_form(query);
    if (fields) {
        for (const auto& each : *fields) out[each.name] = each.value;
    }
    return out;
}

int status_number(loan_status of) {
    switch (of) {
        case loan_status::submitted:
            return 100;
        case loan_status::approved:
            return 200;
        case loan_status::active:
            return 300;
        case loan_status::closed:
            return 600;
        case loan_status::written_off:
            return 601;
        case loan_status::rejected:
            return 500;
    }
    return 0;
}

// The rows of one page; a list that was not asked for pages is bare.
json page_of(json rows, const std::map<std::string, std::string>& query, bool paged) {
    if (!paged) return rows;
    const auto number = [&](const char* key, std::size_t otherwise) {
        const auto found = query.find(key);
        return found == query.end() ? otherwise : std::stoul(found->second);
    };
    const auto total = rows.size();
    const auto from = std::min(number("offset", 0), total);
    const auto to = std::min(from + number("limit", total), total);
    json items(json::array());
    for (auto i = from; i < to; ++i) items.push_back(rows[i]);
    return {{"totalFilteredRecords", total}, {"pageItems", std::move(items)}};
}

// As institutions call them there.
constexpr std::array<const char*, adapters::ledger::group_offices> role_names{
    "Presidenta", "TESORERA", "Secretaria", "Vocal I", "Encargada de caja"};

json sorted_by_id(json rows) {
    std::sort(rows.begin(), rows.end(), [](const json& left, const json& right) {
        return left["id"].get<std::int64_t>() < right["id"].get<std::int64_t>();
    });
    return rows;
}

}  // namespace

void fineract_stand_in::fail(core_fault next) {
    const std::scoped_lock lock{mutex_};
    faults_.push_back(std::move(next));
}

void fineract_stand_in::lock(const std::string& loan_id) {
    const std::scoped_lock lock{mutex_};
    locked_.push_back(books_.number_of(loan_id));
}

void fineract_stand_in::unlock_all() {
    const std::scoped_lock lock{mutex_};
    locked_.clear();
}

std::optional<provider_response> fineract_stand_in::answer(const core_request& request) {
    const std::scoped_lock lock{mutex_};
    asked_.push_back(request);
    const auto fault = std::ranges::find_if(faults_, [&](const core_fault& each) {
        return each.times > 0 && request.target.find(each.path) != std::string::npos;
    });
    if (fault == faults_.end()) return answer_well(request);
    --fault->times;
    if (fault->after_it_is_done) (void)answer_well(request);
    if (fault->cut_off) {
        auto half = answer_well(request);
        if (half) half->body.resize(half->body.size() / 2);
        return half;
    }
    if (fault->status == 0) return std::nullopt;
    return provider_response{fault->status, fault->body, fault->retry_after};
}

std::optional<provider_response> fineract_stand_in::answer_well(const core_request& request) {
    const auto header = [&](const char* name) {
        const auto found = request.headers.find(name);
        return found == request.headers.end() ? std::string{} : found->second;
    };
    if (header("fineract-platform-tenantid") != tenant) {
        return provider_response{.status = 400, .body = "<html>no such tenant</html>"};
    }
    if (header("authorization") != adapters::basic_credentials(user, password)) {
        return error(401, "error.msg.not.authenticated");
    }
    const auto mark = request.target.find('?');
    const auto path = request.target.substr(0, mark);
    const auto query =
        mark == std::string::npos ? std::string{} : request.target.substr(mark + 1);
    if (request.method == "GET") return get(path, values_of(query));
    const auto key = header("idempotency-key");
    if (!key.empty() && replies_.contains(key)) return replies_.at(key);
    auto reply = post(request, path);
    if (!key.empty()) replies_[key] = reply;
    return reply;
}

provider_response fineract_stand_in::get(
    const std::string& path, const std::map<std::string, std::string>& query
) {
    auto rows = json::array();
    if (path == "/offices") {
        for (const auto& each : books_.branches) {
            rows.push_back(
                {{"id", books_.number_of(each.id)}, {"name", each.name}, {"externalId", each.id}});
        }
        return well(rows);
    }
    if (path == "/staff") {
        for (const auto& each : books_.officers) {
            rows.push_back(
                {{"id", books_.number_of(each.id)},
                 {"firstname", each.first_name},
                 {"lastname", each.last_name},
                 {"officeId", books_.number_of(each.branch_id)},
                 {"mobileNo", each.phone},
                 {"isLoanOfficer", true},
                 {"isActive", true}});
        }
        return well(rows);
    }
    if (path == "/groups") {
        for (const auto& each : books_.groups) {
            rows.push_back(
                {{"id", books_.number_of(each.id)},
                 {"name", each.name},
                 {"status", code_json(300)},
                 {"officeId", books_.number_of(each.branch_id)}});
        }
        return well(page_of(sorted_by_id(rows), query, query.contains("paged")));
    }
    if (path == "/clients") {
        for (const auto& each : books_.clients) rows.push_back(client_json(each));
        return well(page_of(sorted_by_id(rows), query, true));
    }
    if (path == "/loans/template") {
        return well(
            {{"currency", currency_json()},
             {"termFrequency", 20},
             {"termPeriodFrequencyType", code_json(1)},
             {"numberOfRepayments", 10},
             {"repaymentEvery", 2},
             {"repaymentFrequencyType", code_json(1)},
             {"interestRatePerPeriod", "#n:2.500000"},
             {"amortizationType", code_json(1)},
             {"interestType", code_json(0)},
             {"interestCalculationPeriodType", code_json(1)},
             {"transactionProcessingStrategyCode", "mifos-standard-strategy"}});
    }
    if (path == "/loans") {
        for (const auto& each : books_.loans) rows.push_back(loan_json(each, false));
        return well(page_of(sorted_by_id(rows), query, true));
    }
    if (path == "/savingsaccounts") {
        for (const auto& each : books_.savings) rows.push_back(savings_json(each));
        return well(page_of(sorted_by_id(rows), query, true));
    }
    if (path.starts_with("/savingsaccounts/")) {
        for (const auto& each : books_.savings) {
            if (std::to_string(books_.number_of(each.head.id)) == path.substr(17)) {
                return well(savings_json(each));
            }
        }
    }
    if (path.starts_with("/loans/") && path.ends_with("/transactions/template")) {
        return payoff(path.substr(7, path.find('/', 7) - 7));
    }
    if (path.starts_with("/loans/")) return one_loan(path.substr(7));
    if (path.starts_with("/groups/")) return one_group(path.substr(8));
    if (path.starts_with("/clients/")) {
        for (const auto& each : books_.clients) {
            if (std::to_string(books_.number_of(each.id)) == path.substr(9)) {
                return well(client_json(each));
            }
        }
    }
    return error(404, "error.msg.resource.not.found");
}

provider_response fineract_stand_in::one_loan(const std::string& id) {
    for (const auto& each : books_.loans) {
        const auto number = books_.number_of(each.head.id);
        if (std::to_string(number) != id) continue;
        if (std::ranges::find(locked_, number) != locked_.end()) {
            return error(409, "error.msg.loan.locked");
        }
        return well(loan_json(each, true));
    }
    return error(404, "error.msg.loan.id.invalid");
}

provider_response fineract_stand_in::one_group(const std::string& id) {
    for (const auto& each : books_.groups) {
        if (std::to_string(books_.number_of(each.id)) != id) continue;
        auto members = json::array();
        for (const auto& who : books_.clients) {
            if (who.group_id == each.id) members.push_back({{"id", books_.number_of(who.id)}});
        }
        json calendar{
            {"id", 14},
            {"type", code_json(1)},
            {"meetingTime", json::array({10, 0})},
            {"recurrence", "FREQ=WEEKLY;INTERVAL=2"}};
        if (each.next_meeting) {
            calendar["nextTenRecurringDates"] = json::array({day_json(*each.next_meeting)});
        }
        auto roles = json::array();
        for (const auto& one : books_.leaders) {
            if (one.group_id != each.id) continue;
            for (const auto office : one.offices) {
                roles.push_back(
                    {{"id", 1 + static_cast<int>(office)},
                     {"role", {{"id", 12}, {"name", role_names[static_cast<std::size_t>(office)]}}},
                     {"clientId", books_.number_of(one.client_id)}});
            }
        }
        return well(
            {{"id", books_.number_of(each.id)},
             {"name", each.name},
             {"groupRoles", std::move(roles)},
             {"status", code_json(300)},
             {"officeId", books_.number_of(each.branch_id)},
             {"staffId", books_.number_of(each.officer_id)},
             {"activeClientMembers", std::move(members)},
             {"collectionMeetingCalendar", std::move(calendar)}});
    }
    return error(404, "error.msg.group.id.invalid");
}

provider_response fineract_stand_in::hold_meeting(const std::string& path, const std::string& text) {
    const auto body = nlohmann::json::parse(text);
    for (const auto& each : body.at("clientsAttendance")) {
        const auto how = each.at("attendanceType").get<int>();
        if (how < 1 || how > 5) return error(400, "validation.msg.meeting.attendanceType.invalid");
    }
    for (const auto& each : books_.groups) {
        if (path != "/groups/" + std::to_string(books_.number_of(each.id)) + "/meetings") continue;
        const bool right = body.at("calendarId") == 14 && each.next_meeting &&
                           body.at("meetingDate") == iso_date(*each.next_meeting);
        if (!right) return error(403, "error.msg.calendar.meeting.not.valid.recurring.date");
    }
    return {.status = 200};
}

provider_response fineract_stand_in::sheet_of(const std::string& path, const std::string& text) {
    const auto body = nlohmann::json::parse(text);
    auto people = json::array();
    for (const auto& each : books_.loans) {
        const auto& head = each.head;
        if (head.group_id.empty() || path != "/groups/" + std::to_string(books_.number_of(head.group_id))) {
            continue;
        }
        std::int64_t due = 0;
        for (const auto& part : books_.schedule_of(each)) {
            if (iso_date(part.due) <= body.at("transactionDate")) due += part.total.minor - part.paid.minor;
        }
        if (due == 0) continue;
        people.push_back(
            {{"clientId", books_.number_of(head.client_id)},
             {"loans", json::array({{{"loanId", books_.number_of(head.id)}, {"totalDue", decimal_json(due)}}})}});
    }
    return well({{"dueDate", body.at("transactionDate")}, {"groups", json::array({{{"clients", people}}})}});
}

provider_response fineract_stand_in::payoff(const std::string& loan_id) {
    for (const auto& each : books_.loans) {
        if (std::to_string(books_.number_of(each.head.id)) != loan_id) continue;
        if (each.head.status != loan_status::active) {
            return error(403, "error.msg.loan.status.not.active");
        }
        return well(
            {{"amount", decimal_json(books_.payoff_of(each))}, {"date", day_json(books_.today)}});
    }
    return error(404, "error.msg.loan.id.invalid");
}

json fineract_stand_in::savings_json(const book_savings& of) {
    return {
        {"id", books_.number_of(of.head.id)},
        {"clientId", books_.number_of(of.head.client_id)},
        {"savingsProductName", of.head.product},
        {"status", code_json(of.head.active ? 300 : 600)},
        {"currency", currency_json()},
        {"summary",
         {{"accountBalance", decimal_json(books::balance_of(of))},
          {"availableBalance", decimal_json(books::available_of(of))}}}};
}

json fineract_stand_in::client_json(const client& of) {
    const bool broken = std::ranges::find(unreadable, of.id) != unreadable.end();
    json out{
        {"id", books_.number_of(of.id)},
        {"externalId", of.id},
        {"status", code_json(broken ? 950 : of.status == client_status::active ? 300 : 600)},
        {"firstname", of.first_name},
        {"lastname", of.last_name},
        {"officeId", books_.number_of(of.branch_id)},
        {"staffId", books_.number_of(of.officer_id)}};
    // Without a plus sign, and once in the whole tenant.
    if (!of.phones.empty()) {
        const auto first = std::ranges::find_if(books_.clients, [&](const client& each) {
            return !each.phones.empty() && each.phones.front() == of.phones.front();
        });
        if (first->id == of.id) out["mobileNo"] = of.phones.front().substr(1);
    }
    return out;
}

json fineract_stand_in::loan_json(const book_loan& of, bool whole) {
    const auto& head = of.head;
    const auto owes = books_.owed_of(of);
    json out{
        {"id", books_.number_of(head.id)},
        {"externalId", head.id},
        {"status", code_json(status_number(head.status))},
        {"clientId", books_.number_of(head.client_id)},
        {"loanProductName", head.product},
        {"loanCounter", head.cycle},
        {"currency", currency_json()},
        {"principal", decimal_json(head.principal.minor)},
        {"timeline",
         {{"actualDisbursementDate", day_json(head.disbursed_on)},
          {"expectedMaturityDate", day_json(head.matures_on)}}},
        {"summary",
         {{"totalOutstanding", decimal_json(owes.outstanding)},
          {"totalOverdue", decimal_json(owes.overdue)}}}};
    if (!head.group_id.empty()) out["group"] = {{"id", books_.number_of(head.group_id)}};
    if (!whole) return out;
    auto periods = json::array();
    periods.push_back({{"dueDate", day_json(head.disbursed_on)}});
    for (const auto& each : books_.schedule_of(of)) {
        json period{
            {"period", each.number},
            {"dueDate", day_json(each.due)},
            {"complete", each.paid == each.total},
            {"principalDue", decimal_json(each.principal.minor, "00")},
            {"totalDueForPeriod", decimal_json(each.total.minor)},
            {"totalPaidForPeriod",
             each.paid.minor == 0 ? json("#n:0E-7") : decimal_json(each.paid.minor, "")},
            {"totalOutstandingForPeriod", decimal_json(each.total.minor - each.paid.minor)}};
        if (each.met_on) period["obligationsMetOnDate"] = day_json(*each.met_on);
        periods.push_back(std::move(period));
    }
    out["repaymentSchedule"] = {{"periods", std::move(periods)}};
    auto transactions = json::array();
    for (const auto& each : of.payments) {
        transactions.push_back(
            {{"id", each.id},
             {"type", {{"id", 2}, {"repayment", true}}},
             {"date", day_json(each.on)},
             {"amount", decimal_json(each.minor)},
             {"manuallyReversed", each.reversed},
             {"paymentDetailData", {{"paymentType", {{"id", 1}, {"name", each.place}}}}}});
    }
    out["transactions"] = std::move(transactions);
    return out;
}

provider_response fineract_stand_in::post(const core_request& request, const std::string& path) {
    if (maker_checker) return well({{"commandId", 412}, {"rollbackTransaction", true}});
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object()) return error(400, "error.msg.invalid.request.body");
    if (request.target.find("command=generateCollectionSheet") != std::string::npos) {
        return sheet_of(path, request.body);
    }
    if (path.ends_with("/meetings")) {
        if (auto refused = hold_meeting(path, request.body); refused.status != 200) return refused;
    }
    if (path == "/loans" && body.value("externalId", "").empty()) {
        return error(400, "validation.msg.loan.externalId.cannot.be.blank");
    }
    written_.emplace_back(path, request.body);
    return well({{"officeId", 1}, {"resourceId", ++next_id_}, {"changes", json::object()}});
}

core_caller fineract_stand_in::caller() {
    return [this](std::vector<adapters::outbound_request> calls) {
        std::vector<std::optional<provider_response>> out;
        for (auto& each : calls) {
            core_request request{.method = each.method, .body = each.body};
            request.target = each.url.substr(each.url.find(base_path) + base_path.size());
            for (const auto& [name, value] : each.headers) {
                std::string lower;
                for (const char c : name) lower += static_cast<char>(std::tolower(c));
                request.headers[lower] = value;
            }
            out.push_back(answer(request));
        }
        return out;
    };
}

void fineract_stand_in::listen() {
    const auto handle = [this](const http::request& from, http::reply to) {
        core_request request{
            .method = std::string{from.method},
            .target = std::string{from.path.substr(base_path.size())},
            .body = std::string{from.body}};
        if (!from.query.empty()) request.target += "?" + std::string{from.query};
        for (const auto* name : {"authorization", "fineract-platform-tenantid", "idempotency-key"}) {
            if (const auto value = from.header(name); !value.empty()) request.headers[name] = value;
        }
        auto found = answer(request);
        if (!found) return;  // the reply goes unused: 500 to whoever asks
        http::response out{
            .status = found->status, .content_type = "application/json", .body = found->body};
        if (!found->retry_after.empty()) out.headers.emplace_back("Retry-After", found->retry_after);
        std::move(to).send(std::move(out));
    };
    const auto path = std::string{base_path} + "/*";
    server_ = std::make_unique<http::server>(
        http::server_settings{.listen = "127.0.0.1:0"},
        std::vector<http::route>{
            {.method = "GET", .path = path, .handle = handle},
            {.method = "POST", .path = path, .handle = handle}});
    server_->start();
}

std::string fineract_stand_in::base_url() const {
    const auto port = server_ ? std::to_string(server_->port()) : std::string{"1"};
    return "http://127.0.0.1:" + port + std::string{base_path};
}

adapters::fineract::access fineract_stand_in::access() const {
    return {.base_url = base_url(), .tenant = tenant, .user = user, .password = password};
}

std::vector<core_request> fineract_stand_in::asked() {
    const std::scoped_lock lock{mutex_};
    return asked_;
}

std::size_t fineract_stand_in::asked_for(std::string_view part) {
    const std::scoped_lock lock{mutex_};
    return static_cast<std::size_t>(std::ranges::count_if(asked_, [&](const core_request& each) {
        return each.target.find(part) != std::string::npos;
    }));
}

std::vector<std::string> fineract_stand_in::written(std::string_view path) {
    const std::scoped_lock lock{mutex_};
    std::vector<std::string> out;
    for (const auto& [where, body] : written_) {
        if (where == path) out.push_back(body);
    }
    return out;
}

}  // namespace tertulia::gateway::testing_core
