#include "gateway/core_banking/core_banking.hpp"

#include "adapters/wire/digest.hpp"
#include "gateway/core_banking/core_calls.hpp"
#include "gateway/core_banking/fineract_sync.hpp"
#include "gateway/http/client.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto call_deadline = 30s;
constexpr auto wait_most = 30s;  // a clock that jumps, or a wish by `import`, is noticed by then
constexpr std::size_t hints_most = 10'000;  // beyond it the next round reads what changed
constexpr std::string_view hook_path = "/webhooks/core/";

class ledger_core final : public core_banking {
public:
    void start() override {}
    void stop_soon() override {}
    void stop() override {}
    [[nodiscard]] std::vector<http::route> routes() override { return {}; }
    [[nodiscard]] core_health health() const override { return {.type = "ledger"}; }
    [[nodiscard]] bool takes_applications() const noexcept override { return false; }
    void propose(core_proposal /*what*/) override {}
};

sync_settings settings_of(const fineract_config& from, const core_banking_parts& parts) {
    return {
        .reading = {.access = from.access, .country = parts.country, .language = parts.language},
        .rhythm = {.poll = from.poll, .sweep = from.sweep},
        .writes = from.writes,
        .time_zone = parts.time_zone};
}

class fineract_core final : public core_banking {
public:
    fineract_core(const fineract_config& config, const core_banking_parts& parts)
        : access_{config.access},
          hook_secret_{config.hook_secret},
          clock_{parts.clock},
          settled_{parts.settled},
          takes_applications_{config.writes.applications},
          sync_{
              parts.database,
              settings_of(config, parts),
              call_over_http(parts.client, stopping_, call_deadline)} {
        note(sync_.cursor(), {});
    }
    ~fineract_core() override { stop(); }

    void start() override { thread_ = std::thread{[this] { run(); }}; }

    void stop_soon() override {
        {
            const std::scoped_lock lock{mutex_};
            stopping_ = true;
        }
        changed_.notify_all();
    }

    void stop() override {
        stop_soon();
        if (thread_.joinable()) thread_.join();
    }

    // Fineract GETs the address once, when the hook is made, and POSTs each event once, without a
    // signature: the secret in its path is all there is, and what it says is read again anyway.
    [[nodiscard]] std::vector<http::route> routes() override {
        if (hook_secret_.empty()) return {};
        const auto handle = [this](const http::request& request, http::reply answer) {
            std::move(answer).send(hear(request));
        };
        const auto path = std::string{hook_path} + "*";
        return {
            {.method = "GET", .path = path, .handle = handle},
            {.method = "POST", .path = path, .body_bytes_max = 1024UL * 1024, .handle = handle}};
    }

    [[nodiscard]] core_health health() const override {
        const std::scoped_lock lock{mutex_};
        return health_;
    }

    [[nodiscard]] bool takes_applications() const noexcept override { return takes_applications_; }

    void propose(core_proposal what) override {
        const std::scoped_lock lock{mutex_};
        proposals_.push_back(std::move(what));
        changed_.notify_all();
    }

private:
    http::response hear(const http::request& request) {
        auto secret = request.path.substr(hook_path.size());
        if (secret.ends_with('/')) secret.remove_suffix(1);
        if (!adapters::same_secret(secret, hook_secret_)) {
            return http::problem(404, "not-found", "There is nothing here.", "");
        }
        if (request.method == "POST") {
            const auto hint = adapters::fineract::parse_hook(
                request.body, request.header("fineract-platform-tenantid"), access_);
            if (!hint) {
                return http::problem(400, "no-hook", "This is no hook of our tenant.", "");
            }
            const std::scoped_lock lock{mutex_};
            if (hints_.size() < hints_most) hints_.push_back(*hint);
            changed_.notify_all();
        }
        return {.body = "heard\n"};
    }

    void run() {
        while (!stopping_) {
            const auto until = work(clock_());
            std::unique_lock lock{mutex_};
            const auto wait = std::min<std::chrono::milliseconds>(until - clock_(), wait_most);
            if (wait > 0ms) {
                changed_.wait_for(lock, wait, [this] { return stopping_ || !hints_.empty() || !proposals_.empty();
                });
            }
        }
    }

    // One step; when the next is due.
    instant work(instant now) {
        try {
            std::vector<adapters::fineract::hint> hints;
            {
                const std::scoped_lock lock{mutex_};
                hints.swap(hints_);
            }
            for (const auto& each : hints) sync_.hint(each, now);
            take_proposals(now);
            const auto done = sync_.step(now);
            if (done.settled && settled_) settled_(*done.settled);
            if (stopping_) return now;
            tell(done);
            return done.worked ? now : done.next;
        } catch (const std::exception& trouble) {
            // The ground gave way: nothing of the step is stored.
            spdlog::error("core banking: nothing could be stored: {}", trouble.what());
            return now + 10s;
        }
    }

    // Each is let go of only once the queue has it.
    void take_proposals(instant now) {
        for (;;) {
            core_proposal first;
            {
                const std::scoped_lock lock{mutex_};
                if (proposals_.empty()) return;
                first = proposals_.front();
            }
            auto ended = sync_.propose(first, now);
            {
                const std::scoped_lock lock{mutex_};
                proposals_.pop_front();
            }
            if (ended && settled_) settled_(std::move(*ended));
        }
    }

    void tell(const sync_step& done) {
        for (const auto& each : done.notes) spdlog::warn("core banking: left as it was: {}", each);
        if (!done.trouble.empty()) {
            if (done.needs_operator) {
                spdlog::error("core banking: {}: nobody but you can mend it", done.trouble);
            } else {
                spdlog::warn("core banking: {}", done.trouble);
            }
        }
        if (done.round_ended) spdlog::info("core banking: a round has ended");
        if (done.worked || !done.trouble.empty()) note(sync_.cursor(), done.trouble);
    }

    void note(const sync_cursor& at, std::string trouble) {
        const std::scoped_lock lock{mutex_};
        health_ = {
            .type = "fineract",
            .well = trouble.empty(),
            .trouble = std::move(trouble),
            .thousandths = thousandths_done(at),
            .as_of = at.ended_at,
            .broken = at.broken};
    }

    adapters::fineract::access access_;
    std::string hook_secret_;
    std::function<instant()> clock_;
    std::function<void(core_settled)> settled_;
    bool takes_applications_;
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    std::atomic<bool> stopping_{};
    std::vector<adapters::fineract::hint> hints_{};  // under mutex
    std::deque<core_proposal> proposals_{};          // under mutex
    core_health health_{};                           // under mutex
    fineract_sync sync_;                             // the thread's own, once it runs
    std::thread thread_{};
};

}  // namespace

std::unique_ptr<core_banking> make_core_banking(
    const core_banking_config& config, const core_banking_parts& parts
) {
    if (!config.fineract) return std::make_unique<ledger_core>();
    return std::make_unique<fineract_core>(*config.fineract, parts);
}

}  // namespace tertulia::gateway
