#include "gateway/simulator/twilio_wire.hpp"

#include "adapters/wire/digest.hpp"
#include "dialogs/message/sms/sms_length.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <set>

namespace tertulia::gateway::simulator {

using nlohmann::json;

std::string twilio_signature(
    std::string_view url, const adapters::form_fields& fields, std::string_view auth_token
) {
    std::set<std::pair<std::string, std::string>> sorted;  // each different value once
    for (const auto& each : fields) sorted.emplace(each.name, each.value);
    std::string text{url};
    for (const auto& [name, value] : sorted) text += name + value;
    return adapters::base64_of(adapters::hmac_of(adapters::hash_kind::sha1, auth_token, text));
}

std::string mail_time(instant at) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    std::array<char, 64> text{};
    const auto size = std::snprintf(
        text.data(), text.size(), "%s, %02u %s %d %02d:%02d:%02d +0000",
        days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return {text.data(), static_cast<std::size_t>(size)};
}

json shown_as_sms(std::string_view text) {
    const auto length = sms_length_of(text);
    return {
        {"body", text},
        {"alphabet", length.alphabet == sms_alphabet::gsm7 ? "gsm7" : "ucs2"},
        {"units", length.units},
        {"segments", length.segments},
        {"outside", length.outside}};
}

twilio_error twilio_error_of(int code) {
    static constexpr std::array all{
        twilio_error{401, 20003, "Authenticate"},
        twilio_error{404, 20404, "The requested resource was not found"},
        twilio_error{429, 20429, "Too Many Requests"},
        twilio_error{500, 20500, "Internal Server Error"},
        twilio_error{400, 21211, "The 'To' number is not a valid phone number."},
        twilio_error{400, 21408, "Permission to send an SMS has not been enabled for the region"},
        twilio_error{400, 21602, "Message body is required."},
        twilio_error{400, 21603, "A 'From' phone number is required."},
        twilio_error{400, 21606, "The 'From' phone number is not a valid sender of this account."},
        twilio_error{400, 21609, "The 'StatusCallback' URL is not a valid URL."},
        twilio_error{400, 21610, "Attempt to send to unsubscribed recipient"},
        twilio_error{400, 21611, "This 'From' number has exceeded the maximum number of queued messages"},
        twilio_error{400, 21614, "'To' number is not a valid mobile number"},
        twilio_error{400, 21617, "The concatenated message body exceeds the 1600 character limit."},
        twilio_error{400, 30003, "Unreachable destination handset"},
        twilio_error{400, 30004, "Message blocked"},
        twilio_error{400, 30005, "Unknown destination handset"},
        twilio_error{400, 30006, "Landline or unreachable carrier"},
        twilio_error{400, 30007, "Message filtered"},
        twilio_error{400, 30008, "Unknown error"}};
    const auto* found = std::ranges::find(all, code, &twilio_error::code);
    return found != all.end() ? *found : twilio_error{.code = code, .message = "Bad request"};
}

bool comes_later(int code) noexcept { return code >= 30'000; }

std::string error_body(const twilio_error& error) {
    const auto code = std::to_string(error.code);
    return json{
        {"code", error.code},
        {"message", error.message},
        {"more_info", "https://www.twilio.com/docs/errors/" + code},
        {"status", error.http_status}}
        .dump();
}

stop_word stop_word_of(std::string_view text) {
    std::string word;
    for (const char each : text) {
        if (std::isspace(static_cast<unsigned char>(each)) != 0) continue;
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(each)));
    }
    const auto is_one_of = [&word](const auto& words) {
        return std::ranges::find(words, word) != words.end();
    };
    static constexpr std::array<std::string_view, 8> stops{
        "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"};
    static constexpr std::array<std::string_view, 3> starts{"START", "YES", "UNSTOP"};
    static constexpr std::array<std::string_view, 2> helps{"HELP", "INFO"};
    if (is_one_of(stops)) return stop_word::stop;
    if (is_one_of(starts)) return stop_word::start;
    return is_one_of(helps) ? stop_word::help : stop_word::none;
}

}  // namespace tertulia::gateway::simulator
