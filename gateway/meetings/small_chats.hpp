// WhatsApp's own groups of at most eight people, for meetings that are held in one: has a village
// bank's group made or finds the one it has, lets its members in (whoever else asks waits for an
// operator), takes out who is
// put out of the meeting or left the village bank, and tells the meeting who is there.
//
// What should be done is compared with what webhooks have told (group_book) at every look, so that a
// restart, a lost answer or a repeated webhook changes nothing; a call that led to nothing yet is not
// made again within a minute. Before a group is made Meta is asked for those there are: one that was
// ordered before a restart, and whose webhook is still to come, is not made twice. Who only leaves a meeting early stays: Meta lets nobody back by link
// whom we took out.
//
// Threads: moves() is pure; keep() is the meeting desk's thread's. Answers come on the client's.

#pragma once

#include "adapters/whatsapp_cloud/groups.hpp"
#include "dialogs/facts/facts.hpp"
#include "dialogs/meetings/meeting.hpp"
#include "gateway/accounts/group_book.hpp"
#include "gateway/config/channel_config.hpp"
#include "gateway/http/client.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

using chats_known = std::map<std::string, known_group, std::less<>>;

// What a meeting's small group wants done at Meta.
struct chat_moves {
    std::string make{};                 // the subject of one that is to be made
    std::string id{};                   // of the one there is
    std::vector<std::string> let_in{};  // join requests
    std::vector<std::string> take_out{};             // numbers
    std::vector<dialogs::meetings::act> to_tell{};   // the meeting
};

// The end of its subject says whose group it is: "Las Rosas · G12".
[[nodiscard]] std::string chat_subject(const dialogs::meetings::plan& of);
// Nothing for a meeting that is a draft, is over, or is held otherwise.
[[nodiscard]] chat_moves moves_of_chat(
    const dialogs::meetings::meeting& room, std::string_view channel, const chats_known& known,
    std::span<const staff_person> staff
);

class small_chats {
public:
    // `client` outlives this. Of the channels the first of WhatsApp's.
    small_chats(
        const std::vector<channel_config>& channels, http::client& client,
        std::function<instant()> clock
    );

    // The channel whose groups these are; empty: there is none, and no meeting has a small group.
    [[nodiscard]] const std::string& channel() const noexcept { return channel_; }

    // Makes the calls that are wanted and returns what the meeting is to be told.
    [[nodiscard]] std::vector<dialogs::meetings::act> keep(
        const dialogs::meetings::meeting& room, const chats_known& known,
        std::span<const staff_person> staff
    );

private:
    enum class making : std::uint8_t {
        looking,  // whether Meta has it already
        awaited,  // ordered, or there: its webhook is to come
        refused,
    };
    struct made_at {
        instant since{};
        making is{};
    };
    using heard = std::function<void(const http::answer&)>;
    // False: it was made a moment ago.
    bool may_ask(const std::string& what);
    // Whoever hears may be told that nothing was answered.
    void call(adapters::outbound_request request, heard then);
    // False: there will be none.
    bool make(const std::string& room, const std::string& subject);
    void look_for(std::string room, std::string subject, std::string_view after);
    void order(std::string room, const std::string& subject);
    void note(const std::string& room, making now);

    std::string channel_{};
    adapters::whatsapp_cloud::channel_settings settings_{};
    http::client& client_;
    std::function<instant()> clock_;
    std::mutex mutex_{};
    std::map<std::string, instant> asked_{};   // under mutex
    std::map<std::string, made_at> made_{};    // under mutex, by room
};

}  // namespace tertulia::gateway
