#include "adapters/kannel/receipt_words.hpp"

#include "adapters/kannel/kannel.hpp"

#include <algorithm>
#include <array>

namespace tertulia::adapters::kannel {
namespace {

struct report_kind {
    unsigned bit;
    delivery_status status;
    std::string_view words;  // of a failure
};

constexpr std::array kinds{
    report_kind{dlr_delivered, delivery_status::delivered, {}},
    report_kind{dlr_undelivered, delivery_status::failed, "undelivered"},
    report_kind{dlr_buffered, delivery_status::sent, {}},
    report_kind{dlr_accepted, delivery_status::sent, {}},
    report_kind{dlr_rejected, delivery_status::failed, "rejected by the SMSC"}};

const report_kind* kind_of(std::int64_t bit) noexcept {
    const auto found = std::ranges::find_if(kinds, [bit](const report_kind& one) {
        return static_cast<std::int64_t>(one.bit) == bit;
    });
    return found == kinds.end() ? nullptr : &*found;
}

bool is_letter_or_digit(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= 'a' && letter <= 'z');
}

// The letters and digits behind `name`, ten at most: "UNDELIV" of "stat:UNDELIV err:011".
std::string_view word_behind(std::string_view text, std::string_view name) {
    constexpr std::size_t letters_max = 10;
    const auto at = text.find(name);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + name.size());
    const auto* const end = std::find_if_not(text.begin(), text.end(), is_letter_or_digit);
    return text.substr(
        0, std::min<std::size_t>(static_cast<std::size_t>(end - text.begin()), letters_max)
    );
}

}  // namespace

std::optional<delivery_status> status_of(std::int64_t kind) noexcept {
    const auto* const found = kind_of(kind);
    if (found == nullptr) return std::nullopt;
    return found->status;
}

std::string failure_words(std::int64_t kind, std::string_view reply) {
    const auto* const found = kind_of(kind);
    std::string words{found == nullptr ? std::string_view{} : found->words};
    if (const auto state = word_behind(reply, "stat:"); !state.empty()) {
        words += ": " + std::string{state};
    }
    auto code = word_behind(reply, " err:");
    if (code.empty() && reply.starts_with("NACK/")) code = word_behind(reply, "NACK/");
    if (!code.empty()) words += ", error " + std::string{code};
    return words;
}

}  // namespace tertulia::adapters::kannel
