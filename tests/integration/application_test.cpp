// An application for a loan, from the first question to core banking and back, while the gateway is
// killed after every answer: she is always asked what she was asked, core banking gets exactly one
// loan of it, and each thing that becomes of it is told once.

#include "tests/integration/parts/fake_provider.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <ctime>
#include <map>
#include <mutex>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto marta = "50255501234";
constexpr auto base = "/fineract-provider/api/v1";
constexpr auto hook_secret = "a-secret-of-sixteen";

// As little of Fineract as one application needs: one client, one branch, and the loans it was given.
class small_core {
public:
    small_core() : server_{[this](const fake_request& asked) { return answer(asked); }} {}

    [[nodiscard]] std::string url() const { return server_.url() + base; }

    // What the next calls that write a loan come to, in order; then all is well.
    enum class trouble { none, unwell, still_running, busy, lost_before, lost_after };
    void next(std::vector<trouble> in_order) {
        const std::scoped_lock lock{mutex_};
        troubles_ = std::move(in_order);
    }
    // Every write waits so long before it is answered.
    void slow(milliseconds by) {
        const std::scoped_lock lock{mutex_};
        wait_ = by;
    }

    [[nodiscard]] std::vector<json> loans() const {
        const std::scoped_lock lock{mutex_};
        return written_;
    }
    [[nodiscard]] std::size_t calls() const {
        const std::scoped_lock lock{mutex_};
        return calls_;
    }
    void decide(int status) {
        const std::scoped_lock lock{mutex_};
        status_ = status;
    }

private:
    fake_answer answer(const fake_request& asked) {
        const std::scoped_lock lock{mutex_};
        const auto path = asked.target.substr(0, asked.target.find('?'));
        const auto is = [&](const std::string& name) { return path == base + name; };
        if (asked.method == "POST" && is("/loans")) return write(asked);
        if (is("/offices")) return well(json::parse(R"([{"id":3,"name":"Coban"}])"));
        if (is("/staff")) {
            return well(json::parse(
                R"([{"id":9,"firstname":"Brenda","lastname":"Chub","officeId":3,"isLoanOfficer":true,
                     "isActive":true}])"
            ));
        }
        if (is("/clients")) return well(page({client()}));
        if (is("/clients/27")) return well(client());
        if (is("/groups") || is("/savingsaccounts")) return well(page(json::array()));
        if (is("/loans/template")) {
            return well(json::parse(
                R"({"currency":{"code":"GTQ","decimalPlaces":2,"inMultiplesOf":0},"termFrequency":20,
                    "termPeriodFrequencyType":{"id":1},"numberOfRepayments":10,"repaymentEvery":2,
                    "repaymentFrequencyType":{"id":1},"interestRatePerPeriod":2.5,
                    "amortizationType":{"id":1},"interestType":{"id":0},
                    "interestCalculationPeriodType":{"id":1},
                    "transactionProcessingStrategyCode":"mifos-standard-strategy"})"
            ));
        }
        if (is("/loans")) {
            auto rows = json::array();
            if (!written_.empty()) rows.push_back(loan());
            return well(page(std::move(rows)));
        }
        if (is("/loans/95") && !written_.empty()) return well(loan());
        return {.status = 404, .body = "{}"};
    }

    // One loan a key, however often it is asked for: as Fineract does.
    fake_answer write(const fake_request& asked) {
        ++calls_;
        const auto body = json::parse(asked.body);
        auto how = trouble::none;
        if (!troubles_.empty()) {
            how = troubles_.front();
            troubles_.erase(troubles_.begin());
        }
        if (how == trouble::unwell) return {.status = 500, .body = "{}", .wait = wait_};
        if (how == trouble::busy) return {.status = 503, .body = "{}", .wait = wait_};
        if (how == trouble::lost_before) return {.sent = fake_answer::how::silent, .wait = wait_};
        const auto name = body.at("externalId").get<std::string>();
        if (!known_.contains(name)) {
            known_[name] = body;
            written_.push_back(body);
        }
        // 425: that key is being worked on.
        if (how == trouble::still_running) return {.status = 425, .body = "{}", .wait = wait_};
        fake_answer done{
            .body = R"({"officeId":3,"clientId":27,"loanId":95,"resourceId":95})", .wait = wait_};
        if (how == trouble::lost_after) done.sent = fake_answer::how::silent;
        return done;
    }

    [[nodiscard]] json client() const {
        return json::parse(
            R"({"id":27,"status":{"id":300},"firstname":"Marta","lastname":"Xol",
                "mobileNo":"50255501234","officeId":3,"staffId":9})"
        );
    }
    [[nodiscard]] json loan() const {
        auto made = json::parse(
            R"({"id":95,"clientId":27,"loanProductName":"Micro","loanCounter":1,"principal":3000.0,
                "currency":{"code":"GTQ","decimalPlaces":2},
                "timeline":{"submittedOnDate":[2026,11,23]},
                "repaymentSchedule":{"periods":[]},"transactions":[]})"
        );
        made["status"] = {{"id", status_}};
        made["externalId"] = written_.front().at("externalId");
        return made;
    }
    [[nodiscard]] static json page(json rows) {
        return {{"totalFilteredRecords", rows.size()}, {"pageItems", std::move(rows)}};
    }
    [[nodiscard]] static fake_answer well(const json& body) { return {.body = body.dump()}; }

    mutable std::mutex mutex_{};
    std::vector<trouble> troubles_{};
    milliseconds wait_{0};
    std::map<std::string, json> known_{};
    std::vector<json> written_{};
    std::size_t calls_{};
    int status_{100};
    fake_provider server_;
};

// Now, or when it is day where the institution is, so that nothing is held for the night. Messages
// carry the real time, so it is never earlier.
std::string by_day() {
    static const std::string text = [] {
        auto at = std::chrono::system_clock::now();
        const auto hour = [&] {
            return (std::chrono::duration_cast<std::chrono::hours>(at.time_since_epoch()).count() + 18) %
                   24;  // six hours behind
        };
        while (hour() < 8 || hour() > 17) at += std::chrono::minutes{30};
        const auto time = std::chrono::system_clock::to_time_t(at);
        std::tm utc{};
        gmtime_r(&time, &utc);
        std::array<char, 32> made{};
        (void)std::strftime(made.data(), made.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
        return std::string{made.data()};
    }();
    return text;
}

struct answer {
    const char* she;
    const char* next;  // the question it brings, as it begins
};

// The whole form, as she answers it.
constexpr std::array<answer, 10> form{{
    {"préstamo", "Primero:"},
    {"sí", "¿Cuánto dinero necesita?"},
    {"3000", "¿Para qué lo va a usar?"},
    {"comprar mercadería", "¿De qué vive"},
    {"vendo tortillas en el mercado", "¿Cada cuánto"},
    {"cada mes", "¿Cuánto puede pagar"},
    {"150", "¿Está pagando otros"},
    {"ninguno", "¿Dónde está su casa"},
    {"San Juan", "Si la tiene a mano"},
    {"no tengo", "Esto es lo que anoté."},
}};

class application : public testing::Test {
protected:
    application() {
        here.house.configure(
            "core_banking: {type: fineract, base_url: \"" + core.url() +
            "\", user: gateway, password: secret-word, writes: [applications], poll: 1, hook_secret: " +
            hook_secret + "}"
        );
        here.house.start(by_day());
        EXPECT_TRUE(soon([&] { return core_is_read(); }, 30s)) << here.house.log();
    }

    // Until her number is on file.
    [[nodiscard]] bool core_is_read() const {
        const auto told = ask(here.house.admin(), "GET", "/api/v1/core-banking");
        return told && !json::parse(told->body).at("as_of").is_null();
    }

    [[nodiscard]] std::string last_said() const {
        const auto all = here.meta.to(marta);
        return all.empty() ? std::string{} : all.back().text;
    }
    [[nodiscard]] std::size_t times_said(const std::string& part) const {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(marta)) count += one.text.find(part) != std::string::npos;
        return count;
    }
    void expect_asked(const std::string& question) {
        EXPECT_TRUE(soon([&] { return last_said().starts_with(question); }, 20s))
            << "wanted '" << question << "', heard '" << last_said() << "'";
    }
    void kill_and_start() {
        here.house.kill();
        here.house.start(by_day());
    }
    void fill_in() {
        for (const auto& one : form) {
            here.house.hears(text_message(marta, one.she));
            expect_asked(one.next);
        }
    }
    void expect_one_loan() {
        ASSERT_TRUE(soon([&] { return core.loans().size() == 1; }, 60s)) << here.house.log();
        EXPECT_TRUE(stays([&] { return core.loans().size() == 1; }, 2s));
        const auto loan = core.loans().front();
        EXPECT_EQ(loan["clientId"], 27);
        EXPECT_EQ(loan["productId"], 2);
        EXPECT_EQ(loan["principal"], "3000.00");
        EXPECT_THAT(loan["externalId"].get<std::string>(), testing::StartsWith("gw-A"));
        EXPECT_THAT(loan["submittedOnNote"].get<std::string>(), HasSubstr("comprar mercader"));
    }
    // Its row, as `tertulia export applications` gives it once that says so.
    void expect_exported(const std::string& state) {
        std::string table;
        const auto told = [&] {
            table = here.house.command({"export", "applications"}).second;
            return table.find("," + state + ",") != std::string::npos;
        };
        EXPECT_TRUE(soon(told, 60s, 300ms)) << table << here.house.log();
    }

    small_core core{};
    town here{{.own_clock = true}, false};
};

TEST_F(application, row_F_killed_after_each_answer_she_is_asked_the_same_again) {
    for (const auto& one : form) {
        here.house.hears(text_message(marta, one.she));
        kill_and_start();
        expect_asked(one.next);
        // The very question waits: asked what is meant, it is put once more.
        const auto before = here.meta.to(marta).size();
        here.house.hears(text_message(marta, "?"));
        if (std::string_view{one.next} != form.back().next) {
            ASSERT_TRUE(soon([&] { return here.meta.to(marta).size() >= before + 2; }, 20s));
            expect_asked(one.next);
        }
    }
    here.house.hears(text_message(marta, "sí"));
    kill_and_start();  // between the commit and whatever follows
    EXPECT_TRUE(soon([&] { return times_said("¡Listo! Su solicitud es la *A") == 1; }, 30s));
    expect_one_loan();
    expect_exported("written");
    EXPECT_EQ(here.house.stop(), 0);
    const auto again = here.house.replayed("+" + std::string{marta});
    EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
}

TEST_F(application, soyfinca_application_killed_while_core_banking_is_called_it_has_one_loan_of_it) {
    fill_in();
    core.slow(300ms);
    here.house.hears(text_message(marta, "sí"));
    for (int i = 0; i < 4; ++i) {
        (void)soon([&, calls = core.calls()] { return core.calls() > calls; }, 1s);
        kill_and_start();
    }
    core.slow(0ms);
    expect_one_loan();
    expect_exported("written");
}

TEST_F(application, soyfinca_application_core_banking_in_trouble_has_one_loan_of_it_all_the_same) {
    fill_in();
    using enum small_core::trouble;
    core.next({unwell, lost_after, still_running});
    here.house.hears(text_message(marta, "sí"));
    ASSERT_TRUE(soon([&] { return core.calls() >= 4; }, 150s, 100ms)) << here.house.log();
    expect_one_loan();
    expect_exported("written");
}

TEST_F(application, row_F_each_change_there_is_told_once) {
    fill_in();
    here.house.hears(text_message(marta, "sí"));
    expect_one_loan();
    const auto changed = [&] {
        const auto body = R"({"entityName":"LOAN","actionName":"APPROVE","response":{"loanId":95}})";
        const auto heard = ask(
            here.house.port(), "POST", std::string{"/webhooks/core/"} + hook_secret + "/",
            {{"Content-Type", "application/json"}, {"Fineract-Platform-TenantId", "default"}}, body
        );
        EXPECT_TRUE(heard && heard->status == 200);
    };
    changed();
    EXPECT_TRUE(soon([&] { return times_said("la está viendo una persona") == 1; }, 30s))
        << here.house.log();
    changed();  // the same again
    core.decide(200);
    kill_and_start();
    changed();
    EXPECT_TRUE(soon([&] { return times_said("Hay novedades") == 1; }, 30s)) << here.house.log();
    kill_and_start();
    changed();
    EXPECT_TRUE(stays(
        [&] { return times_said("Hay novedades") == 1 && times_said("la está viendo una persona") == 1; }, 5s
    ));
    EXPECT_EQ(core.loans().size(), 1U);
}

}  // namespace
}  // namespace tertulia::integration
