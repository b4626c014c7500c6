// A database with people in it, made through the product's own import and its own store.
//   town --database FILE --clients N [--due DATE]    on file, with a PIN whose hash is cheap
//   town --database FILE --known N --remembered M    have written before; message ids remembered

#include "dialogs/facts/iso_date.hpp"
#include "gateway/portfolio/import.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/people.hpp"
#include "tests/bench/parts/webhook.hpp"

#include <CLI/CLI.hpp>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <random>
#include <stdexcept>

namespace {

using namespace tertulia;
using namespace tertulia::bench;

// Argon2id at its smallest: a real hash of a real PIN, in microseconds instead of 20 ms, so that
// proving who they are does not take everybody longer than what is measured.
std::string cheap_hash() {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium does not start"};
    std::string out(crypto_pwhash_STRBYTES, '\0');
    const std::string_view pin{everybodys_pin};
    if (crypto_pwhash_str_alg(
            out.data(), pin.data(), pin.size(), crypto_pwhash_argon2id_OPSLIMIT_MIN,
            crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13
        ) != 0) {
        throw std::bad_alloc{};
    }
    out.resize(out.find('\0'));
    return out;
}

void add_clients(
    const std::string& file, std::size_t count, instant now, std::optional<civil_date> due
) {
    const auto portfolio = gateway::open_portfolio(file);
    const auto files = portfolio_files(count, now, due);
    const auto report = gateway::import_files(*portfolio, files, {.now = now});
    if (!report.stored()) throw std::runtime_error{gateway::text_of(report)};
    SQLite::Transaction all{*portfolio};
    SQLite::Statement add{*portfolio, "INSERT OR REPLACE INTO pins VALUES (?, ?, ?)"};
    const auto hash = cheap_hash();
    for (std::size_t i = 0; i < count; ++i) {
        add.bind(1, "C" + std::to_string(i));
        add.bind(2, hash);
        add.bind(3, to_millis(now));
        add.exec();
        add.reset();
    }
    all.commit();
}

// One turn each: "hola", nothing said; what the store keeps of a person who once wrote.
void add_known(gateway::sqlite_store& store, std::size_t count, instant now) {
    constexpr std::size_t batch_size = 2'000;
    std::mt19937_64 random{7};
    for (std::size_t first = 0; first < count; first += batch_size) {
        const auto last = std::min(first + batch_size, count);
        std::vector<gateway::incoming> events;
        for (auto i = first; i < last; ++i) {
            gateway::incoming one;
            one.id = {random(), random()};
            one.stamped = now;
            one.from = {
                {identity_kind::wa_id, phone_of(i)}, {identity_kind::phone, "+" + phone_of(i)}};
            one.what = dialogs::heard{.message = {
                .channel = "whatsapp", .id = "wamid." + std::to_string(i), .sent_at = now,
                .from = one.from, .content = typed_text{"hola"}}};
            events.push_back(std::move(one));
        }
        auto known = store.open(events);
        gateway::batch made;
        for (std::size_t i = 0; i < events.size(); ++i) {
            gateway::turn one;
            one.id = events[i].id;
            one.stamped = now;
            one.party = known[i].party;
            one.now = now;
            one.script_version = std::string(64, 'a');
            one.what = std::move(events[i].what);
            one.next.language = "es";
            one.next.welcomed = true;
            one.next.reply_to = {"whatsapp", events[i].from.front()};
            one.next.last_inbound_at = now;
            one.next.steps = 1;
            one.next.now = now;
            made.turns.push_back(std::move(one));
        }
        store.commit(made);
    }
}

// Spread over the days ids are remembered for, as traffic would have left them.
void add_remembered(gateway::sqlite_store& store, std::size_t count, instant now) {
    constexpr std::size_t batch_size = 20'000;
    constexpr int days = 9;
    std::mt19937_64 random{8};
    for (std::size_t done = 0; done < count; done += batch_size) {
        gateway::batch made;
        const auto day = static_cast<int>(days - done * days / count);
        for (std::size_t i = done; i < std::min(done + batch_size, count); ++i) {
            made.seen_ids.push_back({random(), random()});
            made.seen_stamps.push_back(now - std::chrono::hours{24 * (day - 1)});
        }
        store.commit(made);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"A database with people in it"};
    std::string file;
    std::string due;
    std::size_t clients = 0;
    std::size_t known = 0;
    std::size_t remembered = 0;
    line.add_option("--database", file)->required();
    line.add_option("--clients", clients, "On file, each with a loan and a PIN");
    line.add_option("--due", due, "The day on which all of them have an instalment to pay")
        ->check([](const std::string& day) {
            return parse_iso_date(day) ? std::string{} : std::string{"write 2026-12-02"};
        });
    line.add_option("--known", known, "Who have written before");
    line.add_option("--remembered", remembered, "Ids of messages");
    CLI11_PARSE(line, argc, argv);
    try {
        const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
        if (clients > 0) add_clients(file, clients, now, parse_iso_date(due));
        if (known + remembered > 0) {
            gateway::sqlite_settings how{.path = file};
            how.promise = gateway::durability::unsynced;
            gateway::sqlite_store store{how};
            add_remembered(store, remembered, now);
            add_known(store, known, now);
            store.checkpoint();
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "town: " << error.what() << '\n';
        return 2;
    }
}
