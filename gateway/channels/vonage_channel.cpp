// Vonage as a channel, by its Messages API or its SMS API.

#include "adapters/vonage/vonage.hpp"
#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

namespace vonage = adapters::vonage;

struct vonage_provider {
    using settings = vonage::channel_settings;
    using request = adapters::inbound_request;
    static constexpr std::string_view signature_header{vonage::signature_header};
    static constexpr std::string_view not_theirs{
        "The request must be signed with this channel's signature_secret, a few minutes ago at "
        "most: "
        "compare it with the dashboard's, and the clock of this machine."};
    static constexpr std::size_t body_bytes_max{256 * 1024};

    static std::vector<std::string> methods() { return {"POST", "GET"}; }
    static bool below_secret(const settings&) { return false; }
    static http::response on_commit() { return {}; }
    static bool verify(const request& seen, const settings& of, instant now) {
        return vonage::verify(seen, of, now);
    }
    static vonage::result<adapters::parsed> parse(
        const request& seen, const settings& of, instant now
    ) {
        return vonage::parse(seen, of, now);
    }
    static std::vector<outbound_message> split(outbound_message what, const settings& of) {
        return vonage::split(std::move(what), of);
    }
    static vonage::result<adapters::outbound_request> render(
        const outbound_message& what, const settings& of
    ) {
        return vonage::render(what, of);
    }
    static adapters::verdict judge(const adapters::provider_response& answer) {
        return vonage::judge(answer);
    }
    static adapters::verdict reaction_to(int code) { return vonage::reaction_to(code); }
};

}  // namespace

std::unique_ptr<const channel> make_channel(vonage::channel_settings settings) {
    return std::make_unique<provider_channel<vonage_provider>>(std::move(settings));
}

}  // namespace tertulia::gateway
