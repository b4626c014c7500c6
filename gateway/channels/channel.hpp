// One way to reach people, as the configuration names it: an adapter bound to its settings, so that
// the rest of the gateway need not know which provider carries a message.
//
// Threads: everything is const and safe on any number of threads at once.

#pragma once

#include "adapters/wire/http.hpp"
#include "adapters/wire/media.hpp"
#include "adapters/wire/verdict.hpp"
#include "dialogs/message/outbound.hpp"
#include "gateway/channels/message_list.hpp"
#include "gateway/config/config.hpp"
#include "gateway/http/http.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/turns/inbox.hpp"

#include <boost/system/result.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class file_uploads;  // gateway/channels/file_uploads.hpp

// What the endpoints of a channel pass on to. Outlives the server.
struct endpoint_parts {
    inbox& to;
    metrics& counts;
    std::function<instant()> clock{};  // for providers that stamp nothing
};

// A channel whose messages are HTTP calls to its provider.
class http_calls {
public:
    // An error is final: this channel cannot express the message.
    [[nodiscard]] virtual boost::system::result<adapters::outbound_request> render(
        const outbound_message& what
    ) const = 0;
    [[nodiscard]] virtual adapters::verdict judge(const adapters::provider_response& answer
    ) const = 0;

protected:
    ~http_calls() = default;
};

class channel {
public:
    channel() = default;
    channel(const channel&) = delete;
    channel& operator=(const channel&) = delete;
    virtual ~channel() = default;

    [[nodiscard]] virtual const std::string& name() const noexcept = 0;
    // What its provider calls, all below /webhooks/NAME.
    [[nodiscard]] virtual std::vector<http::route> routes(const endpoint_parts& parts) const = 0;
    // One message as several where one request cannot hold it: before it becomes an outbox row.
    [[nodiscard]] virtual std::vector<outbound_message> split(outbound_message what) const = 0;
    // nullptr: it keeps a line of its own (gateway/smpp), and nothing calls us.
    [[nodiscard]] virtual const http_calls* by_http() const noexcept { return nullptr; }
    // What the code of a failed status asks for. Of one without statuses: nothing but to give up.
    [[nodiscard]] virtual adapters::verdict reaction_to(int code) const {
        return {.code = code, .reason = "failed"};
    }
    // What its provider has on record; nullptr: nothing to be asked for, it calls until we answer.
    [[nodiscard]] virtual const message_list* list() const noexcept { return nullptr; }

    // nullptr: it keeps no files for us.
    [[nodiscard]] virtual const file_uploads* uploads() const noexcept { return nullptr; }

    // Tells her that it is read and being answered; nothing: there is no such thing here.
    [[nodiscard]] virtual std::optional<adapters::outbound_request> read_mark(
        const std::string& /*message_id*/
    ) const {
        return std::nullopt;
    }

    // How a file she sent is fetched, step by step; a provider that hands none over says so.
    [[nodiscard]] virtual adapters::media_step begin_media(const received_media&) const {
        return {.reason = "this channel hands no files over", .resend = false};
    }
    [[nodiscard]] virtual adapters::media_step go_on_with_media(
        const adapters::media_step&, const adapters::media_answer&, const received_media&
    ) const {
        return {.reason = "this channel hands no files over", .resend = false};
    }
};

// Every channel of the configuration, by name.
class channel_table {
public:
    explicit channel_table(const std::vector<channel_config>& from);
    [[nodiscard]] const channel* find(std::string_view name) const noexcept;  // nullptr: none
    [[nodiscard]] const std::vector<std::unique_ptr<const channel>>& all() const noexcept {
        return all_;
    }
    // Unchanged where there is no such channel.
    [[nodiscard]] std::vector<outbound_message> split(outbound_message what) const;

private:
    std::vector<std::unique_ptr<const channel>> all_{};
};

// By type, one file each.
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::whatsapp_cloud::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::twilio::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::infobip::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::vonage::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::africas_talking::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::kannel::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(
    adapters::smpp::channel_settings settings
);
[[nodiscard]] std::unique_ptr<const channel> make_channel(ussd_settings settings);

}  // namespace tertulia::gateway
