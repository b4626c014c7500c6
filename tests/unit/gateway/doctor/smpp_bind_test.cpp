// What a bind's answer means for whoever has written the channel.

#include "gateway/doctor/smpp_doctor.hpp"

#include <gmock/gmock.h>

namespace tertulia::gateway {
namespace {

using testing::HasSubstr;

const adapters::smpp::channel_settings channel{.name = "sms"};

struct row {
    std::uint32_t status;
    finding_kind kind;
    const char* what;
};
class bind_test : public testing::TestWithParam<row> {};

TEST_P(bind_test, is_read) {
    const auto found = reading_of_bind(channel, GetParam().status);
    EXPECT_EQ(found.channel, "sms");
    EXPECT_EQ(found.check, "bind");
    EXPECT_EQ(found.kind, GetParam().kind);
    EXPECT_THAT(found.what, HasSubstr(GetParam().what));
    EXPECT_EQ(found.mend.empty(), found.kind == finding_kind::fine);
}

INSTANTIATE_TEST_SUITE_P(
    every,
    bind_test,
    testing::Values(
        row{0x00, finding_kind::fine, "knows us"},
        row{0x03, finding_kind::broken, "such a bind"},
        row{0x05, finding_kind::advice, "already bound"},
        row{0x0D, finding_kind::broken, "refuses the bind"},
        row{0x0E, finding_kind::broken, "password"},
        row{0x0F, finding_kind::broken, "system id"},
        row{0x14, finding_kind::advice, "queue is full"},
        row{0x53, finding_kind::broken, "system type"},
        row{0x58, finding_kind::advice, "slow down"},
        row{0x08, finding_kind::broken, "(0x8): system error"},
        row{0x0400, finding_kind::broken, "(0x400): a status we do not know"}
    )
);

}  // namespace
}  // namespace tertulia::gateway
