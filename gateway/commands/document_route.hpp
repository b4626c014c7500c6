// GET /media/made/TOKEN: a document of a client's, made as it is fetched, once (document_desk.hpp).

#pragma once

#include "dialogs/message/outbound.hpp"
#include "gateway/documents/document_desk.hpp"
#include "gateway/http/http.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/inbox.hpp"
#include "gateway/turns/script_library.hpp"

#include <functional>
#include <string>

namespace tertulia::gateway {

// All of it outlives the route. Documents are made on the writer thread, some milliseconds each:
// people ask for them a few times a month.
struct document_parts {
    document_desk& desk;
    inbox& incoming;
    sqlite_store& store;
    script_library& scripts;
    std::string database{};  // with the portfolio's tables
    std::function<instant()> clock{};
};

[[nodiscard]] http::route document_route(const document_parts& parts);

// The message with an address in place of the wish for a document; any other as it is.
[[nodiscard]] outbound_message with_document(
    const outbound_message& what, std::int64_t party, const std::string& media_base,
    document_desk& desk, instant now
);

}  // namespace tertulia::gateway
