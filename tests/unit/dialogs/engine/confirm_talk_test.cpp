// What a PIN is too little for: a person makes sure that it is her, and only then the dialog goes on.

#include "tests/talks/conversation.hpp"
#include "tests/talks/sources.hpp"
#include "tests/talks/with.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

using namespace testing_talk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto set_pin = R"(dialog: set_pin
about: A page to set it on.
starts_on: {words: [pin]}
needs: confirmed
begin: link
states:
  link: {say: set_pin.link, send_link: pin, end: true}
)";
constexpr auto trust = R"(dialog: trust
about: The number is hers.
starts_on: {words: [telefono nuevo]}
needs: confirmed
begin: it
states:
  it: {set: {trusts_number: true}, go: told}
  told: {say: trust.done, end: true}
)";

script_sources sources(const std::string& one = set_pin, const std::string& other = trust) {
    auto from = sources_with({one, other});
    from.dialogs.push_back(
        {"dialogs/cases.yaml", "asked:\nconfirm: {to: credit_agent, categories: [set_pin, trust]}\n"}
    );
    std::string words = "set_pin.link: \"Aquí:\"\nset_pin.link.no_link: \"En la agencia.\"\n"
                        "trust.done: \"Es suyo.\"\n";
    for (const auto* key :
         {"case.from_officer", "case.kind.asked", "case.kind.confirm", "case.category.set_pin",
          "case.category.trust", "desk.card", "desk.late", "desk.again", "desk.taken", "desk.wrote",
          "desk.given_back", "desk.noted", "desk.rests", "desk.resolved", "desk.has_another",
          "desk.busy", "desk.not_hers", "desk.over", "desk.unreachable", "desk.note_now",
          "desk.answer_now", "desk.switched", "desk.list", "desk.row", "desk.none", "desk.as_client",
          "desk.text_only", "desk.sent_file", "desk.sent_voice", "desk.claim", "desk.word_client",
          "desk.word_desk", "desk.take", "desk.note", "desk.snooze", "desk.resolve",
          "desk.give_back", "desk.go_to", "confirm.asked", "confirm.done", "desk.confirm_how",
          "desk.confirmed", "desk.nothing_to_confirm", "desk.confirm", "desk.in_person",
          "desk.call_back", "pin_page.title", "pin_page.rules", "pin_page.first",
          "pin_page.second", "pin_page.save", "pin_page.not_six_digits", "pin_page.repeats",
          "pin_page.sequence", "pin_page.birth_date", "pin_page.differ", "pin_page.done",
          "pin_page.gone"}) {
        const std::string text{key};
        words += text + ": \"" + text.substr(text.rfind('.') + 1) + "\"\n";
    }
    from.messages[0].text += words;
    from.of.media_base = "https://x.example/media";
    return from;
}

std::shared_ptr<const script_set> loaded(const script_sources& from) {
    const auto made = load_scripts(from);
    EXPECT_TRUE(made.scripts) << testing_sources::all_problems(made);
    return made.scripts;
}

struct confirm_talk : testing::Test {
    conversation talk{loaded(sources())};

    confirm_talk() {
        talk.session.welcomed = true;
        talk.known.conversation = 17;
        talk.know(rosa());
    }
    void confirms(std::string who, std::string how = "in_person", party_id by = party_id{8}) {
        said = talk.happen(told{
            .by = by,
            .what = case_act{
                .number = "17-1",
                .what = case_deed::confirm,
                .by = {.id = std::move(who), .name = "Ana"},
                .text = std::move(how)}});
    }
    [[nodiscard]] std::optional<case_report> told_back() const {
        const auto* one = talk.found<tell>();
        return one == nullptr ? std::nullopt : std::optional{std::get<case_news>(one->what).what};
    }
    [[nodiscard]] std::string linked() const {
        const auto* one = talk.found<send>();
        for (const auto& each : talk.last) {
            const auto* sent = std::get_if<send>(&each);
            const auto* text = sent == nullptr ? nullptr : std::get_if<say_text>(&sent->message.content);
            if (text != nullptr && !text->link.client_id.empty()) return text->link.client_id;
        }
        return one == nullptr ? "nothing said" : "";
    }
    std::vector<std::string> said{};
};

TEST_F(confirm_talk, asks_for_it_goes_on_when_it_is_given_and_for_a_day) {
    EXPECT_THAT(talk.say("pin"), ElementsAre("confirm.asked"));
    EXPECT_EQ(talk.session.cases.at(0).category, "set_pin");
    EXPECT_EQ(talk.session.cases.at(0).client_id, "rosa");
    EXPECT_EQ(talk.session.cases.at(0).queue, "credit_agent:brenda");
    EXPECT_THAT(talk.say("menu"), ElementsAre("menu.what")) << "nobody is kept waiting";
    talk.now += 20min;
    confirms("officer:ana");
    EXPECT_THAT(said, ElementsAre("confirm.done", "set_pin.link"));
    EXPECT_EQ(linked(), "rosa");
    EXPECT_EQ(told_back(), case_report::confirmed);
    EXPECT_TRUE(talk.session.cases.at(0).over());
    EXPECT_THAT(talk.say("pin"), ElementsAre("set_pin.link"));
    talk.now += 24h;
    EXPECT_THAT(talk.say("pin"), ElementsAre("confirm.asked"));
}

TEST_F(confirm_talk, nobody_vouches_for_herself) {
    (void)talk.say("pin");
    talk.known.staff = staff_person{.id = "officer:rosa", .name = "Rosa"};
    confirms("officer:rosa");
    EXPECT_EQ(told_back(), case_report::not_hers);
    confirms("officer:rosa", "in_person", party_id{17});
    EXPECT_EQ(told_back(), case_report::not_hers);
    EXPECT_THAT(talk.session.confirmations, IsEmpty());
}

TEST_F(confirm_talk, without_how_it_is_none) {
    (void)talk.say("pin");
    confirms("officer:ana", "");
    EXPECT_EQ(told_back(), case_report::nothing_to_confirm);
    EXPECT_THAT(said, IsEmpty());
}

TEST_F(confirm_talk, one_is_for_one_thing_only_and_ends_with_a_doubt) {
    (void)talk.say("pin");
    confirms("officer:ana");
    EXPECT_THAT(talk.say("telefono nuevo"), ElementsAre("confirm.asked"));
    talk.device = "old";
    (void)talk.say("menu");
    talk.device = "new";
    (void)talk.say("menu");
    EXPECT_THAT(talk.session.confirmations, IsEmpty());
}

TEST_F(confirm_talk, who_changed_her_telephone_is_trusted_again_at_once) {
    talk.device = "old";
    (void)talk.say("menu");
    talk.device = "new";
    (void)talk.say("menu");
    ASSERT_TRUE(talk.session.proof.doubted);
    EXPECT_THAT(talk.say("telefono nuevo"), ElementsAre("confirm.asked"));
    EXPECT_EQ(talk.session.cases.at(0).client_id, "rosa") << "who looks into it must know whose it was";
    talk.now += 20min;
    confirms("officer:ana", "call_back");
    EXPECT_THAT(said, ElementsAre("confirm.done", "trust.done"));
    EXPECT_FALSE(talk.session.proof.doubted);
    EXPECT_EQ(talk.session.proof.frozen_until, instant{});
}

TEST_F(confirm_talk, a_number_on_no_file_hears_the_same_and_nobody_can_confirm_it) {
    talk.known.clients.clear();
    EXPECT_THAT(talk.say("pin"), ElementsAre("confirm.asked"));
    EXPECT_EQ(talk.session.cases.at(0).queue, "support");
    confirms("officer:ana");
    EXPECT_EQ(told_back(), case_report::nothing_to_confirm);
}

TEST_F(confirm_talk, a_pin_that_is_set_uses_it_up_and_forgets_wrong_tries) {
    (void)talk.say("pin");
    confirms("officer:ana");
    talk.session.proof.wrong_pins = 10;
    talk.session.proof.branch_only = true;
    (void)talk.happen(happened{.what = "pin_set"});
    EXPECT_FALSE(talk.session.proof.branch_only);
    EXPECT_EQ(talk.session.proof.wrong_pins, 0U);
    EXPECT_THAT(talk.session.confirmations, IsEmpty());
}

TEST_F(confirm_talk, without_an_address_of_ours_she_is_told_where_to_go) {
    auto from = sources();
    from.of.media_base = "media:";
    talk.use(loaded(from));
    (void)talk.say("pin");
    confirms("officer:ana");
    EXPECT_THAT(said, ElementsAre("confirm.done", "set_pin.link.no_link"));
    EXPECT_EQ(linked(), "");
}

TEST(confirm_slips, are_told) {
    const auto slip = [](std::string text, const std::string& was, const std::string& now) {
        text.replace(text.find(was), was.size(), now);
        return text;
    };
    const auto of = [](const script_sources& from) {
        const auto made = load_scripts(from);
        EXPECT_FALSE(made.scripts) << "it loads";
        return testing_sources::all_problems(made);
    };
    auto nobody = sources();
    for (auto& file : nobody.dialogs) {
        if (file.path == "dialogs/cases.yaml") file.text = "asked:\nconfirm: {categories: [trust]}\n";
    }
    EXPECT_THAT(of(nobody), HasSubstr("nobody can confirm 'set_pin'"));
    EXPECT_THAT(
        of(sources(slip(set_pin, "needs: confirmed\n", ""))),
        HasSubstr("sending the address where a PIN is set")
    );
    EXPECT_THAT(
        of(sources(slip(set_pin, "send_link: pin", "send_link: bank"))),
        HasSubstr("no address is called 'bank'")
    );
    EXPECT_THAT(
        of(sources(set_pin, slip(trust, "needs: confirmed\n", ""))),
        HasSubstr("a number is trusted again once somebody has made sure")
    );
}

}  // namespace
}  // namespace tertulia::dialogs
