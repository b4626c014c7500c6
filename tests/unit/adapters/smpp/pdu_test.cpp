// Frames byte for byte, and what is not one.

#include "adapters/smpp/frame_reader.hpp"
#include "tests/source_folder.hpp"
#include "corpus.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

namespace tertulia::adapters::smpp {
namespace {

std::string hex_of(const pdu& what) {
    const auto bytes = encode(what);
    EXPECT_TRUE(bytes) << bytes.error().message();
    return bytes ? hex_of_octets(*bytes) : "";
}

TEST(pdu, a_submit_is_what_the_reference_client_writes) {
    const auto read = decoded(sample("submit_sm"));
    EXPECT_EQ(read.id, command::submit_sm);
    EXPECT_EQ(read.sequence, 2U);
    const auto& body = std::get<message_body>(read.body);
    EXPECT_EQ(body.source, (wire_address{5, 0, "MicroBanco"}));
    EXPECT_EQ(body.destination, (wire_address{1, 1, "50212345678"}));
    EXPECT_EQ(body.validity, "000001000000000R");
    EXPECT_EQ(body.registered_delivery, 1);
    EXPECT_EQ(
        body.text,
        "Pago: \x02"
        "100"
    );
}

TEST(pdu, a_receipt_has_its_text_and_tlvs) {
    const auto body = message_in("receipt");
    EXPECT_EQ(body.esm_class, 4);
    EXPECT_EQ(
        body.text,
        "id:3F2A01 sub:001 dlvrd:001 submit date:2611232150 done date:2611232151 stat:DELIVRD "
        "err:000 text:Pago"
    );
    EXPECT_EQ(tlv_in(body.tlvs, tag::receipted_message_id), (std::string_view{"3F2A01\0", 7}));
    EXPECT_EQ(number_in(body.tlvs, tag::message_state, 1), 2U);
    EXPECT_EQ(number_in(body.tlvs, tag::message_state, 2), std::nullopt);
    EXPECT_EQ(tlv_in(body.tlvs, tag::sar_total), std::nullopt);
}

TEST(pdu, every_sample_is_written_again_as_it_was_read) {
    std::size_t samples = 0;
    const auto folder = testing_files::source_folder() / "tests/corpus/smpp";
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const auto frame = sample(entry.path().stem().string());
        EXPECT_EQ(hex_of(decoded(frame)), hex_of_octets(frame)) << entry.path();
        ++samples;
    }
    EXPECT_GT(samples, 15U);
}

TEST(pdu, the_small_ones_are_those_of_the_reference) {
    EXPECT_EQ(
        hex_of(
            {.id = command::bind_transceiver,
             .sequence = 1,
             .body = bind_body{.system_id = "gwtest", .password = "secret1"}}
        ),
        hex_of_octets(sample("bind_transceiver"))
    );
    EXPECT_EQ(
        hex_of(
            {.id = command::submit_sm_resp,
             .sequence = 2,
             .body = message_answer{.message_id = "3F2A01"}}
        ),
        hex_of_octets(sample("submit_sm_resp"))
    );
    EXPECT_EQ(
        hex_of({.id = command::deliver_sm_resp, .sequence = 8, .body = message_answer{}}),
        "0000001180000005000000000000000800"
    );
    EXPECT_EQ(
        hex_of({.id = command::enquire_link, .sequence = 10}), "0000001000000015000000000000000a"
    );
    EXPECT_EQ(hex_of({.id = command::unbind, .sequence = 11}), "0000001000000006000000000000000b");
    EXPECT_EQ(
        hex_of({.id = command::generic_nack, .status = 3, .sequence = 12}),
        "0000001080000000000000030000000c"
    );
    EXPECT_EQ(
        hex_of(
            {.id = command::submit_sm_resp,
             .status = 0x58,
             .sequence = 13,
             .body = message_answer{}}
        ),
        "0000001080000004000000580000000d"
    ) << "an error has no body";
}

TEST(pdu, every_command_goes_there_and_back) {
    const wire_address rosa{1, 1, "50212345678"};
    const std::vector<tlv> tlvs{{tag::interface_version, "\x34"}, {0x1500, "vendor"}};
    std::vector<pdu> all;
    for (const auto id :
         {command::bind_receiver, command::bind_transmitter, command::bind_transceiver}) {
        all.push_back(
            {.id = id,
             .sequence = 1,
             .body = bind_body{.system_id = "a", .system_type = "b", .range = rosa}}
        );
        all.push_back({.id = response_to(id), .sequence = 1, .body = bind_answer{"SMSC", tlvs}});
    }
    for (const auto id : {command::submit_sm, command::deliver_sm}) {
        all.push_back(
            {.id = id,
             .sequence = 1,
             .body =
                 message_body{
                     .service_type = "WAP",
                     .source = rosa,
                     .text = std::string(254, '\0'),
                     .tlvs = tlvs}}
        );
        all.push_back({.id = response_to(id), .sequence = 1, .body = message_answer{"7", {}}});
    }
    all.push_back(
        {.id = command::data_sm, .sequence = 1, .body = data_body{.source = rosa, .tlvs = tlvs}}
    );
    all.push_back({.id = command::data_sm_resp, .sequence = 1, .body = message_answer{"7", tlvs}});
    for (const auto id :
         {command::unbind,
          command::unbind_resp,
          command::enquire_link,
          command::enquire_link_resp,
          command::generic_nack}) {
        all.push_back({.id = id, .sequence = sequence_max});
    }
    for (const auto& one : all) EXPECT_EQ(decoded(encode(one).value()), one);
}

TEST(pdu, an_answer_without_its_body_is_an_answer) {
    for (const auto* hex :
         {"00000010 80000009 0000000e 00000001", "00000010 80000004 00000058 0000000d"}) {
        EXPECT_NE(decoded(octets_of_hex(hex)).status, 0U);
    }
    EXPECT_EQ(
        std::get<message_answer>(decoded(octets_of_hex("00000010 80000004 00000000 00000001")).body)
            .message_id,
        ""
    );
    EXPECT_EQ(decoded(octets_of_hex("00000012 80000004 00000008 00000001 4141")).status, 8U)
        << "nor one whose body is broken, if it says no";
}

TEST(pdu, broken_tlvs_end_the_list_and_nothing_else) {
    auto frame = sample("receipt");
    frame += std::string{"\x02\x04\xFF\xFF!", 5};
    frame.replace(0, 4, octets_of_hex("000000b1"));
    EXPECT_EQ(std::get<message_body>(decoded(frame).body).tlvs.size(), 2U);
}

TEST(pdu, what_is_no_frame_is_told_apart) {
    EXPECT_EQ(decode("").error(), errc::bad_length);
    EXPECT_EQ(decode(std::string(15, '\0')).error(), errc::bad_length);
    EXPECT_EQ(
        decode(octets_of_hex("00000011 00000015 00000000 00000001")).error(), errc::bad_length
    );
    EXPECT_EQ(decode(std::string(frame_octets_max + 1, '\0')).error(), errc::bad_length);
    EXPECT_EQ(
        decode(octets_of_hex("00000010 00000007 00000000 00000001")).error(), errc::unknown_command
    );
    EXPECT_EQ(decode(octets_of_hex("00000010 00000005 00000000 00000001")).error(), errc::bad_body);
    const auto whole = sample("message_gsm7");
    for (std::size_t size = 17; size < whole.size(); ++size) {
        auto cut = whole.substr(0, size);
        cut[3] = static_cast<char>(size);
        EXPECT_EQ(decode(cut).error(), errc::bad_body) << size;
    }
}

TEST(pdu, what_does_not_fit_is_not_written) {
    const auto refusal = [](message_body body) {
        const auto bytes = encode({.id = command::submit_sm, .body = std::move(body)});
        return bytes ? boost::system::error_code{} : bytes.error();
    };
    EXPECT_EQ(refusal({.text = std::string(255, 'a')}), errc::too_long);
    EXPECT_EQ(refusal({.source = {1, 1, std::string(21, '1')}}), errc::field_too_long);
    EXPECT_EQ(
        refusal(
            {.source =
                 {1,
                  1,
                  std::string(
                      "1\0"
                      "2",
                      3
                  )}}
        ),
        errc::field_too_long
    );
    EXPECT_EQ(refusal({.service_type = "123456"}), errc::field_too_long);
    EXPECT_EQ(
        refusal({.tlvs = {{tag::message_payload, std::string(70'000, 'a')}}}), errc::field_too_long
    );
    EXPECT_EQ(
        refusal({.tlvs = {{tag::message_payload, std::string(65'535, 'a')}}}), errc::too_long
    );
    EXPECT_EQ(
        encode({.id = command::bind_receiver, .body = bind_body{.password = "123456789"}}).error(),
        errc::field_too_long
    );
    for (int code = 1; code <= 9; ++code) {
        EXPECT_NE(make_error_code(static_cast<errc>(code)).message(), "unknown error");
    }
}

TEST(frame_reader, cuts_the_stream_however_it_comes) {
    const auto stream = sample("receipt") + sample("enquire_link") + sample("unbind");
    for (std::size_t step = 1; step < stream.size(); step += 7) {
        frame_reader reader;
        std::vector<std::string> frames;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.append(std::string_view{stream}.substr(at, step));
            while (true) {
                const auto frame = reader.next();
                ASSERT_TRUE(frame);
                if (!*frame) break;
                frames.emplace_back(**frame);
            }
        }
        EXPECT_THAT(
            frames,
            testing::ElementsAre(sample("receipt"), sample("enquire_link"), sample("unbind"))
        );
    }
}

TEST(frame_reader, an_impossible_length_is_the_end) {
    for (const auto* hex : {"0000000f", "00000000", "00010001", "ffffffff"}) {
        frame_reader reader;
        reader.append(octets_of_hex(hex));
        EXPECT_EQ(reader.next().error(), errc::bad_length) << hex;
        reader.append(sample("unbind"));
        EXPECT_EQ(reader.next().error(), errc::bad_length);
        reader.clear();
        reader.append(sample("unbind"));
        EXPECT_EQ(reader.next().value(), sample("unbind"));
    }
}

RC_GTEST_PROP(pdu, any_bytes_are_read_or_refused, (const std::string& body)) {
    for (const auto id : {1U, 4U, 5U, 0x103U, 0x80000004U, 0x80000009U}) {
        std::string frame = octets_of_hex("00000000") + std::string(12, '\0') + body;
        for (unsigned octet = 0; octet < 4; ++octet) {
            frame[octet] = static_cast<char>(frame.size() >> (24 - 8 * octet));
            frame[4 + octet] = static_cast<char>(id >> (24 - 8 * octet));
        }
        const auto read = decode(frame);
        const bool is_either = read.has_value() || read.error() == errc::bad_body;
        RC_ASSERT(is_either);
    }
}

}  // namespace
}  // namespace tertulia::adapters::smpp
