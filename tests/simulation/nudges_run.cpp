#include "tests/simulation/nudges_run.hpp"

#include "dialogs/facts/iso_date.hpp"

#include <algorithm>

namespace tertulia::simulation {
namespace {

using namespace dialogs;
using namespace std::chrono_literals;

class running {
public:
    explicit running(const life& how)
        : of_{institution_of(how.seed, how.clients, how.days)},
          chance_{how.seed ^ 0xC10CU},
          checker_{of_, at_, how.watch_every},
          planner_{of_, at(how), tells(), how.gates, how.wrong} {}

    life_told live() {
        for (int day = 0; day < of_.days; ++day) {
            const auto date = plus_days(of_.first, day);
            today_ = at_.place->calendar.at(date, 0, 0);
            auto& calendar = of_.calendar[static_cast<std::size_t>(day)];
            calendar.insert(calendar.begin(), {.what = happens::new_day, .minute = 30});
            work_until(calendar, at_.place->calendar.at(plus_days(date, 1), 0, 0));
            calendar = {};
        }
        planner_.each_waiting([&](int client, int loan, const planned_nudge& what) {
            checker_.still_waiting(client, loan, what);
        });
        checker_.life_is_over();
        told_.broken = checker_.broken();
        told_.broken_rules = checker_.broken_rules();
        told_.first = checker_.first();
        told_.followed = checker_.followed();
        return told_;
    }

private:
    struct timed {
        instant at{};
        std::int64_t order{};
        happening what{};
        bool operator>(const timed& other) const {
            return std::pair{at, order} > std::pair{other.at, other.order};
        }
    };

    const house& at(const life& how) {
        at_.version = how.version;
        at_.holidays = of_.holidays;
        move_in();
        return at_;
    }

    void move_in() {
        at_.place = std::make_unique<contact_place>(
            of_.country,
            of_.zones[at_.zone],
            of_.own_hours ? our_hours : std::string_view{"24/7"},
            at_.holidays
        );
    }

    planner_tells tells() {
        return {
            .sent =
                [this](const sent_nudge& one) {
                    ++told_.sent;
                    checker_.sent(one);
                },
            .ended =
                [this](
                    int client,
                    int loan,
                    const planned_nudge& what,
                    const nudge_verdict& verdict,
                    instant now
                ) {
                    if (verdict.with_task) ++told_.tasks;
                    if (verdict.answer == nudge_answer::never) ++told_.unsent[verdict.reason];
                    checker_.ended(client, loan, what, verdict, now);
                },
            .stuck = [this](const std::string& what) { checker_.stuck(what); }};
    }

    // As the clock of the gateway shows it: a restart sets it right, or wrong.
    [[nodiscard]] instant shown() const { return now_ + clock_; }
    [[nodiscard]] civil_date date() const { return at_.place->calendar.date_of(shown()); }

    void work_until(const std::vector<happening>& calendar, instant end) {
        auto next = calendar.begin();
        while (true) {
            auto soonest = end;
            enum { nothing, today, put_off, row } which = nothing;
            if (next != calendar.end()) {
                const auto when = today_ + std::chrono::minutes{next->minute};
                if (when < soonest) soonest = when, which = today;
            }
            if (!later_.empty() && later_.top().at < soonest) {
                soonest = later_.top().at;
                which = put_off;
            }
            if (const auto due = planner_.next_due()) {
                const auto when = std::max({*due - clock_, gateway_until_, now_});
                if (when < soonest) soonest = when, which = row;
            }
            if (which == nothing) break;
            now_ = std::max(now_, soonest);
            if (which == row) {
                planner_.judge_due(shown());
            } else if (which == today) {
                become_known(*next++);
            } else {
                const auto what = later_.top().what;
                later_.pop();
                become_known(what);
            }
        }
        now_ = std::max(now_, end);
    }

    void put_off(instant until, const happening& what) { later_.push({until, order_++, what}); }

    // Nothing is known while the gateway stands still; of loans nothing while core banking does.
    void become_known(const happening& what) {
        const bool returns =
            what.what == happens::core_returns || what.what == happens::gateway_returns;
        const bool of_core = what.what == happens::pays || what.what == happens::disburses ||
                             what.what == happens::day_moves;
        if (!returns && now_ < gateway_until_) return put_off(gateway_until_, what);
        if (of_core && at_.core_is_down) return put_off(std::max(core_until_, now_), what);
        happen(what);
    }

    void happen(const happening& what) {
        auto& who = of_.clients[static_cast<std::size_t>(what.client)];
        switch (what.what) {
            case happens::new_day:
                return begin_day();
            case happens::pays:
                return pay(what);
            case happens::disburses:
                return disburse(what);
            case happens::claims:
                return claim(what);
            case happens::promises:
                return promise(what);
            case happens::promise_ends:
                return end_promise(what);
            case happens::day_moves:
                return move_day(what);
            case happens::hardship:
                who.hardship_until = shown() + std::chrono::days{what.value};
                return;
            case happens::complains:
                who.disputes = true;
                return;
            case happens::complaint_ends:
                who.disputes = false;
                return;
            case happens::opts_out:
                who.opted_out = true;
                return;
            case happens::opts_in:
                who.opted_out = false;
                return;
            case happens::wants_none:
                who.wants_none = true;
                return;
            case happens::wants_some:
                who.wants_none = false;
                return;
            case happens::pauses:
                who.paused_until = plus_days(date(), static_cast<int>(what.value));
                return;
            case happens::prefers:
                who.prefers = static_cast<int>(what.value);
                return;
            case happens::template_lost:
                who.has_template = false;
                return;
            case happens::template_back:
                who.has_template = true;
                return;
            case happens::person_talks:
                who.person_until = shown() + std::chrono::minutes{what.value};
                return;
            case happens::writes:
                who.agreed = true;
                who.talking_until = shown() + 10min;
                who.window_until = shown() + 24h;
                return;
            case happens::phone_doubted:
            case happens::phone_confirmed:
                if (who.phones.empty()) return;
                of_.phones[static_cast<std::size_t>(who.phones.front())].in_doubt =
                    what.what == happens::phone_doubted;
                return;
            default:
                return happen_to_all(what);
        }
    }

    void happen_to_all(const happening& what) {
        switch (what.what) {
            case happens::core_stops:
                if (at_.core_is_down) return;
                at_.core_is_down = true;
                at_.core_down_since = shown();
                core_until_ = now_ + std::chrono::minutes{what.value};
                return put_off(core_until_, {.what = happens::core_returns});
            case happens::core_returns:
                at_.core_is_down = false;
                return;
            case happens::gateway_stops:
                gateway_until_ = now_ + std::chrono::minutes{what.value};
                return put_off(gateway_until_, {.what = happens::gateway_returns});
            case happens::gateway_returns:
                clock_ = std::chrono::minutes{chance_.within(-20, 20)};
                planner_.restarted();
                return begin_day();
            case happens::policy_changes:
                if (at_.version == blast) return;
                at_.version = 1 - at_.version;
                planner_.rules_changed(shown());
                return look_at_all();
            case happens::zone_changes:
                at_.zone = 1 - at_.zone;
                return move_in();
            case happens::holiday_declared:
                if (std::ranges::find(at_.holidays, date()) != at_.holidays.end()) return;
                at_.holidays.push_back(date());
                move_in();
                return planner_.rules_changed(shown());
            default:
                return;
        }
    }

    // Every day since the last one: the gateway may have stood still for longer.
    void begin_day() {
        planner_.plan_until(shown());
        if (!looked_until_) looked_until_ = plus_days(date(), -1);
        while (*looked_until_ < date()) {
            looked_until_ = plus_days(*looked_until_, 1);
            look_at_all(*looked_until_);
        }
    }

    void look_at_all(std::optional<civil_date> day = {}) {
        if (at_.version == blast) return;
        checker_.look_at_all(day.value_or(date()), date());
    }

    void changed(int client) {
        planner_.changed(client, shown());
        if (at_.version != blast) checker_.look_at(client, *looked_until_, date());
    }

    loan& loan_of(const happening& what) {
        auto& all = of_.clients[static_cast<std::size_t>(what.client)].loans;
        return all[static_cast<std::size_t>(what.loan) % all.size()];
    }
    int number_of(const happening& what) const {
        const auto& all = of_.clients[static_cast<std::size_t>(what.client)].loans;
        return what.loan % static_cast<int>(all.size());
    }
    loan_notes& notes_of(const happening& what) {
        return of_.clients[static_cast<std::size_t>(what.client)]
            .notes[static_cast<std::size_t>(number_of(what))];
    }
    static instalment* oldest_open(loan& of) {
        if (of.status != loan_status::active) return nullptr;
        const auto found = std::ranges::find_if(of.schedule, [](const instalment& one) {
            return one.paid.minor < one.total.minor;
        });
        return found == of.schedule.end() ? nullptr : &*found;
    }

    void disburse(const happening& what) {
        auto& of = loan_of(what);
        if (of.status == loan_status::approved) of.status = loan_status::active;
        changed(what.client);
    }

    void pay(const happening& what) {
        auto& of = loan_of(what);
        auto& notes = notes_of(what);
        auto left = what.value;
        while (auto* next = oldest_open(of)) {
            const auto part = std::min(left, next->total.minor - next->paid.minor);
            if (part <= 0) break;
            next->paid.minor += part;
            left -= part;
            if (next->paid.minor < next->total.minor) break;
            next->met_on = plus_days(date(), -what.days_back);
            checker_.paid(what.client, number_of(what), next->number, shown());
        }
        if (oldest_open(of) == nullptr && of.status == loan_status::active) {
            of.status = loan_status::closed;
        }
        notes.claim_until = {};
        if (notes.promise == promise_end::open) notes.promise = promise_end::kept;
        changed(what.client);
    }

    void claim(const happening& what) {
        if (oldest_open(loan_of(what)) == nullptr) return;
        notes_of(what).claim_until = shown() + 48h;
    }

    void promise(const happening& what) {
        const auto* next = oldest_open(loan_of(what));
        auto& notes = notes_of(what);
        if (next == nullptr || notes.promise == promise_end::open) return;
        const int late = days_between(next->due, date());
        if (late < -10 || late > 40) return;
        notes.promised_on = plus_days(date(), static_cast<int>(what.value));
        notes.promised_instalment = next->number;
        notes.promise = promise_end::open;
        happening ends = what;
        ends.what = happens::promise_ends;
        ends.value = to_millis(instant{std::chrono::sys_days{notes.promised_on}});
        put_off(at_.place->calendar.at(plus_days(notes.promised_on, 1), 0, 40), ends);
        changed(what.client);
    }

    void end_promise(const happening& what) {
        auto& notes = notes_of(what);
        const auto on = to_millis(instant{std::chrono::sys_days{notes.promised_on}});
        if (notes.promise != promise_end::open || on != what.value) return;
        notes.promise = promise_end::broken;
        ++of_.clients[static_cast<std::size_t>(what.client)].broken_promises;
        changed(what.client);
    }

    void move_day(const happening& what) {
        auto& of = loan_of(what);
        auto* next = oldest_open(of);
        if (next == nullptr || next->number == static_cast<int>(of.schedule.size())) return;
        const auto day = plus_days(next->due, static_cast<int>(what.value));
        if (day >= of.schedule[static_cast<std::size_t>(next->number)].due) return;
        next->due = day;
        changed(what.client);
    }

    institution of_;
    dice chance_;
    house at_{};
    life_told told_{};
    nudges_checker checker_;
    nudges_planner planner_;
    std::priority_queue<timed, std::vector<timed>, std::greater<>> later_{};
    std::int64_t order_{};
    instant now_{};
    instant today_{};
    milliseconds clock_{};
    instant gateway_until_{};
    instant core_until_{};
    std::optional<civil_date> looked_until_{};
};

}  // namespace

life_told live(const life& how) {
    return running{how}.live();
}

}  // namespace tertulia::simulation
