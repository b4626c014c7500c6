#include "adapters/ledger/geojson_records.hpp"

#include "adapters/ledger/csv.hpp"
#include "adapters/ledger/json_records.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace tertulia::adapters::ledger {
namespace {

using geojson = nlohmann::json;

constexpr const char* whole_form =
    "the file must be {\"type\": \"FeatureCollection\", \"features\": […]}";

const geojson* member(const geojson& of, const char* name) {
    if (!of.is_object()) return nullptr;
    const auto at = of.find(name);
    return at == of.end() ? nullptr : &*at;
}

bool is_called(const geojson& of, const char* type) {
    const auto* said = member(of, "type");
    return said != nullptr && said->is_string() && said->get_ref<const std::string&>() == type;
}

// What GIS programs call the degrees of GPS; an older file may name another system.
bool is_in_degrees(const geojson& whole) {
    const auto* crs = member(whole, "crs");
    if (crs == nullptr || crs->is_null()) return true;
    const auto* named = member(*crs, "properties");
    const auto* name = named == nullptr ? nullptr : member(*named, "name");
    if (name == nullptr || !name->is_string()) return false;
    const auto& said = name->get_ref<const std::string&>();
    return said.ends_with("CRS84") || said.ends_with(":4326");
}

class feature_reader {
public:
    feature_reader(
        std::string_view file,
        kind what,
        problem_list& problems,
        std::vector<bool>& has_column,
        const record_sink& sink
    )
        : what_{what},
          problems_{problems},
          has_column_{has_column},
          sink_{sink},
          columns_{what, {file, 0}, problems},
          current_{.at = {file, 0, true}, .fields = {}} {}

    void read(const geojson& feature) {
        ++current_.at.number;
        current_.fields.assign(columns_of(what_).size(), std::nullopt);
        if (!is_called(feature, "Feature")) {
            problems_.add(current_.at, "", "is not a Feature", "each of \"features\" must be one");
            return;
        }
        const bool placed = point(feature);
        const bool told = properties(feature);
        if (placed && told) sink_(current_);
    }

private:
    bool refuse(std::string_view column, std::string what, std::string mend = {}) {
        problems_.add(current_.at, column, std::move(what), std::move(mend));
        return false;
    }

    void set(std::string_view column, std::string value) {
        const auto index = columns_.find(column);
        if (!index || value.empty()) return;
        has_column_[*index] = true;
        current_.fields[*index] = std::move(value);
    }

    bool point(const geojson& feature) {
        const auto* geometry = member(feature, "geometry");
        if (geometry == nullptr || geometry->is_null()) {
            return refuse("geometry", "is missing", "give the place as a Point");
        }
        if (!is_called(*geometry, "Point")) {
            return refuse("geometry", "is not a Point", "give the place as one Point");
        }
        const auto* at = member(*geometry, "coordinates");
        const bool two = at != nullptr && at->is_array() && at->size() >= 2 && at->size() <= 3 &&
                         (*at)[0].is_number() && (*at)[1].is_number();
        if (!two) {
            return refuse(
                "coordinates", "are not two numbers", "write longitude, then latitude: [-90.51, 14.64]"
            );
        }
        // A latitude past the pole is nearly always the two the other way round.
        if (const auto latitude = (*at)[1].get<double>(); latitude > 90 || latitude < -90) {
            return refuse(
                "coordinates",
                shown((*at)[1].dump()) + " is no latitude",
                "GeoJSON has longitude first, then latitude"
            );
        }
        set("longitude", (*at)[0].dump());
        set("latitude", (*at)[1].dump());
        return true;
    }

    bool properties(const geojson& feature) {
        const auto* all = member(feature, "properties");
        if (all == nullptr || !all->is_object()) {
            return refuse("properties", "are missing", "name, kind and the other columns go there");
        }
        bool good = true;
        for (const auto& [name, value] : all->items()) {
            if (name == "latitude" || name == "longitude") {
                good = refuse(name, "is told twice", "the geometry has it; remove the property");
            } else {
                good = property(name, value) && good;
            }
        }
        if (const auto* id = member(feature, "id"); id != nullptr && !all->contains("id")) {
            good = property("id", *id) && good;
        }
        return good;
    }

    bool property(const std::string& name, const geojson& value) {
        if (value.is_null()) return true;
        if (value.is_structured()) return refuse(name, "is not a plain value", "properties are flat");
        auto text = value.is_string() ? value.get<std::string>() : value.dump();
        if (text.find('\0') != std::string::npos) return refuse(name, "has a NUL character");
        if (text.size() > field_bytes_max) {
            return refuse(name, "is longer than 4096 bytes", "shorten it");
        }
        set(name, std::move(text));
        return true;
    }

    kind what_;
    problem_list& problems_;
    std::vector<bool>& has_column_;
    const record_sink& sink_;
    column_map columns_;
    record current_;
};

}  // namespace

void read_geojson(
    std::string_view bytes,
    std::string_view file,
    kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
) {
    geojson whole;
    try {
        whole = geojson::parse(bytes.begin(), bytes.end());
    } catch (const geojson::parse_error& error) {
        problems.add({file}, "", not_json(error.what()));
        return;
    }
    const auto* features = member(whole, "features");
    if (!is_called(whole, "FeatureCollection") || features == nullptr || !features->is_array()) {
        problems.add({file}, "", "is not a FeatureCollection", whole_form);
        return;
    }
    if (!is_in_degrees(whole)) {
        problems.add(
            {file}, "crs", "is another system of coordinates", "export it in WGS 84 (EPSG:4326)"
        );
        return;
    }
    feature_reader reader{file, what, problems, has_column, sink};
    for (const auto& each : *features) reader.read(each);
}

}  // namespace tertulia::adapters::ledger
