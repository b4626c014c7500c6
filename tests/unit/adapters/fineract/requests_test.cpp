// What goes out, what each refusal means, and hooks as hints.

#include "adapters/fineract/fineract.hpp"

#include "tests/unit/adapters/fineract/corpus.hpp"

#include <nlohmann/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::adapters::fineract {
namespace {

using namespace std::chrono_literals;
using std::chrono::year;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

const access server{
    .base_url = "https://core.example.org:8443/fineract-provider/api/v1",
    .tenant = "demo",
    .user = "gateway",
    .password = "secret-word"};
constexpr civil_date monday = year{2026} / 11 / 23;

std::string error_body(std::string_view code) {
    return nlohmann::json{
        {"httpStatusCode", "403"}, {"userMessageGlobalisationCode", code}, {"errors", nlohmann::json::array()}}
        .dump();
}

core_verdict judged(unsigned status, std::string body, call_kind what = call_kind::write) {
    return judge({.status = status, .body = std::move(body)}, what);
}

TEST(fineract_requests, every_request_says_who_and_which_tenant) {
    const auto sent = render_list(list::clients, 400, server);
    EXPECT_EQ(sent.method, "GET");
    EXPECT_EQ(
        sent.url,
        "https://core.example.org:8443/fineract-provider/api/v1/clients?offset=400&limit=200&"
        "orderBy=id&sortOrder=ASC"
    );
    EXPECT_THAT(sent.headers, Contains(Pair("Fineract-Platform-TenantId", "demo")));
    EXPECT_THAT(sent.headers, Contains(Pair("Authorization", "Basic Z2F0ZXdheTpzZWNyZXQtd29yZA==")));
}

TEST(fineract_requests, groups_and_centres_page_only_when_told_to) {
    EXPECT_THAT(render_list(list::groups, 0, server).url, HasSubstr("&paged=true"));
    EXPECT_THAT(render_list(list::centres, 0, server).url, HasSubstr("/centers?"));
    EXPECT_THAT(render_list(list::centres, 0, server).url, HasSubstr("&paged=true"));
    EXPECT_THAT(render_list(list::loans, 0, server).url, Not(HasSubstr("paged")));
    for (const auto each :
         {list::offices, list::staff, list::products, list::charges, list::payment_types}) {
        EXPECT_FALSE(is_paged(each));
        EXPECT_THAT(render_list(each, 0, server).url, Not(HasSubstr("offset")));
    }
}

TEST(fineract_requests, one_record_with_what_is_read_of_it) {
    EXPECT_THAT(
        render_loan("81", server).url, EndsWith("/loans/81?associations=repaymentSchedule,transactions")
    );
    EXPECT_THAT(render_group("5", server).url, HasSubstr("collectionMeetingCalendar"));
    EXPECT_THAT(render_client("27", server).url, EndsWith("/clients/27"));
    EXPECT_THAT(render_accounts("27", server).url, EndsWith("/clients/27/accounts"));
    EXPECT_THAT(render_savings("12", server).url, EndsWith("/savingsaccounts/12"));
    EXPECT_THAT(render_calendars("5", server).url, EndsWith("/groups/5/calendars"));
    EXPECT_THAT(render_meetings("5", server).url, EndsWith("/groups/5/meetings"));
    EXPECT_THAT(render_notes("27", server).url, EndsWith("/clients/27/notes"));
    EXPECT_THAT(render_business_date(server).url, EndsWith("/businessdate"));
    EXPECT_THAT(
        render_payoff("81", monday, server).url,
        HasSubstr("command=prepayLoan&transactionDate=2026-11-23&dateFormat=yyyy-MM-dd&locale=en")
    );
    EXPECT_THAT(render_loan("81/../../users", server).url, HasSubstr("81%2F..%2F..%2Fusers"));
}

TEST(fineract_requests, a_search_is_for_whole_numbers_only) {
    EXPECT_THAT(
        render_search("+502 5555-1234", server)->url,
        EndsWith("/search?query=50255551234&resource=clients&exactMatch=true")
    );
    EXPECT_FALSE(render_search("%", server));
    EXPECT_FALSE(render_search("5555", server)) << "the server searches by parts";
}

TEST(fineract_judge, a_read_that_came_is_done) {
    EXPECT_EQ(judged(200, "[]", call_kind::read).reaction, core_reaction::done);
}

TEST(fineract_judge, a_write_is_done_only_when_it_says_what_it_wrote) {
    const auto done = judged(200, sample("written.json"));
    EXPECT_EQ(done.reaction, core_reaction::done);
    EXPECT_EQ(done.written_id, "95");
    const auto waits = judged(200, sample("waits_for_checker.json"));
    EXPECT_EQ(waits.reaction, core_reaction::waiting);
    EXPECT_EQ(waits.command_id, "412");
    EXPECT_EQ(waits.written_id, "");
    EXPECT_EQ(judged(200, "{\"resour").reaction, core_reaction::same_again);
    EXPECT_EQ(judged(200, "{}").reaction, core_reaction::ask_operator);
}

TEST(fineract_judge, codes_decide_before_statuses) {
    const auto wrong = judged(400, sample("error_validation.json"));
    EXPECT_EQ(wrong.reaction, core_reaction::refused);
    EXPECT_EQ(wrong.code, "validation.msg.loan.transaction.transactionAmount.not.greater.than.zero");
    EXPECT_EQ(wrong.parameter, "transactionAmount");
    const auto locked = judged(409, sample("error_locked.json"));
    EXPECT_EQ(locked.reaction, core_reaction::locked);
    EXPECT_EQ(locked.after, 300s);
    EXPECT_EQ(
        judged(403, error_body("error.msg.client.duplicate.mobileNo")).reaction, core_reaction::refused
    );
    EXPECT_EQ(judged(403, error_body("error.msg.not.authorized")).reaction, core_reaction::not_allowed);
}

// Every row is reached by an answer that is its own, and none hides another.
TEST(fineract_judge, every_row_of_the_table_is_reached) {
    for (const auto& row : core_rules()) {
        const bool by_code = !row.code.empty();
        const auto status = row.last == 999 ? (by_code ? 418U : 302U) : row.first;
        // A code that ends where its row looks, in a form no other row looks for.
        const auto code = std::string{row.code.starts_with("error.") || row.code.starts_with("val")
                                          ? ""
                                          : "msg."} +
                          std::string{row.code};
        const auto got = judged(status, by_code ? error_body(code) : std::string{"<html>"});
        EXPECT_EQ(got.reaction, row.reaction) << row.reason;
        EXPECT_THAT(got.reason, HasSubstr(std::string{row.reason}));
        EXPECT_EQ(got.tries_max, row.tries_max) << row.reason;
        EXPECT_EQ(got.after, std::chrono::milliseconds{row.after}) << row.reason;
        EXPECT_EQ(got.after == 0ms, row.tries_max == 0) << "who tries again waits: " << row.reason;
    }
}

TEST(fineract_judge, the_servers_own_wait_counts_where_it_is_longer) {
    EXPECT_EQ(judge({.status = 429, .retry_after = "90"}, call_kind::read).after, 90s);
    EXPECT_EQ(judge({.status = 429, .retry_after = "1"}, call_kind::read).after, 30s);
    EXPECT_EQ(judge({.status = 503, .retry_after = "999999"}, call_kind::read).after, 3600s);
    EXPECT_EQ(judge({.status = 503, .retry_after = "Mon, 23 Nov"}, call_kind::read).after, 60s);
    EXPECT_EQ(judge({.status = 401, .retry_after = "5"}, call_kind::read).after, 0ms);
}

application her_application() {
    return {
        .client_id = "27",
        .product_id = "2",
        .principal = {400'000},
        .terms = parse_template(sample("template.json")).value(),
        .submitted_on = monday,
        .wanted_on = year{2026} / 12 / 1,
        .external_id = "gw-app-51",
        .note = "por chat"};
}

TEST(fineract_writes, an_application_copies_the_template) {
    const auto sent = render_application(her_application(), "key-1", server).value();
    EXPECT_EQ(sent.method, "POST");
    EXPECT_THAT(sent.url, EndsWith("/loans"));
    EXPECT_THAT(sent.headers, Contains(Pair("Idempotency-Key", "key-1")));
    EXPECT_EQ(
        nlohmann::json::parse(sent.body),
        nlohmann::json::parse(
            R"({"locale":"en","dateFormat":"yyyy-MM-dd","clientId":27,"productId":2,
                "loanType":"individual","principal":"4000.00","loanTermFrequency":20,
                "loanTermFrequencyType":1,"numberOfRepayments":10,"repaymentEvery":2,
                "repaymentFrequencyType":1,"interestRatePerPeriod":"2.500000","amortizationType":1,
                "interestType":0,"interestCalculationPeriodType":1,
                "transactionProcessingStrategyCode":"mifos-standard-strategy",
                "expectedDisbursementDate":"2026-12-01","submittedOnDate":"2026-11-23",
                "externalId":"gw-app-51","submittedOnNote":"por chat"})")
    );
    EXPECT_THAT(
        render_template("27", "2", server).url,
        EndsWith("/loans/template?templateType=individual&clientId=27&productId=2")
    );
}

TEST(fineract_writes, an_amount_the_product_does_not_lend_is_not_sent) {
    auto what = her_application();
    what.principal.minor = 405'000;
    EXPECT_FALSE(render_application(what, "k", server)) << "in hundreds only";
    what.principal = {0};
    EXPECT_FALSE(render_application(what, "k", server));
    what.principal = {400'000, {{'U', 'S', 'D'}}};
    EXPECT_FALSE(render_application(what, "k", server));
}

TEST(fineract_writes, a_template_that_lacks_a_term_is_none) {
    EXPECT_EQ(parse_template("{}").error(), errc::unexpected_shape);
    EXPECT_EQ(parse_template("{").error(), errc::not_json);
    auto less = nlohmann::json::parse(sample("template.json"));
    less.erase("numberOfRepayments");
    EXPECT_EQ(parse_template(less.dump()).error(), errc::unexpected_shape);
}

TEST(fineract_writes, notes_and_attendance) {
    const auto note = render_note(note_owner::client, "27", "Promesa: \"viernes\"", "key-2", server);
    EXPECT_THAT(note.url, EndsWith("/clients/27/notes"));
    EXPECT_EQ(note.body, R"({"note":"Promesa: \"viernes\""})");
    EXPECT_THAT(render_note(note_owner::loan, "81", "x", "k", server).url, EndsWith("/loans/81/notes"));
    EXPECT_THAT(render_note(note_owner::group, "5", "x", "k", server).url, EndsWith("/groups/5/notes"));
    const auto met = render_attendance(
        {"5", "14", monday, {{"27", presence::present}, {"31", presence::absent}}}, "key-3", server
    );
    EXPECT_THAT(met.url, EndsWith("/groups/5/meetings"));
    EXPECT_EQ(
        nlohmann::json::parse(met.body),
        nlohmann::json::parse(
            R"({"locale":"en","dateFormat":"yyyy-MM-dd","meetingDate":"2026-11-23","calendarId":14,
                "clientsAttendance":[{"clientId":27,"attendanceType":1},
                                     {"clientId":31,"attendanceType":2}]})")
    );
    EXPECT_THAT(met.headers, Contains(Pair("Idempotency-Key", "key-3")));
}

TEST(fineract_writes, a_collection_sheet_is_proposed_and_never_saved) {
    const auto sent = render_collection_sheet("5", "14", monday, server);
    EXPECT_THAT(sent.url, EndsWith("/groups/5?command=generateCollectionSheet"));
    EXPECT_THAT(sent.headers, Not(Contains(Pair("Idempotency-Key", testing::_))));
    const auto due = parse_collection_sheet(sample("collection_sheet.json"), {}).value();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].client_id, "27");
    EXPECT_EQ(due[0].loan_id, "81");
    EXPECT_EQ(due[0].due, money{46'500});
    EXPECT_EQ(parse_collection_sheet("{}", {}).error(), errc::unexpected_shape);
    EXPECT_EQ(
        parse_collection_sheet(R"({"groups":[{"clients":[{"loans":[{"loanId":1}]}]}]})", {}).error(),
        errc::unexpected_shape
    );
}

TEST(fineract_hooks, a_hook_says_what_to_read_again) {
    const auto paid = parse_hook(sample("hook_repayment.json"), "demo", server).value();
    EXPECT_EQ(paid.loan_id, "81");
    EXPECT_EQ(paid.client_id, "27");
    const auto waiting = parse_hook(sample("hook_waiting.json"), "demo", server).value();
    EXPECT_EQ(waiting.client_id, "27");
    EXPECT_EQ(waiting.loan_id, "");
    const auto fresh = parse_hook(
        R"({"entityName":"LOAN","actionName":"CREATE","response":{"resourceId":99}})", "demo", server
    );
    EXPECT_EQ(fresh->loan_id, "99");
}

TEST(fineract_hooks, what_is_no_hook_of_ours_is_nothing) {
    EXPECT_FALSE(parse_hook(sample("hook_repayment.json"), "other", server));
    EXPECT_FALSE(parse_hook("{}", "demo", server));
    EXPECT_FALSE(parse_hook("[]", "demo", server));
    EXPECT_FALSE(parse_hook("{\"entityName\":", "demo", server));
}

}  // namespace
}  // namespace tertulia::adapters::fineract
