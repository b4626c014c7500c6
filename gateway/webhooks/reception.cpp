#include "gateway/webhooks/reception.hpp"

#include "adapters/wire/sms_parts.hpp"

#include <spdlog/spdlog.h>

#include <bit>
#include <utility>
#include <variant>

namespace tertulia::gateway {
namespace {

void take_parts(const adapters::parsed& parsed, admission& post) {
    for (const auto& part : parsed.parts) post.parts.push_back(adapters::joinable(part));
}

provider_choice choice_of(adapters::stop_list_word word) {
    switch (word) {
        case adapters::stop_list_word::stop: return provider_choice::stop;
        case adapters::stop_list_word::start: return provider_choice::start;
        case adapters::stop_list_word::help: break;
    }
    return provider_choice::help;
}

// What the provider's stop list took is no word to us any more.
void mark_told(adapters::parsed& parsed) {
    for (const auto& one : parsed.stop_list) {
        for (auto& event : parsed.events) {
            auto* message = std::get_if<inbound_message>(&event);
            if (message == nullptr || message->id != one.message_id) continue;
            const auto* typed = std::get_if<typed_text>(&message->content);
            auto words = typed != nullptr ? typed->text : std::string{};
            message->content = told_provider{choice_of(one.word), std::move(words)};
        }
    }
}

// The first, the second, the fourth…: a provider with a wrong secret calls for days.
void warn_rarely(
    const std::string& channel, std::atomic<std::uint64_t>& count, std::string_view what,
    std::string_view mend
) {
    const auto so_far = ++count;
    if (!std::has_single_bit(so_far)) return;
    spdlog::warn("{}: {} ({} so far). {}", channel, what, so_far, mend);
}

}  // namespace

adapters::inbound_request as_adapters_see(
    const http::request& request, std::string_view signature_header
) {
    return {
        .method = request.method,
        .path = request.path,
        .query = request.query,
        .content_type = request.content_type,
        .signature =
            signature_header.empty() ? std::string_view{} : request.header(signature_header),
        .body = request.body,
    };
}

reception::reception(std::string channel, inbox& to, metrics& counts)
    : channel_{std::move(channel)},
      inbox_{to},
      counts_{counts},
      accepted_{answered("200")},
      malformed_{counts.malformed.Add({{"channel", channel_}})} {}

prometheus::Counter& reception::answered(const char* code) const {
    return counts_.webhooks.Add({{"channel", channel_}, {"answer", code}});
}

void reception::fill(admission& post, adapters::parsed parsed) {
    mark_told(parsed);
    for (auto& event : parsed.events) {
        if (auto* message = std::get_if<inbound_message>(&event)) {
            post.messages.push_back(std::move(*message));
        } else if (auto* status = std::get_if<status_update>(&event)) {
            post.statuses.push_back(std::move(*status));
        } else {
            auto& notice = std::get<channel_notice>(event);
            counts_.notices.Add({{"channel", channel_}, {"field", notice.field}}).Increment();
            post.notices.push_back(std::move(notice));
        }
    }
    take_parts(parsed, post);
    for (auto& broken : parsed.malformed) {
        malformed_.Increment();
        spdlog::warn("{}: an element of a webhook was set aside: {}", channel_, broken.reason);
        post.notices.push_back({
            .channel = channel_,
            .field = "malformed",
            .summary = std::move(broken.reason),
            .raw_json = std::move(broken.raw_json),
        });
    }
}

bool reception::admit(adapters::parsed parsed, std::function<void(bool kept)> settled) {
    admission post{.settled = std::move(settled)};
    fill(post, std::move(parsed));
    if (inbox_.admit(post)) {
        answered("taken").Increment();
        return true;
    }
    answered("refused").Increment();
    counts_.refused_full.Increment();
    return false;
}

void reception::admit(
    adapters::parsed parsed, http::reply answer, const http::response& on_commit
) {
    admission post{.answer = std::move(answer), .on_commit = &on_commit};
    fill(post, std::move(parsed));
    if (inbox_.admit(post)) {
        accepted_.Increment();
        return;
    }
    answered("503").Increment();
    counts_.refused_full.Increment();
    auto busy = http::problem(
        503, "busy", "Try again later", "Too much is waiting; nothing of this was kept."
    );
    busy.headers.emplace_back("Retry-After", "5");
    std::move(post.answer).send(std::move(busy));
}

void reception::refuse_unsigned(http::reply answer, std::string_view detail) {
    answered("401").Increment();
    warn_rarely(channel_, unsigned_, "a webhook was refused, its signature is not right", detail);
    std::move(answer).send(
        http::problem(401, "bad-signature", "The signature does not match", detail)
    );
}

void reception::refuse_unreadable(http::reply answer, std::string_view detail) {
    answered("400").Increment();
    warn_rarely(channel_, unreadable_, "a webhook was refused, it cannot be read", detail);
    std::move(answer).send(http::problem(
        400, "unreadable-body", "This is no callback of this channel's provider", detail
    ));
}

void reception::refuse_unknown_path(http::reply answer) {
    answered("404").Increment();
    warn_rarely(
        channel_, elsewhere_, "a webhook came to an address that does not end in our path_secret",
        "If it is the provider's, paste the whole address into its dashboard."
    );
    std::move(answer).send(http::nothing_here());
}

void reception::refuse_handshake(http::reply answer) {
    answered("403").Increment();
    constexpr std::string_view mend =
        "Paste the verify_token of the channel's configuration into the provider's dashboard.";
    warn_rarely(channel_, handshakes_, "a handshake was refused, its token is not ours", mend);
    std::move(answer).send(
        http::problem(403, "wrong-verify-token", "This is not our verify token", mend)
    );
}

}  // namespace tertulia::gateway
