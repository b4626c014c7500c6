// What a country's networks make of a name decides whether a configuration may run.

#include "dialogs/message/sms/sender_rules.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

TEST(sender_rules, every_country_of_the_table_says_one_thing) {
    EXPECT_EQ(name_sender_in("GT"), name_sender::not_possible);
    EXPECT_EQ(name_sender_in("US"), name_sender::not_possible);
    EXPECT_EQ(name_sender_in("KE"), name_sender::registered);
    EXPECT_EQ(name_sender_in("IN"), name_sender::registered);
    EXPECT_EQ(name_sender_in("HN"), name_sender::shown);
    EXPECT_EQ(name_sender_in("SN"), name_sender::shown);
    EXPECT_EQ(name_sender_in("AD"), name_sender::shown) << "the first of its list";
    EXPECT_EQ(name_sender_in("ZW"), name_sender::shown) << "the last";
}

TEST(sender_rules, what_is_no_country_of_it_is_not_known) {
    for (const auto* none : {"AQ", "gt", "", "G", "T ", " A", "GTM"}) {
        EXPECT_EQ(name_sender_in(none), name_sender::unknown) << none;
    }
}

}  // namespace
}  // namespace tertulia
