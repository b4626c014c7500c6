// Infobip signs nothing: what proves a callback is what we gave it to send back.

#include "adapters/infobip/infobip.hpp"
#include "adapters/wire/digest.hpp"

namespace tertulia::adapters::infobip {
namespace {

std::string last_part_of(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    return std::string{path.substr(path.rfind('/') + 1)};
}

}  // namespace

bool verify(const inbound_request& request, const channel_settings& channel) {
    const bool has_user = !channel.webhook_user.empty() || !channel.webhook_password.empty();
    const bool has_path = !channel.path_secret.empty();
    if (!has_user && !has_path) return false;
    bool good = true;
    if (has_user) {
        const auto expected = basic_credentials(channel.webhook_user, channel.webhook_password);
        good = same_secret(request.signature, expected) && good;
    }
    if (has_path) good = same_secret(last_part_of(request.path), channel.path_secret) && good;
    return good;
}

}  // namespace tertulia::adapters::infobip
