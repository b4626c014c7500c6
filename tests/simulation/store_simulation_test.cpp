// Random turns on a disk that is cut off at random moments, in the middle of a commit too, beside a
// naive model: whatever commit() answered for must be there afterwards; what it did not answer for
// is there whole or not at all.

#include "gateway/store/sqlite/sqlite_store.hpp"
#include "tests/simulation/lossy_vfs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

namespace tertulia::simulation {
namespace {

using namespace gateway;

constexpr instant monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 23};

struct model {
    struct conversation {
        std::string state{};
        std::uint64_t steps{};
    };
    struct timer {
        std::uint64_t steps{};
        instant due{};
    };
    std::map<identity, std::int64_t> owners{};      // which party has it
    std::map<std::int64_t, conversation> people{};  // by party
    std::map<std::int64_t, timer> timers{};         // by party: one name each
    std::map<std::int64_t, outbox_state> sends{};
    std::map<std::int64_t, std::string> provider_ids{};
    std::map<std::string, instant> handled{};  // message id -> stamp
    std::map<std::int64_t, std::string> told{};  // still to be told, by its place in the order
};

// Something that went wrong, so that a test can also expect it.
struct difference : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void must(bool holds, const std::string& what) {
    if (!holds) throw difference{what};
}

class world {
public:
    world(std::uint64_t seed, durability promise)
        : chance_{seed}, disk_{"lossy" + std::to_string(seed), seed} {
        how_.path = "tertulia.db";
        how_.vfs = disk_.name();
        how_.promise = promise;
        how_.checkpoint_thread = false;
        how_.generation_turns = 1 + below(60);
        how_.people_cached_most = 4 + below(40);  // small enough to be forgotten and read again
        start();
    }
    ~world() { store_.reset(); }

    void live(int rounds) {
        for (int i = 0; i < rounds; ++i) {
            now_ += milliseconds{below(3'600'000)};
            const auto what = below(100);
            if (what < 80) {
                turns();
            } else if (what < 88) {
                marks();
            } else if (what < 91) {
                survive([this] { store_->checkpoint(); }, [] {});
            } else if (what < 94) {
                store_.reset();
                survive([this] { start(); }, [] {});  // it may die while it starts, too
            } else {
                if (below(2) == 0) {
                    disk_.kill();
                } else {
                    disk_.kill_after(static_cast<std::int64_t>(below(40)));
                }
            }
            if (disk_.dead()) rise();
            if (below(20) == 0) compare();
        }
        if (disk_.dead()) rise();
        compare();
    }

private:
    std::uint64_t below(std::uint64_t end) { return chance_() % end; }

    void start() { store_ = std::make_unique<sqlite_store>(how_); }

    void rise() {
        store_.reset();
        disk_.restart();
        start();
        settle();
        compare();
    }

    // Does it, and if the disk dies meanwhile leaves `then` to be settled after the restart.
    template <class Work, class Then>
    void survive(Work&& work, Then&& then) {
        try {
            work();
        } catch (const std::runtime_error&) {
            if (!disk_.dead()) throw;
            return;
        }
        then();
    }

    void turns() {
        std::vector<incoming> events;
        std::vector<std::string> ids;
        const auto count = 1 + below(8);
        for (std::uint64_t i = 0; i < count; ++i) {
            // A person by her number, by her user id, or by both: then two parties may prove one.
            const auto who = std::to_string(1000 + below(40));
            std::vector<identity> from;
            const auto shows = below(4);
            if (shows != 0) from.push_back({identity_kind::phone, "+5025555" + who});
            if (shows != 1) from.push_back({identity_kind::bsuid, "GT." + who});
            const bool again = below(5) == 0 && !model_.handled.empty();
            auto stamp = now_ - milliseconds{below(86'400'000)};
            auto id = "m" + std::to_string(next_message_++);
            if (again) {
                auto at = model_.handled.begin();
                std::advance(at, static_cast<std::ptrdiff_t>(below(model_.handled.size())));
                id = at->first;
                stamp = at->second;
            }
            ids.push_back(id);
            dialogs::heard heard;
            heard.message.id = id;
            heard.message.content = typed_text{std::string(below(300), 'x')};
            events.push_back({
                .id = identify({id}),
                .stamped = stamp,
                .from = std::move(from),
                .what = heard,
            });
        }
        std::vector<opened> answers;
        survive([&] { answers = store_->open(events); }, [] {});
        if (disk_.dead()) return;

        auto after = model_;
        batch made;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (!answers[i].seen) place(after, events[i], answers[i]);
        }
        std::map<std::int64_t, dialogs::session> carried;
        for (std::size_t i = 0; i < events.size(); ++i) {
            // Sixty days later the store has forgotten, as it may.
            const bool known = after.handled.contains(ids[i]);
            if (known && now_ - after.handled[ids[i]] < std::chrono::days{9}) {
                must(answers[i].seen, ids[i] + " was handled before and is not seen");
            }
            if (answers[i].seen) {
                must(known, ids[i] + " is seen and was never handled");
                continue;
            }
            const auto party = answers[i].party.value;
            const auto name = "party " + std::to_string(party);
            must(after.owners.at(events[i].from[0]) == party, name + " is another's");
            auto [session, first] = carried.try_emplace(party, answers[i].session);
            if (first) {
                const auto& expected = after.people[party];
                const auto& frames = session->second.frames;
                must((frames.empty() ? "" : frames[0].state) == expected.state, name + ": session");
                must(session->second.steps == expected.steps, name + ": steps " + std::to_string(session->second.steps) + " for " + std::to_string(expected.steps));
            }
            turn one{
                .id = events[i].id,
                .stamped = events[i].stamped,
                .party = answers[i].party,
                .now = now_,
                .seed = chance_(),
                .script_version = below(2) == 0 ? "0123456789abcdef0" : "0123456789abcdef1",
                .what = events[i].what,
            };
            one.next = session->second;
            ++one.next.steps;
            one.next.frames = {{.dialog = "d", .state = ids[i]}};
            after.people[party] = {ids[i], one.next.steps};
            after.handled[ids[i]] = events[i].stamped;
            if (below(3) == 0) {
                const auto due = now_ + milliseconds{below(1'000'000)};
                one.effects.emplace_back(dialogs::set_timer{"no_reply", due});
                after.timers[party] = {one.next.steps, due};
            }
            for (auto sends = below(3); sends > 0; --sends) {
                outbox_entry entry{
                    .id = store_->next_outbox_id(), .party = one.party, .queued_at = now_};
                entry.message.to.channel = "sms";
                entry.message.content = say_text{.text = ids[i]};
                after.sends[entry.id] = outbox_state::queued;
                one.sends.push_back(std::move(entry));
            }
            session->second = one.next;
            if (below(4) == 0) {
                const auto number = next_told_++;
                made.told.push_back(
                    {.id = number,
                     .event_id = identify({"told", ids[i]}),
                     .by = one.party,
                     .to = {.phone = "+50255550000"},
                     .what = dialogs::case_news{.number = ids[i]},
                     .at = now_}
                );
                after.told[number] = ids[i];
            }
            made.turns.push_back(std::move(one));
        }
        // Some of what was told before has become a turn.
        for (const auto& [number, id] : model_.told) {
            if (made.turns.empty() || below(3) != 0) continue;
            made.told_done.push_back(number);
            after.told.erase(number);
        }
        commit(made, after, ids, answers);
    }

    // What the event proves: the oldest of the parties its identities belong to takes them all in; no
    // timer of any of them stands any more.
    static void place(model& to, const incoming& event, const opened& answer) {
        std::set<std::int64_t> found;
        for (const auto& one : event.from) {
            if (const auto at = to.owners.find(one); at != to.owners.end())
                found.insert(at->second);
        }
        auto party = answer.party.value;
        if (found.empty()) {
            must(answer.created || to.people.contains(party), "a stranger is not new");
        } else {
            party = *found.begin();
            for (auto& [one, owner] : to.owners) {
                if (found.contains(owner)) owner = party;
            }
            found.erase(party);
            for (const auto younger : found) {
                auto& steps = to.people[party].steps;
                const auto theirs = to.people[younger].steps;
                if (theirs > 0) steps = std::max(steps, theirs) + 1;
                to.people.erase(younger);
                to.timers.erase(younger);
            }
        }
        for (const auto& one : event.from) to.owners[one] = party;
        to.people.try_emplace(party);
    }

    void marks() {
        batch made;
        auto after = model_;
        for (auto& [id, state] : after.sends) {
            if (state >= outbox_state::accepted || below(3) != 0) continue;
            state = static_cast<outbox_state>(1 + below(5));
            send_mark mark{.outbox_id = id, .state = state, .tries = 1, .at = now_};
            if (state == outbox_state::accepted) {
                mark.provider_id = "p" + std::to_string(id);
                after.provider_ids[id] = mark.provider_id;
            }
            made.marks.push_back(mark);
        }
        const auto witness = "status" + std::to_string(next_message_++);
        made.seen_ids = {identify({witness})};
        made.seen_stamps = {now_};
        after.handled[witness] = now_;
        opened fresh;
        commit(made, after, {witness}, {fresh});
    }

    void commit(
        const batch& made,
        const model& after,
        const std::vector<std::string>& ids,
        const std::vector<opened>& answers
    ) {
        if (made.empty()) return;
        try {
            store_->commit(made);
        } catch (const std::runtime_error&) {
            if (!disk_.dead()) throw;
            // Nobody was told: it may be there or not. The first new event tells which.
            for (std::size_t i = 0; i < ids.size(); ++i) {
                if (answers[i].seen) continue;
                doubt_ = {ids[i], after.handled.at(ids[i])};
                break;
            }
            doubtful_ = after;
            return;
        }
        model_ = after;
    }

    void settle() {
        if (doubt_.first.empty()) return;
        if (committed()) model_ = doubtful_;
        doubt_ = {};
    }

    // Asked without naming a stranger: the next commit would make her a party.
    bool committed() {
        if (model_.people.empty()) {
            return !doubtful_.owners.empty() &&
                   store_->find_party(doubtful_.owners.begin()->first).has_value();
        }
        const incoming probe{
            .id = identify({doubt_.first}),
            .stamped = doubt_.second,
            .party = {model_.people.begin()->first}};
        return store_->open(std::span{&probe, 1})[0].seen;
    }

    void compare() {
        for (const auto& [one, owner] : model_.owners) {
            const auto party = store_->find_party(one);
            must(party && party->value == owner, one.value + " is another's");
        }
        for (const auto& [party, expected] : model_.people) {
            if (expected.state.empty()) continue;
            const auto name = "party " + std::to_string(party);
            const incoming probe{.id = identify({"probe"}), .stamped = now_, .party = {party}};
            const auto found = store_->open(std::span{&probe, 1})[0];
            must(!found.seen && !found.session.frames.empty(), name + " has no session");
            must(found.session.frames[0].state == expected.state, name + " is elsewhere");
            must(!store_->journal_of({party}).empty(), name + " has no journal");
        }
        for (const auto& [id, stamp] : model_.handled) {
            if (now_ - stamp >= std::chrono::days{9}) continue;
            const incoming probe{.id = identify({id}), .stamped = stamp, .party = {1}};
            must(store_->open(std::span{&probe, 1})[0].seen, id + " would be handled again");
        }
        std::map<std::int64_t, std::string> told;
        for (const auto& one : store_->waiting_told()) {
            told[one.id] = std::get<dialogs::case_news>(one.what).number;
        }
        must(told == model_.told, "what is still to be told is not what it should be");
        std::map<std::int64_t, outbox_state> pending;
        for (const auto& one : store_->pending_sends()) pending[one.entry.id] = one.state;
        for (const auto& [id, state] : model_.sends) {
            const auto found = store_->find_send(id);
            must(
                found && found->state == state, "send " + std::to_string(id) + " has another state"
            );
            must(std::holds_alternative<say_text>(found->entry.message.content), "message is lost");
            must(
                pending.contains(id) == (state < outbox_state::accepted), "pending is not pending"
            );
        }
        for (const auto& [id, state] : pending) {
            must(model_.sends.contains(id), "send " + std::to_string(id) + " came from nowhere");
        }
        for (const auto& [id, provider] : model_.provider_ids) {
            const auto found = store_->find_send_by_provider_id("sms", provider);
            must(found && found->entry.id == id, provider + " is not found");
        }
        std::multiset<instant> due;
        for (const auto& [party, timer] : model_.timers) {
            if (model_.people[party].steps == timer.steps) due.insert(timer.due);
        }
        std::multiset<instant> found;
        for (const auto& one : store_->due_timers(instant::max(), 1000)) found.insert(one.due);
        must(found == due, "other timers are due");
        must(
            store_->next_timer() == (due.empty() ? std::nullopt : std::optional{*due.begin()}),
            "another timer is next"
        );
    }

    std::mt19937_64 chance_;
    lossy_disk disk_;
    sqlite_settings how_{};
    std::unique_ptr<sqlite_store> store_{};
    model model_{};
    model doubtful_{};
    std::pair<std::string, instant> doubt_{};
    instant now_{monday};
    std::int64_t next_message_{1};
    std::int64_t next_told_{1};
};

std::uint64_t seeds() {
    const char* asked = std::getenv("TERTULIA_SEEDS");
    return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 12;
}

TEST(store_simulation, whatever_was_committed_survives_every_kill) {
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        try {
            world one{seed, durability::synced};
            one.live(150);
        } catch (const std::exception& wrong) {
            FAIL() << wrong.what();
        }
    }
}

TEST(store_simulation, without_syncs_the_loss_is_noticed) {
    int noticed = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        try {
            world one{seed, durability::unsynced};
            one.live(150);
        } catch (const std::exception&) {
            ++noticed;
        }
    }
    EXPECT_GE(noticed, 8);
}

// ---- a disk that refuses rather than dies

struct refusing_disk : testing::Test {
    lossy_disk disk{"refusing", 1};
    std::unique_ptr<sqlite_store> kept = open_store();

    std::unique_ptr<sqlite_store> open_store() {
        sqlite_settings how;
        how.path = "tertulia.db";
        how.vfs = disk.name();
        how.checkpoint_thread = false;
        how.generation_turns = 10;
        return std::make_unique<sqlite_store>(how);
    }
    incoming event(int number) {
        dialogs::heard heard;
        heard.message.content = typed_text{std::string(4000, 'x')};
        return {
            .id = identify({"m", std::to_string(number)}),
            .stamped = monday,
            .from = {{identity_kind::phone, "+502" + std::to_string(number % 7)}},
            .what = heard,
        };
    }
    void live(int number) {
        const auto one = event(number);
        const auto from = kept->open(std::span{&one, 1})[0];
        batch made;
        made.turns.push_back({.id = one.id, .stamped = monday, .party = from.party, .now = monday});
        made.turns[0].what = one.what;
        made.turns[0].next = from.session;
        ++made.turns[0].next.steps;
        kept->commit(made);
    }
    bool seen(int number) {
        const auto one = event(number);
        return kept->open(std::span{&one, 1})[0].seen;
    }
};

TEST_F(refusing_disk, a_full_disk_fails_the_batch_and_keeps_nothing_of_it) {
    disk.size_most(2'000'000);
    int number = 0;
    while (true) {
        try {
            live(number);
        } catch (const std::runtime_error&) {
            break;
        }
        ASSERT_LT(++number, 1000);
    }
    ASSERT_GT(number, 5);
    EXPECT_FALSE(seen(number));
    EXPECT_TRUE(seen(number - 1));

    disk.size_most(std::nullopt);  // room again: it goes on without a restart
    live(number);
    EXPECT_TRUE(seen(number));
    kept.reset();
    kept = open_store();
    for (int i = 0; i <= number; ++i) EXPECT_TRUE(seen(i)) << i;
    EXPECT_FALSE(seen(number + 1));
}

TEST_F(refusing_disk, a_sync_that_fails_fails_the_batch) {
    live(1);
    disk.fail_syncs(true);
    EXPECT_THROW(live(2), std::runtime_error);
    EXPECT_FALSE(seen(2));
    disk.fail_syncs(false);
    live(2);
    live(3);
    kept.reset();
    kept = open_store();
    EXPECT_TRUE(seen(2));
    EXPECT_TRUE(seen(3));
}

TEST_F(refusing_disk, a_commit_syncs_once) {
    live(1);
    live(2);
    const auto before = disk.syncs();
    live(3);
    EXPECT_EQ(disk.syncs(), before + 1);
}

}  // namespace
}  // namespace tertulia::simulation
