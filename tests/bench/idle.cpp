// What idle connections cost: opens many, one request on each, and reads the server's memory before
// and after.
//   idle --port P --watch PID [--connections 10000]

#include "tests/bench/parts/measure.hpp"
#include "tests/bench/parts/poller.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char** argv) {
    using namespace tertulia::bench;
    CLI::App line{"What idle connections cost"};
    std::uint16_t port = 0;
    pid_t server = 0;
    std::size_t count = 10'000;
    line.add_option("--port", port)->required();
    line.add_option("--watch", server)->required();
    line.add_option("--connections", count);
    CLI11_PARSE(line, argc, argv);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    try {
        const auto before = figures_of(server);
        constexpr std::string_view ask = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        std::vector<int> open;
        std::size_t answered = 0;
        for (std::size_t i = 0; i < count; ++i) {
            open.push_back(connect_to(port));
            if (send(open.back(), ask.data(), ask.size(), MSG_NOSIGNAL) < 0) break;
            // A server has a queue of its own for those it has not met yet.
            if (i % 64 == 63) std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
        std::this_thread::sleep_for(std::chrono::seconds{1});
        for (const int one : open) {
            char answer[1024];
            if (recv(one, answer, sizeof answer, MSG_DONTWAIT) > 0) ++answered;
        }
        const auto after = figures_of(server);
        for (const int one : open) close(one);
        std::cout << json_line{}
                         .add("connections", static_cast<double>(open.size()))
                         .add("answered", static_cast<double>(answered))
                         .add("before_mib", before.resident_mib)
                         .add("after_mib", after.resident_mib)
                         .add("bytes_per_connection",
                              (after.resident_mib - before.resident_mib) * 1024 * 1024 /
                                  static_cast<double>(open.size()))
                         .text()
                  << std::endl;
        return answered == count ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "idle: " << error.what() << '\n';
        return 2;
    }
}
