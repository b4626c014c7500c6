#include "adapters/twilio/media.hpp"

namespace tertulia::adapters::twilio {
namespace {

// Where signed addresses lead.
const std::vector<std::string_view>& storage_hosts() {
    static const std::vector<std::string_view> hosts{"twilio.com", "twiliocdn.com", "amazonaws.com"};
    return hosts;
}

}  // namespace

media_step begin_media(const received_media& what, const channel_settings& channel) {
    auto request = fetch_media_request(what.url, channel);
    if (!request) return media_lost("the file's address is not one of Twilio's");
    return {.next = media_next::call, .call = std::move(*request), .file = true};
}

media_step go_on_with_media(
    const media_step& before, const media_answer& answer, const channel_settings& channel
) {
    auto next = before;
    next.call = {};
    ++next.hops;
    if (answer.status == 200) {
        next.next = media_next::whole;
        return next;
    }
    if (answer.status / 100 == 3 && !answer.location.empty()) {
        if (next.hops > media_hops_max) return media_again("too many redirections");
        if (!is_host_allowed(answer.location, channel.api_base, storage_hosts())) {
            return media_lost("the file's address leads away from Twilio");
        }
        next.call = {.method = "GET", .url = std::string{answer.location}};
        return next;
    }
    // 404 too: a file may be told of before it is there.
    return media_refused(answer.status);
}

}  // namespace tertulia::adapters::twilio
