// Every trouble of an SMSC: nothing is lost, nothing comes twice whose answer reached us, a line in
// trouble recovers, and the other channels do not notice.

#include "tests/integration/parts/certificate.hpp"
#include "tests/integration/parts/fake_smsc.hpp"
#include "tests/integration/parts/kinds.hpp"
#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

namespace tertulia::integration {
namespace {

using how = fake_reply::how;
using nlohmann::json;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr std::uint32_t throttled = 0x58;
constexpr std::uint32_t queue_full = 0x14;
constexpr std::uint32_t try_again = 0x64;
constexpr std::uint32_t system_error = 0x08;

// What happens to the first submits to one person, one after the other; all others are taken.
class planned {
public:
    fake_reply operator()(const fake_submit& heard) {
        const std::scoped_lock lock{mutex_};
        auto& left = plans_[heard.to];
        if (left.empty()) return {};
        const auto first = left.front();
        left.pop_front();
        return first;
    }
    void plan(const std::string& digits, const std::vector<fake_reply>& what) {
        const std::scoped_lock lock{mutex_};
        plans_[digits] = {what.begin(), what.end()};
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::deque<fake_reply>> plans_{};
};

std::string smpp_row(const std::string& name, std::uint16_t port, const std::string& more = {}) {
    return "{name: " + name + ", type: smpp, host: 127.0.0.1, port: " + std::to_string(port) +
           ", system_id: gwtest, password: secret1, from: \"4040\", rate: 1000/s, pair_rate: 1000/s, "
           "pair_burst: 100000, answer_within: 3, unknown_wait: 6" + more + "}";
}

std::set<std::string> texts_of(const std::vector<fake_smsc::taken>& all) {
    std::set<std::string> out;
    for (const auto& one : all) out.insert(one.what.text);
    return out;
}

// What was taken again although the answer to it had reached us. One part without its answer makes
// the whole go again: where answers are lost, parts prove nothing.
enum class parts : std::uint8_t { count, prove_nothing };
std::vector<std::string> doubled(const std::vector<fake_smsc::taken>& all, parts are) {
    std::set<std::pair<std::string, std::string>> answered;
    std::vector<std::string> out;
    for (const auto& one : all) {
        if (one.what.is_part && are == parts::prove_nothing) continue;
        const std::pair key{one.what.to, one.what.text};
        if (answered.contains(key)) out.push_back(one.what.to + ": " + one.what.text.substr(0, 20));
        if (one.is_answered) answered.insert(key);
    }
    return out;
}

TEST(smpp_faults, nothing_is_lost_or_doubled_and_the_others_do_not_notice) {
    struct trouble {
        const char* name;
        std::vector<fake_reply> answers;
    };
    // An answer is given up after 3 s, and the message made again 6 s later.
    const std::vector<trouble> troubles{
        {"nothing", {}},
        {"throttling_storm", std::vector<fake_reply>(3, {.status = throttled})},
        {"queue_full", std::vector<fake_reply>(2, {.status = queue_full})},
        {"try_again", std::vector<fake_reply>(2, {.status = try_again})},
        {"slow", {{.wait = 2s}}},
        {"late", {{.wait = 4s}}},
        {"no_answer_and_taken", {{.sent = how::silent}}},
        {"no_answer_and_not_taken", {{.sent = how::silent, .is_taken = false}}}};
    // These end the line for everybody on it.
    const std::vector<trouble> breaks{
        {"nothing", {}},
        {"hang_up_taken", {{.sent = how::hang_up}}},
        {"hang_up_not_taken", {{.sent = how::hang_up, .is_taken = false}}},
        {"truncated", {{.sent = how::cut}}},
        {"impossible", {{.sent = how::impossible}}},
        {"slow_when_it_breaks", {{.wait = 500ms}, {.wait = 500ms}}}};
    planned steady_plan;
    planned breaking_plan;
    fake_smsc centre{std::ref(steady_plan)};
    fake_smsc breaking{std::ref(breaking_plan)};
    const auto& vonage = kind_of("vonage");
    std::mutex well_lock;
    std::map<std::string, int> well_got;
    fake_provider well{[&](const fake_request& heard) -> fake_answer {
        const auto send = vonage.read(heard);
        if (!send) return {.body = "{}"};
        const std::scoped_lock lock{well_lock};
        return vonage.yes(*send, ++well_got[send->to]);
    }};
    place where;
    gateway house{where, {}};
    house.configure(
        "channels: [" + smpp_row("centre", centre.port()) + ", " +
        smpp_row("breaking", breaking.port()) + ", " + vonage.row("well", well.url()) + "]"
    );
    house.start();
    ASSERT_TRUE(soon([&] { return centre.is_bound() && breaking.is_bound(); })) << house.log();

    const auto number = [](int line, std::size_t person) {
        return std::to_string(50255'600'000 + line * 1'000 + static_cast<int>(person));
    };
    // She writes again until it is acknowledged, as an SMSC hands over again.
    const auto writes = [&](fake_smsc& on, const std::string& digits) {
        ASSERT_TRUE(soon([&] { return on.is_bound() && on.says(digits, "menu"); }, 60s)) << digits;
    };
    for (std::size_t one = 0; one < troubles.size(); ++one) {
        steady_plan.plan(number(1, one), troubles[one].answers);
        writes(centre, number(1, one));
    }
    for (std::size_t one = 0; one < breaks.size(); ++one) {
        breaking_plan.plan(number(2, one), breaks[one].answers);
        writes(breaking, number(2, one));
    }
    const auto begun = steady_clock::now();
    const auto whole = [&](fake_smsc& on, int line, std::size_t people) {
        const auto expected = texts_of(on.to(number(line, 0)));
        for (std::size_t one = 0; one < people; ++one) {
            const auto got = texts_of(on.to(number(line, one)));
            if (got.size() < 2 || got != expected) return false;
        }
        return true;
    };
    milliseconds longest{0};
    std::size_t visitors = 0;
    const auto all_came = [&] {
        return whole(centre, 1, troubles.size()) && whole(breaking, 2, breaks.size());
    };
    // Long enough for what is late to be late.
    while ((!all_came() || steady_clock::now() - begun < 12s) && steady_clock::now() - begun < 100s) {
        const auto visitor = number(8, visitors++);
        const auto asked = steady_clock::now();
        ASSERT_EQ(
            deliver(house, vonage.says("well", "http://127.0.0.1:" + std::to_string(house.port()),
                                       visitor, "menu", visitor)),
            200
        );
        ASSERT_TRUE(soon(
            [&] {
                const std::scoped_lock lock{well_lock};
                return well_got[visitor] >= 2;
            },
            10s
        ));
        longest = std::max(
            longest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked)
        );
        std::this_thread::sleep_for(200ms);
    }
    EXPECT_LT(longest, 5s);
    for (std::size_t one = 0; one < troubles.size(); ++one) {
        const auto got = centre.to(number(1, one));
        EXPECT_EQ(texts_of(got), texts_of(centre.to(number(1, 0)))) << troubles[one].name;
        const bool is_lost = !troubles[one].answers.empty() &&
                             troubles[one].answers.front().sent == how::silent;
        EXPECT_THAT(doubled(got, is_lost ? parts::prove_nothing : parts::count), testing::IsEmpty())
            << troubles[one].name;
    }
    for (std::size_t one = 0; one < breaks.size(); ++one) {
        EXPECT_EQ(texts_of(breaking.to(number(2, one))), texts_of(breaking.to(number(2, 0))))
            << breaks[one].name;
    }
    EXPECT_THAT(doubled(breaking.all(), parts::prove_nothing), testing::IsEmpty());
    EXPECT_GE(breaking.binds(), 4U) << "the line was made anew each time";
    EXPECT_TRUE(soon([&] { return house.metric("tertulia_outbox_waiting") == 0; }, 20s));
}

// ---- The line is down: what waits, waits; WhatsApp does not notice.

constexpr auto ana = "50255560001";
constexpr auto eva = "50255560002";

struct down {
    const char* name;
    const char* reason;  // as the operator reads it
    bool with_tls{};
    const char* host{"127.0.0.1"};
};
struct smpp_line : testing::TestWithParam<down> {};

TEST_P(smpp_line, that_is_down_holds_its_own_and_gives_it_when_it_is_up) {
    const auto& what = GetParam();
    const std::string name{what.name};
    town here{{}, false};
    make_certificate(here.where / "good.pem", here.where / "good.key", "good");
    make_certificate(here.where / "old.pem", here.where / "old.key", "old", -3'600);
    // Both are trusted: it is the date that is wrong, and nothing else.
    std::ofstream both{here.where / "trusted.pem"};
    for (const auto* file : {"good.pem", "old.pem"}) both << std::ifstream{here.where / file}.rdbuf();
    both.close();
    const auto takes_all = [](const fake_submit&) { return fake_reply{}; };
    std::optional<fake_smsc> centre;
    if (what.with_tls) {
        centre.emplace(takes_all, here.where / "old.pem", here.where / "old.key");
    } else {
        centre.emplace(takes_all);
    }
    if (name == "away") centre->goes();
    if (name == "refused") centre->bind_status_is(system_error);
    const auto channels = [&](const std::string& host) {
        auto row = smpp_row(
            "sms", centre->port(),
            std::string{", fallback_for: [whatsapp]"} +
                (what.with_tls ? ", tls: true, certificate_authorities: trusted.pem" : "")
        );
        row.replace(row.find("127.0.0.1"), 9, host);
        here.house.configure(
            "channels:\n"
            "  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: \"106540352242922\",\n"
            "     access_token: test, app_secret: test_app_secret, verify_token: test_verify_token,\n"
            "     api_base: \"http://127.0.0.1:" + std::to_string(here.meta.port()) +
            "\", api_version: v25.0, rate: 10000/s, pair_rate: 0/s}\n  - " + row + "\n"
        );
    };
    channels(what.host);
    here.house.start();
    ASSERT_TRUE(soon([&] { return here.house.log().find(what.reason) != std::string::npos; }, 20s))
        << here.house.log();
    json refused{{"code", 131026}, {"times", 2}, {"to", ana}};
    here.meta.control({{"errors", json::array({std::move(refused)})}});
    here.house.hears(text_message(ana, "menu"));
    ASSERT_TRUE(soon([&] { return here.meta.state()["errors"].empty(); })) << here.house.log();
    ASSERT_TRUE(soon([&] { return here.house.metric("tertulia_outbox_waiting") >= 2; }));
    EXPECT_EQ(here.says(eva, "menu", 2).size(), 2U) << "WhatsApp goes on";
    EXPECT_TRUE(centre->all().empty());
    EXPECT_EQ(here.house.metric("tertulia_line_up{channel=\"sms\"}"), 0);

    if (name == "unknown_name") {
        ASSERT_EQ(here.house.stop(), 0);
        channels("127.0.0.1");
        here.house.start();
    }
    centre->comes();
    centre->bind_status_is(0);
    if (what.with_tls) centre->certificate_is(here.where / "good.pem", here.where / "good.key");
    ASSERT_TRUE(soon([&] { return centre->to(ana).size() >= 2; }, 40s)) << here.house.log();
    EXPECT_EQ(here.house.metric("tertulia_line_up{channel=\"sms\"}"), 1);
    const auto settled = [&] { return here.house.metric("tertulia_outbox_waiting") == 0; };
    EXPECT_TRUE(soon(settled));
    EXPECT_EQ(texts_of(centre->to(ana)).size(), centre->to(ana).size()) << "once each";
    EXPECT_TRUE(here.meta.to(ana).empty());
}

INSTANTIATE_TEST_SUITE_P(
    every,
    smpp_line,
    testing::Values(
        down{.name = "away", .reason = "sms: not connected to its SMSC"},
        down{.name = "refused", .reason = "the bind was refused: system error"},
        down{.name = "expired_certificate", .reason = "certificate has expired", .with_tls = true},
        down{.name = "unknown_name", .reason = "the host name was not found", .host = "nowhere.invalid"}
    ),
    [](const auto& of) { return std::string{of.param.name}; }
);

// ---- What a receipt says of her

struct smpp_receipts : testing::Test {
    static constexpr auto lucia = "50255560003";
    fake_smsc centre{[](const fake_submit& heard) -> fake_reply {
        if (heard.to == eva) return {.status = 0x0B};
        if (heard.to == lucia) return {.wait = 4s};  // later than an answer may take
        return {};
    }};
    const provider_kind& next = kind_of("vonage");
    std::mutex lock{};
    std::map<std::string, int> got{};
    fake_provider other{[this](const fake_request& heard) -> fake_answer {
        const auto send = next.read(heard);
        if (!send) return {.body = "{}"};
        const std::scoped_lock held{lock};
        return next.yes(*send, ++got[send->to]);
    }};
    place where{};
    gateway house{where, {}};

    void SetUp() override {
        auto row = next.row("other", other.url());
        row.insert(row.size() - 1, ", fallback_for: [sms]");
        house.configure("channels: [" + smpp_row("sms", centre.port()) + ", " + row + "]");
        house.start();
        ASSERT_TRUE(soon([&] { return centre.is_bound(); }));
    }
    int count(const char* of) {
        const std::scoped_lock held{lock};
        return got[of];
    }
    // She writes, and the part whose receipt is asked for arrives there.
    fake_submit told_of(const char* digits) {
        EXPECT_TRUE(centre.says(digits, "menu"));
        fake_submit found;
        EXPECT_TRUE(soon([&] {
            for (const auto& one : centre.to(digits)) {
                if (one.what.wants_receipt) found = one.what;
            }
            return found.wants_receipt;
        })) << house.log();
        return found;
    }
};

TEST_F(smpp_receipts, of_what_did_not_reach_her_send_it_on_by_the_next_channel) {
    ASSERT_TRUE(centre.reports(told_of(ana), "UNDELIV"));
    EXPECT_TRUE(soon([&] { return count(ana) >= 1; })) << house.log();
    constexpr auto marta = "50255560004";
    ASSERT_TRUE(centre.reports(told_of(marta), "REJECTD"));
    EXPECT_TRUE(stays([&] { return count(marta) == 0; }, 1s)) << "that says nothing of her";
    ASSERT_TRUE(centre.says(eva, "menu"));  // no submit to her is taken: a number that is none
    EXPECT_TRUE(soon([&] { return count(eva) >= 1; })) << house.log();
}

TEST_F(smpp_receipts, that_come_before_a_late_answer_wait_for_it) {
    const auto part = told_of(lucia);
    ASSERT_TRUE(centre.reports(part, "UNDELIV"));
    EXPECT_EQ(count(lucia), 0) << "nobody knows yet what it is of";
    EXPECT_TRUE(soon([&] { return count(lucia) >= 1; }, 15s)) << house.log();
}

}  // namespace
}  // namespace tertulia::integration
