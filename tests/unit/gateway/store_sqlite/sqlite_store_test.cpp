// What the store promises turns: every commit whole or not at all, nothing twice, nothing lost
// across a restart, whether or not it was written behind.

#include "store_fixture.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const std::vector<identity> rosa{phone("+50255551234"), wa_id("50255551234"), bsuid("GT.1349")};

TEST_F(store_test, somebody_new_gets_a_party_and_keeps_it) {
    const auto first = live(wrote("m1", rosa, "hola"), "balance");
    EXPECT_TRUE(first.created);
    EXPECT_THAT(first.phones, ElementsAre("+50255551234"));

    const auto again = open_one(wrote("m2", {bsuid("GT.1349")}, "saldo"));
    EXPECT_FALSE(again.created);
    EXPECT_EQ(again.party, first.party);
    EXPECT_EQ(again.session.frames.back().state, "balance");
    EXPECT_THAT(again.phones, ElementsAre("+50255551234"));
}

TEST_F(store_test, several_events_of_one_new_person_in_a_batch_are_one_party) {
    const std::vector events{wrote("m1", {phone("+5021")}, "a"), wrote("m2", rosa, "b"),
                             wrote("m3", {phone("+5021")}, "c")};
    const auto answers = db().open(events);

    EXPECT_EQ(answers[0].party, answers[2].party);
    EXPECT_NE(answers[0].party, answers[1].party);
    EXPECT_TRUE(answers[2].created);
}

TEST_F(store_test, an_event_is_seen_the_second_time_and_after_a_restart) {
    EXPECT_FALSE(live(wrote("m1", rosa, "hola"), "menu").seen);
    EXPECT_TRUE(open_one(wrote("m1", rosa, "hola")).seen);
    open_store();
    EXPECT_TRUE(open_one(wrote("m1", rosa, "hola")).seen);
    db().checkpoint();
    open_store();
    EXPECT_TRUE(open_one(wrote("m1", rosa, "hola")).seen);
    EXPECT_FALSE(open_one(wrote("m2", rosa, "hola")).seen);
}

TEST_F(store_test, the_same_event_twice_in_one_batch_is_seen_once) {
    const std::vector events{wrote("m1", rosa, "a"), wrote("m1", rosa, "a")};
    const auto answers = db().open(events);
    EXPECT_FALSE(answers[0].seen);
    EXPECT_TRUE(answers[1].seen);
}

TEST_F(store_test, what_was_opened_and_not_committed_leaves_nothing) {
    const auto planned = open_one(wrote("m1", rosa, "hola"));
    EXPECT_TRUE(planned.created);
    const auto again = open_one(wrote("m1", rosa, "hola"));
    EXPECT_TRUE(again.created);
    EXPECT_FALSE(again.seen);
    open_store();
    EXPECT_FALSE(db().find_party(rosa[0]));
}

TEST_F(store_test, stamps_far_from_today_are_remembered_by_arrival) {
    const auto old = wrote("old", rosa, "a", monday - 100 * 24h);
    const auto future = wrote("future", rosa, "a", monday + 100 * 24h);
    live(wrote("today", rosa, "a"), "x");
    live(old, "x");
    live(future, "x");
    for (int restart = 0; restart < 2; ++restart) {
        EXPECT_TRUE(open_one(old).seen);
        EXPECT_TRUE(open_one(future).seen);
        db().checkpoint();
        open_store();
    }
}

TEST_F(store_test, event_identities_are_forgotten_a_while_after_their_day) {
    how.remember_days = 3;
    open_store();
    const auto first = wrote("m1", rosa, "a");
    live(first, "x");
    db().checkpoint();
    for (int day = 1; day <= 3; ++day) {
        live(wrote("d" + std::to_string(day), rosa, "a", monday + day * 24h), "x", monday + day * 24h);
    }
    db().checkpoint();
    EXPECT_TRUE(open_one(first).seen);
    live(wrote("d4", rosa, "a", monday + 4 * 24h), "x", monday + 4 * 24h);
    db().checkpoint();
    open_store();
    SQLite::Database file{how.path};
    EXPECT_EQ(file.execAndGet("SELECT min(day) FROM seen").getInt(),
              std::chrono::floor<std::chrono::days>(monday + 24h).time_since_epoch().count());
}

// ---- people

TEST_F(store_test, two_parties_that_prove_to_be_one_become_the_older) {
    const auto by_phone = live(wrote("m1", {phone("+50255551234")}, "hola"), "older");
    const auto by_id = live(wrote("m2", {bsuid("GT.1349")}, "hola"), "younger");
    ASSERT_NE(by_phone.party, by_id.party);

    const auto both = live(wrote("m3", rosa, "hola"), "one");
    EXPECT_EQ(both.party, by_phone.party);
    EXPECT_EQ(both.session.frames.back().state, "older");
    EXPECT_EQ(open_one(wrote("m4", {bsuid("GT.1349")}, "x")).party, by_phone.party);

    for (int restart = 0; restart < 3; ++restart) {
        incoming by_old_key{.id = identify({"k"}), .stamped = monday, .party = by_id.party};
        EXPECT_EQ(open_one(by_old_key).party, by_phone.party);
        EXPECT_EQ(state_of(by_phone.party), "one");
        EXPECT_THAT(db().journal_of(by_phone.party), SizeIs(3));
        EXPECT_THAT(db().records_of(by_phone.party), SizeIs(1));
        EXPECT_EQ(db().records_of(by_id.party).front().kind, "merged");
        if (restart == 1) db().checkpoint();
        open_store();
    }
}

TEST_F(store_test, after_a_merge_she_goes_on_where_she_was_last) {
    live(wrote("m1", {phone("+50255551234")}, "hola"), "by sms");
    const auto event = wrote("m2", {bsuid("GT.1349")}, "hola", monday + std::chrono::hours{1});
    const auto from = open_one(event);
    batch one;
    one.turns.push_back(turn_of(event, from, "by whatsapp"));
    auto& next = one.turns[0].next;
    next.last_inbound_at = event.stamped;
    next.proof.client_id = "C1";
    next.channels = {{.where = {"whatsapp", bsuid("GT.1349")}, .at = event.stamped}};
    db().commit(one);

    const auto both = open_one(wrote("m3", rosa, "hola"));
    EXPECT_EQ(both.session.frames.back().state, "by whatsapp");
    EXPECT_EQ(both.session.channels.size(), 1U);
    EXPECT_EQ(both.session.proof.client_id, "") << "neither's proof is the other's";
}

TEST_F(store_test, a_merge_inside_a_batch_counts_for_its_earlier_events) {
    live(wrote("m1", {phone("+50255551234")}, "hola"), "older");
    const std::vector events{wrote("m2", {bsuid("GT.1349")}, "a"), wrote("m3", rosa, "b")};
    const auto answers = db().open(events);
    EXPECT_EQ(answers[0].party, answers[1].party);
    EXPECT_FALSE(answers[0].created);
}

TEST_F(store_test, her_wishes_survive_a_merge_whichever_party_heard_them) {
    live(wrote("m1", {phone("+50255551234")}, "hola"), "older");
    const auto event = wrote("m2", {bsuid("GT.1349")}, "baja");
    const auto from = open_one(event);
    batch stop;
    stop.turns.push_back(turn_of(event, from, "stopped"));
    stop.turns[0].next.wishes = {.opted_out = true, .changed_at = monday};
    db().commit(stop);

    EXPECT_TRUE(open_one(wrote("m3", rosa, "hola")).session.wishes.opted_out);
}

TEST_F(store_test, a_recycled_number_goes_to_its_new_owner_without_a_merge) {
    const auto before = live(wrote("m1", rosa, "hola"), "hers");
    const auto after =
        live(wrote("m2", {phone("+50255551234"), bsuid("GT.9999")}, "hola"), "someone else's");

    EXPECT_NE(after.party, before.party);
    EXPECT_TRUE(after.session.frames.empty());
    EXPECT_TRUE(after.session.proof.doubted) << "whose account is on file for it, if anybody's?";
    EXPECT_FALSE(before.session.proof.doubted);
    EXPECT_THAT(db().notices(10), SizeIs(2)) << "the operator is told, of both";
    EXPECT_THAT(after.phones, ElementsAre("+50255551234"));
    EXPECT_EQ(open_one(wrote("m3", {phone("+50255551234")}, "x")).party, after.party);
    const auto old = open_one(wrote("m4", {bsuid("GT.1349")}, "x"));
    EXPECT_EQ(old.party, before.party);
    EXPECT_THAT(old.phones, SizeIs(0));
    EXPECT_EQ(db().records_of(before.party).back().kind, "identity_moved");
}

TEST_F(store_test, two_numbers_without_a_user_id_prove_nothing) {
    const auto one = live(wrote("m1", {phone("+5021")}, "a"), "x");
    const auto two = live(wrote("m2", {wa_id("5022")}, "a"), "y");
    EXPECT_EQ(live(wrote("m3", {phone("+5021"), wa_id("5022")}, "a"), "z").party, one.party);
    EXPECT_EQ(open_one(wrote("m4", {wa_id("5022")}, "a")).party, two.party);
}

TEST_F(store_test, a_changed_number_stays_with_its_person) {
    const auto before = live(wrote("m1", rosa, "hola"), "hers");
    auto changed = wrote("m2", {bsuid("GT.2222")}, "");
    std::get<dialogs::heard>(changed.what).message.content = identity_changed{
        .before = {bsuid("GT.1349"), wa_id("50255551234")},
        .now = {bsuid("GT.2222"), phone("+50266660000")},
    };
    EXPECT_EQ(live(changed, "changed").party, before.party);
    const auto after = open_one(wrote("m3", {bsuid("GT.2222"), phone("+50266660000")}, "x"));
    EXPECT_EQ(after.party, before.party);
    EXPECT_THAT(after.phones, ElementsAre("+50255551234", "+50266660000"));
}

TEST_F(store_test, an_erased_person_is_unreadable_and_a_stranger_again) {
    const auto her = open_one(wrote("m1", rosa, "mi secreto"));
    batch one;
    one.turns.push_back(turn_of(wrote("m1", rosa, "mi secreto"), her, "told"));
    one.turns[0].effects.emplace_back(dialogs::keep_record{"opt_in", "by word"});
    say(one.turns[0], db(), "gracias");
    db().commit(one);

    db().erase_person(her.party, monday, "operator");

    EXPECT_THAT(db().journal_of(her.party), SizeIs(0));
    EXPECT_THAT(db().pending_sends(), SizeIs(0));
    const auto records = db().records_of(her.party);  // outlive her key
    ASSERT_THAT(records, SizeIs(2));
    EXPECT_EQ(records[1].kind, "erased");
    EXPECT_EQ(records[1].detail, "operator");
    EXPECT_TRUE(open_one({.id = identify({"k"}), .stamped = monday, .party = her.party}).seen);
    open_store();
    const auto stranger = live(wrote("m2", rosa, "hola"), "new");
    EXPECT_TRUE(stranger.created);
    EXPECT_NE(stranger.party, her.party);
    int turns = 0;
    db().visit_journal([&](const journal_entry& entry) {
        turns += entry.one != nullptr ? 1 : 0;
        return true;
    });
    EXPECT_EQ(turns, 1);
}

// ---- the outbox

TEST_F(store_test, a_send_is_pending_until_its_outcome_and_can_always_be_found) {
    const auto event = wrote("m1", rosa, "hola");
    const auto from = open_one(event);
    batch one;
    one.turns.push_back(turn_of(event, from, "menu"));
    say(one.turns[0], db(), "Hola Rosa");
    say(one.turns[0], db(), "¿En qué le ayudo?", "menu");
    const auto first = one.turns[0].sends[0].id;
    const auto second = one.turns[0].sends[1].id;
    db().commit(one);
    open_store();
    EXPECT_THAT(db().pending_sends(), SizeIs(2));

    batch marks;
    marks.marks = {{.outbox_id = first, .state = outbox_state::released, .at = monday},
                   {.outbox_id = first,
                    .state = outbox_state::accepted,
                    .tries = 1,
                    .provider_id = "wamid.1",
                    .at = monday},
                   {.outbox_id = second, .state = outbox_state::released, .at = monday}};
    db().commit(marks);

    for (int restart = 0; restart < 4; ++restart) {
        const auto pending = db().pending_sends();
        ASSERT_THAT(pending, SizeIs(1));
        EXPECT_EQ(pending[0].entry.id, second);
        EXPECT_EQ(pending[0].state, outbox_state::released);
        EXPECT_EQ(std::get<say_text>(pending[0].entry.message.content).text, "¿En qué le ayudo?");
        const auto sent = db().find_send(first);
        ASSERT_TRUE(sent);
        EXPECT_EQ(sent->state, outbox_state::accepted);
        EXPECT_EQ(sent->entry.purpose, "greeting");
        EXPECT_EQ(sent->entry.message.callback_data, std::to_string(first));
        const auto by_provider = db().find_send_by_provider_id("whatsapp", "wamid.1");
        ASSERT_TRUE(by_provider);
        EXPECT_EQ(by_provider->entry.id, first);
        EXPECT_FALSE(db().find_send_by_provider_id("sms", "wamid.1"));
        EXPECT_FALSE(db().find_send_by_provider_id("whatsapp", "wamid.2"));
        EXPECT_GT(db().next_outbox_id(), second);
        if (restart == 1) db().checkpoint();
        open_store();
    }
    EXPECT_FALSE(db().find_send(999));
}

// ---- timers

struct timer_test : store_test {
    turn set(const incoming& event, const std::string& name, instant due) {
        auto one = turn_of(event, open_one(event), "waiting");
        one.effects.emplace_back(dialogs::set_timer{name, due});
        batch all;
        all.turns.push_back(one);
        db().commit(all);
        return one;
    }
};

TEST_F(timer_test, timers_come_up_in_order_and_only_when_due) {
    const auto later = set(wrote("m1", {phone("+5021")}, "a"), "no_reply", monday + 2h);
    const auto sooner = set(wrote("m2", {phone("+5022")}, "a"), "no_reply", monday + 1h);
    for (int restart = 0; restart < 3; ++restart) {
        EXPECT_EQ(db().next_timer(), monday + 1h);
        EXPECT_THAT(db().due_timers(monday + 59min, 10), SizeIs(0));
        const auto due = db().due_timers(monday + 3h, 10);
        ASSERT_THAT(due, SizeIs(2));
        EXPECT_EQ(due[0].party, sooner.party);
        EXPECT_EQ(due[1].party, later.party);
        EXPECT_EQ(due[0].steps, sooner.next.steps);
        EXPECT_THAT(db().due_timers(monday + 3h, 1), SizeIs(1));
        if (restart == 1) db().checkpoint();
        open_store();
    }
}

TEST_F(timer_test, a_timer_that_fired_or_whose_conversation_moved_on_is_gone) {
    const auto fires = set(wrote("m1", {phone("+5021")}, "a"), "no_reply", monday + 1h);
    set(wrote("m2", {phone("+5022")}, "a"), "no_reply", monday + 2h);
    db().checkpoint();
    live(wrote("m3", {phone("+5022")}, "b"), "moved on");
    incoming fired{
        .id = identify({"timer", "1"}),
        .stamped = monday + 1h,
        .party = fires.party,
        .what = dialogs::timer_fired{"no_reply", fires.next.steps},
    };
    live(fired, "reminded");
    for (int restart = 0; restart < 3; ++restart) {
        EXPECT_EQ(db().next_timer(), std::nullopt);
        EXPECT_THAT(db().due_timers(monday + 24h, 10), SizeIs(0));
        if (restart == 1) db().checkpoint();
        open_store();
    }
}

TEST_F(timer_test, setting_again_replaces_and_cancelling_removes) {
    const auto event = wrote("m1", {phone("+5021")}, "a");
    auto one = turn_of(event, open_one(event), "waiting");
    one.effects = {dialogs::set_timer{"a", monday + 1h}, dialogs::set_timer{"b", monday + 2h},
                   dialogs::set_timer{"a", monday + 3h}, dialogs::cancel_timer{"b"}};
    batch all;
    all.turns.push_back(one);
    db().commit(all);
    const auto due = db().due_timers(monday + 24h, 10);
    ASSERT_THAT(due, SizeIs(1));
    EXPECT_EQ(due[0].name, "a");
    EXPECT_EQ(due[0].due, monday + 3h);
}

// ---- journal, dead letters, script sets

TEST_F(store_test, the_journal_gives_a_conversation_back_whole) {
    const std::string version(64, 'a');
    db().keep_script_set({version, R"({"dialogs":[]})"});
    auto known = std::make_shared<facts>();
    auto her = std::make_shared<client_facts>();
    her->who.id = "C-1";
    her->who.first_name = "Rosa";
    her->loans.emplace_back().id = "L-1";
    known->clients.push_back(her);
    const auto event = wrote("m1", rosa, "mi saldo");
    batch one;
    one.turns.push_back(turn_of(event, open_one(event), "balance"));
    one.turns[0].script_version = version;
    one.turns[0].read = known;
    one.turns[0].facts_read = 1;  // the client, not her loans
    say(one.turns[0], db(), "Debe 100");
    db().commit(one);
    live(wrote("m2", {phone("+5029")}, "x"), "other");
    live(wrote("m3", rosa, "gracias"), "bye");

    const auto turns = db().journal_of(open_one(wrote("m4", rosa, "")).party);

    ASSERT_THAT(turns, SizeIs(2));
    EXPECT_EQ(turns[0].script_version, version);
    EXPECT_EQ(turns[0].seed, 7U);
    EXPECT_EQ(turns[0].id, event.id);
    EXPECT_EQ(turns[0].next, one.turns[0].next);
    EXPECT_EQ(turns[0].read->clients[0]->who.first_name, "Rosa");
    EXPECT_THAT(turns[0].read->clients[0]->loans, SizeIs(0));
    EXPECT_EQ(turns[0].sends[0].message.callback_data, one.turns[0].sends[0].message.callback_data);
    EXPECT_EQ(turns[1].next.frames[0].state, "bye");
    EXPECT_EQ(db().script_set(0xaaaaaaaaaaaaaaaaU)->version, version);
    EXPECT_FALSE(db().script_set(1));
    EXPECT_THROW(db().keep_script_set({"not a hash", "{}"}), std::invalid_argument);
}

TEST_F(store_test, a_dead_letter_is_kept_sealed_and_its_event_not_taken_again) {
    const auto event = wrote("m1", rosa, "boom");
    const auto from = open_one(event);
    batch one;
    one.dead_letters.push_back({
        .at = monday, .party = from.party, .event_id = event.id, .what = event.what, .reason = "boom"
    });
    db().commit(one);
    open_store();
    EXPECT_TRUE(open_one(event).seen);
    const auto letters = db().dead_letters(10);
    ASSERT_THAT(letters, SizeIs(1));
    EXPECT_EQ(letters[0].event_id, event.id);
    const auto& heard = std::get<dialogs::heard>(letters[0].what);
    EXPECT_EQ(std::get<typed_text>(heard.message.content).text, "boom");
    db().drop_dead_letter(letters[0].id);
    EXPECT_THAT(db().dead_letters(10), SizeIs(0));
}

TEST_F(store_test, statuses_and_notices_are_kept_and_seen_ids_remembered) {
    batch one;
    one.seen_ids = {identify({"status", "1"})};
    one.seen_stamps = {monday};
    one.statuses.push_back({.outbox_id = 4, .status = {.channel = "whatsapp", .message_id = "w1"}});
    one.notices.push_back({"whatsapp", "quality", "GREEN", "{}"});
    db().commit(one);
    EXPECT_TRUE(open_one({.id = one.seen_ids[0], .stamped = monday, .party = {1}}).seen);
    EXPECT_EQ(db().notices(5).at(0).summary, "GREEN");
    int statuses = 0;
    db().visit_journal([&](const journal_entry& entry) {
        if (entry.statuses != nullptr) statuses += static_cast<int>(entry.statuses->size());
        return true;
    });
    EXPECT_EQ(statuses, 1);
}

TEST_F(store_test, old_rows_are_trimmed_once_they_are_checkpointed) {
    for (int i = 0; i < 10; ++i) live(wrote("m" + std::to_string(i), rosa, "a"), "x");
    db().checkpoint();
    const auto later = monday + 401 * 24h;
    live(wrote("late", rosa, "a", later), "still here", later);
    db().checkpoint();

    SQLite::Database file{how.path};
    EXPECT_EQ(file.execAndGet("SELECT count(*) FROM journal").getInt(), 1);
    const auto her = *db().find_party(rosa[0]);
    EXPECT_THAT(db().journal_of(her), SizeIs(1));
    open_store();
    EXPECT_EQ(state_of(her), "still here");
}

TEST_F(store_test, a_generation_is_written_behind_while_commits_go_on) {
    for (int i = 0; i < 400; ++i) {
        live(wrote("m" + std::to_string(i), {phone("+502" + std::to_string(i % 90))}, "a"),
             "s" + std::to_string(i));
    }
    SQLite::Database file{how.path};
    EXPECT_GT(file.execAndGet("SELECT seq FROM position").getInt(), 0);
    open_store();
    for (int i = 310; i < 400; ++i) {
        const auto party = *db().find_party(phone("+502" + std::to_string(i % 90)));
        EXPECT_EQ(state_of(party), "s" + std::to_string(i));
    }
}

// ---- what must be refused

TEST_F(store_test, a_row_that_was_changed_is_named_at_start) {
    live(wrote("m1", rosa, "hola"), "x");
    kept.reset();
    {
        SQLite::Database file{how.path, SQLite::OPEN_READWRITE};
        file.exec("UPDATE journal SET body = zeroblob(length(body)) WHERE kind = 0");
    }
    try {
        open_store();
        FAIL() << "opened";
    } catch (const std::runtime_error& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("journal row 1 of party 1 cannot be unsealed"));
    }
}

TEST_F(store_test, a_row_moved_to_another_number_does_not_open) {
    live(wrote("m1", rosa, "hola"), "x");
    kept.reset();
    {
        SQLite::Database file{how.path, SQLite::OPEN_READWRITE};
        file.exec("UPDATE journal SET seq = 17 WHERE kind = 0");
    }
    EXPECT_THROW(open_store(), std::runtime_error);
}

TEST_F(store_test, a_lost_key_is_an_error_and_not_an_erasure) {
    live(wrote("m1", rosa, "hola"), "x");
    kept.reset();
    {
        SQLite::Database file{how.path, SQLite::OPEN_READWRITE};
        file.exec("DELETE FROM people");
    }
    EXPECT_THROW(open_store(), std::runtime_error);
}

TEST_F(store_test, a_turn_of_nobody_fails_its_batch_whole) {
    const auto event = wrote("m1", rosa, "hola");
    batch both;
    both.turns.push_back(turn_of(event, open_one(event), "x"));
    both.turns.push_back(both.turns[0]);
    both.turns[1].party = {999};
    both.turns[1].id = identify({"other"});
    EXPECT_THROW(db().commit(both), std::invalid_argument);

    EXPECT_FALSE(open_one(event).seen);
    EXPECT_TRUE(open_one(event).created);
    open_store();
    EXPECT_FALSE(db().find_party(rosa[0]));
}

TEST_F(store_test, too_short_a_keep_is_refused) {
    how.keep = std::chrono::days{7};
    EXPECT_THROW(open_store(), std::invalid_argument);
}

TEST_F(store_test, no_plain_text_of_hers_is_in_the_journal) {
    live(wrote("m1", rosa, "mi secreto"), "x");
    SQLite::Database file{how.path};
    EXPECT_EQ(
        file.execAndGet("SELECT count(*) FROM journal WHERE instr(body, CAST('secreto' AS BLOB)) > 0")
            .getInt(),
        0
    );
}

TEST_F(store_test, without_a_promise_nothing_is_written_and_everything_still_works) {
    how.promise = durability::memory;
    how.generation_turns = 5;
    open_store();
    for (int i = 0; i < 40; ++i) {
        const auto event = wrote("m" + std::to_string(i), {phone("+502" + std::to_string(i % 4))}, "a");
        batch one;
        one.turns.push_back(turn_of(event, open_one(event), "s" + std::to_string(i)));
        say(one.turns[0], db(), "hola");
        db().commit(one);
    }
    EXPECT_TRUE(open_one(wrote("m3", {phone("+5021")}, "a")).seen);
    EXPECT_EQ(open_one(wrote("n", {phone("+5021")}, "a")).session.frames[0].state, "s37");
    EXPECT_THAT(db().pending_sends(), SizeIs(40));
}

}  // namespace
}  // namespace tertulia::gateway
