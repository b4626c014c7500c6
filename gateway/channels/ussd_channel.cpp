// USSD of Africa's Talking as a channel. It speaks only in its answers; what is to be said while
// nobody is dialling goes by the channel named in `otherwise`.

#include "gateway/channels/channel.hpp"
#include "gateway/channels/provider_channel.hpp"
#include "gateway/channels/ussd_desk.hpp"

#include <algorithm>

namespace tertulia::gateway {
namespace {

namespace africas_talking = adapters::africas_talking;

constexpr std::size_t body_bytes_max = 64 * 1024;

class ussd_channel final : public channel, private http_calls {
public:
    explicit ussd_channel(ussd_settings settings) : settings_{std::move(settings)} {}

    const std::string& name() const noexcept override { return settings_.name; }

    std::vector<http::route> routes(const endpoint_parts& parts) const override {
        const auto desk = std::make_shared<ussd_desk>(settings_, parts.to, parts.clock);
        const auto refusals = std::make_shared<reception>(name(), parts.to, parts.counts);
        const auto receive = [desk, refusals,
                              from = settings_](const http::request& request, http::reply answer) {
            const auto seen = as_adapters_see(request, {});
            if (!africas_talking::verify(seen, {.path_secret = from.path_secret})) {
                refusals->refuse_unknown_path(std::move(answer));
                return;
            }
            const auto event = africas_talking::parse_ussd(request.body);
            if (!event) {
                refusals->refuse_unreadable(std::move(answer), event.error().message());
                return;
            }
            if (const auto* over = std::get_if<africas_talking::ussd_ended>(&*event)) {
                desk->ended(over->session_id);
                std::move(answer).send({});
                return;
            }
            const auto& step = std::get<africas_talking::ussd_step>(*event);
            const auto& codes = from.service_codes;
            if (!codes.empty() && std::ranges::find(codes, step.service_code) == codes.end()) {
                refusals->refuse_unreadable(std::move(answer), "a service code of somebody else");
                return;
            }
            desk->step(step, std::move(answer));
        };
        return {
            {.method = "POST",
             .path = "/webhooks/" + name() + "/*",
             .body_bytes_max = body_bytes_max,
             .handle = receive}};
    }

    std::vector<outbound_message> split(outbound_message what) const override {
        what.to.channel = settings_.otherwise;
        return alone(std::move(what));
    }
    // Nothing is ever called: what split() did not readdress cannot be said.
    const http_calls* by_http() const noexcept override { return this; }
    boost::system::result<adapters::outbound_request> render(const outbound_message&
    ) const override {
        return make_error_code(africas_talking::errc::not_possible);
    }
    adapters::verdict judge(const adapters::provider_response&) const override { return {}; }

private:
    ussd_settings settings_;
};

}  // namespace

std::unique_ptr<const channel> make_channel(ussd_settings settings) {
    return std::make_unique<ussd_channel>(std::move(settings));
}

}  // namespace tertulia::gateway
