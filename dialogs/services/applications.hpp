// What she knows of the applications for a loan she has sent, and how each stands by core banking's
// copy. The application itself is a record of the gateway's (engine/effect.hpp, send_application).

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct sent_application {
    std::string number{};   // "A17-1"
    std::string product{};  // as products.yaml names it
    money amount{};         // nothing: she was not asked
    instant at{};
    std::string told{"received"};  // the state she was told last
    instant told_at{};
    std::vector<std::string> papers{};  // the fields she sent a picture or a document for
    bool operator==(const sent_application&) const = default;
};
inline constexpr std::size_t applications_max = requests_max;

// "A17-1": `count` is how many of that conversation it is.
[[nodiscard]] std::string application_number(std::int64_t conversation, std::uint32_t count);

// What core banking is told it is called there (its externalId), and the key it is written under.
[[nodiscard]] std::string core_name_of(std::string_view number);

// The number again; empty: it is no such name.
[[nodiscard]] std::string_view application_of_core_name(std::string_view name) noexcept;

// The loan core banking has made of it, or nullptr.
[[nodiscard]] const loan_request* request_of(
    const sent_application& what, const client_facts& who
) noexcept;

// "received", "in_review", "approved", "refused", "paid_out". `request` may be null: what core
// banking does not know, or has thrown away, is still received by us.
[[nodiscard]] std::string_view state_of(const loan_request* request) noexcept;

}  // namespace tertulia::dialogs
