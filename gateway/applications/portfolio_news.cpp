#include "gateway/applications/portfolio_news.hpp"

#include "gateway/applications/renewals.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>
#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr auto ends_every = std::chrono::hours{1};
constexpr std::int64_t at_once_most = 200;  // brought and not yet committed

struct news {
    std::int64_t id{};
    instant at{};
    std::string what{};
    std::vector<std::string> phones{};  // E.164, of the client it is about
};

std::optional<party_id> party_of(store& from, const std::vector<std::string>& phones) {
    for (const auto& phone : phones) {
        if (auto who = from.find_party({identity_kind::phone, phone})) return who;
        if (auto who = from.find_party({identity_kind::wa_id, phone.substr(1)})) return who;
    }
    return std::nullopt;
}

}  // namespace

class portfolio_news::impl {
public:
    impl(
        const std::string& database,
        inbox& to,
        std::chrono::milliseconds look_every,
        dialogs::local_calendar calendar,
        std::function<instant()> clock
    )
        : database_{open_portfolio(database)},
          to_{to},
          look_every_{look_every},
          calendar_{std::move(calendar)},
          clock_{std::move(clock)},
          renewals_{*database_},
          next_{
              *database_,
              "SELECT id, at, client_id, what FROM portfolio_news WHERE id > ? ORDER BY id LIMIT " +
                  std::to_string(at_once_most)},
          phones_{*database_, "SELECT phone FROM client_phones WHERE client_id = ? ORDER BY phone"},
          drop_{*database_, "DELETE FROM portfolio_news WHERE id = ?"} {}

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
            auto done = std::exchange(done_, {});
            lock.unlock();
            try {
                for (const auto id : done) drop_.bind(1, id).run();
                under_way_ -= done.size();
                look_for_ends(clock_());
                if (under_way_ == 0) bring();
            } catch (const std::exception& trouble) {
                spdlog::error("news of the portfolio wait: {}", trouble.what());
            }
            lock.lock();
            changed_.wait_for(lock, look_every_, [this] { return stopping_ || !done_.empty(); });
        }
    }

    void look_for_ends(instant now) {
        if (now < next_ends_) return;
        next_ends_ = now + ends_every;
        if (const auto count = renewals_.note(calendar_.date_of(now), now); count > 0) {
            spdlog::info("renewals: {} loans end within 30, 14 or 3 days", count);
        }
    }

    void bring() {
        std::vector<news> found;
        std::vector<std::string> clients;
        next_.bind(1, newest_);
        for (rows all{next_}; all.next();) {
            found.push_back(
                {.id = all.number(0),
                 .at = from_millis(all.number(1)),
                 .what = std::string{all.text(3)}}
            );
            clients.emplace_back(all.text(2));
        }
        if (found.empty()) return;
        for (std::size_t i = 0; i < found.size(); ++i) {
            phones_.bind(1, std::string_view{clients[i]});
            for (rows all{phones_}; all.next();) found[i].phones.emplace_back(all.text(0));
        }
        newest_ = found.back().id;
        under_way_ = found.size();
        to_.add(errand{[this, found = std::move(found)](store& from) { hand_on(from, found); }});
    }

    // On the writer thread. Who never wrote to us has no conversation to be told in.
    void hand_on(store& from, const std::vector<news>& found) {
        for (const auto& one : found) {
            std::optional<party_id> who;
            try {
                who = party_of(from, one.phones);
            } catch (const std::exception& trouble) {
                spdlog::error("news of the portfolio find nobody: {}", trouble.what());
            }
            if (!who) {
                is_done(one.id);
                continue;
            }
            to_.add(occurrence{
                .id = identify({"portfolio_news", std::to_string(one.id)}),
                .stamped = one.at,
                .party = *who,
                .what = {.what = one.what},
                .done = [this, id = one.id] { is_done(id); }
            });
        }
    }

    void is_done(std::int64_t id) {
        const std::scoped_lock lock{mutex_};
        done_.push_back(id);
        changed_.notify_all();
    }

    std::unique_ptr<SQLite::Database> database_;
    inbox& to_;
    std::chrono::milliseconds look_every_;
    dialogs::local_calendar calendar_;
    std::function<instant()> clock_;
    renewals renewals_;
    instant next_ends_{};
    statement next_;
    statement phones_;
    statement drop_;
    std::int64_t newest_{};      // brought since the start
    std::size_t under_way_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool stopping_{};                  // under mutex
    std::vector<std::int64_t> done_{};  // under mutex
    std::thread thread_{};
};

portfolio_news::portfolio_news(
    const std::string& database,
    inbox& to,
    std::chrono::milliseconds look_every,
    dialogs::local_calendar calendar,
    std::function<instant()> clock
)
    : impl_{std::make_unique<impl>(
          database, to, look_every, std::move(calendar), std::move(clock)
      )} {}

portfolio_news::~portfolio_news() = default;

void portfolio_news::start() { impl_->start(); }
void portfolio_news::stop() { impl_->stop(); }

}  // namespace tertulia::gateway
