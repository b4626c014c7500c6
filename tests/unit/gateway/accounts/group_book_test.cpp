// What a channel's group webhooks make of its groups, in whatever order and however often they come,
// and that it is the same after a restart.

#include "gateway/accounts/group_book.hpp"

#include <gtest/gtest.h>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;
using namespace std::chrono_literals;

constexpr instant noon = from_millis(1'795'413'600'000);

struct group_book_test : testing::Test {
    group_book book{"whatsapp"};

    bool hears(std::string field, std::string object) {
        const auto event = whatsapp::read_group_event(
            {.channel = "whatsapp", .field = std::move(field), .raw_json = std::move(object)}
        );
        EXPECT_TRUE(event);
        return event && book.learn(*event, noon);
    }
    bool created(const std::string& id = "g1", const std::string& at = "1795413600") {
        return hears(
            "group_lifecycle_update",
            R"({"type":"group_create","request_id":"r1","subject":"Comité","invite_link":)"
            R"("https://chat.whatsapp.com/L1","join_approval_mode":"approval_required","group_id":")" +
                id + R"(","timestamp":")" + at + "\"}"
        );
    }
    // `more` are further members of the object.
    bool participants(
        const std::string& type, const std::string& more, const std::string& at = "1795413600"
    ) {
        return hears(
            "group_participants_update", R"({"type":")" + type +
                                             R"(","group_id":"g1","timestamp":")" + at + "\"," +
                                             more + "}"
        );
    }
    bool joins(const std::string& at = "1795413600") {
        return participants(
            "group_participants_add", R"("added_participants":[{"wa_id":"50255510001","user_id":"GT.1"}])",
            at
        );
    }
    bool leaves(const std::string& at) {
        return participants(
            "group_participants_remove",
            R"("initiated_by":"participant","removed_participants":[{"wa_id":"50255510001"}])", at
        );
    }
    const known_group& group() { return book.groups().at("g1"); }
    const known_member& member() { return group().members.at(0); }
    // Keeps what changed and gives what is kept.
    std::vector<channel_fact> kept() {
        for (auto& one : book.take_facts()) {
            std::erase_if(facts, [&](const auto& old) { return old.key == one.key; });
            if (!one.value.empty()) facts.push_back(std::move(one));
        }
        return facts;
    }
    std::vector<channel_fact> facts{};
};

TEST_F(group_book_test, a_group_is_made_of_its_webhooks) {
    EXPECT_TRUE(created());
    EXPECT_TRUE(joins());
    EXPECT_EQ(group().subject, "Comité");
    EXPECT_EQ(group().request_id, "r1");
    EXPECT_EQ(group().invite_link, "https://chat.whatsapp.com/L1");
    EXPECT_EQ(group().joining, whatsapp::group_joining::on_approval);
    EXPECT_EQ(group().created_at, noon);
    EXPECT_EQ(group().is, group_standing::open);
    ASSERT_EQ(group().members.size(), 1U);
    EXPECT_EQ(member().is, member_standing::in);
    EXPECT_EQ(member().who.size(), 3U);  // telephone, WhatsApp and user id
}

TEST_F(group_book_test, a_repeated_webhook_changes_nothing) {
    EXPECT_TRUE(joins());
    EXPECT_TRUE(leaves("1795413600"));  // in the same second
    EXPECT_FALSE(joins());
    EXPECT_EQ(member().is, member_standing::left);
    ASSERT_EQ(book.take_facts().size(), 1U);
    EXPECT_FALSE(joins());
    EXPECT_TRUE(book.take_facts().empty());
}

TEST_F(group_book_test, what_comes_late_does_not_undo_what_is_newer) {
    EXPECT_TRUE(leaves("1795413700"));
    EXPECT_TRUE(joins("1795413600"));
    EXPECT_EQ(member().is, member_standing::left);
    EXPECT_TRUE(hears(
        "group_settings_update",
        R"({"group_id":"g1","timestamp":"1795413650","group_subject":{"text":"Mesa","update_successful":true},)"
        R"("group_description":{"text":"Lunes","update_successful":false}})"
    ));
    EXPECT_TRUE(created("g1", "1795413600"));
    EXPECT_EQ(group().subject, "Mesa");
    EXPECT_EQ(group().description, "") << "it was not changed";
    EXPECT_TRUE(hears(
        "group_lifecycle_update", R"({"type":"group_delete","group_id":"g1","timestamp":"1795413800"})"
    ));
    EXPECT_TRUE(hears(
        "group_status_update",
        R"({"type":"group_suspend_cleared","group_id":"g1","timestamp":"1795413900"})"
    ));
    EXPECT_EQ(group().is, group_standing::deleted);
}

TEST_F(group_book_test, who_asks_is_let_in_withdraws_or_is_rejected) {
    const std::string asks = R"("join_request_id":"jr1","wa_id":"50255510001","user_id":"GT.1")";
    EXPECT_TRUE(participants("group_join_request_created", asks));
    EXPECT_EQ(member().is, member_standing::asks);
    EXPECT_EQ(member().join_request_id, "jr1");
    book.rejected("g1", {"jr2"}, noon);
    book.rejected("none", {"jr1"}, noon);
    EXPECT_EQ(member().is, member_standing::asks);
    book.rejected("g1", {"jr1"}, noon);
    EXPECT_EQ(member().is, member_standing::rejected);
    const std::string again = R"("join_request_id":"jr3","wa_id":"50255510001")";
    EXPECT_TRUE(participants("group_join_request_created", again, "1795413601"));
    EXPECT_TRUE(participants("group_join_request_revoked", R"("join_request_id":"jr3")", "1795413602"));
    EXPECT_EQ(member().is, member_standing::withdrew);
    EXPECT_TRUE(joins("1795413603"));
    EXPECT_EQ(member().is, member_standing::in);
    EXPECT_EQ(member().join_request_id, "");
    EXPECT_EQ(group().members.size(), 1U) << "one person, by whichever name";
}

TEST_F(group_book_test, who_was_removed_is_told_from_who_left) {
    EXPECT_TRUE(joins());
    EXPECT_TRUE(participants(
        "group_participants_remove",
        R"("initiated_by":"business","removed_participants":[{"input":"+50255510001"}])", "1795413601"
    ));
    ASSERT_EQ(group().members.size(), 1U);
    EXPECT_EQ(member().is, member_standing::removed);
}

TEST_F(group_book_test, a_group_that_was_not_made_is_none) {
    EXPECT_FALSE(hears(
        "group_lifecycle_update",
        R"({"type":"group_create","request_id":"r9","timestamp":"1795413600","errors":[{"code":131211}]})"
    ));
    EXPECT_TRUE(book.groups().empty());
    EXPECT_TRUE(book.take_facts().empty());
}

TEST_F(group_book_test, everything_is_the_same_after_a_restart) {
    EXPECT_TRUE(created());
    EXPECT_TRUE(joins());
    EXPECT_TRUE(hears(
        "group_status_update", R"({"type":"group_suspend","group_id":"g1","timestamp":"1795413700"})"
    ));
    auto stored = kept();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].key, "group/g1");
    stored.push_back({"sms", "group/other", stored[0].value, noon});
    stored.push_back({"whatsapp", "group/broken", "[1]", noon});
    stored.push_back({"whatsapp", "limit", "{}", noon});
    const auto before = group();
    book = group_book{"whatsapp"};
    book.restore(stored, noon);
    ASSERT_EQ(book.groups().size(), 1U);
    EXPECT_EQ(group().subject, before.subject);
    EXPECT_EQ(group().joining, before.joining);
    EXPECT_EQ(group().is, group_standing::suspended);
    EXPECT_EQ(member().who, before.members[0].who);
    EXPECT_EQ(member().since, noon);
    EXPECT_FALSE(joins()) << "a repetition is known as one";
    EXPECT_TRUE(book.take_facts().empty());
}

TEST_F(group_book_test, a_group_deleted_long_ago_is_forgotten) {
    EXPECT_TRUE(hears(
        "group_lifecycle_update", R"({"type":"group_delete","group_id":"g1","timestamp":"1795413600"})"
    ));
    const auto stored = kept();
    book = group_book{"whatsapp"};
    book.restore(stored, noon + group_book::deleted_for);
    EXPECT_TRUE(book.groups().empty());
    EXPECT_TRUE(kept().empty());
}

TEST_F(group_book_test, no_group_grows_without_end) {
    for (int i = 0; i < 100; ++i) {
        const auto number = std::to_string(50'255'510'000 + i);
        EXPECT_TRUE(participants(
            "group_participants_add", R"("added_participants":[{"wa_id":")" + number + "\"}]"
        ));
    }
    EXPECT_EQ(group().members.size(), group_book::members_max);
    EXPECT_EQ(group().heard.size(), group_book::heard_max);
    EXPECT_EQ(group().members.back().who.front().value, "+50255510099");
}

}  // namespace
}  // namespace tertulia::gateway
