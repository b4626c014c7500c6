#include "dialogs/meetings/by_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs::meetings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

plan of_four() {
    plan made;
    for (const auto& [id, first, full] :
         {std::tuple{"C1", "Ana", "Ana López"}, std::tuple{"C2", "Ana", "Ana Pérez"},
          std::tuple{"C3", "María", "María de la Cruz"}, std::tuple{"C4", "Eva", "Eva López"}}) {
        made.members.push_back({.id = id, .first_name = first, .full_name = full});
    }
    return made;
}

TEST(by_name, one_is_found_by_as_much_of_her_name_as_tells_her_apart) {
    const auto plan = of_four();
    EXPECT_THAT(people_named(plan, "Ana Lopez 90").places, ElementsAre(0));
    EXPECT_EQ(people_named(plan, "Ana Lopez 90").rest, " 90");
    EXPECT_THAT(people_named(plan, "eva: por gritar").places, ElementsAre(3));
    EXPECT_EQ(people_named(plan, "eva: por gritar").rest, " por gritar");
    EXPECT_THAT(people_named(plan, "a doña María de la Cruz").places, ElementsAre(2));
    EXPECT_THAT(people_named(plan, "PÉREZ").places, ElementsAre(1));
}

TEST(by_name, a_name_of_several_is_theirs_and_one_of_nobody_nobodys) {
    const auto plan = of_four();
    EXPECT_THAT(people_named(plan, "Ana").places, ElementsAre(0, 1));
    EXPECT_THAT(people_named(plan, "López").places, ElementsAre(0, 3));
    for (const auto* nobody : {"Juana", "", "  ", "bien", "90 Ana", "doña"}) {
        EXPECT_THAT(people_named(plan, nobody).places, IsEmpty()) << nobody;
    }
}

}  // namespace
}  // namespace tertulia::dialogs::meetings
