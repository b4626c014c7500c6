// The providers as the tests of all channels need them: a row of config, what a person's message
// looks like when it comes, what a send looks like when it leaves, and how to say yes to it.

#pragma once

#include "tests/integration/parts/fake_provider.hpp"
#include "tests/integration/parts/town.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::integration {

// A send as the provider heard it.
struct heard_send {
    std::string to{};    // digits
    std::string text{};  // empty: buttons, lists and the like
    std::string ours{};  // our outbox id, where it travels
};

struct incoming_call {
    std::string method{"POST"};
    std::string target{};
    headers fields{};
    std::string body{};
};

// Whether what it took shows only in its answer, and when that is lost, nowhere.
enum class tells : std::uint8_t {
    nothing,    // Africa's Talking: reports name an id that nobody knows then
    by_report,  // a report carries our id
    by_refusal  // a second send under the same id is no second message
};

struct provider_kind {
    std::string type{};
    tells how{};
    // The row of `channels:`, of the name `name`, with what is common to all tests.
    std::string (*row)(const std::string& name, const std::string& api){};
    // Nothing: it is not a send (a list, a read mark).
    std::optional<heard_send> (*read)(const fake_request& heard){};
    fake_answer (*yes)(const heard_send& what, int number){};
    // She writes. `own_url`: as the gateway is called.
    incoming_call (*says)(
        const std::string& name, const std::string& own_url, const std::string& digits,
        const std::string& text, const std::string& id
    ){};
    // It reports a send as delivered; null where that is of no use without our id.
    incoming_call (*delivered)(
        const std::string& name, const std::string& own_url, const heard_send& what, int number
    ){};
};

[[nodiscard]] const std::vector<provider_kind>& provider_kinds();
[[nodiscard]] const provider_kind& kind_of(std::string_view type);

// The call made; its status, 0 without an answer.
int deliver(const gateway& to, const incoming_call& what);

// A message of Twilio's list. `status`: "received" for one that came in.
[[nodiscard]] std::string twilio_row(
    const std::string& sid, const std::string& other, const std::string& text,
    const std::string& status, std::chrono::system_clock::time_point at
);

}  // namespace tertulia::integration
