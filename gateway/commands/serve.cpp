#include "dialogs/wording/calendar.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/service.hpp"

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <pthread.h>

namespace tertulia::gateway {
namespace {

using namespace std::chrono_literals;

instant system_now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

// "2026-11-23T10:40:00-06:00", "…Z", or without either where the institution is, and "…,x60" behind it: a
// clock that starts there and may run faster. Simulator only. Nothing: it is not written so.
std::optional<std::function<instant()>> clock_from(const std::string& text, const std::string& zone) {
    if (text.empty()) return system_now;
    const auto comma = text.find(",x");
    const auto calendar = dialogs::local_calendar::make(zone);
    const auto begin = calendar ? calendar->read(text.substr(0, comma)) : std::nullopt;
    double speed = 1;
    if (comma != std::string::npos) {
        const auto* from = text.data() + comma + 2;
        const auto* end = text.data() + text.size();
        const auto [stopped, error] = std::from_chars(from, end, speed);
        if (error != std::errc{} || stopped != end) return std::nullopt;
    }
    constexpr double fastest = 100'000;
    if (!begin || !(speed > 0) || speed > fastest) return std::nullopt;
    const auto started = std::chrono::steady_clock::now();
    return [begin = *begin, started, speed] {
        const std::chrono::duration<double, std::milli> gone =
            std::chrono::steady_clock::now() - started;
        return begin + milliseconds{static_cast<std::int64_t>(gone.count() * speed)};
    };
}

// Everything we print for people has the institution's time; the log says how far from UTC it is.
void log_in_time_of(const institution& house) {
    ::setenv("TZ", house.time_zone.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): no thread runs yet
    ::tzset();
    spdlog::set_pattern("[%Y-%m-%d %H:%M:%S.%e %z] [%^%l%$] %v");
}

int serve(const std::string& file, const std::string& clock_text) {
    // Blocked before any thread exists, so that only sigwait() below hears them.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    auto settings = load_config_or_explain(file);
    if (!settings) return 1;
    if (!clock_text.empty() && !settings->simulator) {
        std::fputs("tertulia: --clock is for the simulator only: set simulator: true\n", stderr);
        return 2;
    }
    log_in_time_of(settings->institution);
    auto clock = clock_from(clock_text, settings->institution.time_zone);
    if (!clock) {
        std::fputs("tertulia: --clock is written 2026-11-23T10:40:00-06:00 or …,x60\n", stderr);
        return 2;
    }
    service running{std::move(*settings), *std::move(clock)};
    running.start();
    for (;;) {
        int heard = 0;
        if (sigwait(&signals, &heard) != 0) continue;
        if (heard == SIGHUP) {
            running.reload();
            continue;
        }
        spdlog::info("finishing what was accepted");
        running.stop(20s);
        spdlog::info("done");
        return 0;
    }
}

}  // namespace

void add_serve(CLI::App& line, int& exit_code) {
    auto* command = line.add_subcommand("serve", "Run the gateway");
    auto file = std::make_shared<std::string>();
    auto clock = std::make_shared<std::string>();
    command->add_option("--config", *file, "The config file")->required();
    command->add_option("--clock", *clock, "Start at this time, ISO-8601[,xSPEED] (simulator only)");
    command->callback([=, &exit_code] { exit_code = serve(*file, *clock); });
}

}  // namespace tertulia::gateway
