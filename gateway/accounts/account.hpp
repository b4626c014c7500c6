// What is known of one channel's account with its provider, and what follows from news of it. Pure:
// time and news go in, effects come out, and facts() is what must be stored for the next start.
//
// It forgets nothing by itself except restrictions that have ended.

#pragma once

#include "adapters/whatsapp_cloud/account.hpp"
#include "adapters/whatsapp_cloud/account_api.hpp"
#include "dialogs/message/time.hpp"
#include "gateway/accounts/declared.hpp"
#include "gateway/store/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {

namespace meta = adapters::whatsapp_cloud;

struct known_template {
    meta::template_status status{meta::template_status::unknown};
    std::string word{};      // the status in Meta's word
    std::string category{};  // "UTILITY"; empty: not said yet
    std::string next_category{};  // announced; empty: none is
    std::string quality{};
    std::string reason{};
    instant at{};
};

// What somebody else must do about it, in this order.
struct account_effect {
    enum class kind : std::uint8_t {
        stop_template,   // name, language, until, means
        allow_template,  // name, language
        pause_bulk,      // until
        allow_bulk,
        stop_channel,    // sentence is the reason
        resume_channel,
        limit_people,    // people
        tell,            // nothing but the sentence
    };
    kind what{kind::tell};
    std::string name{};
    std::string language{};
    instant until{};
    failure means{};         // of stop_template: what its messages fail as
    std::int64_t people{};
    std::string field{};     // of the notice: "account.template_stopped"…; empty: nobody is told
    std::string sentence{};  // for the operator: what happened, and what to do
};

class account {
public:
    explicit account(std::string channel) : channel_{std::move(channel)} {}

    // Facts of this channel as they were stored; what follows from them is set again, silently.
    [[nodiscard]] std::vector<account_effect> restore(
        const std::vector<channel_fact>& kept, instant now
    );
    [[nodiscard]] std::vector<account_effect> learn(const meta::account_event& news, instant now);
    // Everything Meta has, as it was asked: what webhooks brought is set right by it, and what it
    // has no longer is deleted. `with_templates`: false where nobody could ask for them.
    [[nodiscard]] std::vector<account_effect> learn(
        std::span<const meta::listed_template> templates,
        bool with_templates,
        const meta::number_standing& number,
        instant now
    );
    // What is to be told of the differences: in one notice, and each once.
    [[nodiscard]] std::vector<account_effect> compared(
        std::vector<template_difference> differences
    );
    // Restrictions that have ended.
    [[nodiscard]] std::vector<account_effect> end_restrictions(instant now);
    // The operator says it works again.
    [[nodiscard]] std::vector<account_effect> resume(instant now);

    // What changed since the last call.
    [[nodiscard]] std::vector<channel_fact> take_facts();

    using template_key = std::pair<std::string, std::string>;  // name, language
    [[nodiscard]] const std::map<template_key, known_template>& templates() const noexcept {
        return templates_;
    }
    // As compared() had them last.
    [[nodiscard]] const std::vector<template_difference>& differences() const noexcept {
        return differences_;
    }
    [[nodiscard]] const std::string& quality() const noexcept { return quality_; }  // of the number
    [[nodiscard]] std::optional<std::int64_t> limit() const noexcept { return limit_; }
    [[nodiscard]] const std::string& stopped() const noexcept { return stopped_; }  // why; empty

private:
    using effects = std::vector<account_effect>;
    void on(const meta::template_status_change& news, instant now, effects& out);
    void on(const meta::template_quality_change& news, instant now, effects& out);
    void on(const meta::template_category_change& news, instant now, effects& out);
    void on(const meta::number_quality_change& news, instant now, effects& out);
    void on(const meta::limit_change& news, instant now, effects& out);
    void on(const meta::account_change& news, instant now, effects& out);
    void on(const meta::account_news& news, instant now, effects& out);
    void on(std::monostate, instant, effects&) {}

    void set_status(
        const template_key& key,
        const meta::template_status_change& news,
        instant now,
        effects& out
    );
    void judge_number(const std::string& quality, instant now, effects& out);
    void set_limit(std::int64_t people, instant now, effects& out);
    void pause_bulk(instant until, instant now);
    void stop(std::string reason, instant until, instant now, effects& out);
    void keep(std::string key, std::string value, instant at);
    void keep_template(const template_key& key);

    std::string channel_;
    std::map<template_key, known_template> templates_{};
    std::string quality_{};
    std::optional<std::int64_t> limit_{};
    std::string stopped_{};
    instant stopped_until_{};  // the epoch: until somebody says so
    instant bulk_until_{};     // of a quality warning or a restriction
    std::vector<template_difference> differences_{};
    std::map<std::string, channel_fact> changed_{};
};

}  // namespace tertulia::gateway
