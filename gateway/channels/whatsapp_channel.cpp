// WhatsApp Cloud as a channel.

#include "adapters/whatsapp_cloud/groups.hpp"
#include "adapters/whatsapp_cloud/media.hpp"
#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/channels/channel.hpp"
#include "gateway/channels/file_uploads.hpp"
#include "gateway/webhooks/whatsapp_endpoint.hpp"

#include <utility>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;

class whatsapp_channel final : public channel, public http_calls, public file_uploads {
public:
    explicit whatsapp_channel(whatsapp::channel_settings settings)
        : settings_{std::move(settings)} {}

    const std::string& name() const noexcept override { return settings_.name; }
    std::vector<http::route> routes(const endpoint_parts& parts) const override {
        return whatsapp_routes(settings_, parts.to, parts.counts);
    }
    std::vector<outbound_message> split(outbound_message what) const override {
        return whatsapp::split(std::move(what));
    }
    const http_calls* by_http() const noexcept override { return this; }
    boost::system::result<adapters::outbound_request> render(const outbound_message& what
    ) const override {
        if (what.to.to.kind == identity_kind::room) {
            return whatsapp::render_to_group(what, what.to.to.value, settings_);
        }
        return whatsapp::render(what, settings_);
    }
    adapters::verdict judge(const adapters::provider_response& answer) const override {
        return whatsapp::judge(answer);
    }
    adapters::verdict reaction_to(int code) const override { return whatsapp::reaction_to(code); }
    std::optional<adapters::outbound_request> read_mark(const std::string& message_id
    ) const override {
        if (settings_.shows == whatsapp::reading_shown::nothing) return std::nullopt;
        outbound_message mark;
        mark.content = mark_read{
            .message_id = message_id,
            .typing = settings_.shows == whatsapp::reading_shown::typing};
        auto made = whatsapp::render(mark, settings_);
        if (!made) return std::nullopt;
        return std::move(*made);
    }
    const file_uploads* uploads() const noexcept override { return this; }
    adapters::outbound_request render_upload(
        std::string_view bytes, std::string_view mime_type, std::string_view name
    ) const override {
        return whatsapp::render_upload(bytes, mime_type, name, settings_);
    }
    adapters::verdict judge_upload(const adapters::provider_response& answer) const override {
        return whatsapp::judge_upload(answer);
    }
    bool blames_file(int code) const noexcept override { return whatsapp::blames_file(code); }
    std::chrono::hours upload_lives() const noexcept override { return whatsapp::upload_lives; }
    adapters::media_step begin_media(const received_media& what) const override {
        return whatsapp::begin_media(what, settings_);
    }
    adapters::media_step go_on_with_media(
        const adapters::media_step& before, const adapters::media_answer& answer,
        const received_media&
    ) const override {
        return whatsapp::go_on_with_media(before, answer, settings_);
    }

private:
    whatsapp::channel_settings settings_;
};

}  // namespace

std::unique_ptr<const channel> make_channel(whatsapp::channel_settings settings) {
    return std::make_unique<whatsapp_channel>(std::move(settings));
}

}  // namespace tertulia::gateway
