#include "gateway/portfolio/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t bar_width = 30;
constexpr std::chrono::milliseconds redraw_every{100};

}  // namespace

std::string progress_line(const std::string& label, std::size_t done, std::size_t total) {
    const auto whole = std::max<std::size_t>(total, 1);
    const auto part = std::min(done, whole);
    const auto filled = part * bar_width / whole;
    std::string percent = std::to_string(part * 100 / whole);
    percent.insert(0, 3 - std::min<std::size_t>(percent.size(), 3), ' ');
    return label + " [" + std::string(filled, '#') + std::string(bar_width - filled, '-') + "] " +
           percent + " %  " + std::to_string(done) + " of " + std::to_string(total);
}

progress_bar::progress_bar(std::FILE* out, std::string label)
    : out_{out}, label_{std::move(label)}, terminal_{isatty(fileno(out)) == 1} {}

progress_bar::~progress_bar() {
    if (!drawn_) return;
    std::fputs("\r\x1B[K", out_);
    std::fflush(out_);
}

void progress_bar::show(std::size_t done, std::size_t total) {
    if (!terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (drawn_ && done < total && now - last_ < redraw_every) return;
    const auto line = "\r" + progress_line(label_, done, total) + "\x1B[K";
    std::fputs(line.c_str(), out_);
    std::fflush(out_);
    drawn_ = true;
    last_ = now;
}

}  // namespace tertulia::gateway
