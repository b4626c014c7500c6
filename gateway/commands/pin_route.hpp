// /pin/TOKEN: where a client sets her PIN (pin_desk.hpp). GET shows the form, POST takes it; the
// conversation is told that it is set, and nobody the PIN.

#pragma once

#include "gateway/documents/pin_desk.hpp"
#include "gateway/http/http.hpp"
#include "gateway/store/store.hpp"
#include "gateway/turns/inbox.hpp"
#include "gateway/turns/script_library.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// All of it outlives the routes. A PIN is hashed on the writer thread, some 20 ms each: people set
// theirs once in years.
struct pin_parts {
    pin_desk& desk;
    inbox& incoming;
    script_library& scripts;
    std::string database{};  // with the portfolio's tables
    std::function<instant()> clock{};
};

[[nodiscard]] std::vector<http::route> pin_routes(const pin_parts& parts);

// What our addresses begin with, out of what those of our files do; empty where nobody can open one.
[[nodiscard]] std::string link_base(std::string_view media_base);

// The message with the address below its text, where one is wished for; any other as it is.
[[nodiscard]] std::shared_ptr<const outbox_entry> with_pin_link(
    std::shared_ptr<const outbox_entry> entry, const std::string& base, pin_desk& desk, instant now
);

}  // namespace tertulia::gateway
