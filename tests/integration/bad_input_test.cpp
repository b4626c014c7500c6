// Whatever comes in at the provider's door: a clear answer or a closed connection, bounded memory,
// and the next good message answered as if nothing had been.

#include "tests/integration/parts/town.hpp"
#include "tests/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <sys/resource.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::AnyOf;
using testing::Eq;
using testing::HasSubstr;

constexpr auto door = "/webhooks/whatsapp";
constexpr std::size_t mib = 1024U * 1024;

// One gateway for the whole suite: what one case does must not show in the next.
class bad_input : public testing::Test {
protected:
    static void SetUpTestSuite() {
        // Both ends of ten thousand connections are ours.
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        here_ = std::make_unique<town>();
    }
    static void TearDownTestSuite() { here_.reset(); }

    void SetUp() override {
        ASSERT_TRUE(here_->house.process().running()) << here_->house.log();
        memory_before_ = here_->house.process().memory_kib();
    }
    // The service goes on, and in bounded memory.
    void TearDown() override {
        ASSERT_TRUE(here_->house.process().running()) << here_->house.log();
        const auto who = std::to_string(50'255'570'000 + ++people_);
        EXPECT_EQ(here_->says(who, "menu", 2).size(), 2U);
        EXPECT_TRUE(here_->house.ready());
        const auto grown = here_->house.process().memory_kib();
        EXPECT_LT(grown, memory_before_ + growth_kib_max_) << "kB more than before this case";
        EXPECT_EQ(here_->house.metric("tertulia_dead_letters_total"), 0);
    }

    static std::uint16_t port() { return here_->house.port(); }

    static std::optional<http_answer> raw(std::string_view bytes, milliseconds within = 15s) {
        http_connection line{port()};
        line.write(bytes);
        return line.read(within);
    }
    // The status of a signed body; 0: no answer.
    static int signed_status(const std::string& body, headers more = {}) {
        more.emplace_back("X-Hub-Signature-256", signature_of(body));
        const auto answer = ask(port(), "POST", door, more, body, 30s);
        return answer ? answer->status : 0;
    }
    static void expect_problem(const std::optional<http_answer>& answer, int status) {
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, status) << answer->body;
        EXPECT_THAT(answer->headers.at("content-type"), HasSubstr("application/problem+json"));
        EXPECT_EQ(json::parse(answer->body).at("status"), status);
    }

    static inline std::unique_ptr<town> here_{};
    static inline int people_{};
    std::size_t memory_before_{};
    std::size_t growth_kib_max_{64 * 1024};
};

// ---- the body

TEST_F(bad_input, a_body_larger_than_any_callback_is_413_before_it_is_read) {
    http_connection line{port()};
    line.write(
        "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\n\r\n");
    expect_problem(line.read(), 413);
    EXPECT_TRUE(line.closes(10s));
    // Chunked, so that its size shows only as it comes.
    http_connection chunked{port()};
    chunked.write(
        "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    for (int i = 0; i < 200 && chunked.write(chunk); ++i) {}
    const auto answer = chunked.read();
    if (answer) {
        EXPECT_EQ(answer->status, 413);
    } else {
        EXPECT_TRUE(chunked.closes(5s));
    }
    EXPECT_EQ(ask(port(), "POST", "/healthz", {}, std::string(mib, 'x')).value().status, 405);
}

TEST_F(bad_input, the_largest_callback_is_taken) {
    std::vector<json> batch;
    for (int i = 0; i < 2; ++i) {
        batch.push_back(text_message("50255579001", "menu"));
        batch.back()["filler"] = std::string(1'490'000, 'x');
    }
    EXPECT_EQ(signed_status(webhook_body(batch)), 200);
    EXPECT_EQ(here_->meta.to("50255579001", 3).size(), 3U);
}

TEST_F(bad_input, a_body_cut_short_is_closed_or_refused_never_taken) {
    const auto body = webhook_body({text_message("50255579002", "menu")});
    // Fewer bytes than announced, then the end.
    {
        http_connection line{port()};
        auto text = request_text(
            "POST", door, {{"X-Hub-Signature-256", signature_of(body)}}, body);
        text.resize(text.size() - 40);
        line.write(text);
    }
    // Every prefix of a callback, signed as it is: no JSON.
    for (std::size_t length = 0; length < body.size(); length += 7) {
        const auto part = body.substr(0, length);
        EXPECT_EQ(signed_status(part), 400) << part;
    }
    EXPECT_TRUE(here_->meta.to("50255579002").empty());
}

TEST_F(bad_input, json_nested_without_end_is_400) {
    for (const std::size_t depth : {100U, 10'000U, 1'000'000U}) {
        EXPECT_EQ(signed_status(std::string(depth, '[')), 400) << depth;
        EXPECT_EQ(signed_status(std::string(depth, '[') + std::string(depth, ']')), 400) << depth;
        std::string objects;
        for (std::size_t i = 0; i < depth; ++i) objects += R"({"a":)";
        EXPECT_THAT(signed_status(objects), AnyOf(Eq(400), Eq(413))) << depth;
    }
    // Also deep inside a callback: the nested part alone may be set aside, the rest is a callback.
    auto message = text_message("50255579003", "menu").dump();
    message.insert(1, R"("deep":)" + std::string(5'000, '[') + std::string(5'000, ']') + ',');
    auto body = webhook_body({json("HERE")});
    body.replace(body.find(R"("HERE")"), 6, message);
    EXPECT_THAT(signed_status(body), AnyOf(Eq(200), Eq(400)));
}

TEST_F(bad_input, text_that_is_no_text_is_refused_or_mended_and_never_sent_on) {
    const auto with = [](const std::string& bytes) {
        auto body = webhook_body({text_message("50255579004", "HERE")});
        body.replace(body.find("HERE"), 4, bytes);
        return body;
    };
    // Not UTF-8: not JSON.
    for (const auto* bytes : {"\xFF\xFE", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80"}) {
        EXPECT_EQ(signed_status(with(bytes)), 400);
    }
    // A raw NUL and raw control bytes are no JSON either.
    EXPECT_EQ(signed_status(with(std::string("a\0b", 3))), 400);
    EXPECT_EQ(signed_status(with("a\nb")), 400);
    // Half a surrogate and an escaped NUL are JSON: taken, and answered like any words.
    EXPECT_EQ(signed_status(with(R"(\ud83d menu)")), 200);
    EXPECT_EQ(signed_status(with(R"(\udc4d\ud83d)")), 200);
    EXPECT_EQ(signed_status(with(R"(menu\u0000menu)")), 200);
    EXPECT_EQ(signed_status(with(R"(\u0000)")), 200);
    EXPECT_EQ(signed_status(with(R"(\u202e\u200b\ufeff)")), 200);
    for (const auto& one : here_->meta.to("50255579004")) {
        EXPECT_EQ(one.body.dump().find("\\u0000"), std::string::npos) << one.body;
    }
}

TEST_F(bad_input, well_formed_json_of_the_wrong_shape_is_answered) {
    for (const auto* body :
         {"null", "true", "7", R"("text")", "[]", "{}", R"({"object":5})",
          R"({"object":"page","entry":[]})", R"({"object":"whatsapp_business_account"} trailing)"}) {
        EXPECT_EQ(signed_status(body), 400) << body;
    }
    for (const auto* entry :
         {"5", "{}", "[5]", R"([{"changes":7}])", R"([{"changes":[{"field":5,"value":"x"}]}])",
          R"([{"changes":[{"field":"messages","value":{"messages":{"a":1}}}]}])",
          R"([{"changes":[{"field":"messages","value":{"metadata":[],"messages":[1,2]}}]}])"}) {
        const auto body =
            std::string{R"({"object":"whatsapp_business_account","entry":)"} + entry + '}';
        EXPECT_THAT(signed_status(body), AnyOf(Eq(200), Eq(400))) << body;
    }
    // Numbers, dates and identities beyond every bound.
    auto odd = text_message("50255579005", "menu");
    odd["timestamp"] = "99999999999999999999999999";
    EXPECT_EQ(signed_status(webhook_body({odd})), 200);
    odd = text_message("50255579005", "menu");
    odd["timestamp"] = "-1";
    EXPECT_EQ(signed_status(webhook_body({odd})), 200);
    odd = text_message(std::string(5'000, '9'), "menu");
    EXPECT_EQ(signed_status(webhook_body({odd})), 200);
    odd = text_message("50255579005", "menu", std::string(100'000, 'i'));
    EXPECT_EQ(signed_status(webhook_body({odd})), 200);
    EXPECT_EQ(signed_status(webhook_body({text_message("", "")})), 200);
}

TEST_F(bad_input, every_sample_of_the_wire_is_answered) {
    const std::filesystem::path folder{testing_files::source_folder() / "tests/corpus/whatsapp_cloud"};
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".json") continue;
        std::ostringstream body;
        body << std::ifstream{entry.path()}.rdbuf();
        EXPECT_THAT(signed_status(body.str()), AnyOf(Eq(200), Eq(400))) << entry.path();
        ++count;
    }
    EXPECT_GT(count, 50);
}

TEST_F(bad_input, a_very_long_message_is_answered_and_not_repeated_back) {
    EXPECT_EQ(signed_status(webhook_body({text_message("50255579006", std::string(mib, 'a'))})), 200);
    std::string words;
    for (int i = 0; i < 200'000; ++i) words += "pago ";
    EXPECT_EQ(signed_status(webhook_body({text_message("50255579006", words)})), 200);
    for (const auto& one : here_->meta.to("50255579006", 2)) EXPECT_LE(one.text.size(), 4'096U);
}

TEST_F(bad_input, the_signature_counts_and_the_content_type_does_not) {
    const auto body = webhook_body({text_message("50255579007", "menu")});
    EXPECT_EQ(signed_status(body, {{"Content-Type", "text/plain"}}), 200);
    EXPECT_EQ(signed_status(body, {{"Content-Type", std::string(3'000, 'x')}}), 200);
    EXPECT_EQ(signed_status(body), 200);
    EXPECT_EQ(
        ask(port(), "POST", door, {{"Content-Type", "application/json"}}, body).value().status, 401);
}

// ---- HTTP

TEST_F(bad_input, http_that_is_none_is_400_and_closed) {
    for (const std::string& bytes : {
             std::string{"\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"},
             std::string{"GET\r\n\r\n"},
             std::string{"GET / HTTP/9.9\r\nHost: a\r\n\r\n"},
             std::string{"GET /healthz HTTP/1.1\r\n\r\n"},
             std::string{"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
             std::string{"GET /healthz HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"},
             std::string{"GET /healthz HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"},
             std::string{"GET /heal\0thz HTTP/1.1\r\nHost: a\r\n\r\n", 42},
             std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11} + std::string(80, 'x') +
                 "\r\n\r\n",
             std::string(5'000, '\xff') + "\r\n\r\n",
         }) {
        http_connection line{port()};
        line.write(bytes);
        const auto answer = line.read();
        if (answer) {
            EXPECT_GE(answer->status, 400) << bytes.substr(0, 60);
        }
        EXPECT_TRUE(line.closes(10s)) << bytes.substr(0, 60);
    }
}

TEST_F(bad_input, headers_without_end_are_refused) {
    expect_problem(raw("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    expect_problem(
        raw("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"), 431);
    std::string many = "GET /healthz HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 150; ++i) many += "X" + std::to_string(i) + ": y\r\n";
    expect_problem(raw(many + "\r\n"), 431);
}

TEST_F(bad_input, chunks_and_lengths_that_two_servers_could_read_differently_are_refused) {
    const std::string start = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\n";
    for (const std::string& rest : {
             std::string{"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: \tchunked, identity\r\n\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"},
             std::string{"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"},
             std::string{"Transfer-Encoding: chunked\r\n\r\n5;"} + std::string(9'000, 'e') + "\r\n",
             std::string{"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"},
             std::string{"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"},
             std::string{"Content-Length: -5\r\n\r\nhello"},
             std::string{"Content-Length: 5, 5\r\n\r\nhello"},
             std::string{"Content-Length: 99999999999999999999999\r\n\r\nhello"},
             std::string{"Content-Length: 0x5\r\n\r\nhello"},
         }) {
        http_connection line{port()};
        line.write(start + rest);
        const auto answer = line.read();
        ASSERT_TRUE(answer) << rest.substr(0, 60);
        EXPECT_THAT(answer->status, AnyOf(400, 411, 413, 501)) << rest.substr(0, 60);
        EXPECT_TRUE(line.closes(10s)) << rest.substr(0, 60);
    }
    // A body of one-byte chunks costs its sender more than us.
    http_connection crumbs{port()};
    crumbs.write(start + "Transfer-Encoding: chunked\r\n\r\n");
    std::string chunks;
    for (int i = 0; i < 10'000; ++i) chunks += "1\r\nx\r\n";
    for (int i = 0; i < 100 && crumbs.write(chunks); ++i) {}
    EXPECT_TRUE(crumbs.closes(30s));  // the deadline of a body is 20 s
}

TEST_F(bad_input, a_chunked_callback_is_taken_as_any_other) {
    const auto body = webhook_body({text_message("50255579008", "menu")});
    std::ostringstream text;
    text << "POST " << door << " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
         << "X-Hub-Signature-256: " << signature_of(body) << "\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 50) {
        const auto part = body.substr(at, 50);
        text << std::hex << part.size() << "\r\n" << part << "\r\n";
    }
    text << "0\r\n\r\n";
    EXPECT_EQ(raw(text.str()).value().status, 200);
    EXPECT_EQ(here_->meta.to("50255579008", 2).size(), 2U);
}

TEST_F(bad_input, requests_sent_ahead_are_answered_in_their_order) {
    std::string many;
    const auto body = webhook_body({text_message("50255579009", "menu")});
    for (int i = 0; i < 20; ++i) {
        many += request_text("GET", i % 2 == 0 ? "/healthz" : "/nowhere");
        many += request_text("POST", door, {{"X-Hub-Signature-256", signature_of(body)}}, body);
    }
    http_connection line{port()};
    line.write(many);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(line.read().value().status, i % 2 == 0 ? 200 : 404);
        EXPECT_EQ(line.read().value().status, 200);
    }
}

// ---- patience

TEST_F(bad_input, senders_who_take_their_time_are_closed_and_disturb_nobody) {
    std::vector<std::unique_ptr<http_connection>> slow;
    const auto body = webhook_body({text_message("50255579010", "menu")});
    const auto text = request_text(
        "POST", door, {{"X-Hub-Signature-256", signature_of(body)}}, body);
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<http_connection>(port()));
        // Half of them stop within the header, half within the body.
        slow.back()->write(text.substr(0, i % 2 == 0 ? 30 : text.size() - 10));
    }
    const auto begun = std::chrono::steady_clock::now();
    int alive = 200;
    int letters = 0;
    while (alive > 0 && std::chrono::steady_clock::now() - begun < 45s) {
        // A byte now and then does not buy more time; meanwhile others are served at once.
        const auto before = std::chrono::steady_clock::now();
        EXPECT_EQ(here_->house.post(webhook_body({text_message("50255579011", "menu")})), 200);
        EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
        ++letters;
        alive = 0;
        for (std::size_t i = 0; i < slow.size(); ++i) {
            if (!slow[i]->open()) continue;
            if (i % 2 == 0) slow[i]->write("x");
            if (slow[i]->closes(1ms)) continue;
            ++alive;
        }
        std::this_thread::sleep_for(250ms);
    }
    EXPECT_EQ(alive, 0);
    EXPECT_TRUE(here_->meta.to("50255579010").empty());
    EXPECT_EQ(
        here_->meta.to("50255579011", static_cast<std::size_t>(letters) + 1).size(),
        static_cast<std::size_t>(letters) + 1
    );
}

TEST_F(bad_input, ten_thousand_idle_connections_cost_little_and_disturb_nobody) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    const std::size_t wanted = std::min<std::size_t>(10'000, files.rlim_cur - 200);
    const auto before = here_->house.process().memory_kib();
    std::vector<http_connection> idle;
    idle.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        idle.emplace_back(port());
        ASSERT_TRUE(idle.back().open()) << i;
    }
    // All of them are really taken: the last answers.
    for (const std::size_t i : {std::size_t{0}, wanted / 2, wanted - 1}) {
        idle[i].write(request_text("GET", "/healthz"));
        EXPECT_EQ(idle[i].read().value().status, 200) << i;
    }
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(here_->says("50255579012", "menu", 2).size(), 2U);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    const auto each = (here_->house.process().memory_kib() - before) * 1024 / wanted;
    EXPECT_LT(each, 16U * 1024) << "bytes of memory for each connection";
    growth_kib_max_ = 256 * 1024;  // they are still open: TearDown's message is answered beside them
    std::printf("   %zu idle connections, %zu bytes each\n", wanted, each);
}

TEST_F(bad_input, many_large_bodies_at_once_are_bounded_together) {
    growth_kib_max_ = 640 * 1024;
    std::vector<std::unique_ptr<http_connection>> open;
    const std::string most(4 * mib - 1, 'x');
    const auto text = request_text("POST", door, {{"X-Hub-Signature-256", "sha256=00"}}, most);
    // Each keeps back its last byte, so that all are held at once.
    std::size_t refused = 0;
    for (int i = 0; i < 120; ++i) {
        open.push_back(std::make_unique<http_connection>(port()));
        if (!open.back()->write({text.data(), text.size() - 1})) ++refused;
    }
    EXPECT_LT(here_->house.process().memory_kib(), memory_before_ + 400 * 1024);
    std::size_t answers = 0;
    for (auto& one : open) {
        one->write({text.data() + text.size() - 1, 1});
        const auto answer = one->read();
        if (!answer) continue;
        ++answers;
        EXPECT_THAT(answer->status, AnyOf(401, 503));
    }
    EXPECT_GT(answers, 60U);
}

}  // namespace
}  // namespace tertulia::integration
