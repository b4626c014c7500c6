// Asking Meta how an account stands.

#include "adapters/whatsapp_cloud/account_api.hpp"
#include "tests/unit/adapters/whatsapp_cloud/corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(account_api, the_list_is_asked_for_page_by_page_with_the_token_in_a_header) {
    auto of = sandaga;
    of.business_account_id = "102290129340398";
    const auto first = render_template_list(of);
    EXPECT_EQ(first.method, "GET");
    EXPECT_THAT(first.url, HasSubstr("/v25.0/102290129340398/message_templates?fields=name,"));
    EXPECT_THAT(first.url, Not(HasSubstr("after")));
    EXPECT_THAT(first.url, Not(HasSubstr(of.access_token)));
    EXPECT_EQ(first.headers.at(0).second, "Bearer EAAtest");
    EXPECT_THAT(render_template_list(of, "QVF=&x").url, testing::EndsWith("&after=QVF%3D%26x"));
}

TEST(account_api, a_template_is_read_with_its_gaps_and_buttons) {
    const auto page = read_template_list(R"({"data":[{"name":"due","language":"pt_BR",
        "status":"APPROVED","category":"UTILITY","id":"1","quality_score":{"score":"GREEN"},
        "rejected_reason":"NONE","components":[
          {"type":"HEADER","format":"TEXT","text":"Loan {{loan}}"},
          {"type":"BODY","text":"{{name}}: {{amount}}, {{name}}, {{Bad}} {{"},
          {"type":"FOOTER","text":"{{no}}"},
          {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"a"},{"type":"URL"}]}]}],
        "paging":{"cursors":{"before":"a","after":"b"},"next":"https://graph.example/x"}})");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->templates.size(), 1U);
    const auto& one = page->templates[0];
    EXPECT_EQ(one.language, "pt_BR");
    EXPECT_EQ(one.status, template_status::approved);
    EXPECT_EQ(one.quality, "GREEN");
    EXPECT_EQ(one.reason, "");
    EXPECT_THAT(one.header, ElementsAre("loan"));
    EXPECT_THAT(one.body, ElementsAre("name", "amount"));
    EXPECT_THAT(one.buttons, ElementsAre("QUICK_REPLY", "URL"));
    EXPECT_EQ(page->next, "b");
}

TEST(account_api, the_last_page_has_a_cursor_and_no_next) {
    const auto page =
        read_template_list(R"({"data":[],"paging":{"cursors":{"before":"a","after":"b"}}})");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->next, "");
}

TEST(account_api, what_is_no_template_is_left_out_and_what_is_no_list_is_none) {
    const auto page = read_template_list(
        R"({"data":[7,{},{"name":"a"},{"name":"a","language":"es","status":5,"components":[3,{}]}]})"
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->templates.size(), 1U);
    EXPECT_EQ(page->templates[0].status, template_status::unknown);
    for (const auto* none : {"", "{", "[]", "{}", R"({"data":{}})", R"({"error":{"code":190}})"}) {
        EXPECT_FALSE(read_template_list(none)) << none;
    }
}

TEST(account_api, the_numbers_quality_and_limit_are_read_by_either_name) {
    const auto now = read_number_standing(
        R"({"quality_rating":"YELLOW","whatsapp_business_manager_messaging_limit":"TIER_2K"})"
    );
    ASSERT_TRUE(now);
    EXPECT_EQ(now->quality, "YELLOW");
    EXPECT_EQ(now->limit, 2'000);
    EXPECT_EQ(read_number_standing(R"({"messaging_limit_tier":"TIER_250"})")->limit, 250);
    EXPECT_EQ(read_number_standing(R"({"quality_rating":"UNKNOWN"})")->quality, "");
    EXPECT_FALSE(read_number_standing("{}")->limit);
    EXPECT_FALSE(read_number_standing(R"({"error":{"code":190}})"));
    EXPECT_FALSE(read_number_standing("nothing"));
    EXPECT_THAT(render_number_query(sandaga).url, HasSubstr("/106540352242922?fields="));
}

TEST(account_api, gaps_are_found_where_there_are_any) {
    EXPECT_THAT(template_gaps("{{1}} {{2}} {{1}}"), ElementsAre("1", "2"));
    EXPECT_THAT(template_gaps("{{}} {{ }} {{x y}} }}{{"), IsEmpty());
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
