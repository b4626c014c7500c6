// A connection's whole life with an SMSC played by hand: every clock is an argument.

#include "adapters/smpp/session.hpp"
#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::smpp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h;

// What an action list asks to be written, as PDUs.
std::vector<pdu> written(const actions& all) {
    std::vector<pdu> read;
    for (const auto& one : all) {
        const auto* bytes = std::get_if<write_bytes>(&one);
        if (bytes == nullptr) continue;
        frame_reader frames;
        frames.append(bytes->bytes);
        while (true) {
            const auto frame = frames.next();
            if (!frame || !*frame) break;
            read.push_back(decoded(**frame));
        }
    }
    return read;
}

template <class What>
std::vector<What> all_of(const actions& all) {
    std::vector<What> found;
    for (const auto& one : all) {
        if (const auto* what = std::get_if<What>(&one)) found.push_back(*what);
    }
    return found;
}

std::vector<command> commands(const actions& all) {
    std::vector<command> ids;
    for (const auto& one : written(all)) ids.push_back(one.id);
    return ids;
}

message_body said(std::string text) {
    return {
        .source = {3, 0, "4040"}, .destination = {1, 1, "50212345678"}, .text = std::move(text)};
}

struct session_test : testing::Test {
    channel_settings channel{
        .name = "sms", .system_id = "gwtest", .password = "secret1", .from = "4040", .window = 2};
    std::optional<session> link{};
    instant now = noon;

    void bind() {
        link.emplace(channel, 7);
        const auto asked = written(link->on_connected(now));
        ASSERT_THAT(asked, SizeIs(1));
        const auto out = hears(
            {.id = response_to(asked[0].id),
             .sequence = asked[0].sequence,
             .body = bind_answer{"SMSC1"}}
        );
        ASSERT_THAT(all_of<bound>(out), SizeIs(1));
        ASSERT_TRUE(link->is_bound());
    }
    actions hears(const pdu& what) { return link->on_bytes(encode(what).value(), now); }
    actions hears_answer(std::uint32_t sequence, std::uint32_t status, std::string id = "") {
        return hears(
            {.id = command::submit_sm_resp,
             .status = status,
             .sequence = sequence,
             .body = message_answer{std::move(id)}}
        );
    }
    actions send(const std::string& ticket, std::size_t parts = 1) {
        std::vector<message_body> bodies;
        for (std::size_t number = 0; number < parts; ++number) {
            bodies.push_back(said(ticket + std::to_string(number)));
        }
        return link->send(ticket, std::move(bodies), now);
    }
    // Enquiries over silence are answered on the way.
    std::vector<pdu> submits_of_tick(instant at) {
        std::vector<pdu> submits;
        for (const auto& one : written(link->on_tick(at))) {
            if (one.id == command::submit_sm) submits.push_back(one);
            if (one.id != command::enquire_link) continue;
            EXPECT_THAT(
                hears({.id = command::enquire_link_resp, .sequence = one.sequence}), IsEmpty()
            );
        }
        return submits;
    }
    // The sequence of the one submit in it.
    std::uint32_t sequence_in(const actions& out) {
        const auto all = written(out);
        EXPECT_THAT(all, SizeIs(1));
        return all.empty() ? 0 : all[0].sequence;
    }
    answered only_answer(const actions& out) {
        const auto all = all_of<answered>(out);
        EXPECT_THAT(all, SizeIs(1));
        return all.empty() ? answered{} : all[0];
    }
    instant reconnect_in(const actions& out) {
        const auto all = all_of<reconnect>(out);
        EXPECT_THAT(all, SizeIs(1));
        return all.empty() ? instant{} : all[0].at;
    }
};

TEST_F(session_test, a_message_is_sent_and_answered) {
    bind();
    EXPECT_TRUE(link->wants_more());
    const auto sequence = sequence_in(send("a"));
    EXPECT_EQ(link->outstanding(), 1U);
    const auto answer = only_answer(hears_answer(sequence, 0, "003f2a01"));
    EXPECT_EQ(answer.ticket, "a");
    EXPECT_EQ(answer.judged.reaction, reaction::accepted);
    EXPECT_EQ(answer.judged.provider_id, "3F2A01");
    EXPECT_THAT(answer.part_ids, ElementsAre("3F2A01"));
    EXPECT_EQ(link->outstanding(), 0U);
}

TEST_F(session_test, the_window_holds_back_what_it_has_no_room_for) {
    bind();
    const auto out = send("a", 3);
    EXPECT_THAT(commands(out), ElementsAre(command::submit_sm, command::submit_sm));
    EXPECT_FALSE(link->wants_more());
    const auto first = written(out)[0].sequence;
    const auto next = hears_answer(first, 0, "1");
    EXPECT_THAT(all_of<answered>(next), IsEmpty());
    const auto third = sequence_in(next);
    EXPECT_THAT(all_of<answered>(hears_answer(first + 1, 0, "2")), IsEmpty());
    const auto whole = only_answer(hears_answer(third, 0, "3"));
    EXPECT_THAT(whole.part_ids, ElementsAre("1", "2", "3"));
    EXPECT_EQ(whole.judged.provider_id, "3") << "receipts are asked of the last part";
}

// The clock is set by it after every packet: with a window of hundreds it must be known at once.
TEST_F(session_test, the_next_tick_is_that_of_the_oldest_without_an_answer) {
    channel.window = 500;
    channel.enquire_after = 1h;
    bind();
    const auto within = channel.answer_within;
    std::vector<std::uint32_t> sequences;
    const auto first_at = now;
    for (int i = 0; i < 300; ++i) {
        sequences.push_back(sequence_in(send("m" + std::to_string(i))));
        now += 10ms;
    }
    EXPECT_EQ(link->next_tick(now), first_at + within);
    EXPECT_THAT(all_of<answered>(hears_answer(sequences[1], 0, "1")), SizeIs(1));
    EXPECT_EQ(link->next_tick(now), first_at + within) << "the first is still out";
    EXPECT_THAT(all_of<answered>(hears_answer(sequences[0], 0, "0")), SizeIs(1));
    EXPECT_EQ(link->next_tick(now), first_at + 20ms + within);
    for (std::size_t i = 2; i < 299; ++i) (void)hears_answer(sequences[i], 0, std::to_string(i));
    EXPECT_EQ(link->next_tick(now), first_at + 2'990ms + within);
    now = first_at + 2'990ms + within;
    EXPECT_EQ(only_answer(link->on_tick(now)).judged.reaction, reaction::unsure);
    EXPECT_EQ(link->next_tick(now), now + 1h - within + 10ms) << "nothing but silence to watch";
}

TEST_F(session_test, a_refused_part_ends_the_message) {
    bind();
    const auto out = send("a", 3);
    const auto first = written(out)[0].sequence;
    EXPECT_THAT(all_of<answered>(hears_answer(first, 0x0B)), IsEmpty()) << "one is still out";
    const auto whole = only_answer(hears_answer(first + 1, 0, "2"));
    EXPECT_EQ(whole.judged.reaction, reaction::unreachable);
    EXPECT_EQ(whole.judged.code, 0x0B);
    EXPECT_THAT(whole.part_ids, ElementsAre("2"));
    EXPECT_TRUE(link->wants_more());
}

TEST_F(session_test, throttling_waits_longer_each_time_and_keeps_the_order) {
    bind();
    const auto out = send("a", 2);
    const auto first = written(out)[0].sequence;
    EXPECT_THAT(hears_answer(first + 1, 0x58), IsEmpty());
    EXPECT_THAT(hears_answer(first, 0x14), IsEmpty());
    EXPECT_FALSE(link->wants_more());
    EXPECT_THAT(link->on_tick(now + 999ms), IsEmpty());
    EXPECT_EQ(link->next_tick(now), now + 1s);
    now += 1s;
    auto again = written(link->on_tick(now));
    ASSERT_THAT(again, SizeIs(2));
    EXPECT_EQ(std::get<message_body>(again[0].body).text, "a0") << "the first part first";
    EXPECT_EQ(std::get<message_body>(again[1].body).text, "a1");
    EXPECT_THAT(hears_answer(again[1].sequence, 0, "2"), IsEmpty());
    EXPECT_THAT(hears_answer(again[0].sequence, 0x58), IsEmpty());
    EXPECT_THAT(link->on_tick(now + 1999ms), IsEmpty());
    now += 2s;
    again = written(link->on_tick(now));
    ASSERT_THAT(again, SizeIs(1));
    const auto whole = only_answer(hears_answer(again[0].sequence, 0, "1"));
    EXPECT_EQ(whole.judged.reaction, reaction::accepted);
    EXPECT_THAT(whole.part_ids, ElementsAre("1", "2"));
}

TEST_F(session_test, the_pause_never_grows_beyond_a_minute_and_the_rate_comes_back) {
    channel.per_second = 40;
    channel.window = 1;
    bind();
    auto sequence = sequence_in(send("a"));
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        EXPECT_THAT(written(hears_answer(sequence, 0x58)), IsEmpty());
        EXPECT_THAT(submits_of_tick(now + pause - 1ms), IsEmpty());
        now += pause;
        const auto submits = submits_of_tick(now);
        ASSERT_THAT(submits, SizeIs(1)) << pause.count();
        sequence = submits[0].sequence;
    }
    EXPECT_EQ(link->rate(), 1.0);
    EXPECT_EQ(only_answer(hears_answer(sequence, 0, "1")).judged.reaction, reaction::accepted);
    for (int number = 0; number < 30; ++number) {
        now += 1s;
        const auto next = sequence_in(send("b" + std::to_string(number)));
        EXPECT_THAT(all_of<answered>(hears_answer(next, 0, "1")), SizeIs(1));
    }
    EXPECT_EQ(link->rate(), 40.0);
}

TEST_F(session_test, the_contracted_rate_is_kept) {
    channel.per_second = 10;
    channel.window = 1'000;
    bind();
    std::size_t sent = written(send("a", 200)).size();
    EXPECT_LE(sent, 2U);
    for (int step = 0; step < 100; ++step) {
        now += 50ms;
        sent += written(link->on_tick(now)).size();
    }
    EXPECT_GE(sent, 49U);
    EXPECT_LE(sent, 52U);
}

TEST_F(session_test, an_answer_that_does_not_come_leaves_the_message_unsure) {
    bind();
    const auto sequence = sequence_in(send("a"));
    EXPECT_THAT(all_of<answered>(link->on_tick(now + 30s - 1ms)), IsEmpty());
    now += 30s;
    const auto answer = only_answer(link->on_tick(now));
    EXPECT_EQ(answer.judged.reaction, reaction::unsure);
    const auto late = hears_answer(sequence, 0, "1");
    EXPECT_THAT(all_of<answered>(late), IsEmpty()) << "it was reported once";
    const auto settled = all_of<answered_late>(late);
    ASSERT_THAT(settled, SizeIs(1));
    EXPECT_EQ(settled[0].ticket, "a");
    EXPECT_EQ(settled[0].judged.reaction, reaction::accepted);
    EXPECT_EQ(settled[0].judged.provider_id, "1");
    EXPECT_THAT(hears_answer(sequence, 0, "1"), IsEmpty()) << "once";
}

TEST_F(session_test, a_late_answer_settles_what_it_can_and_is_forgotten_in_the_end) {
    channel.enquire_after = 1h;
    bind();
    const auto late_after = [&](milliseconds pause, std::uint32_t status, std::size_t parts) {
        const auto sequence = written(send("m", parts)).at(0).sequence;
        now += 30s;
        (void)link->on_tick(now);
        now += pause;
        (void)link->on_tick(now);
        return all_of<answered_late>(hears_answer(sequence, status, "9"));
    };
    EXPECT_THAT(late_after(5s, 0x0B, 1), SizeIs(1)) << "refused for good";
    EXPECT_THAT(late_after(5s, 0x58, 1), IsEmpty()) << "not taken: it is sent again anyhow";
    EXPECT_THAT(late_after(5s, 0, 2), IsEmpty()) << "half a message settles nothing";
    const auto sequence = written(send("two", 2)).at(0).sequence;
    EXPECT_THAT(hears_answer(sequence, 0, "a1"), IsEmpty());
    now += 30s;
    EXPECT_EQ(only_answer(link->on_tick(now)).judged.reaction, reaction::unsure);
    const auto whole = all_of<answered_late>(hears_answer(sequence + 1, 0, "a2"));
    ASSERT_THAT(whole, SizeIs(1)) << "the other half was answered in time";
    EXPECT_EQ(whole[0].judged.provider_id, "A2");
    const auto again = sequence_in(send("again"));
    now += 30s;
    (void)link->on_tick(now);
    (void)send("again");
    EXPECT_THAT(all_of<answered_late>(hears_answer(again, 0, "3")), IsEmpty()) << "sent again";
    EXPECT_THAT(late_after(10min, 0, 1), IsEmpty()) << "nobody remembers it";
}

TEST_F(session_test, silence_is_asked_about_and_then_ended) {
    bind();
    EXPECT_EQ(link->next_tick(now), now + 30s);
    EXPECT_THAT(link->on_tick(now + 30s - 1ms), IsEmpty());
    now += 30s;
    const auto asked = written(link->on_tick(now));
    ASSERT_THAT(asked, SizeIs(1));
    EXPECT_EQ(asked[0].id, command::enquire_link);
    EXPECT_THAT(
        hears({.id = command::enquire_link_resp, .sequence = asked[0].sequence}), IsEmpty()
    );
    EXPECT_EQ(link->next_tick(now), now + 30s);

    now += 30s;
    EXPECT_THAT(commands(link->on_tick(now)), ElementsAre(command::enquire_link));
    EXPECT_THAT(link->on_tick(now + 15s - 1ms), IsEmpty());
    now += 15s;
    const auto out = link->on_tick(now);
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_GT(reconnect_in(out), now);
    EXPECT_FALSE(link->is_bound());
}

TEST_F(session_test, the_peers_enquiry_is_answered_while_the_window_is_full) {
    bind();
    EXPECT_THAT(written(send("a", 3)), SizeIs(2));
    const auto out = written(hears({.id = command::enquire_link, .sequence = 77}));
    ASSERT_THAT(out, SizeIs(1));
    EXPECT_EQ(out[0], (pdu{.id = command::enquire_link_resp, .sequence = 77}));
}

TEST_F(session_test, a_connection_that_ends_says_what_became_of_each_message) {
    bind();
    EXPECT_THAT(written(send("out")), SizeIs(1));
    EXPECT_THAT(written(send("half", 2)), SizeIs(1));
    EXPECT_THAT(written(send("queued")), IsEmpty());
    const auto out = link->on_closed(now);
    const auto all = all_of<answered>(out);
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].ticket, "out");
    EXPECT_EQ(all[0].judged.reaction, reaction::unsure);
    EXPECT_EQ(all[1].ticket, "half");
    EXPECT_EQ(all[1].judged.reaction, reaction::unsure);
    EXPECT_EQ(all[2].ticket, "queued");
    EXPECT_EQ(all[2].judged.reaction, reaction::retry);
    EXPECT_FALSE(link->wants_more());
    EXPECT_EQ(only_answer(send("later")).judged.reaction, reaction::retry);
}

TEST_F(session_test, reconnects_come_slower_each_time_and_never_end) {
    link.emplace(channel, 7);
    for (const std::chrono::milliseconds base : {1s, 2s, 5s, 10s, 30s, 60s, 60s, 60s}) {
        const auto at = reconnect_in(link->on_closed(now));
        EXPECT_GE(at, now + base * 4 / 5);
        EXPECT_LE(at, now + base * 6 / 5);
        now = at;
    }
    bind();
    EXPECT_LE(reconnect_in(link->on_closed(now)), now + 1200ms) << "a bind that worked forgets it";
}

TEST_F(session_test, two_gateways_do_not_come_back_together) {
    session one{channel, 1};
    session other{channel, 2};
    EXPECT_NE(reconnect_in(one.on_closed(now)), reconnect_in(other.on_closed(now)));
}

TEST_F(session_test, a_refused_bind_is_told_and_tried_again_later) {
    for (const std::uint32_t status : {0x0DU, 0x0EU, 0x0FU}) {
        link.emplace(channel, 7);
        const auto bind = written(link->on_connected(now)).at(0);
        const auto out =
            hears({.id = response_to(bind.id), .status = status, .sequence = bind.sequence});
        EXPECT_THAT(all_of<warn>(out), SizeIs(1));
        EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
        EXPECT_EQ(reconnect_in(out), now + 5min);
    }
    link.emplace(channel, 7);
    const auto bind = written(link->on_connected(now)).at(0);
    const auto out = hears({.id = response_to(bind.id), .status = 0x05, .sequence = bind.sequence});
    EXPECT_THAT(all_of<warn>(out), IsEmpty()) << "our old session is still open";
    EXPECT_EQ(reconnect_in(out), now + 60s);
}

TEST_F(session_test, a_bind_that_is_not_answered_is_given_up) {
    link.emplace(channel, 7);
    EXPECT_THAT(commands(link->on_connected(now)), ElementsAre(command::bind_transceiver));
    EXPECT_EQ(link->next_tick(now), now + 30s);
    EXPECT_THAT(all_of<hang_up>(link->on_tick(now + 30s)), SizeIs(1));
}

TEST_F(session_test, a_password_smpp_has_no_room_for_is_told) {
    channel.password = "nine-long";
    link.emplace(channel, 7);
    const auto out = link->on_connected(now);
    EXPECT_THAT(all_of<warn>(out), SizeIs(1));
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_THAT(written(out), IsEmpty());
}

TEST_F(session_test, a_delivery_is_acknowledged_once_it_is_stored) {
    bind();
    const auto out = link->on_bytes(sample("message_gsm7"), now);
    EXPECT_THAT(written(out), IsEmpty()) << "not before";
    const auto got = all_of<received>(out);
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_EQ(got[0].sequence, 21U);
    EXPECT_EQ(got[0].what, message_in("message_gsm7"));
    const auto done = written(link->acknowledge(21, session::kept::yes, now));
    ASSERT_THAT(done, SizeIs(1));
    EXPECT_EQ(
        done[0], (pdu{.id = command::deliver_sm_resp, .sequence = 21, .body = message_answer{}})
    );
    EXPECT_THAT(link->acknowledge(21, session::kept::yes, now), IsEmpty()) << "once";

    EXPECT_THAT(all_of<received>(link->on_bytes(sample("data_sm"), now)), SizeIs(1));
    const auto not_kept = written(link->acknowledge(30, session::kept::no, now));
    ASSERT_THAT(not_kept, SizeIs(1));
    EXPECT_EQ(not_kept[0].id, command::data_sm_resp);
    EXPECT_EQ(not_kept[0].status, 0x64U);
}

TEST_F(session_test, a_delivery_that_was_not_acknowledged_keeps_its_id) {
    bind();
    const auto id_of = [&] {
        const auto got = all_of<received>(link->on_bytes(sample("message_gsm7"), now));
        return got.empty() ? std::string{} : got[0].id;
    };
    const auto first = id_of();
    EXPECT_THAT(all_of<reconnect>(link->on_closed(now)), SizeIs(1));
    now += 2s;
    ASSERT_THAT(link->on_connected(now), SizeIs(1));
    EXPECT_EQ(id_of(), first) << "the SMSC sends it again";
    EXPECT_THAT(link->acknowledge(21, session::kept::yes, now), SizeIs(1));
    now += 1s;
    EXPECT_NE(id_of(), first) << "she says the same again";
}

TEST_F(session_test, a_delivery_that_was_not_kept_comes_again_under_its_id) {
    bind();
    const auto id_of = [&] {
        const auto got = all_of<received>(link->on_bytes(sample("message_gsm7"), now));
        return got.empty() ? std::string{} : got[0].id;
    };
    const auto first = id_of();
    EXPECT_THAT(link->acknowledge(21, session::kept::no, now), SizeIs(1));
    now += 30s;
    EXPECT_EQ(id_of(), first) << "it may have been kept after all";
}

TEST_F(session_test, an_old_unanswered_delivery_is_forgotten) {
    bind();
    const auto first = all_of<received>(link->on_bytes(sample("message_gsm7"), now)).at(0).id;
    EXPECT_THAT(all_of<reconnect>(link->on_closed(now)), SizeIs(1));
    now += 10min;
    ASSERT_THAT(link->on_connected(now), SizeIs(1));
    EXPECT_NE(all_of<received>(link->on_bytes(sample("message_gsm7"), now)).at(0).id, first);
}

TEST_F(session_test, what_is_not_understood_is_said_so) {
    bind();
    const auto nack =
        written(link->on_bytes(octets_of_hex("00000010 00000007 00000000 0000000c"), now));
    ASSERT_THAT(nack, SizeIs(1));
    EXPECT_EQ(nack[0], (pdu{.id = command::generic_nack, .status = 3, .sequence = 12}));
    EXPECT_THAT(
        link->on_bytes(octets_of_hex("00000010 80000007 00000000 0000000c"), now), IsEmpty()
    ) << "an answer is never answered";
    const auto broken = link->on_bytes(octets_of_hex("00000010 00000005 00000000 0000000d"), now);
    EXPECT_THAT(commands(broken), ElementsAre(command::generic_nack));
    EXPECT_THAT(all_of<warn>(broken), SizeIs(1));
    EXPECT_THAT(
        commands(link->on_bytes(sample("submit_sm"), now)), ElementsAre(command::generic_nack)
    );
    const auto lost = link->on_bytes(octets_of_hex("00000001"), now);
    EXPECT_THAT(all_of<hang_up>(lost), SizeIs(1));
    EXPECT_THAT(link->on_bytes(sample("enquire_link"), now), IsEmpty()) << "closed is closed";
}

TEST_F(session_test, a_nack_answers_a_submit_too) {
    bind();
    auto sequence = sequence_in(send("a"));
    EXPECT_EQ(
        only_answer(hears({.id = command::generic_nack, .status = 3, .sequence = sequence}))
            .judged.reaction,
        reaction::refuse
    );
    sequence = sequence_in(send("b"));
    EXPECT_EQ(
        only_answer(hears({.id = command::generic_nack, .sequence = sequence})).judged.reaction,
        reaction::unsure
    );
}

TEST_F(session_test, goodbyes_are_said_and_answered) {
    bind();
    EXPECT_THAT(commands(link->stop(now)), ElementsAre(command::unbind));
    EXPECT_FALSE(link->wants_more());
    auto out = hears({.id = command::unbind_resp, .sequence = 2});
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_THAT(all_of<reconnect>(out), IsEmpty());

    bind();
    EXPECT_THAT(commands(link->stop(now)), ElementsAre(command::unbind));
    EXPECT_THAT(all_of<hang_up>(link->on_tick(now + 5s - 1ms)), IsEmpty());
    EXPECT_THAT(all_of<hang_up>(link->on_tick(now + 5s)), SizeIs(1));
    EXPECT_THAT(link->on_closed(now), IsEmpty());

    bind();
    out = hears({.id = command::unbind, .sequence = 5});
    EXPECT_THAT(commands(out), ElementsAre(command::unbind_resp));
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_THAT(all_of<reconnect>(out), SizeIs(1));
}

TEST_F(session_test, a_receiver_sends_nothing) {
    channel.bind = bind_kind::receiver;
    bind();
    EXPECT_FALSE(link->wants_more());
    EXPECT_EQ(only_answer(send("a")).judged.reaction, reaction::retry);
}

TEST_F(session_test, bytes_may_come_one_by_one) {
    bind();
    std::size_t got = 0;
    for (const char byte : sample("message_ucs2")) {
        got += all_of<received>(link->on_bytes({&byte, 1}, now)).size();
    }
    EXPECT_EQ(got, 1U);
}

}  // namespace
}  // namespace tertulia::adapters::smpp
