// Reading one element into a row, or saying why not. Internal to this folder.

#pragma once

#include "adapters/fineract/answers.hpp"

#include <string>
#include <utility>

namespace tertulia::adapters::fineract {

// What is read of an element; `wrong` is set by the first thing it cannot do without.
template <class Row>
struct reading {
    Row row{};
    std::string wrong{};
};

// {"totalFilteredRecords":n,"pageItems":[…]} or a bare list.
template <class Row, class Read>
result<page<Row>> read_page(std::string_view body, Read read) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    page<Row> out;
    const node* items = &*document;
    if (document->is(node_kind::object)) {
        items = &(*document)["pageItems"];
        out.total = (*document)["totalFilteredRecords"].whole();
        if (!out.total || *out.total < 0) return errc::unexpected_shape;
        // An empty page may leave the list out.
        if (items->is(node_kind::nothing) && *out.total == 0) return out;
    }
    if (!items->is(node_kind::list)) return errc::unexpected_shape;
    for (const auto& each : items->inside) {
        ++out.rows;
        add_row(each, read, out);
    }
    return out;
}

template <class Row, class Read>
void add_row(const node& from, Read read, page<Row>& out) {
    if (!from.is(node_kind::object)) {
        out.broken.push_back({{}, "is not an object"});
        return;
    }
    reading<Row> one = read(from);
    if (one.wrong.empty()) {
        out.found.push_back(std::move(one.row));
    } else {
        out.broken.push_back({id_of(from["id"]), std::move(one.wrong)});
    }
}

template <class Row, class Read>
result<page<Row>> read_one(std::string_view body, Read read) {
    const auto document = read_document(body);
    if (!document) return errc::not_json;
    if (!document->is(node_kind::object)) return errc::unexpected_shape;
    page<Row> out;
    out.rows = 1;
    add_row(*document, read, out);
    return out;
}

}  // namespace tertulia::adapters::fineract
