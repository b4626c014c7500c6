#include "tests/simulation/meetings_checker.hpp"

#include <algorithm>

namespace tertulia::simulation {

using namespace dialogs::meetings;

namespace {

// All the text there is in a message, and all the amounts.
struct content {
    std::string text{};
    std::vector<money> amounts{};
};

content content_of(const say& said) {
    content made;
    for (const auto& one : said.arguments) {
        std::visit(
            [&](const auto& value) {
                using kind = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<kind, std::string>) {
                    made.text += value + "\n";
                } else if constexpr (std::is_same_v<kind, money>) {
                    made.amounts.push_back(value);
                } else if constexpr (std::is_same_v<kind, std::int64_t>) {
                    made.text += std::to_string(value) + "\n";
                } else if constexpr (std::is_same_v<kind, std::vector<std::string>>) {
                    for (const auto& it : value) made.text += it + "\n";
                } else if constexpr (std::is_same_v<kind, std::vector<digest_line>>) {
                    for (const auto& it : value) made.text += it.name + ": " + it.text + "\n";
                }
            },
            one.value
        );
    }
    for (const auto& one : said.choices) made.text += one.id + "\n";
    return made;
}

std::string_view kind_name(const argument_value& of) {
    constexpr std::array<std::string_view, 9> names{
        "text", "number", "money", "time", "date", "key", "texts", "lines", "keys"};
    return names[of.index()];
}

bool is_word(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; }

bool mentions(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !is_word(text[at - 1]) || text[at - 1] == 'Q';
        const auto end = at + word.size();
        if (begins && (end == text.size() || !is_word(text[end]))) return true;
    }
    return false;
}

// As meetings_life says them.
const std::set<std::string, std::less<>> ballot_words{"sí", "no", "me abstengo"};

bool is_officer(const say& said) { return said.to.is == recipient::kind::officer; }

}  // namespace

meetings_checker::meetings_checker(const dialogs::meetings::plan& plan) : plan_{plan} {
    learn_plan(plan);
}

// A draft may be planned anew: then its people are those of the new plan.
void meetings_checker::learn_plan(const dialogs::meetings::plan& plan) {
    start_ = plan.start;
    people_.clear();
    for (const auto& one : plan.members) {
        people_[one.id] = {
            .active = one.active,
            .opted_out = one.opted_out,
            .owes = one.owes.instalment.minor,
            .relatives = one.relatives};
        if (one.owes.instalment.minor > 0) secrets_[one.owes.instalment.minor] = one.id;
        if (one.owes.savings.minor > 0) secrets_[one.owes.savings.minor] = one.id;
    }
    for (const auto& one : {plan.rules.fine_late, plan.rules.fine_absent, plan.rules.fine_other}) {
        if (one) fines_.insert(one->minor);
    }
}

void meetings_checker::breach(const std::string& rule, const std::string& what) {
    if (broken_.empty()) first_ = rule + ": " + what + " at line " + std::to_string(seq_);
    ++broken_[rule];
}

void meetings_checker::watch_beginning(const std::vector<out>& outs) {
    for (const auto& one : outs) {
        if (const auto* timer = std::get_if<set_timer>(&one)) set_[timer->which] = timer->due;
    }
}

int meetings_checker::present() const {
    return static_cast<int>(std::ranges::count_if(people_, [](const auto& one) {
        return one.second.active && one.second.here;
    }));
}

int meetings_checker::quorum() const {
    const auto active = static_cast<int>(std::ranges::count_if(people_, [](const auto& one) {
        return one.second.active;
    }));
    return std::max(1, (2 * active + 2) / 3);
}

void meetings_checker::watch(const line& line, const std::vector<out>& outs) {
    seq_ = line.seq;
    const auto& what = line.what;
    const bool may_follow = now_ == state::adjourned && what.what.what == verb::reschedule &&
                            line.after == state::adjourned;
    const bool looks_back =
        now_ == state::closed && line.after == state::closed && what.what.what == verb::rate;
    if (over_ && !may_follow && !looks_back) breach("over", std::string{name_of(what.what.what)});
    if (line.before != now_) breach("over", "a line that does not follow");
    if (!what.message_id.empty() && !messages_.insert(what.message_id).second) {
        breach("twice", "message " + what.message_id);
    }
    if (what.what.what == verb::timer) watch_timer(line);
    // What she asked for already, and says now what it is for, is no other request.
    asks_anew_ = std::ranges::none_of(outs, [&](const out& one) {
        const auto* said = std::get_if<say>(&one);
        return said != nullptr && said->key == "meeting.request_noted" &&
               std::get<std::int64_t>(said->arguments.at(0).value) <= request_count_;
    });
    learn(line);
    watch_vote(line);
    for (const auto& one : outs) {
        if (const auto* said = std::get_if<say>(&one)) {
            watch_say(line, *said);
        } else if (const auto* timer = std::get_if<set_timer>(&one)) {
            set_[timer->which] = timer->due;
        } else if (const auto* wanted = std::get_if<application_wanted>(&one)) {
            if (!vote_ || vote_->who != wanted->client_id) breach("quorum", "no vote for it");
            if (present() < quorum()) breach("quorum", "an application without quorum");
        }
    }
    // The result itself closes the vote; it is asked for above.
    for (const auto& one : outs) {
        const auto* said = std::get_if<say>(&one);
        if (said != nullptr && said->key == "meeting.vote_result") vote_.reset();
    }
    now_ = line.after;
    if (is_over(now_)) over_ = true;
    if (is_live(now_) && !set_.contains(timer_name::step_ends) &&
        !set_.contains(timer_name::quorum_ends)) {
        breach("timers", "a step without an end");
    }
    if (is_over(now_) || now_ == state::minutes_review) vote_.reset();
}

// ---- the naive account

void meetings_checker::learn(const line& line) {
    const auto& did = line.what.what;
    learn_attendance(line);
    learn_amounts(line.what);
    learn_words(line);
    if (line.before == state::lobby && line.after == state::roll_call) opened_ = line.what.at;
    switch (did.what) {
        case verb::edit:
            learn_plan(*did.planned);
            break;
        case verb::reschedule:
            if (line.before == state::scheduled) start_ = did.when;
            break;
        case verb::see_payment:
            if (!transactions_.insert(did.transaction).second) breach("twice", did.transaction);
            people_[did.about].paid += did.amount.minor;
            break;
        case verb::confirm_cash:
            if (line.what.by.id == did.about) breach("cash", "her own");
            learn_cash(did.about, did.amount.minor, line.what.by.id);
            break;
        case verb::request_loan:
        case verb::request_internal:
            if (asks_anew_) requests_[++request_count_] = line.what.by.id;
            break;
        case verb::propose_member:
            requests_[++request_count_] = did.about;
            break;
        default:
            break;
    }
}

// Who counts again says something else than before; the same amount of the same woman may come twice,
// and is counted anew then.
void meetings_checker::learn_cash(
    const std::string& about, std::int64_t minor, const std::string& by
) {
    auto& counting = cash_[about];
    counting[by] = minor;
    const auto alike = std::ranges::count_if(counting, [&](const auto& one) {
        return one.second == minor;
    });
    if (alike < std::max(2, plan_.rules.cash_handlers)) return;
    counting.clear();
    counted_[about].insert(minor);
    people_[about].cash += minor;
    cash_counted_ += minor;
}

void meetings_checker::learn_attendance(const line& line) {
    const auto& did = line.what.what;
    const auto& by = line.what.by.id;
    const auto begins = std::max(start_, opened_);
    const auto late_after = plan_.rules.late_after * (plan_.lasts == window::day ? 24 : 1);
    switch (did.what) {
        case verb::check_in: {
            auto& who = people_[by];
            if (!came(who.attends)) {
                const bool opened = line.before != state::lobby;
                who.attends = opened && line.what.at > begins + late_after ? attendance::late
                                                                           : attendance::present;
            }
            who.here = !who.removed;
            break;
        }
        case verb::mark:
            people_[did.about].attends = did.attends;
            people_[did.about].here = came(did.attends);
            break;
        case verb::leave:
            people_[by].here = false;
            break;
        case verb::remove:
            people_[did.about].here = false;
            people_[did.about].removed = true;
            break;
        case verb::bring_roster: {
            std::map<std::string, person> before;
            std::swap(before, people_);
            const bool gathered = line.before >= state::lobby;
            for (const auto& one : did.roster) {
                auto& who = people_[one.id];
                who = before[one.id];
                who.active = one.active;
                who.opted_out = one.opted_out;
                who.owes = one.owes.instalment.minor;
                who.relatives = one.relatives;
                if (gathered && !one.active) who.here = false;
                before.erase(one.id);
            }
            for (auto& [id, who] : before) {
                if (!gathered) continue;
                who.active = who.here = false;
                people_[id] = who;
            }
            break;
        }
        case verb::answer_appeal:
            // Of a removal she may come again: what it was about is the machine's to know.
            if (did.agrees) {
                for (auto& [id, who] : people_) who.removed = false;
            }
            break;
        default:
            break;
    }
}

void meetings_checker::learn_amounts(const event& what) {
    const auto minor = what.what.amount.minor;
    if (minor <= 0 || fines_.contains(minor)) return;
    switch (what.what.what) {
        case verb::report_payment:
        case verb::internal_repay:
            secrets_[minor] = what.by.id;
            break;
        case verb::see_payment:
        case verb::confirm_cash:
        case verb::record_savings:
        case verb::record_internal:
            secrets_[minor] = what.what.about;
            break;
        default:
            break;  // what is asked of the group is the group's to know
    }
}

void meetings_checker::learn_words(const line& line) {
    const auto& did = line.what.what;
    if (did.what == verb::excuse || did.what == verb::justify || did.what == verb::cannot_pay ||
        did.what == verb::object) {
        kept_words_[did.text] = line.what.by.id;
    }
    if (did.what == verb::propose_fine) {
        const auto& rules = plan_.rules;
        for (const auto& one : {rules.fine_late, rules.fine_absent, rules.fine_other}) {
            if (one) fined_[did.about].insert(one->minor);
        }
    }
    if (did.what != verb::said && did.what != verb::present) return;
    // Nobody may pass these on, whoever leads.
    const auto kind = did.judged.kind;
    if (did.judged.what != decision::relay &&
        (kind == incident_kind::privacy || kind == incident_kind::naming_debt)) {
        kept_words_[did.text] = line.what.by.id;
    }
    if (!did.text.empty() && !ballot_words.contains(did.text)) spoken_[did.text] = line.before;
}

// ---- the rules

void meetings_checker::watch_timer(const line& line) {
    const auto& did = line.what.what;
    const auto found = set_.find(did.which);
    if (found == set_.end() || found->second != did.when) {
        breach("timers", std::string{name_of(did.which)} + " that was not set");
    } else if (line.what.at < found->second) {
        breach("timers", std::string{name_of(did.which)} + " before its time");
    }
    set_.erase(did.which);
}

void meetings_checker::watch_vote(const line& line) {
    const auto& did = line.what.what;
    const auto& by = line.what.by;
    if (did.what == verb::open_vote) {
        vote_ = vote{.number = did.number, .who = requests_[did.number], .present = present()};
        const auto asks = people_.find(vote_->who);
        for (const auto& [id, who] : people_) {
            if (!who.here || !who.active || id == vote_->who) continue;
            const bool related =
                line.before != state::admissions &&
                (std::ranges::find(who.relatives, vote_->who) != who.relatives.end() ||
                 (asks != people_.end() &&
                  std::ranges::find(asks->second.relatives, id) != asks->second.relatives.end()));
            if (!related) vote_->eligible.insert(id);
        }
    }
    const bool in_words = did.what == verb::said && did.second.empty() && did.media.id.empty() &&
                          did.judged.what == decision::relay;
    if (in_words && vote_ && vote_->eligible.contains(by.id) && ballot_words.contains(did.text)) {
        breach("ballots", "\"" + did.text + "\" as words for all");
    }
    if (did.what == verb::cast_vote) {
        if (by.as != role::member || !vote_ || !vote_->eligible.contains(by.id)) {
            breach("ballots", by.id + " may not vote");
        }
        if (vote_) vote_->casts[by.id] = did.choice;
    }
}

void meetings_checker::watch_say(const line& line, const say& said) {
    watch_shape(said);
    watch_privacy(said);
    watch_lines(said);
    if (said.to.is == recipient::kind::chat &&
        (!said.choices.empty() || said.room != room_change::none)) {
        breach("chat", said.key + " is for one alone");
    }
    if (said.to.is == recipient::kind::guest && line.before != state::admissions &&
        line.after != state::admissions) {
        breach("guests", said.key + " in " + std::string{name_of(line.after)});
    }
    const auto numbers = [&](std::string_view name) -> std::int64_t {
        const auto found = std::ranges::find(said.arguments, name, &argument::name);
        return found == said.arguments.end() ? -1 : std::get<std::int64_t>(found->value);
    };
    if (said.to.is == recipient::kind::member) {
        auto& who = people_[said.to.id];
        if (said.room == room_change::enters) who.entered = true;
        if (who.opted_out && !who.entered && said.how != urgency::reply &&
            line.what.by.id != said.to.id && !who.here &&
            (said.key == "meeting.invite" || said.key == "meeting.remind" ||
             said.key == "meeting.lobby" || said.key == "meeting.roll_call" ||
             said.key == "meeting.digest" || said.key == "meeting.fine")) {
            breach("opted_out", said.key);
        }
        if (said.room == room_change::leaves) who.entered = false;
    }
    if (said.key == "meeting.vote_result") {
        if (!vote_) {
            breach("ballots", "a result of no vote");
            return;
        }
        std::map<ballot, int> tally;
        for (const auto& [id, choice] : vote_->casts) ++tally[choice];
        const auto yes = numbers("yes");
        const auto all = yes + numbers("no") + numbers("abstain");
        if (yes != tally[ballot::yes] || numbers("no") != tally[ballot::no] ||
            numbers("abstain") != tally[ballot::abstain] || all > vote_->present) {
            breach("ballots", "the tally");
        }
        const auto outcome = std::ranges::find(said.arguments, "outcome", &argument::name);
        const bool is_void = std::get<message_key>(outcome->value).key == "meeting.outcome.void";
        if (is_void != (present() < quorum())) breach("quorum", "a vote of its own rules");
    }
    if (said.key == "meeting.progress" || said.key == "meeting.close" ||
        said.key == "meeting.closing" || said.key == "meeting.close_undated") {
        std::int64_t received = 0;
        for (const auto& [id, who] : people_) {
            if (!who.active || who.owes <= 0) continue;
            if (std::max(who.paid, who.cash) >= who.owes) ++received;
        }
        if (numbers("received") != received) breach("claims", said.key);
    }
    if (said.key == "meeting.payment_seen" && line.what.what.what != verb::see_payment) {
        breach("claims", "a payment nobody saw");
    }
    if (said.key == "meeting.cash_counted") {
        const auto& amount = std::get<money>(said.arguments.at(0).value);
        auto& counted = counted_[said.to.id];
        if (counted.erase(amount.minor) == 0) breach("cash", "told, not counted");
    }
}

void meetings_checker::watch_privacy(const say& said) {
    if (is_officer(said)) return;
    const auto all = content_of(said);
    const auto may = [&](const std::string& owner) {
        if (owner == said.to.id) return true;
        // Shown to the treasurer, who counts it.
        const auto* who = find_member(plan_, said.to.id);
        return said.key == "meeting.internal_announced" && who != nullptr &&
               has(who->roles, role::treasurer);
    };
    for (const auto& one : all.amounts) {
        const auto found = secrets_.find(one.minor);
        if (found != secrets_.end() && !may(found->second)) breach("privacy", said.key);
        if (fines_.contains(one.minor) && !fined_[said.to.id].contains(one.minor)) {
            breach("privacy", "a fine in " + said.key);
        }
    }
    if (all.text.find_first_of("0123456789") == std::string::npos) return;
    if (all.text.find('Q') != std::string::npos) {
        for (const auto& [minor, owner] : secrets_) {
            if (may(owner)) continue;
            if (mentions(all.text, decimal({minor}))) breach("privacy", "words in " + said.key);
        }
    }
    for (const auto& [text, owner] : kept_words_) {
        if (owner == said.to.id || text.empty()) continue;
        if (all.text.find(text) != std::string::npos) breach("privacy", "her words in " + said.key);
    }
}

void meetings_checker::watch_lines(const say& said) {
    std::vector<digest_line> lines;
    for (const auto& one : said.arguments) {
        if (const auto* many = std::get_if<std::vector<digest_line>>(&one.value)) lines = *many;
    }
    const auto number = std::ranges::find(said.arguments, "number", &argument::name);
    if (said.key == "meeting.media") {
        lines.push_back(
            {static_cast<std::uint32_t>(std::get<std::int64_t>(number->value)), {}, {}}
        );
    }
    std::size_t size = 0;
    auto& last = told_to_[said.to.id];
    const auto* who = find_member(plan_, said.to.id);
    for (const auto& one : lines) {
        size += one.name.size() + one.text.size() + 3;
        if (one.number <= last && !is_officer(said)) {
            breach("twice", said.key + " " + std::to_string(one.number));
        }
        last = one.number;
        if (who != nullptr && one.name == who->first_name) breach("twice", "her own words");
        if (said.to.is != recipient::kind::guest) continue;
        for (const auto& [text, during] : spoken_) {
            if (during != state::admissions && one.text.find(text) != std::string::npos) {
                breach("guests", "words of " + std::string{name_of(during)});
            }
        }
    }
    if (size > 4'096) breach("shape", "a digest of " + std::to_string(size));
    if (!lines.empty() && said.to.is == recipient::kind::member) {
        const auto& her = people_[said.to.id];
        if (!her.entered && said.room != room_change::enters) breach("twice", "not in the room");
    }
}

void meetings_checker::watch_shape(const say& said) {
    static const auto shapes = [] {
        std::map<std::string_view, std::string_view> all;
        for (const auto& one : messages_said()) all[one.key] = one.arguments;
        return all;
    }();
    const auto found = shapes.find(said.key);
    std::string written;
    for (const auto& one : said.arguments) {
        if (!written.empty()) written += " ";
        written += one.name + ":" + std::string{kind_name(one.value)};
    }
    if (found == shapes.end() || found->second != written) {
        breach("shape", said.key + " (" + written + ")");
    }
    for (const auto& one : said.choices) {
        const auto back = act_of_choice(one.id);
        if (!back || choice_id(*back) != one.id) breach("shape", "choice " + one.id);
    }
}

void meetings_checker::watch_minutes(const minutes& made) {
    for (const auto& one : made.attended) {
        const auto& who = people_[one.client_id];
        const bool was_late = who.attends == attendance::late;
        if (came(who.attends) != came(one.attends) ||
            was_late != (one.attends == attendance::late)) {
            breach("late", one.client_id);
        }
    }
    std::int64_t paid = 0;
    for (const auto& [id, who] : people_) paid += who.paid;
    if (made.instalments.received.minor != paid) breach("claims", "minutes");
    if (made.cash_counted.minor != cash_counted_) breach("cash", "minutes");
    std::string words;
    for (const auto& one : made.corrections) words += one;
    for (const auto& one : made.agreements) words += one.text;
    for (const auto& [text, owner] : kept_words_) {
        if (!text.empty() && words.find(text) != std::string::npos) breach("privacy", "minutes");
    }
}

}  // namespace tertulia::simulation
