// Twilio as a channel, by SMS or WhatsApp. Its answer is never a message: replies go by REST.

#include "adapters/twilio/media.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/wire/form.hpp"
#include "gateway/channels/provider_channel.hpp"

namespace tertulia::gateway {
namespace {

namespace twilio = adapters::twilio;

struct twilio_provider {
    using settings = twilio::channel_settings;
    using request = adapters::inbound_request;
    static constexpr std::string_view signature_header{twilio::signature_header};
    static constexpr std::string_view not_theirs{
        "X-Twilio-Signature must be made with this channel's auth_token over the address as Twilio "
        "calls it: compare server.public_url with the one in the console."};
    static constexpr std::size_t body_bytes_max{256 * 1024};

    static std::vector<std::string> methods() { return {"POST", "GET"}; }
    static bool below_secret(const settings&) { return false; }
    static http::response on_commit() {
        return {
            .content_type = std::string{twilio::callback_answer_type},
            .body = std::string{twilio::callback_answer}};
    }
    static bool verify(const request& seen, const settings& of, instant) {
        return twilio::verify(seen, of);
    }
    static twilio::result<adapters::parsed> parse(
        const request& seen, const settings& of, instant now
    ) {
        return twilio::parse(seen, of, now);
    }
    static std::vector<outbound_message> split(outbound_message what, const settings& of) {
        return twilio::split(std::move(what), of);
    }
    static twilio::result<adapters::outbound_request> render(
        const outbound_message& what, const settings& of
    ) {
        return twilio::render(what, of);
    }
    static constexpr list_habits habits{.shows_sent = true};
    static twilio::result<adapters::outbound_request> list_request(
        instant since, std::string_view page, const settings& of
    ) {
        return twilio::render_list_request(since, page, of);
    }
    static twilio::result<adapters::listed> parse_list(
        std::string_view body, const settings& of, instant
    ) {
        return twilio::parse_list(body, of);
    }
    // As it was put into the request: the list gives it back, and not our id.
    static std::string listed_text(const outbound_message& what, const settings& of) {
        const auto request = twilio::render(what, of);
        const auto form = request ? adapters::read_form(request->body) : std::nullopt;
        return form ? std::string{adapters::value_in(*form, "Body")} : std::string{};
    }
    static std::optional<adapters::outbound_request> rest_request(
        const inbound_message& message, const settings& of
    ) {
        const auto* part = std::get_if<unknown_content>(&message.content);
        if (part == nullptr || part->type != twilio::listed_media) return std::nullopt;
        return twilio::render_media_list_request(message.id, of);
    }
    static twilio::result<std::vector<inbound_message>> parse_rest(
        std::string_view body, const inbound_message& message, const settings& of
    ) {
        return twilio::parse_media_list(body, message, of);
    }
    static adapters::verdict judge(const adapters::provider_response& answer) {
        return twilio::judge(answer);
    }
    static adapters::verdict reaction_to(int code) { return twilio::reaction_to(code); }
    static adapters::media_step begin_media(const received_media& what, const settings& of) {
        return twilio::begin_media(what, of);
    }
    static adapters::media_step go_on_with_media(
        const adapters::media_step& before, const adapters::media_answer& answer,
        const settings& of
    ) {
        return twilio::go_on_with_media(before, answer, of);
    }
};

}  // namespace

std::unique_ptr<const channel> make_channel(twilio::channel_settings settings) {
    return std::make_unique<provider_channel<twilio_provider>>(std::move(settings));
}

}  // namespace tertulia::gateway
