// The files of a ledger and the columns of each, as tables: what may stand in them, what must, and
// what people are told about a column that does not exist. What a value means is records.cpp's.

#pragma once

#include "adapters/ledger/problem.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::ledger {

// In the order they are read: each refers only to those before it.
enum class kind : std::uint8_t {
    branches,
    officers,
    groups,
    clients,
    loans,
    schedule,  // instalments, by loan and number
    payments,
    savings,
    payment_points,
    leaders,    // offices of a village bank, by group and member
    relatives,  // members who are family: pairs, in either order
    bylaws,     // of a village bank: its pot, what is put by, its fines
    pins,       // of a demo only: plain PINs, hashed on import
};
inline constexpr std::size_t kinds = 13;

enum class format : std::uint8_t {
    csv,
    json,
    geojson,  // of kinds with latitude and longitude
};

struct column {
    std::string_view name{};
    bool required{};
};

[[nodiscard]] std::string_view name_of(kind what) noexcept;  // the file's stem: "clients"
[[nodiscard]] std::span<const column> columns_of(kind what) noexcept;

struct file_kind {
    kind what{};
    format how{};
};
// By the last part of the path: "import/clients.csv". Nothing for any other name, nor for
// ".geojson" of what has no place.
[[nodiscard]] std::optional<file_kind> kind_of_file(std::string_view path) noexcept;

// Which field of a record is which column. One per file for CSV; JSON feeds it key by key.
class column_map {
public:
    column_map(kind what, const place& header, problem_list& problems);

    // The column's index in columns_of(), or nothing; an unknown name is reported once.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name);

private:
    kind what_;
    place header_;
    problem_list& problems_;
    std::vector<std::string> reported_{};
};

// One record of any file: the text of each column of its kind, in columns_of() order.
struct record {
    place at{};
    std::vector<std::optional<std::string>> fields{};  // nothing: absent or empty
};

}  // namespace tertulia::adapters::ledger
