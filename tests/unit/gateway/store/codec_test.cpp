// Everything that can happen and everything that can be said must come back from its bytes as it
// was; and bytes that are damaged must be refused rather than believed.

#include "gateway/store/archive.hpp"
#include "gateway/store/codec.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tertulia::gateway {
namespace {

constexpr instant monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 23};

template <class T>
std::string bytes_of(const T& value) {
    std::string bytes;
    encode(value, bytes);
    return bytes;
}

std::vector<inbound_content> every_content() {
    return {
        typed_text{"¿cuánto debo?"},
        tapped_choice{"a:b", "Mi saldo"},
        received_media{media_kind::voice_note, "id", "https://x", "audio/ogg", "ff", "dice", "a.ogg"},
        shared_location{14.5, -90.5, "casa", "zona 1"},
        std::vector<shared_contact>{{"Ana", {"+5021", "+5022"}, true}, {}},
        reaction{"w1", "👍"},
        form_reply{"f", "{}", "t", {{"amount", "500"}}},
        placed_order{"{}"},
        identity_changed{{{identity_kind::wa_id, "1"}}, {{identity_kind::parent_bsuid, "GT.ENT.1"}}},
        edited_text{"w1", "t"},
        revoked_message{"w1"},
        unsupported_content{"poll", 131051},
        unknown_content{"dance", "{\"a\":1}"},
        told_provider{provider_choice::start, "UNSTOP"},
    };
}

std::vector<dialogs::event> every_event() {
    std::vector<dialogs::event> all;
    for (auto& content : every_content()) {
        dialogs::heard one;
        one.message = {
            .channel = "whatsapp",
            .id = "w1",
            .sent_at = monday,
            .from = {{identity_kind::phone, "+5021"}, {identity_kind::bsuid, "GT.1"}},
            .profile_name = "Rosa",
            .group_id = "g",
            .reply_to_id = "w0",
            .forwarded = true,
            .came_from = referral{"ad", "1", "https://y", "Crédito", "click"},
            .identity_key_hash = "h",
            .content = content,
        };
        one.secret = dialogs::secret_answer::wrong;
        all.emplace_back(std::move(one));
    }
    all.emplace_back(dialogs::heard{});
    all.emplace_back(dialogs::timer_fired{"no_reply", 1ULL << 60U});
    all.emplace_back(dialogs::delivery_outcome{-5, "p", delivery_status::failed, {131047, "window"}});
    all.emplace_back(dialogs::agent_acted{"ana", "release", "listo"});
    all.emplace_back(dialogs::happened{"payment_received"});
    return all;
}

std::vector<outbound_content> every_answer() {
    return {
        say_text{"hola", {{"1", "Sí", "d"}, {"2", "No", ""}}, "Ver", "pie"},
        say_media{media_kind::image, "m", "https://z", "c", "f"},
        say_location{1.5, 2.5, "n", "a"},
        ask_location{"¿dónde?"},
        say_link{"t", "b", "https://w"},
        say_template{"n", "es", "h", media_kind::document, {{"a", "b"}}, {{1, true, "p"}}},
        send_reaction{"w1", "🙏"},
        mark_read{"w1", true},
        ask_contact{"¿su número?"},
        say_form{"t", "b", "123", "FIRST", "tok"},
    };
}

turn full_turn() {
    turn one;
    one.id = {~0ULL, 1};
    one.stamped = monday;
    one.party = {77};
    one.now = monday + milliseconds{1};
    one.seed = 0x123456789abcdef0ULL;
    one.what = every_event().front();
    one.next.language = "es-GT";
    one.next.frames = {{"menu", "ask", {{"loan", "L-1"}}}, {"pay", "how", {}}};
    one.next.reply_to = {"whatsapp", {identity_kind::wa_id, "5021"}};
    one.next.proof.wrong_pins = 2;
    one.next.steps = 9;
    for (const auto& content : every_answer()) {
        dialogs::send effect{
            .message = {.to = one.next.reply_to, .reply_to_id = "w1", .content = content},
            .urgency = priority::agent,
            .keep_for = milliseconds{5000},
            .in_order = true,
            .purpose = "p",
        };
        one.effects.emplace_back(effect);
        outbox_entry entry{
            .id = static_cast<std::int64_t>(one.sends.size()) + 1,
            .party = one.party,
            .queued_at = one.now,
            .expires_at = one.now + milliseconds{5000},
            .urgency = effect.urgency,
            .in_order = true,
            .purpose = "p",
            .message = effect.message,
        };
        entry.message.callback_data = std::to_string(entry.id);
        one.sends.push_back(entry);
    }
    one.effects.emplace_back(dialogs::set_timer{"no_reply", monday});
    one.effects.emplace_back(dialogs::cancel_timer{"no_reply"});
    one.effects.emplace_back(dialogs::hand_over{"support", "asked", "C-1"});
    one.effects.emplace_back(dialogs::keep_record{"opt_out", "STOP"});
    return one;
}

std::string turn_bytes(const turn& one) {
    std::string session;
    std::string bytes;
    encode(one.next, session);
    encode_turn(one, session, 3, bytes);
    return bytes;
}

TEST(codec, every_event_comes_back) {
    for (const auto& event : every_event()) {
        const auto bytes = bytes_of(event);
        const auto back = decode_event(bytes);
        EXPECT_EQ(back.index(), event.index());
        EXPECT_EQ(bytes_of(back), bytes);
    }
}

TEST(codec, a_turn_comes_back_with_every_effect_and_send) {
    const auto one = full_turn();
    const auto bytes = turn_bytes(one);
    const auto back = decode_turn(bytes);
    EXPECT_EQ(back.script, 3);
    EXPECT_EQ(back.what.id, one.id);
    EXPECT_EQ(back.what.party, one.party);
    EXPECT_EQ(back.what.next, one.next);
    EXPECT_EQ(back.what.effects.size(), one.effects.size());
    ASSERT_EQ(back.what.sends.size(), one.sends.size());
    for (std::size_t i = 0; i < one.sends.size(); ++i) {
        EXPECT_EQ(back.what.sends[i].id, one.sends[i].id);
        EXPECT_EQ(back.what.sends[i].message.callback_data, one.sends[i].message.callback_data);
        EXPECT_EQ(back.what.sends[i].message.content.index(), i);
        EXPECT_EQ(back.what.sends[i].purpose, "p");
    }
    EXPECT_EQ(turn_bytes(back.what), bytes);
}

TEST(codec, a_send_that_is_not_its_effect_word_for_word_is_written_out) {
    auto one = full_turn();
    const auto shared = turn_bytes(one).size();
    std::get<say_text>(one.sends[0].message.content).text = "shortened for SMS";
    one.sends[1].purpose = "other";
    EXPECT_GT(turn_bytes(one).size(), shared);
    const auto back = decode_turn(turn_bytes(one)).what;
    EXPECT_EQ(std::get<say_text>(back.sends[0].message.content).text, "shortened for SMS");
    EXPECT_EQ(std::get<say_text>(std::get<dialogs::send>(back.effects[0]).message.content).text, "hola");
    EXPECT_EQ(back.sends[1].purpose, "other");
}

TEST(codec, facts_are_kept_as_far_as_they_were_read) {
    auto known = std::make_shared<facts>();
    auto her = std::make_shared<client_facts>();
    her->who.first_name = "Rosa";
    her->credit_agent = officer{.first_name = "Brenda"};
    loan one_loan{.id = "L-1"};
    one_loan.schedule.push_back(
        {.number = 1, .due = std::chrono::year{2026} / 11 / 30, .total = {10050, {}}}
    );
    her->loans.push_back(one_loan);
    known->clients = {her, her};
    known->core = core_state::stale;
    known->as_of = monday;

    auto one = full_turn();
    one.read = known;
    one.facts_read = 2;  // loans
    auto back = decode_turn(turn_bytes(one)).what;
    ASSERT_EQ(back.read->clients.size(), 2U);
    EXPECT_EQ(back.read->core, core_state::stale);
    EXPECT_EQ(back.read->as_of, monday);
    EXPECT_EQ(back.read->clients[1]->loans[0].schedule[0].due, std::chrono::year{2026} / 11 / 30);
    EXPECT_EQ(back.read->clients[1]->loans[0].schedule[0].total.minor, 10050);
    EXPECT_FALSE(back.read->clients[0]->credit_agent);

    one.facts_read = 1;  // the client
    back = decode_turn(turn_bytes(one)).what;
    EXPECT_EQ(back.read->clients[0]->credit_agent->first_name, "Brenda");
    EXPECT_TRUE(back.read->clients[0]->loans.empty());

    one.facts_read = 0;
    EXPECT_EQ(decode_turn(turn_bytes(one)).what.read, nullptr);
}

TEST(codec, a_batch_row_keeps_no_recipient) {
    batch_row row;
    row.seen = {{{1, 2}, monday}};
    row.marks = {{4, outbox_state::failed, 3, "w1", 131026, monday}};
    row.statuses = {{5, {.channel = "whatsapp", .message_id = "w2", .participant = "50255551234",
                         .recipient = {{identity_kind::wa_id, "50255551234"}},
                         .errors = {{1, "x"}}}}};
    const auto bytes = bytes_of(row);
    EXPECT_EQ(bytes.find("5025555"), std::string::npos);
    const auto back = decode_batch_row(bytes);
    EXPECT_EQ(back.seen[0].id, (event_identity{1, 2}));
    EXPECT_EQ(back.marks[0].error_code, 131026);
    EXPECT_EQ(back.statuses[0].status.message_id, "w2");
    EXPECT_EQ(back.statuses[0].status.errors[0].details, "x");
}

TEST(codec, a_session_at_rest_is_small) {
    dialogs::session at_menu = full_turn().next;
    at_menu.last_inbound_at = monday;
    at_menu.now = monday;
    EXPECT_LT(bytes_of(at_menu).size(), 150U);
}

TEST(codec, damage_is_refused_and_never_costs_memory) {
    const auto bytes = turn_bytes(full_turn());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_THROW((void)decode_turn(std::string_view{bytes}.substr(0, size)), std::runtime_error);
    }
    EXPECT_THROW((void)decode_turn(bytes + "x"), damaged_row);
    auto other_format = bytes;
    other_format[0] = 99;
    EXPECT_THROW((void)decode_turn(other_format), damaged_row);
    std::mt19937 random{7};
    for (int i = 0; i < 2000; ++i) {  // any bytes at all: an answer or an exception, no more
        auto changed = bytes;
        for (int j = 0; j < 3; ++j) changed[random() % changed.size()] = static_cast<char>(random());
        try {
            (void)decode_turn(changed);
        } catch (const std::runtime_error&) {
        }
    }
}

// Rows as they were written by format 1. They must read the same for ever: when the format changes,
// these stay and rows of the new one join them.
std::string from_hex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
}

TEST(recorded_rows, a_session_of_format_1) {
    const auto back = decode_session(from_hex(
        "010565732d4754010080c09edbc068000002000000000003736d7300052b3530323100002a01046d656e7503"
        "61736b01046c6f616e034c2d310100000980c09edbc068"
    ));
    EXPECT_EQ(back.language, "es-GT");
    EXPECT_TRUE(back.language_chosen);
    EXPECT_EQ(back.proof.verified_at, monday);
    EXPECT_EQ(back.proof.wrong_pins, 2U);
    EXPECT_EQ(back.reply_to, (address{"sms", {identity_kind::phone, "+5021"}}));
    EXPECT_EQ(back.script_set, 42U);
    EXPECT_EQ(back.frames.at(0).kept.at("loan"), "L-1");
    EXPECT_EQ(back.steps, 9U);
    EXPECT_EQ(back.now, monday);
}

TEST(recorded_rows, a_session_of_format_2_has_what_comes_later) {
    const auto back = decode_session(from_hex(
        "02000000000000000000000000000000000000000007737570706f7274000000010a756e616e737765726564"
        "0c706572736f6e2e686f75736580c09edbc06801056170706c79010d616e737765722e616d6f756e7411616d"
        "6f756e743a3330303030302047545180c09edbc06801"
    ));
    EXPECT_EQ(back.queue, "support");
    ASSERT_EQ(back.later.size(), 1U);
    EXPECT_EQ(
        back.later[0],
        (dialogs::appointment{.timer = "unanswered", .what = "person.house", .due = monday})
    );
    ASSERT_EQ(back.drafts.size(), 1U);
    EXPECT_EQ(
        back.drafts[0],
        (dialogs::draft{"apply", {{"answer.amount", "amount:300000 GTQ"}}, monday, true})
    );
}

TEST(recorded_rows, a_turn_of_format_1) {
    const auto back = decode_turn(from_hex(
        "01ffffffffffffffff010000000000000080c09edbc0689a0182c09edbc068f0debc9a785634120600087768"
        "61747361707002773180c09edbc0680200052b35303231020447542e3104526f736101670277300100026164"
        "01310968747470733a2f2f79084372c3a96469746f05636c69636b0168000fc2bf6375c3a16e746f20646562"
        "6f3f00010046010565732d475400000000000200000000000877686174736170700104353032310000000204"
        "6d656e750361736b01046c6f616e034c2d310370617903686f770000000009000c0008776861747361707001"
        "04353032310277310004686f6c610201310353c3ad01640132024e6f00035665720370696501904e01017000"
        "000877686174736170700104353032310277310200016d0968747470733a2f2f7a0163016601904e01017000"
        "0008776861747361707001043530323102773104000000000000f83f0000000000000440016e016101904e01"
        "017000000877686174736170700104353032310277310609c2bf64c3b36e64653f01904e0101700000087768"
        "61747361707001043530323102773108017401620968747470733a2f2f7701904e0101700000087768617473"
        "6170700104353032310277310a016e0265730168040101610162010201017001904e01017000000877686174"
        "736170700104353032310277310c02773104f09f998f01904e01017000000877686174736170700104353032"
        "310277310e0277310101904e0101700002086e6f5f7265706c7980c09edbc06804086e6f5f7265706c790607"
        "737570706f72740561736b656403432d3108076f70745f6f75740453544f500801029a0182c09edbc068928e"
        "9fdbc068013102049a0182c09edbc068928e9fdbc068013203069a0182c09edbc068928e9fdbc06801330408"
        "9a0182c09edbc068928e9fdbc0680134050a9a0182c09edbc068928e9fdbc0680135060c9a0182c09edbc068"
        "928e9fdbc0680136070e9a0182c09edbc068928e9fdbc068013708109a0182c09edbc068928e9fdbc0680138"
    ));
    // What could be said then; kinds of messages added since stand at the end.
    auto then = full_turn();
    constexpr std::size_t kinds_of_format_1 = 8;
    const auto is_newer = [](const dialogs::effect& one) {
        const auto* sent = std::get_if<dialogs::send>(&one);
        return sent != nullptr && sent->message.content.index() >= kinds_of_format_1;
    };
    std::erase_if(then.effects, is_newer);
    then.sends.resize(kinds_of_format_1);
    EXPECT_EQ(turn_bytes(back.what), turn_bytes(then));
}

TEST(recorded_rows, a_batch_row_of_format_1) {
    const auto back = decode_batch_row(from_hex(
        "0101010280c09edbc06801080406027731a4ff0f80c09edbc068010a08776861747361707002773200000001"
        "0e017800"
    ));
    EXPECT_EQ(back.seen.at(0).stamped, monday);
    EXPECT_EQ(back.marks.at(0).provider_id, "w1");
    EXPECT_EQ(back.statuses.at(0).status.errors.at(0).code, 7);
}

}  // namespace
}  // namespace tertulia::gateway
