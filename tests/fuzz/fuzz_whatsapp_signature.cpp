// Any bytes as a signature with a body, and as the query of a handshake: nothing of it is accepted,
// for nobody here knows the secret.

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::adapters::whatsapp_cloud;
    static const std::vector<std::string> secrets{"zK2v8Qe1wR9tYb4uN6mP3aX7", "L5cH0jG2dF8sA1qW"};
    static signature_checker checker{secrets};
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto header = input.substr(0, input.find('\n'));
    const auto body = input.substr(std::min(header.size() + 1, input.size()));
    if (checker.accepts(header, body)) std::abort();
    if (handshake(input, "T7yU3iO9pL1kJ5hG")) std::abort();
    return 0;
}
