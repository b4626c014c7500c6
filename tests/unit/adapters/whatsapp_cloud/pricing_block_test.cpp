// What a message costs by its status, and blocking people.

#include "adapters/whatsapp_cloud/blocking.hpp"
#include "adapters/whatsapp_cloud/pricing.hpp"
#include "tests/unit/adapters/whatsapp_cloud/corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(pricing, category_and_type_are_read) {
    const auto read = read_pricing(
        R"({"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"})"
    );
    ASSERT_TRUE(read);
    EXPECT_EQ(read->category, "utility");
    EXPECT_FALSE(read->is_free());
    EXPECT_TRUE(read_pricing(R"({"type":"free_entry_point","category":"service"})")->is_free());
    EXPECT_EQ(
        read_pricing(R"({"category":"authentication-international"})")->category,
        "authentication_international"
    );
    EXPECT_TRUE(read_pricing(R"({"billable":false,"category":"service"})")->is_free());
    EXPECT_FALSE(read_pricing(R"({"category":"service"})")->is_free());
}

TEST(pricing, what_names_no_category_has_none) {
    for (const auto* none : {"", "{", "[]", "{}", R"({"category":7.5})", R"({"category":"A b"})",
                             R"({"category":"\"}"})"}) {
        EXPECT_FALSE(read_pricing(none)) << none;
    }
}

TEST(blocking, a_block_is_a_post_and_its_end_a_delete) {
    const auto block = render_block(sandaga, "+50255551234");
    EXPECT_EQ(block.method, "POST");
    EXPECT_THAT(block.url, HasSubstr("/106540352242922/block_users"));
    EXPECT_EQ(
        block.body,
        R"({"messaging_product":"whatsapp","block_users":[{"user":"+50255551234"}]})"
    );
    EXPECT_EQ(render_unblock(sandaga, "GT.123").method, "DELETE");
    EXPECT_THAT(render_block(sandaga, R"(1"}],"x":[{")").body, HasSubstr(R"("user":"1x")"));
}

TEST(blocking, every_code_of_it_says_what_to_do) {
    for (const int code : {139100, 139101, 139102, 139103, 131047}) {
        const auto error = R"({"error":{"code":)" + std::to_string(code) + "}}";
        const auto direct = judge_block({.status = 400, .body = error});
        EXPECT_FALSE(direct.done);
        EXPECT_EQ(direct.code, code);
        EXPECT_THAT(direct.reason, Not(IsEmpty()));
        const auto inner = judge_block(
            {.status = 200,
             .body = R"({"block_users":{"added_users":[],"failed_users":[{"input":"+1","errors":[{"code":)" +
                     std::to_string(code) + "}]}]}}"}
        );
        EXPECT_FALSE(inner.done);
        EXPECT_EQ(inner.code, code);
        EXPECT_EQ(inner.reason, direct.reason);
    }
}

TEST(blocking, only_a_good_answer_is_done) {
    EXPECT_TRUE(judge_block({.status = 200, .body = R"({"block_users":{"added_users":[{}]}})"}).done);
    EXPECT_FALSE(judge_block({.status = 200, .body = "nothing"}).done);
    EXPECT_FALSE(judge_block({.status = 500, .body = ""}).done);
    EXPECT_FALSE(judge_block({.status = 401, .body = R"({"error":{"code":190}})"}).done);
    EXPECT_EQ(judge_block({.status = 200, .body = R"({"block_users":{"failed_users":[{}]}})"}).code,
              139100);
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
