#include "dialogs/clients/one_time_code.hpp"

namespace tertulia::dialogs {
namespace {

constexpr std::string_view opens = "\xEE\x80\x80";   // U+E000
constexpr std::string_view closes = "\xEE\x80\x81";  // U+E001

}  // namespace

std::string code_subject(std::string_view phone, std::uint64_t nonce) {
    return std::string{phone} + "|" + std::to_string(nonce);
}

std::string code_mark(std::string_view subject) {
    return std::string{opens} + std::string{subject} + std::string{closes};
}

bool has_code_mark(std::string_view text) noexcept {
    return text.find(opens) != std::string_view::npos;
}

std::string with_codes(
    std::string_view text, const std::function<std::string(std::string_view subject)>& digits
) {
    std::string made;
    for (;;) {
        const auto from = text.find(opens);
        const auto to = from == std::string_view::npos ? from : text.find(closes, from);
        if (to == std::string_view::npos) return made += text;
        made += text.substr(0, from);
        made += digits(text.substr(from + opens.size(), to - from - opens.size()));
        text.remove_prefix(to + closes.size());
    }
}

}  // namespace tertulia::dialogs
