// What every provider that calls us by HTTP has in common as a channel. A provider is a struct of
// what differs:
//
//   using settings = …;                                its adapter's
//   static constexpr std::string_view signature_header  that it signs with; empty: none
//   static constexpr std::string_view not_theirs        what to look at when a signature is wrong
//   static constexpr std::size_t body_bytes_max
//   static std::vector<std::string> methods()           it calls with
//   static bool below_secret(settings)                  its address ends in a secret
//   static http::response on_commit()                   what it wants to hear then
//   static bool verify(request, settings, now)
//   static result<parsed> parse(request, settings, now)
//   static std::vector<outbound_message> split(what, settings)
//
// and, if its messages can be looked up, what provider_list.hpp says.
// and, where it hands files over, begin_media(what, settings) and go_on_with_media(before, answer,
// settings).
//
// render(), judge() and reaction_to() are its adapter's: render(what, settings), judge(answer),
// reaction_to(code).

#pragma once

#include "gateway/channels/channel.hpp"
#include "gateway/channels/provider_list.hpp"
#include "gateway/webhooks/reception.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::gateway {

template <class Provider>
class provider_channel final : public channel, public http_calls {
public:
    using settings = typename Provider::settings;
    explicit provider_channel(settings from) : settings_{std::move(from)} {
        if constexpr (has_list<Provider>) {
            list_ = std::make_unique<provider_list<Provider>>(settings_);
        }
    }

    const std::string& name() const noexcept override { return settings_.name; }

    std::vector<http::route> routes(const endpoint_parts& parts) const override {
        const auto desk = std::make_shared<reception>(name(), parts.to, parts.counts);
        const auto receive = [desk,
                              clock = parts.clock,
                              from = settings_](const http::request& request, http::reply answer) {
            static const http::response on_commit = Provider::on_commit();
            const auto seen = as_adapters_see(request, Provider::signature_header);
            const auto now = clock();
            if (!Provider::verify(seen, from, now)) {
                // To a stranger who does not know the secret there is nothing here.
                if (Provider::signature_header.empty()) {
                    desk->refuse_unknown_path(std::move(answer));
                } else {
                    desk->refuse_unsigned(std::move(answer), Provider::not_theirs);
                }
                return;
            }
            auto parsed = Provider::parse(seen, from, now);
            if (!parsed) {
                desk->refuse_unreadable(std::move(answer), parsed.error().message());
                return;
            }
            desk->admit(std::move(*parsed), std::move(answer), on_commit);
        };
        const auto path = "/webhooks/" + name() + (Provider::below_secret(settings_) ? "/*" : "");
        std::vector<http::route> routes;
        for (auto& method : Provider::methods()) {
            routes.push_back(
                {.method = std::move(method),
                 .path = path,
                 .body_bytes_max = Provider::body_bytes_max,
                 .handle = receive}
            );
        }
        return routes;
    }

    std::vector<outbound_message> split(outbound_message what) const override {
        return Provider::split(std::move(what), settings_);
    }
    const http_calls* by_http() const noexcept override { return this; }
    boost::system::result<adapters::outbound_request> render(const outbound_message& what
    ) const override {
        return Provider::render(what, settings_);
    }
    adapters::verdict judge(const adapters::provider_response& answer) const override {
        return Provider::judge(answer);
    }
    adapters::verdict reaction_to(int code) const override { return Provider::reaction_to(code); }
    const message_list* list() const noexcept override { return list_.get(); }
    adapters::media_step begin_media(const received_media& what) const override {
        if constexpr (requires { Provider::begin_media(what, settings_); }) {
            return Provider::begin_media(what, settings_);
        } else {
            return channel::begin_media(what);
        }
    }
    adapters::media_step go_on_with_media(
        const adapters::media_step& before, const adapters::media_answer& answer,
        const received_media& what
    ) const override {
        if constexpr (requires { Provider::go_on_with_media(before, answer, settings_); }) {
            return Provider::go_on_with_media(before, answer, settings_);
        } else {
            return channel::go_on_with_media(before, answer, what);
        }
    }

private:
    settings settings_;
    std::unique_ptr<const message_list> list_{};
};

// One message stays one.
[[nodiscard]] inline std::vector<outbound_message> alone(outbound_message what) {
    std::vector<outbound_message> one;
    one.push_back(std::move(what));
    return one;
}

}  // namespace tertulia::gateway
