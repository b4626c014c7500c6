// SMPP as a channel: nothing calls us, and its line (gateway/smpp) carries what leaves and hands in
// what arrives.

#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

class smpp_channel final : public channel {
public:
    explicit smpp_channel(std::string name) : name_{std::move(name)} {}

    const std::string& name() const noexcept override { return name_; }
    std::vector<http::route> routes(const endpoint_parts&) const override { return {}; }
    // Its line sends a long one in parts and keeps them together.
    std::vector<outbound_message> split(outbound_message what) const override {
        return alone(std::move(what));
    }
    adapters::verdict reaction_to(int code) const override {
        return adapters::smpp::reaction_to(code);
    }

private:
    std::string name_;
};

}  // namespace

std::unique_ptr<const channel> make_channel(adapters::smpp::channel_settings settings) {
    return std::make_unique<smpp_channel>(std::move(settings.name));
}

}  // namespace tertulia::gateway
