// What WhatsApp's webhooks have told of one channel's native groups: which there are, who is in them
// and who asks to be. Pure: events and times go in, take_facts() is what must be stored for the next
// start, one fact a group under "group/ID".
//
// Webhooks come twice and out of order: a repeated one (key_of()) changes nothing, and what is older
// than what is known of that member, name or group changes nothing either. Stamps are whole seconds:
// of two different events of one second the later arrival counts.

#pragma once

#include "adapters/whatsapp_cloud/groups.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::gateway {

enum class group_standing : std::uint8_t {
    open,
    suspended,  // by Meta: nobody can write
    deleted,    // for good
};

enum class member_standing : std::uint8_t {
    in,
    asks,      // to be let in
    withdrew,  // no longer asks
    rejected,  // by us; Meta sends no webhook of it
    left,      // of her own will
    removed,   // by us: the link does not bring her back
};

struct known_member {
    std::vector<identity> who{};  // best first, every one that was named
    std::string username{};
    member_standing is{};
    std::string join_request_id{};  // while she asks
    instant since{};
};

struct known_group {
    std::string id{};
    std::string request_id{};  // of the call that made it; empty: not told yet
    std::string subject{};
    instant subject_at{};
    std::string description{};  // as changed later: how it began no webhook says
    instant description_at{};
    std::string invite_link{};  // the first one
    std::optional<adapters::whatsapp_cloud::group_joining> joining{};
    group_standing is{group_standing::open};
    instant is_since{};
    instant created_at{};  // the epoch: not told yet
    std::vector<known_member> members{};
    std::deque<std::string> heard{};  // keys of its last events
};

[[nodiscard]] std::string_view word_of(group_standing standing) noexcept;
[[nodiscard]] std::string_view word_of(member_standing standing) noexcept;

class group_book {
public:
    explicit group_book(std::string channel) : channel_{std::move(channel)} {}

    // Facts as they were stored; others' are passed over. A group deleted long ago is forgotten.
    void restore(const std::vector<channel_fact>& kept, instant now);
    // False: a repetition, or of no group (one that was not created).
    bool learn(const adapters::whatsapp_cloud::group_event& event, instant now);
    void rejected(std::string_view group_id, const std::vector<std::string>& request_ids, instant now);

    // What changed since the last call.
    [[nodiscard]] std::vector<channel_fact> take_facts();
    [[nodiscard]] const std::map<std::string, known_group, std::less<>>& groups() const noexcept {
        return groups_;
    }

    static constexpr std::size_t heard_max = 32;
    static constexpr std::size_t members_max = 64;  // who has gone included: they go first
    static constexpr std::chrono::hours deleted_for{24 * 30};

private:
    std::string channel_;
    std::map<std::string, known_group, std::less<>> groups_{};
    std::map<std::string, instant> changed_{};  // and when it was heard
};

}  // namespace tertulia::gateway
