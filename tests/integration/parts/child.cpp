#include "tests/integration/parts/child.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tertulia::integration {

child::child(std::vector<std::string> words, std::filesystem::path log) : log_{std::move(log)} {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0) throw std::system_error{errno, std::generic_category(), log_.string()};
    const auto parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
        // Only what is safe between fork and exec.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(out);
    if (pid_ < 0) throw std::system_error{errno, std::generic_category(), "fork"};
}

child::~child() {
    if (!running()) return;
    signal(SIGKILL);
    static_cast<void>(ended(10s));
}

void child::signal(int number) const {
    if (!code_) ::kill(pid_, number);
}

bool child::running() {
    if (code_) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
    code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return false;
}

std::optional<int> child::ended(milliseconds within) {
    static_cast<void>(soon([this] { return !running(); }, within, 1ms));
    return code_;
}

std::string child::said() const {
    std::ifstream in{log_};
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

std::size_t child::memory_kib(const std::string& what) const {
    std::ifstream in{"/proc/" + std::to_string(pid_) + "/status"};
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(what + ":")) return std::stoul(line.substr(what.size() + 1));
    }
    return 0;
}

std::string run(std::vector<std::string> words, const std::filesystem::path& log) {
    child one{std::move(words), log};
    const auto code = one.ended(60s);
    EXPECT_EQ(code, 0) << one.said();
    return one.said();
}

}  // namespace tertulia::integration
