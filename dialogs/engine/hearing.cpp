#include "dialogs/engine/hearing.hpp"

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/hearing_answers.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/typed_answer.hpp"
#include "dialogs/understanding/answers.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::dialogs {
namespace {

// A guess at her language must be this sure, and come from this many words, to change what we
// speak.
constexpr double sure_of_language = 0.8;
constexpr std::size_t words_to_switch = 3;
// A guess worth asking about.
constexpr double near_enough = 0.15;
// WhatsApp announced a file and could not have it itself: too large, as a rule.
constexpr int media_not_handed_over = 131052;
// A guess so sure that it is no answer where any words would be one.
constexpr double beyond_doubt = 0.995;

std::string_view base_of(std::string_view tag) noexcept {
    return tag.substr(0, tag.find('-'));
}

class hearing {
public:
    hearing(talk& at, const session& from, const heard& what, std::uint64_t set)
        : at_(at), from_(from), what_(what), set_(set) {}

    bool run() {
        const auto& message = what_.message;
        at_.heard_now = &message;
        if (!message.group_id.empty()) {
            // A native group is never private input: no answer, no change, only the fact, and to a
            // meeting that is held there what was said.
            at_.effects.emplace_back(keep_record{"group_message", message.id});
            at_.heard_in_chat(message, text());
            return false;
        }
        at_.wrote_before = from_.last_inbound_at;
        at_.next.last_inbound_at = std::max(from_.last_inbound_at, message.sent_at);
        if (!message.from.empty()) {
            at_.next.reply_to = {message.channel, message.from.front()};
            note_channel(message.sent_at);
        }
        if (std::holds_alternative<reaction>(message.content) ||
            std::holds_alternative<revoked_message>(message.content)) {
            return false;
        }
        if (at_.verified()) keep_awake(at_.next.proof, at_.next.now);
        if (at_.who() != nullptr && !at_.next.writes_as.empty()) at_.next.writes_as_at = at_.next.now;
        settle_language();
        at_.heard_words = std::string{text()};
        at_.look_for_payments();
        if (std::holds_alternative<identity_changed>(message.content)) {
            number_changed("number_changed");
            return true;
        }
        if (device_changed()) number_changed("identity_key_changed");
        // What goes to a meeting leaves this conversation where it is.
        if (!what_.secret && at_.emergency_in_room(message.content, text())) return false;
        if (!what_.secret && at_.command_in_room(message.content, text())) return false;
        if (!what_.secret && at_.heard_at_desk(message.content, text())) return true;
        const bool free = !what_.secret && !with_person(from_);
        const bool lets_lie = free && at_.leaves_question_for_room(message.content, text());
        if (lets_lie) at_.put_aside();
        if (free && at_.spoken_in_room(message.content, text())) return lets_lie;
        if (with_person(from_)) {
            with_a_person();
        } else if (!from_.frames.empty() && from_.script_set != set_) {
            at_.next.frames.clear();
            at_.next.misses = 0;
            at_.say(at_.script.common.set_gone);
            at_.menu();
        } else if (!from_.welcomed && from_.frames.empty() && at_.script.welcome) {
            first_contact();
        } else {
            take();
        }
        return moved_;
    }

private:
    // ---- her words

    // Text she typed, in whatever it came: a message, an edit, a caption, the title of a foreign
    // button.
    [[nodiscard]] std::string_view text() const {
        const auto& content = what_.message.content;
        if (const auto* typed = std::get_if<typed_text>(&content)) return typed->text;
        if (const auto* edited = std::get_if<edited_text>(&content)) return edited->text;
        if (const auto* media = std::get_if<received_media>(&content)) return media->caption;
        if (const auto* tap = std::get_if<tapped_choice>(&content)) return tap->title;
        return {};
    }

    const understood& guess() {
        if (!guess_) {
            // Of a stranger's "menu", which is a word of every language, ours is the likeliest.
            const auto& spoken = at_.next.language;
            guess_ = at_.script.understand(text(), spoken);
            if (at_.trace != nullptr) at_.trace->meant = *guess_;
        }
        return *guess_;
    }

    const std::string& key() {
        if (!key_) key_ = keyword_key(text());
        return *key_;
    }

    std::optional<dialog_index> by_word() {
        if (text().empty() || key().empty()) return std::nullopt;
        return at_.started(at_.script.by_word, key());
    }

    std::optional<dialog_index> by_intent() {
        if (text().empty() || guess().intent.empty()) return std::nullopt;
        return at_.started(at_.script.by_intent, guess().intent);
    }

    // Where she comes from: an ad, or a code she read somewhere. Only as the beginning of a talk.
    std::optional<dialog_index> by_entry() {
        const bool at_menu =
            at_.next.frames.size() == 1 && at_.script.menu && at_.under_way(*at_.script.menu);
        if (!at_.idle() && !at_menu) return std::nullopt;
        if (const auto& ad = what_.message.came_from) {
            for (const auto& name : {ad->source_id, ad->source_type}) {
                if (const auto found = at_.started(at_.script.by_referral, name)) return found;
            }
        }
        if (at_.script.by_code.empty()) return std::nullopt;
        const auto words = text();
        for (std::size_t from = 0; from < words.size();) {
            auto to = from;
            while (to < words.size() && is_of_entry_code(words[to])) ++to;
            const auto code = entry_code_key(words.substr(from, to - from));
            if (const auto found = at_.started(at_.script.by_code, code)) return found;
            from = to + 1;
        }
        if (at_.script.by_code.contains(any_referral_code) && at_.introduce()) {
            return at_.started(at_.script.by_code, any_referral_code);
        }
        return std::nullopt;
    }

    std::optional<dialog_index> winner() {
        // A PIN is erased before it gets here, and never a word that wins.
        if (what_.secret) return std::nullopt;
        const auto found = by_word();
        return found && at_.script.at(*found).wins ? found : std::nullopt;
    }

    // ---- language

    std::string supported(std::string_view tag) const {
        if (tag.empty()) return {};
        const auto& spoken = at_.script.house.languages;
        for (const auto& one : spoken) {
            if (one == tag) return one;
        }
        for (const auto& one : spoken) {
            if (base_of(one) == base_of(tag)) return one;
        }
        return {};
    }

    void settle_language() {
        auto& language = at_.next.language;
        if (at_.next.language_chosen) return;
        const bool typed =
            std::holds_alternative<typed_text>(what_.message.content) && !what_.secret;
        if (language.empty()) {
            if (const auto* client = at_.who()) language = supported(client->who.language);
            if (language.empty() && typed) language = supported(guess().language);
            if (language.empty()) language = at_.script.house.languages.front();
        }
        if (!typed || at_.script.house.languages.size() < 2) return;
        const auto gaps = static_cast<std::size_t>(std::count(text().begin(), text().end(), ' '));
        if (gaps + 1 < words_to_switch || guess().confidence < sure_of_language) return;
        auto spoken = supported(guess().language);
        if (spoken.empty() || spoken == language) return;
        language = std::move(spoken);
        at_.language_seen();
    }

    // ---- who she is

    // Where she was heard, and what waited to be heard of is no longer waited for: she is there.
    void note_channel(instant sent_at) {
        auto& all = at_.next.channels;
        const auto& where = at_.next.reply_to;
        std::erase_if(at_.next.under_way, [](const started& one) { return !one.carried; });
        const auto found = std::ranges::find_if(all, [&](const heard_on& one) {
            return one.where.channel == where.channel;
        });
        if (found != all.end()) {
            found->where = where;
            found->at = std::max(found->at, sent_at);
            return;
        }
        if (all.size() >= heard_on_max) all.erase(all.begin());
        all.push_back({.where = where, .at = sent_at});
    }

    bool device_changed() {
        const auto& hash = what_.message.identity_key_hash;
        if (hash.empty()) return false;
        const bool changed = !from_.identity_key_hash.empty() && from_.identity_key_hash != hash;
        at_.next.identity_key_hash = hash;
        return changed;
    }

    void number_changed(const char* record) {
        freeze(at_.next.proof, at_.next.now);
        at_.next.confirmations.clear();
        at_.effects.emplace_back(keep_record{record, {}});
        if (const auto* change = std::get_if<identity_changed>(&what_.message.content)) {
            at_.next.frames.clear();
            at_.next.misses = 0;
            if (!change->now.empty()) at_.next.reply_to.to = change->now.front();
        }
        if (!with_person(from_)) at_.say(at_.script.common.number_changed);
    }

    // ---- with a person, first contact, and the rest

    // The bot is silent, except for words that win and for what those then ask.
    void with_a_person() {
        if (what_.secret) {
            // A PIN we had asked for. Nobody else is to see it, and it proves nothing now.
            at_.next.pin_put_aside = false;
            if (const auto line = at_.script.words->find(common_pin_not_now)) at_.say(*line);
            return;
        }
        if (const auto stop = winner()) {
            at_.begin(*stop);
            return;
        }
        const auto* asked = from_.script_set == set_ ? at_.question() : nullptr;
        if (asked != nullptr) {
            if (const auto picked = answer_to(*asked)) {
                at_.answer(*asked, *picked);
                return;
            }
        }
        at_.pass_on(what_.message.content, text());
    }

    void first_contact() {
        if (const auto stop = winner()) {
            at_.begin(*stop);
            return;
        }
        at_.next.welcomed = true;
        at_.plan_surveys_after("first_inquiry");
        auto wanted = by_entry();
        if (!wanted) wanted = by_word();
        if (!wanted) wanted = by_intent();
        if (!wanted || wanted == at_.script.welcome) wanted = at_.script.menu;
        expect(wanted.has_value(), "no dialog plays menu");
        at_.begin_after(*at_.script.welcome, *wanted);
    }

    void take() {
        between_ = at_.asked_between();
        const bool too_late = at_.next.pin_put_aside && at_.question() == nullptr;
        at_.next.pin_put_aside = false;  // whatever she writes now, the next is nothing of the kind
        if (what_.secret && too_late) {
            pin_too_late();
            return;
        }
        if (what_.secret) {
            secret(*what_.secret);
            return;
        }
        if (const auto stop = winner()) {
            at_.begin(*stop);
            return;
        }
        if (const auto* pause = at_.pausing(); pause != nullptr && pause->if_she_writes) {
            at_.next.misses = 0;
            at_.go_on(*pause->if_she_writes);
            return;
        }
        if (const auto* tap = std::get_if<tapped_choice>(&what_.message.content)) {
            if (const auto id = read_choice_id(tap->id)) {
                tapped(*id, tap->title);
                return;
            }
        }
        if (const auto wanted = by_entry()) {
            at_.begin(*wanted);
            return;
        }
        const auto& content = what_.message.content;
        if (const auto* filled = std::get_if<form_reply>(&content)) {
            if (at_.fill(*filled)) return;
            at_.say(at_.script.common.stale_tap);
            at_.put_again();
            return;
        }
        if (hear_sent(at_, content)) return;
        const bool media = std::holds_alternative<received_media>(content);
        if (text().empty() ||
            (!media && text().find_first_not_of(" \n\t") == std::string_view::npos)) {
            no_words();
        } else if (!understood_words()) {
            if (media) {
                no_words();
            } else {
                not_understood();
            }
        }
    }

    bool understood_words() {
        if (const auto wanted = answer_between()) {
            at_.next.misses = 0;
            at_.interrupt(*wanted);
            return true;
        }
        const auto* asked = at_.question();
        if (asked != nullptr) {
            if (hear_correction(at_, text()) || hear_aside(at_, text())) return true;
            if (asked->answers == answer_kind::typed) {
                const bool leaves = takes_any_words(asked->answer->kinds) && means_to_leave();
                if (!leaves && hear_typed(at_, text())) return true;
            } else if (const auto picked = answer_to(*asked)) {
                at_.answer(*asked, *picked);
                return true;
            }
        }
        if (const auto wanted = by_word()) {
            at_.next.misses = 0;
            at_.interrupt(*wanted);
            return true;
        }
        const bool an_answer_too = takes_her_words(asked) && guess().confidence < beyond_doubt;
        if (const auto wanted = by_intent(); wanted && !an_answer_too &&
                                             !would_ask_the_same(*wanted, asked) &&
                                             !is_more_of_it(*wanted, asked)) {
            at_.next.misses = 0;
            at_.interrupt(*wanted);
            return true;
        }
        return false;
    }

    // A question whose rows she need not choose from: what comes of other words reads them.
    bool takes_her_words(const program_state* asked) const {
        if (asked == nullptr || asked->tries > 1 || !asked->unclear_then ||
            asked->unclear_then->on != way::to_state) {
            return false;
        }
        const auto reads = [this](const expression& one) {
            return std::ranges::any_of(one.paths(), [this](std::size_t path) {
                return !at_.script.known->is_answer(path) &&
                       std::string_view{fact_schema()[path].path}.starts_with("words.");
            });
        };
        const auto& then = at_.script.at(asked->unclear_then->state);
        return std::ranges::any_of(
                   then.values, [&](const value_row& one) { return reads(one.made_of); }
               ) ||
               std::ranges::any_of(then.branches, [&](const branch_row& one) {
                   return one.when && reads(*one.when);
               });
    }

    // Where any words would be an answer: one that starts a dialog, or what is beyond doubt a wish
    // people have at any moment.
    bool means_to_leave() {
        if (by_word()) return true;
        const auto wanted = by_intent();
        return wanted && at_.script.at(*wanted).anywhere && guess().confidence >= beyond_doubt;
    }

    // Her own words to the first question of the dialog they would start, or to any where she
    // answers in her own words: an answer we do not understand, rather than a wish to hear the
    // question again.
    bool would_ask_the_same(dialog_index wanted, const program_state* asked) const {
        return asked != nullptr && asked->dialog == wanted &&
               (asked->answers == answer_kind::typed ||
                &at_.script.at(at_.script.at(wanted).begin) == asked);
    }

    void not_understood() {
        const auto* asked = at_.question();
        if (is_for_a_person(asked)) {
            leave_to_person();
        } else if (asked != nullptr && asked->provider_fills) {
            at_.ask_in_words(*asked);  // she writes rather than opens it: so do we
        } else if (asked != nullptr && asked->answers == answer_kind::pin) {
            at_.outcome_of(*asked, "not_a_pin");
        } else if (asked != nullptr && asked->answers == answer_kind::code) {
            at_.unclear();
        } else if (const auto near = near_guesses(asked); !near.empty()) {
            at_.ask_between(near);
        } else {
            at_.unclear();
        }
    }

    // Somebody is waited for, and no question takes her own words or says what becomes of others:
    // these are for that person.
    bool is_for_a_person(const program_state* asked) {
        if (at_.awaited_case() == nullptr) return false;
        if (asked == nullptr) return true;
        const bool own_words = asked->answers == answer_kind::typed ||
                               asked->answers == answer_kind::pin ||
                               asked->answers == answer_kind::code;
        return !own_words && !asked->unclear_then && !asked->provider_fills;
    }

    // What would bring the person she already waits for.
    bool is_more_of_it(dialog_index wanted, const program_state* asked) {
        return is_for_a_person(asked) && at_.has_brought_a_person(wanted);
    }

    void leave_to_person() {
        at_.leave_to_person();
        moved_ = false;  // a question that waits goes on waiting, as long as it would have
    }

    // ---- two things she may mean

    // The first or second of what we asked between a moment ago, by number, title or place.
    std::optional<dialog_index> answer_between() {
        if (between_.empty()) return std::nullopt;
        std::vector<choice_words> words;
        for (const auto& [dialog, title] : between_) words.push_back({.title = title, .words = {}});
        const auto picked = match_choice(text(), words);
        return picked ? std::optional{between_[*picked].first} : std::nullopt;
    }

    // The two dialogs she may mean, or one and the menu. None where a guess would only be in the
    // way: after a miss, or where the next miss brings a person.
    std::vector<dialog_index> near_guesses(const program_state* asked) {
        std::vector<dialog_index> near;
        const bool own_words = asked != nullptr && asked->answers == answer_kind::typed;
        if (own_words || at_.next.misses > 0 || (asked != nullptr && asked->tries < 2) ||
            text().empty() || !guess().intent.empty()) {
            return near;
        }
        for (const auto& one : guess().alternatives) {
            if (one.confidence < near_enough || near.size() == 2) break;
            const auto found = at_.started(at_.script.by_intent, one.intent);
            if (!found || !at_.may_ask_between(*found)) continue;
            if (would_ask_the_same(*found, asked)) continue;
            if (std::ranges::find(near, *found) == near.end()) near.push_back(*found);
        }
        const auto menu = at_.script.menu;
        if (near.size() == 1 && menu && near[0] != *menu && at_.may_ask_between(*menu)) {
            near.push_back(*menu);
        }
        if (near.size() < 2) near.clear();
        return near;
    }

    // Something without words we could read. It is no wrong answer: the question stays.
    void no_words() {
        if (std::holds_alternative<received_media>(what_.message.content) &&
            at_.awaited_case() != nullptr) {
            leave_to_person();
            return;
        }
        const auto& common = at_.script.common;
        auto what = common.unsupported;
        if (const auto* announced = std::get_if<unsupported_content>(&what_.message.content)) {
            // There was a file, and the provider itself could not have it.
            const auto lost = announced->error_code == media_not_handed_over
                                  ? at_.script.words->find(common_media_lost)
                                  : std::nullopt;
            what = lost.value_or(what);
        }
        if (const auto* media = std::get_if<received_media>(&what_.message.content)) {
            if (media->kind == media_kind::voice_note || media->kind == media_kind::audio) {
                what = common.voice_received;
            } else if (media->kind != media_kind::sticker) {
                what = common.picture_received;
            }
        } else if (std::holds_alternative<typed_text>(what_.message.content)) {
            what = common.not_understood;
        }
        at_.say(what);
        at_.put_again();
    }

    // ---- answers

    std::optional<talk::offered> answer_to(const program_state& asked) {
        if (asked.answers == answer_kind::pin || asked.answers == answer_kind::code) {
            return std::nullopt;
        }
        auto offers = at_.offers(asked);
        if (const auto* tap = std::get_if<tapped_choice>(&what_.message.content)) {
            if (const auto id = read_choice_id(tap->id)) return pick_of(offers, *id, asked);
        }
        if (text().empty()) return std::nullopt;
        // An operator's own word is the commonest answer and the cheapest to recognise.
        for (auto& one : offers) {
            if (one.row == nullptr) break;
            const auto& keys = one.row->word_keys;
            if (std::find(keys.begin(), keys.end(), key()) != keys.end()) return std::move(one);
        }
        std::vector<choice_words> words;
        words.reserve(offers.size());
        for (const auto& one : offers) {
            words.push_back({.title = one.shown.title, .words = {}});
            if (one.row != nullptr) words.back().words = one.row->words;
        }
        const auto picked = match_choice(text(), words);
        if (!picked) return std::nullopt;
        return std::move(offers[*picked]);
    }

    std::optional<talk::offered> pick_of(
        std::vector<talk::offered>& offers, const choice_id& id, const program_state& asked
    ) {
        const auto& here = at_.script.at(asked.dialog).name;
        const bool ours = id.set == set_of(set_) && id.dialog == here && id.state == asked.name;
        const auto& moves = at_.script.moves;
        const bool moved = moves && moves->covers_button(id.set) &&
                           moves->state_now(id.dialog, id.state) == here + "." + asked.name;
        if (!ours && !moved) return std::nullopt;
        const auto found =
            std::find_if(offers.begin(), offers.end(), [&](const talk::offered& one) {
                return read_choice_id(one.shown.id)->pick == id.pick;
            });
        if (found == offers.end()) return std::nullopt;
        return std::move(*found);
    }

    void tapped(const choice_id& id, std::string_view title) {
        if (const auto* asked = at_.question()) {
            if (const auto picked = answer_to(*asked)) {
                at_.answer(*asked, *picked);
                return;
            }
        }
        if (const auto wanted = started_by(id, title)) {
            at_.next.misses = 0;
            at_.interrupt(*wanted);
            return;
        }
        if (const auto menu = menu_row(id, title)) {
            at_.next.misses = 0;
            at_.choose_afresh(*menu, id.pick);
            return;
        }
        at_.say(at_.script.common.stale_tap);
        at_.put_again();
    }

    // A button we asked between with: as good later, while it still names the same dialog.
    std::optional<dialog_index> started_by(const choice_id& id, std::string_view title) {
        if (id.state != any_state) return std::nullopt;
        const auto wanted = at_.script.find_dialog(id.dialog);
        if (!wanted || !at_.may_ask_between(*wanted)) return std::nullopt;
        const bool same = id.set == set_of(set_) || at_.name_of(*wanted) == title;
        return same ? wanted : std::nullopt;
    }

    // A menu never grows stale, as long as the row still says what she read on it.
    std::optional<state_index> menu_row(const choice_id& id, std::string_view title) {
        const auto& script = at_.script;
        if (!script.menu || script.find_dialog(id.dialog) != script.menu) return std::nullopt;
        const auto state = script.find_state(id.dialog, id.state);
        if (!state) return std::nullopt;
        const auto& asked = script.at(*state);
        if (asked.does != verb::ask || asked.answers != answer_kind::choices) return std::nullopt;
        for (const auto& one : at_.offers(asked)) {
            if (one.row->pick != id.pick) continue;
            const bool same = id.set == set_of(set_) || one.shown.title == title;
            return same ? state : std::nullopt;
        }
        return std::nullopt;
    }

    // ---- the PIN

    // Six digits after the question for her PIN had lapsed. They are erased by now, prove nothing,
    // and nobody is told whether they were right: she is asked to delete them, and again.
    void pin_too_late() {
        at_.next.misses = 0;
        const auto line = at_.script.words->find(common_pin_late);
        if (line) at_.say(*line);
        if (line && at_.script.verify && at_.script.menu) {
            at_.begin_after(*at_.script.verify, *at_.script.menu);
        }
    }

    void secret(secret_answer answer) {
        const auto* asked = at_.question();
        if (asked != nullptr && asked->answers == answer_kind::code) {
            at_.code_answered(*asked, answer);
            return;
        }
        if (asked == nullptr || asked->answers != answer_kind::pin) {
            // The talk moved on while the PIN was compared: it proves nothing any more.
            no_words();
            return;
        }
        at_.next.misses = 0;
        const auto* client = at_.who();
        const bool has_pin = client != nullptr && client->has_pin;
        auto& proof = at_.next.proof;
        const auto gate = gate_of(proof, has_pin, at_.next.now);
        if (answer == secret_answer::not_a_pin) {
            at_.outcome_of(*asked, "not_a_pin");
        } else if (answer == secret_answer::none_set || gate == pin_gate::none_set) {
            at_.outcome_of(*asked, "none_set");
        } else if (gate == pin_gate::branch_only) {
            at_.outcome_of(*asked, "branch_only");
        } else if (gate == pin_gate::locked) {
            at_.outcome_of(*asked, "locked");
        } else if (answer == secret_answer::right) {
            (void)pin_was_right(proof, client->who.id, at_.next.now);
            at_.outcome_of(*asked, "right");
        } else {
            const auto verdict = pin_was_wrong(proof, at_.next.now);
            if (verdict == pin_verdict::wrong) {
                at_.outcome_of(*asked, "wrong");
                return;
            }
            const bool locked = verdict == pin_verdict::locked;
            at_.effects.emplace_back(keep_record{locked ? "pin_locked" : "pin_branch_only", {}});
            at_.outcome_of(*asked, locked ? "locked" : "branch_only");
        }
    }

    talk& at_;
    const session& from_;
    const heard& what_;
    std::uint64_t set_;
    bool moved_{true};
    std::optional<understood> guess_{};
    std::optional<std::string> key_{};
    std::vector<std::pair<dialog_index, std::string>> between_{};  // what we asked between just now
};

}  // namespace

bool hear(talk& at, const session& from, const heard& what, std::uint64_t set) {
    return hearing(at, from, what, set).run();
}

}  // namespace tertulia::dialogs
