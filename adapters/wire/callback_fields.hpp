// The fields of a callback that is one flat list of names and values, however they came.

#pragma once

#include "adapters/wire/form.hpp"
#include "adapters/wire/http.hpp"

#include <optional>

namespace tertulia::adapters {

// Of a GET's query, of a JSON object (nulls left out, numbers and nested values as their JSON),
// else of a form. Nothing if it is none of them.
[[nodiscard]] std::optional<form_fields> callback_fields(const inbound_request& request);

}  // namespace tertulia::adapters
