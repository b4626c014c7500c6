// Whose conversations are a client's, in SQL: of the telephones core banking has of her, as each channel
// writes them, with + and without.

#pragma once

#include <string>
#include <string_view>

namespace tertulia::gateway {

// A list for `party IN (…)`; `client`: a column or a parameter that is her id.
[[nodiscard]] inline std::string parties_of(std::string_view client) {
    const std::string hers = " FROM client_phones WHERE client_id = " + std::string{client};
    return "SELECT party FROM identities WHERE value IN (SELECT phone" + hers +
           " UNION SELECT substr(phone, 2)" + hers + ")";
}

}  // namespace tertulia::gateway
