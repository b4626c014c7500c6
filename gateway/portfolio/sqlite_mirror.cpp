#include "gateway/portfolio/sqlite_mirror.hpp"

#include "dialogs/services/payment_points.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <list>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tertulia::gateway {
namespace {

std::string key_of(std::span<const std::string> phones) {
    std::string key;
    for (const auto& each : phones) {
        key += each;
        key += '|';
    }
    return key;
}

// Whoever pays changes the portfolio, and hardly ever where one may pay.
bool same(const std::vector<payment_point>& left, const std::vector<payment_point>& right) {
    const auto parts = [](const payment_point& of) {
        return std::tie(
            of.id, of.name, of.kind, of.street, of.hours, of.latitude, of.longitude, of.branch_id,
            of.takes_cash, of.takes_card
        );
    };
    return std::ranges::equal(left, right, {}, parts, parts);
}

}  // namespace

// The connection and what was last seen of it.
class sqlite_mirror::reader {
public:
    explicit reader(const std::string& path) : database{open_portfolio(path)}, tables{*database} {
        database->exec("PRAGMA query_only = ON");
    }

    [[nodiscard]] bool is_time_to_look(std::chrono::milliseconds every) {
        const auto now = std::chrono::steady_clock::now();
        if (looked && now - *looked < every) return false;
        looked = now;
        return true;
    }

    // The gateway's own commits move data_version too, so the stamp decides.
    [[nodiscard]] bool sees_change() {
        const auto seen = tables.data_version();
        if (seen == data_version) return false;
        data_version = seen;
        const auto found = tables.stamp();
        if (found == stamp) return false;
        stamp = found;
        return true;
    }

    // Made again only when the portfolio has changed: all who write see the same.
    [[nodiscard]] const std::shared_ptr<const dialogs::payment_point_map>& points() {
        if (points_of != stamp.version) {
            auto points = tables.payment_points();
            if (points_made == nullptr || !same(points_made->all(), points)) {
                points_made =
                    std::make_shared<const dialogs::payment_point_map>(std::move(points));
            }
            points_of = stamp.version;
        }
        return points_made;
    }

    [[nodiscard]] const std::shared_ptr<const std::vector<officer>>& officers() {
        if (officers_of != stamp.version || officers_made == nullptr) {
            officers_made = std::make_shared<const std::vector<officer>>(tables.officers());
            officers_of = stamp.version;
        }
        return officers_made;
    }

    std::unique_ptr<SQLite::Database> database;
    portfolio_reader tables;
    std::shared_ptr<const std::vector<officer>> officers_made{};
    std::int64_t officers_of{-1};
    std::shared_ptr<const dialogs::payment_point_map> points_made{};
    std::int64_t points_of{-1};
    std::optional<std::chrono::steady_clock::time_point> looked{};
    std::int64_t data_version{-1};
    portfolio_stamp stamp{.version = -1};
};

// The clients found by each set of numbers, the one unused longest forgotten first. Emptied when
// the portfolio or the core's state changes, so an entry is always what a reading would give.
class sqlite_mirror::recent {
public:
    explicit recent(std::size_t most) : most_{most} {}

    [[nodiscard]] std::shared_ptr<const facts> find(const std::string& key) {
        const auto at = index_.find(key);
        if (at == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, at->second);
        return at->second->second;
    }

    // Returns what to answer: strangers are many, and one answer serves them all.
    std::shared_ptr<const facts> keep(std::string key, std::shared_ptr<const facts> what) {
        if (what->clients.empty()) {
            if (nobody_ == nullptr) nobody_ = what;
            what = nobody_;
        }
        if (most_ == 0) return what;
        if (index_.size() == most_) {
            index_.erase(entries_.back().first);
            entries_.pop_back();
        }
        entries_.emplace_front(key, what);
        index_.emplace(std::move(key), entries_.begin());
        return what;
    }

    // What is kept holds for this state; another one empties it.
    void hold_for(core_state state) {
        if (state != state_) clear();
        state_ = state;
    }

    void clear() {
        index_.clear();
        entries_.clear();
        nobody_.reset();
    }

    [[nodiscard]] std::size_t size() const noexcept { return index_.size(); }

private:
    using entry = std::pair<std::string, std::shared_ptr<const facts>>;

    std::size_t most_;
    core_state state_{core_state::up};
    std::shared_ptr<const facts> nobody_{};
    std::list<entry> entries_{};
    std::unordered_map<std::string, std::list<entry>::iterator> index_{};
};

sqlite_mirror::sqlite_mirror(const std::string& path, mirror_settings how)
    : how_{how},
      reader_{std::make_unique<reader>(path)},
      recent_{std::make_unique<recent>(how.cached_most)} {}

sqlite_mirror::~sqlite_mirror() = default;

std::shared_ptr<const facts> sqlite_mirror::facts_of(
    std::span<const std::string> phones, instant now
) {
    auto& from = *reader_;
    if (from.is_time_to_look(how_.look_again) && from.sees_change()) recent_->clear();
    const auto older_than = [age = now - from.stamp.as_of](std::chrono::milliseconds limit) {
        return limit.count() > 0 && age > limit;
    };
    const auto state = from.stamp.as_of == instant{}   ? core_state::down
                       : older_than(how_.down_after)   ? core_state::down
                       : older_than(how_.stale_after) ? core_state::stale
                                                       : core_state::up;
    recent_->hold_for(state);
    auto key = key_of(phones);
    if (auto known = recent_->find(key)) return known;

    // One snapshot for all the tables; an import that commits meanwhile is seen by the next call.
    SQLite::Transaction snapshot{*from.database};
    const auto stamp = from.tables.stamp();
    auto out = std::make_shared<facts>();
    out->core = state;
    out->as_of = stamp.as_of;
    out->payment_points = from.points();
    for (const auto& id : from.tables.clients_with(phones)) {
        if (auto found = from.tables.client(id)) out->clients.push_back(std::move(found));
    }
    snapshot.commit();
    if (stamp != from.stamp) {
        from.looked.reset();  // an import came meanwhile: what is kept is old, the next call sees it
        return out;
    }
    return recent_->keep(std::move(key), std::move(out));
}

std::shared_ptr<const std::vector<officer>> sqlite_mirror::officers() {
    auto& from = *reader_;
    if (from.is_time_to_look(how_.look_again) && from.sees_change()) recent_->clear();
    return from.officers();
}

std::string sqlite_mirror::pin_hash(std::string_view client_id) {
    return reader_->tables.pin_hash(client_id);
}

std::vector<payment_point> sqlite_mirror::payment_points() {
    return reader_->tables.payment_points();
}

std::int64_t sqlite_mirror::version() {
    return reader_->tables.stamp().version;
}

std::size_t sqlite_mirror::cached() const noexcept {
    return recent_->size();
}

}  // namespace tertulia::gateway
