#include "gateway/documents/minutes_text.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;

bool continues(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t characters_in(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char each) { return !continues(each); })
    );
}

// At a word where there is one in the second half, with an ellipsis behind.
std::string cut(std::string_view utf8, std::size_t most) {
    if (characters_in(utf8) <= most) return std::string{utf8};
    std::size_t at = 0;
    for (std::size_t left = most - 1; at < utf8.size(); ++at) {
        if (!continues(utf8[at]) && left-- == 0) break;
    }
    auto kept = utf8.substr(0, at);
    const auto blank = kept.find_last_of(' ');
    if (blank != std::string_view::npos && blank > kept.size() / 2) kept = kept.substr(0, blank);
    return std::string{kept} + "…";
}

// Neither broken off nor called off: something was decided, or could have been.
bool was_held(const meetings::minutes& what) noexcept {
    return what.ended_as != meetings::state::adjourned && what.ended_as != meetings::state::cancelled;
}

std::string names_of(const std::vector<std::string>& all) {
    std::string out;
    for (const auto& each : all) out += (out.empty() ? "" : ", ") + one_line(each);
    return out;
}

void give_agreement(minutes_words& to, const meetings::agreement& what, const minutes_of& of) {
    to.give("agreement", one_line(what.text));
    to.give("agreement_who", what.who.empty() ? fact_value{} : fact_value{one_line(what.who)});
    to.give(
        "agreement_by",
        what.by == instant{} ? fact_value{} : fact_value{of.calendar.date_of(what.by)}
    );
}

// "Préstamo: Dora Lopez · Sí 3 · No 1 · Se abstienen 0 · Aprobado"
std::string vote_line(const minutes_words& to, const meetings::vote_result& what) {
    const auto name = one_line(what.subject);
    const auto counted = [&](std::string_view key, int of) {
        return " · " + to.say(key) + " " + std::to_string(of);
    };
    return to.say("request." + std::string{name_of(what.kind)}) + ": " +
           (name.empty() ? to.say("unnamed") : name) + counted("votes.yes", what.yes) +
           counted("votes.no", what.no) + counted("votes.abstain", what.abstain) + " · " +
           to.say("outcome." + std::string{name_of(what.came)});
}

// "Quedó sin votar: Préstamo · Dora Lopez, Elsa Lopez; Nueva integrante · Julia"
std::string waiting_line(
    const minutes_words& to, const std::vector<meetings::agreed_request>& all
) {
    using enum meetings::request_kind;
    std::string out;
    for (const auto kind : {admission, loan, internal_loan}) {
        std::string names;
        for (const auto& each : all) {
            if (each.kind != kind) continue;
            const auto name = one_line(each.name);
            names += (names.empty() ? "" : ", ") + (name.empty() ? to.say(word_for_unnamed(each)) : name);
        }
        if (names.empty()) continue;
        out += (out.empty() ? to.say("not_voted") + ": " : "; ") +
               to.say("request." + std::string{name_of(kind)}) + " · " + names;
    }
    return out;
}

// "Dora Lopez, Q3,000.00; sin nombre, ella lo pidió"
std::string approved(minutes_words& to, const std::vector<meetings::agreed_request>& all) {
    std::string out;
    for (const auto& each : all) {
        const auto name = one_line(each.name);
        out += (out.empty() ? "" : "; ") + (name.empty() ? to.say("unnamed") : name);
        if (name.empty() || each.amount.minor <= 0) continue;
        to.give("amount", each.amount);
        out += ", " + to.say("text.sum");
    }
    return out;
}

}  // namespace

std::vector<std::string> minutes_summary(const minutes_of& of, const dialogs::catalogue& words) {
    const auto& what = of.what;
    minutes_words to{of, words};
    std::vector<std::string> out;
    const auto line = [&](std::string_view key) {
        if (auto said = one_line(to.say(key)); !said.empty()) {
            out.push_back(cut(said, summary_line_characters_max));
        }
    };
    line("text.title");
    if (what.ended_as == meetings::state::cancelled) {
        line("cancelled");
        if (what.next) line("text.next");
        return out;
    }
    if (what.ended_as == meetings::state::adjourned) line("adjourned");
    line("text.came");
    if (what.instalments.due.minor > 0) line(to.tells_sums() ? "text.money" : "money.kept");
    if (what.internal_cash_before.minor != 0 || what.internal_cash_after.minor != 0) line("text.pot");
    if (!what.admitted.empty()) {
        to.give("names", names_of(what.admitted));
        line("text.admitted");
    }
    // Agreements before votes: those bind somebody; the last line is the next meeting's.
    const std::size_t room = meetings::last_minutes_max - (what.next ? 1 : 0);
    const auto counts = [](const auto& all) { return std::size_t{all.empty() ? 0U : 1U}; };
    const auto asked = counts(what.agreed) + counts(what.not_voted);
    for (const auto& each : what.agreements) {
        if (out.size() + counts(what.votes) + asked >= room) break;
        give_agreement(to, each, of);
        line("text.agreement");
    }
    // Each with its result where there is room, else how many there were.
    const auto add = [&](const std::string& said) {
        out.push_back(cut(one_line(said), summary_line_characters_max));
    };
    if (out.size() + what.votes.size() + asked <= room) {
        for (const auto& each : what.votes) add(vote_line(to, each));
    } else if (!what.votes.empty() && out.size() + asked < room) {
        line("text.votes");
    }
    if (!what.agreed.empty() && out.size() < room) {
        to.give("names", approved(to, what.agreed));
        line("text.agreed");
    }
    if (!what.not_voted.empty() && out.size() < room) add(waiting_line(to, what.not_voted));
    if (!what.topic.empty() && out.size() < room) line("text.topic");
    if (what.next) line("text.next");
    return out;
}

std::string minutes_spoken(const minutes_of& of, const dialogs::catalogue& words) {
    const auto& what = of.what;
    minutes_words to{of, words};
    std::string out;
    std::string end;
    if (what.next) end = one_line(to.say("spoken.next"));
    bool full = false;
    // Whole sentences only; the next meeting keeps its room.
    const auto add = [&](std::string_view sentence) {
        const auto said = one_line(sentence);
        if (said.empty() || full) return;
        const auto length = characters_in(out) + characters_in(said) + characters_in(end) + 2;
        if (length > spoken_characters_max) {
            full = true;
            return;
        }
        out += (out.empty() ? "" : " ") + said;
    };
    add(to.say("spoken.title"));
    if (what.ended_as == meetings::state::cancelled) {
        add(to.say("spoken.cancelled"));
    } else {
        if (what.ended_as == meetings::state::adjourned) add(to.say("spoken.adjourned"));
        add(to.say("spoken.came"));
        if (to.tells_sums() && what.instalments.due.minor > 0) add(to.say("spoken.money"));
        if (what.internal_cash_after.minor > 0) add(to.say("spoken.pot"));
        if (!what.admitted.empty()) {
            to.give("names", names_of(what.admitted));
            add(to.say("spoken.admitted"));
        }
        if (!what.votes.empty() && was_held(what)) add(to.say("spoken.votes"));
        for (const auto& each : what.agreements) {
            give_agreement(to, each, of);
            add(to.say("spoken.agreement"));
        }
    }
    if (!end.empty()) out += " " + end;
    return out;
}

std::string minutes_note(const minutes_of& of, const dialogs::catalogue& words) {
    auto last = of.what.chain.empty() ? std::string{} : minutes_words{of, words}.say("hash");
    std::string out;
    for (const auto& each : minutes_summary(of, words)) out += (out.empty() ? "" : "\n") + each;
    for (auto room = characters_in(out); room > 1 && out.size() + last.size() + 1 > note_bytes_max;
         room -= 8) {
        out = cut(out, room);
    }
    if (!last.empty()) out += "\n" + last;
    return out;
}

}  // namespace tertulia::gateway
