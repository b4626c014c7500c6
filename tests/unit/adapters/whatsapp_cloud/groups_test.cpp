// Native groups: each call as Meta wants it, each answer and webhook read, and what a group has not.

#include "adapters/whatsapp_cloud/groups.hpp"
#include "corpus.hpp"

#include <gmock/gmock.h>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto group = "Y2FwaV9ncm91cDox=";
const std::string at_group = "https://graph.example/v25.0/Y2FwaV9ncm91cDox%3D";

struct made {
    std::string method{};
    std::string url{};
    std::string body{};
    bool operator==(const made&) const = default;
};
void PrintTo(const made& what, std::ostream* to) {
    *to << what.method << ' ' << what.url << ' ' << what.body;
}
made of(const result<outbound_request>& request) {
    if (!request) return {.method = request.error().message()};
    EXPECT_EQ(request->headers.at(0).second, "Bearer EAAtest");
    return {request->method, request->url, request->body};
}
errc error_of(const result<outbound_request>& request) {
    return request ? errc{} : static_cast<errc>(request.error().value());
}

TEST(group_calls, are_metas_paths_and_bodies) {
    EXPECT_EQ(
        of(render_group_create({.subject = "Comité", .description = "Los lunes"}, sandaga)),
        (made{
            "POST", "https://graph.example/v25.0/106540352242922/groups",
            R"({"messaging_product":"whatsapp","subject":"Comité","description":"Los lunes",)"
            R"("join_approval_mode":"approval_required"})"})
    );
    EXPECT_EQ(
        of(render_group_list(25, "QVFI=", sandaga)).url,
        "https://graph.example/v25.0/106540352242922/groups?limit=25&after=QVFI%3D"
    );
    EXPECT_THAT(of(render_group_info(group, sandaga)).url, HasSubstr("%3D?fields=subject,"));
    EXPECT_EQ(
        of(render_group_settings(group, "", "Martes", sandaga)),
        (made{"POST", at_group, R"({"messaging_product":"whatsapp","description":"Martes"})"})
    );
    EXPECT_EQ(of(render_group_delete(group, sandaga)), (made{"DELETE", at_group, ""}));
    EXPECT_EQ(of(render_group_link(group, sandaga)), (made{"GET", at_group + "/invite_link", ""}));
    EXPECT_EQ(
        of(render_group_link_reset(group, sandaga)),
        (made{"POST", at_group + "/invite_link", R"({"messaging_product":"whatsapp"})"})
    );
    EXPECT_EQ(
        of(render_join_requests(group, sandaga)), (made{"GET", at_group + "/join_requests", ""})
    );
    const std::vector<std::string> ids{"jr1", "jr2"};
    const std::string asked = R"({"messaging_product":"whatsapp","join_requests":["jr1","jr2"]})";
    EXPECT_EQ(
        of(render_join_answer(group, join_answer::approve, ids, sandaga)),
        (made{"POST", at_group + "/join_requests", asked})
    );
    EXPECT_EQ(
        of(render_join_answer(group, join_answer::reject, ids, sandaga)),
        (made{"DELETE", at_group + "/join_requests", asked})
    );
    const std::vector<std::string> people{"221771234567", "SN.1"};
    EXPECT_EQ(
        of(render_group_remove(group, people, sandaga)),
        (made{
            "DELETE", at_group + "/participants",
            R"({"messaging_product":"whatsapp","participants":[{"user":"+221771234567"},)"
            R"({"user_id":"SN.1"}]})"})
    );
    EXPECT_EQ(
        of(render_group_pin(group, "wamid.1", 7, sandaga)).body,
        R"({"messaging_product":"whatsapp","recipient_type":"group","to":"Y2FwaV9ncm91cDox=",)"
        R"("type":"pin","pin":{"type":"pin","message_id":"wamid.1","expiration_days":7}})"
    );
    EXPECT_THAT(
        of(render_group_unpin(group, "wamid.1", sandaga)).body,
        HasSubstr(R"("pin":{"type":"unpin","message_id":"wamid.1"})")
    );
}

TEST(group_calls, a_picture_goes_as_a_form_whose_border_it_does_not_hold) {
    const std::string jpeg{"\xFF\xD8\xFF tertulia-picture --"};
    const auto request = render_group_picture(group, jpeg, sandaga);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->headers.back().second, "multipart/form-data; boundary=tertulia-picturex");
    EXPECT_THAT(request->body, HasSubstr("Content-Type: image/jpeg\r\n\r\n" + jpeg + "\r\n--"));
    EXPECT_EQ(error_of(render_group_picture(group, "PNG", sandaga)), errc::not_possible);
    EXPECT_EQ(
        error_of(render_group_picture(group, jpeg + std::string(6'000'000, 'x'), sandaga)),
        errc::too_long
    );
}

TEST(group_calls, what_cannot_be_is_not_called) {
    const std::string long_id(600, 'x');
    for (const auto& id : std::vector<std::string>{"", "a b", "a\nb", "\"", long_id}) {
        EXPECT_EQ(error_of(render_group_delete(id, sandaga)), errc::bad_recipient) << id;
        EXPECT_EQ(error_of(render_group_pin(id, "w", 1, sandaga)), errc::bad_recipient) << id;
    }
    EXPECT_EQ(error_of(render_group_create({}, sandaga)), errc::empty_content);
    EXPECT_EQ(
        error_of(render_group_create({.subject = std::string(129, 'x')}, sandaga)), errc::too_long
    );
    EXPECT_EQ(
        error_of(render_group_settings(group, "", std::string(2'049, 'x'), sandaga)), errc::too_long
    );
    EXPECT_EQ(error_of(render_group_settings(group, "", "", sandaga)), errc::empty_content);
    EXPECT_EQ(error_of(render_group_list(1, "a b", sandaga)), errc::bad_parameters);
    EXPECT_EQ(error_of(render_group_pin(group, "w", 0, sandaga)), errc::bad_parameters);
    EXPECT_EQ(error_of(render_group_pin(group, "w", 31, sandaga)), errc::bad_parameters);
    EXPECT_EQ(error_of(render_group_unpin(group, "", sandaga)), errc::empty_content);
    EXPECT_EQ(error_of(render_group_remove(group, {}, sandaga)), errc::empty_content);
    const std::vector<std::string> nine(9, "221771234567");
    EXPECT_EQ(error_of(render_group_remove(group, nine, sandaga)), errc::too_long);
    const std::vector<std::string> nobody{"Rosa"};
    EXPECT_EQ(error_of(render_group_remove(group, nobody, sandaga)), errc::bad_recipient);
    EXPECT_EQ(
        error_of(render_join_answer(group, join_answer::approve, {}, sandaga)), errc::empty_content
    );
    const std::vector<std::string> odd{"a b"};
    EXPECT_EQ(
        error_of(render_join_answer(group, join_answer::reject, odd, sandaga)), errc::bad_parameters
    );
}

made said(outbound_content what) {
    return of(render_to_group(
        {.reply_to_id = "wamid.0", .callback_data = "77", .content = std::move(what)}, group, sandaga
    ));
}

TEST(group_messages, a_group_has_no_buttons_so_choices_are_numbered) {
    const auto sent =
        said(say_text{.text = "¿Vienen?", .choices = {{.id = "y", .title = "Sí"}, {"n", "No"}}});
    EXPECT_EQ(sent.url, "https://graph.example/v25.0/106540352242922/messages");
    EXPECT_THAT(sent.body, HasSubstr(R"("recipient_type":"group","to":"Y2FwaV9ncm91cDox=")"));
    EXPECT_THAT(sent.body, HasSubstr(R"("biz_opaque_callback_data":"77")"));
    EXPECT_THAT(sent.body, HasSubstr(R"(1. Sí\n2. No)"));
    EXPECT_THAT(sent.body, Not(HasSubstr("interactive")));
    EXPECT_THAT(sent.body, Not(HasSubstr("context")));
}

TEST(group_messages, links_and_places_go_as_text_and_media_and_templates_as_they_are) {
    const auto link =
        said(say_link{.text = "Mire", .button = "Abrir", .url = "https://example.org/a"}).body;
    EXPECT_THAT(link, HasSubstr("https:"));
    EXPECT_THAT(link, Not(HasSubstr("cta_url")));
    EXPECT_THAT(said(say_location{.latitude = 14.6, .longitude = -90.5}).body, HasSubstr(R"("type":"text")"));
    EXPECT_THAT(said(ask_location{.text = "¿Dónde?"}).body, HasSubstr(R"("type":"text")"));
    EXPECT_THAT(
        said(say_media{.kind = media_kind::image, .media_id = "9"}).body,
        HasSubstr(R"("type":"image")")
    );
    EXPECT_THAT(
        said(say_template{.name = "meeting", .language = "es"}).body,
        HasSubstr(R"("type":"template")")
    );
}

TEST(group_messages, what_a_group_has_not_is_refused) {
    const auto error = [](outbound_content what) {
        return error_of(render_to_group({.content = std::move(what)}, group, sandaga));
    };
    EXPECT_EQ(
        error(say_template{
            .name = "meeting", .language = "es", .buttons = {{.index = 0, .payload = "y"}}}),
        errc::not_possible
    );
    EXPECT_EQ(error(send_reaction{.message_id = "w", .emoji = "👍"}), errc::not_possible);
    EXPECT_EQ(error(mark_read{.message_id = "w"}), errc::not_possible);
    EXPECT_EQ(error(say_text{}), errc::empty_content);
    EXPECT_EQ(error_of(render_to_group({.content = say_text{"x"}}, "", sandaga)), errc::bad_recipient);
}

TEST(group_answers, are_read_whole) {
    EXPECT_EQ(read_group_request_id(R"({"request_id":"r1"})"), "r1");
    EXPECT_EQ(
        read_group_link(R"({"invite_link":"https://chat.whatsapp.com/X"})"),
        "https://chat.whatsapp.com/X"
    );
    const auto page = read_group_page(
        R"({"data":{"groups":[{"id":"g1","subject":"Uno","created_at":"1795413600"},{"id":""},7]},)"
        R"("paging":{"cursors":{"after":"C"},"next":"https://graph.example/next"}})"
    );
    ASSERT_TRUE(page);
    ASSERT_THAT(page->groups, SizeIs(1));
    EXPECT_EQ(page->groups[0].subject, "Uno");
    EXPECT_EQ(page->groups[0].created_at, from_millis(1'795'413'600'000));
    EXPECT_EQ(page->next, "C");
    EXPECT_EQ(read_group_page(R"({"data":{"groups":[]},"paging":{"cursors":{"after":"C"}}})")->next, "");
    const auto facts = read_group_facts(
        R"({"id":"g1","subject":"Uno","suspended":true,"join_approval_mode":"auto_approve",)"
        R"("total_participant_count":2,"participants":[{"wa_id":"221771234567","user_id":"SN.1"},)"
        R"({"user_id":"SN.2","username":"awa"},{}]})"
    );
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->is_suspended);
    EXPECT_EQ(facts->joining, group_joining::by_link);
    EXPECT_EQ(facts->members_count, 2);
    ASSERT_THAT(facts->members, SizeIs(2));
    EXPECT_EQ(facts->members[0].who.front().value, "+221771234567");
    EXPECT_EQ(facts->members[1].username, "awa");
    const auto asking = read_join_requests(
        R"({"data":[{"join_request_id":"jr1","user_id":"SN.1","creation_timestamp":"1795413600"}]})"
    );
    ASSERT_TRUE(asking);
    EXPECT_EQ(asking->at(0).id, "jr1");
    const auto answered = read_join_answers(
        R"({"approved_join_requests":["jr1"],"failed_join_requests":[{"join_request_id":"jr2",)"
        R"("errors":[{"code":131213}]}]})"
    );
    ASSERT_TRUE(answered);
    EXPECT_THAT(answered->done, testing::ElementsAre("jr1"));
    EXPECT_EQ(answered->failed.at(0).error_code, 131213);
}

TEST(group_answers, of_another_kind_are_nothing) {
    for (const auto* body : {"", "[]", "7", "{}", R"({"data":7})", R"({"invite_link":"javascript:x"})"}) {
        EXPECT_FALSE(read_group_request_id(body)) << body;
        EXPECT_FALSE(read_group_link(body)) << body;
        EXPECT_FALSE(read_group_page(body)) << body;
        EXPECT_FALSE(read_group_facts(body)) << body;
        EXPECT_FALSE(read_join_requests(body)) << body;
        EXPECT_FALSE(read_join_answers(body)) << body;
    }
}

TEST(group_answers, are_judged_with_or_without_an_envelope) {
    const auto judged = [](unsigned status, std::string body) {
        return judge_group_call({.status = status, .body = std::move(body)});
    };
    EXPECT_EQ(judged(200, R"({"request_id":"r1"})").reaction, reaction::accepted);
    EXPECT_EQ(judged(200, R"({"success":true})").reaction, reaction::accepted);
    const auto part = judged(206, R"({"approved_join_requests":["jr1"]})");
    EXPECT_EQ(part.reaction, reaction::ask_operator);
    EXPECT_EQ(part.code, 131201);
    EXPECT_EQ(judged(200, R"({"errors":[{"code":131204}]})").code, 131204);
    const auto busy = judged(429, R"({"error":{"code":131208}})");
    EXPECT_EQ(busy.reaction, reaction::slow_channel);
    EXPECT_EQ(judged(502, "<html>").reaction, reaction::retry);
    EXPECT_NE(judged(200, "<html>").reaction, reaction::accepted);
}

group_event event_of(const channel_notice& notice) {
    const auto event = read_group_event(notice);
    EXPECT_TRUE(event) << notice.raw_json;
    return event.value_or(group_event{});
}
group_event event_of(std::string_view name) { return event_of(only<channel_notice>(name)); }

TEST(group_events, a_group_is_made_or_not_and_ends) {
    const auto made = event_of("group_created");
    EXPECT_EQ(made.change, group_change::created);
    EXPECT_EQ(made.group_id, "Y2FwaV9ncm91cDox");
    EXPECT_EQ(made.request_id, "r1");
    EXPECT_EQ(made.subject, "Comité de crédito");
    EXPECT_EQ(made.invite_link, "https://chat.whatsapp.com/LINK1");
    EXPECT_EQ(made.joining, group_joining::on_approval);
    EXPECT_EQ(made.at, from_millis(1'795'413'600'000));
    const auto failed = event_of("group_creation_failed");
    EXPECT_EQ(failed.change, group_change::not_created);
    EXPECT_EQ(failed.error_code, 131215);
    EXPECT_EQ(event_of("group_deleted").change, group_change::deleted);
}

TEST(group_events, people_come_go_and_are_removed) {
    const auto joined = event_of("group_participants");
    EXPECT_EQ(joined.change, group_change::joined);
    ASSERT_THAT(joined.people, SizeIs(1));
    EXPECT_EQ(joined.people[0].who.front().value, "+221771234567");
    const auto left = event_of("group_left");
    EXPECT_EQ(left.change, group_change::left);
    EXPECT_THAT(left.people, SizeIs(1));
    const auto removed = event_of("group_removed_in_part");  // initiated_by stands outside
    EXPECT_EQ(removed.change, group_change::removed);
    EXPECT_EQ(removed.people.at(0).given, "+221771234567");
    EXPECT_EQ(removed.people.at(0).who.front().value, "+221771234567");
    EXPECT_EQ(removed.not_removed.at(0).error_code, 131212);
}

TEST(group_events, join_requests_settings_and_suspension) {
    const auto asked = parse_sample("group_join_request");
    ASSERT_THAT(asked.events, SizeIs(2));
    const auto first = event_of(std::get<channel_notice>(asked.events[0]));
    EXPECT_EQ(first.change, group_change::join_requested);
    EXPECT_EQ(first.join_request_id, "jr1");
    EXPECT_THAT(first.people, SizeIs(1));
    EXPECT_EQ(
        event_of(std::get<channel_notice>(asked.events[1])).change, group_change::join_revoked
    );
    const auto settings = event_of("group_settings").settings;
    ASSERT_THAT(settings, SizeIs(3));
    EXPECT_EQ(settings[0].text, "Comité");
    EXPECT_EQ(settings[0].error_code, 0);
    EXPECT_NE(settings[1].error_code, 0);
    EXPECT_EQ(settings[2].error_code, 131209);
    const auto status = parse_sample("group_suspended");
    EXPECT_EQ(
        event_of(std::get<channel_notice>(status.events.at(0))).change, group_change::suspended
    );
    EXPECT_EQ(
        event_of(std::get<channel_notice>(status.events.at(1))).change,
        group_change::suspension_over
    );
}

TEST(group_events, a_repeated_delivery_has_the_same_key_and_another_event_another) {
    EXPECT_EQ(key_of(event_of("group_left")), key_of(event_of("group_left")));
    EXPECT_NE(key_of(event_of("group_left")), key_of(event_of("group_participants")));
    auto later = event_of("group_left");
    later.at += std::chrono::seconds{1};
    EXPECT_NE(key_of(later), key_of(event_of("group_left")));
}

TEST(group_events, what_makes_no_sense_is_no_event) {
    for (const auto* raw : {"", "[]", "{}", R"({"type":"group_delete"})",
                            R"({"type":"group_dance","group_id":"g"})"}) {
        EXPECT_FALSE(read_group_event({.field = "group_lifecycle_update", .raw_json = raw})) << raw;
    }
    EXPECT_FALSE(read_group_event(
        {.field = "account_alerts", .raw_json = R"({"type":"group_delete","group_id":"g"})"}
    ));
}

TEST(group_messages, what_is_said_in_a_group_says_so) {
    EXPECT_EQ(only<inbound_message>("group_text").group_id, "Y2FwaV9ncm91cDox");
    for (const auto& event : parse_sample("status_group").events) {
        EXPECT_THAT(std::get<status_update>(event).participant, Not(IsEmpty()));
    }
}

}  // namespace
}  // namespace tertulia::adapters::whatsapp_cloud
