// One row per error code of Twilio: what we do about it. A changed reaction must be meant.

#include "corpus.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

namespace tertulia::adapters::twilio {
namespace {

using namespace std::chrono_literals;
using enum adapters::reaction;
using adapters::reaction;

std::string error(int code) {
    return R"({"code":)" + std::to_string(code) +
           R"(,"message":"m","more_info":"https://www.twilio.com/docs/errors","status":400})";
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
class twilio_judge : public testing::TestWithParam<row> {};

TEST_P(twilio_judge, has_its_reaction) {
    const auto& [code, status, expected, tries_max, after] = GetParam();
    for (const auto& verdict : {judged(status, error(code)), reaction_to(code)}) {
        EXPECT_EQ(verdict.reaction, expected);
        EXPECT_EQ(verdict.code, code);
        EXPECT_EQ(verdict.tries_max, tries_max);
        EXPECT_EQ(verdict.after, after);
        EXPECT_NE(verdict.reason, "");
    }
}

INSTANTIATE_TEST_SUITE_P(
    code,
    twilio_judge,
    testing::Values(
        row{20003, 401, stop_channel},
        row{20429, 429, slow_channel, 1000},
        row{20500, 500, unsure},
        row{21211, 400, unreachable},
        row{21614, 400, unreachable},
        row{21408, 400, ask_operator},
        row{21610, 400, opted_out},
        row{21611, 400, slow_channel, 1000, 10min},
        row{21617, 400, refuse},
        row{21635, 400, unreachable},
        row{21655, 400, stop_template},
        row{21656, 400, ask_operator},
        row{30003, 400, retry, 3, 15min},
        row{30004, 400, opted_out},
        row{30005, 400, unreachable},
        row{30006, 400, unreachable},
        row{30007, 400, ask_operator},
        row{30008, 400, retry, 1, 5min},
        row{30017, 400, retry, 5, 60s},
        row{30410, 400, retry, 1, 60s},
        row{63015, 400, ask_operator},
        row{63016, 400, use_template},
        row{63018, 400, slow_channel, 1000, 10s},
        row{63024, 400, unreachable},
        row{63032, 400, unreachable},
        row{63049, 400, unreachable},
        row{63003, 400, unreachable},
        row{63013, 400, refuse},
        row{63014, 400, opted_out},
        row{63021, 400, refuse},
        row{11200, 400, ask_operator},
        row{11205, 400, ask_operator},
        row{12300, 400, ask_operator}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

TEST(twilio_judge, a_taken_message_has_its_id) {
    const auto good =
        judged(201, R"({"sid":"SM7","status":"queued","num_segments":"1","error_code":null})");
    EXPECT_EQ(good.reaction, accepted);
    EXPECT_EQ(good.provider_id, "SM7");
    EXPECT_EQ(judged(201, R"({"sid":"SM7","status":"accepted"})").reaction, accepted);
}

TEST(twilio_judge, taken_without_an_id_is_a_persons_matter) {
    EXPECT_EQ(judged(201, "{}").reaction, ask_operator);
    EXPECT_EQ(judged(201, "<html>").reaction, ask_operator);
}

TEST(twilio_judge, failed_at_once_is_judged_by_its_code) {
    const auto bad = judged(201, R"({"sid":"SM7","status":"failed","error_code":21610})");
    EXPECT_EQ(bad.reaction, opted_out);
    EXPECT_EQ(bad.provider_id, "SM7");
    EXPECT_EQ(judged(201, R"({"sid":"SM7","status":"failed"})").reaction, refuse);
}

TEST(twilio_judge, without_a_code_the_status_decides) {
    EXPECT_EQ(judged(429, "").reaction, slow_channel);
    EXPECT_EQ(judged(500, "").reaction, unsure) << "it may have been taken";
    EXPECT_EQ(judged(503, "<html>").reaction, unsure);
    EXPECT_EQ(judged(408, "").reaction, unsure);
    EXPECT_EQ(judged(401, "").reaction, stop_channel);
    EXPECT_EQ(judged(403, "").reaction, stop_channel);
    EXPECT_EQ(judged(404, "").reaction, stop_channel);
    EXPECT_EQ(judged(400, "").reaction, refuse);
    EXPECT_EQ(judged(302, "").reaction, ask_operator);
}

TEST(twilio_judge, an_unknown_code_is_refused_but_kept) {
    EXPECT_EQ(judged(400, error(29999)).reaction, refuse);
    EXPECT_EQ(judged(400, error(29999)).code, 29999);
    EXPECT_EQ(reaction_to(29999).reaction, refuse);
    EXPECT_EQ(judged(503, error(29999)).reaction, unsure);
    EXPECT_EQ(judged(400, R"({"code":"99999999999999999999"})").code, 0);
}

TEST(twilio_judge, retry_after_is_obeyed_in_bounds) {
    EXPECT_EQ(judged(429, "", "7").after, 7s);
    EXPECT_EQ(judged(429, "", "999999999").after, 24h);
    EXPECT_EQ(judged(429, "", "soon").after, 0ms);
    EXPECT_EQ(judged(400, error(21610), "7").after, 0ms) << "no waiting helps";
}

}  // namespace
}  // namespace tertulia::adapters::twilio
