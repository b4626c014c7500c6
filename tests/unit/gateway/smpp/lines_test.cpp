// Lines over real sockets, to an SMSC of a few lines in this process.

#include "gateway/smpp/lines.hpp"

#include "adapters/smpp/frame_reader.hpp"
#include "adapters/smpp/pdu.hpp"

#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <iterator>
#include <optional>
#include <thread>

namespace tertulia::gateway::smpp {
namespace {

using namespace std::chrono_literals;
using namespace adapters::smpp;
using testing::HasSubstr;
using testing::SizeIs;
using how = call_outcome::how;

// Blocking, with a bound on every wait.
class hand_smsc {
public:
    hand_smsc() : door_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* address = reinterpret_cast<sockaddr*>(&at);
        if (::bind(door_, address, size) != 0 || ::listen(door_, 4) != 0 ||
            ::getsockname(door_, address, &size) != 0) {
            throw std::runtime_error{"no port"};
        }
        port_ = ntohs(at.sin_port);
    }
    ~hand_smsc() {
        hang_up();
        ::close(door_);
    }
    hand_smsc(const hand_smsc&) = delete;
    hand_smsc& operator=(const hand_smsc&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    void accept() {
        ASSERT_TRUE(is_ready(door_)) << "nobody came";
        peer_ = ::accept(door_, nullptr, nullptr);
        frames_.clear();
    }
    void hang_up() {
        if (peer_ >= 0) ::close(peer_);
        peer_ = -1;
    }
    void says(const pdu& what) {
        const auto bytes = encode(what).value();
        ASSERT_EQ(::send(peer_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }
    pdu hears() {
        for (;;) {
            const auto frame = frames_.next();
            if (frame && *frame) return decode(**frame).value();
            char buffer[4096];
            if (!is_ready(peer_)) break;
            const auto got = ::recv(peer_, buffer, sizeof buffer, 0);
            if (got <= 0) break;
            frames_.append({buffer, static_cast<std::size_t>(got)});
        }
        ADD_FAILURE() << "nothing was heard";
        return {};
    }
    void binds(std::uint32_t status = 0) {
        accept();
        const auto asked = hears();
        EXPECT_EQ(asked.id, command::bind_transceiver);
        says({.id = response_to(asked.id),
              .status = status,
              .sequence = asked.sequence,
              .body = bind_answer{"SMSC1"}});
    }
    [[nodiscard]] bool is_gone() {
        char one{};
        return is_ready(peer_) && ::recv(peer_, &one, 1, 0) <= 0;
    }

private:
    static bool is_ready(int socket) {
        pollfd one{.fd = socket, .events = POLLIN, .revents = 0};
        return ::poll(&one, 1, 5'000) == 1;
    }
    int door_;
    int peer_{-1};
    std::uint16_t port_{};
    frame_reader frames_{};
};

instant system_now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

struct lines_test : testing::Test {
    hand_smsc smsc{};
    inbox box{100};
    metrics counts{};
    std::optional<lines> all{};

    void start() {
        all.emplace(
            std::vector{channel_settings{
                .name = "sms",
                .host = "127.0.0.1",
                .port = smsc.port(),
                .system_id = "gwtest",
                .password = "secret1",
                .from = "4040"}},
            box,
            counts,
            system_now,
            7
        );
        all->start();
    }
    // What came to the inbox, when it is what is waited for.
    template <class Holds>
    inbox_batch heard(Holds holds) {
        inbox_batch sum;
        const auto end = std::chrono::steady_clock::now() + 5s;
        while (!holds(sum)) {
            if (std::chrono::steady_clock::now() > end) {
                ADD_FAILURE() << "not in time";
                break;
            }
            auto some = box.take(std::chrono::steady_clock::now() + 50ms, 100);
            std::ranges::move(some.results, std::back_inserter(sum.results));
            std::ranges::move(some.lines, std::back_inserter(sum.lines));
            std::ranges::move(some.admissions, std::back_inserter(sum.admissions));
        }
        return sum;
    }
    std::vector<line_change> line_changes(std::size_t count) {
        return heard([&](const auto& sum) { return sum.lines.size() >= count; }).lines;
    }
    void bind() {
        start();
        smsc.binds();
        const auto told = line_changes(1);
        ASSERT_THAT(told, SizeIs(1));
        EXPECT_TRUE(told[0].is_up);
    }
    void send(std::int64_t id) {
        outbox_entry made{.id = id};
        made.message.to = {"sms", {identity_kind::phone, "+50255500101"}};
        made.message.content = say_text{.text = "Hola"};
        all->send(std::make_shared<const outbox_entry>(std::move(made)));
    }
    send_result result() {
        auto found = heard([](const auto& sum) { return !sum.results.empty(); }).results;
        return found.empty() ? send_result{} : std::move(found[0]);
    }
};

TEST_F(lines_test, a_message_goes_out_and_its_answer_is_reported) {
    bind();
    EXPECT_TRUE(all->has("sms"));
    EXPECT_FALSE(all->has("whatsapp"));
    send(7);
    const auto asked = smsc.hears();
    ASSERT_EQ(asked.id, command::submit_sm);
    EXPECT_EQ(std::get<message_body>(asked.body).text, "Hola");
    EXPECT_EQ(all->in_flight(), 1U);
    smsc.says({.id = command::submit_sm_resp, .sequence = asked.sequence, .body = message_answer{"0a"}});
    const auto told = result();
    EXPECT_EQ(told.outbox_id, 7);
    EXPECT_EQ(told.channel, "sms");
    EXPECT_EQ(told.how.ended, how::answered);
    EXPECT_EQ(told.how.verdict.provider_id, "A");
    EXPECT_EQ(all->in_flight(), 0U);
}

TEST_F(lines_test, what_arrives_is_acknowledged_once_it_is_settled) {
    bind();
    const message_body menu{
        .source = {1, 1, "50255500101"}, .destination = {3, 0, "4040"}, .text = "menu"};
    smsc.says({.id = command::deliver_sm, .sequence = 5, .body = menu});
    auto got = heard([](const auto& sum) { return !sum.admissions.empty(); }).admissions;
    ASSERT_THAT(got, SizeIs(1));
    ASSERT_THAT(got[0].messages, SizeIs(1));
    got[0].settled(true);
    EXPECT_EQ(smsc.hears().status, 0U);

    smsc.says({.id = command::deliver_sm, .sequence = 6, .body = menu});
    got = heard([](const auto& sum) { return !sum.admissions.empty(); }).admissions;
    ASSERT_THAT(got, SizeIs(1));
    got[0].settled(false);
    EXPECT_EQ(smsc.hears().status, 0x64U) << "the store refused";

    box.open_door(false);
    smsc.says({.id = command::deliver_sm, .sequence = 7, .body = menu});
    const auto answer = smsc.hears();
    EXPECT_EQ(answer.sequence, 7U);
    EXPECT_EQ(answer.status, 0x64U) << "the inbox is full";
}

TEST_F(lines_test, a_line_that_breaks_is_told_and_made_anew) {
    bind();
    send(7);
    EXPECT_EQ(smsc.hears().id, command::submit_sm);
    smsc.hang_up();
    const auto sum = heard([](const auto& got) { return !got.lines.empty() && !got.results.empty(); });
    EXPECT_FALSE(sum.lines.at(0).is_up);
    EXPECT_THAT(sum.lines.at(0).reason, HasSubstr("closed the connection"));
    EXPECT_EQ(sum.results.at(0).how.ended, how::unknown) << "nobody can say";
    send(8);
    EXPECT_EQ(result().how.ended, how::not_sent);
    smsc.binds();
    EXPECT_TRUE(line_changes(1).at(0).is_up);
}

TEST_F(lines_test, a_refused_bind_is_told) {
    start();
    smsc.binds(0x0E);
    const auto told = line_changes(1);
    EXPECT_FALSE(told.at(0).is_up);
    EXPECT_THAT(told.at(0).reason, HasSubstr("password"));
    EXPECT_TRUE(smsc.is_gone());
}

TEST_F(lines_test, who_ends_says_goodbye_and_takes_no_more) {
    bind();
    all->stop_accepting();
    std::jthread ends{[this] { all->finish(5s); }};
    const auto said = smsc.hears();
    ASSERT_EQ(said.id, command::unbind);
    smsc.says({.id = command::unbind_resp, .sequence = said.sequence});
    ends.join();
    EXPECT_TRUE(smsc.is_gone());
}

TEST_F(lines_test, an_smsc_that_is_not_there_ends_nothing) {
    smsc.hang_up();
    start();
    all.reset();  // while it is still connecting
    EXPECT_THROW(
        lines(
            {channel_settings{.transport = transport::tls, .certificate_authorities = "/none.pem"}},
            box, counts, system_now, 1
        ),
        std::system_error
    );
}

}  // namespace
}  // namespace tertulia::gateway::smpp
