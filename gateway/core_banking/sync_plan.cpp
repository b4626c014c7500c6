#include "gateway/core_banking/sync_plan.hpp"

#include <algorithm>

namespace tertulia::gateway {

next_round round_due(
    const sync_cursor& after,
    const sync_rhythm& how,
    const dialogs::local_calendar& calendar,
    instant now
) {
    if (after.swept_at == instant{}) return {round_kind::sweep, now};
    const auto hour = static_cast<int>(how.sweep.count() / 60);
    const auto minute = static_cast<int>(how.sweep.count() % 60);
    const auto sweep_on = [&](civil_date day) { return calendar.at(day, hour, minute); };
    const auto last = calendar.date_of(after.swept_at);
    auto sweep_at = sweep_on(last);
    if (sweep_at <= after.swept_at) {
        sweep_at = sweep_on(civil_date{std::chrono::sys_days{last} + std::chrono::days{1}});
    }
    if (sweep_at <= now) return {round_kind::sweep, now};
    const auto poll_at = after.ended_at + how.poll;
    if (poll_at <= now) return {round_kind::changes, now};
    return {round_kind::none, std::min(sweep_at, poll_at)};
}

sync_cursor begin_round(const sync_cursor& after, round_kind kind, instant now) {
    auto out = after;
    ++out.number;
    out.kind = kind;
    out.stage = sync_stage::offices;
    out.position = 0;
    out.total = -1;
    out.whole = true;
    out.began_at = now;
    out.broken = 0;
    return out;
}

sync_cursor after_page(
    const sync_cursor& at, std::int64_t rows, std::int64_t total, std::int64_t broken
) {
    auto out = at;
    out.broken += broken;
    out.position += rows;
    // A row added or removed meanwhile moves all behind it by one, past the edge of a page.
    if (total >= 0 && at.total >= 0 && total != at.total) out.whole = false;
    out.total = total;
    const bool more = total >= 0 && out.position < total && rows > 0;
    if (more) return out;
    if (total >= 0 && out.position != total) out.whole = false;
    out.position = 0;
    out.total = -1;
    if (out.stage != sync_stage::savings) {
        out.stage = static_cast<sync_stage>(static_cast<int>(out.stage) + 1);
        return out;
    }
    out.ended_at = out.began_at;
    if (out.kind == round_kind::sweep) out.swept_at = out.began_at;
    out.kind = round_kind::none;
    out.stage = sync_stage::offices;
    return out;
}

int thousandths_done(const sync_cursor& at) noexcept {
    if (at.kind == round_kind::none) return 1'000;
    const auto part = at.total > 0 ? std::min(at.position, at.total) * 1'000 / at.total : 0;
    return static_cast<int>((static_cast<int>(at.stage) * 1'000 + part) / sync_stages);
}

}  // namespace tertulia::gateway
