// Many meetings at once in one process: rooms of thirty women and their credit agent, in each of which
// somebody says something every so often. How late what was said leaves for the last of the others,
// whether a limit of the provider's is ever overrun, what it takes of memory and processor. Time is real.
//   meetings [--meetings 500] [--every 20] [--seconds 120] [--numbers 2] [--per-second 750]
//            [--statuses 2] [--folder DIR] [--without-rooms]
// With --without-rooms the same people say as much each to us alone as there are messages in the
// meetings, and get one answer each: the same pipeline, the baseline.
//
// Store (on file, synced), inbox, writer, planner and scripts are the product's own. The portfolio is
// in memory, and the provider accepts everything after 20 ms; nothing is rendered and no socket opened.
// One object of JSON. Fails if a line is lost, comes twice or out of order, or a limit is overrun.

#include "dialogs/script/script_set.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/portfolio/mirror.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/executor.hpp"
#include "tests/bench/parts/measure.hpp"
#include "tests/talks/sources.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <queue>
#include <random>
#include <thread>
#include <unordered_map>

#include <unistd.h>

namespace {

using namespace tertulia;
using namespace tertulia::bench;
using namespace tertulia::gateway;
using namespace std::chrono_literals;
using dialogs::meetings::verb;

constexpr int members = 30;
constexpr int seats = members + 1;  // 0: the credit agent
constexpr std::int64_t digest_us = 7'000'000;       // dialogs/meetings/relay.cpp waits so long
constexpr std::int64_t allowed_us = digest_us + 1'000'000;
constexpr std::int64_t second_us = 1'000'000;

// WhatsApp's own: messages a second of one number, in and out; one to a person every six seconds.
constexpr std::size_t number_limit = 1'000;
constexpr std::int64_t pair_us = 6'000'000;
constexpr std::int64_t pair_burst = 20;  // the product's own default: WhatsApp would take 45

constexpr auto accepted_after = 20'000;  // us, all of them from the call
constexpr auto sent_after = 150'000;
constexpr auto delivered_after = 400'000;

constexpr std::string_view marked = " punto ";  // before the number of a line in its room
constexpr std::array said_in_rooms{
    "Buenos días a todas, ya estoy en el", "Gracias a todas, seguimos en el",
    "Estoy de acuerdo con lo dicho en el", "Yo también quiero opinar sobre el"};
constexpr std::array first_names{
    "Ana",    "Bety",   "Carla", "Dora",   "Elsa",   "Flor",   "Gloria", "Hilda", "Irma",  "Juana",
    "Karla",  "Lidia",  "Marta", "Nora",   "Olga",   "Paula",  "Queta",  "Rosa",  "Sonia", "Tere",
    "Ursula", "Vilma",  "Wendy", "Ximena", "Yoli",   "Zoila",  "Adela",  "Berta", "Celia", "Delia"};

struct settings {
    int meetings{500};
    double every{20};  // seconds between two lines of a room
    int seconds{120};
    int numbers{2};
    int per_second{750};
    int statuses{2};   // of each message: none, sent, delivered
    std::string folder{};
    bool without_rooms{};
};

struct seat_of {
    int room{};
    int seat{};
};
std::string phone_of(int room, int seat) { return "+" + std::to_string(50250000000 + room * 32 + seat); }
seat_of whose(std::string_view digits) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    std::int64_t number{};
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    number -= 50250000000;
    return {static_cast<int>(number / 32), static_cast<int>(number % 32)};
}
std::string group_of(int room) { return "G" + std::to_string(room + 1); }
std::string client_of(int room, int seat) { return "C" + std::to_string(room * 32 + seat); }
std::string officer_of(int room) { return "officer:" + std::to_string(room + 1); }
std::string channel_of(int room, int numbers) {
    const auto which = room % numbers;
    return which == 0 ? "whatsapp" : "whatsapp_" + std::to_string(which + 1);
}

class portfolio final : public mirror {
public:
    explicit portfolio(int rooms) {
        for (int room = 0; room < rooms; ++room) {
            for (int seat = 1; seat <= members; ++seat) {
                auto who = std::make_shared<client_facts>();
                who->who = {
                    .id = client_of(room, seat),
                    .first_name = first_names[static_cast<std::size_t>(seat - 1)],
                    .last_name = "López",
                    .phones = {phone_of(room, seat)},
                    .language = "es",
                    .group_id = group_of(room)};
                auto seen = std::make_shared<facts>();
                seen->clients = {who};
                seen->phones = {phone_of(room, seat)};
                all_.emplace(phone_of(room, seat), std::move(seen));
            }
            auto agent = std::make_shared<facts>();
            agent->phones = {phone_of(room, 0)};
            all_.emplace(phone_of(room, 0), std::move(agent));
        }
    }
    std::shared_ptr<const facts> facts_of(std::span<const std::string> phones, instant) override {
        for (const auto& phone : phones) {
            if (const auto found = all_.find(phone); found != all_.end()) return found->second;
        }
        return nobody_;
    }
    std::shared_ptr<const std::vector<officer>> officers() override { return officers_; }
    std::string pin_hash(std::string_view) override { return {}; }

private:
    std::unordered_map<std::string, std::shared_ptr<const facts>> all_{};
    std::shared_ptr<const facts> nobody_ = std::make_shared<facts>();
    std::shared_ptr<const std::vector<officer>> officers_ = std::make_shared<std::vector<officer>>();
};

// An own count of what a provider counts; knows nothing of the planner.
class limit_watch {
public:
    void passed(const std::string& number, std::int64_t at) {
        const std::scoped_lock lock{mutex_};
        auto& last = numbers_[number];
        last.push_back(at);
        while (last.front() <= at - second_us) last.pop_front();
        number_most = std::max(number_most, last.size());
        if (last.size() > number_limit) ++number_overrun;
    }
    // A bucket that holds `pair_burst` and loses one in six seconds.
    void left(int person, std::int64_t at) {
        const std::scoped_lock lock{mutex_};
        auto& full_until = pairs_[person];
        full_until = std::max(full_until, at) + pair_us;
        const auto inside = full_until - at;
        pair_most = std::max(pair_most, static_cast<double>(inside) / pair_us);
        if (inside > pair_burst * pair_us) ++pair_overrun;
    }
    // Gives what the fullest second of a number was.
    std::size_t forget_peaks() {
        const std::scoped_lock lock{mutex_};
        pair_most = 0;
        return std::exchange(number_most, 0);
    }

    std::size_t number_most{};
    double pair_most{};
    std::size_t number_overrun{};
    std::size_t pair_overrun{};

private:
    std::mutex mutex_{};
    std::map<std::string, std::deque<std::int64_t>> numbers_{};
    std::unordered_map<int, std::int64_t> pairs_{};
};

// What was said in the rooms, and who has had it.
class ledger_of_lines {
public:
    explicit ledger_of_lines(int rooms)
        : lines_(static_cast<std::size_t>(rooms)), last_(static_cast<std::size_t>(rooms) * 32) {}

    // The number the line shall bear.
    int say(int room, int seat, std::int64_t due) {
        const std::scoped_lock lock{mutex_};
        auto& all = lines_[static_cast<std::size_t>(room)];
        all.push_back({.due = due, .by = seat});
        ++said;
        return static_cast<int>(all.size());
    }
    void left(seat_of to, std::string_view text, std::int64_t at) {
        const std::scoped_lock lock{mutex_};
        auto& all = lines_[static_cast<std::size_t>(to.room)];
        auto& last = last_[static_cast<std::size_t>(to.room * 32 + to.seat)];
        for (auto from = text.find(marked); from != std::string_view::npos;
             from = text.find(marked, from + 1)) {
            std::size_t number{};
            const auto digits = text.substr(from + marked.size());
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (number == 0 || number > all.size()) {
                ++unknown;
                continue;
            }
            auto& line = all[number - 1];
            if (line.by == to.seat) ++own;
            if (static_cast<int>(number) == last) ++twice;
            if (static_cast<int>(number) < last) ++out_of_order;
            last = std::max(last, static_cast<int>(number));
            ++line.told;
            line.last = at;
        }
    }
    [[nodiscard]] std::size_t untold() {
        const std::scoped_lock lock{mutex_};
        std::size_t missing = 0;
        for (const auto& all : lines_) {
            for (const auto& one : all) {
                if (one.told < seats - 1) missing += static_cast<std::size_t>(seats - 1 - one.told);
            }
        }
        return missing;
    }
    [[nodiscard]] latencies delays() {
        const std::scoped_lock lock{mutex_};
        latencies all;
        for (const auto& room : lines_) {
            for (const auto& one : room) {
                if (one.told > 0) all.add(one.last - one.due);
            }
        }
        return all;
    }

    std::size_t said{};
    std::size_t own{};
    std::size_t twice{};
    std::size_t out_of_order{};
    std::size_t unknown{};

private:
    struct line {
        std::int64_t due{};
        std::int64_t last{};
        int by{};
        int told{};
    };
    std::mutex mutex_{};
    std::vector<std::vector<line>> lines_;
    std::vector<int> last_;  // of each seat: the number of the last line she had
};

// Accepts everything, and says a little later that it was sent and delivered.
class provider {
public:
    provider(inbox& to, std::function<instant()> clock, int statuses)
        : to_{to}, clock_{std::move(clock)}, statuses_{statuses}, thread_{[this] { run(); }} {}
    ~provider() {
        ends_ = true;
        changed_.notify_all();
        thread_.join();
    }

    // On the writer thread.
    void take(std::shared_ptr<const outbox_entry> entry) {
        const auto at = now_us();
        const std::scoped_lock lock{mutex_};
        if (fresh_.empty()) changed_.notify_all();
        fresh_.push_back({at, std::move(entry)});
        ++sends;
    }

    std::function<void(const outbox_entry&, std::int64_t at)> left{};
    std::atomic<std::size_t> sends{};
    std::atomic<std::size_t> open{};  // not accepted, or whose statuses are to come

private:
    struct call {
        std::int64_t at{};
        std::shared_ptr<const outbox_entry> entry{};
    };
    struct report {
        std::int64_t at{};
        std::int64_t id{};
        std::string channel{};
    };

    void run() {
        std::unique_lock lock{mutex_};
        while (!ends_) {
            changed_.wait_for(lock, 5ms);
            auto taken = std::exchange(fresh_, {});
            lock.unlock();
            for (auto& one : taken) {
                if (left) left(*one.entry, one.at);
                calls_.push_back({one.at, one.entry->id, one.entry->message.to.channel});
            }
            const auto now = now_us();
            std::vector<send_result> answers;
            for (; !calls_.empty() && calls_.front().at + accepted_after <= now; calls_.pop_front()) {
                answers.push_back(accepted(calls_.front()));
                if (statuses_ > 0) sent_.push_back(std::move(calls_.front()));
            }
            if (!answers.empty()) to_.add(std::move(answers));
            for (; !sent_.empty() && sent_.front().at + sent_after <= now; sent_.pop_front()) {
                tell(sent_.front(), delivery_status::sent);
                if (statuses_ > 1) delivered_.push_back(std::move(sent_.front()));
            }
            for (; !delivered_.empty() && delivered_.front().at + delivered_after <= now;
                 delivered_.pop_front()) {
                tell(delivered_.front(), delivery_status::delivered);
            }
            lock.lock();
            open = fresh_.size() + calls_.size() + sent_.size() + delivered_.size();
        }
    }

    static send_result accepted(const report& of) {
        return {
            .outbox_id = of.id,
            .how = {
                .ended = call_outcome::how::answered,
                .http_status = 200,
                .verdict = {
                    .reaction = adapters::reaction::accepted,
                    .provider_id = "wamid." + std::to_string(of.id)}}};
    }

    // One POST each, as it mostly is.
    void tell(const report& of, delivery_status what) {
        admission post{
            .statuses = {
                {.channel = of.channel,
                 .message_id = "wamid." + std::to_string(of.id),
                 .status = what,
                 .at = clock_(),
                 .callback_data = std::to_string(of.id)}}};
        while (!ends_ && !to_.admit(post)) std::this_thread::sleep_for(1ms);
    }

    inbox& to_;
    const std::function<instant()> clock_;
    const int statuses_;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::vector<call> fresh_{};
    std::deque<report> calls_{};
    std::deque<report> sent_{};
    std::deque<report> delivered_{};
    std::atomic<bool> ends_{};
    std::thread thread_;  // last
};

channel_limits limits_of_number(const std::string& name, int per_second) {
    // As gateway/commands/channel_parts.cpp makes them of a config.
    return {
        .channel = name,
        .rate = {.count = per_second * 10, .period = 10s, .burst = std::max(20, per_second / 4)},
        .pair = {.count = 1, .period = milliseconds{pair_us / 1'000}, .burst = pair_burst}};
}

class trial {
public:
    explicit trial(settings how) : how_{std::move(how)}, lines_{how_.meetings} {
        auto staff = std::make_shared<std::vector<staff_person>>();
        for (int room = 0; room < how_.meetings; ++room) {
            const auto phone = phone_of(room, 0);
            staff->push_back({.id = officer_of(room), .name = "Brenda", .phone = phone});
        }
        staff_ = std::move(staff);
        auto sources = dialogs::testing_sources::as_configured();
        sources.of.channels.clear();
        std::vector<channel_limits> limits;
        for (int i = 0; i < how_.numbers; ++i) {
            const auto name = channel_of(i, how_.numbers);
            sources.of.channels.push_back({.name = name, .kind = channel_kind::whatsapp});
            limits.push_back(limits_of_number(name, how_.per_second));
        }
        const auto loaded = dialogs::load_scripts(sources);
        if (!loaded.scripts) {
            throw std::runtime_error{dialogs::testing_sources::all_problems(loaded)};
        }
        keep(store_, *loaded.scripts, sources);
        scripts_.emplace(store_, live_scripts{.everybody = loaded.scripts});
        planner_.emplace(limits);
        provider_.left = [this](const outbox_entry& entry, std::int64_t at) { left(entry, at); };
        writer_.emplace(executor_parts{
            .incoming = box_,
            .store = store_,
            .mirror = people_,
            .scripts = *scripts_,
            .planner = *planner_,
            .counts = counts_,
            .clock = [this] { return now(); },
            .send = [this](auto entry) { provider_.take(std::move(entry)); },
            .split = [](outbound_message what) { return std::vector{std::move(what)}; },
            .staff = [this] { return staff_; },
            .pin_matches = [](const std::string&, const std::string&) { return false; }});
        thread_ = std::thread{[this] { writer_->run(); }};
    }
    ~trial() {
        box_.close();
        thread_.join();
    }

    int run() {
        const auto before = figures_of(getpid());
        if (how_.without_rooms) {
            everybody([this](int room, int seat) { say(room, seat, "menú"); });
        } else {
            open_rooms();
        }
        const auto ready = figures_of(getpid());
        const auto sends_at_first = provider_.sends.load();
        const auto turns_at_first = counts_.turns.Value();
        const auto commits_at_first = counts_.commits.Value();
        const auto opening_most = limits_.forget_peaks();
        measuring_ = true;
        const auto begun = now_us();
        if (how_.without_rooms) {
            chat();
        } else {
            talk();
        }
        const auto talked = static_cast<double>(now_us() - begun) / second_us;
        for (int i = 0; i < 400 && (i == 0 || (!how_.without_rooms && lines_.untold() > 0)); ++i) {
            std::this_thread::sleep_for(100ms);
        }
        settle();
        const auto lasted = static_cast<double>(now_us() - begun) / second_us;
        const auto after = figures_of(getpid());
        const auto sends = static_cast<double>(provider_.sends.load() - sends_at_first);
        const auto cpu = after.cpu_us - ready.cpu_us;
        const auto lost = how_.without_rooms ? unanswered() : lines_.untold();
        auto delays = how_.without_rooms ? echoes_ : lines_.delays();
        const auto p99 = delays.percentile(99);
        const bool is_right =
            lost == 0 && lines_.own == 0 && lines_.twice == 0 && lines_.out_of_order == 0 &&
            lines_.unknown == 0 && limits_.number_overrun == 0 && limits_.pair_overrun == 0 &&
            counts_dead() == 0;
        std::cout << json_line{}
                         .add("meetings", how_.meetings)
                         .add("numbers", how_.numbers)
                         .add("seconds", talked)
                         .add("said", static_cast<double>(how_.without_rooms ? asked_ : lines_.said))
                         .add("p50_ms", delays.percentile(50) / 1000)
                         .add("p99_ms", p99 / 1000)
                         .add("max_ms", delays.percentile(100) / 1000)
                         .add("allowed_ms", static_cast<double>(allowed_us) / 1000)
                         .add("lost", static_cast<double>(lost))
                         .add("twice", static_cast<double>(lines_.twice + lines_.own))
                         .add("out_of_order", static_cast<double>(lines_.out_of_order + lines_.unknown))
                         .add("dead_letters", counts_dead())
                         .add("sends", sends)
                         .add("sends_a_second", sends / talked)
                         .add("number_most_in_a_second", static_cast<double>(limits_.number_most))
                         .add("number_most_opening", static_cast<double>(opening_most))
                         .add("number_overrun", static_cast<double>(limits_.number_overrun))
                         .add("pair_most", limits_.pair_most)
                         .add("pair_overrun", static_cast<double>(limits_.pair_overrun))
                         .add("turns_a_second", (counts_.turns.Value() - turns_at_first) / lasted)
                         .add("turns_each", (counts_.turns.Value() - turns_at_first) / sends)
                         .add("commits_a_second", (counts_.commits.Value() - commits_at_first) / lasted)
                         .add("cpu_share", cpu / second_us / lasted)
                         .add("cpu_us_each", cpu / sends)
                         .add("mib_before", before.resident_mib)
                         .add("mib_ready", ready.resident_mib)
                         .add("mib_after", after.resident_mib)
                         .add("mib_most", after.peak_mib)
                         .add("kib_a_meeting", (after.resident_mib - before.resident_mib) * 1024 / how_.meetings)
                         .add("right", is_right ? 1 : 0)
                         .text()
                  << '\n';
        return is_right ? 0 : 1;
    }

private:
    [[nodiscard]] instant now() const {
        return ten_o_clock_ + milliseconds{(now_us() - began_us_) / 1'000};
    }
    [[nodiscard]] double counts_dead() { return counts_.dead_letters.Value(); }

    // ---- what is said

    void say(int room, int seat, std::string text) {
        const auto phone = phone_of(room, seat);
        const auto channel = channel_of(room, how_.numbers);
        admission post{
            .messages = {
                {.channel = channel,
                 .id = "m" + std::to_string(++messages_),
                 .sent_at = now(),
                 .from = {{identity_kind::phone, phone}, {identity_kind::wa_id, phone.substr(1)}},
                 .content = typed_text{std::move(text)}}}};
        limits_.passed(channel, now_us());
        while (!box_.admit(post)) std::this_thread::sleep_for(1ms);
    }

    // As a desk of the gateway does.
    void act(int room, dialogs::meetings::act what) {
        const auto name = dialogs::room_name(group_of(room), 1);
        box_.add(occurrence{
            .id = identify({"bench", name, std::to_string(++messages_)}),
            .stamped = now(),
            .from = {{identity_kind::room, name}},
            .what = dialogs::told{
                .what = dialogs::room_word{
                    .room = name,
                    .what = {
                        .by = {.as = dialogs::meetings::role::agent, .id = officer_of(room), .name = "Brenda"},
                        .what = std::move(what),
                        .at = now()}}}});
    }
    void all_rooms(verb what) {
        for (int room = 0; room < how_.meetings; ++room) act(room, {.what = what});
        settle();
    }
    // Of every member one, 300 a second: all of it counts towards the number.
    template <class Does>
    void everybody(Does does) {
        auto due = now_us();
        for (int seat = 1; seat <= members; ++seat) {
            for (int room = 0; room < how_.meetings; ++room) {
                wait_until(due);
                does(room, seat);
                due += second_us / (300 * how_.numbers);
            }
        }
        settle();
    }
    static void wait_until(std::int64_t due) {
        const auto left = due - now_us();
        if (left > 0) std::this_thread::sleep_for(std::chrono::microseconds{left});
    }
    // Until nothing has happened for a second and a half and nothing is under way.
    void settle() {
        auto last = 0.0;
        auto since = now_us();
        while (now_us() - since < 1'500'000) {
            std::this_thread::sleep_for(50ms);
            std::promise<void> writer_is_here;  // a batch of thousands takes a while
            box_.add(errand{[&](store&) { writer_is_here.set_value(); }});
            writer_is_here.get_future().get();
            const auto turns = counts_.turns.Value();
            if (turns != last || provider_.open.load() > 0 || counts_.outbox_waiting.Value() > 0) {
                since = now_us();
            }
            last = turns;
        }
    }

    // ---- the rooms

    [[nodiscard]] dialogs::meetings::plan plan_of(int room) const {
        const currency_code quetzal{};
        dialogs::meetings::plan plan{
            .group_id = group_of(room),
            .group_name = "Las Rosas " + std::to_string(room + 1),
            .number = 1,
            .created = now(),
            .start = now() + 20min,
            .end = now() + 2h,
            .moderator = {officer_of(room), "Brenda"},
            .currency = quetzal,
            .internal_cash = {0, quetzal}};
        for (int seat = 1; seat <= members; ++seat) {
            const std::string first = first_names[static_cast<std::size_t>(seat - 1)];
            dialogs::meetings::roster_member one{
                .id = client_of(room, seat),
                .first_name = first,
                .full_name = first + " López",
                .phone = phone_of(room, seat)};
            one.owes = {
                .loan_id = "L" + std::to_string(room * 32 + seat),
                .instalment = {46'501 + seat * 1'013, quetzal},
                .due = std::chrono::year{2026} / 12 / 1,
                .savings = {2'500, quetzal}};
            plan.members.push_back(std::move(one));
        }
        using dialogs::meetings::only;
        plan.members[0].roles |= only(dialogs::meetings::role::president);
        plan.members[1].roles |= only(dialogs::meetings::role::treasurer);
        plan.members[2].roles |= only(dialogs::meetings::role::secretary);
        return plan;
    }

    // To the collection of instalments, with everybody there.
    void open_rooms() {
        for (int room = 0; room < how_.meetings; ++room) {
            act(room, {.what = verb::edit, .planned = plan_of(room)});
        }
        all_rooms(verb::schedule);
        all_rooms(verb::announce);
        all_rooms(verb::open);  // the lobby
        everybody([this](int room, int seat) { say(room, seat, "presente"); });
        for (int room = 0; room < how_.meetings; ++room) say(room, 0, "empezar");
        settle();
        all_rooms(verb::advance);
    }

    void talk() {
        using turn_of_room = std::pair<std::int64_t, int>;  // when, which
        std::priority_queue<turn_of_room, std::vector<turn_of_room>, std::greater<>> next;
        const auto every = static_cast<std::int64_t>(how_.every * second_us);
        const auto begun = now_us();
        const auto end = begun + how_.seconds * second_us;
        const auto some = [&](std::int64_t from, std::int64_t to) {
            return std::uniform_int_distribution<std::int64_t>{from, to}(chance_);
        };
        for (int room = 0; room < how_.meetings; ++room) next.emplace(begun + some(0, every), room);
        for (; next.top().first < end; next.pop()) {
            const auto [due, room] = next.top();
            next.emplace(due + some(every * 3 / 4, every * 5 / 4), room);
            wait_until(due);
            const auto seat = static_cast<int>(some(1, members));
            const auto number = lines_.say(room, seat, due);
            const auto& words = said_in_rooms[static_cast<std::size_t>(number) % said_in_rooms.size()];
            say(room, seat, words + std::string{marked} + std::to_string(number));
        }
        wait_until(end);
    }

    // As many to us as the meetings have messages.
    void chat() {
        const auto each = static_cast<std::int64_t>(how_.every * second_us / (how_.meetings * members));
        const auto end = now_us() + how_.seconds * second_us;
        for (auto due = now_us(); due < end; due += each) {
            wait_until(due);
            const auto which = asked_++ % static_cast<std::size_t>(how_.meetings * members);
            const auto room = static_cast<int>(which) % how_.meetings;
            const auto seat = static_cast<int>(which) / how_.meetings + 1;
            {
                const std::scoped_lock lock{mutex_};
                waits_[room * 32 + seat].push_back(due);
            }
            say(room, seat, "menú");
        }
    }
    [[nodiscard]] std::size_t unanswered() {
        const std::scoped_lock lock{mutex_};
        std::size_t all = 0;
        for (const auto& one : waits_) all += one.second.size();
        return all;
    }

    // On the provider's thread; `at` is when it was called.
    void left(const outbox_entry& entry, std::int64_t at) {
        const auto to = whose(entry.message.to.to.value);
        limits_.passed(entry.message.to.channel, at);
        limits_.left(to.room * 32 + to.seat, at);
        if (!measuring_) return;
        if (how_.without_rooms) {
            const std::scoped_lock lock{mutex_};
            auto& waits = waits_[to.room * 32 + to.seat];
            if (waits.empty()) return;
            echoes_.add(at - waits.front());
            waits.pop_front();
            return;
        }
        const auto* said = std::get_if<say_text>(&entry.message.content);
        if (said != nullptr && entry.purpose == "meeting.digest") lines_.left(to, said->text, at);
    }

    const settings how_;
    const instant ten_o_clock_ = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 16h;
    const std::int64_t began_us_ = now_us();
    std::shared_ptr<const std::vector<staff_person>> staff_{};
    portfolio people_{how_.meetings};
    sqlite_store store_{sqlite_settings{.path = how_.folder + "/meetings.db"}};
    metrics counts_{};
    inbox box_{40'000};
    std::optional<script_library> scripts_{};
    std::optional<planner> planner_{};
    limit_watch limits_{};
    ledger_of_lines lines_;
    std::mt19937_64 chance_{42};
    std::int64_t messages_{};
    std::atomic<bool> measuring_{};
    std::size_t asked_{};
    std::mutex mutex_{};
    std::unordered_map<int, std::deque<std::int64_t>> waits_{};  // who waits for an answer since when
    latencies echoes_{};
    provider provider_{box_, [this] { return now(); }, how_.statuses};
    std::optional<executor> writer_{};
    std::thread thread_{};
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Many meetings at once"};
    settings how;
    line.add_option("--meetings", how.meetings)->check(CLI::Range(1, 100'000));
    line.add_option("--every", how.every, "Seconds between two lines of a room")
        ->check(CLI::Range(1.0, 600.0));
    line.add_option("--seconds", how.seconds, "For so long people talk")->check(CLI::Range(1, 400));
    line.add_option("--numbers", how.numbers, "Numbers of ours, each a channel")->check(CLI::Range(1, 50));
    line.add_option("--per-second", how.per_second, "Messages a second on each")
        ->check(CLI::Range(1, 1'000));
    line.add_option("--statuses", how.statuses, "Of each message: 0, 1 or 2")->check(CLI::Range(0, 2));
    line.add_option("--folder", how.folder, "For the database; else one of its own in /tmp");
    line.add_flag("--without-rooms", how.without_rooms, "The baseline");
    CLI11_PARSE(line, argc, argv);
    std::string own = (std::filesystem::temp_directory_path() / "meetings-XXXXXX").string();
    const bool is_ours = how.folder.empty();
    if (is_ours) how.folder = mkdtemp(own.data());
    int ended = 2;
    try {
        ended = trial{how}.run();
    } catch (const std::exception& trouble) {
        std::cerr << "meetings: " << trouble.what() << '\n';
    }
    if (is_ours) std::filesystem::remove_all(how.folder);
    return ended;
}
