// One row per error code of Meta: what we do about it. A changed reaction must be meant.

#include "corpus.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;
using adapters::reaction;

std::string envelope(int code, std::string_view more = "") {
    return R"({"error":{"message":"(#x) title","type":"OAuthException","code":)" +
           std::to_string(code) + std::string{more} + "}}";
}

verdict judged(unsigned status, std::string body, std::string retry_after = "") {
    return judge({.status = status, .body = std::move(body), .retry_after = std::move(retry_after)}
    );
}

struct row {
    int code;
    unsigned status;
    reaction expected;
    int tries_max{};
    std::chrono::milliseconds after{};
};

class judge_test : public testing::TestWithParam<row> {};

TEST_P(judge_test, has_its_reaction) {
    const auto& [code, status, expected, tries_max, after] = GetParam();
    for (const auto& verdict : {judged(status, envelope(code)), reaction_to(code)}) {
        EXPECT_EQ(verdict.reaction, expected);
        EXPECT_EQ(verdict.code, code);
        EXPECT_EQ(verdict.tries_max, tries_max);
        EXPECT_EQ(verdict.after, after);
        EXPECT_NE(verdict.reason, "");
    }
}

INSTANTIATE_TEST_SUITE_P(
    code,
    judge_test,
    testing::Values(
        row{0, 401, stop_channel},
        row{190, 401, stop_channel},
        row{3, 500, stop_channel},
        row{10, 403, stop_channel},
        row{200, 403, stop_channel},
        row{250, 403, stop_channel},
        row{299, 403, stop_channel},
        row{131005, 403, stop_channel},
        row{1, 400, retry, 1},
        row{2, 503, retry, 5},
        row{131016, 500, retry, 5},
        row{131000, 500, retry, 3},
        row{4, 400, slow_channel, 1000},
        row{80007, 400, slow_channel, 1000},
        row{130429, 429, slow_channel, 1000},
        row{131056, 400, slow_recipient, 1000},
        row{131048, 400, stop_bulk, 0, 6h},
        row{131064, 400, stop_bulk, 0, 24h},
        row{131057, 400, retry, 5, 60s},
        row{33, 400, stop_channel},
        row{100, 400, refuse},
        row{131008, 400, refuse},
        row{131009, 400, refuse},
        row{131021, 400, refuse},
        row{131026, 400, unreachable},
        row{130472, 400, unreachable},
        row{131047, 400, use_template},
        row{131049, 400, spare_recipient, 0, 24h},
        row{131050, 400, opted_out},
        row{131051, 400, refuse},
        row{130501, 400, refuse},
        row{131052, 400, refuse},
        row{131053, 400, retry, 1},
        row{130497, 403, ask_operator},
        row{131030, 400, ask_operator},
        row{131031, 403, stop_channel},
        row{368, 403, stop_channel},
        row{131037, 400, stop_channel},
        row{131042, 400, stop_channel},
        row{131044, 400, stop_channel},
        row{131045, 500, stop_channel},
        row{131055, 400, refuse},
        row{131059, 400, refuse},
        row{131062, 400, refuse},
        row{131063, 400, stop_marketing}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

INSTANTIATE_TEST_SUITE_P(
    code_of_templates_and_numbers,
    judge_test,
    testing::Values(
        row{132000, 400, refuse},
        row{132001, 404, other_language},
        row{132005, 400, refuse},
        row{132007, 400, stop_template},
        row{132008, 400, refuse},
        row{132012, 400, refuse},
        row{132015, 400, stop_template},
        row{132016, 400, stop_template},
        row{132018, 400, refuse},
        row{132068, 400, refuse},
        row{132069, 400, refuse},
        row{133000, 400, ask_operator},
        row{133004, 503, retry, 5},
        row{133005, 400, ask_operator},
        row{133006, 400, ask_operator},
        row{133008, 400, ask_operator},
        row{133009, 400, ask_operator},
        row{133010, 400, stop_channel},
        row{133015, 400, slow_channel, 1000, 5min},
        row{133016, 400, slow_channel, 1000, 1h},
        row{134100, 400, refuse},
        row{134101, 400, refuse},
        row{134102, 400, refuse},
        row{135000, 400, retry, 1},
        row{137000, 400, identity_changed},
        row{139000, 400, refuse},
        row{139001, 400, refuse},
        row{139002, 400, refuse},
        row{139003, 400, refuse},
        row{139004, 400, refuse},
        row{139100, 400, ask_operator},
        row{139101, 400, ask_operator},
        row{139102, 400, ask_operator},
        row{139103, 400, ask_operator},
        row{147001, 400, ask_operator},
        row{147002, 400, ask_operator},
        row{147003, 400, ask_operator},
        row{147004, 400, ask_operator}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

INSTANTIATE_TEST_SUITE_P(
    code_of_groups,
    judge_test,
    testing::Values(
        row{131020, 400, refuse},
        row{131041, 400, refuse},
        row{131201, 206, ask_operator},
        row{131202, 400, refuse},
        row{131203, 400, unreachable},
        row{131204, 400, refuse},
        row{131207, 403, ask_operator},
        row{131208, 429, slow_channel, 1000},
        row{131209, 400, refuse},
        row{131210, 400, refuse},
        row{131211, 400, ask_operator},
        row{131212, 400, refuse},
        row{131213, 400, refuse},
        row{131214, 400, ask_operator},
        row{131215, 400, ask_operator}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

TEST(judge, a_message_taken_has_an_id_and_a_canonical_recipient) {
    const auto verdict = judged(
        200,
        R"({"messaging_product":"whatsapp","contacts":[{"input":"+221771234567",)"
        R"("wa_id":"221771234567"}],"messages":[{"id":"wamid.X","message_status":"accepted"}]})"
    );
    EXPECT_EQ(verdict.reaction, accepted);
    EXPECT_EQ(verdict.provider_id, "wamid.X");
    EXPECT_EQ(verdict.recipient_id, "221771234567");
    EXPECT_EQ(verdict.code, 0);
    EXPECT_EQ(verdict.reason, "");
}

TEST(judge, a_user_id_is_a_canonical_recipient_too) {
    EXPECT_EQ(
        judged(200, R"({"contacts":[{"input":"SN.1","user_id":"SN.1"}],"messages":[{"id":"w"}]})")
            .recipient_id,
        "SN.1"
    );
    EXPECT_EQ(judged(200, R"({"messages":[{"id":"w"}]})").reaction, accepted);
}

TEST(judge, a_template_may_be_taken_and_held) {
    const auto held =
        judged(200, R"({"messages":[{"id":"w","message_status":"held_for_quality_assessment"}]})");
    EXPECT_EQ(held.reaction, accepted);
    EXPECT_EQ(held.reason, "held while the template is paced");
    EXPECT_EQ(
        judged(200, R"({"messages":[{"id":"w","message_status":"paused"}]})").reason,
        "taken while the template is paused"
    );
}

TEST(judge, a_read_mark_has_no_id) {
    EXPECT_EQ(judged(200, R"({"success":true})").reaction, accepted);
}

TEST(judge, success_without_an_id_is_not_success) {
    for (const auto* body :
         {"{}",
          R"({"success":false})",
          R"({"messages":[]})",
          R"({"messages":[{"id":""}]})",
          R"({"messages":[{"id":7}]})",
          R"({"messages":{"id":"w"}})",
          R"({"messages":[7]})"}) {
        EXPECT_EQ(judged(200, body).reaction, ask_operator) << body;
    }
    for (const auto* body : {"", "<html>", "[]", "null", "\xFF"}) {
        EXPECT_EQ(judged(200, body).reaction, ask_operator) << body;
    }
}

TEST(judge, an_error_is_an_error_whatever_the_status) {
    EXPECT_EQ(judged(200, envelope(131047)).reaction, use_template);
}

TEST(judge, the_reason_carries_subcode_and_trace_but_no_text_of_theirs) {
    const auto verdict = judged(
        401, envelope(190, R"(,"error_subcode":463,"fbtrace_id":"Az8or2yhqkZfEZ-_4Qn_Bam")")
    );
    EXPECT_EQ(
        verdict.reason,
        "the access token is invalid or has expired, subcode 463, trace Az8or2yhqkZfEZ-_4Qn_Bam"
    );
    EXPECT_EQ(
        judged(400, envelope(100, R"(,"fbtrace_id":"call +221771234567")")).reason,
        "invalid parameter: a mistake of ours"
    );
}

TEST(judge, without_a_known_code_the_status_decides) {
    EXPECT_EQ(judged(429, envelope(999999)).reaction, slow_channel);
    EXPECT_EQ(judged(429, "").reaction, slow_channel);
    EXPECT_EQ(judged(500, "").reaction, retry);
    EXPECT_EQ(judged(503, "<html>busy</html>").reaction, retry);
    EXPECT_EQ(judged(503, envelope(999999)).reaction, retry);
    EXPECT_EQ(judged(408, "").reaction, retry);
    EXPECT_EQ(judged(401, "").reaction, stop_channel);
    EXPECT_EQ(judged(403, "").reaction, stop_channel);
    EXPECT_EQ(judged(400, envelope(999999)).reaction, refuse);
    EXPECT_EQ(judged(400, envelope(999999)).code, 999999);
    EXPECT_EQ(judged(400, envelope(999999)).reason, "an error code we do not know (HTTP 400)");
    EXPECT_EQ(judged(404, "").reaction, refuse);
    EXPECT_EQ(judged(301, "").reaction, ask_operator);
    EXPECT_EQ(judged(400, R"({"error":{"code":"x"}})").reaction, refuse);
    EXPECT_EQ(judged(500, R"({"error":{"code":99999999999}})").reaction, retry);
    EXPECT_EQ(judged(500, R"({"error":{}})").reaction, retry);
    EXPECT_EQ(reaction_to(999999).reaction, refuse);
    EXPECT_EQ(reaction_to(-1).reaction, refuse);
}

TEST(judge, retry_after_is_obeyed_where_we_wait_at_all) {
    EXPECT_EQ(judged(429, envelope(130429), "17").after, 17s);
    EXPECT_EQ(judged(503, "", "5").after, 5s);
    EXPECT_EQ(judged(400, envelope(131057), "5").after, 60s) << "the longer of the two";
    EXPECT_EQ(judged(400, envelope(131057), "90").after, 90s);
    EXPECT_EQ(judged(400, envelope(100), "17").after, 0s);
    EXPECT_EQ(judged(503, "", "999999999").after, 24h);
    for (const auto* senseless : {"", "-5", "soon", "5s", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
        EXPECT_EQ(judged(503, "", senseless).after, 0s) << senseless;
    }
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
