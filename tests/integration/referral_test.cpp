// A recommendation from the code to the commission, while the gateway is killed in between: who was
// recommended is written to only after she has written, the first she agrees to counts, the loan that
// an import brings earns once, and who recommended her hears of it once.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <regex>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto rosa = "50255500101";   // a client of the demo
constexpr auto other = "50255501235";  // on no file, and recommends, too
constexpr auto ana = "50255501236";    // is recommended

// Now, or when it is day where the institution is, so that nothing is held for the night.
std::string by_day() {
    static const std::string text = [] {
        auto at = std::chrono::system_clock::now();
        const auto hour = [&] {
            return (std::chrono::duration_cast<std::chrono::hours>(at.time_since_epoch()).count() + 18) %
                   24;  // six hours behind
        };
        while (hour() < 9 || hour() > 15) at += std::chrono::minutes{30};
        const auto time = std::chrono::system_clock::to_time_t(at);
        std::tm utc{};
        gmtime_r(&time, &utc);
        std::array<char, 32> made{};
        (void)std::strftime(made.data(), made.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
        return std::string{made.data()};
    }();
    return text;
}

class referral : public testing::Test {
protected:
    referral() { here.house.start(by_day()); }

    void kill_and_start() {
        here.house.kill();
        here.house.start(by_day());
    }
    [[nodiscard]] std::size_t times_said(std::string_view who, const std::string& part) const {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(who)) count += one.text.find(part) != std::string::npos;
        return count;
    }
    void says(std::string_view who, const std::string& text, const std::string& answer) {
        const auto before = times_said(who, answer);
        here.house.hears(text_message(who, text));
        EXPECT_TRUE(soon([&] { return times_said(who, answer) > before; }, 30s))
            << text << ": " << (here.meta.to(who).empty() ? "" : here.meta.to(who).back().text);
    }
    // Her code, out of the message she is to forward.
    [[nodiscard]] std::string code_of(std::string_view who) const {
        static const std::regex form{"text=([0-9A-Z]+)"};
        for (const auto& one : here.meta.to(who)) {
            std::smatch found;
            if (std::regex_search(one.text, found, form)) return found[1];
        }
        return {};
    }
    void import(const std::string& name, const std::string& text) {
        const auto file = here.where / name;
        std::ofstream{file} << text;
        const auto [code, told] = here.house.command({"import", file.string()});
        EXPECT_EQ(code, 0) << told;
    }
    [[nodiscard]] json listed() const {
        const auto got = ask(here.house.admin(), "GET", "/api/v1/referrals");
        EXPECT_TRUE(got && got->status == 200);
        return got ? json::parse(got->body).at("referrals") : json::array();
    }
    [[nodiscard]] std::string state() const {
        const auto all = listed();
        return all.empty() ? std::string{} : all[0].at("state").get<std::string>();
    }

    town here{{.demo = true, .own_clock = true}, false};
};

TEST_F(referral, is_consented_to_once_earns_once_and_is_told_once_whatever_is_killed) {
    says(rosa, "recomendar", "solo escribimos a quien nos escribe primero");
    says(rosa, "sí", "¿Le decimos su nombre");
    says(rosa, "sí", "Este es su código");
    ASSERT_TRUE(soon([&] { return !code_of(rosa).empty(); }, 20s));
    const auto code = code_of(rosa);
    says(other, "recomendar", "solo escribimos a quien nos escribe primero");
    says(other, "sí", "¿Le decimos su nombre");
    says(other, "no", "Este es su código");
    ASSERT_TRUE(soon([&] { return !code_of(other).empty(); }, 20s));
    ASSERT_NE(code_of(other), code);
    EXPECT_TRUE(here.meta.to(ana).empty()) << "nobody is written to who has not written";
    kill_and_start();

    says(ana, "Hola, me mandaron el código " + code, "le recomendó con nosotros");
    EXPECT_GE(times_said(ana, "Rosa"), 1U);
    kill_and_start();
    says(ana, "sí", "¿Dejamos que esa persona vea");
    kill_and_start();
    says(ana, "sí", "¿En qué le ayudo?");
    ASSERT_EQ(listed().size(), 1U);
    EXPECT_EQ(state(), "consented");
    // A second claim loses, and names nobody.
    says(ana, "menú", "¿En qué");
    says(ana, code_of(other), "vale la primera");
    EXPECT_EQ(listed().size(), 1U);

    // Core banking has her meanwhile, and pays out.
    const auto today = by_day().substr(0, 10);
    import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{ana} + "\n");
    import("loans.csv",
           "id,client_id,product,status,principal\nL900,C900,Micro,submitted,3000.00\n");
    EXPECT_TRUE(soon([&] { return state() == "applied"; }, 30s)) << here.house.log();
    kill_and_start();
    import(
        "loans.csv",
        "id,client_id,product,status,currency,principal,disbursed_on,matures_on\n"
        "L900,C900,Micro,active,GTQ,3000.00," + today + ",2027-12-01\n"
    );
    EXPECT_TRUE(soon([&] { return state() == "earned"; }, 30s)) << here.house.log();
    kill_and_start();
    EXPECT_TRUE(soon([&] { return times_said(rosa, "novedades de sus recomendaciones") == 1; }, 30s))
        << here.house.log();
    kill_and_start();
    import("loans.csv",
           "id,client_id,product,status,currency,principal,disbursed_on,matures_on\n"
           "L900,C900,Micro,active,GTQ,3000.00," + today + ",2027-12-02\n");
    EXPECT_TRUE(stays(
        [&] { return times_said(rosa, "novedades de sus recomendaciones") == 1; }, 4s
    ));
    EXPECT_EQ(times_said(other, "novedades de sus recomendaciones"), 0U);
    const auto one = listed().at(0);
    ASSERT_EQ(one.at("commission").size(), 1U);
    EXPECT_EQ(one.at("commission")[0].at("amount"), "50.00");
    EXPECT_EQ(one.at("rule"), 1);
    EXPECT_EQ(one.at("code"), code);
    says(rosa, "mis recomendadas", "La primera persona: ¡ganó!");
    says(rosa, "no", "Aquí estoy cuando me necesite");  // while she is asked something, news wait for her

    // Paid once, by the command beside the running gateway; told again it is the same payment.
    const auto pay = [&](const std::string& reference) {
        return here.house.command(
            {"referral", "pay", one.at("number").get<std::string>(), "--reference", reference, "--by",
             "Marta"}
        );
    };
    EXPECT_THAT(pay("recibo 7").second, HasSubstr("50.00 GTQ noted as paid"));
    EXPECT_THAT(pay("recibo 7").second, HasSubstr("not again"));
    EXPECT_NE(pay("recibo 8").first, 0);
    EXPECT_TRUE(soon([&] { return times_said(rosa, "novedades de sus recomendaciones") == 2; }, 30s))
        << times_said(rosa, "novedades de sus recomendaciones") << " times; the last she heard: "
        << here.meta.to(rosa).back().text << '\n' << here.house.log();
    const auto table = here.house.command({"referral", "export"}).second;
    EXPECT_THAT(table, HasSubstr(",1,50.00,GTQ,"));
    EXPECT_THAT(table, HasSubstr("\"recibo 7\",\"Marta\""));
    EXPECT_EQ(here.house.stop(), 0);
    EXPECT_THAT(here.house.command({"referral", "list"}).second, HasSubstr("earned"));
    for (const auto* who : {rosa, ana}) {
        const auto again = here.house.replayed("+" + std::string{who});
        EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
    }
}

}  // namespace
}  // namespace tertulia::integration
