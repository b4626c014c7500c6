// Places as GeoJSON (RFC 7946): a FeatureCollection of Points, whose properties are the columns of
// the CSV file without latitude and longitude, which the geometry tells.

#pragma once

#include "adapters/ledger/sources.hpp"

namespace tertulia::adapters::ledger {

// `bytes` is valid UTF-8 without a byte order mark. Features count as records, from 1.
void read_geojson(
    std::string_view bytes,
    std::string_view file,
    kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
);

}  // namespace tertulia::adapters::ledger
