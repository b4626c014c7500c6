// What clients write of their own in a talk is on the board of ideas from the commit of that talk, sealed
// where it was, and gone with her key.

#include "store_fixture.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct feedback_test : store_test {
    party_id talked(const std::string& id, std::map<std::string, std::string> answers) {
        const auto event = wrote(id, {phone("+50255550101")}, "hola");
        const auto from = open_one(event);
        auto made = turn_of(event, from, "menu");
        made.effects.emplace_back(
            dialogs::contact_had{.client_id = "C1", .about = "mid", .answers = std::move(answers)}
        );
        batch one;
        one.turns.push_back(std::move(made));
        db().commit(one);
        return from.party;
    }
    // "C1 mid/told: words" of each, oldest first.
    std::vector<std::string> board() {
        SQLite::Database beside{how.path};
        SQLite::Statement rows{beside, "SELECT contact, client_id, about, question FROM feedback ORDER BY id"};
        std::vector<std::string> all;
        while (rows.executeStep()) {
            const std::string question = rows.getColumn(3).getString();
            const auto words = db().words_in_contact(rows.getColumn(0).getInt64(), question);
            all.push_back(
                rows.getColumn(1).getString() + " " + rows.getColumn(2).getString() + "/" + question + ": " +
                words.value_or("(erased)")
            );
        }
        return all;
    }
};

TEST_F(feedback_test, words_are_on_it_and_picks_numbers_recordings_and_her_goal_are_not) {
    (void)talked(
        "m1",
        {{"told", "text:abran los sábados"},
         {"words", "y más café"},
         {"outlook", "choice:good"},
         {"nps", "number:9"},
         {"goal", "text:una refri"},
         {"empty", "text:  "},
         {"note", "voice_note:123"}}
    );
    EXPECT_THAT(board(), ElementsAre("C1 mid/told: abran los sábados", "C1 mid/words: y más café"));
    open_store();
    EXPECT_THAT(board(), ElementsAre("C1 mid/told: abran los sábados", "C1 mid/words: y más café"));
}

TEST_F(feedback_test, a_talk_that_is_noted_again_as_it_goes_on_brings_its_words_once) {
    (void)talked("m1", {{"words", "y más café"}});
    (void)talked("m2", {{"words", "y más café"}, {"shock", "choice:illness"}});
    (void)talked("m3", {{"words", "y más té"}});
    EXPECT_THAT(board(), ElementsAre("C1 mid/words: y más café", "C1 mid/words: y más té"));
}

TEST_F(feedback_test, a_talk_without_words_of_her_own_brings_none) {
    (void)talked("m1", {{"outlook", "choice:good"}});
    EXPECT_THAT(board(), IsEmpty());
    EXPECT_EQ(db().words_in_contact(0, "told"), std::nullopt);
    EXPECT_EQ(db().words_in_contact(99, "told"), std::nullopt);
}

TEST_F(feedback_test, with_her_key_her_words_are_gone) {
    const auto her = talked("m1", {{"told", "text:abran los sábados"}});
    db().erase_person(her, monday, "Brenda");
    EXPECT_THAT(board(), ElementsAre("C1 mid/told: (erased)"));
}

}  // namespace
}  // namespace tertulia::gateway
