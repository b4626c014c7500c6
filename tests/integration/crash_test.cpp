// Traffic while the gateway is killed at random moments. What must hold however it falls: a message
// answered 200 had exactly one turn, its replies reach the provider once each, and a person's replies
// come in the order of her messages.
//
// The provider plays fair as the real one does: it posts again what was not answered 200, and
// reports a status for whatever it accepted. One seed drives people and kills; the failing one is
// printed. TERTULIA_SEED repeats it.

#include "tests/integration/parts/town.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace tertulia::integration {
namespace {

using nlohmann::json;

std::uint64_t seed_of_this_run() {
    if (const char* fixed = std::getenv("TERTULIA_SEED")) {  // NOLINT(concurrency-mt-unsafe)
        return std::strtoull(fixed, nullptr, 10);
    }
    return std::random_device{}();
}

// What she may write, none of which depends on what was said before, and the first words of each
// reply it brings.
struct saying {
    const char* words;
    std::vector<std::string> replies;
};
const std::vector<saying>& sayings() {
    static const std::vector<saying> all{
        {"menu", {"¿En qué le ayudo?"}},
        {"idioma", {"¿En qué idioma hablamos?"}},
        {"verificar", {"Hace bien en preguntar.", "¿Qué quiere revisar?"}},
        {"alto", {"Listo. Ya no le mandaremos mensajes."}}};
    return all;
}
constexpr auto welcome = "Hola. Soy el asistente de";

// One person with a telephone of her own: writes, waits for the 200, writes again.
class person {
public:
    person(const gateway& house, std::string number, std::uint64_t seed)
        : house_{house}, number_{std::move(number)}, random_{seed} {}

    void write_until(const std::atomic<bool>& over) {
        // The first contact is the one answer that depends on what came before: nothing.
        expected_ = {welcome, sayings().front().replies.front()};
        messages_ = 1;
        bring(webhook_body({text_message(number_, sayings().front().words)}));
        while (!over) write_once();
    }

    [[nodiscard]] const std::string& number() const { return number_; }
    [[nodiscard]] const std::vector<std::string>& expected() const { return expected_; }
    [[nodiscard]] std::size_t messages() const { return messages_; }
    [[nodiscard]] std::size_t repeats() const { return repeats_; }

private:
    void write_once() {
        std::vector<json> post;
        for (auto left = 1 + random_() % 3; left > 0; --left) {
            const auto& one = sayings()[random_() % sayings().size()];
            post.push_back(text_message(number_, one.words));
            expected_.insert(expected_.end(), one.replies.begin(), one.replies.end());
        }
        messages_ += post.size();
        const auto body = webhook_body(post);
        bring(body);
        // Sometimes once more although it was taken.
        if (random_() % 8 == 0) static_cast<void>(deliver(body));
    }

    // Until it is taken.
    void bring(const std::string& body) {
        while (!deliver(body)) {
            ++repeats_;
            std::this_thread::sleep_for(5ms);
        }
    }

    bool deliver(const std::string& body) {
        if (!line_ || !line_->open()) line_ = std::make_unique<http_connection>(house_.port());
        line_->write(request_text(
            "POST", "/webhooks/whatsapp", {{"X-Hub-Signature-256", signature_of(body)}}, body
        ));
        const auto answer = line_->read(20s);
        if (!answer) line_.reset();
        return answer && answer->status == 200;
    }

    const gateway& house_;
    std::string number_;
    std::mt19937_64 random_;
    std::unique_ptr<http_connection> line_{};
    std::vector<std::string> expected_{};
    std::size_t messages_{};
    std::size_t repeats_{};
};

// The replies she got, as the sayings' first words.
std::vector<std::string> heard_by(const provider& meta, const std::string& number) {
    std::vector<std::string> out;
    for (const auto& one : meta.to(number)) {
        auto known = one.text;
        if (one.text.starts_with(welcome)) known = welcome;
        for (const auto& saying : sayings()) {
            for (const auto& reply : saying.replies) {
                if (one.text.starts_with(reply)) known = reply;
            }
        }
        out.push_back(known);
    }
    return out;
}

void expect_same(const std::vector<std::string>& got, const std::vector<std::string>& wanted) {
    EXPECT_EQ(got.size(), wanted.size());
    for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) {
        if (got[i] == wanted[i]) continue;
        ADD_FAILURE() << "reply " << i << " of " << wanted.size() << ": got '" << got[i]
                      << "', wanted '" << wanted[i] << '\'';
        return;
    }
}

// A slow provider leaves a long queue behind: wait as long as it grows shorter.
bool all_arrive(const provider& meta, std::size_t replies) {
    for (std::size_t before = 0;;) {
        const auto more = [&] { return meta.all().size() > before; };
        if (!soon(more, 20s, 50ms)) return false;
        before = meta.all().size();
        if (before >= replies) return true;
    }
}

class crash : public testing::Test {
protected:
    void run_with(int kills, std::size_t people_count, const json& world) {
        const auto seed = seed_of_this_run();
        RecordProperty("seed", std::to_string(seed));
        SCOPED_TRACE("TERTULIA_SEED=" + std::to_string(seed));
        std::mt19937_64 random{seed};
        town here;
        here.meta.control(world);

        std::vector<person> people;
        for (std::size_t i = 0; i < people_count; ++i) {
            people.emplace_back(here.house, std::to_string(50'255'540'000 + i), random());
        }
        std::atomic<bool> over{};
        std::vector<std::thread> writing;
        for (auto& one : people) writing.emplace_back([&] { one.write_until(over); });

        int starts_cut_short = 0;
        for (int i = 0; i < kills; ++i) {
            // Mostly under way; one in five while it still starts and reads the journal back.
            const auto life = milliseconds{random() % 400};
            if (random() % 5 == 0) {
                ++starts_cut_short;
            } else if (!soon([&] { return here.house.ready(); }, 60s, 2ms)) {
                ADD_FAILURE() << "not ready: " << here.house.log();
                break;
            }
            std::this_thread::sleep_for(life);
            if (!here.house.process().running()) {
                ADD_FAILURE() << "it ended by itself: " << here.house.log();
                break;
            }
            here.house.kill();
            here.house.start_only();
        }
        EXPECT_TRUE(soon([&] { return here.house.ready(); }, 60s, 2ms)) << here.house.log();
        over = true;
        for (auto& one : writing) one.join();

        std::size_t messages = 0;
        std::size_t repeats = 0;
        std::size_t replies = 0;
        for (const auto& one : people) {
            messages += one.messages();
            repeats += one.repeats();
            replies += one.expected().size();
        }
        EXPECT_TRUE(all_arrive(here.meta, replies));
        // Long enough for whatever is still unknown to be sent again, if it wrongly were.
        EXPECT_TRUE(stays([&] { return here.meta.all().size() == replies; }, 4s));
        for (const auto& one : people) {
            SCOPED_TRACE(one.number());
            expect_same(heard_by(here.meta, one.number()), one.expected());
        }
        std::map<std::string, int> by_outbox_id;
        for (const auto& one : here.meta.all()) ++by_outbox_id[one.callback];
        for (const auto& [id, times] : by_outbox_id) {
            EXPECT_EQ(times, 1) << "outbox id " << id << " was accepted more than once";
        }
        EXPECT_EQ(here.house.metric("tertulia_dead_letters_total"), 0);
        std::printf(
            "   %d kills (%d while starting), %zu messages, %zu POSTs again, %zu replies\n", kills,
            starts_cut_short, messages, repeats, replies
        );
        if (HasFailure()) std::fprintf(stderr, "%s\n", here.house.log().substr(0, 20'000).c_str());
        EXPECT_EQ(here.house.stop(), 0);
        for (const auto& one : people) expect_replayed(here.house, one.number());
    }

    // Every turn again from its journal row: the same bytes come out.
    static void expect_replayed(const gateway& house, const std::string& number) {
        SCOPED_TRACE(number);
        const auto said = house.replayed("+" + number);
        EXPECT_TRUE(said.ends_with(" turns, 0 different\n")) << said.substr(0, 2'000);
        EXPECT_FALSE(said.ends_with("\n0 turns, 0 different\n")) << "nothing was replayed";
    }
};

TEST_F(crash, what_was_answered_200_is_answered_once_and_in_order) {
    run_with(long_run() ? 120 : 8, 6, {{"sent_ms", 20}, {"delivered_ms", 60}});
}

TEST_F(crash, also_when_the_provider_is_slow_and_its_webhooks_come_twice_and_late) {
    run_with(
        long_run() ? 60 : 5, 6,
        {{"sent_ms", 50},
         {"delivered_ms", 300},
         {"latency_ms", 40},
         {"duplicates", 1},
         {"reorder", true},
         {"webhook_delay_ms", 50}}
    );
}

}  // namespace
}  // namespace tertulia::integration
