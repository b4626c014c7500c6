// She says that she has paid and sends a photo of her receipt; the gateway is killed in between, and
// again before and after core banking's books have the payment: she is thanked exactly once, and the
// case is over.

#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace tertulia::integration {
namespace {

using testing::HasSubstr;

constexpr auto rosa = "50255500101";
constexpr auto her_loan = "L0001";

// "2026-11-27", of today.
std::string today() {
    const auto now = std::time(nullptr);
    std::tm day{};
    gmtime_r(&now, &day);
    char text[11];
    std::strftime(text, sizeof text, "%Y-%m-%d", &day);
    return text;
}

// In the middle of her working day, whenever the test runs.
std::string noon() {
    return today() + "T18:00:00Z";
}

nlohmann::json photo() {
    auto message = text_message(rosa, "");
    message["type"] = "image";
    message.erase("text");
    message["image"] = {{"id", "777"}, {"mime_type", "image/jpeg"}, {"sha256", "x"}};
    return message;
}

std::size_t thanks_for(const town& here) {
    std::size_t count = 0;
    for (const auto& one : here.meta.to(rosa)) {
        if (one.text.find("Ya vemos su pago de Q250.00") != std::string::npos) ++count;
    }
    return count;
}

// The books of today, in a folder of their own, by the program beside the gateway.
void import_payment(const town& here, const char* tells) {
    const auto folder = here.where / "books";
    std::filesystem::create_directories(folder);
    std::ofstream{folder / "payments.csv"} << "id,loan_id,on,amount,place,receipt\nP9001," << her_loan
                                           << ',' << today() << ",250.00,Banrural,BR-77812\n";
    const auto [code, said] = here.house.command({"import", folder.string()});
    ASSERT_EQ(code, 0) << said;
    EXPECT_THAT(said, HasSubstr(tells));
}

TEST(claims, she_is_thanked_once_whatever_is_killed_in_between) {
    town here{{.demo = true, .own_clock = true}, false};
    here.house.start(noon());
    (void)here.says(rosa, "menu", 2);
    const auto asked = here.says(rosa, "ya pagué");
    EXPECT_THAT(asked.back().text, HasSubstr("foto de su boleta"));

    here.house.kill();
    here.house.start(noon());
    const auto before = here.meta.to(rosa).size();
    here.house.hears(photo());
    const auto sum = here.meta.to(rosa, before + 1);
    EXPECT_THAT(sum.back().text, HasSubstr("¿Cuánto pagó?"));
    (void)here.says(rosa, "250");
    (void)here.says(rosa, "hoy");
    // Among what she hears may be that her photo, which nobody serves here, could not be fetched.
    EXPECT_TRUE(soon([&] {
        const auto all = here.meta.to(rosa);
        return std::any_of(all.begin(), all.end(), [](const auto& one) {
            return one.text.find("Anotado") != std::string::npos &&
                   one.text.find("250.00") != std::string::npos;
        });
    }));

    const auto [listed, cases] = here.house.command({"case", "list"});
    EXPECT_EQ(listed, 0) << cases;
    EXPECT_THAT(cases, HasSubstr("payment_report"));

    here.house.kill();
    import_payment(here, "1 added");
    here.house.start(noon());
    ASSERT_TRUE(soon([&] { return thanks_for(here) == 1; })) << here.house.log();
    here.house.kill();
    here.house.start(noon());
    import_payment(here, "nothing had changed");
    EXPECT_TRUE(stays([&] { return thanks_for(here) == 1; }, 2s));

    const auto [exported, table] = here.house.command({"export", "claims"});
    EXPECT_EQ(exported, 0);
    EXPECT_THAT(table, HasSubstr("\"open\",\"L0001\",250.00,GTQ"));
    EXPECT_THAT(table, HasSubstr("\"seen\",\"L0001\",250.00,GTQ"));
    const auto [again, left] = here.house.command({"case", "list"});
    EXPECT_EQ(again, 0);
    EXPECT_THAT(left, testing::Not(HasSubstr("payment_report")));
}

}  // namespace
}  // namespace tertulia::integration
