#include "dialogs/engine/room_notes.hpp"

#include "dialogs/meetings/out.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace tertulia::dialogs {
namespace {

using act_verb = meetings::verb;

// After she has told us of a trouble, what she writes within this time belongs to it.
constexpr milliseconds trouble_lasts = std::chrono::minutes{2};
constexpr milliseconds trouble_awaited = std::chrono::hours{1};  // her first words of it
// After she has said that she paid, whatever she sends shows it: a receipt that is spoken, too.
constexpr milliseconds proof_awaited = std::chrono::minutes{15};

bool is_of_trouble(const std::pair<std::string, std::string>& one) {
    const auto does = meetings::act_of_choice(one.first);
    return one.second.empty() && does && does->what == act_verb::cannot_pay;
}

bool is_of_claim(const std::pair<std::string, std::string>& one) {
    const auto does = meetings::act_of_choice(one.first);
    return one.second.empty() && does && does->what == act_verb::report_payment;
}

std::string noted_at(instant at) {
    return std::to_string(std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count());
}
instant instant_of(const std::string& digits) {
    std::int64_t since{};
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), since);
    return instant{milliseconds{since}};
}

}  // namespace

bool is_note(const std::pair<std::string, std::string>& offer) {
    return is_of_trouble(offer) || is_of_claim(offer);
}

void note_paid(room_seat& seat, instant at) {
    std::erase_if(seat.offered, is_of_claim);
    seat.offered.emplace_back(
        meetings::choice_id({.what = act_verb::report_payment, .about = noted_at(at)}), ""
    );
}

bool awaits_proof(const room_seat& seat, instant now) {
    const auto one = std::ranges::find_if(seat.offered, is_of_claim);
    if (one == seat.offered.end()) return false;
    return now <= instant_of(meetings::act_of_choice(one->first)->about) + proof_awaited;
}

void hears_no_more_of_trouble(room_seat& seat) { std::erase_if(seat.offered, is_of_trouble); }

void note_trouble(room_seat& seat, instant at, bool words_came) {
    std::erase_if(seat.offered, [](const auto& one) { return one.second.empty(); });
    seat.offered.emplace_back(
        meetings::choice_id(
            {.what = act_verb::cannot_pay, .about = noted_at(at), .number = words_came ? 1 : 0}
        ),
        ""
    );
}

void trouble_goes_on(room_seat& seat, instant now) {
    if (std::ranges::none_of(seat.offered, is_of_trouble)) note_trouble(seat, now, true);
}

bool is_about_trouble(const room_seat& seat, instant now) {
    const auto one = std::ranges::find_if(seat.offered, is_of_trouble);
    if (one == seat.offered.end()) return false;
    const auto noted = meetings::act_of_choice(one->first);
    return now <= instant_of(noted->about) + (noted->number == 0 ? trouble_awaited : trouble_lasts);
}

}  // namespace tertulia::dialogs
