// The list of a provider, made of what its struct in channels/ says beside what provider_channel.hpp
// asks for:
//
//   static constexpr list_habits habits
//   static result<outbound_request> list_request(since, page, settings)
//   static result<listed> parse_list(body, settings, now)
//   static std::string listed_text(what, settings)
// and, where messages are listed only in part:
//   static optional<outbound_request> rest_request(message, settings)
//   static result<std::vector<inbound_message>> parse_rest(body, message, settings)

#pragma once

#include "gateway/channels/message_list.hpp"

#include <utility>

namespace tertulia::gateway {

template <class Provider>
concept has_list = requires { Provider::habits; };
template <class Provider>
concept lists_in_part = requires(inbound_message message, typename Provider::settings of) {
    Provider::rest_request(message, of);
};

template <class Provider>
class provider_list final : public message_list {
public:
    using settings = typename Provider::settings;
    explicit provider_list(settings from) : settings_{std::move(from)} {}

    list_habits habits() const noexcept override { return Provider::habits; }
    boost::system::result<adapters::outbound_request> request(instant since, std::string_view page)
        const override {
        return Provider::list_request(since, page, settings_);
    }
    boost::system::result<adapters::listed> parse(std::string_view body, instant now)
        const override {
        return Provider::parse_list(body, settings_, now);
    }
    std::string text_of(const outbound_message& what) const override {
        return Provider::listed_text(what, settings_);
    }
    std::optional<adapters::outbound_request> rest_of(const inbound_message& what) const override {
        if constexpr (lists_in_part<Provider>) {
            return Provider::rest_request(what, settings_);
        } else {
            return std::nullopt;
        }
    }
    boost::system::result<std::vector<inbound_message>> parse_rest(
        std::string_view body, const inbound_message& of
    ) const override {
        if constexpr (lists_in_part<Provider>) {
            return Provider::parse_rest(body, of, settings_);
        } else {
            return std::vector{of};
        }
    }

private:
    settings settings_;
};

}  // namespace tertulia::gateway
