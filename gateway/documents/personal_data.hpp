// Everything we hold of a person as JSON: hers to have (access and portability). Pure.

#pragma once

#include "dialogs/facts/facts.hpp"
#include "dialogs/message/time.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tertulia::gateway {

struct kept_proof {
    instant at{};
    std::string kind{};    // "consent", "opt_out"…
    std::string detail{};  // of a consent lines of name=value
};

struct personal_data {
    std::vector<std::shared_ptr<const client_facts>> clients{};
    instant as_of{};  // of the mirror
    std::vector<kept_proof> records{};  // what she prefers and agreed to is among them
};

// Pretty-printed UTF-8; amounts as decimals with their currency, days ISO, moments UTC. A PIN is not
// in it: nobody has one, only its hash.
[[nodiscard]] std::string json_of(const personal_data& what);

}  // namespace tertulia::gateway
