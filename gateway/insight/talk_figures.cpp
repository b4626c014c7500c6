#include "gateway/insight/talk_figures.hpp"

#include "dialogs/engine/step.hpp"
#include "dialogs/facts/iso_date.hpp"
#include "dialogs/services/applications.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <variant>

namespace tertulia::gateway {
namespace {

constexpr auto talk_gap = std::chrono::minutes{30};
constexpr auto first_days = std::chrono::days{90};
constexpr auto soon_decided = std::chrono::hours{24};
constexpr std::string_view again = "_again";
constexpr std::string_view core_news = "loan_status_changed";
constexpr std::int64_t told_from = 5;  // what is said of fewer is said of persons

bool is_decided(std::string_view state) noexcept {
    return state == "approved" || state == "refused" || state == "paid_out";
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

// The one at `percent` of the way, of at least one: 50 is the middle.
double at_percent(const std::vector<double>& sorted, std::size_t percent) {
    return sorted[(sorted.size() - 1) * percent / 100];
}

std::string row(
    const std::string& month, std::string_view figure, std::string_view part, std::int64_t count,
    std::int64_t of, const std::string& hours = ","
) {
    auto out = month + ',' + std::string{figure} + ',' + std::string{part} + ',' +
               std::to_string(count) + ',' + std::to_string(of) + ',';
    if (of >= told_from) {
        out += one_decimal(100.0 * static_cast<double>(count) / static_cast<double>(of));
    }
    return out + ',' + hours + "\r\n";
}

}  // namespace

void talk_figures::add(const turn_seen& one) {
    const auto month = iso_date(one.of.calendar->date_of(one.now)).substr(0, 7);
    const auto* happened = std::get_if<dialogs::happened>(&one.what);
    if (happened != nullptr && happened->what == core_news) {
        talks_[one.party].core_news_at = one.now;
    }
    count_application(one, month);
    count_decisions(one);
    count_terms(one, month);
    count_talk(one, month);
}

void talk_figures::count_application(const turn_seen& one, const std::string& month) {
    const std::pair key{one.party, one.before.applications_sent};
    for (const auto index : one.trace.entered) {
        const auto& state = one.of.at(index);
        const auto& dialog = one.of.at(state.dialog);
        if (!dialog.form || std::ranges::find(dialog.form->fields, index) == dialog.form->fields.end()) {
            continue;
        }
        for (const auto field : dialog.form->fields) {
            auto name = dialog.name + '.' + one.of.at(field).name;
            if (std::ranges::find(questions_, name) == questions_.end()) {
                questions_.push_back(std::move(name));
            }
        }
        auto& made = applications_[key];
        if (made.month.empty()) made.month = month;
        made.reached.insert(dialog.name + '.' + state.name);
    }
    if (one.after.applications_sent == one.before.applications_sent ||
        one.after.applications.empty()) {
        return;
    }
    auto& sent = applications_[key];
    if (sent.month.empty()) sent.month = month;
    sent.number = one.after.applications.back().number;
    sent.sent_at = one.now;
}

// Core banking's copy tells of it by an event; what the decision is, a later turn may be the first
// to look at.
void talk_figures::count_decisions(const turn_seen& one) {
    if (one.after.applications.empty()) return;
    const auto* who =
        one.known == nullptr ? nullptr : dialogs::who_writes(one.after, *one.known, one.now);
    for (auto& [key, made] : applications_) {
        if (key.first != one.party || made.number.empty()) continue;
        const auto kept = std::ranges::find(
            one.after.applications, made.number, &dialogs::sent_application::number
        );
        if (kept == one.after.applications.end()) continue;
        const auto* request = who == nullptr ? nullptr : dialogs::request_of(*kept, *who);
        const std::string_view state =
            request == nullptr ? std::string_view{kept->told} : dialogs::state_of(request);
        made.paid_out = made.paid_out || state == "paid_out";
        if (!is_decided(state) || made.decided_at != instant{}) continue;
        const auto news = talks_[one.party].core_news_at;
        made.decided_at = news > made.sent_at ? news : one.now;
    }
}

void talk_figures::count_terms(const turn_seen& one, const std::string& month) {
    for (const auto index : one.trace.entered) {
        const auto& state = one.of.at(index);
        const auto& dialog = one.of.at(state.dialog).name;
        if (one.of.find_state(dialog, state.name + std::string{again})) {
            ++asked_[{month, dialog + '.' + state.name}].times;
        } else if (state.name.ends_with(again)) {
            const auto first = state.name.substr(0, state.name.size() - again.size());
            if (one.of.find_state(dialog, first)) ++asked_[{month, dialog + '.' + first}].again;
        }
    }
}

void talk_figures::count_talk(const turn_seen& one, const std::string& month) {
    auto& talk = talks_[one.party];
    if (std::holds_alternative<dialogs::heard>(one.what)) {
        if (first_heard_at_ == instant{}) first_heard_at_ = one.now;
        wrote_in_[month].insert(one.party);
        if (one.now - first_heard_at_ < first_days) wrote_first_days_.insert(one.party);
        if (talk.heard_at == instant{} || one.now - talk.heard_at >= talk_gap) {
            ++talks_in_[month];
            talk.broken = false;
        }
        talk.heard_at = one.now;
    }
    if (talk.broken || !one.of.fallback || talk.heard_at == instant{}) return;
    const auto begin = one.of.at(*one.of.fallback).begin;
    if (std::ranges::find(one.trace.entered, begin) == one.trace.entered.end()) return;
    talk.broken = true;
    const auto& at = one.before.frames;
    ++broken_in_[{month, at.empty() ? std::string{"none"} : at.back().dialog}];
}

std::string talk_figures::people() const {
    std::string out;
    std::set<std::int64_t> all;
    for (const auto& [month, wrote] : wrote_in_) {
        all.insert(wrote.begin(), wrote.end());
        out += row(
            month, "people", "wrote", static_cast<std::int64_t>(wrote.size()),
            static_cast<std::int64_t>(all.size())
        );
    }
    if (wrote_in_.empty()) return out;
    return out + row(
        wrote_in_.begin()->first, "people", "first 90 days",
        static_cast<std::int64_t>(wrote_first_days_.size()), static_cast<std::int64_t>(all.size())
    );
}

std::string talk_figures::csv() const {
    std::string out{"month,figure,part,count,of,percent,median_hours,p90_hours\r\n"};
    std::map<std::string, std::vector<const begun_application*>> begun;
    for (const auto& [key, one] : applications_) begun[one.month].push_back(&one);
    for (const auto& [month, all] : begun) {
        const auto count = [&, &of = all](auto&& holds) {
            return static_cast<std::int64_t>(
                std::ranges::count_if(of, [&](const auto* one) { return holds(*one); })
            );
        };
        const auto total = static_cast<std::int64_t>(all.size());
        const auto line = [&](std::string_view part, std::int64_t many) {
            out += row(month, "application", part, many, total);
        };
        line("begun", total);
        for (const auto& question : questions_) {
            line(question, count([&](const auto& one) { return one.reached.contains(question); }));
        }
        line("sent", count([](const auto& one) { return !one.number.empty(); }));
        line("decided", count([](const auto& one) { return one.decided_at != instant{}; }));
        line("paid_out", count([](const auto& one) { return one.paid_out; }));

        std::vector<double> hours;
        std::int64_t soon = 0;
        for (const auto* one : all) {
            if (one->decided_at == instant{}) continue;
            const auto took = one->decided_at - one->sent_at;
            soon += took <= soon_decided ? 1 : 0;
            hours.push_back(std::chrono::duration<double, std::ratio<3600>>(took).count());
        }
        std::ranges::sort(hours);
        const auto decided = static_cast<std::int64_t>(hours.size());
        out += row(
            month, "decision_time", "within 24 h", soon, decided,
            decided < told_from
                ? std::string{","}
                : one_decimal(at_percent(hours, 50)) + ',' + one_decimal(at_percent(hours, 90))
        );
    }
    for (const auto& [at, one] : asked_) {
        out += row(at.first, "teach_back", at.second, one.times - one.again, one.times);
    }
    out += people();
    for (const auto& [month, talks] : talks_in_) {
        std::int64_t broken = 0;
        std::string by_dialog;
        for (const auto& [at, count] : broken_in_) {
            if (at.first != month) continue;
            broken += count;
            by_dialog += row(month, "broken_talk", at.second, count, talks);
        }
        out += row(month, "broken_talk", "all", broken, talks) + by_dialog;
    }
    return out;
}

}  // namespace tertulia::gateway
