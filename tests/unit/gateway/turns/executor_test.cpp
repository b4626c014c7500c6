// The writer's promises, with the real store and the real dialogs of config/, one batch at a time:
// order, one turn per event, nothing leaves before its commit, no secret is stored, a disk that
// refuses loses nothing.

#include "gateway/turns/executor.hpp"

#include "gateway/store/sqlite/sqlite_store.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto rosas_phone = "+50255500101";
constexpr auto rosas_pin = "482915";

// Rosa with a PIN, and nobody else.
class one_client final : public mirror {
public:
    std::shared_ptr<const facts> facts_of(std::span<const std::string> phones, instant) override {
        for (const auto& phone : phones) {
            if (phone == rosas_phone) return rosa_;
        }
        return nobody_;
    }
    std::shared_ptr<const std::vector<officer>> officers() override {
        return std::make_shared<const std::vector<officer>>();
    }
    std::string pin_hash(std::string_view client_id) override {
        return client_id == "C1" ? std::string{"hash of "} + rosas_pin : std::string{};
    }

private:
    std::shared_ptr<const facts> nobody_ = std::make_shared<facts>();
    std::shared_ptr<const facts> rosa_ = [] {
        auto who = std::make_shared<client_facts>();
        who->who = {.id = "C1", .first_name = "Rosa", .phones = {rosas_phone}, .language = "es"};
        who->has_pin = true;
        auto out = std::make_shared<facts>();
        out->clients = {who};
        return out;
    }();
};

// A store whose disk can refuse.
class refusing_store final : public store {
public:
    explicit refusing_store(sqlite_settings how) : inner{std::move(how)} {}
    std::vector<opened> open(std::span<const incoming> events) override {
        auto out = inner.open(events);
        if (damage == sessions::broken) {
            for (auto& one : out) {
                one.session.script_set = damaged_set;
                one.session.frames = {{.dialog = "nowhere", .state = "nothing"}};
            }
        } else if (damage == sessions::mended) {
            for (auto& one : out) one.session = {};
        }
        return out;
    }
    void commit(const batch& what) override {
        if (refuse > 0) {
            --refuse;
            throw std::runtime_error{"disk full"};
        }
        inner.commit(what);
        ++commits;
        most_turns = std::max(most_turns.load(), what.turns.size());
    }
    std::int64_t next_outbox_id() override { return inner.next_outbox_id(); }
    std::vector<outbox_entry_state> pending_sends() override { return inner.pending_sends(); }
    std::optional<outbox_entry_state> find_send(std::int64_t id) override {
        return inner.find_send(id);
    }
    std::optional<outbox_entry_state> find_send_by_provider_id(
        std::string_view channel, std::string_view id
    ) override {
        return inner.find_send_by_provider_id(channel, id);
    }
    std::optional<party_id> find_party(const identity& of) override {
        return inner.find_party(of);
    }
    std::vector<identity> identities_of(party_id whose) override {
        return inner.identities_of(whose);
    }
    std::string one_time_code(party_id whose, std::string_view what) override {
        return inner.one_time_code(whose, what);
    }
    std::vector<pending_timer> due_timers(instant until, std::size_t most) override {
        return inner.due_timers(until, most);
    }
    std::optional<instant> next_timer() override { return inner.next_timer(); }
    std::vector<channel_fact> channel_facts() override { return inner.channel_facts(); }
    std::vector<usage_count> usage(std::string_view channel) override { return inner.usage(channel); }
    std::vector<channel_notice> notices(std::size_t most) override { return inner.notices(most); }
    std::vector<pending_told> waiting_told() override { return inner.waiting_told(); }
    std::vector<kept_case> cases(const case_filter& which, std::size_t most) override {
        return inner.cases(which, most);
    }
    std::optional<kept_case> find_case(std::string_view number) override {
        return inner.find_case(number);
    }
    std::vector<case_event> case_history(std::string_view number) override {
        return inner.case_history(number);
    }
    void note_case_view(
        std::string_view number, instant at, std::string_view who, std::string_view what
    ) override {
        inner.note_case_view(number, at, who, what);
    }
    void keep_script_set(const script_set_row& set) override { inner.keep_script_set(set); }
    std::optional<script_set_row> script_set(std::uint64_t version) override {
        return inner.script_set(version);
    }
    std::int64_t publish(const script_set_row& set, const publication& what) override {
        return inner.publish(set, what);
    }
    std::vector<publication> publications() override { return inner.publications(); }
    std::map<std::uint64_t, std::size_t> conversations_under_way(const session_test& counted) override {
        return inner.conversations_under_way(counted);
    }
    std::vector<dead_letter> dead_letters(std::size_t most) override {
        return inner.dead_letters(most);
    }
    void drop_dead_letter(std::int64_t id) override { inner.drop_dead_letter(id); }
    std::vector<kept_part> waiting_parts() override { return inner.waiting_parts(); }
    void checkpoint() override { inner.checkpoint(); }

    sqlite_store inner;
    std::atomic<int> refuse{};
    std::atomic<int> commits{};
    std::atomic<std::size_t> most_turns{};  // of one commit
    enum class sessions { as_stored, broken, mended };
    std::atomic<sessions> damage{sessions::as_stored};
    std::uint64_t damaged_set{};  // the set broken sessions claim to run on
};

struct executor_test : testing::Test {
    fs::path folder = [] {
        std::string form = (fs::temp_directory_path() / "tertulia-turns-XXXXXX").string();
        return fs::path{mkdtemp(form.data())};
    }();
    std::unique_ptr<refusing_store> disk = std::make_unique<refusing_store>(settings());
    one_client portfolio;
    metrics counts;
    std::optional<inbox> box_{std::in_place, 10'000};
    inbox& box{*box_};
    void box_again() { box_.emplace(10'000); }  // the same place: `box` holds
    std::atomic<std::int64_t> clock{1'795'413'600'000};
    std::mutex mutex;
    std::vector<std::string> texts;  // of what left, in order
    std::string unreachable_on;      // a channel that cannot find her
    std::vector<std::string> left_by;  // the channel of each
    std::unique_ptr<script_library> scripts;
    std::unique_ptr<planner> plan;
    std::unique_ptr<executor> writer;
    std::thread thread;
    int messages{};
    std::string channel_of_answers;  // of a provider whose statuses carry no id of ours
    std::string id_of_first;  // what the first message is accepted as
    std::vector<staff_person> staff;  // who works on cases

    sqlite_settings settings() const {
        return {.path = (folder / "t.db").string(), .checkpoint_thread = false};
    }

    void start() {
        auto sources = dialogs::testing_sources::as_configured();
        sources.of.channels = {
            {.name = "whatsapp", .kind = channel_kind::whatsapp},
            {.name = "sms", .kind = channel_kind::sms, .fallback_for = {"whatsapp"}}};
        auto loaded = dialogs::load_scripts(sources);
        keep(*disk, *loaded.scripts, sources);
        scripts = std::make_unique<script_library>(*disk, live_scripts{.everybody = loaded.scripts});
        channel_limits free{.channel = "whatsapp"};
        free.pair.burst = 1'000;
        free.rate.burst = 1'000;
        free.echoes_callback = channel_of_answers.empty();
        auto also = free;
        also.channel = "sms";
        plan = std::make_unique<planner>(std::vector{free, also});
        writer = std::make_unique<executor>(executor_parts{
            .incoming = box,
            .store = *disk,
            .mirror = portfolio,
            .scripts = *scripts,
            .planner = *plan,
            .counts = counts,
            .clock = [this] { return from_millis(clock); },
            .send = [this](std::shared_ptr<const outbox_entry> entry) { leave(*entry); },
            .split = [](outbound_message what) { return std::vector{std::move(what)}; },
            .staff = [this] { return std::make_shared<const std::vector<staff_person>>(staff); },
            .pin_matches = [](const std::string& hash, const std::string& digits) {
                return hash == "hash of " + digits;
            },
        });
        thread = std::thread{[this] { writer->run(); }};
    }
    void stop() {
        if (!thread.joinable()) return;
        box.close();
        thread.join();
    }
    ~executor_test() override {
        stop();
        writer.reset();
        disk.reset();
        fs::remove_all(folder);
    }

    // What leaves is accepted at once; or, of a channel that cannot find her, refused.
    void leave(const outbox_entry& entry) {
        std::string told;
        const bool lost = entry.message.to.channel == unreachable_on;
        {
            const std::scoped_lock lock{mutex};
            told = std::exchange(id_of_first, {});
            if (const auto* said = std::get_if<say_text>(&entry.message.content)) {
                texts.push_back(said->text);
                left_by.push_back(entry.message.to.channel);
            }
        }
        box.add(send_result{
            .outbox_id = entry.id,
            .how = {
                .ended = call_outcome::how::answered,
                .http_status = lost ? 400U : 200U,
                .verdict = {
                    .reaction = lost ? adapters::reaction::unreachable
                                     : adapters::reaction::accepted,
                    .provider_id = told.empty() ? "wamid." + std::to_string(entry.id) : told,
                },
            },
            .channel = channel_of_answers,
        });
    }

    inbound_message wrote(const std::string& text, const std::string& id = {}) {
        return {
            .channel = "whatsapp",
            .id = id.empty() ? "m" + std::to_string(++messages) : id,
            .sent_at = from_millis(clock),
            .from = {{identity_kind::phone, rosas_phone}},
            .content = typed_text{text},
        };
    }
    void post(std::vector<inbound_message> what) {
        admission one{.messages = std::move(what)};
        ASSERT_TRUE(box.admit(one));
    }
    void post_pieces(std::vector<sms_part> what) {
        admission one{.parts = std::move(what)};
        ASSERT_TRUE(box.admit(one));
    }
    sms_part piece(
        std::uint8_t number, std::uint8_t total, std::string text, std::uint16_t reference = 7
    ) const {
        return {
            .link = "sms",
            .from = rosas_phone,
            .to = "4040",
            .reference = reference,
            .total = total,
            .number = number,
            .id = std::to_string(reference) + "-" + std::to_string(number) + text,
            .sent_at = from_millis(clock),
            .payload = std::move(text),
        };
    }
    // Everything admitted so far is committed.
    void settle() {
        std::promise<void> before;
        box.add(errand{[&](store&) { before.set_value(); }});
        before.get_future().get();
        std::promise<void> after;
        box.add(errand{[&](store&) { after.set_value(); }});
        after.get_future().get();
    }
    void reopen() {
        stop();
        writer.reset();
        disk.reset();
        std::destroy_at(&box);  // it was closed, for good
        std::construct_at(&box, 10'000);
        disk = std::make_unique<refusing_store>(settings());
        start();
    }
    // What she was heard to say, turn by turn.
    std::vector<std::string> heard() {
        std::promise<std::vector<std::string>> all;
        box.add(errand{[&](store&) {
            std::vector<std::string> words;
            const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
            const auto turns = who ? disk->inner.journal_of(*who) : std::vector<turn>{};
            for (const auto& one : turns) {
                if (const auto* what = std::get_if<dialogs::heard>(&one.what)) {
                    words.push_back(std::get<typed_text>(what->message.content).text);
                }
            }
            all.set_value(std::move(words));
        }});
        return all.get_future().get();
    }
    std::size_t pieces_kept() {
        std::promise<std::size_t> count;
        box.add(errand{[&](store& from) { count.set_value(from.waiting_parts().size()); }});
        return count.get_future().get();
    }
    std::vector<std::string> said_after(std::size_t count) {
        const auto until = std::chrono::steady_clock::now() + 10s;
        for (;;) {
            {
                const std::scoped_lock lock{mutex};
                if (texts.size() >= count || std::chrono::steady_clock::now() > until) return texts;
            }
            std::this_thread::sleep_for(1ms);
        }
    }
    std::string bytes_on_disk() const {
        std::string all;
        for (const auto& entry : fs::directory_iterator{folder}) {
            std::ifstream in{entry.path(), std::ios::binary};
            all.append(std::istreambuf_iterator<char>{in}, {});
        }
        return all;
    }
};

TEST_F(executor_test, a_message_is_answered_after_its_commit) {
    start();
    post({wrote("menu")});
    EXPECT_GE(said_after(1).size(), 1U);
    EXPECT_GE(disk->commits, 1);
}

TEST_F(executor_test, who_came_by_no_webhook_is_told_when_it_is_kept) {
    start();
    std::atomic<int> kept{};
    admission one{.messages = {wrote("menu")}, .settled = [&](bool is) { kept += is ? 1 : 100; }};
    ASSERT_TRUE(box.admit(one));
    EXPECT_GE(said_after(1).size(), 1U);
    stop();
    EXPECT_EQ(kept, 1);
}

TEST_F(executor_test, a_disk_that_refuses_tells_who_came_by_no_webhook_to_come_again) {
    start();
    disk->refuse = 3;
    std::atomic<int> kept{};
    admission one{.messages = {wrote("menu")}, .settled = [&](bool is) { kept += is ? 1 : 100; }};
    ASSERT_TRUE(box.admit(one));
    EXPECT_GE(said_after(1).size(), 1U) << "it is kept after all, later";
    stop();
    EXPECT_EQ(kept, 100) << "told once";
}

TEST_F(executor_test, a_status_that_is_faster_than_the_answer_it_belongs_to_is_kept_for_it) {
    channel_of_answers = "whatsapp";
    start();
    clock += 1'000;
    admission early{.statuses = {{.channel = "whatsapp", .message_id = "77",
                                  .status = delivery_status::delivered, .at = from_millis(clock)}}};
    ASSERT_TRUE(box.admit(early));
    while (box.weight() > 0) std::this_thread::sleep_for(1ms);
    id_of_first = "77";
    post({wrote("menu")});
    EXPECT_GE(said_after(1).size(), 1U);
    stop();
    const auto found = disk->find_send_by_provider_id("whatsapp", "77");
    ASSERT_TRUE(found);
    settled unused;
    const auto answer = plan->on_status(
        {.channel = "whatsapp",
         .message_id = "77",
         .status = delivery_status::failed,
         .callback_data = std::to_string(found->entry.id)},
        from_millis(clock), unused
    );
    EXPECT_EQ(answer.meaning, status_meaning::contradiction) << "it is known as delivered";
}

TEST_F(executor_test, the_same_message_twice_is_one_turn) {
    start();
    post({wrote("menu", "same"), wrote("menu", "same")});
    post({wrote("menu", "same")});
    post({wrote("menu", "other")});
    stop();

    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    EXPECT_EQ(disk->inner.journal_of(*who).size(), 2U);
    EXPECT_EQ(counts.duplicates.Value(), 2);
}

TEST_F(executor_test, dvara_channels_she_goes_on_by_sms_where_she_stopped_on_whatsapp) {
    start();
    auto asks = wrote("saldo");
    asks.from = {
        {identity_kind::phone, rosas_phone},
        {identity_kind::wa_id, "50255500101"},
        {identity_kind::bsuid, "GT.15025"}};
    post({asks});
    const auto before = said_after(2).size();  // the card, then the PIN
    auto proves = wrote(rosas_pin);
    proves.channel = "sms";
    post({proves});
    const auto said = said_after(before + 1);
    stop();

    EXPECT_EQ(left_by.front(), "whatsapp");
    ASSERT_GT(left_by.size(), before);
    EXPECT_EQ(left_by[before], "sms") << "the answer goes where she last wrote";
    const auto who = disk->inner.find_party({identity_kind::bsuid, "GT.15025"});
    ASSERT_TRUE(who);
    EXPECT_EQ(disk->inner.find_party({identity_kind::phone, rosas_phone}), who);
    const auto turns = disk->inner.journal_of(*who);
    const auto proved = std::ranges::find_if(turns, [](const turn& one) {
        const auto* heard = std::get_if<dialogs::heard>(&one.what);
        return heard != nullptr && heard->secret == dialogs::secret_answer::right;
    });
    ASSERT_NE(proved, turns.end()) << "the PIN question she was asked on WhatsApp heard it";
    EXPECT_EQ(proved->next.reply_to.channel, "sms");
    EXPECT_EQ(proved->next.proof.client_id, "C1");
}

TEST_F(executor_test, what_whatsapp_cannot_deliver_goes_on_by_sms_once_also_over_a_restart) {
    unreachable_on = "whatsapp";
    start();
    post({wrote("menu")});
    const auto said = said_after(4);  // the card and the menu, each by both channels
    EXPECT_EQ(std::ranges::count(left_by, "sms"), 2);
    stop();
    writer.reset();
    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    std::size_t carried = 0;
    for (const auto& one : disk->inner.journal_of(*who)) {
        const auto* outcome = std::get_if<dialogs::delivery_outcome>(&one.what);
        if (outcome == nullptr || !outcome->what) continue;
        ASSERT_EQ(one.sends.size(), 1U);
        EXPECT_EQ(one.sends[0].message.to.channel, "sms");
        EXPECT_EQ(one.sends[0].touch, static_cast<std::uint64_t>(outcome->outbox_id));
        ++carried;
    }
    EXPECT_EQ(carried, 2U);

    const auto before = texts.size();
    disk.reset();
    disk = std::make_unique<refusing_store>(settings());
    box_again();
    start();
    post({wrote("gracias")});
    (void)said_after(before + 2);
    stop();
    EXPECT_EQ(std::ranges::count(left_by, "sms"), std::ranges::count(left_by, "whatsapp"))
        << "each went on once, and none of the first start again";
}

TEST_F(executor_test, a_number_is_proved_by_a_code_that_nothing_keeps) {
    start();
    const auto by_name = [this](const std::string& text) {
        auto message = wrote(text);
        message.from = {{identity_kind::bsuid, "GT.15025"}};
        return message;
    };
    post({by_name("vincular"), by_name("5550 0101")});
    std::string code;
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (code.empty() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(1ms);
        const std::scoped_lock lock{mutex};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (left_by[i] == "sms") code = texts[i].substr(0, 6);
        }
    }
    ASSERT_EQ(code.find_first_not_of("0123456789"), std::string::npos) << code;
    ASSERT_EQ(code.size(), 6U);
    const std::string wrong = code == "111111" ? "222222" : "111111";
    post({by_name(wrong), by_name(code)});
    post({wrote("saldo")});  // from that number, by whatever channel
    const auto said = said_after(texts.size() + 2);
    stop();

    const auto who = disk->inner.find_party({identity_kind::bsuid, "GT.15025"});
    ASSERT_TRUE(who);
    EXPECT_EQ(disk->inner.find_party({identity_kind::phone, rosas_phone}), who);
    std::vector<dialogs::secret_answer> answers;
    for (const auto& one : disk->inner.journal_of(*who)) {
        const auto* heard = std::get_if<dialogs::heard>(&one.what);
        if (heard != nullptr && heard->secret) answers.push_back(*heard->secret);
        for (const auto& send : one.sends) {
            const auto* text = std::get_if<say_text>(&send.message.content);
            if (text == nullptr) continue;
            EXPECT_EQ(text->text.find(code), std::string::npos) << "the journal has only a mark";
        }
    }
    EXPECT_THAT(
        answers, ElementsAre(dialogs::secret_answer::wrong, dialogs::secret_answer::right)
    );
    EXPECT_EQ(bytes_on_disk().find(code), std::string::npos);
}

TEST_F(executor_test, a_number_that_is_the_whatsapp_of_another_is_not_hers_by_a_code) {
    start();
    auto other = wrote("menu");
    other.from = {{identity_kind::phone, rosas_phone}, {identity_kind::bsuid, "GT.9"}};
    post({other});
    const auto by_name = [this](const std::string& text) {
        auto message = wrote(text);
        message.from = {{identity_kind::bsuid, "GT.15025"}};
        return message;
    };
    post({by_name("vincular"), by_name("5550 0101")});
    std::string code;
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (code.empty() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(1ms);
        const std::scoped_lock lock{mutex};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (left_by[i] == "sms") code = texts[i].substr(0, 6);
        }
    }
    post({by_name(code)});
    stop();
    const auto who = disk->inner.find_party({identity_kind::bsuid, "GT.15025"});
    ASSERT_TRUE(who);
    EXPECT_EQ(
        disk->inner.find_party({identity_kind::phone, rosas_phone}),
        disk->inner.find_party({identity_kind::bsuid, "GT.9"})
    );
    EXPECT_EQ(
        std::get<dialogs::heard>(disk->inner.journal_of(*who).back().what).secret,
        dialogs::secret_answer::taken
    );
}

TEST_F(executor_test, messages_of_one_post_are_handled_in_array_order) {
    start();
    post({wrote("menu", "first"), wrote("ayuda", "second"), wrote("menu", "third")});
    stop();

    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    std::vector<std::string> order;
    for (const auto& one : disk->inner.journal_of(*who)) {
        order.push_back(std::get<dialogs::heard>(one.what).message.id);
    }
    EXPECT_THAT(order, ElementsAre("first", "second", "third"));
}

TEST_F(executor_test, a_pin_is_compared_and_never_written) {
    start();
    post({wrote("saldo"), wrote(rosas_pin), wrote("gracias")});
    const auto said = said_after(3);
    stop();

    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    const auto turns = disk->inner.journal_of(*who);
    ASSERT_GE(turns.size(), 3U);
    EXPECT_EQ(std::get<dialogs::heard>(turns[1].what).secret, dialogs::secret_answer::right);
    EXPECT_EQ(std::get<dialogs::heard>(turns[2].what).message.id, "m3") << "order is kept";
    for (const auto& one : turns) {
        const auto* heard = std::get_if<dialogs::heard>(&one.what);
        if (heard == nullptr) continue;
        EXPECT_EQ(std::get<typed_text>(heard->message.content).text.find(rosas_pin), std::string::npos);
    }
    EXPECT_EQ(bytes_on_disk().find(rosas_pin), std::string::npos);
}

TEST_F(executor_test, a_disk_that_refuses_loses_nothing_and_sends_nothing_twice) {
    start();
    disk->refuse = 3;
    post({wrote("menu")});
    const auto said = said_after(2);  // the card, then the menu
    EXPECT_TRUE(writer->store_well());
    EXPECT_EQ(counts.commit_failures.Value(), 3);
    stop();

    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    EXPECT_EQ(disk->inner.journal_of(*who).size(), 1U);
    EXPECT_EQ(texts.size(), said.size());
}

TEST_F(executor_test, a_step_that_throws_is_a_dead_letter_and_can_be_tried_again) {
    start();
    disk->damaged_set = scripts->current()->short_version();
    disk->damage = refusing_store::sessions::broken;
    post({wrote("menu", "doomed"), wrote("menu", "doomed too")});
    EXPECT_GE(said_after(1).size(), 1U) << "she is told that something went wrong";
    std::promise<std::vector<dead_letter>> listed;
    box.add(errand{[&](store& from) { listed.set_value(from.dead_letters(10)); }});
    auto letters = listed.get_future().get();
    ASSERT_EQ(letters.size(), 2U);

    disk->damage = refusing_store::sessions::mended;
    std::promise<bool> done;
    box.add(replay_dead_letter{
        .what = letters[0], .done = [&](bool found) { done.set_value(found); }});
    EXPECT_TRUE(done.get_future().get());
    stop();
    EXPECT_EQ(disk->inner.dead_letters(10).size(), 1U);
}

TEST_F(executor_test, pieces_in_any_order_are_one_message) {
    start();
    post_pieces({piece(3, 3, "nu")});
    post_pieces({piece(1, 3, "m"), piece(1, 3, "m")});
    settle();
    EXPECT_THAT(heard(), ElementsAre());
    EXPECT_EQ(pieces_kept(), 2U);
    post_pieces({piece(2, 3, "e")});
    settle();
    EXPECT_THAT(heard(), ElementsAre("menu"));
    EXPECT_EQ(pieces_kept(), 0U);
    post_pieces({piece(1, 3, "m"), piece(2, 3, "e"), piece(3, 3, "nu")});
    settle();
    EXPECT_THAT(heard(), ElementsAre("menu")) << "redelivered, and known by their ids";
    EXPECT_EQ(pieces_kept(), 0U);
    EXPECT_EQ(counts.duplicates.Value(), 4);
}

TEST_F(executor_test, all_pieces_in_one_post_and_what_follows_keep_their_order) {
    start();
    auto next = wrote("menu", "after");
    admission one{.messages = {next}, .parts = {piece(2, 2, "da"), piece(1, 2, "ayu")}};
    ASSERT_TRUE(box.admit(one));
    post_pieces({piece(1, 2, "ha", 8), piece(2, 2, "blar", 8)});
    post({wrote("gracias")});
    settle();
    EXPECT_THAT(heard(), ElementsAre("menu", "ayuda", "hablar", "gracias"));
}

TEST_F(executor_test, pieces_outlive_the_process_and_their_words_are_sealed) {
    start();
    post_pieces({piece(2, 2, "secretamente")});
    settle();
    reopen();
    EXPECT_EQ(pieces_kept(), 1U);
    post_pieces({piece(2, 2, "secretamente")});
    post_pieces({piece(1, 2, "hola ")});
    settle();
    EXPECT_THAT(heard(), ElementsAre("hola secretamente"));
    reopen();
    EXPECT_EQ(pieces_kept(), 0U);
    EXPECT_THAT(heard(), ElementsAre("hola secretamente"));
    stop();
    EXPECT_EQ(bytes_on_disk().find("secretamente"), std::string::npos);
}

TEST_F(executor_test, what_never_comes_is_a_gap_and_heard_once) {
    start();
    post_pieces({piece(1, 3, "uno "), piece(3, 3, " tres")});
    settle();
    reopen();
    clock += 10 * 60'000 - 1;
    post({});
    settle();
    EXPECT_THAT(heard(), ElementsAre());
    clock += 1;
    post({});
    settle();
    EXPECT_THAT(heard(), ElementsAre("uno […] tres"));
    EXPECT_EQ(pieces_kept(), 0U);
    reopen();
    clock += 10 * 60'000;
    post({});
    settle();
    EXPECT_THAT(heard(), ElementsAre("uno […] tres"));
}

TEST_F(executor_test, a_reference_used_again_is_another_message) {
    start();
    post_pieces({piece(1, 2, "viejo")});
    settle();
    post_pieces({piece(1, 2, "nue")});
    post_pieces({piece(2, 2, "vo")});
    settle();
    settle();
    EXPECT_THAT(heard(), testing::UnorderedElementsAre("viejo[…]", "nuevo"));
    EXPECT_EQ(pieces_kept(), 0U);
}

TEST_F(executor_test, a_flood_of_pieces_is_bounded) {
    start();
    for (std::uint16_t reference = 1; reference <= 60; ++reference) {
        post_pieces({piece(1, 2, "x", reference)});
    }
    settle();
    settle();
    EXPECT_EQ(pieces_kept(), 8U);
    EXPECT_EQ(heard().size(), 52U) << "what was pushed out is heard, not lost";
}

TEST_F(executor_test, a_long_message_waits_for_the_pin_before_it) {
    start();
    post_pieces({piece(1, 2, "me")});
    post({wrote("saldo"), wrote(rosas_pin)});
    post_pieces({piece(2, 2, "nu")});
    (void)said_after(3);
    stop();
    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    const auto turns = disk->inner.journal_of(*who);
    std::vector<std::string> words;
    for (const auto& one : turns) {
        const auto* what = std::get_if<dialogs::heard>(&one.what);
        if (what != nullptr) words.push_back(std::get<typed_text>(what->message.content).text);
    }
    EXPECT_THAT(words, ElementsAre("saldo", "••••••", "menu"));
    EXPECT_TRUE(disk->inner.waiting_parts().empty());
}

TEST_F(executor_test, pieces_of_somebody_erased_go_with_her) {
    start();
    post_pieces({piece(1, 2, "x")});
    settle();
    stop();
    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    disk->inner.erase_person(*who, from_millis(clock), "operator");
    EXPECT_TRUE(disk->inner.waiting_parts().empty());
}

// The outcome of what expires is opened after the events of its batch.
TEST_F(executor_test, a_stranger_is_not_forgotten_when_something_expires_with_her_message) {
    incoming first{
        .id = identify({"first"}),
        .from = {{identity_kind::phone, "+50277777777"}},
        .what = dialogs::heard{},
    };
    const auto stranger = disk->open(std::span{&first, 1})[0];
    incoming second{.id = identify({"second"}), .party = stranger.party, .what = dialogs::heard{}};
    EXPECT_FALSE(disk->open(std::span{&second, 1})[0].seen);
    batch made;
    made.turns.push_back({.id = first.id, .party = stranger.party, .what = first.what});
    EXPECT_NO_THROW(disk->commit(made));
    EXPECT_EQ(disk->find_party({identity_kind::phone, "+50277777777"}), stranger.party);
}

TEST_F(executor_test, what_is_said_in_reply_leaves_by_no_other_way_and_once) {
    start();
    const auto dial = [&](const std::string& id) {
        std::promise<said_in_reply> answer;
        admission one{.messages = {wrote("menu", id)}};
        one.in_reply = [&](said_in_reply said) { answer.set_value(std::move(said)); };
        EXPECT_TRUE(box.admit(one));
        return answer.get_future().get();
    };
    const auto first = dial("ussd 1 0");
    EXPECT_EQ(first.messages.size(), 2U) << "the card, then the menu";
    EXPECT_TRUE(first.awaits_answer);
    EXPECT_FALSE(first.was_known);
    const auto again = dial("ussd 1 0");
    EXPECT_TRUE(again.messages.empty());
    EXPECT_TRUE(again.was_known);
    stop();
    EXPECT_TRUE(texts.empty());
    EXPECT_TRUE(disk->inner.pending_sends().empty());
}

TEST_F(executor_test, what_the_provider_was_told_is_recorded_and_not_answered) {
    start();
    auto stop_word = wrote("", "stop");
    stop_word.content = told_provider{provider_choice::stop, "STOP"};
    post({wrote("menu", "first"), std::move(stop_word)});
    settle();
    stop();
    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    const auto turns = disk->inner.journal_of(*who);
    ASSERT_EQ(turns.size(), 2U);
    EXPECT_TRUE(turns[1].next.wishes.opted_out);
    EXPECT_TRUE(turns[1].sends.empty());
    ASSERT_EQ(disk->inner.records_of(*who).size(), 1U);
    EXPECT_EQ(disk->inner.records_of(*who)[0].kind, "opt_out");
    EXPECT_EQ(disk->inner.records_of(*who)[0].detail, "provider");
}

TEST_F(executor_test, a_person_gives_a_conversation_back) {
    start();
    const auto released = [&](const std::string& phone) {
        std::promise<agent_answer> answer;
        box.add(agent_request{
            .phone = phone,
            .what = dialogs::agent_acted{.agent = "test", .action = "release"},
            .done = [&](agent_answer how) { answer.set_value(how); }});
        return answer.get_future().get();
    };
    EXPECT_EQ(released("+50299999999"), agent_answer::unknown_person);
    post({wrote("menu")});
    EXPECT_GE(said_after(2).size(), 2U);
    EXPECT_EQ(released(rosas_phone), agent_answer::nothing_to_do);
    post({wrote("persona")});
    const auto before = said_after(3).size();
    EXPECT_EQ(released(rosas_phone), agent_answer::done);
    EXPECT_GE(said_after(before + 2).size(), before + 2) << "she is told, and shown the menu";
    EXPECT_EQ(released(rosas_phone), agent_answer::nothing_to_do);
    stop();

    const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
    ASSERT_TRUE(who);
    EXPECT_TRUE(disk->inner.journal_of(*who).back().next.queue.empty());
}

TEST_F(executor_test, a_silence_ends_by_its_timer) {
    start();
    post({wrote("menu")});
    ASSERT_GE(said_after(1).size(), 1U);
    clock += 31 * 60'000;
    const auto until = std::chrono::steady_clock::now() + 5s;
    post({});  // wakes the writer to the new time
    std::size_t turns = 0;
    while (std::chrono::steady_clock::now() < until && turns < 2) {
        std::promise<std::size_t> count;
        box.add(errand{[&](store&) {
            const auto who = disk->inner.find_party({identity_kind::phone, rosas_phone});
            count.set_value(who ? disk->inner.journal_of(*who).size() : 0);
        }});
        turns = count.get_future().get();
    }
    EXPECT_EQ(turns, 2U);
}

TEST_F(executor_test, what_was_not_sent_leaves_after_a_restart) {
    {
        // Committed, then the process ends before anything is handed out.
        batch one;
        turn made{
            .id = identify({"message", "whatsapp", "m0"}),
            .stamped = from_millis(clock),
            .now = from_millis(clock),
        };
        incoming event{
            .id = made.id,
            .stamped = made.stamped,
            .from = {{identity_kind::phone, rosas_phone}},
            .what = dialogs::heard{.message = wrote("menu", "m0")},
        };
        const auto known = disk->open(std::span{&event, 1});
        made.party = known[0].party;
        made.what = event.what;
        outbox_entry entry{
            .id = disk->next_outbox_id(),
            .party = made.party,
            .queued_at = made.now,
            .expires_at = made.now + 1h,
            .message = {
                .to = {"whatsapp", {identity_kind::phone, rosas_phone}},
                .content = say_text{.text = "waiting"},
            },
        };
        made.sends.push_back(entry);
        one.turns.push_back(std::move(made));
        disk->commit(one);
    }
    disk.reset();
    disk = std::make_unique<refusing_store>(settings());
    start();
    EXPECT_THAT(said_after(1), ElementsAre("waiting"));
}

// ---- what one conversation tells another

constexpr auto officers_phone = "+50255500190";

struct telling_test : executor_test {
    telling_test() {
        staff = {{.id = "staff:Marta", .name = "Marta", .phone = officers_phone, .desks = {"support"}}};
    }
    // The numbers of the cases the officer was told of, turn by turn.
    std::vector<std::string> told_to_officer() {
        std::promise<std::vector<std::string>> all;
        box.add(errand{[&](store&) {
            std::vector<std::string> numbers;
            const auto who = disk->inner.find_party({identity_kind::phone, officers_phone});
            const auto turns = who ? disk->inner.journal_of(*who) : std::vector<turn>{};
            for (const auto& one : turns) {
                const auto* what = std::get_if<dialogs::told>(&one.what);
                if (what == nullptr) continue;
                numbers.push_back(std::get<dialogs::case_news>(what->what).number);
            }
            all.set_value(std::move(numbers));
        }});
        return all.get_future().get();
    }
    // As a crash leaves it between the commit of who tells and the turn of who is told.
    std::vector<std::string> leave_waiting(int many) {
        const auto her = disk->inner.find_party({identity_kind::phone, rosas_phone});
        batch one;
        std::vector<std::string> all;
        for (int i = 1; i <= many; ++i) {
            all.push_back("1-" + std::to_string(i));
            one.told.push_back(
                {.id = i,
                 .event_id = identify({"told", std::to_string(i)}),
                 .by = her.value_or(party_id{}),
                 .to = {.phone = officers_phone},
                 .what = dialogs::case_news{.number = all.back()},
                 .at = from_millis(clock)}
            );
        }
        disk->inner.commit(one);
        return all;
    }
    std::vector<std::string> told_after(std::size_t count) {
        for (int i = 0; i < 5'000 && told_to_officer().size() < count; ++i) {
            std::this_thread::sleep_for(1ms);
        }
        return told_to_officer();
    }
};

TEST_F(telling_test, a_hand_over_opens_a_case_and_an_officer_who_never_wrote_is_told) {
    start();
    post({wrote("persona")});
    EXPECT_EQ(told_after(1), std::vector<std::string>{"1-1"});
    settle();
    EXPECT_TRUE(disk->inner.waiting_told().empty());
    const auto kept = disk->inner.find_case("1-1");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->what.kind, "asked");
    EXPECT_EQ(kept->what.client_name, "Rosa");
    // What she tells goes by her own conversation, once, and no number of hers is in it.
    const auto who = disk->inner.find_party({identity_kind::phone, officers_phone});
    for (const auto& one : disk->inner.journal_of(*who)) {
        for (const auto& sent : one.sends) EXPECT_EQ(sent.party, *who);
    }
}

TEST_F(telling_test, what_was_committed_and_not_yet_told_is_told_after_a_restart_once) {
    start();
    post({wrote("menu")});
    EXPECT_GE(said_after(2).size(), 2U);
    stop();
    const auto all = leave_waiting(3);
    reopen();
    EXPECT_EQ(told_after(3), all);
    settle();
    EXPECT_TRUE(disk->inner.waiting_told().empty());
    reopen();
    settle();
    EXPECT_EQ(told_to_officer(), all);
}

// Of many meetings at once tens of thousands wait: nobody else may wait for all of them.
TEST_F(telling_test, what_waits_to_be_told_is_taken_in_order_and_512_at_a_time) {
    constexpr int many = 600;
    start();
    post({wrote("menu")});
    EXPECT_GE(said_after(2).size(), 2U);
    stop();
    const auto all = leave_waiting(many);
    reopen();
    EXPECT_EQ(told_after(many), all);
    EXPECT_EQ(disk->most_turns, 512U);
}

TEST_F(telling_test, a_disk_that_refuses_neither_loses_nor_repeats_what_is_told) {
    start();
    post({wrote("menu")});
    EXPECT_GE(said_after(2).size(), 2U);
    disk->refuse = 3;
    post({wrote("persona")});
    EXPECT_EQ(told_after(1), std::vector<std::string>{"1-1"});
    settle();
    EXPECT_EQ(told_to_officer(), std::vector<std::string>{"1-1"});
    EXPECT_TRUE(disk->inner.waiting_told().empty());
}

TEST_F(telling_test, where_nobody_has_a_telephone_the_operator_is_told) {
    staff.clear();
    start();
    post({wrote("persona")});
    EXPECT_GE(said_after(1).size(), 1U);
    settle();
    bool noticed = false;
    for (const auto& one : disk->inner.notices(10)) noticed = noticed || one.field == "case.nobody";
    EXPECT_TRUE(noticed);
    EXPECT_TRUE(disk->inner.find_case("1-1"));
}

}  // namespace
}  // namespace tertulia::gateway
