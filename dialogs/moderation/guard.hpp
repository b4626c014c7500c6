// Whether a line said in a meeting may go to the others. Pure: one line, who says it and when, the
// operators' words, the names of the group. How often somebody speaks, who has the floor and the
// hours are the room's business, not this one's.
//
// The promise it is built for: nobody reads what another owes, pays or has saved. Where a line may
// be such a thing it is held, and the sender is told privately; a wrong hold costs a moment, a leak
// a friendship.

#pragma once

#include "dialogs/moderation/lexicon.hpp"
#include "dialogs/moderation/roster.hpp"
#include "dialogs/moderation/rules.hpp"
#include "dialogs/understanding/entities.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

class private_line_model;

enum class meeting_step : std::uint8_t {
    opening,
    roll_call,
    minutes_reading,
    collection,
    internal_loans,
    admissions,
    loan_requests,
    training,
    fines,
    other_business,
    closing,
};
enum class speaker_role : std::uint8_t { member, officer, guest };
enum class line_as : std::uint8_t { text, voice, picture, link_card };

// As the command line and reports spell them.
[[nodiscard]] std::span<const std::string_view> meeting_step_names() noexcept;
[[nodiscard]] std::span<const std::string_view> speaker_role_names() noexcept;
[[nodiscard]] std::optional<meeting_step> find_meeting_step(std::string_view name) noexcept;
[[nodiscard]] std::optional<speaker_role> find_speaker_role(std::string_view name) noexcept;

struct said_line {
    std::string_view text{};  // UTF-8; the caption of a picture, the transcript of a voice note
    line_as as{};
    bool forwarded{};
    std::chrono::seconds length{};  // of a voice note
    speaker_role by{};
    meeting_step step{};
};

// What is known of the group and where it meets.
struct guard_context {
    const meeting_lexicon& words;
    const meeting_roster& roster;
    reading_rules reading{};  // how figures are written: language, country, currency
    // What members owe, are due, paid or saved, in minor units. A line with such a figure is held,
    // whatever its words, unless it is a round one nobody would know again.
    std::span<const std::int64_t> amounts{};
    // A second look where words alone do not tell; null: none.
    const private_line_model* learnt{};
};

struct judgement {
    guard_rule rule{guard_rule::ordinary};  // the worst
    std::vector<guard_rule> all{};          // worst first; none of an ordinary line
    [[nodiscard]] guard_decision decision() const noexcept { return row_of(rule).decision; }
    [[nodiscard]] bool relayed() const noexcept { return decision() == guard_decision::relay; }
};

inline constexpr std::size_t guard_bytes_max = 4096;  // of a text, as telephones send it
inline constexpr std::chrono::seconds member_voice_max{60};
inline constexpr std::chrono::seconds officer_voice_max{120};

[[nodiscard]] judgement judge(const said_line& said, const guard_context& in);

// Fragments sent one after the other, as one line: a name in one and an amount in the next are a
// leak only together. The room joins those within 20 seconds and judges them before it relays the
// last.
[[nodiscard]] std::string join_fragments(std::span<const std::string> fragments);

}  // namespace tertulia::dialogs
