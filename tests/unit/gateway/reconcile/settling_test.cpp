// A message we never got an answer for is recognised on the list, and no other is taken for it.

#include "gateway/reconcile/settling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 12h;
const identity ana{identity_kind::phone, "+50255560001"};
const identity eva{identity_kind::phone, "+50255560002"};

unanswered_send waits(std::int64_t id, identity to, std::string text, instant at = noon) {
    return {.outbox_id = id, .to = std::move(to), .text = std::move(text), .queued_at = at};
}

struct settling : testing::Test {
    adapters::listed page;
    std::set<std::string> known;
    std::vector<std::int64_t> claimed;

    void listed(
        const std::string& id, const identity& to, const std::string& text, instant at = noon,
        std::optional<delivery_status> status = delivery_status::delivered,
        const std::string& ours = {}
    ) {
        page.sent.push_back(
            {.id = id, .callback_data = ours, .to = to, .text = text, .at = at, .status = status}
        );
        if (!status) return;
        page.statuses.push_back(
            {.channel = "sms",
             .message_id = id,
             .status = *status,
             .at = at,
             .callback_data = ours}
        );
    }
    // "id=our id", in the order given.
    std::vector<std::string> settled(std::vector<unanswered_send> waiting) {
        claimed.clear();
        std::vector<std::string> out;
        for (const auto& one : settle(
                 page, "sms", std::move(waiting),
                 [this](const std::string& id) { return known.contains(id); }, claimed
             )) {
            out.push_back(one.message_id + "=" + one.callback_data);
        }
        return out;
    }
};

TEST_F(settling, the_same_text_to_the_same_person_after_we_sent_it_is_ours) {
    listed("SM1", ana, "Hola", noon + 1s);
    EXPECT_THAT(settled({waits(7, ana, "Hola")}), ElementsAre("SM1=7"));
    EXPECT_THAT(claimed, ElementsAre(7));
}

TEST_F(settling, blanks_around_and_the_plus_sign_make_no_difference) {
    listed("SM1", {identity_kind::wa_id, "50255560001"}, "Hola", noon);
    EXPECT_THAT(settled({waits(7, ana, " Hola\n")}), ElementsAre("SM1=7"));
}

TEST_F(settling, anything_else_is_not) {
    listed("SM1", eva, "Hola", noon);
    listed("SM2", ana, "Hola!", noon);
    listed("SM3", ana, "Hola", noon - 61s);
    listed("SM4", ana, "", noon);
    EXPECT_THAT(
        settled({waits(7, ana, "Hola"), waits(8, ana, "")}),
        ElementsAre("SM1=", "SM2=", "SM3=", "SM4=")
    );
    EXPECT_THAT(claimed, IsEmpty());
}

TEST_F(settling, a_message_known_by_its_id_is_no_other) {
    listed("SM1", ana, "Hola", noon + 1s);
    known = {"SM1"};
    EXPECT_THAT(settled({waits(7, ana, "Hola")}), ElementsAre("SM1="));
}

TEST_F(settling, what_carries_our_id_need_not_be_compared) {
    listed("x-9", ana, "Hola", noon, delivery_status::sent, "9");
    EXPECT_THAT(settled({waits(7, ana, "Hola")}), ElementsAre("x-9=9"));
    EXPECT_THAT(claimed, IsEmpty());
}

TEST_F(settling, each_is_taken_once_the_oldest_for_the_oldest) {
    listed("SM2", ana, "Hola", noon + 20s);
    listed("SM1", ana, "Hola", noon + 10s);
    listed("SM3", ana, "Hola", noon + 30s);
    EXPECT_THAT(
        settled({waits(8, ana, "Hola", noon + 15s), waits(7, ana, "Hola")}),
        ElementsAre("SM2=8", "SM1=7", "SM3=")
    );
}

TEST_F(settling, one_whose_status_we_do_not_know_was_taken_all_the_same) {
    listed("SM1", ana, "Hola", noon, std::nullopt);
    EXPECT_THAT(settled({waits(7, ana, "Hola")}), ElementsAre("SM1=7"));
}

}  // namespace
}  // namespace tertulia::gateway
