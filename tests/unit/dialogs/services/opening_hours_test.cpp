#include "dialogs/services/opening_hours.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertulia::dialogs {
namespace {

constexpr int monday = 0;
constexpr int friday = 4;
constexpr int saturday = 5;
constexpr int sunday = 6;

opening_hours::moment at(int day, int hour, int minute = 0) {
    return {day, hour * 60 + minute};
}

opening_hours read(const std::string& text) {
    auto made = opening_hours::parse(text);
    EXPECT_TRUE(made) << text;
    return made.value_or(opening_hours{});
}

TEST(opening_hours, are_read_as_lists_of_places_write_them) {
    for (const auto* text :
         {"Lun-Vie 8:00-17:00, Sáb 8:00-12:00",
          "Mo-Fr 08:00-17:00; Sa 08:00-12:00",
          "Lunes a viernes de 8:00 a 17:00, sábado de 8:00 a 12:00",
          "Lunes a viernes: 8 a.m. a 5 p.m., sábado: 8 a 12",
          "Monday to Friday 8am to 5pm, Saturday 8am-12pm",
          "lun.–ven. 8h-17h; sam. 8h00-12h00",
          "du lundi au vendredi de 8h à 17h, samedi de 8h à 12h",
          "Mo-Sa 8:00-12:00, Mo-Fr 12:00-17:00",
          "Mo-Sa 8:00-17:00; Sa 8:00-12:00"}) {
        const auto hours = read(text);
        EXPECT_FALSE(hours.open_at(at(monday, 7, 59))) << text;
        EXPECT_TRUE(hours.open_at(at(monday, 8))) << text;
        EXPECT_TRUE(hours.open_at(at(friday, 16, 59))) << text;
        EXPECT_FALSE(hours.open_at(at(friday, 17))) << text;
        EXPECT_TRUE(hours.open_at(at(saturday, 11, 59))) << text;
        EXPECT_FALSE(hours.open_at(at(saturday, 12))) << text;
        EXPECT_FALSE(hours.open_at(at(sunday, 10))) << text;
    }
}

TEST(opening_hours, know_when_it_closes_and_when_it_opens_next) {
    const auto hours = read("Lun-Vie 8:00-12:00, 14:00-17:00, Sáb 8:00-12:00");
    EXPECT_EQ(hours.closes(at(monday, 9)), at(monday, 12));
    EXPECT_EQ(hours.opens(at(monday, 9)), std::nullopt);
    EXPECT_EQ(hours.closes(at(monday, 13)), std::nullopt);
    EXPECT_EQ(hours.opens(at(monday, 13)), at(monday, 14));
    EXPECT_EQ(hours.opens(at(friday, 17)), at(saturday, 8));
    EXPECT_EQ(hours.opens(at(saturday, 12)), at(monday, 8));
}

TEST(opening_hours, go_past_midnight_and_past_the_end_of_the_week) {
    const auto hours = read("Fr-Su 18:00-02:00");
    EXPECT_TRUE(hours.open_at(at(saturday, 1, 59)));
    EXPECT_FALSE(hours.open_at(at(saturday, 2)));
    EXPECT_TRUE(hours.open_at(at(monday, 1)));
    EXPECT_EQ(hours.closes(at(sunday, 23)), at(monday, 2));
    EXPECT_EQ(hours.closes(at(monday, 1)), at(monday, 2));
    EXPECT_EQ(hours.opens(at(monday, 2)), at(friday, 18));
}

TEST(opening_hours, of_a_place_that_never_closes) {
    const auto hours = read("24/7");
    EXPECT_TRUE(hours.open_at(at(sunday, 23, 59)));
    EXPECT_EQ(hours.closes(at(sunday, 23)), std::nullopt);
    EXPECT_EQ(hours.opens(at(sunday, 23)), std::nullopt);
    // The same in other words.
    EXPECT_EQ(read("Mo-Su 00:00-24:00").closes(at(sunday, 23)), std::nullopt);
}

TEST(opening_hours, of_a_day_off_are_none) {
    const auto hours = read("Mo-Su 7:00-20:00; Su off");
    EXPECT_TRUE(hours.open_at(at(saturday, 10)));
    EXPECT_FALSE(hours.open_at(at(sunday, 10)));
    EXPECT_FALSE(read("Domingo cerrado").open_at(at(monday, 10)));
    EXPECT_EQ(read("Su closed").opens(at(monday, 10)), std::nullopt);
}

TEST(opening_hours, are_told_in_her_language) {
    const auto hours = read("Mo-Fr 08:00-17:00; Sa 08:00-12:00");
    EXPECT_EQ(hours.text("es-GT"), "lun-vie 08:00-17:00, sáb 08:00-12:00");
    EXPECT_EQ(hours.text("en"), "Mon-Fri 8:00 AM-5:00 PM, Sat 8:00 AM-12:00 PM");
    EXPECT_EQ(hours.text("fr"), "lun-ven 08:00-17:00, sam 08:00-12:00");
    EXPECT_EQ(weekday_text(monday, "fr"), "lundi");
}

TEST(opening_hours, not_written_so_are_no_hours) {
    for (const auto* text :
         {"",
          "siempre",
          "Lun-Vie",
          "8:00-17:00",
          "Lun-Vie 8:00",
          "Lun-Vie 27:00-29:00",
          "Lun-Vie 8:75-17:00",
          "Lun-Vie 8:00-17:00 menos feriados",
          "Lunas 8:00-17:00",
          "Lun-Vie 13pm-14pm",
          "Lun-Vie 0am-2am",
          "Lun-Vie 8:00-17:00,,Sáb 8-12",
          "-",
          "24/8"}) {
        EXPECT_FALSE(opening_hours::parse(text)) << text;
    }
    EXPECT_FALSE(opening_hours::parse(std::string(100'000, 'L')));
}

}  // namespace
}  // namespace tertulia::dialogs
