#include "gateway/http/trouble.hpp"

#include <spdlog/spdlog.h>

namespace tertulia::gateway::http {

void report_trouble(std::string_view what, std::string_view why) noexcept {
    try {
        spdlog::warn("http: {}: {}", what, why);
    } catch (...) {  // a log that fails must not take a connection with it
    }
}

}  // namespace tertulia::gateway::http
