// Kannel as a channel. Messages and reports come to one address that ends in a secret, for Kannel
// signs nothing; any body in our answer would go to the person as a paid message.

#include "adapters/kannel/kannel.hpp"
#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

namespace kannel = adapters::kannel;

struct kannel_provider {
    using settings = kannel::channel_settings;
    using request = adapters::inbound_request;
    static constexpr std::string_view signature_header{""};
    static constexpr std::string_view not_theirs{""};
    static constexpr std::size_t body_bytes_max{64 * 1024};

    static std::vector<std::string> methods() { return {"GET"}; }
    static bool below_secret(const settings&) { return true; }
    static http::response on_commit() { return {}; }
    static bool verify(const request& seen, const settings& of, instant) {
        return kannel::verify(seen, of);
    }
    static kannel::result<adapters::parsed> parse(
        const request& seen, const settings& of, instant now
    ) {
        return kannel::parse(seen.query, of, now);
    }
    static std::vector<outbound_message> split(outbound_message what, const settings&) {
        return alone(std::move(what));
    }
    static kannel::result<adapters::outbound_request> render(
        const outbound_message& what, const settings& of
    ) {
        return kannel::render(what, of);
    }
    static adapters::verdict judge(const adapters::provider_response& answer) {
        return kannel::judge(answer);
    }
    static adapters::verdict reaction_to(int code) { return kannel::reaction_to(code); }
};

}  // namespace

std::unique_ptr<const channel> make_channel(kannel::channel_settings settings) {
    return std::make_unique<provider_channel<kannel_provider>>(std::move(settings));
}

}  // namespace tertulia::gateway
