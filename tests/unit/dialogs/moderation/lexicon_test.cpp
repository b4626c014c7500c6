#include "dialogs/moderation/lexicon.hpp"
#include "dialogs/moderation/roster.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <gtest/gtest.h>

namespace tertulia::dialogs {
namespace {

bool hears(const std::string& phrase, std::string_view text) {
    meeting_lexicon words;
    if (!words.add(word_list::insults, phrase)) return false;
    const auto folded = fold(text);
    std::vector<sounded_word> heard;
    for (const auto word : words_of(folded))
        heard.push_back({.folded = word, .begins = heard.empty()});
    return !words.find(word_list::insults, heard).empty();
}

TEST(meeting_lexicon, words_are_compared_as_they_sound_and_whole) {
    EXPECT_TRUE(hears("cállate", "CALLATE ya"));
    EXPECT_TRUE(hears("debe", "deve"));
    EXPECT_FALSE(hears("debe", "deberes"));
}

TEST(meeting_lexicon, a_star_is_any_end_and_dots_are_up_to_three_words) {
    EXPECT_TRUE(hears("pendej*", "qué pendejada"));
    EXPECT_TRUE(hears("no ... pagado", "no pagado"));
    EXPECT_TRUE(hears("no ... pagado", "no nos ha aún pagado"));
    EXPECT_FALSE(hears("no ... pagado", "no uno dos tres cuatro pagado"));
}

TEST(meeting_lexicon, a_hat_is_the_beginning) {
    EXPECT_TRUE(hears("^vendo", "vendo huevos"));
    EXPECT_FALSE(hears("^vendo", "si vendo huevos"));
}

TEST(meeting_lexicon, a_phrase_without_anything_to_recognise_is_refused) {
    meeting_lexicon words;
    for (const char* phrase :
         {"", "!", "*", "^", "...", "no ...", "... no", "no ... ... si", "^*"}) {
        EXPECT_FALSE(words.add(word_list::insults, phrase)) << phrase;
    }
    EXPECT_TRUE(words.empty());
}

TEST(meeting_lexicon, lists_have_names_that_are_found) {
    for (std::size_t i = 0; i < word_lists; ++i) {
        const auto list = static_cast<word_list>(i);
        EXPECT_EQ(find_word_list(name_of(list)), list);
        EXPECT_FALSE(about(list).empty());
    }
    EXPECT_FALSE(find_word_list("insult"));
}

using surely = meeting_roster::surely;

TEST(meeting_roster, knows_first_names_what_they_are_called_and_their_small_forms) {
    meeting_roster names;
    ASSERT_TRUE(names.add("Teresa Flores, Tere"));
    ASSERT_TRUE(names.add("Marta Xol"));
    EXPECT_EQ(names.has(fold("Teresa")), surely::yes);
    EXPECT_EQ(names.has(fold("tere")), surely::yes);
    EXPECT_EQ(names.has(fold("Martita")), surely::if_capital);
    EXPECT_EQ(names.has(fold("Mrata")), surely::if_capital);
    EXPECT_EQ(names.has(fold("flores")), surely::if_capital) << "may be flowers";
    EXPECT_EQ(names.has(fold("tomate")), surely::no);
    EXPECT_EQ(names.people(), 2U);
}

TEST(meeting_roster, an_officer_is_nobody_who_owes) {
    meeting_roster names;
    ASSERT_TRUE(names.add("officer: Brenda"));
    ASSERT_TRUE(names.add("Ana"));
    EXPECT_TRUE(names.is_officer(fold("Brenda")));
    EXPECT_FALSE(names.is_officer(fold("Ana")));
    ASSERT_TRUE(names.add("Brenda Pop"));
    EXPECT_FALSE(names.is_officer(fold("Brenda"))) << "a member of that name is a member";
}

TEST(meeting_roster, what_is_no_name_is_refused) {
    meeting_roster names;
    EXPECT_FALSE(names.add(""));
    EXPECT_FALSE(names.add("12"));
    EXPECT_FALSE(names.add("de la"));
    EXPECT_FALSE(names.add("officer:"));
    EXPECT_FALSE(names.add(std::string(roster_line_bytes_max + 1, 'a')));
    EXPECT_EQ(names.people(), 0U);
}

}  // namespace
}  // namespace tertulia::dialogs
