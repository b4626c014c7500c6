#include "gateway/portfolio/demo_places.hpp"

#include <cstddef>

namespace tertulia::gateway {
namespace {

constexpr demo_town towns[] = {
    {"Guatemala zona 1", 14.6420, -90.5133, 14},
    {"Guatemala zona 18", 14.6610, -90.4700, 8},
    {"Mixco", 14.6308, -90.6071, 12},
    {"Villa Nueva", 14.5269, -90.5875, 11},
    {"San Miguel Petapa", 14.5028, -90.5519, 6},
    {"Amatitlán", 14.4816, -90.6156, 5},
    {"Chinautla", 14.7029, -90.4998, 4},
    {"San Juan Sacatepéquez", 14.7189, -90.6443, 7},
    {"San Pedro Sacatepéquez", 14.6845, -90.6431, 3},
    {"San Raymundo", 14.7652, -90.5957, 2},
    {"San Pedro Ayampuc", 14.7786, -90.4540, 2},
    {"San José Pinula", 14.5461, -90.4114, 3},
    {"Santa Catarina Pinula", 14.5689, -90.4953, 3},
    {"Fraijanes", 14.4653, -90.4410, 2},
    {"Palencia", 14.6672, -90.3578, 2},
    {"Villa Canales", 14.4816, -90.5338, 4},
    {"San José del Golfo", 14.7633, -90.3725, 1},
    {"Chuarrancho", 14.8200, -90.5125, 1},
    {"Antigua Guatemala", 14.5586, -90.7295, 3},
    {"Jocotenango", 14.5754, -90.7436, 1},
    {"Ciudad Vieja", 14.5249, -90.7636, 1},
    {"Sumpango", 14.6464, -90.7340, 2},
    {"Santiago Sacatepéquez", 14.6350, -90.6764, 1},
    {"San Lucas Sacatepéquez", 14.6107, -90.6568, 1},
    {"Chimaltenango", 14.6611, -90.8194, 4},
    {"Palín", 14.4056, -90.6986, 2},
    {"Escuintla", 14.3050, -90.7850, 3}};

struct agency {
    std::string_view name{};
    std::string_view street{};
    std::string_view town{};
};
constexpr agency agencies[] = {
    {"Agencia Central", "7a avenida 10-45, zona 1", "Guatemala zona 1"},
    {"Agencia Mixco", "5a calle 3-21, zona 1", "Mixco"},
    {"Agencia Villa Nueva", "4a avenida 8-16, zona 1", "Villa Nueva"},
    {"Agencia Petapa", "2a calle 1-30, zona 1", "San Miguel Petapa"},
    {"Agencia Amatitlán", "6a calle 5-12, barrio El Rosario", "Amatitlán"},
    {"Agencia San Juan", "3a avenida 6-08, zona 2", "San Juan Sacatepéquez"}};

constexpr std::string_view banks[] = {
    "Banco Las Cumbres", "Banco del Volcán Azul", "Caja Tres Ríos", "Cooperativa El Maizal"};

constexpr std::string_view shop_kinds[] = {
    "Tienda", "Farmacia", "Librería", "Abarrotería", "Panadería", "Ferretería", "Comercial"};
constexpr std::string_view shop_names[] = {
    "La Esquina",  "El Buen Día", "San Antonio", "La Bendición",  "Los Cipreses",
    "El Porvenir", "La Economía", "Don Chepe",   "Las Flores",    "El Trébol",
    "La Favorita", "El Amanecer", "Santa Lucía", "La Esperanza",  "El Quetzal",
    "Los Gemelos", "La Ceibita",  "El Mirador",  "Nueva Alianza", "La Surtidora"};
constexpr std::string_view shop_hours[] = {
    "Lun-Dom 7:00-20:00", "Lun-Sáb 7:00-19:00", "Lun-Dom 6:00-21:00", "Lun-Sáb 8:00-18:00"};

const demo_town& town_named(std::string_view name) {
    for (const auto& each : towns) {
        if (each.name == name) return each;
    }
    BOOST_ASSERT_MSG(false, "an agency stands in a town of the table");
    return towns[0];
}

// Within two kilometres or so of the middle, denser towards it, in steps of a metre.
double near(double middle, demo_random& dice) {
    const int steps = dice.between(-900, 900) + dice.between(-900, 900);
    return middle + static_cast<double>(steps) / 100'000.0;
}

std::string street_in(const demo_town& town, demo_random& dice) {
    const bool avenue = dice.chance(50);
    std::string out = std::to_string(dice.between(1, 19)) + (avenue ? "a avenida " : "a calle ");
    const int house = dice.between(1, 99);
    out += std::to_string(dice.between(1, 24)) + (house < 10 ? "-0" : "-") + std::to_string(house);
    return out + ", " + std::string{town.name};
}

payment_point bank_or_shop(int number, demo_random& dice) {
    const auto& town = demo_town_of(dice);
    payment_point out{.id = "PP" + std::to_string(number)};
    if (dice.chance(7)) {
        out.kind = "bank";
        out.name = std::string{dice.pick(demo_banks())} + " " + std::string{town.name};
        out.hours = dice.chance(60) ? "Lun-Vie 9:00-17:00, Sáb 9:00-13:00" : "Lun-Vie 9:00-16:30";
        out.takes_card = true;
    } else {
        out.kind = "shop";
        out.name = std::string{dice.pick(std::span<const std::string_view>{shop_kinds})} + " " +
                   std::string{dice.pick(std::span<const std::string_view>{shop_names})};
        out.hours = dice.pick(std::span<const std::string_view>{shop_hours});
        out.takes_card = dice.chance(15);
    }
    out.street = street_in(town, dice);
    out.latitude = near(town.latitude, dice);
    out.longitude = near(town.longitude, dice);
    return out;
}

}  // namespace

std::span<const demo_town> demo_towns() noexcept {
    return towns;
}

std::span<const std::string_view> demo_banks() noexcept {
    return banks;
}

const demo_town& demo_town_of(demo_random& dice) {
    int all = 0;
    for (const auto& each : towns) all += each.weight;
    int left = dice.below(all);
    for (const auto& each : towns) {
        left -= each.weight;
        if (left < 0) return each;
    }
    return towns[0];
}

std::vector<branch> demo_branches() {
    std::vector<branch> out;
    for (const auto& each : agencies) {
        const auto number = std::to_string(out.size() + 1);
        const auto& town = town_named(each.town);
        out.push_back(
            {.id = "AG" + number,
             .name = std::string{each.name},
             .street = std::string{each.street},
             .phone = "+5025550001" + number,
             .hours = "Lun-Vie 8:00-17:00, Sáb 8:00-12:00",
             .latitude = town.latitude,
             .longitude = town.longitude}
        );
    }
    return out;
}

std::vector<payment_point> demo_payment_points(
    std::span<const branch> agencies_of_ours, demo_random& dice
) {
    std::vector<payment_point> out;
    out.reserve(demo_points);
    for (const auto& each : agencies_of_ours) {
        out.push_back(
            {.id = "PP-" + each.id,
             .name = each.name,
             .kind = "agency",
             .street = each.street,
             .hours = each.hours,
             .latitude = each.latitude,
             .longitude = each.longitude,
             .branch_id = each.id,
             .takes_card = true}
        );
    }
    for (int number = static_cast<int>(out.size()) + 1; number <= demo_points; ++number) {
        out.push_back(bank_or_shop(number, dice));
    }
    return out;
}

}  // namespace tertulia::gateway
