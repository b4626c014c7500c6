// What becomes of a message that does not arrive: by which channel it goes on, when it does not, and
// that it does so once.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto hers = "+50255551234";

std::shared_ptr<const script_set> with_ladder(milliseconds after = 4h) {
    auto sources = testing_sources::basic();
    sources.of.channels = {
        {.name = "whatsapp", .kind = channel_kind::whatsapp, .checks_identity = true},
        {.name = "sms",
         .kind = channel_kind::sms,
         .fallback_for = {"whatsapp"},
         .fallback_after = after}};
    const auto made = load_scripts(sources);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct reach_talk : testing::Test {
    conversation talk{with_ladder()};

    reach_talk() {
        auto who = rosa();
        who.who.phones = {hers};
        talk.know(std::move(who));
        talk.known.phones = {hers};
        talk.session.welcomed = true;
        talk.device = "key one";
    }

    const send* sent() const { return talk.found<send>(); }
    // The fate of what was said last.
    delivery_outcome lost(const send& what, failure means = failure::unreachable) const {
        delivery_outcome made{
            .outbox_id = 77,
            .purpose = what.purpose,
            .status = delivery_status::failed,
            .error = {.code = 131026, .means = means},
            .touch = what.touch};
        if (means == failure::unreachable) {
            made.what = undelivered{
                .message = what.message, .urgency = what.urgency, .expires_at = talk.now + 1h};
        }
        return made;
    }
    std::string record(const std::string& kind) const {
        for (const auto& one : talk.last) {
            const auto* kept = std::get_if<keep_record>(&one);
            if (kept != nullptr && kept->kind == kind) return kept->detail;
        }
        return "none";
    }
};

TEST_F(reach_talk, a_message_she_was_unreachable_for_goes_on_as_the_same_touch) {
    talk.say("menu");
    const auto menu = *sent();
    EXPECT_EQ(menu.message.to.channel, "whatsapp");
    EXPECT_THAT(talk.happen(lost(menu)), ElementsAre("menu.what"));
    EXPECT_EQ(sent()->message.to, (address{"sms", {identity_kind::phone, hers}}));
    EXPECT_EQ(sent()->touch, 77U) << "the first message's own id, where it was the first";
    EXPECT_EQ(std::get<say_text>(sent()->message.content).choices.size(), 2U);
    EXPECT_EQ(record("carried_on"), "whatsapp to sms, touch 77");
    EXPECT_EQ(talk.session.frames.back().state, "what") << "the talk stays where it is";
}

TEST_F(reach_talk, what_goes_on_by_sms_has_no_marks_of_whatsapps) {
    talk.say("menu");
    auto menu = *sent();
    std::get<say_text>(menu.message.content).text = "Escriba *menú*: 2*3";
    talk.happen(lost(menu));
    EXPECT_EQ(std::get<say_text>(sent()->message.content).text, "Escriba menú: 2*3");
}

TEST_F(reach_talk, from_the_last_rung_nothing_goes_on) {
    talk.say("menu");
    auto menu = *sent();
    menu.message.to = {"sms", {identity_kind::phone, hers}};
    EXPECT_THAT(talk.happen(lost(menu)), IsEmpty());
    EXPECT_EQ(record("send_failed"), "menu.what");
}

TEST_F(reach_talk, nothing_goes_on_that_must_not) {
    talk.say("menu");
    const auto menu = *sent();
    const auto refused = [&](auto change) {
        auto other = talk;
        auto what = lost(menu);
        change(other, what);
        EXPECT_THAT(other.happen(what), IsEmpty());
        std::string why;
        for (const auto& one : other.last) {
            const auto* kept = std::get_if<keep_record>(&one);
            if (kept != nullptr && kept->kind == "not_carried_on") why = kept->detail;
        }
        return why.substr(why.find(": ") + 2);
    };
    EXPECT_EQ(refused([](auto& at, auto&) { at.session.wishes.opted_out = true; }), "opted out");
    EXPECT_EQ(refused([](auto& at, auto& what) { what.what->expires_at = at.now; }), "expired");
    EXPECT_EQ(
        refused([](auto& at, auto&) { at.known.clients.push_back(at.known.clients.front()); }),
        "a number of several"
    );
    EXPECT_EQ(
        refused([](auto& at, auto&) { at.known.phones.clear(); }), "no number of her own"
    );
    EXPECT_EQ(refused([](auto& at, auto&) { at.session.proof.doubted = true; }), "in doubt");
    EXPECT_EQ(
        refused([](auto&, auto& what) { what.what->message.content = say_media{}; }), "no words"
    );
}

TEST_F(reach_talk, a_failure_that_is_not_hers_goes_nowhere) {
    talk.say("menu");
    EXPECT_THAT(talk.happen(lost(*sent(), failure::other)), IsEmpty());
    EXPECT_EQ(record("not_carried_on"), "none");
}

TEST_F(reach_talk, what_we_began_and_nobody_confirmed_goes_on_once) {
    talk.say("menu");
    talk.session.welcomed = true;
    talk.session.prefers = "whatsapp";
    // A silence is ours to break, too: the menu's question ends without a word, so begin one.
    started waiting{
        .message = sent()->message,
        .urgency = priority::nudge,
        .purpose = "menu.what",
        .touch = 5,
        .due = talk.now + 4h,
        .expires_at = talk.now + 24h};
    talk.session.under_way = {waiting};
    talk.now += 4h;
    const timer_fired due{.name = "undelivered", .steps = talk.session.steps};
    EXPECT_THAT(talk.happen(due), ElementsAre("menu.what"));
    EXPECT_EQ(sent()->message.to.channel, "sms");
    EXPECT_EQ(sent()->touch, 5U);
    EXPECT_EQ(sent()->urgency, priority::nudge);
    EXPECT_THAT(talk.happen(due), IsEmpty()) << "not twice";

    // Only now WhatsApp says that it never arrived: it has gone on already.
    auto late = lost(send{.message = waiting.message, .purpose = "menu.what", .touch = 5});
    EXPECT_THAT(talk.happen(late), IsEmpty());
    EXPECT_EQ(record("carried_on"), "none");
}

TEST_F(reach_talk, a_late_delivery_of_the_first_is_only_recorded) {
    talk.say("menu");
    talk.session.under_way = {{.message = sent()->message, .touch = 5, .carried = true}};
    const delivery_outcome arrived{
        .outbox_id = 77, .purpose = "menu.what", .status = delivery_status::delivered, .touch = 5};
    EXPECT_THAT(talk.happen(arrived), IsEmpty());
    EXPECT_THAT(talk.session.under_way, IsEmpty());
}

TEST_F(reach_talk, what_she_writes_says_that_she_is_there) {
    talk.say("menu");
    talk.session.under_way = {{.message = sent()->message, .touch = 5, .due = talk.now + 4h}};
    talk.say("menu");
    EXPECT_THAT(talk.session.under_way, IsEmpty());
}

TEST_F(reach_talk, messages_ask_to_be_refused_once_her_key_is_another) {
    talk.say("menu");
    EXPECT_EQ(sent()->message.identity_key_hash, "key one");
    talk.happen(lost(*sent(), failure::identity_changed));
    EXPECT_EQ(record("identity_key_changed"), "");
    EXPECT_TRUE(talk.session.proof.doubted);
    EXPECT_EQ(talk.session.identity_key_hash, "") << "the next goes without the old key";
}

TEST_F(reach_talk, core_banking_gave_the_number_to_another) {
    talk.say("menu");
    auto other = rosa();
    other.who.id = "petrona";
    other.who.phones = {hers};
    talk.know(std::move(other));
    talk.say("menu");
    EXPECT_EQ(record("number_moved"), "rosa to petrona");
    EXPECT_TRUE(talk.session.proof.doubted);
    talk.say("menu");
    EXPECT_EQ(record("number_moved"), "none") << "told once";
}

}  // namespace
}  // namespace tertulia::dialogs
