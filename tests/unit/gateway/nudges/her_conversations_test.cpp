// In which conversation a client of several telephones is spoken to, and what the others say to it.

#include "gateway/nudges/her_conversations.hpp"

#include "tests/unit/gateway/store_sqlite/store_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tertulia::gateway {
namespace {

const std::string own = "+50255500001";
const std::string other = "+50255500002";
const std::string familys = "+50255500003";
constexpr civil_date today{std::chrono::year{2026} / 11 / 23};
const dialogs::planned_nudge what{.client_id = "rosa", .loan_id = "L1"};

struct her_conversations : store_test {
    // She wrote there at that moment, and this is what is known in that conversation.
    party_id wrote_from(const std::string& number, instant at, dialogs::session known = {}) {
        const auto event = wrote("m" + number, {phone(number)}, "hola", at);
        const auto from = open_one(event);
        auto made = turn_of(event, from, "start", at);
        known.steps = made.next.steps;
        known.now = at;
        known.last_inbound_at = at;
        made.next = std::move(known);
        batch one;
        one.turns.push_back(std::move(made));
        db().commit(one);
        return from.party;
    }
    std::optional<spoken_in> spoken(
        const std::vector<std::string>& phones, const std::vector<std::string>& shared = {}
    ) {
        return where_she_is_spoken_to(db(), phones, shared, what, today);
    }
};

TEST_F(her_conversations, who_never_wrote_has_none) {
    EXPECT_FALSE(spoken({own, other}));
    EXPECT_FALSE(spoken({}));
}

TEST_F(her_conversations, one_is_hers_whichever_of_her_telephones_it_is_of) {
    const auto only = wrote_from(other, monday);
    EXPECT_EQ(spoken({own, other})->party, only);
    EXPECT_EQ(spoken({own, other})->elsewhere, dialogs::told_elsewhere{});
}

TEST_F(her_conversations, of_several_the_last_is_spoken_in_and_hears_what_she_told_in_the_others) {
    dialogs::session stopped{};
    stopped.wishes = {.opted_out = true, .changed_at = monday};
    stopped.claims = {{.client_id = "rosa", .loan_id = "L1"}};
    (void)wrote_from(own, monday, stopped);
    const auto last = wrote_from(other, monday + std::chrono::hours{1});
    const auto found = spoken({own, other});
    EXPECT_EQ(found->party, last);
    EXPECT_EQ(found->elsewhere.opted_out_at, monday);
    EXPECT_TRUE(found->elsewhere.claims_paid);
}

TEST_F(her_conversations, her_own_telephone_goes_before_the_familys_and_what_another_said_there_is_not_hers) {
    const auto hers = wrote_from(own, monday);
    dialogs::session stopped{};
    stopped.wishes = {.opted_out = true, .changed_at = monday};
    (void)wrote_from(familys, monday + std::chrono::hours{1}, stopped);
    const auto found = spoken({familys, own}, {familys});
    EXPECT_EQ(found->party, hers);
    EXPECT_EQ(found->elsewhere.opted_out_at, instant{});
}

}  // namespace
}  // namespace tertulia::gateway
