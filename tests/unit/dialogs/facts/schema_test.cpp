// The published paths: each is found, each has the type it says, and each is missing rather than
// wrong when what it stands on is not there.

#include "dialogs/facts/schema.hpp"

#include "dialogs/facts/names.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

using namespace std::chrono;

fact_type type_of(const fact_value& value) {
    constexpr fact_type by_index[] = {
        fact_type::nothing,
        fact_type::boolean,
        fact_type::number,
        fact_type::text,
        fact_type::money,
        fact_type::date,
        fact_type::moment,
        fact_type::list};
    return by_index[value.index()];
}

struct schema_test : testing::Test {
    schema_test() {
        loan one{
            .id = "L1",
            .product = "Crédito comunal",
            .cycle = 3,
            .principal = {300000},
            .matures_on = 2026y / 12 / 21};
        one.schedule = {
            {.number = 1, .due = 2026y / 10 / 26, .total = {10000}, .paid = {10000}},
            {.number = 2, .due = 2026y / 11 / 20, .total = {10000}, .paid = {2500}},
            {.number = 3, .due = 2026y / 12 / 21, .total = {10000}},
            {.number = 4, .due = 2027y / 1 / 21, .total = {10000}, .paid = {10000}},
            {.number = 5, .due = 2027y / 2 / 21, .total = {9000}}};
        one.payoff = payoff_figure{{25000}, 2026y / 11 / 23};
        one.payments = {
            {.id = "P3", .on = 2026y / 11 / 21, .amount = {700}, .reversed = true},
            {.id = "P2", .on = 2026y / 11 / 20, .amount = {2500}},
            {.id = "P1", .on = 2026y / 10 / 26, .amount = {10000}}};
        rosa.who = {
            .id = "C1",
            .first_name = "Rosa",
            .courtesy = "doña Rosa",
            .language = "es",
            .maturity = archetype::nascent,
            .village = "Mixco",
            .met_officer = true};
        rosa.credit_agent = officer{
            .first_name = "Brenda",
            .last_name = "Toj",
            .courtesy = "seño Brenda",
            .phone = "+50255500001"};
        rosa.home_branch =
            branch{.name = "Mixco", .street = "1a calle", .phone = "+50255500002", .hours = "8-17"};
        rosa.village_bank = group{
            .name = "Las Bugambilias", .next_meeting = 2026y / 12 / 1, .meeting_time = "10:00"};
        rosa.loans = {one};
        rosa.savings = {
            {.id = "S1", .product = "Ahorro", .balance = {61235}, .available = {41235}}};
        rosa.has_pin = true;
        known.as_of = from_millis(1'700'000'000'000);
        for (const auto& field : fact_schema()) {
            constexpr std::string_view prefix = "meeting.";
            if (!field.path.starts_with(prefix)) continue;
            auto& value = told.values[std::string{field.path.substr(prefix.size())}];
            if (field.type == fact_type::number) value = std::int64_t{12};
            if (field.type == fact_type::money) value = money{25000};
            if (field.type == fact_type::moment) value = from_millis(5);
            if (field.type == fact_type::date) value = civil_date{2026y / 12 / 1};
            if (field.type == fact_type::text) value = std::string{"Las Bugambilias"};
        }
        paid_so_far = {.known = 6, .late = 1, .longest_late = 3, .due_before = 8, .cycle = 2};
        seen = {
            .known = &known,
            .who = &rosa,
            .point = &point,
            .points_found = 1,
            .house = &house,
            .now = from_millis(1'795'000'000'000),
            .today = 2026y / 11 / 23,
            .verified = true,
            .welcomed = true,
            .language = "fr",
            .channel = "whatsapp",
            .prefers =
                {.channel = "sms",
                 .hour = "15:00",
                 .form = "voice",
                 .address = "courtesy",
                 .reminders = "less",
                 .paused_until = 2027y / 1 / 1},
            .code_mark = "{code}",
            .pin_tries_left = 5,
            .pin_locked_until = from_millis(1),
            .of_case = &one_case,
            .of_meeting = &told,
            .staffed_from = from_millis(2),
            .application = &asked,
            .papers = &papers,
            .draft_next = "apply.use.label",
            .draft_left = 2,
            .refusal = &refused,
            .claim = &claimed,
            .claims_open = 1,
            .promise = &promised,
            .hardship =
                {.open = true,
                 .cause = "illness",
                 .option = "una parte",
                 .until = 2026y / 12 / 24,
                 .options = {"part"}},
            .option = &chosen,
            .promise_last_day = 2026y / 11 / 30,
            .safety_phone = "1572",
            .words = {
                .date = 2026y / 11 / 27,
                .means = "promise",
                .until = 2026y / 12 / 4,
                .amount = {25000},
                .text = "pago el viernes",
                .danger = true},
            .referrals = &recommended,
            .reminder = {.on = 2026y / 12 / 1, .policy = "repayment"},
            .goal = "una refri",
            .history = &paid_so_far};
        give_document();
    }

    // What a document of ours tells.
    void give_document() {
        given["minutes.agreement"] = std::string{"x"};
        given["minutes.agreement_by"] = civil_date{2026y / 11 / 23};
        given["minutes.agreement_who"] = std::string{"x"};
        given["minutes.all"] = std::int64_t{1};
        given["minutes.all_words"] = std::string{"x"};
        given["minutes.amount"] = money{1};
        given["minutes.banker"] = std::string{"x"};
        given["minutes.banker_second"] = std::string{"x"};
        given["minutes.cash_after"] = money{1};
        given["minutes.cash_before"] = money{1};
        given["minutes.cash_counted"] = money{1};
        given["minutes.cash_words"] = std::string{"x"};
        given["minutes.cents"] = std::string{"x"};
        given["minutes.day"] = civil_date{2026y / 11 / 23};
        given["minutes.day_words"] = std::string{"x"};
        given["minutes.due"] = money{1};
        given["minutes.end"] = instant{};
        given["minutes.group"] = std::string{"x"};
        given["minutes.hash"] = std::string{"x"};
        given["minutes.hour"] = std::int64_t{1};
        given["minutes.hour24_words"] = std::string{"x"};
        given["minutes.hour_words"] = std::string{"x"};
        given["minutes.last"] = std::string{"x"};
        given["minutes.last_objections"] = std::int64_t{1};
        given["minutes.late"] = std::int64_t{1};
        given["minutes.minute"] = std::int64_t{1};
        given["minutes.minute_words"] = std::string{"x"};
        given["minutes.moderator"] = std::string{"x"};
        given["minutes.names"] = std::string{"x"};
        given["minutes.next"] = instant{};
        given["minutes.next_words"] = std::string{"x"};
        given["minutes.number"] = std::int64_t{1};
        given["minutes.number_words"] = std::string{"x"};
        given["minutes.objections"] = std::int64_t{1};
        given["minutes.part"] = std::string{"x"};
        given["minutes.pending"] = std::int64_t{1};
        given["minutes.planned_end"] = instant{};
        given["minutes.planned_start"] = instant{};
        given["minutes.present"] = std::int64_t{1};
        given["minutes.present_words"] = std::string{"x"};
        given["minutes.quiz"] = std::int64_t{1};
        given["minutes.quiz_asked"] = std::int64_t{1};
        given["minutes.quiz_right"] = std::int64_t{1};
        given["minutes.quorum"] = std::int64_t{1};
        given["minutes.received"] = money{1};
        given["minutes.received_words"] = std::string{"x"};
        given["minutes.start"] = instant{};
        given["minutes.topic"] = std::string{"x"};
        given["minutes.votes"] = std::int64_t{1};
        given["minutes.votes_words"] = std::string{"x"};
        given["minutes.why"] = std::string{"x"};
        seen.answers = &given;
    }

    fact_value read(std::string_view path) const {
        const auto index = find_fact(path);
        EXPECT_TRUE(index) << path;
        return index ? fact_schema()[*index].read(seen) : fact_value{};
    }
    bool missing(std::string_view path) const {
        return std::holds_alternative<std::monostate>(read(path));
    }

    client_facts rosa{};
    facts known{};
    institution house{
        .name = "Las Ceibas",
        .phone = "+50255500000",
        .assistant = {.name = "Ceibita"},
        .accounts = {{.bank = "Banrural", .number = "3-123", .holder = "Las Ceibas"}}};
    payment_point shop{
        .id = "S1", .name = "Tienda El Rosario", .kind = "shop", .street = "3a calle 2-10"};
    told_point point{
        .what = &shop,
        .metres = 380,
        .direction = "north",
        .open = true,
        .hours = "lun-vie 08:00-17:00",
        .closes = "17:00",
        .opens = "08:00"};
    told_case one_case{
        .number = "17-1",
        .kind = "complaint",
        .about = "queja",
        .category = "un cobro",
        .state = "taken",
        .officer = "seño Brenda",
        .answer = "se lo devolvimos",
        .due = from_millis(3),
        .person_by = from_millis(4),
        .client = "doña Rosa",
        .words = "me cobraron de más",
        .arrears = false};
    told_meeting told{};
    loan_request request{
        .application = "gw-A17-1",
        .status = loan_status::approved,
        .principal = {300000},
        .expected_on = 2026y / 12 / 4,
        .reason = "debts",
        .instalments = 10,
        .each = {34500},
        .total = {345000},
        .first_due = 2026y / 12 / 18};
    told_application asked{
        .number = "A17-1",
        .state = "approved",
        .amount = {300000},
        .sent_on = 2026y / 11 / 20,
        .request = &request};
    std::vector<std::string> papers{"id_photo"};
    told_refusal refused{.why = "deudas", .change = "pagar una", .retry_on = 2027y / 2 / 1};
    told_claim claimed{
        .number = "P17-1",
        .state = "open",
        .receipt = "BR77812",
        .amount = {25000},
        .paid_on = 2026y / 11 / 23,
        .said_on = 2026y / 11 / 23,
        .open = true};
    told_promise promised{.state = "open", .on = 2026y / 11 / 27, .amount = {30000}};
    told_option chosen{.label = "Pagar una parte", .officer = true};
    told_referrals recommended{
        .who = "open",
        .code = "HR4CCQ",
        .name = "Rosa",
        .link = "https://wa.me/50225550100?text=HR4CCQ",
        .number = "4040",
        .reward = {10000},
        .reward_first = {5000},
        .reward_later = {5000},
        .list = "la primera",
        .ledger = "50.00",
        .state = "won",
        .on = 2026y / 11 / 25,
        .introduced = "new",
        .introduced_by = "Ana"};
    repayment_history paid_so_far{};
    answers_given given{};
    fact_view seen{};
};

TEST_F(schema_test, every_path_is_found_where_it_stands) {
    for (std::size_t index = 0; index < fact_schema().size(); ++index) {
        EXPECT_EQ(find_fact(fact_schema()[index].path), index);
        EXPECT_FALSE(fact_schema()[index].about.empty());
    }
}

TEST_F(schema_test, no_other_path_is_found) {
    for (const auto* wrong : {"", "loan", "loan.", "loan.nextdate", "zzz", "Now", "client.phone"}) {
        EXPECT_FALSE(find_fact(wrong)) << wrong;
    }
}

TEST_F(schema_test, with_everything_known_every_path_has_a_value_of_its_type) {
    for (const auto& field : fact_schema()) {
        EXPECT_EQ(type_of(field.read(seen)), field.type) << field.path;
    }
}

TEST_F(schema_test, with_nothing_known_a_value_is_missing_or_of_its_type) {
    seen = {};
    for (const auto& field : fact_schema()) {
        const auto type = type_of(field.read(seen));
        EXPECT_TRUE(type == fact_type::nothing || type == field.type) << field.path;
        EXPECT_TRUE(type == fact_type::nothing || !field.personal) << field.path;
    }
    EXPECT_EQ(read("person.known"), fact_value{false});
    EXPECT_EQ(read("pin.set"), fact_value{false});
    EXPECT_EQ(read("officer.known"), fact_value{false});
}

TEST_F(schema_test, everything_about_loans_savings_groups_and_decisions_is_personal_and_nothing_else_is) {
    for (const auto& field : fact_schema()) {
        // Of an application she may be told the number and the day, and that there is news.
        const bool open_of_it = field.path == "application.number" ||
                                field.path == "application.sent_on" ||
                                field.path == "application.open" ||
                                field.path == "application.decided" ||
                                field.path == "application.changed";
        const bool private_matter =
            (field.path.starts_with("application") && !open_of_it) ||
            field.path.starts_with("refusal") || field.path.starts_with("loan") || field.path.starts_with("group") ||
            field.path.starts_with("saving") || field.path.starts_with("history.") ||
            field.path == "hardship.cause";
        EXPECT_EQ(field.personal, private_matter) << field.path;
    }
}

TEST_F(schema_test, a_meeting_tells_what_it_was_given_by_type_and_no_holes) {
    told.values = {
        {"amount", money{25000}},
        {"savings", money{0}},
        {"text", std::string{}},
        {"name", std::string{"Rosa"}},
        {"due", civil_date{2026y / 12 / 1}},
        {"count", std::string{"twelve"}}};
    EXPECT_EQ(read("meeting.amount"), fact_value{money{25000}});
    EXPECT_EQ(read("meeting.name"), fact_value{std::string{"Rosa"}});
    EXPECT_TRUE(missing("meeting.savings")) << "no amount is none";
    EXPECT_TRUE(missing("meeting.text"));
    EXPECT_EQ(read("meeting.due_on"), (fact_value{civil_date{2026y / 12 / 1}}));
    EXPECT_TRUE(missing("meeting.due")) << "how many is a number";
    EXPECT_TRUE(missing("meeting.count")) << "of another type";
    EXPECT_TRUE(missing("meeting.start")) << "not told";
    told.values["due"] = std::int64_t{14};
    EXPECT_EQ(read("meeting.due"), fact_value{std::int64_t{14}});
    EXPECT_TRUE(missing("meeting.due_on"));
}

TEST_F(schema_test, the_loan_is_read_through_the_formulas) {
    EXPECT_EQ(read("loan.outstanding"), fact_value{money{26500}});
    EXPECT_EQ(read("loan.overdue"), fact_value{money{7500}});
    EXPECT_EQ(read("loan.days_past_due"), fact_value{std::int64_t{3}});
    EXPECT_EQ(read("loan.next.amount"), fact_value{money{7500}});
    EXPECT_EQ(read("loan.next.number"), fact_value{std::int64_t{2}});
    EXPECT_EQ(read("loan.next.overdue"), fact_value{true});
    EXPECT_EQ(read("loan.instalments_left"), fact_value{std::int64_t{3}});
    EXPECT_EQ(read("loan.instalments_paid"), fact_value{std::int64_t{2}});
    EXPECT_EQ(read("loan.instalments_total"), fact_value{std::int64_t{5}});
}

TEST_F(schema_test, the_dates_after_the_next_are_those_of_what_is_not_paid) {
    EXPECT_EQ(read("loan.second.date"), fact_value{civil_date{2026y / 12 / 21}});
    EXPECT_EQ(read("loan.third.date"), fact_value{civil_date{2027y / 2 / 21}});
    EXPECT_EQ(read("loan.third.amount"), fact_value{money{9000}});
    rosa.loans[0].schedule.pop_back();
    EXPECT_TRUE(missing("loan.third.date"));
    EXPECT_FALSE(missing("loan.second.date"));
}

TEST_F(schema_test, what_closes_the_loan_is_missing_where_core_banking_does_not_say) {
    EXPECT_EQ(read("loan.payoff"), fact_value{money{25000}});
    EXPECT_EQ(read("loan.payoff_on"), fact_value{civil_date{2026y / 11 / 23}});
    rosa.loans[0].payoff.reset();
    EXPECT_TRUE(missing("loan.payoff"));
    EXPECT_TRUE(missing("loan.payoff_on"));
}

TEST_F(schema_test, of_two_savings_none_is_meant_until_one_is_selected) {
    EXPECT_EQ(read("saving.balance"), fact_value{money{61235}});
    EXPECT_EQ(read("saving.available"), fact_value{money{41235}});
    rosa.savings.push_back({.id = "S2", .product = "Escolar"});
    EXPECT_EQ(read("savings.count"), fact_value{std::int64_t{2}});
    EXPECT_TRUE(missing("saving.balance"));
    seen.selected_saving = &rosa.savings[1];
    EXPECT_EQ(read("saving.product"), fact_value{std::string{"Escolar"}});
}

TEST_F(schema_test, in_doubt_nothing_of_her_money_is_there) {
    seen.doubted = true;
    for (const auto* path : {"saving.balance", "loan.payoff", "loan.outstanding"}) {
        EXPECT_TRUE(missing(path)) << path;
    }
}

TEST_F(schema_test, she_is_addressed_as_she_prefers) {
    seen.prefers.address = "first_name";
    EXPECT_EQ(read("client.courtesy"), fact_value{std::string{"Rosa"}});
}

TEST_F(schema_test, hours_of_her_branch_are_told_in_her_language_where_they_can_be_read) {
    EXPECT_EQ(read("branch.hours"), fact_value{std::string{"8-17"}});
    seen.branch_hours = "lun.-ven. 08:00-17:00";
    EXPECT_EQ(read("branch.hours"), fact_value{std::string{"lun.-ven. 08:00-17:00"}});
}

TEST_F(schema_test, consent_is_no_until_she_says_yes) {
    EXPECT_EQ(read("consent.tips_offers"), fact_value{false});
    seen.agreed[static_cast<std::size_t>(consent_kind::tips_offers)] = true;
    EXPECT_EQ(read("consent.tips_offers"), fact_value{true});
    EXPECT_EQ(read("consent.surveys"), fact_value{false});
}

TEST_F(schema_test, a_document_goes_where_files_can_be_fetched_and_never_by_sms) {
    EXPECT_EQ(read("channel.documents"), fact_value{false});
    house.media_base = "https://chat.example.org/media";
    EXPECT_EQ(read("channel.documents"), fact_value{true});
    seen.channel = "sms";
    EXPECT_EQ(read("channel.documents"), fact_value{false});
}

TEST_F(schema_test, a_reversed_payment_is_not_her_last_payment) {
    EXPECT_EQ(read("loan.last_payment.amount"), fact_value{money{2500}});
    EXPECT_EQ(read("loan.last_payment.date"), fact_value{civil_date{2026y / 11 / 20}});
    for (auto& each : rosa.loans[0].payments) each.reversed = true;
    EXPECT_TRUE(missing("loan.last_payment.amount"));
}

TEST_F(schema_test, of_two_loans_none_is_meant_until_one_is_selected) {
    rosa.loans.push_back(rosa.loans[0]);
    rosa.loans[1].product = "Crédito escolar";
    EXPECT_EQ(read("loans.count"), fact_value{std::int64_t{2}});
    EXPECT_TRUE(missing("loan.product"));

    seen.selected = &rosa.loans[1];
    EXPECT_EQ(read("loan.product"), fact_value{std::string{"Crédito escolar"}});
}

TEST_F(schema_test, a_paid_up_loan_has_no_next_instalment) {
    for (auto& each : rosa.loans[0].schedule) each.paid = each.total;
    for (const auto* path : {"loan.next.amount", "loan.next.date", "loan.next.overdue"}) {
        EXPECT_TRUE(missing(path)) << path;
    }
    EXPECT_EQ(read("loan.outstanding"), fact_value{money{0}});
}

TEST_F(schema_test, courtesy_falls_back_to_the_first_name) {
    EXPECT_EQ(read("client.courtesy"), fact_value{std::string{"doña Rosa"}});
    rosa.who.courtesy.clear();
    rosa.credit_agent->courtesy.clear();
    EXPECT_EQ(read("client.courtesy"), fact_value{std::string{"Rosa"}});
    EXPECT_EQ(read("officer.courtesy"), fact_value{std::string{"Brenda"}});
}

TEST_F(schema_test, an_officer_who_never_met_her_is_not_known) {
    EXPECT_EQ(read("officer.known"), fact_value{true});
    rosa.who.met_officer = false;
    EXPECT_EQ(read("officer.known"), fact_value{false});
    rosa.who.met_officer = true;
    rosa.credit_agent.reset();
    EXPECT_EQ(read("officer.known"), fact_value{false});
    EXPECT_TRUE(missing("officer.name"));
}

TEST_F(schema_test, empty_text_and_impossible_dates_are_missing) {
    rosa.who.village.clear();
    rosa.loans[0].matures_on = {};
    rosa.village_bank->next_meeting.reset();
    known.as_of = {};
    for (const auto* path :
         {"client.village", "loan.matures_on", "group.next_meeting", "core.as_of"}) {
        EXPECT_TRUE(missing(path)) << path;
    }
}

TEST(names, every_word_is_read_back_as_what_it_names) {
    for (const auto each :
         {archetype::nascent, archetype::experimenter, archetype::emerger, archetype::enabled}) {
        EXPECT_EQ(parse_archetype(name_of(each)), each);
    }
    for (const auto each : {client_status::pending, client_status::active, client_status::closed}) {
        EXPECT_EQ(parse_client_status(name_of(each)), each);
    }
    for (const auto each :
         {loan_status::submitted,
          loan_status::approved,
          loan_status::active,
          loan_status::closed,
          loan_status::written_off,
          loan_status::rejected}) {
        EXPECT_EQ(parse_loan_status(name_of(each)), each);
    }
    EXPECT_EQ(name_of(core_state::stale), "stale");
    EXPECT_FALSE(parse_archetype("Nascent"));
    EXPECT_FALSE(parse_loan_status(""));
    EXPECT_EQ(name_of(static_cast<archetype>(200)), "");
}

}  // namespace
}  // namespace tertulia
