#include "gateway/received/fetcher.hpp"

#include "gateway/received/file_check.hpp"
#include "gateway/received/picture_size.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using adapters::media_next;
using adapters::media_step;

constexpr auto longest_sleep = 1s;  // the clock of the process may be set while we sleep
constexpr auto sweep_every = 1h;
constexpr std::size_t sweep_most = 500;
constexpr auto store_pause = 30s;  // after the store refused
constexpr std::size_t words_bytes_max = 64UL * 1024;

}  // namespace

fetcher::fetcher(
    fetcher_settings how, media_ledger& ledger, inbox& into, http::client& client, const channel_table& channels,
    metrics& counts, std::function<instant()> clock
)
    : how_{std::move(how)},
      ledger_{ledger},
      into_{into},
      client_{client},
      channels_{channels},
      counts_{counts},
      clock_{std::move(clock)},
      files_{how_.folder} {}

fetcher::~fetcher() { stop(); }

void fetcher::start() {
    thread_ = std::thread{[this] { run(); }};
}

void fetcher::poke() {
    {
        const std::scoped_lock lock{mutex_};
        poked_ = true;
    }
    wake_.notify_one();
}

void fetcher::stop() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool fetcher::read(media_entry of, std::function<void(std::optional<std::string>)> done) {
    return push([this, of = std::move(of), done = std::move(done)] {
        done(files_.get(of.id, of.key));
    });
}

bool fetcher::push(job what) {
    {
        const std::scoped_lock lock{mutex_};
        if (stopping_) return false;
        jobs_.push_back(std::move(what));
    }
    wake_.notify_one();
    return true;
}

void fetcher::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        if (!jobs_.empty()) {
            auto next = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            try {
                next();
            } catch (const std::exception& trouble) {
                spdlog::error("received media: {}", trouble.what());
            }
            next = nullptr;
            lock.lock();
            continue;
        }
        const auto now = clock_();
        if (std::exchange(poked_, false)) next_due_ = now;
        lock.unlock();
        if (!next_sweep_ || *next_sweep_ <= now) sweep(now);
        if (next_due_ && *next_due_ <= now) look(now);
        lock.lock();
        const auto something = [this] { return stopping_ || poked_ || !jobs_.empty(); };
        wake_.wait_for(lock, longest_sleep, something);
    }
}

// One question at a time; what is under way is due as well, and is left out.
void fetcher::look(instant now) {
    if (looking_ || under_way_.size() >= how_.in_flight_most) return;
    looking_ = true;
    into_.add(errand{[this, now, most = how_.in_flight_most](store&) {
        std::vector<media_entry> found;
        std::optional<instant> next = now + store_pause;
        try {
            found = ledger_.due(now, most);
            next = ledger_.next_due();
        } catch (const std::exception& trouble) {
            spdlog::error("received media cannot be looked up: {}", trouble.what());
        }
        push([this, found = std::move(found), next] { take(found, next); });
    }});
}

void fetcher::take(std::vector<media_entry> found, std::optional<instant> next) {
    looking_ = false;
    next_due_ = next;
    for (auto& one : found) {
        if (under_way_.size() >= how_.in_flight_most) break;
        if (!under_way_.insert(one.id).second) continue;
        const auto* by = channels_.find(one.channel);
        auto step = by == nullptr ? adapters::media_lost("its channel is not configured any more")
                                  : by->begin_media(one.what);
        go(std::move(one), std::move(step));
    }
}

void fetcher::go(media_entry of, media_step step) {
    switch (step.next) {
        case media_next::again: return again(of, step.reason);
        case media_next::lost: return lose(of, step.reason, step.resend);
        case media_next::whole: return again(of, "the provider gave no file");
        case media_next::call: break;
    }
    if (static_cast<std::uint64_t>(step.bytes) > how_.bytes_max) {
        return lose(of, "the file is larger than received.largest_mb");
    }
    http::call call{
        .method = step.call.method,
        .url = std::move(step.call.url),
        .headers = std::move(step.call.headers),
        .body = std::move(step.call.body),
        .deadline = how_.deadline,
        .answer_bytes_max = step.file ? how_.bytes_max : words_bytes_max,
    };
    auto both = std::make_shared<std::pair<media_entry, media_step>>(std::move(of), std::move(step));
    client_.start(std::move(call), [this, both](http::answer answer) {
        auto came = std::make_shared<http::answer>(std::move(answer));
        push([this, both, came] {
            answered(std::move(both->first), std::move(both->second), std::move(*came));
        });
    });
}

void fetcher::answered(media_entry of, media_step before, http::answer answer) {
    if (answer.result != http::call_result::answered) {
        // An answer without an end has a status when it is too long.
        const bool too_long = before.file && answer.status == 200 &&
                              answer.trouble == "the answer is too large";
        if (too_long) return lose(of, "the file is larger than received.largest_mb");
        return again(of, answer.trouble);
    }
    const auto* by = channels_.find(of.channel);
    auto next = by->go_on_with_media(
        before,
        {.status = answer.status,
         .body = before.file ? std::string_view{} : std::string_view{answer.body},
         .location = answer.location},
        of.what
    );
    if (next.next != media_next::whole) return go(std::move(of), std::move(next));
    keep(of, next, answer.body);
}

void fetcher::keep(const media_entry& of, const media_step& step, const std::string& bytes) {
    auto checked = check_file(of.what, step, bytes);
    if (!checked.trouble.empty()) return again(of, checked.trouble);
    try {
        files_.put(of.id, of.key, bytes);
    } catch (const std::exception& trouble) {
        spdlog::error("a received file cannot be written: {}", trouble.what());
        return again(of, "the disk refused the file");
    }
    if (too_small_to_read(bytes)) {
        into_.add(occurrence{
            .id = identify({"media_poor", std::to_string(of.id)}),
            .stamped = of.received_at,
            .party = of.party,
            .what = dialogs::happened{.what = "media_poor"}
        });
    }
    mark(
        {.id = of.id,
         .state = media_state::kept,
         .tries = of.tries + 1,
         .type = std::move(checked.type),
         .bytes = static_cast<std::int64_t>(bytes.size())},
        "kept"
    );
}

void fetcher::again(const media_entry& of, const std::string& reason) {
    const auto tries = of.tries + 1;
    const auto next = next_media_try(tries, clock_());
    if (!next) return lose(of, reason);
    spdlog::warn("received file {}: {}; try {} of {}", of.id, reason, tries, media_tries_most);
    mark({.id = of.id, .tries = tries, .due = *next, .reason = reason}, "retried");
}

void fetcher::lose(const media_entry& of, const std::string& reason, bool resend) {
    spdlog::error("received file {} is lost: {}", of.id, reason);
    media_mark what{
        .id = of.id, .state = media_state::failed, .tries = of.tries + 1, .reason = reason};
    if (resend) return tell(of, std::move(what));
    mark(std::move(what), "failed");
}

// She hears of it first: a kill in between repeats the event, which is known then.
void fetcher::tell(const media_entry& of, media_mark what) {
    const auto id = std::to_string(of.id);
    into_.add(occurrence{
        .id = identify({"media_lost", id}),
        .stamped = of.received_at,
        .party = of.party,
        .what = dialogs::happened{.what = "media_lost"},
        .done = [this, what = std::move(what)] { mark(what, "failed"); }
    });
}

void fetcher::mark(media_mark what, const char* outcome) {
    counts_.received_media.Add({{"outcome", outcome}}).Increment();
    into_.add(errand{[this, what = std::move(what)](store&) {
        bool there = true;
        try {
            there = ledger_.mark(what);
        } catch (const std::exception& trouble) {
            spdlog::error("a received file cannot be marked: {}", trouble.what());
        }
        push([this, id = what.id, there] {
            under_way_.erase(id);
            if (!there) files_.drop(id);  // its person was erased meanwhile
            next_due_ = clock_();
        });
    }});
}

// What is too old, and what belonged to somebody who is erased.
void fetcher::sweep(instant now) {
    next_sweep_ = now + sweep_every;
    into_.add(errand{[this, now](store&) {
        std::vector<std::int64_t> ids;
        try {
            ledger_.retire(now - how_.keep, sweep_most);
            ids = ledger_.gone(sweep_most);
        } catch (const std::exception& trouble) {
            spdlog::error("received media cannot be swept: {}", trouble.what());
        }
        if (ids.empty()) return;
        push([this, now, ids = std::move(ids)] {
            for (const auto id : ids) files_.drop(id);
            if (ids.size() >= sweep_most) next_sweep_ = now;
            into_.add(errand{[this, ids](store&) {
                try {
                    ledger_.forget_gone(ids);
                } catch (const std::exception& trouble) {
                    spdlog::error("received media cannot be swept: {}", trouble.what());
                }
            }});
        });
    }});
}

}  // namespace tertulia::gateway
