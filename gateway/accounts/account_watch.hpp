// Keeps the accounts of all channels: passes news to them, does what follows (in the planner, the
// metrics and the log) and collects what must be committed.
//
// Threads: the writer's only.

#pragma once

#include "dialogs/message/status.hpp"
#include "gateway/accounts/account.hpp"
#include "gateway/accounts/account_sync.hpp"
#include "gateway/accounts/declared.hpp"
#include "gateway/accounts/group_book.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class account_watch {
public:
    // `channels`: whose notices are Meta's. All outlive this.
    account_watch(
        planner& plan, metrics& counts, const std::vector<std::string>& channels
    );

    // How Meta is asked (it answers later, by learn()), and what our messages declare. Without them
    // it knows what webhooks say.
    using ask = std::function<void(const std::string& channel)>;
    using declared = std::function<std::vector<declared_template>()>;
    void ask_with(ask how, declared ours);
    void learn(const account_reading& read, instant now);
    // An answer's or a status's error code: some mean that what is known of the templates is old.
    void on_error(int code, instant now);

    // A person the institution does not talk to: what she writes is dropped.
    void block(party_id who, instant now);
    void unblock(party_id who, instant now);
    [[nodiscard]] bool blocked(party_id who) const { return blocked_.contains(who.value); }

    // At start, with everything the store has.
    void restore(const std::vector<channel_fact>& kept, instant now);

    void on_notice(const channel_notice& said, instant now);
    // Whatever its account says, false: no such channel.
    bool resume(std::string_view channel, instant now);

    // Adds what must be committed, and does what time alone brings.
    void collect(instant now, batch& out);

    // How the store keeps that somebody was written to first, or is to be spared offers.
    [[nodiscard]] static channel_fact fact_of(const conversation_start& start);
    [[nodiscard]] static channel_fact fact_of(const spared_recipient& who);

    // nullptr: no account is kept of it.
    [[nodiscard]] const account* find(std::string_view channel) const;
    // The channel's native groups. nullptr: it can have none.
    [[nodiscard]] group_book* groups(std::string_view channel);

private:
    void perform(
        const std::string& channel, std::vector<account_effect> effects, instant now
    );
    void show(instant now);
    void ask_soon(const std::string& channel, instant now);

    struct watched {
        account is;
        group_book groups;
        instant ask_at{};     // the epoch: at once
        instant asked{};
        std::string trouble{};  // of the last time; told when it changes
    };

    planner& plan_;
    metrics& counts_;
    std::map<std::string, watched, std::less<>> accounts_{};
    ask ask_{};
    declared declared_{};
    std::vector<channel_notice> notices_{};
    std::set<std::int64_t> blocked_{};
    std::vector<channel_fact> facts_{};  // of nobody's account
    instant shown_{};
};

}  // namespace tertulia::gateway
