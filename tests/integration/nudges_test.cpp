// A reminder from the policy to the telephone, while the gateway is killed: it comes once, on its day
// and at its hour, not to who has paid or asked us to stop, and the plan says why or why not.

#include "tests/integration/parts/days.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <fstream>
#include <utility>
#include <vector>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto ana = "50255501236";

// The Tuesday that begins after today where the institution is, so that neither a weekend nor the
// night is in the way; messages carry the real time, which is earlier.
std::chrono::sys_days next_tuesday() {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    auto day = today + std::chrono::days{2};
    while (std::chrono::weekday{day} != std::chrono::Tuesday) day += std::chrono::days{1};
    return day;
}

class nudges : public testing::Test {
protected:
    nudges() {
        here.house.configure("institution: {holidays: []}");
        start("09:00");
        here.house.hears(text_message(ana, "hola"));
        EXPECT_TRUE(soon([&] { return !here.meta.to(ana).empty(); }, 20s));
    }

    // By the clocks there, thirty times as fast.
    void start(const std::string& hour) {
        here.house.start(iso(tuesday) + "T" + hour + ":00-06:00,x30");
    }
    void import(const std::string& name, const std::string& text) {
        const auto file = here.where / name;
        std::ofstream{file} << text;
        const auto [code, told] = here.house.command({"import", file.string()});
        EXPECT_EQ(code, 0) << told;
    }
    // Her second loan, never late; the next instalment is due on that day.
    void has_loan(std::chrono::sys_days due, bool paid = false) {
        import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{ana} + "\n");
        import("loans.csv",
               "id,client_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"
               "L900,C900,Micro,active,2,GTQ,3000.00," + iso(due - std::chrono::days{56}) + "," +
                   iso(due + std::chrono::days{280}) + "\n");
        std::string rows = "loan_id,number,due,total,principal,paid,met_on\n";
        for (int i = 0; i < 4; ++i) {
            const auto day = due + std::chrono::days{28 * (i - 1)};
            const bool met = i == 0 || (i == 1 && paid);
            rows += "L900," + std::to_string(i + 1) + "," + iso(day) + ",300.00,280.00," +
                    (met ? "300.00," + iso(std::min(day, tuesday)) : std::string{"0.00,"}) + "\n";
        }
        import("schedule.csv", rows);
        // Somebody has just talked with her: no check-in is in the way of the reminder.
        const auto [code, told] = here.house.command(
            {"contact", "log", "--client", "C900", "--outcome", "reached", "--by", "Brenda"}
        );
        EXPECT_EQ(code, 0) << told;
    }
    [[nodiscard]] std::size_t reminders() const {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(ana)) {
            count += one.body.value("type", "") == "template" &&
                     one.body["template"].value("name", "").starts_with("reminder_");
        }
        return count;
    }
    [[nodiscard]] std::string plan() const {
        return here.house.command({"plan", "--client", "C900", "--from", iso(tuesday)}).second;
    }
    [[nodiscard]] bool plan_says(const std::string& words) const {
        return soon([&] { return plan().find(words) != std::string::npos; }, 40s, 500ms);
    }

    const std::chrono::sys_days tuesday{next_tuesday()};
    town here{{.own_clock = true}, false};
};

TEST_F(nudges, a_reminder_comes_once_the_day_before_whatever_is_killed) {
    has_loan(tuesday + std::chrono::days{1});
    EXPECT_EQ(reminders(), 0U) << "not before its hour";
    here.house.kill();
    start("09:28");
    ASSERT_TRUE(soon([&] { return reminders() == 1; }, 40s)) << plan() << here.house.log();
    EXPECT_THAT(here.meta.to(ana).back().body["template"]["name"], "reminder_thanks");
    here.house.kill();
    start("09:40");
    EXPECT_TRUE(stays([&] { return reminders() == 1; }, 5s));
    EXPECT_TRUE(plan_says("repayment/reliable day -1 of ")) << plan();
    EXPECT_THAT(plan(), HasSubstr("sent (reminder_thanks)"));
    // What she answers is heard as the answer it is.
    here.house.hears(text_message(ana, "ya pagué"));
    EXPECT_TRUE(soon([&] { return here.meta.to(ana).size() > reminders() + 1; }, 20s));
    EXPECT_EQ(here.house.stop(), 0);
    const auto again = here.house.replayed("+" + std::string{ana});
    EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
}

TEST_F(nudges, who_has_paid_meanwhile_is_not_reminded_and_the_plan_says_so) {
    has_loan(tuesday + std::chrono::days{1});
    ASSERT_TRUE(plan_says("waits")) << plan();
    has_loan(tuesday + std::chrono::days{1}, true);
    EXPECT_TRUE(plan_says("not sent: balance, paid")) << plan();
    here.house.kill();
    start("10:30");
    EXPECT_TRUE(stays([&] { return reminders() == 0; }, 6s));
}

TEST_F(nudges, who_has_stopped_us_is_not_reminded_and_the_plan_says_so) {
    here.house.hears(text_message(ana, "BAJA"));
    has_loan(tuesday + std::chrono::days{1});
    here.house.kill();
    start("10:10");
    EXPECT_TRUE(plan_says("not sent: opt_out, opted_out")) << plan() << here.house.log();
    EXPECT_EQ(reminders(), 0U);
}

TEST_F(nudges, who_has_asked_for_a_pause_is_left_in_peace_until_its_day) {
    here.house.hears(text_message(ana, "no me escriban por dos semanas"));
    EXPECT_TRUE(soon([&] { return here.meta.to(ana).size() > 1; }, 20s));
    has_loan(tuesday + std::chrono::days{1});
    here.house.kill();
    start("10:10");
    const auto until = iso(tuesday + std::chrono::days{14});
    EXPECT_TRUE(plan_says("not sent: opt_out, paused (until " + until + ")")) << plan() << here.house.log();
    EXPECT_EQ(reminders(), 0U);
    EXPECT_EQ(here.house.stop(), 0);
    const auto again = here.house.replayed("+" + std::string{ana});
    EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
}

// What she says to a person of ours holds as if she had written it.
TEST_F(nudges, staff_note_a_pause_and_are_told_what_is_none) {
    const auto prefer = [&](const std::string& value) {
        return here.house.command({"person", "prefer", "pause", value, "--phone", "+" + std::string{ana}});
    };
    const auto until = iso(tuesday + std::chrono::days{5});
    const auto [code, told] = prefer(until);
    EXPECT_EQ(code, 0) << told;
    for (const auto& wrong : {std::string{"2020-01-01"}, iso(tuesday + std::chrono::days{200}), std::string{"enero"}}) {
        const auto [refused, why] = prefer(wrong);
        EXPECT_NE(refused, 0) << wrong;
        EXPECT_THAT(why, HasSubstr(wrong == "enero" ? "2027-01-01" : "at most three months away"));
    }
    const auto [nobody, said] =
        here.house.command({"person", "prefer", "pause", until, "--phone", "+50255509999"});
    EXPECT_NE(nobody, 0);
    EXPECT_THAT(said, HasSubstr("Nobody"));
    has_loan(tuesday + std::chrono::days{1});
    here.house.kill();
    start("10:10");
    EXPECT_TRUE(plan_says("not sent: opt_out, paused (until " + until + ")")) << plan() << here.house.log();
}

TEST_F(nudges, nobody_is_written_to_in_the_night) {
    has_loan(tuesday + std::chrono::days{1});
    here.house.kill();
    start("18:20");
    EXPECT_TRUE(plan_says("later: hours, quiet_hours")) << plan();
    EXPECT_EQ(reminders(), 0U);
}

TEST_F(nudges, an_idea_of_hers_is_decided_and_she_hears_what_has_changed_once) {
    import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{ana} + "\n");
    import("officers.csv", "id,first_name\n7,Brenda\n");
    import("loans.csv",
           "id,client_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"
           "L900,C900,Micro,active,2,GTQ,3000.00," + iso(tuesday - std::chrono::days{5}) + "," +
               iso(tuesday + std::chrono::days{280}) + "\n");
    here.house.kill();
    start("10:31");
    const auto templates = [&](const std::string& name) {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(ana)) {
            count += one.body.value("type", "") == "template" && one.body["template"].value("name", "") == name;
        }
        return count;
    };
    ASSERT_TRUE(soon([&] { return templates("check_in_welcome") == 1; }, 40s)) << plan() << here.house.log();
    // Her own words, which are none of the rows: asked once more, and kept.
    const std::string hers = "quisiera que abrieran los sábados por la tarde";
    const auto board = [&](bool open) {
        auto words = std::vector<std::string>{"contact", "feedback", "list"};
        if (open) words.emplace_back("--open");
        return here.house.command(words).second;
    };
    for (int i = 0; i < 4 && board(true).find(hers) == std::string::npos; ++i) {
        const auto before = here.meta.to(ana).size();
        here.house.hears(text_message(ana, hers));
        EXPECT_TRUE(soon([&] { return here.meta.to(ana).size() > before; }, 20s));
    }
    ASSERT_THAT(board(true), HasSubstr(hers)) << here.house.log();
    EXPECT_THAT(board(true), Not(HasSubstr("Ana")));
    EXPECT_THAT(board(true), Not(HasSubstr("C900")));
    // The same by the admin listener; what is asked for badly is refused with what to write.
    const auto listed = ask(here.house.admin(), "GET", "/api/v1/contact/feedback?open=true");
    ASSERT_TRUE(listed && listed->status == 200);
    const auto ideas = json::parse(listed->body).at("ideas");
    ASSERT_FALSE(ideas.empty());
    EXPECT_THAT(listed->body, HasSubstr("abrieran"));
    const auto id = ideas.front().at("id").get<int>();
    const auto decide = [&](const std::string& body, int of) {
        return ask(
            here.house.admin(), "POST", "/api/v1/contact/feedback/" + std::to_string(of) + "/decision", {}, body
        );
    };
    EXPECT_EQ(ask(here.house.admin(), "GET", "/api/v1/contact/feedback?open=maybe")->status, 400);
    EXPECT_EQ(decide(R"({"decision": "perhaps"})", id)->status, 400);
    EXPECT_EQ(decide(R"({"decision": "adopted", "owner": "nobody", "words": "x"})", id)->status, 400);
    EXPECT_EQ(decide(R"({"decision": "adopted", "owner": "Brenda", "words": "x"})", 999)->status, 404);
    EXPECT_NE(
        here.house.command({"contact", "feedback", "decide", std::to_string(id), "--owner", "nobody",
                            "--decision", "adopted", "--words", "x"}).first, 0
    );
    const auto done = decide(
        R"({"decision": "adopted", "owner": "Brenda", "words": "ya abrimos los sábados."})", id
    );
    ASSERT_TRUE(done && done->status == 200) << (done ? done->body : "");
    EXPECT_EQ(decide(R"({"decision": "declined", "owner": "Brenda", "words": "x"})", id)->status, 409);
    EXPECT_THAT(board(false), HasSubstr("by officer:7"));
    // Today she has heard from us already: tomorrow, once, whatever is killed.
    EXPECT_TRUE(stays([&] { return templates("feedback_changed") == 0; }, 4s));
    here.house.kill();
    here.house.start(iso(tuesday + std::chrono::days{1}) + "T10:31:00-06:00,x30");
    ASSERT_TRUE(soon([&] { return templates("feedback_changed") == 1; }, 40s)) << board(false) << here.house.log();
    EXPECT_THAT(here.meta.to(ana).back().body.dump(), HasSubstr("ya abrimos los s"));
    here.house.kill();
    here.house.start(iso(tuesday + std::chrono::days{2}) + "T10:31:00-06:00,x30");
    EXPECT_TRUE(stays([&] { return templates("feedback_changed") == 1; }, 5s));
    EXPECT_THAT(board(false), HasSubstr("[told]"));
    // With her data her words go.
    const auto erased = ask(
        here.house.admin(), "POST", "/api/v1/person/erase", {},
        R"({"phone": "+)" + std::string{ana} + R"(", "by": "Brenda"})"
    );
    ASSERT_TRUE(erased && erased->status == 200) << (erased ? erased->body : "");
    EXPECT_THAT(board(false), Not(HasSubstr("abrieran")));
    EXPECT_THAT(board(false), HasSubstr("ya abrimos"));
}

TEST_F(nudges, an_idea_she_brings_by_herself_is_on_the_board_too) {
    import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{ana} + "\n");
    for (const auto* words : {"sugerencia", "Una idea", "pongan una banca en la sombra"}) {
        const auto before = here.meta.to(ana).size();
        here.house.hears(text_message(ana, words));
        ASSERT_TRUE(soon([&] { return here.meta.to(ana).size() > before; }, 20s)) << here.house.log();
    }
    const auto board = [&] { return here.house.command({"contact", "feedback", "list", "--open"}).second; };
    EXPECT_TRUE(soon([&] { return board().find("pongan una banca en la sombra") != std::string::npos; }))
        << board();
    EXPECT_THAT(board(), HasSubstr("suggestion"));
    EXPECT_THAT(board(), Not(HasSubstr("C900")));
}

// She has written from the family's telephone; later she writes from her own, too.
TEST_F(nudges, on_two_telephones_one_touch_is_one) {
    constexpr auto own = "50255501299";
    const auto reminded = [&](const char* phone) {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(phone)) count += one.body.value("type", "") == "template";
        return count;
    };
    has_loan(tuesday + std::chrono::days{1});
    import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{own} + "|+" + std::string{ana} + "\n");
    here.house.kill();
    start("09:28");
    ASSERT_TRUE(soon([&] { return reminded(ana) == 1; }, 40s)) << plan() << here.house.log();
    here.house.hears(text_message(own, "hola"));
    EXPECT_TRUE(soon([&] { return !here.meta.to(own).empty(); }, 20s));
    // A second loan whose day is tomorrow, too: its reminder would go to her own telephone.
    import("loans.csv",
           "id,client_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"
           "L901,C900,Micro,active,2,GTQ,3000.00," + iso(tuesday - std::chrono::days{55}) + "," +
               iso(tuesday + std::chrono::days{281}) + "\n");
    import("schedule.csv",
           "loan_id,number,due,total,principal,paid,met_on\nL901,1," + iso(tuesday + std::chrono::days{1}) +
               ",300.00,280.00,0.00,\n");
    EXPECT_TRUE(plan_says("not sent: caps, cap_of_day (1 of 1 today)")) << plan() << here.house.log();
    EXPECT_EQ(reminded(own), 0U);
    EXPECT_EQ(reminded(ana), 1U);
    EXPECT_EQ(here.house.stop(), 0);
    const auto again = here.house.replayed("+" + std::string{own});
    EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
}

// What she has told us by one telephone holds for what we would say by the other.
TEST_F(nudges, what_she_said_by_one_telephone_holds_for_the_other) {
    constexpr auto own = "50255501299";
    has_loan(tuesday + std::chrono::days{1});
    import("clients.csv", "id,first_name,phone\nC900,Ana,+" + std::string{own} + "|+" + std::string{ana} + "\n");
    here.house.hears(text_message(ana, "BAJA"));
    here.house.hears(text_message(own, "hola"));
    EXPECT_TRUE(soon([&] { return !here.meta.to(own).empty(); }, 20s));
    here.house.kill();
    start("09:28");
    EXPECT_TRUE(plan_says("not sent: opt_out, opted_out")) << plan() << here.house.log();
    const auto templates_to = [&](const char* phone) {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(phone)) count += one.body.value("type", "") == "template";
        return count;
    };
    EXPECT_EQ(templates_to(own), 0U);
    EXPECT_EQ(templates_to(ana), 0U);
    EXPECT_EQ(here.house.stop(), 0);
    const auto again = here.house.replayed("+" + std::string{own});
    EXPECT_TRUE(again.ends_with(" turns, 0 different\n")) << again;
}

TEST_F(nudges, a_call_that_was_made_counts_as_a_talk) {
    has_loan(tuesday + std::chrono::days{20});
    EXPECT_THAT(
        here.house.command({"contact", "coverage", "--all"}).second, HasSubstr("noted by Brenda")
    );
    EXPECT_THAT(
        here.house.command({"contact", "coverage"}).second, HasSubstr("1 of 1 active clients")
    );
    EXPECT_NE(
        here.house
            .command({"contact", "log", "--client", "C999", "--outcome", "reached", "--by", "B"})
            .first,
        0
    );
    EXPECT_NE(
        here.house.command({"contact", "log", "--client", "C900", "--outcome", "maybe", "--by", "B"})
            .first,
        0
    );
}

// What is told many at once: nothing leaves before a second person has approved it; so many a minute
// from then on, each once whatever is killed; nobody else while it is paused.
struct campaigns : nudges {
    static constexpr std::array people{
        "50255501301", "50255501302", "50255501303", "50255501304", "50255501305", "50255501306"};

    void SetUp() override {
        here.house.configure(
            "institution: {colleagues: [{phone: '+50255500181', name: Ana, desks: [support]}, "
            "{phone: '+50255500182', name: Brenda, desks: [support]}]}"
        );
        const auto due = tuesday + std::chrono::days{20};
        std::string clients{"id,first_name,phone\n"};
        std::string loans{
            "id,client_id,product,status,cycle,currency,principal,disbursed_on,matures_on\n"};
        std::string rows{"loan_id,number,due,total,principal,paid,met_on\n"};
        for (std::size_t i = 0; i < people.size(); ++i) {
            const auto number = std::to_string(i);
            clients += "K" + number + ",Ana,+" + people[i] + "\n";
            loans += "LK" + number + ",K" + number + ",Micro,active,2,GTQ,3000.00," +
                     iso(due - std::chrono::days{28}) + "," + iso(due) + "\n";
            rows += "LK" + number + ",1," + iso(due) + ",300.00,280.00,0.00,\n";
        }
        import("clients.csv", clients);
        import("loans.csv", loans);
        import("schedule.csv", rows);
        for (std::size_t i = 0; i < people.size(); ++i) {
            here.house.hears(text_message(people[i], "hola"));
            const auto [code, told] = here.house.command(
                {"contact", "log", "--client", "K" + std::to_string(i), "--outcome", "reached", "--by", "Brenda"}
            );
            ASSERT_EQ(code, 0) << told;
        }
        for (const auto* one : people) {
            ASSERT_TRUE(soon([&] { return !here.meta.to(one).empty(); }, 20s));
        }
    }
    std::pair<int, std::string> campaign(std::vector<std::string> words) const {
        words.insert(words.begin(), "campaign");
        return here.house.command(std::move(words));
    }
    // How often each was told.
    std::vector<std::size_t> told() const {
        std::vector<std::size_t> all;
        for (const auto* one : people) {
            std::size_t count = 0;
            for (const auto& each : here.meta.to(one)) {
                count += each.body.dump().find("notice_holidays") != std::string::npos ||
                         each.text.find("agencias cierran") != std::string::npos;
            }
            all.push_back(count);
        }
        return all;
    }
    std::size_t told_in_all() const {
        std::size_t sum = 0;
        for (const auto one : told()) sum += one;
        return sum;
    }
};

TEST_F(campaigns, each_is_told_once_at_the_rate_after_a_second_person_has_approved_it) {
    const auto prepared = campaign(
        {"prepare", "closed_1", "--says", "holiday_hours", "--everybody", "--a-minute", "2", "--until",
         iso(tuesday + std::chrono::days{2}), "--by", "Ana"}
    );
    ASSERT_EQ(prepared.first, 0) << prepared.second;
    EXPECT_TRUE(stays([&] { return told_in_all() == 0; }, 3s)) << "nobody has approved it";
    EXPECT_NE(campaign({"approve", "closed_1", "--by", "Ana"}).first, 0) << "she has prepared it";
    EXPECT_NE(campaign({"approve", "closed_1", "--by", "Ana López"}).first, 0) << "nobody of the staff";
    EXPECT_EQ(told_in_all(), 0U);

    const auto approved = campaign({"approve", "closed_1", "--by", "Brenda"});
    ASSERT_EQ(approved.first, 0) << approved.second;
    ASSERT_TRUE(soon([&] { return told_in_all() >= 2; }, 60s))
        << campaign({"show", "closed_1"}).second << here.house.log();
    ASSERT_EQ(campaign({"pause", "closed_1", "--by", "Brenda"}).first, 0);
    std::size_t at_rest = 0;
    (void)soon([&] { const auto now = told_in_all(); return std::exchange(at_rest, now) == now; }, 20s, 3s);
    EXPECT_LT(at_rest, people.size()) << "the rate is two a minute";
    EXPECT_TRUE(stays([&] { return told_in_all() == at_rest; }, 5s)) << "it is paused";

    here.house.kill();
    start("11:00");
    ASSERT_EQ(campaign({"resume", "closed_1", "--by", "Brenda"}).first, 0);
    EXPECT_TRUE(soon([&] { return told_in_all() >= people.size(); }, 90s))
        << campaign({"show", "closed_1"}).second;
    EXPECT_TRUE(stays([&] { return told_in_all() == people.size(); }, 4s));
    EXPECT_THAT(told(), testing::Each(1U));
}

}  // namespace
}  // namespace tertulia::integration
