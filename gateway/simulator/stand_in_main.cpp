// tertulia_stand_in: the Graph API of one WhatsApp number on loopback, for tests and demos.
// Prints "listening on ADDRESS:PORT" when it is ready and runs until SIGINT or SIGTERM.

#include "gateway/simulator/plain_listener.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

int main(int argc, char** argv) {
    using namespace tertulia::gateway;
    CLI::App app{"A local stand-in for WhatsApp's Graph API"};
    std::string address{"127.0.0.1"};
    std::uint16_t port{};
    simulator::stand_in_settings settings;
    settings.number = {
        .phone_number_id = "106540352242922",
        .access_token = "test_access_token",
        .app_secret = "test_app_secret"};
    std::int64_t pause_first{settings.webhook.pause_first.count()};
    std::int64_t pause_most{settings.webhook.pause_most.count()};
    app.add_option("--address", address, "Address to listen on")->capture_default_str();
    app.add_option("--port", port, "Port; 0: any, printed at start")->capture_default_str();
    app.add_option("--webhook", settings.webhook.url, "Where webhooks are posted");
    app.add_option("--app-secret", settings.number.app_secret, "Signs the webhooks");
    app.add_option("--access-token", settings.number.access_token, "What sends must carry");
    app.add_option("--phone-number-id", settings.number.phone_number_id, "The number it plays");
    app.add_option("--log", settings.log_file, "Accepted sends are appended, one JSON line each");
    app.add_option("--controls", settings.controls, "JSON as POST /control takes it");
    app.add_option("--webhook-pause-ms", pause_first, "First pause after a failed webhook");
    app.add_option("--webhook-pause-most-ms", pause_most, "Longest pause after failed webhooks");
    app.add_option("--webhook-tries", settings.webhook.tries_max, "Then the webhook is given up");
    CLI11_PARSE(app, argc, argv);
    settings.webhook.pause_first = std::chrono::milliseconds{pause_first};
    settings.webhook.pause_most = std::chrono::milliseconds{pause_most};

    // Before any thread starts, so that all of them leave these signals to this one.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    try {
        http::client client{{}};
        {
            // Download addresses name the port, which is known only once the listener has it.
            std::unique_ptr<simulator::graph_stand_in> stand_in;
            std::atomic<simulator::graph_stand_in*> ready{};
            simulator::plain_listener listener{
                address, port, [&ready](const simulator::graph_request& request) {
                    auto* there = ready.load();
                    if (!there) return simulator::mistake(503, "Starting", "try again");
                    return simulator::serve(*there, request);
                }};
            const auto place = address + ":" + std::to_string(listener.port());
            settings.media_base = "http://" + place;
            stand_in = std::make_unique<simulator::graph_stand_in>(
                std::move(settings), client, simulator::stand_in_observer{}
            );
            ready = stand_in.get();
            std::cout << "listening on " << place << std::endl;
            int caught{};
            sigwait(&signals, &caught);
            client.finish(std::chrono::milliseconds{500});
        }
    } catch (const std::exception& trouble) {
        std::cerr << "tertulia_stand_in: " << trouble.what() << '\n';
        return 1;
    }
    return 0;
}
