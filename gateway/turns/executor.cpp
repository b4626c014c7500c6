#include "gateway/turns/executor.hpp"

#include "adapters/whatsapp_cloud/pricing.hpp"
#include "dialogs/clients/one_time_code.hpp"
#include "dialogs/engine/apology.hpp"
#include "dialogs/engine/step.hpp"
#include "dialogs/services/referral_codes.hpp"
#include "dialogs/understanding/answers.hpp"
#include "gateway/accounts/usage.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <thread>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t timers_per_batch = 512;
// Many meetings that go on at once have tens of thousands of things to tell: others would wait for all
// of it, and what leaves after a commit of seconds would leave closer together than the limits allow.
constexpr std::size_t told_per_batch = 512;
constexpr auto longest_sleep = 1s;  // the clock of the process may be set while we sleep
constexpr auto disk_pause_first = 50ms;
constexpr auto disk_pause_most = 2s;

// How long an unsent message of each class still makes sense.
milliseconds keep_for(priority urgency) {
    switch (urgency) {
        case priority::reply: return 6h;
        case priority::agent: return 24h;
        case priority::meeting: return 30min;
        case priority::nudge: return 12h;
        case priority::bulk: return 24h;
    }
    return 6h;
}

std::int64_t outbox_id_of(const std::string& callback_data) {
    std::int64_t id{};
    const auto* end = callback_data.data() + callback_data.size();
    const auto [stopped, error] = std::from_chars(callback_data.data(), end, id);
    return error == std::errc{} && stopped == end ? id : 0;
}

const char* name_of(delivery_status status) {
    switch (status) {
        case delivery_status::accepted: return "accepted";
        case delivery_status::sent: return "sent";
        case delivery_status::delivered: return "delivered";
        case delivery_status::read: return "read";
        case delivery_status::played: return "played";
        case delivery_status::failed: return "failed";
    }
    return "unknown";
}

event_identity outcome_identity(const final_outcome& of) {
    const char* kind = of.event.status == delivery_status::failed ? "failed" : "outcome";
    return identify({kind, std::to_string(of.event.outbox_id)});
}

bool brings_media(const turn& one) {
    const auto* heard = std::get_if<dialogs::heard>(&one.what);
    return heard != nullptr && std::holds_alternative<received_media>(heard->message.content);
}

bool brings_application(const turn& one) {
    return std::ranges::any_of(one.effects, [](const dialogs::effect& each) {
        return std::holds_alternative<dialogs::send_application>(each);
    });
}

// A desk has something to do for a meeting.
bool brings_meeting(const turn& one) {
    return std::ranges::any_of(one.effects, [](const dialogs::effect& each) {
        const auto* noted = std::get_if<dialogs::note_meeting>(&each);
        const auto* kept = std::get_if<dialogs::keep_record>(&each);
        return (noted != nullptr &&
                (noted->wants_roster || noted->wants_another || noted->finished)) ||
               (kept != nullptr && kept->kind == dialogs::meeting_wanted);
    });
}

bool brings_referral(const turn& one) {
    return std::ranges::any_of(one.effects, [](const dialogs::effect& each) {
        return std::holds_alternative<dialogs::note_referral>(each);
    });
}

// Also of a turn of this batch: what failed before it was called is not in the store yet.
std::optional<outbox_entry> entry_of(std::int64_t id, const batch& made, store& from) {
    for (const auto& one : made.turns) {
        const auto found = std::ranges::find(one.sends, id, &outbox_entry::id);
        if (found != one.sends.end()) return *found;
    }
    auto known = from.find_send(id);
    if (!known) return std::nullopt;
    return std::move(known->entry);
}

// What a replay of the step needs: what it saw, and of the places to pay those it found.
std::shared_ptr<const facts> kept_of(std::shared_ptr<const facts> seen, dialogs::outcome&& of) {
    if (of.facts_read == 0) return nullptr;
    if ((of.facts_read & dialogs::read_points) == 0) return seen;
    auto kept = std::make_shared<facts>(*seen);
    kept->payment_points = nullptr;
    kept->found = std::move(of.found);
    return kept;
}

const http::response& ok() {
    static const http::response answer{.status = 200};
    return answer;
}

http::response busy() {
    auto answer = http::problem(
        503, "busy", "Try again later", "The gateway cannot take this now; nothing of it was kept."
    );
    answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

}  // namespace

struct executor::posting {
    http::reply answer{};
    const http::response* on_commit{};
    std::function<void(bool kept)> settled{};  // in place of `answer`
    std::function<void(std::size_t)> done{};
    std::size_t outstanding{};
    std::function<void(said_in_reply)> in_reply{};
    std::string speaks_on{};  // the channel of in_reply
    said_in_reply said{.was_known = true};
    std::size_t fresh{};  // messages not seen before
};

struct executor::item {
    incoming event{};
    std::shared_ptr<posting> from{};             // null: nobody waits for an answer
    std::shared_ptr<replay_dead_letter> replay{};  // set: a dead letter tried again
    std::shared_ptr<agent_request> agent{};        // set: who waits to hear what came of it
    std::optional<sms_part> piece{};               // set: of a long message, not yet heard
    std::vector<event_identity> pieces{};          // of a long message: kept until it is handled
    std::optional<std::pair<event_identity, instant>> last_piece{};  // remembered with it
    std::shared_ptr<occurrence> news{};            // set: the same, of something that happened
    std::int64_t told{};                           // not 0: another conversation said it
};

struct executor::work {
    instant now{};
    std::vector<item> items{};
    batch out{};
    settled delivery{};
    std::vector<std::shared_ptr<const outbox_entry>> released{};
    std::vector<std::shared_ptr<posting>> touched{};
    std::vector<replay_dead_letter> replayed{};
    std::vector<std::pair<std::shared_ptr<agent_request>, agent_answer>> acted{};
    std::vector<std::shared_ptr<occurrence>> told{};
    std::unordered_map<std::int64_t, dialogs::session> sessions{};  // carried through the batch
    std::set<event_identity> ids{};
    // What the provider's first report of a delivery says it costs, by outbox id.
    std::unordered_map<std::int64_t, usage_count> prices{};
    std::size_t handled{};         // of `items`
    std::size_t outcomes_added{};  // of the planner's outcomes, as items
};

executor::executor(executor_parts parts)
    : parts_{std::move(parts)},
      long_messages_{parts_.store.waiting_parts()},
      told_{[&store = parts_.store] {
          auto waiting = store.waiting_told();
          return std::deque<pending_told>{
              std::make_move_iterator(waiting.begin()), std::make_move_iterator(waiting.end())};
      }()},
      newest_told_{told_.empty() ? 0 : told_.back().id},
      secrets_{parts_.pin_matches, [&inbox = parts_.incoming](party_id who, auto answer) {
                   inbox.add(secret_checked{who, answer});
               }} {
    const auto now = parts_.clock();
    for (auto& pending : parts_.store.pending_sends()) parts_.planner.restore(std::move(pending), now);
}

executor::~executor() = default;

void executor::run() {
    for (;;) {
        auto taken = parts_.incoming.take(wake_at(), parts_.batch_weight);
        const bool last = taken.ending && taken.empty() && parked_.empty() && told_.empty();
        for (auto& run_once : taken.errands) run_once(parts_.store);

        work made;
        made.now = parts_.clock();
        collect(taken, made);
        commit(made);
        finish(made);
        if (last) break;
    }
    parts_.store.checkpoint();
}

std::optional<std::chrono::steady_clock::time_point> executor::wake_at() {
    const auto now = parts_.clock();
    if (!told_.empty()) return std::chrono::steady_clock::now();
    auto soonest = now + longest_sleep;
    if (const auto timer = parts_.store.next_timer()) soonest = std::min(soonest, *timer);
    if (const auto late = long_messages_.next_given_up()) soonest = std::min(soonest, *late);
    if (const auto planned = parts_.planner.next_wake(now)) soonest = std::min(soonest, *planned);
    return std::chrono::steady_clock::now() + std::max(soonest - now, milliseconds{0});
}

// Everything of the batch becomes an event, then every event a turn.
void executor::collect(inbox_batch& taken, work& made) {
    add_told(made);  // first: it was said before whatever has come in since; the rest with the next
    for (const auto& line : taken.lines) {
        if (line.is_up) {
            parts_.planner.line_up(line.channel, made.delivery);
        } else {
            parts_.planner.line_down(line.channel, line.reason, made.delivery);
        }
    }
    for (const auto& result : taken.results) settle(result, made);
    for (const auto& checked : taken.secrets) {
        auto parked = parked_.extract(checked.party.value);
        if (parked.empty()) continue;
        auto& waiting = parked.mapped();
        std::get<dialogs::heard>(waiting.front().event.what).secret = checked.answer;
        for (auto& one : waiting) made.items.push_back(std::move(one));
    }
    for (auto& again : taken.replays) {
        auto shared = std::make_shared<replay_dead_letter>(std::move(again));
        item one;
        one.event.id = identify({"replay", std::to_string(shared->what.id)});
        one.event.stamped = shared->what.at;
        one.event.party = shared->what.party;
        one.event.what = shared->what.what;
        one.replay = std::move(shared);
        made.items.push_back(std::move(one));
    }
    for (auto& request : taken.agents) add_agent(std::move(request), made);
    for (auto& news : taken.occurrences) {
        item one;
        one.event.id = news.id;
        one.event.stamped = news.stamped;
        one.event.party = news.party;
        one.event.from = news.from;
        one.event.what = news.what;
        one.news = std::make_shared<occurrence>(std::move(news));
        made.items.push_back(std::move(one));
    }
    for (auto& post : taken.admissions) {
        auto from = std::make_shared<posting>();
        from->answer = std::move(post.answer);
        from->in_reply = std::move(post.in_reply);
        if (from->in_reply && !post.messages.empty()) {
            from->speaks_on = post.messages.front().channel;
        }
        from->done = std::move(post.done);
        from->on_commit = post.on_commit != nullptr ? post.on_commit : &ok();
        from->settled = std::move(post.settled);
        made.touched.push_back(from);
        for (auto& message : post.messages) add_message(std::move(message), from, made);
        for (auto& piece : post.parts) add_piece(std::move(piece), from, made);
        for (auto& status : post.statuses) add_status(std::move(status), made);
        for (auto& notice : post.notices) {
            if (parts_.accounts != nullptr) parts_.accounts->on_notice(notice, made.now);
            made.out.notices.push_back(std::move(notice));
        }
    }
    staff_ = parts_.staff ? parts_.staff() : nullptr;
    add_given_up(made);
    // Before anything leaves: a template just stopped must not.
    if (parts_.accounts != nullptr) parts_.accounts->collect(made.now, made.out);
    add_due_timers(made);
    // What leaves may end something (an expiry, a wait that is over), which is an event again.
    do {
        add_outcomes(made);
        handle_all(made);
        auto leaving = parts_.planner.release(made.now, made.delivery);
        std::ranges::move(leaving, std::back_inserter(made.released));
    } while (made.outcomes_added < made.delivery.outcomes.size());
    for (const auto& start : made.delivery.starts) {
        made.out.channel_facts.push_back(account_watch::fact_of(start));
    }
    for (const auto& who : made.delivery.spared) {
        if (who.party.value != 0) made.out.channel_facts.push_back(account_watch::fact_of(who));
    }
    made.out.marks = std::move(made.delivery.marks);
    std::ranges::move(made.delivery.notices, std::back_inserter(made.out.notices));
}

void executor::handle_all(work& made) {
    std::vector<incoming> asked;
    for (auto i = made.handled; i < made.items.size(); ++i) {
        asked.push_back(std::move(made.items[i].event));
    }
    auto known = parts_.store.open(asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        auto& one = made.items[made.handled++];
        one.event = std::move(asked[i]);
        handle(one, known[i], made);
    }
}

void executor::add_message(
    inbound_message message, const std::shared_ptr<posting>& from, work& made
) {
    item one;
    one.event.id = identify({"message", message.channel, message.id});
    one.event.stamped = message.sent_at;
    one.event.from = message.from;
    one.event.what = dialogs::heard{.message = std::move(message)};
    one.from = from;
    ++from->outstanding;
    parts_.counts.events.Increment();
    made.items.push_back(std::move(one));
}

void executor::add_piece(sms_part piece, const std::shared_ptr<posting>& from, work& made) {
    item one;
    one.event.id = identity_of(piece);
    one.event.stamped = piece.sent_at;
    one.event.from = {{identity_kind::phone, piece.from}};
    one.event.what = dialogs::heard{};
    one.piece = std::move(piece);
    one.from = from;
    ++from->outstanding;
    parts_.counts.events.Increment();
    made.items.push_back(std::move(one));
}

void executor::add_given_up(work& made) {
    for (auto& late : long_messages_.given_up(made.now)) {
        item one;
        one.event = std::move(late.event);
        one.pieces = std::move(late.pieces);
        made.items.push_back(std::move(one));
    }
}

// Its place in the store goes with the turn it becomes.
void executor::add_told(work& made) {
    for (std::size_t i = 0; i < told_per_batch && !told_.empty(); ++i, told_.pop_front()) {
        auto& next = told_.front();
        item one;
        one.event.id = next.event_id;
        one.event.stamped = next.at;
        one.event.party = next.to.party;
        if (!next.to.room.empty()) {
            one.event.from = {{identity_kind::room, next.to.room}};
        } else if (next.to.party.value == 0) {
            one.event.from = {{identity_kind::phone, next.to.phone}};
        }
        one.event.what = dialogs::told{.by = next.by, .what = std::move(next.what)};
        one.told = next.id;
        made.items.push_back(std::move(one));
    }
}

void executor::queue_told(const turn& one, work& made) {
    static const std::vector<staff_person> nobody;
    std::size_t index = 0;
    for (const auto& effect : one.effects) {
        const auto* said = std::get_if<dialogs::tell>(&effect);
        if (said == nullptr) continue;
        std::vector<dialogs::recipient> to;
        if (said->to.queue.empty()) {
            to.push_back(
                {.party = said->to.party, .phone = said->to.phone, .room = said->to.room}
            );
        } else {
            const auto& staff = staff_ ? *staff_ : nobody;
            for (const auto& who : dialogs::people_of(said->to.queue, said->to.excluded, staff)) {
                const auto known = parts_.store.find_party({identity_kind::phone, who.phone});
                if (known && (*known == said->to.but || *known == one.party)) continue;
                to.push_back({.party = known.value_or(party_id{}), .phone = who.phone});
            }
        }
        for (auto& whom : to) {
            made.out.told.push_back({
                .id = ++newest_told_,
                .event_id = identify(
                    {"told", std::to_string(one.id.high), std::to_string(one.id.low),
                     std::to_string(index++)}
                ),
                .by = one.party,
                .to = std::move(whom),
                .what = said->what,
                .at = one.now,
            });
        }
    }
}

void executor::add_agent(agent_request request, work& made) {
    auto shared = std::make_shared<agent_request>(std::move(request));
    auto who = shared->party.value != 0 ? std::optional{shared->party}
               : !shared->room.empty()
                   ? parts_.store.find_party({identity_kind::room, shared->room})
                   : parts_.store.find_party({identity_kind::phone, shared->phone});
    if (!who && !shared->phone.empty()) who = parts_.store.find_party({identity_kind::wa_id, shared->phone.substr(1)});
    if (!who) {
        made.acted.emplace_back(std::move(shared), agent_answer::unknown_person);
        return;
    }
    item one;
    one.event.id = identify(
        {"agent", std::to_string(who->value), std::to_string(shared->what.index()),
         std::to_string(to_millis(made.now)), std::to_string(++agent_requests_)}
    );
    one.event.stamped = made.now;
    one.event.party = *who;
    one.event.what = shared->what;
    one.agent = std::move(shared);
    made.items.push_back(std::move(one));
}

// What was reported before the provider's own answer is news only now.
void executor::settle(const send_result& result, work& made) {
    parts_.planner.settle(result.outbox_id, result.how, made.now, made.delivery);
    if (parts_.accounts != nullptr && result.how.verdict.code != 0) {
        parts_.accounts->on_error(result.how.verdict.code, made.now);
    }
    const auto& told = result.how.verdict.provider_id;
    if (result.channel.empty() || told.empty()) return;
    for (auto& status : early_.take(result.channel, told, made.now)) {
        add_status(std::move(status), made);
    }
}

// The message that leaves once more although the status says it failed; 0: none does.
std::int64_t executor::leaves_again(const status_update& status, work& made) {
    const bool is_code = !status.errors.empty() && status.errors.front().code != 0;
    if (status.status != delivery_status::failed || !is_code || !parts_.reaction_to) return 0;
    auto id = parts_.planner.id_of(status);
    if (id == 0) id = outbox_id_of(status.callback_data);
    const auto found =
        id != 0 ? parts_.store.find_send(id)
                : parts_.store.find_send_by_provider_id(status.channel, status.message_id);
    if (!found || found->entry.message.to.channel != status.channel) return 0;
    parts_.planner.adopt(*found, made.now);
    const auto judged = parts_.reaction_to(status.channel, status.errors.front().code);
    const bool again = parts_.planner.fails(status, *found, judged, made.now, made.delivery);
    return again ? found->entry.id : 0;
}

void executor::add_status(status_update status, work& made) {
    for (const auto& error : status.errors) {
        if (parts_.accounts != nullptr) parts_.accounts->on_error(error.code, made.now);
    }
    if (const auto id = leaves_again(status, made); id != 0) {
        parts_.counts.statuses
            .Add({{"channel", status.channel}, {"status", name_of(status.status)}})
            .Increment();
        made.out.statuses.push_back({.outbox_id = id, .status = std::move(status)});
        return;
    }
    auto answer = parts_.planner.on_status(status, made.now, made.delivery);
    if (answer.meaning == status_meaning::not_held) {
        const auto id = answer.outbox_id != 0 ? answer.outbox_id : outbox_id_of(status.callback_data);
        auto found = id != 0 ? parts_.store.find_send(id)
                             : parts_.store.find_send_by_provider_id(
                                   status.channel, status.message_id
                               );
        if (found) {
            parts_.planner.adopt(*found, made.now);
            // The planner need not remember theirs: the store knew it.
            status.callback_data = std::to_string(found->entry.id);
            answer = parts_.planner.on_status(status, made.now, made.delivery);
        } else if (id == 0) {
            early_.keep(status, made.now);
        }
    }
    if (parts_.failed && answer.outbox_id != 0) {
        for (const auto& error : status.errors) {
            parts_.failed(status.channel, answer.outbox_id, error.code);
        }
    }
    if (answer.outcome) {
        if (auto price = adapters::whatsapp_cloud::read_pricing(status.pricing_json)) {
            made.prices.insert_or_assign(
                answer.outbox_id, usage_count{status.channel, month_of(status.at),
                                              std::move(price->category), std::move(price->type), 1}
            );
        }
        made.delivery.outcomes.push_back(*answer.outcome);
    }
    const char* counted = answer.outbox_id != 0 ? name_of(status.status) : "of_no_message";
    parts_.counts.statuses.Add({{"channel", status.channel}, {"status", counted}}).Increment();
    // Told late that it was taken, and as what: reports under that id had to wait for it.
    const bool is_named_now = status.status == delivery_status::accepted && !status.callback_data.empty();
    auto waited = is_named_now ? early_.take(status.channel, status.message_id, made.now)
                               : std::vector<status_update>{};
    made.out.statuses.push_back({.outbox_id = answer.outbox_id, .status = std::move(status)});
    for (auto& one : waited) add_status(std::move(one), made);
}

void executor::add_outcomes(work& made) {
    auto& all = made.delivery.outcomes;
    for (; made.outcomes_added < all.size(); ++made.outcomes_added) {
        const auto& outcome = all[made.outcomes_added];
        item one;
        one.event.id = outcome_identity(outcome);
        one.event.stamped = outcome.at;
        one.event.party = outcome.party;
        auto what = outcome.event;
        const auto means = what.error.means;
        if (what.status == delivery_status::failed &&
            (means == failure::unreachable || means == failure::no_template)) {
            // The step may let another channel carry it on, or say it in another language.
            if (auto lost = entry_of(what.outbox_id, made.out, parts_.store)) {
                what.what = dialogs::undelivered{
                    .message = std::move(lost->message),
                    .urgency = lost->urgency,
                    .expires_at = lost->expires_at};
                what.touch = lost->touch;
            }
        }
        one.event.what = std::move(what);
        made.items.push_back(std::move(one));
    }
}

void executor::add_due_timers(work& made) {
    for (auto& timer : parts_.store.due_timers(made.now, timers_per_batch)) {
        item one;
        one.event.id = identify(
            {"timer", std::to_string(timer.party.value), timer.name, std::to_string(timer.steps)}
        );
        one.event.stamped = timer.due;
        one.event.party = timer.party;
        one.event.what = dialogs::timer_fired{.name = std::move(timer.name), .steps = timer.steps};
        made.items.push_back(std::move(one));
    }
}

void executor::handle(item& one, opened& known, work& made) {
    if (known.seen || !made.ids.insert(one.event.id).second) {
        parts_.counts.duplicates.Increment();
        if (one.told != 0) made.out.told_done.push_back(one.told);
        std::ranges::copy(one.pieces, std::back_inserter(made.out.parts_done));
        if (one.from) --one.from->outstanding;
        if (one.replay) made.replayed.push_back(std::move(*one.replay));
        if (one.news) made.told.push_back(std::move(one.news));
        return;
    }
    count_price(one, made);
    if (drop_blocked(one, known, made)) return;
    if (one.from) ++one.from->fresh;
    // The conversation waits for a secret: this comes after it.
    if (const auto parked = parked_.find(known.party.value); parked != parked_.end()) {
        parked->second.push_back(std::move(one));
        return;
    }
    if (one.told != 0) made.out.told_done.push_back(one.told);
    if (one.piece && keep_piece(one, known, made)) {
        if (one.from) {
            made.touched.push_back(one.from);
            --one.from->outstanding;
        }
        return;
    }
    const auto [place, first] =
        made.sessions.try_emplace(known.party.value, std::move(known.session));
    auto& session = place->second;
    if (park_secret(one, known, session)) {
        if (one.from) made.touched.push_back(one.from);
        parked_[known.party.value].push_back(std::move(one));
        return;
    }
    const auto steps = session.steps;
    const auto letters = made.out.dead_letters.size();
    make_turn(one, known, session, made);
    std::ranges::copy(one.pieces, std::back_inserter(made.out.parts_done));
    if (one.last_piece) {
        made.out.seen_ids.push_back(one.last_piece->first);
        made.out.seen_stamps.push_back(one.last_piece->second);
    }
    if (one.agent) {
        const auto answer = made.out.dead_letters.size() > letters ? agent_answer::failed
                            : session.steps == steps               ? agent_answer::nothing_to_do
                                                                   : agent_answer::done;
        made.acted.emplace_back(std::move(one.agent), answer);
    }
    if (one.from) {
        made.touched.push_back(one.from);
        --one.from->outstanding;
    }
    if (one.replay) made.replayed.push_back(std::move(*one.replay));
    if (one.news) made.told.push_back(std::move(one.news));
}

// False: with it a message is whole, and is now the event. Its pieces go, and its last one is
// remembered, in the commit of its turn: until then that piece is not acknowledged and may come again.
bool executor::keep_piece(item& one, const opened& known, work& made) {
    auto answer = long_messages_.add(*one.piece, made.now);
    if (auto* whole = std::get_if<long_messages::whole>(&answer)) {
        one.last_piece = {one.event.id, one.event.stamped};
        one.event = std::move(whole->message.event);
        one.pieces = std::move(whole->message.pieces);
        one.piece.reset();
        return false;
    }
    made.out.seen_ids.push_back(one.event.id);
    made.out.seen_stamps.push_back(one.event.stamped);
    if (std::holds_alternative<long_messages::held>(answer)) {
        made.out.parts_kept.push_back(
            {.id = one.event.id, .party = known.party, .at = made.now, .part = std::move(*one.piece)}
        );
    }
    return true;
}

// Once a message: a repeated report was seen before, and did not come so far.
void executor::count_price(const item& one, work& made) {
    const auto* outcome = std::get_if<dialogs::delivery_outcome>(&one.event.what);
    if (outcome == nullptr) return;
    const auto price = made.prices.find(outcome->outbox_id);
    if (price == made.prices.end()) return;
    auto& count = price->second;
    parts_.counts.priced
        .Add({{"channel", count.channel}, {"category", count.category}, {"type", count.type}})
        .Increment();
    made.out.usage.push_back(std::move(count));
    made.prices.erase(price);
}

// What somebody writes whom the institution blocked is remembered as seen, and nothing else of it.
bool executor::drop_blocked(item& one, const opened& known, work& made) {
    if (parts_.accounts == nullptr || !parts_.accounts->blocked(known.party) ||
        !std::holds_alternative<dialogs::heard>(one.event.what)) {
        return false;
    }
    parts_.counts.blocked.Increment();
    std::ranges::copy(one.pieces, std::back_inserter(made.out.parts_done));
    made.out.seen_ids.push_back(one.event.id);
    made.out.seen_stamps.push_back(one.event.stamped);
    if (one.from) {
        made.touched.push_back(one.from);
        --one.from->outstanding;
    }
    if (one.replay) made.replayed.push_back(std::move(*one.replay));
    return true;
}

// The text of a secret is compared elsewhere and erased here, before anything can store it.
bool executor::park_secret(item& one, const opened& known, const dialogs::session& session) {
    auto* heard = std::get_if<dialogs::heard>(&one.event.what);
    if (heard == nullptr || heard->secret) return false;
    auto* text = std::get_if<typed_text>(&heard->message.content);
    if (text == nullptr || !heard->message.group_id.empty()) return false;
    const auto kind = dialogs::awaited_secret(parts_.scripts.of(session, known), session);
    if (kind == dialogs::secret_kind::none) return false;
    auto digits = dialogs::six_digits(text->text);
    if (!digits) return false;  // ordinary words: "help", "person", "cancel"

    if (kind == dialogs::secret_kind::code) {
        text->text.assign("••••••");
        const auto answer = compare_code(one, known, session.proving, *digits);
        parts_.incoming.add(secret_checked{known.party, answer});
        return true;
    }
    secret_job job{.party = known.party, .digits = std::move(*digits)};
    const auto now = parts_.clock();
    const auto seen = parts_.mirror.facts_of(known.phones, now);
    if (const auto* who = dialogs::who_writes(session, *seen, now)) {
        job.hash = parts_.mirror.pin_hash(who->who.id);
    }
    text->text.assign("••••••");
    secrets_.start(std::move(job));
    return true;
}

// A right code proves the number: it comes with the message from here on, so that whoever has it is
// found to be her. Not where it is the WhatsApp of somebody else: that is for people to sort out.
dialogs::secret_answer executor::compare_code(
    item& one, const opened& known, const dialogs::number_proof& proof, const std::string& digits
) {
    using dialogs::secret_answer;
    const auto code =
        parts_.store.one_time_code(known.party, dialogs::code_subject(proof.phone, proof.nonce));
    const bool holds = !proof.phone.empty() && proof.tries_left > 0 && parts_.clock() < proof.until;
    const bool is_hers =
        code.size() == digits.size() && sodium_memcmp(code.data(), digits.data(), code.size()) == 0;
    if (!holds || !is_hers) return secret_answer::wrong;
    const identity number{identity_kind::phone, proof.phone};
    const auto owner = parts_.store.find_party(number);
    if (owner && *owner != known.party) {
        const auto hers = parts_.store.identities_of(known.party);
        for (const auto& theirs : parts_.store.identities_of(*owner)) {
            const bool person = theirs.kind == identity_kind::bsuid;
            if (person && std::ranges::find(hers, theirs) == hers.end()) return secret_answer::taken;
        }
    }
    one.event.from.push_back(number);
    return secret_answer::right;
}

// The digits exist from here to the provider only.
std::shared_ptr<const outbox_entry> executor::with_codes(
    std::shared_ptr<const outbox_entry> entry
) {
    const auto* text = std::get_if<say_text>(&entry->message.content);
    if (text == nullptr || !dialogs::has_code_mark(text->text)) return entry;
    auto filled = std::make_shared<outbox_entry>(*entry);
    std::get<say_text>(filled->message.content).text =
        dialogs::with_codes(text->text, [&](std::string_view subject) {
            return parts_.store.one_time_code(entry->party, subject);
        });
    return filled;
}

// Only of who recommends, and of a message that holds a code: for all others nothing is looked up.
void executor::read_recommended(
    facts& into, const dialogs::event& what, const dialogs::session& of
) {
    if (parts_.referrals == nullptr) return;
    if (!of.referrals.code.empty()) {
        into.referrals = parts_.referrals->of({into.conversation}, referrals_max);
    }
    const auto* heard = std::get_if<dialogs::heard>(&what);
    const auto* text = heard != nullptr ? std::get_if<typed_text>(&heard->message.content) : nullptr;
    if (text == nullptr) return;
    const auto code = dialogs::find_referral_code(text->text);
    if (!code.empty()) into.introduced = parts_.referrals->introduce(code);
}

void executor::make_turn(
    item& one, const opened& known, dialogs::session& session, work& made
) {
    const auto on_file = parts_.mirror.facts_of(known.phones, made.now);
    const auto seen = std::make_shared<facts>(*on_file);
    seen->phones = known.phones;
    seen->conversation = known.party.value;
    if (staff_) {
        for (const auto& who : *staff_) {
            if (std::ranges::find(known.phones, who.phone) != known.phones.end()) seen->staff = who;
        }
    }
    read_recommended(*seen, one.event.what, session);
    turn made_turn{
        .id = one.event.id,
        .stamped = one.event.stamped,
        .party = known.party,
        .now = std::max(made.now, session.now),
        .seed = one.event.id.low,
    };
    const auto& scripts = parts_.scripts.of(session, known);
    try {
        auto outcome =
            dialogs::step(scripts, session, one.event.what, *seen, made_turn.now, made_turn.seed);
        made_turn.next = std::move(outcome.next);
        made_turn.effects = std::move(outcome.effects);
        made_turn.facts_read = outcome.facts_read;
        made_turn.read = kept_of(seen, std::move(outcome));
    } catch (const std::exception& error) {
        make_dead_letter(one, known, session, *seen, error.what(), made);
        return;
    }
    made_turn.script_version = scripts.version();
    made_turn.before = std::move(session);
    session = made_turn.next;
    made_turn.what = std::move(one.event.what);
    if (one.from) {
        one.from->said.was_known = false;
        one.from->said.awaits_answer =
            !dialogs::with_person(session) && !session.frames.empty();
    }
    queue_sends(made_turn, one.from.get(), made);
    queue_told(made_turn, made);
    tell_operator(made_turn, made);
    tell_of_cases(made_turn, made);
    made.out.turns.push_back(std::move(made_turn));
    parts_.counts.turns.Increment();
}

// The event is kept, the operator told, she gets the fallback message, and the conversation goes on
// from where it was. The apology is a turn of its own, so that it is journalled like any other.
void executor::make_dead_letter(
    item& one, const opened& known, const dialogs::session& session, const facts& seen,
    const std::string& reason, work& made
) {
    spdlog::error("a step failed, its event is a dead letter: {}", reason);
    parts_.counts.dead_letters.Increment();
    made.out.dead_letters.push_back({
        .at = made.now,
        .party = known.party,
        .event_id = one.event.id,
        .what = one.event.what,
        .reason = reason,
    });
    made.out.seen_ids.push_back(one.event.id);
    made.out.seen_stamps.push_back(one.event.stamped);
    const auto& scripts = parts_.scripts.of(session, known);
    auto said = dialogs::apologise(scripts, session, one.event.what, seen, made.now);
    if (said.effects.empty()) return;
    turn sorry{
        .id = identify({"apology", std::to_string(one.event.id.high), std::to_string(one.event.id.low)}),
        .stamped = one.event.stamped,
        .party = known.party,
        .now = std::max(made.now, session.now),
        .script_version = scripts.version(),
        .what = dialogs::agent_acted{.action = "apologise"},
        .before = session,
        .next = session,
        .effects = std::move(said.effects),
    };
    if (one.from) one.from->said.was_known = false;
    queue_sends(sorry, one.from.get(), made);
    made.out.turns.push_back(std::move(sorry));
}

// That a number may be another person's by now is for people to look into, too.
void executor::tell_operator(const turn& of, work& made) {
    static constexpr std::array<std::string_view, 4> doubts{
        "identity_key_changed", "number_changed", "number_moved", "silent_long"};
    for (const auto& effect : of.effects) {
        if (const auto* sent = std::get_if<dialogs::send_application>(&effect)) {
            made.out.notices.push_back({
                .channel = of.next.reply_to.channel,
                .field = "application.sent",
                .summary = "an application for a loan waits for a person",
                .raw_json = R"({"party":)" + std::to_string(of.party.value) + R"(,"number":")" +
                            sent->number + "\"}",
            });
        }
        const auto* kept = std::get_if<dialogs::keep_record>(&effect);
        if (kept == nullptr || std::ranges::find(doubts, kept->kind) == doubts.end()) continue;
        spdlog::warn("party {} is not taken for verified any more: {}", of.party.value, kept->kind);
        made.out.notices.push_back({
            .channel = of.next.reply_to.channel,
            .field = "identity." + kept->kind,
            .summary = "nothing personal until she proves anew who she is",
            .raw_json = R"({"party":)" + std::to_string(of.party.value) + "}",
        });
    }
}

// What people have missed is for those above them, and for who looks after the house.
void executor::tell_of_cases(const turn& of, work& made) {
    for (const auto& effect : of.effects) {
        const auto* noted = std::get_if<dialogs::note_case>(&effect);
        if (noted == nullptr) continue;
        parts_.counts.cases.Add({{"kind", noted->as_is.kind}, {"what", noted->what}}).Increment();
        const bool late = noted->what.starts_with("late_");
        const bool opened = noted->what == "opened" || noted->what == "reopened";
        static const std::vector<staff_person> none;
        const bool nobody =
            (late || opened) &&
            dialogs::people_of(noted->as_is.queue, noted->as_is.excluded, staff_ ? *staff_ : none)
                .empty();
        if (!late && !nobody) continue;
        made.out.notices.push_back({
            .channel = of.next.reply_to.channel,
            .field = nobody && !late ? "case.nobody" : "case.late",
            .summary = "case " + noted->as_is.number + " (" + noted->as_is.kind + ") " +
                       (late ? "is late: " + noted->what.substr(5) + "; it is with " +
                                   noted->as_is.queue
                             : "reaches nobody's telephone: " + noted->as_is.queue),
            .raw_json = R"({"case":")" + noted->as_is.number + R"("})",
        });
    }
}

void executor::queue_sends(turn& one, posting* asked, work& made) {
    for (const auto& effect : one.effects) {
        const auto* say = std::get_if<dialogs::send>(&effect);
        if (say == nullptr) continue;
        if (asked != nullptr && asked->in_reply && say->message.to.channel == asked->speaks_on) {
            asked->said.messages.push_back(say->message);
            continue;
        }
        const auto life = say->keep_for.count() > 0 ? say->keep_for : keep_for(say->urgency);
        auto parts = parts_.split(say->message);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            outbox_entry entry{
                .id = parts_.store.next_outbox_id(),
                .party = one.party,
                .queued_at = made.now,
                .expires_at = made.now + life,
                .urgency = say->urgency,
                .in_order = say->in_order,
                .purpose = say->purpose,
                .message = std::move(parts[i]),
                .touch = say->touch,
            };
            entry.message.callback_data = std::to_string(entry.id);
            parts_.planner.add(entry, made.now);
            one.sends.push_back(std::move(entry));
        }
    }
}

// Until it succeeds: everything in memory already stands on it.
void executor::commit(work& made) {
    if (made.out.empty()) return;
    auto pause = std::chrono::milliseconds{disk_pause_first};
    for (;;) {
        try {
            const auto begun = std::chrono::steady_clock::now();
            parts_.store.commit(made.out);
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
            parts_.counts.commits.Increment();
            parts_.counts.batch_events.Observe(static_cast<double>(made.items.size()));
            parts_.counts.commit_seconds.Observe(took.count());
            break;
        } catch (const std::exception& error) {
            parts_.counts.commit_failures.Increment();
            if (store_well_.exchange(false)) {
                spdlog::critical("the store refuses to write, nothing is admitted: {}", error.what());
                parts_.incoming.open_door(false);
                std::vector<http::reply> waiting;
                for (auto& post : made.touched) {
                    if (auto told = std::exchange(post->settled, nullptr)) {
                        told(false);
                    } else {
                        waiting.push_back(std::move(post->answer));
                    }
                }
                http::reply::send_all(std::move(waiting), busy());
            }
            std::this_thread::sleep_for(pause);
            pause = std::min<std::chrono::milliseconds>(pause * 2, disk_pause_most);
        }
    }
    if (!store_well_.exchange(true)) {
        spdlog::warn("the store writes again");
        parts_.incoming.open_door(true);
    }
}

void executor::finish(work& made) {
    std::ranges::move(made.out.told, std::back_inserter(told_));
    std::map<const http::response*, std::vector<http::reply>> done;
    for (auto& post : made.touched) {
        // A POST may be touched more than once; its answer is moved out the first time.
        if (post->outstanding != 0) continue;
        if (auto told = std::exchange(post->settled, nullptr)) {
            told(true);
        } else if (auto tell = std::exchange(post->in_reply, {})) {
            tell(std::move(post->said));
        } else {
            done[post->on_commit].push_back(std::exchange(post->answer, http::reply{}));
            if (auto has_it = std::exchange(post->done, {})) has_it(post->fresh);
        }
    }
    for (auto& [answer, to] : done) http::reply::send_all(std::move(to), *answer);
    if (parts_.answering) {
        for (const auto& one : made.out.turns) {
            const auto* heard = std::get_if<dialogs::heard>(&one.what);
            const bool answered = heard != nullptr && !one.sends.empty();
            if (answered && heard->message.group_id.empty()) parts_.answering(heard->message);
        }
    }
    for (auto& entry : made.released) parts_.send(with_codes(std::move(entry)));
    for (auto& again : made.replayed) {
        parts_.store.drop_dead_letter(again.what.id);
        if (again.done) again.done(true);
    }
    for (auto& [request, answer] : made.acted) {
        if (request->done) request->done(answer);
    }
    for (auto& news : made.told) {
        if (news->done) news->done();
    }
    if (parts_.media_came && std::ranges::any_of(made.out.turns, brings_media)) parts_.media_came();
    if (parts_.application_came && std::ranges::any_of(made.out.turns, brings_application)) {
        parts_.application_came();
    }
    if (parts_.meeting_news && std::ranges::any_of(made.out.turns, brings_meeting)) {
        parts_.meeting_news();
    }
    if (parts_.referral_came && std::ranges::any_of(made.out.turns, brings_referral)) {
        parts_.referral_came();
    }
    parts_.counts.queue_events.Set(static_cast<double>(parts_.incoming.weight()));
    parts_.counts.outbox_waiting.Set(static_cast<double>(parts_.planner.queued()));
}

}  // namespace tertulia::gateway
