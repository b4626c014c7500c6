// A field added to a struct of the vocabulary and forgotten in layout.hpp would be lost by every
// store without a sound. Here it fails: each struct must lay out as many fields as it has.

#include "gateway/store/layout.hpp"

#include <gtest/gtest.h>
#include <boost/pfr.hpp>

namespace tertulia {
namespace {

struct counting {
    std::size_t fields{};
    template <class... Fields>
    void operator()(Fields&...) {
        fields += sizeof...(Fields);
    }
};

template <class T>
struct layout : testing::Test {};

using structs = testing::Types<
    identity,
    address,
    typed_text,
    tapped_choice,
    received_media,
    shared_location,
    shared_contact,
    reaction,
    form_answer,
    form_reply,
    placed_order,
    identity_changed,
    edited_text,
    revoked_message,
    unsupported_content,
    unknown_content,
    referral,
    inbound_message,
    choice,
    say_text,
    say_media,
    say_location,
    ask_location,
    ask_contact,
    say_form,
    say_link,
    template_parameter,
    template_button,
    say_template,
    send_reaction,
    mark_read,
    provider_error,
    money,
    branch,
    officer,
    group,
    client,
    instalment,
    payment,
    loan>;
TYPED_TEST_SUITE(layout, structs);

TYPED_TEST(layout, has_every_field) {
    counting count;
    TypeParam value{};
    serialize(count, value);
    EXPECT_EQ(count.fields, boost::pfr::tuple_size_v<TypeParam>);
}

using engine_structs = testing::Types<
    dialogs::heard,
    dialogs::timer_fired,
    dialogs::delivery_outcome,
    dialogs::agent_acted,
    dialogs::happened,
    dialogs::set_timer,
    dialogs::cancel_timer,
    dialogs::hand_over,
    dialogs::keep_record,
    dialogs::frame,
    dialogs::assurance,
    dialogs::consent,
    dialogs::appointment,
    dialogs::draft,
    dialogs::heard_on,
    dialogs::started,
    dialogs::number_proof,
    dialogs::undelivered,
    dialogs::session,
    gateway::send_mark,
    gateway::event_identity,
    gateway::batch_row,
    gateway::merge_row,
    gateway::kept_timer>;
template <class T>
struct engine_layout : testing::Test {};
TYPED_TEST_SUITE(engine_layout, engine_structs);

TYPED_TEST(engine_layout, has_every_field) {
    counting count;
    TypeParam value{};
    serialize(count, value);
    EXPECT_EQ(count.fields, boost::pfr::tuple_size_v<TypeParam>);
}

using meeting_structs = testing::Types<
    dialogs::meetings::bylaws,
    dialogs::meetings::step,
    dialogs::meetings::dues,
    dialogs::meetings::roster_member,
    dialogs::meetings::officer,
    dialogs::meetings::quiet_hours,
    dialogs::meetings::plan,
    dialogs::meetings::judgement,
    dialogs::meetings::media_ref,
    dialogs::meetings::act,
    dialogs::meetings::actor,
    dialogs::meetings::event,
    dialogs::meetings::line,
    dialogs::meetings::spoken_line,
    dialogs::meetings::held_line,
    dialogs::meetings::fragment,
    dialogs::meetings::member_record,
    dialogs::meetings::guest_record,
    dialogs::meetings::cash_line,
    dialogs::meetings::request,
    dialogs::meetings::cast,
    dialogs::meetings::ballot_box,
    dialogs::meetings::vote_result,
    dialogs::meetings::fine,
    dialogs::meetings::agreement,
    dialogs::meetings::remark,
    dialogs::meetings::signature,
    dialogs::meetings::incident,
    dialogs::meetings::skipped_step,
    dialogs::meetings::meeting,
    dialogs::meetings::recipient,
    dialogs::meetings::digest_line,
    dialogs::meetings::argument,
    dialogs::meetings::offered_choice,
    dialogs::meetings::say,
    dialogs::meetings::case_wanted,
    dialogs::meetings::application_wanted,
    dialogs::meetings::claim_wanted,
    dialogs::room_word,
    dialogs::room_says,
    dialogs::room_seat,
    dialogs::note_meeting,
    dialogs::recipient>;
template <class T>
struct meeting_layout : testing::Test {};
TYPED_TEST_SUITE(meeting_layout, meeting_structs);

TYPED_TEST(meeting_layout, has_every_field) {
    counting count;
    TypeParam value{};
    serialize(count, value);
    EXPECT_EQ(count.fields, boost::pfr::tuple_size_v<TypeParam>);
}

// Those that leave something out do so on purpose; the number says when to look again.
TEST(layout, leaves_out_what_it_must) {
    counting count;
    outbound_message message;  // callback_data stands in outbox_entry's own layout
    serialize(count, message);
    EXPECT_EQ(count.fields + 1, boost::pfr::tuple_size_v<outbound_message>);

    count = {};
    dialogs::send send;  // its message's callback_data beside it
    serialize(count, send);
    EXPECT_EQ(count.fields, boost::pfr::tuple_size_v<dialogs::send> + 1);

    count = {};
    gateway::status_record status;  // the id, and the status without participant and recipient
    serialize(count, status);
    EXPECT_EQ(count.fields, 1 + boost::pfr::tuple_size_v<status_update> - 2);
}

}  // namespace
}  // namespace tertulia
