// Recommending: her own code, whose code it is that she has written, and what she is told of those
// whom she has recommended.

#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/arrears.hpp"
#include "dialogs/services/referral_codes.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t lines_most = 20;  // of a list: as many as anybody reads on a telephone
constexpr std::string_view link_base = "https://wa.me/";

const std::string& number_of(const institution& house, channel_kind kind) {
    static const std::string none;
    const auto found = std::ranges::find_if(house.channels, [kind](const known_channel& one) {
        return one.kind == kind && !one.number.empty();
    });
    return found == house.channels.end() ? none : found->number;
}

// wa.me wants the digits alone.
std::string link_to(const std::string& number, std::string_view code) {
    std::string out{link_base};
    for (const char one : number) {
        if (one >= '0' && one <= '9') out += one;
    }
    return (out += "?text=") += code;
}

}  // namespace

// ---- who recommends

bool talk::is_staff() {
    read_ |= read_desk | read_phones;
    return known_.staff || std::ranges::any_of(known_.phones, [this](const std::string& phone) {
        return std::ranges::find(script.house.staff, phone) != script.house.staff.end();
    });
}

void talk::give_referral_code() {
    if (in_doubt() || is_staff()) return;
    auto& mine = next.referrals;
    read_ |= read_desk;
    if (mine.code.empty()) {
        mine.code = referral_code(std::max<std::int64_t>(known_.conversation, 1), chance());
    }
    note_referrer_as_is();
}

void talk::name_referrer(std::string_view answer) {
    read_answers();
    const auto said = answers_.find(answer);
    const auto* name = said == answers_.end() ? nullptr : std::get_if<std::string>(&said->second);
    if (name == nullptr) return;
    next.referrals.name = *name;
    note_referrer_as_is();
}

// What others are told of her when they write her code: nothing she has not agreed to.
void talk::note_referrer_as_is() {
    const auto& mine = next.referrals;
    if (mine.code.empty() || in_doubt()) return;
    effects.emplace_back(note_referrer{
        .code = mine.code,
        .kind = who() != nullptr ? referrer_kind::client : referrer_kind::other,
        .name = std::string{name_as_referrer()}});
}

std::string_view talk::name_as_referrer() {
    const auto naming = static_cast<std::size_t>(consent_kind::referral_naming);
    if (in_doubt() || !agreed(next.agreements)[naming]) return {};
    return who_ != nullptr ? who_->who.first_name : next.referrals.name;
}

void talk::note_referrals_told() {
    read_referrals();
    read_ |= read_recommended;
    auto& mine = next.referrals;
    mine.told_won = told_referrals_.won;
    mine.told_earned = told_referrals_.earned.minor;
    mine.told_paid = told_referrals_.paid.minor;
}

// ---- who was recommended

bool talk::introduce() {
    if (!known_.introduced) return false;
    read_ |= read_recommended;
    next.referrals.introduced = known_.introduced;
    next.referrals.introduced_at = next.now;
    return true;
}

introduced_person talk::introduced_as() {
    return {
        .conversation = known_.conversation,
        .on_file = !known_.clients.empty(),
        .staff = is_staff()};
}

void talk::settle_referral(referral_word what) {
    read_referrals();  // a code from too long ago counts no more
    auto& hers = next.referrals;
    read_ |= read_desk | read_client;
    switch (what) {
        case referral_word::accepted: {
            const bool counts = introduced_state(hers, introduced_as()) == "new";
            const auto by = std::exchange(hers.introduced, std::nullopt);
            if (!counts) return;
            hers.number = referral_number(known_.conversation);
            hers.by_code = by->code;
            hers.hidden = false;
            effects.emplace_back(keep_record{"referral", hers.number});
            effects.emplace_back(note_referral{
                .number = hers.number,
                .what = "consented",
                .code = by->code,
                .by = by->by,
                .terms = rule_on(script.commissions, script.calendar->date_of(next.now), by->kind)});
            return;
        }
        case referral_word::refused: {
            const bool counts = introduced_state(hers, introduced_as()) == "new";
            const auto by = std::exchange(hers.introduced, std::nullopt);
            // Of her nothing is kept.
            if (counts) effects.emplace_back(note_referral{.what = "refused", .code = by->code});
            return;
        }
        case referral_word::hidden:
        case referral_word::shown:
            if (hers.number.empty()) return;
            hers.hidden = what == referral_word::hidden;
            note_referred(hers.hidden ? "hidden" : "shown");
            return;
    }
}

void talk::note_referred(std::string what) {
    const auto& hers = next.referrals;
    if (hers.number.empty()) return;
    effects.emplace_back(
        note_referral{.number = hers.number, .what = std::move(what), .code = hers.by_code}
    );
}

void talk::referred_has_applied() {
    if (next.referrals.number.empty() || next.referrals.applied) return;
    next.referrals.applied = true;
    note_referred("applied");
}

// ---- as messages and conditions have it

void talk::read_referrals() {
    auto& told = told_referrals_;
    auto& sides = next.referrals;
    view_.referrals = &told;
    if (sides.introduced && next.now - sides.introduced_at > introduction_for) {
        sides.introduced.reset();
    }
    // Only where somebody looks: most conversations have nothing to do with any of this.
    const bool staff = is_staff();
    const bool doubted = in_doubt();
    told.who = staff ? "staff" : doubted ? "doubt" : "open";
    told.name = name_as_referrer();
    told.code = doubted ? std::string_view{} : std::string_view{sides.code};
    told.all = doubted ? 0 : static_cast<std::int64_t>(known_.referrals.size());
    told.won = 0;
    told.earned = told.paid = told.open = {0, script.house.currency};
    for (const auto& one : known_.referrals) {
        if (doubted) break;
        if (told_state(one) == "won") ++told.won;
        const auto of_one = totals_of(one.parts, script.house.currency);
        told.earned = told.earned + of_one.earned;
        told.paid = told.paid + of_one.paid;
        told.open = told.open + of_one.open;
    }
    told.changed = told.won > sides.told_won || told.earned.minor > sides.told_earned ||
                   told.paid.minor > sides.told_paid;
    told.introduced = introduced_state(
        sides,
        {.conversation = known_.conversation, .on_file = !known_.clients.empty(), .staff = staff}
    );
    told.introduced_by = sides.introduced && told.introduced == "new"
                             ? std::string_view{sides.introduced->name}
                             : std::string_view{};
    told.referred = !sides.number.empty();
    told.hidden = sides.hidden;
}

// What is asked for rarely, and takes its time.
void talk::read_referral_path(std::string_view name) {
    if (name == "referrals.list" || name == "referrals.ledger") {
        write_referral_lines(name == "referrals.ledger");
    } else if (name == "referral.link" || name == "referral.number") {
        // By SMS she knows people who write by SMS.
        const auto& whatsapp = number_of(script.house, channel_kind::whatsapp);
        told_referrals_.link = writes_out_choices() || whatsapp.empty() || next.referrals.code.empty() || in_doubt()
                                   ? std::string{}
                                   : link_to(whatsapp, next.referrals.code);
        told_referrals_.number = number_of(script.house, channel_kind::sms);
    } else if (name.starts_with("referral.reward")) {
        read_reward();
    } else if (name == "referral.may_ask") {
        read_ |= read_loans;
        referral_ask how{
            .wants_peace = next.wishes.opted_out || !next.queue.empty() || in_doubt(),
            .asked_at = next.referrals.asked_at,
            .now = next.now};
        const auto today = script.calendar->date_of(next.now);
        how.arrears = who_ != nullptr && is_late(who_->loans, today);
        // Whatever is open, a complaint or a hardship above all, comes before any favour of hers.
        how.trouble = std::ranges::any_of(next.cases, [](const client_case& one) {
            return !one.over();
        });
        told_referrals_.may_ask = !is_staff() && may_ask_for_referral(how);
    }
}

void talk::read_reward() {
    const auto* client = in_doubt() ? nullptr : who();
    const auto terms = rule_on(
        script.commissions,
        script.calendar->date_of(next.now),
        client != nullptr ? referrer_kind::client : referrer_kind::other
    );
    auto& told = told_referrals_;
    told.reward = terms.amount;
    told.reward_first = told.reward_later = {0, terms.amount.currency};
    told.reward_after = 0;
    const auto amounts = step_amounts(terms);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto count = terms.steps[i].instalments;
        auto& side = count == 0 ? told.reward_first : told.reward_later;
        side = side + amounts[i];
        told.reward_after = std::max<std::int64_t>(told.reward_after, count);
    }
}

// Each line is the message referral.line or referral.part, said of one of them: they are counted, for
// nobody is named.
void talk::write_referral_lines(bool ledger) {
    auto& told = told_referrals_;
    auto& into = ledger ? told.ledger : told.list;
    into.clear();
    const auto form = script.words->find(ledger ? "referral.part" : "referral.line");
    if (!form || in_doubt()) return;
    view_.referrals = &told;
    std::vector<std::string> lines;
    const auto say_line = [&] {
        lines.push_back(script.words->format(*form, next.language, around(), view_));
    };
    told.nth = 0;
    for (const auto& one : known_.referrals) {
        ++told.nth;
        if (!ledger) {
            told.state = told_state(one);
            say_line();
            continue;
        }
        for (const auto& part : one.parts) {
            told.amount = part.amount;
            told.on = part.paid_on.value_or(part.earned_on);
            told.state = part.paid_on ? "paid" : "open";
            say_line();
        }
    }
    const auto skipped = lines.size() > lines_most ? lines.size() - lines_most : 0;
    for (auto i = skipped; i < lines.size(); ++i) {
        if (!into.empty()) into += '\n';
        into += lines[i];
    }
}

}  // namespace tertulia::dialogs
