// When a provider's list is asked, and for what. Pure: the time is an argument, and what happened
// comes in as calls; the reconciler performs what is decided here.
//
// Twilio calls a webhook for fifteen seconds and then lets a message go; what came while we were not
// there is only on its list. So the list is asked when we start, when an outage is over (our breaker
// had opened, or we had turned callbacks away), every so often all the same, and soon after a send
// that got no answer, before it would go out again.
//
// What is asked for begins where the last complete look began, less an overlap: a list may show a
// message late, and what is seen again is recognised by its id.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::gateway {

struct poll_rules {
    milliseconds every{5 * 60'000};
    milliseconds back{7 * 24 * 3'600'000LL};  // nothing older is asked for, nor heard
    milliseconds overlap{10 * 60'000};
    bool shows_sent{};   // the list tells what became of a send without an answer
    bool resumes{};      // its last page's name is where the next look goes on
    milliseconds settle_first{2'000};  // after such a send; then three times as long, and so on
    milliseconds retry_first{2'000};   // after a look that failed; doubles
    milliseconds retry_most{10 * 60'000};
};

// What survives a restart.
struct poll_position {
    instant covered{};     // everything before has been heard
    instant begun{};       // our first look of all: what is older was said to somebody else
    std::string cursor{};  // of a list that resumes
};

enum class poll_failure : std::uint8_t {
    passing,  // no answer, 5xx, 429, half an answer
    refused,  // 401, 403, 404 and their like: a person must look; asked again now and then
};

// How a channel looks from outside, once a second or so.
struct channel_sight {
    bool breaker_open{};
    std::size_t unanswered{};     // sends that got no answer
    std::uint64_t turned_away{};  // callbacks refused so far because we could not take them
};

class polling {
public:
    // At start: the first look is due at once, for we were not there.
    polling(poll_rules rules, std::optional<poll_position> kept, instant now);

    void see(const channel_sight& now_seen, instant now);

    [[nodiscard]] bool is_due(instant now) const noexcept;
    // A look begins, or one that broke off goes on at the page where it did.
    void begin(instant now);
    [[nodiscard]] instant since(instant now) const noexcept;
    [[nodiscard]] const std::string& page() const noexcept { return page_; }
    // What was said before is not ours to hear.
    [[nodiscard]] instant oldest(instant now) const noexcept;

    // The page is dealt with and its part committed. True: go on with page().
    [[nodiscard]] bool page_done(const std::string& next_page, instant now);
    void failed(poll_failure how, milliseconds retry_after, instant now);

    [[nodiscard]] const poll_position& position() const noexcept { return position_; }
    [[nodiscard]] const poll_rules& rules() const noexcept { return rules_; }

    static constexpr int pages_most = 2'000;      // of one look: a list without an end is broken
    static constexpr int page_failures_most = 4;  // then from the first page: names of pages expire

private:
    void end(instant now);

    poll_rules rules_;
    poll_position position_;
    instant next_{};
    std::optional<instant> look_begun_{};  // a look under way, also one that broke off
    bool busy_{};
    std::string page_{};
    int pages_{};
    int failures_{};
    bool breaker_was_open_{};
    std::uint64_t turned_away_{};
    bool counted_{};
    std::size_t unanswered_{};
    milliseconds settle_wait_{};
};

}  // namespace tertulia::gateway
