// A line's decisions, with an SMSC played by hand: every clock is an argument.

#include "gateway/smpp/exchange.hpp"

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/pdu.hpp"

#include <gmock/gmock.h>

#include <map>
#include <optional>

namespace tertulia::gateway::smpp {
namespace {

using namespace std::chrono_literals;
using namespace adapters::smpp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using how = call_outcome::how;

constexpr instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 12h;

template <class What>
std::vector<What> all_of(const orders& from) {
    std::vector<What> found;
    for (const auto& one : from) {
        if (const auto* what = std::get_if<What>(&one)) found.push_back(*what);
    }
    return found;
}

std::vector<pdu> written(const orders& from) {
    std::vector<pdu> read;
    for (const auto& one : all_of<write>(from)) {
        frame_reader frames;
        frames.append(one.bytes);
        for (auto frame = frames.next(); frame && *frame; frame = frames.next()) {
            read.push_back(decode(**frame).value());
        }
    }
    return read;
}

std::vector<pdu> submits(const orders& from) {
    std::vector<pdu> found;
    for (auto& one : written(from)) {
        if (one.id == command::submit_sm) found.push_back(std::move(one));
    }
    return found;
}

outbox_entry entry(std::int64_t id, std::string text = "Hola") {
    outbox_entry made{.id = id};
    made.message.to = {"sms", {identity_kind::phone, "+50255500101"}};
    made.message.content = say_text{.text = std::move(text)};
    return made;
}

message_body from_her(std::string text) {
    return {.source = {1, 1, "50255500101"}, .destination = {3, 0, "4040"}, .text = std::move(text)};
}

struct exchange_test : testing::Test {
    adapters::smpp::channel_settings channel{
        .name = "sms", .system_id = "gwtest", .password = "secret1", .from = "4040", .window = 2};
    std::optional<exchange> line{};
    instant now = noon;
    std::uint32_t arrivals{};

    void SetUp() override { line.emplace(channel, 7); }

    orders bind() {
        const auto asked = written(line->connected(now));
        EXPECT_THAT(asked, SizeIs(1));
        return hears(
            {.id = response_to(asked.at(0).id),
             .sequence = asked.at(0).sequence,
             .body = bind_answer{"SMSC1"}}
        );
    }
    orders hears(const pdu& what) { return line->heard(encode(what).value(), now, now + 1h); }
    orders answered_with(const pdu& submit, std::uint32_t status, std::string id = "") {
        return hears(
            {.id = command::submit_sm_resp,
             .status = status,
             .sequence = submit.sequence,
             .body = message_answer{std::move(id)}}
        );
    }
    orders arrives(message_body what) {
        return hears({.id = command::deliver_sm, .sequence = ++arrivals, .body = std::move(what)});
    }
    orders sends(std::int64_t id, std::string text = "Hola") {
        return line->send(entry(id, std::move(text)), now);
    }
    static report only_report(const orders& from) {
        const auto all = all_of<report>(from);
        EXPECT_THAT(all, SizeIs(1));
        return all.empty() ? report{} : all[0];
    }
};

TEST_F(exchange_test, a_message_is_taken_and_reported_under_the_smscs_id) {
    EXPECT_THAT(all_of<connect>(line->start(now)), SizeIs(1));
    const auto up = all_of<line_is>(bind());
    ASSERT_THAT(up, SizeIs(1));
    EXPECT_TRUE(up[0].up);
    const auto out = submits(sends(7));
    ASSERT_THAT(out, SizeIs(1));
    const auto told = only_report(answered_with(out[0], 0, "003f"));
    EXPECT_EQ(told.outbox_id, 7);
    EXPECT_EQ(told.ended.ended, how::answered);
    EXPECT_EQ(told.ended.verdict.reaction, adapters::reaction::accepted);
    EXPECT_EQ(told.ended.verdict.provider_id, "3F");
}

TEST_F(exchange_test, what_the_window_has_no_room_for_waits_and_follows) {
    bind();
    EXPECT_THAT(submits(sends(1)), SizeIs(1));
    const auto second = submits(sends(2));
    ASSERT_THAT(second, SizeIs(1));
    EXPECT_THAT(sends(3), IsEmpty());
    EXPECT_THAT(sends(4), IsEmpty());
    const auto next = answered_with(second[0], 0, "2");
    EXPECT_EQ(only_report(next).outbox_id, 2);
    EXPECT_THAT(submits(next), SizeIs(1)) << "one answered, one more";
}

TEST_F(exchange_test, the_rate_alone_wakes_what_waits_for_it) {
    channel.per_second = 1;
    line.emplace(channel, 7);
    bind();
    EXPECT_THAT(submits(sends(1)), SizeIs(1));
    EXPECT_THAT(submits(sends(2)), IsEmpty());
    EXPECT_THAT(submits(sends(3)), IsEmpty());
    const auto at = line->next_tick(now);
    ASSERT_TRUE(at);
    EXPECT_LE(*at, now + 1s);
    EXPECT_THAT(submits(line->tick(*at)), SizeIs(1));
}

TEST_F(exchange_test, throttling_is_waited_out_and_costs_no_message) {
    bind();
    const auto out = submits(sends(1));
    EXPECT_THAT(answered_with(out.at(0), 0x58), IsEmpty()) << "nothing to report";
    EXPECT_THAT(submits(line->tick(now + 900ms)), IsEmpty());
    const auto again = submits(line->tick(now + 1s));
    ASSERT_THAT(again, SizeIs(1));
    now += 1s;
    EXPECT_EQ(only_report(answered_with(again[0], 0, "1")).ended.ended, how::answered);
}

TEST_F(exchange_test, what_waits_for_a_minute_goes_back_to_the_planner) {
    channel.answer_within = 5min;
    channel.enquire_after = 5min;
    line.emplace(channel, 7);
    bind();
    EXPECT_THAT(submits(sends(1)), SizeIs(1));
    EXPECT_THAT(submits(sends(2)), SizeIs(1));
    EXPECT_THAT(sends(3), IsEmpty()) << "next in the session";
    EXPECT_THAT(sends(4), IsEmpty());
    EXPECT_EQ(line->next_tick(now), now + exchange::waits_at_most);
    EXPECT_THAT(line->tick(now + 59s), IsEmpty());
    const auto told = only_report(line->tick(now + 60s));
    EXPECT_EQ(told.outbox_id, 4);
    EXPECT_EQ(told.ended.ended, how::not_sent);
}

TEST_F(exchange_test, without_a_line_nothing_has_left) {
    EXPECT_EQ(only_report(sends(1)).ended.ended, how::not_sent);
    EXPECT_THAT(written(line->connected(now)), SizeIs(1));
    EXPECT_EQ(only_report(sends(2)).ended.ended, how::not_sent) << "not bound yet";
}

TEST_F(exchange_test, a_connection_that_breaks_leaves_open_only_what_was_written) {
    bind();
    EXPECT_THAT(submits(sends(1)), SizeIs(1));
    EXPECT_THAT(submits(sends(2)), SizeIs(1));
    EXPECT_THAT(sends(3), IsEmpty());
    EXPECT_THAT(sends(4), IsEmpty());
    const auto out = line->lost("the SMSC closed the connection", now);
    std::map<std::int64_t, how> ended;
    for (const auto& one : all_of<report>(out)) ended[one.outbox_id] = one.ended.ended;
    EXPECT_THAT(
        ended,
        ElementsAre(
            std::pair{1L, how::unknown},
            std::pair{2L, how::unknown},
            std::pair{3L, how::not_sent},
            std::pair{4L, how::not_sent}
        )
    );
    const auto down = all_of<line_is>(out);
    ASSERT_THAT(down, SizeIs(1));
    EXPECT_FALSE(down[0].up);
    EXPECT_EQ(down[0].reason, "the SMSC closed the connection");
    const auto again = all_of<connect>(out);
    ASSERT_THAT(again, SizeIs(1));
    EXPECT_GT(again[0].at, now);
    EXPECT_THAT(line->heard("late", now, now), IsEmpty());
}

TEST_F(exchange_test, the_same_trouble_is_told_once) {
    EXPECT_THAT(all_of<line_is>(line->lost("cannot connect", now)), SizeIs(1));
    EXPECT_THAT(all_of<line_is>(line->lost("cannot connect", now + 1s)), IsEmpty());
    EXPECT_THAT(all_of<line_is>(line->lost("the host name was not found", now + 3s)), SizeIs(1));
    bind();
    EXPECT_THAT(all_of<line_is>(line->lost("cannot connect", now + 5s)), SizeIs(1));
}

TEST_F(exchange_test, a_wrong_password_is_told_and_not_tried_again_for_minutes) {
    const auto asked = written(line->connected(now)).at(0);
    const auto out =
        hears({.id = response_to(asked.id), .status = 0x0E, .sequence = asked.sequence});
    ASSERT_THAT(all_of<warn>(out), SizeIs(1));
    EXPECT_THAT(all_of<warn>(out)[0].what, HasSubstr("password"));
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_THAT(all_of<line_is>(out).at(0).reason, HasSubstr("password"));
    EXPECT_GE(all_of<connect>(out).at(0).at, now + 5min);
}

TEST_F(exchange_test, a_message_is_acknowledged_when_it_is_kept_and_not_before) {
    bind();
    const auto out = arrives(from_her("menu"));
    EXPECT_THAT(written(out), IsEmpty());
    const auto taken = all_of<take_in>(out);
    ASSERT_THAT(taken, SizeIs(1));
    ASSERT_THAT(taken[0].what.events, SizeIs(1));
    const auto& message = std::get<inbound_message>(taken[0].what.events[0]);
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.sent_at, now + 1h) << "the time of day, not the line's own";
    EXPECT_EQ(std::get<typed_text>(message.content).text, "menu");
    const auto said = written(line->kept(taken[0].delivery, true, now));
    ASSERT_THAT(said, SizeIs(1));
    EXPECT_EQ(said[0].id, command::deliver_sm_resp);
    EXPECT_EQ(said[0].status, 0U);
    EXPECT_THAT(line->kept(taken[0].delivery, true, now), IsEmpty()) << "once";
}

TEST_F(exchange_test, what_there_is_no_room_for_comes_again_later) {
    bind();
    const auto taken = all_of<take_in>(arrives(from_her("menu")));
    const auto said = written(line->kept(taken.at(0).delivery, false, now));
    ASSERT_THAT(said, SizeIs(1));
    EXPECT_EQ(said[0].status, 0x64U);
}

TEST_F(exchange_test, an_acknowledgement_belongs_to_its_connection) {
    bind();
    const auto before = all_of<take_in>(arrives(from_her("menu")));
    (void)line->lost("the connection broke", now);
    now += 2s;
    bind();
    arrivals = 0;
    const auto after = all_of<take_in>(arrives(from_her("saldo")));
    ASSERT_THAT(after, SizeIs(1));
    EXPECT_THAT(line->kept(before.at(0).delivery, true, now), IsEmpty())
        << "the same sequence, another message";
    EXPECT_THAT(written(line->kept(after[0].delivery, true, now)), SizeIs(1));
}

TEST_F(exchange_test, parts_and_receipts_are_handed_in_as_what_they_are) {
    bind();
    auto part = from_her(std::string{"\x05\x00\x03\x2A\x02\x01", 6} + "primera ");
    part.esm_class = 0x40;
    const auto parts = all_of<take_in>(arrives(part)).at(0).what.parts;
    ASSERT_THAT(parts, SizeIs(1));
    EXPECT_EQ(parts[0].reference, 42);
    EXPECT_EQ(parts[0].octets, "primera ");

    auto receipt = from_her("id:003F sub:001 dlvrd:001 stat:DELIVRD err:000 text:");
    receipt.esm_class = 0x04;
    const auto events = all_of<take_in>(arrives(receipt)).at(0).what.events;
    ASSERT_THAT(events, SizeIs(1));
    const auto& status = std::get<status_update>(events[0]);
    EXPECT_EQ(status.message_id, "3F");
    EXPECT_EQ(status.status, delivery_status::delivered);

    auto name = from_her("oferta");
    name.source = {5, 0, "CLARO"};
    const auto notices = all_of<take_in>(arrives(name)).at(0).what.events;
    EXPECT_TRUE(std::holds_alternative<channel_notice>(notices.at(0)));
}

TEST_F(exchange_test, what_sms_cannot_say_is_final) {
    bind();
    auto nobody = entry(9);
    nobody.message.to.to.value = "not a number";
    const auto told = only_report(line->send(nobody, now));
    EXPECT_EQ(told.ended.ended, how::unrenderable);
    EXPECT_FALSE(told.ended.verdict.reason.empty());
}

TEST_F(exchange_test, a_long_message_is_one_report_under_its_last_part) {
    bind();
    const auto out = submits(sends(1, std::string(300, 'a')));
    ASSERT_THAT(out, SizeIs(2));
    EXPECT_THAT(all_of<report>(answered_with(out[0], 0, "A")), IsEmpty());
    EXPECT_EQ(only_report(answered_with(out[1], 0, "B")).ended.verdict.provider_id, "B");
    now += 1s;
    const auto reference = [](const pdu& of) { return std::get<message_body>(of.body).text.at(3); };
    const auto next = submits(sends(2, std::string(300, 'b')));
    EXPECT_NE(reference(next.at(0)), reference(out[0])) << "parts of two are never mixed";
}

TEST_F(exchange_test, an_answer_that_comes_late_is_a_status_under_our_own_id) {
    (void)bind();
    const auto taken = submits(sends(11)).at(0);
    const auto refused = submits(sends(12)).at(0);
    now += 31s;
    EXPECT_THAT(all_of<report>(line->tick(now)), SizeIs(2));
    const auto status = [](const orders& from) {
        const auto all = all_of<take_in>(from);
        EXPECT_THAT(all, SizeIs(1));
        return std::get<status_update>(all.at(0).what.events.at(0));
    };
    const auto good = status(answered_with(taken, 0, "a1"));
    EXPECT_EQ(good.callback_data, "11");
    EXPECT_EQ(good.message_id, "A1");
    EXPECT_EQ(good.status, delivery_status::accepted);
    const auto bad = status(answered_with(refused, 0x0B));
    EXPECT_EQ(bad.callback_data, "12");
    EXPECT_EQ(bad.status, delivery_status::failed);
    EXPECT_EQ(bad.errors.at(0).means, failure::unreachable);
}

TEST_F(exchange_test, a_closed_door_sends_deliveries_back) {
    bind();
    line->close_door();
    const auto out = arrives(from_her("menu"));
    EXPECT_THAT(all_of<take_in>(out), IsEmpty());
    EXPECT_EQ(written(out).at(0).status, 0x64U);
}

TEST_F(exchange_test, goodbye_is_said_and_no_connection_follows) {
    bind();
    EXPECT_THAT(submits(sends(1)), SizeIs(1));
    EXPECT_THAT(submits(sends(2)), SizeIs(1));
    EXPECT_THAT(sends(3), IsEmpty());
    EXPECT_THAT(sends(4), IsEmpty());
    const auto out = line->stop(now);
    EXPECT_THAT(all_of<report>(out), SizeIs(1)) << "what waited goes back; 3 waits in the session";
    const auto said = written(out);
    ASSERT_THAT(said, SizeIs(1));
    EXPECT_EQ(said[0].id, command::unbind);
    EXPECT_FALSE(line->is_over());
    const auto end = hears({.id = command::unbind_resp, .sequence = said[0].sequence});
    EXPECT_THAT(all_of<hang_up>(end), SizeIs(1));
    EXPECT_THAT(all_of<connect>(end), IsEmpty());
    EXPECT_THAT(all_of<line_is>(end), IsEmpty()) << "we know";
    EXPECT_THAT(all_of<report>(end), SizeIs(3));
    EXPECT_TRUE(line->is_over());
}

TEST_F(exchange_test, who_was_never_connected_ends_at_once) {
    (void)line->start(now);
    EXPECT_THAT(written(line->stop(now)), IsEmpty());
    EXPECT_TRUE(line->is_over());
}

TEST_F(exchange_test, silence_is_asked_about_and_then_the_line_is_made_anew) {
    bind();
    const auto asks = line->tick(now + 30s);
    EXPECT_EQ(written(asks).at(0).id, command::enquire_link);
    const auto out = line->tick(now + 45s);
    EXPECT_THAT(all_of<hang_up>(out), SizeIs(1));
    EXPECT_THAT(all_of<line_is>(out).at(0).reason, HasSubstr("enquire_link"));
    EXPECT_THAT(all_of<connect>(out), SizeIs(1));
}

}  // namespace
}  // namespace tertulia::gateway::smpp
