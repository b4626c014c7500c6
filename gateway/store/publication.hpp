// One decision about which script set new conversations begin on: who published what, when, why and
// for whom. The list of them only grows; the last one is what is so.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>

namespace tertulia::gateway {

enum class audience : std::uint8_t {
    everybody,  // all new conversations
    staff,      // only those with the institution's own people
    share,      // theirs, and a share of everybody else's
};

enum class publication_kind : std::uint8_t {
    published,    // by command, or by SIGHUP
    rolled_back,  // to a version published before
    found,        // what was running though nobody had published it: so that one can go back to it
};

struct publication {
    std::int64_t number{};  // rising from 1; 0: not stored yet
    instant at{};
    publication_kind kind{};
    std::string version{};  // full hash
    audience to{};
    int percent{};       // of audience::share, 1 to 99
    std::string rest{};  // the version the others stay on; empty when it is for everybody
    std::string author{};
    std::string reason{};
    std::string changes{};  // what it changed, in one line

    bool operator==(const publication&) const = default;
};

}  // namespace tertulia::gateway
