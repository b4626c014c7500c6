#include "adapters/whatsapp_cloud/pricing.hpp"

#include "adapters/whatsapp_cloud/parts.hpp"

#include <algorithm>

namespace tertulia::adapters::whatsapp_cloud {
namespace {

constexpr std::size_t pricing_word_bytes_max = 64;

// A label of a metric and a key of a table: small letters and underscores only.
std::string pricing_word(json_object in, std::string_view key) {
    auto word = clean_at(in, key, pricing_word_bytes_max);
    for (auto& each : word) {
        if (each == '-') each = '_';  // authentication-international is written both ways
        const bool plain = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '_';
        if (!plain) return {};
    }
    return word;
}

}  // namespace

std::optional<pricing> read_pricing(std::string_view json) {
    if (json.empty()) return std::nullopt;
    thread_local json_reader reader;  // scratch memory only
    const auto document = reader.read(json);
    const auto root = document ? as_object(*document) : std::nullopt;
    if (!root) return std::nullopt;
    pricing read{.category = pricing_word(*root, "category"), .type = pricing_word(*root, "type")};
    if (read.category.empty()) return std::nullopt;
    if (read.type.empty()) {
        const auto billable = value_at(*root, "billable");
        read.type = billable && !flag_at(*root, "billable") ? "free_customer_service" : "regular";
    }
    return read;
}

}  // namespace tertulia::adapters::whatsapp_cloud
