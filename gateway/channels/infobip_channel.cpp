// Infobip as a channel.

#include "adapters/infobip/infobip.hpp"
#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

namespace infobip = adapters::infobip;

struct infobip_provider {
    using settings = infobip::channel_settings;
    using request = adapters::inbound_request;
    static constexpr std::string_view signature_header{infobip::signature_header};
    static constexpr std::string_view not_theirs{
        "Infobip must call the address that ends in this channel's path_secret, and show its "
        "webhook_user and webhook_password: those of the two that are configured."};
    static constexpr std::size_t body_bytes_max{1024 * 1024};

    static std::vector<std::string> methods() { return {"POST"}; }
    static bool below_secret(const settings& of) { return !of.path_secret.empty(); }
    static http::response on_commit() { return {}; }
    static bool verify(const request& seen, const settings& of, instant) {
        return infobip::verify(seen, of);
    }
    static infobip::result<adapters::parsed> parse(
        const request& seen, const settings& of, instant now
    ) {
        return infobip::parse(seen.body, of, now);
    }
    static std::vector<outbound_message> split(outbound_message what, const settings& of) {
        return infobip::split(std::move(what), of);
    }
    static infobip::result<adapters::outbound_request> render(
        const outbound_message& what, const settings& of
    ) {
        return infobip::render(what, of);
    }
    // Its message ids are ours, so what was sent need not be compared.
    static constexpr list_habits habits{.shows_sent = true};
    static infobip::result<adapters::outbound_request> list_request(
        instant since, std::string_view page, const settings& of
    ) {
        return infobip::render_list_request(since, page, of);
    }
    static infobip::result<adapters::listed> parse_list(
        std::string_view body, const settings& of, instant now
    ) {
        return infobip::parse_list(body, of, now);
    }
    static std::string listed_text(const outbound_message&, const settings&) { return {}; }
    static adapters::verdict judge(const adapters::provider_response& answer) {
        return infobip::judge(answer);
    }
    static adapters::verdict reaction_to(int code) { return infobip::reaction_to(code); }
};

}  // namespace

std::unique_ptr<const channel> make_channel(infobip::channel_settings settings) {
    return std::make_unique<provider_channel<infobip_provider>>(std::move(settings));
}

}  // namespace tertulia::gateway
