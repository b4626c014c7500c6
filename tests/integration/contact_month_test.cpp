// A month of the demo institution: who has a telephone has once written, most answer when they are asked
// how they are, some do not and are called, and not every call is taken. At its end every client with a
// running loan was talked with, or it is recorded why not.

#include "tests/integration/parts/days.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace tertulia::integration {
namespace {

constexpr int days = 31;
constexpr int faster = 40'000;
constexpr std::chrono::seconds lasts{days * 86'400 / faster};
constexpr std::size_t of_ten_answer = 7;

// The first two columns of what is found there.
std::vector<std::pair<std::string, std::string>> rows_of(
    const std::filesystem::path& file, const char* query
) {
    std::vector<std::pair<std::string, std::string>> all;
    sqlite3* books{};
    sqlite3_stmt* found{};
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &books, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(books, query, -1, &found, nullptr), SQLITE_OK) << sqlite3_errmsg(books);
    const auto text = [&](int column) {
        const auto* is = reinterpret_cast<const char*>(sqlite3_column_text(found, column));
        return std::string{is == nullptr ? "" : is};
    };
    while (sqlite3_step(found) == SQLITE_ROW) all.emplace_back(text(0), text(1));
    sqlite3_finalize(found);
    sqlite3_close(books);
    return all;
}

bool is_check_in(const said& one) {
    if (one.body.value("type", "") == "template") {
        return one.body["template"].value("name", "").starts_with("check_in_");
    }
    return std::ranges::any_of(one.choices, [](const auto& choice) {
        return choice.first.find("|check_in_") != std::string::npos;
    });
}

TEST(contact_month, everybody_was_talked_with_or_it_is_recorded_why_not) {
    town here{{.demo = true, .own_clock = true}, false};
    here.house.configure("institution: {holidays: []}");
    // It ends today, so that the command that looks back over it has the clock of the machine.
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    here.house.start(iso(today - std::chrono::days{days}) + "T07:00:00-06:00,x" + std::to_string(faster));
    const auto until = std::chrono::steady_clock::now() + lasts;
    const auto file = here.house.database();
    const auto phones = rows_of(
        file, "SELECT phone, min(client_id) FROM client_phones GROUP BY phone HAVING count(*) = 1"
    );
    ASSERT_GT(phones.size(), 400U);
    std::map<std::string, std::string> client_of;
    for (const auto& [phone, client] : phones) {
        client_of[phone.substr(1)] = client;
        here.house.hears(text_message(phone.substr(1), "hola"));
    }

    std::size_t seen = 0;
    std::set<std::string> silent;
    std::set<std::string> answered;
    const auto answer_what_came = [&] {
        const auto all = here.meta.all();
        for (; seen < all.size(); ++seen) {
            const auto& one = all[seen];
            if (!is_check_in(one) || !client_of.contains(one.to)) continue;
            if (std::hash<std::string>{}(one.to) % 10 < of_ten_answer) {
                here.house.hears(text_message(one.to, "bien"));
                answered.insert(one.to);
            } else {
                silent.insert(one.to);
            }
        }
        return std::chrono::steady_clock::now() >= until;
    };
    EXPECT_TRUE(soon(answer_what_came, lasts + 30s, 50ms));
    EXPECT_EQ(here.house.stop(), 0);

    // Who has not answered is on the call list: of three calls one is not taken.
    const auto [code, list] = here.house.command({"contact", "coverage", "--days", std::to_string(days + 1)});
    EXPECT_EQ(code, 0);
    std::size_t called = 0;
    std::istringstream lines{list};
    for (std::string line; std::getline(lines, line);) {
        if (line.find("asked of people") == std::string::npos) continue;
        const auto client = line.substr(0, line.find(' '));
        const auto* outcome = ++called % 3 == 0 ? "no_answer" : "reached";
        const auto [noted, told] = here.house.command(
            {"contact", "log", "--client", client, "--outcome", outcome, "--by", "Brenda"}
        );
        EXPECT_EQ(noted, 0) << told;
    }
    const auto [end, told] =
        here.house.command({"contact", "coverage", "--all", "--days", std::to_string(days + 1)});
    EXPECT_EQ(end, 0);
    std::map<std::string, int> reasons;
    std::istringstream each{told};
    std::size_t active = 0;
    std::size_t reached = 0;
    for (std::string line; std::getline(each, line);) {
        if (!line.starts_with("C")) continue;
        ++active;
        const auto why = line.substr(line.find("  ", line.find("officer")) + 2);
        EXPECT_FALSE(why.empty()) << line;
        EXPECT_EQ(why.find("not planned yet"), std::string::npos) << line;
        if (why.starts_with("talked on ")) {
            ++reached;
        } else {
            // Her stage, and each try or call with what came of it.
            EXPECT_THAT(why, testing::AnyOf(testing::HasSubstr("try of day"), testing::HasSubstr("call of"),
                                            testing::HasSubstr("comes on")))
                << line;
            ++reasons[why.substr(why.rfind("; ") == std::string::npos ? 0 : why.rfind("; ") + 2)];
        }
    }
    EXPECT_GT(active, 500U);
    EXPECT_GT(reached * 10, active * 6);
    std::cout << told.substr(told.rfind('\n', told.size() - 2) + 1);
    for (const auto& [why, count] : reasons) std::cout << "    " << count << "  " << why << '\n';
    std::cout << "    " << answered.size() << " answered, " << silent.size() << " did not, " << called
              << " were on the list to be called\n";
}

}  // namespace
}  // namespace tertulia::integration
