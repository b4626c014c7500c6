#include "gateway/accounts/account_watch.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <utility>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;
using kind = account_effect::kind;

constexpr auto show_every = 1s;
constexpr auto ask_every = 6h;
constexpr auto ask_after_trouble = 15min;
// Meta takes 200 such calls an hour: a flood of errors or webhooks is one question.
constexpr auto ask_pause = 60s;

const std::string start_prefix{"start/"};
const std::string blocked_prefix{"blocked/"};
const std::string spared_prefix{"spared/"};
// What a spared person is not sent: this and what goes behind it.
constexpr std::string_view from_nudges = R"({"from":"nudge"})";
constexpr std::string_view from_bulk = R"({"from":"bulk"})";
constexpr std::string_view everywhere = "*";  // no channel's name

std::optional<party_id> party_in(std::string_view key, std::string_view prefix) {
    if (!key.starts_with(prefix)) return std::nullopt;
    key.remove_prefix(prefix.size());
    party_id who;
    const auto [stop, error] = std::from_chars(key.data(), key.data() + key.size(), who.value);
    const bool whole = error == std::errc{} && stop == key.data() + key.size();
    return whole ? std::optional{who} : std::nullopt;
}

bool is_bad(std::string_view field) {
    return field == "account.channel_stopped" || field == "account.bulk_stopped" ||
           field == "account.template_stopped" || field == "account.warning" ||
           field == "account.template_differs" || field == "account.unreadable";
}

}  // namespace

account_watch::account_watch(
    planner& plan, metrics& counts, const std::vector<std::string>& channels
)
    : plan_{plan}, counts_{counts} {
    for (const auto& name : channels) accounts_.emplace(name, watched{.is = account{name}, .groups = group_book{name}});
}

void account_watch::restore(const std::vector<channel_fact>& kept, instant now) {
    for (auto& [name, of] : accounts_) {
        perform(name, of.is.restore(kept, now), now);
        of.groups.restore(kept, now);
    }
    for (const auto& fact : kept) {
        if (fact.key.starts_with(start_prefix)) {
            if (fact.at + start_budget::counts_for <= now) {
                facts_.push_back({fact.channel, fact.key, {}, now});  // counts no longer
            } else if (const auto who = party_in(fact.key, start_prefix)) {
                plan_.started(fact.channel, *who, fact.at);
            }
        } else if (fact.key.starts_with(spared_prefix)) {
            if (fact.at <= now) {
                facts_.push_back({fact.channel, fact.key, {}, now});  // it is over
            } else if (const auto who = party_in(fact.key, spared_prefix)) {
                const auto from = fact.value == from_nudges ? priority::nudge : priority::bulk;
                plan_.spare({fact.channel, *who, from, fact.at}, now);
            }
        } else if (fact.channel == everywhere) {
            if (const auto who = party_in(fact.key, blocked_prefix)) blocked_.insert(who->value);
        }
    }
    show(now);
}

void account_watch::block(party_id who, instant now) {
    blocked_.insert(who.value);
    facts_.push_back({std::string{everywhere}, blocked_prefix + std::to_string(who.value), "{}", now});
}

void account_watch::unblock(party_id who, instant now) {
    if (blocked_.erase(who.value) == 0) return;
    facts_.push_back({std::string{everywhere}, blocked_prefix + std::to_string(who.value), {}, now});
}

channel_fact account_watch::fact_of(const conversation_start& start) {
    return {start.channel, start_prefix + std::to_string(start.party.value), "{}", start.at};
}

channel_fact account_watch::fact_of(const spared_recipient& who) {
    const auto from = who.from == priority::nudge ? from_nudges : from_bulk;
    return {who.channel, spared_prefix + std::to_string(who.party.value), std::string{from}, who.until};
}

void account_watch::ask_with(ask how, declared ours) {
    ask_ = std::move(how);
    declared_ = std::move(ours);
}

void account_watch::ask_soon(const std::string& channel, instant now) {
    auto& of = accounts_.find(channel)->second;
    of.ask_at = std::min(of.ask_at, std::max(now, of.asked + ask_pause));
}

void account_watch::on_error(int code, instant now) {
    // The template is missing in that language, or takes other parameters than we know of.
    if (code != 132000 && code != 132001 && code != 132012 && code != 132018) return;
    for (const auto& [name, of] : accounts_) ask_soon(name, now);
}

void account_watch::learn(const account_reading& read, instant now) {
    const auto found = accounts_.find(read.channel);
    if (found == accounts_.end()) return;
    auto& of = found->second;
    if (!read.trouble.empty()) {
        of.ask_at = now + ask_after_trouble;
        if (read.trouble == std::exchange(of.trouble, read.trouble)) return;
        perform(
            found->first,
            {{.field = "account.unreadable",
              .sentence = "How the account stands could not be read (" + read.trouble +
                          "); what is known stays. `tertulia doctor` says more."}},
            now
        );
        return;
    }
    of.trouble.clear();
    perform(
        found->first,
        of.is.learn(read.templates, read.with_templates, read.number, now),
        now
    );
    if (!read.with_templates || !declared_) return;
    perform(found->first, of.is.compared(template_differences(declared_(), read.templates)), now);
}

void account_watch::on_notice(const channel_notice& said, instant now) {
    const auto found = accounts_.find(said.channel);
    if (found == accounts_.end()) return;
    if (const auto event = meta::read_group_event(said)) {
        (void)found->second.groups.learn(*event, now);
        return;
    }
    perform(
        found->first,
        found->second.is.learn(meta::read_account_event(said.field, said.raw_json), now),
        now
    );
    // The webhook does not say everything.
    if (said.field.starts_with("message_template") || said.field == "template_category_update") {
        ask_soon(found->first, now);
    }
}

bool account_watch::resume(std::string_view channel, instant now) {
    for (const auto& one : plan_.states()) {
        if (one.channel != channel) continue;
        plan_.resume(channel, now);
        const auto found = accounts_.find(channel);
        if (found != accounts_.end()) {
            perform(found->first, found->second.is.resume(now), now);
        }
        show(now);
        return true;
    }
    return false;
}

void account_watch::perform(
    const std::string& channel, std::vector<account_effect> effects, instant now
) {
    for (auto& one : effects) {
        switch (one.what) {
            case kind::stop_template:
                plan_.stop_template(channel, one.name, one.until, one.language, one.means);
                break;
            case kind::allow_template: plan_.allow_template(channel, one.name, one.language); break;
            case kind::pause_bulk: plan_.pause_bulk(channel, one.until); break;
            case kind::allow_bulk: plan_.allow_bulk(channel); break;
            case kind::stop_channel: plan_.pause(channel, one.sentence); break;
            case kind::resume_channel: plan_.resume(channel, {}); break;
            case kind::limit_people:
                plan_.limit_people(
                    channel,
                    one.people == meta::unlimited_people ? std::nullopt : std::optional{one.people},
                    now
                );
                counts_.people_limit.Add({{"channel", channel}})
                    .Set(one.people == meta::unlimited_people ? -1 : static_cast<double>(one.people));
                break;
            case kind::tell: break;
        }
        if (one.field.empty()) continue;
        counts_.notices.Add({{"channel", channel}, {"field", one.field}}).Increment();
        spdlog::log(
            is_bad(one.field) ? spdlog::level::warn : spdlog::level::info, "{}: {}", channel,
            one.sentence
        );
        notices_.push_back(
            {.channel = channel, .field = std::move(one.field), .summary = std::move(one.sentence)}
        );
    }
}

void account_watch::collect(instant now, batch& out) {
    for (auto& [name, of] : accounts_) {
        perform(name, of.is.end_restrictions(now), now);
        if (ask_ && of.ask_at <= now) {
            of.ask_at = now + ask_every;
            of.asked = now;
            ask_(name);
        }
        std::ranges::move(of.is.take_facts(), std::back_inserter(out.channel_facts));
        std::ranges::move(of.groups.take_facts(), std::back_inserter(out.channel_facts));
    }
    std::move(facts_.begin(), facts_.end(), std::back_inserter(out.channel_facts));
    facts_.clear();
    std::move(notices_.begin(), notices_.end(), std::back_inserter(out.notices));
    notices_.clear();
    if (now - shown_ >= show_every || now < shown_) show(now);
}

void account_watch::show(instant now) {
    shown_ = now;
    for (const auto& one : plan_.states()) {
        counts_.channel_stopped.Add({{"channel", one.channel}}).Set(one.paused ? 1 : 0);
        counts_.bulk_paused.Add({{"channel", one.channel}}).Set(one.bulk_paused_until > now ? 1 : 0);
        counts_.templates_stopped.Add({{"channel", one.channel}})
            .Set(static_cast<double>(one.templates_stopped));
        counts_.people_started.Add({{"channel", one.channel}})
            .Set(static_cast<double>(one.people_started));
    }
}

const account* account_watch::find(std::string_view channel) const {
    const auto found = accounts_.find(channel);
    return found == accounts_.end() ? nullptr : &found->second.is;
}

group_book* account_watch::groups(std::string_view channel) {
    const auto found = accounts_.find(channel);
    return found == accounts_.end() ? nullptr : &found->second.groups;
}

}  // namespace tertulia::gateway
