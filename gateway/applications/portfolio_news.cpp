#include "gateway/applications/portfolio_news.hpp"

#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/turns/party_by_phone.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr std::int64_t at_once_most = 200;  // brought and not yet committed

struct news {
    std::int64_t id{};
    instant at{};
    std::string what{};
    std::vector<std::string> phones{};  // E.164, of the client it is about
};

}  // namespace

class portfolio_news::impl {
public:
    impl(
        const std::string& database,
        inbox& to,
        std::chrono::milliseconds look_every
    )
        : database_{open_portfolio(database)},
          to_{to},
          look_every_{look_every},
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
                drop(done);
                if (under_way_ == 0) bring();
            } catch (const std::exception& trouble) {
                spdlog::error("news of the portfolio wait: {}", trouble.what());
            }
            lock.lock();
            changed_.wait_for(lock, look_every_, [this] { return stopping_ || !done_.empty(); });
        }
    }

    // In one commit: an import of a day's payments is thousands of rows.
    void drop(const std::vector<std::int64_t>& done) {
        if (done.empty()) return;
        SQLite::Transaction transaction{*database_, SQLite::TransactionBehavior::IMMEDIATE};
        for (const auto id : done) drop_.bind(1, id).run();
        transaction.commit();
        under_way_ -= done.size();
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
                who = party_by_phone(from, one.phones);
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
                .what = dialogs::happened{.what = one.what},
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
    std::chrono::milliseconds look_every
)
    : impl_{std::make_unique<impl>(database, to, look_every)} {}

portfolio_news::~portfolio_news() = default;

void portfolio_news::start() { impl_->start(); }
void portfolio_news::stop() { impl_->stop(); }

}  // namespace tertulia::gateway
