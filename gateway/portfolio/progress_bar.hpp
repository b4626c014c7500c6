// How far an import is, drawn on one line of a terminal. Where the output is a file or a pipe it
// draws nothing at all.
//
// Threads: one.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

namespace tertulia::gateway {

// "Importing [######------]  50 %  4000 of 8000", as drawn for a total of at least one.
[[nodiscard]] std::string progress_line(
    const std::string& label, std::size_t done, std::size_t total
);

class progress_bar {
public:
    // `out` outlives the bar; usually stderr.
    progress_bar(std::FILE* out, std::string label);
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;
    ~progress_bar();  // leaves an empty line behind: what follows is the report

    // As often as one likes: it redraws ten times a second, and at the end.
    void show(std::size_t done, std::size_t total);

private:
    std::FILE* out_;
    std::string label_;
    bool terminal_;
    bool drawn_{};
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace tertulia::gateway
