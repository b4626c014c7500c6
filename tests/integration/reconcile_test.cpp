// What never reached us is on the provider's list: it is heard once, whatever else brings it too,
// and a send that got no answer is found there instead of being made again.

#include "tests/integration/parts/kinds.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <map>
#include <mutex>
#include <set>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using std::chrono::system_clock;
using testing::HasSubstr;

// A Twilio whose list a test writes and whose answers it bends.
class listing {
public:
    fake_answer answer(const fake_request& heard) {
        const std::scoped_lock lock{mutex_};
        if (const auto send = twilio.read(heard)) {
            sends_.push_back(*send);
            const auto number = static_cast<int>(sends_.size());
            if (list_sends_) {
                auto sid = std::to_string(number);
                sid.insert(0, 32 - sid.size(), '0');
                rows_.insert(
                    rows_.begin(),
                    twilio_row("SM" + sid, send->to, send->text, "delivered", system_clock::now())
                );
            }
            auto yes = twilio.yes(*send, number);
            if (lose_ > 0) {
                --lose_;
                yes.sent = fake_answer::how::silent;
            }
            return yes;
        }
        if (!trouble_.empty()) {
            auto first = trouble_.front();
            trouble_.erase(trouble_.begin());
            if (first.status != 0) return first;
        }
        return page(heard.target);
    }

    void list(const std::string& row) {
        const std::scoped_lock lock{mutex_};
        rows_.push_back(row);
    }
    void bend(std::vector<fake_answer> with) {
        const std::scoped_lock lock{mutex_};
        trouble_ = std::move(with);
    }
    void lose_answers(int count, bool list_sends) {
        const std::scoped_lock lock{mutex_};
        lose_ = count;
        list_sends_ = list_sends;
    }
    std::vector<heard_send> sends() const {
        const std::scoped_lock lock{mutex_};
        return sends_;
    }
    std::map<std::string, std::size_t> by_person() const {
        std::map<std::string, std::size_t> out;
        for (const auto& one : sends()) ++out[one.to];
        return out;
    }

private:
    // Two rows a page.
    fake_answer page(const std::string& target) const {
        const auto mark = target.find("&Page=");
        const auto number = mark == std::string::npos ? 0UL : std::stoul(target.substr(mark + 6));
        std::string rows;
        for (auto i = number * 2; i < rows_.size() && i < number * 2 + 2; ++i) {
            rows += (rows.empty() ? "" : ",") + rows_[i];
        }
        const auto path = target.substr(0, target.find('?'));
        const bool more = rows_.size() > number * 2 + 2;
        const auto next = more ? "\"" + path + "?PageSize=2&Page=" + std::to_string(number + 1) + "\""
                               : std::string{"null"};
        return {.body = "{\"messages\":[" + rows + "],\"next_page_uri\":" + next + "}"};
    }

    const provider_kind& twilio = kind_of("twilio");
    mutable std::mutex mutex_;
    std::vector<std::string> rows_{};
    std::vector<heard_send> sends_{};
    std::vector<fake_answer> trouble_{};
    int lose_{};
    bool list_sends_{};
};

struct reconcile : testing::Test {
    listing twilio{};
    fake_provider peer{[this](const fake_request& heard) { return twilio.answer(heard); }};
    place where{};
    gateway house{where, {}};

    reconcile() {
        house.configure("channels: [" + kind_of("twilio").row("sms", peer.url()) + "]");
    }
    std::string own_url() const { return "http://127.0.0.1:" + std::to_string(house.port()); }
    int webhook(const std::string& digits, const std::string& text, const std::string& sid) {
        return deliver(house, kind_of("twilio").says("sms", own_url(), digits, text, sid));
    }
    double recovered(const std::string& what) const {
        return house.metric("tertulia_recovered_total{channel=\"sms\",what=\"" + what + "\"}");
    }
    double polls(const std::string& outcome) const {
        return house.metric("tertulia_polls_total{channel=\"sms\",outcome=\"" + outcome + "\"}");
    }
    std::size_t lists_asked() const {
        std::size_t count = 0;
        for (const auto& one : peer.asked()) count += one.method == "GET" ? 1U : 0U;
        return count;
    }
    // Started, has looked once, and stopped again.
    void open_for_business() {
        house.start();
        ASSERT_TRUE(soon([&] { return polls("read") >= 1; })) << house.log();
        ASSERT_EQ(house.stop(), 0);
    }
};

const std::string ana = "50255560001";
const std::string eva = "50255560002";
const std::string ida = "50255560003";

TEST_F(reconcile, what_was_written_during_a_stop_is_heard_exactly_once_afterwards) {
    open_for_business();
    twilio.list(twilio_row("SM-a", ana, "menu", "received", system_clock::now()));
    twilio.list(twilio_row("SM-b", eva, "menu", "received", system_clock::now()));
    twilio.list(twilio_row("SM-c", ida, "menu", "received", system_clock::now()));
    // Before we were there at all, and so somebody else's.
    twilio.list(twilio_row("SM-0", "50255560009", "menu", "received", system_clock::now() - 1h));
    house.start();
    ASSERT_TRUE(soon([&] { return recovered("message") == 3; })) << house.log();
    ASSERT_TRUE(soon([&] { return twilio.by_person().size() == 3; })) << house.log();
    ASSERT_TRUE(soon([&] { return house.metric("tertulia_outbox_waiting") == 0; }));
    const auto heard = twilio.by_person();
    EXPECT_FALSE(heard.contains("50255560009"));

    // Twilio's own retry comes after all.
    EXPECT_EQ(webhook(ana, "menu", "SM-a"), 200);
    EXPECT_EQ(webhook(eva, "menu", "SM-b"), 200);
    ASSERT_EQ(house.stop(), 0);
    house.start();
    ASSERT_TRUE(soon([&] { return polls("read") >= 2; })) << house.log();
    EXPECT_TRUE(stays([&] { return twilio.by_person() == heard; }, 500ms));
    EXPECT_EQ(recovered("message"), 0);
    // What came by webhook first is not heard from the list either.
    EXPECT_EQ(webhook(ana, "menu", "SM-d"), 200);
    ASSERT_TRUE(soon([&] { return twilio.by_person()[ana] > heard.at(ana); }));
    ASSERT_TRUE(soon([&] { return house.metric("tertulia_outbox_waiting") == 0; }));
    const auto again = twilio.by_person();
    twilio.list(twilio_row("SM-d", ana, "menu", "received", system_clock::now()));
    house.kill();
    house.start();
    ASSERT_TRUE(soon([&] { return polls("read") >= 3; })) << house.log();
    EXPECT_TRUE(stays([&] { return twilio.by_person() == again; }, 500ms));
}

TEST_F(reconcile, a_list_that_fails_is_asked_again_and_goes_on_at_its_page) {
    open_for_business();
    for (const auto& [sid, who] : {std::pair{"SM-a", ana}, {"SM-b", eva}, {"SM-c", ida}}) {
        twilio.list(twilio_row(sid, who, "menu", "received", system_clock::now()));
    }
    twilio.bend(
        {{.status = 429, .body = "{}", .headers = {{"Retry-After", "1"}}},
         {.status = 0},  // the first page, as it is
         {.body = R"({"messages":[{"sid":"SM-c"}],"next_page_uri":null})",
          .sent = fake_answer::how::cut}}
    );
    const auto before = peer.asked().size();
    house.start();
    ASSERT_TRUE(soon([&] { return recovered("message") == 3; }, 20s)) << house.log();
    EXPECT_EQ(polls("failed"), 2);
    std::vector<std::string> pages;
    for (const auto& one : peer.asked()) {
        if (one.method != "GET") continue;
        pages.push_back(one.target.find("&Page=1") == std::string::npos ? "first" : "second");
    }
    pages.erase(pages.begin(), pages.end() - 4);
    EXPECT_THAT(pages, testing::ElementsAre("first", "first", "second", "second"));
    EXPECT_GE(peer.asked().size(), before + 4);
}

TEST_F(reconcile, a_list_we_may_not_read_is_told_and_not_hammered_and_the_channel_lives) {
    twilio.bend(std::vector<fake_answer>(50, {.status = 401, .body = R"({"code":20003})"}));
    house.start();
    ASSERT_TRUE(soon([&] { return polls("failed") == 1; })) << house.log();
    EXPECT_THAT(house.log(), HasSubstr("sms: its list was not given (status 401)"));
    EXPECT_EQ(webhook(ana, "menu", "SM-a"), 200);
    ASSERT_TRUE(soon([&] { return twilio.by_person()[ana] > 0; })) << house.log();
    EXPECT_TRUE(stays([&] { return lists_asked() == 1; }, 3s));
}

TEST_F(reconcile, a_send_without_an_answer_is_found_on_the_list_and_not_made_again) {
    open_for_business();
    house.start();
    twilio.lose_answers(1, true);
    EXPECT_EQ(webhook(ana, "menu", "SM-a"), 200);
    ASSERT_TRUE(soon([&] { return recovered("send") == 1; }, 10s)) << house.log();
    ASSERT_TRUE(soon([&] { return house.metric("tertulia_outbox_waiting") == 0; }));
    const auto all = twilio.sends();
    // Longer than unknown_wait: nothing comes a second time.
    EXPECT_TRUE(stays([&] { return twilio.sends().size() == all.size(); }, 7s));
    std::set<std::string> ids;
    for (const auto& one : all) EXPECT_TRUE(ids.insert(one.ours).second) << one.text;
}

TEST_F(reconcile, a_send_the_list_does_not_show_is_made_again_for_who_waits) {
    open_for_business();
    house.start();
    twilio.lose_answers(1, false);
    EXPECT_EQ(webhook(ana, "menu", "SM-a"), 200);
    const auto twice = [&] {
        const auto all = twilio.sends();
        return all.size() > 1 && all[0].ours == all[1].ours;
    };
    EXPECT_TRUE(soon(twice, 15s)) << house.log();
    EXPECT_EQ(recovered("send"), 0);
}

TEST_F(reconcile, a_crash_between_a_call_and_its_answer_is_settled_by_the_list) {
    open_for_business();
    house.start();
    twilio.lose_answers(1, true);
    EXPECT_EQ(webhook(ana, "menu", "SM-a"), 200);
    ASSERT_TRUE(soon([&] { return !twilio.sends().empty(); }));
    house.kill();
    house.start();
    ASSERT_TRUE(soon([&] { return recovered("send") == 1; }, 10s)) << house.log();
    EXPECT_TRUE(stays(
        [&] {
            std::set<std::string> ids;
            for (const auto& one : twilio.sends()) {
                if (!ids.insert(one.ours).second) return false;
            }
            return true;
        },
        7s
    ));
}

// ---- the other two

std::string now_in_iso() {
    const auto now = system_clock::to_time_t(system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char out[32];
    std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return out;
}

TEST(reconcile_of_others, infobips_inbox_is_read_to_its_end_and_then_its_log) {
    const auto& kind = kind_of("infobip");
    std::mutex mutex;
    std::vector<std::string> inbox;
    std::vector<heard_send> sends;
    fake_provider peer{[&](const fake_request& heard) -> fake_answer {
        const std::scoped_lock lock{mutex};
        if (const auto send = kind.read(heard)) {
            sends.push_back(*send);
            return kind.yes(*send, static_cast<int>(sends.size()));
        }
        if (heard.target.starts_with("/sms/3/logs")) {
            return {.body = R"({"results":[],"cursor":{"limit":1000,"nextCursor":null}})"};
        }
        // Each message is handed out once.
        std::string one;
        if (!inbox.empty()) {
            one = inbox.front();
            inbox.erase(inbox.begin());
        }
        return {
            .body = "{\"results\":[" + one + "],\"messageCount\":1,\"pendingMessageCount\":" +
                    std::to_string(inbox.size()) + "}"};
    }};
    place where;
    gateway house{where, {}};
    house.configure("channels: [" + kind.row("sms", peer.url()) + "]");
    for (const auto& [id, who] : {std::pair{"ib-1", ana}, {"ib-2", eva}, {"ib-3", ida}}) {
        const auto call = kind.says("sms", "", who, "menu", id);
        inbox.push_back(json::parse(call.body)["results"][0].dump());
    }
    house.start();
    const std::string count = "tertulia_recovered_total{channel=\"sms\",what=\"message\"}";
    ASSERT_TRUE(soon([&] { return house.metric(count) == 3; })) << house.log();
    EXPECT_EQ(deliver(house, kind.says("sms", "", ana, "menu", "ib-1")), 200);
    EXPECT_TRUE(soon([&] { return house.metric("tertulia_duplicates_total") == 1; }));
    EXPECT_TRUE(soon([&] {
        const auto asked = peer.asked();
        return std::ranges::any_of(asked, [](const fake_request& one) {
            return one.target.find("/sms/3/logs?") != std::string::npos;
        });
    }));
}

TEST(reconcile_of_others, africas_talkings_list_goes_on_behind_the_last_id) {
    const auto& kind = kind_of("africas_talking");
    std::mutex mutex;
    std::vector<int> ids{11, 12};
    std::vector<std::string> asked;
    fake_provider peer{[&](const fake_request& heard) -> fake_answer {
        const std::scoped_lock lock{mutex};
        if (const auto send = kind.read(heard)) return kind.yes(*send, 1);
        const auto after = heard.target.substr(heard.target.find("lastReceivedId=") + 15);
        asked.push_back(after);
        std::string rows;
        for (const auto id : ids) {
            if (id <= std::stoi(after)) continue;
            rows += (rows.empty() ? "" : ",") +
                    json{{"linkId", "l"}, {"text", "menu"}, {"to", "40404"}, {"id", id},
                         {"date", now_in_iso()}, {"from", "+" + std::to_string(50255560000 + id)}}
                        .dump();
        }
        return {.body = "{\"SMSMessageData\":{\"Messages\":[" + rows + "]}}"};
    }};
    place where;
    gateway house{where, {}};
    house.configure("channels: [" + kind.row("sms", peer.url()) + "]");
    const std::string count = "tertulia_recovered_total{channel=\"sms\",what=\"message\"}";
    const std::string read = "tertulia_polls_total{channel=\"sms\",outcome=\"read\"}";
    house.start();
    ASSERT_TRUE(soon([&] { return house.metric(read) == 2; })) << house.log();
    EXPECT_EQ(house.metric(count), 2);
    house.kill();
    {
        const std::scoped_lock lock{mutex};
        ids.push_back(13);
    }
    house.start();
    ASSERT_TRUE(soon([&] { return house.metric(read) == 2; })) << house.log();
    EXPECT_EQ(house.metric(count), 1);
    const std::scoped_lock lock{mutex};
    EXPECT_THAT(asked, testing::ElementsAre("0", "12", "12", "13"));
}

}  // namespace
}  // namespace tertulia::integration
