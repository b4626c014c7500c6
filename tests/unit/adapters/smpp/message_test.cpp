// Messages into submit_sm, deliver_sm into messages, parts and receipts.

#include "adapters/smpp/smpp.hpp"
#include "adapters/wire/sms_parts.hpp"
#include "corpus.hpp"
#include "tests/unit/adapters/reaction_names.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::smpp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

const channel_settings ceibas{
    .name = "sms", .system_id = "gwtest", .password = "secret1", .from = "MicroBanco"};

outbound_message to_rosa(outbound_content content) {
    return {
        .to = {"sms", {identity_kind::phone, "+50212345678"}},
        .callback_data = "01HZX",
        .content = std::move(content)};
}

std::vector<message_body> parts_of(std::string text, const channel_settings& channel = ceibas) {
    const auto bodies = render(to_rosa(say_text{.text = std::move(text)}), channel, 42);
    EXPECT_TRUE(bodies) << bodies.error().message();
    return bodies ? *bodies : std::vector<message_body>{};
}

boost::system::error_code refusal(
    const outbound_message& what, const channel_settings& channel = ceibas
) {
    const auto bodies = render(what, channel, 42);
    EXPECT_FALSE(bodies);
    return bodies ? boost::system::error_code{} : bodies.error();
}

template <class What>
What delivered_as(const message_body& body, const channel_settings& channel = ceibas) {
    const auto read = deliver(body, "id-1", noon, channel);
    const auto* what = std::get_if<What>(&read);
    EXPECT_NE(what, nullptr) << read.index();
    return what == nullptr ? What{} : *what;
}

std::string said(const message_body& body, const channel_settings& channel = ceibas) {
    const auto message = delivered_as<inbound_message>(body, channel);
    const auto* text = std::get_if<typed_text>(&message.content);
    EXPECT_NE(text, nullptr);
    return text == nullptr ? "" : text->text;
}

TEST(render, one_part_is_the_reference_frame) {
    auto channel = ceibas;
    channel.validity = 24h;
    const auto bodies = parts_of("Pago: $100", channel);
    ASSERT_THAT(bodies, SizeIs(1));
    const auto frame = encode({.id = command::submit_sm, .sequence = 2, .body = bodies[0]});
    EXPECT_EQ(hex_of_octets(frame.value()), hex_of_octets(sample("submit_sm")));
}

TEST(render, what_gsm_has_not_goes_as_ucs2_or_is_spelt) {
    EXPECT_EQ(parts_of("Hola María").at(0).text, "Hola Maria");
    auto exact = ceibas;
    exact.spelling = sms_spelling::as_written;
    const auto body = parts_of("Hola María", exact).at(0);
    EXPECT_EQ(body.data_coding, 8);
    EXPECT_EQ(hex_of_octets(body.text), "0048006f006c00610020004d0061007200ed0061");
}

TEST(render, a_link_whose_default_is_latin1_gets_latin1_or_ucs2) {
    auto channel = ceibas;
    channel.default_alphabet = default_alphabet::latin1;
    const auto latin = parts_of("Señal $5", channel).at(0);
    EXPECT_EQ(latin.data_coding, 0);
    EXPECT_EQ(
        latin.text,
        "Se\xF1"
        "al $5"
    );
    const auto wide = parts_of(std::string(100, 'a') + "€", channel);
    ASSERT_THAT(wide, SizeIs(2));
    EXPECT_EQ(wide[0].data_coding, 8);
    EXPECT_EQ(wide[0].text.size(), 6U + 2 * 67);
}

TEST(render, parts_say_which_they_are) {
    const std::string text(306, 'a');
    const auto narrow = parts_of(text);
    ASSERT_THAT(narrow, SizeIs(2));
    EXPECT_EQ(narrow[0].esm_class, 0x40);
    EXPECT_EQ(hex_of_octets(narrow[0].text.substr(0, 6)), "0500032a0201");
    EXPECT_EQ(hex_of_octets(narrow[1].text.substr(0, 6)), "0500032a0202");
    EXPECT_EQ(narrow[0].text.size(), 6U + 153);

    auto channel = ceibas;
    channel.long_form = long_form::header_16_bit;
    const auto wide = parts_of(text, channel);
    ASSERT_THAT(wide, SizeIs(3));
    EXPECT_EQ(hex_of_octets(wide[2].text.substr(0, 7)), "060804002a0303");

    channel.long_form = long_form::sar;
    const auto sar = parts_of(text, channel);
    ASSERT_THAT(sar, SizeIs(3));
    EXPECT_EQ(sar[0].esm_class, 0);
    EXPECT_THAT(
        sar[0].tlvs,
        ElementsAre(
            tlv{tag::sar_reference, std::string{"\0\x2A", 2}},
            tlv{tag::sar_total, "\x03"},
            tlv{tag::sar_number, "\x01"}
        )
    );

    channel.long_form = long_form::payload;
    const auto payload = parts_of(text, channel);
    ASSERT_THAT(payload, SizeIs(1));
    EXPECT_EQ(payload[0].text, "");
    EXPECT_THAT(payload[0].tlvs, ElementsAre(tlv{tag::message_payload, text}));
}

TEST(render, receipts_are_asked_of_the_parts_the_channel_says) {
    const auto asked = [](receipts which) {
        auto channel = ceibas;
        channel.receipts = which;
        std::vector<int> flags;
        for (const auto& one : parts_of(std::string(161, 'a'), channel)) {
            flags.push_back(one.registered_delivery);
        }
        return flags;
    };
    EXPECT_THAT(asked(receipts::none), ElementsAre(0, 0));
    EXPECT_THAT(asked(receipts::last_part), ElementsAre(0, 1));
    EXPECT_THAT(asked(receipts::every_part), ElementsAre(1, 1));
}

TEST(render, the_source_has_the_type_of_what_it_is) {
    const auto source = [](channel_settings channel) {
        return parts_of("a", channel).at(0).source;
    };
    auto channel = ceibas;
    EXPECT_EQ(source(channel), (wire_address{5, 0, "MicroBanco"}));
    channel.from = "4040";
    EXPECT_EQ(source(channel), (wire_address{3, 0, "4040"}));
    channel.from = "+50255550000";
    EXPECT_EQ(source(channel), (wire_address{1, 1, "50255550000"}));
    channel.from = "4040";
    channel.source_ton = 6;
    channel.source_npi = 1;
    EXPECT_EQ(source(channel), (wire_address{6, 1, "4040"}));
}

TEST(render, validity_is_relative) {
    const auto validity = [](std::chrono::minutes span) {
        auto channel = ceibas;
        channel.validity = span;
        return parts_of("a", channel).at(0).validity;
    };
    EXPECT_EQ(validity(0min), "");
    EXPECT_EQ(validity(90min), "000000013000000R");
    EXPECT_EQ(validity(48h), "000002000000000R");
    EXPECT_EQ(validity(24h * 365), "000099000000000R");
}

TEST(render, what_cannot_be_sent_is_refused) {
    EXPECT_EQ(refusal(to_rosa(say_text{})), errc::empty_content);
    EXPECT_EQ(refusal(to_rosa(mark_read{})), errc::not_possible);
    EXPECT_EQ(refusal(to_rosa(say_text{.text = std::string(6 * 153 + 1, 'a')})), errc::too_long);
    auto what = to_rosa(say_text{.text = "a"});
    what.to.to.value = "4040";
    EXPECT_EQ(refusal(what), errc::bad_recipient);
    auto channel = ceibas;
    channel.from = "Banco de la Montaña";
    EXPECT_EQ(refusal(to_rosa(say_text{.text = "a"}), channel), errc::bad_sender);
}

TEST(deliver, a_message_is_what_she_typed) {
    const auto message = delivered_as<inbound_message>(message_in("message_gsm7"));
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.id, "id-1");
    EXPECT_EQ(message.sent_at, noon);
    EXPECT_EQ(message.from.at(0), (identity{identity_kind::phone, "+50212345678"}));
    EXPECT_EQ(said(message_in("message_gsm7")), "Señal $5 €");
    EXPECT_EQ(said(message_in("message_ucs2")), "Hola María");
    EXPECT_EQ(said(message_in("message_payload")), "SALDO");
    const auto data = decoded(sample("data_sm"));
    EXPECT_EQ(said(as_message(std::get<data_body>(data.body))), "SALDO");
}

TEST(deliver, every_data_coding_is_read) {
    auto body = message_in("message_gsm7");
    const auto with = [&](std::uint8_t coding, std::string octets) {
        body.data_coding = coding;
        body.text = std::move(octets);
        return said(body);
    };
    EXPECT_EQ(with(0x01, "a_$"), "a_$") << "ASCII is not GSM";
    EXPECT_EQ(
        with(
            0x03,
            "Se\xF1"
            "al"
        ),
        "Señal"
    );
    EXPECT_EQ(with(0x10, "\x11"), "_") << "class 0, to be shown at once";
    EXPECT_EQ(with(0x18, std::string{"\0a", 2}), "a");
    EXPECT_EQ(with(0xF0, "\x02"), "$");
    for (const unsigned coding : {0x02U, 0x04U, 0x14U, 0xF4U}) {
        body.data_coding = static_cast<std::uint8_t>(coding);
        const auto message = delivered_as<inbound_message>(body);
        EXPECT_TRUE(std::holds_alternative<unsupported_content>(message.content)) << coding;
    }
    auto channel = ceibas;
    channel.default_alphabet = default_alphabet::latin1;
    body.data_coding = 0;
    body.text =
        "Se\xF1"
        "al";
    EXPECT_EQ(said(body, channel), "Señal");
}

TEST(deliver, national_letters_of_a_phone_are_read) {
    auto body = message_in("message_gsm7");
    body.esm_class = 0x40;
    body.text = std::string{"\x03\x24\x01\x02Mar\x1Bi", 9} + "a";
    EXPECT_EQ(said(body), "María");
}

sms_part part_of(const message_body& body) {
    return joinable(delivered_as<message_part>(body));
}

TEST(deliver, parts_are_joined_in_any_order) {
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part_of(message_in("part_udh_2_of_2")), noon), SizeIs(0));
    const auto ready = joiner.add(part_of(message_in("part_udh_1_of_2")), noon);
    ASSERT_THAT(ready, SizeIs(1));
    const auto message = joined_message(ready[0]);
    EXPECT_EQ(std::get<typed_text>(message.content).text, "primera parte segunda parte");
    EXPECT_EQ(message.from.at(0).value, "+50212345678");
    EXPECT_EQ(delivered_as<message_part>(message_in("part_sar_1_of_2")).reference, 42);
}

TEST(deliver, half_a_letter_meets_its_other_half) {
    auto one = message_in("part_udh_1_of_2");
    one.data_coding = 8;
    one.text = octets_of_hex("0500032a0201 0061 d83d");
    auto two = one;
    two.text = octets_of_hex("0500032a0202 de00 0062");
    sms_joiner joiner;
    EXPECT_THAT(joiner.add(part_of(one), noon), SizeIs(0));
    const auto ready = joiner.add(part_of(two), noon);
    ASSERT_THAT(ready, SizeIs(1));
    EXPECT_EQ(std::get<typed_text>(joined_message(ready[0]).content).text, "a😀b");
    const joined_sms half{.parts = {part_of(two)}};
    EXPECT_THAT(std::get<typed_text>(joined_message(half).content).text, HasSubstr("[…]"));
    const auto alone = delivered_as<message_part>(two).message.content;
    EXPECT_THAT(std::get<typed_text>(alone).text, testing::EndsWith("b")) << "what it says by itself";
}

TEST(deliver, nobody_answers_a_name_or_a_short_code) {
    const auto notice = delivered_as<channel_notice>(message_in("message_from_name"));
    EXPECT_EQ(notice.field, "sender");
    EXPECT_THAT(notice.summary, Not(HasSubstr("CLARO")));
}

TEST(deliver, a_national_number_gets_the_country_of_the_link) {
    auto body = message_in("message_gsm7");
    body.source = {2, 1, "12345678"};
    auto channel = ceibas;
    channel.country_code = "502";
    EXPECT_EQ(delivered_as<inbound_message>(body, channel).from.at(0).value, "+50212345678");
}

TEST(receipt, says_what_became_of_the_message) {
    const auto status = delivered_as<status_update>(message_in("receipt"));
    EXPECT_EQ(status.message_id, "3F2A01");
    EXPECT_EQ(status.status, delivery_status::delivered);
    EXPECT_EQ(status.at, noon);
    EXPECT_EQ(status.recipient.at(0).value, "+50212345678");
    EXPECT_TRUE(status.errors.empty());
}

TEST(receipt, is_read_in_any_case_and_its_quotation_is_not_believed) {
    const auto status = delivered_as<status_update>(message_in("receipt_undelivered"));
    EXPECT_EQ(status.message_id, "12345") << "without its leading zeros";
    EXPECT_EQ(status.status, delivery_status::failed);
    ASSERT_THAT(status.errors, SizeIs(1));
    EXPECT_EQ(status.errors[0].code, 5);
    EXPECT_EQ(status.errors[0].details, "UNDELIV, error 011");
}

TEST(receipt, tlvs_alone_are_enough) {
    const auto status = delivered_as<status_update>(message_in("receipt_tlvs_only"));
    EXPECT_EQ(status.message_id, "3F2A01");
    ASSERT_THAT(status.errors, SizeIs(1));
    EXPECT_EQ(status.errors[0].code, 3);
    EXPECT_EQ(status.errors[0].details, "EXPIRED, error 34");
}

TEST(receipt, text_alone_is_enough_in_every_dialect) {
    auto body = message_in("receipt");
    body.tlvs.clear();
    const auto read = [&](std::string text) {
        body.text = std::move(text);
        return delivered_as<status_update>(body);
    };
    EXPECT_EQ(read("stat:DELIVRD id:7").message_id, "7");
    EXPECT_EQ(read("id: 7 stat: DELIVERED err: 0").status, delivery_status::delivered);
    EXPECT_EQ(read("id:7,stat:EXPIRED,err:1").status, delivery_status::failed);
    EXPECT_EQ(read("text:hola id:7 stat:REJECTD").errors.at(0).code, 8);
    EXPECT_EQ(read("id:7 status:ACCEPTD").status, delivery_status::sent);
    body.esm_class = 0x20;
    EXPECT_EQ(read("id:7 stat:ENROUTE").status, delivery_status::sent) << "an intermediate one";
    body.data_coding = 8;
    EXPECT_EQ(
        read(octets_of_hex("00690064003a00370020 0073007400610074003a00440045004c0049005600520044"))
            .message_id,
        "7"
    );
}

TEST(receipt, a_dialect_we_do_not_know_is_told) {
    auto body = message_in("receipt");
    body.tlvs.clear();
    for (const auto* text : {"", "id:7", "stat:DELIVRD", "id:7 stat:DONE", "grid:7 stat:DELIVRD"}) {
        body.text = text;
        EXPECT_EQ(delivered_as<channel_notice>(body).field, "receipt") << text;
    }
}

struct state_row {
    std::uint8_t state;
    const char* name;
    delivery_status status;
    adapters::reaction reaction;
};
class state_test : public testing::TestWithParam<state_row> {};

TEST_P(state_test, means_the_same_as_text_and_as_tlv) {
    const auto& row = GetParam();
    auto body = message_in("receipt");
    body.text = std::string{"id:7 stat:"} + row.name;
    body.tlvs.clear();
    EXPECT_EQ(delivered_as<status_update>(body).status, row.status);
    body.text = "id:7";
    body.tlvs = {{tag::message_state, std::string(1, static_cast<char>(row.state))}};
    const auto told = delivered_as<status_update>(body);
    EXPECT_EQ(told.status, row.status);
    EXPECT_EQ(reaction_to(row.state).reaction, row.reaction);
    if (row.status != delivery_status::failed) return;
    EXPECT_EQ(told.errors.at(0).code, row.state);
    EXPECT_EQ(told.errors.at(0).means, adapters::failure_of(row.reaction));
}

INSTANTIATE_TEST_SUITE_P(
    every,
    state_test,
    testing::Values(
        state_row{1, "ENROUTE", delivery_status::sent, reaction::accepted},
        state_row{2, "DELIVRD", delivery_status::delivered, reaction::accepted},
        state_row{3, "EXPIRED", delivery_status::failed, reaction::unreachable},
        state_row{4, "DELETED", delivery_status::failed, reaction::refuse},
        state_row{5, "UNDELIV", delivery_status::failed, reaction::unreachable},
        state_row{6, "ACCEPTD", delivery_status::sent, reaction::accepted},
        state_row{7, "UNKNOWN", delivery_status::sent, reaction::accepted},
        state_row{8, "REJECTD", delivery_status::failed, reaction::refuse}
    ),
    [](const auto& one) {
        return std::string{one.param.name} + "_" + name_of(one.param.reaction);
    }
);

TEST(receipt, ids_meet_whatever_they_are_written_in) {
    const auto id = [](std::string written, receipt_ids how) {
        auto body = message_in("receipt");
        body.tlvs.clear();
        body.text = "id:" + written + " stat:DELIVRD";
        auto channel = ceibas;
        channel.receipt_ids = how;
        return delivered_as<status_update>(body, channel).message_id;
    };
    EXPECT_EQ(id("4139521", receipt_ids::decimal), message_id_of("003f2a01"));
    EXPECT_EQ(id("003F2A01", receipt_ids::hex), message_id_of("4139521"));
    EXPECT_EQ(id("003f2a01", receipt_ids::same), message_id_of("3F2A01"));
    EXPECT_EQ(id("a-b", receipt_ids::decimal), "A-B") << "no number: as it is";
    EXPECT_EQ(id("99999999999999999999999", receipt_ids::decimal), "99999999999999999999999");
    EXPECT_EQ(message_id_of("000"), "0");
    EXPECT_EQ(message_id_of(""), "");
    EXPECT_EQ(reaction_to(0).reaction, reaction::refuse);
}

TEST(fingerprint, is_of_the_content_and_not_of_the_delivery) {
    const auto body = message_in("message_gsm7");
    auto other = body;
    EXPECT_EQ(fingerprint_of(body), fingerprint_of(other));
    other.text += "a";
    EXPECT_NE(fingerprint_of(body), fingerprint_of(other));
    other = body;
    other.source.text = "50200000000";
    EXPECT_NE(fingerprint_of(body), fingerprint_of(other));
}

struct status_row {
    std::uint32_t status;
    adapters::reaction expected;
    int tries_max{};
};
class status_test : public testing::TestWithParam<status_row> {};

TEST_P(status_test, has_its_reaction) {
    const auto judged = judge(GetParam().status);
    EXPECT_EQ(judged.reaction, GetParam().expected);
    EXPECT_EQ(judged.tries_max, GetParam().tries_max);
    EXPECT_NE(judged.reason, "");
}

INSTANTIATE_TEST_SUITE_P(
    every,
    status_test,
    testing::Values(
        status_row{0x00, reaction::accepted},
        status_row{0x01, reaction::refuse},
        status_row{0x02, reaction::refuse},
        status_row{0x03, reaction::refuse},
        status_row{0x04, reaction::retry, 1'000},
        status_row{0x05, reaction::retry, 1'000},
        status_row{0x06, reaction::refuse},
        status_row{0x07, reaction::refuse},
        status_row{0x08, reaction::retry, 5},
        status_row{0x0A, reaction::refuse},
        status_row{0x0B, reaction::unreachable},
        status_row{0x0D, reaction::stop_channel},
        status_row{0x0E, reaction::stop_channel},
        status_row{0x0F, reaction::stop_channel},
        status_row{0x14, reaction::slow_channel, 1'000},
        status_row{0x15, reaction::refuse},
        status_row{0x43, reaction::refuse},
        status_row{0x45, reaction::retry, 3},
        status_row{0x48, reaction::refuse},
        status_row{0x49, reaction::refuse},
        status_row{0x50, reaction::refuse},
        status_row{0x51, reaction::refuse},
        status_row{0x53, reaction::stop_channel},
        status_row{0x54, reaction::refuse},
        status_row{0x58, reaction::slow_channel, 1'000},
        status_row{0x61, reaction::refuse},
        status_row{0x62, reaction::refuse},
        status_row{0x63, reaction::refuse},
        status_row{0x64, reaction::retry, 5},
        status_row{0x65, reaction::refuse},
        status_row{0x66, reaction::refuse},
        status_row{0x67, reaction::refuse},
        status_row{0xC0, reaction::refuse},
        status_row{0xC1, reaction::refuse},
        status_row{0xC2, reaction::refuse},
        status_row{0xC3, reaction::refuse},
        status_row{0xC4, reaction::refuse},
        status_row{0xFE, reaction::retry, 3},
        status_row{0xFF, reaction::retry, 3},
        status_row{0x0400, reaction::refuse},
        status_row{0xFFFFFFFF, reaction::refuse}
    ),
    [](const auto& one) {  // "0x58_slow_channel"
        std::ostringstream name;
        name << "0x" << std::hex << std::uppercase << one.param.status << '_'
             << name_of(one.param.expected);
        return name.str();
    }
);

}  // namespace
}  // namespace tertulia::adapters::smpp
