// The gateway's own parts wired as gateway/commands/service.cpp wires them, with two things to turn:
// what a commit promises, and whether a webhook goes any further than its 200. What the figures of
// the shipped program are held against.
//   server --config FILE [--store synced|unsynced|memory] [--answer-at-once]
// Whatever the store promises, clients are read from the config's database: bench/town makes one.

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "dialogs/script/script_set.hpp"
#include "gateway/commands/channel_parts.hpp"
#include "gateway/config/config.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/delivery/sender.hpp"
#include "gateway/http/client.hpp"
#include "gateway/http/server.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/executor.hpp"
#include "gateway/webhooks/whatsapp_endpoint.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <csignal>
#include <iostream>
#include <map>
#include <thread>

#include <pthread.h>

namespace {

using namespace tertulia;
using namespace std::chrono_literals;
namespace whatsapp = adapters::whatsapp_cloud;

instant system_now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

struct loaded {
    gateway::config settings{};
    dialogs::script_sources sources{};
    std::shared_ptr<const dialogs::script_set> scripts{};
};

loaded load(const std::string& file) {
    auto read = gateway::load_config(file, gateway::process_environment());
    loaded out;
    auto problems = std::move(read.problems);
    if (read.loaded) {
        out.settings = std::move(*read.loaded);
        out.sources = gateway::read_scripts(out.settings, problems);
        auto made = dialogs::load_scripts(out.sources);
        problems.insert(problems.end(), made.problems.begin(), made.problems.end());
        out.scripts = made.scripts;
    }
    if (out.scripts) return out;
    for (const auto& one : problems) std::cerr << one.file << ':' << one.line << ": " << one.what << '\n';
    throw std::runtime_error{file + " does not load"};
}

int serve(const std::string& file, gateway::durability promise, bool answer_at_once) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT}) sigaddset(&signals, one);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const auto all = load(file);
    const auto channel = std::get<whatsapp::channel_settings>(all.settings.channels.front().provider);
    gateway::sqlite_settings kept{.path = all.settings.store.sqlite_file.string()};
    kept.promise = promise;
    gateway::sqlite_store store{kept};
    gateway::sqlite_mirror mirror{kept.path};
    gateway::keep(store, *all.scripts, all.sources);
    gateway::script_library scripts{store, {.everybody = all.scripts}};
    gateway::metrics counts;
    gateway::planner planner{
        {gateway::limits_of(all.settings.channels.front())},
        static_cast<std::uint64_t>(to_millis(system_now()))};
    gateway::inbox inbox{40'000};
    gateway::http::client client{{}};
    gateway::sender sender{
        client,
        [&channel](const gateway::outbox_entry& entry) {
            return whatsapp::render(entry.message, channel);
        },
        [](const gateway::outbox_entry&, const adapters::provider_response& answer) {
            return whatsapp::judge(answer);
        },
        [&inbox](std::int64_t outbox_id, gateway::call_outcome ended) {
            inbox.add(gateway::send_result{outbox_id, std::move(ended)});
        },
    };
    gateway::executor executor{gateway::executor_parts{
        .incoming = inbox,
        .store = store,
        .mirror = mirror,
        .scripts = scripts,
        .planner = planner,
        .counts = counts,
        .clock = system_now,
        .send = [&sender](std::shared_ptr<const gateway::outbox_entry> entry) {
            sender.send(std::move(entry));
        },
        .split = whatsapp::split,
        .pin_matches = gateway::pin_matches,
    }};
    auto routes = gateway::whatsapp_routes(channel, inbox, counts);
    if (answer_at_once) {
        routes = {{
            .method = "POST",
            .path = "/webhooks/" + channel.name,
            .handle = [](const gateway::http::request&, gateway::http::reply answer) {
                std::move(answer).send({.status = 200});
            },
        }};
    }
    gateway::http::server server{
        {.listen = all.settings.server.listen, .io_threads = all.settings.server.io_threads},
        std::move(routes)};
    std::thread writer{[&executor] { executor.run(); }};
    server.start();
    std::cout << "ready" << std::endl;
    int heard = 0;
    sigwait(&signals, &heard);
    server.stop_accepting();
    inbox.close();
    writer.join();
    server.finish(1s);
    client.finish(100ms);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"The gateway's parts, with what a commit promises to turn"};
    std::string file;
    auto promise = gateway::durability::synced;
    bool answer_at_once = false;
    const std::map<std::string, gateway::durability> promises{
        {"synced", gateway::durability::synced},
        {"unsynced", gateway::durability::unsynced},
        {"memory", gateway::durability::memory},
    };
    line.add_option("--config", file)->required();
    line.add_option("--store", promise, "What a commit promises")
        ->transform(CLI::CheckedTransformer(promises, CLI::ignore_case));
    line.add_flag("--answer-at-once", answer_at_once, "200 to everything, nothing else");
    CLI11_PARSE(line, argc, argv);
    try {
        return serve(file, promise, answer_at_once);
    } catch (const std::exception& error) {
        std::cerr << "server: " << error.what() << '\n';
        return 2;
    }
}
