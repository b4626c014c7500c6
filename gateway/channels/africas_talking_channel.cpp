// Africa's Talking as a channel: SMS. It signs nothing, so its addresses end in a secret.

#include "adapters/africas_talking/africas_talking.hpp"
#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

namespace africas_talking = adapters::africas_talking;

struct africas_talking_provider {
    using settings = africas_talking::channel_settings;
    using request = adapters::inbound_request;
    static constexpr std::string_view signature_header{""};
    static constexpr std::string_view not_theirs{""};
    static constexpr std::size_t body_bytes_max{256 * 1024};

    static std::vector<std::string> methods() { return {"POST"}; }
    static bool below_secret(const settings&) { return true; }
    static http::response on_commit() { return {}; }
    static bool verify(const request& seen, const settings& of, instant) {
        return africas_talking::verify(seen, of);
    }
    static africas_talking::result<adapters::parsed> parse(
        const request& seen, const settings& of, instant now
    ) {
        return africas_talking::parse(seen.body, now, of);
    }
    static std::vector<outbound_message> split(outbound_message what, const settings&) {
        return alone(std::move(what));
    }
    static africas_talking::result<adapters::outbound_request> render(
        const outbound_message& what, const settings& of
    ) {
        return africas_talking::render(what, of);
    }
    // Only what came in; each look goes on behind the last id.
    static constexpr list_habits habits{.resumes = true};
    static africas_talking::result<adapters::outbound_request> list_request(
        instant, std::string_view page, const settings& of
    ) {
        return africas_talking::render_list_request(of, page);
    }
    static africas_talking::result<adapters::listed> parse_list(
        std::string_view body, const settings& of, instant
    ) {
        return africas_talking::parse_list(body, of);
    }
    static std::string listed_text(const outbound_message&, const settings&) { return {}; }
    static adapters::verdict judge(const adapters::provider_response& answer) {
        return africas_talking::judge(answer);
    }
    static adapters::verdict reaction_to(int code) { return africas_talking::reaction_to(code); }
};

}  // namespace

std::unique_ptr<const channel> make_channel(africas_talking::channel_settings settings) {
    return std::make_unique<provider_channel<africas_talking_provider>>(std::move(settings));
}

}  // namespace tertulia::gateway
