#include "dialogs/facts/names.hpp"

#include <array>

namespace tertulia {
namespace {

// In the order of the enumerators, so that a value is its index.
constexpr std::array<std::string_view, 4> archetypes{
    "nascent", "experimenter", "emerger", "enabled"};
constexpr std::array<std::string_view, 3> client_statuses{"pending", "active", "closed"};
constexpr std::array<std::string_view, 6> loan_statuses{
    "submitted", "approved", "active", "closed", "written_off", "rejected"};
constexpr std::array<std::string_view, 3> core_states{"up", "stale", "down"};

template <class Enum, std::size_t Size>
std::string_view word_of(const std::array<std::string_view, Size>& words, Enum what) noexcept {
    const auto index = static_cast<std::size_t>(what);
    return index < Size ? words[index] : std::string_view{};
}

template <class Enum, std::size_t Size>
std::optional<Enum> find_word(
    const std::array<std::string_view, Size>& words, std::string_view word
) noexcept {
    for (std::size_t index = 0; index < Size; ++index) {
        if (words[index] == word) return static_cast<Enum>(index);
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(archetype what) noexcept {
    return word_of(archetypes, what);
}
std::string_view name_of(client_status what) noexcept {
    return word_of(client_statuses, what);
}
std::string_view name_of(loan_status what) noexcept {
    return word_of(loan_statuses, what);
}
std::string_view name_of(core_state what) noexcept {
    return word_of(core_states, what);
}

std::optional<archetype> parse_archetype(std::string_view word) noexcept {
    return find_word<archetype>(archetypes, word);
}

std::optional<client_status> parse_client_status(std::string_view word) noexcept {
    return find_word<client_status>(client_statuses, word);
}

std::optional<loan_status> parse_loan_status(std::string_view word) noexcept {
    return find_word<loan_status>(loan_statuses, word);
}

}  // namespace tertulia
