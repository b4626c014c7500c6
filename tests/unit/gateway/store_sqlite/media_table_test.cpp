// What people sent is noted with its turn, survives a restart, and goes with its person.

#include "store_fixture.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<identity> rosa{phone("+50255551234")};
const std::vector<identity> ana{phone("+50255551235")};

incoming sent(std::string id, const std::vector<identity>& from) {
    auto event = wrote(id, from, "");
    std::get<dialogs::heard>(event.what).message.content = received_media{
        .kind = media_kind::voice_note, .id = "media-" + id, .mime_type = "audio/ogg"};
    return event;
}

struct media_table_test : store_test {
    media_ledger& ledger() { return db().received(); }
};

TEST_F(media_table_test, a_file_is_noted_with_its_turn_and_waits_after_a_restart) {
    live(wrote("m1", rosa, "hola"), "menu");
    EXPECT_EQ(ledger().next_due(), std::nullopt);
    const auto her = live(sent("m2", rosa), "menu");
    open_store();
    ASSERT_THAT(ledger().due(monday, 10), SizeIs(1));
    const auto one = ledger().due(monday, 10).front();
    EXPECT_EQ(one.party, her.party);
    EXPECT_EQ(one.channel, "whatsapp");
    EXPECT_EQ(one.state, media_state::waiting);
    EXPECT_EQ(one.what.id, "media-m2");
    EXPECT_EQ(one.what.mime_type, "audio/ogg");
    EXPECT_EQ(one.received_at, monday);
    EXPECT_EQ(ledger().next_due(), monday);
    // A redelivery notes nothing.
    live(sent("m2", rosa), "menu");
    EXPECT_THAT(ledger().newest(10), SizeIs(1));
}

TEST_F(media_table_test, what_is_marked_is_read_back_and_no_longer_due) {
    live(sent("m1", rosa), "menu");
    const auto one = ledger().due(monday, 1).front();
    EXPECT_TRUE(ledger().mark({.id = one.id, .tries = 1, .due = monday + 5s, .reason = "500"}));
    EXPECT_THAT(ledger().due(monday, 10), IsEmpty());
    EXPECT_EQ(ledger().next_due(), monday + 5s);
    EXPECT_EQ(ledger().due(monday + 5s, 10).front().reason, "500");
    EXPECT_TRUE(ledger().mark(
        {.id = one.id, .state = media_state::kept, .tries = 2, .type = "audio/ogg", .bytes = 9}
    ));
    EXPECT_EQ(ledger().next_due(), std::nullopt);
    open_store();
    const auto found = ledger().find(one.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->state, media_state::kept);
    EXPECT_EQ(found->type, "audio/ogg");
    EXPECT_EQ(found->bytes, 9);
    EXPECT_EQ(found->key, one.key);
    EXPECT_FALSE(ledger().mark({.id = 999}));
    EXPECT_EQ(ledger().find(999), std::nullopt);
}

TEST_F(media_table_test, what_a_person_sent_is_found_by_the_providers_id_and_only_hers) {
    const auto her = live(sent("m1", rosa), "menu");
    const auto other = live(sent("m2", ana), "menu");
    const auto found = ledger().find_sent(her.party, "media-m1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what.id, "media-m1");
    EXPECT_EQ(ledger().find_sent(other.party, "media-m1"), std::nullopt);
    EXPECT_EQ(ledger().find_sent(her.party, "media-m2"), std::nullopt);
    EXPECT_EQ(ledger().find_sent({}, "media-m1"), std::nullopt);
}

TEST_F(media_table_test, every_file_has_a_key_of_its_own) {
    live(sent("m1", rosa), "menu");
    live(sent("m2", rosa), "menu");
    const auto both = ledger().newest(10);
    ASSERT_THAT(both, SizeIs(2));
    EXPECT_NE(both[0].key, both[1].key);
}

TEST_F(media_table_test, an_erased_persons_files_are_gone_and_nobody_elses) {
    const auto her = live(sent("m1", rosa), "menu");
    live(sent("m2", ana), "menu");
    const auto hers = ledger().newest(10).back().id;
    db().erase_person(her.party, monday, "operator");
    EXPECT_EQ(ledger().find(hers), std::nullopt);
    ASSERT_THAT(ledger().newest(10), SizeIs(1));
    EXPECT_EQ(ledger().newest(10).front().what.id, "media-m2");
    EXPECT_THAT(ledger().gone(10), ElementsAre(hers));
    open_store();
    const auto gone = ledger().gone(10);
    EXPECT_THAT(gone, ElementsAre(hers));
    ledger().forget_gone(gone);
    EXPECT_THAT(ledger().gone(10), IsEmpty());
}

TEST_F(media_table_test, what_is_too_old_is_retired) {
    live(sent("m1", rosa), "menu", monday);
    live(sent("m2", rosa), "menu", monday + 24h);
    EXPECT_EQ(ledger().retire(monday, 10), 0U);
    EXPECT_EQ(ledger().retire(monday + 1h, 10), 1U);
    ASSERT_THAT(ledger().newest(10), SizeIs(1));
    EXPECT_EQ(ledger().newest(10).front().what.id, "media-m2");
    EXPECT_THAT(ledger().gone(10), SizeIs(1));
}

}  // namespace
}  // namespace tertulia::gateway
