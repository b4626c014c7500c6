#include "gateway/portfolio/import.hpp"

#include "gateway/portfolio/import_tables.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/portfolio_reader.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace ledger = adapters::ledger;

// What earlier imports hold, asked for by id while the files are read.
class stored_ids {
public:
    explicit stored_ids(SQLite::Database& portfolio)
        : branches_{portfolio, "SELECT 1 FROM branches WHERE id = ?"},
          officers_{portfolio, "SELECT 1 FROM officers WHERE id = ?"},
          groups_{portfolio, "SELECT 1 FROM village_banks WHERE id = ?"},
          clients_{portfolio, "SELECT 1 FROM clients WHERE id = ?"},
          loans_{portfolio, "SELECT currency FROM loans WHERE id = ?"} {}

    [[nodiscard]] bool has(ledger::kind what, std::string_view id) {
        auto* ask = statement_of(what);
        if (ask == nullptr) return false;
        ask->bind(1, id);
        return rows{*ask}.next();
    }

    [[nodiscard]] std::optional<currency_code> currency_of(std::string_view loan_id) {
        loans_.bind(1, loan_id);
        rows found{loans_};
        currency_code currency;
        if (!found.next() || !parse_currency(found.text(0), currency)) return std::nullopt;
        return currency;
    }

private:
    [[nodiscard]] statement* statement_of(ledger::kind what) {
        switch (what) {
            case ledger::kind::branches:
                return &branches_;
            case ledger::kind::officers:
                return &officers_;
            case ledger::kind::groups:
                return &groups_;
            case ledger::kind::clients:
                return &clients_;
            case ledger::kind::loans:
                return &loans_;
            case ledger::kind::schedule:
            case ledger::kind::payments:
            case ledger::kind::savings:
            case ledger::kind::payment_points:
            case ledger::kind::leaders:
            case ledger::kind::relatives:
            case ledger::kind::bylaws:
            case ledger::kind::pins:
                break;  // nothing refers to these
        }
        return nullptr;
    }

    statement branches_;
    statement officers_;
    statement groups_;
    statement clients_;
    statement loans_;
};

struct hashed_pin {
    std::string client_id{};
    std::string hash{};
};

class one_import {
public:
    one_import(
        SQLite::Database& portfolio, const import_options& options, const import_progress& progress
    )
        : portfolio_{portfolio}, options_{options}, progress_{progress} {}

    import_report run(std::span<const ledger::file> files) {
        auto in = read_files(files);
        for (const auto& each : in.problems.first()) report_.problems.push_back(text_of(each));
        report_.problem_count = in.problems.count();
        judge_pins(in.found);
        if (!report_.stored()) return std::move(report_);

        total_ = in.found.rows();
        stage(portfolio_, in.found, [this] { row_done(); });
        hash_pins(in.found.pins);
        store(in.found);
        drop_staged(portfolio_);
        if (progress_) progress_(total_, total_);
        return std::move(report_);
    }

private:
    ledger::reading read_files(std::span<const ledger::file> files) {
        std::array<bool, ledger::kinds> replaced{};
        for (const auto& each : files) {
            const auto what = ledger::kind_of_file(each.name);
            if (what && options_.absent == absent_rows::remove) {
                replaced[static_cast<std::size_t>(what->what)] = true;
            }
        }
        stored_ids stored{portfolio_};
        const ledger::read_options options{
            .currency = options_.currency,
            .country_code = options_.country_code,
            .language = options_.language,
            .known =
                [&](ledger::kind what, std::string_view id) {
                    return !replaced[static_cast<std::size_t>(what)] && stored.has(what, id);
                },
            .currency_of_loan = [&](std::string_view id) { return stored.currency_of(id); }};
        return ledger::read(files, options);
    }

    void judge_pins(const ledger::contents& found) {
        if (found.pins.empty()) return;
        std::unordered_map<std::string_view, std::optional<civil_date>> born;
        for (const auto& each : found.clients) born.emplace(each.id, each.born);
        portfolio_reader stored{portfolio_};
        const auto birth_date = [&](const std::string& client_id) -> std::optional<civil_date> {
            if (const auto here = born.find(client_id); here != born.end()) return here->second;
            const auto who = stored.client(client_id);
            return who ? who->who.born : std::nullopt;
        };
        for (const auto& each : found.pins) {
            const auto quality = judge_pin(each.pin, birth_date(each.client_id));
            if (quality != pin_quality::good) {
                refuse(
                    "pins: client " + ledger::shown(each.client_id) + ": the PIN is " +
                    std::string{gateway::text_of(quality)} + "; choose another"
                );
            }
        }
    }

    void refuse(std::string problem) {
        ++report_.problem_count;
        if (report_.problems.size() < ledger::problem_list::problems_max) {
            report_.problems.push_back(std::move(problem));
        }
    }

    // A PIN she has stays, whatever the file says: she may have chosen it since, and to compare it
    // costs what hashing does.
    void hash_pins(const std::vector<ledger::client_pin>& pins) {
        portfolio_reader stored{portfolio_};
        for (const auto& each : pins) {
            if (stored.pin_hash(each.client_id).empty()) {
                hashed_.push_back({each.client_id, hash_pin(each.pin)});
            }
            row_done();
            if (progress_) progress_(done_, total_);  // one takes as long as a thousand rows
        }
        if (const auto kept = pins.size() - hashed_.size(); kept > 0) {
            report_.notes.push_back(
                std::to_string(kept) + " PINs kept: these clients have one already"
            );
        }
    }

    void store(const ledger::contents& found) {
        SQLite::Transaction transaction{portfolio_, SQLite::TransactionBehavior::IMMEDIATE};
        for (std::size_t i = 0; i < ledger::kinds; ++i) {
            const auto what = static_cast<ledger::kind>(i);
            if (!found.has(what)) continue;
            kind_report line{.what = what, .read = rows_of(found, what)};
            if (what == ledger::kind::pins) {
                store_pins(line);
            } else {
                const auto counts = merge(portfolio_, what);
                line.added = counts.added;
                line.changed = counts.changed;
                line.removed = counts.removed;
                // PINs are ours, not core banking's: a file without one takes none away.
                if (options_.absent == absent_rows::remove) {
                    line.removed += remove_absent(portfolio_, what);
                }
            }
            report_.kinds.push_back(line);
        }
        remove_orphans(portfolio_);
        for (auto& each : broken_references(portfolio_)) refuse(std::move(each));
        if (!report_.stored()) {
            report_.kinds.clear();
            return;  // the transaction rolls back
        }
        statement stamp{
            portfolio_, "UPDATE portfolio SET version = version + ?, as_of = max(as_of, ?)"};
        stamp.bind(1, std::int64_t{report_.changed() ? 1 : 0})
            .bind(2, to_millis(options_.now))
            .run();
        report_.version = portfolio_reader{portfolio_}.stamp().version;
        transaction.commit();
        if (found.has(ledger::kind::payments) && !found.has(ledger::kind::schedule)) {
            report_.notes.emplace_back(
                "payments without schedule: receipts are known, what is owed stays as it was"
            );
        }
    }

    void store_pins(kind_report& line) {
        statement keep{
            portfolio_, "INSERT OR IGNORE INTO pins(client_id, hash, set_at) VALUES (?, ?, ?)"};
        for (const auto& each : hashed_) {
            keep.bind(1, std::string_view{each.client_id}).bind(2, std::string_view{each.hash});
            keep.bind(3, to_millis(options_.now)).run();
            ++line.added;
        }
    }

    static std::size_t rows_of(const ledger::contents& found, ledger::kind what) {
        switch (what) {
            case ledger::kind::branches:
                return found.branches.size();
            case ledger::kind::officers:
                return found.officers.size();
            case ledger::kind::groups:
                return found.groups.size();
            case ledger::kind::clients:
                return found.clients.size();
            case ledger::kind::loans:
                return found.loans.size();
            case ledger::kind::schedule:
                return found.schedule.size();
            case ledger::kind::payments:
                return found.payments.size();
            case ledger::kind::savings:
                return found.savings.size();
            case ledger::kind::payment_points:
                return found.payment_points.size();
            case ledger::kind::leaders:
                return found.leaders.size();
            case ledger::kind::relatives:
                return found.relatives.size();
            case ledger::kind::bylaws:
                return found.bylaws.size();
            case ledger::kind::pins:
                return found.pins.size();
        }
        return 0;
    }

    void row_done() {
        constexpr std::size_t every = 256;
        if (++done_ % every == 0 && progress_) progress_(done_, total_);
    }

    SQLite::Database& portfolio_;
    const import_options& options_;
    const import_progress& progress_;
    import_report report_{};
    std::vector<hashed_pin> hashed_{};
    std::size_t done_{};
    std::size_t total_{};
};

ledger::file read_whole(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    ledger::file out{path.string(), {}};
    if (in) out.bytes.assign(std::istreambuf_iterator<char>{in}, {});
    if (!in || in.bad()) {
        throw std::system_error{
            std::make_error_code(std::errc::io_error), "cannot read " + path.string()};
    }
    return out;
}

}  // namespace

bool import_report::changed() const noexcept {
    return std::any_of(kinds.begin(), kinds.end(), [](const auto& each) {
        return each.added + each.changed + each.removed > 0;
    });
}

import_report import_files(
    SQLite::Database& portfolio,
    std::span<const ledger::file> files,
    const import_options& options,
    const import_progress& progress
) {
    return one_import{portfolio, options, progress}.run(files);
}

std::vector<ledger::file> read_ledger_files(std::span<const std::filesystem::path> paths) {
    std::vector<std::filesystem::path> found;
    for (const auto& each : paths) {
        if (!std::filesystem::is_directory(each)) {
            found.push_back(each);
            continue;
        }
        const auto first = static_cast<std::ptrdiff_t>(found.size());
        for (const auto& entry : std::filesystem::directory_iterator{each}) {
            const auto extension = entry.path().extension();
            const bool ours =
                extension == ".csv" || extension == ".json" || extension == ".geojson";
            if (entry.is_regular_file() && ours) {
                found.push_back(entry.path());
            }
        }
        std::sort(found.begin() + first, found.end());  // as a folder lists them is chance
    }
    std::vector<ledger::file> out;
    for (const auto& each : found) out.push_back(read_whole(each));
    return out;
}

import_report import_folder(
    const std::filesystem::path& database,
    const std::filesystem::path& folder,
    const import_options& options,
    const import_progress& progress
) {
    const std::array paths{folder};
    const auto files = read_ledger_files(paths);
    const auto portfolio = open_portfolio(database.string());
    return import_files(*portfolio, files, options, progress);
}

std::string text_of(const import_report& report) {
    std::string out;
    for (const auto& each : report.problems) out += each + "\n";
    if (report.problem_count > report.problems.size()) {
        out += "… and " + std::to_string(report.problem_count - report.problems.size()) + " more\n";
    }
    if (!report.stored()) {
        return out + std::to_string(report.problem_count) + " problems: nothing was imported\n";
    }
    for (const auto& each : report.kinds) {
        out += std::string{name_of(each.what)} + ": " + std::to_string(each.read) + " read, " +
               std::to_string(each.added) + " added, " + std::to_string(each.changed) +
               " changed, " + std::to_string(each.removed) + " removed\n";
    }
    for (const auto& each : report.notes) out += each + "\n";
    if (!report.changed()) out += "nothing had changed\n";
    return out;
}

}  // namespace tertulia::gateway
