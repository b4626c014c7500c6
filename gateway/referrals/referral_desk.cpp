#include "gateway/referrals/referral_desk.hpp"

#include "dialogs/engine/event.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/referrals/referral_judgement.hpp"
#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/store.hpp"

#include <SQLiteCpp/Database.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

constexpr std::size_t at_once = 500;  // referrals looked at in one errand
constexpr std::size_t told_at_once = 5'000;

// One that is open, and the numbers by which the portfolio may know the two of them.
struct watched {
    std::string number{};
    std::vector<std::string> phones{};
    std::vector<std::string> referrer_phones{};
};
struct watched_page {
    std::vector<watched> all{};
    std::int64_t last{};  // id; the next page begins after it
    bool more{};
    bool failed{};
};

std::vector<std::string> phones_of(store& from, party_id who) {
    std::vector<std::string> all;
    for (const auto& one : from.identities_of(who)) {
        if (one.kind == identity_kind::phone) all.push_back(one.value);
        if (one.kind == identity_kind::wa_id) all.push_back("+" + one.value);
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

// What the portfolio shows; the thread's own.
class portfolio_eyes {
public:
    explicit portfolio_eyes(const std::string& database)
        : database_{open_portfolio(database)},
          version_{*database_, "SELECT version FROM portfolio"},
          clients_{*database_, "SELECT client_id FROM client_phones WHERE phone = ?"},
          loans_{*database_, "SELECT id, status, disbursed_on FROM loans WHERE client_id = ?"},
          met_{
              *database_,
              "SELECT iif(met_on <> '', met_on, due) FROM instalments WHERE loan_id = ? AND "
              "paid >= total ORDER BY number"} {}

    std::int64_t version() {
        rows one{version_};
        return one.next() ? one.number(0) : 0;
    }

    referral_evidence look_at(const watched& one) {
        referral_evidence seen{.number = one.number};
        seen.clients = clients_of(one.phones);
        seen.referrer_clients = clients_of(one.referrer_phones);
        for (const auto& client : seen.clients) look_at_loans(client, seen);
        for (auto& loan : seen.loans) {
            met_.bind(1, std::string_view{loan.loan_id});
            for (rows found{met_}; found.next();) {
                if (const auto day = parse_iso_date(found.text(0))) loan.met.push_back(*day);
            }
        }
        return seen;
    }

private:
    std::vector<std::string> clients_of(const std::vector<std::string>& phones) {
        std::vector<std::string> all;
        for (const auto& phone : phones) {
            clients_.bind(1, std::string_view{phone});
            for (rows found{clients_}; found.next();) all.emplace_back(found.text(0));
        }
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    void look_at_loans(const std::string& client, referral_evidence& seen) {
        loans_.bind(1, std::string_view{client});
        for (rows found{loans_}; found.next();) {
            const auto status = found.text(1);
            if (status == "submitted") seen.applied = true;
            if (status == "approved") seen.applied = seen.approved = true;
            const bool is_out =
                status == "active" || status == "closed" || status == "written_off";
            const auto day = parse_iso_date(found.text(2));
            if (is_out && day) {
                seen.loans.push_back(
                    {.loan_id = std::string{found.text(0)}, .disbursed_on = *day, .met = {}}
                );
            }
        }
    }

    std::unique_ptr<SQLite::Database> database_;
    statement version_;
    statement clients_;
    statement loans_;
    statement met_;
};

}  // namespace

class referral_desk::impl {
public:
    impl(
        const std::string& database,
        referral_ledger& ledger,
        inbox& to,
        std::chrono::milliseconds look_every,
        dialogs::local_calendar calendar,
        std::function<instant()> clock
    )
        : eyes_{database},
          ledger_{ledger},
          to_{to},
          look_every_{look_every},
          calendar_{std::move(calendar)},
          clock_{std::move(clock)} {}

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

private:
    // Between two looks it waits; a page that was asked for comes back by page_.
    void run() {
        std::unique_lock lock{mutex_};
        while (!stopping_) {
            auto page = std::exchange(page_, std::nullopt);
            const bool poked = std::exchange(poked_, false);
            const bool retry = std::exchange(retry_, false);
            lock.unlock();
            try {
                again_ = again_ || poked || retry;
                if (page) {
                    take(*page);
                } else if (!under_way_ && is_due()) {
                    again_ = false;
                    seen_version_ = eyes_.version();
                    seen_day_ = calendar_.date_of(clock_());
                    ask_after(0);
                }
            } catch (const std::exception& trouble) {
                spdlog::error("recommendations wait: {}", trouble.what());
                under_way_ = false;
                seen_version_ = -1;
            }
            lock.lock();
            changed_.wait_for(lock, look_every_, [this] { return stopping_ || poked_ || page_; });
        }
    }

    bool is_due() {
        return again_ || eyes_.version() != seen_version_ ||
               calendar_.date_of(clock_()) != seen_day_;
    }

    void ask_after(std::int64_t id) {
        under_way_ = true;
        to_.add(errand{[this, id](store& from) {
            watched_page page;
            try {
                const auto open = ledger_.after(id, referral_ledger::which::open, at_once);
                for (const auto& one : open) {
                    page.all.push_back(
                        {one.number, phones_of(from, one.party), phones_of(from, one.referrer)}
                    );
                    page.last = one.id;
                }
                page.more = open.size() == at_once;
            } catch (const std::exception& trouble) {
                spdlog::error("recommendations cannot be read: {}", trouble.what());
                page.failed = true;
            }
            const std::scoped_lock lock{mutex_};
            page_ = std::move(page);
            changed_.notify_all();
        }});
    }

    void take(const watched_page& page) {
        if (page.failed) seen_version_ = -1;
        std::vector<referral_evidence> seen;
        seen.reserve(page.all.size());
        for (const auto& one : page.all) seen.push_back(eyes_.look_at(one));
        to_.add(errand{[this, seen = std::move(seen)](store&) {
            try {
                for (const auto& one : seen) note(one);
                tell();
            } catch (const std::exception& trouble) {
                spdlog::error("recommendations cannot be noted: {}", trouble.what());
                const std::scoped_lock lock{mutex_};
                retry_ = true;
            }
        }});
        if (page.more) {
            ask_after(page.last);
        } else {
            under_way_ = false;
        }
    }

    // On the writer thread, as all below: the ledger as it is now, not as it was read.
    void note(const referral_evidence& seen) {
        const auto now = ledger_.find(seen.number);
        if (!now || now->state == referral_state::lapsed) return;
        referral_account account;
        for (const auto& one : ledger_.commissions(seen.number)) account.booked.push_back(one.part);
        account.others = ledger_.others_of(*now);
        if (!seen.clients.empty()) {
            account.earlier = ledger_.earlier_of(*now, seen.clients.front());
        }
        const auto at = clock_();
        auto made = judge(*now, seen, account, calendar_.date_of(now->at), calendar_.date_of(at));
        if (!made) return;
        made->at = at;
        ledger_.move(*made);
    }

    void tell() {
        for (const auto& one : ledger_.untold(told_at_once)) {
            to_.add(occurrence{
                .id = identify({"referral", one.number, std::to_string(one.count)}),
                .stamped = one.at,
                .party = one.referrer,
                .what = dialogs::happened{.what = "referral_news"},
                .done = [this, one] { was_told(one); }});
        }
    }

    // Called on the writer thread after the commit of the turn.
    void was_told(const referral_news& what) {
        try {
            ledger_.told(what.number, what.count);
        } catch (const std::exception& trouble) {
            spdlog::error("recommendations are told again: {}", trouble.what());
        }
    }

    portfolio_eyes eyes_;
    referral_ledger& ledger_;
    inbox& to_;
    std::chrono::milliseconds look_every_;
    dialogs::local_calendar calendar_;
    std::function<instant()> clock_;
    std::int64_t seen_version_{-1};
    civil_date seen_day_{};
    bool under_way_{};
    bool again_{};  // poked since the last look began
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool stopping_{};                     // under mutex
    bool poked_{};                        // under mutex
    bool retry_{};  // under mutex: what could not be noted is looked at again, not at once
    std::optional<watched_page> page_{};  // under mutex
    std::thread thread_{};
};

referral_desk::referral_desk(
    const std::string& database,
    referral_ledger& ledger,
    inbox& to,
    std::chrono::milliseconds look_every,
    dialogs::local_calendar calendar,
    std::function<instant()> clock
)
    : impl_{std::make_unique<impl>(
          database, ledger, to, look_every, std::move(calendar), std::move(clock)
      )} {}

referral_desk::~referral_desk() = default;

void referral_desk::start() { impl_->start(); }
void referral_desk::poke() { impl_->poke(); }
void referral_desk::stop() { impl_->stop(); }

}  // namespace tertulia::gateway
