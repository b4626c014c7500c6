// What one conversation has to tell another is safe with the turn that says it, until the turn it
// becomes; and a case is kept with the turn that changes it.

#include "store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<identity> rosa{phone("+50255551234")};

struct told_test : store_test {
    // She writes, and her turn tells `words` to that number.
    party_id tells(const std::string& id, std::int64_t number, const std::string& words) {
        const auto event = wrote(id, rosa, "hola");
        const auto from = open_one(event);
        batch one;
        one.turns.push_back(turn_of(event, from, "menu"));
        one.told.push_back(
            {.id = number,
             .event_id = identify({"told", id}),
             .by = from.party,
             .to = {.phone = "+50255559999"},
             .what = dialogs::case_news{.number = "1-1", .words = {words}},
             .at = monday}
        );
        db().commit(one);
        return from.party;
    }
    std::vector<std::string> waiting() {
        std::vector<std::string> all;
        for (const auto& one : db().waiting_told()) {
            all.push_back(std::get<dialogs::case_news>(one.what).words.front());
        }
        return all;
    }
};

TEST_F(told_test, it_waits_in_order_over_a_restart_until_it_has_become_a_turn) {
    const auto her = tells("m1", 1, "first");
    tells("m2", 2, "second");
    open_store();
    EXPECT_EQ(waiting(), (std::vector<std::string>{"first", "second"}));
    const auto one = db().waiting_told().front();
    EXPECT_EQ(one.id, 1);
    EXPECT_EQ(one.by, her);
    EXPECT_EQ(one.event_id, identify({"told", "m1"}));
    EXPECT_EQ(one.to.phone, "+50255559999");
    EXPECT_EQ(one.at, monday);

    const incoming event{
        .id = one.event_id,
        .stamped = one.at,
        .from = {phone(one.to.phone)},
        .what = dialogs::told{.by = one.by, .what = one.what}};
    const auto officer = open_one(event);
    EXPECT_TRUE(officer.created);
    batch next;
    next.turns.push_back(turn_of(event, officer, "desk"));
    next.told_done.push_back(1);
    db().commit(next);
    open_store();
    EXPECT_EQ(waiting(), std::vector<std::string>{"second"});
    EXPECT_TRUE(open_one(event).seen);  // told again, it would be recognised
    const auto turns = db().journal_of(officer.party);
    ASSERT_THAT(turns, SizeIs(1));
    EXPECT_EQ(std::get<dialogs::told>(turns[0].what).by, her);
}

TEST_F(told_test, what_an_erased_person_had_to_tell_goes_with_her) {
    const auto her = tells("m1", 1, "secret");
    db().erase_person(her, monday + 1h, "Ana");
    EXPECT_THAT(waiting(), IsEmpty());
    open_store();
    EXPECT_THAT(waiting(), IsEmpty());
}

struct case_table_test : store_test {
    dialogs::client_case one{
        .number = "1-1",
        .kind = "complaint",
        .category = "charge",
        .state = dialogs::case_state::open,
        .queue = "complaints",
        .opened_at = monday,
        .changed_at = monday,
        .client_name = "doña Rosa",
        .words = {"me cobraron de más"}};

    party_id notes(const std::string& id, dialogs::note_case what) {
        const auto event = wrote(id, rosa, "queja");
        const auto from = open_one(event);
        batch made;
        made.turns.push_back(turn_of(event, from, "menu"));
        made.turns.back().effects.emplace_back(std::move(what));
        db().commit(made);
        return from.party;
    }
};

TEST_F(case_table_test, a_case_is_as_its_last_turn_left_it_with_all_that_became_of_it) {
    notes("m1", {.as_is = one, .what = "opened"});
    one.state = dialogs::case_state::taken;
    one.holder = {.id = "officer:8"};
    notes("m2", {.as_is = one, .what = "taken", .who = "officer:8"});
    notes("m3", {.as_is = one, .what = "noted", .who = "officer:8", .text = "llamar el lunes", .internal = true});
    db().note_case_view("1-1", monday + 1h, "supervisor", "viewed");
    open_store();
    const auto found = db().find_case("1-1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what, one);
    EXPECT_EQ(found->party.value, 1);
    const auto history = db().case_history("1-1");
    ASSERT_THAT(history, SizeIs(4));
    EXPECT_EQ(history[0].what, "opened");
    EXPECT_EQ(history[1].who, "officer:8");
    EXPECT_EQ(history[2].text, "llamar el lunes");
    EXPECT_TRUE(history[2].internal);
    EXPECT_EQ(history[3].what, "viewed");
    EXPECT_EQ(history[3].text, "");
    EXPECT_EQ(db().find_case("1-2"), std::nullopt);
}

TEST_F(case_table_test, what_is_asked_for_is_found) {
    notes("m1", {.as_is = one, .what = "opened"});
    one.number = "1-2";
    one.kind = "asked";
    one.queue = "support";
    one.missed = 1;
    notes("m2", {.as_is = one, .what = "opened"});
    one.number = "1-3";
    one.state = dialogs::case_state::closed;
    notes("m3", {.as_is = one, .what = "closed"});
    const auto numbers = [&](const case_filter& which) {
        std::string all;
        for (const auto& each : db().cases(which, 10)) all += each.what.number + " ";
        return all;
    };
    EXPECT_EQ(numbers({}), "1-1 1-2 ");
    EXPECT_EQ(numbers({.all = true}), "1-1 1-2 1-3 ");
    EXPECT_EQ(numbers({.state = dialogs::case_state::closed}), "1-3 ");
    EXPECT_EQ(numbers({.queue = "support"}), "1-2 ");
    EXPECT_EQ(numbers({.kind = "complaint"}), "1-1 ");
    EXPECT_EQ(numbers({.late_only = true}), "1-2 ");
}

TEST_F(case_table_test, of_an_erased_person_it_says_when_and_by_whom_alone) {
    const auto her = notes("m1", {.as_is = one, .what = "opened", .text = "me gritaron"});
    db().erase_person(her, monday + 1h, "Ana");
    const auto found = db().find_case("1-1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what.kind, "complaint");
    EXPECT_EQ(found->what.client_name, "");
    EXPECT_THAT(found->what.words, IsEmpty());
    ASSERT_THAT(db().case_history("1-1"), SizeIs(1));
    EXPECT_EQ(db().case_history("1-1")[0].text, "");
}

}  // namespace
}  // namespace tertulia::gateway
