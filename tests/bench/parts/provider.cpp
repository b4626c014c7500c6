#include "tests/bench/parts/provider.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tertulia::bench {
namespace {

// The string after "name": wherever it stands; enough for the bodies senders write.
std::string_view text_at(std::string_view body, std::string_view quoted_name) {
    auto at = body.find(quoted_name);
    if (at == std::string_view::npos) return {};
    at = body.find('"', at + quoted_name.size() + 1);
    if (at == std::string_view::npos) return {};
    const auto end = body.find('"', at + 1);
    return end == std::string_view::npos ? std::string_view{} : body.substr(at + 1, end - at - 1);
}

}  // namespace

class provider::connection final : public buffered_socket {
public:
    connection(provider& of, int socket) : buffered_socket{of.loop_, socket}, of_{of} {}

private:
    std::size_t came(std::string_view bytes) override {
        std::size_t done = 0;
        answers_.clear();
        for (;;) {
            const auto message = next_message(bytes.substr(done));
            if (message.size == 0) break;
            done += message.size;
            const auto what = of_.hear(message.body, answers_);
            if (what == fate::dropped || what == fate::delivered_and_dropped) {
                // The reader hears of it at once and finds this connection gone.
                shutdown(socket_, SHUT_RDWR);
                return bytes.size();
            }
        }
        if (!answers_.empty()) send(answers_);
        return done;
    }
    void gone() override { of_.open_.erase(this); }

    provider& of_;
    std::string answers_{};
};

class provider::door final : public watcher {
public:
    door(provider& of, int socket) : of_{of}, socket_{socket} { of_.loop_.add(socket_, *this); }
    ~door() override {
        of_.loop_.remove(socket_);
        close(socket_);
    }
    void ready(std::uint32_t) override {
        for (;;) {
            const int one = accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (one < 0) return;
            const int on = 1;
            setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            auto made = std::make_unique<connection>(of_, one);
            auto* key = made.get();
            of_.open_.emplace(key, std::move(made));
            ++of_.connections_;
        }
    }

private:
    provider& of_;
    int socket_;
};

provider::provider(poller& loop, provider_settings how, listener heard)
    : loop_{loop}, how_{how}, heard_{std::move(heard)}, random_{how.seed} {
    const int socket = listen_on(how.port);
    port_ = port_of(socket);
    door_ = std::make_unique<door>(*this, socket);
}

provider::~provider() = default;

provider::fate provider::cast_lots() {
    if (how_.unwell_percent <= 0 && how_.dropped_percent <= 0) return fate::well;
    const auto lot = std::uniform_real_distribution{0.0, 100.0}(random_);
    if (lot < how_.unwell_percent) return fate::unwell;
    if (lot < how_.unwell_percent + how_.dropped_percent / 2) return fate::dropped;
    if (lot < how_.unwell_percent + how_.dropped_percent) return fate::delivered_and_dropped;
    return fate::well;
}

provider::fate provider::hear(std::string_view body, std::string& answer) {
    ++calls_;
    const auto what = cast_lots();
    const auto to = text_at(body, "\"to\"");
    if (to.empty()) {  // a mark that hers is read: no message
        answer += "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"success\":true}";
        return fate::well;
    }
    const bool delivered = what == fate::well || what == fate::delivered_and_dropped;
    const auto id = "wamid.S" + std::to_string(random_());
    heard_({
        .to = to,
        .body = body,
        .callback_data = text_at(body, "\"biz_opaque_callback_data\""),
        .message_id = id,
        .delivered = delivered,
    });
    std::string_view head = "HTTP/1.1 200 OK\r\n";
    std::string said;
    if (what == fate::unwell) {
        head = "HTTP/1.1 503 Service Unavailable\r\n";
        said = R"({"error":{"message":"Service temporarily unavailable","code":2,"fbtrace_id":"A1"}})";
    } else {
        said = R"({"messaging_product":"whatsapp","contacts":[{"input":")";
        said += to;
        said += R"(","wa_id":")";
        said += to;
        said += R"("}],"messages":[{"id":")";
        said += id;
        said += R"("}]})";
    }
    answer += head;
    answer += "Content-Type: application/json; charset=UTF-8\r\nContent-Length: ";
    answer += std::to_string(said.size());
    answer += "\r\n\r\n";
    answer += said;
    return what;
}

}  // namespace tertulia::bench
