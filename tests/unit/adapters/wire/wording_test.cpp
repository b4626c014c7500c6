// What every adapter says and reads alike: plain text, pages, moments, identities.

#include "adapters/wire/plain_text.hpp"
#include "adapters/wire/text.hpp"
#include "adapters/wire/timestamp.hpp"
#include "adapters/wire/whatsapp_identity.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters {
namespace {

using namespace std::chrono;
using testing::ElementsAre;

constexpr instant at_nine = sys_days{2026y / 11 / 23} + 9h + 15min + 4s;

TEST(timestamp, iso_forms_of_the_providers) {
    EXPECT_EQ(read_iso_time("2026-11-23T09:15:04Z"), at_nine);
    EXPECT_EQ(read_iso_time("2026-11-23T09:15:04.445Z"), at_nine + 445ms);
    EXPECT_EQ(read_iso_time("2026-11-23T09:15:04.220+0000"), at_nine + 220ms);
    EXPECT_EQ(read_iso_time("2026-11-23T03:15:04-06:00"), at_nine);
    EXPECT_EQ(read_iso_time("2026-11-23 09:15:04"), at_nine);
    EXPECT_EQ(read_iso_time("2026-11-23T09:15:04.123456789Z"), at_nine + 123ms);
}

TEST(timestamp, what_is_no_moment_is_none) {
    for (const auto* bad :
         {"",
          "2026-11-23",
          "2026-13-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-11-23T24:00:00Z",
          "2026-11-23T09:15",
          "2026-11-23T09:15:04+25:00",
          "2026-11-23T09:15:04 UTC",
          "-026-11-23T",
          "2026-11-23T09:15:04Zx",
          "2026-1--23T09:15:04Z"}) {
        EXPECT_FALSE(read_iso_time(bad)) << bad;
    }
    for (const auto* bad : {"", "Mon, 23 Foo 2026 09:15:04 +0000", "Mon, 23 Nov 2026 09:15:04"}) {
        EXPECT_FALSE(read_mail_time(bad)) << bad;
    }
}

TEST(timestamp, mail_form_and_back) {
    EXPECT_EQ(read_mail_time("Mon, 23 Nov 2026 09:15:04 +0000"), at_nine);
    EXPECT_EQ(read_mail_time("Mon, 23 Nov 2026 03:15:04 -0600"), at_nine);
    EXPECT_EQ(write_iso_time(at_nine + 7ms), "2026-11-23T09:15:04Z");
}

TEST(plain_text, every_content_that_text_can_say) {
    EXPECT_EQ(
        plain_text(say_text{.text = "¿Paga hoy?", .choices = {{"y", "Sí"}, {"n", "No"}}}),
        "¿Paga hoy?\n\n1. Sí\n2. No"
    );
    EXPECT_EQ(
        plain_text(say_media{.link = "https://x.example/a.pdf", .caption = "Su recibo"}),
        "Su recibo\nhttps://x.example/a.pdf"
    );
    EXPECT_EQ(
        plain_text(say_location{
            .latitude = 14.6349, .longitude = -90.5069, .name = "Agencia", .place_address = "Z1"}),
        "Agencia\nZ1\nhttps://maps.google.com/?q=14.634900,-90.506900"
    );
    EXPECT_EQ(plain_text(ask_location{.text = "¿Dónde está?"}), "¿Dónde está?");
    EXPECT_EQ(
        plain_text(say_link{.text = "Su contrato", .button = "Ver", .url = "https://x.example"}),
        "Su contrato\nVer: https://x.example"
    );
    EXPECT_EQ(plain_text(say_template{.name = "due", .text = "Su cuota vence"}), "Su cuota vence");
}

TEST(plain_text, what_text_cannot_say) {
    EXPECT_FALSE(plain_text(say_media{.media_id = "123"}));
    EXPECT_FALSE(plain_text(say_media{.link = "ftp://x"}));
    EXPECT_FALSE(plain_text(say_location{.latitude = 91}));
    EXPECT_FALSE(plain_text(say_link{.text = "x", .url = "javascript:alert(1)"}));
    EXPECT_FALSE(plain_text(say_template{.name = "due"}));
    EXPECT_FALSE(plain_text(send_reaction{.message_id = "m", .emoji = "👍"}));
    EXPECT_FALSE(plain_text(mark_read{.message_id = "m"}));
}

TEST(plain_text, long_text_is_split_and_short_is_left_alone) {
    const outbound_message whole{
        .to = {.channel = "sms", .to = {identity_kind::phone, "+50255550101"}},
        .callback_data = "7",
        .content = say_text{.text = "uno dos tres cuatro"}};
    const auto parts = split_text(whole, 11);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(std::get<say_text>(parts[0].content).text, "uno dos");
    EXPECT_EQ(std::get<say_text>(parts[1].content).text, "tres cuatro");
    EXPECT_EQ(parts[1].to, whole.to);
    EXPECT_EQ(parts[1].callback_data, "7");
    EXPECT_EQ(split_text(whole, 19).size(), 1U);
    EXPECT_THAT(text_pages("  \n ", 2), ElementsAre());
}

TEST(whatsapp_identity, is_told_by_its_shape) {
    EXPECT_EQ(whatsapp_identity_kind("50255550101"), identity_kind::wa_id);
    EXPECT_EQ(whatsapp_identity_kind("+50255550101"), identity_kind::wa_id);
    EXPECT_EQ(whatsapp_identity_kind("GT.1502576394655843"), identity_kind::bsuid);
    EXPECT_EQ(whatsapp_identity_kind("GT.ENT.118"), identity_kind::parent_bsuid);
    for (const auto* bad : {"", "4040", "gt.1", "GT.", "GT.a b", "MicroBanco"}) {
        EXPECT_FALSE(whatsapp_identity_kind(bad)) << bad;
    }
}

}  // namespace
}  // namespace tertulia::adapters
