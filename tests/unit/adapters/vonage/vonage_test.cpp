// Vonage's two APIs: signatures against vectors made with its own library, callbacks and sends
// against samples of their documented shapes.

#include "adapters/vonage/vonage.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/form.hpp"
#include "tests/source_folder.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tertulia::adapters::vonage {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant signed_at{seconds{1795471200}};
constexpr instant noon = sys_days{2026y / 11 / 23} + 12h;
constexpr instant ten_at_night = sys_days{2026y / 11 / 23} + 22h;
const identity rosa{identity_kind::phone, "+50255550101"};
constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view token =
    "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJpYXQiOjE3OTU0NzEyMDAsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6"
    "IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6ImE3ZGJhMDc5ZGQ0MWZlNDkyYjlhYjc2Mjg3NjdiZjlkZjlhZTk1NWU1Yjhh"
    "YWQwZTc0NzA5MTYzN2JmZDFkZmQiLCJhcGlfa2V5IjoiYWJjZDEyMzQiLCJhcHBsaWNhdGlvbl9pZCI6ImFhYWFhYWFh"
    "LWJiYmItY2NjYy1kZGRkLTAxMjM0NTY3ODlhYiJ9.XVVuiat4M_1YuS3v2nEobPyiYDoa4BWPTMPcgBu4pnM";

channel_settings channel() {
    return {
        .name = "sms",
        .api_key = "abcd1234",
        .api_secret = "s",
        .from = "15005550006",
        .signature_secrets = {"vonage-signature-secret-0123456789"}};
}

std::string sample(std::string_view file_name) {
    const auto path =
        testing_files::source_folder() / "tests/corpus/vonage" / file_name;
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inbound_request request_of(std::string_view file_name, std::string_view body) {
    const bool is_json = file_name.ends_with(".json");
    return {
        .method = "POST",
        .content_type = is_json ? std::string_view{"application/json"} : form_type,
        .body = body};
}

parsed parse_sample(std::string_view file_name) {
    const auto body = sample(file_name);
    auto read = parse(request_of(file_name, body), channel(), noon);
    EXPECT_TRUE(read) << file_name;
    return read ? std::move(*read) : parsed{};
}

template <class Event>
Event only(std::string_view name) {
    auto read = parse_sample(name);
    EXPECT_THAT(read.malformed, IsEmpty()) << name;
    EXPECT_THAT(read.events, SizeIs(1)) << name;
    const auto* event = read.events.empty() ? nullptr : std::get_if<Event>(&read.events.front());
    EXPECT_NE(event, nullptr) << name;
    return event != nullptr ? *event : Event{};
}

// --- the token of the Messages API ---------------------------------------------------------------

bool accepts(
    std::string_view authorization,
    std::string_view body,
    instant now = signed_at,
    const channel_settings& with = channel()
) {
    return verify(
        {.method = "POST",
         .content_type = "application/json",
         .signature = authorization,
         .body = body},
        with,
        now
    );
}

std::string url_base64(std::string_view bytes) {
    auto text = base64_of(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

std::string made_token(std::string_view header, std::string_view claims) {
    const auto text = url_base64(header) + "." + url_base64(claims);
    const auto mac = hmac_of(hash_kind::sha256, channel().signature_secrets.front(), text);
    return "Bearer " + text + "." + url_base64(mac);
}

TEST(vonage_token, the_vector_of_its_library_is_accepted) {
    const auto body = sample("signed_token.json");
    EXPECT_TRUE(accepts(token, body));
    EXPECT_TRUE(accepts(token, body, signed_at + 300s));
    EXPECT_TRUE(accepts(token, body, signed_at - 300s)) << "clocks differ";
}

TEST(vonage_token, another_body_time_secret_or_account_is_refused) {
    const auto body = sample("signed_token.json");
    EXPECT_FALSE(accepts(token, body + " "));
    EXPECT_FALSE(accepts(token, body, signed_at + 301s));
    EXPECT_FALSE(accepts(token, body, signed_at - 301s));
    auto with = channel();
    with.signature_secrets = {"another", ""};
    EXPECT_FALSE(accepts(token, body, signed_at, with));
    with.signature_secrets = {};
    EXPECT_FALSE(accepts(token, body, signed_at, with));
    with.signature_secrets = {"another", channel().signature_secrets.front()};
    EXPECT_TRUE(accepts(token, body, signed_at, with)) << "while the secret is being changed";
    with.api_key = "zzzz";
    EXPECT_FALSE(accepts(token, body, signed_at, with));
}

TEST(vonage_token, every_claim_is_needed) {
    const std::string hash = hex_of(digest_of(hash_kind::sha256, "{}"));
    const auto claims = [&](std::string_view issuer, std::string_view key, std::string_view of) {
        return R"({"iat":1795471200,"iss":")" + std::string{issuer} + R"(","api_key":")" +
               std::string{key} + R"(","payload_hash":")" + std::string{of} + R"("})";
    };
    const auto* const hs256 = R"({"alg":"HS256"})";
    EXPECT_TRUE(accepts(made_token(hs256, claims("Vonage", "abcd1234", hash)), "{}"));
    EXPECT_FALSE(accepts(made_token(hs256, claims("Other", "abcd1234", hash)), "{}"));
    EXPECT_FALSE(accepts(made_token(hs256, claims("Vonage", "", hash)), "{}"));
    EXPECT_FALSE(accepts(made_token(hs256, claims("Vonage", "abcd1234", "")), "{}"));
    EXPECT_FALSE(accepts(made_token(hs256, R"({"iss":"Vonage"})"), "{}"));
    EXPECT_FALSE(accepts(made_token(hs256, "[]"), "{}"));
}

TEST(vonage_token, the_algorithm_is_not_the_tokens_to_choose) {
    const auto claims =
        R"({"iat":1795471200,"iss":"Vonage","api_key":"abcd1234","payload_hash":")" +
        hex_of(digest_of(hash_kind::sha256, "{}")) + R"("})";
    for (const auto* header :
         {R"({"alg":"none"})",
          R"({"alg":"hs256"})",
          R"({"alg":"HS512"})",
          R"({"alg":"RS256"})",
          "{}",
          "x"}) {
        EXPECT_FALSE(accepts(made_token(header, claims), "{}")) << header;
    }
    const auto unsigned_one = url_base64(R"({"alg":"HS256"})") + "." + url_base64(claims) + ".";
    EXPECT_FALSE(accepts("Bearer " + unsigned_one, "{}"));
}

TEST(vonage_token, what_is_no_token_is_refused) {
    const auto body = sample("signed_token.json");
    for (const auto* bad :
         {"",
          "Bearer ",
          "Bearer a",
          "Bearer a.b",
          "Bearer ..",
          "Bearer a.b.c.d",
          "Bearer =.=.=",
          "Basic x"}) {
        EXPECT_FALSE(accepts(bad, body)) << bad;
    }
    EXPECT_FALSE(accepts(token.substr(0, token.size() - 1), body));
    EXPECT_FALSE(accepts("Bearer " + std::string(5000, 'a') + ".b.c", body));
}

// --- the field of the SMS API --------------------------------------------------------------------

bool accepts_form(std::string_view body, signature_method method, instant now = signed_at) {
    auto with = channel();
    with.method = method;
    return verify({.method = "POST", .content_type = form_type, .body = body}, with, now);
}

TEST(vonage_sig, the_vectors_of_its_library_are_accepted) {
    const auto sha = sample("signed_sha256.form");
    const auto md5 = sample("signed_md5.form");
    EXPECT_TRUE(accepts_form(sha, signature_method::sha256_hmac));
    EXPECT_TRUE(accepts_form(md5, signature_method::md5_hash));
    EXPECT_FALSE(accepts_form(md5, signature_method::sha256_hmac)) << "the weaker is not taken";
    EXPECT_FALSE(accepts_form(sha, signature_method::md5_hmac));
    EXPECT_FALSE(accepts_form(sha, signature_method::sha1_hmac));
    EXPECT_FALSE(accepts_form(sha, signature_method::sha512_hmac));
    EXPECT_TRUE(verify({.method = "GET", .query = sha}, channel(), signed_at));
}

TEST(vonage_sig, anything_changed_old_or_missing_is_refused) {
    const auto good = sample("signed_sha256.form");
    const auto method = signature_method::sha256_hmac;
    EXPECT_FALSE(accepts_form(good + "&extra=1", method));
    EXPECT_FALSE(accepts_form(good, method, signed_at + 301s));
    EXPECT_FALSE(accepts_form("sig=" + std::string(64, '0'), method)) << "without a time";
    EXPECT_FALSE(accepts_form(sample("sms_text.form"), method)) << "unsigned";
    EXPECT_FALSE(accepts_form("sig=%zz", method));
    auto upper = good;
    const auto at = upper.find("sig=") + 4;
    for (auto index = at; index < at + 64; ++index) {
        if (upper[index] >= 'a') upper[index] = static_cast<char>(upper[index] - 'a' + 'A');
    }
    EXPECT_TRUE(accepts_form(upper, method)) << "hex has two spellings";
}

TEST(vonage_sig, every_method_signs_the_same_text) {
    const auto secret = channel().signature_secrets.front();
    const std::string text = "&a=1_2&timestamp=1795471200";
    const std::string body = "timestamp=1795471200&a=1%262&sig=";
    EXPECT_TRUE(accepts_form(
        body + hex_of(hmac_of(hash_kind::md5, secret, text)), signature_method::md5_hmac
    ));
    EXPECT_TRUE(accepts_form(
        body + hex_of(hmac_of(hash_kind::sha1, secret, text)), signature_method::sha1_hmac
    ));
    EXPECT_TRUE(accepts_form(
        body + hex_of(hmac_of(hash_kind::sha512, secret, text)), signature_method::sha512_hmac
    ));
}

// --- parse ---------------------------------------------------------------------------------------

TEST(vonage_parse, an_sms) {
    const auto message = only<inbound_message>("sms_text.form");
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "0A0000000123ABCD1");
    EXPECT_EQ(message.sent_at, ten_at_night);
    EXPECT_THAT(message.from, ElementsAre(rosa));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "¿Cuánto debo?");
    const auto binary = only<inbound_message>("sms_binary.form");
    EXPECT_EQ(std::get<unsupported_content>(binary.content).what, "a binary SMS");
}

TEST(vonage_parse, a_piece_of_a_long_sms) {
    const auto read = parse_sample("sms_piece.form");
    EXPECT_THAT(read.events, IsEmpty());
    ASSERT_THAT(read.parts, SizeIs(1));
    const auto& piece = read.parts[0];
    EXPECT_EQ(piece.to, "15005550006");
    EXPECT_EQ(piece.reference, 54);
    EXPECT_EQ(piece.total, 3);
    EXPECT_EQ(piece.number, 1);
    EXPECT_EQ(std::get<typed_text>(piece.message.content).text, "primera parte ");
    for (int index = 0; index < 6; ++index) {
        const auto wrong = parse_sample("sms_piece_wrong_" + std::to_string(index) + ".form");
        EXPECT_THAT(wrong.parts, IsEmpty());
        EXPECT_THAT(wrong.malformed, SizeIs(1));
    }
}

TEST(vonage_parse, a_message_of_the_messages_api) {
    const auto message = only<inbound_message>("message_text.json");
    EXPECT_EQ(message.id, "aaaaaaaa-bbbb-cccc-dddd-0123456789ab");
    EXPECT_EQ(message.sent_at, ten_at_night);
    EXPECT_THAT(message.from, ElementsAre(rosa));
    EXPECT_EQ(std::get<typed_text>(message.content).text, "Hola");
}

TEST(vonage_parse, media_and_what_we_do_not_know) {
    const auto image =
        std::get<received_media>(only<inbound_message>("message_image.json").content);
    EXPECT_EQ(image.kind, media_kind::image);
    EXPECT_EQ(image.url, "https://api.nexmo.com/v3/media/1");
    EXPECT_EQ(image.caption, "Mi boleta");
    EXPECT_EQ(image.file_name, "a.jpg");
    const auto card = std::get<received_media>(only<inbound_message>("message_vcard.json").content);
    EXPECT_EQ(card.kind, media_kind::document);
    const auto bare = only<inbound_message>("message_image_without_address.json");
    EXPECT_TRUE(std::holds_alternative<unsupported_content>(bare.content));
    const auto kept =
        std::get<unknown_content>(only<inbound_message>("message_of_a_new_type.json").content);
    EXPECT_EQ(kept.type, "hologram");
    EXPECT_THAT(kept.raw_json, HasSubstr("hologram"));
}

TEST(vonage_parse, what_is_for_someone_else_is_a_notice) {
    EXPECT_THAT(only<channel_notice>("message_of_whatsapp.json").summary, HasSubstr("kind"));
    EXPECT_THAT(only<channel_notice>("sms_other_account.form").summary, HasSubstr("account"));
    EXPECT_THAT(only<channel_notice>("sms_from_name.form").summary, HasSubstr("name"));
    EXPECT_THAT(only<channel_notice>("message_from_name.json").summary, HasSubstr("name"));
}

TEST(vonage_parse, what_makes_no_sense_is_malformed) {
    for (const auto* name : {"sms_no_id.form", "sms_status_no_id.form", "message_no_id.json"}) {
        const auto read = parse_sample(name);
        EXPECT_THAT(read.events, IsEmpty()) << name;
        EXPECT_THAT(read.malformed, SizeIs(1)) << name;
    }
    const auto error_of = [](std::string_view name, std::string_view body) {
        return parse(request_of(name, body), channel(), noon).error();
    };
    EXPECT_EQ(error_of(".form", "a=b"), errc::not_vonage);
    EXPECT_EQ(error_of(".form", "a=%"), errc::not_a_form);
    EXPECT_EQ(error_of(".json", "{}"), errc::not_vonage);
    EXPECT_EQ(error_of(".json", "[]"), errc::not_a_form);
}

struct status_row {
    std::string_view sample;
    delivery_status expected;
    int code{};
};
class vonage_status : public testing::TestWithParam<status_row> {};

TEST_P(vonage_status, has_its_rank) {
    const auto status = only<status_update>(GetParam().sample);
    EXPECT_EQ(status.status, GetParam().expected);
    EXPECT_EQ(status.callback_data, "42");
    EXPECT_EQ(status.at, ten_at_night + 5s);
    EXPECT_THAT(status.recipient, ElementsAre(rosa));
    EXPECT_FALSE(status.message_id.empty());
    EXPECT_EQ(status.errors.empty() ? 0 : status.errors.front().code, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    status,
    vonage_status,
    testing::Values(
        status_row{"sms_status_accepted.form", delivery_status::sent},
        status_row{"sms_status_buffered.form", delivery_status::sent},
        status_row{"sms_status_delivered.form", delivery_status::delivered},
        status_row{"sms_status_expired.form", delivery_status::failed, 1},
        status_row{"sms_status_failed.form", delivery_status::failed, 5},
        status_row{"sms_status_rejected.form", delivery_status::failed, 4},
        status_row{"status_submitted.json", delivery_status::sent},
        status_row{"status_delivered.json", delivery_status::delivered},
        status_row{"status_read.json", delivery_status::read},
        status_row{"status_rejected.json", delivery_status::failed, 1120},
        status_row{"status_undeliverable.json", delivery_status::failed, 1190}
    )
);

TEST(vonage_parse, a_status_we_do_not_know_changes_nothing) {
    EXPECT_THAT(only<channel_notice>("sms_status_unknown.form").summary, HasSubstr("unknown"));
    EXPECT_THAT(only<channel_notice>("status_unheard_of.json").summary, HasSubstr("teleported"));
}

// --- render --------------------------------------------------------------------------------------

outbound_message to_rosa(outbound_content content) {
    return {
        .to = {.channel = "sms", .to = rosa}, .callback_data = "42", .content = std::move(content)};
}
channel_settings by_sms() {
    auto with = channel();
    with.api = sending_api::sms;
    return with;
}
form_fields form_of(std::string text, const channel_settings& with) {
    const auto request = render(to_rosa(say_text{.text = std::move(text)}), with);
    return read_form(request.value().body).value();
}

TEST(vonage_render, by_the_messages_api) {
    const auto request = render(to_rosa(say_text{.text = "Hola"}), channel());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "https://api.nexmo.com/v1/messages");
    EXPECT_EQ(request->headers.at(0).second, "Basic YWJjZDEyMzQ6cw==");
    EXPECT_EQ(
        request->body,
        R"({"message_type":"text","text":"Hola","to":"50255550101","from":"15005550006",)"
        R"("channel":"sms","client_ref":"42"})"
    );
    auto with = channel();
    with.validity = 4h;
    with.status_callback = "https://gw.example.org/x";
    with.api_base = "https://vonage.example/";
    const auto more = render(to_rosa(say_text{.text = "Hola"}), with).value();
    EXPECT_EQ(more.url, "https://vonage.example/v1/messages");
    EXPECT_THAT(more.body, HasSubstr(R"("ttl":14400)"));
    EXPECT_THAT(more.body, HasSubstr(R"("webhook_url":"https://gw.example.org/x")"));
}

TEST(vonage_render, by_the_sms_api) {
    auto with = by_sms();
    with.validity = 5s;
    with.status_callback = "https://gw.example.org/x";
    const auto request = render(to_rosa(say_text{.text = "Mañana"}), with);
    EXPECT_EQ(request.value().url, "https://rest.nexmo.com/sms/json");
    const auto form = form_of("Mañana", with);
    EXPECT_EQ(value_in(form, "to"), "50255550101");
    EXPECT_EQ(value_in(form, "text"), "Mañana");
    EXPECT_EQ(value_in(form, "client-ref"), "42");
    EXPECT_EQ(value_in(form, "ttl"), "20000") << "not below Vonage's least";
    EXPECT_EQ(value_in(form, "callback"), "https://gw.example.org/x");
    EXPECT_EQ(value_in(form, "api_secret"), "s");
}

TEST(vonage_render, only_what_is_beyond_gsm_goes_as_unicode) {
    for (const auto* gsm : {"Señal $5 €", "¿Qué? ¡Ñ ü!", "[a]{b}|~^\\", "uno\ndos", "Δ_Φ"}) {
        EXPECT_FALSE(has_field(form_of(gsm, by_sms()), "type")) << gsm;
    }
    auto as_written = by_sms();
    as_written.spelling = sms_spelling::as_written;
    for (const auto* beyond : {"María", "`", "👍", "ç", "“x”"}) {
        EXPECT_EQ(value_in(form_of(beyond, as_written), "type"), "unicode") << beyond;
    }
}

TEST(vonage_render, letters_that_double_the_price_are_written_without) {
    const auto form = form_of("María, “sí” en el año", by_sms());
    EXPECT_EQ(value_in(form, "text"), "Maria, \"si\" en el año");
    EXPECT_FALSE(has_field(form, "type"));
    EXPECT_EQ(value_in(form_of("да", by_sms()), "type"), "unicode") << "no such letters in GSM";
}

TEST(vonage_render, what_an_sms_can_and_cannot_say) {
    const auto error_of = [](outbound_content content) {
        const auto request = render(to_rosa(std::move(content)), channel());
        return request ? boost::system::error_code{} : request.error();
    };
    EXPECT_FALSE(error_of(say_text{.text = "¿?", .choices = {{"y", "Sí"}}}));
    EXPECT_FALSE(error_of(say_media{.link = "https://x.example/a.pdf"}));
    EXPECT_FALSE(error_of(say_location{.latitude = 14.6, .longitude = -90.5}));
    EXPECT_FALSE(error_of(ask_location{.text = "¿Dónde?"}));
    EXPECT_FALSE(error_of(say_link{.text = "Vea", .url = "https://x.example"}));
    EXPECT_FALSE(error_of(say_template{.name = "due", .text = "Su cuota vence"}));
    EXPECT_EQ(error_of(say_template{.name = "due"}), errc::not_possible);
    EXPECT_EQ(error_of(mark_read{.message_id = "1"}), errc::not_possible);
    EXPECT_EQ(error_of(send_reaction{.message_id = "1"}), errc::not_possible);
    EXPECT_EQ(error_of(say_text{}), errc::empty_content);
    EXPECT_EQ(error_of(say_text{.text = std::string(1001, 'a')}), errc::too_long);
    auto message = to_rosa(say_text{.text = "x"});
    message.callback_data.assign(41, '1');
    EXPECT_EQ(render(message, channel()).error(), errc::too_long);
    message = to_rosa(say_text{.text = "x"});
    message.to.to.value = "4040";
    EXPECT_EQ(render(message, channel()).error(), errc::bad_recipient);
}

TEST(vonage_split, every_part_of_a_long_text_fits) {
    std::string words;
    while (words.size() < 2500) words += "palabra ";
    const auto parts = split(to_rosa(say_text{.text = words}), channel());
    ASSERT_THAT(parts, SizeIs(3));
    for (const auto& part : parts) EXPECT_TRUE(render(part, channel()));
}

// --- judge ---------------------------------------------------------------------------------------

struct row {
    int code;
    reaction expected;
    int tries_max{};
    milliseconds after{};
};
void expect_row(const verdict& judged, const row& wanted) {
    EXPECT_EQ(judged.reaction, wanted.expected);
    EXPECT_EQ(judged.code, wanted.code);
    EXPECT_EQ(judged.tries_max, wanted.tries_max);
    EXPECT_EQ(judged.after, wanted.after);
    EXPECT_NE(judged.reason, "");
}

std::string piece(int status, std::string_view id = "0C1") {
    return R"({"to":"50255550101","message-id":")" + std::string{id} + R"(","status":")" +
           std::to_string(status) + R"("})";
}
std::string pieces(const std::string& all) {
    return R"({"message-count":"1","messages":[)" + all + "]}";
}

class vonage_answer : public testing::TestWithParam<row> {};

TEST_P(vonage_answer, has_its_reaction) {
    expect_row(judge({.status = 200, .body = pieces(piece(GetParam().code, ""))}), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    code,
    vonage_answer,
    testing::Values(
        row{1, reaction::slow_channel, 1000},
        row{2, reaction::refuse},
        row{3, reaction::refuse},
        row{4, reaction::stop_channel},
        row{5, reaction::retry, 3, 60s},
        row{6, reaction::refuse},
        row{7, reaction::unreachable},
        row{8, reaction::stop_channel},
        row{9, reaction::stop_channel},
        row{10, reaction::slow_channel, 1000},
        row{11, reaction::stop_channel},
        row{12, reaction::refuse},
        row{14, reaction::stop_channel},
        row{15, reaction::stop_channel},
        row{22, reaction::refuse},
        row{23, reaction::ask_operator},
        row{29, reaction::ask_operator},
        row{32, reaction::stop_channel},
        row{33, reaction::unreachable}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

class vonage_failure : public testing::TestWithParam<row> {};

TEST_P(vonage_failure, has_its_reaction) {
    expect_row(reaction_to(GetParam().code), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    code,
    vonage_failure,
    testing::Values(
        row{1, reaction::retry, 1, 5min},
        row{2, reaction::retry, 3, 15min},
        row{3, reaction::unreachable},
        row{4, reaction::opted_out},
        row{5, reaction::unreachable},
        row{6, reaction::ask_operator},
        row{7, reaction::retry, 3, 5min},
        row{8, reaction::retry, 3, 60s},
        row{9, reaction::unreachable},
        row{10, reaction::refuse},
        row{11, reaction::ask_operator},
        row{12, reaction::unreachable},
        row{13, reaction::refuse},
        row{14, reaction::unreachable},
        row{15, reaction::unreachable},
        row{16, reaction::slow_channel, 1000, 60s},
        row{39, reaction::ask_operator},
        row{50, reaction::ask_operator},
        row{51, reaction::ask_operator},
        row{52, reaction::ask_operator},
        row{53, reaction::opted_out},
        row{54, reaction::ask_operator},
        row{99, reaction::retry, 1, 5min}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

class vonage_problem : public testing::TestWithParam<row> {};

TEST_P(vonage_problem, has_its_reaction) {
    const auto code = std::to_string(GetParam().code);
    expect_row(
        judge({.status = 422, .body = R"({"type":"https://x/api-errors/messages#)" + code + R"("})"}
        ),
        GetParam()
    );
    expect_row(reaction_to(GetParam().code), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    code,
    vonage_problem,
    testing::Values(
        row{1000, reaction::slow_channel, 1000},
        row{1010, reaction::refuse},
        row{1020, reaction::refuse},
        row{1030, reaction::retry, 3, 60s},
        row{1040, reaction::refuse},
        row{1050, reaction::unreachable},
        row{1060, reaction::stop_channel},
        row{1070, reaction::stop_channel},
        row{1080, reaction::stop_channel},
        row{1120, reaction::stop_channel},
        row{1160, reaction::ask_operator},
        row{1170, reaction::unreachable},
        row{1180, reaction::retry, 3, 15min},
        row{1190, reaction::unreachable},
        row{1200, reaction::unreachable},
        row{1210, reaction::ask_operator},
        row{1220, reaction::retry, 3, 5min},
        row{1230, reaction::retry, 3, 60s},
        row{1240, reaction::unreachable},
        row{1250, reaction::ask_operator},
        row{1260, reaction::unreachable},
        row{1270, reaction::refuse},
        row{1280, reaction::unreachable},
        row{1290, reaction::unreachable}
    ),
    [](const auto& one) { return row_name(one.param.code, one.param.expected); }
);

TEST(vonage_judge, taken) {
    const auto message = judge({.status = 202, .body = R"({"message_uuid":"u-1"})"});
    EXPECT_EQ(message.reaction, reaction::accepted);
    EXPECT_EQ(message.provider_id, "u-1");
    const auto long_one =
        judge({.status = 200, .body = pieces(piece(0, "0C1") + "," + piece(0, "0C2"))});
    EXPECT_EQ(long_one.reaction, reaction::accepted);
    EXPECT_EQ(long_one.provider_id, "0C1");
}

TEST(vonage_judge, half_taken_or_nameless_is_a_persons_matter) {
    const auto half = judge({.status = 200, .body = pieces(piece(0, "0C1") + "," + piece(9, ""))});
    EXPECT_EQ(half.reaction, reaction::ask_operator);
    EXPECT_EQ(half.code, 9);
    for (const auto& body :
         {std::string{"{}"},
          std::string{"<html>"},
          pieces(""),
          pieces("7"),
          pieces(piece(0, "")),
          pieces(R"({"status":"x"})")}) {
        EXPECT_EQ(judge({.status = 200, .body = body}).reaction, reaction::ask_operator) << body;
    }
}

TEST(vonage_judge, by_http_status) {
    const auto of = [](unsigned status) { return judge({.status = status}).reaction; };
    EXPECT_EQ(of(400), reaction::refuse);
    EXPECT_EQ(of(401), reaction::stop_channel);
    EXPECT_EQ(of(402), reaction::stop_channel);
    EXPECT_EQ(of(403), reaction::stop_channel);
    EXPECT_EQ(of(404), reaction::stop_channel);
    EXPECT_EQ(of(408), reaction::unsure);
    EXPECT_EQ(of(422), reaction::refuse);
    EXPECT_EQ(of(429), reaction::slow_channel);
    EXPECT_EQ(of(500), reaction::unsure) << "it may have been taken";
    EXPECT_EQ(of(302), reaction::ask_operator);
    EXPECT_EQ(judge({.status = 429, .retry_after = "9"}).after, 9s);
    EXPECT_EQ(reaction_to(4242).reaction, reaction::refuse);
    EXPECT_EQ(judge({.status = 200, .body = pieces(piece(77, ""))}).reaction, reaction::refuse);
}

}  // namespace
}  // namespace tertulia::adapters::vonage
