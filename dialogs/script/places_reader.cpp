#include "dialogs/script/places_reader.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t name_bytes_max = 80;

std::optional<double> degrees(const yaml_node& written, double bound) {
    double value = 0;
    const auto& text = written.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = written.scalar() && error == std::errc{} && end == text.data() + text.size();
    return good && value >= -bound && value <= bound ? std::optional{value} : std::nullopt;
}

class place_reader {
public:
    explicit place_reader(findings& noted) : noted_(noted) {}

    std::vector<named_place> read(const yaml_node& root) {
        if (root.entries.size() > places_max) {
            noted_.error(rule::too_large, root.at, "there are more than 5000 places");
            return {};
        }
        std::vector<named_place> all;
        for (const auto& entry : root.entries) {
            named_place made{.name = entry.key};
            take(made.name, entry.at, all.size());
            if (entry.value.map()) {
                details(entry.value, made, all.size());
            } else if (!entry.value.text.empty() || entry.value.list()) {
                noted_.error(
                    rule::wrong_shape,
                    entry.value.at,
                    "a place looks like  Salcajá: {also: […], at: [14.88, -91.45]}"
                );
            }
            all.push_back(std::move(made));
        }
        return all;
    }

private:
    void details(const yaml_node& map, named_place& into, std::size_t index) {
        const auto known = place_shape().names();
        for (const auto& entry : map.entries) {
            if (entry.key == "also") {
                names(entry.value, into, index);
            } else if (entry.key == "at") {
                where(entry.value, into);
            } else {
                noted_.error(
                    rule::unknown_key,
                    entry.at,
                    "a place has no '" + entry.key + "'",
                    mend_for(entry.key, known)
                );
            }
        }
    }

    void names(const yaml_node& value, named_place& into, std::size_t index) {
        const std::vector<yaml_node> one{value};
        for (const auto& item : value.list() ? value.items : one) {
            if (!item.scalar()) {
                noted_.error(rule::wrong_shape, item.at, "'also' is a list of names");
                continue;
            }
            take(item.text, item.at, index);
            into.also.push_back(item.text);
        }
    }

    void where(const yaml_node& value, named_place& into) {
        const bool two = value.list() && value.items.size() == 2;
        const auto latitude = two ? degrees(value.items[0], 90) : std::nullopt;
        const auto longitude = two ? degrees(value.items[1], 180) : std::nullopt;
        if (latitude && longitude) {
            into.at = coordinates{*latitude, *longitude};
            return;
        }
        noted_.error(
            rule::wrong_value,
            value.at,
            "'at' is degrees north and east",
            "at: [14.8347, -91.5181]; south and west are negative"
        );
    }

    // Said of one place alone.
    void take(const std::string& name, place at, std::size_t index) {
        const auto key = place_key(name);
        if (key.empty() || name.size() > name_bytes_max) {
            noted_.error(
                rule::bad_name, at, "the name of a place has letters or figures, 80 at most"
            );
            return;
        }
        const auto [found, is_new] =
            owners_.emplace(key, owner{.index = index, .name = name, .line = at.line});
        const auto& first = found->second;
        if (is_new || first.index == index) return;
        noted_.error(
            rule::repeated_name,
            at,
            "'" + name + "' sounds like '" + first.name + "' of line " +
                std::to_string(first.line) + ", which is another place",
            "say which: \"" + name + " de …\""
        );
    }

    struct owner {
        std::size_t index{};
        std::string name{};
        int line{};
    };

    findings& noted_;
    std::map<std::vector<std::string>, owner> owners_{};
};

}  // namespace

const map_shape& place_shape() {
    static const map_shape shape{
        .name = "place",
        .keys = {
            {"also", one_or_more(a_text()), "Other ways to say it."},
            {"at",
             a_list(a_text("-?[0-9]+([.][0-9]+)?"), 2, 2),
             "Degrees north and east: [14.8347, -91.5181]."}}};
    return shape;
}

const map_shape& places_shape() {
    static const map_shape shape{
        .name = "places", .pattern = ".{1,80}", .other = either({nothing(), a_map(place_shape)})};
    return shape;
}

std::vector<named_place> read_places(const source_file& file, findings& into) {
    const auto root = read_yaml(file, into);
    if (!root) return {};
    if (!root->map()) {
        into.error(rule::wrong_shape, root->at, "places look like  Salcajá: {also: [Sal Caja]}");
        return {};
    }
    return place_reader(into).read(*root);
}

}  // namespace tertulia::dialogs
