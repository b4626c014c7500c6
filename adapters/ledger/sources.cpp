#include "adapters/ledger/sources.hpp"

#include "adapters/ledger/csv.hpp"
#include "adapters/ledger/geojson_records.hpp"
#include "adapters/ledger/json_records.hpp"

#include <algorithm>

namespace tertulia::adapters::ledger {
namespace {

// How many bytes of a well-formed UTF-8 sequence start at `at`; 0 where there is none. Overlong
// forms, surrogates and anything past U+10FFFF are not well formed (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t offset) -> unsigned {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const auto follows = [&](std::size_t offset, unsigned low = 0x80, unsigned high = 0xBF) {
        return byte(offset) >= low && byte(offset) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

// False, and reported with its line, where the bytes are not text we can keep.
bool check_encoding(std::string_view bytes, std::string_view file, problem_list& problems) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        problems.add({file}, "", "is UTF-16", "save it as UTF-8");
        return false;
    }
    std::size_t line = 1;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = sequence_length(bytes, at);
        if (length == 0) {
            problems.add({file, line}, "", "is not valid UTF-8", "save the file as UTF-8");
            return false;
        }
        if (bytes[at] == '\0') {
            problems.add({file, line}, "", "has a NUL byte", "export the file again");
            return false;
        }
        if (bytes[at] == '\n') ++line;
        at += length;
    }
    return true;
}

void report_missing_columns(
    kind what, const place& header, const std::vector<bool>& has_column, problem_list& problems
) {
    const auto columns = columns_of(what);
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].required && !has_column[index]) {
            problems.add(header, columns[index].name, "the column is missing", "add it");
        }
    }
}

void read_csv(
    std::string_view bytes,
    std::string_view file,
    kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
) {
    csv_reader reader{bytes};
    csv_row row;
    if (!reader.next(row)) {
        problems.add({file}, "", "is empty", "its first line must name the columns");
        return;
    }
    const place header{file, row.line};
    if (!row.error.empty()) {
        problems.add(header, "", row.error, row.mend);
        return;
    }
    column_map columns{what, header, problems};
    std::vector<std::optional<std::size_t>> index_of;
    bool usable = true;
    for (const auto& name : row.fields) {
        const auto index = columns.find(name);
        if (index && has_column[*index]) {
            problems.add(header, name, "the column is there twice", "remove one");
            usable = false;
        }
        if (index) has_column[*index] = true;
        index_of.push_back(index);
    }
    const auto before = problems.count();
    report_missing_columns(what, header, has_column, problems);
    if (!usable || problems.count() != before) return;  // every row would repeat it

    record each{.at = {file, 0}, .fields = {}};
    while (reader.next(row)) {
        each.at.number = row.line;
        if (row.error.empty() && row.fields.size() != index_of.size()) {
            row.error = "has " + std::to_string(row.fields.size()) +
                        " fields where the header has " + std::to_string(index_of.size());
            row.mend = "a field with a separator in it must be quoted";
        }
        if (!row.error.empty()) {
            problems.add(each.at, "", row.error, row.mend);
            continue;
        }
        each.fields.assign(columns_of(what).size(), std::nullopt);
        for (std::size_t i = 0; i < index_of.size(); ++i) {
            if (index_of[i] && !row.fields[i].empty()) {
                each.fields[*index_of[i]] = std::move(row.fields[i]);
            }
        }
        sink(each);
    }
}

}  // namespace

void read_records(
    std::string_view bytes,
    std::string_view file,
    file_kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
) {
    has_column.assign(columns_of(what.what).size(), false);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!check_encoding(bytes, file, problems)) return;
    switch (what.how) {
        case format::csv:
            return read_csv(bytes, file, what.what, problems, has_column, sink);
        case format::json:
            return read_json(bytes, file, what.what, problems, has_column, sink);
        case format::geojson:
            return read_geojson(bytes, file, what.what, problems, has_column, sink);
    }
}

}  // namespace tertulia::adapters::ledger
