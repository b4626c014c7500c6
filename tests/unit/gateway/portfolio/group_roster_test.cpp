// What a meeting begins with is what the portfolio knows on that day: who, in which office, owing what.

#include "gateway/portfolio/group_roster.hpp"

#include "gateway/portfolio/demo_generator.hpp"
#include "gateway/portfolio/meeting_book.hpp"
#include "tests/unit/gateway/portfolio/sample.hpp"

namespace tertulia::gateway::testing_portfolio {
namespace {

using namespace std::chrono;
using dialogs::meetings::has;
using dialogs::meetings::role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr civil_date today = 2026y / 11 / 23;

std::vector<file> village_bank() {
    return {
        {"branches.csv", "id,name\nB1,Mixco\n"},
        {"officers.csv",
         "id,first_name,courtesy,phone,branch_id\n"
         "O1,Brenda,seño Brenda,+50255500003,B1\nO2,Marvin,don Marvin,+50255500004,B1\n"},
        {"groups.csv",
         "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
         "G1,Las Bugambilias,B1,O1,P28D,2026-12-01,10:00\n"
         "G2,Otras,B1,O2,P7D,2026-11-25,15:30\n"},
        {"clients.csv",
         "id,first_name,last_name,phone,status,group_id\n"
         "C1,Rosa,Xicay,+50255500107|+50255500101,active,G1\n"
         "C2,Ana,Núñez,+50255500107,active,G1\n"
         "C3,Luz,Pop,,active,G1\n"
         "C4,Eva,Tzoc,+50255500104,closed,G1\n"
         "C5,Sol,Coc,+50255500105,active,G2\n"},
        {"loans.csv",
         "id,client_id,group_id,product,principal,disbursed_on\n"
         "L1,C1,G1,Grupal,3000.00,2026-08-03\n"
         "L2,C2,G1,Grupal,3000.00,2026-08-03\n"
         "L3,C1,,Escolar,900.00,2026-07-01\n"
         "L5,C5,G2,Grupal,100.00,2026-08-03\n"},
        {"schedule.csv",
         "loan_id,number,due,total,paid\n"
         "L1,1,2026-11-03,465.00,400.00\n"
         "L1,2,2026-12-01,465.00,0.00\n"
         "L1,3,2026-12-29,465.00,0.00\n"
         "L2,1,2026-12-10,310.00,10.00\n"
         "L2,2,2026-12-20,310.00,0.00\n"
         "L3,1,2026-11-20,90.00,0.00\n"
         "L5,1,2026-11-25,50.00,0.00\n"},
        {"payments.csv", "id,loan_id,on,amount\nP1,L1,2026-11-03,400.00\n"},
        {"leaders.csv",
         "group_id,client_id,role\nG1,C1,president\nG1,C2,treasurer|handler\n"},
        {"relatives.csv", "client_id,relative_id\nC2,C1\n"},
        {"bylaws.csv",
         "group_id,quorum,internal_cash,internal_cash_on,savings,tells_totals,fine_late\n"
         "G1,3/4,1250.00,2026-11-01,25.00,yes,5.00\n"},
    };
}

struct group_roster_test : portfolio_test {
    dialogs::local_calendar calendar = *dialogs::local_calendar::make("America/Guatemala");
    institution house{.time_zone = "America/Guatemala"};
    std::vector<staff_person> staff{
        {.id = "officer:O1", .name = "seño Brenda", .branch_id = "B1"},
        {.id = "staff:Irma", .name = "Irma", .desks = {"supervisor"}}};

    std::optional<group_roster> read(
        std::string_view id, civil_date on_day = today, std::optional<civil_date> on = {}
    ) {
        const auto portfolio = open_portfolio(database);
        return group_roster_reader{*portfolio, calendar, house}.read(id, on_day, staff, on);
    }
    std::vector<arrived_payment> since(std::int64_t mark, std::optional<civil_date> from = {}) {
        const auto portfolio = open_portfolio(database);
        return group_roster_reader{*portfolio, calendar, house}.payments_since("G1", mark, from);
    }
};

TEST_F(group_roster_test, who_is_in_it_and_in_which_office) {
    ASSERT_TRUE(import(village_bank()).stored());
    const auto got = read("G1").value();
    ASSERT_THAT(got.members, SizeIs(3)) << "who has left is not of the meeting";
    EXPECT_EQ(got.members[1].full_name, "Ana Núñez");
    EXPECT_TRUE(has(got.members[0].roles, role::president));
    EXPECT_TRUE(has(got.members[0].roles, role::member));
    EXPECT_TRUE(has(got.members[1].roles, role::treasurer));
    EXPECT_TRUE(has(got.members[1].roles, role::handler));
    EXPECT_EQ(got.members[2].roles, dialogs::meetings::only(role::member));
    EXPECT_THAT(got.members[0].relatives, ElementsAre("C2"));
    EXPECT_THAT(got.members[1].relatives, ElementsAre("C1"));
    EXPECT_FALSE(read("G9"));
}

TEST_F(group_roster_test, a_number_of_her_own_before_one_she_shares) {
    ASSERT_TRUE(import(village_bank()).stored());
    const auto got = read("G1").value();
    EXPECT_EQ(got.members[0].phone, "+50255500101");
    EXPECT_EQ(got.members[1].phone, "+50255500107") << "she has no other";
    EXPECT_EQ(got.members[2].phone, "");
    EXPECT_THAT(got.sharing, ElementsAre(ElementsAre("C2")));
}

TEST_F(group_roster_test, what_falls_due_is_what_is_unpaid_by_that_day_on_the_group_s_loan) {
    ASSERT_TRUE(import(village_bank()).stored());
    const auto got = read("G1").value();
    const auto& hers = got.members[0].owes;
    EXPECT_EQ(hers.loan_id, "L1") << "a loan of her own is no business of the meeting";
    EXPECT_EQ(hers.instalment.minor, 65'00 + 465'00);
    EXPECT_EQ(hers.due, civil_date{2026y / 11 / 3});
    EXPECT_EQ(hers.savings.minor, 25'00);
    EXPECT_EQ(got.members[1].owes.instalment.minor, 300'00)
        << "one instalment, due before the meeting after";
    EXPECT_EQ(got.members[2].owes.instalment.minor, 0);
}

TEST_F(group_roster_test, officers_rules_and_the_pot) {
    ASSERT_TRUE(import(village_bank()).stored());
    const auto got = read("G1").value();
    EXPECT_EQ(got.moderator.id, "officer:O1");
    EXPECT_EQ(got.moderator.name, "seño Brenda");
    EXPECT_EQ(got.backup.id, "officer:O2");
    EXPECT_EQ(got.supervisor.id, "staff:Irma");
    EXPECT_EQ(got.rules.quorum_numerator, 3);
    EXPECT_EQ(got.rules.quorum_denominator, 4);
    ASSERT_TRUE(got.rules.fine_late);
    EXPECT_EQ(got.rules.fine_late->minor, 5'00);
    EXPECT_FALSE(got.rules.fine_absent) << "nobody invents a fine";
    EXPECT_TRUE(got.rules.tells_totals && got.members[0].agrees_totals);
    EXPECT_EQ(got.internal_cash.minor, 1'250'00);
    const auto other = read("G2").value();
    EXPECT_FALSE(other.cash_known);
    EXPECT_FALSE(other.members[0].agrees_totals);
    EXPECT_EQ(other.rules.quorum_numerator, 2) << "what is not decided holds as it is";
}

TEST_F(group_roster_test, the_next_meeting_is_the_calendar_s_or_the_rhythm_s) {
    ASSERT_TRUE(import(village_bank()).stored());
    auto got = read("G1").value();
    EXPECT_EQ(got.on, civil_date{2026y / 12 / 1});
    EXPECT_EQ(got.start, instant{sys_days{2026y / 12 / 1} + 16h}) << "10:00 in Guatemala";
    EXPECT_EQ(got.next, instant{sys_days{2026y / 12 / 29} + 16h});
    got = read("G1", 2026y / 12 / 2).value();
    EXPECT_EQ(got.on, civil_date{2026y / 12 / 29}) << "four weeks, not a month";
    got = read("G1", today, 2026y / 12 / 3).value();
    EXPECT_EQ(got.on, civil_date{2026y / 12 / 3}) << "moved by a person";
    EXPECT_EQ(got.next, instant{sys_days{2026y / 12 / 29} + 16h}) << "the rhythm stays";
}

TEST_F(group_roster_test, a_holiday_is_said_and_a_day_offered_and_nothing_is_moved) {
    ASSERT_TRUE(import(village_bank()).stored());
    house.holidays = {2026y / 12 / 1, 2026y / 12 / 2};
    const auto got = read("G1").value();
    EXPECT_TRUE(got.on_holiday);
    EXPECT_EQ(got.on, civil_date{2026y / 12 / 1});
    EXPECT_EQ(got.instead, civil_date{2026y / 12 / 3});
    EXPECT_FALSE(read("G2").value().on_holiday);
}

TEST(next_by_rhythm, days_weeks_and_civil_months) {
    const auto day = [](const char* rhythm, civil_date from, unsigned anchor = 0) {
        return next_by_rhythm(from, rhythm, anchor);
    };
    EXPECT_EQ(day("P28D", 2026y / 1 / 31), civil_date{2026y / 2 / 28});
    EXPECT_EQ(day("P2W", 2026y / 12 / 25), civil_date{2027y / 1 / 8});
    EXPECT_EQ(day("P1M", 2026y / 1 / 15), civil_date{2026y / 2 / 15});
    EXPECT_EQ(day("P1M", 2028y / 1 / 31), civil_date{2028y / 2 / 29});
    EXPECT_EQ(day("P1M", 2026y / 2 / 28, 31), civil_date{2026y / 3 / 31}) << "the 31st comes back";
    EXPECT_EQ(day("P3M", 2026y / 11 / 30), civil_date{2027y / 2 / 28});
    for (const auto* wrong : {"", "P", "PD", "P0D", "P-7D", "P7", "7D", "P7H", "P1000D", "P7DD"}) {
        EXPECT_FALSE(day(wrong, today)) << wrong;
    }
    EXPECT_FALSE(day("P7D", civil_date{}));
}

TEST_F(group_roster_test, payments_are_told_in_the_order_in_which_they_became_known_each_once) {
    ASSERT_TRUE(import(village_bank()).stored());
    EXPECT_THAT(since(0), IsEmpty()) << "the books as they were are no news";
    const auto came = [&](const char* rows) {
        auto report = import({{"payments.csv", std::string{"id,loan_id,on,amount,reversed\n"} + rows}});
        EXPECT_TRUE(report.stored()) << text_of(report);
    };
    came("P2,L1,2026-11-23,465.00,no\nP3,L3,2026-11-23,90.00,no\nP4,L5,2026-11-23,50.00,no\n"
         "P5,L2,2026-11-20,7.00,yes\n");
    auto got = since(0);
    ASSERT_THAT(got, SizeIs(2)) << "of this group's members, and nothing that was taken back";
    EXPECT_EQ(got[0].transaction, "P2");
    EXPECT_EQ(got[0].client_id, "C1");
    EXPECT_EQ(got[0].loan_id, "L1");
    EXPECT_EQ(got[0].amount.minor, 465'00);
    came("P2,L1,2026-11-23,465.00,no\nP6,L2,2026-11-24,300.00,no\n");
    got = since(got.back().mark);
    ASSERT_THAT(got, SizeIs(1)) << "the same file again is nothing new";
    EXPECT_EQ(got[0].transaction, "P6");
    EXPECT_THAT(since(0, 2026y / 11 / 24), SizeIs(1)) << "who has lost the mark asks by day";
}

TEST_F(group_roster_test, what_core_banking_says_of_an_office_is_so_and_the_files_say_the_rest) {
    ASSERT_TRUE(import(village_bank()).stored());
    open_portfolio(database)->exec("INSERT INTO core_leaders VALUES ('G1', 'C3', 'president')");
    const auto got = read("G1").value();
    EXPECT_FALSE(has(got.members[0].roles, role::president));
    EXPECT_TRUE(has(got.members[2].roles, role::president));
    EXPECT_TRUE(has(got.members[1].roles, role::treasurer));
}

TEST_F(group_roster_test, bad_rows_are_refused_with_their_place) {
    const auto problems = [&](const char* name, const char* bytes) {
        auto files = village_bank();
        std::erase_if(files, [&](const file& each) { return each.name == name; });
        files.push_back({name, bytes});
        const auto report = import(files);
        EXPECT_FALSE(report.stored()) << bytes;
        return text_of(report);
    };
    EXPECT_THAT(
        problems("leaders.csv", "group_id,client_id,role\nG1,C1,presidnet\n"),
        HasSubstr("did you mean president?")
    );
    EXPECT_THAT(
        problems("leaders.csv", "group_id,client_id,role\nG1,C1,president\nG1,C2,president\n"),
        testing::AllOf(HasSubstr("leaders.csv:3"), HasSubstr("a president already"))
    );
    EXPECT_THAT(
        problems("leaders.csv", "group_id,client_id,role\nG1,C5,deputy\n"),
        HasSubstr("not a member of this group")
    );
    EXPECT_THAT(
        problems("leaders.csv", "group_id,client_id,role\nG7,C77,deputy\n"),
        testing::AllOf(HasSubstr("'G7'"), HasSubstr("'C77'"))
    );
    EXPECT_THAT(
        problems("leaders.csv", "group_id,client_id,role\nG1,C1,\nG1,C1,deputy\nG1,C1,handler\n"),
        testing::AllOf(HasSubstr("leaders.csv:2"), HasSubstr("there twice"))
    );
    EXPECT_THAT(
        problems("relatives.csv", "client_id,relative_id\nC1,C1\n"), HasSubstr("her own relative")
    );
    EXPECT_THAT(
        problems("relatives.csv", "client_id,relative_id\nC1,C2\nC2,C1\n"),
        testing::AllOf(HasSubstr("relatives.csv:3"), HasSubstr("there twice"))
    );
    for (const auto* wrong : {"3/2", "0/2", "2", "dos", "2/3/4", "-1/2"}) {
        EXPECT_THAT(
            problems(
                "bylaws.csv", ("group_id,quorum\nG1," + std::string{wrong} + "\n").c_str()
            ),
            HasSubstr("is not a share")
        );
    }
    EXPECT_THAT(
        problems("bylaws.csv", "group_id,internal_cash_on\nG1,2026-11-01\n"),
        HasSubstr("without internal_cash")
    );
    EXPECT_THAT(
        problems("bylaws.csv", "group_id,fine_late\nG1,-5\n"), HasSubstr("is not an amount")
    );
}

TEST_F(group_roster_test, the_demonstration_s_groups_have_leaders) {
    ASSERT_TRUE(import(generate_demo(demo_seed, today).files).stored());
    const auto portfolio = open_portfolio(database);
    group_roster_reader reader{*portfolio, calendar, house};
    EXPECT_THAT(reader.groups_that_meet(), SizeIs(40));
    for (const auto& id : reader.groups_that_meet()) {
        const auto got = reader.read(id, today, staff).value();
        for (const auto office :
             {role::president, role::treasurer, role::secretary, role::deputy, role::handler}) {
            EXPECT_EQ(
                std::ranges::count_if(got.members, [&](const auto& m) { return has(m.roles, office); }),
                1
            ) << id << " " << static_cast<int>(office);
        }
        EXPECT_TRUE(got.cash_known && got.start && got.next) << id;
        EXPECT_FALSE(got.moderator.id.empty() || got.backup.id.empty()) << id;
    }
    const auto first = reader.read("G01", today, staff).value();
    EXPECT_EQ(first.members[0].first_name, "Rosa");
    EXPECT_TRUE(has(first.members[0].roles, role::president));
    EXPECT_EQ(first.members[0].owes.instalment.minor, 465'00);
    const auto sisters = reader.read("G05", today, staff).value();
    EXPECT_THAT(sisters.members[0].relatives, ElementsAre("C0008"));
}

}  // namespace
}  // namespace tertulia::gateway::testing_portfolio
