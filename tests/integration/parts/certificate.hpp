// Certificates a test can change under a running gateway, and which one it shows.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace tertulia::integration {

// A self-signed certificate and its key, as PEM; `name` is its common name, and it is good for the
// machine's own addresses. It ends `ends_in_s` from now; less than zero: it is over already.
void make_certificate(
    const std::filesystem::path& certificate, const std::filesystem::path& key,
    const std::string& name, long ends_in_s = 86'400
);

// The common name of the certificate shown on that port; empty if there is no TLS.
[[nodiscard]] std::string certificate_on(std::uint16_t port);

}  // namespace tertulia::integration
