// What Meta says about the account rather than about a message: the webhook fields besides
// "messages", as values. It decides nothing: what follows from them is gateway/accounts'.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::adapters::whatsapp_cloud {

enum class template_status : std::uint8_t {
    unknown,  // a word this version does not know, or none
    approved,
    pending,  // under review: may not be sent yet
    rejected,
    paused,   // for hours, because people dislike it
    disabled,
    flagged,  // still sent; about to be disabled
    in_appeal,
    locked,          // may be sent, not edited
    limit_exceeded,  // of the day
    archived,
    deleted,
};
// "APPROVED", "REINSTATED"… as webhooks and the template list write it.
[[nodiscard]] template_status template_status_of(std::string_view word) noexcept;
// Whether Meta takes a send of it; true of unknown, since only a refusal would prove it wrong.
[[nodiscard]] bool may_be_sent(template_status of) noexcept;

// People one may write to first within a rolling 24 hours.
inline constexpr std::int64_t unlimited_people = std::numeric_limits<std::int64_t>::max();
// "TIER_2K", "2000", "-1", "TIER_UNLIMITED"; nothing for TIER_NOT_SET and what is no limit.
[[nodiscard]] std::optional<std::int64_t> people_limit(std::string_view written);

struct template_status_change {
    std::string name{};
    std::string language{};
    template_status status{};
    std::string word{};      // Meta's
    std::string category{};  // "UTILITY"; empty: not said
    std::string reason{};    // rejection or pause; empty: none
    std::string advice{};    // Meta's recommendation after a rejection
};
struct template_quality_change {
    std::string name{};
    std::string language{};
    std::string before{};
    std::string now{};  // "GREEN", "YELLOW", "RED", "UNKNOWN"
};
struct template_category_change {
    std::string name{};
    std::string language{};
    std::string category{};  // in force
    std::string next{};      // announced, within a day; empty: nothing is
};
struct number_quality_change {
    std::string event{};  // "FLAGGED", "UNFLAGGED", "UPGRADE", "DOWNGRADE", "ONBOARDING"…
    std::optional<std::int64_t> limit{};
};
struct limit_change {
    std::int64_t people{};
};
struct account_change {
    enum class what : std::uint8_t {
        violation,         // a warning
        restriction,       // some of what we do, until then
        disabling_soon,    // on that day
        disabled,
        reinstated,
        deleted,
        other,
    };
    what happened{what::other};
    std::string event{};   // Meta's
    std::string detail{};  // the kind of violation or restriction, a date
    bool stops_starting{};   // a restriction of business-initiated messages
    bool stops_answering{};  // a restriction of everything else we send
    std::int64_t until_s{};  // Unix seconds; 0: not said
};
// Nothing but news: name, review, alert, security, flows, username.
struct account_news {
    std::string field{};
    std::string words{};     // what happened, in Meta's words
    bool serious{};          // somebody must do something
};

using account_event = std::variant<
    std::monostate, template_status_change, template_quality_change, template_category_change,
    number_quality_change, limit_change, account_change, account_news>;

// Of a notice parse() made: its field and raw value. std::monostate: nothing that is known here, or
// not readable.
[[nodiscard]] account_event read_account_event(std::string_view field, std::string_view raw_json);

}  // namespace tertulia::adapters::whatsapp_cloud
