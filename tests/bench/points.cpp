// What it costs to tell where to pay near somewhere: the nearest three of many points, for a place
// she shares, a town she names and a landmark she speaks of, beside looking at all of them.
//   points [--points 100000] [--questions 100000] [--beside 200] [--places config/dialogs/places.yaml]
// Ends with 1 if the two ever disagree.

#include "dialogs/services/payment_points.hpp"
#include "dialogs/understanding/places.hpp"
#include "tests/bench/parts/measure.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace tertulia;
using namespace tertulia::bench;

constexpr std::size_t wanted = 3;

std::vector<dialogs::named_place> places_of(const std::string& file) {
    std::vector<dialogs::named_place> all;
    for (const auto& one : YAML::LoadFile(file)) {
        auto& made = all.emplace_back();
        made.name = one.first.as<std::string>();
        if (!one.second.IsMap()) continue;
        for (const auto& other : one.second["also"]) made.also.push_back(other.as<std::string>());
        if (const auto at = one.second["at"]) {
            made.at = coordinates{at[0].as<double>(), at[1].as<double>()};
        }
    }
    std::erase_if(all, [](const auto& one) { return !one.at; });
    return all;
}

class country {
public:
    country(std::vector<dialogs::named_place> towns, std::size_t points, std::uint64_t seed)
        : towns_{std::move(towns)}, chance_{seed} {
        for (std::size_t i = 0; i < points / 10 + 1; ++i) landmarks_.push_back(named());
        for (std::size_t i = 0; i < points; ++i) points_.push_back(made_up(i));
    }

    [[nodiscard]] const std::vector<payment_point>& points() const noexcept { return points_; }
    [[nodiscard]] const std::vector<dialogs::named_place>& towns() const noexcept { return towns_; }

    coordinates somewhere() {
        const auto& town = *one_of(towns_).at;
        return {town.latitude + off(), town.longitude + off()};
    }
    // With a letter left out, now and then.
    std::string misspelt(std::string text) {
        if (text.size() > 6 && below(2) == 0) text.erase(1 + below(text.size() - 2), 1);
        return text;
    }
    std::string town_named() { return misspelt(one_of(towns_).name); }
    std::string landmark_spoken_of() {
        const auto& street = one_of(points_).street;
        return "estoy cerca " + misspelt(street.substr(street.find(", ") + 2));
    }
    std::size_t below(std::size_t bound) { return chance_() % bound; }

private:
    template <class List>
    const typename List::value_type& one_of(const List& all) {
        return all[below(all.size())];
    }
    double off() { return (static_cast<double>(below(20'001)) - 10'000) / 1e5; }

    // What a few shops around it go by; called as nothing else is, or as one other.
    struct landmark {
        std::string words{};
        coordinates at{};
    };
    landmark named() {
        static const std::vector<std::string> beside{
            "frente al mercado", "junto a la iglesia", "atrás de la escuela", "cerca del parque"};
        static const std::vector<std::string> parts{
            "la", "mer", "ced", "san", "ni", "co", "las", "flo", "res", "be", "len", "mi",
            "ner", "va", "de", "mo", "cra", "cia", "tu", "lum", "xi", "cay", "pe", "tro"};
        const auto& town = one_of(towns_);
        std::string name;
        for (int i = 0; i < 4; ++i) name += one_of(parts);
        return {
            one_of(beside) + " " + name + ", " + town.name,
            {town.at->latitude + off(), town.at->longitude + off()}};
    }

    payment_point made_up(std::size_t number) {
        static const std::vector<std::string> sorts{
            "Tienda", "Farmacia", "Panadería", "Librería", "Banco", "Abarrotería"};
        static const std::vector<std::string> names{
            "El Rosario", "La Bendición", "San Judas", "Los Pinos", "Del Valle", "La Esquina"};
        const auto& near = one_of(landmarks_);
        payment_point made;
        made.id = std::to_string(number);
        made.name = one_of(sorts) + " " + one_of(names) + " " + std::to_string(below(400));
        made.street = std::to_string(1 + below(30)) + "a calle " + std::to_string(below(99)) + ", " +
                      near.words;
        made.latitude = near.at.latitude + off() / 100;
        made.longitude = near.at.longitude + off() / 100;
        return made;
    }

    std::vector<dialogs::named_place> towns_;
    std::mt19937_64 chance_;
    std::vector<landmark> landmarks_{};
    std::vector<payment_point> points_{};
};

struct question {
    std::optional<coordinates> shared{};
    std::string town{};
    std::string landmark{};
};

using found = std::vector<dialogs::payment_point_map::near>;

std::optional<coordinates> where(
    const question& of, const dialogs::place_names& towns, const dialogs::payment_point_map& map
) {
    if (of.shared) return of.shared;
    if (!of.town.empty()) {
        const auto meant = towns.meant(of.town);
        return meant ? towns.places()[*meant].at : std::nullopt;
    }
    const auto* point = map.spoken_of(of.landmark, &towns);
    if (point == nullptr) return std::nullopt;
    return coordinates{point->latitude, point->longitude};
}

found by_looking_at_all(const dialogs::payment_point_map& map, coordinates from) {
    found all;
    for (const auto& one : map.all()) {
        const auto metres = dialogs::metres_between(from, {one.latitude, one.longitude});
        all.push_back({&one, metres});
    }
    std::partial_sort(all.begin(), all.begin() + wanted, all.end(), [](auto& left, auto& right) {
        if (std::abs(left.metres - right.metres) > 1e-3) return left.metres < right.metres;
        return left.point->id < right.point->id;
    });
    all.resize(wanted);
    return all;
}

bool same(const found& left, const found& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](auto& l, auto& r) {
        return l.point == r.point;
    });
}

template <class Work>
std::int64_t nanoseconds(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const auto took = std::chrono::steady_clock::now() - begin;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
}

double us(latencies& of, double percent) {
    return of.percentile(percent) / 1e3;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Where to pay near somewhere, beside looking at every point"};
    std::size_t points = 100'000;
    std::size_t questions = 100'000;
    std::size_t beside = 200;
    std::uint64_t seed = 20'261'127;
    std::string file = "config/dialogs/places.yaml";
    line.add_option("--points", points)->check(CLI::Range(10, 1'000'000));
    line.add_option("--questions", questions)->check(CLI::Range(10, 10'000'000));
    line.add_option("--beside", beside, "of the questions: also asked of every point");
    line.add_option("--seed", seed);
    line.add_option("--places", file);
    CLI11_PARSE(line, argc, argv);
    try {
        country there{places_of(file), points, seed};
        const dialogs::place_names towns{there.towns()};
        std::optional<dialogs::payment_point_map> map;
        const auto making = nanoseconds([&] { map.emplace(there.points()); });
        const auto ask_all = std::max<std::size_t>(1, questions / std::max<std::size_t>(beside, 1));
        latencies whole;
        std::array<latencies, 3> each;  // shared, town, landmark
        latencies ours;
        latencies all;
        std::size_t nowhere = 0;
        for (std::size_t i = 0; i < questions; ++i) {
            const auto kind = i % 4 < 2 ? 0U : static_cast<unsigned>(i % 4 - 1);
            question asked;
            if (kind == 0) asked.shared = there.somewhere();
            if (kind == 1) asked.town = there.town_named();
            if (kind == 2) asked.landmark = there.landmark_spoken_of();
            found near;
            std::optional<coordinates> from;
            const auto took = nanoseconds([&] {
                from = where(asked, towns, *map);
                if (from) near = map->nearest(*from, wanted);
            });
            whole.add(took);
            each.at(kind).add(took);
            if (!from) ++nowhere;
            if (beside == 0 || i % ask_all != 0 || !from) continue;
            ours.add(nanoseconds([&] { near = map->nearest(*from, wanted); }));
            found right;
            all.add(nanoseconds([&] { right = by_looking_at_all(*map, *from); }));
            if (!same(near, right)) {
                std::cerr << "points: question " << i << " is answered otherwise by looking at all\n";
                return 1;
            }
        }
        std::cout << json_line{}
                         .add("p50_us", us(whole, 50))
                         .add("p99_us", us(whole, 99))
                         .add("shared_p99_us", us(each[0], 99))
                         .add("town_p99_us", us(each[1], 99))
                         .add("landmark_p50_us", us(each[2], 50))
                         .add("landmark_p99_us", us(each[2], 99))
                         .add("nearest_p50_us", us(ours, 50))
                         .add("all_p50_us", us(all, 50))
                         .add("ratio", us(all, 50) / us(ours, 50))
                         .add("making_ms", static_cast<double>(making) / 1e6)
                         .add("nowhere", static_cast<double>(nowhere))
                         .text()
                  << std::endl;
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "points: " << error.what() << '\n';
        return 2;
    }
}
