// What she prefers, what she agrees to, and the proof of it.

#include "dialogs/engine/choice_id.hpp"
#include "dialogs/engine/talk.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/script/preference_settings.hpp"
#include "dialogs/services/opening_hours.hpp"

#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr int set_digits = 16;

// One line of a record: a value never brings a line break of its own.
std::string line(std::string_view name, std::string_view value) {
    std::string out{name};
    out += '=';
    for (const char each : value) out += each == '\n' || each == '\r' ? ' ' : each;
    return out + '\n';
}

// An hour, or the day until which she wants to be left in peace.
std::string preference_word(const fact_value& said, civil_date today) {
    if (const auto* hour = std::get_if<std::int64_t>(&said)) return hour_word(*hour);
    const auto* until = std::get_if<civil_date>(&said);
    return until == nullptr ? std::string{} : pause_word(*until, today);
}

std::string_view typed_words(const inbound_message& heard) noexcept {
    if (const auto* typed = std::get_if<typed_text>(&heard.content)) return typed->text;
    if (const auto* tap = std::get_if<tapped_choice>(&heard.content)) return tap->title;
    return {};
}

}  // namespace

// ---- preferences

void talk::note_preference(std::string_view name, std::string value, std::string_view source) {
    effects.emplace_back(keep_record{
        "preference",
        std::string{name} + "=" + (value.empty() ? "any" : value) + " " + std::string{source}});
    prefer(next.preferences, name, std::move(value), source, next.now);
}

void talk::apply_preference(const setting_row& row) {
    auto value = row.language == "any" ? std::string{} : row.language;
    if (row.of_answer) {
        read_answers();
        const auto said = answers_.find(row.language);
        value = said == answers_.end() ? std::string{} : preference_word(said->second, view_.today);
    }
    note_preference(preference_of(row.what)->name, std::move(value), asked_her);
}

void talk::prefers_by_staff(std::string_view written) {
    const auto sign = written.find('=');
    if (sign == std::string_view::npos) return;
    const auto name = written.substr(0, sign);
    const auto value = written.substr(sign + 1);
    if (!is_preference(name, value)) return;  // whoever asked for it was told
    auto noted = value == "any" ? std::string{} : std::string{value};
    if (const auto until = parse_iso_date(noted)) noted = pause_word(*until, view_.today);
    note_preference(name, std::move(noted), told_by_staff);
}

void talk::language_seen() {
    prefer(next.preferences, "language", next.language, seen_of_her, next.now);
}

// ---- consent

// The proof goes with it: what she was shown, word for word, and in which version of the scripts;
// what she answered, in which message, on which channel. The time is the record's.
void talk::note_consent(const program_state& asked, bool given) {
    const auto kind = static_cast<std::size_t>(*asked.consents);
    const bool before = agreed(next.agreements)[kind];
    // Of who does not want to be recommended nothing is kept, not even that.
    if (*asked.consents == consent_kind::being_referred && !given && !before) return;
    agree(next.agreements, *asked.consents, given, next.now);
    std::string version;
    append_hex(version, set_, set_digits);
    auto detail = line("kind", tertulia::name_of(*asked.consents));
    detail += line("given", given ? "yes" : "no");
    detail += line("channel", next.reply_to.channel);
    detail += line("message", heard_now == nullptr ? std::string_view{} : heard_now->id);
    detail += line("answer", heard_now == nullptr ? std::string_view{} : typed_words(*heard_now));
    detail += line("language", next.language);
    detail += line("text", script.words->key(asked.question));
    detail += line("version", version);
    const auto& kept = next.frames.back().kept;
    const auto shown = kept.find(consent_shown);
    detail += line("shown", shown == kept.end() ? std::string_view{} : shown->second);
    detail.pop_back();
    effects.emplace_back(keep_record{"consent", std::move(detail)});
    if (*asked.consents == consent_kind::referral_naming) note_referrer_as_is();
}

// ---- her branch

void talk::tell_branch_hours() {
    if (!branch_hours_.empty() || who_ == nullptr || !who_->home_branch) return;
    const auto hours = opening_hours::parse(who_->home_branch->hours);
    branch_hours_ = hours ? hours->text(next.language) : who_->home_branch->hours;
    view_.branch_hours = branch_hours_;
}

}  // namespace tertulia::dialogs
