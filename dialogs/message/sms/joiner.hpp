// Long messages arrive in parts, in any order, now and then twice, sometimes never whole. This
// holds the parts of each until it is complete or its time is up. It decodes nothing: what a part
// carries is joined by the adapter, which knows the coding.
//
// A value: no clock, no store. Keep the parts durably where they arrive and add() them again after
// a restart: the same parts at the same times make the same joiner.

#pragma once

#include "dialogs/message/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

struct sms_part {
    std::string link{};  // channel or SMSC the reference counts within
    std::string from{};  // as the provider spells it
    std::string to{};
    std::uint16_t reference{};
    std::uint8_t total{};   // parts of the message; 2 at least to be one
    std::uint8_t number{};  // from 1
    std::uint8_t coding{};  // the adapter's; parts of one message may differ
    std::string id{};       // the provider's for this part; empty if it has none
    instant sent_at{};      // of this part
    std::string payload{};  // octets or UTF-8: the adapter's
    auto operator<=>(const sms_part&) const = default;
};

struct joined_sms {
    std::vector<sms_part> parts{};  // in order, gaps left out
    bool is_complete{};             // else hand it over with a mark: parts are missing
};

// Neighbours of one coding, joined: half a letter at the end of one part meets its other half.
struct sms_run {
    std::uint8_t coding{};
    std::string payload{};
    bool is_behind_gap{};  // parts are missing before it
};
[[nodiscard]] std::vector<sms_run> runs_of(const joined_sms& whole);

// What an adapter writes where parts are missing.
inline constexpr std::string_view sms_gap_mark = "[…]";

class sms_joiner {
public:
    struct limits {
        std::chrono::milliseconds wait{std::chrono::minutes{30}};
        std::chrono::milliseconds remember{std::chrono::minutes{5}};  // a joined one, for repeats
        std::size_t messages_max{2'000};
        std::size_t of_one_max{8};      // messages of one sender: who floods pushes out her own
        std::size_t parts_max{40};      // of one message: more is no person's message
        std::size_t bytes_max{16'384};  // of one message
    };
    sms_joiner() : sms_joiner(limits{}) {}
    explicit sms_joiner(limits bounds) : bounds_(bounds) {}

    // What can be handed over now, none or more: the message this part completes; an incomplete one
    // it pushed out (a reference used again, too many waiting); the part by itself if it makes no
    // sense or its message is beyond the limits. A part seen before adds nothing.
    [[nodiscard]] std::vector<joined_sms> add(sms_part part, instant now);

    // Whether add() would find that it has this part already.
    [[nodiscard]] bool has(const sms_part& part, instant now) const;

    // Those whose time is up, incomplete, oldest first.
    [[nodiscard]] std::vector<joined_sms> expire(instant now);

    // When expire() has something to do next; nothing while none waits.
    [[nodiscard]] std::optional<instant> next_expiry() const noexcept;

    [[nodiscard]] std::size_t waiting() const noexcept;  // incomplete messages

private:
    struct message {
        std::vector<sms_part> parts{};  // by number
        std::size_t bytes{};
        instant since{};  // the first part's; of a joined one, when it was joined
        bool is_joined{};
    };
    enum class fit : std::uint8_t { is_new, repeated, collides };
    static fit fit_of(const message& in, const sms_part& part);
    [[nodiscard]] std::vector<message>::iterator in_the_way_of(const sms_part& part);
    [[nodiscard]] bool is_stale(const message& one, instant now) const noexcept;
    void forget_joined(instant now);

    limits bounds_;
    std::vector<message> messages_{};  // oldest first
};

}  // namespace tertulia
