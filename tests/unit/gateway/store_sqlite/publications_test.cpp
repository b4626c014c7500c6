// The list of publications is the institution's memory of who changed what people read.

#include "tests/unit/gateway/store_sqlite/store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

const std::string version_a(64, 'a');
const std::string version_b(64, 'b');

TEST_F(store_test, publications_come_back_as_they_were_also_after_a_restart) {
    EXPECT_TRUE(db().publications().empty());
    publication first{
        .at = monday, .version = version_a, .author = "Ana", .reason = "primera", .changes = "all"};
    publication second{
        .at = monday + std::chrono::hours{1},
        .kind = publication_kind::rolled_back,
        .version = version_b,
        .to = audience::share,
        .percent = 10,
        .rest = version_a,
        .author = "Luis",
        .reason = "más cálido",
        .changes = "messages ~1"};
    first.number = db().publish({version_a, "{}"}, first);
    second.number = db().publish({version_b, {}}, second);
    open_store();
    EXPECT_EQ(db().publications(), (std::vector{first, second}));
    EXPECT_TRUE(db().script_set(0xaaaaaaaaaaaaaaaaU));
    EXPECT_FALSE(db().script_set(0xbbbbbbbbbbbbbbbbU)) << "its sources were not given";
}

TEST_F(store_test, a_publication_of_no_version_is_none_at_all) {
    EXPECT_THROW(db().publish({"no hash", "{}"}, {.version = "no hash"}), std::invalid_argument);
    EXPECT_TRUE(db().publications().empty());
}

TEST_F(store_test, conversations_under_way_are_counted_once_wherever_they_lie) {
    const auto talk = [this](int who, std::uint64_t set, bool ends) {
        static int nth = 0;
        const auto event =
            wrote("m" + std::to_string(++nth), {phone("+5020000" + std::to_string(who))}, "x");
        batch one;
        one.turns.push_back(turn_of(event, open_one(event), "somewhere"));
        one.turns[0].next.script_set = set;
        if (ends) one.turns[0].next.frames.clear();
        db().commit(one);
    };
    for (int who = 0; who < 120; ++who) talk(who, 1, false);  // past two generations
    for (int who = 0; who < 20; ++who) talk(who, 2, false);
    talk(50, 1, true);
    const std::map<std::uint64_t, std::size_t> expected{{1, 99}, {2, 20}};
    EXPECT_EQ(db().conversations_under_way(), expected);
    db().checkpoint();
    EXPECT_EQ(db().conversations_under_way(), expected);
    open_store();
    EXPECT_EQ(db().conversations_under_way(), expected);
}

}  // namespace
}  // namespace tertulia::gateway
