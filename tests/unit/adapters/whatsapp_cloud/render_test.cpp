// What leaves for Meta, byte for byte, and which form a question takes.

#include "adapters/wire/text.hpp"
#include "corpus.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <limits>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const address awa{"whatsapp", {identity_kind::phone, "+221771234567"}};

outbound_message to_awa(outbound_content content) {
    return {.to = awa, .reply_to_id = {}, .callback_data = {}, .content = std::move(content)};
}

std::string body_of(outbound_content content) {
    const auto request = render(to_awa(std::move(content)), sandaga);
    EXPECT_TRUE(request) << request.error().message();
    return request ? request->body : std::string{};
}

// The part after the recipient, which every test but one has in common.
std::string said(outbound_content content) {
    const std::string start =
        R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+221771234567",)";
    const auto body = body_of(std::move(content));
    EXPECT_TRUE(body.starts_with(start)) << body;
    return body.substr(std::min(start.size(), body.size()));
}

boost::system::error_code refusal(outbound_content content) {
    const auto request = render(to_awa(std::move(content)), sandaga);
    EXPECT_FALSE(request) << request->body;
    return request ? boost::system::error_code{} : request.error();
}

std::vector<choice> choices(std::size_t count) {
    std::vector<choice> many;
    for (std::size_t number = 1; number <= count; ++number) {
        const auto text = std::to_string(number);
        many.push_back({.id = "c" + text, .title = "Choix " + text, .description = {}});
    }
    return many;
}

TEST(render, a_request_is_addressed_and_authorised) {
    const auto request = render(to_awa(say_text{.text = "Bonjour"}), sandaga);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->url, "https://graph.example/v25.0/106540352242922/messages");
    EXPECT_THAT(
        request->headers,
        ElementsAre(
            Pair("Authorization", "Bearer EAAtest"), Pair("Content-Type", "application/json")
        )
    );
    auto slashed = sandaga;
    slashed.api_base = "http://127.0.0.1:9/graph//";
    EXPECT_EQ(
        render(to_awa(say_text{.text = "Bonjour"}), slashed)->url,
        "http://127.0.0.1:9/graph/v25.0/106540352242922/messages"
    );
}

TEST(render, text_with_quotation_and_callback_data) {
    const auto request = render(
        {.to = awa,
         .reply_to_id = "wamid.QUOTED",
         .callback_data = "out:7f3a",
         .content = say_text{.text = "Ligne 1\n\"deux\" \\ é 👍 \x01"}},
        sandaga
    );
    ASSERT_TRUE(request);
    EXPECT_EQ(
        request->body,
        R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+221771234567",)"
        R"("context":{"message_id":"wamid.QUOTED"},"biz_opaque_callback_data":"out:7f3a",)"
        R"("type":"text","text":{"body":"Ligne 1\n\"deux\" \\ é 👍 \u0001","preview_url":false}})"
    );
}

TEST(render, a_user_id_is_a_recipient_and_a_number_has_its_plus_sign) {
    const auto addressed = [](identity_kind kind, std::string value) {
        auto message = to_awa(say_text{.text = "a"});
        message.to.to = {kind, std::move(value)};
        const auto request = render(message, sandaga);
        return request ? request->body : request.error().message();
    };
    EXPECT_THAT(
        addressed(identity_kind::bsuid, "SN.13491208655302741918"),
        HasSubstr(R"("recipient":"SN.13491208655302741918","type")")
    );
    EXPECT_THAT(
        addressed(identity_kind::parent_bsuid, "SN.ENT.11835"),
        HasSubstr(R"("recipient":"SN.ENT.11835")")
    );
    EXPECT_THAT(
        addressed(identity_kind::wa_id, "5215512345678"), HasSubstr(R"("to":"+5215512345678")")
    );
    EXPECT_THAT(addressed(identity_kind::phone, "SN.2222"), HasSubstr(R"("recipient":"SN.2222")"))
        << "the shape decides";
    for (const auto* nobody : {"", "+", "12", "+1 202 555", "SN.", "sn.1", "SN.a-b", "abc"}) {
        auto message = to_awa(say_text{.text = "a"});
        message.to.to.value = nobody;
        EXPECT_EQ(render(message, sandaga).error(), errc::bad_recipient) << nobody;
    }
}

TEST(render, a_message_asks_to_be_refused_once_her_key_is_another) {
    auto what = to_awa(say_text{.text = "Bonjour"});
    what.identity_key_hash = "DF2lS5v2W6x=";
    const auto request = render(what, sandaga);
    ASSERT_TRUE(request);
    EXPECT_EQ(
        request->body,
        R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+221771234567",)"
        R"("recipient_identity_key_hash":"DF2lS5v2W6x=","type":"text",)"
        R"("text":{"body":"Bonjour","preview_url":false}})"
    );
    EXPECT_THAT(body_of(say_text{.text = "x"}), testing::Not(HasSubstr("identity_key")));
}

TEST(render, up_to_three_short_choices_are_buttons) {
    EXPECT_EQ(
        said(say_text{
            .text = "Payer 5 000 F ?",
            .choices = {{"v3:yes", "Oui", ""}, {"v3:no", "Plus tard", ""}},
            .list_button = "Choisir",
            .footer = "STOP pour finir"}),
        R"("type":"interactive","interactive":{"type":"button","body":{"text":"Payer 5 000 F ?"},)"
        R"("footer":{"text":"STOP pour finir"},"action":{"buttons":[)"
        R"({"type":"reply","reply":{"id":"v3:yes","title":"Oui"}},)"
        R"({"type":"reply","reply":{"id":"v3:no","title":"Plus tard"}}]}}})"
    );
}

TEST(render, a_second_line_makes_a_list_of_few_choices_too) {
    EXPECT_EQ(
        said(say_text{
            .text = "Où payer ?",
            .choices = {{"a", "Agence", "1.2 km. Ouvert"}, {"b", "Banque", ""}},
            .list_button = "Choisir"}),
        R"("type":"interactive","interactive":{"type":"list","body":{"text":"Où payer ?"},)"
        R"("action":{"button":"Choisir","sections":[{"rows":[)"
        R"({"id":"a","title":"Agence","description":"1.2 km. Ouvert"},)"
        R"({"id":"b","title":"Banque"}]}]}}})"
    );
}

TEST(render, up_to_ten_choices_are_a_list) {
    EXPECT_EQ(
        said(say_text{
            .text = "Que voulez-vous ?",
            .choices =
                {{"a", "Solde", "Ce que je dois"},
                 {"b", "Payer", ""},
                 {"c", "Agent", ""},
                 {"d", "Langue", ""}},
            .list_button = "Choisir",
            .footer = {}}),
        R"("type":"interactive","interactive":{"type":"list","body":{"text":"Que voulez-vous ?"},)"
        R"("action":{"button":"Choisir","sections":[{"rows":[)"
        R"({"id":"a","title":"Solde","description":"Ce que je dois"},{"id":"b","title":"Payer"},)"
        R"({"id":"c","title":"Agent"},{"id":"d","title":"Langue"}]}]}}})"
    );
    EXPECT_THAT(
        said(say_text{.text = "?", .choices = choices(10), .list_button = {}, .footer = {}}),
        HasSubstr("\"action\":{\"button\":\"\u2630\"")
    );
    EXPECT_THAT(
        said(say_text{
            .text = "?", .choices = choices(10), .list_button = "Choisissez une option ici"}),
        HasSubstr(R"("action":{"button":"Choisissez une optio")")
    );
}

TEST(render, more_choices_are_numbered_text) {
    EXPECT_EQ(
        said(say_text{.text = "Quel jour ?", .choices = choices(11), .footer = "STOP"}),
        R"("type":"text","text":{"body":"Quel jour ?\n\n1. Choix 1\n2. Choix 2\n3. Choix 3\n)"
        R"(4. Choix 4\n5. Choix 5\n6. Choix 6\n7. Choix 7\n8. Choix 8\n9. Choix 9\n10. Choix 10\n)"
        R"(11. Choix 11\n\nSTOP","preview_url":false}})"
    );
}

TEST(render, a_form_is_only_taken_when_every_limit_holds) {
    const auto ask = [](std::vector<choice> of) {
        return say_text{.text = "?", .choices = std::move(of), .list_button = {}, .footer = {}};
    };
    EXPECT_TRUE(fits_as_buttons(ask(choices(3))));
    EXPECT_FALSE(fits_as_buttons(ask(choices(4))));
    EXPECT_FALSE(fits_as_buttons(ask({})));
    EXPECT_TRUE(fits_as_list(ask(choices(10))));
    EXPECT_FALSE(fits_as_list(ask(choices(11))));

    const std::string twenty(18, 'x');  // and an emoji of two units
    EXPECT_TRUE(fits_as_buttons(ask({{"a", twenty + "👍", ""}})));
    EXPECT_FALSE(fits_as_buttons(ask({{"a", twenty + "x👍", ""}})));
    EXPECT_TRUE(fits_as_list(ask({{"a", twenty + "xxxx👍", ""}})));
    EXPECT_FALSE(fits_as_list(ask({{"a", twenty + "xxxxx👍", ""}})));
    EXPECT_FALSE(fits_as_buttons(ask({{"a", "Oui", ""}, {"b", "Oui", ""}}))) << "same title";
    EXPECT_TRUE(fits_as_list(ask({{"a", "Oui", ""}, {"b", "Oui", ""}})));
    EXPECT_FALSE(fits_as_list(ask({{"a", "Oui", ""}, {"a", "Non", ""}}))) << "same id";
    EXPECT_FALSE(fits_as_buttons(ask({{"a", "", ""}}))) << "no title";
    EXPECT_FALSE(fits_as_buttons(ask({{"", "Oui", ""}}))) << "no id";
    EXPECT_TRUE(fits_as_buttons(ask({{std::string(256, 'i'), "Oui", ""}})));
    EXPECT_FALSE(fits_as_buttons(ask({{std::string(257, 'i'), "Oui", ""}})));
    EXPECT_TRUE(fits_as_list(ask({{std::string(200, 'i'), "Oui", ""}})));
    EXPECT_FALSE(fits_as_list(ask({{std::string(201, 'i'), "Oui", ""}})));
    EXPECT_TRUE(fits_as_list(ask({{"a", "Oui", std::string(72, 'd')}})));
    EXPECT_FALSE(fits_as_list(ask({{"a", "Oui", std::string(73, 'd')}})));

    auto long_body = ask(choices(2));
    long_body.text = std::string(1024, 'x');
    EXPECT_TRUE(fits_as_buttons(long_body));
    long_body.text += 'x';
    EXPECT_FALSE(fits_as_buttons(long_body) || fits_as_list(long_body));
    EXPECT_THAT(said(long_body), HasSubstr("\"type\":\"text\""));
    long_body.text = "?";
    long_body.footer = std::string(61, 'f');
    EXPECT_FALSE(fits_as_buttons(long_body) || fits_as_list(long_body));
    long_body.text.clear();
    long_body.footer.clear();
    EXPECT_FALSE(fits_as_buttons(long_body) || fits_as_list(long_body)) << "no question";
}

TEST(render, media_by_id_and_by_link) {
    EXPECT_EQ(
        said(say_media{.kind = media_kind::image, .media_id = "77", .caption = "Le reçu"}),
        R"("type":"image","image":{"id":"77","caption":"Le reçu"}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::video, .link = "https://mfi.example/v.mp4"}),
        R"("type":"video","video":{"link":"https://mfi.example/v.mp4"}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::voice_note, .media_id = "78"}),
        R"("type":"audio","audio":{"id":"78","voice":true}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::audio, .media_id = "79"}),
        R"("type":"audio","audio":{"id":"79"}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::sticker, .media_id = "80"}),
        R"("type":"sticker","sticker":{"id":"80"}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::document, .media_id = "81", .file_name = "Relevé.pdf"}),
        R"("type":"document","document":{"id":"81","filename":"Relevé.pdf"}})"
    );
    EXPECT_EQ(
        said(say_media{.kind = media_kind::document, .link = "https://mfi.example/s/r.pdf?t=1"}),
        R"("type":"document","document":{"link":"https://mfi.example/s/r.pdf?t=1",)"
        R"("filename":"r.pdf"}})"
    );
    EXPECT_THAT(
        said(say_media{.kind = media_kind::document, .media_id = "82"}),
        HasSubstr(R"("filename":"document")")
    );
    EXPECT_EQ(refusal(say_media{.kind = media_kind::image}), errc::empty_content);
    EXPECT_EQ(refusal(say_media{.kind = media_kind::image, .link = "ftp://x"}), errc::bad_link);
    EXPECT_EQ(
        refusal(say_media{.kind = media_kind::sticker, .media_id = "1", .caption = "a"}),
        errc::not_possible
    );
    EXPECT_EQ(
        refusal(say_media{
            .kind = media_kind::image, .media_id = "1", .caption = std::string(1025, 'c')}),
        errc::too_long
    );
}

TEST(render, places_and_links) {
    EXPECT_EQ(
        said(say_location{14.6937, -17.44406, "Agence Sandaga", "Dakar"}),
        R"("type":"location","location":{"latitude":14.6937,"longitude":-17.44406,)"
        R"("name":"Agence Sandaga","address":"Dakar"}})"
    );
    EXPECT_EQ(refusal(say_location{91, 0, "", ""}), errc::not_possible);
    EXPECT_EQ(
        refusal(say_location{std::numeric_limits<double>::quiet_NaN(), 0, "", ""}),
        errc::not_possible
    );
    EXPECT_EQ(
        said(ask_location{"Où est la réunion ?"}),
        R"("type":"interactive","interactive":{"type":"location_request_message",)"
        R"("body":{"text":"Où est la réunion ?"},"action":{"name":"send_location"}}})"
    );
    EXPECT_THAT(said(ask_location{std::string(1025, 'x')}), HasSubstr("\"type\":\"text\""));
    EXPECT_EQ(refusal(ask_location{}), errc::empty_content);
    EXPECT_EQ(
        said(say_link{"Votre relevé", "Ouvrir", "https://mfi.example/s/1"}),
        R"("type":"interactive","interactive":{"type":"cta_url","body":{"text":"Votre relevé"},)"
        R"("action":{"name":"cta_url","parameters":{"display_text":"Ouvrir",)"
        R"("url":"https://mfi.example/s/1"}}}})"
    );
    EXPECT_THAT(
        said(say_link{"Votre relevé", "Ouvrir le relevé du mois", "https://mfi.example/s/1"}),
        HasSubstr(R"("body":"Votre relevé\nOuvrir le relevé du mois: https://mfi.example/s/1")")
    );
    EXPECT_EQ(refusal(say_link{"a", "b", "javascript:alert(1)"}), errc::bad_link);
    EXPECT_EQ(refusal(say_link{"a", "b", "https://"}), errc::bad_link);
}

TEST(render, her_number_is_asked_for_by_a_button) {
    EXPECT_EQ(
        said(ask_contact{"Votre numéro ?"}),
        R"("type":"interactive","interactive":{"type":"request_contact_info",)"
        R"("body":{"text":"Votre numéro ?"},"action":{"name":"request_contact_info"}}})"
    );
    EXPECT_THAT(said(ask_contact{std::string(1025, 'x')}), HasSubstr("\"type\":\"text\""));
    EXPECT_EQ(refusal(ask_contact{}), errc::empty_content);
}

TEST(render, a_form_of_metas_own_opens_by_a_button_and_bears_a_token) {
    EXPECT_EQ(
        said(say_form{"Remplissez", "Ouvrir", "123", "AMOUNT", "tok-1"}),
        R"("type":"interactive","interactive":{"type":"flow","body":{"text":"Remplissez"},)"
        R"("action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"123",)"
        R"("flow_cta":"Ouvrir","flow_token":"tok-1","mode":"published",)"
        R"("flow_action":"navigate","flow_action_payload":{"screen":"AMOUNT"}}}}})"
    );
    EXPECT_THAT(
        said(say_form{"Remplissez", "Ouvrir", "123", "", "tok-1"}),
        testing::Not(HasSubstr("flow_action_payload"))
    );
    EXPECT_EQ(refusal(say_form{"", "Ouvrir", "123", "", "t"}), errc::empty_content);
    EXPECT_EQ(refusal(say_form{"Remplissez", "", "123", "", "t"}), errc::empty_content);
    EXPECT_EQ(refusal(say_form{"Remplissez", "Ouvrir", "", "", "t"}), errc::empty_content);
    EXPECT_EQ(refusal(say_form{"Remplissez", "Ouvrir", "123", "", ""}), errc::empty_content);
    EXPECT_EQ(
        refusal(say_form{"Remplissez", std::string(21, 'x'), "123", "", "t"}), errc::too_long
    );
}

TEST(render, a_named_template_with_quick_replies) {
    EXPECT_EQ(
        said(say_template{
            .name = "repayment_due_v2",
            .language = "fr",
            .body = {{"client_name", "Awa"}, {"amount", "5 000 F"}},
            .buttons = {{0, false, "PAID:4411"}, {1, false, "AGENT:4411"}}}),
        R"("type":"template","template":{"name":"repayment_due_v2","language":{"code":"fr"},)"
        R"("components":[{"type":"body","parameters":[)"
        R"({"type":"text","parameter_name":"client_name","text":"Awa"},)"
        R"({"type":"text","parameter_name":"amount","text":"5 000 F"}]},)"
        R"({"type":"button","sub_type":"quick_reply","index":"0",)"
        R"("parameters":[{"type":"payload","payload":"PAID:4411"}]},)"
        R"({"type":"button","sub_type":"quick_reply","index":"1",)"
        R"("parameters":[{"type":"payload","payload":"AGENT:4411"}]}]}})"
    );
}

TEST(render, a_positional_template_with_picture_and_link) {
    EXPECT_EQ(
        said(say_template{
            .name = "statement",
            .language = "pt_BR",
            .header_media_id = "1037543291543636",
            .header_kind = media_kind::image,
            .body = {{"", "Awa"}},
            .buttons = {{0, true, "4411?t=x"}}}),
        R"("type":"template","template":{"name":"statement","language":{"code":"pt_BR"},)"
        R"("components":[{"type":"header","parameters":[{"type":"image",)"
        R"("image":{"id":"1037543291543636"}}]},)"
        R"({"type":"body","parameters":[{"type":"text","text":"Awa"}]},)"
        R"({"type":"button","sub_type":"url","index":"0",)"
        R"("parameters":[{"type":"text","text":"4411?t=x"}]}]}})"
    );
    EXPECT_EQ(
        said(say_template{.name = "hello_world", .language = "en_US"}),
        R"("type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}})"
    );
}

TEST(render, a_template_with_a_header_of_words) {
    EXPECT_EQ(
        said(say_template{
            .name = "visit",
            .language = "es",
            .buttons = {{.index = 0, .payload = "v1|1|visit.ask|yes", .title = "Sí"}},
            .header = {{"", "Rosa"}},
            .text = "Rosa, ¿le visitamos?"}),
        R"("type":"template","template":{"name":"visit","language":{"code":"es"},)"
        R"("components":[{"type":"header","parameters":[{"type":"text","text":"Rosa"}]},)"
        R"({"type":"button","sub_type":"quick_reply","index":"0",)"
        R"("parameters":[{"type":"payload","payload":"v1|1|visit.ask|yes"}]}]}})"
    );
}

TEST(render, a_template_has_one_header) {
    EXPECT_EQ(
        refusal(say_template{.name = "t", .language = "es", .header = {{"", "a"}, {"", "b"}}}),
        errc::bad_parameters
    );
    EXPECT_EQ(
        refusal(say_template{
            .name = "t",
            .language = "es",
            .header_media_id = "1",
            .header_kind = media_kind::image,
            .header = {{"", "a"}}}),
        errc::bad_parameters
    );
}

TEST(render, what_a_template_cannot_carry_is_mended_or_refused) {
    EXPECT_THAT(
        said(say_template{.name = "t", .language = "fr", .body = {{"", " a\n\tb      c\r\n"}}}),
        HasSubstr(R"("text":"a b c")")
    );
    EXPECT_EQ(refusal(say_template{.name = "t"}), errc::empty_content);
    EXPECT_EQ(refusal(say_template{.language = "fr"}), errc::empty_content);
    EXPECT_EQ(
        refusal(say_template{.name = "t", .language = "fr", .body = {{"", "a"}, {"named", "b"}}}),
        errc::bad_parameters
    );
    EXPECT_EQ(
        refusal(say_template{.name = "t", .language = "fr", .body = {{"", " \n"}}}),
        errc::bad_parameters
    );
    EXPECT_EQ(
        refusal(say_template{.name = "t", .language = "fr", .buttons = {{0, false, ""}}}),
        errc::bad_parameters
    );
    EXPECT_EQ(
        refusal(say_template{.name = "t", .language = "fr", .buttons = {{10, false, "p"}}}),
        errc::bad_parameters
    );
    EXPECT_EQ(
        refusal(say_template{
            .name = "t",
            .language = "fr",
            .header_media_id = "1",
            .header_kind = media_kind::sticker}),
        errc::not_possible
    );
}

TEST(render, reactions_and_read_marks) {
    EXPECT_EQ(
        said(send_reaction{"wamid.HERS", "👍"}),
        R"("type":"reaction","reaction":{"message_id":"wamid.HERS","emoji":"👍"}})"
    );
    EXPECT_EQ(
        said(send_reaction{"wamid.HERS", ""}),
        R"("type":"reaction","reaction":{"message_id":"wamid.HERS","emoji":""}})"
    );
    EXPECT_EQ(
        body_of(mark_read{"wamid.HERS", true}),
        R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.HERS",)"
        R"("typing_indicator":{"type":"text"}})"
    );
    EXPECT_EQ(
        body_of(mark_read{"wamid.HERS", false}),
        R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.HERS"})"
    );
    EXPECT_EQ(refusal(mark_read{}), errc::empty_content);
    EXPECT_EQ(refusal(send_reaction{"", "👍"}), errc::empty_content);
    auto quoting = to_awa(send_reaction{"wamid.HERS", "👍"});
    quoting.reply_to_id = "wamid.HERS";
    EXPECT_EQ(render(quoting, sandaga)->body.find("context"), std::string::npos);
}

TEST(render, the_limits_of_text) {
    EXPECT_EQ(refusal(say_text{}), errc::empty_content);
    EXPECT_TRUE(render(to_awa(say_text{.text = std::string(4096, 'x')}), sandaga));
    EXPECT_EQ(refusal(say_text{.text = std::string(4097, 'x')}), errc::too_long);
    auto message = to_awa(say_text{.text = "a"});
    message.callback_data = std::string(513, 'c');
    EXPECT_EQ(render(message, sandaga).error(), errc::too_long);
}

TEST(render, bytes_that_are_not_utf8_never_leave) {
    EXPECT_THAT(said(say_text{.text = "a\xFF\xC3"}), HasSubstr("\"body\":\"a\uFFFD\uFFFD\""));
}

TEST(split, what_fits_is_left_alone) {
    const auto alone = split(to_awa(say_text{.text = "Bonjour", .choices = choices(12)}));
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_EQ(std::get<say_text>(alone[0].content).choices.size(), 12U);
    EXPECT_EQ(split(to_awa(mark_read{"w", false})).size(), 1U);
}

TEST(split, long_text_becomes_pages_cut_at_line_ends) {
    std::string text;
    for (int line = 0; line < 300; ++line)
        text += "Une ligne du procès-verbal, " + std::to_string(line) + "\n";
    auto whole = to_awa(say_text{.text = text, .choices = choices(2)});
    whole.reply_to_id = "wamid.ASKED";
    const auto pages = split(whole);
    ASSERT_EQ(pages.size(), 3U);
    EXPECT_EQ(pages[0].reply_to_id, "wamid.ASKED");
    EXPECT_EQ(pages[1].reply_to_id, "");
    for (const auto& page : pages) {
        EXPECT_EQ(page.to, awa);
        EXPECT_TRUE(render(page, sandaga));
        EXPECT_TRUE(std::get<say_text>(page.content).text.starts_with("Une ligne"));
    }
    EXPECT_TRUE(std::get<say_text>(pages[2].content).text.ends_with("\n\n1. Choix 1\n2. Choix 2"));
}

TEST(split, a_message_of_blanks_is_still_a_message) {
    const auto parts = split(to_awa(say_text{.text = std::string(5000, ' ')}));
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(render(parts[0], sandaga).error(), errc::empty_content);
}

TEST(split, a_caption_that_cannot_stay_follows_as_text) {
    const auto parts =
        split(to_awa(say_media{.kind = media_kind::voice_note, .media_id = "1", .caption = "Oui"}));
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(std::get<say_media>(parts[0].content).caption, "");
    EXPECT_EQ(std::get<say_text>(parts[1].content).text, "Oui");
    EXPECT_EQ(
        split(to_awa(say_media{
                  .kind = media_kind::image, .media_id = "1", .caption = std::string(5000, 'c')}))
            .size(),
        3U
    );
    EXPECT_EQ(
        split(to_awa(say_media{.kind = media_kind::image, .media_id = "1", .caption = "Oui"}))
            .size(),
        1U
    );
}

TEST(split, every_part_of_any_text_can_be_rendered_and_no_word_is_lost) {
    EXPECT_TRUE(rc::check("pages", [] {
        const auto words = *rc::gen::container<std::vector<std::string>>(
            *rc::gen::inRange<std::size_t>(1, 40),
            rc::gen::element<std::string>(
                "é👍", "\n", "mot", std::string(700, 'x'), std::string(3000, 'y'), "\n\n", "   "
            )
        );
        say_text what;
        for (const auto& word : words) what.text += word + " ";
        const auto blankless = [](std::string_view text) {
            std::string rest;
            for (const char byte : text) {
                if (byte != ' ' && byte != '\n') rest += byte;
            }
            return rest;
        };
        std::string joined;
        for (const auto& part : split(to_awa(what))) {
            const auto& text = std::get<say_text>(part.content).text;
            RC_ASSERT(utf16_units(text) <= text_units_max);
            joined += text;
        }
        RC_ASSERT(blankless(joined) == blankless(what.text));
    }));
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
