#include "gateway/reconcile/reconciler.hpp"

#include "gateway/reconcile/settling.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto tick = 250ms;
constexpr auto look_around_every = 4;  // ticks
constexpr auto call_deadline = 30s;
constexpr std::size_t page_bytes_max = 8UL * 1024 * 1024;
constexpr std::size_t passed_on_most = 200'000;
constexpr std::int64_t retry_after_most_s = 86'400;

// Whole seconds; the header's other form, a date, is ignored.
milliseconds retry_after_of(const std::string& header) {
    std::int64_t seconds{};
    const auto* end = header.data() + header.size();
    const auto [stopped, failed] = std::from_chars(header.data(), end, seconds);
    if (failed != std::errc{} || stopped != end || seconds < 0) return 0ms;
    return std::chrono::seconds{std::min(seconds, retry_after_most_s)};
}

poll_failure failure_of(const http::answer& answer) {
    const bool told_no = answer.result == http::call_result::answered && answer.status >= 400 &&
                         answer.status < 500 && answer.status != 408 && answer.status != 425 &&
                         answer.status != 429;
    return told_no ? poll_failure::refused : poll_failure::passing;
}

poll_rules rules_of(const list_habits& list, const reconcile_config& how) {
    return {
        .every = how.every,
        .back = how.back,
        .shows_sent = list.shows_sent,
        .resumes = list.resumes};
}

}  // namespace

// A page on its way from the provider to the inbox.
struct reconciler::page {
    adapters::listed what{};
    std::size_t whole{};  // of `what.received`: how many need nothing more
    std::vector<inbound_message> received{};
    std::unique_ptr<admission> waiting{};  // the inbox had no room for it yet
};

struct reconciler::watched {
    watched(const channel& of, poll_rules rules, std::optional<poll_position> kept, instant now)
        : which{of}, list{*of.list()}, plan{rules, std::move(kept), now} {}

    const channel& which;
    const message_list& list;
    polling plan;
    std::unique_ptr<page> at{};  // null: nothing under way
    bool go_on{};                // the page before is done
    bool complained{};           // of a refusal, until it works again
    // What was passed on lately, so that a status is not recorded at every look.
    std::map<std::string, delivery_status> passed_on{};
};

reconciler::reconciler(reconciler_parts parts) : parts_{std::move(parts)} {}

reconciler::~reconciler() {
    stop(0ms);
}

void reconciler::add(const channel& which, const reconcile_config& how) {
    if (which.list() == nullptr || how.every == 0ms) return;
    all_.push_back(std::make_unique<watched>(
        which, rules_of(which.list()->habits(), how), parts_.positions.of(which.name()),
        parts_.clock()
    ));
}

void reconciler::start() {
    // The very first look of all sets where a channel begins, even if it fails.
    for (const auto& one : all_) parts_.positions.keep(one->which.name(), one->plan.position());
    if (!all_.empty()) thread_ = std::thread{[this] { run(); }};
}

void reconciler::stop(std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    while (thread_.joinable() && !idle() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(5ms);
        const std::scoped_lock lock{mutex_};
        for (auto& one : all_) {
            if (one->at && one->at->waiting && parts_.incoming.admit(*one->at->waiting)) {
                one->at->waiting.reset();
            }
        }
    }
    if (thread_.joinable()) thread_.join();
}

bool reconciler::idle() const {
    const std::scoped_lock lock{mutex_};
    return std::ranges::none_of(all_, [](const auto& one) { return one->at != nullptr; });
}

void reconciler::run() {
    int ticks = 0;
    std::unique_lock lock{mutex_};
    while (!ending_) {
        const auto now = parts_.clock();
        if (ticks++ % look_around_every == 0) look_around(now);
        for (auto& one : all_) {
            if (one->at && one->at->waiting && parts_.incoming.admit(*one->at->waiting)) {
                one->at->waiting.reset();
            }
            if (!one->at && (std::exchange(one->go_on, false) || one->plan.is_due(now))) {
                begin(*one, now);
            }
        }
        wake_.wait_for(lock, tick, [this] {
            return ending_ || std::ranges::any_of(all_, [](const auto& one) { return one->go_on; });
        });
    }
}

// The planner belongs to the writer: the question goes there, the answer comes back.
void reconciler::look_around(instant now) {
    if (std::exchange(looking_, true)) return;
    parts_.incoming.add(errand{[this, now](store&) {
        const auto states = parts_.planner.states();
        const auto refused = parts_.turned_away();
        const std::scoped_lock guard{mutex_};
        looking_ = false;
        for (auto& one : all_) {
            const auto state =
                std::ranges::find(states, one->which.name(), &channel_state::channel);
            if (state == states.end()) continue;
            one->plan.see(
                {.breaker_open = state->breaker_open,
                 .unanswered = state->unknown,
                 .turned_away = refused},
                now
            );
        }
    }});
}

void reconciler::begin(watched& one, instant now) {
    one.plan.begin(now);
    one.at = std::make_unique<page>();
    auto request = one.list.request(one.plan.since(now), one.plan.page());
    if (!request) return fail(one, {.status = 400}, "the name of a page is not ours");
    call(one, std::move(*request), &reconciler::page_came);
}

void reconciler::call(
    watched& one,
    adapters::outbound_request request,
    void (reconciler::*then)(watched&, http::answer)
) {
    http::call what{
        .method = std::move(request.method),
        .url = std::move(request.url),
        .headers = std::move(request.headers),
        .body = std::move(request.body),
        .deadline = call_deadline,
        .answer_bytes_max = page_bytes_max};
    parts_.client.start(std::move(what), [this, &one, then](http::answer answer) {
        const std::scoped_lock guard{mutex_};
        (this->*then)(one, std::move(answer));
    });
}

void reconciler::page_came(watched& one, http::answer answer) {
    if (answer.result != http::call_result::answered || answer.status != 200) {
        return fail(one, answer, "its list was not given");
    }
    auto read = one.list.parse(answer.body, parts_.clock());
    if (!read) return fail(one, {}, "its list could not be read");
    one.at->what = std::move(*read);
    complete(one);
}

// What is listed only in part is fetched, one after the other: there are few.
void reconciler::complete(watched& one) {
    auto& at = *one.at;
    const auto oldest = one.plan.oldest(parts_.clock());
    for (; at.whole < at.what.received.size(); ++at.whole) {
        auto& message = at.what.received[at.whole];
        if (message.sent_at < oldest) continue;
        if (auto request = one.list.rest_of(message)) {
            return call(one, std::move(*request), &reconciler::rest_came);
        }
        at.received.push_back(std::move(message));
    }
    hand_over(one);
}

void reconciler::rest_came(watched& one, http::answer answer) {
    auto& at = *one.at;
    const auto& message = at.what.received[at.whole];
    if (answer.result == http::call_result::answered && answer.status == 404) {
        at.received.push_back(message);  // its medium is gone; that she wrote is not
    } else if (answer.result != http::call_result::answered || answer.status != 200) {
        return fail(one, answer, "what belongs to a listed message was not given");
    } else {
        auto read = one.list.parse_rest(answer.body, message);
        if (!read) return fail(one, {}, "what belongs to a listed message could not be read");
        if (read->empty()) at.received.push_back(message);
        std::ranges::move(*read, std::back_inserter(at.received));
    }
    ++at.whole;
    complete(one);
}

void reconciler::hand_over(watched& one) {
    parts_.incoming.add(errand{[this, &one](store& from) {
        const std::scoped_lock guard{mutex_};
        try {
            let_in(one, from);
        } catch (const std::exception& trouble) {
            spdlog::error("{}: what it listed waits: {}", one.which.name(), trouble.what());
            fail(one, {}, "the store could not be read");
        }
    }});
}

// On the writer thread.
void reconciler::let_in(watched& one, store& from) {
    auto& at = *one.at;
    const auto& name = one.which.name();
    std::vector<unanswered_send> waiting;
    for (const auto& entry : parts_.planner.unanswered(name)) {
        waiting.push_back(
            {.outbox_id = entry->id,
             .to = entry->message.to.to,
             .text = one.list.text_of(entry->message),
             .queued_at = entry->queued_at}
        );
    }
    std::vector<std::int64_t> claimed;
    const auto is_known = [&](const std::string& id) {
        return from.find_send_by_provider_id(name, id).has_value();
    };
    auto statuses = settle(at.what, name, std::move(waiting), is_known, claimed);
    parts_.counts.recovered.Add({{"channel", name}, {"what", "send"}})
        .Increment(static_cast<double>(claimed.size()));
    if (one.passed_on.size() > passed_on_most) one.passed_on.clear();
    std::erase_if(statuses, [&](const status_update& status) {
        // The account may serve others beside us.
        if (status.callback_data.empty() && !is_known(status.message_id)) return true;
        const auto [place, first] = one.passed_on.try_emplace(status.message_id, status.status);
        return !first && std::exchange(place->second, status.status) == status.status;
    });
    auto post = std::make_unique<admission>();
    post->messages = std::move(at.received);
    post->statuses = std::move(statuses);
    for (auto& broken : at.what.malformed) {
        parts_.counts.malformed.Add({{"channel", name}}).Increment();
        post->notices.push_back(
            {.channel = name,
             .field = "malformed",
             .summary = std::move(broken.reason),
             .raw_json = std::move(broken.raw_json)}
        );
    }
    post->done = [this, &one](std::size_t fresh) { committed(one, fresh); };
    if (!parts_.incoming.admit(*post)) at.waiting = std::move(post);
}

// On the writer thread.
void reconciler::committed(watched& one, std::size_t fresh) {
    const auto& name = one.which.name();
    const auto now = parts_.clock();
    parts_.counts.recovered.Add({{"channel", name}, {"what", "message"}})
        .Increment(static_cast<double>(fresh));
    parts_.counts.polls.Add({{"channel", name}, {"outcome", "read"}}).Increment();
    if (fresh > 0) spdlog::warn("{}: {} messages had not reached us", name, fresh);
    std::unique_lock lock{mutex_};
    one.complained = false;
    one.go_on = one.plan.page_done(one.at->what.next_page, now);
    const auto position = one.plan.position();
    one.at.reset();
    lock.unlock();
    wake_.notify_all();
    try {
        parts_.positions.keep(name, position);
    } catch (const std::exception& trouble) {
        spdlog::error("{}: how far its list was read is not kept: {}", name, trouble.what());
    }
}

void reconciler::fail(watched& one, const http::answer& answer, const char* what) {
    const auto how = failure_of(answer);
    parts_.counts.polls.Add({{"channel", one.which.name()}, {"outcome", "failed"}}).Increment();
    if (how == poll_failure::refused && !std::exchange(one.complained, true)) {
        spdlog::error(
            "{}: {} (status {}): check what its key may do", one.which.name(), what, answer.status
        );
    }
    one.at.reset();
    one.plan.failed(how, retry_after_of(answer.retry_after), parts_.clock());
}

}  // namespace tertulia::gateway
