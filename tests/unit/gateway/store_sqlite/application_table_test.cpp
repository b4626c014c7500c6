// An application is a record of its own from the commit of its turn on: it survives restarts, goes
// through its states, and is nobody's to read once its person is erased.

#include "store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<identity> rosa{phone("+50255550101")};

struct application_table_test : store_test {
    application_ledger& ledger() { return db().applications(); }

    opened send(const std::string& id, const std::string& number) {
        const auto event = wrote(id, rosa, "sí");
        auto from = open_one(event);
        if (from.seen) return from;
        auto made = turn_of(event, from, "menu");
        made.effects.emplace_back(dialogs::send_application{
            .number = number,
            .client_id = "27",
            .product = "micro",
            .core_product = "2",
            .amount = {300000, {}},
            .answers = {{"use", "text:gallinas"}}});
        batch one;
        one.turns.push_back(std::move(made));
        db().commit(one);
        return from;
    }
};

TEST_F(application_table_test, is_kept_with_its_turn_once_and_after_a_restart) {
    const auto her = send("m1", "A1-1");
    open_store();
    ASSERT_THAT(ledger().to_write(10), SizeIs(1));
    const auto one = ledger().to_write(10).front();
    EXPECT_EQ(one.party, her.party);
    EXPECT_EQ(one.at, monday);
    EXPECT_EQ(one.state, application_state::sent);
    EXPECT_EQ(one.what.number, "A1-1");
    EXPECT_EQ(one.what.amount.minor, 300000);
    EXPECT_EQ(one.what.answers.at("use"), "text:gallinas");
    (void)send("m1", "A1-1");  // a redelivery
    EXPECT_THAT(ledger().after(0, 10), SizeIs(1));
}

TEST_F(application_table_test, goes_through_its_states_each_once) {
    (void)send("m1", "A1-1");
    EXPECT_TRUE(ledger().mark({.number = "A1-1", .state = application_state::queued, .at = monday + 1s}));
    EXPECT_FALSE(ledger().mark({.number = "A1-1", .state = application_state::queued, .at = monday + 2s}));
    EXPECT_THAT(ledger().to_write(10), SizeIs(1)) << "core banking may not have it yet";
    EXPECT_TRUE(ledger().mark(
        {.number = "A1-1", .state = application_state::written, .core_id = "95", .at = monday + 3s}
    ));
    EXPECT_THAT(ledger().to_write(10), IsEmpty());
    open_store();
    EXPECT_EQ(ledger().after(0, 10).front().core_id, "95");
    const auto all = ledger().history("A1-1");
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].state, application_state::sent);
    EXPECT_EQ(all[2].at, monday + 3s);
    EXPECT_FALSE(ledger().mark({.number = "A9-9", .state = application_state::queued}));
}

TEST_F(application_table_test, are_given_after_an_id) {
    (void)send("m1", "A1-1");
    (void)send("m2", "A1-2");
    const auto all = ledger().after(0, 10);
    ASSERT_THAT(all, SizeIs(2));
    ASSERT_THAT(ledger().after(all[0].id, 10), SizeIs(1));
    EXPECT_EQ(ledger().after(all[0].id, 10).front().what.number, "A1-2");
    EXPECT_THAT(ledger().after(0, 1), SizeIs(1));
}

TEST_F(application_table_test, of_somebody_erased_nothing_can_be_read) {
    const auto her = send("m1", "A1-1");
    db().erase_person(her.party, monday, "Ana");
    EXPECT_THAT(ledger().after(0, 10), IsEmpty());
    EXPECT_THAT(ledger().to_write(10), IsEmpty());
    open_store();
    EXPECT_THAT(ledger().after(0, 10), IsEmpty());
}

}  // namespace
}  // namespace tertulia::gateway
