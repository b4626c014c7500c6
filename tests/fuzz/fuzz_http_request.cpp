// Any bytes on a connection, read once in one piece and once in small ones: what a request is may
// not depend on how the network cut it, and every bound is kept. The first byte says how small.

#include "gateway/http/request_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tertulia::gateway::http;

constexpr std::size_t header_bytes_max = 2'048;
constexpr std::size_t body_bytes_max = 3'000;
constexpr std::size_t budget_bytes = 1'000'000;

void require(bool holds) {
    if (!holds) std::abort();
}

// Each request read, in order. That the rest was refused may be noticed earlier or later, so it is
// no part of it; that no request follows a refusal is.
using conversation = std::vector<std::string>;

std::string all_of(const request_reader& reader) {
    std::string out;
    for (const auto part :
         {reader.method(),
          reader.path(),
          reader.query(),
          reader.content_type(),
          reader.header("host"),
          reader.body()}) {
        out.append(part).push_back('\n');
    }
    return out + (reader.keep_alive() ? "stays" : "closes");
}

conversation converse(std::string_view wire, std::size_t piece_bytes_max) {
    conversation out;
    body_budget budget{budget_bytes};
    {
        request_reader reader{header_bytes_max, budget};
        auto progress = reader.next();
        for (;;) {
            if (progress == reading::need_more) {
                if (wire.empty()) break;
                const auto room = reader.room();
                require(!room.empty());
                const auto count = std::min({room.size(), wire.size(), piece_bytes_max});
                std::memcpy(room.data(), wire.data(), count);
                wire.remove_prefix(count);
                progress = reader.took(count);
            } else if (progress == reading::header) {
                require(!reader.method().empty());
                require(reader.path().starts_with('/') || reader.path() == "*");
                progress = reader.go_on(body_bytes_max);
            } else if (progress == reading::complete) {
                require(reader.body().size() <= body_bytes_max);
                out.push_back(all_of(reader));
                progress = reader.next();
            } else {
                require(reader.fault_status() >= 400 && reader.fault_status() < 600);
                require(!reader.fault_detail().empty());
                break;
            }
        }
    }
    require(budget.left == budget_bytes);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view wire{reinterpret_cast<const char*>(data) + 1, size - 1};
    require(converse(wire, wire.size() + 1) == converse(wire, 1U + data[0] % 64U));
    return 0;
}
