// What the networks of a country make of an SMS that comes from a name instead of a number.
//
// Source: Amazon Web Services, "Supported countries and regions (SMS channel)", the column "Supports
// sender IDs" and its notes 1 to 3 and 5, as published in awsdocs/amazon-pinpoint-user-guide; for
// Kenya, Nigeria, Tanzania, Uganda and Rwanda Africa's Talking, which registers every name with every
// operator. They speak of traffic of aggregators from abroad: a contract with an operator of the
// country may allow what this table does not, and then the operator's word counts.

#pragma once

#include <cstdint>
#include <string_view>

namespace tertulia {

enum class name_sender : std::uint8_t {
    unknown,       // the source does not speak of that country
    shown,         // as it is
    registered,    // only names registered beforehand; others are replaced or do not arrive
    not_possible,  // replaced by a number of the network's, or refused
};

// `country` is ISO 3166-1 alpha-2, upper case.
[[nodiscard]] name_sender name_sender_in(std::string_view country) noexcept;

}  // namespace tertulia
