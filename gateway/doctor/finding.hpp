// What the doctor says: one line about one thing, and how to mend it.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::gateway {

enum class finding_kind : std::uint8_t {
    fine,
    advice,  // it works; it could be better, or could not be looked at
    broken,  // messages are or will be lost or refused
};

struct finding {
    finding_kind kind{finding_kind::fine};
    std::string channel{};  // empty: of the installation
    std::string check{};    // a slug: "token", "handshake"…
    std::string what{};     // no token, no text, no number
    std::string mend{};     // empty with `fine`
};
using findings = std::vector<finding>;

}  // namespace tertulia::gateway
