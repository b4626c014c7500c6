#include "gateway/webhooks/whatsapp_endpoint.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <utility>
#include <variant>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;

class whatsapp_endpoint {
public:
    whatsapp_endpoint(whatsapp::channel_settings channel, inbox& to, metrics& counts)
        : channel_{std::move(channel)},
          inbox_{to},
          accepted_{answered(counts, "200")},
          forbidden_{answered(counts, "403")},
          unsigned_{answered(counts, "401")},
          unreadable_{answered(counts, "400")},
          full_{answered(counts, "503")},
          malformed_{counts.malformed.Add({{"channel", channel_.name}})},
          refused_full_{counts.refused_full},
          notices_{counts.notices} {}

    void handshake(const http::request& request, http::reply answer) {
        if (auto challenge = whatsapp::handshake(request.query, channel_.verify_token)) {
            std::move(answer).send({.body = std::move(*challenge)});
            return;
        }
        forbidden_.Increment();
        std::move(answer).send(http::problem(
            403, "wrong-verify-token", "This is not our verify token",
            "Paste the verify_token of the channel's configuration into the provider's dashboard."
        ));
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
            unsigned_.Increment();
            std::move(answer).send(http::problem(
                401, "bad-signature", "The signature does not match",
                "X-Hub-Signature-256 must be the HMAC-SHA256 of the body as sent, with the app "
                "secret of this channel."
            ));
            return;
        }
        auto parsed = whatsapp::parse(request.body, channel_);
        if (!parsed) {
            unreadable_.Increment();
            std::move(answer).send(http::problem(
                400, "unreadable-body", "The body is not a WhatsApp callback",
                parsed.error().message()
            ));
            return;
        }
        admit(*parsed, std::move(answer));
    }

private:
    prometheus::Counter& answered(metrics& counts, const char* code) const {
        return counts.webhooks.Add({{"channel", channel_.name}, {"answer", code}});
    }

    void admit(whatsapp::parsed& parsed, http::reply answer) {
        admission post{.answer = std::move(answer)};
        for (auto& event : parsed.events) {
            if (auto* message = std::get_if<inbound_message>(&event)) {
                post.messages.push_back(std::move(*message));
            } else if (auto* status = std::get_if<status_update>(&event)) {
                post.statuses.push_back(std::move(*status));
            } else {
                auto& notice = std::get<channel_notice>(event);
                notices_.Add({{"channel", channel_.name}, {"field", notice.field}}).Increment();
                post.notices.push_back(std::move(notice));
            }
        }
        for (auto& broken : parsed.malformed) {
            malformed_.Increment();
            spdlog::warn("{}: an element of a webhook was set aside: {}", channel_.name, broken.reason);
            post.notices.push_back({
                .channel = channel_.name,
                .field = "malformed",
                .summary = std::move(broken.reason),
                .raw_json = std::move(broken.raw_json),
            });
        }
        if (inbox_.admit(post)) {
            accepted_.Increment();
            return;
        }
        full_.Increment();
        refused_full_.Increment();
        auto busy = http::problem(
            503, "busy", "Try again later", "Too much is waiting; nothing of this was kept."
        );
        busy.headers.emplace_back("Retry-After", "5");
        std::move(post.answer).send(std::move(busy));
    }

    whatsapp::channel_settings channel_;
    inbox& inbox_;
    prometheus::Counter& accepted_;  // admitted: answered 200 once committed
    prometheus::Counter& forbidden_;
    prometheus::Counter& unsigned_;
    prometheus::Counter& unreadable_;
    prometheus::Counter& full_;
    prometheus::Counter& malformed_;
    prometheus::Counter& refused_full_;
    prometheus::Family<prometheus::Counter>& notices_;
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
