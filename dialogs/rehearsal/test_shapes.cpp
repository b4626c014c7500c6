#include "dialogs/rehearsal/test_shapes.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/script/duration.hpp"
#include "dialogs/script/program.hpp"

#include <utility>

namespace tertulia::dialogs {
namespace {

using strings = std::vector<std::string>;
using keys = std::vector<key_shape>;

constexpr const char* language = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";

value_shape language_texts() {
    return either({a_text(), entries_of(a_text(), language)});
}
value_shape texts() {
    return one_or_more(language_texts());
}
value_shape message() {
    return a_text(message_key_pattern());
}
value_shape pick() {
    return a_list(a_text(), 1, 1);
}
value_shape core() {
    return a_word({"up", "stale", "down"});
}

const map_shape& location_shape() {
    static const map_shape shape{
        .name = "location",
        .keys = {
            {"latitude", a_text(), "Degrees north, 14.63.", need::must},
            {"longitude", a_text(), "Degrees east, -90.51.", need::must}}};
    return shape;
}

// One step each; what comes of it may have more beside it.
const map_shape& she_step() {
    static const map_shape shape{
        .name = "she",
        .keys = {
            {"she",
             either({a_text(), pick(), entries_of(a_text(), language), a_map(sent_shape)}),
             "She writes a text, taps a [choice] or sends one {thing: …}.",
             need::must}}};
    return shape;
}
const map_shape& wait_step() {
    static const map_shape shape{
        .name = "wait",
        .keys = {
            {"wait",
             a_text(duration_pattern()),
             "Time passes; what falls due meanwhile happens.",
             need::must}}};
    return shape;
}
const map_shape& agent_step() {
    static const map_shape shape{
        .name = "agent",
        .keys = {{"agent", a_word(agent_words()), "What a person of ours does.", need::must}}};
    return shape;
}
const map_shape& event_step() {
    static const map_shape shape{
        .name = "event",
        .keys = {{"event", a_word(event_names()), "It happened at the institution.", need::must}}};
    return shape;
}
const map_shape& nudge_step_shape() {
    static const map_shape shape{
        .name = "nudge",
        .keys = {
            {"nudge",
             a_text(name_pattern()),
             "The plan has the step of a policy fall due that begins this dialog.",
             need::must}}};
    return shape;
}
const map_shape& core_step() {
    static const map_shape shape{
        .name = "core", .keys = {{"core", core(), "So is core banking from here on.", need::must}}};
    return shape;
}
const map_shape& core_has_step() {
    static const map_shape shape{
        .name = "core_has",
        .keys = {
            {"core_has",
             a_map(core_has_shape),
             "Core banking has this of her from here on; the rest stays.",
             need::must}}};
    return shape;
}
const map_shape& application_step() {
    static const map_shape shape{
        .name = "application",
        .keys = {
            {"application",
             a_text("in_review|approved|refused|paid_out"),
             "What core banking makes of the application she sent last.",
             need::must},
            {"until", a_text("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "Of approved: its day there."},
            {"reason", a_text(name_pattern()), "Of refused: a word of products.yaml."}}};
    return shape;
}
const map_shape& payment_step() {
    static const map_shape shape{
        .name = "payment",
        .keys = {
            {"payment",
             a_text("[0-9]+([.][0-9]{1,2})?"),
             "Core banking has a payment of so much on her first loan.",
             need::must},
            {"on", a_text("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "Its day; today without it."},
            {"receipt", a_text(), "The number on its slip."}}};
    return shape;
}
const map_shape& referral_step() {
    static const map_shape shape{
        .name = "referral",
        .keys = {
            {"referral",
             a_text("consented|applied|approved|disbursed|earned|paid|lapsed"),
             "What has become of the one she recommended last; consented is one more.",
             need::must},
            {"amount", a_text("[0-9]+([.][0-9]+)?"), "Earned with it."},
            {"hidden", a_truth(), "That one does not want it seen."}}};
    return shape;
}
const map_shape& ends_step() {
    static const map_shape shape{
        .name = "ends",
        .keys = {{"ends", a_word({"true"}), "Nothing is under way any more.", need::must}}};
    return shape;
}
const map_shape& hands_over_step() {
    static const map_shape shape{
        .name = "hands_over",
        .keys = {{"hands_over", a_map(handed_over_shape), "A person takes over.", need::must}}};
    return shape;
}
const map_shape& waits_at_step() {
    static const map_shape shape{
        .name = "waits_at",
        .keys = {{"waits_at", a_text(), "The question that waits: dialog.state.", need::must}}};
    return shape;
}
const map_shape& keeps_step() {
    static const map_shape shape{
        .name = "keeps",
        .keys = {{"keeps", a_text(), "The kind of a record: opt_out, language…", need::must}}};
    return shape;
}
const map_shape& answers_step() {
    static const map_shape shape{
        .name = "answers",
        .keys = {
            {"answers",
             entries_of(a_text(), name_pattern()),
             "Kept so far: amount:300000 GTQ, or none.",
             need::must}}};
    return shape;
}

const map_shape& channel_step() {
    static const map_shape shape{
        .name = "channel",
        .keys = {{"channel", a_text(), "She goes on there: sms.", need::must}}};
    return shape;
}
const map_shape& officer_step() {
    static const map_shape shape{
        .name = "officer",
        .keys = {
            {"officer",
             either({language_texts(), pick()}),
             "What who works on her case writes or taps, in her own conversation.",
             need::must}}};
    return shape;
}
const map_shape& officer_hears_step() {
    static const map_shape shape{
        .name = "officer_hears",
        .keys = {
            {"officer_hears",
             either({message(), a_list(message())}),
             "What she hears there: a message, several, or `nothing`.",
             need::must},
            {"says", texts(), "Text that is in it."},
            {"says_not", texts(), "Text that is not in it."},
            {"template", a_text("[a-z0-9_]{1,512}"), "The approved template it is sent by."},
            {"offers", a_list(a_text(), 0), "What she may tap, in order."}}};
    return shape;
}
const map_shape& lost_step() {
    static const map_shape shape{
        .name = "lost",
        .keys = {
            {"lost", a_word(loss_words()), "What was said last does not arrive.", need::must}}};
    return shape;
}

strings first_keys(const std::vector<map_shape_of>& steps) {
    strings all;
    for (const auto step : steps) all.push_back(step().keys.front().key);
    return all;
}

const std::vector<map_shape_of> happenings{
    she_step, wait_step, agent_step, event_step, nudge_step_shape, core_step, core_has_step, application_step, referral_step,
    channel_step, lost_step, officer_step, payment_step};
const std::vector<map_shape_of> expectations{
    bot_shape, ends_step, hands_over_step, waits_at_step, keeps_step, answers_step,
    officer_hears_step};

}  // namespace

const std::vector<std::string>& happening_keys() {
    static const strings all = first_keys(happenings);
    return all;
}
const std::vector<std::string>& expecting_keys() {
    static const strings all = first_keys(expectations);
    return all;
}
const std::vector<std::string>& pin_words() {
    static const strings all{"right", "wrong", "none_set", "not_a_pin"};
    return all;
}
const std::vector<std::string>& code_words() {
    static const strings all{"right", "wrong", "taken"};
    return all;
}
const std::vector<std::string>& loss_words() {
    static const strings all{"unreachable", "identity_changed", "no_template", "other"};
    return all;
}
const std::vector<std::string>& agent_words() {
    static const strings all{"release", "take", "open_pin"};
    return all;
}

const map_shape& from_ad_shape() {
    static const map_shape shape{
        .name = "from_ad",
        .keys = {
            {"id", a_text(), "The ad's.", need::must},
            {"text", language_texts(), "What she writes.", need::must}}};
    return shape;
}

const map_shape& sent_shape() {
    static const map_shape shape{
        .name = "sent",
        .keys = {
            {"pin", a_word(pin_words()), "Her PIN, or what is none."},
            {"code", a_word(code_words()), "The code she was sent, or another."},
            {"earlier", pick(), "She taps on the question before the last."},
            {"photo", a_text(), "Its caption."},
            {"document", a_text(), "Its caption."},
            {"voice_note", a_text(), "Its caption."},
            {"sticker", a_text(), "A sticker."},
            {"location", a_map(location_shape), "A place she shares."},
            {"reaction", a_text(), "An emoji on what we said."},
            {"number_changed", a_truth(), "Her number is another one now."},
            {"new_device", a_text(), "What she writes from another telephone."},
            {"from_ad", a_map(from_ad_shape), "She comes from an ad."}}};
    return shape;
}

const map_shape& bot_one_of_shape() {
    static const map_shape shape{
        .name = "one_of",
        .keys = {{"one_of", a_list(message()), "Any of these messages.", need::must}}};
    return shape;
}

const map_shape& bot_shape() {
    static const map_shape shape{
        .name = "bot",
        .keys = {
            {"bot",
             either({message(), a_list(message()), a_map(bot_one_of_shape)}),
             "The message that is said, several, `nothing` or `anything`.",
             need::must},
            {"says", texts(), "Text that is in it."},
            {"says_not", texts(), "Text that is not in it."},
            {"text", language_texts(), "The whole text, word for word."},
            {"offers", a_list(a_text(), 0), "The choices, in order."},
            {"shows", a_list(a_text(), 0), "The files it is shown with, in order."},
            {"template",
             a_text("[a-z0-9_]{1,512}"),
             "The approved template it is sent by, after 24 hours of silence."},
            {"by", a_text(), "The channel it goes by."},
            {"gaps", texts(), "What stands in the gaps of that template, the header's first."}}};
    return shape;
}

const map_shape& handed_over_shape() {
    static const map_shape shape{
        .name = "handed_over",
        .keys = {
            {"to", a_word(queue_words()), "Who takes over."},
            {"because", a_text(), "Why, as the dialog says it."}}};
    return shape;
}

namespace {

value_shape an_amount() {
    return a_text("[0-9]+([.][0-9]+)?");
}

}  // namespace

const map_shape& given_loan_shape() {
    static const map_shape shape{
        .name = "loan",
        .keys = {
            {"product", a_text(), "Its name.", need::must},
            {"instalments", a_whole(0, 1'000), "How many in all.", need::must},
            {"paid", a_whole(0, 1'000), "How many of them she has paid; 0 without it."},
            {"each", an_amount(), "What one instalment is: 465.00.", need::must},
            {"next_due", a_text(), "The day of the next one: 2026-11-28."},
            {"every", a_text(duration_pattern()), "How long between two; 28 days without it."},
            {"payoff", an_amount(), "What closes it that day; nobody says without it."}}};
    return shape;
}

const map_shape& given_savings_shape() {
    static const map_shape shape{
        .name = "savings",
        .keys = {
            {"product", a_text(), "Their name.", need::must},
            {"balance", an_amount(), "What is in them: 350.50.", need::must},
            {"available", an_amount(), "What she may take out; all of it without it."}}};
    return shape;
}

const map_shape& given_point_shape() {
    static const map_shape shape{
        .name = "payment_point",
        .keys = {
            {"name", a_text(), "Its name.", need::must},
            {"kind", a_word({"agency", "bank", "shop"}), "What it is; a shop without it."},
            {"street", a_text(), "Its address."},
            {"hours", a_text(), "When it is open: Lun-Vie 8:00-17:00."},
            {"latitude", a_text(), "Degrees north.", need::must},
            {"longitude", a_text(), "Degrees east.", need::must}}};
    return shape;
}

const map_shape& given_referrer_shape() {
    static const map_shape shape{
        .name = "given_referrer",
        .keys = {
            {"code", a_text("[A-Z0-9]{6,19}"), "As find_referral_code() knows them.", need::must},
            {"name", a_text(), "Hers; without it she does not want it told."},
            {"hers", a_truth(), "It is the code of who writes in this talk."}}};
    return shape;
}

const map_shape& core_has_shape() {
    static const map_shape shape{
        .name = "core_has_of_her",
        .keys = {
            {"first_name", a_text(), "Hers; makes a client of who was none."},
            {"courtesy", a_text(), "doña, don, Mme."},
            {"officer", a_text(), "How she calls her credit agent, or none."},
            {"branch", a_text(), "Its name, or none."},
            {"pin", a_text("[0-9]{6}|none"), "Six digits, or none."},
            {"met_officer", a_truth(), "She knows her credit agent in person."},
            {"loans",
             either({a_word({"none"}), a_list(a_map(given_loan_shape), 0)}),
             "none, or a list: all she has now."},
            {"savings",
             either({a_word({"none"}), a_list(a_map(given_savings_shape), 0)}),
             "none, or a list: all she has now."}}};
    return shape;
}

const map_shape& given_shape() {
    static const map_shape shape{
        .name = "given",
        .keys = {
            {"person",
             a_text(),
             "Someone on file; what stands beside it goes over what is known of her."},
            {"first_name", a_text(), "Hers."},
            {"courtesy", a_text(), "doña, don, Mme."},
            {"officer", a_text(), "How she calls her credit agent, or none."},
            {"branch", a_text(), "Its name, or none."},
            {"pin", a_text("[0-9]{6}|none"), "Six digits, or none."},
            {"met_officer", a_truth(), "She knows her credit agent in person."},
            {"loans",
             either({a_word({"none"}), a_list(a_map(given_loan_shape), 0)}),
             "none, or a list."},
            {"savings",
             either({a_word({"none"}), a_list(a_map(given_savings_shape), 0)}),
             "none, or a list."},
            {"payment_points", a_list(a_map(given_point_shape)), "Where to pay; nowhere without it."},
            {"core", core(), "How core banking is."},
            {"at",
             a_text("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}"),
             "When it is, there: 2026-11-23 10:40, which it is without it."},
            {"channel", a_text(), "Where she writes."},
            {"language", a_word({"unknown"}), "We do not know yet what she speaks."},
            {"first_time", a_truth(), "She has never written before."},
            {"verified", a_truth(), "She has given her PIN a moment ago."},
            {"opted_out", a_truth(), "She has asked us to stop."},
            {"number", a_word({"none"}), "Nothing but her WhatsApp user id is known."},
            {"shared_with", a_text(), "Someone on file who has the same number."},
            {"desk",
             a_word({"hers", "another"}),
             "Who works on cases: her own credit agent if she has one, or somebody else."},
            {"prefers", a_word({"whatsapp", "sms"}), "How she wants to be written to."},
            {"referrers", a_list(a_map(given_referrer_shape)), "Others who have a code."},
            {"works_here", a_truth(), "She is one of the institution's own."}}};
    return shape;
}

const map_shape& dialog_test_shape() {
    static const map_shape shape = [] {
        std::vector<value_shape> steps;
        for (const auto step : happenings) steps.push_back(a_map(step));
        for (const auto step : expectations) steps.push_back(a_map(step));
        return map_shape{
            .name = "test",
            .keys = {
                {"test", a_text(), "What must stay true, in words. Once a file.", need::must},
                {"about", a_text(), "More, for people."},
                {"in", a_list(a_text(language)), "Its languages; all without it."},
                {"archetypes",
                 a_list(a_word({"nascent", "experimenter", "emerger", "enabled"})),
                 "Played once for each; without it, as she is."},
                {"given", a_map(given_shape), "Who she is and what is so."},
                {"talk", a_list(either(std::move(steps))), "The steps, in order.", need::must},
                {"never_says", texts(), "Nothing that is said in this talk holds these."},
                {"golden",
                 a_truth(),
                 "`tertulia test --update` writes the expecting steps anew."}}};
    }();
    return shape;
}

value_shape tests_shape() {
    return either({a_map(dialog_test_shape), a_list(a_map(dialog_test_shape))});
}

}  // namespace tertulia::dialogs
