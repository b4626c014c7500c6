#include "gateway/accounts/account.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace tertulia::gateway {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using kind = account_effect::kind;

// Meta pauses for three and then six hours and says when it is over; a day, in case that was lost.
constexpr auto pause_longest = 24h;
constexpr auto for_good = std::chrono::hours{24 * 3650};
// A number's quality is counted over seven days; a day later we look again.
constexpr auto quality_pause = 24h;
constexpr auto template_quality_pause = 6h;

constexpr std::string_view template_prefix = "template/";

account_effect tell(std::string field, std::string sentence) {
    return {.what = kind::tell, .field = std::move(field), .sentence = std::move(sentence)};
}

std::string named(const account::template_key& key) {
    return "Template " + key.first + (key.second.empty() ? "" : " (" + key.second + ")");
}

instant stop_until(const known_template& of) {
    const bool passing = of.status == meta::template_status::paused ||
                         of.status == meta::template_status::limit_exceeded;
    return of.at + (passing ? std::chrono::hours{pause_longest} : for_good);
}

// Paused, disabled or used up is a judgement of what it says: another language does not help. All
// else is as if it were not there, as a send would be answered (132001).
failure means_of(meta::template_status status) {
    using enum meta::template_status;
    const bool judged = status == paused || status == disabled || status == limit_exceeded;
    return judged ? failure::other : failure::no_template;
}

// What the operator can do about it.
std::string_view mend_of(meta::template_status status) {
    using enum meta::template_status;
    switch (status) {
        case rejected:
        case disabled: return "Change its text in WhatsApp Manager and submit it again.";
        case paused: return "People block or report it: rewrite it, or send it to fewer.";
        case flagged: return "Without better feedback it will be paused: rewrite it.";
        case limit_exceeded: return "Its daily number is used up; it goes on tomorrow.";
        case deleted:
        case archived: return "Create it again, or name another in the message.";
        case pending:
        case in_appeal: return "Nothing to do but wait for Meta's review.";
        default: return "";
    }
}

// An institution that has registered nothing yet differs in every template and language: that is one
// thing to do, and one line.
std::string summed_up(const std::vector<const template_difference*>& all) {
    constexpr std::size_t named_most = 3;
    if (all.size() == 1) return all.front()->sentence;
    std::string line =
        std::to_string(all.size()) + " templates of our messages are missing at Meta or differ there: ";
    for (std::size_t i = 0; i < std::min(all.size(), named_most); ++i) {
        line += (i == 0 ? "" : ", ") + all[i]->name + " (" + all[i]->language + ")";
    }
    if (all.size() > named_most) line += " and " + std::to_string(all.size() - named_most) + " more";
    return line + ". `tertulia doctor` and GET /api/v1/channels say each and its mend.";
}

std::string text_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string people_text(std::int64_t people) {
    return people == meta::unlimited_people ? "any number of people" : std::to_string(people) + " people";
}

}  // namespace

void account::keep(std::string key, std::string value, instant at) {
    channel_fact fact{.channel = channel_, .key = key, .value = std::move(value), .at = at};
    changed_.insert_or_assign(std::move(key), std::move(fact));
}

void account::keep_template(const template_key& key) {
    const auto& of = templates_[key];
    const json value{
        {"status", of.word},
        {"category", of.category},
        {"next_category", of.next_category},
        {"quality", of.quality},
        {"reason", of.reason}};
    keep(std::string{template_prefix} + key.first + '/' + key.second,
         value.dump(-1, ' ', false, json::error_handler_t::replace), of.at);
}

std::vector<channel_fact> account::take_facts() {
    std::vector<channel_fact> all;
    for (auto& [key, fact] : changed_) all.push_back(std::move(fact));
    changed_.clear();
    return all;
}

std::vector<account_effect> account::restore(const std::vector<channel_fact>& kept, instant now) {
    effects out;
    for (const auto& fact : kept) {
        if (fact.channel != channel_) continue;
        const auto value = json::parse(fact.value, nullptr, false);
        if (!value.is_object()) continue;
        if (fact.key.starts_with(template_prefix)) {
            const auto rest = fact.key.substr(template_prefix.size());
            const auto slash = rest.rfind('/');
            if (slash == std::string::npos) continue;
            auto& of = templates_[{rest.substr(0, slash), rest.substr(slash + 1)}];
            of = {.status = meta::template_status_of(text_in(value, "status")),
                  .word = text_in(value, "status"),
                  .category = text_in(value, "category"),
                  .next_category = text_in(value, "next_category"),
                  .quality = text_in(value, "quality"),
                  .reason = text_in(value, "reason"),
                  .at = fact.at};
        } else if (fact.key == "limit") {
            limit_ = value.value("people", meta::unlimited_people);
            out.push_back({.what = kind::limit_people, .people = *limit_});
        } else if (fact.key == "quality") {
            quality_ = text_in(value, "now");
        } else if (fact.key == "bulk") {
            bulk_until_ = from_millis(value.value("until", std::int64_t{}));
            if (bulk_until_ > now) out.push_back({.what = kind::pause_bulk, .until = bulk_until_});
        } else if (fact.key == "stopped") {
            stopped_ = text_in(value, "why");
            stopped_until_ = from_millis(value.value("until", std::int64_t{}));
            out.push_back({.what = kind::stop_channel, .sentence = stopped_});
        }
    }
    for (const auto& [key, of] : templates_) {
        if (meta::may_be_sent(of.status) || stop_until(of) <= now) continue;
        out.push_back(
            {.what = kind::stop_template,
             .name = key.first,
             .language = key.second,
             .until = stop_until(of),
             .means = means_of(of.status)}
        );
    }
    return out;
}

std::vector<account_effect> account::learn(
    std::span<const meta::listed_template> templates,
    bool with_templates,
    const meta::number_standing& number,
    instant now
) {
    effects out;
    if (number.limit) set_limit(*number.limit, now, out);
    judge_number(number.quality, now, out);
    if (!with_templates) return out;
    std::set<template_key> there;
    for (const auto& one : templates) {
        const template_key key{one.name, one.language};
        there.insert(key);
        const auto found = templates_.find(key);
        const bool is_new = found == templates_.end();
        auto& of = is_new ? templates_[key] : found->second;
        const bool same_category = of.category == one.category;
        if (!is_new && !same_category && !of.category.empty() && !one.category.empty()) {
            on(meta::template_category_change{
                   .name = one.name, .language = one.language, .category = one.category},
               now, out);
        }
        const bool differs = is_new || !same_category || of.quality != one.quality;
        of.category = one.category;
        of.quality = one.quality;
        if (of.word != one.word) {
            const auto silent = is_new && meta::may_be_sent(one.status);
            effects said;
            set_status(
                key, {.name = one.name, .language = one.language, .status = one.status,
                      .word = one.word, .category = one.category, .reason = one.reason},
                now, said
            );
            if (!silent) out.insert(out.end(), said.begin(), said.end());
        } else if (differs) {
            keep_template(key);
        }
    }
    for (const auto& [key, of] : std::map{templates_}) {
        if (there.contains(key) || of.status == meta::template_status::deleted) continue;
        set_status(
            key, {.name = key.first, .language = key.second,
                  .status = meta::template_status::deleted, .word = "DELETED"},
            now, out
        );
    }
    return out;
}

std::vector<account_effect> account::compared(std::vector<template_difference> differences) {
    std::vector<const template_difference*> news;
    for (const auto& one : differences) {
        const bool is_told = std::ranges::find(differences_, one) != differences_.end();
        if (!is_told) news.push_back(&one);
    }
    effects out;
    if (!news.empty()) out.push_back(tell("account.template_differs", summed_up(news)));
    differences_ = std::move(differences);
    return out;
}

std::vector<account_effect> account::learn(const meta::account_event& news, instant now) {
    effects out;
    std::visit([&](const auto& one) { on(one, now, out); }, news);
    return out;
}

void account::on(const meta::template_status_change& news, instant now, effects& out) {
    set_status({news.name, news.language}, news, now, out);
}

void account::set_status(
    const template_key& key,
    const meta::template_status_change& news,
    instant now,
    effects& out
) {
    const bool known = templates_.contains(key);
    auto& of = templates_[key];
    const bool could = !known || meta::may_be_sent(of.status);
    of.status = news.status;
    of.word = news.word;
    of.reason = news.reason;
    of.at = now;
    if (!news.category.empty()) of.category = news.category;
    keep_template(key);

    account_effect effect{.name = key.first, .language = key.second};
    auto said = named(key) + " is " + news.word;
    if (!news.reason.empty()) said += " (" + news.reason + ")";
    if (meta::may_be_sent(news.status)) {
        effect.what = kind::allow_template;
        effect.field = could ? "account.template" : "account.template_allowed";
        effect.sentence = said + (could ? "." : ": it is sent again.");
    } else {
        effect.what = kind::stop_template;
        effect.until = stop_until(of);
        effect.means = means_of(news.status);
        effect.field = "account.template_stopped";
        effect.sentence = said + ": it is not sent any more.";
    }
    if (const auto mend = mend_of(news.status); !mend.empty()) effect.sentence += ' ' + std::string{mend};
    if (!news.advice.empty()) effect.sentence += " Meta recommends: " + news.advice;
    out.push_back(std::move(effect));
    if (news.status == meta::template_status::flagged) {
        pause_bulk(now + template_quality_pause, now);
        out.push_back({.what = kind::pause_bulk, .until = bulk_until_});
    }
}

void account::on(const meta::template_quality_change& news, instant now, effects& out) {
    const template_key key{news.name, news.language};
    auto& of = templates_[key];
    of.quality = news.now;
    of.at = of.at == instant{} ? now : of.at;  // when its status was said
    keep_template(key);
    auto said = named(key) + ": quality " + (news.before.empty() ? "?" : news.before) + " -> " + news.now;
    if (news.now != "RED") {
        out.push_back(tell("account.template_quality", said + "."));
        return;
    }
    pause_bulk(now + template_quality_pause, now);
    out.push_back(
        {.what = kind::pause_bulk,
         .until = now + template_quality_pause,
         .field = "account.bulk_stopped",
         .sentence = said + ": nudges and bulk wait for 6 hours. Rewrite it before Meta pauses it."}
    );
}

void account::on(const meta::template_category_change& news, instant now, effects& out) {
    const template_key key{news.name, news.language};
    auto& of = templates_[key];
    const auto before = of.category;
    if (!news.category.empty()) of.category = news.category;
    of.next_category = news.next;
    of.at = of.at == instant{} ? now : of.at;
    keep_template(key);
    if (!news.next.empty()) {
        out.push_back(tell(
            "account.template_category",
            named(key) + " becomes " + news.next + " within a day: its price and limits change. "
            "Appeal in WhatsApp Manager if that is wrong."
        ));
    } else {
        out.push_back(tell(
            "account.template_category",
            named(key) + " is " + news.category + " now" +
                (before.empty() || before == news.category ? "" : ", no longer " + before) +
                ": look at its price, and at whom it may be sent to."
        ));
    }
}

void account::judge_number(const std::string& quality, instant now, effects& out) {
    if (quality.empty() || quality == quality_) return;
    const bool bad = quality == "RED";
    const auto was_bad = quality_ == "RED";
    quality_ = quality;
    keep("quality", json{{"now", quality}}.dump(), now);
    if (bad) {
        pause_bulk(now + quality_pause, now);
        out.push_back(
            {.what = kind::pause_bulk,
             .until = bulk_until_,
             .field = "account.bulk_stopped",
             .sentence = "The number's quality is low: nudges and bulk wait for a day, replies go "
                         "on. Send less, and only what people asked for."}
        );
    } else if (was_bad) {
        bulk_until_ = {};
        keep("bulk", {}, now);
        out.push_back(
            {.what = kind::allow_bulk,
             .field = "account.bulk_allowed",
             .sentence = "The number's quality is " + quality + " again: nudges and bulk go on."}
        );
    } else {
        out.push_back(tell("account.quality", "The number's quality is " + quality + "."));
    }
}

void account::set_limit(std::int64_t people, instant now, effects& out) {
    if (limit_ == people) return;
    const auto before = limit_;
    limit_ = people;
    keep("limit", json{{"people", people}}.dump(), now);
    account_effect effect{.what = kind::limit_people, .people = people, .field = "account.limit"};
    effect.sentence = "Within 24 hours we may now write first to " + people_text(people) +
                      (before ? ", before to " + people_text(*before) : std::string{}) + ".";
    out.push_back(std::move(effect));
}

void account::on(const meta::number_quality_change& news, instant now, effects& out) {
    if (news.limit) set_limit(*news.limit, now, out);
    if (news.event == "FLAGGED" || news.event == "DOWNGRADE") {
        judge_number("RED", now, out);
    } else if (news.event == "UNFLAGGED") {
        judge_number("GREEN", now, out);
    } else if (news.event == "THROUGHPUT_UPGRADE") {
        out.push_back(tell("account.news", "The number may send faster now: raise the channel's rate."));
    }
}

void account::on(const meta::limit_change& news, instant now, effects& out) {
    set_limit(news.people, now, out);
}

void account::pause_bulk(instant until, instant now) {
    bulk_until_ = std::max(bulk_until_, until);
    keep("bulk", json{{"until", to_millis(bulk_until_)}}.dump(), now);
}

void account::stop(std::string reason, instant until, instant now, effects& out) {
    stopped_ = std::move(reason);
    stopped_until_ = until;
    keep("stopped", json{{"why", stopped_}, {"until", to_millis(until)}}.dump(), now);
    out.push_back(
        {.what = kind::stop_channel,
         .until = until,
         .field = "account.channel_stopped",
         .sentence = stopped_ + " Nothing is sent; what is waiting stays. Look at Business Support "
                                "Home, and appeal there."}
    );
}

void account::on(const meta::account_change& news, instant now, effects& out) {
    using what = meta::account_change::what;
    const auto detail = news.detail.empty() ? std::string{} : " (" + news.detail + ")";
    switch (news.happened) {
        case what::violation:
            out.push_back(tell(
                "account.warning",
                "Meta warns of a policy violation" + detail +
                    ". Find what caused it before Meta restricts the account."
            ));
            return;
        case what::restriction: {
            const auto until =
                news.until_s > 0 ? from_millis(news.until_s * 1000) : instant{};
            if (news.stops_answering) {
                stop("Meta restricted the account" + detail + ".", until, now, out);
            } else if (news.stops_starting) {
                pause_bulk(until != instant{} ? until : now + quality_pause, now);
                out.push_back(
                    {.what = kind::pause_bulk,
                     .until = bulk_until_,
                     .field = "account.bulk_stopped",
                     .sentence = "Meta lets us write first to nobody" + detail +
                                 ": nudges and bulk wait, replies go on."}
                );
            } else {
                out.push_back(tell("account.warning", "Meta restricted the account" + detail + "."));
            }
            return;
        }
        case what::disabling_soon:
            out.push_back(tell(
                "account.warning",
                "Meta will disable the account" + detail + ". Appeal in Business Support Home now."
            ));
            return;
        case what::disabled: stop("Meta disabled the account" + detail + ".", {}, now, out); return;
        case what::deleted:
            stop("The account is no longer ours at Meta (" + news.event + ").", {}, now, out);
            return;
        case what::reinstated: {
            auto more = resume(now);
            out.insert(out.end(), more.begin(), more.end());
            return;
        }
        case what::other:
            out.push_back(tell("account.news", "Meta says of the account: " + news.event + detail + "."));
            return;
    }
}

void account::on(const meta::account_news& news, instant, effects& out) {
    const auto* about = news.field == "security"                   ? "The number's two-step PIN"
                        : news.field == "account_review_update"    ? "The account's review"
                        : news.field == "phone_number_name_update" ? "The display name"
                        : news.field == "flows"                    ? "A Flow"
                        : news.field == "business_username_update" ? "The business username"
                                                                   : "An alert of Meta";
    out.push_back(tell(
        news.serious ? "account.warning" : "account.news",
        std::string{about} + ": " + news.words + (news.field == "security" ? ". Was it one of us?" : ".")
    ));
}

std::vector<account_effect> account::end_restrictions(instant now) {
    if (stopped_.empty() || stopped_until_ == instant{} || stopped_until_ > now) return {};
    return resume(now);
}

std::vector<account_effect> account::resume(instant now) {
    effects out;
    if (!stopped_.empty() || bulk_until_ > now) {
        keep("stopped", {}, now);
        keep("bulk", {}, now);
    }
    stopped_.clear();
    stopped_until_ = {};
    bulk_until_ = {};
    out.push_back(
        {.what = kind::resume_channel,
         .field = "account.channel_resumed",
         .sentence = "The channel sends again."}
    );
    return out;
}

}  // namespace tertulia::gateway
