#include "tests/bench/parts/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace tertulia::bench {

std::int64_t now_us() noexcept {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch()
    ).count();
}

double latencies::percentile(double of) {
    if (all_.empty()) return 0;
    std::sort(all_.begin(), all_.end());
    const auto at = of / 100 * static_cast<double>(all_.size() - 1);
    return all_[static_cast<std::size_t>(at + 0.5)];
}

process_figures figures_of(pid_t process) {
    process_figures out;
    const auto folder = "/proc/" + std::to_string(process);
    std::ifstream stat{folder + "/stat"};
    std::string line;
    if (std::getline(stat, line)) {
        // The name in brackets may hold spaces; what follows it does not.
        std::istringstream rest{line.substr(line.rfind(')') + 2)};
        std::string skipped;
        for (int i = 0; i < 11; ++i) rest >> skipped;
        double user = 0;
        double system = 0;
        rest >> user >> system;
        out.cpu_us = (user + system) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    std::ifstream status{folder + "/status"};
    while (std::getline(status, line)) {
        double kib = 0;
        if (std::sscanf(line.c_str(), "VmRSS: %lf", &kib) == 1) out.resident_mib = kib / 1024;
        if (std::sscanf(line.c_str(), "RssAnon: %lf", &kib) == 1) out.private_mib = kib / 1024;
        if (std::sscanf(line.c_str(), "VmHWM: %lf", &kib) == 1) out.peak_mib = kib / 1024;
    }
    return out;
}

void json_line::key(const char* name) {
    if (!inside_.empty()) inside_ += ", ";
    inside_ += '"';
    inside_ += name;
    inside_ += "\": ";
}

json_line& json_line::add(const char* name, double value) {
    key(name);
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    inside_ += text;
    return *this;
}

json_line& json_line::add(const char* name, const std::string& value) {
    key(name);
    inside_ += '"';
    for (const char one : value) {
        if (one == '"' || one == '\\') inside_ += '\\';
        inside_ += static_cast<unsigned char>(one) < 0x20 ? ' ' : one;
    }
    inside_ += '"';
    return *this;
}

json_line& json_line::add(const char* name, const std::vector<std::uint64_t>& values) {
    key(name);
    inside_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) inside_ += ", ";
        inside_ += std::to_string(values[i]);
    }
    inside_ += ']';
    return *this;
}

}  // namespace tertulia::bench
