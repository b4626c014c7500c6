// A credit agent asks for the next meeting of her group from her telephone, and it is there to be
// looked at before anybody is told; whoever may not, or says too little, is told how.

#include "tests/integration/parts/bank.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto brenda = "50255590001";  // two groups
constexpr auto luisa = "50255590002";   // none, and stands in for her
constexpr auto marta = "50255590003";   // of another branch

struct meeting_wish : testing::Test {
    town here{};

    void writes(const std::string& name, const std::string& text) { write_bank(here, name, text); }
    void SetUp() override {
        writes("branches",
               "id,name,street,phone,hours\nB1,Sololá,1,+50255590000,Lun-Vie 8:00-17:00\n"
               "B2,Tecpán,2,+50255590009,Lun-Vie 8:00-17:00\n");
        writes("officers",
               "id,first_name,courtesy,phone,branch_id\nO1,Brenda,seño Brenda,+50255590001,B1\n"
               "O2,Luisa,seño Luisa,+50255590002,B1\nO3,Marta,seño Marta,+50255590003,B2\n");
        writes("groups",
               "id,name,branch_id,officer_id,meeting_rhythm,next_meeting,meeting_time\n"
               "BC1,Las Mariposas,B1,O1,P28D,2030-12-03,10:00\n"
               "BC2,Flor de Café,B1,O1,,,\n");
        writes("clients",
               "id,first_name,last_name,phone,language,branch_id,officer_id,group_id,met_officer\n"
               "M1,Ana,Batz,+50255591001,es,B1,O1,BC1,yes\n"
               "M2,Eva,Batz,+50255591002,es,B1,O1,BC2,yes\n");
        ASSERT_NO_FATAL_FAILURE(import_bank(here));
    }
    // What she is told after she has written it, all of it.
    std::string after(std::string_view who, const std::string& text, std::size_t answers) {
        const auto before = here.meta.to(who).size();
        here.house.hears(text_message(who, text));
        (void)soon([&] { return here.meta.to(who).size() >= before + answers; });
        std::string all;
        for (const auto& one : here.meta.to(who)) all += one.text + "\n";
        return all;
    }
    json meetings() {
        const auto got = ask(here.house.admin(), "GET", "/api/v1/meetings", {}, "");
        return got ? json::parse(got->body, nullptr, false)["meetings"] : json::array();
    }
};

TEST_F(meeting_wish, one_that_the_calendar_knows_is_prepared_once_and_shown_to_its_agent) {
    const auto told = after(brenda, "Preparar reunion las mariposas", 3);
    EXPECT_THAT(told, HasSubstr("preparé la reunión de *Las Mariposas*"));
    EXPECT_THAT(told, HasSubstr("está lista"));  // the card of the draft
    ASSERT_EQ(meetings().size(), 1U);
    EXPECT_EQ(meetings()[0]["group"], "BC1") << meetings().dump(1);

    EXPECT_THAT(after(brenda, "preparar reunión BC1", 2), HasSubstr("ya tiene una reunión"));
    EXPECT_EQ(meetings().size(), 1U);

    here.house.kill();
    here.house.start();
    EXPECT_THAT(after(brenda, "preparar reunión BC1", 2), HasSubstr("ya tiene una reunión"));
    EXPECT_EQ(meetings().size(), 1U);
}

TEST_F(meeting_wish, which_group_and_when_are_asked_where_they_are_not_said) {
    const auto before = here.meta.to(brenda).size();
    EXPECT_THAT(after(brenda, "preparar reunión", 2), HasSubstr("¿De qué grupo?"));
    const auto asked = here.meta.to(brenda).back();
    ASSERT_GT(here.meta.to(brenda).size(), before);
    ASSERT_EQ(asked.choices.size(), 2U) << asked.body.dump(1);
    const auto flor = std::ranges::find(asked.choices, "Flor de Café", [](const auto& one) { return one.second; });
    ASSERT_NE(flor, asked.choices.end());
    here.house.hears(tap_message(brenda, flor->first, flor->second));
    ASSERT_TRUE(soon([&] {
        return here.meta.to(brenda).back().text.find("No tengo el día") != std::string::npos;
    })) << here.meta.to(brenda).back().text;
    EXPECT_THAT(
        after(brenda, "preparar reunión Flor de Café martes", 1), HasSubstr("el día y la hora juntos")
    );
    EXPECT_THAT(
        after(brenda, "preparar reunión Flor de Café el 3/12/2030 a las 10:00", 3),
        HasSubstr("preparé la reunión de *Flor de Café*")
    );
    ASSERT_EQ(meetings().size(), 1U);
    EXPECT_EQ(meetings()[0]["group"], "BC2");
}

TEST_F(meeting_wish, only_those_prepare_it_who_have_to_do_with_the_group) {
    EXPECT_THAT(after(marta, "preparar reunión Las Mariposas", 2), HasSubstr("lo atiende otra asesora"));
    EXPECT_THAT(after(marta, "preparar reunión", 2), HasSubstr("No tiene grupos a su cargo"));
    EXPECT_THAT(after(marta, "preparar reunión Las Orquídeas", 2), HasSubstr("No encuentro ese grupo"));
    (void)after("50255591001", "preparar reunión", 1);  // a member's word does nothing
    EXPECT_EQ(meetings().size(), 0U);
    EXPECT_THAT(after(luisa, "preparar reunión Las Mariposas", 2), HasSubstr("preparé la reunión"));
    EXPECT_EQ(meetings().size(), 1U);
}

}  // namespace
}  // namespace tertulia::integration
