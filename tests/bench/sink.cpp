// The provider alone, for what does not need the people: answers every POST as Graph does.
//   sink --port P [--unwell PERCENT] [--dropped PERCENT]

#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/poller.hpp"
#include "tests/bench/parts/provider.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>

namespace {

volatile std::sig_atomic_t ending = 0;

}  // namespace

int main(int argc, char** argv) {
    using namespace tertulia::bench;
    std::signal(SIGPIPE, SIG_IGN);
    for (const int one : {SIGTERM, SIGINT}) std::signal(one, [](int) { ending = 1; });
    CLI::App line{"A provider that answers at once"};
    provider_settings how{.port = 9900};
    line.add_option("--port", how.port, "Where it listens");
    line.add_option("--unwell", how.unwell_percent, "Answered 503, in a hundred");
    line.add_option("--dropped", how.dropped_percent, "Connections dropped, in a hundred calls");
    CLI11_PARSE(line, argc, argv);
    try {
        poller loop;
        provider here{loop, how, [](const provider_call&) {}};
        while (ending == 0) loop.wait(now_us() + 200'000);
        std::cout << json_line{}
                         .add("calls", static_cast<double>(here.calls()))
                         .add("connections", static_cast<double>(here.connections()))
                         .text()
                  << std::endl;
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "sink: " << error.what() << '\n';
        return 2;
    }
}
