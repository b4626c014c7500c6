// A program of ours as a child process. It ends with this object, and with the test if that dies.
//
// Threads: make it on the thread that lives longest, normally main's; signals may come from any.

#pragma once

#include "tests/integration/parts/wait.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tertulia::integration {

class child {
public:
    // What it prints is appended to `log`. Throws std::system_error if it cannot start.
    child(std::vector<std::string> words, std::filesystem::path log);
    ~child();  // SIGKILL if it still runs
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    void signal(int number) const;
    [[nodiscard]] bool running();
    // Its exit code, or 128 + the signal that ended it; nothing if it still runs then.
    [[nodiscard]] std::optional<int> ended(milliseconds within);
    [[nodiscard]] std::string said() const;
    // One line of /proc/PID/status in kB: "VmRSS", "VmHWM".
    [[nodiscard]] std::size_t memory_kib(const std::string& what = "VmRSS") const;

private:
    std::filesystem::path log_;
    pid_t pid_{};
    std::optional<int> code_{};
};

// Runs it to its end and gives what it printed; a test failure if it does not end with 0.
std::string run(std::vector<std::string> words, const std::filesystem::path& log);

}  // namespace tertulia::integration
