#include "gateway/webhooks/whatsapp_endpoint.hpp"

#include "gateway/webhooks/reception.hpp"

#include <memory>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;

const http::response& taken() {
    static const http::response answer{};
    return answer;
}

class whatsapp_endpoint {
public:
    whatsapp_endpoint(whatsapp::channel_settings channel, inbox& to, metrics& counts)
        : channel_{std::move(channel)}, desk_{channel_.name, to, counts} {}

    void handshake(const http::request& request, http::reply answer) {
        if (auto challenge = whatsapp::handshake(request.query, channel_.verify_token)) {
            std::move(answer).send({.body = std::move(*challenge)});
            return;
        }
        desk_.refuse_handshake(std::move(answer));
    }

    void receive(const http::request& request, http::reply answer) {
        // One checker per I/O thread: it keeps keyed digest contexts.
        thread_local std::pair<const whatsapp_endpoint*, std::unique_ptr<whatsapp::signature_checker>>
            checker;
        if (checker.first != this) {
            checker = {
                this, std::make_unique<whatsapp::signature_checker>(channel_.app_secrets)};
        }
        if (!checker.second->accepts(request.header("X-Hub-Signature-256"), request.body)) {
            desk_.refuse_unsigned(
                std::move(answer),
                "X-Hub-Signature-256 must be the HMAC-SHA256 of the body as sent, with the app "
                "secret of this channel."
            );
            return;
        }
        auto parsed = whatsapp::parse(request.body, channel_);
        if (!parsed) {
            desk_.refuse_unreadable(std::move(answer), parsed.error().message());
            return;
        }
        desk_.admit(std::move(*parsed), std::move(answer), taken());
    }

private:
    whatsapp::channel_settings channel_;
    reception desk_;
};

}  // namespace

std::vector<http::route> whatsapp_routes(
    whatsapp::channel_settings channel, inbox& to, metrics& counts
) {
    const auto path = "/webhooks/" + channel.name;
    auto endpoint = std::make_shared<whatsapp_endpoint>(std::move(channel), to, counts);
    return {
        {.method = "GET",
         .path = path,
         .handle = [endpoint](const http::request& request, http::reply answer) {
             endpoint->handshake(request, std::move(answer));
         }},
        {.method = "POST",
         .path = path,
         .body_bytes_max = webhook_body_bytes_max,
         .handle = [endpoint](const http::request& request, http::reply answer) {
             endpoint->receive(request, std::move(answer));
         }},
    };
}

}  // namespace tertulia::gateway
