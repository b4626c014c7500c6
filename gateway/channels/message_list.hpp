// What a channel's provider has on record, for channels whose provider does not call again for ever.
//
// Threads: everything is const and safe on any number of threads at once.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/parsed.hpp"
#include "dialogs/message/outbound.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

struct list_habits {
    bool shows_sent{};  // also what we sent, with what became of it
    bool resumes{};     // the name of the last page is where the next look goes on
};

class message_list {
public:
    message_list() = default;
    message_list(const message_list&) = delete;
    message_list& operator=(const message_list&) = delete;
    virtual ~message_list() = default;

    [[nodiscard]] virtual list_habits habits() const noexcept = 0;
    // A page of everything since; `page`: empty, or listed::next_page.
    [[nodiscard]] virtual boost::system::result<adapters::outbound_request> request(
        instant since, std::string_view page
    ) const = 0;
    [[nodiscard]] virtual boost::system::result<adapters::listed> parse(
        std::string_view body, instant now
    ) const = 0;
    // The text of a message of ours as the list shows it; empty: it cannot be known by its text.
    [[nodiscard]] virtual std::string text_of(const outbound_message& what) const = 0;
    // Where the rest of a message is to be had that is listed only in part; nothing: it is whole.
    [[nodiscard]] virtual std::optional<adapters::outbound_request> rest_of(
        const inbound_message& what
    ) const = 0;
    [[nodiscard]] virtual boost::system::result<std::vector<inbound_message>> parse_rest(
        std::string_view body, const inbound_message& of
    ) const = 0;
};

}  // namespace tertulia::gateway
