// A number she says is hers, proved by a code that is sent there. The rules of it: ten minutes, three
// tries, three codes a day.

#include "dialogs/clients/one_time_code.hpp"
#include "dialogs/engine/script_broken.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/message/e164.hpp"
#include "dialogs/understanding/entities.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

// By SMS: where no channel is configured (an operator's test) one is called that.
std::string sms_channel(const institution& of) {
    if (of.channels.empty()) return "sms";
    const auto found = std::ranges::find(of.channels, channel_kind::sms, &known_channel::kind);
    return found == of.channels.end() ? std::string{} : found->name;
}

bool awaits_code(const number_proof& of, std::string_view phone, instant now) {
    return of.phone == phone && of.tries_left > 0 && now < of.until;
}

// A number of the institution's own country. Codes to numbers anywhere would be paid for by us and
// earned by whoever owns them.
bool is_at_home(std::string_view number, const reading_rules& rules) {
    for (std::size_t code = 1; code <= 3; ++code) {
        const auto read = entities_of(number.substr(1 + code), rules);
        const bool same = std::ranges::any_of(read, [&](const entity& one) {
            return one.kind == entity_kind::phone && one.value == number;
        });
        if (same) return true;
    }
    return false;
}

// "+502•••••101": enough to recognise it by.
std::string masked(std::string_view phone) {
    if (phone.size() < 8) return "•••";
    return std::string{phone.substr(0, 4)} + "•••" + std::string{phone.substr(phone.size() - 3)};
}

}  // namespace

// The word of an outcome that comes without asking; empty: a code is on its way, ask for it.
std::string_view talk::begin_proof(const program_state& state) {
    read_answers();
    std::string number;
    if (const auto said = answers_.find(state.proves); said != answers_.end()) {
        if (const auto* text = std::get_if<std::string>(&said->second)) number = *text;
    }
    const auto channel = sms_channel(script.house);
    const auto rules = script.rules_of_reading(next.language, next.now);
    if (channel.empty() || !is_e164(number) || !is_at_home(number, rules)) return "no_sms";
    read_ |= read_phones;
    if (std::ranges::find(known_.phones, number) != known_.phones.end()) return "right";
    auto& proof = next.proving;
    if (awaits_code(proof, number, next.now)) return {};
    std::erase_if(proof.sent, [&](instant at) { return next.now - at >= std::chrono::hours{24}; });
    if (proof.sent.size() >= codes_a_day) {
        effects.emplace_back(keep_record{"codes_too_often", masked(number)});
        return "too_often";
    }
    proof.phone = number;
    proof.nonce = chance();
    proof.until = next.now + code_life;
    proof.tries_left = code_tries;
    proof.sent.push_back(next.now);
    send_code(*state.code_text, {channel, {identity_kind::phone, number}});
    return {};
}

void talk::send_code(message_id what, address to) {
    const auto mark = code_mark(code_subject(next.proving.phone, next.proving.nonce));
    const auto before = std::exchange(elsewhere_, std::move(to));
    auto with_mark = view();
    with_mark.code_mark = mark;
    send made{};
    made.message.to = addressee();
    made.message.content =
        say_text{.text = script.words->format(what, next.language, around(), with_mark)};
    made.urgency = priority::reply;
    made.keep_for = code_life;
    made.purpose = script.words->key(what);
    elsewhere_ = before;
    effects.emplace_back(std::move(made));
    effects.emplace_back(keep_record{"code_sent", masked(next.proving.phone)});
}

void talk::code_answered(const program_state& asked, secret_answer answer) {
    auto& proof = next.proving;
    const auto done = [&](const char* record, std::string_view word) {
        if (record != nullptr) effects.emplace_back(keep_record{record, masked(proof.phone)});
        proof.phone.clear();
        proof.tries_left = 0;
        outcome_of(asked, word);
    };
    next.misses = 0;
    if (proof.phone.empty() || next.now >= proof.until) return done(nullptr, "expired");
    switch (answer) {
        case secret_answer::right:
            return done("number_linked", "right");
        case secret_answer::taken:
            return done("number_taken", "taken");
        case secret_answer::wrong:
        case secret_answer::none_set:
        case secret_answer::not_a_pin:
            break;
    }
    if (--proof.tries_left == 0) return done("codes_wrong", "expired");
    outcome_of(asked, "wrong");
}

}  // namespace tertulia::dialogs
