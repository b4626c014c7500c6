#include "adapters/twilio/fields.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/whatsapp_identity.hpp"
#include "dialogs/message/e164.hpp"

#include <boost/system/error_category.hpp>

#include <algorithm>
#include <charconv>

namespace tertulia::adapters::twilio {
namespace {

class category final : public boost::system::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "twilio"; }
    [[nodiscard]] std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_a_form:
                return "the body is neither a form nor a flat JSON object";
            case errc::not_twilio:
                return "the body is no message, status or alarm of Twilio";
            case errc::not_a_list:
                return "the answer is not a page of Twilio's list";
            case errc::bad_page:
                return "the next page is not of this account's list";
            case errc::bad_recipient:
                return "no address of this channel's kind to send to";
            case errc::no_sender:
                return "neither from nor messaging_service_sid is configured";
            case errc::empty_content:
                return "there is nothing to say in it";
            case errc::too_long:
                return "it is beyond the 1,600 characters Twilio takes";
            case errc::not_possible:
                return "Twilio has no such message";
            case errc::bad_link:
                return "the link is not an http or https address";
            case errc::no_template:
                return "no content_sid is configured for this template and language";
            case errc::bad_parameters:
                return "a template parameter is empty or half of them named";
        }
        return "unknown error";
    }
};

}  // namespace

boost::system::error_code make_error_code(errc code) noexcept {
    static const category ours;
    return {static_cast<int>(code), ours};
}

twilio_address address_in(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return {.scheme = {}, .value = text};
    return {.scheme = text.substr(0, colon), .value = text.substr(colon + 1)};
}

bool is_of_kind(const twilio_address& address, channel_kind kind) {
    return kind == channel_kind::whatsapp ? address.scheme == "whatsapp" : address.scheme.empty();
}

void add_identity(std::vector<identity>& to, std::string_view value, channel_kind kind) {
    const auto add = [&to](identity_kind what, std::string_view is) {
        identity found{what, std::string{is}};
        if (std::ranges::find(to, found) == to.end()) to.push_back(std::move(found));
    };
    if (kind == channel_kind::sms) {
        if (is_e164(value)) add(identity_kind::phone, value);
        return;
    }
    const auto shape = whatsapp_identity_kind(value);
    if (!shape) return;
    // The number with its sign is what she is known by on every other channel. Without the sign it
    // is WhatsApp's own spelling, which is not always her number.
    if (*shape == identity_kind::wa_id && is_e164(value)) add(identity_kind::phone, value);
    if (value.starts_with('+')) value.remove_prefix(1);
    add(*shape, value);
}

status_word status_named(std::string_view name) {
    if (name == "accepted" || name == "scheduled" || name == "queued" || name == "sending") {
        return {.status = delivery_status::accepted};
    }
    if (name == "sent") return {.status = delivery_status::sent};
    if (name == "delivered") return {.status = delivery_status::delivered};
    if (name == "read") return {.status = delivery_status::read};
    if (name == "failed" || name == "undelivered" || name == "canceled") {
        return {.status = delivery_status::failed};
    }
    return {.is_inbound = name == "received" || name == "receiving"};
}

media_kind media_kind_of(std::string_view mime_type) {
    if (mime_type == "image/webp") return media_kind::sticker;
    if (mime_type.starts_with("image/")) return media_kind::image;
    if (mime_type.starts_with("video/")) return media_kind::video;
    if (mime_type.starts_with("audio/ogg"))
        return media_kind::voice_note;  // WhatsApp records in it
    if (mime_type.starts_with("audio/")) return media_kind::audio;
    return media_kind::document;
}

int code_in(std::string_view text) {
    int code = 0;
    if (text.empty() || text.size() > 9 || text.front() == '-') return 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    return error == std::errc{} && end == text.data() + text.size() ? code : 0;
}

std::string credentials(const channel_settings& channel) {
    if (!channel.api_key.empty()) {
        return basic_credentials(channel.api_key, channel.api_key_secret);
    }
    return basic_credentials(
        channel.account_sid, channel.auth_tokens.empty() ? "" : channel.auth_tokens.front()
    );
}

std::string api_root(const channel_settings& channel) {
    std::string root = channel.api_base;
    while (root.ends_with('/')) root.pop_back();
    return root;
}

std::string account_path(const channel_settings& channel) {
    return "/2010-04-01/Accounts/" + percent_encoded(channel.account_sid);
}

}  // namespace tertulia::adapters::twilio
