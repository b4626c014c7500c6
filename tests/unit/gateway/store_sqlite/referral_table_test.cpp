// A referral is a record from the commit of the turn in which she agreed: it survives restarts, is
// claimed once, and its ledger balances however often anything is told.

#include "store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<identity> rosa{phone("+50255550101")};
const std::vector<identity> ana{phone("+50255550102")};
constexpr civil_date day = std::chrono::year{2026} / 11 / 23;

commission_part part(int step, std::int64_t minor) {
    return {.step = step, .amount = {minor, {}}, .earned_on = day, .paid_on = {}};
}

struct referral_table_test : store_test {
    referral_ledger& ledger() { return db().referrals(); }

    party_id with(const std::string& id, const std::vector<identity>& who, dialogs::effect what) {
        const auto event = wrote(id, who, "hola");
        const auto from = open_one(event);
        if (from.seen) return from.party;
        auto made = turn_of(event, from, "menu");
        made.effects.push_back(std::move(what));
        batch one;
        one.turns.push_back(std::move(made));
        db().commit(one);
        return from.party;
    }
    party_id recommends(const std::string& id, const std::string& name) {
        return with(
            id, rosa,
            dialogs::note_referrer{.code = "HR4CCQ", .kind = referrer_kind::client, .name = name}
        );
    }
    party_id agrees(const std::string& id, party_id by) {
        return with(
            id, ana,
            dialogs::note_referral{
                .number = "R2",
                .what = "consented",
                .code = "HR4CCQ",
                .by = by,
                .terms = {.version = 3, .amount = {100, {}}, .steps = {{0, 50}, {3, 50}}}}
        );
    }
    bool earn(std::vector<commission_part> parts) {
        return ledger().move(
            {.number = "R2",
             .state = referral_state::earned,
             .client_id = "C2",
             .loan_id = "L2",
             .booked = std::move(parts),
             .tell = true,
             .at = monday + 1h}
        );
    }
};

TEST_F(referral_table_test, a_code_is_its_owners_and_tells_what_she_said_last) {
    const auto her = recommends("m1", "Rosa");
    (void)recommends("m2", "");
    open_store();
    auto whose = ledger().introduce("HR4CCQ");
    EXPECT_EQ(whose.by, her);
    EXPECT_EQ(whose.kind, referrer_kind::client);
    EXPECT_EQ(whose.name, "");
    (void)recommends("m3", "Rosa");
    EXPECT_EQ(ledger().introduce("HR4CCQ").name, "Rosa");
    EXPECT_EQ(ledger().introduce("HT3NCG").by.value, 0);
}

TEST_F(referral_table_test, of_somebody_erased_a_code_is_nobodys_and_the_ledger_stays) {
    const auto her = recommends("m1", "Rosa");
    (void)agrees("m2", her);
    (void)earn({part(1, 50)});
    db().erase_person(her, monday, "Ana");
    open_store();
    EXPECT_EQ(ledger().introduce("HR4CCQ").by.value, 0);
    EXPECT_EQ(ledger().introduce("HR4CCQ").name, "");
    EXPECT_THAT(ledger().commissions("R2"), SizeIs(1));
}

TEST_F(referral_table_test, is_kept_with_its_turn_once_under_the_rule_of_then) {
    const auto her = recommends("m1", "Rosa");
    const auto other = agrees("m2", her);
    open_store();
    (void)agrees("m2", her);  // a redelivery
    const auto one = ledger().find("R2");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->referrer, her);
    EXPECT_EQ(one->party, other);
    EXPECT_EQ(one->at, monday);
    EXPECT_EQ(one->terms.version, 3);
    EXPECT_EQ(one->terms.steps[1].instalments, 3);
    EXPECT_THAT(ledger().after(0, referral_ledger::which::open, 10), SizeIs(1));
    ASSERT_THAT(ledger().of(her, 10), SizeIs(1));
    EXPECT_EQ(ledger().of(her, 10).front().number, "R2");
}

TEST_F(referral_table_test, a_refusal_leaves_a_count_and_nothing_else) {
    (void)recommends("m1", "Rosa");
    (void)with("m2", ana, dialogs::note_referral{.what = "refused", .code = "HR4CCQ"});
    EXPECT_EQ(ledger().refusals_of("HR4CCQ"), 1);
    EXPECT_THAT(ledger().after(0, referral_ledger::which::all, 10), IsEmpty());
}

TEST_F(referral_table_test, what_she_says_of_it_is_noted) {
    (void)agrees("m2", recommends("m1", ""));
    (void)with("m3", ana, dialogs::note_referral{.number = "R2", .what = "hidden"});
    EXPECT_TRUE(ledger().find("R2")->hidden);
    (void)with("m4", ana, dialogs::note_referral{.number = "R2", .what = "applied"});
    EXPECT_EQ(ledger().find("R2")->state, referral_state::applied);
    (void)with("m5", ana, dialogs::note_referral{.number = "R2", .what = "shown"});
    EXPECT_FALSE(ledger().find("R2")->hidden);
    std::vector<std::string> all;
    for (const auto& one : ledger().history("R2")) all.push_back(one.what);
    EXPECT_THAT(all, ElementsAre("consented", "hidden", "applied", "shown"));
}

TEST_F(referral_table_test, nothing_is_earned_twice) {
    const auto her = recommends("m1", "");
    (void)agrees("m2", her);
    EXPECT_TRUE(earn({part(1, 50)}));
    EXPECT_FALSE(earn({part(1, 50)}));
    EXPECT_FALSE(earn({part(1, 99)})) << "what is booked stays as it is";
    open_store();
    EXPECT_TRUE(earn({part(1, 50), part(2, 50)}));
    const auto all = ledger().commissions("R2");
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].part.amount.minor, 50);
    EXPECT_EQ(all[0].booked_at, monday + 1h);
    EXPECT_THAT(ledger().others_of(*ledger().find("R2")), IsEmpty());
    EXPECT_FALSE(ledger().move({.number = "R9", .state = referral_state::lapsed}));
}

TEST_F(referral_table_test, a_payment_is_noted_once_and_never_changed) {
    (void)agrees("m2", recommends("m1", ""));
    const auto pay = [&](const std::string& reference, int step = 0) {
        return ledger().pay(
            {.number = "R2", .step = step, .reference = reference, .by = "Ana", .on = day, .at = monday}
        );
    };
    EXPECT_EQ(pay("recibo 1").answer, pay_answer::nothing_open);
    (void)earn({part(1, 50)});
    const auto done = pay("recibo 1");
    EXPECT_EQ(done.answer, pay_answer::paid);
    EXPECT_EQ(done.sum.minor, 50);
    EXPECT_EQ(pay("recibo 1").answer, pay_answer::paid_before);
    EXPECT_EQ(pay("recibo 2").answer, pay_answer::paid_otherwise);
    EXPECT_EQ(ledger().find("R2")->state, referral_state::earned) << "a step is still to come";
    (void)earn({part(2, 50)});
    EXPECT_EQ(pay("recibo 1").answer, pay_answer::paid_before) << "what came since is not of it";
    EXPECT_EQ(pay("recibo 2", 2).answer, pay_answer::paid);
    EXPECT_EQ(ledger().find("R2")->state, referral_state::paid);
    EXPECT_THAT(ledger().after(0, referral_ledger::which::open, 10), IsEmpty());
    open_store();
    EXPECT_EQ(ledger().commissions("R2")[0].reference, "recibo 1");
    EXPECT_EQ(ledger().commissions("R2")[1].paid_by, "Ana");
    EXPECT_EQ(ledger().commissions("R2")[1].part.paid_on, day);
    EXPECT_EQ(
        ledger().pay({.number = "R9", .reference = "x", .by = "Ana"}).answer, pay_answer::unknown
    );
}

TEST_F(referral_table_test, what_a_referrer_is_to_hear_waits_until_she_has_it) {
    const auto her = recommends("m1", "");
    (void)agrees("m2", her);
    EXPECT_THAT(ledger().untold(10), IsEmpty());
    (void)earn({part(1, 50)});
    open_store();
    const auto waiting = ledger().untold(10);
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting[0].referrer, her);
    EXPECT_EQ(waiting[0].count, 1);
    EXPECT_EQ(waiting[0].at, monday + 1h);
    ledger().told("R2", 1);
    EXPECT_THAT(ledger().untold(10), IsEmpty());
}

TEST_F(referral_table_test, of_two_of_one_client_the_first_who_was_agreed_to_is_earlier) {
    const auto her = recommends("m1", "");
    (void)agrees("m2", her);
    (void)earn({});
    (void)with(
        "m3", {phone("+50255550103")},
        dialogs::note_referral{.number = "R3", .what = "consented", .code = "HT3NCG", .by = her}
    );
    EXPECT_EQ(ledger().earlier_of(*ledger().find("R3"), "C2"), "R2");
    EXPECT_EQ(ledger().earlier_of(*ledger().find("R2"), "C2"), "");
    EXPECT_EQ(ledger().earlier_of(*ledger().find("R3"), "C9"), "");
}

}  // namespace
}  // namespace tertulia::gateway
