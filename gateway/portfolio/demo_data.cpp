#include "gateway/portfolio/demo_data.hpp"

namespace tertulia::gateway::demo {
namespace {

constexpr town all_towns[] = {
    {"Guatemala", 14.6407, -90.5133, 30},
    {"Mixco", 14.6331, -90.6064, 16},
    {"Villa Nueva", 14.5269, -90.5875, 15},
    {"San Miguel Petapa", 14.5017, -90.5550, 7},
    {"Chinautla", 14.7029, -90.5000, 6},
    {"Amatitlán", 14.4811, -90.6192, 6},
    {"Villa Canales", 14.4815, -90.5331, 5},
    {"Santa Catarina Pinula", 14.5686, -90.4958, 5},
    {"San José Pinula", 14.5453, -90.4114, 3},
    {"Fraijanes", 14.4622, -90.4408, 3},
    {"San Juan Sacatepéquez", 14.7189, -90.6442, 6},
    {"San Pedro Sacatepéquez", 14.6843, -90.6428, 3},
    {"San Raimundo", 14.7647, -90.5956, 2},
    {"Palencia", 14.6672, -90.3594, 2},
    {"San Pedro Ayampuc", 14.7778, -90.4536, 2},
    {"Antigua Guatemala", 14.5586, -90.7339, 4},
    {"Chimaltenango", 14.6611, -90.8208, 4},
    {"Escuintla", 14.3050, -90.7850, 4},
    {"Sololá", 14.7739, -91.1836, 2},
    {"Panajachel", 14.7386, -91.1561, 2},
    {"Quetzaltenango", 14.8347, -91.5181, 5},
    {"Totonicapán", 14.9117, -91.3611, 2},
    {"Huehuetenango", 15.3197, -91.4708, 3},
    {"Santa Cruz del Quiché", 15.0306, -91.1489, 2},
    {"Cobán", 15.4719, -90.3708, 3},
    {"Mazatenango", 14.5342, -91.5033, 2},
    {"Jalapa", 14.6333, -89.9889, 1},
    {"Chiquimula", 14.8000, -89.5458, 2},
};

constexpr std::string_view all_women[] = {
    "Adela",     "Alba",    "Alicia",  "Amanda",   "Amparo",  "Beatriz",  "Blanca",  "Berta",
    "Catalina",  "Cecilia", "Clara",   "Delia",    "Dora",    "Edelmira", "Elvira",  "Emilia",
    "Estela",    "Eugenia", "Eva",     "Fidelia",  "Flor",    "Gladys",   "Gloria",  "Graciela",
    "Hilda",     "Imelda",  "Inés",    "Irma",     "Josefa",  "Juana",    "Leticia", "Lidia",
    "Magdalena", "Manuela", "Marcela", "Mercedes", "Micaela", "Mirna",    "Norma",   "Ofelia",
    "Olga",      "Petrona", "Rebeca",  "Reina",    "Sandra",  "Silvia",   "Sonia",   "Tomasa",
    "Verónica",  "Vilma",   "Yolanda", "Zoila"};
constexpr std::string_view all_men[] = {
    "Abel",
    "Andrés",
    "Benito",
    "Domingo",
    "Efraín",
    "Ernesto",
    "Fermín",
    "Gaspar",
    "Gregorio",
    "Julián",
    "Lázaro",
    "Marvin",
    "Mateo",
    "Rigoberto",
    "Tomás"};
constexpr std::string_view all_surnames[] = {
    "Ajú",     "Alvarado", "Batz",      "Cabrera", "Caal",      "Castillo", "Chacón",
    "Chávez",  "Coc",      "Cojulún",   "Cux",     "Escobar",   "Estrada",  "Figueroa",
    "Galindo", "García",   "Gómez",     "Guzmán",  "Hernández", "Ixcot",    "Juárez",
    "Lemus",   "López",    "Marroquín", "Mejía",   "Méndez",    "Monzón",   "Morales",
    "Ochoa",   "Orozco",   "Pérez",     "Pineda",  "Quiñónez",  "Ramírez",  "Recinos",
    "Reyes",   "Sic",      "Solares",   "Tzoc",    "Velásquez", "Xol",      "Yax"};
constexpr std::string_view all_village_banks[] = {
    "Las Bugambilias", "Las Orquídeas",    "Los Girasoles",     "Flor de Café",    "Las Azucenas",
    "Los Claveles",    "Las Margaritas",   "Flor de Pascua",    "Las Violetas",    "Los Geranios",
    "Las Gardenias",   "Flor de Izote",    "Las Dalias",        "Los Jazmines",    "Las Amapolas",
    "Flor de Mayo",    "Las Hortensias",   "Los Crisantemos",   "Las Camelias",    "Flor de Loroco",
    "Las Begonias",    "Los Tulipanes",    "Las Petunias",      "Flor del Valle",  "Las Magnolias",
    "Los Lirios",      "Las Siemprevivas", "Flor de Jacaranda", "Las Verbenas",    "Los Narcisos",
    "Las Campánulas",  "Flor de Naranjo",  "Las Gladiolas",     "Los Nardos",      "Las Pascuas",
    "Flor de Caña",    "Las Madreselvas",  "Los Alhelíes",      "Las Clavellinas", "Flor de Maíz"};
constexpr std::string_view all_shops[] = {
    "Tienda La Esquina",
    "Abarrotería El Ahorro",
    "Tienda La Bendición",
    "Farmacia El Alivio",
    "Librería El Lápiz",
    "Tienda Las Dos Hermanas",
    "Panadería La Espiga",
    "Ferretería El Clavo",
    "Tienda El Buen Precio",
    "Agroservicio La Semilla",
    "Cafetería El Molino",
    "Tienda La Parada"};
constexpr std::string_view all_banks[] = {
    "Banco del Altiplano", "Banco La Ceiba", "Cooperativa El Maizal", "Banco Horizonte Azul"};
constexpr std::string_view all_streets[] = {
    "Calle del Naranjo",
    "Avenida Las Jacarandas",
    "Calle Los Aromas",
    "Avenida El Manantial",
    "Calle Real",
    "Avenida Los Cipreses",
    "Calle del Mercado",
    "Avenida La Loma"};

}  // namespace

std::span<const town> towns() noexcept {
    return all_towns;
}
std::span<const std::string_view> women() noexcept {
    return all_women;
}
std::span<const std::string_view> men() noexcept {
    return all_men;
}
std::span<const std::string_view> surnames() noexcept {
    return all_surnames;
}
std::span<const std::string_view> village_banks() noexcept {
    return all_village_banks;
}
std::span<const std::string_view> shops() noexcept {
    return all_shops;
}
std::span<const std::string_view> banks() noexcept {
    return all_banks;
}
std::span<const std::string_view> streets() noexcept {
    return all_streets;
}

}  // namespace tertulia::gateway::demo
