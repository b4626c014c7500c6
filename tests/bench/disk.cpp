// What a sync costs on this disk at this moment: fdatasync after an append, p50 and p99.
//   disk --file FILE [--bytes 65536] [--count 300]

#include "tests/bench/parts/measure.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

#include <fcntl.h>
#include <unistd.h>

int main(int argc, char** argv) {
    using namespace tertulia::bench;
    CLI::App line{"What a sync costs"};
    std::string file;
    std::size_t bytes = 64 * 1024;
    int count = 300;
    line.add_option("--file", file)->required();
    line.add_option("--bytes", bytes, "Of one append");
    line.add_option("--count", count, "How many");
    CLI11_PARSE(line, argc, argv);
    const int out = open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (out < 0) {
        std::perror(file.c_str());
        return 2;
    }
    const std::string block(bytes, 'x');
    latencies times;
    for (int i = 0; i < count; ++i) {
        if (write(out, block.data(), block.size()) != static_cast<ssize_t>(block.size())) {
            std::perror(file.c_str());
            return 2;
        }
        const auto begin = now_us();
        fdatasync(out);
        times.add(now_us() - begin);
    }
    close(out);
    unlink(file.c_str());
    std::cout << json_line{}
                     .add("p50_us", times.percentile(50))
                     .add("p99_us", times.percentile(99))
                     .text()
              << std::endl;
}
