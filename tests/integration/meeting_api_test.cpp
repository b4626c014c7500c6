// Meetings by the console's API and by the command line: hours as the institution's clocks show them,
// what is refused in words, and every wrong field answered with how to mend it.

#include "tests/integration/parts/bank.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct meeting_api : testing::Test {
    town here{};

    void writes(const std::string& name, const std::string& text) { write_bank(here, name, text); }
    void SetUp() override {
        writes("branches", "id,name,street,phone,hours\nB1,Sololá,1,+50255590000,Lun-Vie 8:00-17:00\n");
        writes("officers",
               "id,first_name,courtesy,phone,branch_id\nO1,Brenda,seño Brenda,+50255590001,B1\n");
        writes("groups",
               "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
               "BC1,Las Mariposas,B1,O1,,,\nBC2,Sin Nadie,B1,O1,,,\n");
        writes("clients",
               "id,first_name,last_name,phone,language,branch_id,officer_id,group_id,met_officer\n"
               "M1,Ana,Batz,+50255591001,es,B1,O1,BC1,yes\n"
               "M2,Eva,Batz,+50255591002,es,B1,O1,BC1,yes\n");
        ASSERT_NO_FATAL_FAILURE(import_bank(here));
    }
    // "STATUS body"
    std::string api(const std::string& method, const std::string& path, const std::string& body = {}) {
        const auto got = ask(
            here.house.admin(), method, "/api/v1/meetings" + path,
            {{"Content-Type", "application/json"}}, body
        );
        return got ? std::to_string(got->status) + " " + got->body : "no answer";
    }
    void make() {
        ASSERT_THAT(api("POST", "", R"({"group": "BC1", "start": "2030-12-03T10:00"})"),
                    testing::StartsWith("201"));
    }
};

TEST_F(meeting_api, the_hour_is_the_institutions_own) {
    make();
    const auto [code, listed] = here.house.command({"meeting", "list"});
    EXPECT_EQ(code, 0);
    EXPECT_THAT(listed, HasSubstr("2030-12-03 10:00"));
    const auto [shown_code, shown] = here.house.command({"meeting", "show", "BC1/1"});
    EXPECT_EQ(shown_code, 0);
    EXPECT_THAT(shown, HasSubstr("2030-12-03 10:00"));
}

TEST_F(meeting_api, a_meeting_that_cannot_be_made_says_why) {
    make();
    const std::vector<std::pair<std::string, std::string>> all{
        {"", "400"},
        {"{", "Send an object"},
        {"[]", "Send an object"},
        {"{}", R"(Send {\"group\")"},
        {R"({"group": 7})", R"(\"group\" is a text)"},
        {R"({"group": "BC1", "start": 1796140320})", R"(\"start\" is a text)"},
        {R"({"group": "BC1", "start": "mañana"})", "2026-12-01T10:00"},
        {R"({"group": "BC1", "start": "2030-02-30T10:00"})", "2026-12-01T10:00"},
        {R"({"group": "BC1", "star": "2030-12-03T10:00"})", R"(did you mean \"start\")"},
        {R"({"group": "BC1", "start": "2030-12-03T10:00"})", "409"},
        {R"({"group": "BC1", "start": "2020-12-03T10:00"})", "409"},
        {R"({"group": "BC9", "start": "2030-12-03T10:00"})", "409"},
        {R"({"group": "BC2", "start": "2030-12-03T10:00"})", "409"},
        {R"({"group": "BC2"})", "409"},
        {R"({"group": "BC2", "start": "2030-12-03T10:00", "agenda": "no_such"})", "409"}};
    for (const auto& [body, told] : all) EXPECT_THAT(api("POST", "", body), HasSubstr(told)) << body;
    EXPECT_THAT(api("POST", "", R"({"group": ")" + std::string(90, 'G') + "\"}"), HasSubstr("400"));
    EXPECT_THAT(api("POST", "", std::string(20'000, ' ')), HasSubstr("413"));
}

TEST_F(meeting_api, what_a_meeting_refuses_is_told_in_words) {
    make();
    const auto acts = [&](const std::string& body) { return api("POST", "/BC1/1/acts", body); };
    const auto open = acts(R"({"does": "open", "by": "officer:O1"})");
    EXPECT_THAT(open, testing::AllOf(HasSubstr("409"), HasSubstr("refused-not_now"),
                                     HasSubstr("The step under way does not take it")));
    EXPECT_THAT(acts(R"({"does": "schedule", "by": "officer:O9"})"),
                HasSubstr("moderator, backup or supervisor"));
    EXPECT_THAT(acts(R"({"does": "schedule", "by": "officer:O1"})"), testing::StartsWith("200"));
    EXPECT_THAT(acts(R"({"does": "schedule", "by": "officer:O1"})"), testing::StartsWith("409"));

    const auto [code, told] = here.house.command({"meeting", "act", "BC1/1", "close", "--by", "officer:O1"});
    EXPECT_NE(code, 0);
    EXPECT_THAT(told, HasSubstr("The step under way does not take it"));
}

TEST_F(meeting_api, a_wrong_act_says_which_field_and_how_it_is_written) {
    make();
    const std::vector<std::pair<std::string, std::string>> all{
        {"null", "Send an object"},
        {R"({"does": "open"})", R"(\"by\" is who does it)"},
        {R"({"does": "open", "by": 7})", R"(\"by\" is a text)"},
        {R"({"by": "officer:O1"})", R"(\"does\" is an act)"},
        {R"({"does": "dance", "by": "officer:O1"})", R"(\"does\" is an act)"},
        {R"({"does": "pausa", "by": "officer:O1"})", R"(did you mean \"pause\")"},
        {R"({"does": "timer", "by": "officer:O1"})", R"(\"does\" is an act)"},
        {R"({"does": "open", "by": "officer:O1", "as": "treasurer"})", "agent, backup or supervisor"},
        {R"({"does": "pause", "by": "officer:O1", "minutes": "ten"})", "a whole number"},
        {R"({"does": "pause", "by": "officer:O1", "minutes": 9999})", "1 to 1440"},
        {R"({"does": "pause", "by": "officer:O1", "minuts": 5})", R"(did you mean \"minutes\")"},
        {R"({"does": "mark", "by": "officer:O1", "attendance": "maybe"})", "present, late, excused or absent"},
        {R"({"does": "propose_fine", "by": "officer:O1", "fine": "rude"})", "late, absent or other"},
        {R"({"does": "back", "by": "officer:O1", "to": "lunch"})", "a state of a meeting"},
        {R"({"does": "confirm_cash", "by": "officer:O1", "amount": -5})", "minor units"},
        {R"({"does": "reschedule", "by": "officer:O1", "when": "soon"})", "2026-12-01T10:00"},
        {R"({"does": "cancel", "by": "officer:O1", "agrees": "yes"})", "true or false"}};
    for (const auto& [body, told] : all) {
        EXPECT_THAT(api("POST", "/BC1/1/acts", body), testing::AllOf(HasSubstr("400"), HasSubstr(told)))
            << body;
    }
    for (const auto* nowhere : {"/BC1/2", "/BC1/x", "/BC1/-1", "/BC1", "/BC9/1", "/%zz/1", "/BC1/1/secrets"}) {
        EXPECT_THAT(api("GET", nowhere), testing::StartsWith("404")) << nowhere;
        EXPECT_THAT(api("POST", nowhere, R"({"does": "open", "by": "officer:O1"})"), testing::StartsWith("404"))
            << nowhere;
    }
    EXPECT_THAT(api("GET", "/BC1/1/minutes?format=doc"), HasSubstr("json, text or pdf"));
    EXPECT_THAT(api("GET", "/BC1/1/minutes?format=pdf"), HasSubstr("%PDF"));
}

}  // namespace
}  // namespace tertulia::integration
