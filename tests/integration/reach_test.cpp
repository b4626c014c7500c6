// What WhatsApp cannot deliver goes on by SMS: once, whatever the provider says afterwards and
// whenever the power goes; and the same person goes on there.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto ana = "50255560001";

// A sendsms that takes everything: keeps what it was asked, answers as Kannel does.
class sms_centre {
public:
    sms_centre() : port_{free_port()}, listener_{socket(AF_INET, SOCK_STREAM, 0)} {
        const int yes = 1;
        setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port_);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
        EXPECT_EQ(listen(listener_, 16), 0);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~sms_centre() {
        ending_ = true;
        thread_.join();
        close(listener_);
    }
    sms_centre(const sms_centre&) = delete;
    sms_centre& operator=(const sms_centre&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // The request lines, in order.
    [[nodiscard]] std::vector<std::string> asked() const {
        const std::scoped_lock lock{mutex_};
        return asked_;
    }

private:
    void serve() {
        while (!ending_) {
            pollfd waits{.fd = listener_, .events = POLLIN, .revents = 0};
            if (poll(&waits, 1, 50) != 1) continue;
            const int caller = accept(listener_, nullptr, nullptr);
            if (caller >= 0) answer(caller);
        }
    }
    void answer(int caller) {
        std::string request;
        char bytes[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const auto count = read(caller, bytes, sizeof bytes);
            if (count <= 0) break;
            request.append(bytes, static_cast<std::size_t>(count));
        }
        constexpr std::string_view taken =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 25\r\nConnection: close\r\n\r\n"
            "0: Accepted for delivery\n";
        if (!request.empty()) {
            const std::scoped_lock lock{mutex_};
            asked_.push_back(request.substr(0, request.find("\r\n")));
            EXPECT_EQ(write(caller, taken.data(), taken.size()), static_cast<ssize_t>(taken.size()));
        }
        close(caller);
    }

    std::uint16_t port_;
    int listener_;
    std::atomic<bool> ending_{};
    mutable std::mutex mutex_;
    std::vector<std::string> asked_{};
    std::thread thread_;
};

struct reach : testing::Test {
    sms_centre centre;
    town here{{}, false};

    reach() {
        const auto base = "http://127.0.0.1:" + std::to_string(here.meta.port());
        here.house.configure(
            "channels:\n"
            "  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: \"106540352242922\",\n"
            "     access_token: test, app_secret: test_app_secret, verify_token: test_verify_token,\n"
            "     api_base: \"" + base + "\", api_version: v25.0, rate: 10000/s, pair_rate: 0/s}\n"
            "  - {name: sms, type: kannel, username: u, password: p, from: \"4040\", rate: 100/s,\n"
            "     path_secret: 0123456789abcdef, fallback_for: [whatsapp],\n"
            "     sendsms_url: \"http://127.0.0.1:" + std::to_string(centre.port()) + "/\"}\n"
        );
        here.house.start();
    }

    void unreachable(int times) const {
        here.meta.control(
            {{"errors", json::array({{{"code", 131026}, {"times", times}, {"later", false}}})}}
        );
    }
    // She writes by SMS.
    [[nodiscard]] int texts(const std::string& text, const std::string& id) const {
        const auto answer =
            ask(here.house.port(), "GET",
                "/webhooks/sms/0123456789abcdef?from=%2B50255560001&to=4040&ts=1764140000&id=" + id +
                    "&smsc=x&coding=0&text=" + text);
        return answer ? answer->status : 0;
    }
};

TEST_F(reach, what_whatsapp_cannot_deliver_goes_on_by_sms_and_she_answers_there) {
    unreachable(2);  // the welcome and the menu
    here.house.hears(text_message(ana, "menu"));
    ASSERT_TRUE(soon([&] { return centre.asked().size() == 2; }));
    EXPECT_THAT(centre.asked()[0], HasSubstr("to=%2B50255560001"));
    EXPECT_THAT(centre.asked()[1], HasSubstr("1."));  // nothing can be tapped there
    EXPECT_EQ(texts("4", "s1"), 200);                 // the row of the menu, by its number
    ASSERT_TRUE(soon([&] { return centre.asked().size() == 3; }));
    EXPECT_THAT(centre.asked()[2], HasSubstr("persona"));
    EXPECT_TRUE(here.meta.to(ana).empty()) << "she is answered where she wrote";
}

TEST_F(reach, a_message_goes_on_once_also_when_the_power_goes) {
    unreachable(2);
    here.house.hears(text_message(ana, "menu"));
    ASSERT_TRUE(soon([&] { return centre.asked().size() == 2; }));
    here.house.kill();
    here.house.start();
    EXPECT_TRUE(stays([&] { return centre.asked().size() == 2; }, 4s));
    EXPECT_TRUE(here.meta.to(ana).empty());
}

}  // namespace
}  // namespace tertulia::integration
