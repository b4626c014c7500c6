// What may be wrong with a line said in a meeting, and what follows. The policy of virtual meetings as
// one table: who changes the policy changes a row of rules.cpp, not code.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::dialogs {

// The worst first: of several that hold the first is the one told.
enum class guard_rule : std::uint8_t {
    code_or_pin,      // a code, PIN or password, or somebody who asks for one
    threat,
    emergency,        // an assault, an earthquake, an accident, now
    sensitive,        // illness, pregnancy, violence: hers to tell, to her officer alone
    insult,           // also ethnic or sexist remarks
    identity_paper,   // a document's number or picture
    privacy_balance,  // what one person owes, is due, has paid or saved
    names_debtor,     // who has not paid, without a figure
    pressure_to_pay,  // others made to pay for her
    phone_number,     // shown to others only with her consent
    payment_proof,    // a receipt, or that she has paid: to the gateway alone
    link,
    forwarded,
    politics_chain,   // politics, chain letters
    sales,
    picture,          // what is on it nobody has seen yet
    voice_too_long,
    too_long,         // more than a telephone can send, or no text
    off_topic,        // prayers outside of opening and closing: relayed, and she is asked gently
    loan_talk_allowed,  // the amount a member herself asks for, where loans are voted on
    ordinary,
};
inline constexpr std::size_t guard_rules = 21;

enum class guard_decision : std::uint8_t {
    relay,         // the others read it
    hold,          // kept back; the sender is told why, the moderator may let it pass
    private_talk,  // kept back; the talk goes on with her alone
    block,         // never relayed, by nobody
};

struct guard_row {
    guard_rule is{};
    std::string_view name{};  // stable: reports, logs and message keys use it
    guard_decision decision{};
    bool told{};                     // the sender is told `moderation.NAME`
    std::chrono::minutes mute{};     // at once
    std::chrono::minutes mute_again{};  // from the second time in one meeting
    bool alerts_officer{};
    bool alerts_supervisor{};  // where an officer said it
    bool security_task{};
    bool privacy_incident{};
    bool complaint{};        // opened with who is spoken of, if she wants one
    bool hardship{};         // help is offered to whom it is about, by her officer
    bool pauses_meeting{};
    bool warns_all{};        // the group reads that the institution never asks for codes
    std::string_view about{};  // a phrase for people
};

// Every rule, in the order of the enum.
[[nodiscard]] std::span<const guard_row> guard_table() noexcept;
[[nodiscard]] const guard_row& row_of(guard_rule one) noexcept;
[[nodiscard]] std::optional<guard_rule> find_guard_rule(std::string_view name) noexcept;

// "moderation.privacy_balance".
[[nodiscard]] std::string message_key(guard_rule one);

}  // namespace tertulia::dialogs
