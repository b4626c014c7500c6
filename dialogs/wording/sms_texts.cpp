#include "dialogs/wording/sms_texts.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

using namespace std::chrono_literals;

constexpr civil_date long_date = std::chrono::year{2026} / std::chrono::September / 30;
constexpr int many = 12;

// Somebody whose every fact is there and long.
client_facts somebody(currency_code currency) {
    const std::string twenty = "Santa Maria de Jesus";
    const std::string forty = "4a calle 12-34 zona 1, frente al mercado";
    client_facts made{};
    made.who.first_name = "Maximiliana.";
    made.who.last_name = "Xicotencatl.";
    made.who.courtesy = "señora Maximiliana.";
    made.who.phones = {"+50255501234"};
    made.who.village = twenty;
    made.credit_agent.emplace();
    made.credit_agent->first_name = "Guadalupe...";
    made.credit_agent->last_name = "Xicotencatl.";
    made.credit_agent->courtesy = "seño Guadalupe...";
    made.credit_agent->phone = "+50255501234";
    made.home_branch.emplace();
    made.home_branch->name = twenty;
    made.home_branch->street = forty;
    made.home_branch->hours = forty;
    made.home_branch->phone = "+50255501234";
    made.village_bank.emplace();
    made.village_bank->name = twenty;
    made.village_bank->next_meeting = long_date;
    made.village_bank->meeting_time = "10:00";
    loan one{};
    one.id = "1";
    one.product = "Credito de temporada";
    one.principal = {9'999'999, currency};
    one.disbursed_on = long_date;
    one.matures_on = long_date;
    for (int number = 1; number <= many; ++number) {
        one.schedule.push_back(
            {.number = number,
             .due = long_date,
             .total = {833'333, currency},
             .principal = {833'333, currency},
             .paid = {0, currency}}
        );
    }
    one.payments.push_back(
        {.id = "1", .on = long_date, .amount = {9'999'999, currency}, .place = twenty}
    );
    made.loans.push_back(std::move(one));
    return made;
}

// What a meeting tells, each as long as its type gets.
told_meeting some_meeting(currency_code currency, instant now) {
    constexpr std::string_view prefix = "meeting.";
    told_meeting made{};
    for (const auto& field : fact_schema()) {
        if (!field.path.starts_with(prefix)) continue;
        auto& value = made.values[std::string{field.path.substr(prefix.size())}];
        if (field.type == fact_type::number) value = std::int64_t{many};
        if (field.type == fact_type::money) value = money{9'999'999, currency};
        if (field.type == fact_type::moment) value = now;
        if (field.type == fact_type::date) value = long_date;
        if (field.type == fact_type::text) value = std::string{"Maximiliana."};
    }
    made.values["group"] = std::string{"Santa Maria de Jesus"};
    return made;
}

payment_point somewhere() {
    payment_point made{};
    made.id = "1";
    made.name = "Tienda Santa Maria 2";
    made.kind = "shop";
    made.street = "4a calle 12-34 zona 1, frente al mercado";
    made.latitude = -14.12345;
    made.longitude = -91.12345;
    return made;
}

}  // namespace

std::vector<sms_text> sms_texts(const catalogue& words, const institution& house) {
    const auto who = std::make_shared<const client_facts>(somebody(house.currency));
    const instant now = std::chrono::sys_days{long_date} + 16h;
    const facts known{.clients = {who}, .as_of = now};
    const auto place = somewhere();
    const auto meeting = some_meeting(house.currency, now);
    const told_point point{
        .what = &place,
        .metres = 12'000,
        .direction = "north_east",
        .open = false,
        .hours = "lun-vie 08:00-17:00, sáb 08:00-12:00",
        .closes = "17:00",
        .opens = "miércoles 08:00"};
    std::vector<sms_text> all;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        const message_id message{i};
        const auto forms = words.forms(message);
        for (const auto& language : house.languages) {
            if (!words.has(message, language)) continue;
            const auto base = language.substr(0, language.find('-'));
            sms_text made{.message = message, .language = language};
            made.own = std::any_of(forms.begin(), forms.end(), [&](const message_form& form) {
                return form.when.channel() == channel_kind::sms &&
                       (form.language == language || form.language == base);
            });
            const fact_view seen{
                .known = &known,
                .who = who.get(),
                .selected = &who->loans.front(),
                .point = &point,
                .points_found = static_cast<std::int64_t>(found_points_max),
                .house = &house,
                .now = now,
                .today = long_date,
                .verified = true,
                .language = language,
                .channel = "sms",
                .pin_tries_left = many,
                .pin_locked_until = now,
                .of_meeting = &meeting};
            made.text = words.format(
                message, language, {.channel = channel_kind::sms, .whom = archetype::enabled}, seen
            );
            made.length = sms_length_of(made.text);
            all.push_back(std::move(made));
        }
    }
    return all;
}

}  // namespace tertulia::dialogs
