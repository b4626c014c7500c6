// What somebody of the institution has made sure of by another way than this conversation: that it is
// her who wants something a PIN is too little for. Level L3; pure, as assurance.hpp is.

#pragma once

#include "dialogs/message/time.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

struct confirmation {
    std::string what{};       // the dialog it is for, and no other
    std::string client_id{};  // whom she was made sure to be
    std::string by{};         // case_person::id
    std::string how{};        // one of the two ways below
    instant at{};
    bool operator==(const confirmation&) const = default;
};

inline constexpr std::string_view seen_in_person = "in_person";
inline constexpr std::string_view called_back = "call_back";  // at another number of hers
[[nodiscard]] bool is_way_to_confirm(std::string_view how) noexcept;

inline constexpr milliseconds confirmed_for = std::chrono::hours{24};
inline constexpr std::size_t confirmations_max = 8;  // the oldest makes room

[[nodiscard]] bool is_confirmed(
    const std::vector<confirmation>& all, std::string_view what, std::string_view client_id, instant now
) noexcept;
// In place of an older one for the same; those that have lapsed go.
void confirm(std::vector<confirmation>& all, confirmation made);
void forget_confirmation(std::vector<confirmation>& all, std::string_view what);

}  // namespace tertulia::dialogs
