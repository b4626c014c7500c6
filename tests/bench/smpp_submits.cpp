// Submits over one line of ours, as many as the window and as many again always given to it: what
// the SMSC (smpp/smsc.mjs) measures beside npm smpp's own client.
//   smpp_submits --port P [--count 50000] [--window 100]

#include "gateway/insight/metrics.hpp"
#include "gateway/smpp/lines.hpp"
#include "gateway/turns/inbox.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <memory>

namespace {

using namespace tertulia;
using namespace tertulia::gateway;

instant system_now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

std::shared_ptr<const outbox_entry> message(std::int64_t id) {
    outbox_entry made{.id = id};
    made.message.to = {"sms", {identity_kind::phone, "+50230000001"}};
    made.message.content = say_text{.text = "Debe en total: Q3,438.60. Le quedan 11 cuotas."};
    return std::make_shared<const outbox_entry>(std::move(made));
}

// False: a message was not taken.
bool run(std::uint16_t port, std::int64_t count, std::size_t window) {
    inbox box{10'000};
    metrics counts;
    smpp::lines lines{
        {{.name = "sms",
          .host = "127.0.0.1",
          .port = port,
          .system_id = "gwtest",
          .password = "secret1",
          .from = "4040",
          .receipts = adapters::smpp::receipts::none,
          .window = window}},
        box,
        counts,
        system_now,
        1};
    lines.start();
    std::int64_t given = 0;
    std::int64_t taken = 0;
    const auto give = [&](std::size_t more) {
        for (; more > 0 && given < count; --more) lines.send(message(++given));
    };
    while (taken < count) {
        const auto batch = box.take({}, 1'000);
        for (const auto& change : batch.lines) {
            if (change.is_up) give(2 * window);
        }
        for (const auto& result : batch.results) {
            if (result.how.verdict.reaction != adapters::reaction::accepted) return false;
        }
        taken += static_cast<std::int64_t>(batch.results.size());
        give(batch.results.size());
    }
    lines.finish(std::chrono::seconds{1});
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"Submits over one line"};
    std::uint16_t port = 0;
    std::int64_t count = 50'000;
    std::size_t window = 100;
    line.add_option("--port", port, "Of the SMSC")->required();
    line.add_option("--count", count, "Messages");
    line.add_option("--window", window, "Under way at once");
    CLI11_PARSE(line, argc, argv);
    if (run(port, count, window)) return 0;
    std::cerr << "a message was not taken\n";
    return 1;
}
