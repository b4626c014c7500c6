// Clocks, percentiles and what /proc says about a process: what every tool here reports with.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tertulia::bench {

[[nodiscard]] std::int64_t now_us() noexcept;  // monotonic

// Latencies, kept one by one: a few million at most.
class latencies {
public:
    void add(std::int64_t us) { all_.push_back(static_cast<std::uint32_t>(us < 0 ? 0 : us)); }
    void clear() noexcept { all_.clear(); }
    [[nodiscard]] std::size_t count() const noexcept { return all_.size(); }
    // Of 0..100; 0 if there are none. Sorts what is kept.
    [[nodiscard]] double percentile(double of);

private:
    std::vector<std::uint32_t> all_{};
};

// A process as the kernel counts it; zeros if there is no such process.
struct process_figures {
    double cpu_us{};         // user and system, of all its threads
    double resident_mib{};   // all of it
    double private_mib{};    // without what is backed by files (the program, shared memory)
    double peak_mib{};
};
[[nodiscard]] process_figures figures_of(pid_t process);

// One flat JSON object, written in the order the members are added.
class json_line {
public:
    json_line& add(const char* name, double value);
    json_line& add(const char* name, const std::string& value);
    json_line& add(const char* name, const std::vector<std::uint64_t>& values);
    [[nodiscard]] std::string text() const { return "{" + inside_ + "}"; }

private:
    void key(const char* name);
    std::string inside_{};
};

}  // namespace tertulia::bench
