// Any bytes as WhatsApp's answer to a send: the first two are the HTTP status, then a line of
// Retry-After, then the body. A verdict comes back that the sender can obey.

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::adapters;
    if (size < 2) return 0;
    const std::string_view input{reinterpret_cast<const char*>(data) + 2, size - 2};
    const auto header = input.substr(0, input.find('\n'));
    provider_response answer;
    answer.status = (data[0] * 256U + data[1]) % 1000U;
    answer.retry_after = header;
    answer.body = input.substr(std::min(header.size() + 1, input.size()));
    const auto judged = whatsapp_cloud::judge(answer);
    const bool is_bounded = judged.reason.size() < 256 && judged.after.count() >= 0 &&
                            judged.after <= std::chrono::hours{24} && judged.tries_max >= 0;
    const bool is_explained = judged.reaction == reaction::accepted || !judged.reason.empty();
    if (!is_bounded || !is_explained) std::abort();
    return 0;
}
