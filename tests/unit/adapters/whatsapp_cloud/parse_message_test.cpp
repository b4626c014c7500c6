// Every type of message and every place a person's identity can stand in, from literal samples.

#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t sent_at = 1'795'413'600'000;
const identity awa_phone{identity_kind::phone, "+221771234567"};
const identity awa_wa_id{identity_kind::wa_id, "221771234567"};
const identity awa_user_id{identity_kind::bsuid, "SN.13491208655302741918"};

TEST(parse_message, text) {
    const auto message = only<inbound_message>("text");
    EXPECT_EQ(message.channel, "whatsapp");
    EXPECT_EQ(message.id, "wamid.HBgM1");
    EXPECT_EQ(to_millis(message.sent_at), sent_at);
    EXPECT_THAT(message.from, ElementsAre(awa_phone, awa_wa_id, awa_user_id));
    EXPECT_EQ(message.profile_name, "Awa D.");
    EXPECT_EQ(message.group_id, "");
    EXPECT_EQ(message.reply_to_id, "");
    EXPECT_FALSE(message.forwarded);
    EXPECT_FALSE(message.came_from);
    EXPECT_EQ(message.identity_key_hash, "");
    EXPECT_EQ(std::get<typed_text>(message.content).text, "J'ai payé 👍");
}

TEST(parse_message, what_it_answers_and_where_it_comes_from) {
    EXPECT_EQ(only<inbound_message>("text_reply").reply_to_id, "wamid.QUOTED");
    EXPECT_TRUE(only<inbound_message>("text_forwarded").forwarded);
    const auto referred = only<inbound_message>("text_referral").came_from;
    ASSERT_TRUE(referred);
    EXPECT_EQ(referred->source_type, "ad");
    EXPECT_EQ(referred->source_id, "12021");
    EXPECT_EQ(referred->source_url, "https://fb.me/abc");
    EXPECT_EQ(referred->headline, "Un prêt pour votre étal");
    EXPECT_EQ(referred->click_id, "ARAkLkA8rmlFeiCktEJQ");
}

TEST(parse_message, media) {
    const auto image = content_of<received_media>("image");
    EXPECT_EQ(image.kind, media_kind::image);
    EXPECT_EQ(image.id, "1037543291543636");
    EXPECT_EQ(image.url, "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1");
    EXPECT_EQ(image.mime_type, "image/jpeg");
    EXPECT_EQ(image.sha256, "SfInY0gGKTsJlUWbwxC1k=");
    EXPECT_EQ(image.caption, "Le reçu");

    EXPECT_EQ(content_of<received_media>("video").kind, media_kind::video);
    EXPECT_EQ(content_of<received_media>("voice_note").kind, media_kind::voice_note);
    EXPECT_EQ(content_of<received_media>("voice_note").mime_type, "audio/ogg; codecs=opus");
    EXPECT_EQ(content_of<received_media>("audio_file").kind, media_kind::audio);
    EXPECT_EQ(content_of<received_media>("voice_old_type").kind, media_kind::voice_note);
    EXPECT_EQ(content_of<received_media>("sticker").kind, media_kind::sticker);

    const auto document = content_of<received_media>("document");
    EXPECT_EQ(document.kind, media_kind::document);
    EXPECT_EQ(document.file_name, "regnp.çu.pdf") << "no path, no change of direction";
    EXPECT_EQ(document.caption, "Ma pièce");
}

TEST(parse_message, location) {
    const auto place = content_of<shared_location>("location");
    EXPECT_DOUBLE_EQ(place.latitude, 14.6937);
    EXPECT_DOUBLE_EQ(place.longitude, -17.44406);
    EXPECT_EQ(place.name, "Marché Sandaga");
    EXPECT_EQ(place.place_address, "Dakar");
}

TEST(parse_message, contacts) {
    const auto cards = content_of<std::vector<shared_contact>>("contacts");
    ASSERT_EQ(cards.size(), 2U);
    EXPECT_EQ(cards[0].name, "Fatou Sow");
    EXPECT_THAT(cards[0].phones, ElementsAre("+221 77 765 43 21"));
    EXPECT_EQ(cards[1].name, "Modou");
    EXPECT_THAT(cards[1].phones, ElementsAre("+221701112233"));

    const auto asked = only<inbound_message>("contact_request_answer");
    // By her tap on our button: hers, and after what she writes from.
    EXPECT_THAT(
        asked.from, ElementsAre(awa_user_id, identity{identity_kind::phone, "+221771234567"})
    );
    EXPECT_TRUE(std::get<std::vector<shared_contact>>(asked.content).at(0).requested);
    EXPECT_FALSE(cards[0].requested);
    EXPECT_EQ(asked.profile_name, "@awa.d");
    EXPECT_THAT(
        std::get<std::vector<shared_contact>>(asked.content).at(0).phones,
        ElementsAre("+221 77 123 45 67")
    );
}

TEST(parse_message, taps_of_every_kind) {
    const auto message = only<inbound_message>("button_reply");
    EXPECT_EQ(message.reply_to_id, "wamid.OURS");
    const auto button = std::get<tapped_choice>(message.content);
    EXPECT_EQ(button.id, "v3:pay:yes");
    EXPECT_EQ(button.title, "Oui");
    EXPECT_EQ(content_of<tapped_choice>("list_reply").id, "v3:menu:balance");
    EXPECT_EQ(content_of<tapped_choice>("list_reply").title, "Solde");
    EXPECT_EQ(content_of<tapped_choice>("template_button").id, "PAID:4411");
    EXPECT_EQ(content_of<tapped_choice>("template_button").title, "Payé");
    EXPECT_EQ(content_of<typed_text>("template_button_without_payload").text, "Payé");
    const auto form = content_of<form_reply>("flow_reply");
    EXPECT_EQ(form.form, "flow");
    EXPECT_EQ(form.answers_json, R"({"flow_token":"tok-1","amount":"5000"})");
    EXPECT_EQ(form.token, "tok-1");
    ASSERT_EQ(form.answers.size(), 1U);
    EXPECT_EQ(form.answers[0].name, "amount");
    EXPECT_EQ(form.answers[0].text, "5000");
    EXPECT_EQ(
        content_of<unknown_content>("call_permission_reply").type,
        "interactive:call_permission_reply"
    );
}

TEST(parse_message, reactions_and_orders) {
    EXPECT_EQ(content_of<tertulia::reaction>("reaction").emoji, "👍");
    EXPECT_EQ(content_of<tertulia::reaction>("reaction").message_id, "wamid.OURS");
    EXPECT_EQ(content_of<tertulia::reaction>("reaction_removed").emoji, "");
    EXPECT_EQ(
        content_of<placed_order>("order").raw_json,
        R"({"catalog_id":"c1","text":"vite","product_items":[{"product_retailer_id":"sku",)"
        R"("quantity":1,"item_price":5,"currency":"USD"}]})"
    );
}

TEST(parse_message, a_new_number_says_who_she_was_and_who_she_is) {
    const identity old_id{identity_kind::bsuid, "SN.1111"};
    const identity new_id{identity_kind::bsuid, "SN.2222"};
    const identity new_phone{identity_kind::phone, "+221779999999"};
    const identity new_wa_id{identity_kind::wa_id, "221779999999"};

    const auto message = only<inbound_message>("system_changed_number");
    auto change = std::get<identity_changed>(message.content);
    EXPECT_THAT(change.before, ElementsAre(awa_phone, awa_wa_id, old_id));
    EXPECT_THAT(change.now, ElementsAre(new_phone, new_wa_id, new_id));
    EXPECT_EQ(message.from, change.before) << "she is found by what she was known as";

    change = content_of<identity_changed>("system_changed_user_id");
    EXPECT_THAT(
        change.before, ElementsAre(old_id, identity{identity_kind::parent_bsuid, "SN.ENT.1111"})
    );
    EXPECT_THAT(
        change.now, ElementsAre(new_id, identity{identity_kind::parent_bsuid, "SN.ENT.2222"})
    );

    change = content_of<identity_changed>("system_changed_number_old_shape");
    EXPECT_THAT(change.before, ElementsAre(awa_phone, awa_wa_id));
    EXPECT_THAT(change.now, ElementsAre(new_phone, new_wa_id));
}

TEST(parse_message, a_new_key_of_the_same_number) {
    const auto message = only<inbound_message>("system_identity_changed");
    const auto change = std::get<identity_changed>(message.content);
    EXPECT_EQ(message.identity_key_hash, "NEWHASH=");
    EXPECT_THAT(change.before, ElementsAre(awa_phone, awa_wa_id));
    EXPECT_THAT(change.now, ElementsAre(awa_phone, awa_wa_id));
}

TEST(parse_message, other_system_messages_are_kept) {
    const auto other = content_of<unknown_content>("system_other");
    EXPECT_EQ(other.type, "system:group_left");
    EXPECT_EQ(other.raw_json, R"({"body":"?","type":"group_left"})");
}

TEST(parse_message, what_the_provider_could_not_hand_over) {
    EXPECT_EQ(content_of<unsupported_content>("unsupported_poll").what, "poll_creation");
    EXPECT_EQ(content_of<unsupported_content>("unsupported_poll").error_code, 131051);
    EXPECT_EQ(content_of<unsupported_content>("unsupported_without_kind").what, "unsupported");
    EXPECT_EQ(content_of<unsupported_content>("media_too_large").what, "video");
    EXPECT_EQ(content_of<unsupported_content>("media_too_large").error_code, 131052);
}

TEST(parse_message, edits_and_revocations) {
    EXPECT_EQ(content_of<edited_text>("edit").message_id, "wamid.FIRST");
    EXPECT_EQ(content_of<edited_text>("edit").text, "J'ai payé 5 000");
    EXPECT_EQ(content_of<edited_text>("edit_caption").text, "Le bon reçu");
    EXPECT_EQ(content_of<revoked_message>("revoke").message_id, "wamid.FIRST");
}

TEST(parse_message, an_unknown_type_is_kept_whole) {
    const auto unknown = content_of<unknown_content>("unknown_type");
    EXPECT_EQ(unknown.type, "hologram");
    EXPECT_EQ(
        unknown.raw_json,
        R"({"from":"221771234567","from_user_id":"SN.13491208655302741918","id":"wamid.HBgM1",)"
        R"("timestamp":"1795413600","type":"hologram","hologram":{"depth":3}})"
    );
    EXPECT_EQ(content_of<unknown_content>("request_welcome").type, "request_welcome");
}

TEST(parse_message, what_is_said_in_a_group_carries_the_group) {
    EXPECT_EQ(only<inbound_message>("group_text").group_id, "Y2FwaV9ncm91cDox");
}

TEST(parse_message, a_person_may_have_no_number) {
    const auto message = only<inbound_message>("user_id_only");
    EXPECT_THAT(message.from, ElementsAre(awa_user_id));
    EXPECT_EQ(message.profile_name, "@awa.d");
}

TEST(parse_message, an_identity_is_told_by_its_shape_not_by_its_key) {
    const auto message = only<inbound_message>("user_id_in_from");
    EXPECT_THAT(message.from, ElementsAre(awa_user_id));
    EXPECT_EQ(message.profile_name, "Awa");
    EXPECT_THAT(
        only<inbound_message>("parent_user_id").from,
        ElementsAre(
            awa_phone, awa_wa_id, awa_user_id, identity{identity_kind::parent_bsuid, "SN.ENT.11835"}
        )
    );
}

TEST(parse_message, people_are_matched_by_identity_never_by_position) {
    const auto read = parse_sample("contacts_in_another_order");
    ASSERT_EQ(read.events.size(), 2U);
    const auto& awa = std::get<inbound_message>(read.events[0]);
    const auto& binta = std::get<inbound_message>(read.events[1]);
    EXPECT_EQ(awa.profile_name, "Awa D.");
    EXPECT_EQ(binta.profile_name, "Binta");
    EXPECT_THAT(
        binta.from,
        ElementsAre(
            identity{identity_kind::phone, "+221700000002"},
            identity{identity_kind::wa_id, "221700000002"},
            identity{identity_kind::bsuid, "SN.2"}
        )
    );
}

TEST(parse_message, the_key_hash_comes_with_the_contact) {
    EXPECT_EQ(only<inbound_message>("identity_key_hash").identity_key_hash, "DF2lS5v2W6x=");
}

TEST(parse_message, time_comes_in_several_spellings) {
    EXPECT_EQ(to_millis(only<inbound_message>("timestamp_number").sent_at), sent_at);
    EXPECT_EQ(to_millis(only<inbound_message>("timestamp_milliseconds").sent_at), sent_at + 123);
    EXPECT_EQ(to_millis(only<inbound_message>("timestamp_of_the_entry").sent_at), sent_at - 1000);
}

TEST(parse_message, keys_may_come_in_any_order) {
    const auto message = only<inbound_message>("keys_in_another_order");
    EXPECT_EQ(message.profile_name, "Awa D.");
    EXPECT_EQ(std::get<typed_text>(message.content).text, "a");
}

TEST(parse_message, text_is_repaired_and_bounded) {
    EXPECT_EQ(content_of<typed_text>("lone_surrogate").text, "a\uFFFDb \uFFFDc \uFFFD😀 \\ud83d");
    EXPECT_EQ(content_of<typed_text>("nul_in_text").text, "ab");

    auto body = sample("nul_in_text");
    body.replace(body.find("a\\u0000b"), 8, std::string(text_bytes_max - 1, 'x') + "é" + "y");
    const auto read = parse(body, sandaga);
    ASSERT_TRUE(read);
    const auto& message = std::get<inbound_message>(read->events.at(0));
    EXPECT_EQ(std::get<typed_text>(message.content).text, std::string(text_bytes_max - 1, 'x'));
}

TEST(parse_message, a_number_beyond_64_bits_does_not_cost_the_batch) {
    const auto read = parse_sample("numbers_beyond_64_bits");
    EXPECT_THAT(read.malformed, IsEmpty());
    ASSERT_EQ(read.events.size(), 2U);
    const auto& place = std::get<inbound_message>(read.events[1]);
    EXPECT_DOUBLE_EQ(std::get<shared_location>(place.content).latitude, 14.69);
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
