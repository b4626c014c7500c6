// The whole of it over HTTP: a thread that keeps the portfolio true, hooks, and an end in time.

#include "gateway/core_banking/core_banking.hpp"

#include "gateway/http/client.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"
#include "tests/unit/gateway/core_banking/sync_fixture.hpp"

#include <future>
#include <thread>

namespace tertulia::gateway::testing_core {
namespace {

constexpr auto hook_secret = "0123456789abcdef";

struct core_banking_test : sync_test {
    http::client client{{}};
    std::unique_ptr<core_banking> running{};

    core_banking_test() {
        house.keep(250, 30);
        core.listen();
    }
    ~core_banking_test() override {
        running.reset();
        client.finish(1s);
    }
    void begin() {
        core_banking_config config;
        config.fineract = fineract_config{.access = core.access(), .hook_secret = hook_secret};
        running = make_core_banking(
            config,
            {.database = database,
             .time_zone = "America/Guatemala",
             .country = "GT",
             .language = "es",
             .client = client,
             .clock = [] {
                 return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
             }}
        );
        running->start();
    }
    template <class Holds>
    static bool soon(Holds holds, std::chrono::seconds within = 60s) {
        const auto until = std::chrono::steady_clock::now() + within;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::sleep_for(10ms);
        }
        return true;
    }
    bool loaded() {
        return soon([&] { return running->health().as_of != instant{}; });
    }
    // A call of the running server's own routes.
    http::answer call(const std::string& method, const std::string& path, const std::string& body,
                      const std::string& tenant = "demo") {
        http::server front{{.listen = "127.0.0.1:0"}, running->routes()};
        front.start();
        http::call what{
            .method = method,
            .url = "http://127.0.0.1:" + std::to_string(front.port()) + path,
            .headers = {{"Fineract-Platform-TenantId", tenant}},
            .body = body};
        std::promise<http::answer> promise;
        client.start(std::move(what), [&](http::answer came) { promise.set_value(std::move(came)); });
        auto out = promise.get_future().get();
        front.finish(1s);
        return out;
    }
};

TEST_F(core_banking_test, the_ledger_has_nothing_to_run) {
    const auto ledger = make_core_banking({}, {.client = client});
    ledger->start();
    EXPECT_TRUE(ledger->routes().empty());
    EXPECT_EQ(ledger->health().type, "ledger");
    ledger->stop();
}

TEST_F(core_banking_test, the_demonstration_is_loaded_over_http_through_all_kinds_of_trouble) {
    core.fail({.path = "/offices", .status = 503, .body = "{}", .retry_after = "1"});
    core.fail({.path = "/clients?", .cut_off = true});
    begin();
    EXPECT_TRUE(soon([&] { return !running->health().well; }));
    running->stop();
    // How long it waits is the sync's own test; here it goes on at once after a restart.
    begin();
    ASSERT_TRUE(loaded()) << running->health().trouble;
    EXPECT_TRUE(running->health().well);
    EXPECT_EQ(running->health().thousandths, 1'000);
    EXPECT_NE(known(house.clients.back().id), nullptr);
}

TEST_F(core_banking_test, a_hook_brings_a_payment_in_seconds) {
    begin();
    ASSERT_TRUE(loaded());
    auto& one = some_loan();
    std::mt19937_64 by{4};
    ASSERT_TRUE(house.pay(one, by));
    const auto number = std::to_string(house.number_of(one.head.id));
    const auto body = R"({"entityName":"LOAN","actionName":"REPAYMENT","response":{"loanId":)" +
                      number + "}}";
    const auto path = "/webhooks/core/" + std::string{hook_secret} + "/";
    EXPECT_EQ(call("GET", path, "").status, 200U) << "as Fineract asks when the hook is made";
    const auto before = core.asked_for("/loans/" + number + "?");
    EXPECT_EQ(call("POST", path, body).status, 200U);
    EXPECT_TRUE(soon([&] { return core.asked_for("/loans/" + number + "?") > before; }, 10s));
}

TEST_F(core_banking_test, a_hook_of_somebody_else_is_refused) {
    begin();
    const auto path = "/webhooks/core/" + std::string{hook_secret};
    EXPECT_EQ(call("POST", "/webhooks/core/guessed/", "{}").status, 404U);
    EXPECT_EQ(call("GET", "/webhooks/core/", "").status, 404U);
    EXPECT_EQ(call("POST", path, "{}").status, 400U);
    EXPECT_EQ(
        call("POST", path, R"({"entityName":"LOAN"})", "other-tenant").status, 400U
    );
}

TEST_F(core_banking_test, it_ends_at_once_while_core_banking_keeps_it_waiting) {
    core.fail({.path = "/", .times = 1'000, .status = 500, .body = "{}"});
    begin();
    ASSERT_TRUE(soon([&] { return !running->health().well; }));
    const auto before = std::chrono::steady_clock::now();
    running->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

}  // namespace
}  // namespace tertulia::gateway::testing_core
