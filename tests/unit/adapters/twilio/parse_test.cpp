// What people do on SMS and WhatsApp, as Twilio tells it.

#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::twilio {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const identity rosas_phone{identity_kind::phone, "+50255550101"};
const identity rosas_wa_id{identity_kind::wa_id, "50255550101"};
const identity rosas_user_id{identity_kind::bsuid, "GT.1502576394655843"};

TEST(twilio_parse, an_sms) {
    const auto message = only<inbound_message>("sms_text");
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "SM00000000000000000000000000000010");
    EXPECT_EQ(message.sent_at, noon) << "Twilio sends no time";
    EXPECT_THAT(message.from, ElementsAre(rosas_phone));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "¿Cuánto debo?");
}

TEST(twilio_parse, a_messaging_service_may_answer_from_any_of_its_numbers) {
    auto channel = sms_channel();
    channel.messaging_service_sid = "MG00000000000000000000000000000001";
    const auto read = parse_form("sms_service", channel);
    EXPECT_TRUE(std::holds_alternative<inbound_message>(read.events.at(0)));
}

TEST(twilio_parse, unknown_fields_do_no_harm) {
    EXPECT_EQ(content_of<typed_text>("sms_unknown_fields").text, "SALDO");
}

TEST(twilio_parse, text_is_repaired) {
    EXPECT_EQ(content_of<typed_text>("sms_nul_and_broken_utf8").text, "SALDO\uFFFD");
}

TEST(twilio_parse, text_that_came_coded_is_decoded) {
    EXPECT_EQ(
        content_of<typed_text>("sms_base64").text,
        "Buenas tardes, quisiera saber cuánto debo de mi préstamo y cuándo vence"
    );
}

inbound_content said(std::string_view text) {
    const auto body =
        "MessageSid=SM1&From=%2B50255550101&To=%2B15005550006&Body=" + std::string{text};
    const auto read =
        parse({.method = "POST", .content_type = form_type, .body = body}, sms_channel(), noon);
    return std::get<inbound_message>(read.value().events.at(0)).content;
}

TEST(twilio_parse, letters_that_only_look_coded_stay) {
    const std::string letters(64, 'a');  // decodes to what is no text
    EXPECT_EQ(std::get<typed_text>(said(letters)).text, letters);
    EXPECT_EQ(std::get<typed_text>(said("Hola")).text, "Hola");
}

TEST(twilio_parse, who_wrote_on_whatsapp) {
    EXPECT_THAT(only<inbound_message>("whatsapp_text").from, ElementsAre(rosas_phone, rosas_wa_id))
        << "the phone is what SMS knows her by";
    EXPECT_THAT(only<inbound_message>("whatsapp_user_id").from, ElementsAre(rosas_user_id));
    EXPECT_THAT(
        only<inbound_message>("whatsapp_number_and_user_id").from,
        ElementsAre(rosas_phone, rosas_wa_id, rosas_user_id)
    );
    EXPECT_THAT(
        only<inbound_message>("whatsapp_mexican_id").from,
        ElementsAre(
            identity{identity_kind::phone, "+525512345678"},
            identity{identity_kind::wa_id, "5215512345678"},
            identity{identity_kind::wa_id, "525512345678"}
        )
    ) << "both spellings find her; the one without a sign is no telephone number";
    EXPECT_EQ(only<inbound_message>("whatsapp_text").profile_name, "Rosa");
}

TEST(twilio_parse, taps) {
    const auto tapped = only<inbound_message>("whatsapp_button");
    EXPECT_EQ(std::get<tapped_choice>(tapped.content).id, "v7:due:pay");
    EXPECT_EQ(std::get<tapped_choice>(tapped.content).title, "Pagar");
    EXPECT_EQ(tapped.reply_to_id, "MM00000000000000000000000000000002");
    EXPECT_EQ(content_of<tapped_choice>("whatsapp_list_row").id, "v7:menu:3");
    EXPECT_EQ(content_of<typed_text>("whatsapp_button_without_payload").text, "Pagar");
}

TEST(twilio_parse, a_place) {
    const auto place = content_of<shared_location>("whatsapp_location");
    EXPECT_DOUBLE_EQ(place.latitude, 14.6349);
    EXPECT_DOUBLE_EQ(place.longitude, -90.5069);
    EXPECT_EQ(place.name, "Mercado");
    EXPECT_EQ(place.place_address, "6a Avenida");
}

TEST(twilio_parse, media) {
    const auto image = content_of<received_media>("whatsapp_image");
    EXPECT_EQ(image.kind, media_kind::image);
    EXPECT_EQ(image.caption, "Mi boleta");
    EXPECT_EQ(image.mime_type, "image/jpeg");
    EXPECT_THAT(image.url, HasSubstr("/Media/ME"));
    EXPECT_EQ(content_of<received_media>("whatsapp_voice_note").kind, media_kind::voice_note);
    EXPECT_EQ(content_of<received_media>("whatsapp_sticker").kind, media_kind::sticker);
    EXPECT_EQ(content_of<received_media>("whatsapp_contacts").mime_type, "text/vcard");
    EXPECT_EQ(
        content_of<unsupported_content>("whatsapp_media_without_address").what,
        "media without an address"
    );
}

TEST(twilio_parse, several_media_are_several_messages_with_one_caption) {
    const auto read = parse_form("mms_two_pictures", sms_channel());
    ASSERT_EQ(read.events.size(), 2U);
    const auto& first = std::get<inbound_message>(read.events[0]);
    const auto& second = std::get<inbound_message>(read.events[1]);
    EXPECT_EQ(first.id, "MM00000000000000000000000000000018");
    EXPECT_EQ(second.id, "MM00000000000000000000000000000018/1");
    EXPECT_EQ(std::get<received_media>(first.content).caption, "Mi recibo");
    EXPECT_EQ(std::get<received_media>(second.content).caption, "");
    EXPECT_EQ(std::get<received_media>(second.content).kind, media_kind::document);
}

TEST(twilio_parse, a_type_we_do_not_know_is_kept_whole) {
    const auto kept = content_of<unknown_content>("whatsapp_form_reply");
    EXPECT_EQ(kept.type, "interactive");
    EXPECT_THAT(kept.raw_json, HasSubstr("InteractiveData"));
}

TEST(twilio_parse, forwarded_and_where_she_came_from) {
    EXPECT_TRUE(only<inbound_message>("whatsapp_forwarded").forwarded);
    EXPECT_FALSE(only<inbound_message>("whatsapp_text").forwarded);
    const auto from = only<inbound_message>("whatsapp_referral").came_from;
    ASSERT_TRUE(from);
    EXPECT_EQ(from->source_id, "1234");
    EXPECT_EQ(from->click_id, "ARx");
    EXPECT_FALSE(only<inbound_message>("whatsapp_text").came_from);
}

stop_list_word stop_word_of(std::string_view name) {
    const auto read = parse_form(name, sms_channel());
    EXPECT_EQ(read.stop_list.size(), 1U) << name;
    EXPECT_EQ(read.events.size(), 1U) << "her words are still a message";
    EXPECT_EQ(read.stop_list.at(0).message_id, std::get<inbound_message>(read.events.at(0)).id);
    return read.stop_list.at(0).word;
}

TEST(twilio_parse, twilios_own_stop_list) {
    EXPECT_EQ(stop_word_of("sms_opt_out"), stop_list_word::stop) << "whatever the word";
    EXPECT_EQ(stop_word_of("sms_opt_in"), stop_list_word::start);
    EXPECT_EQ(stop_word_of("sms_help"), stop_list_word::help);
    EXPECT_EQ(stop_word_of("sms_default_stop"), stop_list_word::stop);
}

TEST(twilio_parse, what_is_not_on_twilios_stop_list) {
    EXPECT_THAT(parse_form("sms_yes", sms_channel()).stop_list, IsEmpty());
    EXPECT_THAT(parse_form("sms_text", sms_channel()).stop_list, IsEmpty());
    auto channel = sms_channel();
    channel.answers_stop = false;
    EXPECT_THAT(parse_form("sms_default_stop", channel).stop_list, IsEmpty());
    const std::string body = "MessageSid=SM1&From=%2B50255550101&To=40404&Body=STOP";
    channel = sms_channel();
    channel.from = "40404";
    const auto read =
        parse({.method = "POST", .content_type = form_type, .body = body}, channel, noon);
    EXPECT_THAT(read.value().stop_list, IsEmpty()) << "for short codes we answer";
}

TEST(twilio_parse, what_is_for_someone_else_is_a_notice) {
    EXPECT_THAT(only<channel_notice>("sms_other_account").summary, HasSubstr("account"));
    EXPECT_THAT(only<channel_notice>("sms_other_number").summary, HasSubstr("number"));
    EXPECT_THAT(only<channel_notice>("sms_short_code").summary, HasSubstr("short code"));
    const auto read = parse_form("whatsapp_on_sms_channel", sms_channel());
    EXPECT_THAT(
        std::get<channel_notice>(read.events.at(0)).summary, HasSubstr("another kind of channel")
    );
}

TEST(twilio_parse, an_alarm_of_the_debugger_names_its_mend) {
    const auto alarm = only<channel_notice>("debugger_alarm");
    EXPECT_EQ(alarm.field, "debugger");
    EXPECT_EQ(alarm.summary, "ERROR 12300: our answer to a callback has a wrong content type");
}

TEST(twilio_parse, what_makes_no_sense_is_malformed) {
    const auto reason = [](std::string_view name) {
        const auto read = parse_form(name, channel_of(name));
        EXPECT_THAT(read.events, IsEmpty()) << name;
        EXPECT_EQ(read.malformed.size(), 1U) << name;
        return read.malformed.at(0).reason;
    };
    EXPECT_EQ(reason("sms_no_id"), "a message without an id");
    EXPECT_EQ(reason("whatsapp_location_nowhere"), "a location without a place on Earth");
    EXPECT_EQ(reason("status_no_id"), "a status without a message id");
}

TEST(twilio_parse, what_is_not_twilios_is_refused) {
    const auto error_of = [](std::string_view type, std::string_view body) {
        return parse({.method = "POST", .content_type = type, .body = body}, sms_channel(), noon)
            .error();
    };
    EXPECT_EQ(error_of(form_type, "a=b"), errc::not_twilio);
    EXPECT_EQ(error_of(form_type, ""), errc::not_twilio);
    EXPECT_EQ(error_of(form_type, "a=%z"), errc::not_a_form);
    EXPECT_EQ(error_of("application/json", "[1]"), errc::not_a_form);
    EXPECT_EQ(error_of("application/json", "{"), errc::not_a_form);
}

TEST(twilio_parse, the_same_by_get) {
    const auto query = sample("sms_text.form");
    const auto read = parse({.method = "GET", .query = query}, sms_channel(), noon);
    ASSERT_TRUE(read);
    EXPECT_TRUE(std::holds_alternative<inbound_message>(read->events.at(0)));
}

// --- statuses ------------------------------------------------------------------------------------

struct status_row {
    std::string_view sample;
    delivery_status expected;
};
class twilio_status : public testing::TestWithParam<status_row> {};

TEST_P(twilio_status, has_its_rank) {
    const auto status = only<status_update>(GetParam().sample, "mid=42&x=y");
    EXPECT_EQ(status.status, GetParam().expected);
    EXPECT_EQ(status.callback_data, "42");
    EXPECT_EQ(status.at, noon);
    EXPECT_FALSE(status.message_id.empty());
    EXPECT_FALSE(status.recipient.empty());
}

INSTANTIATE_TEST_SUITE_P(
    status,
    twilio_status,
    testing::Values(
        status_row{"status_accepted", delivery_status::accepted},
        status_row{"status_scheduled", delivery_status::accepted},
        status_row{"status_queued", delivery_status::accepted},
        status_row{"status_sending", delivery_status::accepted},
        status_row{"status_sent", delivery_status::sent},
        status_row{"status_delivered", delivery_status::delivered},
        status_row{"status_whatsapp_read", delivery_status::read},
        status_row{"status_undelivered", delivery_status::failed},
        status_row{"status_failed", delivery_status::failed},
        status_row{"status_canceled", delivery_status::failed},
        status_row{"status_whatsapp_failed", delivery_status::failed}
    )
);

TEST(twilio_parse, a_failed_status_says_why) {
    const auto failed = only<status_update>("status_failed");
    ASSERT_EQ(failed.errors.size(), 1U);
    EXPECT_EQ(failed.errors[0].code, 21610);
    EXPECT_EQ(failed.errors[0].details, "Attempt to send to unsubscribed recipient");
    EXPECT_EQ(only<status_update>("status_undelivered").errors.at(0).code, 30005);
    EXPECT_EQ(
        only<status_update>("status_whatsapp_failed").errors.at(0).details, "outside the window"
    );
    EXPECT_THAT(only<status_update>("status_delivered").errors, IsEmpty());
}

TEST(twilio_parse, a_status_we_do_not_know_changes_nothing) {
    EXPECT_THAT(only<channel_notice>("status_unheard_of").summary, HasSubstr("teleported"));
    EXPECT_EQ(only<channel_notice>("status_partially_delivered").field, "status");
}

TEST(twilio_parse, a_status_as_json) {
    const auto body = sample("signed_v3.json");
    const auto read = parse(
        {.method = "POST", .content_type = "application/json", .body = body}, sms_channel(), noon
    );
    ASSERT_TRUE(read);
    EXPECT_EQ(std::get<status_update>(read->events.at(0)).status, delivery_status::delivered);
}

}  // namespace
}  // namespace tertulia::adapters::twilio
