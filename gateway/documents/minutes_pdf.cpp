#include "gateway/documents/minutes_pdf.hpp"

#include "dialogs/wording/locale_words.hpp"

#include <array>
#include <memory>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace meetings = dialogs::meetings;
using dialogs::date_form;

constexpr std::size_t message_id_shown = 12;  // the end of it: providers' begin alike

constexpr std::array<std::string_view, meetings::states> step_words{
    "", "", "", "", "roll_call", "minutes_reading", "collection", "internal_loans", "admissions",
    "loan_requests", "training", "fines", "closing", "", "", "", "", ""};
constexpr std::array<std::string_view, meetings::incident_kinds> incident_words{
    "",        "off_topic", "flood",  "voice_note", "proof_in_group", "sales",   "scam",      "privacy",
    "naming_debt", "insult", "pressure", "sensitive",  "papers",         "emergency", "flagged", "by_hand"};
constexpr std::array<std::string_view, 3> request_words{"admission", "loan", "internal_loan"};

std::string_view office_word(meetings::role which) noexcept {
    switch (which) {
        case meetings::role::president:
            return "president";
        case meetings::role::treasurer:
            return "treasurer";
        case meetings::role::secretary:
            return "secretary";
        case meetings::role::deputy:
            return "deputy";
        case meetings::role::handler:
            return "handler";
        case meetings::role::agent:
        case meetings::role::backup:
        case meetings::role::supervisor:
            return "agent";
        case meetings::role::system:
        case meetings::role::member:
        case meetings::role::guest:
            break;
    }
    return "member";
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& each : names) out += (out.empty() ? "" : ", ") + one_line(each);
    return out;
}

class minutes_writer {
public:
    minutes_writer(const minutes_of& of, const dialogs::catalogue& words)
        : of_{of},
          what_{of.what},
          words_{of, words},
          locale_{dialogs::locale_words::make(of.language, of.house.country, of.house.currency)} {}

    paper write() {
        paper out{
            .title = words_.say("title"),
            .lead = {words_.say("heading")},
            .style = paper_style::dense,
            .running = words_.say("running")};
        add_standing(out);
        add_circumstances(out);
        if (what_.ended_as != meetings::state::cancelled) {
            add_attendance(out);
            add_money(out);
            add_votes(out);
            add_requests(out);
            add_talk(out);
            add_agreements(out);
            add_exceptions(out);
            add_moderation(out);
        }
        add_next(out);
        add_signatures(out);
        return out;
    }

private:
    std::string amount(money of) const {
        std::string out;
        if (locale_) locale_->append_money(out, of);
        return out;
    }
    std::string moment(instant at) const {
        std::string out;
        if (locale_) locale_->append_time(out, of_.calendar.local(at), date_form::long_);
        return out;
    }
    std::string day(instant at) const {
        std::string out;
        if (locale_ && at != instant{}) {
            locale_->append_date(out, of_.calendar.date_of(at), date_form::short_);
        }
        return out;
    }
    std::string say(std::string_view group, std::string_view word) const {
        return words_.say(std::string{group} + "." + std::string{word});
    }

    // What it is not, before anything else.
    void add_standing(paper& out) const {
        switch (what_.ended_as) {
            case meetings::state::closed:
                return;
            case meetings::state::adjourned:
                out.lead.push_back(words_.say("adjourned"));
                return;
            case meetings::state::cancelled:
                out.lead.push_back(words_.say("cancelled"));
                return;
            default:
                out.lead.push_back(words_.say("unfinished"));
        }
    }

    void add_circumstances(paper& out) const {
        paper_table made{.columns = 2};
        auto& to = made.listed;
        to.push_back(words_.say("planned"));
        if (what_.real_start != instant{}) to.push_back(words_.say("real"));
        switch (what_.how) {
            case meetings::mode::relay:
                to.push_back(words_.say("mode.relay"));
                break;
            case meetings::mode::native_small:
                to.push_back(words_.say("mode.native_small"));
                break;
            case meetings::mode::companion:
                to.push_back(words_.say("mode.companion"));
                break;
        }
        if (!what_.moderator.empty()) to.push_back(words_.say("moderator"));
        if (what_.ended_as != meetings::state::cancelled) {
            to.push_back(words_.say(what_.had_quorum ? "quorum.yes" : "quorum.no"));
            to.push_back(words_.say("last"));
        }
        out.tables.push_back(std::move(made));
    }

    void add_attendance(paper& out) const {
        struct group_of {
            std::string_view word{};
            meetings::attendance attends{};
        };
        static constexpr std::array groups{
            group_of{"present", meetings::attendance::present},
            group_of{"late", meetings::attendance::late},
            group_of{"excused", meetings::attendance::excused},
            group_of{"absent", meetings::attendance::absent},
            group_of{"unknown", meetings::attendance::unknown}};
        for (const auto& group : groups) {
            paper_table made{.columns = 3};
            for (const auto& each : what_.attended) {
                if (each.attends == group.attends) made.listed.push_back(one_line(each.name));
            }
            if (made.listed.empty()) continue;
            made.title = say("attendance", group.word) + " (" + std::to_string(made.listed.size()) + ")";
            out.tables.push_back(std::move(made));
        }
    }

    void add_money(paper& out) const {
        paper_table made{.title = words_.say("money")};
        if (words_.tells_sums()) {
            made.header = {
                words_.say("money.kind"),
                words_.say("money.due"),
                words_.say("money.received"),
                words_.say("money.pending")};
            const auto row = [&](std::string_view kind, const meetings::received_total& of) {
                if (of == meetings::received_total{{0, of.due.currency}, {0, of.received.currency}}) {
                    return;
                }
                made.rows.push_back(
                    {say("money", kind), amount(of.due), amount(of.received),
                     std::to_string(of.pending_claims)}
                );
            };
            row("instalments", what_.instalments);
            row("savings", what_.savings);
            row("internal", what_.internal);
            row("fines", what_.fines);
            if (made.rows.empty()) {
                made.header.clear();
                made.lines.push_back(words_.say("money.none"));
            }
        } else {
            made.lines.push_back(words_.say("money.kept"));
            if (words_.pending() > 0) made.lines.push_back(words_.say("money.waiting"));
        }
        made.listed.push_back(words_.say("pot"));
        if (!what_.banker.empty()) made.listed.push_back(words_.say("banker"));
        out.tables.push_back(std::move(made));
    }

    void add_votes(paper& out) const {
        if (what_.votes.empty()) return;
        paper_table made{
            .title = words_.say("votes"),
            .header = {
                words_.say("votes.subject"),
                words_.say("votes.could"),
                words_.say("votes.yes"),
                words_.say("votes.no"),
                words_.say("votes.abstain"),
                words_.say("votes.outcome")}};
        for (const auto& each : what_.votes) {
            const auto name = one_line(each.subject);
            made.rows.push_back(
                {say("request", request_words[static_cast<std::size_t>(each.kind)]) + ": " +
                     (name.empty() ? words_.say("unnamed") : name),
                 std::to_string(each.eligible),
                 std::to_string(each.yes),
                 std::to_string(each.no),
                 std::to_string(each.abstain),
                 outcome(each.came)}
            );
        }
        out.tables.push_back(std::move(made));
    }

    std::string outcome(meetings::vote_outcome which) const {
        switch (which) {
            case meetings::vote_outcome::refused:
                return words_.say("outcome.refused");
            case meetings::vote_outcome::agreed:
                return words_.say("outcome.agreed");
            case meetings::vote_outcome::void_vote:
                return words_.say("outcome.void");
        }
        return {};
    }

    void add_requests(paper& out) {
        if (!what_.admitted.empty()) {
            words_.give("names", joined(what_.admitted));
            out.tables.push_back({.title = words_.say("admitted"), .lines = {words_.say("admitted.names")}});
        }
        add_asked(out, "agreed", what_.agreed);
        add_asked(out, "not_voted", what_.not_voted);
    }

    void add_asked(
        paper& out, std::string_view title, const std::vector<meetings::agreed_request>& all
    ) const {
        if (all.empty()) return;
        paper_table made{
            .title = words_.say(title),
            .header = {
                words_.say("agreed.what"),
                words_.say("agreed.name"),
                words_.say("agreed.amount"),
                words_.say("agreed.purpose")}};
        for (const auto& each : all) {
            const bool named = !each.name.empty();
            made.rows.push_back(
                {say("request", request_words[static_cast<std::size_t>(each.kind)]),
                 named ? one_line(each.name) : words_.say(word_for_unnamed(each)),
                 named && each.amount.minor > 0 ? amount(each.amount) : std::string{},
                 named ? one_line(each.purpose) : std::string{}}
            );
        }
        out.tables.push_back(std::move(made));
    }

    void add_talk(paper& out) const {
        if (what_.topic.empty()) return;
        out.tables.push_back({.title = words_.say("topic"), .lines = {words_.say("topic.told")}});
    }

    void add_agreements(paper& out) const {
        if (what_.agreements.empty()) return;
        paper_table made{
            .title = words_.say("agreements"),
            .header = {
                words_.say("agreements.what"),
                words_.say("agreements.who"),
                words_.say("agreements.by")}};
        for (const auto& each : what_.agreements) {
            made.rows.push_back({one_line(each.text), one_line(each.who), day(each.by)});
        }
        out.tables.push_back(std::move(made));
    }

    void add_exceptions(paper& out) const {
        if (!what_.skipped.empty()) {
            paper_table made{.title = words_.say("skipped")};
            for (const auto& each : what_.skipped) {
                const auto step = step_words[static_cast<std::size_t>(each.at)];
                // What the machine skips by itself bears a name, what a person skips her words.
                const auto why = each.reason == "nothing_to_do" ? words_.say("skipped.nothing_to_do")
                                                                : one_line(each.reason);
                made.lines.push_back(
                    (step.empty() ? std::string{} : say("step", step)) + (why.empty() ? "" : ": " + why)
                );
            }
            out.tables.push_back(std::move(made));
        }
        if (what_.corrections.empty() && what_.objections == 0) return;
        paper_table made{.title = words_.say("corrections")};
        for (const auto& each : what_.corrections) made.lines.push_back(one_line(each));
        if (what_.objections > 0) made.lines.push_back(words_.say("objections"));
        out.tables.push_back(std::move(made));
    }

    void add_moderation(paper& out) const {
        paper_table made{.title = words_.say("moderation"), .columns = 3};
        for (std::size_t i = 1; i < what_.moderation.size(); ++i) {
            if (what_.moderation[i] == 0) continue;
            made.listed.push_back(
                say("incident", incident_words[i]) + ": " + std::to_string(what_.moderation[i])
            );
        }
        if (made.listed.empty()) made.lines.push_back(words_.say("moderation.none"));
        out.tables.push_back(std::move(made));
    }

    void add_next(paper& out) const {
        out.tables.push_back(
            {.title = words_.say("next"),
             .lines = {words_.say(what_.next ? "next.when" : "next.unknown")}}
        );
    }

    void add_signatures(paper& out) const {
        if (what_.ended_as == meetings::state::cancelled) return;
        paper_table made{.title = words_.say("signatures"), .columns = 2};
        for (const auto& each : what_.signatures) {
            const auto from = each.message_id.size() > message_id_shown
                                  ? each.message_id.size() - message_id_shown
                                  : 0;
            auto below = moment(each.at);
            if (!each.message_id.empty()) below += " · …" + one_line(each.message_id.substr(from));
            made.listed.push_back(
                one_line(each.name) + ", " + say("office", office_word(each.as)) + "\n" + below
            );
        }
        if (made.listed.empty()) made.lines.push_back(words_.say("signatures.none"));
        out.tables.push_back(std::move(made));
        if (!what_.chain.empty()) out.closing.push_back(words_.say("hash"));
        out.closing.push_back(words_.say("closing"));
    }

    minutes_of of_;
    const meetings::minutes& what_;
    minutes_words words_;
    std::unique_ptr<const dialogs::locale_words> locale_;
};

}  // namespace

paper minutes_paper(const minutes_of& what, const dialogs::catalogue& words) {
    return minutes_writer{what, words}.write();
}

std::string minutes_pdf(const minutes_of& what, const dialogs::catalogue& words) {
    return pdf_of(minutes_paper(what, words));
}

}  // namespace tertulia::gateway
