#include "dialogs/clients/contact.hpp"

#include "dialogs/facts/arrears.hpp"
#include "dialogs/facts/iso_date.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

constexpr std::array<std::string_view, contact_stages> stage_names{
    "welcome", "after_late", "pre_hard_season", "near_end", "mid", "between", "any"};

constexpr int after_money_days = 3;
constexpr int after_cure_days = 2;
constexpr int cure_is_news_days = 14;
constexpr int before_season_days = 21;
constexpr int before_end_days = 30;
constexpr int after_loan_days = 30;
constexpr int after_loan_again_days = 90;
constexpr int gone_days = 120;  // after the last loan: she is no client any more

civil_date last_paid_on(const loan& of) {
    civil_date last = of.matures_on;
    for (const auto& one : of.schedule) {
        if (one.met_on && (!last.ok() || *one.met_on > last)) last = *one.met_on;
    }
    return last;
}

class talks {
public:
    explicit talks(std::span<const past_contact> had) : had_{had} {}

    [[nodiscard]] bool since(civil_date day) const {
        return std::ranges::any_of(had_, [day](const auto& one) { return one.on >= day; });
    }
    [[nodiscard]] bool about(contact_stage stage, civil_date since_day) const {
        return std::ranges::any_of(had_, [&](const auto& one) {
            return one.on >= since_day && one.about == name_of(stage);
        });
    }
    [[nodiscard]] std::optional<civil_date> last() const {
        std::optional<civil_date> found;
        for (const auto& one : had_) {
            if (!found || one.on > *found) found = one.on;
        }
        return found;
    }

private:
    std::span<const past_contact> had_;
};

class candidates {
public:
    candidates(const talks& had, civil_date today)
        : had_{had}, last_{had.last()}, today_{today} {}

    void of_running(const loan& of) {
        // What was had before the gateway knew of it is not made up for: after a month it is too late.
        if (!had_.since(of.disbursed_on)) {
            offer(contact_stage::welcome, plus_days(of.disbursed_on, after_money_days), 21);
        }
        if (of.matures_on.ok()) {
            const auto day = plus_days(of.matures_on, -before_end_days);
            if (!had_.since(day)) {
                offer(contact_stage::near_end, day, before_end_days);
            }
        }
        const auto count = of.schedule.size();
        if (count >= 3) {
            const auto day = of.schedule[(count * 4 + 9) / 10 - 1].due;
            const auto until = of.schedule[std::min(count - 1, (count * 6 + 9) / 10 - 1)].due;
            if (!had_.since(day)) {
                offer(contact_stage::mid, day, days_between(day, until));
            }
        }
        for (const auto& one : of.schedule) {
            if (!one.met_on || *one.met_on <= one.due || left_to_pay(one).minor > 0) continue;
            if (had_.since(*one.met_on)) continue;
            offer(
                contact_stage::after_late, plus_days(*one.met_on, after_cure_days),
                cure_is_news_days
            );
        }
        usual(last_.value_or(of.disbursed_on));
    }

    void of_season(std::chrono::month_day of) {
        const auto year = today_.year();
        for (const auto each : {year, year + std::chrono::years{1}}) {
            const civil_date begins{each, of.month(), of.day()};
            if (!begins.ok()) continue;
            const auto day = plus_days(begins, -before_season_days);
            if (had_.since(day)) continue;
            offer(contact_stage::pre_hard_season, day, before_season_days);
        }
    }

    void of_last(civil_date ended) {
        if (days_between(ended, today_) > gone_days) return;
        for (const int after : {after_loan_days, after_loan_again_days}) {
            const auto day = plus_days(ended, after);
            if (had_.about(contact_stage::between, ended)) continue;
            offer(contact_stage::between, day, after_loan_days);
        }
    }

    [[nodiscard]] std::optional<contact_due_on> best() const { return best_; }

private:
    void usual(civil_date last) {
        const auto day = plus_days(last, contact_every_days);
        offer(contact_stage::any, std::max(day, today_), contact_every_days);
    }

    // Sensible from that day on, for so many days.
    void offer(contact_stage stage, civil_date day, int days) {
        auto on = std::max(day, today_);
        if (last_) on = std::max(on, plus_days(*last_, contact_apart_days));
        if (days_between(day, on) > days) return;
        const contact_due_on one{.stage = stage, .on = on, .latest = plus_days(day, days)};
        if (!best_ || one.on < best_->on || (one.on == best_->on && one.stage < best_->stage)) {
            best_ = one;
        }
    }

    const talks& had_;
    std::optional<civil_date> last_;
    civil_date today_;
    std::optional<contact_due_on> best_{};
};

}  // namespace

std::string_view name_of(contact_stage stage) noexcept {
    return stage_names[static_cast<std::size_t>(stage)];
}

std::optional<contact_stage> parse_contact_stage(std::string_view name) noexcept {
    const auto found = std::ranges::find(stage_names, name);
    if (found == stage_names.end()) return std::nullopt;
    return static_cast<contact_stage>(found - stage_names.begin());
}

std::optional<contact_due_on> contact_due(
    std::span<const loan> all, std::span<const past_contact> had,
    std::span<const std::chrono::month_day> seasons, const std::optional<contact_due_on>& open,
    civil_date today
) {
    const talks were{had};
    // It was set for a day so far from the talk before: what came later is the talk itself, had on the day
    // before where its own is a holiday.
    const bool is_had = open && were.since(plus_days(open->on, 1 - contact_apart_days));
    const bool tries = open && open->on <= today && !is_had &&
                       days_between(open->on, today) < contact_every_days;
    candidates found{were, today};
    bool runs = false;
    std::optional<civil_date> ended;
    for (const auto& one : all) {
        if (one.status == loan_status::active) {
            runs = true;
            found.of_running(one);
        } else if (const auto last = last_paid_on(one); last.ok() && (!ended || last > *ended)) {
            ended = last;
        }
    }
    if (runs) {
        if (tries) return open;
        for (const auto one : seasons) found.of_season(one);
    } else if (ended) {
        if (tries && open->stage == contact_stage::between) return open;
        found.of_last(*ended);
    }
    return found.best();
}

}  // namespace tertulia::dialogs
