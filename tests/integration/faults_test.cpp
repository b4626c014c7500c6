// Every provider in every trouble, all at once: nothing is lost, nothing comes twice where the
// provider lets us know that it had it, a channel in trouble recovers, and the others do not notice.

#include "tests/integration/parts/certificate.hpp"
#include "tests/integration/parts/kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

namespace tertulia::integration {
namespace {

using std::chrono::steady_clock;

// What happens to the first sends to one person, one after the other.
struct fault {
    const char* name{};
    std::vector<fake_answer> answers{};  // status 0: yes, sent as it says
    bool takes{};                        // the provider has the message all the same
};

const std::vector<fault>& faults() {
    using how = fake_answer::how;
    static const std::vector<fault> all{
        {"nothing", {}, false},
        {"storm_429", std::vector<fake_answer>(3, {.status = 429, .body = "{}"}), false},
        {"trouble_5xx", std::vector<fake_answer>(2, {.status = 503, .body = "busy"}), false},
        {"truncated", {{.status = 0, .sent = how::cut}}, true},
        {"no_answer", {{.status = 0, .sent = how::silent}}, true},
        {"slow", {{.status = 0, .wait = 2s}}, true},
        {"timeout", {{.status = 0, .wait = 17s}}, true}};
    return all;
}

// A provider of one type, with a plan for each person and a memory of what it has taken.
class patient {
public:
    explicit patient(const provider_kind& of) : kind{of} {}

    fake_answer answer(const fake_request& heard) {
        const auto send = kind.read(heard);
        if (!send) return empty_list();
        const std::scoped_lock lock{mutex_};
        auto with = next_fault(send->to);
        if (with && with->status != 0) return *with;
        // Infobip knows our id again.
        if (kind.how == tells::by_refusal && !ids_.insert(send->ours).second) {
            return {
                .body = R"({"messages":[{"messageId":")" + send->ours +
                        R"(","status":{"groupId":5,"groupName":"REJECTED","id":23}}]})"};
        }
        taken_.push_back(*send);
        const auto number = static_cast<int>(taken_.size());
        auto yes = kind.yes(*send, number);
        if (!with) return yes;
        yes.sent = with->sent;
        yes.wait = with->wait;
        if (with->sent != fake_answer::how::whole || with->wait > 15s) unheard_.push_back({*send, number});
        return yes;
    }

    void plan(const std::string& digits, const fault& what) {
        const std::scoped_lock lock{mutex_};
        plans_[digits] = {what.answers.begin(), what.answers.end()};
    }
    // What each person got, in order.
    std::vector<std::string> got(const std::string& digits) const {
        const std::scoped_lock lock{mutex_};
        std::vector<std::string> out;
        for (const auto& one : taken_) {
            if (one.to == digits) out.push_back(one.text);
        }
        return out;
    }
    // Taken, and the answer did not arrive: what the provider would report by and by.
    std::vector<std::pair<heard_send, int>> unheard() {
        const std::scoped_lock lock{mutex_};
        return std::exchange(unheard_, {});
    }

    const provider_kind& kind;

private:
    std::optional<fake_answer> next_fault(const std::string& digits) {
        const auto found = plans_.find(digits);
        if (found == plans_.end() || found->second.empty()) return std::nullopt;
        auto first = found->second.front();
        found->second.pop_front();
        return first;
    }
    fake_answer empty_list() const {
        if (kind.type == "twilio") return {.body = R"({"messages":[],"next_page_uri":null})"};
        if (kind.type == "infobip") return {.body = R"({"results":[],"pendingMessageCount":0})"};
        if (kind.type == "africas_talking") return {.body = R"({"SMSMessageData":{"Messages":[]}})"};
        return {.body = R"({"success":true})"};
    }

    mutable std::mutex mutex_;
    std::map<std::string, std::deque<fake_answer>> plans_{};
    std::vector<heard_send> taken_{};
    std::set<std::string> ids_{};
    std::vector<std::pair<heard_send, int>> unheard_{};
};

struct ward {
    explicit ward(const provider_kind& kind, std::string of = {})
        : sick{kind},
          name{of.empty() ? kind.type : std::move(of)},
          peer{[this](const fake_request& heard) { return sick.answer(heard); }} {}
    ward(const provider_kind& kind, const std::filesystem::path& pem, const std::filesystem::path& key)
        : sick{kind},
          name{kind.type},
          peer{[this](const fake_request& heard) { return sick.answer(heard); }, pem, key} {}

    patient sick;
    std::string name;
    fake_provider peer;
};

std::string number_of(std::size_t ward, std::size_t person) {
    return std::to_string(50255'500'000 + ward * 1'000 + person);
}

std::string channels_of(const std::vector<std::unique_ptr<ward>>& all, const std::string& more = {}) {
    std::string out = "channels: [";
    for (const auto& one : all) {
        out += (out.ends_with('[') ? "" : ", ") + one->sick.kind.row(one->name, one->peer.url());
    }
    return out + more + "]";
}

std::string own_url(const gateway& house) {
    return "http://127.0.0.1:" + std::to_string(house.port());
}

int writes(const gateway& house, const ward& on, const std::string& digits) {
    // Ids differ by person and ward; Africa's Talking's are numbers.
    return deliver(house, on.sick.kind.says(on.name, own_url(house), digits, "menu", digits));
}

// Notices of a field by channel, from the database.
std::set<std::string> noticed(const gateway& house, const std::string& field) {
    std::set<std::string> out;
    sqlite3* base = nullptr;
    sqlite3_open_v2(house.database().c_str(), &base, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_busy_timeout(base, 5'000);
    const auto sql = "SELECT DISTINCT channel FROM notices WHERE field = '" + field + "'";
    const auto each = [](void* into, int, char** values, char**) {
        static_cast<std::set<std::string>*>(into)->insert(values[0]);
        return 0;
    };
    sqlite3_exec(base, sql.c_str(), each, &out, nullptr);
    sqlite3_close(base);
    return out;
}

// Reports of what was taken without our hearing of it.
void report(const gateway& house, ward& on) {
    for (const auto& [send, number] : on.sick.unheard()) {
        if (on.sick.kind.delivered == nullptr) continue;
        EXPECT_EQ(
            deliver(house, on.sick.kind.delivered(on.name, own_url(house), send, number)), 200
        ) << on.name;
    }
}

std::set<std::string> as_set(const std::vector<std::string>& all) { return {all.begin(), all.end()}; }

TEST(faults, nothing_is_lost_or_doubled_and_the_others_do_not_notice) {
    place where;
    gateway house{where, {}};
    std::vector<std::unique_ptr<ward>> wards;
    for (const auto& kind : provider_kinds()) wards.push_back(std::make_unique<ward>(kind));
    ward well{kind_of("vonage"), "well"};
    ward nameless{kind_of("twilio"), "nameless"};
    // Its provider's name is not known to any name server, until it is written right.
    const auto others = [&](const std::string& twilio_url) {
        return ", " + well.sick.kind.row("well", well.peer.url()) + ", " +
               nameless.sick.kind.row("nameless", twilio_url);
    };
    house.configure(channels_of(wards, others("http://nowhere.invalid:1")));
    house.start();

    const auto lost_in_dns = number_of(90, 1);
    ASSERT_EQ(writes(house, nameless, lost_in_dns), 200);
    for (std::size_t w = 0; w < wards.size(); ++w) {
        for (std::size_t f = 0; f < faults().size(); ++f) {
            wards[w]->sick.plan(number_of(w, f), faults()[f]);
            ASSERT_EQ(writes(house, *wards[w], number_of(w, f)), 200) << wards[w]->name;
        }
    }
    // One after the other writes on the channel that is well, while the rest is ill.
    milliseconds longest{0};
    std::size_t visitors = 0;
    const auto whole = [&] {
        for (std::size_t w = 0; w < wards.size(); ++w) {
            const auto expected = as_set(wards[w]->sick.got(number_of(w, 0)));
            for (std::size_t f = 0; f < faults().size(); ++f) {
                const auto got = as_set(wards[w]->sick.got(number_of(w, f)));
                if (got.size() < 2 || got != expected) return false;
            }
        }
        return true;
    };
    const auto begun = steady_clock::now();
    while (!whole() && steady_clock::now() - begun < 90s) {
        for (auto& one : wards) report(house, *one);
        const auto visitor = number_of(80, visitors++);
        const auto asked = steady_clock::now();
        ASSERT_EQ(writes(house, well, visitor), 200);
        ASSERT_TRUE(soon([&] { return well.sick.got(visitor).size() >= 2; }, 10s));
        longest = std::max(
            longest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked)
        );
        std::this_thread::sleep_for(100ms);
    }
    EXPECT_LT(longest, 5s);
    EXPECT_GT(visitors, 10U);
    ASSERT_TRUE(soon([&] { return house.metric("tertulia_outbox_waiting") <= 2; }, 20s));

    for (std::size_t w = 0; w < wards.size(); ++w) {
        const auto expected = as_set(wards[w]->sick.got(number_of(w, 0)));
        EXPECT_GE(expected.size(), 2U) << wards[w]->name;
        for (std::size_t f = 0; f < faults().size(); ++f) {
            const auto told = wards[w]->name + std::string{" "} + faults()[f].name;
            const auto got = wards[w]->sick.got(number_of(w, f));
            EXPECT_EQ(as_set(got), expected) << told;
            const bool may_double = wards[w]->sick.kind.how == tells::nothing && faults()[f].takes;
            EXPECT_LE(got.size(), expected.size() + (may_double ? 1U : 0U)) << told;
        }
    }
    // What could not leave has not been forgotten.
    EXPECT_TRUE(nameless.sick.got(lost_in_dns).empty());
    ASSERT_EQ(house.stop(), 0);
    house.configure(channels_of(wards, others(nameless.peer.url())));
    house.start();
    EXPECT_TRUE(soon([&] { return nameless.sick.got(lost_in_dns).size() >= 2; }, 20s)) << house.log();
    EXPECT_EQ(
        nameless.sick.got(lost_in_dns).size(), as_set(nameless.sick.got(lost_in_dns)).size()
    );
}

TEST(faults, an_expired_certificate_opens_the_breaker_and_a_good_one_closes_it) {
    constexpr std::size_t people = 6;
    place where;
    make_certificate(where / "good.pem", where / "good.key", "good");
    make_certificate(where / "old.pem", where / "old.key", "old", -3'600);
    // Both are trusted: it is the date that is wrong, and nothing else.
    std::ofstream both{where / "trusted.pem"};
    for (const auto* name : {"good.pem", "old.pem"}) both << std::ifstream{where / name}.rdbuf();
    both.close();
    ::setenv("SSL_CERT_FILE", (where / "trusted.pem").c_str(), 1);  // NOLINT: no thread yet
    gateway house{where, {}};
    std::vector<std::unique_ptr<ward>> wards;
    for (const auto& kind : provider_kinds()) {
        wards.push_back(std::make_unique<ward>(kind, where / "old.pem", where / "old.key"));
    }
    house.configure(channels_of(wards));
    house.start();
    ::unsetenv("SSL_CERT_FILE");  // NOLINT
    for (std::size_t w = 0; w < wards.size(); ++w) {
        for (std::size_t p = 0; p < people; ++p) {
            ASSERT_EQ(writes(house, *wards[w], number_of(w, p)), 200);
        }
    }
    std::set<std::string> names;
    for (const auto& one : wards) names.insert(one->name);
    ASSERT_TRUE(soon([&] { return noticed(house, "delivery.breaker_open") == names; }, 20s))
        << house.log();
    // While it is open nobody knocks more than now and then.
    std::vector<std::size_t> knocks;
    for (const auto& one : wards) knocks.push_back(one->peer.handshakes_failed());
    std::this_thread::sleep_for(2s);
    for (std::size_t w = 0; w < wards.size(); ++w) {
        EXPECT_LE(wards[w]->peer.handshakes_failed(), knocks[w] + 3) << wards[w]->name;
        EXPECT_TRUE(wards[w]->sick.got(number_of(w, 0)).empty());
        wards[w]->peer.certificate_is(where / "good.pem", where / "good.key");
    }
    const auto all_answered = [&] {
        for (std::size_t w = 0; w < wards.size(); ++w) {
            for (std::size_t p = 0; p < people; ++p) {
                if (wards[w]->sick.got(number_of(w, p)).size() < 2) return false;
            }
        }
        return true;
    };
    EXPECT_TRUE(soon(all_answered, 40s)) << house.log();
    EXPECT_TRUE(soon([&] { return noticed(house, "delivery.breaker_closed") == names; }, 10s));
    for (std::size_t w = 0; w < wards.size(); ++w) {
        for (std::size_t p = 0; p < people; ++p) {
            const auto got = wards[w]->sick.got(number_of(w, p));
            EXPECT_EQ(got.size(), as_set(got).size()) << wards[w]->name;
        }
    }
}

}  // namespace
}  // namespace tertulia::integration
