#include "adapters/smpp/receipt.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tertulia::adapters::smpp {
namespace {

constexpr std::array meanings{
    state_meaning{1, "ENROUTE", delivery_status::sent, reaction::accepted, "under way"},
    state_meaning{2, "DELIVRD", delivery_status::delivered, reaction::accepted, "delivered"},
    state_meaning{
        3,
        "EXPIRED",
        delivery_status::failed,
        reaction::unreachable,
        "expired before it could be delivered"},
    state_meaning{4, "DELETED", delivery_status::failed, reaction::refuse, "deleted at the SMSC"},
    state_meaning{5, "UNDELIV", delivery_status::failed, reaction::unreachable, "undeliverable"},
    state_meaning{6, "ACCEPTD", delivery_status::sent, reaction::accepted, "accepted by the SMSC"},
    // The SMSC has lost track: no news is not a failure.
    state_meaning{
        7, "UNKNOWN", delivery_status::sent, reaction::accepted, "the SMSC does not know"},
    state_meaning{8, "REJECTD", delivery_status::failed, reaction::refuse, "rejected by the SMSC"},
};

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

std::string lowered(std::string_view text) {
    std::string made{text};
    std::ranges::transform(made, made.begin(), lower);
    return made;
}

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

// Behind "key:", the key a word of its own, blanks around the colon allowed; npos: not there.
std::size_t behind_key(std::string_view lower_text, std::string_view key) {
    for (auto at = lower_text.find(key); at != std::string_view::npos;
         at = lower_text.find(key, at + 1)) {
        if (at > 0 && !is_blank(lower_text[at - 1]) && lower_text[at - 1] != ',') continue;
        auto end = at + key.size();
        while (end < lower_text.size() && is_blank(lower_text[end])) ++end;
        if (end == lower_text.size() || lower_text[end] != ':') continue;
        ++end;
        while (end < lower_text.size() && lower_text[end] == ' ') ++end;
        return end;
    }
    return std::string_view::npos;
}

// The word behind the key. What the receipt quotes of the message is looked at last: it may hold
// anything, "stat:" too.
std::string_view value_of(
    std::string_view text, std::string_view lower_text, std::string_view key
) {
    const auto quoted = std::min(behind_key(lower_text, "text"), lower_text.size());
    auto at = behind_key(lower_text.substr(0, quoted), key);
    if (at == std::string_view::npos) at = behind_key(lower_text, key);
    if (at == std::string_view::npos) return {};
    const auto rest = text.substr(at);
    const auto* const end = std::ranges::find_if(rest, [](char letter) {
        return is_blank(letter) || letter == ',' || letter == '\0';
    });
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

// By its first five letters: "DELIVRD" is also written "DELIVERED", "UNDELIV" "UNDELIVERABLE".
std::uint8_t state_named(std::string_view name) {
    constexpr std::size_t telling = 5;
    const auto beginning = lowered(name.substr(0, telling));
    if (beginning.size() < telling) return 0;
    for (const auto& one : meanings) {
        if (lowered(one.name.substr(0, telling)) == beginning) return one.state;
    }
    return 0;
}

std::string digits_of(std::string_view text) {
    constexpr std::size_t error_digits_max = 8;
    std::string digits;
    for (const char letter : text.substr(0, error_digits_max)) {
        const char small = lower(letter);
        if ((small < '0' || small > '9') && (small < 'a' || small > 'f')) break;
        digits += letter;
    }
    return digits;
}

bool says_receipt(std::uint8_t esm_class) {
    constexpr unsigned kind_bits = 0x3C;
    constexpr unsigned final_receipt = 0x04;
    constexpr unsigned intermediate = 0x20;
    const unsigned kind = esm_class & kind_bits;
    return kind == final_receipt || kind == intermediate;
}

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string written(std::uint64_t value, int base) {
    char digits[24]{};
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value, base);
    return error == std::errc{} ? std::string{digits, end} : std::string{};
}

}  // namespace

const state_meaning* meaning_of(int state) noexcept {
    const auto found =
        std::ranges::find(meanings, state, [](const state_meaning& one) { return int{one.state}; });
    return found == meanings.end() ? nullptr : &*found;
}

std::optional<receipt> receipt_in(const message_body& what, std::string_view text) {
    const auto tlv_id = tlv_in(what.tlvs, tag::receipted_message_id);
    if (!says_receipt(what.esm_class) && !tlv_id) return std::nullopt;
    const auto lower_text = lowered(text);
    receipt read;
    if (tlv_id) read.id = tlv_id->substr(0, tlv_id->find('\0'));
    if (read.id.empty()) read.id = value_of(text, lower_text, "id");
    if (const auto state = number_in(what.tlvs, tag::message_state, 1)) {
        if (meaning_of(static_cast<int>(*state)) != nullptr) {
            read.state = static_cast<std::uint8_t>(*state);
        }
    }
    if (read.state == 0) read.state = state_named(value_of(text, lower_text, "stat"));
    if (read.state == 0) read.state = state_named(value_of(text, lower_text, "status"));
    read.error = digits_of(value_of(text, lower_text, "err"));
    if (const auto network = number_in(what.tlvs, tag::network_error, 3)) {
        read.error = std::to_string(*network & 0xFFFFU);  // the first octet names the network
    }
    return read;
}

std::string message_id_of(std::string_view answered) {
    const auto first = answered.find_first_not_of('0');
    if (first == std::string_view::npos) return answered.empty() ? "" : "0";
    std::string id{answered.substr(first)};
    std::ranges::transform(id, id.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - ('a' - 'A')) : letter;
    });
    return id;
}

std::string receipt_id_of(std::string_view as_written, receipt_ids how) {
    if (how == receipt_ids::same) return message_id_of(as_written);
    const int here = how == receipt_ids::decimal ? 10 : 16;
    const int there = how == receipt_ids::decimal ? 16 : 10;
    const auto value = number_of(as_written, here);
    return message_id_of(value ? written(*value, there) : std::string{as_written});
}

verdict reaction_to(int message_state) {
    const auto* meaning = meaning_of(message_state);
    if (meaning == nullptr) {
        return {
            .reaction = reaction::refuse,
            .code = message_state,
            .reason = "a message state we do not know"};
    }
    return {
        .reaction = meaning->failed, .code = message_state, .reason = std::string{meaning->reason}};
}

}  // namespace tertulia::adapters::smpp
