// A place to pay is closed on the institution's holidays, unless its hours say otherwise.

#include "dialogs/services/place_hours.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

struct place_hours_test : testing::Test {
    local_calendar calendar = *local_calendar::make("America/Guatemala");
    // A Friday, and the Saturday after it.
    std::vector<civil_date> holidays{
        std::chrono::year{2026} / 12 / 25, std::chrono::year{2026} / 12 / 26};

    [[nodiscard]] instant at(unsigned day, int hour, int minute = 0) const {
        return calendar.at(
            std::chrono::year{2026} / std::chrono::month{12} / std::chrono::day{day}, hour, minute
        );
    }
    [[nodiscard]] place_hours read(const std::string& text) const {
        auto made = place_hours::parse(text, holidays, calendar);
        EXPECT_TRUE(made) << text;
        return made ? *made : *place_hours::parse("24/7", {}, calendar);
    }
};

TEST_F(place_hours_test, on_an_ordinary_day_they_are_those_of_the_week) {
    const auto shop = read("Lun-Vie 8:00-12:00, 14:00-17:00");
    EXPECT_TRUE(shop.open_at(at(21, 10)));
    EXPECT_EQ(shop.closes(at(21, 10)), at(21, 12));
    EXPECT_EQ(shop.opens(at(21, 13)), at(21, 14));
    EXPECT_EQ(shop.opens(at(21, 10)), std::nullopt);
    EXPECT_EQ(shop.closes(at(21, 13)), std::nullopt);
    EXPECT_EQ(shop.week().text("fr"), "lun-ven 08:00-12:00, 14:00-17:00");
}

TEST_F(place_hours_test, soyfinca_points_are_closed_on_holidays_and_open_after_them) {
    const auto shop = read("Lun-Dom 7:00-20:00");
    EXPECT_FALSE(shop.open_at(at(25, 10)));
    EXPECT_EQ(shop.opens(at(24, 21)), at(27, 7)) << "not on the 25th, nor on the 26th";
    EXPECT_EQ(shop.opens(at(25, 10)), at(27, 7));
}

TEST_F(place_hours_test, soyfinca_points_may_say_what_holds_on_holidays) {
    for (const auto* text :
         {"Mo-Su 7:00-20:00; PH 9:00-12:00", "Lun-Dom 7:00-20:00; feriados 9:00-12:00",
          "Lun-Dom 7:00-20:00; Días feriados: de 9:00 a 12:00",
          "lun-dim 7h-20h; jours fériés 9h-12h", "Mo-Su 7:00-20:00; Holidays 9am to 12pm"}) {
        const auto shop = read(text);
        EXPECT_TRUE(shop.open_at(at(24, 19))) << text;
        EXPECT_FALSE(shop.open_at(at(25, 8))) << text;
        EXPECT_EQ(shop.opens(at(25, 8)), at(25, 9)) << text;
        EXPECT_EQ(shop.closes(at(25, 10)), at(25, 12)) << text;
        EXPECT_EQ(shop.opens(at(26, 13)), at(27, 7)) << text;
    }
    EXPECT_FALSE(read("Mo-Su 7:00-20:00; PH off").open_at(at(25, 10)));
}

TEST_F(place_hours_test, past_midnight_they_end_where_a_holiday_begins) {
    const auto bar = read("Mo-Su 18:00-02:00");
    EXPECT_EQ(bar.closes(at(22, 23)), at(23, 2));
    EXPECT_EQ(bar.closes(at(24, 23)), at(25, 0));
}

TEST_F(place_hours_test, what_never_closes_does_not_on_a_holiday_and_what_never_opens_says_so) {
    const auto machine = read("24/7");
    EXPECT_TRUE(machine.open_at(at(25, 3)));
    EXPECT_EQ(machine.closes(at(21, 3)), std::nullopt);
    EXPECT_EQ(read("Su off").opens(at(21, 3)), std::nullopt);
}

TEST_F(place_hours_test, what_is_not_written_so_is_not_guessed_at) {
    for (const auto* text :
         {"", "siempre", "Lun-Vie 8:00-17:00; feriados", "Lun-Vie 8:00-17:00; PH tal vez",
          "Lun-Vie 8:00-17:00 menos feriados", "; PH 9:00-12:00", "PH 9:00-12:00"}) {
        EXPECT_FALSE(place_hours::parse(text, holidays, calendar)) << text;
    }
    EXPECT_FALSE(place_hours::parse(std::string(100'000, ';'), holidays, calendar));
}

}  // namespace
}  // namespace tertulia::dialogs
