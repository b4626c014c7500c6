#include "gateway/meetings/meeting_json.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;
using nlohmann::json;

json moment(instant at) { return at == instant{} ? json{} : json(to_millis(at)); }

json moment(const std::optional<instant>& at) { return at ? moment(*at) : json{}; }

json sum(const money& of) {
    return {{"minor", of.minor}, {"currency", std::string{of.currency.view()}}};
}

template <class Enum>
std::string word(Enum of) {
    return std::string{name_of(of)};
}

json counts(const std::array<int, rooms::incident_kinds>& by_kind) {
    auto made = json::object();
    for (std::size_t i = 0; i < by_kind.size(); ++i) {
        if (by_kind[i] == 0) continue;
        made[word(static_cast<rooms::incident_kind>(i))] = by_kind[i];
    }
    return made;
}

json total(const rooms::received_total& of) {
    return {
        {"due", sum(of.due)}, {"received", sum(of.received)}, {"pending_claims", of.pending_claims}};
}

json vote(const rooms::vote_result& of) {
    return {
        {"request", of.request}, {"kind", word(of.kind)},     {"subject", of.subject},
        {"present", of.present}, {"eligible", of.eligible},   {"yes", of.yes},
        {"no", of.no},           {"abstain", of.abstain},     {"outcome", word(of.came)}};
}

}  // namespace

json json_of(const kept_meeting& one) {
    return {
        {"meeting", one.room},
        {"group", one.group_id},
        {"number", one.number},
        {"starts_at", moment(one.starts)},
        {"state", word(one.stands)},
        {"changed_at", moment(one.changed_at)}};
}

json json_of(const rooms::room_view& seen) {
    auto members = json::array();
    for (const auto& one : seen.members) {
        members.push_back(
            {{"id", one.id},
             {"name", one.name},
             {"way", one.by == rooms::way::sms ? "sms" : "whatsapp"},
             {"seat", word(one.is)},
             {"attendance", word(one.attends)},
             {"hand_up", one.hand_up},
             {"has_floor", one.has_floor},
             {"muted", one.muted},
             {"silent", one.silent},
             {"has_not_answered", one.has_not_answered}}
        );
    }
    auto held = json::array();
    for (const auto& one : seen.held) {
        held.push_back(
            {{"number", one.number},
             {"why", word(one.why)},
             {"rule", one.rule},
             {"kind", word(one.kind)},
             {"by", one.by.id},
             {"at", moment(one.at)},
             {"text", one.text}}
        );
    }
    auto requests = json::array();
    for (const auto& one : seen.requests) {
        requests.push_back(
            {{"number", one.number},
             {"kind", word(one.kind)},
             {"state", word(one.stands)},
             {"who", one.who},
             {"amount", sum(one.amount)},
             {"purpose", one.purpose}}
        );
    }
    auto incidents = json::array();
    for (const auto& one : seen.incidents) {
        incidents.push_back(
            {{"number", one.number},
             {"at", moment(one.at)},
             {"kind", word(one.kind)},
             {"rule", one.rule},
             {"about", one.about},
             {"by", one.by},
             {"reason", one.reason},
             {"appealed", one.appealed},
             {"taken_back", one.taken_back}}
        );
    }
    auto unsigned_roles = json::array();
    for (const auto one : seen.unsigned_roles) unsigned_roles.push_back(word(one));
    return {
        {"state", word(seen.now)},
        {"next", seen.next ? json(word(*seen.next)) : json{}},
        {"step_ends_at", moment(seen.step_ends)},
        {"moderator", seen.moderator},
        {"members", std::move(members)},
        {"present", seen.present},
        {"quorum", seen.quorum},
        {"payments", {{"received", seen.payments.received}, {"due", seen.payments.due}}},
        {"pending_claims", seen.pending_claims},
        {"waiting_cash", seen.waiting_cash},
        {"queue", seen.queue},
        {"held", std::move(held)},
        {"requests", std::move(requests)},
        {"vote",
         {{"request", seen.vote_of}, {"cast", seen.votes_cast}, {"possible", seen.votes_possible}}},
        {"quiz",
         {{"asked", seen.quiz_asked}, {"answered", seen.quiz_answers}, {"right", seen.quiz_right}}},
        {"incidents", std::move(incidents)},
        {"open_objections", seen.open_objections},
        {"unsigned", std::move(unsigned_roles)}};
}

json json_of(const rooms::minutes& made) {
    auto attended = json::array();
    for (const auto& one : made.attended) {
        attended.push_back(
            {{"client_id", one.client_id}, {"name", one.name}, {"attendance", word(one.attends)}}
        );
    }
    auto votes = json::array();
    for (const auto& one : made.votes) votes.push_back(vote(one));
    const auto requests = [](const std::vector<rooms::agreed_request>& all) {
        auto listed = json::array();
        for (const auto& one : all) {
            listed.push_back(
                {{"kind", word(one.kind)},
                 {"name", one.name},
                 {"amount", sum(one.amount)},
                 {"purpose", one.purpose}}
            );
        }
        return listed;
    };
    auto agreements = json::array();
    for (const auto& one : made.agreements) {
        agreements.push_back({{"text", one.text}, {"who", one.who}, {"by", moment(one.by)}});
    }
    auto skipped = json::array();
    for (const auto& one : made.skipped) {
        skipped.push_back({{"step", word(one.at)}, {"reason", one.reason}});
    }
    auto signatures = json::array();
    for (const auto& one : made.signatures) {
        signatures.push_back(
            {{"as", word(one.as)}, {"name", one.name}, {"at", moment(one.at)}, {"hash", one.chain}}
        );
    }
    return {
        {"group", made.group_id},
        {"group_name", made.group_name},
        {"number", made.number},
        {"mode", word(made.how)},
        {"ended_as", word(made.ended_as)},
        {"why_ended", made.why_ended},
        {"planned", {{"start", moment(made.planned_start)}, {"end", moment(made.planned_end)}}},
        {"real", {{"start", moment(made.real_start)}, {"end", moment(made.real_end)}}},
        {"moderator", made.moderator},
        {"attended", std::move(attended)},
        {"present", made.present},
        {"late", made.late},
        {"absent", made.absent},
        {"excused", made.excused},
        {"quorum", {{"needed", made.quorum}, {"had", made.had_quorum}}},
        {"last_minutes", word(made.last_minutes)},
        {"instalments", total(made.instalments)},
        {"savings", total(made.savings)},
        {"internal", total(made.internal)},
        {"fines", total(made.fines)},
        {"internal_cash",
         {{"before", sum(made.internal_cash_before)}, {"after", sum(made.internal_cash_after)}}},
        {"cash_counted", sum(made.cash_counted)},
        {"votes", std::move(votes)},
        {"admitted", made.admitted},
        {"agreed", requests(made.agreed)},
        {"not_voted", requests(made.not_voted)},
        {"topic", made.topic},
        {"quiz",
         {{"asked", made.quiz_asked}, {"answered", made.quiz_answers}, {"right", made.quiz_right}}},
        {"agreements", std::move(agreements)},
        {"skipped", std::move(skipped)},
        {"corrections", made.corrections},
        {"objections", made.objections},
        {"moderation", counts(made.moderation)},
        {"next", moment(made.next)},
        {"signatures", std::move(signatures)},
        {"hash", made.chain}};
}

json json_of(std::span<const rooms::line> log) {
    auto lines = json::array();
    for (const auto& one : log) {
        const auto& what = one.what;
        const bool secret = what.what.what == rooms::verb::cast_vote;
        json line{
            {"seq", one.seq},
            {"at", moment(what.at)},
            {"as", word(what.by.as)},
            {"by", secret ? std::string{} : what.by.id},
            {"does", word(what.what.what)},
            {"before", word(one.before)},
            {"after", word(one.after)}};
        if (!secret && !what.what.about.empty()) line["about"] = what.what.about;
        if (!what.what.judged.rule.empty()) line["rule"] = what.what.judged.rule;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace tertulia::gateway
