#include "gateway/meetings/meeting_desk.hpp"

#include "dialogs/meetings/agenda_book.hpp"
#include "dialogs/script/program.hpp"
#include "gateway/core_banking/meeting_writes.hpp"
#include "gateway/meetings/room_session.hpp"
#include "gateway/meetings/wish_answer.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/portfolio/group_roster.hpp"

#include <SQLiteCpp/Database.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

namespace tertulia::gateway {
namespace {

using dialogs::room_name;
using dialogs::room_word;
using dialogs::meetings::verb;
namespace rooms = dialogs::meetings;

constexpr milliseconds made_before = std::chrono::days{7};  // a draft lapses after as long
constexpr std::size_t meetings_looked_at = 10'000;
constexpr std::size_t wishes_at_once = 100;

// What the ledger says, read in one go on the writer thread.
struct ledger_page {
    std::vector<kept_meeting> ahead{};
    std::vector<kept_meeting> waiting{};
    std::vector<kept_meeting> last{};  // of each group, whatever became of it
    std::vector<kept_meeting> held{};  // of each group, the last one that was
    std::vector<staff_person> staff{};
    std::map<std::string, std::shared_ptr<const rooms::meeting>> rooms{};  // those that are needed
    std::map<std::string, meeting_log> logs{};  // of those that have ended and are to be kept
    chats_known chats{};
    std::vector<kept_wish> wishes{};
    bool failed{};
};

// How far clocks there are ahead of UTC then.
int offset_minutes(const dialogs::local_calendar& calendar, instant at) {
    const auto there = calendar.local(at);
    const auto shown = std::chrono::sys_days{there.date} + std::chrono::hours{there.hour} +
                       std::chrono::minutes{there.minute};
    const auto real = std::chrono::floor<std::chrono::minutes>(at);
    return static_cast<int>((shown - real).count());
}

bool takes_payments(rooms::state at) {
    return at != rooms::state::draft && at != rooms::state::scheduled && !rooms::is_over(at);
}

}  // namespace

class meeting_desk::impl {
public:
    explicit impl(meeting_desk_parts with)
        : with_{std::move(with)},
          database_{open_plan(with_.database)},
          roster_{*database_, with_.calendar, with_.house} {}

    ~impl() { stop(); }

    void start() { thread_ = std::thread{[this] { run(); }}; }

    void poke() {
        const std::scoped_lock lock{mutex_};
        poked_ = true;
        changed_.notify_all();
    }

    void stop() {
        {
            const std::scoped_lock lock{mutex_};
            stopping_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

    bool settled(std::string_view key) {
        std::string room;
        {
            const std::scoped_lock lock{mutex_};
            const auto found = std::ranges::find_if(proposed_, [&](const auto& one) {
                return one.second.contains(std::string{key});
            });
            if (found == proposed_.end()) return meeting_of_key(key).has_value();
            found->second.erase(std::string{key});
            if (!found->second.empty()) return true;
            room = found->first;
            proposed_.erase(found);
        }
        settle(room, meeting_errand::write_back);
        return true;
    }

    void create(meeting_wish what, std::function<void(meeting_made)> made) {
        const std::scoped_lock lock{mutex_};
        wishes_.emplace_back(std::move(what), std::move(made));
        poked_ = true;
        changed_.notify_all();
    }

private:
    using wish = std::pair<meeting_wish, std::function<void(meeting_made)>>;

    void run() {
        std::unique_lock lock{mutex_};
        while (!stopping_) {
            poked_ = false;
            auto page = std::exchange(page_, std::nullopt);
            lock.unlock();
            try {
                if (page && !page->failed) {
                    work(*page);
                } else if (!page && !std::exchange(asked_, true)) {
                    ask();
                }
                if (page) asked_ = false;
            } catch (const std::exception& trouble) {
                spdlog::error("meetings wait: {}", trouble.what());
                asked_ = false;
            }
            lock.lock();
            changed_.wait_for(lock, with_.look_every, [this] {
                return stopping_ || page_ || (poked_ && !asked_);
            });
        }
    }

    void ask() {
        with_.to.add(errand{[this](store& from) {
            ledger_page page;
            try {
                read(page, from);
            } catch (const std::exception& trouble) {
                spdlog::error("meetings cannot be read: {}", trouble.what());
                page.failed = true;
            }
            const std::scoped_lock lock{mutex_};
            page_ = std::move(page);
            changed_.notify_all();
        }});
    }

    void read(ledger_page& into, store& from) {
        into.ahead = with_.ledger.meetings_ahead();
        into.waiting = with_.ledger.meetings_waiting();
        into.staff = with_.staff();
        std::set<std::string> seen;
        auto all = with_.ledger.meetings({}, meetings_looked_at);
        into.held = last_held(all);
        for (auto& one : all) {
            if (seen.insert(one.group_id).second) into.last.push_back(std::move(one));
        }
        const auto need = [&](const kept_meeting& one) {
            into.rooms.emplace(one.room, meeting_in(from, one.party));
        };
        for (const auto& one : into.waiting) {
            need(one);
            if (!one.wants_write_back) continue;
            if (auto log = with_.ledger.meeting_log_of(one.room)) {
                into.logs.emplace(one.room, std::move(*log));
            }
        }
        for (const auto& one : into.ahead) {
            if (one.stands != rooms::state::draft && !rooms::is_over(one.stands)) need(one);
        }
        into.wishes = with_.ledger.meetings_wished(wishes_at_once);
        if (with_.known_chats) {
            if (const auto* known = with_.known_chats()) into.chats = *known;
        }
        for (const auto& one : into.held) {
            const auto* last = last_of(one.group_id, into.last);
            if (last != nullptr && rooms::is_over(last->stands)) need(one);
        }
    }

    void work(const ledger_page& page) {
        const auto scripts = with_.scripts();
        const auto& book = scripts->compiled().meetings;
        for (const auto& one : page.waiting) {
            const auto& room = page.rooms.at(one.room);
            if (!room) continue;
            if (one.wants_roster) bring_roster(one, *room, page);
            if (one.wants_write_back) keep(one, *room, page);
            if (one.wants_another) {
                const auto made = make(
                    {.group_id = one.group_id, .start = *one.wants_another, .agenda = {}}, page, book
                );
                if (!made.trouble.empty()) {
                    spdlog::warn("the meeting in place of {} was not made: {}", one.room, made.trouble);
                }
                settle(one.room, meeting_errand::another);
            }
        }
        for (const auto& one : page.ahead) {
            const auto found = page.rooms.find(one.room);
            if (found == page.rooms.end() || !found->second) continue;
            if (takes_payments(one.stands)) tell_payments(one, *found->second);
            keep_chat(one, *found->second, page);
        }
        go_on_by_calendar(page, book);
        grant(page, book);
        answer_wishes(page, book);
    }

    // ---- rosters and payments

    [[nodiscard]] std::optional<group_roster> roster_of(
        std::string_view group_id, instant start, const ledger_page& page
    ) {
        const auto today = with_.calendar.date_of(with_.clock());
        return roster_.read(group_id, today, page.staff, with_.calendar.date_of(start));
    }

    void bring_roster(
        const kept_meeting& what, const rooms::meeting& room, const ledger_page& page
    ) {
        auto now = roster_of(what.group_id, room.planned.start, page);
        if (!now) {
            spdlog::error("the group of meeting {} is not in the portfolio any more", what.room);
            settle(what.room, meeting_errand::roster);
            return;
        }
        rooms::act act{.what = verb::bring_roster};
        act.roster = std::move(now->members);
        tell(
            what, std::move(act), identify({"meeting_roster", what.room, std::to_string(room.seq)}),
            [this, name = what.room] { settle(name, meeting_errand::roster); }
        );
    }

    // Each is told once: a payment's id is the event's, and the meeting knows those it has seen.
    void tell_payments(const kept_meeting& what, const rooms::meeting& room) {
        const auto from = with_.calendar.date_of(room.planned.start);
        auto& mark = marks_[what.room];
        for (const auto& one : roster_.payments_since(what.group_id, mark, from)) {
            rooms::act act{
                .what = verb::see_payment,
                .about = one.client_id,
                .loan_id = one.loan_id,
                .transaction = one.transaction,
                .amount = one.amount};
            tell(what, std::move(act), identify({"meeting_payment", what.room, one.transaction}), {});
            mark = std::max(mark, one.mark);
        }
    }

    // What is told of it twice, because the meeting has not heard it yet, it has heard once.
    void keep_chat(const kept_meeting& what, const rooms::meeting& room, const ledger_page& page) {
        if (with_.chats == nullptr || room.planned.how != rooms::mode::native_small) return;
        for (auto& one : with_.chats->keep(room, page.chats, page.staff)) {
            const auto id = identify(
                {"meeting_chat", what.room, std::to_string(room.seq), one.about, one.second}
            );
            tell(what, std::move(one), id, {});
        }
    }

    void tell(
        const kept_meeting& whom, rooms::act act, event_identity id, std::function<void()> done
    ) {
        const auto now = with_.clock();
        with_.to.add(occurrence{
            .id = id,
            .stamped = now,
            .party = whom.party,
            .what = dialogs::told{
                .what = room_word{
                    .room = whom.room,
                    .what = {.by = {.as = rooms::role::system}, .what = std::move(act), .at = now}}},
            .done = std::move(done)});
    }

    void settle(const std::string& room, meeting_errand which) {
        with_.to.add(errand{[this, room, which](store&) {
            try {
                with_.ledger.meeting_errand_done(room, which);
            } catch (const std::exception& trouble) {
                spdlog::error("what was done for meeting {} is done again: {}", room, trouble.what());
            }
        }});
    }

    // ---- what is left behind

    // Kept here at once; what core banking is told is settled by it, and proposed again until then.
    void keep(const kept_meeting& what, const rooms::meeting& room, const ledger_page& page) {
        const auto log = page.logs.find(what.room);
        if (log == page.logs.end()) return;
        const auto roster = roster_of(what.group_id, room.planned.start, page);
        const auto proposed = with_.archive.keep(
            *database_, room, log->second.lines, roster ? roster->core : group_core_ids{}
        );
        marks_.erase(what.room);
        if (proposed.empty()) settle(what.room, meeting_errand::write_back);
        std::set<std::string> keys;
        for (const auto& one : proposed) keys.insert(one.key);
        {
            const std::scoped_lock lock{mutex_};
            if (proposed_.contains(what.room)) return;
            proposed_.emplace(what.room, std::move(keys));
        }
        for (const auto& one : proposed) with_.propose(one);
    }

    // ---- the next one

    void go_on_by_calendar(const ledger_page& page, const rooms::agenda_book& book) {
        for (const auto& one : page.last) {
            // A group whose meeting was called off before it began is asked by a person again.
            if (one.stands != rooms::state::closed && one.stands != rooms::state::adjourned) continue;
            const auto today = with_.calendar.date_of(with_.clock());
            const auto next = roster_.read(one.group_id, today, page.staff);
            if (!next || !next->start || *next->start <= one.starts) continue;
            if (*next->start > with_.clock() + made_before) continue;
            const auto made =
                make({.group_id = one.group_id, .start = next->start, .agenda = {}}, page, book);
            if (!made.trouble.empty() && troubled_.insert(one.room).second) {
                spdlog::warn("no meeting was made after {}: {}", one.room, made.trouble);
            }
        }
    }

    void grant(const ledger_page& page, const rooms::agenda_book& book) {
        std::vector<wish> all;
        {
            const std::scoped_lock lock{mutex_};
            all.swap(wishes_);
        }
        for (auto& [what, answer] : all) {
            auto made = make(what, page, book);
            if (!made.trouble.empty() || !answer) {
                if (answer) answer(std::move(made));
                continue;
            }
            // After the commit that made it: the errand comes behind the occurrence.
            with_.to.add(errand{[answer = std::move(answer), made = std::move(made)](store&) mutable {
                answer(std::move(made));
            }});
        }
    }

    // ---- what credit agents ask for in their chats

    // The meeting first, the answer behind it: whatever breaks in between, both come again, and the
    // meeting is the same one.
    void answer_wishes(const ledger_page& page, const rooms::agenda_book& book) {
        for (const auto& one : page.wishes) {
            with_.to.add(occurrence{
                .id = identify({"meeting_answer", std::to_string(one.id)}),
                .stamped = with_.clock(),
                .party = one.party,
                .what = dialogs::told{
                    .what = dialogs::meeting_answer{
                        .wish = one.id, .what = answer_to(one, page, book)}}});
        }
    }

    [[nodiscard]] rooms::say answer_to(
        const kept_wish& asked, const ledger_page& page, const rooms::agenda_book& book
    ) {
        auto group = group_wished(asked.what, page.staff, roster_, with_.calendar.date_of(with_.clock()));
        if (group.id.empty()) return std::move(group.instead);
        auto made = make({.group_id = group.id, .start = asked.what.start, .agenda = {}}, page, book);
        if (made.why == meeting_trouble::ahead) {
            const auto* last = last_of(group.id, page.last);
            const bool by_this_wish = last != nullptr && last->stands == rooms::state::draft &&
                                      last->changed_at >= asked.at;
            if (by_this_wish) made.why = meeting_trouble::none;
        }
        if (made.why == meeting_trouble::unfit) {
            spdlog::warn("group {} cannot meet: {}", group.id, made.trouble);
        }
        return said_of(made);
    }

    [[nodiscard]] meeting_made make(
        const meeting_wish& what, const ledger_page& page, const rooms::agenda_book& book
    ) {
        const auto now = with_.clock();
        const auto day = what.start ? std::optional{with_.calendar.date_of(*what.start)} : std::nullopt;
        auto roster = roster_.read(what.group_id, with_.calendar.date_of(now), page.staff, day);
        meeting_made refused{.group = roster ? roster->group_name : std::string{}};
        const auto because = [&](meeting_trouble why, std::string words) {
            refused.why = why;
            refused.trouble = std::move(words);
            return refused;
        };
        using enum meeting_trouble;
        if (!roster) {
            return because(no_group, "there is no group " + what.group_id + " in the portfolio");
        }
        const auto before_it = std::ranges::find(page.ahead, what.group_id, &kept_meeting::group_id);
        if (before_it != page.ahead.end()) {
            refused.starts = before_it->starts;
            return because(ahead, "the group has a meeting ahead already");
        }
        if (roster->members.empty()) return because(nobody, "nobody is in the group");
        if (roster->moderator.id.empty()) return because(unfit, "the group has no credit agent");
        const auto* agenda = what.agenda.empty() ? book.find(roster->branch_id, what.group_id)
                                                 : book.named(what.agenda);
        if (agenda == nullptr) {
            return because(
                unfit, what.agenda.empty() ? "no agenda of meetings/ is for this group"
                                           : "there is no agenda " + what.agenda
            );
        }
        rooms::plan plan{.created = now};
        lay_out(*roster, plan);
        if (what.start) plan.start = *what.start;
        if (plan.start == instant{}) {
            return because(no_day, "core banking has no day and hour of its next meeting: say one");
        }
        if (plan.start <= now) return because(past, "that hour is over");
        plan.language = with_.house.languages.front();
        plan.utc_offset_minutes = offset_minutes(with_.calendar, plan.start);
        rooms::plan_by(*agenda, plan);
        decide_by(*roster, plan.rules);
        add_voice_notes(*agenda, plan);
        const auto* before = last_of(what.group_id, page.last);
        plan.number = std::max(roster->number, before == nullptr ? 1 : before->number + 1);
        if (const auto* held = last_of(what.group_id, page.held)) {
            const auto room = page.rooms.find(held->room);
            if (room != page.rooms.end() && room->second) {
                plan.last_minutes =
                    with_.archive.summary(rooms::make_minutes(*room->second), plan.language);
            }
        }
        if (auto wrong = rooms::wrong_with(plan); !wrong.empty()) return because(unfit, std::move(wrong));
        std::string note;
        const bool in_chat = plan.how == rooms::mode::native_small;
        if (in_chat && rooms::is_too_large_for_chat(plan)) {
            note = "the agenda wants a small group of WhatsApp, which takes " +
                   std::to_string(rooms::small_chat_people_max) +
                   " with the credit agent: it is held by relay";
        } else if (in_chat && (with_.chats == nullptr || with_.chats->channel().empty())) {
            note = "the agenda wants a small group, and there is no channel of WhatsApp: it is held by relay";
        }
        meeting_made made{
            .room = room_name(plan.group_id, plan.number),
            .group = plan.group_name,
            .starts = plan.start,
            .note = std::move(note)};
        rooms::act act{.what = verb::edit};
        act.planned = std::move(plan);
        with_.to.add(occurrence{
            .id = identify({"meeting_made", made.room}),
            .stamped = now,
            .from = {{identity_kind::room, made.room}},
            .what = dialogs::told{
                .what = room_word{
                    .room = made.room,
                    .what = {.by = {.as = rooms::role::system}, .what = std::move(act), .at = now}}}});
        return made;
    }

    void add_voice_notes(const rooms::agenda_template& by, rooms::plan& into) const {
        if (!with_.voice_note) return;
        for (std::size_t i = 0; i < into.agenda.size() && i < by.steps.size(); ++i) {
            if (!by.steps[i].audio_path.empty()) {
                into.agenda[i].media_id = with_.voice_note(by.steps[i].audio_path);
            }
        }
    }

    [[nodiscard]] static const kept_meeting* last_of(
        std::string_view group_id, const std::vector<kept_meeting>& all
    ) {
        const auto found = std::ranges::find(all, group_id, &kept_meeting::group_id);
        return found == all.end() ? nullptr : &*found;
    }

    meeting_desk_parts with_;
    std::unique_ptr<SQLite::Database> database_;
    group_roster_reader roster_;
    std::map<std::string, std::int64_t> marks_{};  // payments told, by room; after a restart from 0
    std::set<std::string> troubled_{};  // said once in the log
    bool asked_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool stopping_{};                      // under mutex
    bool poked_{};                         // under mutex
    std::optional<ledger_page> page_{};    // under mutex
    std::vector<wish> wishes_{};           // under mutex
    std::map<std::string, std::set<std::string>> proposed_{};  // under mutex: keys by room
    std::thread thread_{};
};

std::vector<kept_meeting> last_held(std::span<const kept_meeting> latest_first) {
    std::vector<kept_meeting> held;
    std::set<std::string_view> seen;
    for (const auto& one : latest_first) {
        if (one.stands != rooms::state::closed || !seen.insert(one.group_id).second) continue;
        held.push_back(one);
    }
    return held;
}

meeting_desk::meeting_desk(meeting_desk_parts with)
    : impl_{std::make_unique<impl>(std::move(with))} {}

meeting_desk::~meeting_desk() = default;

void meeting_desk::start() { impl_->start(); }
void meeting_desk::poke() { impl_->poke(); }
bool meeting_desk::settled(std::string_view key) { return impl_->settled(key); }
void meeting_desk::stop() { impl_->stop(); }
void meeting_desk::create(meeting_wish what, std::function<void(meeting_made)> made) {
    impl_->create(std::move(what), std::move(made));
}

}  // namespace tertulia::gateway
