#include "gateway/nudges/nudge_desk.hpp"

#include "dialogs/engine/agent_actions.hpp"
#include "dialogs/nudges/touches_elsewhere.hpp"
#include "dialogs/script/program.hpp"
#include "gateway/nudges/campaign_book.hpp"
#include "gateway/nudges/feedback_book.hpp"
#include "gateway/nudges/her_conversations.hpp"
#include "gateway/nudges/open_plan.hpp"
#include "gateway/nudges/plan_book.hpp"

#include <SQLiteCpp/Database.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr std::size_t changes_at_once = 100;  // clients in one transaction: a few milliseconds
constexpr std::size_t under_way_most = 200;   // handed on and not yet committed
// Between two looks at a day on which very many are due: so many at once that their number a second is
// kept, and so few that what people write comes in between.
constexpr std::chrono::milliseconds hand_breath{20};

}  // namespace

class nudge_desk::impl {
public:
    explicit impl(nudge_desk_parts with)
        : with_{std::move(with)},
          database_{open_plan(with_.database)},
          book_{*database_},
          campaigns_{*database_},
          ideas_{*database_} {}

    ~impl() { stop(); }

    void start() { thread_ = std::thread{[this] { run(); }}; }

    void stop() {
        {
            const std::scoped_lock lock{mutex_};
            stopping_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

private:
    void run() {
        std::unique_lock lock{mutex_};
        while (!stopping_) {
            for (const auto id : std::exchange(done_, {})) {
                const auto found = under_way_.find(id);
                if (found == under_way_.end()) continue;
                spoken_to_.erase(found->second);
                under_way_.erase(found);
            }
            const auto nobody = std::exchange(nobody_, {});
            const auto judged = std::exchange(judged_, {});
            lock.unlock();
            auto pause = with_.look_every;
            try {
                book_.settle(judged, with_.clock());
                for (const auto id : nobody) book_.refuse(id, "never_wrote", with_.clock());
                pause = look();
            } catch (const std::exception& trouble) {
                spdlog::error("nudges wait: {}", trouble.what());
            }
            lock.lock();
            changed_.wait_for(lock, pause, [this] { return stopping_; });
        }
    }

    // How long until the next look: there may be more to do at once.
    std::chrono::milliseconds look() {
        const auto scripts = with_.scripts();
        const auto& program = scripts->compiled();
        if (program.nudges.policies.empty()) return with_.look_every;
        const auto now = with_.clock();
        const dialogs::contact_calendar when{
            *program.nudges.law, *program.nudges.ours, program.house.holidays, with_.calendar};
        const auto today = with_.calendar.date_of(now);
        look_at_day(scripts, when, today);
        const plan_rules by{
            .rules = program.nudges,
            .when = when,
            .version = program.nudges.version,
            .today = today,
            .now = now,
            .broken_within = program.relief.promise.broken_within,
            .steps = steps_};
        if (book_.take_changes(by, changes_at_once) > 0) return plan_breath;
        if (!planned_) {
            book_.expire(today);
            if (book_.take_changes(by, changes_at_once) > 0) return plan_breath;
            plan(by);
        }
        // After the day: who has something of her own to hear waits for another.
        (void)campaigns_.go_on(program.nudges, when, now);
        (void)ideas_.go_on(program.nudges, when, now);
        return hand_on(program.nudges, now) ? hand_breath : with_.look_every;
    }

    // A new day, or other policies: what falls on it is worked out once.
    void look_at_day(
        const std::shared_ptr<const dialogs::script_set>& scripts,
        const dialogs::contact_calendar& when, civil_date today
    ) {
        if (scripts_ == scripts && today_ == today) return;
        if (scripts_ != scripts) book_.note_policies(scripts->compiled().nudges.version);
        scripts_ = scripts;
        today_ = today;
        planned_ = false;
        steps_ = steps_of_day(scripts->compiled().nudges, today, when);
    }

    void plan(const plan_rules& by) {
        if (!book_.is_planned(by.today, by.version)) {
            const auto made = book_.plan_day(by, [] { std::this_thread::sleep_for(plan_breath); });
            spdlog::info("nudges: {} are planned for today", made);
        }
        planned_ = true;
    }

    // True: more are due, and may be handed on before long.
    bool hand_on(const dialogs::nudge_rules& rules, instant now) {
        const auto since = std::exchange(handed_at_, now);
        const auto passed = std::clamp<std::chrono::milliseconds>(
            now - since, std::chrono::milliseconds{0}, std::chrono::seconds{1}
        );
        allowed_ = std::min(
            allowed_ + static_cast<double>(with_.a_second * static_cast<std::size_t>(passed.count())) / 1000,
            static_cast<double>(with_.a_second)
        );
        const auto most = std::min(
            static_cast<std::size_t>(allowed_), under_way_most - std::min(under_way_most, under_way_.size())
        );
        if (most == 0) return true;
        // One at a time: the next is judged knowing of it, in whichever of her conversations.
        const auto is_spoken_to = [this](const std::string& client) { return spoken_to_.contains(client); };
        std::vector<due_nudge> fresh;
        for (auto& one : book_.due(rules, now, most + under_way_.size(), is_spoken_to)) {
            if (fresh.size() >= most || is_spoken_to(one.what.client_id)) continue;
            if (!one.kept_by.empty()) {
                book_.keep_back(one, now);
                continue;
            }
            under_way_.emplace(one.what.id, one.what.client_id);
            spoken_to_.insert(one.what.client_id);
            fresh.push_back(std::move(one));
        }
        if (fresh.empty()) return false;
        allowed_ -= static_cast<double>(fresh.size());
        const bool more = fresh.size() == most;
        with_.to.add(errand{[this, fresh = std::move(fresh)](store& from) { bring(from, fresh); }});
        return more;
    }

    // On the writer thread. Who never wrote to us has no conversation to be spoken to in.
    void bring(store& from, const std::vector<due_nudge>& fresh) {
        const bool waits = with_.crowded && with_.crowded();
        for (const auto& one : fresh) {
            if (waits) {  // they stay in the plan, and are judged when there is room
                is_over(one.what.id);
                continue;
            }
            std::optional<spoken_in> who;
            try {
                who = where_she_is_spoken_to(
                    from, one.phones, one.shared_phones, one.what, with_.calendar.date_of(with_.clock())
                );
            } catch (const std::exception& trouble) {
                spdlog::error("a nudge finds nobody: {}", trouble.what());
                is_over(one.what.id);
                continue;
            }
            // Nothing is said to who has never written; but a person of ours may have something to do.
            const bool for_people = one.has_task && !one.phones.empty();
            if (!who && !for_people) {
                const std::scoped_lock lock{mutex_};
                nobody_.push_back(one.what.id);
                done_.push_back(one.what.id);
                continue;
            }
            if (who) tell_touches(one, who->party);
            if (who && !one.answer.empty()) tell_answer(one, who->party);
            auto planned = one.what;
            if (who) planned.elsewhere = who->elsewhere;
            with_.to.add(occurrence{
                .id = identify(
                    {"nudge", std::to_string(one.what.id), std::to_string(to_millis(one.what.due))}
                ),
                .stamped = one.what.due,
                .party = who ? who->party : party_id{},
                .from = who ? std::vector<identity>{}
                            : std::vector<identity>{{identity_kind::phone, one.phones.front()}},
                .what = dialogs::nudge_due{std::move(planned)},
                .done = [this, one = handed_nudge{one.what.id, one.what.due}] { is_judged(one); }
            });
        }
    }

    // Before the nudge that is judged by them. The same is told once to each conversation.
    void tell_touches(const due_nudge& one, party_id who) {
        std::vector<dialogs::touch> elsewhere;
        for (const auto& each : one.touches) {
            if (each.party != who) elsewhere.push_back(each.what);
        }
        if (elsewhere.empty()) return;
        auto text = dialogs::told_touches(elsewhere);
        with_.to.add(occurrence{
            .id = identify({"touches", std::to_string(who.value), text}),
            .stamped = one.what.due,
            .party = who,
            .from = {},
            .what = dialogs::agent_acted{
                .agent = {},
                .action = std::string{dialogs::touched_elsewhere},
                .text = std::move(text)},
            .done = {}
        });
    }

    // Before the nudge that tells it, so that its dialog knows what has changed.
    void tell_answer(const due_nudge& one, party_id who) {
        with_.to.add(occurrence{
            .id = identify(
                {"idea", std::to_string(one.what.id), std::to_string(to_millis(one.what.due))}
            ),
            .stamped = one.what.due,
            .party = who,
            .from = {},
            .what = dialogs::agent_acted{
                .agent = one.answered_by,
                .action = std::string{dialogs::idea_answered},
                .text = std::to_string(one.what.instalment) + " " + one.answer},
            .done = {}
        });
    }

    void is_over(std::int64_t id) {
        const std::scoped_lock lock{mutex_};
        done_.push_back(id);
    }

    void is_judged(const handed_nudge& one) {
        const std::scoped_lock lock{mutex_};
        judged_.push_back(one);
        done_.push_back(one.id);
    }

    nudge_desk_parts with_;
    std::unique_ptr<SQLite::Database> database_;
    plan_book book_;
    campaign_book campaigns_;
    feedback_book ideas_;
    std::shared_ptr<const dialogs::script_set> scripts_{};
    civil_date today_{};
    std::vector<todays_step> steps_{};  // point into scripts_
    bool planned_{};
    instant handed_at_{};
    double allowed_{};
    std::map<std::int64_t, std::string> under_way_{};  // whose each is…
    std::set<std::string> spoken_to_{};                // …and those clients
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool stopping_{};                    // under mutex
    std::vector<std::int64_t> done_{};    // under mutex
    std::vector<std::int64_t> nobody_{};  // under mutex
    std::vector<handed_nudge> judged_{};  // under mutex
    std::thread thread_{};
};

nudge_desk::nudge_desk(nudge_desk_parts with) : impl_{std::make_unique<impl>(std::move(with))} {}
nudge_desk::~nudge_desk() = default;
void nudge_desk::start() { impl_->start(); }
void nudge_desk::stop() { impl_->stop(); }

}  // namespace tertulia::gateway
