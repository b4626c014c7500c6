// Every form of outbound content as a request of Twilio's.

#include "corpus.hpp"

#include "adapters/wire/form.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::twilio {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

outbound_message to_rosa(outbound_content content) {
    return {
        .to = {.channel = "sms", .to = {identity_kind::phone, "+50255550101"}},
        .callback_data = "42",
        .content = std::move(content)};
}

form_fields form_of(outbound_content content, const channel_settings& channel = sms_channel()) {
    const auto request = render(to_rosa(std::move(content)), channel);
    EXPECT_TRUE(request) << request.error().message();
    const auto fields = request ? read_form(request->body) : form_fields{};
    EXPECT_TRUE(fields);
    return fields.value_or(form_fields{});
}

boost::system::error_code error_of(
    outbound_content content, const channel_settings& channel = sms_channel()
) {
    const auto request = render(to_rosa(std::move(content)), channel);
    return request ? boost::system::error_code{} : request.error();
}

TEST(twilio_render, a_text) {
    const auto request = render(to_rosa(say_text{.text = "Hola Rosa, ¿paga hoy?"}), sms_channel());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(
        request->url,
        "https://twilio.example/2010-04-01/Accounts/AC00000000000000000000000000000001/"
        "Messages.json"
    );
    EXPECT_EQ(
        request->body,
        "To=%2B50255550101&From=%2B15005550006&Body=Hola%20Rosa%2C%20%C2%BFpaga%20hoy%3F"
        "&StatusCallback=https%3A%2F%2Fgw.example.org%2Fwebhooks%2Fsms%3Fmid%3D42"
    );
    const std::pair<std::string, std::string> credentials{
        "Authorization",
        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OW"
        "FiY2RlZg=="};
    EXPECT_EQ(request->headers.at(0), credentials);
}

TEST(twilio_render, by_sms_a_menu_keeps_to_the_cheap_alphabet_its_rows_included) {
    const say_text menu{.text = "¿Qué más?", .choices = {{"a", "Crédito"}, {"b", "Atrás"}}};
    EXPECT_EQ(value_in(form_of(menu), "Body"), "¿Qué mas?\n\n1. Crédito\n2. Atras");
    auto exact = sms_channel();
    exact.spelling = sms_spelling::as_written;
    EXPECT_EQ(value_in(form_of(menu, exact), "Body"), "¿Qué más?\n\n1. Crédito\n2. Atrás");
    EXPECT_EQ(
        value_in(form_of(say_text{.text = "María"}, whatsapp_channel()), "Body"), "María"
    );
}

TEST(twilio_render, an_api_key_sends_in_place_of_the_account) {
    auto channel = sms_channel();
    channel.api_key = "SK1";
    channel.api_key_secret = "s";
    const auto request = render(to_rosa(say_text{.text = "x"}), channel);
    EXPECT_EQ(request.value().headers.at(0).second, "Basic U0sxOnM=");
}

TEST(twilio_render, choices_are_numbered_lines) {
    const say_text asks{.text = "¿Paga?", .choices = {{"y", "Sí"}, {"n", "No"}}};
    EXPECT_EQ(value_in(form_of(asks), "Body"), "¿Paga?\n\n1. Si\n2. No");
    EXPECT_EQ(value_in(form_of(asks, whatsapp_channel()), "Body"), "¿Paga?\n\n1. Sí\n2. No");
}

TEST(twilio_render, options_of_the_channel) {
    auto channel = sms_channel();
    channel.messaging_service_sid = "MG1";
    channel.validity = 4h;
    channel.smart_encoded = true;
    const auto form = form_of(say_text{.text = "x"}, channel);
    EXPECT_EQ(value_in(form, "MessagingServiceSid"), "MG1");
    EXPECT_EQ(value_in(form, "From"), "+15005550006") << "one of the service's senders";
    EXPECT_EQ(value_in(form, "ValidityPeriod"), "14400");
    EXPECT_EQ(value_in(form, "SmartEncoded"), "true");
    channel.from.clear();
    channel.validity = 11h;
    EXPECT_FALSE(has_field(form_of(say_text{.text = "x"}, channel), "From"));
    EXPECT_EQ(value_in(form_of(say_text{.text = "x"}, channel), "ValidityPeriod"), "36000");
    channel.messaging_service_sid.clear();
    EXPECT_EQ(error_of(say_text{.text = "x"}, channel), errc::no_sender);
}

TEST(twilio_render, without_a_callback_address_no_statuses_are_asked_for) {
    auto channel = sms_channel();
    channel.status_callback.clear();
    EXPECT_FALSE(has_field(form_of(say_text{.text = "x"}, channel), "StatusCallback"));
}

TEST(twilio_render, whatsapp_addresses_have_their_prefix) {
    auto message = to_rosa(say_text{.text = "x"});
    const auto to = [&](identity_kind kind, std::string value) {
        message.to.to = {kind, std::move(value)};
        const auto form = read_form(render(message, whatsapp_channel()).value().body);
        EXPECT_EQ(value_in(*form, "From"), "whatsapp:+15005550006");
        return std::string{value_in(*form, "To")};
    };
    EXPECT_EQ(to(identity_kind::wa_id, "5215512345678"), "whatsapp:+5215512345678");
    EXPECT_EQ(to(identity_kind::phone, "+50255550101"), "whatsapp:+50255550101");
    EXPECT_EQ(to(identity_kind::bsuid, "GT.15025"), "whatsapp:GT.15025");
}

TEST(twilio_render, an_address_of_another_kind_is_refused) {
    auto message = to_rosa(say_text{.text = "x"});
    for (const auto* value : {"", "GT.15025", "4040", "50255550101", "+0123456789"}) {
        message.to.to.value = value;
        EXPECT_EQ(render(message, sms_channel()).error(), errc::bad_recipient) << value;
    }
    message.to.to.value = "MicroBanco";
    EXPECT_EQ(render(message, whatsapp_channel()).error(), errc::bad_recipient);
}

TEST(twilio_render, media) {
    const say_media receipt{
        .kind = media_kind::document, .link = "https://x.example/r.pdf", .caption = "Su recibo"};
    const auto form = form_of(receipt, whatsapp_channel());
    EXPECT_EQ(value_in(form, "MediaUrl"), "https://x.example/r.pdf");
    EXPECT_EQ(value_in(form, "Body"), "Su recibo");
    EXPECT_EQ(value_in(form_of(receipt), "Body"), "Su recibo\nhttps://x.example/r.pdf");
    EXPECT_FALSE(has_field(form_of(receipt), "MediaUrl")) << "few countries have MMS";
    auto channel = sms_channel();
    channel.mms = true;
    EXPECT_TRUE(has_field(form_of(receipt, channel), "MediaUrl"));
}

TEST(twilio_render, media_that_cannot_be_sent) {
    const auto whatsapp = whatsapp_channel();
    EXPECT_EQ(error_of(say_media{.media_id = "123"}, whatsapp), errc::not_possible);
    EXPECT_EQ(error_of(say_media{}, whatsapp), errc::empty_content);
    EXPECT_EQ(error_of(say_media{.link = "ftp://x"}, whatsapp), errc::bad_link);
    const say_media captioned_voice{
        .kind = media_kind::voice_note, .link = "https://x.example/a.ogg", .caption = "x"};
    EXPECT_EQ(error_of(captioned_voice, whatsapp), errc::not_possible);
}

TEST(twilio_render, a_place_is_a_pin_on_whatsapp_and_a_map_on_sms) {
    const say_location office{
        .latitude = 14.6349, .longitude = -90.5069, .name = "Agencia", .place_address = "Zona 1"};
    const auto form = form_of(office, whatsapp_channel());
    EXPECT_EQ(value_in(form, "PersistentAction"), "geo:14.634900,-90.506900|Agencia, Zona 1");
    EXPECT_EQ(value_in(form, "Body"), "Agencia, Zona 1");
    EXPECT_EQ(
        value_in(form_of(office), "Body"),
        "Agencia\nZona 1\nhttps://maps.google.com/?q=14.634900,-90.506900"
    );
    EXPECT_EQ(error_of(say_location{.latitude = 99}, whatsapp_channel()), errc::not_possible);
    EXPECT_EQ(error_of(say_location{.latitude = 99}), errc::not_possible);
}

TEST(twilio_render, links_and_questions_of_place_are_words) {
    EXPECT_EQ(
        value_in(
            form_of(say_link{.text = "Contrato", .button = "Ver", .url = "https://x.example"}),
            "Body"
        ),
        "Contrato\nVer: https://x.example"
    );
    EXPECT_EQ(error_of(say_link{.text = "x", .url = "tel:1"}), errc::bad_link);
    EXPECT_EQ(value_in(form_of(ask_location{.text = "¿Dónde?"}), "Body"), "¿Donde?");
}

TEST(twilio_render, a_template_is_a_content_with_numbered_variables) {
    const say_template due{
        .name = "due",
        .language = "es",
        .body = {{.text = "Rosa"}, {.text = "Q250\nhoy"}},
        .buttons = {{.index = 1, .payload = "v7:no"}, {.index = 0, .payload = "v7:pay"}},
        .header = {{.text = "Aviso"}},
        .text = "Rosa, su cuota vence"};
    const auto form = form_of(due, whatsapp_channel());
    EXPECT_EQ(value_in(form, "ContentSid"), "HX00000000000000000000000000000001");
    EXPECT_EQ(
        value_in(form, "ContentVariables"),
        R"({"1":"Aviso","2":"Rosa","3":"Q250 hoy","4":"v7:pay","5":"v7:no"})"
    );
    EXPECT_FALSE(has_field(form, "Body")) << "with a Body Twilio answers 63016";
}

TEST(twilio_render, named_variables_keep_their_names) {
    const say_template due{
        .name = "due",
        .language = "es",
        .body = {{.name = "who", .text = "Rosa"}},
        .buttons = {{.index = 0, .payload = "v7:pay"}}};
    EXPECT_EQ(
        value_in(form_of(due, whatsapp_channel()), "ContentVariables"),
        R"({"who":"Rosa","button_0":"v7:pay"})"
    );
    EXPECT_FALSE(has_field(
        form_of(say_template{.name = "due", .language = "es"}, whatsapp_channel()),
        "ContentVariables"
    ));
}

TEST(twilio_render, templates_that_cannot_be_sent) {
    const auto whatsapp = whatsapp_channel();
    say_template due{.name = "due", .language = "fr", .text = "words"};
    EXPECT_EQ(error_of(due, whatsapp), errc::no_template) << "not approved in that language";
    due.language = "es";
    due.body = {{.text = " \n"}};
    EXPECT_EQ(error_of(due, whatsapp), errc::bad_parameters);
    due.body = {{.text = "a"}, {.name = "b", .text = "b"}};
    EXPECT_EQ(error_of(due, whatsapp), errc::bad_parameters);
    due.body.assign(template_variables_max + 1, {.text = "a"});
    EXPECT_EQ(error_of(due, whatsapp), errc::bad_parameters);
    due.body = {};
    due.header_media_id = "123";
    EXPECT_EQ(error_of(due, whatsapp), errc::not_possible);
    due.name.clear();
    EXPECT_EQ(error_of(due, whatsapp), errc::empty_content);
}

TEST(twilio_render, on_sms_a_template_may_go_in_our_own_words) {
    say_template due{.name = "due", .language = "es", .text = "Rosa, su cuota vence hoy"};
    EXPECT_EQ(value_in(form_of(due), "Body"), "Rosa, su cuota vence hoy");
    due.text.clear();
    EXPECT_EQ(error_of(due), errc::no_template);
}

TEST(twilio_render, what_twilio_has_no_form_for) {
    EXPECT_EQ(error_of(mark_read{.message_id = "x"}), errc::not_possible);
    EXPECT_EQ(error_of(send_reaction{.message_id = "x", .emoji = "👍"}), errc::not_possible);
    EXPECT_EQ(error_of(say_text{}), errc::empty_content);
    EXPECT_EQ(error_of(say_text{.text = std::string(1601, 'a')}), errc::too_long);
    EXPECT_FALSE(error_of(say_text{.text = std::string(1600, 'a')}));
    auto message = to_rosa(say_text{.text = "x"});
    message.callback_data.assign(513, 'x');
    EXPECT_EQ(render(message, sms_channel()).error(), errc::too_long);
}

TEST(twilio_split, every_part_of_a_long_text_fits) {
    std::string words;
    while (words.size() < 4000) words += "palabra ";
    const auto parts = split(to_rosa(say_text{.text = words}), sms_channel());
    ASSERT_THAT(parts, SizeIs(3));
    for (const auto& part : parts) EXPECT_TRUE(render(part, sms_channel()));
    EXPECT_THAT(split(to_rosa(say_text{.text = "x"}), sms_channel()), SizeIs(1));
}

TEST(twilio_split, a_caption_with_no_room_becomes_a_text) {
    const say_media voice{
        .kind = media_kind::voice_note, .link = "https://x.example/a.ogg", .caption = "Escuche"};
    const auto parts = split(to_rosa(voice), whatsapp_channel());
    ASSERT_THAT(parts, SizeIs(2));
    EXPECT_EQ(std::get<say_media>(parts[0].content).caption, "");
    EXPECT_EQ(std::get<say_text>(parts[1].content).text, "Escuche");
    for (const auto& part : parts) EXPECT_TRUE(render(part, whatsapp_channel()));
    EXPECT_THAT(split(to_rosa(voice), sms_channel()), SizeIs(1)) << "on SMS it is words anyway";
}

TEST(twilio_split, a_template_stays_whole_where_twilio_fills_it_in) {
    const say_template due{.name = "due", .language = "es", .text = std::string(3000, 'x')};
    EXPECT_THAT(split(to_rosa(due), whatsapp_channel()), SizeIs(1));
    EXPECT_THAT(split(to_rosa(due), sms_channel()), SizeIs(2));
    auto channel = sms_channel();
    channel.templates = whatsapp_channel().templates;
    EXPECT_THAT(split(to_rosa(due), channel), SizeIs(1));
}

}  // namespace
}  // namespace tertulia::adapters::twilio
