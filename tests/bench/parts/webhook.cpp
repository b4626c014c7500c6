#include "tests/bench/parts/webhook.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace tertulia::bench {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t id_letters = 52;  // Meta's are about as long

}  // namespace

std::string phone_of(std::size_t person) {
    return std::to_string(first_phone + static_cast<std::int64_t>(person));
}

std::int64_t person_of(std::string_view phone) {
    if (phone.starts_with('+')) phone.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(phone.data(), phone.data() + phone.size(), number);
    if (error != std::errc{} || end != phone.data() + phone.size()) return -1;
    return number >= first_phone ? number - first_phone : -1;
}

webhook_maker::webhook_maker(webhook_target to, std::uint64_t seed)
    : to_{std::move(to)},
      random_{seed},
      method_{EVP_MAC_fetch(nullptr, "HMAC", nullptr)},
      keyed_{EVP_MAC_CTX_new(method_)} {
    char digest[] = "SHA256";
    const std::array params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_MAC_init(
            keyed_, reinterpret_cast<const unsigned char*>(to_.secret.data()), to_.secret.size(),
            params.data()
        ) != 1) {
        throw std::runtime_error{"no HMAC-SHA256 here"};
    }
}

webhook_maker::~webhook_maker() {
    EVP_MAC_CTX_free(keyed_);
    EVP_MAC_free(method_);
}

std::string webhook_maker::new_id() {
    std::string id{"wamid."};
    id.reserve(id.size() + id_letters);
    while (id.size() < 6 + id_letters) {
        auto bits = random_();
        for (int i = 0; i < 10 && id.size() < 6 + id_letters; ++i, bits >>= 6) {
            id += letters[bits & 63];
        }
    }
    return id;
}

void webhook_maker::begin_body() {
    body_.clear();
    body_ += R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[)"
             R"({"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":)"
             R"("15550783881","phone_number_id":")";
    body_ += to_.phone_number_id;
    body_ += R"("},)";
}

void webhook_maker::append(
    std::string& out, std::size_t person, std::string_view id, std::string_view text,
    std::int64_t stamped_seconds
) {
    const auto phone = phone_of(person);
    begin_body();
    body_ += R"("contacts":[{"profile":{"name":"Rosa M."},"wa_id":")";
    body_ += phone;
    body_ += R"("}],"messages":[{"from":")";
    body_ += phone;
    body_ += R"(","id":")";
    body_ += id;
    body_ += R"(","timestamp":")";
    body_ += std::to_string(stamped_seconds);
    body_ += R"(","text":{"body":")";
    body_ += text;
    body_ += R"("},"type":"text"}]},"field":"messages"}]}]})";
    append_request(out);
}

void webhook_maker::append_status(
    std::string& out, std::string_view recipient, std::string_view id,
    std::string_view callback_data, std::int64_t stamped_seconds
) {
    begin_body();
    body_ += R"("statuses":[{"id":")";
    body_ += id;
    body_ += R"(","status":"delivered","timestamp":")";
    body_ += std::to_string(stamped_seconds);
    body_ += R"(","recipient_id":")";
    body_ += recipient;
    body_ += R"(","biz_opaque_callback_data":")";
    body_ += callback_data;
    body_ += R"("}]},"field":"messages"}]}]})";
    append_request(out);
}

// Signs what stands in body_.
void webhook_maker::append_request(std::string& out) {
    // The context stays keyed: a null key starts the same key again.
    std::array<unsigned char, 32> digest{};
    std::size_t size = 0;
    EVP_MAC_init(keyed_, nullptr, 0, nullptr);
    EVP_MAC_update(
        keyed_, reinterpret_cast<const unsigned char*>(body_.data()), body_.size()
    );
    EVP_MAC_final(keyed_, digest.data(), &size, digest.size());

    out += "POST ";
    out += to_.path;
    out += " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n"
           "Content-Type: application/json\r\nX-Hub-Signature-256: sha256=";
    constexpr std::string_view hex = "0123456789abcdef";
    for (const auto byte : digest) {
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    out += "\r\nContent-Length: ";
    out += std::to_string(body_.size());
    out += "\r\n\r\n";
    out += body_;
}

}  // namespace tertulia::bench
