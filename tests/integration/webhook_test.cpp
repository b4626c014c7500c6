// The provider's door of the running gateway: who may knock, what is taken, and that what was
// answered 200 is handled once and only once.

#include "tests/integration/parts/certificate.hpp"
#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <map>
#include <sstream>

#include <sqlite3.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto door = "/webhooks/whatsapp";

std::optional<http_answer> handshake(const gateway& house, const std::string& query) {
    return ask(house.port(), "GET", std::string{door} + '?' + query);
}

// Posts the bytes with that header; the status.
int post_signed(const gateway& house, std::string_view body, const std::string& signature) {
    headers fields{{"Content-Type", "application/json"}};
    if (!signature.empty()) fields.emplace_back("X-Hub-Signature-256", signature);
    const auto answer = ask(house.port(), "POST", door, fields, body);
    return answer ? answer->status : 0;
}

std::string answered(int status) {
    return "tertulia_webhooks_total{answer=\"" + std::to_string(status) +
           "\",channel=\"whatsapp\"}";
}

// Every row of every table of the database file, counted: what "no trace" means.
std::map<std::string, std::int64_t> rows(const gateway& house) {
    std::map<std::string, std::int64_t> out;
    sqlite3* base = nullptr;
    EXPECT_EQ(
        sqlite3_open_v2(house.database().c_str(), &base, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK
    );
    sqlite3_busy_timeout(base, 5'000);
    const auto each = [](void* into, int, char** values, char**) {
        (*static_cast<std::map<std::string, std::int64_t>*>(into))[values[0]] = -1;
        return 0;
    };
    sqlite3_exec(
        base, "SELECT name FROM sqlite_master WHERE type = 'table'", each, &out, nullptr
    );
    for (auto& [table, count] : out) {
        sqlite3_stmt* statement = nullptr;
        const auto sql = "SELECT count(*) FROM \"" + table + '"';
        if (sqlite3_prepare_v2(base, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW) {
            count = sqlite3_column_int64(statement, 0);
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(base);
    return out;
}

// ---- the handshake

TEST(webhook, the_handshake_gives_back_the_challenge_and_only_that) {
    const town here;
    const auto answer = handshake(
        here.house, "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=test_verify_token"
    );
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "1158201444");
    EXPECT_THAT(answer->headers.at("content-type"), HasSubstr("text/plain"));
}

TEST(webhook, a_handshake_may_be_percent_encoded_and_its_challenge_any_text) {
    const town here;
    const auto answer = handshake(
        here.house,
        "hub%2Emode=subscribe&hub%2Echallenge=a%2Fb%20c%2Bd%3D&hub%2Everify_token=test%5Fverify%5Ftoken"
    );
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "a/b c+d=");
}

TEST(webhook, a_handshake_with_another_token_or_none_is_refused) {
    const town here;
    for (const auto* query :
         {"hub.mode=subscribe&hub.challenge=77&hub.verify_token=guess",
          "hub.mode=subscribe&hub.challenge=77", "hub.challenge=77&hub.verify_token=", "",
          "hub.mode=subscribe&hub.challenge=77&hub.verify_token=test_verify_token_"}) {
        const auto answer = handshake(here.house, query);
        ASSERT_TRUE(answer) << query;
        EXPECT_EQ(answer->status, 403) << query;
        EXPECT_THAT(answer->body, Not(HasSubstr("77"))) << query;
    }
}

// ---- the signature

struct vector_of_signature {
    const char* body;
    const char* digest;
    int status;
};

TEST(webhook, the_known_signatures_are_accepted_over_exactly_these_bytes) {
    const town here;
    // The first two are callbacks; the others are signed well and are none: 400, not 401.
    const vector_of_signature all[]{
        {R"({"object":"whatsapp_business_account","entry":[]})",
         "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756", 200},
        {R"({"object": "whatsapp_business_account", "entry": []})",
         "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a", 200},
        {R"({"t":"\u00e4\u00f6\u00e5"})",
         "8cc2a80f11313ef9c69ca05a132f3f266a992c9b43953c1a520861f142a45c7a", 400},
        {"{\"t\":\"\xC3\xA4\xC3\xB6\xC3\xA5\"}",
         "07b8dabf93a804e697507061549bf1050a7e7efcff37c84effe4818d2a4f9c3e", 400}};
    for (const auto& one : all) {
        EXPECT_EQ(post_signed(here.house, one.body, std::string{"sha256="} + one.digest), one.status)
            << one.body;
    }
    // One vector's digest does not serve another's bytes.
    for (std::size_t i = 0; i < std::size(all); ++i) {
        const auto& other = all[(i + 1) % std::size(all)];
        EXPECT_EQ(
            post_signed(here.house, all[i].body, std::string{"sha256="} + other.digest), 401
        );
    }
}

TEST(webhook, a_wrong_or_missing_signature_is_401_and_leaves_nothing_but_the_count) {
    town here;
    here.says("50255519001", "menu", 2);
    ASSERT_TRUE(soon([&] { return here.house.metric("tertulia_outbox_waiting") == 0; }));
    here.meta.control({{"sent_ms", nullptr}, {"delivered_ms", nullptr}});
    // The statuses of the reply above are in before the rows are counted.
    ASSERT_TRUE(soon([&] {
        return here.meta.state().at("counters").at("webhooks_waiting") == 0;
    })) << here.meta.state().dump();
    // And so is what it asks of its account as it starts, late where the machine is busy.
    auto before = rows(here.house);
    ASSERT_TRUE(soon([&] {
        before = rows(here.house);
        return stays([&] { return rows(here.house) == before; }, 500ms);
    }));
    const auto body = webhook_body({text_message("50255519001", "menu")});
    const auto good = signature_of(body);

    EXPECT_EQ(post_signed(here.house, body, ""), 401);
    EXPECT_EQ(post_signed(here.house, body, signature_of(body, "another secret")), 401);
    EXPECT_EQ(post_signed(here.house, body, signature_of(body + ' ')), 401);
    EXPECT_EQ(post_signed(here.house, body, good.substr(7)), 401);
    EXPECT_EQ(post_signed(here.house, body, good.substr(0, good.size() - 1)), 401);
    EXPECT_EQ(post_signed(here.house, body, good + "00"), 401);
    EXPECT_EQ(post_signed(here.house, "", ""), 401);

    EXPECT_EQ(here.house.metric(answered(401)), 7);
    // The operator reads what to compare, and not once for each of them.
    const auto log = here.house.log();
    EXPECT_THAT(log, testing::HasSubstr("its signature is not right (1 so far). X-Hub-Signature-256"));
    EXPECT_THAT(log, testing::HasSubstr("(4 so far)"));
    EXPECT_THAT(log, testing::Not(testing::HasSubstr("(3 so far)")));
    EXPECT_EQ(rows(here.house), before);
    EXPECT_EQ(here.house.metric("tertulia_events_total"), 1);
    EXPECT_EQ(here.meta.to("50255519001").size(), 2U);
}

TEST(webhook, both_secrets_are_good_while_one_replaces_the_other) {
    town here{{.app_secrets = {"new secret", std::string{app_secret}}}};
    const auto by = [&](const char* secret) {
        const auto body = webhook_body({text_message("50255519002", "menu")});
        return post_signed(here.house, body, signature_of(body, secret));
    };
    EXPECT_EQ(by("new secret"), 200);
    EXPECT_EQ(by("test_app_secret"), 200);
    EXPECT_EQ(by("third secret"), 401);
    EXPECT_EQ(here.meta.to("50255519002", 3).size(), 3U);  // welcome, menu, menu
}

// ---- what is not for us

TEST(webhook, another_number_and_unknown_fields_are_taken_and_not_answered) {
    town here;
    EXPECT_EQ(
        here.house.post(webhook_body({text_message("50255519003", "menu")}, "999000111222333")), 200
    );
    EXPECT_EQ(
        here.house.post(
            webhook_body({text_message("50255519003", "menu")}, phone_number_id, "from_tomorrow")),
        200
    );
    EXPECT_EQ(here.house.metric("tertulia_events_total"), 0);
    EXPECT_EQ(
        here.house.metric(
            "tertulia_channel_notices_total{channel=\"whatsapp\",field=\"from_tomorrow\"}"),
        1
    );
    // A later message of the same person shows that nothing of it was waiting.
    const auto said = here.says("50255519003", "menu", 2);
    EXPECT_EQ(here.meta.to("50255519003").size(), 2U);
}

TEST(webhook, a_broken_element_does_not_take_its_batch_with_it) {
    town here;
    std::vector<json> batch{
        text_message("50255519004", "menu"), json::object(), json("a string"),
        {{"from", 5}, {"id", {{"x", 1}}}, {"timestamp", "soon"}, {"type", "text"}},
        text_message("50255519005", "menu")};
    EXPECT_EQ(here.house.post(webhook_body(batch)), 200);
    EXPECT_EQ(here.meta.to("50255519004", 2).size(), 2U);
    EXPECT_EQ(here.meta.to("50255519005", 2).size(), 2U);
    EXPECT_EQ(here.house.metric("tertulia_malformed_elements_total{channel=\"whatsapp\"}"), 3);
}

// ---- many, and again

TEST(webhook, a_thousand_messages_in_one_post_are_all_answered) {
    town here;
    here.meta.control({{"sent_ms", nullptr}, {"delivered_ms", nullptr}});
    std::vector<json> batch;
    for (int i = 0; i < 1'000; ++i) {
        batch.push_back(text_message("5025552" + std::to_string(1'000 + i), "menu"));
    }
    EXPECT_EQ(here.house.post(webhook_body(batch)), 200);
    ASSERT_TRUE(soon([&] { return here.meta.all().size() >= 2'000; }, 120s, 100ms))
        << here.meta.all().size();
    std::map<std::string, int> count;
    for (const auto& one : here.meta.all()) ++count[one.to];
    EXPECT_EQ(count.size(), 1'000U);
    for (const auto& [who, messages] : count) EXPECT_EQ(messages, 2) << who;
}

TEST(webhook, a_message_delivered_again_is_answered_once) {
    town here;
    const auto body = webhook_body({text_message("50255519006", "menu")});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(here.house.post(body), 200);
    // In other company, and twice in one POST.
    const auto again = text_message("50255519006", "menu");
    EXPECT_EQ(here.house.post(webhook_body({again, again})), 200);
    // Side by side on connections of their own.
    const auto third = webhook_body({text_message("50255519006", "menu")});
    std::vector<std::unique_ptr<http_connection>> open;
    for (int i = 0; i < 8; ++i) {
        open.push_back(std::make_unique<http_connection>(here.house.port()));
        open.back()->write(request_text(
            "POST", door, {{"X-Hub-Signature-256", signature_of(third)}}, third
        ));
    }
    for (auto& one : open) {
        const auto answer = one->read();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
    }
    EXPECT_EQ(here.meta.to("50255519006", 4).size(), 4U);  // welcome and three menus
    EXPECT_EQ(here.house.metric("tertulia_duplicates_total"), 4 + 1 + 7);
    EXPECT_TRUE(stays([&] { return here.meta.to("50255519006").size() == 4; }, 300ms));
}

TEST(webhook, a_message_delivered_again_after_a_restart_is_answered_once) {
    town here;
    const auto body = webhook_body({text_message("50255519007", "menu")});
    EXPECT_EQ(here.house.post(body), 200);
    ASSERT_EQ(here.meta.to("50255519007", 2).size(), 2U);
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_EQ(here.house.post(body), 200);
    EXPECT_EQ(here.house.metric("tertulia_duplicates_total"), 1);
    here.house.kill();
    here.house.start();
    EXPECT_EQ(here.house.post(body), 200);
    EXPECT_EQ(here.house.metric("tertulia_duplicates_total"), 1);
    EXPECT_TRUE(stays([&] { return here.meta.to("50255519007").size() == 2; }, 300ms));
}

// Somebody else holds the database: a backup gone wrong, an operator's shell. As good as a full disk.
class database_lock {
public:
    explicit database_lock(const gateway& house) {
        EXPECT_EQ(sqlite3_open(house.database().c_str(), &base_), SQLITE_OK);
        sqlite3_busy_timeout(base_, 5'000);
        EXPECT_EQ(sqlite3_exec(base_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    }
    ~database_lock() { sqlite3_close(base_); }
    database_lock(const database_lock&) = delete;
    database_lock& operator=(const database_lock&) = delete;

private:
    sqlite3* base_{};
};

void expect_busy(const std::optional<http_answer>& answer) {
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_THAT(answer->headers.at("retry-after"), Not(IsEmpty()));
    EXPECT_THAT(answer->headers.at("content-type"), HasSubstr("application/problem+json"));
}

TEST(webhook, while_the_store_cannot_write_everybody_is_told_to_come_back) {
    town here;
    here.says("50255519020", "menu", 2);
    const auto first = webhook_body({text_message("50255519020", "menu")});
    const auto second = webhook_body({text_message("50255519021", "menu")});
    const auto knock = [&](const std::string& body) {
        return ask(
            here.house.port(), "POST", door, {{"X-Hub-Signature-256", signature_of(body)}}, body, 40s
        );
    };
    {
        const database_lock held{here.house};
        expect_busy(knock(first));   // waited for its commit
        expect_busy(knock(second));  // was not even admitted
        EXPECT_FALSE(here.house.ready());
        EXPECT_EQ(here.meta.to("50255519020").size(), 2U);
    }
    EXPECT_TRUE(soon([&] { return here.house.ready(); }, 30s)) << here.house.log();
    // The provider comes back with both. The first was in memory all the time: still one turn.
    EXPECT_EQ(knock(first).value().status, 200);
    EXPECT_EQ(knock(second).value().status, 200);
    EXPECT_EQ(here.meta.to("50255519020", 3).size(), 3U);
    EXPECT_EQ(here.meta.to("50255519021", 2).size(), 2U);
    EXPECT_TRUE(stays([&] { return here.meta.all().size() == 5; }, 300ms));
}

TEST(webhook, a_full_queue_says_503_and_when_to_come_back_and_keeps_nothing_of_it) {
    town here;
    // More than the queue's weight, while the writer waits for the database. Reactions are messages
    // that nobody answers; the same ones every time, since it is the queue that is tried here.
    std::vector<json> batch;
    for (int i = 0; i < 6'000; ++i) {
        batch.push_back(text_message("5025554" + std::to_string(1'000 + i % 50), ""));
        batch.back()["type"] = "reaction";
        batch.back()["reaction"] = {{"message_id", "wamid.OURS"}, {"emoji", "x"}};
    }
    const auto many = webhook_body(batch);
    const auto one = webhook_body({text_message("50255519008", "menu")});
    const auto knock = [&](const std::string& body) {
        auto line = std::make_unique<http_connection>(here.house.port());
        line->write(request_text("POST", door, {{"X-Hub-Signature-256", signature_of(body)}}, body));
        return line;
    };
    std::vector<std::unique_ptr<http_connection>> waiting;
    {
        const database_lock held{here.house};
        static_cast<void>(knock(one));  // the writer is busy with this one, whoever asked is gone
        for (int i = 0; i < 9; ++i) waiting.push_back(knock(many));
        expect_busy(waiting.back()->read(60s));
        waiting.pop_back();
    }
    int taken = 0;
    for (auto& line : waiting) {
        const auto answer = line->read(60s);
        ASSERT_TRUE(answer);
        if (answer->status == 200) {
            ++taken;
        } else {
            expect_busy(answer);
        }
    }
    EXPECT_GE(taken, 5);  // 40,000 elements
    EXPECT_EQ(here.house.metric("tertulia_events_total"), 1 + 6'000 * taken);
    EXPECT_EQ(here.house.metric("tertulia_turns_total"), 1 + 6'000);
    EXPECT_GE(here.house.metric(answered(503)), 1);
    // Whoever was refused comes again and is taken then.
    EXPECT_EQ(here.house.post(many), 200);
    EXPECT_EQ(here.meta.to("50255519008", 2).size(), 2U);
    EXPECT_EQ(here.says("50255519008", "menu").size(), 1U);
}

// ---- the process

TEST(webhook, health_is_on_both_listeners_and_metrics_only_inside) {
    const town here;
    for (const auto port : {here.house.port(), here.house.admin()}) {
        EXPECT_EQ(ask(port, "GET", "/healthz").value().status, 200);
        EXPECT_EQ(ask(port, "GET", "/readyz").value().status, 200);
    }
    const auto metrics = ask(here.house.admin(), "GET", "/metrics");
    ASSERT_TRUE(metrics);
    EXPECT_EQ(metrics->status, 200);
    EXPECT_THAT(metrics->body, HasSubstr("tertulia_events_total"));
    EXPECT_EQ(ask(here.house.port(), "GET", "/metrics").value().status, 404);
    EXPECT_EQ(ask(here.house.port(), "GET", "/api/v1/dead-letters").value().status, 404);
    EXPECT_EQ(ask(here.house.admin(), "POST", door).value().status, 404);
    EXPECT_EQ(ask(here.house.port(), "PUT", door).value().status, 405);
    EXPECT_EQ(ask(here.house.port(), "GET", "/simulator/").value().status, 404);
}

TEST(webhook, a_stop_finishes_what_was_accepted) {
    town here;
    // Every answer of the provider takes a while, so that there is work to finish.
    here.meta.control({{"latency_ms", 300}});
    std::vector<json> batch;
    for (int i = 0; i < 40; ++i) {
        batch.push_back(text_message("5025553" + std::to_string(1'000 + i), "menu"));
    }
    EXPECT_EQ(here.house.post(webhook_body(batch)), 200);
    EXPECT_EQ(here.house.stop(), 0) << here.house.log();
    const auto sent = here.meta.all().size();
    EXPECT_FALSE(ask(here.house.port(), "GET", "/healthz"));

    // What did not leave then leaves after the next start, and nothing twice.
    here.meta.control({{"latency_ms", 0}});
    here.house.start();
    EXPECT_TRUE(soon([&] { return here.meta.all().size() >= 80; }, 20s)) << sent;
    EXPECT_TRUE(stays([&] { return here.meta.all().size() == 80; }, 4s)) << sent;
}

TEST(webhook, hang_up_reads_the_messages_again_and_keeps_them_if_they_are_wrong) {
    town here{{.own_scripts = true}};
    const auto file = here.where / "messages/es.yaml";
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    const auto write = [&](const std::string& old, const std::string& fresh) {
        auto all = text.str();
        const auto at = all.find(old);
        ASSERT_NE(at, std::string::npos);
        all.replace(at, old.size(), fresh);
        std::ofstream{file} << all;
    };
    here.says("50255519010", "menu", 2);

    write("¿En qué le ayudo?", "¿Qué se le ofrece?");
    here.house.process().signal(SIGHUP);
    ASSERT_TRUE(soon([&] {
        return here.house.log().find("new conversations run on") != std::string::npos;
    }));
    EXPECT_TRUE(soon([&] {
        static int nth = 19'100;
        const auto said = here.says("502555" + std::to_string(++nth), "menu", 2);
        return said.size() == 2 && said.back().text == "¿Qué se le ofrece?";
    }));
    // A conversation under way ends on the words it began with.
    EXPECT_EQ(here.says("50255519010", "menu").back().text, "¿En qué le ayudo?");

    write("¿En qué le ayudo?", "{no.such.fact}");
    here.house.process().signal(SIGHUP);
    ASSERT_TRUE(soon([&] {
        return here.house.log().find("what ran goes on") != std::string::npos;
    }));
    EXPECT_EQ(here.says("50255519012", "menu", 2).back().text, "¿Qué se le ofrece?");
}

TEST(webhook, hang_up_reads_the_certificate_again_and_keeps_it_if_it_is_wrong) {
    town here{{.tls = true}};
    EXPECT_EQ(certificate_on(here.house.port()), "first");
    make_certificate(here.where / "tls.pem", here.where / "tls.key", "second");
    here.house.process().signal(SIGHUP);
    EXPECT_TRUE(soon([&] { return certificate_on(here.house.port()) == "second"; }));
    std::ofstream{here.where / "tls.pem"} << "not a certificate";
    here.house.process().signal(SIGHUP);
    EXPECT_TRUE(soon([&] {
        return here.house.log().find("the certificate stays as it was") != std::string::npos;
    }));
    EXPECT_EQ(certificate_on(here.house.port()), "second");
}

TEST(webhook, a_second_gateway_on_the_same_database_does_not_start) {
    town here;
    gateway second{here.where, {.file = "second.yaml"}};  // ports of its own
    second.set_provider(here.meta.port());
    second.start_only();
    EXPECT_EQ(second.process().ended(20s), 1);
    EXPECT_THAT(second.log(), HasSubstr("another gateway is running"));
    EXPECT_EQ(here.says("50255519013", "menu", 2).size(), 2U);
    // Once the first has ended, however it did, the second may.
    here.house.kill();
    second.start();
    EXPECT_EQ(second.stop(), 0);
}

}  // namespace
}  // namespace tertulia::integration
